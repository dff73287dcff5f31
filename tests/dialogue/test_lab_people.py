"""Whose value it is and how soon somebody has to be asked, with the real model and actions."""

from __future__ import annotations

import pytest

from stillnight.channels import pictures
from stillnight.channels.message import Choice, Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.lab_answers import lab_answers

piece = lab_answers().wording.text
GRADED = ("usual range", "own range", "below the", "above the", "inside the")


def only(replies: list[Reply]) -> Reply:
    assert len(replies) == 1, replies
    return replies[0]


def button(reply: Reply, title: str) -> Choice:
    return next(choice for choice in reply.choices if choice.title == title)


# -- woman or man


BY_SEX = [
    ("haemoglobin 12.5 g/dl", "hemoglobin_usual", "hemoglobin_low", "hemoglobin_usual_or_low"),
    ("haemoglobin 17 g/dl", "hemoglobin_high", "hemoglobin_usual", "hemoglobin_high_or_usual"),
    ("ferritin 250", "ferritin_high", "ferritin_upper", "ferritin_high_or_usual"),
    (
        "tsat 48 %",
        "transferrin_saturation_high",
        "transferrin_saturation_usual",
        "transferrin_saturation_high_or_usual",
    ),
    ("creatinine 1.15 mg/dl", "creatinine_high", "creatinine_usual", "creatinine_high_or_usual"),
]


@pytest.mark.parametrize(("value", "woman", "man", "unsaid"), BY_SEX)
@pytest.mark.parametrize("who", ["woman", "man"])
async def test_threshold_that_differs_is_that_of_the_person(
    talk: Conversation, value: str, woman: str, man: str, unsaid: str, who: str
) -> None:
    text = only(await talk.say(f"i am a {who}, {value}")).text
    meant = {"woman": woman, "man": man}[who]
    assert piece(meant) in text
    assert all(piece(other) not in text for other in {woman, man, unsaid} - {meant})


@pytest.mark.parametrize(("value", "woman", "man", "unsaid"), BY_SEX)
async def test_person_who_prefers_not_to_say_hears_what_it_means_for_both(
    talk: Conversation, value: str, woman: str, man: str, unsaid: str
) -> None:
    asked = only(await talk.say(value))
    assert [choice.title for choice in asked.choices] == ["A woman", "A man", "Pregnant now", "Prefer not to say"]
    text = only(await talk.say("prefer not to say")).text
    assert piece(unsaid) in text
    assert piece(woman) not in text
    assert piece(man) not in text


async def test_person_who_told_is_not_asked_again(talk: Conversation) -> None:
    await talk.say("haemoglobin 12.5 g/dl")
    await talk.say("man")
    assert piece("creatinine_usual") in only(await talk.say("creatinine 1.15 mg/dl")).text


@pytest.mark.parametrize("value", ["haemoglobin 14.5 g/dl", "ferritin 60", "creatinine 0.9 mg/dl", "tsh 6"])
async def test_nobody_is_asked_when_it_does_not_matter(talk: Conversation, value: str) -> None:
    assert only(await talk.say(value)).pictures


# -- pregnant


async def test_pregnancy_that_was_told_before_sets_the_threshold(talk: Conversation) -> None:
    await talk.say("im 24 weeks pregnant")
    reply = only(await talk.say("my hb is 10.8 g/dl"))
    assert piece("hemoglobin_lower_pregnant") in reply.text
    assert "usual range" not in reply.text
    assert "Some clinics" not in reply.text
    assert not reply.pictures


async def test_pregnancy_that_is_told_with_the_value_sends_to_the_midwife(talk: Conversation) -> None:
    text = only(await talk.say("i am 24 weeks pregnant and my ferritin is 14")).text
    assert text.endswith(piece("pregnancy"))
    assert "Some clinics" not in text


async def test_pregnancy_that_is_typed_as_the_answer_sets_the_threshold(talk: Conversation) -> None:
    asked = only(await talk.say("haemoglobin 10.8 g/dl"))
    assert asked.text == piece("ask_group", lab="haemoglobin")
    explained = (await talk.say("pregnant"))[-1]
    assert piece("hemoglobin_lower_pregnant") in explained.text


# -- a child


@pytest.mark.parametrize(
    "told",
    [
        ("my daughter is 9, her ferritin is 24",),
        ("my 7 year old kicks all night", "ferritin 24"),
    ],
)
async def test_childs_ferritin_is_not_graded(talk: Conversation, told: tuple[str, ...]) -> None:
    replies = [await talk.say(each) for each in told]
    reply = only(replies[-1])
    assert piece("child_ferritin") in reply.text
    assert not any(word in reply.text for word in GRADED)
    assert not reply.pictures
    assert "75" not in reply.text


async def test_childs_other_values_are_not_graded_either(talk: Conversation) -> None:
    reply = only(await talk.say("my daughter is 9, her tsh is 6 and her creatinine is 1.9 mg/dl"))
    assert reply.text.count(piece("child")) == 1
    assert not any(word in reply.text for word in GRADED)
    assert not reply.pictures


async def test_value_of_ones_own_is_graded_beside_a_childs(talk: Conversation) -> None:
    await talk.say("my daughter is 9, her ferritin is 24")
    reply = only(await talk.say("my own ferritin is 14"))
    assert piece("ferritin_low") in reply.text
    assert len(reply.pictures) == 1


async def test_daughter_of_any_age_is_told_that_children_differ(talk: Conversation) -> None:
    assert piece("if_child") in only(await talk.say("my daughters ferritin is 24")).text


# -- dialysis


