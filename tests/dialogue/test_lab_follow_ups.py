"""What people say behind an explanation of a value: is it bad, whose it is, which unit, and “I will not go”."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.lab_answers import lab_answers

piece = lab_answers().wording.text
EMERGENCY = piece("hemoglobin_dangerously_low")


async def said(talk: Conversation, *messages: str) -> list[Reply]:
    replies: list[Reply] = []
    for message in messages:
        replies = await talk.say(message)
    return replies


def text_of(replies: list[Reply]) -> str:
    return "\n".join(reply.text for reply in replies)


# -- asked once more


@pytest.mark.parametrize("question", ["so is it low?", "what does that mean for my legs", "is that bad", "too low?"])
async def test_question_about_the_value_is_answered_with_the_value(talk: Conversation, question: str) -> None:
    text = text_of(await said(talk, "my ferritin is 18", question))
    assert text.startswith("Ferritin 18 ng/mL") and piece("ferritin_low") in text


async def test_is_it_dangerous_gets_an_answer(talk: Conversation) -> None:
    text = text_of(await said(talk, "my ferritin is 18", "is that dangerous?"))
    assert text.startswith(piece("no_rush"))


async def test_other_question_is_not_taken_for_one_about_the_value(talk: Conversation) -> None:
    assert "18" not in text_of(await said(talk, "my ferritin is 18", "is rls dangerous"))


async def test_high_iron_asked_about_again_leads_to_no_iron(talk: Conversation) -> None:
    replies = await said(talk, "i am a man, ferritin 900", "is that bad")
    assert replies[0].text.startswith("Ferritin 900")
    assert not any("iron" in choice.title.lower() for reply in replies for choice in reply.choices)


# -- an urgent value


@pytest.mark.parametrize(
    "message",
    [
        "ok what should i do",
        "is that dangerous",
        "no i wont go",
        "i dont want to call an ambulance",
        "i cant get to hospital i have 2 kids asleep",
        "can my wife drive me",
        "cant it wait until monday",
    ],
)
async def test_who_hesitates_hears_the_emergency_again(talk: Conversation, message: str) -> None:
    text = text_of(await said(talk, "hb 6.4 g/dl", message))
    assert text.startswith(piece("go_all_the_same")) and EMERGENCY in text
    assert "112" in text


async def test_who_called_is_not_pressed_again(talk: Conversation) -> None:
    text = text_of(await said(talk, "hb 6.4 g/dl", "ok i called them"))
    assert text == catalogue().text("utter_check_in_help_coming")


async def test_plain_danger_behind_an_urgent_value_is_still_heard(talk: Conversation) -> None:
    text = text_of(await said(talk, "hb 6.4 g/dl", "i want to kill myself"))
    assert "crisis" in text.lower() and EMERGENCY not in text


async def test_urgent_value_of_a_daughter_is_not_taken_back(talk: Conversation) -> None:
    text = text_of(await said(talk, "my daughter's hb is 6.4 g/dl"))
    assert EMERGENCY in text and piece("if_child") not in text


async def test_unit_question_says_with_which_unit_it_is_urgent(talk: Conversation) -> None:
    text = text_of(await said(talk, "my hb is 6.8"))
    assert piece("ask_unit_emergency", units="g/dL") in text


# -- put right


@pytest.mark.parametrize("message", ["sorry its my husbands", "my husband", "thats my husband's"])
async def test_value_is_moved_to_somebody_else(talk: Conversation, message: str) -> None:
    assert text_of(await said(talk, "creatinine 110", message)).startswith("Your husband's creatinine is 110 umol/L")


async def test_value_that_is_not_ones_own_is_not_kept_as_such(talk: Conversation) -> None:
    text = text_of(await said(talk, "ferritin 12", "nope that's not mine"))
    assert "Your ferritin" not in text


async def test_test_is_put_right(talk: Conversation) -> None:
    assert "Your transferrin saturation is 22%" in text_of(await said(talk, "ferritin 22", "sorry thats tsat"))


async def test_two_numbers_are_put_right(talk: Conversation) -> None:
    text = text_of(await said(talk, "i am a woman, ferritin 120 and hb 12 g/dl", "other way round"))
    assert "Ferritin 12 ng/mL" in text and "aemoglobin 120" in text


@pytest.mark.parametrize("message", ["no im not pregnant", "no i dont take iron", "no 45 was right"])
async def test_no_does_not_take_a_value_away(talk: Conversation, message: str) -> None:
    await said(talk, "ferritin 45", message)
    assert "45 ng/mL" in text_of(await said(talk, "what was my ferritin?"))


async def test_forget_that_forgets_also_some_turns_later(talk: Conversation) -> None:
    await said(talk, "ferritin 38", "what helps at night?", "forget that")
    assert text_of(await said(talk, "what was my ferritin?")) == piece("told_none")


# -- questions and answers


@pytest.mark.parametrize(("answer", "unit"), [("the first one", "mg/dL"), ("mmol", "mmol/L"), ("its mg/dl", "mg/dL")])
async def test_unit_may_be_told_in_odd_words(talk: Conversation, answer: str, unit: str) -> None:
    assert f"Your magnesium is 1.9 {unit}" in text_of(await said(talk, "magnesium 1.9", answer))


async def test_unit_may_still_be_told_after_i_do_not_know(talk: Conversation) -> None:
    text = text_of(await said(talk, "haemoglobin 8.5", "no idea", "ok the sheet says g/dL"))
    assert "Your haemoglobin is 8.5 g/dL" in text


@pytest.mark.parametrize("why", ["why do you ask?", "why?", "its from the us"])
async def test_reason_of_a_question_is_told_and_it_is_asked_again(talk: Conversation, why: str) -> None:
    first, *rest = await said(talk, "b12 is 180", why)
    assert first.text == piece("why_unit")
    assert [reply.text.split("\n")[0] for reply in rest] == [piece("ask_unit", lab="vitamin B12", value="180")]


async def test_another_test_in_between_takes_no_number(talk: Conversation) -> None:
    text = text_of(await said(talk, "hb 12.5 g/dl", "what is ferritin?"))
    assert "12.5 ng/mL" not in text and piece("ask_group", lab="haemoglobin") in text
    assert "Your haemoglobin is 12.5 g/dL" in text_of(await said(talk, "woman"))


async def test_digits_of_a_name_are_no_answer(talk: Conversation) -> None:
    await said(talk, "hb 9", "is b12 involved")
    assert "Your haemoglobin is 9 g/dL" in text_of(await said(talk, "g/dl"))


async def test_im_a_lady_is_heard_behind_the_explanation(talk: Conversation) -> None:
    text = text_of(await said(talk, "haemoglobin 12.5 g/dl", "rather not say", "im a lady"))
    assert piece("hemoglobin_usual") in text


# -- whose circumstance it is


async def test_dialysis_of_the_husband_is_not_ones_own(talk: Conversation) -> None:
    theirs = text_of(await said(talk, "my husband is on dialysis and his ferritin is 600"))
    assert piece("dialysis_ferritin") in theirs
    own = text_of(await said(talk, "my ferritin is 30"))
    assert piece("dialysis_ferritin") not in own and piece("ferritin_under_line") in own


async def test_age_told_afterwards_changes_what_is_said(talk: Conversation) -> None:
    text = text_of(await said(talk, "my sons ferritin is 20", "hes 12"))
    assert piece("child_ferritin") in text


@pytest.mark.parametrize(("lab", "graded"), [("creatinine 1.0 mg/dl", "creatinine_usual"), ("tsh 4.6", "tsh_high")])
async def test_in_pregnancy_adult_ranges_grade_nothing_but_haemoglobin(
    talk: Conversation, lab: str, graded: str
) -> None:
    text = text_of(await said(talk, f"im pregnant, {lab}"))
    assert piece("pregnancy") in text and piece(graded) not in text and "That is" not in text


# -- two people, a unit, a mark


async def test_two_peoples_numbers_are_two_answers_and_change_places(talk: Conversation) -> None:
    await talk.say("my sister has restless legs too")
    mine, hers = await talk.say("my ferritin 16 hers 52")
    assert mine.text.startswith(piece("value", lab="ferritin", value="16 ng/mL"))
    assert hers.text.startswith(piece("value_of", owner="sister", lab="ferritin", value="52 ng/mL"))
    mine, hers = await talk.say("wait swapped!! mine is 52 and hers is 16")
    assert mine.text.startswith(piece("value", lab="ferritin", value="52 ng/mL"))
    assert hers.text.startswith(piece("value_of", owner="sister", lab="ferritin", value="16 ng/mL"))
    assert "gone" not in mine.text + hers.text


async def test_somebody_who_was_not_named_is_the_other_person(talk: Conversation) -> None:
    text = text_of(await said(talk, "my ferritin 16 hers 52"))
    assert piece("value_of_other", lab="ferritin", value="52 ng/mL") in text


async def test_who_should_worry_more_is_answered_with_both_numbers(talk: Conversation) -> None:
    text = text_of(await said(talk, "my ferritin 16, my husband's 52", "so who should be more worried"))
    assert text.startswith("Ferritin 16 ng/mL") and "Your husband's ferritin 52 ng/mL" in text
    assert text.endswith(piece("compared"))


async def test_childs_value_is_not_graded_as_the_parents(talk: Conversation) -> None:
    await talk.say("My son is 7 and cries every night. Could it be restless legs in a child that young?")
    text = text_of(await said(talk, "They took blood: ferritin 22"))
    assert text.startswith(piece("value_of", owner="son", lab="ferritin", value="22 ng/mL"))
    assert piece("child_ferritin") in text and "usual range" not in text


@pytest.mark.parametrize("unit", ["ng/ml", "it says µg/L on the printout"])
async def test_unit_that_was_taken_for_granted_is_confirmed_in_one_line(talk: Conversation, unit: str) -> None:
    text = text_of(await said(talk, "ferritin 41", unit))
    assert text == piece("unit_same", values="ferritin 41 ng/mL")


async def test_lab_that_marked_nothing_has_another_line(talk: Conversation) -> None:
    text = text_of(await said(talk, "ferritin was 27 ng/ml", "why didn't they flag it"))
    assert text.endswith(piece("no_flag_iron"))


async def test_question_instead_of_an_answer_is_answered(talk: Conversation) -> None:
    text = text_of(await said(talk, "Hb 12.5 g/dL", "Is it ok or on lower side?"))
    assert piece("hemoglobin_usual_or_low") in text


async def test_number_that_is_found_later_is_of_the_test_that_was_asked_about(talk: Conversation) -> None:
    text = text_of(await said(talk, "what is ferritin", "got it now, its 12"))
    assert text.startswith(piece("value", lab="ferritin", value="12 ng/mL"))


async def test_normal_number_per_hour_is_that_of_the_plms_index(talk: Conversation) -> None:
    assert "number of leg jerks per hour" in text_of(await said(talk, "so what number is normal per hour"))
