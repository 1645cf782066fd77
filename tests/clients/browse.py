"""Opens pages in a browser and prints what it saw there.

    python browse.py --site FOLDER --axe node_modules/axe-core/axe.min.js < visits

``visits`` is a list of JSON objects, and what is printed is the list of their
results, in the same order. A visit says which page is opened and how, and what is
collected there, in the order given::

    {"page": "en/index.html?q=oslo#top", "over": "file", "width": 320,
     "do": ["axe", "overflow", {"read": {"heading": "h1"}}, "console"]}

How: ``over`` (``http`` or ``file``), ``width``, ``height``, ``javascript``,
``media`` (``screen`` or ``print``), ``forced_colors``, ``reduced_motion``,
``colour_scheme`` (``light`` or ``dark``), ``zoom_text`` (2 is a browser's 200 %) and
``axe_tags``. What: the methods of ``Look`` whose names have no underscore in front.
"""

import argparse
import base64
import functools
import gzip
import http.server
import inspect
import json
import mimetypes
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Error, Page, sync_playwright

FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    # The site is all there is: no proxy, and no other name or address is found.
    *("--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
    # What an assistive technology calls an element can be asked for.
    "--enable-blink-features=ComputedAccessibilityInfo",
]
SETTINGS = {
    "page": None,
    "over": "http",
    "width": 1280,
    "height": 900,
    "javascript": True,
    "media": None,
    "forced_colors": False,
    "reduced_motion": False,
    "colour_scheme": None,
    "zoom_text": 1,
    "axe_tags": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "do": [],
}
TALLEST = 12000
MOST_STEPS = 300
MOST_READ = 50
PATIENCE = 20000

# Axe's answer, cut down to what a person needs to find the fault.
AXE = """async (tags) => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: tags},
    resultTypes: ["violations"],
  });
  return found.violations.map((rule) => ({
    id: rule.id, impact: rule.impact, help: rule.help, count: rule.nodes.length,
    nodes: rule.nodes.slice(0, 5).map((node) => ({
      target: node.target.flat().join(" "), failure: node.failureSummary,
    })),
  }));
}"""

# Text that only a screen reader gets is often a box of one pixel: it sticks out of
# nothing. A drawing's parts are cut off by the drawing.
OVERFLOW = """() => {
  const root = document.documentElement;
  const wide = root.clientWidth;
  const named = (element) => element.localName + (element.id
    ? "#" + element.id
    : [...element.classList].map((name) => "." + name).join(""));
  const selector = (element) => {
    const names = [named(element)];
    let above = element.parentElement;
    while (above && above !== document.body && names.length < 3
           && !names[0].includes("#")) {
      names.unshift(named(above));
      above = above.parentElement;
    }
    return names.join(" > ");
  };
  const contained = (element) => {
    if (element.ownerSVGElement || element.clientWidth === 1) return true;
    for (let above = element.parentElement; above && above !== document.body;
         above = above.parentElement) {
      const across = getComputedStyle(above).overflowX;
      if (across === "auto" || across === "scroll") return true;
      if (across !== "visible" && above.clientWidth <= 1) return true;
    }
    return false;
  };
  const elements = [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width && box.height && box.right + window.scrollX > wide + 1
        && element.checkVisibility({visibilityProperty: true})
        && !contained(element)) {
      elements.push(selector(element));
      if (elements.length === 5) break;
    }
  }
  return {pixels: Math.max(0, root.scrollWidth - wide), elements};
}"""

LAYOUT_SHIFT = """async () => {
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let sum = 0;
  const add = (entries) => {
    for (const entry of entries) if (!entry.hadRecentInput) sum += entry.value;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  await pause(500);
  const tall = document.documentElement.scrollHeight;
  const step = Math.max(window.innerHeight * 0.9, tall / 200);
  for (let top = 0; top < tall; top += step) {
    window.scrollTo({top, behavior: "instant"});
    await frame();
    await frame();
  }
  const images = [...document.images].filter((image) => !image.complete);
  await Promise.race([
    pause(2000),
    Promise.all(images.map((image) => new Promise((done) => {
      image.onload = image.onerror = done;
    }))),
  ]);
  await pause(200);
  add(observer.takeRecords());
  observer.disconnect();
  window.scrollTo({top: 0, behavior: "instant"});
  return sum;
}"""

