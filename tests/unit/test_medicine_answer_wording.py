"""Every answer about every medicine and every kind: safe, sourced, short and plain."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.channels.message import Reply
from stillnight.clinical.medicines.check import Check, Finding, check, finding_of, finding_of_kind
from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.clinical.medicines.register import register
from stillnight.content.catalogue import catalogue
from stillnight.content.readability import reading_grade
from stillnight.content.safe_words import unsafe_wordings
from stillnight.dialogue.medicine_answers import MedicineAnswers
from stillnight.paths import KNOWLEDGE

REGISTER = register()
ANSWERS = MedicineAnswers(catalogue(), REGISTER.regions)
MEDICINES = {name: finding_of(medicine) for name, medicine in REGISTER.medicines.items()}
KINDS = {f"kind {key}": finding_of_kind(kind) for key, kind in REGISTER.classes.items()}
EVERYTHING = {**MEDICINES, **KINDS}
ASK_ABOUT = {kind.ask_about for kind in REGISTER.classes.values() if kind.ask_about}
CIRCUMSTANCES = ["pregnancy", "child", "dialysis"]
STOPPING = "stopping"
WAYS = [None, *CIRCUMSTANCES, STOPPING]
WORDS_MAX = 170
every_way = pytest.mark.parametrize("way", WAYS)


def answered(found: Check, way: str | None) -> Reply:
    return ANSWERS.stopping(found) if way == STOPPING else ANSWERS.checked(found, (), way)


def single(finding: Finding, way: str | None) -> Reply:
    return answered(Check((finding,), (), (), ()), way)


def faults(reply: Reply, findings: list[Finding], way: str | None) -> Iterator[str]:
    """What is wrong with a reply, in words."""
    yield from unsafe_wordings(reply.text, KNOWLEDGE)
    if not reply.sources:
        yield "has no sources"
    if not all(line.strip() for line in reply.text.split("\n")):
        yield "has a blank line"
    if set("{}") & set(reply.text):
        yield "has a brace that was not filled"
    if way in CIRCUMSTANCES and any(f"Ask the prescriber {what}" in reply.text for what in ASK_ABOUT):
        yield "names choices in spite of the circumstance"
    for finding in findings:
        if finding.stopping and not warns(reply.text, finding):
            yield f"does not warn of stopping {finding.said}"


def warns(text: str, finding: Finding) -> bool:
    """Whether one line says that this medicine must not be stopped suddenly, and why."""
    assert finding.stopping
    return any(
        finding.said.lower() in line.lower() and "sudden" in line and finding.stopping.why in line
        for line in text.splitlines()
    )


@every_way
def test_answer_about_one_medicine_or_kind_has_no_fault(way: str | None) -> None:
    found = {name: list(faults(single(finding, way), [finding], way)) for name, finding in EVERYTHING.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@every_way
def test_answer_about_one_medicine_or_kind_is_short(way: str | None) -> None:
    lengths = {name: len(single(finding, way).text.split()) for name, finding in EVERYTHING.items()}
    assert {name: words for name, words in lengths.items() if words > WORDS_MAX} == {}


@every_way
def test_answer_about_one_medicine_or_kind_is_plain(way: str | None) -> None:
    grades = {name: reading_grade(single(finding, way).text, KNOWLEDGE) for name, finding in EVERYTHING.items()}
    assert statistics.mean(grades.values()) <= 6
    assert {name: grade for name, grade in grades.items() if grade > 8} == {}


@pytest.mark.parametrize("circumstance", CIRCUMSTANCES)
def test_answer_to_somebody_in_a_circumstance_says_to_change_nothing_alone(circumstance: str) -> None:
    assert all("change nothing alone" in single(finding, circumstance).text for finding in EVERYTHING.values())


def test_answer_cites_what_the_medicine_and_its_danger_rest_on() -> None:
    for finding in EVERYTHING.values():
        for way in (None, STOPPING):
            cited = {source.id for source in single(finding, way).sources}
            assert set(finding.sources) <= cited, finding.said
            assert finding.stopping is None or set(finding.stopping.sources) <= cited, finding.said


@every_way
def test_answer_about_a_brand_of_several_medicines_has_no_fault(way: str | None) -> None:
    for name in sorted({name for medicine in REGISTER.medicines.values() for name in medicine.names}):
        found = check(REGISTER, medicine_finder().find(name))
        meant = [meaning.finding for brand in found.brands for meaning in brand.meanings]
        if found.brands:
            assert list(faults(answered(found, way), meant, way)) == [], name


@every_way
def test_answer_about_a_product_of_several_medicines_has_no_fault(way: str | None) -> None:
    found: dict[str, list[str]] = {}
    for product in REGISTER.combinations.values():
        for name in product.names:
            known = check(REGISTER, medicine_finder().find(name))
            assert known.medicines == product.holds, name
            found[name] = list(faults(answered(known, way), list(known.findings), way))
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def new_faults(names: tuple[str, str], way: str | None) -> set[str]:
    """What is wrong with the answer about two medicines and with neither of the answers about one."""
    found = check(REGISTER, [Mention(name, 0, 1, (name,), name) for name in names])
    pair = [MEDICINES[name] for name in names]
    alone = {fault for finding in pair for fault in faults(single(finding, way), [finding], way)}
    return set(faults(answered(found, way), pair, way)) - alone


NAMES = st.sampled_from(sorted(MEDICINES))
PAIRED = [
    (one, other)
    for pair in REGISTER.pairs
    for one, first in MEDICINES.items()
    for other, second in MEDICINES.items()
    if {first.kind.key, one} & pair.one and {second.kind.key, other} & pair.other and one != other
]


@settings(derandomize=True, deadline=None, database=None, max_examples=400)
@given(st.tuples(NAMES, NAMES).filter(lambda names: names[0] != names[1]), st.sampled_from(WAYS))
def test_two_medicines_bring_no_new_fault(names: tuple[str, str], way: str | None) -> None:
    assert new_faults(names, way) == set()


@settings(derandomize=True, deadline=None, database=None, max_examples=400)
@given(st.sampled_from(PAIRED), st.sampled_from(WAYS))
def test_two_medicines_that_are_dangerous_together_bring_no_new_fault(names: tuple[str, str], way: str | None) -> None:
    assert new_faults(names, way) == set()


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.sampled_from(PAIRED), st.sampled_from(WAYS))
def test_dangerous_pair_is_told_first_with_its_reason(names: tuple[str, str], way: str | None) -> None:
    found = check(REGISTER, [Mention(name, 0, 1, (name,), name) for name in names])
    first = answered(found, way).text.splitlines()[0]
    assert all(name in first for name in names)
    assert all(each.pair.why in first for each in found.together)
