"""The pages in a browser: who can use them, what they weigh, what they save."""

import base64
import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict

import pytest

from browsing import visit
from sites import KINDS, NARROW, Site, rows_of

pytestmark = pytest.mark.browser
ALL = pytest.mark.long


# How pages are looked at, and what is collected there. Narrow is a small phone, and
# also 1280 pixels enlarged to 400 %; enlarged has large letters.
WAYS = {
    "wide": {"do": ["axe", "console", "dialogs", "bytes", "overflow"]},
    "at rest": {"do": ["layout_shift"]},
    "narrow": {"width": 320, "height": 640, "do": ["overflow", "axe"]},
    "enlarged": {"zoom_text": 2, "do": ["overflow"]},
    "keyboard": {"do": ["keyboard"]},
    "from a file": {
        "over": "file",
        "javascript": False,
        "do": [
            "console",
            {"read": {"h1": "h1", "buttons": "button", "search": "#search"}},
        ],
    },
    "forced colours": {
        "forced_colors": True,
        "do": ["console", "overflow", {"read": {"drawings": "svg.drawing text"}}],
    },
    "printed": {
        "media": "print",
        "do": [{"read": {"nav": "header nav", "tools": ".tools", "rows": "tbody tr"}}],
    },
    "saved": {"do": [{"downloads": [{"selector": "#services [data-save]", "n": 3}]}]},
}
# In the quick case those of one template once, and one in English: every other wide,
# and the others narrow.
SOME = ["index.html", "kommuner.html", "kvalitet.html", "rapport.html"]
SOME += ["kommune/4601.html", "fylke/46.html", "bydel/030101.html"]
SOME += ["en/municipality/4601.html"]
EACH = {
    "from a file": SOME,
    "forced colours": ["kommune/4601.html"],
    "printed": ["index.html"],
    "saved": ["kommune/4601.html", "en/municipality/4601.html"],
}
QUICK = {
    "wide": SOME[::2],
    "at rest": ["index.html", "kommune/4601.html"],
    "narrow": SOME[1::2],
    "enlarged": SOME[::2],
    "keyboard": ["kommune/4601.html", "en/report.html"],
    **EACH,
}
LONG = {
    **dict.fromkeys(("wide", "at rest", "narrow", "enlarged", "keyboard"), KINDS),
    **EACH,
}
# What is typed to find a place, and which places have that in their names.
TYPED = {
    "  bERG": None,
    "4601": ["Bergen"],
    # Aa is Å, and who has no Ø types o.
    "aalesu": ["Ålesund", "Ålesund (1507)"],
    "TROMSO": ["Tromsø"],
    # The number of before 2024.
    "3005": ["Drammen"],
    "zzz": [],
}

# What was seen, by way and page.
Looked = dict[str, dict[str, dict]]


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=ALL)])
def looked(
    request: pytest.FixtureRequest,
    site: Site,
    tmp_path_factory: pytest.TempPathFactory,
) -> Looked:
    """Look at pages in each way, all with one start of the browser."""
    pages = QUICK if request.param == "some" else LONG
    visits = [(way, {"page": p, **WAYS[way]}) for way in WAYS for p in pages[way]]
    paper = tmp_path_factory.mktemp("printed") / "page.pdf"
    visits.append(
        ("on paper", {"page": "kommune/4601.html", "do": [{"pdf": str(paper)}]})
    )
    typing = []
    for text in TYPED:
        typing.append({"type": {"selector": "#search", "text": text}})
        typing.append({"read": {text: "ul.places li", f"told {text}": "#found"}})
    visits.append(("typed", {"page": "kommuner.html", "do": typing}))
    found: Looked = defaultdict(dict)
    results = visit(site.folder, [one for _, one in visits])
    for (way, one), seen in zip(visits, results, strict=True):
        found[way][one["page"]] = seen
    found["on paper"]["kommune/4601.html"]["file"] = paper
    return found


def test_axe_finds_nothing_on_any_kind_of_page(looked: Looked) -> None:
    for way in ("wide", "narrow"):
        for page, seen in looked[way].items():
            assert seen["axe"] == [], page


def test_pages_report_no_error_and_load_nothing_from_elsewhere(looked: Looked) -> None:
    for page, seen in looked["wide"].items():
        assert seen["console"] == seen["dialogs"] == [], page


def test_nothing_sticks_out_on_a_narrow_or_enlarged_page(looked: Looked) -> None:
    for way in ("wide", "narrow", "enlarged", "forced colours"):
        for page, seen in looked[way].items():
            assert seen["overflow"] == {"pixels": 0, "elements": []}, page


def test_every_page_can_be_used_with_the_keyboard_alone(looked: Looked) -> None:
    for seen in looked["keyboard"].values():
        stops = seen["keyboard"]
        assert stops[0]["href"] == "#content" or stops[0]["href"].endswith("#content")
        assert len(stops) > 15
        assert [stop for stop in stops if not stop["visible_focus"]] == []
        assert [stop for stop in stops if not stop["in_view"]] == []
        assert [stop for stop in stops if not stop["name"]] == []


def test_pages_work_without_a_script_and_from_a_file(looked: Looked) -> None:
    for page, seen in looked["from a file"].items():
        assert seen["console"] == [], page
        assert seen["read"]["h1"]["count"] == 1
        # What needs a script is not offered.
        assert seen["read"]["buttons"]["count"] == 0
        assert seen["read"]["search"]["count"] == 0


def test_charts_can_be_told_apart_in_forced_colours(site: Site, looked: Looked) -> None:
    (seen,) = looked["forced colours"].values()
    assert seen["console"] == []
    assert seen["read"]["drawings"]["count"] > 20
    style = (site.folder / "assets/site.css").read_text(encoding="utf-8")
    forced = style[style.index("@media (forced-colors: active)") :]
    assert "CanvasText" in forced
    assert "forced-color-adjust: none" in forced


def test_a_page_can_be_printed(looked: Looked) -> None:
    (printed,) = looked["on paper"].values()
    (seen,) = looked["printed"].values()
    assert printed["file"].read_bytes().startswith(b"%PDF")
    assert 3 <= printed["pdf_pages"] <= 16
    assert seen["read"]["nav"]["count"] == seen["read"]["tools"]["count"] == 0


def test_a_place_is_found_while_typing(site: Site, looked: Looked) -> None:
    places = re.findall(
        r'<li data-find="([^"]+)"><a[^>]*>([^<]+)</a>', site.text("kommuner.html")
    )
    of_berg = [name for find, name in places if "berg" in find.lower()]
    assert 3 < len(of_berg) < 20
    (seen,) = looked["typed"].values()
    for text, names in {**TYPED, "  bERG": of_berg}.items():
        assert seen["read"][text]["texts"] == names, text
        assert seen["read"][f"told {text}"]["texts"] == [f"Treff: {len(names)}"]


def test_a_figure_can_be_saved_as_svg_png_and_csv(site: Site, looked: Looked) -> None:
    nb, en = looked["saved"].values()
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
    for page, seen in looked["at rest"].items():
        assert seen["layout_shift"] == 0, page
