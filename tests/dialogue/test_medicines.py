"""“Is it my tablets?”: checking, stopping, remembering and correcting medicines, with the real model and actions."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue


def only(replies: list[Reply]) -> Reply:
    assert len(replies) == 1, replies
    return replies[0]


async def test_patient_with_two_misspelt_brands_hears_about_both(talk: Conversation) -> None:
    reply = only(await talk.say("im on zolof and bennadryl for allergys, could that be it"))
    assert "Sertraline (Zoloft)" in reply.text
    assert "“Benadryl” is not the same everywhere" in reply.text
    assert "United States" in reply.text
    assert "United Kingdom" in reply.text
    assert "Do not stop sertraline (Zoloft) suddenly" in reply.text
    assert "rottach_2008" in [source.id for source in reply.sources]


async def test_patient_in_the_united_kingdom_hears_about_the_british_benadryl(talk: Conversation) -> None:
    chooser = only(await talk.say("change my country please"))
    await talk.choose(next(choice for choice in chooser.choices if choice.title == "United Kingdom"))
    reply = only(await talk.say("is benadryl making my legs worse"))
    assert "diphenhydramine" not in reply.text.lower()
    assert "cetirizine" in reply.text.lower()


async def test_patient_with_harmless_medicines_hears_that_they_are_not_known_to_worsen(talk: Conversation) -> None:
    reply = only(await talk.say("could metformin and paracetamol be making my legs worse"))
    assert "not known to make restless legs worse" in reply.text


async def test_patient_who_names_a_kind_hears_about_the_kind(talk: Conversation) -> None:
    reply = only(await talk.say("i take an ssri, is that making my legs worse"))
    assert "SSRI" in reply.text
    assert "suddenly" in reply.text


async def test_patient_with_an_opioid_and_a_benzodiazepine_is_warned_first(talk: Conversation) -> None:
    reply = only(await talk.say("i take oxycodone and clonazepam, could they be making my legs worse"))
    assert reply.text.startswith("Be careful: oxycodone with clonazepam")


async def test_patient_whose_spelling_lies_between_two_medicines_is_asked(talk: Conversation) -> None:
    asked = only(await talk.say("is prednisalone making my legs worse"))
    assert "Which one did you mean?" in asked.text
    assert {choice.title for choice in asked.choices} == {"Prednisolone", "Prednisone"}
    answered = only(await talk.choose(asked.choices[0]))
    assert asked.choices[0].title.lower() in answered.text.lower()
    assert "suddenly" in answered.text


async def test_patient_who_stopped_hears_whom_to_call_and_what_to_watch_for(talk: Conversation) -> None:
    reply = only(await talk.say("i stopped my requip cold turkey"))
    assert "ropinirole (Requip)" in reply.text
    assert "Call your prescriber or pharmacist today" in reply.text
    assert "watch for" in reply.text
    assert "emergency number" in reply.text


@pytest.mark.parametrize("text", ["can I halve my lyrica", "can i skip my lyrica during ramadan"])
async def test_patient_who_wants_to_change_it_alone_is_warned(talk: Conversation, text: str) -> None:
    reply = only(await talk.say(text))
    assert "Please do not stop, skip or change pregabalin (Lyrica) suddenly" in reply.text


async def test_patient_who_stopped_and_is_unwell_hears_the_emergency(talk: Conversation) -> None:
    reply = only(await talk.say("i stopped my clonazepam and had a seizure this morning"))
    assert reply.text.startswith(catalogue().text("utter_red_flag/withdrawal_seizure"))


async def test_patient_who_asks_for_a_dose_gets_none(talk: Conversation) -> None:
    reply = only(await talk.say("how many mg of gabapentin should i take"))
    assert reply.text == catalogue().text("utter_dose_request")


async def test_medicines_are_remembered_and_can_be_corrected(talk: Conversation) -> None:
    nothing = only(await talk.say("which medicines did i tell you?"))
    assert nothing.text == catalogue().text("utter_medicines_told_none")
    await talk.say("could sertraline and metformin be making my legs worse")
    assert "sertraline and metformin" in only(await talk.say("which medicines did i tell you?")).text
    corrected = only(await talk.say("not sertraline, cetirizine"))
    assert "I took sertraline off the list" in corrected.text
    assert "cetirizine" in corrected.text.lower()
    told = only(await talk.say("which medicines did i tell you?")).text
    assert "metformin and cetirizine" in told
    assert "sertraline" not in told


async def test_patient_who_asks_again_means_the_medicines_told_before(talk: Conversation) -> None:
    await talk.say("could sertraline be making my legs worse")
    assert "Sertraline" in only(await talk.say("so is one of my tablets making the legs worse?")).text


async def test_pregnancy_is_remembered_and_can_be_taken_back(talk: Conversation) -> None:
    await talk.say("im 24 weeks pregnant and my legs are awful")
    pregnant = only(await talk.say("can sertraline make my legs worse")).text
    assert "midwife" in pregnant
    assert "bupropion" not in pregnant
    await talk.say("sorry, i am not pregnant any more")
    assert "bupropion" in only(await talk.say("can sertraline make my legs worse")).text


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("im 24 weeks pregnant and my legs are awful", "midwife"),
        ("my 7 year old kicks all night", "child"),
        ("i am on dialysis three times a week and my legs are restless", "kidney team"),
    ],
)
async def test_answers_on_iron_and_magnesium_change_with_the_circumstance(
    talk: Conversation, said: str, word: str
) -> None:
    await talk.say(said)
    for question, topic in [("what about iron tablets", "iron_treatment"), ("does magnesium help", "magnesium")]:
        reply = only(await talk.say(question))
        assert reply.text != catalogue().text(f"utter_faq/{topic}")
        assert word in reply.text


@pytest.mark.parametrize("name", ["unisom", "keppra?", "baclofen", "is paracetamol ok", "water tablets"])
async def test_patient_who_types_a_bare_name_hears_about_it(talk: Conversation, name: str) -> None:
    assert "restless legs" in only(await talk.say(name)).text


async def test_patient_who_asks_whether_two_go_together_is_warned(talk: Conversation) -> None:
    assert only(await talk.say("gabapentin with oxycodone ok?")).text.startswith("Be careful: ")


async def test_medicine_told_in_passing_is_remembered(talk: Conversation) -> None:
    await talk.say("i take gabapentin 300 mg at night")
    assert "gabapentin" in only(await talk.say("which medicines did I tell you?")).text


async def test_drink_after_an_opioid_is_warned_of_once(talk: Conversation) -> None:
    await talk.say("i take oxycodone 10 mg at night")
    first = await talk.say("and a glass of wine?")
    assert any("Be careful: " in reply.text and "oxycodone" in reply.text for reply in first)
    again = await talk.say("does alcohol make restless legs worse")
    assert sum("Be careful: " in reply.text for reply in again) == 0 or "wine" not in again[0].text


async def test_patient_who_wants_to_start_again_hears_not_to_do_so_alone(talk: Conversation) -> None:
    await talk.say("stopped my requip cold turkey")
    reply = only(await talk.say("should i go back on it"))
    assert "do not start it again on your own" in reply.text
    assert "ropinirole" in reply.text


async def test_how_long_after_a_stop_is_about_stopping(talk: Conversation) -> None:
    await talk.say("stopped my requip cold turkey")
    assert "worst nights" in only(await talk.say("how long does that last")).text


@pytest.mark.parametrize(
    ("text", "left"),
    [("forget doxepin", "bupropion"), ("i dont take wellbutrin anymore, take it off", "doxepin")],
)
async def test_patient_takes_a_medicine_back_in_plain_words(talk: Conversation, text: str, left: str) -> None:
    await talk.say("im on doxepin and wellbutrin, can they do this")
    assert "off the list" in (await talk.say(text))[0].text
    told = only(await talk.say("which medicines did i tell you")).text
    assert f"you told me about {left}." in told


async def test_patient_with_a_name_that_nobody_knows_is_told_so(talk: Conversation) -> None:
    reply = only(await talk.say("could it be my sertraline and zuntrapex"))
    assert "I do not know “zuntrapex”" in reply.text


async def test_patient_who_asks_while_nursing_hears_whom_to_ask(talk: Conversation) -> None:
    assert "midwife" in only(await talk.say("can i take zopiclone while breastfeeding")).text


async def test_somebody_who_tells_of_a_loss_hears_a_kind_word_first_and_once(talk: Conversation) -> None:
    first = await talk.say("I had a miscarriage last week and my legs are awful")
    assert first[0].text.startswith("I am so sorry for your loss")
    assert len(first) > 1
    again = await talk.say("since the miscarriage my legs wont rest")
    assert not any("sorry for your loss" in reply.text for reply in again)
