"""What somebody hears who does not write English."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.outside import ActionSayNotOurs
from stillnight.channels.message import Choice, Reply, reply_of
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.language.countries import country_name
from stillnight.language.foreign import foreign_language
from stillnight.language.languages import languages
from stillnight.nlu.labels import parse_data_of_choice
from stillnight.nlu.language_routing import OTHER_LANGUAGE
from stillnight.safety.guard import guard

CODES = list(languages().languages)
SAID = {
    "es": "no puedo dormir porque se me mueven las piernas",
    "de": "meine Beine geben abends einfach keine Ruhe",
    "pl": "nogi mi drgają w nocy i nie mogę spać",
    "ar": "لا أستطيع النوم بسبب رجلي",
    "hi": "raat ko pair mein ajeeb si bechaini hoti hai",
    "he": "אני לא מצליח לישון בגלל הרגליים",
    "ur": "رات کو ٹانگوں میں بے چینی ہوتی ہے",
    "zh": "晚上腿不舒服睡不着",
    "uk": "ноги ниють щовечора, не можу заснути",
}


def text_of(code: str) -> str:
    return catalogue().text(f"utter_language_{code}")


# -- the answers


def test_every_language_has_an_answer_and_no_other_has() -> None:
    answers = {name for name in catalogue().answers if name.startswith("utter_language_")}
    assert answers == {f"utter_language_{code}" for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_answer_is_in_its_own_language(code: str) -> None:
    answer = catalogue().answers[f"utter_language_{code}"]
    assert answer.metadata["language"] == code
    assert answer.metadata["title"] == languages().languages[code].name
    assert foreign_language(answer.text) == code
    assert [button.target for button in answer.buttons] == ["human", "change_country"]


# -- the action


def heard(
    label: str, language: str | None = None, country: str | None = None, hints: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """What the action says to a message that was understood so."""
    message = {**parse_data_of_choice(f"/{label}", "…"), "language": language, "metadata": hints or {}}
    tracker = Tracker("somebody", {"country": country}, message, [], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    assert ActionSayNotOurs().run(dispatcher, tracker, {}) == []
    return list(dispatcher.messages)


def reply(label: str, language: str, country: str | None = None, hints: dict[str, str] | None = None) -> Reply:
    (message,) = heard(label, language, country, hints)
    return reply_of(message, catalogue().references)


@pytest.mark.parametrize("code", CODES)
def test_language_is_answered_in_it(code: str) -> None:
    said = reply(OTHER_LANGUAGE, code)
    assert (said.text, said.language) == (text_of(code), code)
    assert said.contacts == ()
    assert [choice.payload for choice in said.choices] == ["/human", "/change_country"]


@pytest.mark.parametrize(
    ("code", "country", "hints", "line"),
    [
        ("es", "AU", {}, "Emergencias: 000 (Australia)"),
        ("de", None, {"locale": "de-DE"}, "Notruf: 112 (Europäische Union)"),
        ("pl", None, {"country": "GB"}, "Numer alarmowy: 999 / 112 (Wielka Brytania)"),
        ("ar", None, {"phone": "+971501234567"}, "الطوارئ: 998 / 999 (الإمارات العربية المتحدة)"),
        ("he", "GB", {}, "חירום: 999 / 112 (בריטניה)"),
        ("hi", "US", {"country": "GB"}, "आपातकालीन नंबर: 911 (संयुक्त राज्य)"),
    ],
)
def test_emergency_number_of_the_country_stands_beneath(
    code: str, country: str | None, hints: dict[str, str], line: str
) -> None:
    said = reply(OTHER_LANGUAGE, code, country, hints)
    assert said.text == f"{text_of(code)}\n{line}"
    assert said.contacts
    assert all(contact.say in line and contact.href == f"tel:{contact.say}" for contact in said.contacts)


@pytest.mark.parametrize("code", CODES)
def test_every_language_names_every_country(code: str) -> None:
    for country in guard().lines.countries:
        assert country_name(country, code), country


def test_country_that_nobody_names_has_no_name() -> None:
    assert country_name("GB", "xx") is None
    assert country_name("nowhere", "de") is None
    assert country_name("GB", "not a language") is None


@pytest.mark.parametrize("language", [None, "sv"])
def test_language_that_is_not_known_gets_a_line_of_several_and_the_number(language: str | None) -> None:
    (message,) = heard(OTHER_LANGUAGE, language, hints={"country": "GB"})
    said = reply_of(message, catalogue().references)
    written = said.lines()
    assert [code for _, code in written] == ["en", "es", "fr", "ar", "hi", "en", "en", "en"]
    assert [foreign_language(text) for text, _ in written[1:5]] == ["es", "fr", "ar", "hi"]
    assert "\n".join(text for text, _ in written) == said.text
    assert written[-2] == ("Emergency: 999 or 112", "en")
    assert [contact.href for contact in said.contacts] == ["tel:999", "tel:112"]
    assert [choice.payload for choice in said.choices] == ["/help", "/faq/what_is_rls", "/change_country"]


def test_language_and_country_that_are_not_known_get_a_line_on_what_to_call() -> None:
    (message,) = heard(OTHER_LANGUAGE)
    said = reply_of(message, catalogue().references)
    assert said.contacts == ()
    assert catalogue().text("utter_numbers_unknown") in said.text


@pytest.mark.parametrize("label", ["out_of_scope/everyday", "out_of_scope/insult"])
@pytest.mark.parametrize("language", [None, "sv"])
def test_what_is_in_no_language_of_ours_is_answered_by_its_kind(label: str, language: str | None) -> None:
    (message,) = heard(label, language)
    assert message["response"] == f"utter_{label}"


def test_button_without_a_language_is_answered_by_its_kind() -> None:
    tracker = Tracker("somebody", {}, parse_data_of_choice("/out_of_scope/everyday", "…"), [], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    ActionSayNotOurs().run(dispatcher, tracker, {})
    assert [message["response"] for message in dispatcher.messages] == ["utter_out_of_scope/everyday"]


# -- the whole assistant


@pytest.mark.parametrize("code", SAID)
async def test_message_is_answered_in_its_language(talk: Conversation, code: str) -> None:
    (said,) = await talk.say(SAID[code])
    assert (said.text, said.language) == (text_of(code), code)


async def test_number_of_the_country_that_was_chosen(talk: Conversation) -> None:
    await talk.choose(Choice("Australia", '/change_country{"country": "AU"}'))
    (said,) = await talk.say(SAID["es"])
    assert said.text.startswith(text_of("es"))
    assert [contact.say for contact in said.contacts] == ["000"]


async def test_button_in_another_language_leads_to_the_countries(talk: Conversation) -> None:
    (said,) = await talk.say(SAID["de"])
    (asked,) = await talk.choose(said.choices[-1])
    assert asked.text == catalogue().text("utter_change_country")


@pytest.mark.parametrize("danger", ["no puedo respirar", "me quiero morir", "ich will sterben"])
async def test_danger_in_another_language_comes_first(talk: Conversation, danger: str) -> None:
    said = await talk.say(danger)
    own, english, *_ = said[0].text.split("\n")
    assert own == catalogue().text(f"utter_danger_{said[0].languages[0]}")
    assert english in {
        catalogue().text(f"utter_red_flag/{name}") for name in ("chest_pain_stroke_breathing", "self_harm")
    }
    assert set(said[0].languages[1:]) == {"en"}


async def test_thanks_need_no_english(talk: Conversation) -> None:
    (said,) = await talk.say("gracias")
    assert said.text == catalogue().text("utter_thanks")


@pytest.mark.parametrize(("hello", "code"), [("hola", "es"), ("bonjour", "fr"), ("guten tag", "de")])
async def test_foreign_greeting_is_told_of_english_in_its_language(talk: Conversation, hello: str, code: str) -> None:
    (said,) = await talk.say(hello)
    assert said.text.startswith(catalogue().text(f"utter_language_{code}"))
    assert said.contacts


async def test_english_greeting_is_returned(talk: Conversation) -> None:
    (said,) = await talk.say("hello there")
    assert said.text == catalogue().text("utter_greet")


async def test_english_about_something_else_is_refused_as_before(talk: Conversation) -> None:
    (said,) = await talk.say("whats the weather tomorrow in leeds")
    answer = catalogue().answers["utter_out_of_scope/everyday"]
    assert said.text == answer.text
    assert [choice.title for choice in said.choices] == [button.title for button in answer.buttons]


async def test_english_goes_on_after_another_language(talk: Conversation) -> None:
    await talk.say(SAID["zh"])
    (said,) = await talk.say("can low iron cause restless legs")
    assert said.text == catalogue().text("utter_faq/iron")