# One step of the Tab key: nothing more is told when the focus is back where it began.
# A page may scroll smoothly to what has the focus, which takes a moment.
FOCUSED = """async () => {
  const element = document.activeElement;
  const seen = (window.__browsed ??= []);
  if (!element || element === document.body || element === document.documentElement
      || seen.some((step) => step.element === element)) return null;
  for (const animation of document.getAnimations()) {
    try { animation.finish(); } catch { /* one without an end */ }
  }
  const inside = () => {
    const box = element.getBoundingClientRect();
    const fits = (from, to, room) => (to - from > room
      ? from < room && to > 0
      : from >= -1 && to <= room + 1);
    return fits(box.top, box.bottom, window.innerHeight)
      && fits(box.left, box.right, window.innerWidth);
  };
  for (let still = 0, from = null, i = 0; !inside() && still < 4 && i < 40; i += 1) {
    await new Promise((done) => setTimeout(done, 50));
    const {top, left} = element.getBoundingClientRect();
    still = from === `${top} ${left}` ? still + 1 : 0;
    from = `${top} ${left}`;
  }
  const style = getComputedStyle(element);
  const clear = /^transparent$|^rgba\\(.*, 0\\)$|\\/ 0\\)$/;
  seen.push({
    element,
    shadow: style.boxShadow,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      && !clear.test(style.outlineColor),
  });
  return {
    tag: element.localName,
    name: (element.computedName ?? element.innerText ?? "").trim(),
    href: element.getAttribute("href"),
    in_view: inside(),
  };
}"""

# Whether each of them looks otherwise now that the focus has left.
UNFOCUSED = """() => {
  document.activeElement?.blur();
  for (const animation of document.getAnimations()) {
    try { animation.finish(); } catch { /* one without an end */ }
  }
  const seen = window.__browsed ?? [];
  delete window.__browsed;
  return seen.map((step) => step.outline || (step.shadow !== "none"
    && step.shadow !== getComputedStyle(step.element).boxShadow));
}"""

READ = """([selector, most]) => {
  const shown = [...document.querySelectorAll(selector)].filter((element) =>
    element.checkVisibility({visibilityProperty: true})
    && element.getClientRects().length);
  return {
    texts: shown.slice(0, most).map((e) => e.innerText ?? e.textContent),
    count: shown.length,
  };
}"""

# A blob's type is gone once it is a file.
BLOBS = """(() => {
  const create = URL.createObjectURL;
  window.__blobs = {};
  URL.createObjectURL = (blob) => {
    const url = create.call(URL, blob);
    window.__blobs[url] = blob.type;
    return url;
  };
})()"""

GLOBALS = """(names) => names.map((name) => {
  const value = window[name];
  try { return JSON.parse(JSON.stringify(value ?? null)); }
  catch { return String(value); }
})"""


