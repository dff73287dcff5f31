"""Signed session tokens and choices."""

from __future__ import annotations

import pytest
from itsdangerous import TimestampSigner

from stillnight.channels.message import Choice
from stillnight.channels.web.tokens import ChoiceError, TokenError, Tokens

DAY = 24 * 60 * 60
NOW = 1_800_000_000
MORE = Choice("Tell me more", '/more{"topic": "iron"}')


def at(monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: moment)


def changed(token: str, part: int) -> str:
    """The token with the first character of one of its dotted parts made another."""
    parts = token.split(".")
    parts[part] = ("A" if parts[part][0] != "A" else "B") + parts[part][1:]
    return ".".join(parts)


def test_token_stands_for_its_session() -> None:
    tokens = Tokens("secret", 30)
    sender, token = tokens.new_session()
    assert tokens.sender(token) == sender
    assert sender.startswith("web-")
    assert len(bytes.fromhex(sender.removeprefix("web-"))) == 16


def test_sessions_differ() -> None:
    tokens = Tokens("secret", 30)
    assert len({tokens.new_session()[0] for _ in range(50)}) == 50


@pytest.mark.parametrize("part", [0, 1, 2])
def test_changed_token_is_refused(part: int) -> None:
    tokens = Tokens("secret", 30)
    _, token = tokens.new_session()
    with pytest.raises(TokenError):
        tokens.sender(changed(token, part))


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "é", "\x00", "IndlYi0wMDAwIg.aaaaaa.bbbbbbbb", "x" * 10_000])
def test_made_up_token_is_refused(token: str) -> None:
    with pytest.raises(TokenError):
        Tokens("secret", 30).sender(token)


def test_token_of_another_secret_is_refused() -> None:
    sender, token = Tokens("one", 30).new_session()
    with pytest.raises(TokenError):
        Tokens("two", 30).sender(token)
    with pytest.raises(ChoiceError):
        Tokens("two", 30).choice(sender, Tokens("one", 30).choice_id(sender, MORE))


def test_token_is_good_for_its_days_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens("secret", 2)
    at(monkeypatch, NOW)
    sender, token = tokens.new_session()
    at(monkeypatch, NOW + 2 * DAY)
    assert tokens.sender(token) == sender
    at(monkeypatch, NOW + 2 * DAY + 1)
    with pytest.raises(TokenError):
        tokens.sender(token)


def test_token_from_the_future_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens("secret", 2)
    at(monkeypatch, NOW + 60)
    _, token = tokens.new_session()
    at(monkeypatch, NOW)
    with pytest.raises(TokenError):
        tokens.sender(token)


def test_choice_comes_back_as_it_was() -> None:
    tokens = Tokens("secret", 30)
    for choice in (MORE, Choice("Ja — ¿“ok”? 🦵", "/faq/iron")):
        assert tokens.choice("web-1", tokens.choice_id("web-1", choice)) == choice


def test_choice_of_another_session_is_refused() -> None:
    tokens = Tokens("secret", 30)
    with pytest.raises(ChoiceError):
        tokens.choice("web-2", tokens.choice_id("web-1", MORE))


@pytest.mark.parametrize("part", [0, 1])
def test_changed_choice_is_refused(part: int) -> None:
    tokens = Tokens("secret", 30)
    with pytest.raises(ChoiceError):
        tokens.choice("web-1", changed(tokens.choice_id("web-1", MORE), part))


def test_token_and_choice_cannot_stand_in_for_each_other() -> None:
    tokens = Tokens("secret", 30)
    sender, token = tokens.new_session()
    with pytest.raises(ChoiceError):
        tokens.choice(sender, token)
    with pytest.raises(TokenError):
        tokens.sender(tokens.choice_id(sender, MORE))


@pytest.mark.parametrize("choice_id", ["", "/restart", "/faq/iron", "a.b", "\ud83d", "é.é"])
def test_made_up_choice_is_refused(choice_id: str) -> None:
    with pytest.raises(ChoiceError):
        Tokens("secret", 30).choice("web-1", choice_id)
