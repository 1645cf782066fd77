"""What the READMEs tell people to type is what works."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from arsverk.__main__ import parser
from conftest import ROOT, Build

PAGES = ("README.md", "README.nb.md")
QUIET = ("--quiet", "--disable-pip-version-check")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def typed(page: str) -> list[str]:
    """Return the commands of a page, without their comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text_of(page), re.DOTALL)
    lines = "\n".join(blocks).split("\n")
    return [re.sub(r"\s+#.*", "", line) for line in lines if line.strip()]


def without_make(tool: str) -> list[str]:
    """Return the README's lines that do without make, with pip or with uv."""
    section = text_of("README.md").split("### Without make")[1]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return next(block for block in blocks if tool in block).splitlines()


def lines_of_make() -> list[str]:
    """Return what the Makefile does to set up and to build, as the README has it."""
    makefile = text_of("Makefile")
    environment = re.search(r"define NEW_ENVIRONMENT\n(.*?)endef", makefile, re.DOTALL)
    package = re.search(r"define OWN_PACKAGE\n(.*?)endef", makefile, re.DOTALL)
    recipe = re.search(r"\nbuild: .*\n((?:\t.*\n)+)", makefile)
    found = [
        line.strip().removeprefix("&& ").removesuffix("\\").strip()
        for line in "".join(m[1] for m in (environment, package, recipe)).splitlines()
        if re.search(r" -m (venv|pip install|arsverk build)", line)
        and "OWN_PACKAGE" not in line
    ]
    return [
        " ".join(word for word in line.split() if word not in QUIET)
        .replace('"$$PYTHON"', "python3")
        .replace("$(VENV).new", ".venv")
        .replace("$(1)/", ".venv/")
        .replace("@$(BIN)/", ".venv/bin/")
        .replace(" $(LANGUAGE)", "")
        for line in found
    ]


def test_the_lines_without_make_are_those_of_the_makefile() -> None:
    of_make = lines_of_make()
    assert len(of_make) == 4
    assert without_make("-m pip") == of_make
    of_uv = [
        re.sub(r"^uv pip install", ".venv/bin/python -m pip install", line)
        for line in without_make("uv ")
    ]
    assert of_uv[0] == "uv venv --python 3.11 .venv"
    assert of_uv[1:] == of_make[1:]


@pytest.mark.long
@pytest.mark.parametrize("tool", ["-m pip", "uv "])
def test_the_lines_without_make_build_and_say_the_result(
    tool: str, tmp_path: Path
) -> None:
    project = tmp_path / "a project"
    project.mkdir()
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, files.split("\0")):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, project / name, follow_symlinks=False)
    path = os.environ["PATH"]
    if tool == "uv " and not shutil.which("uv"):
        venv.create(tmp_path / "uv", with_pip=True)
        subprocess.run(
            [tmp_path / "uv/bin/python", "-m", "pip", "install", "--quiet", "uv"],
            check=True,
        )
        path = f"{tmp_path / 'uv/bin'}:{path}"
    names = ("ARSVERK_", "DBT_", "VIRTUAL_ENV", "PYTHON")
    process = subprocess.run(
        ["bash", "-e", "-c", "\n".join(without_make(tool))],
        cwd=project,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(names)},
            "PATH": path,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout[-4000:] + process.stderr[-4000:]
    assert " ".join(shown_sentence("README.md").split()) in plain(process.stdout)
    assert "Tallene bestod" in process.stdout


def plain(text: str) -> str:
    return " ".join(re.sub("[\u00a0\u2009\u202f]", " ", text).split())


def shown_sentence(page: str) -> str:
    """Return the sentence that a page says is printed."""
    quote = re.search(r"\n\n((?:> .*\n)+)", text_of(page).split("make build")[1])
    return quote[1].replace("> ", "")


@pytest.mark.parametrize("page", PAGES)
def test_the_sentence_of_the_page_is_the_one_that_is_printed(
    build: Build, page: str
) -> None:
    sentences = build.query(
        """select text_nb from marts.fct_sentence
        where year = (select max(year) from marts.dim_year)"""
    )
    assert plain(shown_sentence(page)) in {plain(text) for (text,) in sentences}


@pytest.mark.parametrize("page", PAGES)
def test_what_is_to_be_typed_is_there(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    lines = typed(page)
    assert len(lines) > 8
    for line in lines:
        program, *arguments = line.split()
        if program == "make":
            assert arguments[0] in targets, line
        elif program == "arsverk" and arguments[0] != "sql":
            parser().parse_args(arguments)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(page)):
        assert (ROOT / target).exists(), target


def test_the_norwegian_page_is_among_the_first_lines_and_a_screen_a_part() -> None:
    assert "(README.nb.md)" in "".join(text_of("README.md").splitlines()[:12])
    first, *parts = text_of("README.nb.md").split("\n## ")
    assert [part.splitlines()[0] for part in parts] == [
        "Det første minuttet",
        "Kontroll",
        "Skjemaer",
    ]
    assert "(README.md)" in first
    for part in parts:
        assert len(part.splitlines()) <= 50


def test_the_container_has_what_the_tests_look_with() -> None:
    path = ROOT / ".devcontainer" / "devcontainer.json"
    container = json.loads(path.read_text(encoding="utf-8"))
    # A plain image, and nothing from anywhere else than Debian and the lock.
    assert re.fullmatch(r"python:3\.1[123]", container["image"])
    assert set(container) == {"name", "image", "postCreateCommand"}
    command = container["postCreateCommand"]
    assert command.endswith(" && make setup")
    for package in ("chromium", "libreoffice-calc-nogui"):
        assert package in command
        assert package in (ROOT / ".ci" / "install").read_text(encoding="utf-8")


def test_what_the_readme_says_of_windows_is_so() -> None:
    """Building, queries and reports import nothing that only Unix has."""
    code = """
import importlib, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in sys.argv[1:]:
    importlib.import_module(f"arsverk.{name}")
"""
    modules = ("__main__", "building", "sql", "headline", "control", "feedback")
    process = subprocess.run(
        [sys.executable, "-c", code, *modules],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
