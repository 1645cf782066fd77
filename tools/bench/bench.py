"""What the figures cost, from 56,000 rows of submissions up, and beside what else.

The demo's submissions are replicated (tools/bench/replicas.py), and each size is built
by dbt (models only), by the same compiled SQL in one DuckDB session, and by a program
for polars that computes fct_fte and fct_indicator. Everything of one size is run in
turns on this machine, so that ratios can be trusted where seconds cannot. All have to
give the same rows.

    python tools/bench/bench.py [--sizes 1 10 100] [--runs 3] [--only dbt bare]

`make bench` installs what is needed and runs it. Results are added to
target/bench/results.json; `python tools/bench/report.py` makes tables and a plot.
"""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import replicas
import yaml

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PEERS = ROOT / ".venv" / "peers" / "bin" / "python"
FOLDER = ROOT / "target" / "bench"
RESULTS = FOLDER / "results.json"

# What polars computes; dbt, too, builds these and what they are made from.
INDICATOR = ["fct_fte", "fct_indicator"]
ALL = "all marts"
SCOPES = {"the indicator": INDICATOR, ALL: None}
CONTENDERS = {
    "the indicator": ["dbt", "bare", "polars"],
    ALL: ["dbt", "bare", "dbt with keys"],
}
# From here on a run takes minutes, and keys are left out (docs/scale.md).
LARGE = 100
# A process that needs more is ended, before the machine ends something else.
MOST_GIB = 20
# From here on DuckDB is told to spill earlier (docs/scale.md): what it does not count
# comes on top of its limit, which is four fifths of the machine's memory.
HUGE = 1000
MEMORY_LIMIT = "14GB"


@dataclass
class Measured:
    """What one program took, or why it did not finish."""

    size: int
    rows: int
    scope: str
    contender: str
    seconds: float
    cpu_seconds: float
    peak_mib: float
    failure: str | None
    digest: str | None
    # When the benchmark began, and in which of its turns: only what was measured in
    # the same turn is compared.
    begun: str
    turn: int


