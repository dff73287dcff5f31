"""What a messenger answers to what we send, read within bounds: its status is known before, and counts."""

from __future__ import annotations

import json
import time
from typing import Any, Final

import httpx

# Answers have a few hundred bytes.
_MOST_BYTES: Final = 64 * 1024


async def json_of(response: httpx.Response, seconds: float) -> Any:
    """The JSON in a body that was not read yet; None for what is none, and for one that is cut, late or far too long.

    Args:
        response: of a request that streams.
        seconds: for the whole body.
    """
    try:
        return json.loads(await _body(response, seconds))
    except (ValueError, RecursionError):
        return None


async def _body(response: httpx.Response, seconds: float) -> bytes:
    until, body = time.monotonic() + seconds, b""
    try:
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > _MOST_BYTES or time.monotonic() > until:
                return b""
    except httpx.HTTPError:
        return b""
    return body
