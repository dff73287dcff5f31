"""The page as it is shown: sentences and range bars in their order, in a shape that every channel can draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stillnight.clinical.diary.chart import NightChart, chart_from_dict
from stillnight.clinical.labs.bar.model import Bar, bar_from_dict


@dataclass(frozen=True)
class Row:
    """One line.

    text: what is said. said: the person's own words, to be quoted. after: what stands behind them. mark: whether the
    sign of the part (a medicine that can worsen restless legs) stands beside it. value, when, bar: of a lab test.
    usual: its usual range in words. chart: of nights. sources: numbers of the messages that told it.
    """

    text: str = ""
    said: str = ""
    after: str = ""
    mark: bool = False
    value: str = ""
    when: str = ""
    usual: str = ""
    bar: Bar | None = None
    chart: NightChart | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of the page. numbered: whether its rows are counted. foot: what stands beneath."""

    name: str
    heading: str
    rows: tuple[Row, ...]
    foot: str = ""
    numbered: bool = False


@dataclass(frozen=True)
class Sheet:
    """The page. made: the line with the day. words: labels by name. paper: `A4` or `letter`."""

    title: str
    made: str
    parts: tuple[Part, ...]
    foot: str
    words: Mapping[str, str] = field(default_factory=dict)
    paper: str = "A4"
    language: str = "en"


def sheet_from_dict(facts: Mapping[str, Any]) -> Sheet:
    """The page of which `dataclasses.asdict` made these facts."""
    return Sheet(**{**facts, "parts": tuple(_part(part) for part in facts["parts"]), "words": dict(facts["words"])})


def _part(facts: Mapping[str, Any]) -> Part:
    return Part(**{**facts, "rows": tuple(_row(row) for row in facts["rows"])})


def _row(facts: Mapping[str, Any]) -> Row:
    bar = bar_from_dict(facts["bar"]) if facts["bar"] else None
    chart = chart_from_dict(facts["chart"]) if facts.get("chart") else None
    return Row(**{**facts, "bar": bar, "chart": chart, "sources": tuple(facts["sources"])})