class VisitError(Exception):
    """A visit that cannot be made; the message says why."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site and keeps quiet."""

    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".csv": "text/csv",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
    }

    def do_GET(self) -> None:
        """Answer; a browser's own wish for an icon is no fault of a page's."""
        if (
            self.path == "/favicon.ico"
            and not Path(self.directory, "favicon.ico").exists()
        ):
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server that does not mind a browser that hangs up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free port, and return its address."""
    handler = functools.partial(Handler, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Look:
    """A page that is open, and what can be collected there."""

    def __init__(self, page: Page, visit: dict, site: Path, root: str, axe: str):
        self._page = page
        self._visit = visit
        self._site = site
        self._root = root
        self._axe = axe
        self._told: list[str] = []
        self._opened: list[str] = []
        self._loaded: dict[str, None] = {}
        self._types: dict[str, str] = {}
        self._listening = True
        self._protocol = page.context.new_cdp_session(page)
        page.set_default_timeout(PATIENCE)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._tell(f"page error: {error}"))
        page.on("request", self._requested)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        page.on("dialog", self._asked)

    def _tell(self, what: str) -> None:
        if self._listening:
            self._told.append(what)

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning", "assert"):
            self._tell(f"{message.type}: {message.text} ({message.location['url']})")

    def _requested(self, request: Any) -> None:
        if not request.url.startswith((f"{self._root}/", "data:", "blob:", "about:")):
            self._tell(f"foreign request: {request.url}")

    def _failed(self, request: Any) -> None:
        # A download, or what nobody waits for any more.
        if request.failure != "net::ERR_ABORTED":
            self._tell(f"request failed: {request.url} ({request.failure})")

    def _answered(self, response: Any) -> None:
        url = response.url
        self._types[url] = response.headers.get("content-type", "")
        if response.ok and url.startswith(f"{self._root}/"):
            self._loaded[unquote(urlsplit(url).path)] = None

    def _asked(self, dialog: Any) -> None:
        self._opened.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _run(self, script: str, argument: object = None) -> Any:
        """Run a script of ours: also where the page's own are not to run."""
        self._scripts(True)
        try:
            return self._page.evaluate(script, argument)
        finally:
            self._scripts(self._visit["javascript"])

    def _scripts(self, run: bool) -> None:
        if not self._visit["javascript"]:
            self._protocol.send(
                "Emulation.setScriptExecutionDisabled", {"value": not run}
            )

    def _open(self) -> None:
        """Open the page and wait until it is drawn."""
        self._scripts(False)
        if any("downloads" in wanted for wanted in self._visit["do"]):
            self._page.add_init_script(BLOBS)
        path = quote(self._visit["page"].lstrip("/"), safe="/?#&=%+:;,@!$'()*~")
        response = self._page.goto(f"{self._root}/{path}")
        if response and response.status >= 400:
            raise VisitError(f"the server answers {response.status}")
        # Not before: a medium is forgotten where a new site begins.
        if self._visit["media"]:
            self._page.emulate_media(media=self._visit["media"])
        self._run("document.fonts.ready.then(() => true)")

    def axe(self) -> list[dict]:
        """Return which rules of accessibility the page breaks, and where."""
        # What axe itself asks for is not the page's doing.
        self._listening = False
        self._run(f"{self._axe}; true")
        found = self._run(AXE, self._visit["axe_tags"])
        self._page.wait_for_timeout(20)
        self._listening = True
        return found

    def overflow(self) -> dict:
        """Return how much wider than the window the page is, and what sticks out."""
        return self._run(OVERFLOW)

    def layout_shift(self) -> float:
        """Return how much what was drawn has moved, also after scrolling down."""
        return round(self._run(LAYOUT_SHIFT), 4)

    def console(self) -> list[str]:
        """Return errors, warnings, failed requests and requests to others."""
        self._page.wait_for_timeout(100)
        return self._told

    def keyboard(self) -> list[dict]:
        """Return what the Tab key leads to, one after the other."""
        steps = []
        while len(steps) < MOST_STEPS:
            self._page.keyboard.press("Tab")
            step = self._run(FOCUSED)
            if step is None:
                break
            steps.append(step)
        seen = self._run(UNFOCUSED)
        return [
            {**step, "visible_focus": visible}
            for step, visible in zip(steps, seen, strict=True)
        ]

    def downloads(self, wanted: list[dict]) -> list[dict]:
        """Click, and return the files that come: up to ``n`` of each selector."""
        files = []
        for entry in wanted:
            found = self._page.locator(entry["selector"])
            if not found.count():
                raise VisitError(f"nothing to click at {entry['selector']}")
            for i in range(min(found.count(), entry.get("n", 1))):
                with self._page.expect_download() as caught:
                    found.nth(i).click()
                download = caught.value
                content = Path(download.path()).read_bytes()
                files.append(
                    {
                        "file": download.suggested_filename,
                        "media_type": self._media_type(download.url),
                        "base64": base64.b64encode(content).decode(),
                    }
                )
        return files

    def _media_type(self, url: str) -> str | None:
        if url.startswith("data:"):
            return url[5:].split(",")[0].removesuffix(";base64") or None
        if url.startswith("blob:"):
            return self._run("(url) => (window.__blobs ?? {})[url]", url) or None
        return self._types.get(url) or mimetypes.guess_type(urlsplit(url).path)[0]

    def type(self, wanted: dict) -> str:
        """Type into a field in place of what is there, and return what then is."""
        field = self._page.locator(wanted["selector"]).first
        field.focus()
        if self._run(
            "() => 'value' in document.activeElement"
            " && /^(input|textarea)$/.test(document.activeElement.localName)"
        ):
            field.fill("")
        field.press_sequentially(wanted["text"])
        self._page.wait_for_timeout(400)
        return self._run("() => document.activeElement.value ?? null")

    def read(self, wanted: dict) -> dict:
        """Return what visible elements say, and how many of them there are."""
        return {
            name: self._run(READ, [selector, MOST_READ])
            for name, selector in wanted.items()
        }

    def dialogs(self) -> list[str]:
        """Return the alerts and questions that opened."""
        self._page.wait_for_timeout(100)
        return self._opened

    def globals(self, names: list[str]) -> dict:
        """Return what the page's window holds under these names."""
        return dict(zip(names, self._run(GLOBALS, names), strict=True))

    def screenshot(self, path: str) -> str:
        """Write a picture of the whole page, or of as much as is reasonable."""
        width, height = self._run(
            "() => [document.documentElement.scrollWidth,"
            " document.documentElement.scrollHeight]"
        )
        whole = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
        self._page.screenshot(path=path, full_page=True, clip=whole)
        return path

    def pdf(self, path: str) -> dict:
        """Write the page as it is printed on A4, and return how many sheets it is."""
        content = self._page.pdf(path=path, format="A4", prefer_css_page_size=True)
        return {"path": path, "pages": len(re.findall(rb"/Type\s*/Page\b", content))}

    def bytes(self) -> dict:
        """Return what the page and all it loads weigh as sent, compressed."""
        if self._visit["over"] != "http":
            raise VisitError("bytes are counted over http")
        files = {}
        for path in self._loaded:
            file = self._site / path.lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            if file.is_file():
                files[path] = len(gzip.compress(file.read_bytes(), 6, mtime=0))
        return {"total": sum(files.values()), "files": files}


