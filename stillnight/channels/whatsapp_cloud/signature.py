"""Whether a request comes from Meta."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any, Final

HEADER: Final = "X-Hub-Signature-256"


def signed_by(secret: str, body: bytes, header: str | None) -> bool:
    """Whether `header` is what `secret` makes of `body`; never so without a secret.

    Args:
        secret: the app secret.
        body: as it came, before any decoding.
        header: value of `HEADER`, None when it was not sent.
    """
    if not secret.strip() or not header or not header.isascii():
        return False
    expected = "sha256=" + hmac.digest(_bytes(secret), body, "sha256").hex()
    return hmac.compare_digest(expected, header)


def subscribed(token: str, query: Mapping[str, Any]) -> str | None:
    """What to answer when Meta asks whether this address is ours; None when the asker does not know our token.

    The answer is whatever the asker sent: it may leave as plain text only.

    Args:
        token: the verify token that stands at Meta too.
        query: of the GET request; its `get` gives one value, as that of Sanic's `request.args` does.
    """
    mode, given, challenge = (query.get(f"hub.{name}") for name in ("mode", "verify_token", "challenge"))
    if not token.strip() or mode != "subscribe" or not isinstance(given, str) or not isinstance(challenge, str):
        return None
    # Bytes: text beyond ASCII cannot be compared in constant time.
    return challenge if hmac.compare_digest(_bytes(token), _bytes(given)) else None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
