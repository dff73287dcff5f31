"""How long somebody waits for the first answer to stand on the screen, beside a bare echo through the same channel.

Both run here, in a real browser, one message of one and one of the other in turn. What counts is the time from the key
that sends until the frame that shows the answer.

Usage: .venv/bin/python -m tests.load.first_answer [MESSAGES]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, DESK, chromium
from tests.conftest import Server
from tests.load.people import UNLIMITED

QUESTIONS: Final = Path(__file__).parent.parent / "nlu" / "held_out_topics.jsonl"
MESSAGES: Final = 100
# How a server is told where to listen; with it, this is the echo.
PORT: Final = "--port"

# Resolves with the milliseconds from the key to the frame after the answer was put in.
STOPWATCH: Final = """text => new Promise(done => {
    const root = Stillnight.element.shadowRoot, field = root.querySelector("textarea");
    field.value = text;
    field.dispatchEvent(new Event("input"));
    const before = root.querySelectorAll(".told .text").length;
    let sent;
    new MutationObserver((_, watcher) => {
        if (root.querySelectorAll(".told .text").length > before) {
            watcher.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - sent)));
        }
    }).observe(root, { childList: true, subtree: true });
    sent = performance.now();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
})"""


def serve_echo(port: int) -> None:
    """The same server, channel and store; what was typed comes back at once."""
    from stillnight.assistant.environment import prepare

    prepare("ERROR")
    from stillnight.channels.message import Reply
    from stillnight.safety.guard import Guard
    from stillnight.server import run
    from stillnight.settings import Settings

    async def hear(_: Guard, agent: object, message: Any) -> None:
        await message.output_channel.send_response(message.sender_id, Reply(message.text).as_message())

    Guard.hear = hear  # type: ignore[assignment]
    run(Settings.parse_obj({"port": port}))


def opened(browser: Browser, url: str) -> Page:
    """The clinic's page with a new chat open."""
    context: dict[str, Any] = DESK
    page = browser.new_context(**context).new_page()
    page.goto(f"{url}/demo")
    page.evaluate("Stillnight.open()")
    page.locator(".told .text").first.wait_for()
    return page


def told(name: str, times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{name}: median {statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[18]:.0f} ms"


def measure(count: int) -> None:
    """Run both and print."""
    lines = [json.loads(line)["text"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    texts = lines[:: max(1, len(lines) // count)][:count]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        echo = (sys.executable, "-m", "tests.load.first_answer")
        servers = [
            Server(Path(folder) / "ours", UNLIMITED).start(),
            Server(Path(folder) / "echo", UNLIMITED, command=echo).start(),
        ]
        for server in servers:
            running.callback(server.kill)
        playwright = running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        pages: list[Page] = []
        times: tuple[list[float], list[float]] = ([], [])
        for number, text in enumerate(texts):
            if number % 10 == 0:
                # A conversation of ten messages is a long one.
                pages = [opened(browser, server.url) for server in servers]
            for page, taken in zip(pages, times):
                taken.append(page.evaluate(STOPWATCH, text))
        browser.close()
    print(told("Stillnight", times[0]))
    print(told("bare echo", times[1]))
    print(f"ratio of the medians: {statistics.median(times[0]) / statistics.median(times[1]):.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == [PORT]:
        serve_echo(int(sys.argv[2]))
    else:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)
