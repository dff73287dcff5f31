"""A server that starts or does not, what it does without its inbox, and whether Meta may subscribe to it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from stillnight.channels.inbox.opening import check_inbox, open_inbox
from stillnight.channels.messenger.service import WorkerProcess
from stillnight.channels.whatsapp_cloud.channel import CloudChannel
from stillnight.commands.inbox import NoInboxError, existing
from stillnight.conversations.sealing import new_key
from stillnight.messenger_settings import CloudSettings, ConfigurationError
from stillnight.settings import Settings
from tests.channels.conftest import Clinic
from tests.channels.graph_api import LoopbackGraph
from tests.channels.kept import (
    refused_to_start,
    state,
    until,
    waiting_beside,
)
from tests.channels.whatsapp_cloud.patient import (
    SECRET,
    VERIFY_TOKEN,
    Patient,
    environment,
    webhook,
)
from tests.conftest import Server

QUESTION = "what is plmd"


def test_server_does_not_start_without_a_secret(graph: LoopbackGraph, tmp_path: Path) -> None:
    variable = "STILLNIGHT_WHATSAPP_CLOUD_APP_SECRET"
    said = refused_to_start({**environment(graph), variable: " "}, tmp_path)
    assert len(said.splitlines()) == 1
    assert variable in said
    assert graph.token not in said


@pytest.mark.parametrize("name", ["app_secret", "verify_token", "access_token"])
def test_channel_needs_each_of_its_secrets(name: str) -> None:
    given = {"app_secret": SECRET, "verify_token": VERIFY_TOKEN, "access_token": "token", name: None}
    with pytest.raises(ConfigurationError, match=f"STILLNIGHT_WHATSAPP_CLOUD_{name.upper()} is not set"):
        CloudChannel(CloudSettings.parse_obj(given))


def test_inbox_must_be_a_database_that_is_known() -> None:
    with pytest.raises(ConfigurationError, match="STILLNIGHT_INBOX: mysql is not supported"):
        check_inbox(Settings.parse_obj({"inbox": "mysql://name:password@host/inbox"}))


def test_inbox_of_another_version_is_refused_in_one_line(graph: LoopbackGraph, tmp_path: Path) -> None:
    settings = Settings.parse_obj({"data_dir": tmp_path})
    open_inbox(settings).engine.dispose()
    check_inbox(settings)
    with closing(sqlite3.connect(tmp_path / "inbox.db")) as database:
        database.execute("ALTER TABLE outbox_parts DROP COLUMN urgent")
    said = refused_to_start(environment(graph), tmp_path)
    assert len(said.splitlines()) == 1
    assert "STILLNIGHT_INBOX: the inbox is of another version" in said
    with pytest.raises(NoInboxError, match="another version"):
        existing(settings.inbox_url)
    (tmp_path / "inbox.db").write_text("no database at all" * 100)
    with pytest.raises(ConfigurationError, match=r"STILLNIGHT_INBOX: cannot be read \(DatabaseError\)"):
        check_inbox(settings)


@pytest.fixture
def locked(graph: LoopbackGraph, tmp_path: Path) -> dict[str, str]:
    """Settings whose key is another than that of the inbox."""
    open_inbox(Settings.parse_obj({"data_dir": tmp_path, "encryption_keys": new_key()})).engine.dispose()
    return {**environment(graph), "STILLNIGHT_ENCRYPTION_KEYS": new_key()}


def test_server_with_another_key_does_not_start_and_says_why(locked: dict[str, str], tmp_path: Path) -> None:
    said = refused_to_start(locked, tmp_path)
    assert len(said.splitlines()) == 1
    assert "STILLNIGHT_ENCRYPTION_KEYS: none of the keys opens what is kept (the inbox)" in said
    assert locked["STILLNIGHT_ENCRYPTION_KEYS"] not in said


async def test_worker_with_another_key_is_not_started_again_and_again(
    locked: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in {**locked, "STILLNIGHT_DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    worker = WorkerProcess()
    worker.start()
    assert worker._keeper is not None
    await asyncio.wait_for(worker._keeper, 120)
    assert [record.message for record in caplog.records] == ["the worker is not started again: its settings are wrong"]


def test_delivery_waits_beside_an_inbox_that_is_not_there_yet(graph: LoopbackGraph, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    # Without a model it starts sooner, and deliveries are taken all the same.
    given = {"STILLNIGHT_INBOX": f"sqlite:///{disk}/inbox.db", "STILLNIGHT_MODEL": str(tmp_path / "none")}
    server = Server(tmp_path / "data", {**environment(graph), **given}).start()
    try:
        patient = Patient(server, graph)
        message = patient.text(QUESTION)
        assert patient.delivers(message).status_code == 200
        assert waiting_beside(server.data_dir) == 1
        disk.mkdir()
        until(lambda: not waiting_beside(server.data_dir), "the inbox")
        assert state(disk, message["id"])
    finally:
        server.stop()


def test_delivery_is_refused_until_it_can_be_kept(graph: LoopbackGraph, tmp_path: Path) -> None:
    in_the_way = tmp_path / "data" / "deliveries.a"
    in_the_way.mkdir(parents=True)
    server = Server(tmp_path / "data", {**environment(graph), "STILLNIGHT_MODEL": str(tmp_path / "none")}).start()
    try:
        patient = Patient(server, graph)
        message = patient.text(QUESTION)
        assert patient.delivers(message).status_code == 503
        in_the_way.rmdir()
        until(lambda: patient.delivers(message).status_code == 200, "a place to keep it")
        until(lambda: not waiting_beside(server.data_dir), "the inbox")
        assert state(server.data_dir, message["id"])
    finally:
        server.stop()


# -- subscribing


def subscribe(clinic: Clinic, token: str | None, mode: str = "subscribe") -> httpx.Response:
    """What Meta asks when somebody enters the address there."""
    query = {"hub.mode": mode, "hub.challenge": "1158201444", **({} if token is None else {"hub.verify_token": token})}
    return httpx.get(webhook(clinic.server), params=query, timeout=10)


def test_meta_learns_that_the_address_is_ours(clinic: Clinic) -> None:
    answer = subscribe(clinic, VERIFY_TOKEN)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("token", ["wrong", "", None, "tökén", f"{VERIFY_TOKEN}é", "\N{SNOWMAN}"])
def test_nobody_else_does(clinic: Clinic, token: str | None) -> None:
    answer = subscribe(clinic, token)
    assert (answer.status_code, answer.text) == (403, "")
    assert subscribe(clinic, VERIFY_TOKEN, mode="unsubscribe").status_code == 403
