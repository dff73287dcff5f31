"""`docs/coverage.md`: every passage of the two source pages has a row, and every row is true of today's answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import pytest

from stillnight.content.responses import answers, read_all
from stillnight.paths import DATA, PROJECT

COLUMNS = ["Source", "Passage", "Where it is answered", "A word or two that stands in the answer", "Changed?"]
BACKTICKED = re.compile(r"`([^`]+)`")
LEFT_OUT = "left out: "


@dataclass(frozen=True)
class Row:
    """One passage of a source page; `left_out` holds the reason when no answer says it."""

    line: int
    source: str
    passage: str
    responses: tuple[str, ...]
    phrases: tuple[str, ...]
    left_out: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.source}, {self.passage}"


def plain(text: str) -> str:
    return " ".join(text.lower().split())


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


@lru_cache(maxsize=1)
def page() -> str:
    return (PROJECT / "docs" / "coverage.md").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def table() -> tuple[Row, ...]:
    lines = [(number, line) for number, line in enumerate(page().splitlines(), 1) if line.startswith("|")]
    assert cells(lines[0][1]) == COLUMNS
    assert [number for number, _ in lines] == list(range(lines[0][0], lines[-1][0] + 1)), "one table without a gap"
    rows = []
    for number, line in lines[2:]:
        assert len(cells(line)) == len(COLUMNS), f"line {number} has {len(cells(line))} columns"
        source, passage, where, phrases, _ = cells(line)
        rows.append(
            Row(
                number,
                source,
                passage,
                tuple(BACKTICKED.findall(where)),
                tuple(BACKTICKED.findall(phrases)),
                where.removeprefix(LEFT_OUT) if where.startswith(LEFT_OUT) else "",
            )
        )
    return tuple(rows)


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Text by response name; a variation under a condition goes by `utter_lab_explain (ferritin)`."""
    return {
        f"{answer.name} ({answer.condition[0][1]})" if answer.condition else answer.name: plain(answer.text)
        for answer in answers(read_all(DATA))
    }


def topics() -> set[str]:
    # A variation (“utter_faq/iron (child)”) is no topic of its own.
    return {name.removeprefix("utter_faq/").split(" ")[0] for name in texts() if name.startswith("utter_faq/")}


def test_every_row_is_answered_or_left_out_for_a_reason() -> None:
    for row in table():
        assert row.source and row.passage, row
        assert bool(row.responses) != bool(row.left_out), f"{row}: name a response, or “{LEFT_OUT}” and why"
        assert bool(row.responses) == bool(row.phrases), f"{row}: a response and a phrase go together"


def test_no_passage_has_two_rows() -> None:
    twice = [key for key, times in Counter((row.source, row.passage) for row in table()).items() if times > 1]
    assert not twice


def test_every_response_exists() -> None:
    missing = [f"{row}: {name}" for row in table() for name in row.responses if name not in texts()]
    assert not missing


def test_every_phrase_stands_in_a_response_of_its_row() -> None:
    missing = [
        f"{row}: “{phrase}”"
        for row in table()
        for phrase in row.phrases
        if not any(plain(phrase) in texts().get(name, "") for name in row.responses)
    ]
    assert not missing


def test_every_response_of_a_row_holds_one_of_its_phrases() -> None:
    idle = [
        f"{row}: {name}"
        for row in table()
        for name in row.responses
        if not any(plain(phrase) in texts().get(name, "") for phrase in row.phrases)
    ]
    assert not idle


def test_every_topic_comes_from_the_sources_or_is_listed_beyond_them() -> None:
    _, _, beyond_section = page().partition("\n## Topics beyond the sources\n")
    beyond = set(re.findall(r"^- `([a-z0-9_]+)`", beyond_section, re.MULTILINE))
    covered = {
        re.sub(r"^utter_(?:faq/|more_)", "", name)
        for row in table()
        for name in row.responses
        if name.startswith(("utter_faq/", "utter_more_"))
    }
    assert covered | beyond == topics()
    assert not covered & beyond


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("Clinic page, symptom", 5),
        ("Clinic page, mechanism", 7),
        ("Clinic page, lab test", 8),
        ("Clinic page, root cause", 9),
        ("Clinic page, complication", 8),
        ("Clinic page, diagnostic test", 10),
        ("Clinic page, treatment class", 7),
        ("Clinic page, timeline stage", 3),
        ("Clinic page, success measure", 13),
        ("Clinic page, FAQ", 6),
        ("Clinic page, reference", 7),
        ("Case study, lifestyle tip", 4),
    ],
)
def test_every_passage_of_a_group_has_its_row(source: str, rows: int) -> None:
    assert sum(row.source == source for row in table()) == rows


def test_each_lab_row_names_its_own_explanation() -> None:
    explained = {name for row in table() if row.source == "Clinic page, lab test" for name in row.responses}
    assert {name for name in texts() if name.startswith("utter_lab_explain (")} <= explained
