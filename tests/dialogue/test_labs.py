"""“My ferritin came back 18, what does that mean”: explaining and remembering, with the real model and actions."""

from __future__ import annotations

import pytest

from stillnight.channels import pictures
from stillnight.channels.message import Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.content.readability import reading_grade
from stillnight.content.safe_words import unsafe_wordings
from stillnight.dialogue.lab_answers import lab_answers
from stillnight.paths import KNOWLEDGE

piece = lab_answers().wording.text
LINE = "line for restless legs"
FLAGSHIP = "my feratin came back 18 and sats 12 % what does that mean"
# The lab table of the clinic's page: each test low, usual and high, and the band whose piece must be said.
TABLE = [
    ("ferritin 12 ng/ml", "ferritin_low", "12 ng/mL"),
    ("ferritin 60 ng/ml", "ferritin_under_line", "60 ng/mL"),
    ("ferritin 110 ng/ml", "ferritin_usual", "110 ng/mL"),
    ("ferritin 450 ng/ml", "ferritin_high", "450 ng/mL"),
    ("transferrin saturation 11 %", "transferrin_saturation_low", "11%"),
    ("transferrin saturation 30 %", "transferrin_saturation_usual", "30%"),
    ("transferrin saturation 58 %", "transferrin_saturation_high", "58%"),
    ("haemoglobin 10.2 g/dl", "hemoglobin_low", "10.2 g/dL"),
    ("haemoglobin 14.5 g/dl", "hemoglobin_usual", "14.5 g/dL"),
    ("haemoglobin 18.6 g/dl", "hemoglobin_high", "18.6 g/dL"),
    ("tsh 0.2 miu/l", "tsh_low", "0.2 mIU/L"),
    ("tsh 2.1 miu/l", "tsh_usual", "2.1 mIU/L"),
    ("tsh 6.4 miu/l", "tsh_high", "6.4 mIU/L"),
    ("vitamin b12 150 pg/ml", "vitamin_b12_low", "150 pg/mL"),
    ("vitamin b12 500 pg/ml", "vitamin_b12_usual", "500 pg/mL"),
    ("vitamin b12 1100 pg/ml", "vitamin_b12_high", "1100 pg/mL"),
    ("magnesium 1.5 mg/dl", "magnesium_low", "1.5 mg/dL"),
    ("magnesium 2.0 mg/dl", "magnesium_usual", "2 mg/dL"),
    ("magnesium 2.6 mg/dl", "magnesium_high", "2.6 mg/dL"),
    ("creatinine 0.4 mg/dl", "creatinine_low", "0.4 mg/dL"),
    ("creatinine 0.9 mg/dl", "creatinine_usual", "0.9 mg/dL"),
    ("creatinine 1.9 mg/dl", "creatinine_high", "1.9 mg/dL"),
    ("plms index 2 per hour", "plms_index_usual", "2 per hour"),
    ("plms index 9 per hour", "plms_index_some", "9 per hour"),
    ("plms index 34 per hour", "plms_index_high", "34 per hour"),
]
REPORT = "\n".join(
    (
        "Ferritin 14 ng/mL (30-400) LOW",
        "Transferrin saturation 11 % (16-45)",
        "Haemoglobin 128 g/L (120-160)",
        "TSH 2.1 mIU/L (0.4-4.0)",
        "Vitamin B12 420 ng/L (200-900)",
        "Magnesium 0.82 mmol/L (0.7-1.0)",
        "Creatinine 71 umol/L (45-84)",
        "PLMS index 4 /h",
    )
)


def only(replies: list[Reply]) -> Reply:
    assert len(replies) == 1, replies
    return replies[0]


def words(reply: Reply) -> int:
    return len(reply.text.split())


async def told_so_far(talk: Conversation) -> str:
    return only(await talk.say("which values did i tell you")).text


