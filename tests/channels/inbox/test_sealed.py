"""An inbox with keys for words at rest: what is in it cannot be read, and everything goes on as without them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from stillnight.channels.inbox.inbox import Inbox, Offer
from stillnight.channels.inbox.intake import Intake
from stillnight.channels.inbox.opening import check_inbox, open_inbox
from stillnight.channels.inbox.shapes import Delivered
from stillnight.channels.inbox.spool import Spool
from stillnight.channels.inbox.tables import MESSAGES, OPTIONS
from stillnight.channels.messenger.incoming import Progress, Receipt
from stillnight.conversations.errors import StoreRefusedError
from stillnight.conversations.sealing import new_key, seal_of
from stillnight.messenger_settings import ConfigurationError
from stillnight.settings import Settings
from tests.channels.inbox.people import CHANNEL, NOW, answered, arrival, rows, said

KEY = new_key()


@pytest.fixture
def sealed(engine: Engine) -> Inbox:
    """With its tables, and a key."""
    return Inbox(engine, seal_of(KEY))


def sent(inbox: Inbox, theirs: str) -> None:
    """The first thing that waits is sent."""
    part = inbox.next_part("ann")
    assert part is not None
    inbox.leaving(part.number, NOW + 60)
    inbox.sent(part.number, theirs, NOW)


def test_rows_tell_neither_words_nor_who_wrote_them(sealed: Inbox) -> None:
    sealed.take([arrival("wamid.1", "my legs"), arrival("wamid.2", "and my iron")], NOW)
    begun = sealed.begin(sealed.waiting("ann")[0])
    assert begun is not None
    offer = Offer("0" * 16, "Ferritin", "/iron")
    assert sealed.answer(begun, said("one thing", "and another").answers, [offer], False, NOW)
    sent(sealed, "wamid.theirs")
    kept = str([*rows(sealed, MESSAGES), *rows(sealed), *sealed.rows(OPTIONS.select())])
    # The ids of ours, of replies, are made by the tests of what is said.
    kept = kept.replace("reply-one thing", "").replace("reply-and another", "")
    assert not [word for word in ("legs", "iron", "thing", "another", "erritin", "+1555", "wamid") if word in kept]
    assert sealed.offer("ann", offer.id) == offer
    held = str(sealed.held_of("ann"))
    assert all(word in held for word in ("my iron", "and another", "Ferritin", "+1555ann"))


def test_what_is_blank_stays_blank(sealed: Inbox) -> None:
    """By this it is known that nothing is kept any more."""
    sealed.take([arrival("a")], NOW)
    answered(sealed, "ann", "one")
    sent(sealed, "theirs")
    assert [(row.body, row.address) for row in rows(sealed)] == [("", "")]
    assert [row.body for row in rows(sealed, MESSAGES)] == [""]


@pytest.mark.parametrize("before", ["", KEY], ids=["plain before", "encrypted before"])
def test_message_that_is_delivered_again_is_known(engine: Engine, before: str) -> None:
    first = Inbox(engine, seal_of(before))
    first.take([arrival("a")], NOW)
    inbox = Inbox(engine, seal_of(KEY))
    inbox.take([arrival("a"), arrival("b")], NOW)
    inbox.take([arrival("a"), arrival("b")], NOW)
    assert len(inbox.waiting("ann")) == 2
    assert inbox.withdraw(CHANNEL, "ann", "a", "deleted", NOW) and inbox.withdraw(CHANNEL, "ann", "b", "deleted", NOW)
    inbox.forget("ann")
    inbox.take([arrival("a"), arrival("b")], NOW)
    assert inbox.waiting("ann") == []


def test_receipt_finds_its_part(sealed: Inbox) -> None:
    sealed.take([arrival("a")], NOW)
    answered(sealed, "ann", "one")
    sent(sealed, "wamid.1")
    assert sealed.reply_of(CHANNEL, "ann", "wamid.1") == "reply-one"
    sealed.note_receipts(CHANNEL, [Receipt("wamid.1", Progress.FAILED, code="131026")], NOW)
    assert [(row.state, row.note) for row in rows(sealed)] == [("dead", "131026")]
    # Of another copy, which tells nothing of this one.
    sealed.note_receipts(CHANNEL, [Receipt("wamid.2", Progress.SENT)], NOW)
    assert [row.state for row in rows(sealed)] == ["dead"]


def test_other_keys_open_nothing_and_lose_nothing(engine: Engine, sealed: Inbox) -> None:
    sealed.take([arrival("a")], NOW)
    for keys in ("", new_key()):
        with pytest.raises(StoreRefusedError):
            Inbox(engine, seal_of(keys))
    assert len(Inbox(engine, seal_of(f"{new_key()},{KEY}")).waiting("ann")) == 1


@pytest.mark.parametrize("keys", ["", new_key()], ids=["no key", "another key"])
def test_keys_that_do_not_fit_are_refused_at_the_start(url: str, tmp_path: Path, keys: str) -> None:
    right, wrong = (Settings.parse_obj({"data_dir": tmp_path, "inbox": url, "encryption_keys": k}) for k in (KEY, keys))
    # There is none yet.
    check_inbox(wrong)
    open_inbox(right).engine.dispose()
    check_inbox(right)
    with pytest.raises(ConfigurationError, match=r"STILLNIGHT_ENCRYPTION_KEYS.*\(the inbox\)"):
        check_inbox(wrong)


# -- deliveries on their way


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a server with a key."""
    return Settings.parse_obj({"data_dir": tmp_path, "encryption_keys": KEY})


async def test_delivery_cannot_be_read_and_arrives(settings: Settings) -> None:
    inbox, folder = open_inbox(settings), settings.data_dir
    spool = Spool(folder)
    intake = Intake(inbox, spool)
    await intake.take(Delivered(CHANNEL, (arrival("wamid.1", "my legs"),)))
    beside = b"".join(path.read_bytes() for path in folder.glob("deliveries.*"))
    assert beside and not [word for word in (b"legs", b"+1555", b"wamid") if word in beside]
    # As after a crash: it is still there.
    await intake.close()
    again = Spool(folder)
    again.append([beside.rstrip(b"\n")])
    intake = Intake(inbox, again)
    await intake.close()
    assert [taken.message.text for taken in inbox.waiting("ann")] == ["my legs"]


@pytest.mark.parametrize("keys", ["", new_key()], ids=["no key", "another key"])
def test_delivery_that_no_key_opens_is_not_thrown_away(settings: Settings, keys: str) -> None:
    line = seal_of(KEY).close("{}").encode()
    spool = Spool(settings.data_dir)
    spool.append([line])
    spool.close()
    check_inbox(settings)
    other = settings.copy(update={"encryption_keys": Settings.parse_obj({"encryption_keys": keys}).encryption_keys})
    with pytest.raises(ConfigurationError, match=r"STILLNIGHT_ENCRYPTION_KEYS.*deliveries in"):
        check_inbox(other)
    spool = Spool(settings.data_dir)

    async def opened() -> None:
        with pytest.raises(StoreRefusedError):
            Intake(open_inbox(other), spool)

    asyncio.run(opened())
    assert spool.left() == [line]
    spool.close()
