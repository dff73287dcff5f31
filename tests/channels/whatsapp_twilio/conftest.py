"""A Twilio of our own for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.twilio_api import TwilioApi


@pytest.fixture
def api() -> Iterator[TwilioApi]:
    with TwilioApi().running() as running:
        yield running
