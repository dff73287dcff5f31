"""Range bars for channels: the words come from `data/`, the drawing from `clinical/labs/bar`."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache

from stillnight.clinical.labs.bar.model import Bar, BarWords
from stillnight.clinical.labs.bar.png import as_png
from stillnight.clinical.labs.bar.svg import as_svg
from stillnight.clinical.labs.bar.words import as_text, described
from stillnight.content.catalogue import catalogue


@lru_cache(maxsize=1)
def _words() -> BarWords:
    return BarWords(**{field.name: catalogue().text(f"utter_lab_bar_{field.name}") for field in fields(BarWords)})


def svg(bar: Bar) -> str:
    """For a page: scales with its box, takes the colour of the text around it."""
    return as_svg(bar, _words())


def png(bar: Bar) -> bytes:
    """For a messenger."""
    return as_png(bar, _words())


def text(bar: Bar) -> str:
    """For a terminal, and where no picture can be shown."""
    return as_text(bar, _words())


def alternative(bar: Bar) -> str:
    """What the picture shows, in words."""
    return described(bar, _words())
