"""Danger that a message has only by what was said before it, and what the model adds to the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.check_in import CheckIn
from stillnight.clinical.emergency import Answer, Safety
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.red_flags.finder import RedFlag, RedFlagFinder
from stillnight.clinical.visit_summary.commands import is_change
from stillnight.dialogue.details import detail_asked
from stillnight.dialogue.history import is_about_labs, medicines_at_hand
from stillnight.dialogue.lab_memory import presses_on
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT
from stillnight.dialogue.summary_memory import edits_of
from stillnight.nlu.labels import RED_FLAG
from stillnight.nlu.second_net import DANGER
from stillnight.safety.record import earlier_words, last_words, messages_since_danger
from stillnight.safety.turn import Turn

# For so many messages “it came back” speaks of an emergency that was closed.
_SOON: Final = 6
_AKATHISIA: Final = "akathisia"
# Kinds of medicine after which restlessness all day may be akathisia, and how many messages back one may be named.
BLOCKS_DOPAMINE: Final = frozenset({"antipsychotic", "dopamine_blocking_anti_sickness"})
_MEDICINE_NEAR: Final = 2
# Distance from the second net's border up to which words that are known outweigh it: of dangers that it alone hears in
# tests one in fourteen lies nearer, of false alarms seven in ten.
_FAINT: Final = 2.0


@dataclass(frozen=True)
class Background:
    """Reads a message in the light of the conversation. door: the words with which a doubted danger is left open."""

    finder: RedFlagFinder
    check_in: CheckIn
    door: str

    def of_the_open(self, safety: Safety, turn: Turn) -> tuple[RedFlag, ...]:
        """What rules found, read beside an open danger.

        What is only a sign of it and is asked on about (grey lips in an overdose, and no drooping face) is put down to
        it; what was found since (“they think he took two, he is home”) is no danger of now.
        """
        now, flags = safety.open, turn.flags
        if now is None or not now.certain or not flags:
            return flags
        text = turn.message.text or ""
        if {flag.name for flag in flags} <= {now.category, *now.before} and self.check_in.reported(text):
            return ()
        signs = self.finder.signs_of(now.category) if self.finder.asked_on(text, (now.category,)) else frozenset()
        own = (self.finder.flag(now.category) if flag.name in signs else flag for flag in flags)
        return tuple({flag.name: flag for flag in own}.values())

    def still_open(self, safety: Safety, turn: Turn, tracker: DialogueStateTracker) -> tuple[RedFlag, ...]:
        """A danger of before that this message speaks of without naming it: “it came back”, “can i rub it”."""
        text = turn.message.text or ""
        if turn.pressed:
            return ()
        # Nearly every message has nothing behind it: then nothing is read.
        if (safety.open or safety.closed) and self.check_in.returns(text):
            if safety.open:
                answered = self.check_in.answer(text) is not None
                return () if answered else (self.finder.flag(safety.open.category),)
            if safety.closed and messages_since_danger(tracker) <= _SOON:
                return (self.finder.flag(safety.closed),)
        if safety.open and self.check_in.answer(text) in (None, Answer.SAFE, Answer.UNSAFE, Answer.ASKS_THEM):
            # “Should I make him vomit?”, “he seems fine” tell that it goes on.
            goes_on = self.finder.asked_on(text, (safety.open.category,))
            if goes_on:
                return (goes_on,)
        if safety.open is None or self.check_in.answer(text) in (None, Answer.ASKS_THEM):
            behind = self.finder.behind(text, tracker.get_slot(CIRCUMSTANCES_SLOT) or (), earlier_words(tracker))
            if behind:
                return behind
        doubted = safety.doubted if last_words(tracker) == self.door else None
        answer = self.check_in.answer(text) if doubted else None
        # “They did not give me the pregabalin. Was that all right?” is a question.
        if doubted and (answer is Answer.YES or (answer is Answer.UNSAFE and "?" not in text)):
            return (self.finder.flag(doubted),)
        told = safety.told if safety.open is None else ()
        asked_on = self.finder.asked_on(text, told) if told and not self.settles(safety, turn) else None
        if asked_on:
            return (asked_on,)
        certain = safety.open is not None and safety.open.certain
        return () if certain else self._restless(text, tracker)

    def settles(self, safety: Safety, turn: Turn) -> bool:
        """Whether the message tells that the dangers told for the same day are over: “no clot, home now”."""
        return bool(safety.told) and not turn.pressed and self.check_in.afterwards(turn.message.text or "")

    def _restless(self, text: str, tracker: DialogueStateTracker) -> tuple[RedFlag, ...]:
        """“Now he cannot sit still all day”, behind a message that named a medicine which blocks dopamine."""
        if not talk().is_restless(text):
            return ()
        events = [{"event": "user"}, *(event.as_dict() for event in tracker.events)]
        at_hand = medicines_at_hand([*events[1:], events[0]], within=_MEDICINE_NEAR)
        kinds = {name for name in at_hand if name in BLOCKS_DOPAMINE}
        known = (medicine_finder().register.medicines.get(name) for name in at_hand)
        kinds |= {entry.kind.key for entry in known if entry and entry.kind.key in BLOCKS_DOPAMINE}
        return (self.finder.flag(_AKATHISIA),) if kinds else ()

    def by_model(self, turn: Turn, tracker: DialogueStateTracker) -> tuple[RedFlag, ...]:
        """The danger that the second net heard, where the rules heard none."""
        parsed = turn.message.parse_data or {}
        if turn.intent != RED_FLAG:
            return ()
        explained = is_about_labs([event.as_dict() for event in tracker.events], within=1)
        if explained and presses_on(turn.message.text or "", tracker.current_slot_values()):
            # “i dont want to call an ambulance”, behind an urgent lab value: that is said again, with the number.
            return ()
        slots = tracker.current_slot_values()
        if edits_of(slots) is not None and is_change(turn.message.text or ""):
            # “Take out the bit about my mood” is about the page. What a rule finds in it is heard all the same.
            return ()
        events = [*(event.as_dict() for event in tracker.events), {"event": "user", "text": parsed.get("text")}]
        if float(parsed.get(DANGER) or 0.0) < _FAINT and detail_asked(parsed, events, slots) is not None:
            # Known words that only sound like this danger (“I tie a scarf round my legs”), with a warning of their own.
            turn.let_go()
            return ()
        label = parsed["response_selector"][RED_FLAG]["response"]["intent_response_key"]
        return (self.finder.flag(str(label).removeprefix(f"{RED_FLAG}/")),)
