"""A real Chromium, Debian's, driven by Playwright; people with phones; and a clinic's page on an address of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.visitor import Visitor
from tests.conftest import NO_LIMITS, Server

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB"}
DESK = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
NIGHT = {"viewport": {"width": 320, "height": 640}, "locale": "en-GB", "color_scheme": "dark"}


def chromium() -> str:
    """Path of the browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium", pytrace=False)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield running
        running.close()


Somebody = Callable[..., BrowserContext]


@pytest.fixture
def somebody(browser: Browser) -> Iterator[Somebody]:
    """Makes browsers with an empty memory: `somebody(NIGHT)`."""
    made: list[BrowserContext] = []

    def begin(device: dict[str, Any], **more: Any) -> BrowserContext:
        made.append(browser.new_context(**{**device, **more}))
        return made[-1]

    yield begin
    for context in made:
        context.close()


@pytest.fixture
def page(somebody: Somebody) -> Page:
    """A phone."""
    return somebody(PHONE).new_page()


@pytest.fixture
def phone(page: Page, live_server: str) -> Visitor:
    """Somebody on the clinic's page with a phone."""
    return Visitor(page, live_server)


@pytest.fixture
def desk(somebody: Somebody, live_server: str) -> Visitor:
    """The same at a desk."""
    return Visitor(somebody(DESK).new_page(), live_server)


class Clinic:
    """A site of its own: one page, and the policy that it is served with."""

    def __init__(self) -> None:
        self.body = ""
        self.policy = ""
        clinic = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/" else 204)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if clinic.policy:
                    self.send_header("Content-Security-Policy", clinic.policy)
                self.end_headers()
                if self.path == "/":
                    self.wfile.write(f"<!doctype html><html lang=en><title>Clinic</title>{clinic.body}".encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="session")
def clinic() -> Iterator[Clinic]:
    running = Clinic()
    yield running
    running.close()


@pytest.fixture(scope="session")
def clinics_server(model: Path, clinic: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that allows the clinic's pages to use it."""
    settings = {**NO_LIMITS, "STILLNIGHT_ORIGINS": clinic.url, "STILLNIGHT_CLINIC_CONTACT": "help@harbour.example"}
    running = Server(tmp_path_factory.mktemp("clinic"), settings).start()
    yield running
    running.stop()


@pytest.fixture
def page_of_clinic(page: Page, clinic: Clinic, clinics_server: Server) -> Visitor:
    """Somebody on the clinic's page, which has nothing but the one line in it."""
    clinic.body = f'<body><h1>Clinic</h1><script src="{clinics_server.url}/widget/stillnight.js"></script>'
    clinic.policy = f"default-src 'self'; script-src {clinics_server.url}; connect-src {clinics_server.url}"
    return Visitor(page, clinic.url, "/")
