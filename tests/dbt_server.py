"""Runs dbt commands on a project that is parsed already, each in a process of its own.

    python dbt_server.py PROJECT TARGET

Reads one command a line as JSON and answers each with a line. Importing dbt and parsing
the project takes five times as long as compiling a few models. What is changed in a
project that is taken for parsed is not seen, but for rows of seeds, also those of a
copy; vars are, where SQL is compiled. A project that is not is parsed anew.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path

from dbt.adapters.duckdb import connections  # noqa: F401, imported once for all
from dbt.cli.exceptions import DbtUsageException
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import SeedNode


def parse(project: Path, target: Path) -> Manifest:
    """Return the parsed project, from what was parsed of it into this target."""
    os.chdir(project)
    os.environ |= {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(target / "logs")}
    result = dbtRunner().invoke(["--quiet", "parse"])
    if not result.success:
        raise SystemExit(str(result.exception))
    return result.result


def run(command: dict, manifest: Manifest) -> int:
    """Run a command as `dbt` does; return its exit code."""
    os.environ.clear()
    os.environ.update(command["environment"])
    os.chdir(command["folder"])
    if command["is_parsed"]:
        for node in manifest.nodes.values():
            if isinstance(node, SeedNode):
                node.root_path = command["project"]
        # What macros see as `graph`.
        manifest.build_flat_graph()
    file = os.open(command["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    runner = dbtRunner(manifest=manifest if command["is_parsed"] else None)
    result = runner.invoke(command["arguments"])
    # All others dbt has told by itself.
    if isinstance(result.exception, DbtUsageException):
        print(result.exception)
    sys.stdout.flush()
    return 0 if result.success else 2 if result.exception else 1


def main() -> None:
    """Serve until nothing more is asked."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    project, target = map(Path, sys.argv[1:])
    manifest = parse(project, target)
    for line in sys.stdin:
        command = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 3
            # Whatever waits for something that never comes ends.
            signal.alarm(600)
            try:
                code = run(command, manifest)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


if __name__ == "__main__":
    main()
