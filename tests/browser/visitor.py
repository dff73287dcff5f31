"""Somebody on a page with the chat, as the tests move their hands."""

from __future__ import annotations

from typing import Any, Final, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

ANSWER_WITHIN_MS: Final = 20_000
_AXE: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What the browser complains about, kept in the page itself.
_WATCH: Final = """
window.complaints = [];
addEventListener("securitypolicyviolation", (event) => complaints.push(`policy: ${event.violatedDirective}`));
"""


class Visitor:
    """hosts: whom the page asked; complaints: errors in the console."""

    def __init__(self, page: Page, url: str, path: str = "/demo") -> None:
        self.page = page
        self.address = url + path
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        page.add_init_script(_WATCH)
        page.on("request", lambda request: self.hosts.add("/".join(request.url.split("/")[:3])))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type in {"error", "warning"} else None)
        page.goto(self.address)

    # -- what is there

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name="Questions about restless legs?")

    @property
    def box(self) -> Locator:
        """The chat, however it stands on the page."""
        return self.page.locator(".box")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Your message")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def answers(self) -> Locator:
        return self.page.locator(".told:has(.text)")

    @property
    def questions(self) -> Locator:
        return self.page.locator(".asked .text")

    @property
    def answer(self) -> Locator:
        return self.answers.last

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    # -- what they do

    def open(self) -> Visitor:
        self.launcher.click()
        expect(self.answers.first).to_be_visible(timeout=ANSWER_WITHIN_MS)
        return self

    def says(self, text: str) -> Locator:
        """Type and send; the last answer, once the turn is over."""
        before = self.answers.count()
        self.field.fill(text)
        self.field.press("Enter")
        return self.hears(before)

    def presses(self, name: str) -> Locator:
        before = self.answers.count()
        self.presses_only(name)
        return self.hears(before)

    def presses_only(self, name: str) -> None:
        """And waits for nothing."""
        self.button(name).last.click()

    def hears(self, before: int) -> Locator:
        expect(self.answers.nth(before)).to_be_visible(timeout=ANSWER_WITHIN_MS)
        expect(self.page.locator(".typing")).to_have_count(0, timeout=ANSWER_WITHIN_MS)
        return self.answer

    def chooses(self, *names: str) -> None:
        """Go through the menu."""
        for name in ("More", *names):
            self.button(name).click()

    def tabs_to(self, target: Locator, key: str = "Tab") -> None:
        """Press a key until the focus stands on the target."""
        for _ in range(25):
            self.page.keyboard.press(key)
            if target.count() and target.evaluate("it => it === it.getRootNode().activeElement"):
                return
        raise AssertionError(f"{key} does not lead there")

    # -- what is wrong

    def faults(self) -> list[str]:
        """What axe finds, by rule and place."""
        found = Axe().run(self.page, options=cast("dict[str, Any]", _AXE)).response["violations"]
        return [f"{each['id']}: {node['target']} {node['html'][:120]}" for each in found for node in each["nodes"]]

    def complaints(self) -> list[str]:
        """Errors and broken rules of the page's policy."""
        return [*self.errors, *self.page.evaluate("complaints")]
