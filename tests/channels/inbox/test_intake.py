"""Taking deliveries that come at once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.intake import Intake, put
from stillnight.channels.inbox.shapes import Arrival, Delivered
from stillnight.channels.inbox.spool import Spool
from stillnight.channels.inbox.tables import MESSAGES, PARTS
from stillnight.channels.messenger.incoming import Kind, Progress, Receipt
from stillnight.database import open_database
from tests.channels.inbox.people import CHANNEL, NOW, answered, arrival, message, rows, states, until
from tests.channels.inbox.test_spool import full_disk


def brings(*arrivals: Arrival, receipts: tuple[Receipt, ...] = ()) -> Delivered:
    """One delivery."""
    return Delivered(CHANNEL, arrivals, receipts)


# No database keeps half a surrogate pair.
POISON = arrival("a\ud800")


async def test_deliveries_that_come_at_once_share_transactions(inbox: Inbox) -> None:
    begun: list[object] = []
    sa.event.listen(inbox.engine, "begin", begun.append)
    intake = Intake(inbox)
    await asyncio.gather(*(intake.take(brings(arrival(f"m{number}"))) for number in range(50)))
    assert len(inbox.waiting("ann")) == 50
    assert len(begun) <= 2


async def test_delivery_that_cannot_be_kept_spoils_no_other(inbox: Inbox) -> None:
    intake = Intake(inbox)
    given = [brings(arrival("a")), brings(arrival("b"), POISON), brings(arrival("c"))]
    ended = await asyncio.gather(*(intake.take(each) for each in given), return_exceptions=True)
    assert [type(each) for each in ended] == [type(None), UnicodeEncodeError, type(None)]
    assert [taken.message.id for taken in inbox.waiting("ann")] == ["a", "c"]


async def test_nothing_is_acknowledged_that_is_not_kept(inbox: Inbox) -> None:
    with pytest.raises(UnicodeEncodeError):
        await Intake(inbox).take(brings(POISON))


async def test_delivery_whose_request_has_gone_is_kept_and_holds_up_nobody(inbox: Inbox) -> None:
    intake = Intake(inbox)
    gone = asyncio.create_task(intake.take(brings(arrival("a"))))
    stays = asyncio.create_task(intake.take(brings(arrival("b"))))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    await intake.take(brings(arrival("c")))
    assert [taken.message.id for taken in inbox.waiting("ann")] == ["a", "b", "c"]


async def test_empty_delivery_writes_nothing(inbox: Inbox) -> None:
    begun: list[object] = []
    sa.event.listen(inbox.engine, "begin", begun.append)
    await Intake(inbox).take(brings())
    assert begun == []


# -- with a spool


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """Beside the inbox."""
    return Spool(tmp_path)


def ids(inbox: Inbox) -> list[str]:
    """Of the messages that wait."""
    return [taken.message.id for taken in inbox.waiting("ann")]


async def test_kept_delivery_comes_into_the_inbox_and_is_gone_beside_it(
    inbox: Inbox, spool: Spool, tmp_path: Path
) -> None:
    intake = Intake(inbox, spool)
    await asyncio.gather(*(intake.take(brings(arrival(f"m{number}", at=NOW + number))) for number in range(50)))
    assert len(spool.left()) == 50
    await until(lambda: not spool.left())
    assert ids(inbox) == [f"m{number}" for number in range(50)]
    assert not any(path.read_bytes() for path in tmp_path.glob("deliveries.*"))
    await intake.close()


async def test_locked_inbox_holds_up_no_acknowledgement(inbox: Inbox, spool: Spool) -> None:
    intake = Intake(inbox, spool)
    with inbox.engine.begin() as connection:
        connection.execute(sa.update(MESSAGES).values(note="busy"))
        await intake.take(brings(arrival("a")))
        await intake.take(brings(arrival("b", at=NOW + 1)))
        assert not ids(inbox)
    await until(lambda: not spool.left())
    assert ids(inbox) == ["a", "b"]
    await intake.close()


async def test_what_an_earlier_process_left_comes_first(inbox: Inbox, spool: Spool, tmp_path: Path) -> None:
    spool.append([json.dumps(brings(arrival("a")).as_dict()).encode(), b"no JSON", b'{"channel": "test"}'])
    spool.close()
    intake = Intake(inbox, Spool(tmp_path))
    await intake.take(brings(arrival("b")))
    await until(lambda: len(ids(inbox)) == 2)
    assert ids(inbox) == ["a", "b"]
    await intake.close()


async def test_delivery_that_was_moved_already_is_not_answered_again(
    inbox: Inbox, spool: Spool, tmp_path: Path
) -> None:
    inbox.take([arrival("a")], NOW)
    answered(inbox, "ann", "yes")
    spool.append([json.dumps(brings(arrival("a")).as_dict()).encode()])
    spool.close()
    again = Spool(tmp_path)
    intake = Intake(inbox, again)
    await until(lambda: not again.left())
    assert not ids(inbox)
    await intake.close()


async def test_one_that_the_inbox_can_never_take_keeps_back_no_other(inbox: Inbox, spool: Spool) -> None:
    intake = Intake(inbox, spool)
    await asyncio.gather(*(intake.take(brings(each)) for each in (arrival("a"), POISON, arrival("c"))))
    await until(lambda: not spool.left())
    assert ids(inbox) == ["a", "c"]
    await intake.close()


async def test_stopping_puts_everything_in_its_place(inbox: Inbox, spool: Spool, tmp_path: Path) -> None:
    intake = Intake(inbox, spool)
    await intake.take(brings(arrival("a")))
    await intake.close()
    assert ids(inbox) == ["a"]
    assert not Spool(tmp_path).left()


async def test_full_disk_is_told_and_nothing_is_taken(inbox: Inbox, spool: Spool) -> None:
    intake = Intake(inbox, spool)
    with full_disk(10), pytest.raises(OSError, match="too large"):
        await intake.take(brings(arrival("a")))
    await intake.take(brings(arrival("b")))
    await until(lambda: not spool.left())
    assert ids(inbox) == ["b"]
    await intake.close()


async def test_receipts_and_withdrawals_come_too(inbox: Inbox, spool: Spool) -> None:
    inbox.take([arrival("a")], NOW)
    answered(inbox, "ann", "yes")
    part = inbox.next_part("ann")
    assert part is not None
    intake = Intake(inbox, spool)
    withdrawn = Arrival(CHANNEL, "ann", replace(message("x", at=NOW + 2), kind=Kind.DELETED, about="b"))
    receipt = Receipt("theirs", Progress.READ, part.ours)
    await intake.take(brings(arrival("b", at=NOW + 1), receipts=(receipt,)))
    await intake.take(brings(withdrawn))
    await until(lambda: not spool.left())
    assert ids(inbox) == ["x"]
    assert states(inbox, PARTS) == ["sent"]
    await intake.close()


async def test_damaged_inbox_loses_nothing_that_was_acknowledged(
    tmp_path: Path, spool: Spool, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "inbox.db"
    inbox = Inbox(open_database(f"sqlite:///{file}"))
    inbox.engine.dispose()
    whole = file.read_bytes()
    file.write_bytes(b"not a database at all " * 200)
    intake = Intake(inbox, spool)
    await asyncio.gather(*(intake.take(brings(arrival(name))) for name in ("a", "b")))
    await until(lambda: "wait beside the inbox: DatabaseError" in caplog.text)
    inbox.engine.dispose()
    file.write_bytes(whole)
    await until(lambda: not spool.left())
    assert ids(inbox) == ["a", "b"]
    await intake.close()
    inbox.engine.dispose()


def test_many_messages_are_no_longer_a_statement_than_few(inbox: Inbox) -> None:
    values: list[int] = []
    sa.event.listen(
        inbox.engine, "before_cursor_execute", lambda *given: values.append(0 if given[5] else len(given[3]))
    )
    put(inbox, [brings(*(arrival(f"m{number}", who=f"who{number % 9}") for number in range(2100)))])
    assert len(rows(inbox, MESSAGES)) == 2100
    # What SQLite took before 2020.
    assert max(values) <= 999 + 1