async def test_patient_with_low_iron_hears_what_both_numbers_say_together(talk: Conversation) -> None:
    reply = only(await talk.say(FLAGSHIP))
    ferritin, saturation, together = reply.text.split("\n")
    assert ferritin == "Ferritin 18 ng/mL: below the usual range, 20 to 200 ng/mL."
    assert saturation == "Transferrin saturation 12%: below the usual range, 20 to 50%."
    assert together == piece("together_low_stores_low_saturation")
    assert "restless legs" in together
    assert {"aasm_2025", "clinic_page"} <= {source.id for source in reply.sources}
    assert not reply.contacts


async def test_patient_with_low_iron_sees_the_line_for_restless_legs_in_both_pictures(talk: Conversation) -> None:
    reply = only(await talk.say(FLAGSHIP))
    ferritin, saturation = map(pictures.alternative, reply.pictures)
    assert ferritin.startswith("Ferritin: 18 ng/mL, below usual range (20 to 200 ng/mL)")
    assert f"below {LINE} (75 ng/mL)" in ferritin
    assert saturation.startswith("Transferrin saturation: 12%, below usual range (20 to 50%)")
    assert f"below {LINE} (20%)" in saturation


async def test_patient_with_low_iron_is_not_told_to_start_iron(talk: Conversation) -> None:
    text = only(await talk.say(FLAGSHIP)).text
    assert list(unsafe_wordings(text, KNOWLEDGE)) == []
    assert "start" not in text.lower()
    assert "Ask the doctor" in text


@pytest.mark.parametrize(("told", "band", "value"), TABLE)
async def test_every_row_of_the_lab_table_is_explained(talk: Conversation, told: str, band: str, value: str) -> None:
    reply = only(await talk.say(told))
    assert piece(band) in reply.text
    assert value in reply.text
    assert reply.sources
    (picture,) = reply.pictures
    assert value in pictures.alternative(picture)
    assert list(unsafe_wordings(reply.text, KNOWLEDGE)) == []
    assert words(reply) <= 110
    assert reading_grade(reply.text, KNOWLEDGE) <= 8


@pytest.mark.parametrize("told", ["ferritin 450", "ferritin 1500", "tsat 58 %", "ferritin 480 and tsat 58 %"])
async def test_patient_with_high_iron_is_told_to_have_none(talk: Conversation, told: str) -> None:
    text = only(await talk.say(told)).text
    assert "Please have no iron unless the doctor says so." in text
    assert "if iron treatment would fit" not in text


@pytest.mark.parametrize("told", ["iron 38 tibc 460", "serum iron 6.8 umol/l and tibc 82 umol/l"])
async def test_saturation_is_worked_out_from_iron_and_binding_capacity(talk: Conversation, told: str) -> None:
    reply = only(await talk.say(told))
    assert reply.text.startswith(piece("computed", value="8.3%"))
    assert piece("transferrin_saturation_low") in reply.text


async def test_several_values_are_read_together_in_one_short_answer(talk: Conversation) -> None:
    told = "ferritin 74, tsat 31 %, hb 14.2 g/dl, tsh 1.9, b12 610 pg/ml"
    reply = only(await talk.say(told))
    assert reply.text.count("Taken together") == 1
    assert piece("together_low_stores_no_anaemia") in reply.text
    assert words(reply) <= 130
    assert list(unsafe_wordings(reply.text, KNOWLEDGE)) == []


async def test_two_odd_values_that_have_nothing_in_common_are_both_explained(talk: Conversation) -> None:
    reply = only(await talk.say("ferritin 18 and tsh 5"))
    assert piece("ferritin_low") in reply.text
    assert piece("tsh_high") in reply.text
    assert words(reply) <= 130


async def test_pasted_report_of_eight_lines_is_one_answer_by_the_sheets_own_ranges(talk: Conversation) -> None:
    reply = only(await talk.say(REPORT))
    *values, together = reply.text.split("\n")
    assert len(values) == 8
    assert values[0] == "Ferritin 14 ng/mL: below your lab's own range, 30 to 400."
    assert values[2] == "Haemoglobin 128 g/L (about 12.8 g/dL): inside your lab's own range, 120 to 160."
    assert sum("your lab's own range" in value for value in values) == 7
    assert together == piece("together_low_stores_low_saturation")
    assert "your lab's range (30 to 400 ng/mL)" in pictures.alternative(reply.pictures[0])