def checked(visit: dict) -> dict:
    """Return a visit with all its settings, and what to do as names and arguments."""
    unknown = sorted(set(visit) - set(SETTINGS))
    if unknown:
        raise VisitError(f"no such setting: {', '.join(unknown)}")
    if not isinstance(visit.get("page"), str):
        raise VisitError("no page")
    visit = {**SETTINGS, **visit}
    if visit["over"] not in ("http", "file"):
        raise VisitError(f"over {visit['over']} is not possible")
    wanted = []
    for entry in visit["do"]:
        wanted += [(entry, [])] if isinstance(entry, str) else entry_of(entry)
    for name, arguments in wanted:
        method = None if name.startswith("_") else getattr(Look, name, None)
        if method is None:
            raise VisitError(f"nothing is collected as {name}")
        if len(inspect.signature(method).parameters) != 1 + len(arguments):
            raise VisitError(f"{name} takes {'no' if arguments else 'an'} argument")
    return {**visit, "do": wanted}


def entry_of(entry: dict) -> list[tuple[str, list]]:
    """Return names and arguments of ``{"read": {…}}``; ``true`` is none."""
    return [
        (name, [] if argument is True else [argument])
        for name, argument in entry.items()
    ]


def visited(browser: Browser, visit: dict, site: Path, http: str, axe: str) -> dict:
    """Make a visit, and return what was collected."""
    zoom = visit["zoom_text"]
    context = browser.new_context(
        viewport={
            "width": round(visit["width"] / zoom),
            "height": round(visit["height"] / zoom),
        },
        device_scale_factor=zoom,
        color_scheme=visit["colour_scheme"],
        reduced_motion="reduce" if visit["reduced_motion"] else None,
        forced_colors="active" if visit["forced_colors"] else None,
    )
    try:
        root = http if visit["over"] == "http" else site.as_uri()
        look = Look(context.new_page(), visit, site, root, axe)
        look._open()
        result: dict[str, Any] = {"page": visit["page"]}
        for name, arguments in visit["do"]:
            found = getattr(look, name)(*arguments)
            if name in ("read", "globals"):
                found = {**result.get(name, {}), **found}
            elif name == "pdf":
                result["pdf_pages"], found = found["pages"], found["path"]
            result[name] = found
        return result
    finally:
        context.close()


def main() -> int:
    """Make the visits that standard input asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--axe", type=Path, required=True)
    parser.add_argument(
        "--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium")
    )
    arguments = parser.parse_args()
    site = arguments.site.resolve()
    visits = json.load(sys.stdin)
    axe = arguments.axe.read_text(encoding="utf-8")
    label, results = "", []
    try:
        for i, visit in enumerate(visits, start=1):
            label = f"visit {i} ({visit.get('page')}): "
            visits[i - 1] = checked(visit)
        label = ""
        with served(site) as http, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=arguments.chromium,
                chromium_sandbox=os.geteuid() != 0,
                args=FLAGS,
            )
            for i, visit in enumerate(visits, start=1):
                label = f"visit {i} ({visit['page']}): "
                results.append(visited(browser, visit, site, http, axe))
            browser.close()
    except (
        VisitError,
        Error,
        KeyError,
        TypeError,
        ValueError,
        OSError,
        AttributeError,
    ) as error:
        print(f"{label}{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    json.dump(results, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
