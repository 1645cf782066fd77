"""Read what people type, and say what is wrong in the language of the answer."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

# What argparse says, and how that is in Norwegian. {0} and {1}: what stands there.
SAID = (
    (r"argument (\S+?)(?:/\S+)?: (.*)", "{0}: {1}"),
    (r"the following arguments are required: (.*)", "dette mangler: {0}"),
    (r"one of the arguments (.*) is required", "en av disse må være med: {0}"),
    (r"unrecognized arguments: (.*)", "dette er ikke kjent her: {0}"),
    (r"not allowed with argument (.*)", "kan ikke brukes sammen med {0}"),
    (r"expected one argument", "en verdi mangler"),
    (r"expected at least one argument", "minst én verdi mangler"),
    (r"ignored explicit argument (.*)", "her skal det ikke stå noe: {0}"),
    (r"ambiguous option: (\S+) could match (.*)", "{0} kan bety {1}"),
    (r"invalid choice: (.*) \(choose from (.*)\)", "{0} kan ikke velges, bare {1}"),
    (r"invalid int value: (.*)", "{0} er ikke et helt tall"),
    (r"invalid moment value: (.*)", "{0} er ikke et tidspunkt, som 2026-03-14T10:15"),
    (r"invalid \w+ value: (.*)", "{0} kan ikke leses"),
)


def in_norwegian(message: str) -> str:
    """Return what argparse says in Norwegian; what is not known here as it is."""
    for pattern, norwegian in SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            first, *rest = found.groups(default="") or ("",)
            return norwegian.format(first, *map(in_norwegian, rest))
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
