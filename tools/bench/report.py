"""Make tables and a plot of what `make bench` measured.

Writes the tables into docs/performance.md, between its marks, and the plot into
target/bench.

    python tools/bench/report.py
"""

import json
from pathlib import Path
from statistics import median

import matplotlib

matplotlib.use("svg")
import itertools

from matplotlib import pyplot as plt

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "target" / "bench" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "target" / "bench" / "performance.svg"
BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
NAMES = {
    "dbt": "dbt, models only",
    "dbt with keys": "dbt, with primary keys",
    "bare": "the same SQL, no dbt",
    "polars": "polars",
}
MARKERS = dict(zip(NAMES, "osvD", strict=True))


def groups(results: list[dict]) -> dict[tuple[str, str], dict[int, list[dict]]]:
    """Return the runs of each scope and program, by size."""
    found: dict[tuple[str, str], dict[int, list[dict]]] = {}
    for one in results:
        sizes = found.setdefault((one["scope"], one["contender"]), {})
        sizes.setdefault(one["size"], []).append(one)
    return found


def middle(runs: list[dict], column: str) -> float:
    """Return the median over the runs that finished."""
    return median(one[column] for one in runs)


def ratio(ours: list[dict], theirs: list[dict]) -> str:
    """Return the median of the ratios of runs made in the same turn, and how many."""
    seconds = {(one["begun"], one["turn"]): one["seconds"] for one in theirs}
    ratios = [
        one["seconds"] / seconds[one["begun"], one["turn"]]
        for one in ours
        if (one["begun"], one["turn"]) in seconds
    ]
    return f"{median(ratios):.2f} ({len(ratios)})" if ratios else ""


def table(scope: str, found: dict) -> list[str]:
    """Return a table of one scope."""
    lines = [
        "| Submissions | Rows | Program | Seconds | Of processors | Peak MiB |"
        " Ratio to the bare SQL (turns) |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    sizes = sorted({size for by_size in found.values() for size in by_size})
    for size in sizes:
        bare = found.get((scope, "bare"), {}).get(size, [])
        for name in NAMES:
            runs = found.get((scope, name), {}).get(size)
            if not runs:
                continue
            start = f"| × {size:,} | {runs[0]['rows']:,} | {NAMES[name]} |"
            failed = next((one for one in runs if one["failure"]), None)
            if failed:
                lines.append(
                    f"{start} ended after {failed['seconds']:,.0f}:"
                    f" {failed['failure']} | {failed['cpu_seconds']:,.1f}"
                    f" | {failed['peak_mib']:,.0f} | |"
                )
                continue
            is_compared = bare and not bare[0]["failure"]
            lines.append(
                f"{start} {middle(runs, 'seconds'):,.1f}"
                f" | {middle(runs, 'cpu_seconds'):,.1f}"
                f" | {middle(runs, 'peak_mib'):,.0f}"
                f" | {ratio(runs, bare) if is_compared else ''} |"
            )
    return lines


def growth(scope: str, found: dict) -> list[str]:
    """Say how cost grows from each size to the next."""
    lines = ["| Program | From | To | Rows | Time | Memory |", "| --- " * 6 + "|"]
    for name in NAMES:
        by_size = {
            size: runs
            for size, runs in sorted(found.get((scope, name), {}).items())
            if not any(one["failure"] for one in runs)
        }
        sizes = list(by_size)
        for size, larger in itertools.pairwise(sizes):
            a, b = by_size[size], by_size[larger]
            lines.append(
                f"| {NAMES[name]} | × {size:,} | × {larger:,}"
                f" | {b[0]['rows'] / a[0]['rows']:.1f} times"
                f" | {middle(b, 'seconds') / middle(a, 'seconds'):.1f} times"
                f" | {middle(b, 'peak_mib') / middle(a, 'peak_mib'):.1f} times |"
            )
    return lines


def plot(results: list[dict]) -> None:
    """Draw time and memory over rows, on logarithmic axes."""
    plt.rcParams.update({"svg.hashsalt": "arsverk", "font.size": 9})
    found = groups(results)
    scopes = sorted({scope for scope, _ in found}, reverse=True)
    figure, axes = plt.subplots(
        2, len(scopes), figsize=(4.5 * len(scopes), 7), squeeze=False, sharex=True
    )
    for row, (column, unit) in enumerate(
        [("seconds", "seconds"), ("peak_mib", "peak memory, MiB")]
    ):
        for axis, scope in zip(axes[row], scopes, strict=True):
            for name in NAMES:
                points = [
                    (runs[0]["rows"], middle(runs, column))
                    for _, runs in sorted(found.get((scope, name), {}).items())
                    if not any(one["failure"] for one in runs)
                ]
                if points:
                    axis.plot(
                        *zip(*points, strict=True),
                        marker=MARKERS[name],
                        color=f"C{list(NAMES).index(name)}",
                        label=NAMES[name],
                    )
            axis.set(xscale="log", yscale="log", ylabel=unit, title=scope)
            axis.grid(alpha=0.3)
            if row:
                axis.set_xlabel("rows of submissions")
            else:
                axis.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(PLOT, metadata={"Date": None})


def main() -> None:
    """Write the tables and the plot."""
    content = json.loads(RESULTS.read_text(encoding="utf-8"))
    found = groups(content["results"])
    about = content["machine"]
    lines = [
        f"Measured on {about['date']}: {about['processor']}, {about['cores']} cores,"
        f" {about['memory']} of memory, {about['system']}, Python {about['python']},"
        f" DuckDB {about['duckdb']}.",
    ]
    for scope in sorted({scope for scope, _ in found}, reverse=True):
        lines += ["", f"### {scope[0].upper()}{scope[1:]}", ""]
        lines += [*table(scope, found), "", *growth(scope, found)]
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    text = "\n".join(lines)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    plot(content["results"])
    print(text)


if __name__ == "__main__":
    main()
