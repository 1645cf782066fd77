"""Take pictures of each kind of page, wide and narrow: make screenshots."""

import sys
from pathlib import Path

from browsing import visit

# One page of each kind, in both languages, and those that differ from the usual.
KINDS = {
    "indicator": ("index.html", "en/index.html"),
    "places": ("kommuner.html", "en/places.html"),
    "quality": ("kvalitet.html", "en/quality.html"),
    "report": ("rapport.html", "en/report.html"),
    "municipality": ("kommune/4601.html", "en/municipality/4601.html"),
    "oslo": ("kommune/0301.html", "en/municipality/0301.html"),
    "county": ("fylke/46.html", "en/county/46.html"),
    "former-county": ("fylke/30.html", "en/county/30.html"),
    "district": ("bydel/030101.html", "en/district/030101.html"),
}
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def main(site: Path, folder: Path) -> int:
    """Write the pictures and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    visits = []
    for kind, pages in KINDS.items():
        for page, language in zip(pages, ("nb", "en"), strict=True):
            for size, (width, height) in SIZES.items():
                picture = folder.absolute() / f"{kind}-{language}-{size}.png"
                visits.append(
                    {
                        "page": page,
                        "over": "file",
                        "width": width,
                        "height": height,
                        "do": [{"screenshot": str(picture)}],
                    }
                )
    visit(site.absolute(), visits)
    print(f"{len(visits)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
