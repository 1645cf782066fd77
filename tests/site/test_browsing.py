"""What looks at pages finds the faults it is there for, and no others."""

import base64
from pathlib import Path

import pytest

from browsing import BrowsingError, visit

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>A page</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<h1>A page</h1>
{body}
</main>
{script}
</body>
</html>
"""
STRICT = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'"
LOOSE = "script-src 'self' 'unsafe-inline'"
GOOD = """<p>Some text, and <a href="#end">a link</a>.</p>
<p class="gap"><a id="end" href="good.html">Here</a> it ends.</p>
<div class="scrolls" tabindex="0"><p class="wide">A wide table, as it were.</p></div>"""
MEDIA = {
    "print": "print",
    "dark": "(prefers-color-scheme: dark)",
    "still": "(prefers-reduced-motion: reduce)",
    "forced": "(forced-colors: active)",
    "narrow": "(max-width: 500px) and (min-resolution: 2dppx)",
    "plain": "screen and (min-width: 1280px) and (max-resolution: 1dppx)",
}
SHOWN = {"shown": [*MEDIA][:-1], "shown plainly": [*MEDIA][-1:]}
FAULTS = {
    "axe": """<p class="pale">Pale.</p><img src="dot.svg">
<p><a class="bare" href="good.html">One</a> <a href="#end">Two</a></p>""",
    "overflow": '<p class="wide" id="sticks-out">Wide.</p>',
    "cut-off": '<div class="cuts"><p class="wide">Wide, and nobody sees it.</p></div>',
    "shift": '<p><img id="late" alt="" src="dot.svg"></p><p class="gap">Moves.</p>',
    "foreign": '<p><img alt="" src="https://example.org/dot.png"></p>',
    "html": '<p id="twice">A<div id="twice">B</div></p><a href="x"><a href="y">C</a>',
    "shown": "".join(f'<p class="{name}">{name}</p>' for name in MEDIA),
    "input": """<p><label>Search <input id="search"></label></p>
