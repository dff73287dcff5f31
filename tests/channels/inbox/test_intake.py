"""Taking deliveries that come at once."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.intake import Intake
from tests.channels.inbox.people import arrival

# No database keeps half a surrogate pair.
POISON = arrival("a\ud800")


async def test_deliveries_that_come_at_once_share_transactions(inbox: Inbox) -> None:
    begun: list[object] = []
    sa.event.listen(inbox.engine, "begin", begun.append)
    intake = Intake(inbox)
    await asyncio.gather(*(intake.take([arrival(f"m{number}")]) for number in range(50)))
    assert len(inbox.waiting("ann")) == 50
    assert len(begun) <= 2


async def test_delivery_that_cannot_be_kept_spoils_no_other(inbox: Inbox) -> None:
    intake = Intake(inbox)
    given = [[arrival("a")], [arrival("b"), POISON], [arrival("c")]]
    ended = await asyncio.gather(*(intake.take(each) for each in given), return_exceptions=True)
    assert [type(each) for each in ended] == [type(None), UnicodeEncodeError, type(None)]
    assert [taken.message.id for taken in inbox.waiting("ann")] == ["a", "c"]


async def test_nothing_is_acknowledged_that_is_not_kept(inbox: Inbox) -> None:
    with pytest.raises(UnicodeEncodeError):
        await Intake(inbox).take([POISON])


async def test_delivery_whose_request_has_gone_is_kept_and_holds_up_nobody(inbox: Inbox) -> None:
    intake = Intake(inbox)
    gone = asyncio.create_task(intake.take([arrival("a")]))
    stays = asyncio.create_task(intake.take([arrival("b")]))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    await intake.take([arrival("c")])
    assert [taken.message.id for taken in inbox.waiting("ann")] == ["a", "b", "c"]


async def test_empty_delivery_writes_nothing(inbox: Inbox) -> None:
    begun: list[object] = []
    sa.event.listen(inbox.engine, "begin", begun.append)
    await Intake(inbox).take([])
    assert begun == []
