"""Make the README's pictures: a real conversation with a running server, on a phone, by day and by night.

Usage: start `make run`, then `.venv/bin/python scripts/screenshot.py http://127.0.0.1:5005/`
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
QUESTIONS = ("whats the diffrence between rls and plmd", "can low iron cause this")
RESULTS = ("my feratin came back 18 and sats 12 % what does that mean",)
BUTTON = "Tell me more"
LARGEST = 300_000
SETTLED_AFTER_MS = 1500


def photograph(
    browser: Browser,
    address: str,
    colours: Literal["light", "dark"],
    turn: Literal["first", "last"],
    picture: Path,
    questions: tuple[str, ...] = QUESTIONS,
    button: str | None = BUTTON,
) -> None:
    """Ask the questions, press a button if any and keep a picture of one turn. Too large a picture is an error."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, color_scheme=colours, locale="en-GB"
    )
    page = context.new_page()
    page.goto(address)
    answers = page.locator('[data-from="stillnight"]:has(p.bubble)')
    answers.first.wait_for()
    for number, question in enumerate(questions, start=1):
        page.get_by_label("Your message").fill(question)
        page.get_by_role("button", name="Send").click()
        answers.nth(number).wait_for()
    if button:
        page.get_by_role("button", name=button).click()
        answers.nth(len(questions) + 1).wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLED_AFTER_MS)
    if turn == "first":
        page.locator('[data-from="you"]').first.evaluate("question => question.scrollIntoView()")
    page.wait_for_timeout(SETTLED_AFTER_MS)
    page.screenshot(path=picture)
    context.close()
    if picture.stat().st_size > LARGEST:
        sys.exit(f"{picture} has become larger than {LARGEST} bytes")


def main() -> None:
    """Three pictures: the beginning by day, the end by night, lab values by day."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5005/"
    chromium = shutil.which("chromium") or sys.exit("The pictures need Chromium: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        photograph(browser, address, "light", "first", IMAGES / "chat.png")
        photograph(browser, address, "dark", "last", IMAGES / "chat-dark.png")
        photograph(browser, address, "light", "first", IMAGES / "chat-labs.png", RESULTS, None)


if __name__ == "__main__":
    main()
