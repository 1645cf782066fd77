"""Build, say the result first and test it then: one line a layer.

    make build                   (or: arsverk build)
    make publish VERSION=2026.1  (or: arsverk build --release 2026.1)

dbt does all of it, in this process. Its warnings and errors are printed as they come;
everything else it says is in its log.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from arsverk import inputs
from arsverk.wording import section

LAYERS = ("seeds", "staging", "intermediate", "marts", "publishing")
TESTS = ("unit tests", "data tests")
# Of what dbt says besides warnings and errors: what macros say to people, and where
# the SQL of a failing node stands.
SAID = ("JinjaLogInfo", "SQLCompiledPath")
NOT_GREEN = ("error", "fail", "runtime error", "skipped", "partial success")
TEXTS = section("build")


def layer_of(kind: str, path: str) -> str:
    """Return the layer of a node, by what it is and where it stands."""
    if kind == "model":
        return Path(path).parts[0]
    return {"seed": "seeds", "test": "data tests", "unit_test": "unit tests"}.get(
        kind, ""
    )


class Progress:
    """Prints a line for each layer, in their order, when its last node has ended."""

    def __init__(self) -> None:
        self.planned: Counter[str] = Counter()
        self.ended: dict[str, Counter[str]] = {}
        # Of all its nodes together: dbt runs two at a time, of several layers.
        self.seconds: Counter[str] = Counter()
        self.to_print: list[str] = []

    def plan(self, manifest: Any) -> None:
        """Count what each layer has."""
        nodes = [*manifest.nodes.values(), *manifest.unit_tests.values()]
        self.planned = Counter(layer_of(n.resource_type, n.path) for n in nodes)
        self.to_print = [layer for layer in (*LAYERS, *TESTS) if self.planned[layer]]

    def hear(self, event: Any) -> None:
        """Take an event of dbt."""
        if event.info.name in SAID:
            print(event.info.msg, flush=True)
        elif event.info.name == "NodeFinished":
            node, result = event.data.node_info, event.data.run_result
            layer = layer_of(node.resource_type, node.node_path)
            self.ended.setdefault(layer, Counter())[result.status] += 1
            self.seconds[layer] += result.execution_time
            while self.to_print and self.is_done(self.to_print[0]):
                self.print_layer(self.to_print.pop(0))

    def is_done(self, layer: str) -> bool:
        """Return whether every node of a layer has ended."""
        return self.planned[layer] == self.of(layer).total()

    def print_layer(self, layer: str) -> None:
        """Print what a layer came to."""
        ended = self.ended[layer]
        wrong = ", ".join(f"{ended[s]} {s}" for s in (*NOT_GREEN, "warn") if ended[s])
        line = f"{layer:<13} {ended.total():>4} {self.seconds[layer]:>6.1f} s  {wrong}"
        print(line.rstrip(), flush=True)

    def print_rest(self) -> None:
        """Print the layers of which not every node was run."""
        for layer in [layer for layer in self.to_print if layer in self.ended]:
            self.to_print.remove(layer)
            self.print_layer(layer)

    def tests(self, *statuses: str) -> int:
        """Return how many tests ended with one of these."""
        return sum(self.of(kind)[status] for kind in TESTS for status in statuses)

    def of(self, layer: str) -> Counter[str]:
        """Return what the nodes of a layer ended with, so far."""
        return self.ended.get(layer, Counter())


class Builder:
    """dbt, as one process runs it several times over one manifest."""

    def __init__(self, language: str, release: dict[str, str] | None) -> None:
        self.texts = TEXTS[language]
        self.language = language
        self.progress = Progress()
        of_log = os.environ.get("DBT_LOG_LEVEL_FILE") or "debug"
        self.options = ["--log-level", "warn", "--log-level-file", of_log]
        if release:
            self.options += ["--target", "release", "--vars", json.dumps(release)]
        self.manifest = None

    def dbt(self, *arguments: str) -> Any:
        """Run dbt; it prints what is wrong itself."""
        from dbt.cli.main import dbtRunner

        runner = dbtRunner(manifest=self.manifest, callbacks=[self.progress.hear])
        outcome = runner.invoke([*arguments, *self.options])
        self.progress.print_rest()
        return outcome

    def parse(self) -> Any:
        """Read the project once for all runs."""
        outcome = self.dbt("parse")
        if outcome.success:
            self.manifest = outcome.result
            self.progress.plan(self.manifest)
        return outcome

    def say(self, key: str, **values: object) -> None:
        """Print a text in the language of the result."""
        print(self.texts[key].format(**values), flush=True)

    def build(self) -> Any:
        """Build, print the result, and test; return what dbt said last.

        Raises:
            InputsChangedError: a file changed while it was read.
        """
        before = inputs.begin(Path.cwd())
        outcome = self.parse()
        if outcome.success:
            tests = ("unit_test", "test")
            left_out = [a for t in tests for a in ("--exclude-resource-type", t)]
            outcome = self.dbt("build", *left_out)
        if not outcome.success:
            self.say("no_figures")
            return outcome
        inputs.end(Path.cwd(), before)
        self.print_headline()
        self.say("running")
        outcome = self.dbt("test")
        self.print_verdict(outcome)
        return outcome

    def publish(self) -> Any:
        """Build, test and publish: one run of dbt, as the release wants it."""
        inputs.begin(Path.cwd())
        outcome = self.parse()
        if outcome.success:
            outcome = self.dbt("build")
        return outcome

    def print_headline(self) -> None:
        """Print the newest year in words."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        from arsverk import headline

        # dbt keeps the file open for writing as long as the process lives.
        DuckDBConnectionManager.close_all_connections()
        headline.main(["--language", self.language])
        print()

    def print_verdict(self, outcome: Any) -> None:
        """Print whether the figures passed their tests."""
        n_wrong = self.progress.tests(*NOT_GREEN)
        if outcome.success and not n_wrong:
            keep_state()
            self.say("passed", n=self.progress.tests("pass"))
        else:
            self.say("failed", n=n_wrong or "?")
        n_warned = self.progress.tests("warn")
        if n_warned:
            self.say("warned", n=n_warned)


