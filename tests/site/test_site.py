"""Making the pages: of which figures, into which folder, whatever is in them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest

from arsverk.site import __main__ as command
from arsverk.site.build import check_place, swap, write_site
from arsverk.site.content import PageError
from arsverk.site.edition import path_of_region
from browsing import visit
from conftest import Build, make
from publishing import shrunk
from running import run_here
from sites import (
    KINDS,
    Site,
    empty_workbooks,
    read,
    rows_of,
    spoiled,
    write_kinds,
    write_some,
)

# All pages, which take a quarter of a minute.
ALL = pytest.mark.long


@pytest.fixture(scope="module")
def release(publication: Path) -> Path:
    """Return the release that pages are made from."""
    return publication / "releases" / "2026.1"


OF_ONE_YEAR = [
    *("index.html", "kommune/4601.html", "fylke/46.html", "bydel/030101.html"),
    *("en/index.html", "en/municipality/4601.html"),
]


@pytest.fixture(scope="module")
def draft(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Write pages of a build of one year, as `make site FROM=build` does."""
    folder = tmp_path_factory.mktemp("draft")
    file = shrunk(build.duckdb, folder / "arsverk.duckdb", most_rows=10**9)
    with duckdb.connect(str(file)) as connection:
        connection.execute("update marts.dim_release set released_on = null")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARSVERK_DUCKDB", str(file))
        patch.setenv("DBT_TARGET_PATH", str(build.target))
        release = command.draft_of_build(folder / "release")
    write_some(folder / "site", release, *OF_ONE_YEAR)
    return Site(folder / "site", release)


