"""Whole conversations as nasty as real ones, one file each: key facts, sources, and what must not be said.

Turns that are not yet answered as a careful nurse would answer them stand there without expectations.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.yaml_files import load_yaml

SCRIPTS = sorted(Path(__file__).parent.glob("*.yml"))


@pytest.mark.parametrize("script", SCRIPTS, ids=[path.stem for path in SCRIPTS])
async def test_nurse_would_agree(agent: Any, script: Path) -> None:
    told = load_yaml(script)
    talk = Conversation(agent, catalogue(), f"scripted-{script.stem}")
    await talk.start()
    wrong = []
    for number, turn in enumerate(told["turns"], start=1):
        replies = await talk.say(str(turn["says"]))
        text = "\n".join(reply.text for reply in replies)
        cited = {source.id for reply in replies for source in reply.sources}
        faults = [f"lacks “{fact}”" for fact in turn.get("holds") or () if fact not in text]
        faults += [f"says “{fact}”" for fact in turn.get("never") or () if fact in text]
        faults += [f"cites no {source}" for source in turn.get("sources") or () if source not in cited]
        faults += [] if text.strip() else ["says nothing"]
        wrong += [f"turn {number}, “{turn['says']}”: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
