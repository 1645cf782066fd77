"""The pages: what is on them, where they lead, who can use them, what they weigh."""

import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import duckdb
import openpyxl
import pytest

from arsverk.site.__main__ import draft_of_build
from arsverk.site.build import check_place, swap, write_site
from arsverk.site.figures import Points, axis, bars, lines, shade
from arsverk.site.pages import Page, PageError, Pages, path_of_region, relative
from arsverk.site.words import day, number, visible, years
from browsing import NODE, html_errors, visit
from conftest import ROOT, Build, Releases, make

# One page of each kind in each language; those that differ from the usual as well.
KINDS = [
    "index.html",
    "kommuner.html",
    "kvalitet.html",
    "rapport.html",
    "kommune/4601.html",
    "kommune/0301.html",
    "fylke/46.html",
    "fylke/30.html",
    "bydel/030101.html",
    "en/index.html",
    "en/places.html",
    "en/quality.html",
    "en/report.html",
    "en/municipality/4601.html",
    "en/municipality/0301.html",
    "en/county/46.html",
    "en/county/30.html",
    "en/district/030101.html",
]
NARROW = "\u202f"


class Site:
    """The pages of the demo, the files they are made from, and the way to them."""

    def __init__(self, folder: Path, release: Path) -> None:
        self.folder, self.release = folder, release

    def text(self, page: str) -> str:
        """Return a page's HTML."""
        return (self.folder / page).read_text(encoding="utf-8")

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the file that the pages are made from."""
        with duckdb.connect(str(self.release / "arsverk.duckdb"), read_only=True) as c:
            return c.execute(sql).fetchall()


@pytest.fixture(scope="module")
def release(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the files that pages are made from, as `make site` does for a build."""
    patch = pytest.MonkeyPatch()
    patch.setenv("ARSVERK_DUCKDB", str(build.duckdb))
    patch.setenv("DBT_TARGET_PATH", str(build.target))
    try:
        return draft_of_build(tmp_path_factory.mktemp("draft") / "release")
    finally:
        patch.undo()


@pytest.fixture(scope="module")
def site(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Write all pages of the demo."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    write_site(folder, release)
    return Site(folder, release)


def write_some(folder: Path, release: Path, *pages: str) -> None:
    """Write a few pages, where not all are needed."""
    all_of_them = Pages.all

    def some(self: Pages) -> Iterator[Page]:
        return (page for page in all_of_them(self) if page.path in pages)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pages, "all", some)
        assert write_site(folder, release) == len(pages)


def spoiled(release: Path, folder: Path, *statements: str) -> Path:
    """Copy what pages are made from, with other contents in its DuckDB file."""
    folder.mkdir()
    for name in ("csv", "csv-excel-nb", "json-stat", "parquet"):
        (folder / name).symlink_to(release / name)
    # Without keys, so that any table can be changed.
    with duckdb.connect(str(folder / "arsverk.duckdb")) as connection:
        connection.execute(f"attach '{release / 'arsverk.duckdb'}' as old (read_only)")
        connection.execute("create schema marts; create schema labelled")
        for (table,) in connection.execute(
            """select table_name from duckdb_tables()
            where database_name = 'old' and schema_name = 'marts'"""
        ).fetchall():
            connection.execute(f"create table marts.{table} as from old.marts.{table}")
        for (sql,) in connection.execute(
            """select sql from duckdb_views()
            where database_name = 'old' and schema_name = 'labelled'"""
        ).fetchall():
            connection.execute(sql.replace("old.", ""))
        connection.execute("detach old")
        for statement in statements:
            connection.execute(statement)
    return folder