async def test_usual_values_do_not_rule_out_restless_legs(talk: Conversation) -> None:
    text = only(await talk.say("ferritin 120, tsat 30 %, tsh 1.9 and creatinine 0.9 mg/dl")).text
    assert piece("together_all_usual") in text


async def test_patient_with_a_test_that_is_not_known_hears_which_ones_are(talk: Conversation) -> None:
    text = only(await talk.say("hba1c 41")).text
    assert text.startswith("I am sorry, I cannot explain HbA1c.")
    for title in ("ferritin", "haemoglobin", "TSH", "vitamin B12", "PLMS index"):
        assert title in text


async def test_value_beside_a_test_that_is_not_known_is_explained_first(talk: Conversation) -> None:
    explained, sorry = await talk.say("vitamin d 14 and ferritin 50")
    assert piece("ferritin_under_line") in explained.text
    assert sorry.text.startswith(piece("other_vitamin_d"))


@pytest.mark.parametrize(
    "told",
    [
        "my ferritin is 18, and could sertraline be making my legs worse",
        "ferritin 18. does zoloft make legs worse?",
    ],
)
async def test_value_beside_a_question_about_a_medicine_is_explained_after_it(talk: Conversation, told: str) -> None:
    medicine, value = await talk.say(told)
    assert "can make restless legs worse in some people" in medicine.text
    assert "Do not stop sertraline" in medicine.text
    assert value.text.startswith("Your ferritin is 18 ng/mL.")


async def test_value_beside_a_question_about_sleep_is_explained_after_it(talk: Conversation) -> None:
    sleep, value = await talk.say("how do i sleep better at night, my ferritin is 18")
    assert sleep.text == catalogue().text("utter_faq/sleep_hygiene")
    assert piece("ferritin_low") in value.text


async def test_number_is_corrected_after_it_was_explained(talk: Conversation) -> None:
    assert piece("ferritin_usual") in only(await talk.say("ferritin 81")).text
    corrected = only(await talk.say("18 not 81, sorry"))
    assert corrected.text.startswith("Your ferritin is 18 ng/mL.")
    assert "81" not in corrected.text
    assert await told_so_far(talk) == "You told me: ferritin 18 ng/mL."


async def test_value_is_read_back_and_compared(talk: Conversation) -> None:
    await talk.say("my ferritin is 18")
    assert only(await talk.say("what was my ferritin?")).text == "You told me: ferritin 18 ng/mL."
    trend = "You told me: ferritin 18 ng/mL. Before, it was 12 ng/mL. So it has gone up."
    assert only(await talk.say("and compared to last month's 12?")).text == trend
    assert only(await talk.say("what was my ferritin?")).text == trend


async def test_value_is_forgotten(talk: Conversation) -> None:
    await talk.say("my ferritin is 18")
    assert only(await talk.say("forget that")).text == piece("forgotten", labs="ferritin")
    assert only(await talk.say("what was my ferritin?")).text == piece("told_none")


@pytest.mark.parametrize(("newer", "trend"), [("40", "trend_up"), ("9", "trend_down"), ("18", "trend_same")])
async def test_newer_value_is_compared_with_the_one_before(talk: Conversation, newer: str, trend: str) -> None:
    await talk.say("my ferritin is 18 ng/ml")
    text = only(await talk.say(f"my ferritin is now {newer}")).text
    assert text.startswith(f"Your ferritin is {newer} ng/mL.")
    assert f"Before, it was 18 ng/mL. {piece(trend)}" in text


async def test_one_test_is_forgotten_and_the_others_are_kept(talk: Conversation) -> None:
    await talk.say("ferritin 18 and tsh 5")
    assert only(await talk.say("forget my tsh")).text == piece("forgotten", labs="TSH")
    assert await told_so_far(talk) == "You told me: ferritin 18 ng/mL."


@pytest.mark.parametrize("forget", ["forget everything", "forget all my results"])
async def test_all_values_are_forgotten(talk: Conversation, forget: str) -> None:
    await talk.say("ferritin 18 and tsh 5")
    await talk.say(forget)
    assert await told_so_far(talk) == piece("told_none")
