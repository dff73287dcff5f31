"""Deliveries that Meta did not sign, or whose body is broken or huge: refused, not kept, and the server goes on."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillnight.server import BODY_MAX, DELIVERY_MAX
from tests.channels.conftest import Clinic
from tests.channels.kept import (
    rows,
)
from tests.channels.whatsapp_cloud.patient import (
    SIGNATURE,
    Patient,
    change,
    delivery,
    post,
    signed,
    webhook,
)

QUESTION = "what is plmd"


def kept(clinic: Clinic) -> int:
    """How many messages were ever kept."""
    return int(rows(clinic.server.data_dir, "SELECT count(*) FROM inbox_messages")[0][0])


def still_answers(clinic: Clinic) -> bool:
    """Whether the server is well."""
    return httpx.get(f"{clinic.server.url}/readyz", timeout=10).status_code == 200


# -- signatures


FORGED = {
    "missing": [],
    "blank": [b""],
    "no name before it": [b"%(right)s"],
    "of another secret": [b"sha256=" + b"0" * 64],
    "shorter": [b"sha256=" + b"0" * 63],
    "older kind": [b"sha1=" + b"0" * 40],
    "Latin-1": ["sha256=é".encode("latin-1")],
    "UTF-8": ["sha256=é".encode()],
    "only digits of another script": [b"sha256=" + "٣".encode() * 64],
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_delivery_is_refused_and_not_kept(clinic: Clinic, patient: Patient, name: str) -> None:
    body, before = patient.body(patient.text(QUESTION)), kept(clinic)
    right = signed(body)[SIGNATURE].removeprefix("sha256=").encode()
    headers = [(SIGNATURE.encode(), value.replace(b"%(right)s", right)) for value in FORGED[name]]
    answer = httpx.post(webhook(clinic.server), content=body, headers=headers, timeout=10)
    assert (answer.status_code, kept(clinic)) == (401, before)
    assert still_answers(clinic)


def test_tampered_delivery_is_refused_and_not_kept(clinic: Clinic, patient: Patient) -> None:
    body, before = patient.body(patient.text(QUESTION)), kept(clinic)
    for other in (body.replace(b"plmd", b"RLS "), body + b" ", body[:-1]):
        assert post(clinic.server, other, signed(body)).status_code == 401
    assert kept(clinic) == before


# -- broken bodies


BROKEN = {
    "nothing": b"",
    "no JSON": b"MessageSid=SM1&Body=hello",
    "no UTF-8": b'{"object": "whatsapp_business_account\xff"}',
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "NaN": b'{"object": "whatsapp_business_account", "entry": NaN}',
    "another product": b'{"object": "page", "entry": []}',
    "deep": b"[" * 200_000,
    "deep and whole": b'{"object": "whatsapp_business_account", "entry": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 100_000,
    "a long number": b'{"object": ' + b"9" * 100_000 + b"}",
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_signed_rubbish_is_refused(clinic: Clinic, name: str) -> None:
    before = kept(clinic)
    assert post(clinic.server, BROKEN[name]).status_code == 400
    assert kept(clinic) == before
    assert still_answers(clinic)


def test_truncated_delivery_is_refused(clinic: Clinic, patient: Patient) -> None:
    body, before = patient.body(patient.text(QUESTION)), kept(clinic)
    for length in range(1, len(body), len(body) // 20):
        assert post(clinic.server, body[:length]).status_code == 400
    assert kept(clinic) == before


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["entry", "changes", "field", "value", "messages", "id", "text"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_json, depth=st.integers(0, 4))
def test_signed_delivery_of_any_shape_is_taken_or_refused(clinic: Clinic, value: Any, depth: int) -> None:
    for name in ("messages", "value", "changes", "entry")[4 - depth :]:
        inner: dict[str, Any] = {name: value}
        value = inner if name in ("value", "entry") else [{**inner, "field": "messages"}]
    body = {"object": "whatsapp_business_account", **(value if isinstance(value, dict) else {"entry": value})}
    assert post(clinic.server, json.dumps(body).encode()).status_code in (200, 400)


def status_of_announced(clinic: Clinic, path: str, length: int) -> int:
    """What somebody hears who announces so many bytes, before any of them is sent."""
    connection = http.client.HTTPConnection(urlsplit(clinic.server.url).netloc, timeout=10)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(length))
    connection.putheader("Content-Type", "application/json")
    connection.endheaders()
    connection.send(b"{")
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_huge_body_is_refused(clinic: Clinic) -> None:
    path = urlsplit(webhook(clinic.server)).path
    assert status_of_announced(clinic, path, DELIVERY_MAX + 1) == 413
    assert status_of_announced(clinic, path, 10**15) == 413
    assert still_answers(clinic)


def pieces(length: int) -> Iterator[bytes]:
    """A body whose length is not announced."""
    for _ in range(0, length, 65_536):
        yield b" " * 65_536


def test_huge_body_of_unknown_length_is_refused(clinic: Clinic) -> None:
    try:
        answer = httpx.post(webhook(clinic.server), content=pieces(DELIVERY_MAX + 200_000), timeout=30)
    except httpx.TransportError:
        # Hung up in the middle of it.
        pass
    else:
        assert answer.status_code == 413
    assert still_answers(clinic)


def test_other_channels_keep_their_own_limit(clinic: Clinic) -> None:
    url = f"{clinic.server.url}/webhooks/web/session"
    assert httpx.post(url, content=b" " * (BODY_MAX + 1), timeout=10).status_code == 413


def test_long_delivery_is_taken(clinic: Clinic) -> None:
    statuses = [{"id": f"wamid.old{number}", "status": "read"} for number in range(2_000)]
    assert post(clinic.server, delivery(change(statuses=statuses))).status_code == 200
