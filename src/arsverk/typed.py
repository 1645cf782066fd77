"""Read what people type, and say what is wrong in the language of the answer."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

from arsverk.wording import catalogue

# What argparse says, by the key of how that is in Norwegian.
SAID = (
    ("argument", r"argument (\S+?)(?:/\S+)?: (.*)"),
    ("required", r"the following arguments are required: (.*)"),
    ("one_required", r"one of the arguments (.*) is required"),
    ("unrecognized", r"unrecognized arguments: (.*)"),
    ("not_allowed_with", r"not allowed with argument (.*)"),
    ("expected_one", r"expected one argument"),
    ("expected_some", r"expected at least one argument"),
    ("ignored", r"ignored explicit argument (.*)"),
    ("ambiguous", r"ambiguous option: (\S+) could match (.*)"),
    ("choice", r"invalid choice: (.*) \(choose from (.*)\)"),
    ("not_whole", r"invalid int value: (.*)"),
    ("not_a_moment", r"invalid moment value: (.*)"),
    ("unreadable", r"invalid \w+ value: (.*)"),
)


def in_norwegian(message: str) -> str:
    """Return what argparse says in Norwegian; what is not known here as it is."""
    for key, pattern in SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            first, *rest = found.groups(default="") or ("",)
            told = catalogue("nb")[f"typed.{key}"]
            return told.format(first, *map(in_norwegian, rest))
    return message


def language_of(arguments: list[str]) -> str:
    """Return the language that is asked for: Norwegian unless it is English."""
    line = "\n".join(arguments)
    return "en" if re.search(r"^--language[=\n]en$", line, re.MULTILINE) else "nb"


class Parser(argparse.ArgumentParser):
    """A parser whose errors are in the language of the answer."""

    language = "nb"

    def parse_known_args(self, args=None, namespace=None):
        """Parse, and know the language in case something is wrong."""
        self.language = language_of(list(sys.argv[1:] if args is None else args))
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with 2."""
        usage, error = self.format_usage(), "error"
        if self.language == "nb":
            usage = re.sub("^usage:", "bruk:", usage)
            error, message = "feil", in_norwegian(message)
        self.exit(2, f"{usage}{self.prog}: {error}: {message}\n")


def add_language(command: argparse.ArgumentParser) -> None:
    """Add the language of what is said."""
    command.add_argument("--language", choices=("nb", "en"), default="nb")
