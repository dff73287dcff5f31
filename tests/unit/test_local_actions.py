"""Custom actions inside the server."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from stillnight.assistant.local_actions import APOLOGY, LocalActions

SECRET = "xylophonist"
_ACTIONS = """
from rasa_sdk import Action
from rasa_sdk.events import SlotSet


class Works(Action):
    def name(self):
        return "action_unit_works"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_greet", topic="iron")
        return [SlotSet("lab", tracker.latest_message["text"])]


class Breaks(Action):
    def name(self):
        return "action_unit_breaks"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="half an answer")
        raise LookupError("nothing for " + tracker.latest_message["text"])


class Quiet(Action):
    def name(self):
        return "action_unit_quiet"

    def run(self, dispatcher, tracker, domain):
        return None
"""


def call(action: str | None, **tracker: Any) -> dict[str, Any]:
    """What Rasa sends to an action server."""
    return {
        "next_action": action,
        "sender_id": "web-1",
        "domain": {},
        "tracker": {
            "sender_id": "web-1",
            "slots": {},
            "latest_message": {"text": SECRET, "intent": {"name": "faq"}, "entities": []},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
            **tracker,
        },
    }


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalActions:
    """Actions of a package written for this test, with a module in a subpackage."""
    package = tmp_path / f"unit_actions_of_{tmp_path.name}"
    (package / "deep").mkdir(parents=True)
    for folder in (package, package / "deep"):
        (folder / "__init__.py").touch()
    (package / "deep" / "broken.py").write_text(_ACTIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return LocalActions(package.name)


async def test_action_is_run_in_this_process(local: LocalActions) -> None:
    result = await local.request(json=call("action_unit_works"), method="post", timeout=5)
    assert result["events"] == [{"event": "slot", "timestamp": None, "name": "lab", "value": SECRET}]
    (response,) = result["responses"]
    assert (response["response"], response["topic"]) == ("utter_greet", "iron")


async def test_action_that_returns_nothing_is_fine(local: LocalActions) -> None:
    assert await local.request(json=call("action_unit_quiet")) == {"events": [], "responses": []}


async def test_call_without_an_action_is_fine(local: LocalActions) -> None:
    assert await local.request(json=call(None)) == {"events": [], "responses": []}


async def test_failing_action_ends_in_the_apology_alone(local: LocalActions) -> None:
    result = await local.request(json=call("action_unit_breaks"))
    assert result == {"events": [], "responses": [{"response": APOLOGY}]}
    assert APOLOGY == "utter_apology"


async def test_failure_is_logged_by_type_and_place_without_the_patients_words(
    local: LocalActions, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await local.request(json=call("action_unit_breaks"))
    (record,) = (record for record in caplog.records if record.levelno >= logging.ERROR)
    line = next(n for n, text in enumerate(_ACTIONS.splitlines(), start=1) if "LookupError" in text)
    assert record.getMessage().startswith("action action_unit_breaks failed: LookupError at ")
    assert record.getMessage().endswith(f"broken.py:{line}")
    assert record.exc_info is None
    assert SECRET not in caplog.text


async def test_unknown_action_ends_in_the_apology(local: LocalActions, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        result = await local.request(json=call("action_that_nobody_wrote"))
    assert result == {"events": [], "responses": [{"response": APOLOGY}]}
    assert "action action_that_nobody_wrote failed: ActionNotFoundException" in caplog.text
    assert SECRET not in caplog.text


async def test_failing_session_start_still_starts_the_session() -> None:
    # The real actions; the broken event makes the real greeting fail.
    result = await LocalActions().request(json=call("action_session_start", events=[None]))
    assert [event["event"] for event in result["events"]] == ["session_started", "action"]
    assert result["events"][1]["name"] == "action_listen"
    assert result["responses"] == [{"response": APOLOGY}]


async def test_session_start_that_works_greets() -> None:
    result = await LocalActions().request(json=call("action_session_start"))
    assert [event["event"] for event in result["events"]] == ["session_started", "action"]
    assert [response["response"] for response in result["responses"]] == ["utter_greet"]


def test_package_that_cannot_be_imported_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportError):
        LocalActions("no_such_package_of_actions")
    (tmp_path / "unit_actions_broken_import.py").write_text("import no_such_module_anywhere\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError):
        LocalActions("unit_actions_broken_import")
