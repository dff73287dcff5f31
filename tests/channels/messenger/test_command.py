"""Words that work on any messenger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillnight.channels.messenger.command import Command, command_of


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("STOP", Command.STOP),
        ("stop", Command.STOP),
        (" Stop. ", Command.STOP),
        ("“STOP”", Command.STOP),
        ("*stop*", Command.STOP),
        ("stop!!! 🛑", Command.STOP),
        ("ＳＴＯＰ", Command.STOP),
        ("STOPALL", Command.STOP),
        ("stop all", Command.STOP),
        ("UNSUBSCRIBE", Command.STOP),
        ("opt-out", Command.STOP),
        ("OPTOUT", Command.STOP),
        ("quit", Command.STOP),
        ("End", Command.STOP),
        ("REVOKE", Command.STOP),
        ("Unsubscribe me please", Command.STOP),
        ("Stop messaging me!", Command.STOP),
        ("please stop texting me now", Command.STOP),
        ("stop sending me messages", Command.STOP),
        ("Stop these messages", Command.STOP),
        ("START", Command.START),
        ("unstop", Command.START),
        ("Help", Command.HELP),
        ("INFO!", Command.HELP),
        ("DELETE", Command.DELETE),
        ("delete my data", Command.DELETE),
        ("Please delete all of my data.", Command.DELETE),
        ("delete everything, please", Command.DELETE),
        ("delete me", Command.DELETE),
        ("Delete my account", Command.DELETE),
        ("delete my chat", Command.DELETE),
        ("erase", Command.DELETE),
        ("Erase our conversation", Command.DELETE),
        ("wipe my history", Command.DELETE),
        ("forget me", Command.DELETE),
    ],
)
def test_word_alone_is_a_command(text: str, command: Command) -> None:
    assert command_of(text) is command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🛑",
        "stop gabapentin",
        "stop sending pain to my legs",
        "how do i stop the messages",
        "the messages stop",
        "should i stop",
        "stop?",
        "please stop",
        "stop it",
        "it won't stop",
        "non-stop",
        "stopped",
        "the end",
        "end it",
        "i want to end it all",
        "quit smoking",
        "cancel",
        "help me",
        "help?",
        "what can help",
        "info about iron",
        "start ropinirole",
        "yes",
        "delete?",
        "how do i delete my data",
        "don't delete my data",
        "delete my iron tablets",
        "delete gabapentin from my list",
        "delete it",
        "forget it",
        "remove ferritin",
        "STOP " + "!" * 100,
    ],
)
def test_everything_else_is_none(text: str) -> None:
    assert command_of(text) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert command_of(text) is None or isinstance(command_of(text), Command)
