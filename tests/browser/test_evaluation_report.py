"""The report of `stillnight evaluate` on a telephone and at a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from stillnight.commands.evaluate import report_of_sets
from stillnight.commands.judged import Judged
from stillnight.evaluation.page import page as written
from tests.browser.conftest import DESK, PHONE, Somebody

LONG = "i am too embarrassed to tell my doctor what i have been doing at three in the morning since these tablets"
LABELS = ("medications_that_worsen", "impulse_control_urges", "out_of_scope", "iron")


def line(wanted: str, got: str) -> Judged:
    return Judged(LONG, wanted, frozenset(), got, (), 0.931)


@pytest.fixture
def report(tmp_path: Path) -> str:
    """Address of a report with long names and lines."""
    lines = [line(wanted, got) for wanted in LABELS for got in LABELS for _ in range(2)]
    figures = report_of_sets({"held_out_first_topics": lines[:9], "held_out_out_of_scope": lines[9:]})
    (tmp_path / "report.html").write_text(written(figures), encoding="utf-8")
    return (tmp_path / "report.html").as_uri()


@pytest.fixture
def phone(somebody: Somebody, report: str) -> Page:
    page = somebody({**PHONE, "viewport": {"width": 400, "height": 800}}).new_page()
    page.goto(report)
    return page


def right_of(target: Locator) -> float:
    found = target.bounding_box()
    assert found is not None
    return found["x"] + found["width"]


def test_nothing_but_tables_scrolls_sideways(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") == 400


def test_accuracy_and_its_interval_are_in_sight(phone: Page) -> None:
    row = phone.locator("#accuracy tbody tr").first
    assert row.locator("td").nth(1).inner_text().endswith("%")
    assert right_of(row.locator("td").nth(1)) <= 384
    assert row.locator("td").first.evaluate("it => it.clientHeight") < 40


def test_table_that_goes_on_shows_it(phone: Page) -> None:
    scroll = phone.locator("#accuracy .scroll")
    assert scroll.evaluate("it => it.scrollWidth > it.clientWidth")
    assert "gradient" in scroll.evaluate("it => getComputedStyle(it).backgroundImage")


def test_worst_errors_are_read_without_scrolling(phone: Page) -> None:
    worst = phone.locator("#worst .scroll")
    assert worst.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    row = worst.locator("tbody tr").first
    for number, name in enumerate(("Wanted", "Understood", "Confidence")):
        cell = row.locator("td").nth(number)
        assert right_of(cell) <= 400
        assert name in cell.evaluate("it => getComputedStyle(it, '::before').content")
    words = row.locator("th").bounding_box()
    assert words is not None
    assert words["width"] > 300


def test_letters_of_the_chart_can_be_read(phone: Page) -> None:
    chart = phone.locator("#labels img")
    # Drawn at 10 points, 13.3 px; 8 points, 10.7 px, are small print.
    assert 13.3 * chart.evaluate("it => it.clientWidth / it.naturalWidth") > 10.6


def test_heat_map_keeps_its_size_and_scrolls(phone: Page) -> None:
    assert phone.locator("#confusions img").evaluate("it => it.clientWidth") > 600


def test_heads_stand_over_what_they_name(somebody: Somebody, report: str) -> None:
    desk = somebody(DESK).new_page()
    desk.goto(report)
    for section in ("accuracy", "labels", "confusions", "worst"):
        table = desk.locator(f"#{section} table")
        align = "all => all.map((it) => getComputedStyle(it).textAlign)"
        heads, cells = (
            table.locator(f"{part} tr").first.locator("th, td").evaluate_all(align) for part in ("thead", "tbody")
        )
        assert heads == cells, section
