"""A clinic's databases of each kind, with somebody who talked on the web and somebody on WhatsApp."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from typer.testing import CliRunner

from stillnight.channels.inbox.inbox import Answer, Inbox, Offer
from stillnight.channels.inbox.shapes import Arrival
from stillnight.channels.messenger.incoming import Incoming, Kind, Person
from stillnight.channels.messenger.outgoing import Part
from stillnight.channels.messenger.webhook import person_id
from stillnight.cli import app
from stillnight.conversations.sealing import new_key, seal_of
from stillnight.conversations.store import ConversationStore
from stillnight.database import open_database
from stillnight.paths import PROJECT
from tests.channels.inbox.cluster import Cluster
from tests.conftest import traces
from tests.conversations_store.talks import NOON, at, say, session_start, turn

SECRET = "a-secret-of-the-tests-alone"
PHONE, LINE = "+447700900123", "106540352242922"
WEB = "web-" + "0a" * 16
WHATSAPP = person_id(SECRET, "whatsapp_cloud", LINE, PHONE)
# What each of them, and the chat, said.
WORDS = {WEB: ("xylophonist", "zugzwang"), WHATSAPP: ("quetzalcoatl", "bumfuzzle", "widdershins", "collywobbles")}


@dataclass
class Clinic:
    """database, inbox: addresses. files: where what they hold lies, for words that must be nowhere."""

    database: str
    inbox: str
    files: Path
    cluster: Cluster | None
    keys: str

    def store(self, keys: str | None = None) -> ConversationStore:
        """The conversations."""
        domain = Domain.load(str(PROJECT / "domain.yml"))
        return ConversationStore(self.database, domain, keys=self.keys if keys is None else keys)

    def messages(self, keys: str | None = None) -> Inbox:
        """The messengers' inbox."""
        return Inbox(open_database(self.inbox), seal_of(self.keys if keys is None else keys))

    def wipe(self, keys: str) -> None:
        """As every night."""
        asyncio.run(self.store(keys).wipe())
        self.messages(keys).wipe()

    def traces(self, word: str) -> list[str]:
        """Files that hold a word."""
        if self.cluster is not None:
            self.cluster.run("CHECKPOINT", "postgres")
        return traces(self.files, word)

    def in_tables(self, word: str) -> list[str]:
        """Tables of which a row holds a word."""
        found = []
        for url in (self.database, self.inbox):
            engine = open_database(url)
            with engine.connect() as connection:
                for name in sa.inspect(connection).get_table_names():
                    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
                    if any(word in str(row) for row in connection.execute(table.select())):
                        found.append(name)
            engine.dispose()
        return found


@pytest.fixture(params=["sqlite", "sqlite encrypted", "postgresql", "postgresql encrypted"])
def clinic(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """Empty, and what its commands are told in the environment."""
    keys = new_key() if "encrypted" in request.param else ""
    if request.param.startswith("sqlite"):
        database, inbox = (f"sqlite:///{tmp_path / name}.db" for name in ("conversations", "inbox"))
        made = Clinic(database, inbox, tmp_path, None, keys)
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        cluster.empty()
        made = Clinic(cluster.url, cluster.url, cluster.folder / "data" / "base", cluster, keys)
    settings = {"DATABASE": made.database, "INBOX": made.inbox, "SECRET": SECRET, "ENCRYPTION_KEYS": keys}
    for name, value in settings.items():
        monkeypatch.setenv(f"STILLNIGHT_{name}", value)
    monkeypatch.setenv("STILLNIGHT_DATA_DIR", str(tmp_path))
    return made


@pytest.fixture
async def talked(clinic: Clinic) -> Clinic:
    """Both said something, one of them gave an opinion, and on WhatsApp an answer and another message wait."""
    store = clinic.store()
    for person, (word, *_) in WORDS.items():
        noted = SlotSet("medicines", ["ropinirole"])
        await say(store, person, *at([[*session_start(), *turn(f"my {word} legs"), noted]], NOON))
    await store.keep_feedback(WEB, "m0.0", False, WORDS[WEB][1])
    inbox = clinic.messages()
    for number, text in enumerate((WORDS[WHATSAPP][0], WORDS[WHATSAPP][1])):
        message = Incoming(f"wamid.{number}", Person(PHONE, PHONE, PHONE), NOON + number, Kind.TEXT, LINE, text)
        inbox.take([Arrival("whatsapp_cloud", WHATSAPP, message)], NOON)
    taken = inbox.begin(inbox.waiting(WHATSAPP)[0])
    assert taken is not None
    answer = Answer("reply", Part(WORDS[WHATSAPP][2]))
    inbox.answer(taken, [answer], [Offer("0123456789abcdef", WORDS[WHATSAPP][3], "/more")], False, NOON)
    store.records.engine.dispose()
    inbox.engine.dispose()
    return clinic


def run(*arguments: str) -> Any:
    """One command of ours."""
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Nothing of an earlier test is remembered."""
    from stillnight.settings import settings

    settings.cache_clear()
    yield
    settings.cache_clear()
