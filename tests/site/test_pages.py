"""The pages: which there are, where they lead and what stands on them."""

import json
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urldefrag

import duckdb
import openpyxl
import pytest

from arsverk.site.edition import path_of_region
from arsverk.site.words import number, visible
from browsing import NODE, html_errors
from conftest import ROOT, Releases
from sites import KINDS, NARROW, Found, Site, figures_of, read, rows_of

# All pages in both languages.
ALL = pytest.mark.long


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=ALL)])
def pages(request: pytest.FixtureRequest, site: Site) -> dict[str, Found]:
    """Return what every page holds, by path; or one of each kind and a few more."""
    paths = sorted(paths_of(site))
    if request.param != "all":
        paths = {*KINDS, *[path for path in paths if path[:3] != "en/"][::4]}
    return {path: read(site.text(path)) for path in paths}


def paths_of(site: Site) -> set[str]:
    """Return the paths of all pages."""
    return {p.relative_to(site.folder).as_posix() for p in site.folder.rglob("*.html")}


# Which pages there are, and where they lead.


def test_every_region_has_a_page_in_both_languages(site: Site) -> None:
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
    assert paths_of(site) == expected | singles


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
            if fragment and name in ids and fragment not in ids[name]:
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
            rates_of = defaultdict(list)
            for year, *rate in site.query(
                f"""select year, measures.name_nb, per_1000_unrounded, obs_status
                from marts.fct_indicator as indicator
                inner join marts.dim_measure as measures
                    on indicator.series_code = measures.series_code
                    and indicator.measure_code = measures.measure_code
                where indicator.series_code = '{series}'
                    and region_key in (
                        select '{key}'
                        union all
                        select earlier_region_key from marts.bridge_region_series
                        where region_key = '{key}' and is_same_area
                            and earlier_series_code = '{series}'
                    )
                order by year, measures.sort_order"""
            ):
                rates_of[str(year)].append(rate)
            for year_column, year in enumerate(measures[0][1:], start=1):
                rates = rates_of[year]
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
