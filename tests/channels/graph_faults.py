"""What the loopback Graph API can be told to do wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

# As Meta's page of error codes gives them; every other code comes with 400.
_STATUS = {0: 401, 190: 401, 3: 500, 10: 403, 200: 403, 299: 403, 368: 403, 131005: 403, 131031: 403}
_STATUS |= dict.fromkeys((1, 131000, 131016, 131045, 131057, 133004), 500) | {2: 503}


class Cut(Enum):
    """Where a connection ends. UNREAD: before the body of the request is read. SILENT: with no byte of an answer."""

    UNREAD = "unread"
    SILENT = "silent"


@dataclass(frozen=True)
class Fault:
    """One spoilt answer.

    taken: the request is judged and recorded first, as always. body: None for the true answer, which needs `taken`.
    promised: the length that is told, when it is not the body's. wait: seconds before the first byte of the answer.
    drips: seconds between two bytes of the body, which then never ends.
    """

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    taken: bool = False
    promised: int | None = None
    wait: float = 0.0
    drips: float = 0.0
    cut: Cut | None = None


def error_body(code: int, details: str = "", transient: bool | None = None) -> bytes:
    """Meta's JSON of an error."""
    error = {
        "message": f"(#{code}) {details}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": "AbCdEfGhIjKlMnOpQrStUv",
        **({} if transient is None else {"is_transient": transient}),
    }
    return json.dumps({"error": error}).encode()


def status_of(code: int) -> int:
    """The HTTP status that Meta gives with an error."""
    return _STATUS.get(code, 400)


def error(
    code: int,
    status: int | None = None,
    retry_after: str | None = None,
    transient: bool | None = None,
    details: str = "",
) -> Fault:
    """An error of the Graph API; with the status of Meta's page unless another is given."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return Fault(status_of(code) if status is None else status, error_body(code, details, transient), headers)


def page(status: int, retry_after: str | None = None) -> Fault:
    """HTML, as a gateway in between answers."""
    headers = {"Content-Type": "text/html", **({} if retry_after is None else {"Retry-After": retry_after})}
    return Fault(status, b"<!DOCTYPE html><title>Sorry, something went wrong</title>", headers)


def garbled(body: bytes, status: int = 200) -> Fault:
    """Taken, with another body than the true one."""
    return Fault(status, body, taken=True)


def truncated(status: int = 200) -> Fault:
    """Taken, with an answer that ends before its promised length."""
    return Fault(status, b'{"messaging_product":"whatsapp","mess', taken=True, promised=500)


def cut(where: Cut, taken: bool = False) -> Fault:
    """A connection that ends without an answer."""
    return Fault(taken=taken, cut=where)


def late(seconds: float, taken: bool = True) -> Fault:
    """The true answer, too late; when not `taken`, a 504 that comes too late."""
    return Fault(taken=True, wait=seconds) if taken else Fault(504, b"", wait=seconds)


def endless(status: int = 200, drips: float = 0.02) -> Fault:
    """Taken, with a body that never ends."""
    return Fault(status, b" ", taken=True, promised=10**9, drips=drips)


def redirect(to: str) -> Fault:
    """Somewhere else."""
    return Fault(307, b"", {"Location": to})
