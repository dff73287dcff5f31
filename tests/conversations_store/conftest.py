"""Stores on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from stillnight.conversations.store import ConversationStore
from stillnight.paths import PROJECT
from tests.channels.inbox.cluster import Cluster


@pytest.fixture(scope="session")
def domain() -> Domain:
    """The project's."""
    return Domain.load(str(PROJECT / "domain.yml"))


@pytest.fixture
def fresh(postgres: Cluster) -> str:
    """An empty PostgreSQL database."""
    postgres.empty()
    return postgres.url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an SQLite database will be."""
    return tmp_path / "conversations.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: Any, file: Path) -> str:
    """An empty database of each kind."""
    return f"sqlite:///{file}" if request.param == "sqlite" else str(request.getfixturevalue("fresh"))


@pytest.fixture
def store(url: str, domain: Domain) -> Iterator[ConversationStore]:
    """With its tables."""
    made = ConversationStore(url, domain)
    yield made
    made.records.engine.dispose()
