"""Let dbt compare seeds of any size by their content.

dbt takes the path of a seed above 1 MiB for its content: `state:modified` then stops,
or takes a changed file for the same. It has no setting for this limit. Before it reads
files it starts plugins, which it finds in modules whose names begin with ``dbt_``.
"""

from __future__ import annotations

import math

from dbt.contracts import files
from dbt.plugins.manager import dbtPlugin


class SeedChecksums(dbtPlugin):
    """Takes the limit away."""

    def initialize(self) -> None:
        """Do so before files are read."""
        files.MAXIMUM_SEED_SIZE = math.inf


plugins = [SeedChecksums]
