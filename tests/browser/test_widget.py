"""The widget on a clinic's page, in a real browser, against the real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from stillnight.paths import PROJECT
from tests.conftest import Server

BUNDLE = PROJECT / "stillnight" / "channels" / "web" / "widget" / "stillnight.js"
STRICT = "default-src 'self'"


class Phone:
    """Somebody with the demo page open. hosts: where the page asked for anything; violations: of the page's policy."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        page.on("request", lambda request: self.hosts.add("/".join(request.url.split("/")[:3])))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.load()

    def load(self) -> None:
        self.page.goto(f"{self.url}/page/demo.html")

    def open(self) -> None:
        self.page.get_by_role("button", name="Chat with us").click()
        expect(self.page.locator(".told").first).to_be_visible()

    def says(self, text: str) -> None:
        count = self.page.locator(".told:not([aria-hidden])").count()
        self.page.get_by_label("Your message").fill(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".told:not([aria-hidden])").nth(count)).to_be_visible(timeout=30_000)

    @property
    def answer(self) -> str:
        return self.page.locator(".told .bubble").last.inner_text()

    def faults(self) -> list[str]:
        """What axe finds, by rule and place."""
        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.fixture
def phone(page: Page, live_server: str) -> Phone:
    return Phone(page, live_server)


@pytest.fixture
def night(browser: Browser, live_server: str) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark", locale="en-GB")
    yield Phone(context.new_page(), live_server)
    context.close()


def test_patient_asks_and_reads_the_sources(phone: Phone) -> None:
    phone.open()
    phone.says("can low iron cause restless legs")
    assert "iron" in phone.answer.lower()
    phone.page.get_by_text("Sources").last.click()
    assert phone.page.locator("details[open] li").count() >= 1


def test_patient_sees_where_a_value_lies(phone: Phone) -> None:
    phone.open()
    phone.says("my ferritin is 18")
    drawn = phone.page.locator(".picture svg")
    expect(drawn).to_be_visible()
    assert "18" in (drawn.get_attribute("aria-label") or "")


def test_patient_in_danger_is_told_at_once(phone: Phone) -> None:
    phone.open()
    phone.says("i want to kill myself")
    expect(phone.page.locator(".told.urgent").last).to_be_visible()
    assert phone.page.get_by_role("alert").inner_text().strip()
    assert phone.page.locator(".urgent a[href^='tel:']").count() >= 1


def test_patient_with_a_keyboard_alone(phone: Phone) -> None:
    keys = phone.page.keyboard
    while not phone.page.evaluate("document.activeElement?.localName === 'stillnight-chat'"):
        keys.press("Tab")
    keys.press("Enter")
    expect(phone.page.get_by_label("Your message")).to_be_focused()
    keys.type("what is plmd")
    keys.press("Enter")
    expect(phone.page.locator(".asked")).to_have_count(1)
    keys.press("Escape")
    expect(phone.page.get_by_role("button", name="Chat with us")).to_be_focused()


def test_patient_who_loads_the_page_again_goes_on(phone: Phone) -> None:
    phone.open()
    phone.says("my ferritin is 18")
    phone.load()
    phone.open()
    expect(phone.page.locator(".asked")).to_have_text("You said: my ferritin is 18")
    expect(phone.page.locator(".picture svg")).to_be_visible()


def test_patient_is_forgotten_on_request(phone: Phone) -> None:
    phone.open()
    phone.says("my ferritin is 18")
    phone.page.get_by_role("button", name="More").click()
    phone.page.get_by_role("button", name="Forget me").click()
    phone.page.get_by_role("button", name="Delete it").click()
    expect(phone.page.get_by_text("Everything of this chat was deleted.").first).to_be_visible()
    expect(phone.page.locator(".asked")).to_have_count(0)


def test_message_waits_while_the_server_is_down_and_is_sent_once(model: Path, page: Page, tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    phone = Phone(page, server.url)
    phone.open()
    server.kill()
    phone.page.get_by_label("Your message").fill("is it inherited")
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_text("I cannot be reached just now").first).to_be_visible()
    server.start()
    phone.page.get_by_role("button", name="Try again").click()
    expect(phone.page.locator(".told:not([aria-hidden])")).to_have_count(2, timeout=30_000)
    expect(phone.page.locator(".asked")).to_have_count(1)
    server.stop()


def test_page_asks_nobody_else_and_breaks_no_policy(phone: Phone) -> None:
    phone.open()
    phone.says("what is restless legs")
    assert phone.hosts == {phone.url}
    assert phone.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(phone: Phone, night: Phone, scheme: str) -> None:
    seen = night if scheme == "dark" else phone
    assert seen.faults() == [], "closed"
    seen.open()
    assert seen.faults() == [], "open"
    seen.says("my ferritin is 18")
    assert seen.faults() == [], "answer with a picture"
    seen.page.get_by_text("Sources").last.click()
    assert seen.faults() == [], "sources"
    seen.page.get_by_role("button", name="More").click()
    assert seen.faults() == [], "menu"
    seen.page.get_by_role("button", name="More").click()
    seen.says("i want to kill myself")
    assert seen.faults() == [], "emergency"


def test_nothing_is_cut_off_on_a_narrow_phone(night: Phone) -> None:
    night.open()
    night.says("my ferritin is 18")
    wide = "[...document.querySelector('stillnight-chat').shadowRoot.querySelectorAll('*')].some(e => e.scrollWidth > 321)"
    assert not night.page.evaluate(wide)