@dataclass
class Found:
    """What a page holds, read as HTML."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    inline_scripts: int = 0
    inline_styles: int = 0


class Reader(HTMLParser):
    """Reads what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Found()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down a tag."""
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            self.found.attributes.append((tag, name, value))
            if name in ("href", "src", "data-page"):
                self.found.links.append(value)
            if name == "id":
                self.found.ids.append(value)
        self.found.inline_scripts += tag == "script" and "src" not in given
        self.found.inline_styles += tag == "style" or "style" in given


def read(text: str) -> Found:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(text)
    return reader.found


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Found]:
    """Return what every page holds, by path."""
    return {
        path.relative_to(site.folder).as_posix(): read(path.read_text("utf-8"))
        for path in site.folder.rglob("*.html")
    }


# Which pages there are, and where they lead.


def test_every_region_has_a_page_in_both_languages(
    site: Site, pages: dict[str, Found]
) -> None:
    regions = site.query(
        """select region_level, region_code from marts.fct_indicator
        where region_level in ('municipality', 'county', 'district')
            and year = (select max(year) from marts.dim_year)
        group by all"""
    )
    expected = {
        path_of_region(language, level, code)
        for level, code in regions
        for language in ("nb", "en")
    }
    assert len(expected) == 2 * (357 + 15 + 15)
    # Divided areas have a page of their own; who only changed its code has not.
    former = {("municipality", "1507"), *(("county", c) for c in ("30", "38", "54"))}
    expected |= {path_of_region(lang, *r) for r in former for lang in ("nb", "en")}
    singles = {name for name in KINDS if "/" not in name.removeprefix("en/")}
    assert set(pages) == expected | singles


def test_every_link_leads_to_something(site: Site, pages: dict[str, Found]) -> None:
    wrong, outside = [], set()
    ids = {path: set(found.ids) for path, found in pages.items()}
    for path, found in pages.items():
        for link in found.links:
            if re.match(r"[a-z]+:", link):
                outside.add(link)
                continue
            target, fragment = urldefrag(link)
            place = (site.folder / path).parent / target
            full = place.resolve() if target else site.folder / path
            if not full.is_relative_to(site.folder.resolve()) or not full.is_file():
                wrong.append((path, link))
                continue
            name = full.relative_to(site.folder.resolve()).as_posix()
            if fragment and fragment not in ids[name]:
                wrong.append((path, link))
    assert wrong == []
    # Only the contacts are elsewhere.
    contacts = {url for (url,) in site.query("select url from marts.dim_contact")}
    assert outside == contacts


def test_pages_run_nothing_of_their_own_and_load_nothing_from_elsewhere(
    pages: dict[str, Found],
) -> None:
    for path, found in pages.items():
        assert found.inline_scripts == found.inline_styles == 0, path
        assert not [name for _, name, _ in found.attributes if name.startswith("on")]
        loaded = [
            value
            for tag, name, value in found.attributes
            if (tag, name) in {("script", "src"), ("link", "href"), ("img", "src")}
        ]
        assert not [value for value in loaded if ":" in value or value.startswith("/")]
        (policy,) = [
            value
            for tag, name, value in found.attributes
            if tag == "meta" and name == "content" and "default-src" in value
        ]
        assert policy == (
            "default-src 'none'; style-src 'self'; script-src 'self'; "
            "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"
        )


def test_ids_are_unique_on_every_page(pages: dict[str, Found]) -> None:
    for path, found in pages.items():
        assert len(found.ids) == len(set(found.ids)), path


def test_the_html_is_valid(site: Site) -> None:
    municipalities = sorted((site.folder / "kommune").glob("*.html"))[::30]
    files = [site.folder / page for page in KINDS] + municipalities
    assert html_errors(*files) == []


def test_the_style_is_the_published_package_unchanged(site: Site) -> None:
    package = NODE / "node_modules" / "@digdir" / "designsystemet-css"
    version = json.loads((package / "package.json").read_text())["version"]
    vendored = ROOT / "src" / "arsverk" / "site" / "assets" / "designsystemet"
    assert f"version {version}," in (vendored / "README.md").read_text()
    for name, source in (
        ("index.css", "dist/src/index.css"),
        ("theme.css", "dist/theme/designsystemet.css"),
        ("LICENSE", "LICENSE"),
    ):
        assert (vendored / name).read_bytes() == (package / source).read_bytes()
        published = site.folder / "assets" / "designsystemet" / name
        assert published.read_bytes() == (vendored / name).read_bytes()


# What stands on them.


def rows_of(text: str, table: str) -> list[list[str]]:
    """Return the cells of a table of a page."""
    part = re.search(rf'id="table-{table}">(.*?)</table>', text, re.DOTALL).group(1)
    return [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", part, re.DOTALL)
    ]


def test_the_rates_of_all_municipalities_are_those_of_the_marts(site: Site) -> None:
    shown = rows_of(site.text("index.html"), "map-municipality")[1:]
    expected = site.query(
        """select regions.name_nb, counties.name_nb,
            case when obs_status in ('Q', 'L') then 'vises ikke'
                else replace(cast(per_1000_one_decimal as varchar), '.', ',')
                    || if(obs_status = 'I', ' (videreført)', '') end,
            replace(cast(round(fte, 1) as varchar), '.', ',')
        from marts.fct_indicator as indicator
        inner join marts.dim_region as regions using (region_key)
        inner join marts.dim_region as counties
            on counties.region_key = 'county:' || regions.county_code
        where indicator.region_level = 'municipality' and year = 2025
            and measure_code = 'total'
        order by regions.sort_order"""
    )
    assert len(shown) == 357
    assert [[*row[:3], row[3].replace(NARROW, "")] for row in shown] == [
        list(map(str, row)) for row in expected
    ]
    assert any("videreført" in row[2] for row in shown)
    assert any("vises ikke" in row[2] for row in shown)


def test_the_maps_show_every_county_and_municipality_once(site: Site) -> None:
    figures = {
        re.search(r'id="([\w-]+)"', figure).group(1): figure
        for figure in figures_of(site.text("index.html"))
    }
    for level, n_expected in (("county", 15), ("municipality", 357)):
        drawn = re.findall(r'data-page="([^"]+)"', figures[f"map-{level}"])
        expected = site.query(
            f"""select region_code from marts.fct_indicator
            where region_level = '{level}' and year = 2025 and measure_code = 'total'"""
        )
        assert len(drawn) == n_expected
        assert sorted(drawn) == sorted(
            path_of_region("nb", level, code) for (code,) in expected
        )
        assert "© Kartverket" in figures[f"map-{level}"]


def test_the_result_is_in_the_words_of_the_model(site: Site) -> None:
    for page, language in (("index.html", "nb"), ("en/index.html", "en")):
        text = site.text(page)
        sentences = site.query(
            f"""select text_{language} from marts.fct_sentence
            where year = 2025 and section in ('result', 'notes')"""
        )
        assert len(sentences) > 5
        for (sentence,) in sentences:
            escaped = visible(sentence).replace("&", "&amp;").replace("'", "&#39;")
            assert escaped in text, sentence


def test_norwegian_pages_have_norwegian_numbers_and_english_ones_english(
    site: Site,
) -> None:
    assert f"15{NARROW}838" in site.text("rapport.html")
    assert "15,838" in site.text("en/report.html")
    assert f"årsverk per 1{NARROW}000 innbyggere" in site.text("index.html")
    # No cell with a decimal point in Norwegian, and none with a comma in English.
    for page, wrong in (
        ("index.html", r"^[\d\u202f]+\.\d"),
        ("en/index.html", r"^\d{1,3},\d{1,2}$"),
    ):
        for table in ("counties", "development", "measures-current"):
            cells = [c for row in rows_of(site.text(page), table)[1:] for c in row]
            assert cells
            assert [cell for cell in cells if re.search(wrong, cell)] == []


def test_places_stand_in_norwegian_alphabetical_order(site: Site) -> None:
    text = site.text("kommuner.html")
    counties = re.findall(r'<h2[^>]*data-find="([^"]+) \d+"', text)
    assert counties[0] == "Agder"
    assert counties[-1] == "Østfold"
    assert counties.index("Østfold") > counties.index("Vestland")
    nordland = text[text.index('id="county-18"') :]
    names = re.findall(r"<li[^>]*><a[^>]*>([^<]+)</a>", nordland.split("</section>")[0])
    assert names[:2] == ["Alstahaug", "Andøy"]
    assert names[-3:] == ["Værøy", "Vågan", "Øksnes"]


def test_a_municipality_says_what_its_figures_rest_on(site: Site) -> None:
    carried, hidden = (
        site.query(
            f"""select region_code, not_displayed_reason_nb from marts.fct_indicator
            where region_level = 'municipality' and year = 2025
                and measure_code = 'total' and obs_status = '{status}'
            order by region_code limit 1"""
        )[0]
        for status in ("I", "Q")
    )
    text = site.text(f"kommune/{carried[0]}.html")
    assert re.search(
        r"videreført fra 20\d\d, fordi det ikke er noe brukbart svar", text
    )
    assert "(videreført)" in text
    assert re.search(r"<td>videreført fra 20\d\d</td>", text)
    text = site.text(f"kommune/{hidden[0]}.html")
    reason = hidden[1][0].lower() + hidden[1][1:]
    assert f"Årsverk per 1{NARROW}000 innbyggere vises ikke: {reason}." in text
    assert f"innbyggere er ikke oppgitt: {hidden[1]}." in text
    # No tile without a figure.
    assert "tile-figure" not in text
    assert "vises ikke" in rows_of(text, "development")[1][2]
    # Its person-years remain.
    assert re.search(r"\d", rows_of(text, "target-groups")[-1][1])


def test_how_a_figure_came_about_can_be_worked_out_again(site: Site) -> None:
    """From the cells on the page to the rate on the page."""
    text = site.text("kommune/4601.html")

    def value(cell: str) -> Decimal:
        return Decimal(cell.replace(NARROW, "").replace(",", ".").rstrip("*"))

    cells = [
        value(cell)
        for table in ("cells-1", "cells-2")
        for row in rows_of(text, table)[1:]
        for cell in row[1:]
    ]
    parts = re.search(r'class="sum-line">(.*?)</p>', text).group(1)
    fte, population, unrounded = re.match(
        rf"([\d{NARROW},]+) årsverk ÷ ([\d{NARROW}]+) innbyggere × 1\s000 = ([\d,]+)",
        parts,
    ).groups()
    assert sum(cells) == value(fte)
    rate = value(fte) / value(population) * 1000
    assert abs(rate - value(unrounded)) < Decimal("0.00000001")
    assert f"med to desimaler: {number(round(rate, 2), 'nb', 2)}." in text
    submissions = rows_of(text, "submissions")[1:]
    assert [row[3] for row in submissions].count("teller") == 2
    assert sum(value(row[4]) for row in submissions if row[3] == "teller") == value(fte)


def test_a_submission_that_was_replaced_or_refused_is_shown_with_what_became_of_it(
    site: Site,
) -> None:
    for outcome, words in (
        ("superseded", "erstattet av en senere innsending"),
        ("rejected", "kan ikke brukes"),
    ):
        ((unit, submission),) = site.query(
            f"""select reporting_unit_code, submission_id from marts.fct_submission
            where year = 2025 and outcome = '{outcome}'
                and length(reporting_unit_code) = 4 and reporting_unit_code != '0301'
                and reporting_unit_code in (
                    select region_code from marts.dim_region
                    where region_level = 'municipality')
            order by submission_id limit 1"""
        )
        rows = rows_of(site.text(f"kommune/{unit}.html"), "submissions")
        assert [row[3] for row in rows if row[0] == submission].count(words) >= 1


def test_oslo_is_shown_with_its_sixteen_units(site: Site) -> None:
    text = site.text("kommune/0301.html")
    units = {row[0] for row in rows_of(text, "parts")[1:]}
    assert len(units) == 16
    assert "Oslo (felles)" in units
    assert 'href="../bydel/030101.html">Gamle Oslo</a>' in text


def half_up(value: Decimal | None, decimals: int, unit: str = "") -> str:
    """Write a figure of the marts as a Norwegian page does: rounded here, once."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number(rounded, "nb", decimals) + unit


