"""How long Meta waits for the acknowledgement of a delivery, fifty of them at once.

In turn: an address that does nothing, deliveries while nobody answers what came, and deliveries while the worker is
busy answering. The fifty connections are open already, and the time is that from the first byte of a request to the
end of its answer's head. Client, server, worker and the loopback Graph API share this machine, and so may others: what
the server's process computes for a delivery says more than the time does.

Usage: .venv/bin/python -m tests.load.acknowledge [ROUNDS]
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.channels.graph_api import LoopbackGraph
from tests.channels.kept import nobody_works, until, waiting
from tests.channels.whatsapp_cloud.patient import Patient, server_for, signed, webhook
from tests.conftest import Server

QUESTIONS: Final = Path(__file__).parent.parent / "nlu" / "held_out_topics.jsonl"
AT_ONCE: Final = 50
ROUNDS: Final = 40
# Between two rounds, so that each meets a server that has nothing else to do.
_PAUSE_SECONDS: Final = 0.1
_PERCENTS: Final = (50, 95, 99)

Times = list[float]


def request(url: str, body: bytes | None) -> bytes:
    """A GET, or with a body a signed delivery."""
    address = urlsplit(url)
    head = [f"{'GET' if body is None else 'POST'} {address.path} HTTP/1.1", f"Host: {address.netloc}"]
    if body is not None:
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **signed(body)}
        head += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*head, "", ""]).encode() + (body or b"")


async def acknowledged(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> float:
    """Milliseconds until the answer begins."""
    began = time.perf_counter()
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    taken = 1000 * (time.perf_counter() - began)
    lines = head.decode("latin-1").lower().split("\r\n")
    assert " 200 " in lines[0], lines[0]
    length = next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0)
    await reader.readexactly(length)
    return taken


async def rounds(server: Server, requests: Iterator[bytes], count: int) -> Times:
    """So many times fifty at once."""
    address = urlsplit(server.url)
    connections = [await asyncio.open_connection(address.hostname, address.port) for _ in range(AT_ONCE)]
    times: Times = []
    for _ in range(count):
        sent = [next(requests) for _ in connections]
        times += await asyncio.gather(*(acknowledged(*connection, each) for connection, each in zip(connections, sent)))
        await asyncio.sleep(_PAUSE_SECONDS)
    for _, writer in connections:
        writer.close()
    return times


def deliveries(server: Server, graph: LoopbackGraph) -> Iterator[bytes]:
    """Fifty people ask one question after another."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    people = [Patient(server, graph) for _ in range(AT_ONCE)]
    while True:
        for number, line in enumerate(lines):
            patient = people[number % AT_ONCE]
            yield request(webhook(server), patient.body(patient.text(json.loads(line)["text"])))


def computed(server: Server) -> float:
    """Seconds that the server's process computed so far."""
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def nothing(server: Server) -> Iterator[bytes]:
    """What costs the server no more than HTTP."""
    while True:
        yield request(f"{server.url}/healthz", None)


def told(name: str, times: Times) -> str:
    """Some percentiles."""
    at = statistics.quantiles(times, n=100)
    percentiles = ", ".join(f"p{percent} {at[percent - 1]:.1f}" for percent in _PERCENTS)
    return f"{name}: {percentiles} ms ({len(times)} requests)"


def ratios(times: Times, others: Times) -> str:
    """How many times as long."""
    ours, theirs = statistics.quantiles(times, n=100), statistics.quantiles(others, n=100)
    return ", ".join(f"p{percent} {ours[percent - 1] / theirs[percent - 1]:.1f}" for percent in _PERCENTS)


def measure(count: int) -> None:
    """Run all three and print."""
    with tempfile.TemporaryDirectory() as folder, LoopbackGraph() as graph:
        server = server_for(graph, Path(folder))
        with nobody_works(server.data_dir):
            server.start()
            try:
                asked = deliveries(server, graph)
                bare = asyncio.run(rounds(server, nothing(server), count))
                before = computed(server)
                idle = asyncio.run(rounds(server, asked, count))
                each = 1000 * (computed(server) - before) / len(idle)
            except BaseException:
                server.kill()
                raise
        try:
            until(lambda: graph.accepted, "the first answer")
            sent, began = len(graph.accepted), time.monotonic()
            busy = asyncio.run(rounds(server, asked, count))
            answered, seconds = len(graph.accepted) - sent, time.monotonic() - began
            left = waiting(server.data_dir)
        finally:
            server.kill()
    print(told("nothing to do", bare))
    print(told("delivery, nobody answers", idle))
    print(f"the server's process computed {each:.3f} ms for each")
    print(told("delivery, worker busy", busy))
    print(f"delivery, worker busy / nothing to do: {ratios(busy, bare)}")
    print(f"delivery, worker busy / nobody answers: {ratios(busy, idle)}")
    print(f"meanwhile {answered} messages were sent in {seconds:.0f} s, and {left} questions were left to answer")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
