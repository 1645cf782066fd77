"""The project as a package of another one: docs/as-a-package.md, as it says.

What is built here is what the page shows: its blocks of YAML are the other project's.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT, Build

PAGE = (ROOT / "docs" / "as-a-package.md").read_text(encoding="utf-8")
# packages.yml with a folder and with an address; what dbt_project.yml needs.
LOCAL, ADDRESS, NEEDED = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

PROFILE = """
consumer:
  outputs:
    # A build of this name is nobody's release.
    release: {type: duckdb, path: "{{ env_var('CONSUMER_DUCKDB') }}", threads: 2}
  target: release
"""

# Seeds that arsverk would refuse: a column without a description, another separator.
OWN_SEED = "code;note\n1;a, b\n"
OWN_MODEL = """
select indicator.year, indicator.per_1000, notes.note
from {{ ref('arsverk', 'fct_indicator') }} as indicator
cross join {{ ref('notes') }} as notes
where region_level = 'country' and measure_code = 'total'
"""


class Consumer:
    """A project with a seed and a model of its own, in a folder as people have."""

    def __init__(self, folder: Path, packages: str, settings: str) -> None:
        self.folder = folder / "forbruker [1] 'æøå'"
        self.duckdb = self.folder / "consumer.duckdb"
        (self.folder / "models").mkdir(parents=True)
        (self.folder / "seeds").mkdir()
        for name, text in {
            "packages.yml": packages,
            "dbt_project.yml": "name: my_project\nprofile: consumer\n"
            "seeds: {my_project: {+delimiter: ';', +fast: false}}\n" + settings,
            "profiles.yml": PROFILE,
            "seeds/notes.csv": OWN_SEED,
            "models/own.sql": OWN_MODEL,
        }.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the project, as its owner would."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("ARSVERK_")},
                "CONSUMER_DUCKDB": str(self.duckdb),
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
                "DBT_USE_COLORS": "false",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on what was built."""
        with duckdb.connect(str(self.duckdb), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def packages(folder: Path) -> str:
    """Return the page's packages.yml with a copy of this project."""
    assert "local: ../arsverk" in LOCAL
    return LOCAL.replace("../arsverk", f'"{folder}"')


# Enough of the models to see that a package works: reading all takes ten seconds.
FEW = (
    "columns.md",
    "overview.md",
    "groups.yml",
    "marts/dimensions/dim_education",
    "staging/releases/stg_inputs__files",
    "staging/reviews/stg_reviews__decisions",
)


def copied_package(folder: Path, few: bool = False) -> Path:
    """Copy what a clone of this project has for dbt."""
    package = folder / "arsverk"
    for name in ("macros", "seeds", "tests/generic"):
        shutil.copytree(ROOT / name, package / name)
    shutil.copy(ROOT / "dbt_project.yml", package)
    if few:
        for name in FEW:
            (package / "models" / name).parent.mkdir(parents=True, exist_ok=True)
            for path in (ROOT / "models").glob(f"{name}*"):
                shutil.copy(path, (package / "models" / name).parent)
    else:
        for name in ("models", "analyses", "tests"):
            shutil.copytree(ROOT / name, package / name, dirs_exist_ok=True)
    return package


# One process, in which the projects are read once.
TWICE = """
import sys
from pathlib import Path
from dbt.cli.main import dbtRunner
assert dbtRunner().invoke(["deps"]).success
manifest = dbtRunner().invoke(["--quiet", "parse"]).result
print(dbtRunner(manifest=manifest).invoke(sys.argv[2:]).success, flush=True)
print("--- Without the lines that are needed", flush=True)
file = Path("dbt_project.yml")
file.write_text(file.read_text().replace(sys.argv[1], ""))
print(dbtRunner(manifest=manifest).invoke(["seed", "--select", "reviews"]).success)
"""


def test_a_few_nodes_are_built_and_missing_lines_are_printed(tmp_path: Path) -> None:
    package = copied_package(tmp_path, few=True)
    project = Consumer(tmp_path, packages(package), NEEDED)
    (project.folder / "models" / "own.sql").write_text(
        "select education_code from {{ ref('arsverk', 'dim_education') }}",
        encoding="utf-8",
    )
    process = project.run(
        *(sys.executable, "-c", TWICE, NEEDED),
        # What is told only with the package's own way to load seeds, and a mart.
        *("build", "--select", "notes", "+stg_reviews__decisions", "+own"),
        *("submissions_2015", "submissions_2019", "stg_inputs__files"),
    )
    told, separator, without = process.stdout.partition("--- Without")
    assert separator, process.stdout[-4000:] + process.stderr
    assert "WARN=0 ERROR=0 SKIP=0" in told, told[-4000:]
    assert told.endswith("True\n")
    assert project.query("select 1 from raw.reviews where new_value = '8,9'")
    assert project.query("from main.notes") == [(1, "a, b")]
    # The inputs are the package's own files.
    files = project.query("select file from staging.stg_inputs__files")
    assert ("seeds/submissions/submissions_2015.csv",) in files
    assert not any("notes" in file for (file,) in files)

    assert without.endswith("False\n")
    lines = NEEDED.partition("\n\n")[0]
    assert lines.startswith("dispatch:")
    assert lines in without.replace("\n  ", "\n")
    assert "Traceback" not in without


@pytest.mark.long
@pytest.mark.parametrize("way", ["local", "git"])
def test_all_of_it_is_built_and_is_the_same(
    build: Build, tmp_path: Path, way: str
) -> None:
    package = copied_package(tmp_path)
    text = packages(package)
    if way == "git":
        for command in (
            "init --quiet --initial-branch main",
            "add --all",
            "-c user.name=a -c user.email=a@example.org commit --quiet -m all",
        ):
            subprocess.run(["git", *command.split()], cwd=package, check=True)
        text = ADDRESS.replace("https://example.org/arsverk.git", f'"{package}"')
    project = Consumer(tmp_path, text, NEEDED)
    dbt = str(Path(sys.executable).with_name("dbt"))
    process = project.run(dbt, "deps")
    assert process.returncode == 0, process.stdout
    process = project.run(dbt, "build")
    assert process.returncode == 0, process.stdout[-8000:]
    assert "WARN=0 ERROR=0 SKIP=0" in process.stdout
    assert len(project.query("from main.own")) == 11
    assert not (project.folder / "published").exists()
    with duckdb.connect() as connection:
        for name, path in (("own", project.duckdb), ("first", build.duckdb)):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        tables = connection.execute(
            """select table_name from duckdb_tables()
            where schema_name = 'marts' and database_name = 'first'"""
        ).fetchall()
        assert len(tables) > 30
        different = set()
        for (table,) in tables:
            ((n,),) = connection.execute(
                f"""select count(*) from (
                        (from own.marts.{table} except all from first.marts.{table})
                        union all
                        (from first.marts.{table} except all from own.marts.{table})
                    )"""
            ).fetchall()
            if n:
                different.add(table)
    # What it is compared with is a release, and a package publishes none.
    assert different == {"dim_release", "fct_release_input"}
