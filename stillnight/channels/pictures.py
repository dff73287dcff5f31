"""Range bars and charts of nights for channels: the words come from `data/`, the drawing from `clinical/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from stillnight.clinical.diary import chart
from stillnight.clinical.diary.chart import ChartWords, NightChart
from stillnight.clinical.diary.chart_svg import as_svg as chart_as_svg
from stillnight.clinical.labs.bar.model import Bar, BarWords, bar_from_dict
from stillnight.clinical.labs.bar.png import as_png, png_of
from stillnight.clinical.labs.bar.svg import as_svg
from stillnight.clinical.labs.bar.words import as_text, described
from stillnight.content.catalogue import catalogue

Picture = Bar | NightChart


def picture_from_dict(facts: Mapping[str, Any]) -> Picture:
    """The picture of which `dataclasses.asdict` made these facts."""
    return chart.chart_from_dict(facts) if "nights" in facts else bar_from_dict(facts)


@lru_cache(maxsize=1)
def _words() -> BarWords:
    return BarWords(**{field.name: catalogue().text(f"utter_lab_bar_{field.name}") for field in fields(BarWords)})


@lru_cache(maxsize=1)
def chart_words() -> ChartWords:
    """The words of the chart of nights."""
    return ChartWords(
        **{field.name: catalogue().text(f"utter_diary_chart_{field.name}") for field in fields(ChartWords)}
    )


def svg(picture: Picture) -> str:
    """For a page: scales with its box, takes the colour of the text around it."""
    return chart_as_svg(picture, chart_words()) if isinstance(picture, NightChart) else as_svg(picture, _words())


def png(picture: Picture) -> bytes:
    """For a messenger."""
    return png_of(svg(picture)) if isinstance(picture, NightChart) else as_png(picture, _words())


def text(picture: Picture) -> str:
    """For a terminal, and where no picture can be shown."""
    if isinstance(picture, NightChart):
        return chart.as_text(picture, chart_words())
    return as_text(picture, _words())


def alternative(picture: Picture) -> str:
    """What the picture shows, in words."""
    if isinstance(picture, NightChart):
        return chart.described(picture, chart_words())
    return described(picture, _words())
