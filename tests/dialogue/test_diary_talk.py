"""The symptom diary and real talk: afterthoughts, the wrong day, “the bad one”, and stories of long ago."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest
import time_machine

from tests.dialogue.test_diary import ENTRY, after, diary, facts, night, piece
from tests.dialogue.understood import Talk

pytestmark = pytest.mark.usefixtures("evening")
LAST = "log last night: mild, 30 min"


async def test_a_correction_may_say_why(talk: Talk) -> None:
    await after(talk, ENTRY, "no make it 3 hrs, it started again after")
    assert await facts(talk) == ["bad, 3 hours, “started again after”"]


async def test_another_night_follows_without_the_word_log(talk: Talk) -> None:
    [reply] = await after(talk, ENTRY, "and last night terrible. up from 1 til 4. had wine")
    assert await facts(talk) == ["very bad, 3 hours, “wine”", "bad, 2 hours"] and night(1) in reply.text


async def test_a_night_was_another_and_the_first_is_told_anew(talk: Talk) -> None:
    [reply] = await after(
        talk,
        "log saturday: terrible, 3 hours",
        "oops that was friday not saturday. saturday i was fine",
    )
    days = {each.day.weekday(): each for each in (await diary(talk)).nights}
    assert await facts(talk) and set(days) == {4, 5}
    assert [days[at].entry.hours for at in (4, 5)] == [3, None]
    assert "very bad, 3 hours" in reply.text and "none" in reply.text


async def test_a_night_is_named_by_how_bad_it_was(talk: Talk) -> None:
    await after(talk, "log last night: bad, 3 hours", "log tonight: mild, 1 hour", "the bad one was more like 2 hours")
    assert await facts(talk) == ["bad, 2 hours", "mild, 1 hour"]
    [reply] = await after(talk, "delete the bad one")
    assert night(1) in reply.text and await facts(talk) == ["mild, 1 hour"]


async def test_of_two_bad_nights_it_is_asked_which(talk: Talk) -> None:
    [reply] = await after(talk, "log last night: bad", "log tonight: bad", "delete the bad one")
    assert reply.text == piece("which") and await facts(talk) == ["bad", "bad"]


async def test_a_wish_to_delete_a_night_may_say_why(talk: Talk) -> None:
    await after(talk, "log saturday: bad, wine", "delete the saturday one, my sister might see this")
    assert await facts(talk) == []


@pytest.mark.parametrize("text", ["show me what you have", "show me what ive got"])
async def test_behind_the_diary_it_is_the_diary_that_is_shown(talk: Talk, text: str) -> None:
    assert (await after(talk, ENTRY, text))[0].pictures
    assert not (await after(talk, "my ferritin is 23 ng/mL", text))[0].pictures


async def test_behind_the_diary_it_is_the_diary_that_is_exported(talk: Talk) -> None:
    assert (await after(talk, ENTRY, "export please"))[0].file


@pytest.mark.parametrize(
    "text",
    [
        "I tried cold turkey for 2 nights in the spring and it was the worst 48 hrs of my life",
        "years ago I had terrible nights",
    ],
)
async def test_a_story_of_long_ago_is_no_entry(talk: Talk, text: str) -> None:
    await after(talk, LAST, text)
    assert await facts(talk) == ["mild, 30 min"]


async def test_other_talk_behind_an_entry_is_no_correction(talk: Talk) -> None:
    await after(talk, ENTRY, "and my mum has it bad too, is it inherited?", "the bad news is my doctor left")
    assert await facts(talk) == ["bad, 2 hours"]


async def test_a_correction_of_another_night_that_is_noted_leaves_the_last_one_alone(talk: Talk) -> None:
    await talk.say("log tonight: bad, 2 hours")
    await talk.say("also log last night, that was medium, maybe 40 mins")
    changed = (await talk.say("sorry tonights not over. its now 3 hours, change it"))[0].text
    assert "bad, 3 hours" in changed
    shown = (await talk.say("show my diary"))[0].text
    assert "moderate, 40 min" in shown and "bad, 3 hours" in shown


async def test_several_nights_are_noted_at_once(talk: Talk) -> None:
    [reply] = await after(talk, "log last night: bad, 3 hours and tonight none")
    assert await facts(talk) == ["bad, 3 hours", "none"] and night(1) in reply.text and night(0) in reply.text


async def test_last_night_is_another_to_somebody_awake_at_two(talk: Talk, evening: time_machine.Traveller) -> None:
    evening.move_to(datetime(2026, 11, 23, 2, tzinfo=timezone.utc))
    await after(talk, "log tonight: bad, 2 hours", "last night was mild, 30 min, log it too")
    kept = {each.day: each.entry.hours for each in (await diary(talk)).nights}
    assert kept == {date(2026, 11, 22): 2, date(2026, 11, 21): 0.5}


async def test_in_the_morning_tonight_and_last_night_are_the_night_that_ended(
    talk: Talk, evening: time_machine.Traveller
) -> None:
    evening.move_to(datetime(2026, 11, 23, 8, tzinfo=timezone.utc))
    await after(talk, "log last night: bad, 2 hours")
    assert [each.day for each in (await diary(talk)).nights] == [date(2026, 11, 22)]
    await after(talk, "log tonight: 3 hours")
    assert await facts(talk) == ["bad, 3 hours"]


async def test_a_nought_is_put_right(talk: Talk) -> None:
    [reply] = await after(talk, "log tonight 0", "hmm no, not 0. about 10 minutes")
    assert await facts(talk) == ["10 min"] and reply.choices
