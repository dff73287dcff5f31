"""The page for the doctor as HTML. Its style is a file of its own, so that the content security policy holds."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from stillnight.channels.pictures import alternative, svg
from stillnight.clinical.diary.chart import NightChart
from stillnight.clinical.labs.bar.model import Bar
from stillnight.clinical.labs.bar.strip import as_strip
from stillnight.clinical.visit_summary.sheet import Sheet

_HERE: Final = Path(__file__).parent


def as_html(sheet: Sheet, size: str = "11") -> str:
    """The page to look at and to print. `size`: of the letters, in points, one of those of summary.css."""
    return _template().render(sheet=sheet, size=size, strip=_inline, chart=_chart, screen=True)


def for_pdf(sheet: Sheet, size: str) -> str:
    """The page from which the PDF is made: the same without what is for screens."""
    return _template().render(sheet=sheet, size=size, strip=_as_image, chart=_chart_as_image, screen=False)


def _inline(bar: Bar) -> Markup:
    # Our own drawing: its words are escaped where it is made.
    return Markup(as_strip(bar, alternative(bar)))  # noqa: S704


def _as_image(bar: Bar) -> Markup:
    words = alternative(bar)
    return _image(as_strip(bar, words), words)


def _chart(nights: NightChart) -> Markup:
    return Markup(svg(nights))  # noqa: S704


def _chart_as_image(nights: NightChart) -> Markup:
    return _image(svg(nights).replace("currentColor", "#000000"), alternative(nights))


def _image(drawing: str, words: str) -> Markup:
    """An image with its words beside it: of a drawing within the page, PDF readers hear nothing."""
    drawn = base64.b64encode(drawing.encode()).decode("ascii")
    return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(words, drawn)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("sheet.html.j2")
