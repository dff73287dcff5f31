"""A circuit breaker: when a messenger is down, nobody keeps knocking."""

from __future__ import annotations

from typing import Final

_FAILURES: Final = 5
_SECONDS: Final = 30.0


class Breaker:
    """Closed until several failures in a row; then open for a while; then one attempt decides.

    By hand because what waits is kept in a database: the worker needs to know until when, not an exception.
    """

    def __init__(self) -> None:
        """Closed."""
        self._failures = 0
        self._open_until = 0.0

    def wait_until(self, now: float) -> float | None:
        """When the next attempt may be made; None when it may be made now. An attempt takes the turn."""
        if self._failures < _FAILURES:
            return None
        if now < self._open_until:
            return self._open_until
        self._open_until = now + _SECONDS
        return None

    def worked(self) -> None:
        """An attempt was answered by the messenger, whatever it said."""
        self._failures = 0

    def failed(self, now: float) -> None:
        """The messenger could not be reached, or was not well."""
        self._failures += 1
        self._open_until = now + _SECONDS
