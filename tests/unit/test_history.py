"""Reading what was said before."""

from __future__ import annotations

from typing import Any

import pytest

from stillnight.dialogue import history

Event = dict[str, Any]

LISTEN: Event = {"event": "action", "name": "action_listen"}


def patient(intent: str | None = "faq") -> Event:
    return {"event": "user", "text": "…", "parse_data": {"intent": {"name": intent}}}


def assistant(name: str | None = None, buttons: list[dict[str, str]] | None = None, **own: Any) -> Event:
    return {
        "event": "bot",
        "text": "…",
        "data": {"buttons": buttons},
        "metadata": {"utter_action": name, "metadata": own} if name else {},
    }


IRON = assistant("utter_faq/iron", sources=["aasm_2025"])


def test_said_and_heard_begin_with_the_newest() -> None:
    first, second, third = assistant("utter_greet"), patient(), assistant("utter_help")
    events = [first, second, LISTEN, third]
    assert list(history.said(events)) == [third, first]
    assert list(history.heard(events)) == [second]


@pytest.mark.parametrize("metadata", [None, {}, {"utter_action": None}])
def test_utterance_made_on_the_spot_has_no_response_name(metadata: Any) -> None:
    assert history.response_name({"event": "bot", "metadata": metadata}) == ""
    assert history.response_name({"event": "bot"}) == ""


def test_utterance_carries_its_authors_metadata() -> None:
    assert history.own_metadata(IRON) == {"sources": ["aasm_2025"]}
    assert history.own_metadata({"event": "bot", "metadata": None}) == {}
    assert history.own_metadata({"event": "bot", "metadata": {"metadata": None}}) == {}


@pytest.mark.parametrize("data", [None, {}, {"buttons": None}, {"buttons": []}])
def test_utterance_without_buttons_has_none(data: Any) -> None:
    assert history.buttons({"event": "bot", "data": data}) == []
    assert history.buttons({"event": "bot"}) == []


def test_last_topic_is_the_newest_answer_or_second_part() -> None:
    assert history.last_topic([]) is None
    assert history.last_topic([assistant("utter_greet"), patient()]) is None
    assert history.last_topic([IRON, patient(), assistant("utter_faq/heart"), patient()]) == "heart"
    assert history.last_topic([assistant("utter_faq/heart"), patient(), assistant("utter_more_iron")]) == "iron"


def test_last_topic_outlives_small_talk() -> None:
    assert history.last_topic([IRON, patient("thanks"), assistant("utter_thanks"), patient("more")]) == "iron"


@pytest.mark.parametrize(
    "aside", ["utter_sources", "utter_no_source", "utter_no_more", "utter_did_you_mean", "utter_still_about"]
)
def test_last_answer_passes_over_asides(aside: str) -> None:
    assert history.last_answers([IRON, patient(), assistant(aside), patient()]) == [IRON]


def test_last_answer_is_any_other_utterance() -> None:
    thanks = assistant("utter_thanks")
    assert history.last_answers([IRON, patient(), thanks]) == [thanks]
    assert history.last_answers([patient()]) == []


def test_two_questions_have_two_last_answers() -> None:
    heart, sources = assistant("utter_faq/heart"), assistant("utter_sources")
    before = [assistant("utter_faq/timeline"), LISTEN, patient()]
    assert history.last_answers([*before, IRON, heart, LISTEN, patient(), sources, patient()]) == [IRON, heart]


@pytest.mark.parametrize("between", ["utter_thanks", "utter_affirm", "utter_sources", "utter_still_about"])
def test_answer_at_hand_is_the_last_about_a_topic(between: str) -> None:
    assert history.answer_at_hand([IRON, patient(), assistant(between), patient()]) == IRON
    put_together = {**assistant(), "metadata": {"metadata": {"topic": "iron"}}}
    assert history.answer_at_hand([patient(), put_together, patient()]) == put_together


@pytest.mark.parametrize(
    "other", ["utter_greet", "utter_cannot_help", "utter_human", "utter_out_of_scope/everyday", ""]
)
def test_answer_about_something_else_ends_what_is_at_hand(other: str) -> None:
    assert history.answer_at_hand([IRON, patient(), assistant(other), patient()]) is None
    assert history.answer_at_hand([]) is None


def test_last_turn_is_what_followed_the_message_before_this_one() -> None:
    greeting, more = assistant("utter_greet"), assistant("utter_more_iron")
    events = [greeting, patient("greet"), assistant("utter_help"), patient(), IRON, more, LISTEN, patient("repeat")]
    assert history.last_turn(events) == [IRON, more]


def test_last_turn_of_a_first_message_is_the_greeting() -> None:
    greeting = assistant("utter_greet")
    assert history.last_turn([greeting, LISTEN, patient("repeat")]) == [greeting]
    assert history.last_turn([patient("repeat")]) == []
    assert history.last_turn([]) == []


def test_last_turn_holds_nothing_said_since_the_message() -> None:
    said_now = assistant("utter_thanks")
    assert history.last_turn([patient(), IRON, patient(), said_now]) == [IRON]


def test_offered_topics_are_those_of_the_question_just_asked() -> None:
    asked = assistant(
        "utter_did_you_mean", [{"title": "Iron", "payload": "/faq/iron"}, {"title": "X", "payload": "/x"}]
    )
    assert history.offered([patient(), asked, patient("affirm")]) == ["/faq/iron", "/x"]
    assert history.offered([patient(), asked, patient(), IRON, patient("affirm")]) == []
    assert history.offered([]) == []


def test_buttons_of_an_answer_are_no_offer() -> None:
    answer = assistant("utter_faq/iron", [{"title": "More", "payload": "/more"}])
    assert history.offered([patient(), answer, patient("affirm")]) == []


def test_topic_was_asked_on_in_the_last_turn_only() -> None:
    still = assistant("utter_still_about")
    assert history.asked_on([patient(), IRON, patient(), still, patient("affirm")])
    assert not history.asked_on([patient(), still, patient(), IRON, patient("affirm")])
    assert not history.asked_on([])


def test_misses_are_counted_back_to_the_last_message_understood() -> None:
    miss = patient("nlu_fallback")
    assert history.misses_in_a_row([]) == 0
    assert history.misses_in_a_row([miss, patient("faq")]) == 0
    assert history.misses_in_a_row([miss, IRON, patient("faq"), miss, IRON, miss]) == 2


@pytest.mark.parametrize("parse_data", [None, {}, {"intent": None}, {"intent": {}}])
def test_message_never_parsed_is_no_miss(parse_data: Any) -> None:
    assert history.misses_in_a_row([{"event": "user", "parse_data": parse_data}]) == 0
