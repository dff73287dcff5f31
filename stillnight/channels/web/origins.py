"""Which pages may talk to the channel: its own, and those that the clinic names."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from sanic.request import Request

_METHODS = "GET, POST, DELETE, OPTIONS"
_HEADERS = "Authorization, Content-Type, Idempotency-Key, Accept"
_KEPT_SECONDS = "600"


def is_allowed(request: Request, allowed: Collection[str]) -> bool:
    """Whether a request may be answered. One without an Origin comes from no page: a program, or the server's own page.

    Args:
        request: what came.
        allowed: origins that the clinic names, `https://clinic.example`.
    """
    origin = request.headers.get("origin")
    if origin is None or origin in allowed:
        return True
    try:
        return urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:
        return False


def headers(request: Request, allowed: Collection[str]) -> dict[str, str]:
    """What lets a page of an allowed origin read the answer; nothing for others."""
    origin = request.headers.get("origin")
    if origin not in allowed or origin is None:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _HEADERS,
        "Access-Control-Expose-Headers": "Retry-After",
        "Access-Control-Max-Age": _KEPT_SECONDS,
        "Vary": "Origin",
    }
