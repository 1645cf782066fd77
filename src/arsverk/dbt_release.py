"""What lets `dbt build --target release` publish: a plugin of dbt-duckdb.

macros/publishing/begin_release.sql asks it at the start of a build, so that what could
not be published is refused before anything is built, and at its end. A build during
which a file changed is not published: its figures may be made of both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from arsverk.inputs import InputsChangedError, check_unchanged, list_inputs
from arsverk.release import Publisher
from arsverk.release_checks import NotPublishedError, Outcome


class Plugin(BasePlugin):
    """Publishes what a whole and green build left in the working file."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Begin without a lock: not every command of the target publishes."""
        self._publisher: Publisher | None = None

    def configure_connection(self, conn: Any) -> None:
        """Keep the connection to the working file."""
        self._connection = conn

    def store(self, target_config: Any) -> None:
        """Do what the macro asks: begin a release, or publish it."""
        asked = target_config.config
        try:
            if asked["step"] == "begin":
                if self._publisher:
                    self._publisher.close()
                self._publisher = Publisher(Path(asked["root"]))
                self._publisher.check_version(
                    asked["version"],
                    # YAML makes a date of it unless it is in quotes.
                    str(asked["date"]) if asked["date"] else None,
                    asked["commit"],
                )
                self._inputs = list_inputs(Path(asked["project"]))
            else:
                self._publish(asked)
        except NotPublishedError as error:
            raise DbtRuntimeError(str(error)) from error

    def _publish(self, asked: dict[str, Any]) -> None:
        if self._publisher is None:
            raise NotPublishedError("The build did not begin as a release.")
        project = Path(asked["project"])
        try:
            check_unchanged(project, self._inputs)
        except InputsChangedError as error:
            raise NotPublishedError(f"Nothing was published. {error}") from error
        cursor = self._connection.cursor()
        licence = project / "LICENSE-DATA.md"
        try:
            self._publisher.publish(
                cursor,
                asked["nodes"],
                [Outcome(node, status) for node, status in asked["outcomes"]],
                licence if licence.exists() else None,
            )
        finally:
            cursor.close()
            self._publisher.close()
