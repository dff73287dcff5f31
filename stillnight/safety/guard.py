"""One message's way in: danger by rule, then the second net, then the assistant.

The rules need neither model nor store nor actions. A model that is there may take back what a rule found, when it is
far from agreeing (“my chest of drawers is breaking”); the answer then ends with an open door. What the person hears is
sent before anything is written down, so that nothing that fails afterwards can silence it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.channels.conversation import turn_of
from stillnight.channels.message import Reply
from stillnight.clinical.check_in import CheckIn, check_in
from stillnight.clinical.crisis_lines import EMERGENCY as EMERGENCY_LINE
from stillnight.clinical.crisis_lines import CrisisLines, Number, crisis_lines
from stillnight.clinical.emergency import SELF_HARM, Answer, Move, Open, Safety, Step, asked_again, step
from stillnight.clinical.hearing import Heard, Hearing, hearing
from stillnight.clinical.red_flags.finder import RedFlag, RedFlagFinder
from stillnight.clinical.terms import Labs, labs
from stillnight.clinical.way_on import WayOn, way_on
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.lab_memory import noticed as labs_noticed
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT, noticed
from stillnight.dialogue.told_memory import noticed as told_noticed
from stillnight.language.text import CHARACTERS_READ
from stillnight.nlu.labels import FALLBACK_INTENT, RED_FLAG
from stillnight.safety.background import Background
from stillnight.safety.country import Place, place
from stillnight.safety.record import (
    COUNTRY_SLOT,
    SLOT,
    write_reply,
    write_turn,
)
from stillnight.safety.replies import Words
from stillnight.safety.turn import Turn
from stillnight.settings import settings

logger = logging.getLogger(__name__)

_CHANGE_COUNTRY = "change_country"
# One word misspelt, so that the word lists are read too.
_WARM_UP = "my legs wont rest tonihgt"
# When nobody wrote for so long, an open alarm is an old one.
_OLD_SECONDS: Final = 6 * 3600
# None: there is no model to answer with.
_NEVER_BESIDE: Final = frozenset({None, RED_FLAG, _CHANGE_COUNTRY})
_NOT_OURS: Final = frozenset(
    {FALLBACK_INTENT, "affirm", "deny", "greet", "goodbye", "thanks", "human", "repeat", "more", "correction"}
)
_CHECK_IN_LABEL = f"{RED_FLAG}/check_in"


class IdReusedError(ValueError):
    """A message has the id of another one."""


# Only danger is heard beyond: a page of nonsense, read by every part of the assistant in turn, would take seconds in
# which nobody is answered. More than half of it is too long to be answered anyway.
_CHARACTERS_KEPT: Final = 2 * CHARACTERS_READ


class NotReadyError(RuntimeError):
    """There is no model to answer with, and the message is no emergency."""


@dataclass(frozen=True)
class Guard:
    """Takes every message of every channel. `default_country`: the clinic's own, when nothing tells more."""

    hearing: Hearing
    check_in: CheckIn
    lines: CrisisLines
    labs: Labs
    words: Words
    default_country: str | None = None

    @cached_property
    def _background(self) -> Background:
        return Background(self.finder, self.check_in, self.words.open_door().text)

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
        flags, certain = self._background.of_the_open(safety, turn), turn.heard.certain
        # In an emergency that a rule has heard, the model has no say about another.
        sure = safety.open is not None and safety.open.certain
        taken_back = bool(flags) and not sure and await self._harmless(turn, processor, tracker)
        if taken_back or not flags:
            flags, certain = self._background.still_open(safety, turn, tracker), True
        if not flags and safety.open is not None:
            safety = self._grown_old(safety, safety.open, turn, tracker)
            if await self._answered(safety, turn, processor, tracker):
                return
        if safety.open is None and not flags:
            if turn.message.parse_data is None:
                await self._understand(turn, processor, tracker)
                flags, certain = self._background.by_model(turn, tracker), False
            if not flags:
                settled = self._background.settles(safety, turn)
                await processor.handle_message(turn.message)
                safety = replace(safety, told=()) if settled else safety
                if taken_back:
                    await self._leave_a_door_open(replace(safety, doubted=turn.flags[0].name), turn, processor)
                elif settled:
                    await self._keep(safety, turn, processor)
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

    def _grown_old(self, safety: Safety, now: Open, turn: Turn, tracker: DialogueStateTracker) -> Safety:
        """An alarm of hours or days ago holds nobody up as a fresh one does."""
        quiet_since = tracker.events[-1].timestamp if tracker.events else time.time()
        old = time.time() - quiet_since > _OLD_SECONDS or self.check_in.afterwards(turn.message.text or "")
        return replace(safety, open=replace(now, well=True, helped=True)) if old else safety

    async def _answered(
        self, safety: Safety, turn: Turn, processor: MessageProcessor, tracker: DialogueStateTracker
    ) -> bool:
        """Whether a message in an open alarm was answered for itself, as `way_on` decides."""
        now = safety.open
        assert now is not None
        if self._said(turn.message.text or "", now) is not None:
            return False
        if not turn.pressed:
            try:
                await self._understand(turn, processor, tracker)
            except Exception as error:
                logger.error("the model could not read a message after a danger: %s", type(error).__name__)
        way = WayOn.ASK
        if turn.intent not in _NEVER_BESIDE:
            way = way_on(now, ours=turn.intent not in _NOT_OURS or turn.pressed)
        if turn.intent in _NOT_OURS and self.check_in.reported(turn.message.text or ""):
            way = WayOn.ASK
        if way is WayOn.ASK:
            if not turn.pressed:
                turn.message.parse_data = None
            return False
        await processor.handle_message(turn.message)
        if way is WayOn.DOOR:
            closed = replace(safety, open=None, closed=now.category, doubted=now.category)
            await self._leave_a_door_open(closed, turn, processor)
        else:
            place = self._place(turn, tracker.get_slot(COUNTRY_SLOT))
            await self._add(self.words.check_in_beside(place), asked_again(safety, now), turn, processor)
        return True

    async def _leave_a_door_open(self, safety: Safety, turn: Turn, processor: MessageProcessor) -> None:
        await self._add(self.words.open_door(), safety, turn, processor)

    async def _add(self, reply: Reply, safety: Safety, turn: Turn, processor: MessageProcessor) -> None:
        """One more reply beneath the answer that the assistant has just given."""
        await turn.say([reply])
        tracker = await processor.get_tracker(turn.message.sender_id)
        write_reply(tracker, processor.domain, reply, {SLOT: safety.as_dict()})
        await processor.save_tracker(tracker)

    async def _keep(self, safety: Safety, turn: Turn, processor: MessageProcessor) -> None:
        """What changed although nothing was said about it."""
        tracker = await processor.get_tracker(turn.message.sender_id)
        tracker.update(SlotSet(SLOT, safety.as_dict()), processor.domain)
        await processor.save_tracker(tracker)

    def _said(self, text: str, now: Open) -> Answer | None:
        """What a message says to an alarm. Where it is only suspected, a question about tablets is like any other."""
        answer = self.check_in.answer(text)
        if answer is Answer.THOUGHTS and SELF_HARM not in (now.category, *now.before):
            return Answer.MISUNDERSTOOD
        return None if answer is Answer.ASKS_THEM and not (now.certain or now.helped) else answer

    def _step(self, safety: Safety, turn: Turn, flags: Sequence[RedFlag], certain: bool) -> Step:
        text = turn.message.text or ""
        answer = self._said(text, safety.open) if safety.open and not turn.pressed else None
        reported = safety.open is not None and not flags and answer is None and self.check_in.reported(text)
        if reported:
            answer = Answer.SAFE
        ends = _always if reported or self.check_in.helped(text) else self.finder.well_ends
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
