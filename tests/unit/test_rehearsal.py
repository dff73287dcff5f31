"""What is loaded late is loaded before the first patient, and the rehearsal leaves no trace."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import fields
from typing import Any

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore

from stillnight.assistant.rehearsal import rehearse
from stillnight.paths import MODEL, PROJECT
from stillnight.safety.guard import guard

_LOADED = """
import asyncio
from stillnight.assistant.environment import prepare
prepare("ERROR")
from stillnight.assistant.agent import load_agent
from stillnight.assistant.rehearsal import rehearse
from stillnight.content.safe_words import dangerous_names
from stillnight.language.likeness import _identifier
from stillnight.paths import MODEL
from stillnight.safety.guard import guard
asyncio.run(rehearse(load_agent(MODEL), guard()))
print(dangerous_names.cache_info().currsize, _identifier.cache_info().currsize)
"""


def test_what_is_slow_to_load_is_there_afterwards(model: Any) -> None:
    assert model == MODEL
    run = subprocess.run([sys.executable, "-c", _LOADED], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1", "1"]


async def test_nothing_is_kept_of_it(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = InMemoryTrackerStore(agent.processor.domain)
    monkeypatch.setattr(agent, "tracker_store", store)
    monkeypatch.setattr(agent.processor, "tracker_store", store)
    monkeypatch.setattr(agent.action_endpoint, "store", store)
    await rehearse(agent, guard())
    assert not list(await store.keys())
    assert agent.processor.tracker_store is agent.action_endpoint.store is store


async def test_failure_is_logged_and_stops_nothing(agent: Any, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(type(guard())):  # type: ignore[misc]
        async def hear(self, agent: object, message: object) -> None:
            raise RuntimeError("xylophonist")

    with caplog.at_level(logging.ERROR):
        parts = {field.name: getattr(guard(), field.name) for field in fields(guard())}
        await rehearse(agent, Broken(**parts))
    assert "the rehearsal failed: RuntimeError" in caplog.text and "xylophonist" not in caplog.text
