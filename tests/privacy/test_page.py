"""The page `/privacy` and its words: true in every setting, and about this setting."""

from __future__ import annotations

import itertools
import re
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from stillnight.channels.web.privacy_page import page, sections
from stillnight.content.catalogue import catalogue
from stillnight.conversations.sealing import new_key
from stillnight.privacy.talk import Wants, privacy_talk
from stillnight.settings import Settings

CHANNELS = {"web": ["web"], "cloud": ["web", "whatsapp_cloud"], "twilio": ["web", "whatsapp_twilio"]}


def words(channels: str = "web", **given: Any) -> str:
    """The page without its marks."""
    return re.sub(r"<[^>]+>", "", page(catalogue(), Settings.parse_obj(given), CHANNELS[channels]))


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("keys", [True, False], ids=["encrypted", "plain"])
@pytest.mark.parametrize("days", [1, 30, 365])
def test_page_tells_what_this_server_does(channels: str, keys: bool, days: int) -> None:
    sealed = SecretStr(new_key() if keys else " ")
    told = words(channels, keep_days=days, encryption_keys=sealed, clinic_contact="")
    assert f"quiet for {days} days" in told
    assert ("In the store it is locked with a key" in told) == keys
    assert ("it is not locked with a key" in told) != keys
    assert ("WhatsApp" in told) == (channels != "web")
    assert ("Twilio" in told) == (channels == "twilio")
    assert "{" not in told and "}" not in told


def test_clinics_contact_is_told_as_text() -> None:
    assert "call 555 &lt;b&gt;" in page(catalogue(), Settings.parse_obj({"clinic_contact": "call 555 <b>"}), ["web"])
    assert "the way you always reach it" in words(clinic_contact=" ")


def test_page_is_one_page_that_anybody_can_read() -> None:
    """One sheet of paper, two minutes."""
    for channels, sealed in itertools.product(CHANNELS.values(), ["", new_key()]):
        told = sections(catalogue(), Settings.parse_obj({"encryption_keys": SecretStr(sealed)}), channels)
        assert sum(len(section.text.split()) for section in told) < 450
        assert len({section.title for section in told}) == len(told)


def test_page_is_served_and_asks_nobody_else(live_server: str) -> None:
    served = httpx.get(f"{live_server}/privacy", timeout=30)
    assert served.status_code == 200 and served.headers["content-type"].startswith("text/html")
    assert "quiet for 30 days" in served.text
    assert "default-src 'self'" in served.headers["content-security-policy"]
    assert not re.findall(r"(?:https?:)?//", re.sub(r"<!.*?>", "", served.text))
    for path in re.findall(r'href="(/page/[^"]+)"', served.text):
        assert httpx.get(f"{live_server}{path}", timeout=30).status_code == 200


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("what do you know about me?", Wants.KEPT),
        ("What have you stored about me?", Wants.KEPT),
        ("what do you have on file about me", Wants.KEPT),
        ("can i get a copy of everything you hold on me", Wants.KEPT),
        ("until when do you keep this", Wants.KEPT),
        ("Who can read this?", Wants.READERS),
        ("will my boss see this", Wants.READERS),
        ("is this confidental", Wants.READERS),
        ("You will sell my information to the insurance?", Wants.READERS),
        ("wipe my chat", Wants.DELETE),
        ("gdpr request, erase everything please", Wants.DELETE),
        ("delete everything you have on me", Wants.DELETE),
        ("gdpr", None),
        ("where are my data saved", None),
    ],
)
def test_what_a_question_wants(text: str, wants: Wants | None) -> None:
    assert privacy_talk().wants(text) is wants
