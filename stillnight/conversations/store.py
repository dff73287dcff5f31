"""The tracker store: Rasa's trackers in SQLite or PostgreSQL. It keeps a turn or says that it could not."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight import recent
from stillnight.aside import Aside
from stillnight.conversations.cache import Cache
from stillnight.conversations.cut import cut, last_session
from stillnight.conversations.errors import BadIdError, StoreDownError
from stillnight.conversations.housekeeping import Housekeeping
from stillnight.conversations.records import Head, Page, Records, Row, Start
from stillnight.conversations.sealing import seal_of
from stillnight.conversations.tables import CONVERSATIONS, SENDER_MAX
from stillnight.conversations.tracker import Kept, KeptTracker
from stillnight.conversations.wire import events_of, read_all, written
from stillnight.database import Patience, open_database

logger = logging.getLogger(__name__)

# Somebody waits for an answer, and for the sentence that there is none.
_PATIENCE: Final = Patience(connect=2, statement=3, busy=2)
_SECONDS: Final = 4.0
_LONG_SECONDS: Final = 3600.0
_THREADS: Final = 8


class ConversationStore(TrackerStore):
    """Reads and writes beside the event loop. Whatever it raises is a StoreError, and then nothing was kept."""

    def __init__(
        self,
        host: str,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        keys: str = "",
        patience: Patience = _PATIENCE,
    ) -> None:
        """Make the tables where they are missing; a database that is down gets them when it is back.

        Args:
            host: address of the database as SQLAlchemy writes it; `url` in Rasa's endpoints.yml.
            domain: the model's.
            event_broker: Rasa's.
            keys: keys for encryption at rest with commas between them; see `stillnight.conversations.sealing`.
            patience: how long it waits for the database.

        Raises:
            DatabaseError: when the address is that of no database we know.
            StoreRefusedError: when the tables or the keys are others.
        """
        self.records = Records(open_database(host, patience, ping=False), seal_of(keys), patience.busy)
        self._housekeeping = Housekeeping(self.records)
        self._cache = Cache()
        self._aside = Aside("conversations", _SECONDS, _THREADS, StoreDownError)
        super().__init__(domain, event_broker)
        self.domain = domain
        try:
            self.records.prepare()
        except StoreDownError as error:
            logger.error("the conversations cannot be reached yet: %s", error)

    @property
    def domain(self) -> Domain:
        """The model's domain."""
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        self._domain = domain or Domain.empty()
        # Without any, every slot is known.
        self._slots = list(self._domain.slots) or None
        self._cache.clear()

    # -- what Rasa asks

    def init_tracker(self, sender_id: str) -> DialogueStateTracker:
        """An empty tracker."""
        return KeptTracker(sender_id, self._slots, max_event_history=self.max_event_history)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last session, without what is carried of it: see `stillnight.conversations.cut`."""
        sender = _checked(sender_id)
        held = self._cache.get_held(sender)
        if held is not None:
            return held
        if sender in self._cache:
            head = await self._aside.run(lambda: self.records.head(sender))
            cached = self._cache.get(sender, head)
            if cached is not None:
                return cached
        page = await self._aside.run(lambda: self.records.page(sender))
        if page is None:
            return None
        tracker = self._tracker(sender, page)
        self._cache.put(tracker)
        return tracker.copy()

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All events of all sessions."""
        sender = _checked(conversation_id)
        page = await self._aside.run(lambda: self.records.page(sender, whole=True))
        return self._tracker(sender, page) if page else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what is new in a tracker of this store, or a conversation that is new.

        Raises:
            ConversationChangedError: when it is not as it was read.
            StoreError: when it was not kept.
        """
        if self.event_broker is not None:
            await self.stream_events(tracker)
        sender = _checked(tracker.sender_id)
        kept = tracker.kept if isinstance(tracker, KeptTracker) else Kept()
        dumped = [event.as_dict() for event in islice(tracker.events, kept.events, None)]
        if not dumped:
            return
        texts = [written(each) for each in dumped]
        rows = [Row(each["event"], float(each["timestamp"]), text) for each, text in zip(dumped, texts)]
        before = Head(kept.conversation, kept.place) if kept.conversation else None
        # As it will be read again, so that what is held in memory is nothing else.
        grown = self._grown(tracker, before, read_all(texts))
        shortened, start = self._shortened(grown)
        head = await self._aside.run(lambda: self.records.append(sender, before, rows, start))
        shortened.kept = _moved(shortened.kept, head)
        self._cache.put(shortened)
        if isinstance(tracker, KeptTracker):
            # It may grow on and be saved again.
            tracker.kept = _moved(kept, head)

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything is kept of it."""
        sender = _checked(conversation_id)
        return await self._aside.run(lambda: self.records.head(sender)) is not None

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        rows = await self._aside.run(lambda: self.records.rows(sa.select(CONVERSATIONS.c.sender)))
        return [str(row.sender) for row in rows]

    # -- what else there is

    async def keep_feedback(self, sender: str, message: str, helpful: bool, reason: str | None) -> None:
        """What somebody thought of one answer; the last word counts. Raises StoreError.

        Args:
            sender: conversation id.
            message: id of the answer.
            helpful: whether it helped.
            reason: in their own words.
        """
        _checked(sender)
        await self._aside.run(lambda: self._housekeeping.keep_feedback(sender, message, helpful, reason))

    async def forget(self, sender: str) -> None:
        """Delete everything of one conversation, feedback included. Raises StoreError when it is still there."""
        _checked(sender)
        self._cache.drop(sender)
        recent.forget()
        await self._aside.run(lambda: self._housekeeping.forget(sender))

    async def expire(self, before: float) -> int:
        """Delete what is older than `before` (seconds since 1970); how many conversations. Raises StoreError."""
        batches = self._housekeeping.expire(before)
        deleted = 0
        while (count := await self._aside.run(lambda: next(batches, None))) is not None:
            deleted += count
        self._cache.clear()
        return deleted

    async def tidy(self) -> bool:
        """Wipe what was deleted from an SQLite file that is not large; whether nothing is left. Raises StoreError."""
        return await self._aside.run(self._housekeeping.tidy, _LONG_SECONDS)

    async def wipe(self) -> None:
        """Wipe what was deleted from the files of any database, locked meanwhile. Raises StoreError."""
        await self._aside.run(self._housekeeping.wipe, _LONG_SECONDS)

    async def export(self, sender: str) -> dict[str, Any]:
        """All that is kept of a conversation, as plain data: what both said, what is remembered, feedback.

        Times are seconds since 1970.

        Raises:
            StoreError: when it cannot be read.
        """
        whole, last = await self.retrieve_full_tracker(sender), await self.retrieve(sender)
        opinions = await self._aside.run(lambda: self._housekeeping.feedback(sender))
        return {
            "messages": [_said(event) for event in (whole.events if whole else ()) if _is_said(event)],
            "remembered": {
                name: value for name, value in (last.current_slot_values() if last else {}).items() if value is not None
            },
            "feedback": [
                {"at": each.at, "answer": each.message, "helpful": each.helpful, "reason": each.reason}
                for each in opinions
            ],
        }

    # -- trackers

    def _tracker(self, sender: str, page: Page) -> KeptTracker:
        carried = events_of(read_all([page.start.carried])[0])
        kept = Kept(page.head.conversation, page.head.place, page.start.read_from, len(carried))
        return KeptTracker.of(sender, [*carried, *events_of(read_all(page.events))], self._slots, kept)

    def _grown(self, tracker: DialogueStateTracker, before: Head | None, new: list[dict[str, Any]]) -> KeptTracker:
        """What reading would give once the new events are written."""
        grown = self._cache.get(tracker.sender_id, before) if before else None
        if grown is None:
            known = tracker.events if isinstance(tracker, KeptTracker) else ()
            kept = tracker.kept if isinstance(tracker, KeptTracker) else Kept()
            grown = KeptTracker.of(tracker.sender_id, islice(known, kept.events), self._slots, kept)
        for event in events_of(new):
            grown.update(event)
        return grown

    def _shortened(self, grown: KeptTracker) -> tuple[KeptTracker, Start | None]:
        """The tracker as it is read from now on, and where that begins when it moves."""
        events: Sequence[Event] = list(grown.events)
        first, carried = last_session(events), list[Event]()
        if first < grown.kept.events:
            found = cut(grown)
            if found is None:
                return grown, None
            first, carried = found
        place = grown.kept.place_of(first)
        if not first:
            return grown, None
        begun = Kept(grown.kept.conversation, grown.kept.place, place, len(carried))
        dumped = written([event.as_dict() for event in carried])
        stands_for = events_of(read_all([dumped])[0])
        return KeptTracker.of(grown.sender_id, [*stands_for, *events[first:]], self._slots, begun), Start(place, dumped)


def _moved(kept: Kept, head: Head) -> Kept:
    return Kept(head.conversation, head.place, kept.read_from, kept.carried)


def _checked(sender: str) -> str:
    """Raises BadIdError for what a database cannot hold: Rasa's own store ends the process then."""
    if not sender or len(sender) > SENDER_MAX or "\0" in sender or any("\ud800" <= each <= "\udfff" for each in sender):
        raise BadIdError("this can be no conversation's id")
    return sender


def _is_said(event: Event) -> bool:
    return isinstance(event, UserUttered | BotUttered) and bool(event.text)


def _said(event: Event) -> dict[str, Any]:
    if isinstance(event, UserUttered):
        return {"at": event.timestamp, "by": "you", "text": event.text, "understood_as": event.intent_name}
    return {"at": event.timestamp, "by": "assistant", "text": event.text}
