"""Takes the pictures of `docs/images/` with a real browser and the real server, for a person to look at.

Usage: .venv/bin/python -m scripts.screenshots
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from stillnight.paths import PROJECT
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.visitor import Visitor
from tests.conftest import Server

IMAGES = PROJECT / "docs" / "images"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 1.5, "locale": "en-GB"}
DESK: dict[str, Any] = {"viewport": {"width": 1180, "height": 780}, "locale": "en-GB"}
NIGHT: dict[str, Any] = {**PHONE, "color_scheme": "dark"}
# Name, device, interface, what is said.
PICTURES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("widget-desk", DESK, "en", "my feratin came back 18"),
    ("widget-phone", PHONE, "en", "can low iron cause restless legs"),
    ("widget-labs", PHONE, "en", "ferritin 18 ng/ml and saturation 12 %"),
    ("widget-night", NIGHT, "en", "me legs wont let me sleep agen what can i do"),
    ("widget-emergency", NIGHT, "en", "i want to kill myself"),
    ("widget-arabic", PHONE, "ar", "what is plmd"),
)


def take(browser: Browser, url: str, name: str, device: dict[str, Any], locale: str, said: str) -> None:
    """One picture."""
    context = browser.new_context(**device)
    visitor = Visitor(context.new_page(), url)
    visitor.page.evaluate(f"Stillnight.element.locale = '{locale}'; Stillnight.open()")
    visitor.hears(0)
    field = visitor.page.locator("textarea")
    field.fill(said)
    field.press("Enter")
    visitor.hears(1)
    field.blur()
    visitor.page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    context.close()


def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for picture in PICTURES:
            take(browser, server.url, *picture)
            print(f"{picture[0]}.png")
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
