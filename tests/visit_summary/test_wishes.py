"""Wishes for the page in the words of real talk, each beside near misses that are none."""

from __future__ import annotations

import pytest

from stillnight.clinical.visit_summary.additions import addition, restoration
from stillnight.clinical.visit_summary.clauses import Tells, clauses
from stillnight.clinical.visit_summary.commands import is_only_removal, is_showing
from stillnight.clinical.visit_summary.model import Section, Use
from stillnight.clinical.visit_summary.quotes import is_hint
from stillnight.clinical.visit_summary.removals import removal
from stillnight.clinical.visit_summary.wishes import drops_all, tells_of_stop
from tests.visit_summary.conversations import page


@pytest.mark.parametrize(
    ("text", "target", "rest"),
    [
        ("leave the sertraline out, I stopped that in January", "the sertraline", ""),
        ("And take the water tablet out, I stopped that, it was last year. I told you wrong.", "the water tablet", ""),
        ("and I dont want pramipexole on there at all, he'll just up it", "pramipexole", ""),
        ("Take the dog out if you've put the dog in.", "the dog", ""),
        ("remove the HIV from that please. keep the rest", "the hiv", "keep the rest"),
        ("Take the furosemide out dear, I looked at the box and it was stopped in June.", "the furosemide", ""),
        ("the second one isn't for me, remove it", "second question", ""),
        ("the last question is silly, please take it out", "last question", ""),
        ("I have two, the second one hurts", None, ""),
        # These are facts, and stay.
        ("take the sertraline out, I stopped it yesterday", "the sertraline", "I stopped it yesterday"),
        ("take the iron out, my legs got worse in May", "the iron", "my legs got worse in May"),
        ("take the iron out, amlodipine made me swell", "the iron", "amlodipine made me swell"),
    ],
)
def test_a_reason_goes_with_the_wish_and_a_fact_stays(text: str, target: str | None, rest: str) -> None:
    out = removal(text)
    assert (out.target if out else None) == target
    assert out is None or text[out.end :].strip(" ,") == rest


@pytest.mark.parametrize(
    "text",
    [
        "I don't want iron at all",
        "I dont want pramipexole, he'll just up it",
        "I want no alcohol",
        "take iron, because I am low",
        "forget it delete the whole thing",
    ],
)
def test_what_is_not_wanted_in_life_is_no_wish_for_the_page(text: str) -> None:
    assert removal(text) is None


@pytest.mark.parametrize(
    ("text", "drops"),
    [
        ("forget it delete the whole thing i'll just talk to him", True),
        ("ok, scrap the page", True),
        ("delete the note about tea", False),
        ("delete the whole thing about coffee", False),
        ("my doctor wants to delete the page", False),
    ],
)
def test_the_whole_page_is_not_wanted(text: str, drops: bool) -> None:
    assert drops_all(text) is drops


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("ok no make it again sorry", True),
        ("is Grahams ferritin in there? it mustn't be", True),
        ("show me it again", True),
        ("Please add that too then.", True),
        ("put that in as well please", True),
        ("add that I snore too", False),
        ("is there iron in spinach?", False),
        ("is ferritin 20 low?", False),
        ("it makes it worse again", False),
    ],
)
def test_the_page_is_wanted_again(text: str, shows: bool) -> None:
    assert is_showing(text) is shows


def test_what_was_taken_out_is_wanted_back() -> None:
    assert restoration("hm no. put it back. he needs to know") == "it"
    assert restoration("oh. put it back then, and say I'd like to ask about it") == "it"
    assert addition("oh. put it back then, and say I like it") == "I like it"
    assert restoration("I put it back on the shelf") is None


@pytest.mark.parametrize(
    ("text", "added"),
    [
        (
            "add: question about iron infusion. and question about rotigotine patch. actually not the patch",
            "iron infusion?",
        ),
        ("add a question about iron and a question about gabapentin", "iron? gabapentin?"),
        ("add a question: is it bad, or not the iron?", "is it bad, or not the iron?"),
        ("please put it in the note, I had a reaction to the drip", "I had a reaction to the drip"),
        ("put the van thing in. and put that I want to talk about it", "I want to talk about it"),
        ("put that in my note please", None),
        ("can you put that it's every night. well. most nights. 5 of 7", "it's every night. well. most nights. 5 of 7"),
    ],
)
def test_it_is_heard_what_is_to_be_added(text: str, added: str | None) -> None:
    assert addition(text) == added


@pytest.mark.parametrize(
    ("text", "near"), [("I stopped it yesterday", True), ("I stopped that in January", False), ("I take it", False)]
)
def test_a_stop_of_these_days_is_known(text: str, near: bool) -> None:
    assert tells_of_stop(text) is near


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("My midwife did bloods", True),
        ("my midwife says I am 26 weeks pregnant", False),
        ("im 5 months gone", False),
        ("I'm breastfeeding", True),
        ("I am pregnant and still breastfeeding my first", False),
    ],
)
def test_a_midwife_makes_nobody_pregnant(quote: str, hint: bool) -> None:
    assert is_hint("pregnancy", quote) is hint


@pytest.mark.parametrize(
    "text",
    [
        "hi got my bloods back today",
        "reading it without my glasses lol",
        "My granddaughter put this on the telephone for me",
        "sorry I should have said before",
        "I have been to look in the cupboard",
        "I will mention it to the doctor",
        "Good evening",
        "oh you need some info",
        "I shall stop it tonight",
        "about 20 minutes",
        "my friend's went to 600",
        "my wife is here with me",
    ],
)
def test_mere_chat_is_no_fact(text: str) -> None:
    assert all(part.tells is Tells.NOTHING for part in clauses(text))


@pytest.mark.parametrize(
    "text",
    [
        "I should have said before, my legs crawl at night",
        "I fell when I went to look in the cupboard at night",
        "I had two glasses of wine",
        "I told the doctor that I kick",
        "Good evening, my legs crawl",
        "I work evenings in a shop",
        "a friend says that I kick",
        "I slept 8 hours",
        "got my bloods back and I was anaemic last year",
    ],
)
def test_what_may_be_a_fact_stays(text: str) -> None:
    assert any(part.tells is Tells.TELLS for part in clauses(text))


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("and I dont want pramipexole on there at all, he'll just up it", True),
        ("take the sertraline out", True),
        ("take the sertraline out, I want to be gone", False),
        ("I cannot go on. take the sertraline out", False),
        ("take the sertraline out. my legs crawl", False),
    ],
)
def test_a_message_that_only_takes_something_out_is_known(text: str, only: bool) -> None:
    assert is_only_removal(text) is only


def test_an_allergy_is_no_medicine_that_is_taken() -> None:
    summary = page([("I take pramipexole, allergic to penicillin", "medication_check")])
    assert [line.name for line in summary.of(Section.MEDICINES) if line.use is Use.TAKES] == ["pramipexole"]
    assert any("allergic to penicillin" in line.quote for line in summary.lines)
