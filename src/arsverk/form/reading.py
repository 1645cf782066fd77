"""Take a workbook apart, in a process of its own and within limits.

What comes back is what stands in the named ranges, cell by cell, with the kind of
each value; whether that is an answer is decided elsewhere. Nothing is unpacked to
disk, no formula is computed and no link is followed. A process that reads a file
can write none, and is stopped after ten seconds or at 512 MB (the memory limit is
the kernel's, and Linux keeps it; macOS does not).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import multiprocessing
import re
import resource
import signal
import sys
import threading
import time
import types
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

# How the workbook is laid out; another number is another workbook.
LAYOUT = 1

SECONDS = 10
MEMORY = 512 * 1024**2
# A filled form is about 40 kB, 300 kB unpacked.
MAX_FILE = 5 * 1024**2
MAX_UNPACKED = 10 * 1024**2
MAX_ENTRIES = 200
MAX_NAMES = 500
MAX_CELLS_OF_A_RANGE = 300
MAX_OTHERS = 5000  # a filled form has about 300
MAX_TEXT = 2000
MAX_REPLY = 8 * 1024**2

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ENTITIES = re.compile(
    b"|".join(
        re.escape(word.encode(code))
        for word in ("<!DOCTYPE", "<!ENTITY")
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    )
)
# What a part is: its name says so, or the content type that is declared for it.
NOT_WANTED = {
    "macros": ("vbaproject", "macroenabled", "macrosheet", "dialogsheet", "activex"),
    "external": ("externallink", "xl/connections", ".connections+", "querytable"),
    "embedded": ("xl/embeddings/", "oleobject"),
}

Reply = dict[str, Any]


class UnreadableError(Exception):
    """A file that is not read; the code says why, the rest where and what."""

    def __init__(
        self, code: str, found: str = "", sheet: str = "", cell: str = ""
    ) -> None:
        super().__init__(code)
        self.reply = {"code": code, "found": found, "sheet": sheet, "cell": cell}


def read_aside(path: Path, context: multiprocessing.context.BaseContext) -> Reply:
    """Read a workbook in a child process; return what it said, or why not."""
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=answer, args=(str(path), there), daemon=True)
    began = time.monotonic()
    with without_main():
        child.start()
    there.close()
    try:
        if not here.poll(SECONDS):
            return {"code": "too_long", "found": f"{SECONDS} s"}
        return json.loads(here.recv_bytes(MAX_REPLY))
    except EOFError:
        # It ended without a word.
        child.join(1)
        ended = -(child.exitcode or 0)
        if time.monotonic() - began > SECONDS - 1:
            return {"code": "too_long", "found": f"{SECONDS} s"}
        if ended > 0 and ended != signal.SIGKILL:
            return {"code": "damaged", "found": signal.strsignal(ended) or ""}
        # What else kills it is the system, when memory runs out.
        return {"code": "too_large", "found": ""}
    except OSError:
        return {"code": "too_large", "found": ""}
    finally:
        # While it lives, there is somebody to hear it.
        child.kill()
        child.join()
        here.close()


STARTING = threading.Lock()


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Start a child that needs nothing of the program that is running.

    It would be run again in each of them, which takes longer than reading a form.
    """
    with STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def prepare() -> multiprocessing.context.BaseContext:
    """Return a context whose processes have imported this module already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    # The first child waits for the imports, which is no file's time.
    first = context.Process(target=time.sleep, args=(0,))
    with without_main():
        first.start()
    first.join()
    return context


def answer(path: str, there: Connection) -> None:
    """Read a workbook within limits and send what was found."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system knows every limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    there.send_bytes(json.dumps(reply_of(Path(path))).encode())
    there.close()


def reply_of(path: Path) -> Reply:
    """Return the contents of a workbook, or why it is not read."""
    try:
        return read_workbook(path)
    except UnreadableError as error:
        return error.reply
    except MemoryError:
        return {"code": "too_large", "found": ""}
    except OSError as error:
        return {"code": "no_access", "found": error.strerror or ""}
    except Exception as error:  # whatever a broken file does to the library
        return {"code": "damaged", "found": type(error).__name__}


def read_workbook(path: Path) -> Reply:
    """Return the contents of a workbook's named ranges.

    Raises:
        UnreadableError: the file is no workbook that may be opened.
    """
    with path.open("rb") as file:
        content = file.read(MAX_FILE + 1)
    check_container(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), keep_links=False)
    ranges = {
        name: read_range(book, defined.attr_text)
        for name, defined in names_of(book).items()
    }
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "ranges": ranges,
        "cells": find_cells(book),
    }


