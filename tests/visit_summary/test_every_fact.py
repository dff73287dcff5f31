"""Every fact that was told stands on the page, and none that was not: over made-up conversations."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillnight.clinical.visit_summary.model import SELF, Edits, Removed, Section, Summary
from tests.visit_summary.conversations import NOT_ON_IT, Fact, conversations, page, words_on

EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def of(facts: list[Fact]) -> Summary:
    return page([(fact.says, fact.intent) for fact in facts])


@EXAMPLES
@given(conversations())
def test_every_fact_that_was_told_stands_on_the_page(talk: tuple[list[Fact], list[Fact]]) -> None:
    told, messages = talk
    summary = of(messages)
    if not told:
        return
    text = words_on(tuple(line for line in summary.lines if line.section is not Section.QUESTIONS))
    medicines = {line.name for line in summary.of(Section.MEDICINES)}
    labs = {(line.name, line.value.value, line.when) for line in summary.of(Section.LABS) if line.value}
    for fact in told:
        assert all(words in text for words in fact.stands), fact
        assert not fact.medicine or fact.medicine in medicines, fact
        assert not fact.lab or (fact.lab, fact.value, fact.when) in labs, fact


@EXAMPLES
@given(conversations())
def test_nothing_stands_on_the_page_that_was_not_told(talk: tuple[list[Fact], list[Fact]]) -> None:
    told, messages = talk
    summary = of(messages)
    if not told or summary.owner:
        return
    lines = tuple(line for line in summary.lines if line.section is not Section.QUESTIONS)
    text = words_on(lines)
    assert not [words for words in NOT_ON_IT if words in text]
    assert {line.name for line in summary.of(Section.MEDICINES)} == {fact.medicine for fact in told if fact.medicine}
    assert len(summary.of(Section.LABS)) == len([fact for fact in told if fact.lab])
    said = " ".join(fact.says for fact in told)
    for line in lines:
        # The person's own words, to the letter.
        assert line.quote in said, line


@EXAMPLES
@given(conversations())
def test_every_line_names_a_message_that_tells_it(talk: tuple[list[Fact], list[Fact]]) -> None:
    _, messages = talk
    summary = of(messages)
    assert all(line.sources for line in summary.lines)


@EXAMPLES
@given(conversations(), st.data())
def test_what_is_taken_out_is_gone_from_every_line(talk: tuple[list[Fact], list[Fact]], data: st.DataObject) -> None:
    told, messages = talk
    named = sorted({fact.medicine for fact in told if fact.medicine})
    if not named:
        return
    name = data.draw(st.sampled_from(named))
    edits = Edits((Removed(f"medicine {name}", 1000),))
    summary = page([(fact.says, fact.intent) for fact in messages], edits)
    assert name not in words_on(summary.lines).lower()
    assert {line.name for line in summary.of(Section.MEDICINES)} == set(named) - {name}


def test_two_people_may_have_the_same_number() -> None:
    summary = page([("ferritin 7 ng/mL", "lab_report"), ("mum's ferritin is 7", "lab_report")])
    assert [(line.name, line.owner) for line in summary.of(Section.LABS)] == [("ferritin", "")]
    assert summary.others == ("mum",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("started mirtazapine 3 weeks ago and my legs have gone insane since. coincidence??", "mirtazapine"),
        ("been on ropinirole for six years", "ropinirole"),
        ("ok so now on pregabalin, and the nights are better", "pregabalin"),
    ],
)
def test_medicine_told_without_an_i_is_taken(text: str, name: str) -> None:
    (line,) = page([(text, "medication_check")]).of(Section.MEDICINES)
    assert line.name == name


@pytest.mark.parametrize("text", ["my mum started mirtazapine and it was bad", "has anybody started mirtazapine here?"])
def test_medicine_of_somebody_else_is_not(text: str) -> None:
    summary = page([("my legs crawl at night", "faq"), (text, "faq")])
    assert not [line for line in summary.of(Section.MEDICINES) if line.owner == SELF]