def change(value: Decimal | None, decimals: int) -> str:
    """Write a change with its sign."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return sign + number(abs(rounded), "nb", decimals)


def a_region_that(site: Site, condition: str) -> str:
    """Return the code of a municipality whose newest rate is such."""
    return site.query(
        f"""select region_code from marts.fct_indicator
        where region_level = 'municipality' and year = 2025 and measure_code = 'total'
            and {condition}
        order by region_code limit 1"""
    )[0][0]


def test_the_tables_of_a_region_hold_the_figures_of_the_marts(site: Site) -> None:
    carried = a_region_that(site, "obs_status = 'I'")
    hidden = a_region_that(site, "obs_status = 'Q'")
    places = [("municipality", code) for code in ("4601", "0301", "1580", "3301")]
    places += [("municipality", carried), ("municipality", hidden)]
    places += [("district", "030101"), ("county", "46"), ("county", "30")]
    for level, code in places:
        text = site.text(path_of_region("nb", level, code))
        key = f"{level}:{code}"
        ((newest,),) = site.query(
            f"select max(year) from marts.fct_indicator where region_key = '{key}'"
        )
        for table, breakdown in (("services", "service"), ("education", "education")):
            expected = site.query(
                f"""select category_nb, fte_adults, fte_children_youth, fte, share_pct
                from marts.fct_composition
                where region_key = '{key}' and year = {newest}
                    and breakdown = '{breakdown}'
                    and not (category_code = 'cde' and fte = 0)
                order by sort_order"""
            )
            assert expected, key
            assert rows_of(text, table)[1:] == [
                [
                    visible(name),
                    *(half_up(v, 1) for v in figures),
                    half_up(share, 1, "\u00a0%"),
                ]
                for name, *figures, share in expected
            ], key
        ((adults, children, fte),) = site.query(
            f"""select fte_adults, fte_children_youth, fte from marts.fct_composition
            where region_key = '{key}' and year = {newest} and breakdown = 'total'"""
        )
        assert [row[1] for row in rows_of(text, "target-groups")[1:]] == [
            half_up(value, 1) for value in (adults, children, fte)
        ]
        for series in ("current", "legacy"):
            if f"measures-{series}" not in text:
                continue
            measures = rows_of(text, f"measures-{series}")
            for year_column, year in enumerate(measures[0][1:], start=1):
                rates = site.query(
                    f"""select measures.name_nb, per_1000_unrounded, obs_status
                    from marts.fct_indicator as indicator
                    inner join marts.dim_measure as measures
                        on indicator.series_code = measures.series_code
                        and indicator.measure_code = measures.measure_code
                    where indicator.series_code = '{series}' and year = {year}
                        and region_key in (
                            select '{key}'
                            union all
                            select earlier_region_key from marts.bridge_region_series
                            where region_key = '{key}' and is_same_area
                                and earlier_series_code = '{series}'
                        )
                    order by measures.sort_order"""
                )
                assert len(rates) == 4
                for row, (name, rate, status) in zip(measures[1:], rates, strict=True):
                    assert row[0] == visible(name)
                    shown = row[year_column].split(" (")[0]
                    empty = "ukjent" if status == "L" else "vises ikke"
                    assert shown == (empty if rate is None else half_up(rate, 1)), (
                        key,
                        year,
                        name,
                    )


def test_a_region_stands_beside_its_group_its_county_and_the_country(
    site: Site,
) -> None:
    expected = {
        "kommune/4601": ["municipality:4601", "kostra_group:EKG12", "county:46"],
        "kommune/0301": ["municipality:0301", "county:03"],
        "bydel/030101": ["district:030101", "municipality:0301"],
        "fylke/46": ["county:46"],
    }
    for page, keys in expected.items():
        keys = [*keys, "country:0"]
        if page == "kommune/0301":
            # Too few in its group: the country, before the county.
            keys = ["municipality:0301", "country:0", "county:03"]
        figures = dict(
            site.query(
                """select region_key, per_1000_unrounded
                from marts.fct_indicator where year = 2025 and measure_code = 'total'"""
            )
        )
        shown = rows_of(site.text(f"{page}.html"), "comparison")[1:]
        assert [row[1] for row in shown] == [
            half_up(figures[key], 1) for key in keys
        ], page


def test_the_report_holds_the_key_figures_and_the_answers(site: Site) -> None:
    text = site.text("rapport.html")
    for code in ("all", "adults", "children_youth"):
        expected = site.query(
            f"""select category_nb, fte, change_fte, change_pct, share_pct
            from marts.fct_key_figure
            where year = 2025 and region_level = 'country' and target_group = '{code}'
                and not (category_code = 'cde' and fte = 0)
            order by array_position(['total', 'service', 'education'], breakdown),
                sort_order"""
        )
        assert len(expected) > 10
        assert [row[1:] for row in rows_of(text, f"national-{code}")[1:]] == [
            [
                visible(name),
                half_up(fte, 0),
                change(difference, 0),
                change(per_cent, 1),
                half_up(share, 1, "\u00a0%"),
            ]
            for name, fte, difference, per_cent, share in expected
        ]
    for level in ("county", "size_group"):
        expected = site.query(
            f"""select regions.name_nb, figures.fte, figures.change_fte,
                figures.change_pct, indicator.per_1000_unrounded
            from marts.fct_key_figure as figures
            inner join marts.dim_region as regions using (region_key)
            inner join marts.fct_indicator as indicator
                on indicator.region_key = figures.region_key and indicator.year = 2025
                and indicator.measure_code = 'total'
            where figures.year = 2025 and figures.region_level = '{level}'
                and target_group = 'all' and breakdown = 'total'
            order by regions.sort_order"""
        )
        assert len(expected) == {"county": 15, "size_group": 7}[level]
        assert rows_of(text, level)[1:] == [
            [
                visible(name),
                half_up(fte, 0),
                change(difference, 0),
                change(per_cent, 1),
                half_up(rate, 1),
            ]
            for name, fte, difference, per_cent, rate in expected
        ]
    questions = site.query("select question_code, is_multiple from marts.dim_question")
    assert len(questions) == 10
    for question, _ in questions:
        shares = site.query(
            f"""select answer_nb, size_group_sort_order, share_pct, base
            from marts.fct_answer_share
            where year = 2025 and question_code = '{question}'
            order by answer_sort_order, size_group_sort_order"""
        )
        rows = rows_of(text, question.replace("_", "-"))
        by_answer: dict[str, list[str]] = {}
        for answer, _, share, _ in shares:
            by_answer.setdefault(visible(answer), []).append(
                half_up(share, 0, "\u00a0%")
            )
        assert rows[1:-1] == [[answer, *cells] for answer, cells in by_answer.items()]
        bases = {size: base for _, size, _, base in shares}
        assert rows[-1][1:] == [number(bases[size], "nb") for size in sorted(bases)]


def test_the_quality_page_holds_the_measures_of_all_years(site: Site) -> None:
    text = site.text("kvalitet.html")
    for table, code in (
        ("response", "unit_nonresponse_units"),
        ("carried-forward", "imputation_fte"),
    ):
        expected: dict[int, list[str]] = {}
        for year, value in site.query(
            f"""select year, value from marts.fct_collection_quality
            where quality_measure_code = '{code}'
                and target_group in ('adults', 'children_youth')
            order by year desc, target_group"""
        ):
            expected.setdefault(year, []).append(half_up(value, 1, "\u00a0%"))
        assert rows_of(text, table)[1:] == [[str(y), *v] for y, v in expected.items()]
    shown = {row[0].split(" (")[0]: row[1:] for row in rows_of(text, "quality")[1:]}
    assert shown["Frafall av enheter"][0] == "1,3\u00a0% (5 av 372)"
    assert shown["Fullstendighet"][2] == "100,0\u00a0%"
    assert len(shown) == 12
    published = rows_of(text, "published")[1:]
    expected = site.query(
        """select year, computed, verdict from marts.fct_reconciliation
        where region_level = 'country' and target_group = 'all'
            and figure_code = 'total' and aspect = 'level'
        order by year, unit"""
    )
    assert [(row[0], row[5]) for row in published] == [
        (str(year), half_up(computed, 2)) for year, computed, _ in expected
    ]
    assert [row[2] for row in published if row[0] == "2023"] == ["lik"]


def test_the_series_are_never_joined(site: Site) -> None:
    """No line of a chart crosses the strip between the series."""
    for page in ("index.html", "kommune/4601.html", "kvalitet.html"):
        chart = re.search(
            r'<figure class="figure lines".*?</svg>', site.text(page), re.S
        )
        strip = re.search(r'<rect class="break" x="([\d.]+)"', chart.group())
        pieces = re.findall(
            r'<path class="line \w+" d="(M[\d.]+ [\d.]+L[^"]+)"', chart[0]
        )
        assert len(pieces) >= 2
        for piece in pieces:
            places = [float(x) for x in re.findall(r"[ML]([\d.]+) ", piece)]
            sides = {place > float(strip.group(1)) for place in places}
            assert len(sides) == 1
        assert "Brudd: ny serie" in chart.group()


def test_a_divided_county_has_no_older_series_and_says_why(site: Site) -> None:
    rows = rows_of(site.text("fylke/32.html"), "development")[1:]
    assert [row[2] for row in rows if int(row[0]) < 2024] == ["–"] * 9
    assert "Viken (30)" in site.text("fylke/32.html")
    # One that only changed its number keeps its figures, in a panel of their own.
    rows = rows_of(site.text("kommune/3301.html"), "development")[1:]
    assert all(re.match(r"\d", row[2]) for row in rows)


def figures_of(text: str) -> list[str]:
    """Return the figures of a page."""
    return re.findall(r"<figure.*?</figure>", text, re.DOTALL)


def test_every_figure_says_its_finding_and_has_its_table_right_below(
    site: Site,
) -> None:
    n_figures = 0
    for page in KINDS:
        for figure in figures_of(site.text(page)):
            n_figures += 1
            title = re.search(r"<figcaption><h\d[^>]*>(.*?)</h\d>", figure).group(1)
            assert ".." not in re.sub("<[^>]+>", "", figure)
            # A finding, not a heading: it has a figure in it.
            assert re.search(r"\d", title), title
            alternative = re.search(
                r'<svg[^>]*role="img" aria-labelledby="([^"]+)".*?'
                r'<title id="([^"]+)">(.*?)</title>',
                figure,
                re.DOTALL,
            )
            assert alternative.group(1) == alternative.group(2)
            assert title in alternative.group(3)
            assert figure.index("</svg>") < figure.index("<table")
            assert len(re.findall(r"<tr", figure)) >= 3
            assert figure.count("data-save=") == 3
    assert n_figures > 80


def test_dates_version_and_downloads_are_those_of_the_release(
    releases: Releases,
) -> None:
    folder = releases.second / "pages"
    text = (folder / "index.html").read_text(encoding="utf-8")
    for what in ("22. november 2026", "1. desember 2026", "2026.2"):
        assert what in text
    assert "Utkast" not in text
    english = (folder / "en/index.html").read_text(encoding="utf-8")
    assert "22 November 2026" in english
    revisions = (folder / "kvalitet.html").read_text(encoding="utf-8")
    n_changed = sum(
        int(row[4].replace(NARROW, "")) for row in rows_of(revisions, "revised")[1:]
    )
    (expected,) = releases.query(
        "select count(*) from marts.fct_revision where reason is not null"
    )
    assert (n_changed,) == expected
    sums = (releases.second / "SHA256SUMS").read_text()
    assert "  pages/index.html\n" in sums
    assert "  pages/en/municipality/4601.html\n" in sums
    # The big file is there once; what is written elsewhere is a copy.
    mine, theirs = (
        (releases.second / name).stat().st_ino
        for name in ("arsverk.duckdb", "pages/data/arsverk.duckdb")
    )
    assert mine == theirs


def test_what_is_published_is_what_make_site_shows(
    releases: Releases, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    process = make(
        "site", f"OUT={out}", project=releases.project, releases=releases.root
    )
    assert process.returncode == 0, process.stderr
    assert f"pages of release 2026.2: {out}/index.html" in process.stdout
    # The bar that tells how far it is.
    assert re.search(r"Pages.*790/790", process.stderr)
    published = releases.published / "pages"
    assert (out / "index.html").read_bytes() == (published / "index.html").read_bytes()
    # The same figures give the same bytes, the workbook's too.
    name = "data/indicator-nb.xlsx"
    assert (out / name).read_bytes() == (published / name).read_bytes()
    again = run_site(releases.root, tmp_path, "2026.9", "--out", str(out))
    assert again.returncode == 1
    assert "releases/2026.9 is no release" in again.stderr
    assert (out / "index.html").exists()


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
    assert process.returncode == 1
    assert "Run `make build` first." in process.stderr
    assert [path.name for path in tmp_path.iterdir()] == []


def test_downloads_hold_the_figures(site: Site) -> None:
    data = site.folder / "data"
    book = openpyxl.load_workbook(data / "indicator-nb.xlsx", read_only=True)
    rows = list(book.active.iter_rows(values_only=True))
    expected = site.query(
        """select year, region_code, measure_nb, per_1000 from labelled.indicator"""
    )
    assert rows[0][1] == "År"
    shown = [
        (row[1], row[3], row[5], None if row[6] is None else Decimal(str(row[6])))
        for row in rows[1:]
    ]
    assert sorted(map(str, shown)) == sorted(
        str((*row[:3], None if row[3] is None else Decimal(str(float(row[3])))))
        for row in expected
    )
    for name, sample in (
        ("indicator.csv", b"series_code,"),
        ("indicator-excel-nb.csv", b"\xef\xbb\xbfseries_code;"),
        ("indicator.parquet", b"PAR1"),
        ("indicator_current_nb.json", b'{"version":"2.0"'),
    ):
        assert (data / name).read_bytes().startswith(sample)
    with duckdb.connect(str(data / "arsverk.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.dim_year").fetchone()


# What is made up, and what is not.


def test_reconstructed_figures_are_called_so_on_every_page(site: Site) -> None:
    for path in site.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        english = path.relative_to(site.folder).parts[0] == "en"
        label = (
            "Reconstructed and invented figures, not received forms.</strong>"
            if english
            else "Rekonstruerte og oppdiktede tall, ikke innsendte skjemaer.</strong>"
        )
        assert text.count(label) == 1, path


def test_the_label_goes_away_with_received_figures(
    release: Path, tmp_path: Path
) -> None:
    real = spoiled(
        release,
        tmp_path / "release",
        """update marts.dim_year set is_reconstruction = false,
            provenance_code = 'received', provenance_nb = null, provenance_en = null""",
        "delete from marts.fct_sentence where sentence_code like 'provenance%'",
    )
    folder = tmp_path / "pages"
    write_site(folder, real)
    words = "rekonstru|reconstruct|oppdikt|invented|class=.banner"
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        left = text.replace("Utkast", "") if "Utkast" in text else text
        found = [w for w in re.findall(words, left, re.I) if "banner" not in w]
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
where schema_name = 'marts' and column_name = 'year' and database_name != 'old'"""


