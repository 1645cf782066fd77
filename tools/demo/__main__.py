"""Write the demo submissions: a reconstruction from published figures.

No received form is behind these files (docs/demo-data.md). In the folder tools:

    python -m demo [--out DIR]     writes submissions_<year>.csv, answers_<year>.csv
                                   and reviews.csv
    python -m demo --tables        prints the tables of docs/demo-data.md

Running it again gives the same bytes.
"""

import argparse
from pathlib import Path

from . import answers, forms
from .answers import YEARS
from .figures import Reference
from .plan import SILENT


def main() -> None:
    """Write the files, or print the tables of their documentation."""
    parser = argparse.ArgumentParser(description="Write the demo submissions.")
    parser.add_argument(
        "--out",
        type=Path,
        default=forms.PROJECT / "seeds" / "submissions",
        metavar="DIR",
    )
    parser.add_argument(
        "--tables", action="store_true", help="print the tables of the documentation"
    )
    options = parser.parse_args()
    ref = Reference(forms.PROJECT / "seeds" / "reference")
    inboxes = forms.fill_all(ref)
    if options.tables:
        print(
            forms.silent_table(ref),
            forms.defect_table(inboxes),
            forms.slip_table(ref),
            forms.answer_defect_table(inboxes),
            sep="\n\n",
        )
        return
    options.out.mkdir(parents=True, exist_ok=True)
    forms.write_reviews(inboxes, options.out)
    for inbox in inboxes:
        forms.write(inbox, options.out)
        if inbox.year in YEARS:
            answers.write(ref, inbox.year, inbox.sent(), options.out)
        missing = SILENT.get(inbox.year, set())
        print(
            f"{inbox.year}: {len(inbox.forms)} submissions,"
            f" {sum(len(form.lines) for form in inbox.forms)} lines,"
            f" {len(missing)} parts missing from"
            f" {len({unit for unit, _ in missing})} units"
        )


if __name__ == "__main__":
    main()
