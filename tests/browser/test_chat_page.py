"""The chat page in a real browser, against the real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.channels.test_web import SIX_SOURCE_FAQS

ANSWER_WITHIN_MS = 20_000


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(answers(page).first).to_contain_text("automated assistant", timeout=ANSWER_WITHIN_MS)
    return page


def answers(page: Page) -> Locator:
    return page.locator('[data-from="stillnight"]:has(p.bubble)')


@contextmanager
def next_answer(page: Page) -> Iterator[None]:
    """Wait until one more answer stands there."""
    before = answers(page).count()
    yield
    expect(answers(page)).to_have_count(before + 1, timeout=ANSWER_WITHIN_MS)


def ask(page: Page, question: str) -> Locator:
    with next_answer(page):
        page.get_by_label("Your message").fill(question)
        page.get_by_role("button", name="Send").click()
    return answers(page).last


@pytest.mark.parametrize(("question", "truth"), SIX_SOURCE_FAQS.items())
def test_patient_reads_an_answer_with_its_source(page: Page, live_server: str, question: str, truth: str) -> None:
    answer = ask(opened(page, live_server), question)
    expect(answer.locator("p.bubble")).to_contain_text(re.compile(re.escape(truth), re.IGNORECASE))
    answer.get_by_text("Sources").click()
    source = answer.locator(".sources li").first
    expect(source).to_be_visible()
    expect(source.locator("a")).to_have_attribute("rel", "noopener noreferrer")


def go_to(page: Page, target: Locator, key: str) -> None:
    """Press `key` until the focus stands on `target`."""
    for _ in range(10):
        page.keyboard.press(key)
        if target.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"{key} does not lead there")


def test_patient_uses_the_keyboard_alone(page: Page, live_server: str) -> None:
    opened(page, live_server)
    go_to(page, page.get_by_label("Your message"), "Tab")
    with next_answer(page):
        page.keyboard.type("can low iron cause restless legs")
        page.keyboard.press("Enter")
    expect(answers(page).last).to_contain_text("iron")
    go_to(page, page.get_by_role("button", name="Tell me more"), "Shift+Tab")
    with next_answer(page):
        page.keyboard.press("Enter")
    expect(answers(page).last).to_contain_text("75")
    go_to(page, answers(page).last.locator("summary"), "Tab")
    page.keyboard.press("Enter")
    expect(answers(page).last.locator(".sources a").first).to_be_visible()


def test_patient_presses_a_suggestion(page: Page, live_server: str) -> None:
    opened(page, live_server)
    with next_answer(page):
        page.get_by_role("button", name="What is restless legs?").click()
    expect(page.locator('[data-from="you"]').last).to_contain_text("What is restless legs?")
    expect(answers(page).last).to_contain_text("urge to move")


def test_patient_reloads_and_the_talk_goes_on(page: Page, live_server: str) -> None:
    first = ask(opened(page, live_server), "can low iron cause restless legs").locator("p.bubble").inner_text()
    page.reload()
    expect(page.get_by_text("Your conversation goes on")).to_be_visible()
    again = ask(page, "say that again please").locator("p.bubble").inner_text()
    assert again == first


def test_patient_keeps_what_was_typed_when_the_server_is_away(page: Page, live_server: str) -> None:
    opened(page, live_server)
    page.route("**/webhooks/web/messages", lambda route: route.abort())
    page.get_by_label("Your message").fill("my legs jump all night")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your message is still here")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("my legs jump all night")
    page.unroute("**/webhooks/web/messages")
    with next_answer(page):
        page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Your message")).to_have_value("")


def test_patient_presses_a_suggestion_again_when_the_server_is_back(page: Page, live_server: str) -> None:
    opened(page, live_server)
    page.route("**/webhooks/web/messages", lambda route: route.abort())
    page.get_by_role("button", name="What is restless legs?").click()
    expect(page.get_by_text("could not be reached")).to_be_visible()
    expect(page.get_by_role("button", name="What is restless legs?")).to_be_visible()
    page.unroute("**/webhooks/web/messages")
    with next_answer(page):
        page.get_by_role("button", name="Try again").click()
    expect(answers(page).last).to_contain_text("urge to move")


def test_patient_finds_the_server_away_at_first(page: Page, live_server: str) -> None:
    page.route("**/webhooks/web/session", lambda route: route.abort())
    page.goto(live_server)
    page.get_by_label("Your message").fill("can low iron cause restless legs")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your message is still here")).to_be_visible()
    page.unroute("**/webhooks/web/session")
    page.get_by_role("button", name="Try again").click()
    expect(answers(page)).to_have_count(2, timeout=ANSWER_WITHIN_MS)
    expect(answers(page).first).to_contain_text("automated assistant")
    expect(answers(page).last).to_contain_text("iron")


def test_patient_who_writes_a_lot_sees_what_room_is_left(page: Page, live_server: str) -> None:
    opened(page, live_server)
    writing = page.get_by_label("Your message")
    writing.fill("a" * 1800)
    expect(page.locator("#counter")).to_be_hidden()
    writing.fill("a" * 1801)
    expect(page.locator("#counter")).to_have_text("1801 of 2000")
    writing.fill("a" * 2001)
    expect(page.locator("#counter")).to_contain_text("please shorten it")


def test_patient_with_a_forgotten_session_gets_a_new_one(page: Page, live_server: str) -> None:
    opened(page, live_server)
    page.evaluate("sessionStorage.setItem('stillnight.token', 'worn-out')")
    page.reload()
    answer = ask(page, "is restless legs inherited")
    expect(answer).to_contain_text("family")


def test_patient_who_types_html_sees_it_as_text(page: Page, live_server: str) -> None:
    opened(page, live_server)
    ask(page, "<img src=x onerror=alert(1)> iron?")
    expect(page.locator('[data-from="you"]').last).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#log img").count() == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_page_never_scrolls_sideways(page: Page, live_server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    answer = ask(opened(page, live_server), "what treatments are there for restless legs")
    answer.get_by_text("Sources").click()
    for place in ("html", "#scroller", "#composer"):
        assert page.locator(place).evaluate("it => it.scrollWidth <= it.clientWidth"), place


def test_page_talks_to_its_own_server_alone_and_breaks_no_rule(page: Page, live_server: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = ask(opened(page, live_server), "does coffee make restless legs worse")
    answer.get_by_text("Sources").click()
    assert asked
    assert all(url.startswith(live_server) for url in asked)
    assert not complaints


def test_patient_in_danger_can_call_with_one_tap(page: Page, live_server: str) -> None:
    answer = ask(opened(page, live_server), "i want to kill myself")
    expect(answer.locator("p.bubble")).to_contain_text("emergency number")
    expect(answer.get_by_role("link", name="999").first).to_have_attribute("href", "tel:999")
    with next_answer(page):
        page.get_by_role("button", name="Change country").click()
    with next_answer(page):
        page.get_by_role("button", name="United States").click()
    expect(answers(page).last.get_by_role("link", name="988").first).to_have_attribute("href", "tel:988")
    with next_answer(page):
        page.get_by_role("button", name="I am safe now").last.click()
    expect(answers(page).last).to_contain_text("glad")


def test_patient_sees_where_the_value_lies(page: Page, live_server: str) -> None:
    answer = ask(opened(page, live_server), "my ferritin is 18 ng/mL")
    picture = answer.get_by_role("img")
    expect(picture).to_be_visible()
    said = picture.evaluate("it => [...it.querySelectorAll('title, desc')].map(each => each.textContent).join(' ')")
    for part in ("18 ng/mL", "20 to 200", "75"):
        assert part in said
    box, bubble = picture.bounding_box(), answer.locator("p.bubble").bounding_box()
    assert box is not None
    assert bubble is not None
    assert 0 < box["width"] <= page.evaluate("innerWidth")
    assert box["y"] >= bubble["y"] + bubble["height"]
