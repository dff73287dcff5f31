"""Replies and kept conversations as the JSON that the widget and other clients read. See openapi.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone
from typing import Any

from stillnight.channels import pictures
from stillnight.channels.conversation import Turn, reply_id
from stillnight.channels.message import Choice, Reply
from stillnight.channels.web.tokens import Tokens
from stillnight.clinical.crisis_lines import Number
from stillnight.safety.country import Place


def message(reply: Reply, name: str, sender: str, tokens: Tokens) -> dict[str, Any]:
    """One reply.

    Args:
        reply: what is said.
        name: id of the reply, for feedback.
        sender: conversation id: a button's id is good in this conversation alone.
        tokens: makes ids of buttons.
    """
    return {
        "id": name,
        "text": reply.text,
        "lang": reply.language,
        "lines": [{"text": text, "lang": language} for text, language in reply.lines()],
        "buttons": [button(choice, sender, tokens) for choice in reply.choices],
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "journal": source.journal,
                "year": source.year,
                "url": source.url,
            }
            for source in reply.sources
        ],
        "contacts": [{"say": contact.say, "href": contact.href} for contact in reply.contacts],
        "images": [{"svg": pictures.svg(picture), "alt": pictures.alternative(picture)} for picture in reply.pictures],
        "urgent": reply.urgent,
        "file": None if reply.file is None else {"name": reply.file.name},
        "sheet": None if reply.sheet is None else {"title": reply.sheet.title, "file": reply.sheet.words["file"]},
    }


def button(choice: Choice, sender: str, tokens: Tokens) -> dict[str, str]:
    """A suggestion, whose id is good in this conversation alone."""
    return {"title": choice.title, "choice": tokens.choice_id(sender, choice)}


def messages(replies: Sequence[Reply], key: str, sender: str, tokens: Tokens) -> list[dict[str, Any]]:
    """The replies of one turn; `key` is the id of the message that they answer."""
    return [message(reply, reply_id(key, place), sender, tokens) for place, reply in enumerate(replies)]


def history(turns: Iterable[Turn], sender: str, tokens: Tokens) -> Iterator[dict[str, Any]]:
    """A kept conversation, oldest first: what the patient said and what was answered."""
    for turn in turns:
        at = _time(turn.at).isoformat(timespec="seconds")
        if turn.said is not None:
            yield {"from": "patient", "id": turn.key, "text": turn.said, "at": at}
        for shown in messages(turn.replies, turn.key, sender, tokens):
            yield {"from": "assistant", **shown, "at": at}


def transcript(turns: Iterable[Turn], you: str, assistant: str) -> str:
    """The same as plain text, to keep or to show to a doctor.

    Args:
        turns: oldest first.
        you: how the patient is named in it.
        assistant: how the assistant is named in it.
    """
    lines: list[str] = []
    for turn in turns:
        stamp = _time(turn.at).strftime("%Y-%m-%d %H:%M UTC")
        if turn.said is not None:
            lines.append(f"[{stamp}] {you}: {turn.said}")
        for reply in turn.replies:
            lines.append(f"[{stamp}] {assistant}: {reply.text}")
            lines += [f"    {pictures.alternative(picture)}" for picture in reply.pictures]
            lines += [f"    {source.title} ({source.year}) {source.url or ''}".rstrip() for source in reply.sources]
        lines.append("")
    return "\n".join(lines)


def numbers(place: Place, contacts: Iterable[Number], clinic: str, change: dict[str, str] | None) -> dict[str, Any]:
    """What stands beneath the conversation at any time.

    Args:
        place: the person's country, as far as it is known.
        contacts: its emergency numbers.
        clinic: how to reach the clinic, as it is shown; blank when the clinic has not said so.
        change: the button that leads to another country; None outside a conversation.
    """
    return {
        "country": place.country,
        "guessed": place.guessed,
        "contacts": [{"say": number.say, "href": number.href} for number in contacts],
        "clinic": clinic,
        "change": change,
    }


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
