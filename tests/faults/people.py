"""People who talk in spite of faults, and what they were told."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import httpx

from stillnight.content.catalogue import catalogue
from tests.conftest import Server

# As the widget does, a person tries for so long before something counts as silence.
PATIENCE_SECONDS: Final = 90.0
VALUES_OF_EACH: Final = 5
QUESTIONS: Final = ("what is plmd", "can low iron cause this", "is it inherited", "does coffee make it worse")
DANGER: Final = "i cant breathe and my chest hurts"
_NUMBERS: Final = re.compile(r"\d+(?= ng/mL)")


@dataclass
class Told:
    """What one message was answered with."""

    text: str
    messages: list[dict[str, Any]]
    seconds: float

    @property
    def words(self) -> str:
        """The whole answer."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def is_kept(self) -> bool:
        """Whether it was promised that this is in the conversation."""
        return self.words not in (catalogue().text("utter_not_saved"), catalogue().text("utter_apology"))


@dataclass
class Person:
    """Somebody with a conversation, and values that nobody else has. Talks in a thread until `leave`."""

    servers: Sequence[Server]
    number: int
    told: list[Told] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take a session; nobody talks yet."""
        self._rng = Random(self.number)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self.values = [str(30 + self.number * VALUES_OF_EACH + each) for each in range(VALUES_OF_EACH)]
        begun = self._request("POST", "session")
        self._token = {"Authorization": f"Bearer {begun.json()['token']}"}

    def start(self) -> None:
        """Begin to talk."""
        self._thread.start()

    def leave(self) -> None:
        """Hear the last answer out."""
        self._left.set()
        self._thread.join()

    def says(self, text: str) -> Told:
        """One message, sent until it is answered, always under the same key."""
        key = f"{self.number}-{len(self.told)}".rjust(12, "k")
        began = time.monotonic()
        answer = self._request("POST", "messages", json={"text": text}, headers={**self._token, "Idempotency-Key": key})
        told = Told(text, answer.json()["messages"], time.monotonic() - began)
        self.told.append(told)
        return told

    def history(self) -> list[dict[str, Any]]:
        """The conversation as it was kept."""
        messages: list[dict[str, Any]] = self._request("GET", "history", headers=self._token).json()["messages"]
        return messages

    def strangers(self, told: Told) -> set[str]:
        """Values in an answer that belong to somebody else. The lines of the range are no person's values."""
        named = re.search(r"[Ff]erritin (?:is|of) (\d+)(?! or below)", told.words)
        return {named[1]} - set(self.values) if named else set()

    def _talk(self) -> None:
        try:
            while not self._left.is_set():
                kinds = [f"my ferritin is {self._rng.choice(self.values)}", self._rng.choice(QUESTIONS)]
                self.says(self._rng.choice(kinds))
        except Exception as error:
            self.wrong.append(repr(error))

    def _request(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Asks one server after the other, as nginx and the widget do together; only a broken line is tried again."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        turn = self._rng.randrange(len(self.servers))
        while time.monotonic() < deadline:
            server = self.servers[turn % len(self.servers)]
            turn += 1
            try:
                answer = httpx.request(method, f"{server.url}/webhooks/web/{path}", timeout=30, **given)
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code in (200, 201):
                return answer
            assert answer.status_code == 503, answer.text
            assert answer.headers["content-type"].startswith("application/problem+json")
            time.sleep(0.1)
        raise AssertionError(f"silence: {method} {path}")
