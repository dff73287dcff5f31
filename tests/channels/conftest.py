"""A clinic that is reached on both roads: one server, which is slow to start, for all tests that leave it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.channels.graph_api import LINE, LoopbackGraph
from tests.channels.twilio_api import TwilioApi
from tests.channels.whatsapp_cloud import patient as cloud
from tests.channels.whatsapp_twilio import patient as twilio
from tests.conftest import Server


@dataclass(frozen=True)
class Clinic:
    """The server, and what it sends to."""

    server: Server
    graph: LoopbackGraph
    twilio: TwilioApi


@pytest.fixture(scope="package")
def clinic(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """Answers on one line of Meta's and on one of Twilio's."""
    with LoopbackGraph() as graph, TwilioApi().running() as api:
        environment = {
            **cloud.environment(graph),
            **twilio.environment(api),
            "STILLNIGHT_WHATSAPP_CLOUD_LINES": f" {LINE}, 1",
        }
        server = Server(tmp_path_factory.mktemp("clinic"), environment).start()
        yield Clinic(server, graph, api)
        server.stop()
