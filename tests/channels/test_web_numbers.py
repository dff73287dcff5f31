"""The emergency number that stands beneath the conversation, and where the person is."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.channels.test_web import Patient
from tests.channels.test_web_session import history


def numbers(url: str, country: str | None = None, locale: str = "", token: str = "") -> dict[str, Any]:
    headers = {"Accept-Language": locale, **({"Authorization": f"Bearer {token}"} if token else {})}
    params = {"country": country} if country else {}
    answer = httpx.get(f"{url}/webhooks/web/numbers", params=params, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    given: dict[str, Any] = answer.json()
    return given


def said(given: dict[str, Any]) -> list[str]:
    return [contact["say"] for contact in given["contacts"]]


@pytest.mark.parametrize(
    ("country", "locale", "expected"),
    [
        ("IE", "en-US", "IE"),
        ("ie", "", "IE"),
        (None, "en-AU,en;q=0.5", "AU"),
        ("PR", "", "US"),
        ("DE", "", "EU"),
        ("ZZ", "en-NZ", "NZ"),
        ("Ireland", "", None),
        (None, "en", None),
    ],
)
def test_number_is_that_of_the_place(live_server: str, country: str | None, locale: str, expected: str | None) -> None:
    given = numbers(live_server, country, locale)
    assert given["country"] == expected
    assert given["guessed"] is (expected is not None)
    assert bool(given["contacts"]) is (expected is not None)
    assert given["change"] is None


def test_number_follows_what_the_person_chose(live_server: str) -> None:
    patient = Patient(live_server)
    change = numbers(live_server, "US", token=patient.token)["change"]
    asked = patient.post({"choice": change["choice"]}).json()["messages"][0]
    ireland = next(button for button in asked["buttons"] if button["title"] == "Ireland")
    patient.post({"choice": ireland["choice"]})
    given = numbers(live_server, "US", token=patient.token)
    assert (given["country"], given["guessed"], said(given)) == ("IE", False, ["112", "999"])


def test_answer_about_danger_gives_the_numbers_of_the_page(live_server: str) -> None:
    patient = Patient(live_server)
    answer = patient.post({"text": "i want to kill myself", "country": "AU"}).json()["messages"][0]
    assert "Australia, if that is where you are" in answer["text"]
    assert "000" in said(answer)


def test_page_that_names_no_country_does_no_harm(live_server: str) -> None:
    for country in (5, None, "", "x" * 500, ["AU"], "../"):
        answer = Patient(live_server).post({"text": "i want to kill myself", "country": country})
        assert answer.status_code == 200
        assert answer.json()["messages"][0]["urgent"]


def test_stranger_learns_nothing(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/webhooks/web/numbers", headers={"Authorization": "Bearer x"}, timeout=30)
    assert answer.status_code == 401


def test_every_message_tells_its_language(live_server: str) -> None:
    patient = Patient(live_server)
    assert [message["lang"] for message in [*patient.welcome, *patient.says("what is plmd")]] == ["en", "en"]


def test_danger_is_urgent_where_no_country_is_known(live_server: str) -> None:
    patient = Patient(live_server)
    answer = patient.says("i cant breathe and my chest hurts")[0]
    assert not answer["contacts"]
    assert answer["urgent"]
    assert history(patient)[-1]["urgent"]
    assert not Patient(live_server).says("what is plmd")[0]["urgent"]
