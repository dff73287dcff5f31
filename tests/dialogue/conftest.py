"""The conversation that most of these tests hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
import time_machine

from tests.dialogue.understood import Talk

_numbers = itertools.count()


@pytest.fixture
async def talk(agent: Any) -> Talk:
    """A new person's talk, already greeted."""
    conversation = Talk(agent, f"dialogue-{next(_numbers)}")
    await conversation.start()
    return conversation


@pytest.fixture
def evening() -> Iterator[time_machine.Traveller]:
    """A Sunday evening, when “tonight” and “last night” are two nights; the clock runs on and can be moved."""
    with time_machine.travel(datetime(2026, 11, 22, 20, tzinfo=timezone.utc)) as traveller:
        yield traveller
