"""One message's way in: danger by rule, then the second net, then the assistant.

The rules need neither model nor store nor actions. A model that is there may take back what a rule found, when it is
far from agreeing (“my chest of drawers is breaking”); the answer then ends with an open door. What the person hears is
sent before anything is written down, so that nothing that fails afterwards can silence it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.channels.conversation import turn_of
from stillnight.channels.message import Reply
from stillnight.clinical.check_in import CheckIn, check_in
from stillnight.clinical.crisis_lines import EMERGENCY as EMERGENCY_LINE
from stillnight.clinical.crisis_lines import CrisisLines, Number, crisis_lines
from stillnight.clinical.emergency import Answer, Move, Safety, Step, step
from stillnight.clinical.hearing import Heard, Hearing, hearing
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.red_flags.finder import RedFlag, RedFlagFinder
from stillnight.clinical.terms import Labs, labs
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.history import is_about_labs, medicines_at_hand
from stillnight.dialogue.lab_memory import noticed as labs_noticed
from stillnight.dialogue.lab_memory import presses_on
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT, noticed
from stillnight.dialogue.told_memory import noticed as told_noticed
from stillnight.language.text import CHARACTERS_READ
from stillnight.nlu.labels import FALLBACK_INTENT, OUT_OF_SCOPE, RED_FLAG
from stillnight.safety.country import Place, place
from stillnight.safety.record import (
    COUNTRY_SLOT,
    SLOT,
    last_words,
    messages_since_danger,
    write_reply,
    write_turn,
)
from stillnight.safety.replies import Words
from stillnight.settings import settings

logger = logging.getLogger(__name__)

_CHANGE_COUNTRY = "change_country"
# One word misspelt, so that the word lists are read too.
_WARM_UP = "my legs wont rest tonihgt"
# For so many messages “it came back” speaks of an emergency that was closed.
_SOON = 6
# So often a doubtful alarm asks if all is safe before it gives way to what the person asks instead.
_ASKED_ENOUGH: Final = 2
_SELF_HARM: Final = "self_harm"
_AKATHISIA: Final = "akathisia"
# Kinds of medicine after which restlessness all day may be akathisia, and how many messages back one may be named.
BLOCKS_DOPAMINE: Final = frozenset({"antipsychotic", "dopamine_blocking_anti_sickness"})
_MEDICINE_NEAR: Final = 2
_NOT_OURS: Final = frozenset(
    {RED_FLAG, FALLBACK_INTENT, OUT_OF_SCOPE, "affirm", "deny", "greet", "goodbye", "thanks", "human", "repeat", "more"}
    | {"correction", "change_country"}
)
_CHECK_IN_LABEL = f"{RED_FLAG}/check_in"


class IdReusedError(ValueError):
    """A message has the id of another one."""


# Only danger is heard beyond: a page of nonsense, read by every part of the assistant in turn, would take seconds in
# which nobody is answered. More than half of it is too long to be answered anyway.
_CHARACTERS_KEPT: Final = 2 * CHARACTERS_READ


class NotReadyError(RuntimeError):
    """There is no model to answer with, and the message is no emergency."""


@dataclass
class Turn:
    """One message and what has been done about it so far.

    heard: what rules found in it. pressed: it came by a button, so that its meaning is known.
    """

    message: UserMessage
    heard: Heard
    pressed: bool
    spoken: bool = False

    @property
    def flags(self) -> tuple[RedFlag, ...]:
        """Dangers that rules found."""
        return self.heard.flags

    @property
    def intent(self) -> str | None:
        """Intent of a button that was pressed, or of what the model understood."""
        return str(self.message.parse_data["intent"]["name"]) if self.message.parse_data else None

    async def say(self, replies: Sequence[Reply]) -> None:
        """Send what is to be said."""
        channel = self.message.output_channel
        assert channel is not None
        for reply in replies:
            await channel.send_response(self.message.sender_id, reply.as_message())
            self.spoken = True


@dataclass(frozen=True)
class Guard:
    """Takes every message of every channel. `default_country`: the clinic's own, when nothing tells more."""

    hearing: Hearing
    check_in: CheckIn
    lines: CrisisLines
    labs: Labs
    words: Words
    default_country: str | None = None

    @property
    def finder(self) -> RedFlagFinder:
        """The English rules and what is known of each danger."""
        return self.hearing.finder

    def warm_up(self) -> None:
        """Load what the rules need, so that the first patient does not wait for it."""
        self.hearing.hear(_WARM_UP)
        self.check_in.answer(_WARM_UP)
        noticed(_WARM_UP, ())

    async def hear(self, agent: Agent | None, message: UserMessage) -> None:
        """Answer one message through its output channel.

        Args:
            agent: the assistant; None, or one without a model, when it could not be loaded.
            message: with the output channel to answer on; `metadata` may hold `locale` or `phone`.

        Raises:
            Exception: whatever the assistant or its store raises before anything was said, when rules find no danger.
        """
        pressed = message.parse_data is not None
        text = message.text or ""
        turn = Turn(message, Heard() if pressed else self.hearing.hear(text), pressed)
        message.text = text[:_CHARACTERS_KEPT]
        try:
            if agent is None or not agent.is_ready() or agent.processor is None:
                raise NotReadyError("there is no model")
            async with agent.lock_store.lock(message.sender_id):
                await self._take(turn, agent.processor)
        except Exception as error:
            if not turn.spoken:
                if not turn.flags:
                    raise
                raised = step(Safety(), turn.flags, certain=turn.heard.certain)
                await turn.say(self.words.of(raised, self._place(turn, None), turn.heard.language))
            # The words of the message stay out of the log.
            logger.error("a turn could not be written down: %s", type(error).__name__)

    async def _take(self, turn: Turn, processor: MessageProcessor) -> None:
        tracker = await processor.get_tracker(turn.message.sender_id)
        told = turn_of(str(turn.message.message_id), tracker.events, catalogue().references)
        if told is not None:
            # Delivered twice, answered once.
            if told.said != (turn.message.text or ""):
                raise IdReusedError("this id belongs to another message")
            await turn.say(told.replies)
            return
        safety = Safety.from_dict(tracker.get_slot(SLOT))
        flags, certain = turn.flags, turn.heard.certain
        taken_back = bool(flags) and await self._harmless(turn, processor, tracker)
        if taken_back or not flags:
            flags, certain = self._still(safety, turn, tracker), True
        if not flags and await self._let_go(safety, turn, processor, tracker):
            assert safety.open is not None
            await processor.handle_message(turn.message)
            category = safety.open.category
            await self._leave_a_door_open(
                replace(safety, open=None, closed=category, doubted=category), turn, processor
            )
            return
        if safety.open is None and not flags:
            if turn.message.parse_data is None:
                await self._understand(turn, processor, tracker)
                flags, certain = self._second_net(turn, tracker), False
            if not flags:
                await processor.handle_message(turn.message)
                if taken_back:
                    await self._leave_a_door_open(replace(safety, doubted=turn.flags[0].name), turn, processor)
                return
        taken = self._step(safety, turn, flags, certain)
        replies, slots = self._answer(taken, safety, turn, tracker.get_slot(COUNTRY_SLOT))
        await turn.say(replies)
        known = tracker.get_slot(CIRCUMSTANCES_SLOT) or ()
        slots |= noticed(turn.message.text or "", known) | labs_noticed(
            turn.message.text or "", tracker.current_slot_values()
        )
        slots |= told_noticed(
            turn.message.text or "",
            RED_FLAG,
            str(turn.message.message_id),
            tracker.current_slot_values(),
            pressed=turn.pressed,
        )
        label = f"{RED_FLAG}/{taken.flag.name}" if taken.flag else _CHECK_IN_LABEL
        write_turn(tracker, processor.domain, turn.message, label, replies, slots)
        await processor.save_tracker(tracker)

    async def _understand(self, turn: Turn, processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
        turn.message.parse_data = dict(await processor.parse_message(turn.message, tracker))

    async def _harmless(self, turn: Turn, processor: MessageProcessor, tracker: DialogueStateTracker) -> bool:
        """Whether the model is far from agreeing with the rules. A model that fails has no say."""
        try:
            await self._understand(turn, processor, tracker)
        except Exception as error:
            logger.error("the model could not read a message of danger: %s", type(error).__name__)
            return False
        return turn.intent != RED_FLAG

    async def _let_go(
        self, safety: Safety, turn: Turn, processor: MessageProcessor, tracker: DialogueStateTracker
    ) -> bool:
        """Whether an alarm that only the second net raised gives way: asked often enough, and they ask of our subject.

        Never one of self-harm. The answer ends with an open door, behind which the danger is raised again.
        """
        now = safety.open
        if now is None or now.certain or now.before or now.check_ins < _ASKED_ENOUGH or now.category == _SELF_HARM:
            return False
        if turn.pressed or self.check_in.answer(turn.message.text or "") is not None:
            return False
        try:
            await self._understand(turn, processor, tracker)
        except Exception as error:
            logger.error("the model could not read a message after a danger: %s", type(error).__name__)
        if turn.intent is not None and turn.intent not in _NOT_OURS:
            return True
        turn.message.parse_data = None
        return False

    def _still(self, safety: Safety, turn: Turn, tracker: DialogueStateTracker) -> tuple[RedFlag, ...]:
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
        doubted = safety.doubted if last_words(tracker) == self.words.open_door().text else None
        if doubted and self.check_in.answer(text) in (Answer.YES, Answer.UNSAFE):
            return (self.finder.flag(doubted),)
        asked_on = self.finder.asked_on(text, safety.told) if safety.told and safety.open is None else None
        if asked_on:
            return (asked_on,)
        certain = safety.open is not None and safety.open.certain
        return () if certain else self._restless(text, tracker)

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

    async def _leave_a_door_open(self, safety: Safety, turn: Turn, processor: MessageProcessor) -> None:
        reply = self.words.open_door()
        await turn.say([reply])
        tracker = await processor.get_tracker(turn.message.sender_id)
        write_reply(tracker, processor.domain, reply, {SLOT: safety.as_dict()})
        await processor.save_tracker(tracker)

    def _second_net(self, turn: Turn, tracker: DialogueStateTracker) -> tuple[RedFlag, ...]:
        parsed = turn.message.parse_data or {}
        if turn.intent != RED_FLAG:
            return ()
        explained = is_about_labs([event.as_dict() for event in tracker.events], within=1)
        if explained and presses_on(turn.message.text or "", tracker.current_slot_values()):
            # “i dont want to call an ambulance”, behind an urgent lab value: that is said again, with the number.
            return ()
        label = parsed["response_selector"][RED_FLAG]["response"]["intent_response_key"]
        return (self.finder.flag(str(label).removeprefix(f"{RED_FLAG}/")),)

    def _step(self, safety: Safety, turn: Turn, flags: Sequence[RedFlag], certain: bool) -> Step:
        text = turn.message.text or ""
        answer = self.check_in.answer(text) if safety.open and not turn.pressed else None
        ends = _always if self.check_in.helped(text) else self.finder.well_ends
        return step(safety, flags, answer, self.labs.named(text), certain, ends)

    def _answer(
        self, taken: Step, before: Safety, turn: Turn, chosen: str | None
    ) -> tuple[list[Reply], dict[str, Any]]:
        """Replies and slots of a step; a word about the country changes the numbers and nothing else."""
        if taken.move in (Move.CHECK_IN, Move.CHECK_IN_AGAIN):
            country = self._country_named(turn)
            if country:
                return [self.words.numbers(before.open, Place(country))], {COUNTRY_SLOT: country}
            if turn.intent == _CHANGE_COUNTRY:
                return [self.words.countries()], {}
        replies = self.words.of(taken, self._place(turn, chosen), turn.heard.language)
        return replies, {SLOT: taken.safety.as_dict()}

    def with_emergency_number(self, reply: Reply, chosen: str | None, hints: Mapping[str, Any] | None) -> Reply:
        """A reply that is no danger of `red_flags.yml` and yet an emergency, with the number to call."""
        return self.words.with_emergency_number(reply, place(self.lines, chosen, hints, self.default_country))

    def emergency_number(self, chosen: str | None, hints: Mapping[str, Any] | None) -> tuple[Place, tuple[Number, ...]]:
        """The emergency number of where somebody is, to be shown at any time; none when we do not know where."""
        found = place(self.lines, chosen, hints, self.default_country)
        lines = self.lines.lines(found.country, (EMERGENCY_LINE,))
        return found, tuple(number for line in lines for number in line.numbers)

    def _country_named(self, turn: Turn) -> str | None:
        for entity in (turn.message.parse_data or {}).get("entities", ()):
            if entity["entity"] == COUNTRY_SLOT and entity["value"] in self.lines.countries:
                return str(entity["value"])
        return self.lines.mentioned(turn.message.text or "")

    def _place(self, turn: Turn, chosen: str | None) -> Place:
        return place(self.lines, chosen, turn.message.metadata, self.default_country)


def _always(_: str) -> bool:
    return True


@lru_cache(maxsize=1)
def guard() -> Guard:
    """The project's guard, made once: rules, numbers and words, without any model."""
    known_labs = labs()
    return Guard(
        hearing(),
        check_in(),
        crisis_lines(),
        known_labs,
        Words(catalogue(), crisis_lines(), known_labs.titles),
        settings().country,
    )