@pytest.mark.parametrize("condition", ["year >= 2024", "year < 2024"])
def test_pages_are_made_of_whatever_years_there_are(
    release: Path, tmp_path: Path, condition: str
) -> None:
    """Without a series, and without quality measures, answers and size groups."""
    folder = spoiled(
        release,
        tmp_path / "release",
        "delete from marts.fct_collection_quality",
        "delete from marts.fct_answer_share",
        "delete from marts.fct_key_figure where region_level = 'size_group'",
    )
    with duckdb.connect(str(folder / "arsverk.duckdb")) as connection:
        for (table,) in connection.execute(YEAR_TABLES).fetchall():
            connection.execute(f"delete from marts.{table} where {condition}")
        connection.execute("delete from marts.bridge_region_series")
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

HOSTILE = """<script>window.injected=1</script>\" onload=alert(1) x='</title><img src=x
onerror=window.injected=1>"""


def test_whatever_a_name_or_remark_holds_is_shown_as_text(
    release: Path, tmp_path: Path
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
    write_site(folder, hostile)
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
    for seen in visit(folder, visits):
        assert seen["dialogs"] == []
        assert seen["console"] == []
        assert seen["globals"] == {"injected": None}
    seen = visit(folder, visits[:1])[0]
    assert "<script>window.injected=1</script>" in seen["read"]["h1"]["texts"][0]
    for path in (folder / "kommune").glob("*.html"):
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
    with pytest.raises(PageError, match=r"evil.*seeds/reference"):
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
    site: Site, tmp_path: Path
) -> None:
    check_place(site.folder)
    check_place(tmp_path / "new")
    check_place(tmp_path)
    mine = tmp_path / "mine"
    shutil.copytree(site.folder, mine, ignore=shutil.ignore_patterns("data"))
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
    (tmp_path / "link").symlink_to(site.folder)
    with pytest.raises(PageError, match="no folder"):
        check_place(tmp_path / "link")
    process = run_site(tmp_path, tmp_path, "--out", str(mine))
    assert process.returncode == 1
    assert "no pages of ours" in process.stderr
    assert (mine / "en" / "thesis.docx").exists()


