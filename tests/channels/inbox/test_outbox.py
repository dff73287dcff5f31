"""Parts on their way out and their receipts, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from stillnight.channels.inbox.inbox import UNCONFIRMED, Inbox, SettledError
from stillnight.channels.inbox.tables import PARTS
from stillnight.channels.messenger.incoming import Progress, Receipt
from tests.channels.inbox.people import CHANNEL, NOW, answered, arrival, rows, states


@pytest.fixture
def parts(inbox: Inbox) -> list[Any]:
    """Two, of one answer."""
    inbox.take([arrival("a")], NOW)
    answered(inbox, "ann", "one", "two")
    return rows(inbox)


def state(inbox: Inbox, place: int = 0) -> tuple[str, str | None, str | None]:
    row = rows(inbox)[place]
    return row.state, row.note, row.theirs


def tell(inbox: Inbox, progress: Progress, theirs: str = "t", ours: str | None = None, code: str | None = None) -> None:
    inbox.note_receipts(CHANNEL, [Receipt(theirs, progress, ours, code)], NOW + 1)


def test_parts_go_in_order_and_end_the_message(inbox: Inbox, parts: list[Any]) -> None:
    for text in ("one", "two"):
        part = inbox.next_part("ann")
        assert part
        assert (part.part.text, part.address, part.line) == (text, "+1555ann", "line")
        assert states(inbox) == ["answered"]
        inbox.leaving(part.number, NOW)
        inbox.sent(part.number, text, NOW)
    assert inbox.next_part("ann") is None
    assert states(inbox) == ["done"]
    assert [(row.body, row.address) for row in rows(inbox)] == [("", "")] * 2
    assert inbox.reply_of(CHANNEL, "ann", "two") == "reply-two"
    assert inbox.reply_of(CHANNEL, "bob", "two") is None


def test_danger_goes_first_however_often_it_was_tried(inbox: Inbox, parts: list[Any]) -> None:
    inbox.take([arrival("b")], NOW)
    answered(inbox, "ann", "call 112", "and 988", urgent=True)
    for _ in range(3):
        part = inbox.next_part("ann")
        assert part
        assert part.part.text == "call 112"
        inbox.leaving(part.number, NOW)
        inbox.try_again(part.number, NOW + 100, "131056")
    assert rows(inbox)[2].attempts == 3


def test_part_leaves_once(inbox: Inbox, parts: list[Any]) -> None:
    inbox.leaving(parts[0].number, NOW)
    with pytest.raises(SettledError):
        inbox.leaving(parts[0].number, NOW)
    inbox.try_again(parts[0].number, NOW, "429")
    inbox.leaving(parts[0].number, NOW)
    inbox.unanswered(parts[0].number, NOW, "timeout")
    inbox.leaving(parts[0].number, NOW)
    inbox.sent(parts[0].number, "t", NOW)
    with pytest.raises(SettledError):
        inbox.leaving(parts[0].number, NOW)


def test_part_that_was_sent_is_not_tried_again_nor_given_up(inbox: Inbox, parts: list[Any]) -> None:
    inbox.leaving(parts[0].number, NOW)
    tell(inbox, Progress.SENT, ours=parts[0].ours)
    inbox.try_again(parts[0].number, NOW, "timeout")
    inbox.unanswered(parts[0].number, NOW, "timeout")
    inbox.give_up(parts[0].number, "timeout")
    assert state(inbox) == ("sent", None, "t")


@pytest.mark.parametrize("how", ["leaving", "unanswered"])
def test_receipt_settles_what_was_in_doubt_and_frees_what_was_behind(inbox: Inbox, parts: list[Any], how: str) -> None:
    inbox.leaving(parts[0].number, NOW + 60)
    if how == "unanswered":
        inbox.unanswered(parts[0].number, NOW + 60, "timeout")
    inbox.take([arrival("b")], NOW)
    inbox.hold_back("ann", NOW + 60, [inbox.waiting("ann")[0].number])
    assert inbox.people_with_work(NOW + 59, 1) == []
    tell(inbox, Progress.DELIVERED, ours=parts[0].ours)
    assert state(inbox) == ("sent", None, "t")
    assert inbox.people_with_work(NOW + 1, 1) == ["ann"]
    following = inbox.next_part("ann")
    assert following
    assert following.part.text == "two"


def test_receipt_names_a_part_that_nobody_confirmed(inbox: Inbox, parts: list[Any]) -> None:
    inbox.leaving(parts[0].number, NOW)
    inbox.sent(parts[0].number, "", NOW, UNCONFIRMED)
    assert state(inbox) == ("sent", UNCONFIRMED, None)
    tell(inbox, Progress.READ, ours=parts[0].ours)
    assert state(inbox) == ("sent", None, "t")
    assert rows(inbox)[0].sent_at == NOW


def test_failure_that_is_told_later_makes_it_dead_and_stays(inbox: Inbox, parts: list[Any]) -> None:
    inbox.sent(parts[0].number, "t", NOW)
    tell(inbox, Progress.FAILED, code="1" * 500)
    assert state(inbox) == ("dead", "1" * 64, "t")
    tell(inbox, Progress.SENT, ours=parts[0].ours)
    assert state(inbox) == ("dead", "1" * 64, "t")


def test_failure_of_one_copy_leaves_the_other_sent(inbox: Inbox, parts: list[Any]) -> None:
    inbox.sent(parts[0].number, "second copy", NOW)
    tell(inbox, Progress.FAILED, "first copy", parts[0].ours, "131026")
    assert state(inbox) == ("sent", None, "second copy")


def test_part_that_was_given_up_and_arrived_is_sent(inbox: Inbox, parts: list[Any]) -> None:
    inbox.leaving(parts[0].number, NOW)
    inbox.give_up(parts[0].number, "timeout")
    tell(inbox, Progress.DELIVERED, ours=parts[0].ours)
    assert state(inbox) == ("sent", None, "t")


def test_receipts_of_others_change_nothing(inbox: Inbox, parts: list[Any]) -> None:
    inbox.sent(parts[0].number, "t", NOW)
    inbox.note_receipts("another channel", [Receipt("t", Progress.FAILED, parts[0].ours)], NOW)
    tell(inbox, Progress.FAILED, "unknown", "unknown")
    assert [row.state for row in rows(inbox)] == ["sent", "waiting"]


def test_receipt_by_their_id_when_ours_is_not_handed_back(inbox: Inbox, parts: list[Any]) -> None:
    inbox.sent(parts[0].number, "t", NOW)
    tell(inbox, Progress.FAILED, code="131026")
    assert state(inbox) == ("dead", "131026", "t")


def test_message_is_done_when_its_last_part_is_dead(inbox: Inbox, parts: list[Any]) -> None:
    inbox.give_up(parts[0].number, "131026")
    inbox.give_up(parts[1].number, "131026")
    assert states(inbox) == ["done"]
    assert [bool(row.body and row.address) for row in rows(inbox)] == [True, True]


def test_two_who_settle_the_last_two_parts_at_once_end_the_message(inbox: Inbox) -> None:
    for round_ in range(20):
        inbox.take([arrival(f"m{round_}", at=NOW + round_)], NOW)
        answered(inbox, "ann", "one", "two")
        numbers = [row.number for row in rows(inbox)[-2:]]
        gate = threading.Barrier(2)

        def settle(number: int, gate: threading.Barrier = gate) -> None:
            gate.wait(10)
            inbox.sent(number, "", NOW)

        threads = [threading.Thread(target=settle, args=(number,)) for number in numbers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert set(states(inbox)) == {"done"}


def test_part_that_cannot_be_read_is_dead_and_the_next_follows(inbox: Inbox, parts: list[Any]) -> None:
    with inbox.engine.begin() as connection:
        connection.execute(PARTS.update().where(PARTS.c.number == parts[0].number).values(body="{}"))
    following = inbox.next_part("ann")
    assert following
    assert following.part.text == "two"
    assert state(inbox)[:2] == ("dead", "unreadable")
