"""The pages in a browser: who can use them, what they weigh, what they save."""

import base64
import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from browsing import visit
from sites import KINDS, NARROW, Site, rows_of

pytestmark = [pytest.mark.site, pytest.mark.browser]
ALL = pytest.mark.long


def looked_at(site: Site, pages: list[str], **settings: object) -> dict[str, dict]:
    """Visit pages, and return what was seen on each."""
    visits = [{"page": page, **settings} for page in pages]
    return dict(zip(pages, visit(site.folder, visits), strict=True))


# Wide, on a small phone (which is also 1280 pixels enlarged to 400 %), and with large
# letters.
WAYS = {
    "wide": {"do": ["axe", "console", "dialogs", "bytes", "layout_shift", "overflow"]},
    "narrow": {"width": 320, "height": 640, "do": ["overflow", "axe"]},
    "enlarged": {"zoom_text": 2, "do": ["overflow"]},
}
# In the quick case those of one template once, and one in English: every other wide,
# and the others narrow.
SOME = ["index.html", "kommuner.html", "kvalitet.html", "rapport.html"]
SOME += ["kommune/4601.html", "fylke/46.html", "bydel/030101.html"]
SOME += ["en/municipality/4601.html"]
QUICK = {"wide": SOME[::2], "narrow": SOME[1::2], "enlarged": SOME[::2]}

Looked = dict[str, dict[str, dict]]


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=ALL)])
def looked(request: pytest.FixtureRequest, site: Site) -> Looked:
    """Look at one page of each kind in each way, with one start of the browser."""
    pages = QUICK if request.param == "some" else dict.fromkeys(WAYS, KINDS)
    visits = [{"page": page, **WAYS[way]} for way in WAYS for page in pages[way]]
    seen = iter(visit(site.folder, visits))
    return {way: {page: next(seen) for page in pages[way]} for way in WAYS}


def test_axe_finds_nothing_on_any_kind_of_page(looked: Looked) -> None:
    for way in ("wide", "narrow"):
        for page, seen in looked[way].items():
            assert seen["axe"] == [], page


def test_pages_report_no_error_and_load_nothing_from_elsewhere(looked: Looked) -> None:
    for page, seen in looked["wide"].items():
        assert seen["console"] == seen["dialogs"] == [], page


def test_nothing_sticks_out_on_a_narrow_or_enlarged_page(looked: Looked) -> None:
    for way in WAYS:
        for page, seen in looked[way].items():
            assert seen["overflow"] == {"pixels": 0, "elements": []}, page


@pytest.mark.parametrize(
    "pages",
    [["kommune/4601.html", "en/report.html"], pytest.param(KINDS, marks=ALL)],
    ids=["some", "all"],
)
def test_every_page_can_be_used_with_the_keyboard_alone(
    site: Site, pages: list[str]
) -> None:
    for seen in looked_at(site, pages, do=["keyboard"]).values():
        stops = seen["keyboard"]
        assert stops[0]["href"] == "#content" or stops[0]["href"].endswith("#content")
        assert len(stops) > 15
        assert [stop for stop in stops if not stop["visible_focus"]] == []
        assert [stop for stop in stops if not stop["in_view"]] == []
        assert [stop for stop in stops if not stop["name"]] == []


def test_pages_work_without_a_script_and_from_a_file(site: Site) -> None:
    for page, seen in looked_at(
        site,
        SOME,
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
    done = []
    for text in expected:
        done.append({"type": {"selector": "#search", "text": text}})
        done.append({"read": {text: "ul.places li", f"told {text}": "#found"}})
    (seen,) = visit(site.folder, [{"page": "kommuner.html", "do": done}])
    for text, names in expected.items():
        assert seen["read"][text]["texts"] == names, text
        assert seen["read"][f"told {text}"]["texts"] == [f"Treff: {len(names)}"]


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
    assert "Kilde: arsverk, utgave 2026.1" in told
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


def test_a_page_weighs_less_than_150_kb_and_nothing_moves(looked: Looked) -> None:
    for page, seen in looked["wide"].items():
        assert seen["bytes"]["total"] < 150_000, (page, seen["bytes"])
        assert seen["layout_shift"] == 0, page
