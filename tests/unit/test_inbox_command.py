"""`stillnight inbox`: what it tells, what it keeps to itself, and what it sends again."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from typer.testing import CliRunner

from stillnight.channels.inbox.inbox import Answer, Arrival, Inbox, Taken
from stillnight.channels.inbox.tables import MESSAGES, PARTS
from stillnight.channels.inbox.worker import Said, Worker
from stillnight.channels.messenger.incoming import Incoming, Kind, Person, Progress, Receipt
from stillnight.channels.messenger.outgoing import Part, Road
from stillnight.channels.whatsapp_cloud import channel as cloud
from stillnight.channels.whatsapp_cloud.graph import GraphApi
from stillnight.channels.whatsapp_cloud.refusals import _LASTING, _PASSING
from stillnight.channels.whatsapp_twilio import rest as twilio
from stillnight.channels.whatsapp_twilio.limits import TWILIO
from stillnight.cli import app
from stillnight.commands.inbox import WINDOWS
from stillnight.commands.inbox_codes import meaning
from stillnight.database import open_database
from stillnight.holding import FileHolding
from tests.channels.graph_api import LINE, LoopbackGraph
from tests.channels.graph_faults import error

PHONE, WORDS, SAID = "+447700900123", "my legs at night", "Iron may help."
HOUR = 3600.0
CLOUD = "whatsapp_cloud"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith("STILLNIGHT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("STILLNIGHT_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def inbox(folder: Path) -> Inbox:
    return Inbox(open_database(f"sqlite:///{folder / 'inbox.db'}"))


def command(*options: str) -> Result:
    return CliRunner().invoke(app, ["inbox", *options])


def state() -> dict[str, Any]:
    ended = command("--json")
    assert ended.exit_code == 0, ended.output
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def taken(inbox: Inbox, name: str, at: float | None = None, channel: str = CLOUD) -> Taken:
    """A message that came in; each by somebody else."""
    at = time.time() if at is None else at
    message = Incoming(name, Person(PHONE, PHONE, PHONE), at, Kind.TEXT, LINE, WORDS)
    inbox.take([Arrival(channel, f"person-{name}", message)], at)
    (waiting,) = inbox.waiting(f"person-{name}")
    return waiting


def answered(inbox: Inbox, name: str, at: float | None = None, channel: str = CLOUD) -> int:
    """The number of the part that answers it."""
    message = taken(inbox, name, at, channel)
    inbox.answer(message, [Answer("reply", Part(SAID))], [], False, time.time())
    part = inbox.next_part(message.person)
    assert part is not None
    return part.number


def dead(inbox: Inbox, name: str, code: str = "131047", at: float | None = None, channel: str = CLOUD) -> int:
    number = answered(inbox, name, at, channel)
    inbox.give_up(number, code)
    return number


def row(inbox: Inbox, number: int) -> Any:
    with inbox.engine.connect() as connection:
        return connection.execute(PARTS.select().where(PARTS.c.number == number)).one()


# -- what it tells


def test_messages_are_counted_by_state_and_note(inbox: Inbox) -> None:
    taken(inbox, "a")
    failing = taken(inbox, "b")
    inbox.postpone(failing.number, time.time(), "TimeoutError")
    answered(inbox, "c")
    inbox.sent(answered(inbox, "d"), "wamid.d", time.time())
    for name, note in (("e", "too old to answer"), ("f", "too old to answer"), ("g", "deleted")):
        inbox.drop(taken(inbox, name).number, note)
    told = state()
    assert (told["waiting"], told["sending"], told["done"]) == (2, 1, 1)
    assert told["failing"] == {"TimeoutError": 1}
    assert told["dropped"] == {"too old to answer": 2, "deleted": 1}
    assert told["dead"] == []
    shown = command().stdout
    assert re.search(r"waiting +2  \(TimeoutError 1\)", shown)
    assert re.search(r"dropped +3  \(deleted 1, too old to answer 2\)", shown)


def test_dead_part_is_told_with_its_error_in_words_and_all_attempts(inbox: Inbox) -> None:
    number = answered(inbox, "a", at=1_800_000_000.0)
    for _ in range(2):
        inbox.try_again(number, time.time(), "130429")
    inbox.give_up(number, "130429")
    (told,) = state()["dead"]
    assert told == {
        "number": number,
        "channel": CLOUD,
        "asked_at": "2027-01-15T08:00:00+00:00",
        "code": "130429",
        "meaning": meaning("130429"),
        "attempts": 3,
        "resendable": True,
    }
    shown = command().stdout
    assert f"part {number}: {CLOUD}" in shown
    assert f"130429: {meaning('130429')}" in shown


@pytest.mark.parametrize("code", ["channel closed", "too old to send"])
def test_part_that_was_never_tried_has_no_attempt(inbox: Inbox, code: str) -> None:
    dead(inbox, "a", code)
    (told,) = state()["dead"]
    assert (told["attempts"], told["meaning"]) == (0, meaning(code))
    assert "not in our list" not in told["meaning"]


@pytest.mark.parametrize("options", [(), ("--json",), ("--resend", "all"), ("--resend", "1", "--json")])
def test_no_word_no_address_and_no_number_of_anybody_is_told(inbox: Inbox, options: tuple[str, ...]) -> None:
    number = dead(inbox, "a")
    inbox.drop(taken(inbox, "b").number, "deleted")
    noted = PARTS.update().where(PARTS.c.number == number).values(note=f"to {PHONE}: {SAID}")
    with inbox.engine.begin() as connection:
        connection.execute(noted)
    shown = command(*options).output
    assert shown
    for secret in (PHONE, PHONE[1:], WORDS, SAID, LINE, "person-"):
        assert secret not in shown


def test_looking_changes_nothing(inbox: Inbox) -> None:
    number = dead(inbox, "a")
    before = row(inbox, number)
    command()
    assert row(inbox, number) == before


# -- sending again


def test_part_is_put_back_as_if_it_were_new(inbox: Inbox) -> None:
    number = answered(inbox, "a")
    inbox.try_again(number, time.time(), "timeout")
    before = row(inbox, number)
    inbox.give_up(number, "timeout")
    start = time.time()
    ended = command("--resend", str(number))
    assert (ended.exit_code, ended.stdout) == (0, f"Part {number} is sent again as soon as a worker runs.\n")
    after = row(inbox, number)
    assert (after.state, after.attempts, after.note, after.body) == ("waiting", 0, None, before.body)
    assert start <= after.due_at <= time.time()
    assert inbox.people_with_work(time.time(), 9) == ["person-a"]
    told = state()
    assert (told["sending"], told["done"], told["dead"]) == (1, 0, [])


def test_late_receipt_of_an_attempt_that_failed_does_not_stop_the_next(inbox: Inbox) -> None:
    number = answered(inbox, "a")
    inbox.unanswered(number, time.time(), "timeout")
    failed = Receipt("wamid.x", Progress.FAILED, row(inbox, number).ours, "131000")
    inbox.note_receipts(CLOUD, [failed], time.time())
    assert row(inbox, number).state == "dead"
    command("--resend", str(number))
    inbox.note_receipts(CLOUD, [failed], time.time())
    assert row(inbox, number).state == "waiting"


def test_attempt_that_went_through_after_all_is_not_sent_twice(inbox: Inbox) -> None:
    number = answered(inbox, "a")
    inbox.unanswered(number, time.time(), "timeout")
    inbox.give_up(number, "timeout")
    delivered = Receipt("wamid.x", Progress.DELIVERED, row(inbox, number).ours)
    command("--resend", str(number))
    inbox.note_receipts(CLOUD, [delivered], time.time())
    assert row(inbox, number).state == "sent"


def test_message_of_a_part_that_is_sent_again_is_not_cleared_away(inbox: Inbox) -> None:
    number = dead(inbox, "a")
    command("--resend", str(number))
    inbox.clear(time.time() + HOUR)
    assert row(inbox, number).state == "waiting"


def test_all_sends_again_what_may_be_sent(inbox: Inbox) -> None:
    old, new, other = dead(inbox, "a", at=time.time() - 25 * HOUR), dead(inbox, "b"), dead(inbox, "c")
    ended = command("--resend", "all", "--json")
    told = json.loads(ended.stdout)
    assert ended.exit_code == 0
    assert told["resent"] == [new, other]
    assert len(told["refused"]) == 1
    assert f"part {old} " in told["refused"][0]
    assert row(inbox, old).state == "dead"


def test_all_of_nothing_is_said_so(inbox: Inbox) -> None:
    ended = command("--resend", "all")
    assert (ended.exit_code, ended.stdout) == (0, "There is nothing to send again.\n")


@pytest.mark.parametrize("hours", [24.1, 200])
def test_answer_to_an_old_message_is_not_sent(inbox: Inbox, hours: float) -> None:
    number = dead(inbox, "a", at=time.time() - hours * HOUR)
    ended = command("--resend", str(number))
    assert ended.exit_code == 1
    assert "too old" in ended.stdout
    assert row(inbox, number).state == "dead"
    assert not state()["dead"][0]["resendable"]


def test_answer_to_a_message_of_nearly_a_day_ago_is_sent(inbox: Inbox) -> None:
    number = dead(inbox, "a", at=time.time() - 23.9 * HOUR)
    assert command("--resend", str(number)).exit_code == 0


def test_part_that_failed_after_it_was_taken_has_no_text_left(inbox: Inbox) -> None:
    number = answered(inbox, "a")
    inbox.sent(number, "wamid.a", time.time())
    receipt = Receipt("wamid.a", Progress.FAILED, None, "131026")
    inbox.note_receipts(CLOUD, [receipt], time.time())
    assert state()["dead"][0]["resendable"] is False
    ended = command("--resend", str(number))
    assert ended.exit_code == 1
    assert "not kept" in ended.stdout


def test_part_of_an_unknown_channel_is_not_sent(inbox: Inbox) -> None:
    ended = command("--resend", str(dead(inbox, "a", channel="pigeon")))
    assert ended.exit_code == 1
    assert "pigeon" in ended.stdout


@pytest.mark.parametrize("make", [answered, lambda inbox, name: 4711, lambda inbox, name: 2**80])
def test_part_that_is_not_dead_is_left_alone(inbox: Inbox, make: Callable[[Inbox, str], int]) -> None:
    number = make(inbox, "a")
    ended = command("--resend", str(number))
    assert ended.exit_code == 1
    assert "Part" not in ended.stdout
    if number < 4711:
        assert row(inbox, number).due_at <= time.time()
        assert row(inbox, number).ours
        assert "no part" in ended.stdout


@pytest.mark.parametrize("which", ["some", "-1", "1.5", "", "²"])
def test_anything_but_a_number_is_refused(inbox: Inbox, which: str) -> None:
    dead(inbox, "a")
    ended = command(f"--resend={which}")
    assert ended.exit_code == 1
    assert "number of a part" in ended.output
    assert len(state()["dead"]) == 1


# -- an inbox that is not there


def test_inbox_that_never_was_is_not_made(folder: Path) -> None:
    ended = command()
    assert ended.exit_code == 1
    assert "no inbox yet" in ended.output
    assert list(folder.iterdir()) == []


def test_database_without_the_tables_is_no_inbox(folder: Path) -> None:
    (folder / "inbox.db").touch()
    assert "no inbox yet" in command().output


@pytest.mark.parametrize(
    "url",
    ["mysql://somebody:a-secret@127.0.0.1/x", "a-secret", "postgresql://somebody:a-secret@127.0.0.1:1/x"],
)
def test_database_that_cannot_be_read_is_one_line_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STILLNIGHT_INBOX", url)
    ended = command()
    assert ended.exit_code == 1
    assert len(ended.output.strip().splitlines()) == 1
    assert "inbox" in ended.output.lower()
    assert "a-secret" not in ended.output


def test_file_that_is_no_database_is_one_line(folder: Path) -> None:
    (folder / "inbox.db").write_bytes(b"no database at all" * 100)
    ended = command()
    assert (ended.exit_code, len(ended.output.strip().splitlines())) == (1, 1)


# -- together with the rest


def test_windows_are_those_of_the_channels_by_their_names() -> None:
    assert {cloud.NAME: GraphApi.limits.window, twilio.NAME: TWILIO.window} == WINDOWS


@pytest.mark.parametrize("code", sorted(map(str, _LASTING | _PASSING)) + sorted(twilio._PASSES) + ["timeout", "cut"])
def test_every_error_that_the_roads_know_has_a_meaning(code: str) -> None:
    assert "not in our list" not in meaning(code)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("http-401", "token"),
        ("http-503", "not well"),
        ("http-429", "too much"),
        ("http-400", "form"),
        ("200", "token"),
        ("OperationalError", "fault"),
    ],
)
def test_errors_without_a_number_of_their_own_are_told_by_kind(code: str, word: str) -> None:
    assert word in meaning(code)


@pytest.mark.parametrize("code", ["987654", "other", "http-x"])
def test_unknown_error_says_where_to_look(code: str) -> None:
    assert "look it up" in meaning(code)
    assert "did not say" in meaning(None)


class _Says:
    """An assistant that knows one sentence."""

    def is_urgent(self, taken: Taken) -> bool:
        return False

    async def answer(self, taken: Taken, road: Road) -> Said:
        return Said([Answer("reply", Part(SAID))])

    def apology(self, taken: Taken, road: Road) -> Said:
        raise NotImplementedError


def test_refused_answer_reaches_the_person_after_all_and_once(folder: Path, inbox: Inbox) -> None:
    """A worker gives up, an operator sends it again, the worker delivers it."""

    async def work(graph: LoopbackGraph, until: Callable[[], bool]) -> None:
        stop = asyncio.Event()
        road = GraphApi(graph.token, graph.url)
        holding = FileHolding(folder / f"lock-{time.monotonic_ns()}")
        running = asyncio.create_task(Worker(inbox, {CLOUD: road}, _Says(), holding).run(stop))
        for _ in range(600):
            if until():
                break
            await asyncio.sleep(0.05)
        stop.set()
        await running

    def states(table: sa.Table) -> list[str]:
        with inbox.engine.connect() as connection:
            return [row.state for row in connection.execute(table.select())]

    message = taken(inbox, "wamid.in1").message
    with LoopbackGraph() as graph:
        graph.heard(PHONE[1:], message.id)
        graph.next(error(131026))
        asyncio.run(work(graph, lambda: states(PARTS) == ["dead"]))
        assert (graph.accepted, states(MESSAGES)) == ([], ["done"])
        (part,) = state()["dead"]
        assert (part["code"], part["attempts"]) == ("131026", 1)
        assert command("--resend", "all").exit_code == 0
        assert command("--resend", "all").stdout == "There is nothing to send again.\n"
        asyncio.run(work(graph, lambda: states(PARTS) == ["sent"]))
        assert [sent.text for sent in graph.accepted] == [SAID]
    assert (states(PARTS), states(MESSAGES)) == (["sent"], ["done"])