<p class="row">Oslo</p><p class="row">Bergen</p><p class="row" hidden>Moss</p>
<noscript><p class="row">No script</p></noscript>
<p><button type="button">Save</button> <a href="data.csv" download>Data</a></p>""",
}
SCRIPTS = {
    "shift": "setTimeout(() => { document.querySelector('#late').height = 300; }, 99);",
    "input": """document.querySelector("#search").addEventListener("input", (event) => {
  for (const row of document.querySelectorAll(".row")) {
    row.hidden = !row.textContent.startsWith(event.target.value);
  }
});
document.querySelector("button").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["a;ø"], {type: "text/csv"}));
  link.download = "saved.csv";
  link.click();
});""",
}
STYLE = """body { color: #222; background: #fff; }
a { color: #00c; } .pale { color: #ddd; } .bare:focus { outline: none; }
.wide { width: 900px; } .scrolls { overflow-x: auto; } .cuts { overflow: hidden; }
.gap { margin-top: 100px; } img { display: block; }
@media print { .gap { margin-top: 1500px; } }
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
INJECTED = "<script>window.injected = 1; alert('injected');</script>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a good page, and pages with a fault each."""
    folder = tmp_path_factory.mktemp("a site with ø")
    style = STYLE + "".join(
        f".{name} {{ display: none; }}"
        f" @media {query} {{ .{name} {{ display: block; }} }}"
        for name, query in MEDIA.items()
    )
    (folder / "style.css").write_text(style)
    (folder / "dot.svg").write_text(DOT)
    (folder / "data.csv").write_text("a;b\n")
    for name, body in {"good": GOOD, **FAULTS}.items():
        script = f'<script src="{name}.js"></script>' if name in SCRIPTS else ""
        page = PAGE.format(policy=STRICT, body=body, script=script)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    for name, script in SCRIPTS.items():
        (folder / f"{name}.js").write_text(script, encoding="utf-8")
    for name, policy in (("refused", STRICT), ("injected", LOOSE)):
        page = PAGE.format(policy=policy, body=INJECTED, script="")
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def seen(site: Path) -> dict[str, dict]:
    """Return what was seen, all with one start of the browser."""
    told = {"globals": ["injected"]}
    everything = ["axe", "overflow", "keyboard", "dialogs", "console", told]
    paper = {"screenshot": str(site / "good.png"), "pdf": str(site / "good.pdf")}
    rows = {"read": {"rows": ".row"}}
    searched = {
        "type": {"selector": "#search", "text": "Ber"},
        "read": {"found": ".row"},
        "downloads": [{"selector": "button"}, {"selector": "a[download]"}],
    }
    visits = {
        "good": {
            **{"page": "good.html", "width": 320},
            "do": ["layout_shift", *everything, "bytes"],
        },
        "good file": {
            **{"page": "good.html#end", "over": "file", "do": [*everything, paper]},
        },
        "axe": {"page": "axe.html", "do": ["axe", "keyboard"]},
        "axe without scripts": {
            **{"page": "axe.html", "javascript": False, "over": "file"},
            "do": ["axe", "keyboard"],
        },
        "overflow": {"page": "overflow.html", "width": 320, "do": ["overflow"]},
        "overflow zoomed": {
            **{"page": "overflow.html", "zoom_text": 2, "do": ["overflow"]},
        },
        "cut off": {"page": "cut-off.html", "width": 320, "do": ["overflow"]},
        "shift": {"page": "shift.html", "width": 320, "do": ["layout_shift"]},
        "foreign": {"page": "foreign.html", "do": ["console"]},
        "refused": {"page": "refused.html", "do": [told, "dialogs", "console"]},
        "injected": {"page": "injected.html", "do": [told, "dialogs", "console"]},
        "input": {"page": "input.html", "do": [rows, searched, "console"]},
        "input file": {"page": "input.html", "over": "file", "do": [searched]},
        "input without scripts": {
            **{"page": "input.html", "javascript": False, "do": [rows]},
        },
        "shown": {
            **{"page": "shown.html", "media": "print", "forced_colors": True},
            **{"reduced_motion": True, "colour_scheme": "dark", "zoom_text": 2},
            **{"width": 1000, "do": [{"read": {"shown": "p"}}]},
        },
        "shown plainly": {"page": "shown.html", "do": [{"read": {"shown": "p"}}]},
    }
    return dict(zip(visits, visit(site, list(visits.values())), strict=True))


@pytest.mark.parametrize("name", ["good", "good file"])
def test_a_good_page_has_no_faults(seen: dict, name: str) -> None:
    page = seen[name]
    assert page["axe"] == []
    assert page["overflow"] == {"pixels": 0, "elements": []}
    assert page["console"] == page["dialogs"] == []
    assert page["globals"] == {"injected": None}
    assert all(step["visible_focus"] and step["in_view"] for step in page["keyboard"])


def test_a_page_is_photographed_and_printed(seen: dict, site: Path) -> None:
    assert (site / "good.png").read_bytes().startswith(b"\x89PNG")
    assert (site / "good.pdf").read_bytes().startswith(b"%PDF")
    assert seen["good file"]["pdf_pages"] == 2


def test_the_tab_key_leads_through_the_page(seen: dict) -> None:
    steps = seen["good"]["keyboard"]
    assert [(step["tag"], step["name"], step["href"]) for step in steps[:2]] == [
        ("a", "a link", "#end"),
        ("a", "Here", "good.html"),
    ]
    assert [step["tag"] for step in steps[2:]] == ["div"]


def test_what_a_page_weighs_is_all_that_it_loads(seen: dict) -> None:
    weight = seen["good"]["bytes"]
    assert set(weight["files"]) == {"/good.html", "/style.css"}
    assert weight["total"] == sum(weight["files"].values()) > 400


@pytest.mark.parametrize("name", ["axe", "axe without scripts"])
def test_pale_text_and_a_picture_without_words_are_found(seen: dict, name: str) -> None:
    found = {rule["id"]: rule for rule in seen[name]["axe"]}
    assert set(found) == {"color-contrast", "image-alt"}
    assert found["image-alt"]["impact"] == "critical"
    assert found["color-contrast"]["nodes"][0]["target"] == ".pale"
    assert "contrast of 1.35" in found["color-contrast"]["nodes"][0]["failure"]


def test_what_sticks_out_of_a_narrow_window_is_found(seen: dict) -> None:
    assert seen["overflow"]["overflow"]["pixels"] > 500
    assert seen["overflow"]["overflow"]["elements"] == ["p#sticks-out"]
    assert seen["overflow zoomed"]["overflow"]["pixels"] > 200
    assert seen["cut off"]["overflow"]["pixels"] == 0
    assert seen["cut off"]["overflow"]["elements"] == ["main > div.cuts > p.wide"]


def test_what_moves_when_something_comes_late_is_found(seen: dict) -> None:
    assert seen["shift"]["layout_shift"] > 0.01
    assert seen["good"]["layout_shift"] == 0


def test_what_others_are_asked_for_is_found(seen: dict) -> None:
    told = "\n".join(seen["foreign"]["console"])
    assert "foreign request: https://example.org/dot.png" in told
    assert "Content Security Policy" in told


def test_an_injected_script_is_found_whether_it_runs_or_not(seen: dict) -> None:
    assert seen["injected"]["dialogs"] == ["alert: injected"]
    assert seen["injected"]["globals"] == {"injected": 1}
    assert seen["refused"]["dialogs"] == []
    assert seen["refused"]["globals"] == {"injected": None}
    assert "Content Security Policy" in seen["refused"]["console"][0]


@pytest.mark.parametrize("name", ["axe", "axe without scripts"])
def test_a_link_that_does_not_show_its_focus_is_found(seen: dict, name: str) -> None:
    assert [
        (step["name"], step["visible_focus"]) for step in seen[name]["keyboard"]
    ] == [("One", False), ("Two", True)]


def test_what_is_typed_changes_what_is_read(seen: dict) -> None:
    assert seen["input"]["read"] == {
        "rows": {"texts": ["Oslo", "Bergen"], "count": 2},
        "found": {"texts": ["Bergen"], "count": 1},
    }
    assert seen["input"]["type"] == "Ber"
    assert seen["input"]["console"] == []


def test_without_scripts_what_is_for_that_is_read(seen: dict) -> None:
    rows = seen["input without scripts"]["read"]["rows"]
    assert rows["texts"] == ["Oslo", "Bergen", "No script"]


@pytest.mark.parametrize("name", ["input", "input file"])
def test_what_a_button_saves_is_caught(seen: dict, name: str) -> None:
    assert [
        (file["file"], file["media_type"], base64.b64decode(file["base64"]).decode())
        for file in seen[name]["downloads"]
    ] == [("saved.csv", "text/csv", "a;ø"), ("data.csv", "text/csv", "a;b\n")]


def test_how_a_page_is_shown_can_be_chosen(seen: dict) -> None:
    shown = {name: seen[name]["read"]["shown"]["texts"] for name in SHOWN}
    assert shown == SHOWN


def test_what_cannot_be_visited_is_named(site: Path) -> None:
    with pytest.raises(BrowsingError, match=r"visit 2 \(none\.html\).* 404"):
        visit(site, [{"page": "good.html"}, {"page": "none.html"}])
    with pytest.raises(BrowsingError, match=r"visit 1 \(good\.html\).* as colours"):
        visit(site, [{"page": "good.html", "do": ["colours"]}])