def test_who_writes_to_a_download_does_not_write_into_the_release(site: Site) -> None:
    for ours, theirs in (
        ("arsverk.duckdb", "arsverk.duckdb"),
        ("indicator.csv", "csv/indicator_wide.csv"),
    ):
        one, other = (
            (site.folder / "data" / ours).stat(),
            (site.release / theirs).stat(),
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
    process = run_site(root, tmp_path, "v1", "--out", str(out))
    assert process.returncode == 1
    assert "No pages were written: The code ''" in process.stderr
    assert (out / "index.html").read_text() == "old"
    assert len(list(out.iterdir())) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["root", "site"]


# Usable by everybody.


def looked_at(site: Site, pages: list[str], **settings: object) -> dict[str, dict]:
    """Visit pages, and return what was seen on each."""
    visits = [{"page": page, **settings} for page in pages]
    return dict(zip(pages, visit(site.folder, visits), strict=True))


@pytest.fixture(scope="module")
def wide(site: Site) -> dict[str, dict]:
    """Look at one page of each kind, once for all who ask."""
    return looked_at(
        site,
        KINDS,
        do=["axe", "console", "dialogs", "bytes", "layout_shift", "overflow"],
    )


@pytest.fixture(scope="module")
def narrow(site: Site) -> dict[str, dict]:
    """The same on a small phone, which is also 1280 pixels enlarged to 400 %."""
    return looked_at(site, KINDS, width=320, height=640, do=["overflow", "axe"])


def test_axe_finds_nothing_on_any_kind_of_page(
    wide: dict[str, dict], narrow: dict[str, dict]
) -> None:
    for looked in (wide, narrow):
        for page, seen in looked.items():
            assert seen["axe"] == [], page


def test_pages_report_no_error_and_load_nothing_from_elsewhere(
    wide: dict[str, dict],
) -> None:
    for page, seen in wide.items():
        assert seen["console"] == seen["dialogs"] == [], page


def test_nothing_sticks_out_on_a_narrow_or_enlarged_page(
    site: Site, wide: dict[str, dict], narrow: dict[str, dict]
) -> None:
    enlarged = looked_at(site, KINDS[:9], zoom_text=2, do=["overflow"])
    for looked in (wide, narrow, enlarged):
        for page, seen in looked.items():
            assert seen["overflow"] == {"pixels": 0, "elements": []}, page


def test_every_page_can_be_used_with_the_keyboard_alone(site: Site) -> None:
    for page in ("index.html", "kommune/4601.html", "en/report.html"):
        (seen,) = visit(site.folder, [{"page": page, "do": ["keyboard"]}])
        stops = seen["keyboard"]
        assert stops[0]["href"] == "#content" or stops[0]["href"].endswith("#content")
        assert len(stops) > 15
        assert [stop for stop in stops if not stop["visible_focus"]] == []
        assert [stop for stop in stops if not stop["in_view"]] == []
        assert [stop for stop in stops if not stop["name"]] == []


def test_pages_work_without_a_script_and_from_a_file(site: Site) -> None:
    for page, seen in looked_at(
        site,
        KINDS[:9],
        over="file",
        javascript=False,
        do=[
            "console",
            {"read": {"h1": "h1", "buttons": "button", "search": "#search"}},
        ],
    ).items():
        assert seen["console"] == [], page
        assert seen["read"]["h1"]["count"] == 1
        # What needs a script is not offered.
        assert seen["read"]["buttons"]["count"] == 0
        assert seen["read"]["search"]["count"] == 0


def test_charts_can_be_told_apart_in_forced_colours(site: Site) -> None:
    (seen,) = visit(
        site.folder,
        [
            {
                "page": "kommune/4601.html",
                "forced_colors": True,
                "do": [
                    "console",
                    "overflow",
                    {"read": {"drawings": "svg.drawing text"}},
                ],
            }
        ],
    )
    assert seen["console"] == []
    assert seen["read"]["drawings"]["count"] > 20
    style = (site.folder / "assets/site.css").read_text(encoding="utf-8")
    forced = style[style.index("@media (forced-colors: active)") :]
    assert "CanvasText" in forced
    assert "forced-color-adjust: none" in forced


def test_a_page_can_be_printed(site: Site, tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    visits = [
        {"page": "kommune/4601.html", "do": [{"pdf": str(paper)}]},
        {
            "page": "index.html",
            "media": "print",
            "do": [
                {"read": {"nav": "header nav", "tools": ".tools", "rows": "tbody tr"}}
            ],
        },
    ]
    printed, seen = visit(site.folder, visits)
    assert paper.read_bytes().startswith(b"%PDF")
    assert 3 <= printed["pdf_pages"] <= 16
    assert seen["read"]["nav"]["count"] == seen["read"]["tools"]["count"] == 0


def test_a_place_is_found_while_typing(site: Site) -> None:
    places = re.findall(
        r'<li data-find="([^"]+)"><a[^>]*>([^<]+)</a>', site.text("kommuner.html")
    )
    expected = {
        "  bERG": [name for find, name in places if "berg" in find.lower()],
        "4601": ["Bergen"],
        # Aa is Å, and who has no Ø types o.
        "aalesu": ["Ålesund", "Ålesund (1507)"],
        "TROMSO": ["Tromsø"],
        # The number of before 2024.
        "3005": ["Drammen"],
        "zzz": [],
    }
    assert 3 < len(expected["  bERG"]) < 20
    visits = [
        {
            "page": "kommuner.html",
            "do": [
                {"type": {"selector": "#search", "text": text}},
                {"read": {"found": "ul.places li", "told": "#found"}},
            ],
        }
        for text in expected
    ]
    for (text, names), seen in zip(
        expected.items(), visit(site.folder, visits), strict=True
    ):
        assert seen["read"]["found"]["texts"] == names, text
        assert seen["read"]["told"]["texts"] == [f"Treff: {len(names)}"]


def test_a_figure_can_be_saved_as_svg_png_and_csv(site: Site) -> None:
    (nb, en) = visit(
        site.folder,
        [
            {
                "page": page,
                "do": [{"downloads": [{"selector": "#services [data-save]", "n": 3}]}],
            }
            for page in ("kommune/4601.html", "en/municipality/4601.html")
        ],
    )
    files = {one["file"]: base64.b64decode(one["base64"]) for one in nb["downloads"]}
    assert sorted(files) == [
        f"arsverk-kommune-4601-services.{kind}" for kind in ("csv", "png", "svg")
    ]
    svg, png, table = (
        files[f"arsverk-kommune-4601-services.{kind}"] for kind in ("svg", "png", "csv")
    )
    drawing = ElementTree.fromstring(svg)
    texts = [part.text for part in drawing.iter("{http://www.w3.org/2000/svg}text")]
    # It says by itself what it is, and what it is not.
    told = " ".join(texts)
    assert "har flest årsverk i 2025" in told
    assert "Bergen (kommune 4601)" in told
    assert "Rekonstruerte og oppdiktede tall, ikke innsendte skjemaer." in told
    assert "Kilde: arsverk, utkast" in told
    bars_drawn = [
        part.get("fill") for part in drawing.iter("{http://www.w3.org/2000/svg}rect")
    ]
    assert {"#1f669f", "#c98a1b"} <= set(bars_drawn)
    assert png.startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    shown = rows_of(site.text("kommune/4601.html"), "services")
    clean = [
        [cell.replace(NARROW, "").replace("\u00a0%", "") for cell in row]
        for row in shown[1:]
    ]
    assert rows[1 : len(shown)] == clean
    assert "Rekonstruerte og oppdiktede tall" in rows[-1][0]
    assert rows[0] == shown[0]
    english = next(one for one in en["downloads"] if one["file"].endswith(".csv"))
    text = base64.b64decode(english["base64"]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0] == "Housing with fixed staff"
    assert re.fullmatch(r"\d+\.\d", rows[1][1])


# Light.


def test_a_page_weighs_less_than_150_kb_and_nothing_moves(
    wide: dict[str, dict],
) -> None:
    for page, seen in wide.items():
        assert seen["bytes"]["total"] < 150_000, (page, seen["bytes"])
        assert seen["layout_shift"] == 0, page


# The small parts.


def test_numbers_dates_and_years_are_written_as_people_do() -> None:
    assert number(Decimal("12345.60"), "nb", 1) == f"12{NARROW}345,6"
    assert number(Decimal("12345.60"), "en", 1) == "12,345.6"
    assert number(1250, "nb") == f"1{NARROW}250"
    assert number(Decimal("3.4866123"), "nb", 1) == "3,4866123"
    assert number(None, "nb") == "–"
    assert day(date(2026, 5, 2), "nb") == "2. mai 2026"
    assert day(date(2026, 5, 2), "en") == "2 May 2026"
    assert years([2015, 2016, 2017, 2020, 2024, 2025]) == "2015–2017, 2020, 2024–2025"


def test_links_are_relative_to_the_page() -> None:
    assert relative("index.html", "kommune/4601.html") == "kommune/4601.html"
    assert relative("en/county/46.html", "fylke/46.html") == "../../fylke/46.html"
    assert relative("fylke/46.html", "kvalitet.html#a") == "../kvalitet.html#a"
    assert relative("fylke/46.html", "#a") == "#a"


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    drawing = bars(
        [
            ("A", [Decimal(3), Decimal(1)], "4", ["own", "second"]),
            ("B", [Decimal(2), None], "2", ["own", "second"]),
        ]
    )
    first, second = drawing.bars
    assert [(s.x, s.width) for s in first.segments] == [(0, 247.5), (247.5, 82.5)]
    assert [(s.x, s.width) for s in second.segments] == [(0, 165), (165, 0)]
    assert (first.end, second.end) == (330, 165)
    # A long label has lines of its own, and the next bar stands below it.
    long = bars(
        [("word " * 15, [Decimal(1)], "1", ["own"]), ("B", [None], "", ["own"])]
    )
    assert len(long.bars[0].label) == 2
    assert long.bars[0].top == long.bars[0].y + 37
    assert long.bars[1].y == long.bars[0].top + 22
    # Nothing at all has no length, and is no error.
    assert bars([("A", [Decimal(0)], "0", ["own"])]).bars[0].end == 0


def test_a_line_stands_at_the_height_of_its_value_and_stops_where_there_is_none() -> (
    None
):
    rows = [
        Points(
            "A",
            "own",
            {2022: Decimal(1), 2023: Decimal(4), 2024: None, 2025: Decimal(2)},
        )
    ]
    drawing = lines([[2022, 2023], [2024, 2025]], rows, str)
    assert len(drawing.lines[0].pieces) == 2
    heights = [y for _, y, _ in drawing.lines[0].points]
    # The axis goes to 4: from the bottom a quarter, all of it, a half.
    plot = drawing.bottom - drawing.top
    assert heights == [drawing.bottom - plot * part for part in (0.25, 1.0, 0.5)]
    assert [label for _, label in drawing.years] == ["2022", "2023", "2024", "2025"]


def test_an_axis_has_round_steps_up_to_the_largest_value() -> None:
    assert axis(3.2) == (1.0, 4)
    assert axis(17.8) == (5.0, 4)
    assert axis(0.35) == (0.1, 4)
    assert axis(0) == (1.0, 1)


def test_a_shade_is_that_of_the_class_the_shown_value_is_in() -> None:
    shades = [
        shade(Decimal(text)) for text in ("1.9", "2.0", "2.9", "3.0", "6.9", "7.0")
    ]
    assert shades[0] != shades[1] == shades[2] != shades[3]
    assert shades[4] != shades[5]
    assert shade(None) not in shades
