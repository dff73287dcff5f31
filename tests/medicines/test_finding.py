"""How many medicines are found in lines that people could type, written apart from the finder.

`dev.jsonl` was used to improve the finder. `held_out.jsonl` was not: nobody looks at its lines, and only figures of it
are told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from stillnight.clinical.medicines.finder import medicine_finder

HERE = Path(__file__).parent
FOUND_LEAST = 0.95
WRONG_MOST = 0.02


@dataclass(frozen=True)
class Result:
    """What the finder made of one line: medicines not found, and finds of which none was meant."""

    text: str
    wanted: int
    missed: frozenset[str]
    wrong: frozenset[tuple[str, ...]]


def read(line: str) -> Result:
    """Run the finder over a line of a file."""
    facts = json.loads(line)
    wanted = frozenset(facts["medicines"])
    finds = [mention.medicines for mention in medicine_finder().find(facts["text"]) if mention.medicines]
    wrong = frozenset(find for find in finds if wanted.isdisjoint(find))
    return Result(facts["text"], len(wanted), wanted - {name for find in finds for name in find}, wrong)


def results(name: str) -> list[Result]:
    return [read(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "may_be_seen"), [("dev.jsonl", True), ("held_out.jsonl", False)])
def test_most_medicines_are_found_and_few_are_wrong(name: str, may_be_seen: bool) -> None:
    found = results(name)
    wanted = sum(each.wanted for each in found)
    share = 1 - sum(len(each.missed) for each in found) / wanted
    wrong = sum(len(each.wrong) for each in found) / wanted
    print(f"{name}: found {share:.3f} of {wanted}, wrong {wrong:.3f}")
    for each in found if may_be_seen else ():
        if each.missed or each.wrong:
            print(f"missed {sorted(each.missed)}, wrong {sorted(each.wrong)}: {each.text}")
    # The figures alone, so that a failure shows no line of the held-out set.
    enough, few = share >= FOUND_LEAST, wrong <= WRONG_MOST
    assert (enough, few) == (True, True), f"{name}: found {share:.3f}, wrong {wrong:.3f}"


def test_mcp_is_metoclopramide() -> None:
    assert [each.medicines for each in medicine_finder().find("he has mcp drops")] == [("metoclopramide",)]
