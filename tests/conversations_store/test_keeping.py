"""What is kept, refused, forgotten, expired, exported and encrypted."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

from stillnight.conversations import housekeeping
from stillnight.conversations.errors import BadIdError, ConversationChangedError, StoreDownError, StoreRefusedError
from stillnight.conversations.housekeeping import Housekeeping
from stillnight.conversations.records import Head, Records, Row
from stillnight.conversations.rotation import Rotation
from stillnight.conversations.sealing import NoSeal, new_key
from stillnight.conversations.store import ConversationStore
from stillnight.conversations.tables import ABOUT, CONVERSATIONS, EVENTS, FEEDBACK
from stillnight.database import open_database
from stillnight.recent import recently
from tests.channels.inbox.cluster import Cluster
from tests.conftest import traces
from tests.conversations_store.talks import NOON, at, dumped, say, session_start, turn

TABLES = (EVENTS, CONVERSATIONS, FEEDBACK)
WORDS = ("xylophonist", "quetzalcoatl", "zugzwang")


def count(store: ConversationStore) -> list[int]:
    """Rows of each table."""
    with store.records.reading() as connection:
        return [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in (CONVERSATIONS, EVENTS, FEEDBACK)
        ]


async def told(store: ConversationStore, sender: str, *texts: str, since: float = NOON) -> None:
    for events in at([[*session_start(), *turn(texts[0])], *map(turn, texts[1:])], since):
        await say(store, sender, events)


# -- whole or not at all


async def test_two_who_read_the_same_are_not_mixed(store: ConversationStore, url: str, domain: Domain) -> None:
    other = ConversationStore(url, domain)
    await told(store, "a", "one")
    mine, theirs = await store.retrieve("a"), await other.retrieve("a")
    assert mine is not None and theirs is not None
    for tracker, text in ((mine, "mine"), (theirs, "theirs")):
        for event in turn(text):
            tracker.update(event)
    await other.save(theirs)
    with pytest.raises(ConversationChangedError):
        await store.save(mine)
    texts = [event.get("text") for event in dumped(await store.retrieve_full_tracker("a"))]
    assert "theirs" in texts
    assert "mine" not in texts


async def test_what_another_process_wrote_is_read(store: ConversationStore, url: str, domain: Domain) -> None:
    other = ConversationStore(url, domain)
    await told(store, "a", "one")
    await say(other, "a", turn("two"))
    assert "two" in [event.get("text") for event in dumped(await store.retrieve("a"))]


async def test_forgotten_and_begun_again_elsewhere_is_another_one(
    store: ConversationStore, url: str, domain: Domain
) -> None:
    other = ConversationStore(url, domain)
    await told(store, "a", WORDS[0])
    await other.forget("a")
    await told(other, "a", "hello")
    assert WORDS[0] not in str(dumped(await store.retrieve("a")))


async def test_what_readers_keep_of_a_forgotten_person_is_let_go(store: ConversationStore) -> None:
    read: list[str] = []
    reading = recently(read.append)
    await told(store, "a", WORDS[0])
    reading(WORDS[0])
    await store.forget("a")
    reading(WORDS[0])
    assert read == [WORDS[0], WORDS[0]]


async def test_conversation_forgotten_in_the_middle_of_a_turn_does_not_come_back(store: ConversationStore) -> None:
    await told(store, "a", "one")
    tracker = await store.retrieve("a")
    assert tracker is not None
    await store.forget("a")
    for event in turn(WORDS[0]):
        tracker.update(event)
    with pytest.raises(ConversationChangedError):
        await store.save(tracker)
    assert count(store) == [0, 0, 0]


@pytest.mark.parametrize("sender", ["", "a\0b", "a\ud800", "a" * 256])
async def test_id_that_no_database_holds_is_refused(store: ConversationStore, sender: str) -> None:
    with pytest.raises(BadIdError):
        await store.retrieve(sender)
    with pytest.raises(BadIdError):
        await store.forget(sender)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800", "'; DROP TABLE conversations; --", "é" * 3000, "\N{PILE OF POO}"])
async def test_any_text_is_kept_as_it_was(store: ConversationStore, url: str, domain: Domain, text: str) -> None:
    await told(store, "a", text)
    read = dumped(await ConversationStore(url, domain).retrieve("a"))
    assert text in [event.get("text") for event in read]


# -- refused


async def test_tables_of_rasa_are_refused(file: Path, domain: Domain) -> None:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE events (id INTEGER, sender_id TEXT, data TEXT)")
    with pytest.raises(StoreRefusedError, match="older version"):
        ConversationStore(f"sqlite:///{file}", domain)


async def test_another_format_is_refused(store: ConversationStore, url: str, domain: Domain) -> None:
    with store.records.changing() as connection:
        connection.execute(ABOUT.update().values(value="0"))
    with pytest.raises(StoreRefusedError, match="format 0"):
        ConversationStore(url, domain)


async def test_half_of_the_tables_is_refused(store: ConversationStore, url: str, domain: Domain) -> None:
    with store.records.changing() as connection:
        EVENTS.drop(connection)
    with pytest.raises(StoreRefusedError, match="lacks a table"):
        ConversationStore(url, domain)


# -- keys


async def test_with_keys_no_word_stands_in_the_file(file: Path, domain: Domain) -> None:
    key = new_key()
    store = ConversationStore(f"sqlite:///{file}", domain, keys=key)
    await told(store, "a", WORDS[0], *(f"message {number} {WORDS[2]}" for number in range(20)))
    await store.keep_feedback("a", "m0.0", True, WORDS[1])
    assert all(traces(file.parent, word) == [] for word in (*WORDS, "greet"))
    again = ConversationStore(f"sqlite:///{file}", domain, keys=key)
    assert (await again.export("a"))["messages"][0]["text"] == "hello"
    assert (await again.export("a"))["messages"][1]["text"] == WORDS[0]
    assert (await again.export("a"))["feedback"][0]["reason"] == WORDS[1]


async def test_wrong_or_missing_keys_are_an_error_at_the_start(url: str, domain: Domain) -> None:
    ConversationStore(url, domain, keys=new_key())
    for keys in ("", new_key()):
        with pytest.raises(StoreRefusedError, match="STILLNIGHT_ENCRYPTION_KEYS"):
            ConversationStore(url, domain, keys=keys)
    with pytest.raises(StoreRefusedError, match="32 bytes"):
        ConversationStore(url, domain, keys="correct horse battery staple")


async def test_keys_change_and_what_was_plain_is_encrypted(url: str, domain: Domain) -> None:
    old, new = new_key(), new_key()
    plain = ConversationStore(url, domain)
    await told(plain, "a", WORDS[0])
    await plain.keep_feedback("a", "m0.0", True, f"gAAAAA {WORDS[1]}")
    await told(ConversationStore(url, domain, keys=old), "b", "hello")
    both = ConversationStore(url, domain, keys=f" {new}, {old} ")
    assert Rotation(both.records).run() > 10
    alone = ConversationStore(url, domain, keys=new)
    assert (await alone.export("a"))["messages"][1]["text"] == WORDS[0]
    assert (await alone.export("a"))["feedback"][0]["reason"] == f"gAAAAA {WORDS[1]}"
    with alone.records.reading() as connection:
        kept = list(connection.execute(sa.select(EVENTS.c.data)).scalars())
    assert all(Fernet(new).decrypt(data.encode()) for data in kept)
    with pytest.raises(StoreRefusedError):
        ConversationStore(url, domain, keys=old)


# -- forgetting


async def test_forgotten_words_are_in_no_byte_of_the_file(file: Path, domain: Domain) -> None:
    """Many people of many lengths, so that pages are shared, split and merged."""
    store = ConversationStore(f"sqlite:///{file}", domain)
    people = {f"p{number}": f"{WORDS[number % 3]}{number:03}" for number in range(40)}
    for turn_number in range(20):
        for number, (sender, word) in enumerate(people.items()):
            if turn_number <= number:
                await say(store, sender, turn(f"{word} " * (1 + 37 * number % 90), SlotSet("country", word)))
    for sender, word in people.items():
        await store.keep_feedback(sender, "m0.0", True, f"because {word}")
    kept = {sender: word for number, (sender, word) in enumerate(people.items()) if number % 4 == 0}
    for sender in people.keys() - kept.keys():
        await store.forget(sender)
    for sender, word in people.items():
        assert_traces(file.parent, word, sender in kept)
        assert bool((await store.export(sender))["messages"]) == (sender in kept)


@pytest.mark.parametrize("seed", [0, 2, 7])
def test_rows_that_were_moved_between_pages_leave_no_copy_behind(file: Path, seed: int) -> None:
    """SQLite leaves one in the page from which it moved a row. With these seeds of lengths that happens."""
    lengths = random.Random(seed)
    records = Records(open_database(f"sqlite:///{file}"), NoSeal(), wait=10)
    keeper = Housekeeping(records)
    people = {f"p{number}": f"{WORDS[number % 3]}{number:03}" for number in range(40)}
    heads: dict[str, Head] = {}

    def row(number: int, word: str) -> Row:
        times = lengths.choice([1, 1 + 37 * number % 90, lengths.randrange(60)])
        return Row("user", NOON, json.dumps([f"{word} " * times, "y" * lengths.randrange(200)]))

    for turn_number in range(20):
        for number, (sender, word) in enumerate(people.items()):
            if turn_number <= number:
                rows = [row(number, word) for _ in range(5)]
                heads[sender] = records.append(sender, heads.get(sender), rows, None)
    for sender in lengths.sample(list(people), 30):
        keeper.forget(sender)
        del heads[sender]
    for sender, word in people.items():
        assert_traces(file.parent, word, sender in heads)


def assert_traces(folder: Path, word: str, expected: bool) -> None:
    files = traces(folder, word)
    assert bool(files) == expected, f"{word} is in {files or 'no file'}"


async def test_forgotten_words_are_in_no_table_and_after_a_wipe_in_no_file_of_a_table(
    fresh: str, postgres: Cluster, domain: Domain
) -> None:
    store = ConversationStore(fresh, domain)
    await told(store, "a", *(f"{WORDS[0]} {number}" for number in range(20)))
    await told(store, "b", WORDS[2])
    await store.keep_feedback("a", "m0.0", True, WORDS[1])
    await store.forget("a")
    assert (await store.export("a"))["messages"] == []
    assert count(store)[0] == 1
    tables = postgres.folder / "data" / "base"
    postgres.run("CHECKPOINT", "postgres")
    assert traces(tables, WORDS[0]), "otherwise there is nothing to wipe"
    await store.wipe()
    postgres.run("CHECKPOINT", "postgres")
    for word in WORDS:
        assert_traces(tables, word, expected=word == WORDS[2])


async def test_tables_are_wiped_once_a_night_by_many_processes(fresh: str, postgres: Cluster, domain: Domain) -> None:
    def files() -> list[object]:
        with stores[0].records.reading() as connection:
            return [
                connection.execute(sa.select(sa.func.pg_relation_filenode(table.name))).scalar() for table in TABLES
            ]

    stores = [ConversationStore(fresh, domain) for _ in range(3)]
    before = files()
    await asyncio.gather(*(store.wipe() for store in stores))
    once = files()
    assert not set(once) & set(before)
    for store in stores:
        await store.wipe()
    assert files() == once


async def test_conversation_goes_on_while_a_table_cannot_be_wiped(fresh: str, domain: Domain) -> None:
    """Somebody reads for long; the tables are wiped in another night, and nobody waits for ever."""
    store = ConversationStore(fresh, domain)
    await told(store, "a", "one")
    with store.records.engine.connect() as other:
        transaction = other.begin()
        other.execute(sa.select(EVENTS)).fetchall()
        with pytest.raises(StoreDownError):
            await store.wipe()
        transaction.rollback()
    await say(store, "a", turn("two"))
    assert len((await store.export("a"))["messages"]) == 5


async def test_reader_does_not_keep_forgotten_words_in_the_log_for_good(file: Path, domain: Domain) -> None:
    store = ConversationStore(f"sqlite:///{file}", domain)
    await told(store, "a", WORDS[0])
    await told(store, "b", WORDS[1])
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM conversations").fetchall()
        await store.forget("a")
        await store.forget("b")
        assert not await store.tidy()
        reader.execute("COMMIT")
    assert await store.tidy()
    assert traces(file.parent, WORDS[0]) == traces(file.parent, WORDS[1]) == []


async def test_large_file_is_wiped_at_night_so_that_nobody_waits(
    file: Path, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ConversationStore(f"sqlite:///{file}", domain)
    await told(store, "a", WORDS[0])
    monkeypatch.setattr(housekeeping, "SMALL_BYTES", 1000)
    await store.forget("a")
    assert not await store.tidy()
    await store.wipe()
    assert await store.tidy()
    assert traces(file.parent, WORDS[0]) == []


# -- expiry and export


async def test_old_conversations_expire_and_no_others(store: ConversationStore) -> None:
    now = time.time()
    for number in range(120):
        await told(store, f"old{number}", WORDS[0], since=now - 40 * 86_400)
    await told(store, "new", "hello", since=now)
    await told(store, "went on", "long ago", since=now - 40 * 86_400)
    await say(store, "went on", at([turn("again")], now)[0])
    await store.keep_feedback("new", "m0.0", True, None)
    assert await store.expire(now - 30 * 86_400) == 120
    assert sorted(await store.keys()) == ["new", "went on"]
    assert len((await store.export("went on"))["messages"]) == 5
    assert len((await store.export("new"))["feedback"]) == 1
    assert await store.expire(now - 30 * 86_400) == 0


async def test_export_is_what_both_said_what_is_remembered_and_feedback(store: ConversationStore) -> None:
    await say(store, "a", at([[*session_start(), *turn("my ferritin is 18", SlotSet("labs", {"told": [18]}))]])[0])
    await store.keep_feedback("a", "m0.0", False, None)
    await store.keep_feedback("a", "m0.0", True, "clear")
    exported = await store.export("a")
    assert [(each["by"], each["text"]) for each in exported["messages"]] == [
        ("assistant", "hello"),
        ("you", "my ferritin is 18"),
        ("assistant", "re: my ferritin is 18"),
    ]
    assert exported["messages"][0]["at"] == NOON + 0.5
    assert exported["remembered"] == {"labs": {"told": [18]}}
    assert [(each["answer"], each["helpful"], each["reason"]) for each in exported["feedback"]] == [
        ("m0.0", True, "clear")
    ]
    assert await store.export("nobody") == {"messages": [], "remembered": {}, "feedback": []}


# -- errors


async def test_no_error_tells_what_was_said(store: ConversationStore) -> None:
    with store.records.changing() as connection:
        EVENTS.drop(connection)
    with pytest.raises(StoreDownError) as raised:
        await told(store, WORDS[1], WORDS[0])
    cause: BaseException | None = raised.value
    while cause is not None:
        assert not any(word in str(cause) for word in WORDS)
        cause = cause.__cause__ or cause.__context__
    assert asyncio.get_running_loop().is_running()
