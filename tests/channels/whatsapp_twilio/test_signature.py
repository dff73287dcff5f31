"""Only what Twilio signed is let in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from multidict import MultiDict
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from stillnight.channels.whatsapp_twilio.signature import signed_by
from stillnight.channels.whatsapp_twilio.webhook import read_form

TOKEN = "12345"
URL = "https://clinic.example/webhooks/whatsapp_twilio"
BODY = (
    b"MessageSid=SM1&From=whatsapp%3A%2B447700900123&To=whatsapp%3A%2B14155238886&Body=&NumMedia=1&ProfileName=Zo%C3%AB"
)

# Made once with RequestValidator(TOKEN).compute_signature; the first one is the example of Twilio's documentation.
GOLDEN = [
    (
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        b"CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ),
    (URL, BODY, "bSdhzk+DFb+dW+rpAxxoEulfIgg="),
    (URL + "?ours=a1", b"MessageSid=SM1&MessageStatus=read", "FyJ7e01UnQwJZCC+8/YRpazDsno="),
    (URL, b"MessageSid=SM1&Body=b&Body=a&Body=a", "lDB67TenDwC+07nlwcQ20Iz7UkI="),
]


@pytest.mark.parametrize(("url", "body", "signature"), GOLDEN)
def test_what_twilio_signed_is_let_in(url: str, body: bytes, signature: str) -> None:
    assert signed_by(TOKEN, url, read_form(body), signature)


def test_the_validator_still_signs_as_the_protocol_says() -> None:
    fields = read_form(BODY)
    signed = URL + "".join(name + fields[name] for name in sorted(fields))
    ours = base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    assert RequestValidator(TOKEN).compute_signature(URL, fields) == ours


@pytest.mark.parametrize("port", [":443", ""])
def test_the_usual_port_may_be_there_or_not(port: str) -> None:
    signature = RequestValidator(TOKEN).compute_signature(URL, read_form(BODY))
    assert signed_by(TOKEN, URL.replace(".example", f".example{port}"), read_form(BODY), signature)


def test_another_port_counts_when_twilio_signed_it() -> None:
    url = URL.replace(".example", ".example:8443")
    assert signed_by(TOKEN, url, read_form(BODY), RequestValidator(TOKEN).compute_signature(url, read_form(BODY)))


@pytest.mark.parametrize("token", ["", " ", "\n"])
def test_without_a_token_nobody_is_let_in(token: str) -> None:
    signature = RequestValidator(token).compute_signature(URL, read_form(BODY))
    assert not signed_by(token, URL, read_form(BODY), signature)


@pytest.mark.parametrize("header", [None, "", "x", "Ё" * 28, "\ud800" * 28, "=" * 28, GOLDEN[0][2], GOLDEN[1][2] + " "])
def test_a_wrong_header_is_refused(header: str | None) -> None:
    assert not signed_by(TOKEN, URL, read_form(BODY), header)


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace(b"SM1", b"SM2"),
        BODY + b"&More=1",
        BODY + b"&Body=more",
        BODY.removesuffix(b"&ProfileName=Zo%C3%AB"),
        BODY.replace(b"&Body=", b""),
        b"",
    ],
)
def test_a_changed_form_is_refused(body: bytes) -> None:
    assert not signed_by(TOKEN, URL, read_form(body), GOLDEN[1][2])


@pytest.mark.parametrize(
    "url",
    [
        URL + "?ours=b2",
        URL + "/",
        URL.replace("https", "http"),
        URL.replace("clinic", "other"),
        "",
        "https://h:99999/",
        "https://h:x/",
        "https://[::1/",
        URL + "\udc80",
    ],
)
def test_another_address_is_refused(url: str) -> None:
    assert not signed_by(TOKEN, url, read_form(BODY), GOLDEN[1][2])


def test_what_utf_8_cannot_say_is_refused() -> None:
    assert not signed_by(TOKEN, URL, MultiDict({"Body": "\ud800"}), GOLDEN[1][2])


any_form = settings(derandomize=True, deadline=None, database=None, max_examples=200)
# Twilio sends no surrogates and names every field once.
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@any_form
@given(st.dictionaries(_texts.filter(bool), _texts, max_size=10), st.sampled_from(["", "?ours=a1", "?a=b&c"]))
def test_any_form_that_is_signed_is_let_in_and_with_another_token_refused(form: dict[str, str], query: str) -> None:
    signature = RequestValidator(TOKEN).compute_signature(URL + query, form)
    fields = read_form(urlencode(form).encode())
    assert signed_by(TOKEN, URL + query, fields, signature)
    assert not signed_by("54321", URL + query, fields, signature)


@any_form
@given(st.text(max_size=40), st.binary(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_nothing_made_up_is_let_in_or_raises(token: str, body: bytes, url: str, header: str) -> None:
    assert not signed_by(token, url, read_form(body), header)