def keep_state() -> None:
    """Keep what `make check` finds changes against: the project as it was green."""
    target = Path(os.environ.get("DBT_TARGET_PATH") or "target")
    (target / "state").mkdir(parents=True, exist_ok=True)
    if (target / "manifest.json").is_file():
        shutil.copy(target / "manifest.json", target / "state")


def commit() -> str:
    """Return the commit of the code, marked when files are not in it."""

    def git(*arguments: str) -> str:
        try:
            process = subprocess.run(
                ["git", *arguments], capture_output=True, text=True, check=False
            )
        except OSError:
            return ""
        return process.stdout.strip()

    found = git("rev-parse", "HEAD")
    return found and found + ("-dirty" if git("status", "--porcelain") else "")


def run(options: argparse.Namespace) -> int:
    """Build or publish; return the exit code."""
    if not Path("dbt_project.yml").is_file():
        print(TEXTS[options.language]["no_project"], file=sys.stderr)
        return 2
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    if options.release is None:
        builder = Builder(options.language, None)
        try:
            outcome = builder.build()
        except inputs.InputsChangedError as error:
            print(error.told(options.language), file=sys.stderr)
            return 1
    else:
        release = {
            "release_version": options.release or "unreleased",
            "release_date": options.date or date.today().isoformat(),
            "code_commit": options.commit or commit(),
        }
        builder = Builder(options.language, release)
        outcome = builder.publish()
    logs = Path(os.environ.get("DBT_LOG_PATH") or "logs")
    builder.say("log", path=logs / "dbt.log")
    sys.stdout.flush()
    # A run that is stopped by a failing test has no exception; one that dbt could not
    # carry out has.
    return 2 if outcome.exception else 0 if outcome.success else 1