def check_container(content: bytes) -> None:
    """Look at a file from outside, before anything in it is understood.

    Raises:
        UnreadableError: it is no workbook that may be opened.
    """
    if not content:
        raise UnreadableError("empty_file")
    if len(content) > MAX_FILE:
        raise UnreadableError("too_large", f"> {MAX_FILE // 1024**2} MB")
    if content.startswith(OLE):
        raise UnreadableError("password" if ENCRYPTED in content else "old_excel")
    if not content.startswith(b"PK"):
        raise UnreadableError("not_xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_package(package)
    except (
        *(zipfile.BadZipFile, EOFError, NotImplementedError),
        ElementTree.ParseError,
    ) as error:
        raise UnreadableError("damaged", type(error).__name__) from error


def check_package(package: zipfile.ZipFile) -> None:
    """Look at what a package holds, and read every part of it once.

    Raises:
        UnreadableError: it is no workbook that may be opened.
    """
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise UnreadableError("too_large", f"{len(entries)} > {MAX_ENTRIES}")
    if unpacked > MAX_UNPACKED:
        raise UnreadableError(
            "too_large", f"{unpacked // 1024**2} > {MAX_UNPACKED // 1024**2} MB"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("password")
    lower = [name.lower() for name in names]
    if len(set(lower)) < len(lower) or any(
        re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name)
        for name in names
    ):
        raise UnreadableError("damaged", "entries")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(names):
        raise UnreadableError("not_xlsx")
    for name in names:
        check_kind(name)
    for entry in entries:
        text = package.read(entry)
        is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        if is_xml and ENTITIES.search(text):
            raise UnreadableError("entities", entry.filename[:100])
        if entry.filename == "xl/workbook.xml" and b"purl.oclc.org/ooxml" in text:
            raise UnreadableError("strict_format")
        if re.match("xl/drawings/[^/]*[.]xml$", entry.filename) and b"<a:t>" in text:
            raise UnreadableError("text_box", entry.filename)
        if entry.filename == "[Content_Types].xml":
            for part in ElementTree.fromstring(text):
                check_kind(part.get("ContentType", ""))
        if entry.filename.lower().endswith(".rels"):
            for relation in ElementTree.fromstring(text).iter():
                is_outside = relation.get("TargetMode", "").lower() == "external"
                if is_outside and not relation.get("Type", "").endswith("/hyperlink"):
                    raise UnreadableError("external", entry.filename[:100])


def check_kind(text: str) -> None:
    """Look at the name or the content type of a part.

    Raises:
        UnreadableError: such a part has no place in a form.
    """
    for code, kinds in NOT_WANTED.items():
        if any(kind in text.lower() for kind in kinds):
            raise UnreadableError(code, text[:100])


def names_of(book: Workbook) -> dict[str, Any]:
    """Return the workbook's names, other than those of the program.

    Raises:
        UnreadableError: there are too many.
    """
    names = {k: v for k, v in book.defined_names.items() if not k.startswith("_")}
    if len(names) > MAX_NAMES:
        raise UnreadableError("too_large", f"{len(names)} > {MAX_NAMES}")
    return names


def read_range(book: Workbook, reference: str) -> Reply:
    """Return the cells of a range; without any where it leads nowhere."""
    matched = re.fullmatch(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)", reference)
    if not matched:
        return {}
    title = (matched[1] or matched[2]).replace("''", "'")
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if title not in sheets:
        return {}
    sheet, address = sheets[title], matched[3].replace("$", "")
    try:
        left, top, right, bottom = range_boundaries(address)
    except (ValueError, TypeError):
        return {}
    found = {"sheet": title, "cells": [], "merged": "", "address": address}
    if None in (left, top, right, bottom):
        return found
    if (right - left + 1) * (bottom - top + 1) > MAX_CELLS_OF_A_RANGE:
        return found
    for merged in sheet.merged_cells.ranges:
        if not (
            merged.min_col > right
            or merged.max_col < left
            or merged.min_row > bottom
            or merged.max_row < top
        ):
            found["merged"] = merged.coord
    found["cells"] = [
        [
            {
                "cell": f"{get_column_letter(column)}{row}",
                # Asking for a cell makes it; these are few.
                **described(sheet.cell(row, column)),
            }
            for column in range(left, right + 1)
        ]
        for row in range(top, bottom + 1)
    ]
    return found


def find_cells(book: Workbook) -> list[Reply]:
    """Return every cell with something in it, and every note on a cell.

    Raises:
        UnreadableError: there are too many.
    """
    cells = []
    for sheet in book.worksheets:
        # iter_rows() would go through every cell between them, of which a sheet can
        # have 17 thousand million.
        for cell in sheet._cells.values():
            place = {"sheet": sheet.title, "cell": cell.coordinate}
            if cell.value is not None:
                cells.append({**place, **described(cell)})
            if getattr(cell, "comment", None):
                note = str(cell.comment.text)[:MAX_TEXT]
                cells.append({**place, "kind": "note", "text": note})
            if len(cells) > MAX_OTHERS:
                raise UnreadableError("too_large", f"> {MAX_OTHERS}", sheet.title)
    return cells


def described(cell: Cell) -> dict[str, str]:
    """Return the kind of a cell's value, and the value as text."""
    value = getattr(cell, "value", None)
    if value is None:
        return {"kind": "empty", "text": ""}
    if not isinstance(value, str | bool | int | float | date | time_of_day | timedelta):
        # A formula of several cells, a table of data.
        return {"kind": "formula", "text": "="}
    kind = {"f": "formula", "e": "error", "b": "truth"}.get(cell.data_type)
    if kind is None and isinstance(value, datetime | date | time_of_day | timedelta):
        kind = "date"
    if kind is None and isinstance(value, int | float):
        # Exactly the digits that were typed: the shortest that mean this number.
        return {"kind": "number", "text": f"{Decimal(repr(value)):f}"}
    # Excel writes what XML cannot hold, such as a carriage return, as _x000D_.
    text = unescape(str(value))
    if len(text) > MAX_TEXT:
        return {"kind": "long", "text": text[:40]}
    return {"kind": kind or "text", "text": text}
