"""What is kept of messages, and what becomes of it, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from stillnight.channels.inbox.dead import DeadLetters, ResendError
from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.shapes import Offer
from stillnight.channels.inbox.tables import MESSAGES, OPTIONS, PARTS
from stillnight.database import DatabaseError, open_database
from tests.channels.inbox.people import CHANNEL, NOW, answered, arrival, rows, said, states
from tests.conftest import traces


def texts(inbox: Inbox, who: str = "ann") -> list[str]:
    return [taken.message.text for taken in inbox.waiting(who)]


def test_message_comes_back_as_it_was_taken(inbox: Inbox) -> None:
    given = arrival("a", "it’s \U0001f642 \x00 and \ud800")
    inbox.take([given], NOW)
    (taken,) = inbox.waiting("ann")
    assert (taken.channel, taken.person, taken.message) == (CHANNEL, "ann", given.message)


def test_message_that_is_delivered_again_is_kept_once(inbox: Inbox) -> None:
    inbox.take([arrival("a"), arrival("a"), arrival("b", at=NOW + 1)], NOW)
    inbox.take([arrival("a", "other words")], NOW)
    assert texts(inbox) == ["hello", "hello"]


def test_message_that_is_delivered_again_is_known_when_it_is_answered(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    answered(inbox, "ann", "fine")
    inbox.take([arrival("a")], NOW)
    assert inbox.waiting("ann") == []


def test_messages_are_in_the_order_of_writing_and_then_of_arrival(inbox: Inbox) -> None:
    inbox.take([arrival("late", "3", NOW + 5)], NOW)
    inbox.take([arrival("z", "1", NOW), arrival("y", "2", NOW)], NOW)
    assert texts(inbox) == ["1", "2", "3"]


def test_message_waits_a_moment_for_one_that_was_written_before(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    assert inbox.people_with_work(NOW, 10) == []
    assert inbox.people_with_work(NOW + 1, 10) == ["ann"]


def test_who_waits_longest_comes_first_and_danger_before(inbox: Inbox) -> None:
    for second, who in enumerate(("ann", "bob", "cy")):
        inbox.take([arrival(who, who=who)], NOW + second)
    assert inbox.people_with_work(NOW + 9, 2) == ["ann", "bob"]
    answered(inbox, "cy", "call 112", urgent=True)
    assert inbox.people_with_work(NOW + 9, 2) == ["cy", "ann"]


def test_message_is_withdrawn_unless_it_was_begun(inbox: Inbox) -> None:
    inbox.take([arrival("a"), arrival("b", "begun")], NOW)
    assert inbox.begin(inbox.waiting("ann")[1])
    assert not inbox.withdraw(CHANNEL, "bob", "a", "deleted", NOW)
    assert inbox.withdraw(CHANNEL, "ann", "a", "deleted", NOW)
    assert not inbox.withdraw(CHANNEL, "ann", "b", "deleted", NOW)
    assert texts(inbox) == ["begun"]
    assert "hello" not in "".join(row.body for row in rows(inbox, MESSAGES))


def test_withdrawn_message_is_not_begun(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    (taken,) = inbox.waiting("ann")
    inbox.withdraw(CHANNEL, "ann", "a", "deleted", NOW)
    assert inbox.begin(taken) is None
    assert states(inbox) == ["dropped"]


def test_message_that_comes_after_its_withdrawal_is_not_answered(inbox: Inbox) -> None:
    inbox.withdraw(CHANNEL, "ann", "a", "deleted", NOW)
    inbox.withdraw(CHANNEL, "bob", "b", "deleted", NOW)
    inbox.take([arrival("a"), arrival("b", "not bob's"), arrival("c", "another")], NOW)
    assert texts(inbox) == ["not bob's", "another"]
    # What is remembered of it names nobody, and no longer than anything else.
    assert {row.person for row in rows(inbox, MESSAGES) if row.note == "deleted"} == {""}
    inbox.forget("ann")
    inbox.take([arrival("a")], NOW)
    assert texts(inbox) == []
    inbox.clear(NOW + 1)
    assert rows(inbox, MESSAGES) == []


def test_withdrawing_what_was_answered_leaves_nothing_behind(inbox: Inbox) -> None:
    inbox.take([arrival("a"), arrival("b")], NOW)
    answered(inbox, "ann", "fine")
    before = len(rows(inbox, MESSAGES))
    inbox.withdraw(CHANNEL, "ann", "a", "edited", NOW)
    inbox.forget("ann")
    inbox.withdraw(CHANNEL, "ann", "b", "edited", NOW)
    assert len(rows(inbox, MESSAGES)) == before


def test_only_one_of_two_workers_begins(inbox: Inbox, url: str) -> None:
    inbox.take([arrival("a")], NOW)
    other = Inbox(open_database(url))
    mine, theirs = inbox.waiting("ann")[0], other.waiting("ann")[0]
    assert inbox.begin(mine)
    assert other.begin(theirs) is None
    other.engine.dispose()


def test_answer_of_an_attempt_that_another_overtook_is_not_kept(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    first = inbox.begin(inbox.waiting("ann")[0])
    second = inbox.begin(inbox.waiting("ann")[0])
    assert first
    assert second
    assert not inbox.answer(first, said("one").answers, [Offer("o", "Yes", "yes")], False, NOW)
    assert inbox.answer(second, said("two").answers, (), False, NOW)
    assert not inbox.answer(second, said("three").answers, (), False, NOW)
    assert [row.reply for row in rows(inbox)] == ["reply-two"]
    assert rows_of_options(inbox) == 0


def rows_of_options(inbox: Inbox) -> int:
    with inbox.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(OPTIONS)).scalar())


def test_answer_and_the_end_of_the_words_are_one_transaction(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    begun = inbox.begin(inbox.waiting("ann")[0])
    assert begun
    broken = [*said("one").answers, None]
    with pytest.raises(AttributeError):
        inbox.answer(begun, broken, (), False, NOW)  # type: ignore[arg-type]
    assert rows(inbox) == []
    assert texts(inbox) == ["hello"]


def test_answer_of_no_parts_is_done(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    answered(inbox, "ann")
    assert states(inbox) == ["done"]


def test_message_that_cannot_be_read_is_dropped_and_others_are_not(inbox: Inbox) -> None:
    inbox.take([arrival("a"), arrival("b", "second")], NOW)
    with inbox.engine.begin() as connection:
        poison = MESSAGES.update().where(MESSAGES.c.message_id == "a").values(body='{"kind": "hologram"}')
        connection.execute(poison)
    assert texts(inbox) == ["second"]
    assert states(inbox) == ["dropped", "waiting"]


def test_option_is_its_persons_alone_and_the_newest_ones_are_the_last(inbox: Inbox) -> None:
    for name, offers in (("a", ("1", "2")), ("b", ("4", "3")), ("c", ())):
        inbox.take([arrival(name)], NOW)
        begun = inbox.begin(inbox.waiting("ann")[0])
        assert begun
        made = [Offer(each, f"title {each}", f"payload {each}") for each in offers]
        inbox.answer(begun, said(name).answers, made, False, NOW)
    assert inbox.offer("ann", "1") == Offer("1", "title 1", "payload 1")
    assert inbox.offer("bob", "1") is None
    assert [offer.id for offer in inbox.last_offers("ann")] == ["4", "3"]
    assert inbox.last_offers("bob") == []


def test_who_is_forgotten_leaves_nothing_but_is_not_answered_again(inbox: Inbox, url: str, tmp_path: Path) -> None:
    words = "unforgettable-words"
    ids = {"old": f"wamid.{words}-old", "last": f"wamid.{words}-last"}
    inbox.take([arrival(ids["old"], words, who="ann"), arrival("hers", "stays", who="bob")], NOW)
    inbox.take([arrival(ids["last"], f"delete {words}", NOW + 1)], NOW)
    begun = inbox.begin(inbox.waiting("ann")[1])
    assert begun
    inbox.forget("ann", but=begun.number)
    assert texts(inbox) == [f"delete {words}"]
    assert texts(inbox, "bob") == ["stays"]
    inbox.answer(begun, said("gone").answers, (), False, NOW)
    inbox.sent(rows(inbox)[0].number, f"wamid.{words}", NOW)
    assert words not in repr(rows(inbox) + rows(inbox, MESSAGES))
    assert "ann" not in repr(rows(inbox) + rows(inbox, MESSAGES))
    inbox.take([arrival(ids["old"], words), arrival(ids["last"], words)], NOW)
    assert texts(inbox) == []
    if url.startswith("sqlite"):
        inbox.forget("nobody")
        assert traces(tmp_path, words) == []


def test_forgetting_leaves_what_came_after_it_was_asked_for(inbox: Inbox) -> None:
    inbox.take([arrival("before"), arrival("delete"), arrival("after", "a new question")], NOW)
    asked = inbox.waiting("ann")[1]
    begun = inbox.begin(inbox.waiting("ann")[2])
    assert begun
    inbox.answer(begun, said("told").answers, [Offer("1", "title", "payload")], True, NOW)
    inbox.take([arrival("later", "and another")], NOW)
    inbox.forget("ann", until=asked.number)
    assert texts(inbox) == ["and another"]
    assert [row.message for row in rows(inbox)] == [begun.number]
    assert inbox.offer("ann", "1")
    inbox.forget("ann")
    assert texts(inbox) == []
    assert rows(inbox) == []


def test_stop_ends_what_waits_before_it_and_nothing_after(inbox: Inbox) -> None:
    inbox.take([arrival("q"), arrival("danger", at=NOW + 1), arrival("other", at=NOW + 2)], NOW)
    answered(inbox, "ann", "one", "two")
    assert inbox.begin(inbox.waiting("ann")[0])
    inbox.take([arrival("stop", at=NOW + 3), arrival("after", at=NOW + 4)], NOW)
    stop = next(taken for taken in inbox.waiting("ann") if taken.message.id == "stop")
    inbox.leaving(rows(inbox)[0].number, NOW)
    inbox.unanswered(rows(inbox)[0].number, NOW, "timeout")
    assert inbox.begin(stop)
    inbox.silence("ann", stop.number)
    assert [(row.state, row.note, row.body) for row in rows(inbox)] == [("sent", "stopped", "")] * 2
    assert [taken.message.id for taken in inbox.waiting("ann")] == ["danger", "stop", "after"]


def test_stop_ends_what_could_not_be_sent_too(inbox: Inbox) -> None:
    inbox.take([arrival("q"), arrival("stop", at=NOW + 1)], NOW)
    answered(inbox, "ann", "one")
    part = rows(inbox)[0].number
    inbox.give_up(part, "190")
    inbox.silence("ann", inbox.waiting("ann")[0].number)
    with pytest.raises(ResendError):
        DeadLetters(inbox.engine).resend(part, {CHANNEL: 999.0}, NOW)
    assert [(row.state, row.note, row.body) for row in rows(inbox)] == [("sent", "stopped", "")]


def test_what_was_finished_long_ago_is_cleared_and_nothing_else(inbox: Inbox) -> None:
    old = [arrival(f"m{number}", who=f"p{number}") for number in range(1203)]
    inbox.take(old, NOW - 9)
    with inbox.engine.begin() as connection:
        connection.execute(MESSAGES.update().values(state="done"))
    inbox.take([arrival("waits")], NOW - 9)
    answered(inbox, "ann", "unsent")
    inbox.take([arrival("new", who="bob")], NOW)
    answered(inbox, "bob")
    inbox.clear(NOW - 5)
    assert [row.message_id for row in rows(inbox, MESSAGES)] == ["waits", "new"]
    assert len(rows(inbox)) == 1
    inbox.sent(rows(inbox)[0].number, "t", NOW)
    inbox.clear(NOW - 5)
    assert [row.message_id for row in rows(inbox, MESSAGES)] == ["new"]
    assert rows(inbox) == []


def test_numbers_are_not_given_twice(inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    first = answered(inbox).number
    inbox.clear(NOW + 1)
    inbox.take([arrival("b")], NOW)
    assert inbox.waiting("ann")[0].number > first


def test_part_without_its_message_is_refused_by_the_database(engine: Engine, inbox: Inbox) -> None:
    inbox.take([arrival("a")], NOW)
    answered(inbox, "ann", "one")
    with engine.begin() as connection:
        connection.execute(MESSAGES.delete())
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(PARTS)).scalar() == 0


@pytest.mark.parametrize("address", ["mysql://root:hunter2@host/db", "nonsense", ""])
def test_other_databases_are_refused_without_the_password(address: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_database(address)
    assert "hunter2" not in str(caught.value)
