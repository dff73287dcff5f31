"""Somebody who writes on WhatsApp through Twilio: signed forms to a real server, answers from a loopback Twilio."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from tests.channels.kept import until, waiting
from tests.channels.twilio_api import Accepted, TwilioApi
from tests.conftest import NO_LIMITS, Server

LINE = "+14155238886"
# As Twilio knows it; in front of the server stands a proxy.
PUBLIC_URL = "https://clinic.example/whatsapp"
SIGNATURE = "X-Twilio-Signature"
_numbers = itertools.count(1)
# Telephone numbers that are kept free for stories.
_phones = itertools.count(447700900500)


def environment(api: TwilioApi) -> dict[str, str]:
    """Settings of a server that takes from Twilio and answers to the loopback."""
    return {
        **NO_LIMITS,
        "STILLNIGHT_WHATSAPP_TWILIO_ACCOUNT_SID": api.account,
        "STILLNIGHT_WHATSAPP_TWILIO_AUTH_TOKEN": api.token,
        "STILLNIGHT_WHATSAPP_TWILIO_PUBLIC_URL": PUBLIC_URL,
        "STILLNIGHT_WHATSAPP_TWILIO_API": api.url,
    }


def server_for(api: TwilioApi, folder: Path) -> Server:
    """A server that is not started yet."""
    return Server(folder, environment(api))


def webhook(server: Server) -> str:
    """Where the proxy brings it."""
    return f"{server.url}/webhooks/whatsapp_twilio/webhook"


def signature(token: str, form: Mapping[str, str], query: str = "") -> str:
    """What Twilio's own library makes of it."""
    return str(RequestValidator(token).compute_signature(PUBLIC_URL + query, dict(form)))


def post(
    server: Server, api: TwilioApi, form: Mapping[str, str], header: str | bytes | None = None, query: str = ""
) -> httpx.Response:
    """One delivery, rightly signed unless a header is given; a blank one is not sent."""
    header = signature(api.token, form, query) if header is None else header
    headers = [(b"Content-Type", b"application/x-www-form-urlencoded")]
    if header:
        headers.append((SIGNATURE.encode(), header if isinstance(header, bytes) else header.encode()))
    return httpx.post(webhook(server) + query, content=urlencode(form), headers=headers, timeout=30)


@dataclass
class Patient:
    """One person with a telephone."""

    server: Server
    api: TwilioApi
    phone: str = field(default_factory=lambda: f"+{next(_phones)}")
    read: int = 0

    @property
    def received(self) -> list[Accepted]:
        """Everything that was sent to them."""
        return [sent for sent in list(self.api.accepted) if sent.to == f"whatsapp:{self.phone}"]

    def form(self, words: str = "", **more: str) -> dict[str, str]:
        """A message of this person."""
        sid = f"SM{next(_numbers):032x}"
        return {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "SmsStatus": "received",
            "AccountSid": self.api.account,
            "From": f"whatsapp:{self.phone}",
            "To": f"whatsapp:{LINE}",
            "WaId": self.phone.removeprefix("+"),
            "ProfileName": "A Patient",
            "NumMedia": "0",
            "MessageType": "text",
            "Body": words,
            **more,
        }

    def delivers(self, form: Mapping[str, str]) -> httpx.Response:
        """One delivery; the server's answer to Twilio."""
        return post(self.server, self.api, form)

    def says(self, words: str) -> list[Accepted]:
        """Type something; the answers."""
        return self.sends(self.form(words))

    def sends(self, form: Mapping[str, str]) -> list[Accepted]:
        """Send anything; the answers."""
        assert self.delivers(form).status_code == 204
        until(lambda: len(self.received) > self.read, f"an answer\n{self.server.log}")
        return self.settles()

    def settles(self) -> list[Accepted]:
        """What was sent to this person since the last time, which may be nothing."""
        until(lambda: not waiting(self.server.data_dir), f"the end of the work\n{self.server.log}")
        fresh, self.read = self.received[self.read :], len(self.received)
        return fresh