@pytest.mark.parametrize("n_pages", [pytest.param(790, marks=ALL), len(KINDS)])
def test_what_is_published_is_what_make_site_shows(
    publication: Path,
    site: Site,
    n_pages: int,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All pages as make writes them; in the quick case a few, in this process."""
    out = tmp_path / "site"
    if n_pages == len(KINDS):
        write = partial(write_kinds, workbooks=True)
        monkeypatch.setattr(command, "write_site", write)
        monkeypatch.setenv("ARSVERK_RELEASES", str(publication))
        assert command.main(["--out", str(out)]) == 0
        told = capfd.readouterr()
        stdout, stderr = told.out, told.err
    else:
        process = make(
            "site", f"OUT={out}", project=publication / "project", releases=publication
        )
        assert process.returncode == 0, process.stderr
        stdout, stderr = process.stdout, process.stderr
    assert f"{n_pages} pages of release 2026.1: {out}/index.html" in stdout
    # The bar that tells how far it is.
    assert re.search(rf"Pages.*{n_pages}/{n_pages}", stderr)
    # The same figures give the same bytes, the workbook's too.
    written = [path.relative_to(out) for path in out.rglob("*") if path.is_file()]
    assert len(written) > n_pages + 10
    for name in written:
        if name.suffix != ".duckdb" and name.name != ".pages":
            same = (out / name).read_bytes() == (site.folder / name).read_bytes()
            assert same, name


def test_a_release_that_is_not_there_has_no_pages(
    publication: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    process = run_site(publication, tmp_path, "2026.9", "--out", str(out))
    assert process.returncode == 2
    assert "releases/2026.9 is no release" in process.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def run_site(
    releases: Path, target: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Write pages as `make site` does."""
    return subprocess.run(
        [sys.executable, "-m", "arsverk.site", *arguments],
        env={
            **os.environ,
            "ARSVERK_RELEASES": str(releases),
            "ARSVERK_DUCKDB": str(target / "arsverk.duckdb"),
            "DBT_TARGET_PATH": str(target),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_build_nothing_is_written_and_one_is_told(tmp_path: Path) -> None:
    process = run_site(tmp_path, tmp_path, "--out", str(tmp_path / "site"))
    assert process.returncode == 2
    assert "Run `make build` first." in process.stderr
    assert [path.name for path in tmp_path.iterdir()] == []


def test_pages_of_a_build_are_called_a_draft(draft: Site) -> None:
    for page in OF_ONE_YEAR:
        word = "Draft" if page.startswith("en/") else "Utkast"
        assert word in draft.text(page), page


@pytest.mark.parametrize("write", [pytest.param(write_site, marks=ALL), write_kinds])
def test_the_label_goes_away_with_received_figures(
    release: Path, tmp_path: Path, write: Callable[[Path, Path], int]
) -> None:
    real = spoiled(
        release,
        tmp_path / "release",
        """update marts.dim_year set is_reconstruction = false,
            provenance_code = 'received', provenance_nb = null, provenance_en = null""",
        "delete from marts.fct_sentence where sentence_code like 'provenance%'",
    )
    folder = tmp_path / "pages"
    assert write(folder, real) >= len(KINDS)
    words = "rekonstru|reconstruct|oppdikt|invented|class=.banner"
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found = [w for w in re.findall(words, text, re.I) if "banner" not in w]
        assert found == [], path
    # One year that is made up brings it back, for that year.
    partly = spoiled(
        release,
        tmp_path / "partly",
        "update marts.dim_year set is_reconstruction = (year = 2016)",
    )
    # Also where that year is only shown of the country or a group.
    shown = ["index", "fylke/31", "fylke/30", "bydel/030101", "kommune/1508"]
    names = [f"{page}.html" for page in shown]
    write_some(tmp_path / "again", partly, *names, "rapport.html")
    for page in names:
        text = (tmp_path / "again" / page).read_text("utf-8")
        assert "</strong> 2016: nivåene er rekonstruert" in text, page
    # The report is not about that year.
    text = (tmp_path / "again/rapport.html").read_text("utf-8")
    assert "made-up" not in text


YEAR_TABLES = """select distinct table_name from duckdb_columns()
where schema_name = 'marts' and column_name = 'year'"""


@pytest.mark.parametrize("condition", ["year >= 2024", "year < 2024"])
def test_pages_are_made_of_whatever_years_there_are(
    release: Path, tmp_path: Path, condition: str
) -> None:
    """Without a series, and without quality measures, answers and size groups."""
    with duckdb.connect(str(release / "arsverk.duckdb"), read_only=True) as connection:
        tables = connection.execute(YEAR_TABLES).fetchall()
    folder = spoiled(
        release,
        tmp_path / "release",
        "delete from marts.fct_collection_quality",
        "delete from marts.fct_answer_share",
        "delete from marts.fct_key_figure where region_level = 'size_group'",
        *(f"delete from marts.{table} where {condition}" for (table,) in tables),
        "delete from marts.bridge_region_series",
    )
    pages = ["index.html", "rapport.html", "kvalitet.html", "kommuner.html"]
    pages += ["kommune/4601.html", "fylke/46.html", "bydel/030101.html"]
    write_some(tmp_path / "pages", folder, *pages)
    kept, gone = ("2023", "2025") if ">" in condition else ("2025", "2023")
    text = (tmp_path / "pages" / "kommune" / "4601.html").read_text(encoding="utf-8")
    shown = {row[0] for row in rows_of(text, "development")[1:]}
    assert kept in shown
    assert gone not in shown
    report = (tmp_path / "pages" / "rapport.html").read_text(encoding="utf-8")
    assert "Etter folketall" not in report
    assert "Spørsmål" not in report
    # A map only where there are borders for the series.
    index = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert ("Kartverket (CC BY 4.0), forenklet" in index) == (kept == "2025")


def test_without_any_year_one_is_told(release: Path, tmp_path: Path) -> None:
    empty = spoiled(release, tmp_path / "release", "delete from marts.dim_year")
    with pytest.raises(PageError, match="no collection year"):
        write_site(tmp_path / "pages", empty)


# Safe.


def write_hostile(folder: Path, release: Path) -> int:
    """Write one page of each kind, and of the other place with a name that is odd."""
    return write_some(folder, release, *KINDS, "kommune/1103.html")


HOSTILE = """<script>window.injected=1</script>\" onload=alert(1) x='</title><img src=x
onerror=window.injected=1>"""


@pytest.mark.browser
@pytest.mark.parametrize("write", [pytest.param(write_site, marks=ALL), write_hostile])
def test_whatever_a_name_or_remark_holds_is_shown_as_text(
    release: Path, tmp_path: Path, write: Callable[[Path, Path], int]
) -> None:
    quoted = HOSTILE.replace("'", "''")
    turned = "Gran\u202eabc"
    hostile = spoiled(
        release,
        tmp_path / "release",
        f"""update marts.dim_region set name_nb = '{quoted}', name_en = '{quoted}',
            region_name = '{quoted}' where region_key = 'municipality:4601'""",
        f"""update marts.dim_region set name_nb = '{turned}', name_en = '{turned}',
            region_name = '{turned}' where region_key = 'municipality:1103'""",
        f"""update marts.fct_review set reason = '{quoted}', reviewer_role = '{quoted}',
            reporting_unit_code = '4601'""",
        f"""update marts.fct_submission set submission_id = '{quoted}',
            received_text = '{quoted}', received_at = null
            where reporting_unit_code = '4601'""",
        f"update marts.fct_region_sentence set text_nb = '{quoted}7'",
        f"""update marts.dim_year set provenance_nb = '{quoted}',
            provenance_en = '{quoted}'""",
        f"update marts.dim_contact set about_nb = '{quoted}'",
    )
    folder = tmp_path / "pages"
    write(folder, hostile)
    visits = [
        {
            "page": page,
            "over": over,
            "do": [
                "dialogs",
                "console",
                {"globals": ["injected"]},
                {"read": {"h1": "h1"}},
            ],
        }
        for page in ("kommune/4601.html", "index.html", "kommuner.html", "rapport.html")
        for over in ("http", "file")
    ]
    every = visit(folder, visits)
    for seen in every:
        assert seen["dialogs"] == []
        assert seen["console"] == []
        assert seen["globals"] == {"injected": None}
    assert "<script>window.injected=1</script>" in every[0]["read"]["h1"]["texts"][0]
    for path in folder.rglob("*.html"):
        found = read(path.read_text(encoding="utf-8"))
        assert not [name for _, name, _ in found.attributes if name.startswith("on")]
        assert found.inline_scripts == 0
    # What turns the text around is a sign that can be seen.
    text = (folder / "kommune/1103.html").read_text(encoding="utf-8")
    assert "Gran\ufffdabc" in text
    assert "\u202e" not in text


def test_no_code_becomes_a_file_outside_the_folder(
    release: Path, tmp_path: Path
) -> None:
    for code in ("../../4601", "46/01", "4601\x00", "", "..", "४६०१"):
        with pytest.raises(PageError, match="two to six digits"):
            path_of_region("nb", "municipality", code)
    hostile = spoiled(
        release,
        tmp_path / "release",
        *(
            f"update marts.{table} set region_code = '../../../evil' "
            "where region_key = 'municipality:4601'"
            for table in ("dim_region", "fct_indicator")
        ),
    )
    with pytest.raises(PageError, match=r"evil.*seeds/reference"), empty_workbooks():
        write_site(tmp_path / "pages", hostile)
    assert list(tmp_path.rglob("evil*")) == []


def test_pages_take_the_place_of_the_old_ones_whole(tmp_path: Path) -> None:
    place, aside = tmp_path / "site", tmp_path / "aside"
    for folder, name in ((place, "old.html"), (aside, "new.html")):
        folder.mkdir()
        (folder / name).touch()
    swap(aside, place)
    assert [path.name for path in place.iterdir()] == ["new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    with pytest.raises(FileNotFoundError):
        swap(aside, place)
    assert [path.name for path in place.iterdir()] == ["new.html"]


def test_pages_never_take_the_place_of_somebodys_files(
    draft: Site, tmp_path: Path
) -> None:
    check_place(draft.folder)
    check_place(tmp_path / "new")
    check_place(tmp_path)
    mine = tmp_path / "mine"
    shutil.copytree(draft.folder, mine, ignore=shutil.ignore_patterns("data"))
    check_place(mine)
    (mine / "en" / "thesis.docx").touch()
    with pytest.raises(PageError, match=r"no pages of ours \(en/thesis.docx\)"):
        check_place(mine)
    # A web site of somebody's own.
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").touch()
    with pytest.raises(PageError, match=r"no pages of ours \(index.html\)"):
        check_place(tmp_path / "other")
    with pytest.raises(PageError, match="no folder"):
        check_place(tmp_path / "other" / "index.html")
    (tmp_path / "link").symlink_to(draft.folder)
    with pytest.raises(PageError, match="no folder"):
        check_place(tmp_path / "link")
    process = run_site(tmp_path, tmp_path, "--out", str(mine))
    assert process.returncode == 1
    assert "no pages of ours" in process.stderr
    assert (mine / "en" / "thesis.docx").exists()


def test_who_writes_to_a_download_does_not_write_into_the_release(draft: Site) -> None:
    for ours, theirs in (
        ("arsverk.duckdb", "arsverk.duckdb"),
        ("indicator.csv", "csv/indicator_wide.csv"),
    ):
        one, other = (
            (draft.folder / "data" / ours).stat(),
            (draft.release / theirs).stat(),
        )
        assert (one.st_dev, one.st_ino) != (other.st_dev, other.st_ino)


def test_pages_that_cannot_be_made_leave_the_old_ones(
    build: Build, release: Path, tmp_path: Path
) -> None:
    root, out = tmp_path / "root", tmp_path / "site"
    hostile = spoiled(
        release,
        tmp_path / "release",
        "update marts.dim_region set region_code = '' where region_code = '4601'",
    )
    (root / "releases").mkdir(parents=True)
    shutil.move(hostile, root / "releases" / "v1")
    out.mkdir()
    (out / "index.html").write_text("old")
    (out / ".pages").write_text("index.html\n")
    with empty_workbooks():
        process = run_here(
            *("arsverk.site.__main__", "v1", "--out", str(out)),
            ARSVERK_RELEASES=str(root),
        )
    assert process.returncode == 1
    assert "No pages were written: The code ''" in process.stderr
    assert (out / "index.html").read_text() == "old"
    assert len(list(out.iterdir())) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["root", "site"]
