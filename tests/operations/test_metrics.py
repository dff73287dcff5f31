"""The metrics page: what it counts, where it is, and that nothing on it tells of anybody."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import httpx
import pytest

from stillnight.channels.message import Reply, static_reply
from stillnight.content.catalogue import catalogue
from stillnight.observe.metrics import ANSWERED, APOLOGY, DANGER, outcome
from tests.channels.graph_api import LoopbackGraph
from tests.channels.kept import refused_to_start, rows, worker
from tests.channels.test_web import Patient
from tests.channels.whatsapp_cloud import patient as cloud
from tests.operations.conftest import Watched, json_lines, until, watched

WORDS = "xylophonists"
_LABELS = re.compile(r'(\w+)="([^"]*)"')
# What stands in labels: names from fixed lists, numbers of HTTP statuses and of buckets.
_HARMLESS = re.compile(r"[a-z_]+(\.[a-z_0-9]+)?|\d{3}|\d+\.\d+|\+Inf")


def assert_only_names_in_labels(page: str) -> None:
    for line in page.splitlines():
        if not line.startswith("#"):
            assert all(_HARMLESS.fullmatch(value) for _, value in _LABELS.findall(line)), line


def test_messages_sessions_feedback_and_requests_are_counted(watch: Watched) -> None:
    answered, danger = (
        f'stillnight_messages_total{{channel="web",outcome="{name}"}}' for name in ("answered", "danger")
    )
    took = 'stillnight_answer_seconds_count{channel="web"}'
    asked = 'stillnight_http_requests_total{route="stillnight_web.answer",status="200"}'
    samples = (answered, danger, took, asked, "stillnight_sessions_total", 'stillnight_feedback_total{helpful="no"}')
    before = [watch.count(sample) for sample in samples]

    patient = Patient(watch.server.url)
    reply = patient.says(f"can low iron cause restless legs {WORDS}")[0]
    assert patient.says("i swallowed all my clonazepam")[0]["text"]
    headers = {"Authorization": f"Bearer {patient.token}"}
    streamed = httpx.post(
        f"{watch.server.url}/webhooks/web/messages",
        json={"text": "is it inherited"},
        headers={**headers, "Accept": "application/x-ndjson"},
        timeout=30,
    )
    assert streamed.status_code == 200
    opinion = {"message": reply["id"], "helpful": False, "reason": WORDS}
    httpx.post(f"{watch.server.url}/webhooks/web/feedback", json=opinion, headers=headers, timeout=30)

    more = [watch.count(sample) - first for sample, first in zip(samples, before)]
    # A question after a danger is answered with the check-in.
    assert more[0] + more[1] == 3 and more[1] >= 1
    assert more[2:] == [3, 3, 1, 1]
    for kind in ("process_resident_memory_bytes", "process_cpu_seconds_total", "stillnight_ready"):
        assert watch.count(kind) > 0


def test_nothing_on_the_page_tells_of_anybody(watch: Watched) -> None:
    patient = Patient(watch.server.url)
    patient.says(f"my {WORDS} ache at 0041 79 123 45 67")
    sender = rows(watch.server.data_dir, "SELECT sender FROM conversations", file="conversations.db")[-1][0]
    # Whatever a client can choose.
    httpx.get(f"{watch.server.url}/{WORDS}?{WORDS}", headers={"X-Request-ID": f"{WORDS}-1", "User-Agent": WORDS})
    httpx.request("XYLO", f"{watch.server.url}/healthz")
    httpx.get(f"{watch.server.url}/page/{WORDS}.js")
    page = watch.page()
    for private in (WORDS, sender, patient.token, "79 123", "127.0.0.1", "XYLO", str(watch.server.port)):
        assert private not in page, private
    assert_only_names_in_labels(page)


def test_page_is_not_on_the_public_port(watch: Watched) -> None:
    assert httpx.get(f"{watch.server.url}/metrics", timeout=10).status_code == 404


def test_worker_counts_on_the_next_port_and_the_server_counts_the_inbox(model: Path, tmp_path: Path) -> None:
    with LoopbackGraph() as graph:
        server = watched(tmp_path / "data", cloud.environment(graph))
        server.server.start()
        beside = Watched(server.server, re.sub(r":(\d+)/", lambda port: f":{int(port[1]) + 1}/", server.metrics))
        patient = cloud.Patient(server.server, graph)
        assert patient.says(f"can low iron cause restless legs {WORDS}")
        counted = 'stillnight_messages_total{channel="whatsapp_cloud",outcome="answered"}'
        until(lambda: beside.count(counted) == 1, "the worker to count")
        assert server.count(counted) == 0
        until(lambda: server.count('stillnight_inbox_messages{state="done"}') == 1, "the message to be done")
        assert server.count("stillnight_outbox_dead_parts") == 0
        for page in (server.page(), beside.page(), server.server.log):
            assert WORDS not in page and patient.phone not in page and cloud.SECRET not in page
            assert graph.token not in page and cloud.VERIFY_TOKEN not in page
        assert_only_names_in_labels(server.page() + beside.page())
        assert {"listening", "answering messengers"} <= {line["event"] for line in json_lines(server.server)}
        assert worker(server.server) is not None
        server.server.stop()


def test_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        told = refused_to_start({"STILLNIGHT_METRICS": address}, tmp_path, code=1)
    assert f"stillnight: STILLNIGHT_METRICS: cannot listen on {address}" in told
    assert len(told.strip().splitlines()) == 1


@pytest.mark.parametrize("wrong", ["9100", "127.0.0.1:0", "127.0.0.1:65535", "127.0.0.1:9100/metrics", "a b:9100"])
def test_wrong_address_is_refused_by_name(wrong: str, tmp_path: Path) -> None:
    assert "STILLNIGHT_METRICS: must look like" in refused_to_start({"STILLNIGHT_METRICS": wrong}, tmp_path)


def test_outcome_of_an_answer() -> None:
    assert outcome([Reply("Iron helps.")]) == ANSWERED
    assert outcome([Reply("Iron helps."), static_reply(catalogue(), "utter_apology")]) == APOLOGY
    assert outcome([static_reply(catalogue(), "utter_not_saved")]) == APOLOGY
    # No number of the country is known.
    assert outcome([Reply("Call now.", urgent=True)]) == DANGER
