"""Every route that answers, and what each needs. A new one fails here until it is said who may use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from stillnight.paths import PROJECT
from tests.channels.test_web import Patient
from tests.channels.whatsapp_cloud.patient import environment as cloud_environment
from tests.channels.whatsapp_twilio.patient import environment as twilio_environment
from tests.security.conftest import Clinic
from tests.security.hostile import FOREIGN, MARK

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
WEB: Final = "/webhooks/web"
_LIST: Final = """
import json
from stillnight.assistant.environment import prepare
prepare("ERROR")
from stillnight.server import create_app
from stillnight.settings import settings
routes = create_app(settings()).router.routes
print(json.dumps(sorted(["/" + route.path, method] for route in routes for method in route.methods)))
"""


@dataclass(frozen=True)
class Needs:
    """Status of an answer to: no token, a forged one, one's own; one's own with a form for a body; a foreign page."""

    none: int
    forged: int
    own: int
    form: int
    foreign: int


ANYBODY: Final = Needs(200, 200, 200, 200, 200)
# Every answer of the channel is for pages that the clinic named, also that to a browser which asks first.
ASKS_FIRST: Final = Needs(204, 204, 204, 204, 403)
READS: Final = Needs(401, 401, 200, 200, 403)
SIGNED: Final = Needs(401, 401, 401, 401, 401)
NOT_HERE: Final = frozenset({404, 405})

ROUTES: Final[dict[tuple[str, str], Needs]] = {
    ("/", "GET"): ANYBODY,
    ("/", "HEAD"): ANYBODY,
    ("/demo", "GET"): ANYBODY,
    ("/privacy", "GET"): ANYBODY,
    ("/privacy", "HEAD"): ANYBODY,
    ("/demo", "HEAD"): ANYBODY,
    **{(f"/page/{name}", method): ANYBODY for name in
       ("chat.css", "demo.css", "demo.html", "demo.js", "favicon.svg", "index.html", "privacy.css", "summary.css",
        "summary.js") for method in ("GET", "HEAD")},
    ("/widget/stillnight.js", "GET"): ANYBODY,
    ("/widget/stillnight.js", "HEAD"): ANYBODY,
    ("/healthz", "GET"): ANYBODY,
    ("/readyz", "GET"): ANYBODY,
    (f"{WEB}/openapi.yml", "GET"): ANYBODY,
    (f"{WEB}/openapi.yml", "HEAD"): ANYBODY,
    **{(f"{WEB}/{name}", "OPTIONS"): ASKS_FIRST for name in
       ("session", "messages", "history", "transcript", "export", "summary", "diary", "numbers", "feedback")},
    (f"{WEB}/session", "POST"): Needs(201, 201, 201, 201, 403),
    (f"{WEB}/session", "DELETE"): Needs(401, 401, 204, 204, 403),
    (f"{WEB}/messages", "POST"): Needs(401, 401, 200, 400, 403),
    (f"{WEB}/history", "GET"): READS,
    (f"{WEB}/transcript", "GET"): READS,
    (f"{WEB}/export", "GET"): READS,
    # Nothing is in it yet.
    (f"{WEB}/diary", "GET"): Needs(401, 401, 404, 404, 403),
    # None was made yet. A form brings the token in its body, from wherever it was sent.
    (f"{WEB}/summary", "GET"): Needs(401, 401, 404, 404, 403),
    (f"{WEB}/summary", "POST"): Needs(401, 401, 401, 401, 401),
    (f"{WEB}/numbers", "GET"): Needs(200, 401, 200, 200, 403),
    # The answer that it is about was given in no conversation.
    (f"{WEB}/feedback", "POST"): Needs(401, 401, 404, 400, 403),
    # Of another token than the one that Meta was told, and of unsigned deliveries.
    ("/webhooks/whatsapp_cloud/webhook", "GET"): Needs(403, 403, 403, 403, 403),
    ("/webhooks/whatsapp_cloud/webhook", "POST"): SIGNED,
    ("/webhooks/whatsapp_twilio/webhook", "POST"): SIGNED,
}  # fmt: skip
BODIES: Final[dict[str, Any]] = {
    f"{WEB}/messages": {"text": "hello"},
    f"{WEB}/feedback": {"message": "a.0", "helpful": True},
}
# Rasa's HTTP API, its stock channels, and what is looked for on every server.
ABSENT: Final = (
    "/version",
    "/status",
    "/domain",
    "/model",
    "/model/train",
    "/model/parse",
    "/model/predict",
    "/model/test/stories",
    "/conversations/a/tracker",
    "/conversations/a/tracker/events",
    "/conversations/a/messages",
    "/conversations/a/execute",
    "/conversations/a/predict",
    "/conversations/a/trigger_intent",
    "/webhooks/rest",
    "/webhooks/rest/webhook",
    "/webhooks/callback/webhook",
    "/webhooks/web",
    "/webhooks/web/webhook",
    "/webhooks/whatsapp_cloud",
    "/socket.io/",
    "/webhook",
    "/actions",
    "/metrics",
    "/.env",
    "/.git/config",
)
OUTSIDE: Final = (
    "/page/../../../settings.py",
    "/page/..%2f..%2f..%2fsettings.py",
    "/page/%2e%2e/%2e%2e/%2e%2e/settings.py",
    "/page/..%5c..%5c..%5csettings.py",
    "/page//etc/passwd",
    "/page/%2fetc%2fpasswd",
    "/page/%00",
    "/page/index.html%00.css",
    "/page/",
)


def asked(url: str, route: tuple[str, str], headers: dict[str, str], *, form: bool = False) -> httpx.Response:
    path, method = route
    body: dict[str, Any] = {}
    if method in ("POST", "DELETE"):
        body = {"data": {"text": "hello"}} if form else {"json": BODIES.get(path, {})}
    return httpx.request(method, f"{url}{path}", headers=headers, timeout=30, **body)


def test_these_routes_and_no_others_are_there(clinic: Clinic, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        **cloud_environment(clinic.graph),
        **twilio_environment(clinic.twilio),
        "STILLNIGHT_DATA_DIR": str(tmp_path),
    }
    listed = subprocess.run(
        [sys.executable, "-c", _LIST], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    assert {(path, method) for path, method in json.loads(listed.stdout)} == set(ROUTES)


@pytest.mark.parametrize("route", sorted(ROUTES), ids=lambda route: f"{route[1]} {route[0]}")
def test_route_answers_whom_it_may(clinic: Clinic, route: tuple[str, str]) -> None:
    url = clinic.server.url
    own = {"Authorization": f"Bearer {Patient(url).token}"}
    forged = {"Authorization": "Bearer IndlYi0wMDAwIg.aaaaaa.bbbbbbbb"}
    found = Needs(
        asked(url, route, {}).status_code,
        asked(url, route, forged).status_code,
        asked(url, route, own).status_code,
        asked(url, route, own, form=True).status_code,
        asked(url, route, {**own, "Origin": FOREIGN}).status_code,
    )
    assert found == ROUTES[route]


@pytest.mark.parametrize("route", sorted(ROUTES), ids=lambda route: f"{route[1]} {route[0]}")
def test_no_token_opens_the_conversation_of_another(clinic: Clinic, route: tuple[str, str]) -> None:
    url = clinic.server.url
    patient, stranger = Patient(url), Patient(url)
    patient.says(f"my secret word is {MARK}")
    answer = asked(url, route, {"Authorization": f"Bearer {stranger.token}"})
    assert MARK not in answer.text
    kept = httpx.get(f"{url}{WEB}/history", headers={"Authorization": f"Bearer {patient.token}"}, timeout=30)
    assert [each["text"] for each in kept.json()["messages"] if each["from"] == "patient"] == [
        f"my secret word is {MARK}"
    ]


@pytest.mark.parametrize("path", sorted({path for path, _ in ROUTES}))
def test_other_methods_are_refused(clinic: Clinic, path: str) -> None:
    own = {"Authorization": f"Bearer {Patient(clinic.server.url).token}"}
    for method in METHODS:
        if (path, method) not in ROUTES:
            answer = httpx.request(method, f"{clinic.server.url}{path}", headers=own, timeout=30)
            assert answer.status_code in NOT_HERE, method


@pytest.mark.parametrize("path", ABSENT)
def test_nothing_of_rasas_own_is_there(clinic: Clinic, path: str) -> None:
    for method in METHODS:
        answer = httpx.request(method, f"{clinic.server.url}{path}", timeout=30)
        assert answer.status_code in NOT_HERE, method


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_file_but_those_of_the_page_is_given(clinic: Clinic, path: str) -> None:
    # As it stands: a client library would tidy it.
    with httpx.Client(timeout=30) as client:
        request = client.build_request("GET", clinic.server.url)
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = client.send(request)
    assert answer.status_code in {400, 404}
    assert "STILLNIGHT" not in answer.text and "root:" not in answer.text


def test_every_answer_tells_browsers_to_take_it_as_it_is(clinic: Clinic) -> None:
    for path, method in ROUTES:
        headers = asked(clinic.server.url, (path, method), {}).headers
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "server" not in headers or "sanic" not in headers["server"].lower()


def test_conversation_is_never_cached(clinic: Clinic) -> None:
    own = {"Authorization": f"Bearer {Patient(clinic.server.url).token}"}
    for path, method in ROUTES:
        if path.startswith(WEB) and "openapi" not in path:
            answer = asked(clinic.server.url, (path, method), own)
            assert answer.headers["Cache-Control"] == "no-store", path
            assert "Access-Control-Allow-Origin" not in answer.headers
