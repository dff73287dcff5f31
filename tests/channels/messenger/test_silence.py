"""Whoever said nothing is told nothing, also when what they did could not be heeded."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillnight.channels.inbox.inbox import Inbox, Taken
from stillnight.channels.inbox.worker import Said
from stillnight.channels.messenger.incoming import SILENT, Incoming, Kind, Person
from stillnight.channels.messenger.talk import Conversations
from stillnight.content.catalogue import catalogue
from stillnight.database import open_database
from stillnight.safety.guard import guard
from tests.channels.inbox.people import CHANNEL, NOW, ScriptedRoad


@pytest.fixture
def talk(tmp_path: Path) -> Conversations:
    """Without a model and without a store."""
    return Conversations(None, None, Inbox(open_database(f"sqlite:///{tmp_path}/inbox.db")), guard(), catalogue())


def taken(kind: Kind) -> Taken:
    """A message of this kind."""
    message = Incoming("m1", Person("+447700900001", "+447700900001"), NOW, kind, "1", "\N{THUMBS UP SIGN}")
    return Taken(1, CHANNEL, "ann", message, 1, NOW)


@pytest.mark.parametrize("kind", Kind)
def test_only_whoever_said_something_gets_an_apology(talk: Conversations, kind: Kind) -> None:
    said = talk.apology(taken(kind), ScriptedRoad())
    assert (said == Said()) == (kind in SILENT)


async def test_new_number_is_tried_again_when_the_conversation_could_not_be_deleted(talk: Conversations) -> None:
    with pytest.raises(RuntimeError, match="no store"):
        await talk.answer(taken(Kind.MOVED), ScriptedRoad())


def test_new_number_goes_ahead_of_what_waits(talk: Conversations) -> None:
    assert {kind for kind in SILENT if talk.is_urgent(taken(kind))} == {Kind.MOVED}
