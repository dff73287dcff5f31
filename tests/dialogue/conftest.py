"""The conversation that most of these tests hold."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.dialogue.understood import Talk

_numbers = itertools.count()


@pytest.fixture
async def talk(agent: Any) -> Talk:
    """A new person's talk, already greeted."""
    conversation = Talk(agent, f"dialogue-{next(_numbers)}")
    await conversation.start()
    return conversation
