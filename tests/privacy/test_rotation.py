"""`stillnight keys`: old rows are encrypted anew while others read and write, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from stillnight.channels.inbox.inbox import Offer
from stillnight.channels.inbox.tables import MESSAGES, OPTIONS, PARTS
from stillnight.conversations import rotation
from stillnight.conversations.errors import StoreRefusedError
from stillnight.conversations.rotation import Rotation
from stillnight.conversations.sealing import new_key, seal_of
from stillnight.conversations.tables import CONVERSATIONS, EVENTS, FEEDBACK
from tests.conversations_store.talks import say, turn
from tests.privacy.conftest import PHONE, WEB, WHATSAPP, WORDS, Clinic, run

ENCRYPTED = pytest.mark.parametrize("clinic", ["sqlite encrypted", "postgresql encrypted"], indirect=True)


def values(clinic: Clinic, keys: str) -> list[str]:
    """Everything that is encrypted."""
    words = (EVENTS.c.data, CONVERSATIONS.c.carried, FEEDBACK.c.reason)
    messages = (MESSAGES.c.body, PARTS.c.body, PARTS.c.address, OPTIONS.c.title, OPTIONS.c.payload)
    kept = ((clinic.store(keys).records, words), (clinic.messages(keys), messages))
    return [row[0] for room, columns in kept for column in columns for row in room.rows(sa.select(column)) if row[0]]


@pytest.fixture
def both(talked: Clinic, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A new key before the old one, which may be none; the new one alone."""
    new = new_key()
    keys = ",".join(filter(None, (new, talked.keys)))
    monkeypatch.setenv("STILLNIGHT_ENCRYPTION_KEYS", keys)
    return keys, new


def test_everything_is_encrypted_by_the_new_key_alone(talked: Clinic, both: tuple[str, str]) -> None:
    keys, new = both
    count = len(values(talked, keys))
    left = int(run("keys", "left").stdout.split()[0])
    # Two values by which keys are checked at the start are more, or two ids that are no digests yet.
    assert left == count + 2
    told = run("keys", "rotate")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.endswith(f"{left} values were encrypted by the first key, 0 are left.\n")
    assert all(Fernet(new).decrypt(value.encode()) for value in values(talked, new))
    exported = asyncio.run(talked.store(new).export(WEB))
    assert exported["messages"][1]["text"] == f"my {WORDS[WEB][0]} legs"
    assert exported["feedback"][0]["reason"] == WORDS[WEB][1]
    assert not any(talked.in_tables(word) for word in (*WORDS[WEB], *WORDS[WHATSAPP], PHONE, "wamid"))
    for opened in (talked.store, talked.messages):
        with pytest.raises(StoreRefusedError):
            opened(talked.keys)
    # What waited on WhatsApp is sent and answered as if nothing had been.
    inbox = talked.messages(new)
    part = inbox.next_part(WHATSAPP)
    assert part is not None and (part.part.text, part.address) == (WORDS[WHATSAPP][2], PHONE)
    assert [taken.message.text for taken in inbox.waiting(WHATSAPP)] == [WORDS[WHATSAPP][1]]
    assert inbox.last_offers(WHATSAPP) == [Offer("0123456789abcdef", WORDS[WHATSAPP][3], "/more")]
    again = run("keys", "rotate")
    assert again.stdout.endswith("0 values were encrypted by the first key, 0 are left.\n")


@pytest.mark.parametrize("clinic", ["sqlite encrypted"], indirect=True)
def test_delivery_on_its_way_by_the_old_key_is_counted(talked: Clinic, both: tuple[str, str]) -> None:
    assert run("keys", "rotate").exit_code == 0
    old, new = (seal_of(key).close("{}") for key in (talked.keys, both[1]))
    (talked.files / "deliveries.a").write_text(f"{old}\n{new}\n")
    assert run("keys", "left").stdout == "1 values are not encrypted by the first key.\n"
    assert run("keys", "rotate").exit_code == 1


@ENCRYPTED
def test_old_words_are_in_no_file_after_the_change(
    talked: Clinic, both: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the old key could open is gone too, once the files were written anew."""
    keys, new = both
    old = values(talked, keys)
    assert run("keys", "rotate").exit_code == 0
    talked.wipe(new)
    assert all(talked.traces(value) == [] for value in old)


@ENCRYPTED
def test_what_was_stopped_goes_on_where_it_was(
    talked: Clinic, both: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_ROWS", 3)
    records = talked.store(both[0]).records

    def stop(written: int) -> None:
        raise KeyboardInterrupt

    before = Rotation(records).left()
    with pytest.raises(KeyboardInterrupt):
        Rotation(records).run(stop)
    assert Rotation(records).left() == before - 3
    assert Rotation(records).run() == before - 3
    assert Rotation(records).left() == 0


@ENCRYPTED
async def test_people_go_on_talking_meanwhile(
    talked: Clinic, both: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that still writes by the old key, one that writes by the new, and one that forgets."""
    monkeypatch.setattr(rotation, "_ROWS", 5)
    keys, new = both
    behind, ahead = talked.store(",".join(reversed(keys.split(",")))), talked.store(keys)
    for number in range(8):
        await say(behind, f"p{number}", turn("before"))
    records = talked.store(keys).records
    failed: list[BaseException] = []

    def change() -> None:
        try:
            Rotation(records).run()
        except BaseException as error:
            failed.append(error)

    changing = threading.Thread(target=change)
    changing.start()
    for number in range(8):
        await say(behind, f"p{number}", turn(f"old {number}"))
        await say(ahead, f"p{number}", turn(f"new {number}"))
    await ahead.forget(WHATSAPP)
    await asyncio.to_thread(changing.join)
    assert not failed
    Rotation(records).run()
    assert Rotation(records).left() == 0
    alone = talked.store(new)
    for number in range(8):
        said = [each["text"] for each in (await alone.export(f"p{number}"))["messages"] if each["by"] == "you"]
        assert said == ["before", f"old {number}", f"new {number}"]
    assert not await alone.exists(WHATSAPP)


@pytest.mark.parametrize("clinic", ["sqlite"], indirect=True)
def test_without_a_key_there_is_nothing_to_encrypt_by(talked: Clinic) -> None:
    told = run("keys", "rotate")
    assert told.exit_code == 1 and "ENCRYPTION_KEYS is blank" in told.stderr
    fresh = run("keys", "new")
    assert Fernet(fresh.stdout.strip())
