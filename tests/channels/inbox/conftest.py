"""Inboxes on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from stillnight.channels.inbox.inbox import Inbox
from stillnight.database import open_database
from tests.channels.inbox.cluster import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: Any, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inbox.db'}"
    running: Cluster = request.getfixturevalue("postgres")
    running.empty()
    return running.url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Closed afterwards."""
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def inbox(engine: Engine) -> Inbox:
    """With its tables."""
    return Inbox(engine)
