"""Add the rows of forms to the files of submissions, whole or not at all."""

from __future__ import annotations

import csv
import fcntl
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from arsverk.form.cells import TRACE, Form, Row
from arsverk.form.judging import PREFIX
from arsverk.form.structure import FormError, load_structure

ANSWERS = ("innsending_id", "enhet", "mottatt", "sporsmal", "svar", "merknad")
FILES = ("innsending_id", "fil", "sha256")


class RawFile:
    """A file of raw rows, to which those of forms are added.

    Rows that came otherwise stay as they are, byte by byte, and first; those of
    forms follow, in the order of their identifiers.

    Raises:
        FormError: the file is there and not as it should be.
    """

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.path = path
        self.aside = path.with_name(f".{path.name}.part")
        self.lines: list[tuple[list[str], str]] = []
        self.line_end = "\n"
        self.header = columns
        self.header_line = ",".join(columns) + "\n"
        if path.exists():
            self.load(columns)
        self.key = self.header.index("innsending_id")

    def load(self, columns: list[str]) -> None:
        """Take in what the file holds."""
        try:
            text = self.path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise FormError.of("told.not_utf_8_save", path=self.path) from error
        if not text.endswith("\n"):
            raise FormError.of("told.does_not_end_with", path=self.path)
        physical = list(io.StringIO(text, newline=""))
        reader = csv.reader(physical, strict=True)
        try:
            before = 0
            for values in reader:
                raw = "".join(physical[before : reader.line_num])
                self.lines.append((values, raw))
                before = reader.line_num
        except csv.Error as error:
            raise FormError.of(
                "told.line_mend_it_first",
                path=self.path,
                line=reader.line_num,
                error=error,
            ) from error
        (self.header, self.header_line), *self.lines = self.lines
        self.line_end = "\r\n" if self.header_line.endswith("\r\n") else "\n"
        if sorted(self.header) != sorted(columns):
            raise FormError.of(
                "told.line_1_columns_those",
                path=self.path,
                there=", ".join(self.header),
                columns=", ".join(columns),
            )
        for number, (values, _) in enumerate(self.lines, start=2):
            if len(values) != len(self.header):
                raise FormError.of(
                    "told.row_fields_header_has",
                    path=self.path,
                    number=number,
                    n=len(values),
                    n_columns=len(self.header),
                )

    def ids(self) -> set[str]:
        """Return the submissions that are in the file."""
        return {values[self.key] for values, _ in self.lines}

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows of submissions that are not there yet."""
        known = self.ids()
        for row in rows:
            values = [row[name] for name in self.header]
            if values[self.key] not in known:
                text = io.StringIO()
                csv.writer(text, lineterminator=self.line_end).writerow(values)
                self.lines.append((values, text.getvalue()))

    def content(self) -> str:
        """Return the file's text."""

        def place(line: tuple[list[str], str]) -> str:
            of_form = line[0][self.key].startswith(PREFIX)
            return line[0][self.key] if of_form else ""

        # Sorting keeps the order of what has the same place.
        return self.header_line + "".join(
            raw for _, raw in sorted(self.lines, key=place)
        )

    def is_changed(self) -> bool:
        """Whether rows were added."""
        content = self.content().encode()
        return not self.path.exists() or self.path.read_bytes() != content

    def write_aside(self) -> None:
        """Write the file beside itself."""
        with self.aside.open("wb") as file:
            file.write(self.content().encode())
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others from adding forms to a folder meanwhile.

    Raises:
        FormError: somebody else is doing so.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise FormError.of("told.somebody_else_reading_forms", folder=folder) from error
    finally:
        os.close(handle)


def known_forms(folder: Path) -> set[str]:
    """Return the submissions that were read from forms before."""
    return RawFile(folder / "form_files.csv", list(FILES)).ids()


def store(forms: list[Form], folder: Path, project: Path) -> list[Path]:
    """Add the rows of forms to the files of their years; return what was written.

    All files are written aside first. That of the workbooks takes its place last, so
    that a form is read when it stands there; whatever stops this, reading the same
    forms again adds what is missing.

    Raises:
        FormError: a file that is there is not as it should be.
        OSError: one could not be written; what was written aside is gone.
    """
    files = []
    # The same file twice is one form.
    forms = list({form.submission_id: form for form in reversed(forms)}.values())
    for year in sorted({form.year for form in forms}):
        of_year = [form for form in forms if form.year == year]
        structure = load_structure(year, project)
        submissions = RawFile(folder / f"submissions_{year}.csv", structure.raw_columns)
        submissions.add(row for form in of_year for row in form.submissions)
        files.append(submissions)
        answers = RawFile(folder / f"answers_{year}.csv", list(ANSWERS))
        answers.add(row for form in of_year for row in form.answers)
        if answers.lines or answers.path.exists():
            files.append(answers)
    trace = RawFile(folder / "form_rows.csv", list(TRACE))
    trace.add(row for form in forms for row in form.trace)
    workbooks = RawFile(folder / "form_files.csv", list(FILES))
    workbooks.add(form.file for form in forms)
    files += [trace, workbooks]
    changed = [file for file in files if file.is_changed()]
    try:
        for file in changed:
            file.write_aside()
        for file in changed:
            file.aside.rename(file.path)
    finally:
        for file in changed:
            file.aside.unlink(missing_ok=True)
    return [file.path for file in changed]
