"""Somebody who writes on WhatsApp through Meta: signed deliveries to a real server, answers from a loopback Graph."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.channels.graph_api import LINE, LoopbackGraph, Sent
from tests.channels.kept import until, waiting
from tests.conftest import NO_LIMITS, Server

SECRET = "app-secret-of-the-tests"
VERIFY_TOKEN = "verify-token-of-the-tests"
SIGNATURE = "X-Hub-Signature-256"
_numbers = itertools.count(1)
# Telephone numbers that are kept free for stories.
_phones = itertools.count(447700900000)


def environment(graph: LoopbackGraph) -> dict[str, str]:
    """Settings of a server that takes from Meta and answers to the loopback."""
    return {
        **NO_LIMITS,
        "STILLNIGHT_WHATSAPP_CLOUD_APP_SECRET": SECRET,
        "STILLNIGHT_WHATSAPP_CLOUD_VERIFY_TOKEN": VERIFY_TOKEN,
        "STILLNIGHT_WHATSAPP_CLOUD_ACCESS_TOKEN": graph.token,
        "STILLNIGHT_WHATSAPP_CLOUD_API": graph.url,
    }


def server_for(graph: LoopbackGraph, folder: Path) -> Server:
    """A server that is not started yet."""
    return Server(folder, environment(graph))


def webhook(server: Server) -> str:
    """Where Meta delivers."""
    return f"{server.url}/webhooks/whatsapp_cloud/webhook"


def signed(body: bytes) -> dict[str, str]:
    """Headers of a delivery."""
    return {SIGNATURE: "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}


def post(server: Server, body: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """One delivery, signed unless headers say something else."""
    return httpx.post(webhook(server), content=body, headers=signed(body) if headers is None else headers, timeout=30)


def change(
    messages: Sequence[Mapping[str, Any]] = (),
    contacts: Sequence[Mapping[str, Any]] = (),
    statuses: Sequence[Mapping[str, Any]] = (),
    line: str = LINE,
) -> dict[str, Any]:
    """What happened on one line of the clinic's."""
    given = {"contacts": contacts, "messages": messages, "statuses": statuses}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550001111", "phone_number_id": line},
        **{name: list(one) for name, one in given.items() if one},
    }
    return {"field": "messages", "value": value}


def delivery(*changes: Mapping[str, Any]) -> bytes:
    """The body of a delivery."""
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}).encode()


def options_of(sent: Sent) -> list[dict[str, str]]:
    """Buttons or rows under a message, each with its id and title."""
    if sent.payload["type"] != "interactive":
        return []
    action = sent.payload["interactive"]["action"]
    buttons = [each["reply"] for each in action.get("buttons", ())]
    return buttons + [row for section in action.get("sections", ()) for row in section["rows"]]


@dataclass
class Patient:
    """One person with a telephone, or with no more than Meta's own id of them (`phone` blank, `user` given)."""

    server: Server
    graph: LoopbackGraph
    phone: str = field(default_factory=lambda: str(next(_phones)))
    user: str = ""
    read: int = 0

    @property
    def address(self) -> str:
        """Where answers come."""
        return self.phone or self.user

    @property
    def contact(self) -> dict[str, Any]:
        """How Meta introduces them."""
        known = {"wa_id": self.phone} if self.phone else {"user_id": self.user}
        return {"profile": {"name": "A Patient"}, **known}

    @property
    def received(self) -> list[Sent]:
        """Everything that was sent to them."""
        return [sent for sent in list(self.graph.accepted) if sent.to == self.address]

    def body(self, *messages: Mapping[str, Any]) -> bytes:
        """A delivery with these messages."""
        return delivery(change(messages, [self.contact]))

    def delivers(self, *messages: Mapping[str, Any]) -> httpx.Response:
        """One delivery with these messages; the server's answer to Meta."""
        return post(self.server, self.body(*messages))

    def message(self, kind: str, content: Any, **more: Any) -> dict[str, Any]:
        """A message of this person, written now."""
        name = f"wamid.in{next(_numbers):09d}"
        self.graph.heard(self.address, name)
        sender = {"from": self.phone} if self.phone else {"from_user_id": self.user}
        return {**sender, "id": name, "timestamp": str(int(time.time())), "type": kind, kind: content, **more}

    def text(self, words: str, **more: Any) -> dict[str, Any]:
        """Something typed."""
        return self.message("text", {"body": words}, **more)

    def press(self, sent: Sent, title: str) -> dict[str, Any]:
        """A press on a button, or the choice of a row."""
        chosen = next(option for option in options_of(sent) if option["title"] == title)
        kind = "button_reply" if "buttons" in sent.payload["interactive"]["action"] else "list_reply"
        return self.message("interactive", {"type": kind, kind: {"id": chosen["id"], "title": title}})

    def says(self, words: str) -> list[Sent]:
        """Type something; the answers."""
        return self.sends(self.text(words))

    def presses(self, sent: Sent, title: str) -> list[Sent]:
        """Press a button or choose a row; the answers."""
        return self.sends(self.press(sent, title))

    def sends(self, *messages: Mapping[str, Any]) -> list[Sent]:
        """One delivery with these messages; the answers."""
        assert self.delivers(*messages).status_code == 200
        return self.hears()

    def hears(self) -> list[Sent]:
        """What was sent to this person since the last time: waits for the first, then until nothing more comes."""
        until(lambda: len(self.received) > self.read, f"an answer\n{self.server.log}")
        return self.settles()

    def settles(self) -> list[Sent]:
        """The same, but there may be nothing."""
        until(lambda: not waiting(self.server.data_dir), f"the end of the work\n{self.server.log}")
        fresh, self.read = self.received[self.read :], len(self.received)
        return fresh
