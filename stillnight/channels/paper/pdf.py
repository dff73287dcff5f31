"""The page for the doctor as a PDF: one sheet, tagged (PDF/UA), with its own fonts. Why so: docs/decisions/0013."""

from __future__ import annotations

import atexit
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.channels.paper.page import for_pdf
from stillnight.clinical.labs.bar.png import fonts
from stillnight.clinical.visit_summary.sheet import Sheet

STYLE: Final = Path(__file__).parent.parent / "web" / "page" / "summary.css"
# Sizes of letters, in points, from which the first is taken with which all of it stands on one sheet.
SIZES: Final = ("11", "10", "9", "8", "7", "6")
# Pictures within the page, and nothing from anywhere.
_PICTURES: Final = ("data",)
_VARIANT: Final = "pdf/ua-1"


def as_pdf(sheet: Sheet) -> bytes:
    """The PDF. What does not fit on one sheet in the smallest letters goes on to a second: nothing is left out."""
    return bytes(_laid_out(sheet)[1].write_pdf(pdf_variant=_VARIANT))


def fitting_size(sheet: Sheet) -> str:
    """The size of letters with which the page fits one sheet."""
    return _laid_out(sheet)[0]


def _laid_out(sheet: Sheet) -> tuple[str, Any]:
    # Imported late: it takes half a second, and most processes never print.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    style, settled = _style()
    for size in SIZES:
        document = HTML(string=for_pdf(sheet, size), url_fetcher=URLFetcher(allowed_protocols=_PICTURES)).render(
            stylesheets=[style], font_config=settled
        )
        if len(document.pages) == 1:
            break
    return size, document


@lru_cache(maxsize=1)
def _style() -> tuple[Any, Any]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    settled = FontConfiguration()
    # The same letters on every machine, also where there are none.
    faces = [
        f'@font-face {{ font-family: "DejaVu Sans"; font-weight: {weight}; src: url("{font.as_uri()}"); }}'
        for font, weight in zip(fonts(), ("normal", "bold"))
    ]
    # Pango's own memory must be given back while Python still stands.
    atexit.register(_style.cache_clear)
    return CSS(string="\n".join([*faces, STYLE.read_text(encoding="utf-8")]), font_config=settled), settled
