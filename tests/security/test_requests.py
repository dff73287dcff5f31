"""Whatever bytes come to whatever address: an answer below 500, and a server that is there afterwards.

STILLNIGHT_RANDOM_REQUESTS makes it a long run, as it does for `../channels/test_web_description.py`.
"""

from __future__ import annotations

import json
import os
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.channels.test_web import Patient
from tests.channels.whatsapp_cloud import patient as cloud
from tests.channels.whatsapp_twilio import patient as twilio
from tests.channels.whatsapp_twilio.test_webhook import TEXT
from tests.operations.test_logs import raw
from tests.security.conftest import Clinic
from tests.security.hostile import WORDS
from tests.security.test_routes import METHODS, ROUTES

EXAMPLES: Final = int(os.environ.get("STILLNIGHT_RANDOM_REQUESTS", "60"))
random_requests = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
PATHS: Final = sorted({path for path, _ in ROUTES})
# No line ends: the next header or request would begin behind them.
_BYTES = st.binary(max_size=200).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b""))
_HEADERS = st.dictionaries(
    st.sampled_from(["Authorization", "Origin", "Accept", "Content-Type", "Accept-Language", "Idempotency-Key", "Range",
                     "X-Forwarded-For", "X-Request-ID", "Accept-Encoding", "If-None-Match", "X-Twilio-Signature"]),
    _BYTES,
    max_size=4,
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
_TEXT = st.text(max_size=300) | st.sampled_from(WORDS)
_ADDRESSES = _TEXT.map(lambda text: "/" + quote(text.encode("utf-8", "replace")))
_QUERIES = st.sampled_from(["", "?", "?country=IE", "?hub.mode=subscribe&hub.verify_token=%ED%A0%80&hub.challenge=a"])
_SEND = b"POST /webhooks/web/messages HTTP/1.1\r\nHost: a\r\n"


def below_500(got: bytes) -> None:
    # Nothing at all: what could not be read as HTTP.
    assert not got or (got.startswith(b"HTTP/1.1 ") and int(got[9:12]) < 500), got[:200]


@random_requests
@given(st.sampled_from(METHODS), st.sampled_from(PATHS) | _ADDRESSES, _QUERIES, _HEADERS, st.binary(max_size=2_000))
def test_any_request(
    clinic: Clinic, method: str, path: str, query: str, headers: dict[str, bytes], body: bytes
) -> None:
    head = f"{method} {path}{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    told = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers.items())
    below_500(raw(clinic.server.port, head.encode() + told + b"\r\n" + body))


@random_requests
@given(st.binary(max_size=500))
def test_any_bytes(clinic: Clinic, sent: bytes) -> None:
    below_500(raw(clinic.server.port, sent))


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        _SEND + b"Content-Length: 99999999999999999999\r\n\r\n",
        _SEND + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        _SEND + b"Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\nx\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: [\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5_000 + b"\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=lambda sent: sent[:40].decode().split("\r")[0] + str(len(sent)),
)
def test_broken_http_is_refused_and_leaves_the_server_standing(clinic: Clinic, sent: bytes) -> None:
    got = raw(clinic.server.port, sent)
    assert not got or int(got[9:12]) < 500 or int(got[9:12]) == 505
    assert httpx.get(f"{clinic.server.url}/healthz", timeout=30).status_code == 200


@pytest.fixture(scope="module")
def token(clinic: Clinic) -> str:
    return Patient(clinic.server.url).token


@random_requests
@given(st.sampled_from(["messages", "feedback"]), _JSON)
def test_any_json(clinic: Clinic, token: str, path: str, body: Any) -> None:
    answer = httpx.post(
        f"{clinic.server.url}/webhooks/web/{path}",
        content=json.dumps(body).encode("ascii"),
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert answer.status_code < 500


@random_requests
@given(_TEXT)
def test_any_message_is_answered(clinic: Clinic, text: str) -> None:
    assert Patient(clinic.server.url).post({"text": text.encode("utf-8", "replace").decode()}).status_code == 200


@random_requests
@given(st.dictionaries(st.sampled_from(["entry", "object", "x"]), _JSON, max_size=3), st.lists(_JSON, max_size=3))
def test_any_signed_delivery_of_metas(clinic: Clinic, whole: dict[str, Any], messages: list[Any]) -> None:
    value = {"metadata": whole, "contacts": messages, "messages": messages, "statuses": messages}
    changed = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    for body in (whole, changed):
        assert cloud.post(clinic.server, json.dumps(body).encode()).status_code in {200, 400}


@random_requests
@given(st.dictionaries(st.sampled_from(sorted(TEXT)), st.text(max_size=40), max_size=6))
def test_any_signed_form_of_twilios(clinic: Clinic, fields: dict[str, str]) -> None:
    form = {
        name: value.encode("utf-8", "replace").decode() for name, value in {**fields, "MessageStatus": "sent"}.items()
    }
    assert urlencode(form)
    assert twilio.post(clinic.server, clinic.twilio, form).status_code in {204, 400}
