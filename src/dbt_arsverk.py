"""Refuses seed files that are not UTF-8, by name and line.

dbt decodes every seed file while it reads the project, before any macro can
look at it, and stops with a traceback that does not name the file. A module
whose name begins with ``dbt_`` is asked before that. What else can be wrong
with a seed file is found by macros/check_seed_files.sql.
"""

from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin


def problem(content: bytes) -> str | None:
    """Say at which line the file stops being UTF-8, and what to do."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "line 1: the file is UTF-16. Save it as UTF-8."
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        meant = f' (in Latin-1 it is "{chr(byte)}")' if byte >= 0xA0 else ""
        return (
            f"line {line}: byte 0x{byte:X} is not UTF-8{meant}. Save the file as UTF-8."
        )
    return None


class Utf8Seeds(dbtPlugin):
    """Looks at the seed files when dbt starts."""

    def initialize(self) -> None:
        """Stop when a file is not UTF-8."""
        if self.project_name != "arsverk":
            return
        project = Path(get_flags().PROJECT_DIR)
        found = [
            f"{path.relative_to(project).as_posix()}, {message}"
            for path in sorted(project.glob("seeds/**/*.csv"))
            if (message := problem(path.read_bytes()))
        ]
        if found:
            raise ValueError(
                "\n".join(["Nothing was built, because of these seed files.", *found])
            )


plugins = [Utf8Seeds]
