"""Questions that lean on a medicine or an answer before them: “with wine?”, “can I drive?”, “why not?”."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.content.catalogue import catalogue
from tests.dialogue.understood import Talk

SUDDEN_SLEEP = "fall asleep with no warning"
APOLOGY = catalogue().text("utter_apology")


async def text(talk: Talk, *said: str) -> str:
    """The answer to the last of these messages."""
    replies: list[Reply] = []
    for each in said:
        replies = await talk.say(each)
    (reply,) = replies
    assert reply.text != APOLOGY
    return reply.text


@pytest.mark.parametrize(
    "said",
    [
        ("gabapentin", "with wine?"),
        ("gabapentin", "can i drink on it"),
        ("clonazepam", "can i drink on it"),
        ("i take oxycodone 10 mg at night", "thanks", "can i have a drink with it"),
        ("can i drink alcohol on pregabalin",),
    ],
)
async def test_alcohol_with_a_medicine_is_warned_of(talk: Talk, said: tuple[str, ...]) -> None:
    answer = await text(talk, *said)
    assert answer.startswith("Be careful: ")
    assert "with alcohol" in answer or "with wine" in answer


async def test_alcohol_with_a_dopamine_agonist_is_answered_for_it(talk: Talk) -> None:
    answer = await text(talk, "can i drink alcohol on ropinirole")
    assert "sleepy and unsteady with ropinirole" in answer
    assert "Be careful" not in answer


async def test_question_about_wine_and_the_legs_is_about_wine(talk: Talk) -> None:
    replies = await talk.say("can wine make my legs worse")
    assert "Be careful" not in replies[0].text


async def test_medicines_looked_at_one_after_the_other_are_no_pair(talk: Talk) -> None:
    assert "Be careful" not in await text(talk, "oxycodone", "and pregabalin")


@pytest.mark.parametrize(
    "said",
    [
        ("can i drive on ropinirole",),
        ("ropinirole", "can i drive"),
        ("am a lorry driver with rls and ropinirole",),
        ("pramipexole", "i operate a crane"),
    ],
)
async def test_driving_on_a_dopamine_agonist_tells_of_sudden_sleep(talk: Talk, said: tuple[str, ...]) -> None:
    answer = await text(talk, *said)
    assert SUDDEN_SLEEP in answer
    assert "do not drive" in answer


async def test_driving_on_a_sedating_medicine_tells_of_drowsiness(talk: Talk) -> None:
    answer = await text(talk, "can i drive on pregabalin")
    assert "Pregabalin can make people drowsy" in answer
    assert SUDDEN_SLEEP not in answer


async def test_driving_on_what_has_no_warning_is_not_waved_through(talk: Talk) -> None:
    answer = await text(talk, "can i drive on metformin")
    assert "I know of no warning" in answer and "do not drive" in answer


async def test_addiction_is_answered_for_the_medicine_before(talk: Talk) -> None:
    answer = await text(talk, "buprenorphine", "is it addictive")
    assert "depend on buprenorphine" in answer and "Do not stop buprenorphine suddenly" in answer


async def test_side_effects_are_those_of_the_medicine_before(talk: Talk) -> None:
    assert await text(talk, "ropinirole", "side effects?") == catalogue().text("utter_more_dopamine_agonists")
    assert "Of sertraline, I know only" in await text(talk, "sertraline", "side effects?")


async def test_which_one_means_those_told_before(talk: Talk) -> None:
    answer = await text(talk, "mirtazapine, pregabalin", "which one is worse")
    assert answer == catalogue().text("utter_detail_which_worse")


async def test_is_it_making_me_worse_means_the_medicine_before(talk: Talk) -> None:
    answer = await text(talk, "on ropinirole", "is it making me worse")
    assert answer.startswith("Ropinirole") and "start earlier" in answer


async def test_better_or_worse_is_a_check(talk: Talk) -> None:
    assert (await text(talk, "is my tramadol making it better or worse")).startswith("Tramadol may make")


async def test_children_in_general_hear_what_is_for_children(talk: Talk) -> None:
    assert (await text(talk, "can kids take gabapentin")) == catalogue().varied["utter_faq/alpha2delta", "child"].text
    # … and nothing of it is remembered of the person.
    assert await text(talk, "does magnesium help") == catalogue().text("utter_faq/magnesium")


async def test_dose_stays_refused_and_why_not_is_answered(talk: Talk) -> None:
    assert await text(talk, "gabapentin", "how much should i take") == catalogue().text("utter_dose_request")
    assert await text(talk, "why not") == catalogue().text("utter_why_no_dose")


async def test_why_not_without_a_refusal_is_as_before(talk: Talk) -> None:
    assert await text(talk, "what is rls", "why not") != catalogue().text("utter_why_no_dose")


async def test_how_do_i_know_means_the_topic_before(talk: Talk) -> None:
    signs = catalogue().text("utter_signs_of_augmentation")
    assert await text(talk, "what is augmentation", "how do i know if i have it") == signs
    assert await text(talk, "what is rls", "how do i know if i have it") != signs


async def test_how_late_means_the_coffee_before(talk: Talk) -> None:
    late = catalogue().text("utter_when_caffeine")
    assert await text(talk, "does coffee make it worse", "how late can i have one") == late


async def test_how_late_is_not_what_is_for_others_in_pregnancy(talk: Talk) -> None:
    await talk.say("im 30 weeks pregnant and my legs wont rest")
    answer = await text(talk, "does coffee make restless legs worse", "how late can i have one")
    assert answer != catalogue().text("utter_when_caffeine")


async def test_danger_beside_a_medicine_is_still_danger(talk: Talk) -> None:
    await talk.say("ropinirole")
    replies = await talk.say("i fell asleep at the wheel driving home")
    assert replies[0].text.startswith(catalogue().text("utter_red_flag/sudden_sleep_driving"))


async def test_stop_stays_a_stop(talk: Talk) -> None:
    assert "Please do not stop" in await text(talk, "i stopped my ropinirole so i can drive")


async def test_simpler_words_are_fewer_and_keep_the_warning(talk: Talk) -> None:
    before = await text(talk, "ropinirole")
    answer = await text(talk, "in simple words")
    assert answer.startswith("In short: ") and len(answer) < len(before)
    assert "Do not stop it suddenly" in answer
    assert await text(talk, "what is rls", "say that again") == catalogue().text("utter_faq/what_is_rls")


async def test_child_who_kicks_is_no_bed_partner(talk: Talk) -> None:
    await talk.say("my daughter is 8")
    answer = await text(talk, "she kicks")
    assert answer != catalogue().text("utter_faq/partner") and "child" in answer


async def test_test_asked_about_while_another_question_is_open_takes_the_number(talk: Talk) -> None:
    for said in ("my ferritin is 250", "and tsat?"):
        await talk.say(said)
    told = "\n".join(reply.text for reply in await talk.say("its 38"))
    assert "transferrin saturation is 38%" in told
    explained = "\n".join(reply.text for reply in await talk.say("a woman"))
    assert "ferritin is 250 ng/mL" in explained


async def test_ferritin_below_the_line_does_not_begin_as_usual(talk: Talk) -> None:
    answer = await text(talk, "ferritin came back normal at 45 and doc says thats fine but im up every night")
    first = answer.splitlines()[0]
    assert first.startswith("Your ferritin is 45 ng/mL. For restless legs, that is on the low side")


async def test_topic_asked_about_in_other_words_gets_its_second_part(talk: Talk) -> None:
    first = await text(talk, "I am pregnant and my legs never rest")
    second = await text(talk, "never had this before the pregnancy")
    assert second == catalogue().text("utter_more_pregnancy") != first
    # The second part is no last word: who asks once more reads the first again.
    assert await text(talk, "restless legs when pregnant, why") != second


async def test_same_words_again_get_the_same_answer(talk: Talk) -> None:
    first = await text(talk, "what is restless legs syndrome")
    assert await text(talk, "What is restless legs syndrome ") == first


async def test_what_is_told_in_passing_is_heard_kindly(talk: Talk) -> None:
    answer = await text(talk, "My granddaughter put this on the telephone for me. I hope I am doing it correctly.")
    assert answer == catalogue().text("utter_out_of_scope/aside")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("how much gabapentin should i take", "what is the usual range then"), "dose_cross"),
        (("how much gabapentin should i take", "i asked you what dose"), "dose_cross"),
        (("you are useless", "sorry for snapping at you"), "sorry_said"),
        (("my feet burn all day", "walking makes them worse", "can i have both?"), "can_have_both"),
        (("do i have restless legs", "so you mean i dont have ms"), "not_ruled_out"),
        (("what is restless legs", "im 29"), "age_told"),
        (("why do my legs tingle", "no numbness no weakness"), "all_clear"),
    ],
)
async def test_feeling_or_fact_told_on_the_way_is_taken_up(talk: Talk, said: tuple[str, ...], answer: str) -> None:
    assert await text(talk, *said) == catalogue().text(f"utter_detail_{answer}")


async def test_cleared_worry_takes_no_danger_back(talk: Talk) -> None:
    answer = await text(talk, "my calf is hot and swollen since this morning", "no weakness, not numb")
    assert answer != catalogue().text("utter_detail_all_clear")
