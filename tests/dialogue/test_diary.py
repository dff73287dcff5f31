"""The symptom diary in a conversation: told, put right, shown, handed over, deleted, with other things in between."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from rasa.shared.core.events import SlotSet

from stillnight.channels.message import Reply
from stillnight.clinical.diary.chart import NightChart
from stillnight.clinical.diary.days import tonight
from stillnight.clinical.diary.model import NIGHTS_MOST, Diary, Entry, Severity
from stillnight.clinical.visit_summary.sheet_text import as_text
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.diary_answers import diary_answers
from stillnight.dialogue.diary_memory import SLOT, diary_of
from tests.dialogue.test_symptom_check import START, asks
from tests.dialogue.test_symptom_check_between import a_day_passes
from tests.dialogue.understood import Talk

pytestmark = pytest.mark.usefixtures("evening")
ENTRY = "log tonight: bad, 2 hours"


async def after(talk: Talk, *messages: str) -> list[Reply]:
    replies: list[Reply] = []
    for message in messages:
        replies = await talk.say(message)
    return replies


async def diary(talk: Talk) -> Diary:
    """As it is kept."""
    tracker = await talk.agent.tracker_store.retrieve(talk.sender)
    assert tracker is not None
    return diary_of(tracker.current_slot_values())


async def facts(talk: Talk) -> list[str]:
    """What is kept of each night, in words."""
    return [diary_answers().facts(night.entry) for night in (await diary(talk)).nights]


def night(back: int = 0) -> str:
    """How a night is named, so many before the newest."""
    return diary_answers().night(tonight(datetime.now(timezone.utc)) - timedelta(days=back))


def piece(name: str) -> str:
    return catalogue().text(f"utter_diary_{name}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENTRY, "bad, 2 hours"),
        ("diary: none", "none"),
        ("put tonight in my diary, terrible, 3 hrs", "very bad, 3 hours"),
        ("note tonight: not too bad", "mild"),
        ("lgo tonigth trrible 3hrs slep 4h", "very bad, 3 hours, slept 4 hours"),
    ],
)
async def test_night_is_noted_and_named(talk: Talk, text: str, expected: str) -> None:
    [reply] = await after(talk, text)
    assert night() in reply.text and expected in reply.text
    assert await facts(talk) == [expected]


async def test_severity_is_asked_once_and_answered_in_words_or_by_button(talk: Talk) -> None:
    [reply] = await after(talk, "log tonight 2 hours")
    assert [choice.title for choice in reply.choices] == ["None", "Mild", "Moderate", "Bad", "Very bad"]
    await talk.choose(reply.choices[4])
    assert await facts(talk) == ["very bad, 2 hours"]
    [reply] = await after(talk, "delete my diary", "yes", "log tonight")
    assert reply.choices and await facts(talk) == []
    await after(talk, "bad")
    assert await facts(talk) == ["bad"]


async def test_hours_answer_the_question_too_and_it_is_not_asked_again(talk: Talk) -> None:
    [reply] = await after(talk, "log tonight", "2 hours")
    assert await facts(talk) == ["2 hours"] and piece("ask").split("{")[0] not in reply.text


async def test_something_else_after_the_question_is_answered_as_usual(talk: Talk) -> None:
    replies = await after(talk, "log tonight", "what is plmd?")
    assert replies[0].text == catalogue().text("utter_faq/what_is_plmd")
    assert await facts(talk) == []


async def test_correction_right_after_it_changes_the_night(talk: Talk) -> None:
    [reply] = await after(talk, ENTRY, "no, it was mild")
    assert await facts(talk) == ["mild, 2 hours"] and night() in reply.text
    await after(talk, "slept 5 hours")
    assert await facts(talk) == ["mild, 2 hours, slept 5 hours"]
    await after(talk, "no, i meant the night before last")
    [moved] = (await diary(talk)).nights
    assert moved.day == datetime.now(timezone.utc).date() - timedelta(days=2)


@pytest.mark.parametrize(("text", "why"), [("log tomorrow: bad", "future"), ("log 90 days ago: bad", "too_old")])
async def test_night_that_cannot_be_is_not_noted(talk: Talk, text: str, why: str) -> None:
    [reply] = await after(talk, text)
    assert reply.text == piece(why) and await facts(talk) == []


async def test_diary_is_shown_with_its_chart(talk: Talk) -> None:
    [reply] = await after(talk, ENTRY, "log the night before last: none, slept 7h", "show my diary")
    assert "none 1, bad 1" in reply.text and f"{night()}: bad, 2 hours" in reply.text
    [chart] = reply.pictures
    assert isinstance(chart, NightChart) and [step for _, step in chart.nights] == [0, 3]
    assert piece("doctor") in reply.text
    assert (await after(talk, "how were my nights?"))[0].pictures == reply.pictures


async def test_empty_diary_says_how_to_begin(talk: Talk) -> None:
    assert [reply.text for reply in await after(talk, "show my diary")] == [piece("empty")]


async def test_diary_is_handed_over_as_a_table(talk: Talk) -> None:
    [reply] = await after(talk, "log tonight: bad, 2 hours, tea at 9", "export csv")
    assert reply.file is not None and reply.file.name == "diary.csv"
    assert '"bad","2","","tea at 9"' in reply.file.text


async def test_one_night_is_deleted_and_all_only_after_a_yes(talk: Talk) -> None:
    await after(talk, ENTRY, "log the night before last: mild")
    [reply] = await after(talk, "delete the entry for tonight")
    assert night() in reply.text and await facts(talk) == ["mild"]
    [reply] = await after(talk, "delete my diary", "no")
    assert reply.text == piece("stays") and await facts(talk) == ["mild"]
    [reply] = await after(talk, "delete my diary", "yes, delete it")
    assert reply.text == piece("cleared") and await facts(talk) == []


async def test_day_alone_means_a_night_that_is_there(talk: Talk) -> None:
    weekday = f"{tonight(datetime.now(timezone.utc)):%A}".lower()
    assert not any(piece("removed")[:8] in reply.text for reply in await after(talk, f"remove {weekday}"))
    [reply] = await after(talk, ENTRY, f"remove {weekday}")
    assert night() in reply.text and await facts(talk) == []


async def test_question_beside_an_entry_is_answered_and_the_night_noted(talk: Talk) -> None:
    replies = await after(talk, "log tonight bad, should i stop my ropinirole")
    assert len(replies) == 2 and night() in replies[1].text
    assert "ropinirole" in replies[0].text.lower() and await facts(talk) == ["bad"]


async def test_lab_value_beside_an_entry_is_explained(talk: Talk) -> None:
    replies = await after(talk, "log tonight bad, ferritin was 12 ng/mL")
    text = "\n".join(reply.text for reply in replies)
    assert night() in text and "Your ferritin is 12 ng/mL" in text


async def test_danger_comes_first(talk: Talk) -> None:
    replies = await after(talk, "log tonight: bad, i want to kill myself")
    assert replies[0].urgent and await facts(talk) == []


async def test_night_between_the_questions_of_a_check_and_its_answers_stay_its_own(talk: Talk) -> None:
    replies = await after(talk, START, ENTRY)
    assert night() in replies[0].text and asks(replies, "urge")
    await after(talk, "yes", "yes", "a bit")
    assert await facts(talk) == ["bad, 2 hours"]


async def test_diary_is_of_one_person(talk: Talk) -> None:
    [reply] = await after(talk, "log tonight for my mum: bad")
    assert "mum" in reply.text
    await after(talk, "delete my diary", "yes")
    [reply] = await after(talk, ENTRY, "log last night for my mum: bad")
    assert await facts(talk) == ["bad, 2 hours"] and reply.text.startswith(piece("other_person").split("{")[0])


async def test_thirty_nights_are_kept_and_it_is_said_once(talk: Talk) -> None:
    tracker = await talk.agent.tracker_store.retrieve(talk.sender)
    assert tracker is not None
    full, newest = Diary(), tonight(datetime.now(timezone.utc))
    for back in range(2, NIGHTS_MOST + 2):
        full, _ = full.told(newest - timedelta(days=back), Entry(Severity.MILD), "")
    tracker.update(SlotSet(SLOT, full.as_dict()))
    await talk.agent.tracker_store.save(tracker)
    let_go = piece("let_go").split("{")[0]
    [first] = await after(talk, ENTRY)
    [second] = await after(
        talk, "log last night: none" if newest == datetime.now(timezone.utc).date() else "log two nights ago: none"
    )
    assert let_go in first.text and night(NIGHTS_MOST + 1) in first.text and let_go not in second.text
    [shown] = await after(talk, "show my diary")
    [chart] = shown.pictures
    assert isinstance(chart, NightChart) and len(chart.nights) == NIGHTS_MOST


async def test_nights_are_on_the_page_for_the_doctor_with_their_messages(talk: Talk) -> None:
    replies = await after(
        talk,
        "I take sertraline 50 mg",
        ENTRY,
        "log the night before last: mild",
        "download my diary",
        "make me a note for my doctor",
    )
    sheet = next(reply.sheet for reply in replies if reply.sheet)
    assert "2 nights noted" in as_text(sheet) and "mild 1, bad 1" in as_text(sheet)
    [row] = next(part.rows for part in sheet.parts if part.name == "nights")
    assert row.sources == (2, 3) and row.chart is not None and len(row.chart.nights) == 2
    # Its words are not quoted a second time.
    assert "log tonight" not in as_text(sheet) and "download" not in as_text(sheet)


async def test_diary_outlives_a_session_and_not_the_conversation(talk: Talk) -> None:
    await after(talk, ENTRY)
    await a_day_passes(talk)
    assert await facts(talk) == ["bad, 2 hours"]
    # The night of before is not the one that is spoken of now.
    await after(talk, "no, it was mild")
    assert await facts(talk) == ["bad, 2 hours"]
