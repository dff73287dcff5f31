"""What is told or asked behind lab values, with the real model: nothing waits or goes to another."""

from __future__ import annotations

import pytest

from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.lab_answers import lab_answers

piece = lab_answers().wording.text
WHOSE = piece("ask_group", lab="haemoglobin")
US = ("I've got results for me and my husband", "mine: ferritin 34 ng/mL, TSAT 14%, Hb 12.6 g/dL", "his: ferritin 210")
MOVES = "oh wait, the TSAT 14 was my husband's. mine is 22%"


async def said(talk: Conversation, *messages: str) -> list[str]:
    """The replies to the last message."""
    replies = [await talk.say(message) for message in messages]
    return [each.text for each in replies[-1]]


async def test_other_values_do_not_wait_for_woman_or_man(talk: Conversation) -> None:
    told, asked = await said(talk, *US[:2])
    assert piece("together_low_stores_low_saturation") in told
    assert asked == WHOSE


async def test_people_are_compared_while_woman_or_man_is_asked(talk: Conversation) -> None:
    (text,) = await said(talk, *US, "which of us should be worried")
    assert "Your husband's ferritin 210" in text and piece("compared") in text


async def test_number_moves_to_the_other_and_his_page(talk: Conversation) -> None:
    mine, his, asked = await said(talk, *US, MOVES)
    assert mine.startswith("Your transferrin saturation is 22%")
    assert his.startswith("Your husband's transferrin saturation is 14%") and asked == WHOSE
    (again,) = await said(talk, "is a ferritin of 210 with a 14 a contradiction?")
    assert piece("together_usual_stores_low_saturation") in again
    (page,) = await said(talk, "make me a note for the doctor, only for me")
    assert "22%" in page and "210" not in page and "14%" not in page
    (shown,) = await said(talk, "is anything of my husband's in there? if so take it out")
    assert "22%" in shown and "210" not in shown
    (gone,) = await said(talk, "and what do you know about me so far", "great, delete his numbers please, keep mine")
    assert "210" in gone and "34" not in gone
    (left,) = await said(talk, "what are my results")
    assert "34" in left and "210" not in left


async def test_nursing_mothers_values_are_her_own(talk: Conversation) -> None:
    told, asked = await said(talk, "the baby is 7 weeks", "I'm breastfeeding", "ferritin 22, hb 11.4")
    assert told.startswith("Your ferritin is 22") and "baby" not in asked
    (settled,) = await said(talk, "g/dl")
    assert piece("hemoglobin_low") in settled


async def test_correction_of_his_value_stands_on_his_page(talk: Conversation) -> None:
    await said(talk, "My partner kicks me all night", "He had a sleep study. It says PLM index 38/h")
    await said(talk, "Can you make a note for HIS doctor?")
    text = "\n".join(await said(talk, "The PLM index was 28, I've got the letter in front of me now. Sorry."))
    assert "Your partner's PLMS index is 28" in text and "PLMS index 28 per hour" in text
    (again,) = await said(talk, "Does the change from 38 to 28 alter anything?")
    assert again.startswith("Your partner's PLMS index 28")


async def test_old_value_is_called_old_and_dated_on_the_page(talk: Conversation) -> None:
    (text,) = await said(talk, "my legs crawl at night", "my last ferritin was 41", "that was 2 years ago mind you")
    assert piece("dated_old") in text
    (page,) = await said(talk, "can you write it up for my appointment")
    assert "Ferritin 41 ng/mL (2 years ago)" in page


async def test_correction_that_is_asked_about(talk: Conversation) -> None:
    (text,) = await said(talk, "ferritin 120", "sorry, 12 not 120", "so does that change what you told me?")
    assert piece("ferritin_low") in text


async def test_units_told_for_several(talk: Conversation) -> None:
    (text,) = await said(talk, "I'm pregnant", "Hb 102, ferritin 9", "hemoglobin is in g/L I think, and ferritin ug/L")
    assert text.startswith("Thank you. I read it as haemoglobin 102 g/L and ferritin 9 ng/mL")


async def test_low_haemoglobin_in_pregnancy_is_called_low(talk: Conversation) -> None:
    (text,) = await said(talk, "I'm 31 weeks pregnant", "Hb 102 g/l, ferritin 9")
    assert piece("short_low_pregnant", lab="Haemoglobin", value="102 g/L (about 10.2 g/dL)") in text


async def test_unit_for_the_first_two_is_no_number(talk: Conversation) -> None:
    text = "\n".join(
        await said(talk, "magnesium 0.71, creatinine 88", "mmol/L for the first two and umol/L for the last")
    )
    assert "Your magnesium is 0.71 mmol/L" in text


async def test_unknown_unit_of_an_american_lab_is_let_go(talk: Conversation) -> None:
    (text,) = await said(talk, "ferritin 75 mag 1.9", "dunno the units. american lab, quest")
    assert text.startswith(piece("unit_unknown", lab="magnesium", value="1.9"))
    (again,) = await said(talk, "is that good")
    assert again.startswith("Ferritin 75 ng/mL")


async def test_mark_that_does_not_fit(talk: Conversation) -> None:
    (text,) = await said(talk, "ferritin 28, tsh 3.8", "the TSH has an H next to it. Meaning?")
    assert piece("marked_unlike") in text and "28" not in text


@pytest.mark.parametrize("text", ["im 24", "im 71"])
async def test_age_is_no_lab_message(talk: Conversation, text: str) -> None:
    assert await said(talk, text) == [catalogue().text("utter_detail_age_told")]
