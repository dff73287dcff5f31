"""The symptom diary: a night is noted or put right, the diary is shown, handed over, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.clinical.diary.commands import Command, Wish
from stillnight.clinical.diary.days import NightError
from stillnight.clinical.diary.model import Diary, Entry, Night, Severity
from stillnight.clinical.diary.reader import Heard, diary_reader
from stillnight.dialogue import history
from stillnight.dialogue.diary_answers import Said, diary_answers
from stillnight.dialogue.diary_memory import ANSWER, INTENT, PIECE, SLOT, Clock, diary_of, said_before
from stillnight.dialogue.diary_policy import ASK, ASK_CLEAR, KEEP
from stillnight.dialogue.told_memory import numbered

_YES, _NO = "yes", "no"
_SEVERITY = "severity"
_COMMANDS = {command.value: command for command in Command}


class ActionKeepDiary(Action):
    """Do what a message tells the diary or wants of it."""

    def name(self) -> str:
        """Name in the domain."""
        return KEEP

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """One reply; the slot is set even where nothing changed, for what was spoken of last."""
        turn = _Turn(tracker)
        said = turn.taken()
        dispatcher.utter_message(**said.reply.as_message(), utter_action=f"{PIECE}{said.piece}")
        after = turn.diary
        events: list[EventType] = [SlotSet(SLOT, after.as_dict())]
        if after.heard(turn.message):
            # The page for the doctor names messages by their numbers.
            events += [SlotSet(*each) for each in numbered(turn.message, INTENT, tracker.slots, turn.beside).items()]
        return events


class _Turn:
    """One message. diary: as it is so far. beside: what else the message tells."""

    def __init__(self, tracker: Tracker) -> None:
        self.diary = diary_of(tracker.slots)
        self._text = str(tracker.latest_message.get("text") or "")
        event = next(history.heard(tracker.events), {})
        self.message = str(event.get("message_id") or "")
        self._clock = Clock(tracker.slots, event)
        self._button = next(tracker.get_latest_entity_values(ANSWER), None)
        self._intent = str(tracker.latest_message["intent"]["name"])
        self._before = said_before(tracker.events)
        self.beside = ""

    def taken(self) -> Said:
        """Change the diary, and say so."""
        answers = diary_answers()
        if self._button is not None:
            return self._pressed(str(self._button))
        heard = diary_reader().read(self._text)
        self.beside = heard.beside
        if heard.wish:
            return self._wished(heard.wish)
        agrees = self._agrees() if ASK_CLEAR in self._before and not heard.plain else None
        if agrees is not None:
            return self._cleared(agrees)
        if heard.several and not heard.nights:
            return answers.plain("one_at_a_time")
        if heard.owner and heard.owner != self.diary.owner and self.diary.nights:
            return answers.other_person(self.diary)
        if not (heard.plain or heard.tells or (heard.day and heard.corrects)):
            return answers.plain("how")
        if heard.owner:
            self.diary = replace(self.diary, owner=heard.owner)
        return self._told_several(heard.nights) if heard.nights else self._told(heard)

    def _pressed(self, answer: str) -> Said:
        kind, _, step = answer.partition(" ")
        if kind == _SEVERITY and step in {each.value for each in Severity}:
            return self._noted(self.diary.latest or self._clock.night(None), Entry(Severity(step)))
        if kind in (_YES, _NO):
            return self._cleared(kind == _YES)
        return self._wished(Wish(_COMMANDS[kind])) if kind in _COMMANDS else diary_answers().plain("how")

    def _told(self, heard: Heard) -> Said:
        latest = self.diary.latest if not heard.plain and self._before else None
        if heard.grade and not heard.day:
            # “The bad one was two hours.”
            meant = self.diary.day_graded(heard.grade)
            return self._noted(meant, heard.entry) if meant else diary_answers().plain("which")
        try:
            day = latest if latest and not heard.day else self._clock.night(heard.day)
            if latest and heard.not_day:
                return self._renamed(heard, day, self._clock.night(heard.not_day))
        except NightError as error:
            return diary_answers().plain(error.why)
        if heard.adds and heard.day:
            # “And Sunday terrible” is one night more.
            return self._noted(day, heard.entry, amends=False)
        # “No, I meant Friday” moves what was noted; a whole new entry for Friday stands by itself, and something new of
        # a night that is noted already (“sorry, tonight is three hours now”) is told of that one.
        known = bool(heard.entry) and self.diary.of(day) is not None
        moved = bool(latest and heard.day and heard.corrects) and not known
        return self._noted(day, heard.entry, latest is not None, moved=moved)

    def _told_several(self, nights: Sequence[Heard]) -> Said:
        """“Monday bad, Tuesday mild”: all of them, or none when one cannot be taken."""
        try:
            days = [self._clock.night(heard.day) for heard in nights]
        except NightError as error:
            return diary_answers().plain(error.why)
        there = {day: self.diary.of(day) is not None for day in days}
        lost: Night | None = None
        for day, heard in zip(days, nights):
            self.diary, gone = self.diary.told(day, heard.entry, self.message)
            lost = gone or lost
        tell = None if self.diary.full_told else lost
        self.diary = replace(self.diary, full_told=self.diary.full_told or lost is not None)
        return diary_answers().several(self.diary, there, tell)

    def _renamed(self, heard: Heard, day: date, wrong: date) -> Said:
        """“That was Saturday, not Sunday. Sunday I was fine”: one is moved, the other told anew."""
        if self.diary.of(wrong) and self.diary.latest != wrong:
            self.diary = replace(self.diary, latest=wrong, before=None)
        said = self._noted(day, heard.entry, moved=True)
        if heard.then and heard.then.tells and self.diary.of(wrong) is None and self.diary.of(day):
            self.diary, _ = self.diary.told(wrong, heard.then.entry, self.message)
            return diary_answers().both(self.diary, day, wrong)
        return said

    def _noted(self, day: date, entry: Entry, amends: bool = True, moved: bool = False) -> Said:
        there = self.diary.of(day)
        if there and not entry and not moved:
            self.diary = self.diary.about(day)
            return diary_answers().there(there)
        changed = there is not None or moved
        if moved:
            self.diary, gone = self.diary.moved(day, entry, self.message)
        else:
            self.diary, gone = self.diary.told(day, entry, self.message, amends)
        if gone and self.diary.of(day) is None:
            # It is older than all thirty.
            return diary_answers().of_night("full", day)
        tell = gone if gone and not self.diary.full_told else None
        self.diary = replace(self.diary, full_told=self.diary.full_told or gone is not None)
        night = self.diary.of(day)
        unknown = night is None or night.entry.severity is None
        # Asked once: what is still not told stays open.
        ask = unknown and not (ASK in self._before and night is not None)
        return diary_answers().noted(self.diary, day, changed, tell, ask)

    def _wished(self, wish: Wish) -> Said:
        answers = diary_answers()
        if not self.diary.nights:
            return answers.plain("empty")
        if wish.command is Command.SHOW:
            return answers.shown(self.diary)
        if wish.command is Command.EXPORT:
            return answers.exported(self.diary)
        if wish.command is Command.CLEAR:
            return answers.plain(ASK_CLEAR, count=len(self.diary.nights))
        return self._removed(wish)

    def _removed(self, wish: Wish) -> Said:
        try:
            day = self._clock.night(wish.day) if wish.day else self.diary.latest
        except NightError:
            day = None
        if wish.grade:
            day = self.diary.day_graded(wish.grade)
        if day is None:
            return diary_answers().plain("which")
        if self.diary.of(day) is None:
            return diary_answers().of_night("not_found", day)
        self.diary = self.diary.without(day)
        return diary_answers().of_night("removed", day)

    def _agrees(self) -> bool | None:
        agrees = diary_reader().agrees(self._text)
        by_intent = {"affirm": True, "deny": False}.get(self._intent)
        return by_intent if agrees is None else agrees

    def _cleared(self, agrees: bool) -> Said:
        if not agrees:
            return diary_answers().plain("stays")
        self.diary = Diary()
        return diary_answers().plain("cleared")