def resident_mib(pid: int, kind: str = "VmRSS") -> float:
    """Return the memory that a process holds now, or held at most (VmHWM)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    for line in status.splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    return 0


def watch(
    command: list[str | Path], environment: dict[str, str], log: Path, limit: float
) -> tuple[float, float, float, str | None]:
    """Run a program; return seconds, processor seconds, peak MiB, and a failure."""
    with log.open("wb") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        failure, peak = None, 0.0
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            # What the system says at the end counts the program that started it too.
            peak = max(peak, resident_mib(process.pid, "VmHWM"))
            if failure is None and resident_mib(process.pid) > MOST_GIB * 1024:
                failure = f"more than {MOST_GIB} GiB"
                process.send_signal(signal.SIGKILL)
            if failure is None and time.perf_counter() - begin > limit:
                failure = f"more than {limit:.0f} s"
                process.send_signal(signal.SIGKILL)
            time.sleep(0.05)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode and failure is None:
        last = log.read_text(encoding="utf-8", errors="replace").strip()
        failure = f"exit code {process.returncode}: {last.splitlines()[-1:]}"
    return seconds, used.ru_utime + used.ru_stime, peak, failure


class Size:
    """The inputs of one size, and what dbt compiled for them."""

    def __init__(self, copies: int, seeds: Path) -> None:
        """Make the inputs."""
        self.copies = copies
        self.folder = FOLDER / f"x{copies}"
        self.inputs = self.folder / "inputs"
        self.target = self.folder / "target"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.rows = replicas.make(seeds, self.inputs, copies)
        # The file that is written to has one name, which the compiled SQL knows.
        self.database = self.folder / "arsverk.duckdb"
        self.output = self.folder / "output"
        self.profiles = self.folder / "profiles"
        if copies >= HUGE:
            content = (ROOT / "profiles" / "profiles.yml").read_text(encoding="utf-8")
            profiles = yaml.safe_load(content)
            dev = profiles["arsverk"]["outputs"]["dev"]
            dev["config_options"]["memory_limit"] = MEMORY_LIMIT
            self.profiles.mkdir(parents=True)
            (self.profiles / "profiles.yml").write_text(
                yaml.safe_dump(profiles), encoding="utf-8"
            )

    def environment(self) -> dict[str, str]:
        """Tell dbt where everything is, and all how much memory DuckDB may take."""
        huge = {
            "DBT_PROFILES_DIR": str(self.profiles),
            "BENCH_MEMORY_LIMIT": MEMORY_LIMIT,
        }
        return {
            **(huge if self.copies >= HUGE else {}),
            "ARSVERK_DUCKDB": str(self.database),
            "ARSVERK_RELEASES": str(self.folder),
            "DBT_TARGET_PATH": str(self.target),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            "DBT_USE_COLORS": "false",
        }

    def variables(self, keys: bool) -> str:
        """Tell dbt what is read."""
        return json.dumps(
            {
                "received_files": f"{self.inputs}/received/{{name}}.parquet",
                "primary_keys": keys,
            }
        )

    def prepare(self) -> None:
        """Put the seeds in place of what was built."""
        for leftover in self.folder.glob("arsverk.duckdb*"):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir()
        shutil.copy(self.inputs / "base.duckdb", self.database)

    def compile(self, keys: bool) -> None:
        """Have dbt parse and compile, as it has in daily use."""
        self.prepare()
        subprocess.run(
            [
                *(BIN / "dbt", "--quiet", "compile", "--select", "resource_type:model"),
                *("--vars", self.variables(keys)),
            ],
            cwd=ROOT,
            env={**os.environ, **self.environment()},
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def command(self, contender: str, models: list[str] | None) -> list[str | Path]:
        """Return the command of a program, made ready to run."""
        if contender.startswith("dbt"):
            return [
                *(BIN / "dbt", "--quiet", "build", "--exclude-resource-type"),
                *("unit_test", "--exclude-resource-type", "test"),
                *("--exclude-resource-type", "seed"),
                *(["--select", *[f"+{model}" for model in models]] if models else []),
                *("--vars", self.variables("keys" in contender)),
            ]
        some = ["--models", *models] if models else []
        if contender == "bare":
            return [
                *(sys.executable, ROOT / "tools" / "bench" / "bare.py"),
                *(self.target, self.database, *some),
            ]
        program = ROOT / "tools" / "bench" / "peers" / f"{contender}_figures.py"
        return [PEERS, program, self.inputs, self.output]

    def digest(self, models: list[str] | None) -> str:
        """Return the number of rows and a checksum of each mart, in any order."""
        with duckdb.connect() as connection:
            written = sorted(self.output.glob("*.parquet"))
            if written:
                marts = {path.stem: f"read_parquet('{path}')" for path in written}
            else:
                connection.execute(f"attach '{self.database}' (read_only)")
                marts = {
                    name: f"arsverk.marts.{name}"
                    for (name,) in connection.execute(
                        """select table_name from information_schema.tables
                        where table_catalog = 'arsverk' and table_schema = 'marts'"""
                    ).fetchall()
                    if not models or name in models
                }
            sums = {}
            for name, table in sorted(marts.items()):
                # dbt has the columns as they are described, the bare SQL as written.
                columns = sorted(
                    column
                    for column, *_ in connection.execute(
                        f"describe select * from {table}"
                    ).fetchall()
                )
                n, checksum = connection.execute(
                    f"""select count(*), coalesce(sum(hash({", ".join(columns)})), 0)
                    from {table}"""
                ).fetchone()
                sums[name] = [n, str(checksum)]
        return json.dumps(sums)

    def check_copies(self) -> str | None:
        """Say whether a copy has other figures than its original, or is missing."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            originals, copies, wrong = connection.execute(
                """with figures as (
                    select
                        concat_ws('|', series_code, year, region_level, measure_code,
                            split_part(region_code, '-', 1)) as original,
                        contains(region_code, '-') as is_copy,
                        row(fte, population, per_1000, obs_status) as figure
                    from marts.fct_indicator
                    where region_level in ('municipality', 'district')
                )
                select
                    count(*) filter (not copy.is_copy),
                    count(*) filter (copy.is_copy),
                    count(*) filter (
                        copy.figure is distinct from original.figure)
                from figures as copy
                left join (from figures where not is_copy) as original
                    using (original)"""
            ).fetchone()
        if wrong or copies != originals * (self.copies - 1) or not originals:
            return f"{copies} copies of {originals} figures, {wrong} of them others"
        return None

    def measure(
        self, scope: str, contender: str, limit: float, begun: str, turn: int
    ) -> Measured:
        """Run a program once."""
        models = SCOPES[scope]
        self.prepare()
        log = self.folder / f"{contender}.log"
        seconds, cpu, peak, failure = watch(
            self.command(contender, models), self.environment(), log, limit
        )
        digest = None if failure else self.digest(models)
        if not failure and contender == "dbt":
            failure = self.check_copies()
        return Measured(
            *(self.copies, self.rows, scope, contender),
            *(round(seconds, 3), round(cpu, 3), round(peak), failure, digest),
            *(begun, turn),
        )


