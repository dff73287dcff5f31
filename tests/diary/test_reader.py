"""What people type for the diary, and what is read of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stillnight.clinical.diary.amounts import HOURS_MOST
from stillnight.clinical.diary.commands import Command
from stillnight.clinical.diary.days import Kind
from stillnight.clinical.diary.model import Severity
from stillnight.clinical.diary.reader import Heard, diary_reader
from stillnight.clinical.diary.said import NOTE_MOST

NONE, MILD, MODERATE, BAD, VERY_BAD = Severity


def read(text: str) -> Heard:
    return diary_reader().read(text)


@pytest.mark.parametrize(
    ("text", "severity", "hours", "slept", "note"),
    [
        ("log tonight: bad, 2 hours", BAD, 2, None, ""),
        ("log last night mild 30 min slept 5h", MILD, 0.5, 5, ""),
        ("diary: none", NONE, None, None, ""),
        ("log tonight: bad, no patch", BAD, None, None, "no patch"),
        ("log tonight bad, not much coffee", BAD, None, None, "not much coffee"),
        ("log tonight: bad, legs and arms", BAD, None, None, "legs and arms"),
        ("log tonight good, 0", NONE, 0, None, "good"),
        ("log tonight mild, woke at 0:30", MILD, None, None, "woke at 0:30"),
        ("back to the diary - last night was bad, 1.5 hrs, tramadol", BAD, 1.5, None, "tramadol"),
        ("log 20 nov: really bad, from 11 to 2", VERY_BAD, 3, None, ""),
        ("put tonight in my diary, terrible, 3 hrs", VERY_BAD, 3, None, ""),
        ("note tonight: not too bad", MILD, None, None, ""),
        ("lgo tonigth trrible 3hrs", VERY_BAD, 3, None, ""),
        ("log tonite realy bad 2 n half hrs", VERY_BAD, 2.5, None, ""),
        ("Log Monday night: moderate, an hour and a half, two coffees after lunch", MODERATE, 1.5, None,
         "two coffees after lunch"),
        ("log tonight 2½ hours", None, 2.5, None, ""),
        ("log tonight: awful, 11pm-2:30am, no sleep at all", VERY_BAD, 3.5, 0, ""),
        ("log tonight mild 5 hours of sleep", MILD, None, 5, ""),
        ("log tonight bad, couldn't sleep for 3 hours", BAD, 3, None, ""),
        ("log tonight bad, took 2 hours to fall asleep", BAD, 2, None, ""),
        ("log tonight none, slept badly", NONE, None, None, "slept badly"),
        ("log tonight: strong coffee, 2 hours", None, 2, None, "strong coffee"),
        ("log tonight a bit later than usual", None, None, None, "bit later than usual"),
        ("log tonight wasn't bad, 1h30", MILD, 1.5, None, ""),
        ("log tonight 9/10", None, None, None, "9/10"),
        ("log tonight bad for 40 hours", BAD, None, None, "40 hours"),
        ("last night was terrible 3 hours, put it in my diary", VERY_BAD, 3, None, ""),
    ],
)  # fmt: skip
def test_entry_is_read_and_nothing_is_made_up(
    text: str, severity: Severity | None, hours: float | None, slept: float | None, note: str
) -> None:
    heard = read(text)
    assert heard.plain and heard.wish is None
    entry = heard.entry
    assert (entry.severity, entry.hours, entry.slept, entry.note) == (severity, hours, slept, note)


@pytest.mark.parametrize(
    "text",
    [
        "my legs are worse at night",
        "legs were terrible last night",
        "should i keep a sleep diary",
        "sleep diary: 9pm bath, 10pm bed, 11pm legs, 12 asleep",
        "log off",
        "how do i log in",
        "add that I tried magnesium",
        "note that my legs crawl at night",
        "log: ferritin 20",
        "delete my data",
        "take the sertraline out",
        "is it bad to skip a night",
        "it is my phone, if i put it down there is nothing but my legs",
        "",
        "???",
    ],
)
def test_other_messages_are_not_for_the_diary(text: str) -> None:
    heard = read(text)
    assert not heard.plain and heard.wish is None


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("log tonight bad", Kind.TONIGHT, 0),
        ("log last night bad", Kind.AGO, 1),
        ("log yesterday: bad", Kind.AGO, 1),
        ("log the night before last: bad", Kind.AGO, 2),
        ("log two nights ago: bad", Kind.AGO, 2),
        ("log sat: bad", Kind.WEEKDAY, 5),
        ("log for last monday, bad", Kind.WEEKDAY, 0),
        ("log 20 nov bad", Kind.DATE, 20),
        ("log november 20th: bad", Kind.DATE, 20),
        ("log 2026-11-20: bad", Kind.DATE, 20),
        ("log the 20th: bad", Kind.MONTH_DAY, 20),
        ("log tomorrow: bad", Kind.FUTURE, 0),
    ],
)
def test_night_is_found(text: str, kind: Kind, number: int) -> None:
    day = read(text).day
    assert day is not None and (day.kind, day.number) == (kind, number)


@pytest.mark.parametrize(
    "text", ["log: bad, worse than monday", "diary: mild, i sat up a lot", "log: bad since friday"]
)
def test_words_that_are_no_night_of_their_own_are_left_alone(text: str) -> None:
    assert read(text).day is None


@pytest.mark.parametrize(
    ("text", "command", "kind"),
    [
        ("show my diary", Command.SHOW, None),
        ("how were my nights?", Command.SHOW, None),
        ("please delete my diary", Command.CLEAR, None),
        ("delete everything in my diary", Command.CLEAR, None),
        ("delete last night's entry", Command.REMOVE, Kind.AGO),
        ("remove monday", Command.REMOVE, Kind.WEEKDAY),
        ("delete the entry for 20 nov", Command.REMOVE, Kind.DATE),
        ("delete the last entry", Command.REMOVE, None),
        ("delete the saturday one, my sister might see this", Command.REMOVE, Kind.WEEKDAY),
        ("delete the bad one", Command.REMOVE, None),
        ("show me what ive got", Command.SHOW, None),
        ("export please", Command.EXPORT, None),
        ("download my diary", Command.EXPORT, None),
        ("export csv", Command.EXPORT, None),
        ("can you send me my diary as a file", Command.EXPORT, None),
    ],
)
def test_wish_is_heard(text: str, command: Command, kind: Kind | None) -> None:
    wish = read(text).wish
    assert wish is not None and wish.command is command
    assert (wish.day.kind if wish.day else None) is kind


@pytest.mark.parametrize(
    ("text", "severity", "hours", "note"),
    [
        ("the bad one was more like 2 hours", BAD, 2, ""),
        ("that mild night lasted 2 hours", MILD, 2, ""),
        ("it was 2 hours, like ants in my legs", None, 2, "like ants"),
        ("the bad news is 2 hours old", None, 2, "news is 2 hours old"),
    ],
)
def test_a_night_is_named_by_how_bad_it_was(text: str, severity: Severity | None, hours: float, note: str) -> None:
    heard = read(text)
    assert (heard.grade, heard.entry.hours, heard.entry.note) == (severity, hours, note)


@pytest.mark.parametrize(
    ("text", "day", "not_day"),
    [
        ("oops that was saturday not sunday. sunday i was fine", 5, 6),
        ("no, i meant monday, not friday", 0, 4),
        ("log saturday, not bad", 5, None),
        ("it was saturday, not the worst", 5, None),
    ],
)
def test_a_day_in_place_of_another(text: str, day: int, not_day: int | None) -> None:
    heard = read(text)
    assert heard.day is not None and heard.day.number == day
    assert (heard.not_day.number if heard.not_day else None) == not_day


@pytest.mark.parametrize("text", ["my nights were awful years ago", "in the spring i wrote down every terrible night"])
def test_a_story_of_long_ago_is_known_as_such(text: str) -> None:
    assert read(text).past and not read(f"log tonight: bad, {text}").past


def test_question_beside_an_entry_is_no_note() -> None:
    heard = read("log tonight bad, should i stop my ropinirole")
    assert heard.plain and heard.asks and heard.entry.note == "" and heard.beside == "should i stop my ropinirole"


@pytest.mark.parametrize(("text", "owner"), [("log tonight for my mum: bad", "mum"), ("log mums night bad", "mum"),
                                             ("log tonight for 3 hours", ""), ("log my night bad", "")])  # fmt: skip
def test_somebody_elses_night_is_known_as_such(text: str, owner: str) -> None:
    assert read(text).owner == owner


@given(st.text(max_size=200))
@example("log " + "9" * 190)
@example("log tonight ½⁄0 hours 1/0 h 99:99 to 88")
@settings(max_examples=150, deadline=None)
def test_anything_can_be_read(text: str) -> None:
    entry = read(text).entry
    for hours in (entry.hours, entry.slept):
        assert hours is None or 0 <= hours <= HOURS_MOST
    assert len(entry.note) <= NOTE_MOST


_HOW_BAD = st.sampled_from([("none", NONE), ("mild", MILD), ("moderate", MODERATE), ("bad", BAD), ("awful", VERY_BAD)])
_HOURS = st.integers(1, 12)


@given(_HOW_BAD, _HOURS, _HOURS, st.sampled_from(["log", "diary:", "please log"]), st.permutations(range(3)))
@settings(max_examples=80, deadline=None)
def test_order_of_what_is_told_does_not_matter(
    bad: tuple[str, Severity], hours: int, slept: int, lead: str, order: list[int]
) -> None:
    parts = [bad[0], f"{hours} hours", f"slept {slept} hours"]
    entry = read(f"{lead} tonight, {', '.join(parts[place] for place in order)}").entry
    assert (entry.severity, entry.hours, entry.slept) == (bad[1], hours, slept)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4 sory its gona be 4", 4.0),
        ("sorry, 4", 4.0),
        ("actually make it 2", 2.0),
        ("4", None),
        ("sorry 4 or 5", None),
        ("sorry i am 40", None),
        ("sorry, ferritin 4", None),
    ],
)
def test_bare_number_with_a_sorry_corrects_the_hours(text: str, hours: float | None) -> None:
    heard = read(text)
    assert heard.entry.hours == hours
    assert hours is None or (heard.corrects and heard.opens and not heard.plain)


@pytest.mark.parametrize(
    ("text", "nights"),
    [
        ("log monday: bad, 2 hours, tuesday mild, wednesday none", [(BAD, 2), (MILD, None), (NONE, None)]),
        ("log last night bad 3 hours and tonight mild 20 min", [(BAD, 3), (MILD, 0.33)]),
        ("log bad on monday, mild on tuesday", [(BAD, None), (MILD, None)]),
        ("log sunday mild, had a bath on saturday", []),
        ("log tonight: bad, worse than monday", []),
    ],
)
def test_several_nights_are_told_apart(text: str, nights: list[tuple[Severity, float | None]]) -> None:
    assert [(night.entry.severity, night.entry.hours) for night in read(text).nights] == nights


@pytest.mark.parametrize("text", ["can I get it out as a file or something to print", "can i print it"])
def test_a_file_is_wanted_in_other_words(text: str) -> None:
    wish = read(text).wish
    assert wish and wish.command is Command.EXPORT and not wish.named


@pytest.mark.parametrize(
    ("text", "hours"), [("hmm no, not 0. about 10 minutes", 0.17), ("tonight should be 3 hours not 2", 3)]
)
def test_a_wrong_number_is_put_right(text: str, hours: float) -> None:
    heard = read(text)
    assert heard.corrects and heard.pure and heard.entry.hours == hours
