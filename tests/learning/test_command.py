"""`stillnight learn`, from a real conversation to a worksheet."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from stillnight.cli import app
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.conversations.store import ConversationStore
from tests.learning.talk import Talk, store_at

TURNS = [
    "can low iron cause restless legs",
    "What is the capital of France, asks Anna Smith?",
    "what is the capital of france asks anna smith",
    "I want to kill myself tonight",
    "my sofa is too soft",
]


def learn(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["learn", *arguments])


async def talked(agent: Any, store: ConversationStore) -> None:
    talk = Conversation(agent, catalogue(), "learn-1")
    await talk.start()
    for turn in TURNS:
        await talk.say(turn)
    tracker = await agent.tracker_store.retrieve_full_tracker("learn-1")
    await store.save(tracker)
    first = next(event for event in tracker.events if event.type_name == "user")
    await store.keep_feedback("learn-1", f"{first.message_id}.0", False, None)


def test_a_real_conversation_becomes_a_worksheet(agent: Any, tmp_path: Path) -> None:
    file, sheet = tmp_path / "conversations.db", tmp_path / "sheet.csv"
    asyncio.run(talked(agent, store_at(file)))
    result = learn(str(sheet), "--store", str(file))
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["count"], row["text"], row["understood_as"], row["why"]) for row in rows] == [
        ("2", "What is the capital of France, asks [name]?", "out_of_scope/everyday", "refused"),
        ("1", "can low iron cause restless legs", "faq/iron", "not helpful"),
    ]


def test_only_messages_since_a_day(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    talk = Talk("a")
    talk.hears("my sofa", "out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday").save(store_at(file))
    assert "Nothing to learn" in learn(str(tmp_path / "a.csv"), "--store", str(file), "--since", "2026-11-02").stdout
    assert "1 rows" in learn(str(tmp_path / "b.csv"), "--store", str(file), "--since", "2026-11-01").stdout
    assert learn(str(tmp_path / "c.csv"), "--store", str(file), "--since", "yesterday").exit_code != 0


def test_what_goes_wrong_is_one_sentence(tmp_path: Path) -> None:
    missing = learn(str(tmp_path / "a.csv"), "--store", str(tmp_path / "none.db"))
    assert missing.exit_code == 1
    assert "is not there" in missing.output
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("text,label\nzqx,irn\n", encoding="utf-8")
    refused = learn(str(sheet), "--merge")
    assert refused.exit_code == 1
    assert "row 2 has the label “irn”" in refused.output
    assert "nothing was added" in refused.output
