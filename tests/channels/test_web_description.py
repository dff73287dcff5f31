"""The channel against its own description: schemathesis sends what it allows and what it does not."""

from __future__ import annotations

import os
from typing import Any, Final

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from stillnight.paths import PROJECT
from stillnight.yaml_files import load_yaml
from tests.channels.test_web import Patient

DESCRIPTION: Final = load_yaml(PROJECT / "stillnight" / "channels" / "web" / "openapi.yml")
# For each route; STILLNIGHT_RANDOM_REQUESTS=3500 makes it a long run of some twenty thousand.
EXAMPLES: Final = int(os.environ.get("STILLNIGHT_RANDOM_REQUESTS", "60"))

schema = schemathesis.openapi.from_dict(DESCRIPTION)


@pytest.fixture(scope="module")
def token(live_server: str) -> str:
    return Patient(live_server).token


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described_whatever_is_sent(case: Case[Any], live_server: str, token: str) -> None:
    answer = case.call(base_url=f"{live_server}/webhooks/web", headers={"Authorization": f"Bearer {token}"})
    case.validate_response(answer, checks=[not_a_server_error, content_type_conformance, response_schema_conformance])


def test_every_route_is_described() -> None:
    described = {(path, method.upper()) for path, item in DESCRIPTION["paths"].items() for method in item}
    assert described == {
        ("/session", "POST"),
        ("/session", "DELETE"),
        ("/messages", "POST"),
        ("/history", "GET"),
        ("/transcript", "GET"),
        ("/export", "GET"),
        ("/numbers", "GET"),
        ("/diary", "GET"),
        ("/summary", "GET"),
        ("/summary", "POST"),
        ("/feedback", "POST"),
    }


def test_description_is_served(live_server: str) -> None:
    served = httpx.get(f"{live_server}/webhooks/web/openapi.yml", timeout=30)
    assert served.status_code == 200 and served.text.startswith("openapi: 3.1")
