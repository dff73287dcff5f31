"""Only Meta is believed, and nobody without a secret."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from sanic.request import RequestParameters

from stillnight.channels.whatsapp_cloud.signature import signed_by, subscribed

SECRET = "0123456789abcdef0123456789abcdef"
BODY = rb'{"object":"whatsapp_business_account","entry":[],"name":"Zo\u00eb \ud83d\ude00"}'
# By openssl dgst -sha256 -hmac.
SIGNATURE = "sha256=0917a6709e2a7211ab0d288d0cb6dcc47b258438f5f0bdcc2bade9163ecf9e81"


def test_a_right_signature() -> None:
    assert signed_by(SECRET, BODY, SIGNATURE)


def test_the_vector_of_rfc_4231() -> None:
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signed_by("Jefe", b"what do ya want for nothing?", f"sha256={digest}")


def test_the_body_counts_byte_by_byte() -> None:
    raw = '{"name": "Zoë"}\r\n\x00'.encode() + b"\xff"
    header = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    assert signed_by(SECRET, raw, header)
    assert not signed_by(SECRET, raw + b" ", header)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        SIGNATURE.removeprefix("sha256="),
        SIGNATURE.replace("sha256", "sha1"),
        SIGNATURE[:-1],
        SIGNATURE + "0",
        SIGNATURE[:-1] + "0",
        f" {SIGNATURE}",
        f"{SIGNATURE}, {SIGNATURE}",
        SIGNATURE[:-1] + "１",
        SIGNATURE[:-1] + "\udcff",
        "sha256=" + "0" * 64,
        "sha256=" + "ä" * 64,
        "sha256=" + hashlib.sha256(BODY).hexdigest(),
    ],
)
def test_any_other_signature_is_refused(header: str | None) -> None:
    assert not signed_by(SECRET, BODY, header)


@pytest.mark.parametrize("secret", ["", " ", SECRET[:-1], SECRET.upper()])
def test_another_secret_is_refused(secret: str) -> None:
    assert not signed_by(secret, BODY, SIGNATURE)


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_not_even_its_own_signature_is_right(secret: str) -> None:
    header = "sha256=" + hmac.new(secret.encode(), BODY, hashlib.sha256).hexdigest()
    assert not signed_by(secret, BODY, header)


def query(**changed: object) -> dict[str, object]:
    asked = {"mode": "subscribe", "verify_token": "our tøken", "challenge": "1158201444", **changed}
    return {f"hub.{name}": given for name, given in asked.items() if given is not None}


def test_a_subscription_is_confirmed() -> None:
    assert subscribed("our tøken", query()) == "1158201444"
    assert subscribed("plain", query(verify_token="plain")) == "1158201444"


def test_a_query_as_sanic_gives_it() -> None:
    asked = RequestParameters({name: [given, "a second"] for name, given in query().items()})
    assert subscribed("our tøken", asked) == "1158201444"


@pytest.mark.parametrize(
    "changed",
    [
        {"mode": "unsubscribe"},
        {"mode": None},
        {"verify_token": "our token"},
        {"verify_token": "our tøke"},
        {"verify_token": ""},
        {"verify_token": None},
        {"verify_token": ["our tøken"]},
        {"verify_token": "\udcff"},
        {"challenge": None},
        {"challenge": ["1"]},
    ],
)
def test_any_other_subscription_is_refused(changed: dict[str, object]) -> None:
    assert subscribed("our tøken", query(**changed)) is None


@pytest.mark.parametrize("token", ["", " "])
def test_without_a_token_nobody_subscribes(token: str) -> None:
    assert subscribed(token, query(verify_token=token)) is None
    assert subscribed(token, query(verify_token=None)) is None
