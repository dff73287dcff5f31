"""What a page, a patient or a broken server might try; and that the widget asks nobody but its own server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Clinic
from tests.browser.visitor import ANSWER_WITHIN_MS, Visitor

EVIL = (
    "<img src=x onerror=evil()>",
    "<script>evil()</script>",
    '"><svg onload=evil()>',
    "${evil()} {{evil()}} javascript:evil()",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>",
)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="evil()">
<script>evil()</script><style>@import url(//evil.example/x.css)</style>
<foreignObject><img src="x" onerror="evil()"/></foreignObject>
<a href="javascript:evil()"><rect width="9" height="9"/></a>
<image href="//evil.example/x.png"/><use href="//evil.example/x.svg#y"/>
<rect width="9" height="9" fill="url(//evil.example/x)" style="background:url(//evil.example/y)" onclick="evil()"/>
<animate attributeName="href" values="javascript:evil()"/><text>true</text></svg>"""


def unharmed(it: Visitor) -> None:
    """Nothing ran, nothing was loaded, nothing became markup."""
    assert it.page.evaluate("window.evilDone") is None
    assert it.hosts == {it.address.rpartition("/")[0]}
    assert (
        it.page.locator(".log img, .log script, .log style, .log iframe, .log foreignObject, .log image").count() == 0
    )
    assert it.page.locator(".log [onload], .log [onerror], .log [onclick], .log [style]").count() == 0
    assert it.page.locator("a[href^='javascript']").count() == 0


@pytest.fixture
def target(phone: Visitor) -> Visitor:
    phone.page.evaluate("() => { window.evil = () => { window.evilDone = true; }; }")
    return phone


def test_policy_as_strict_as_can_be_is_kept(phone: Visitor) -> None:
    policy = phone.page.request.get(phone.address).headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    phone.open().says("my ferritin is 18")
    phone.page.locator("summary").last.click()
    phone.says("i want to kill myself")
    phone.chooses("Download this chat")
    phone.chooses("Forget me", "Delete it")
    expect(phone.questions).to_have_count(0)
    assert phone.complaints() == []
    assert phone.hosts == {phone.address.rpartition("/")[0]}


def test_policy_of_a_clinic_on_another_address_is_kept(clinic: Clinic, page_of_clinic: Visitor) -> None:
    page_of_clinic.open().says("my ferritin is 18")
    assert page_of_clinic.complaints() == []
    assert "default-src 'self'" in clinic.policy
    assert "unsafe" not in clinic.policy


@pytest.mark.parametrize("text", EVIL)
def test_what_a_patient_types_is_text_also_when_it_comes_back(target: Visitor, text: str) -> None:
    target.open().says(text)
    expect(target.questions.last).to_have_text(text)
    unharmed(target)
    target.page.reload()
    target.open()
    expect(target.questions.last).to_have_text(text)
    unharmed(target)


def evil_answer(text: str) -> dict[str, Any]:
    return {
        "id": "k.0",
        "text": f"{text} 999",
        "lang": text,
        "buttons": [{"title": text, "choice": text}],
        "sources": [
            {"id": text, "title": text, "journal": text, "year": text, "url": "javascript:evil()"},
            {"id": text, "title": text, "journal": None, "year": None, "url": "https://doi.org/x"},
        ],
        "contacts": [{"say": "999", "href": "javascript:evil()"}, {"say": text, "href": "tel:1"}],
        "images": [{"svg": DRAWING, "alt": text}, {"svg": text, "alt": text}],
        "urgent": False,
    }


@pytest.mark.parametrize("text", EVIL)
def test_what_a_broken_server_says_is_text(target: Visitor, text: str) -> None:
    """In the text, the buttons, the sources, the numbers, the pictures and their words."""
    target.open()
    answer = json.dumps(evil_answer(text)) + "\n"
    target.page.route("**/webhooks/web/messages", lambda route: route.fulfill(body=answer))
    answered = target.says("hello")
    expect(answered.locator(".text")).to_contain_text(text)
    expect(target.button(text)).to_be_visible()
    answered.locator("summary").click()
    unharmed(target)
    assert answered.locator("a[href]").evaluate_all("all => all.map(it => it.href)") == ["tel:1", "https://doi.org/x"]
    drawn = answered.locator("svg")
    assert set(drawn.first.evaluate("it => [it, ...it.querySelectorAll('*')].map(e => e.localName)")) <= {
        "svg",
        "rect",
        "text",
    }


@pytest.mark.parametrize("text", EVIL)
def test_what_a_broken_server_remembers_is_text(target: Visitor, text: str) -> None:
    target.open()
    kept = {
        "messages": [
            {"from": "patient", "id": "k", "text": text, "at": "2026-01-01T00:00:00+00:00"},
            {"from": "assistant", "at": "2026-01-01T00:00:00+00:00", **evil_answer(text)},
        ]
    }
    target.page.route("**/webhooks/web/history", lambda route: route.fulfill(json=kept))
    numbers = {
        "country": text,
        "guessed": True,
        "contacts": [{"say": text, "href": "javascript:evil()"}],
        "clinic": text,
        "change": None,
    }
    target.page.route("**/webhooks/web/numbers*", lambda route: route.fulfill(json=numbers))
    target.page.reload()
    target.page.evaluate("() => { window.evil = () => { window.evilDone = true; }; }")
    target.open()
    expect(target.questions.last).to_have_text(text)
    unharmed(target)


@pytest.mark.parametrize(
    "body", ["", "not json\n", "null\n", "[]\n", '{"id": 1}\n', '{"id":"k.0","text":null}\n', "\n\n\n"]
)
def test_answer_that_is_none_does_not_break_the_chat(phone: Visitor, body: str) -> None:
    phone.open()
    spoilt: list[Route] = []

    def spoil(route: Route) -> None:
        spoilt.append(route)
        if len(spoilt) == 1:
            route.fulfill(body=body)
        else:
            route.continue_()

    phone.page.route("**/webhooks/web/messages", spoil)
    phone.field.fill("what is plmd")
    phone.field.press("Enter")
    expect(phone.answer).to_contain_text("PLMD", timeout=ANSWER_WITHIN_MS)
    expect(phone.answers).to_have_count(2)


def test_page_around_hears_that_something_happened_and_no_word_of_it(phone: Visitor) -> None:
    phone.page.evaluate(
        """() => {
            window.heard = [];
            for (const what of ["open", "close", "message", "answer", "forgotten"])
                document.addEventListener(`stillnight-${what}`, (event) => heard.push([event.type, event.detail]));
        }"""
    )
    phone.open().says("my ferritin is 18")
    phone.chooses("Forget me", "Delete it")
    expect(phone.questions).to_have_count(0)
    phone.button("Close the chat").click()
    assert phone.page.evaluate("heard") == [
        [f"stillnight-{what}", None] for what in ("open", "message", "answer", "forgotten", "close")
    ]