def load_seeds() -> Path:
    """Have dbt load the seeds as they are now."""
    path = FOLDER / "seeds" / "seeds.duckdb"
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir(parents=True)
    subprocess.run(
        [BIN / "dbt", "--quiet", "seed"],
        cwd=ROOT,
        env={
            **os.environ,
            "ARSVERK_DUCKDB": str(path),
            "DBT_TARGET_PATH": str(path.parent / "target"),
            "DBT_LOG_PATH": str(path.parent / "logs"),
        },
        check=True,
    )
    return path


def machine() -> dict[str, str]:
    """Say on what it was measured."""
    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return {
        "processor": processor,
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.1f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "date": time.strftime("%Y-%m-%d"),
    }


def keep(results: list[Measured]) -> None:
    """Write what was measured, with what it was measured on."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {"machine": machine(), "results": [asdict(one) for one in results]},
            indent=1,
        ),
        encoding="utf-8",
    )


def kept() -> list[Measured]:
    """Return what was measured before."""
    if not RESULTS.exists():
        return []
    content = json.loads(RESULTS.read_text(encoding="utf-8"))
    return [Measured(**one) for one in content["results"]]


def differing(results: list[Measured]) -> list[str]:
    """Say whose rows are not those of dbt at the same size."""
    wanted = {}
    for one in results:
        if one.contender == "dbt" and one.digest:
            wanted[one.size, one.scope] = json.loads(one.digest)
    copies = [
        f"x {one.size}, {one.scope}: {one.failure}"
        for one in results
        if one.failure and one.digest
    ]
    alone = [
        f"x {one.size}, {one.scope}: {one.contender} is compared with nothing"
        for one in results
        if one.digest and (one.size, one.scope) not in wanted
    ]
    crashed = [
        f"x {one.size}, {one.scope}: {one.contender} failed: {one.failure}"
        for one in results
        if one.failure and not one.failure.startswith("more than")
    ]
    return [*copies, *alone, *crashed] + [
        f"x {one.size}, {one.scope}: {one.contender} differs in {mart}"
        for one in results
        if one.digest and (one.size, one.scope) in wanted
        for mart, rows in wanted[one.size, one.scope].items()
        if json.loads(one.digest).get(mart) != rows
    ]


def main() -> None:
    """Measure, print as it goes, and stop if figures differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--runs", type=int, help="default: 3, from x 100 on 1")
    parser.add_argument("--only", nargs="+", help="these programs only")
    parser.add_argument("--scopes", nargs="+", default=list(SCOPES), choices=SCOPES)
    parser.add_argument("--limit", type=float, default=3600, help="seconds for each")
    parser.add_argument("--add", action="store_true", help="add turns to earlier ones")
    parser.add_argument("--keep", action="store_true", help="leave the inputs there")
    options = parser.parse_args()
    begun = time.strftime("%Y-%m-%dT%H:%M:%S")
    seeds = load_seeds()
    # What is measured again takes the place of what was, unless turns are added.
    results = [
        one
        for one in kept()
        if options.add
        or one.size not in options.sizes
        or one.scope not in options.scopes
        or (options.only and one.contender not in options.only)
    ]
    for copies in options.sizes:
        size = Size(copies, seeds)
        print(f"x {copies}: {size.rows:,} rows of submissions", flush=True)
        for scope in options.scopes:
            size.compile(keys=False)
            failed: set[str] = set()
            for turn in range(options.runs or (3 if copies < LARGE else 1)):
                for contender in CONTENDERS[scope]:
                    if (
                        contender in failed
                        or (options.only and contender not in options.only)
                        or (copies >= LARGE and "keys" in contender)
                    ):
                        continue
                    if contender == "dbt with keys":
                        size.compile(keys=True)
                    one = size.measure(scope, contender, options.limit, begun, turn)
                    if contender == "dbt with keys":
                        size.compile(keys=False)
                    if one.failure:
                        failed.add(contender)
                    print(
                        f"  {scope}, {contender}: {one.seconds:.1f} s,"
                        f" {one.cpu_seconds:.1f} s of processors,"
                        f" {one.peak_mib:.0f} MiB {one.failure or ''}",
                        flush=True,
                    )
                    results.append(one)
                    keep(results)
        if not options.keep:
            shutil.rmtree(size.folder)
    problems = differing(results)
    print("\n".join(problems) or "All gave the same rows.")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