@pytest.mark.parametrize(
    "told",
    [
        ("i am on dialysis, my creatinine is 6 mg/dl",),
        ("i am on dialysis three times a week", "creatinine 6 mg/dl"),
    ],
)
async def test_high_creatinine_on_dialysis_is_nothing_new(talk: Conversation, told: tuple[str, ...]) -> None:
    replies = [await talk.say(each) for each in told]
    reply = only(replies[-1])
    assert piece("dialysis_creatinine") in reply.text
    assert "today" not in reply.text
    assert "usual range" not in reply.text
    assert not reply.pictures


async def test_iron_on_dialysis_is_left_to_the_kidney_team(talk: Conversation) -> None:
    text = only(await talk.say("im on dialysis, ferritin 450 tsat 16")).text
    assert piece("dialysis_ferritin") in text
    assert piece("dialysis_transferrin_saturation") in text
    assert "no iron" not in text
    assert "if iron treatment would fit" not in text


# -- two people


async def test_values_of_two_people_are_explained_one_by_one(talk: Conversation) -> None:
    mine, mums = await talk.say("mine ferritin 12, my mum's 80")
    assert mine.text.startswith("Your ferritin is 12 ng/mL.")
    assert piece("ferritin_low") in mine.text
    assert mums.text.startswith("Your mum's ferritin is 80 ng/mL.")
    assert piece("ferritin_usual") in mums.text
    assert pictures.alternative(mums.pictures[0]).startswith("Your mum's ferritin: 80 ng/mL")
    told = only(await talk.say("what was my ferritin?")).text
    assert "ferritin 12 ng/mL" in told
    assert "Before" not in told


async def test_whoever_is_named_is_judged_as_the_word_tells(talk: Conversation) -> None:
    assert piece("hemoglobin_low") in only(await talk.say("my dads haemoglobin is 12.5 g/dl")).text
    assert piece("hemoglobin_usual") in only(await talk.say("my mums haemoglobin is 12.5 g/dl")).text


# -- urgent


async def test_dangerously_low_haemoglobin_is_an_emergency_with_the_number(talk: Conversation) -> None:
    reply = only(await talk.say("haemoglobin 6.5 g/dL and ferritin 4"))
    assert reply.text.startswith(piece("hemoglobin_dangerously_low"))
    assert "Your haemoglobin is 6.5 g/dL." in reply.text
    assert "Your local emergency number (112, 911, 999, 000" in reply.text
    assert "iron" not in reply.text.lower()
    assert "ferritin" not in reply.text.lower()
    assert [choice.title for choice in reply.choices] == ["Change country"]


async def test_values_beside_an_emergency_are_kept_and_explained_later(talk: Conversation) -> None:
    assert piece("kept") in only(await talk.say("haemoglobin 6.5 g/dL and ferritin 4")).text
    assert piece("ferritin_low") in (await talk.say("back to my ferritin"))[-1].text


async def test_dangerously_low_haemoglobin_brings_the_number_of_the_country(talk: Conversation) -> None:
    await talk.say("im in canada, change my country")
    reply = only(await talk.say("haemoglobin 6.5 g/dL"))
    assert "Emergency: 911" in reply.text
    assert "911" in [contact.say for contact in reply.contacts]


@pytest.mark.parametrize(
    ("told", "band"),
    [
        ("magnesium 0.9 mg/dL", "magnesium_very_low"),
        ("magnesium 4.8 mg/dL", "magnesium_very_high"),
        ("creatinine 6 mg/dl", "creatinine_very_high"),
        ("haemoglobin 5.5 g/dl", "hemoglobin_dangerously_low"),
    ],
)
async def test_value_that_cannot_wait_is_not_asked_about_first(talk: Conversation, told: str, band: str) -> None:
    text = only(await talk.say(told)).text
    assert text.startswith(piece(band))
    assert piece("if_slip") in text


async def test_haemoglobin_for_the_same_day_says_so_first_and_nothing_of_iron(talk: Conversation) -> None:
    text = only(await talk.say("hb 7.5 g/dl")).text
    assert text.startswith(piece("hemoglobin_very_low"))
    assert "iron" not in text


async def test_danger_beside_a_value_stands_alone_and_the_value_is_kept_for_later(talk: Conversation) -> None:
    danger = only(await talk.say("my ferritin is 12 and i want to die"))
    assert danger.text.startswith(catalogue().text("utter_red_flag/self_harm"))
    assert "ferritin" not in danger.text
    assert not danger.pictures
    assert only(await talk.say("back to my ferritin")).text.startswith(catalogue().text("utter_check_in"))
    _, offer = await talk.choose(button(danger, "I am safe now"))
    later = only(await talk.choose(button(offer, "Back to my lab result")))
    assert later.text.startswith("Your ferritin is 12 ng/mL.")
    assert len(later.pictures) == 1


async def test_somebody_elses_haemoglobin_is_an_emergency_too(talk: Conversation) -> None:
    text = only(await talk.say("mums haemoglobin is 65 g/L")).text
    assert text.startswith(piece("hemoglobin_dangerously_low"))
    assert "emergency number (112" in text


async def test_values_that_are_said_to_be_his_are_his_though_i_am_spoken_of(talk: Conversation) -> None:
    await talk.say("my husband and i have our results back. mine: ferritin 62")
    his = await talk.say("His are ferritin 24 and transferrin saturation 14%. It is he who has the legs, not me.")
    assert his[0].text.startswith("Your husband's ferritin 24")
    mine = "\n".join(reply.text for reply in await talk.say("remind me what mine was, the ferritin?"))
    assert "ferritin 62" in mine
