"""A request that is held back, so that a test decides what comes before its answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route

from tests.browser.visitor import ANSWER_WITHIN_MS

MESSAGES = "**/webhooks/web/messages"
_LOOK_EVERY_MS = 20


class Held:
    """The request, from the end of the block on in which it was made."""

    def __init__(self) -> None:
        self._routes: list[Route] = []

    def take(self, route: Route) -> bool:
        """Whether this is the one to hold back: the first."""
        self._routes.append(route)
        return len(self._routes) == 1

    @property
    def is_there(self) -> bool:
        return bool(self._routes)

    @property
    def route(self) -> Route:
        return self._routes[0]


@contextmanager
def held(page: Page, url: str, method: str | None = None) -> Iterator[Held]:
    """Hold back the first such request that is made in the block, by `method` alone where it is given."""
    request = Held()

    def hold(route: Route) -> None:
        if method not in (None, route.request.method) or not request.take(route):
            route.continue_()

    page.route(url, hold)
    yield request
    # The browser tells of a request before it asks what is to become of it: to have seen the request is not enough.
    for _ in range(ANSWER_WITHIN_MS // _LOOK_EVERY_MS):
        if request.is_there:
            return
        page.wait_for_timeout(_LOOK_EVERY_MS)
    raise AssertionError(f"nothing was asked of {url}")
