"""Signed tokens: who a caller is, and what a button means, both made by the server and kept by the client."""

from __future__ import annotations

import secrets
from typing import Final

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from stillnight.channels.message import Choice

_SENDER_PREFIX: Final = "web-"


class TokenError(ValueError):
    """A token that we did not make, that was changed, or that is too old."""


class ChoiceError(ValueError):
    """A button that is not of this conversation, or that was changed."""


class Tokens:
    """Makes and reads session tokens and choice ids with one secret."""

    def __init__(self, secret: str, days: int) -> None:
        """`days` is how long a session token is good for."""
        self._sessions = URLSafeTimedSerializer(secret, salt="stillnight.web.session")
        self._secret = secret
        self._max_age = days * 24 * 60 * 60

    def new_session(self) -> tuple[str, str]:
        """A fresh conversation: its sender id (128 random bits) and the token that stands for it."""
        sender = _SENDER_PREFIX + secrets.token_hex(16)
        return sender, self._sessions.dumps(sender)

    @property
    def seconds(self) -> int:
        """How long a fresh token is good for."""
        return self._max_age

    def sender(self, token: str) -> str:
        """Conversation id of a token. Raises TokenError."""
        try:
            return str(self._sessions.loads(token, max_age=self._max_age))
        except (BadData, ValueError) as error:
            raise TokenError("unknown or expired token") from error

    def choice_id(self, sender: str, choice: Choice) -> str:
        """Id of a button, good in this conversation alone."""
        return str(self._choices(sender).dumps([choice.payload, choice.title]))

    def choice(self, sender: str, choice_id: str) -> Choice:
        """The button behind an id. Raises ChoiceError."""
        try:
            payload, title = self._choices(sender).loads(choice_id)
        except (BadData, ValueError) as error:
            raise ChoiceError("this button is not of this conversation") from error
        return Choice(title, payload)

    def _choices(self, sender: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"stillnight.web.choice.{sender}")
