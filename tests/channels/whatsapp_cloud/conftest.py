"""A loopback Graph API, the road to it, and somebody who writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from stillnight.channels.whatsapp_cloud.graph import GraphApi
from tests.channels.conftest import Clinic
from tests.channels.graph_api import TOKEN, LoopbackGraph
from tests.channels.whatsapp_cloud.patient import Patient

# Long for this machine, short for a test that waits it out.
PATIENCE_SECONDS = 0.5


@pytest.fixture
def graph() -> Iterator[LoopbackGraph]:
    """Without window and pace, which tests switch on."""
    with LoopbackGraph() as graph:
        yield graph


@pytest.fixture
async def road(graph: LoopbackGraph) -> AsyncIterator[GraphApi]:
    """To the loopback Graph API."""
    road = GraphApi(TOKEN, graph.url)
    yield road
    await road.close()


@pytest.fixture
async def hasty(graph: LoopbackGraph) -> AsyncIterator[GraphApi]:
    """The same with little patience."""
    road = GraphApi(TOKEN, graph.url, read_seconds=PATIENCE_SECONDS)
    yield road
    await road.close()


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    """Somebody who never wrote before."""
    return Patient(clinic.server, clinic.graph)
