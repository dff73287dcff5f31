"""Custom actions run inside the server: no second process, no port, and a failing action never ends in silence."""

from __future__ import annotations

import logging
from typing import Any

import jsonschema_rs
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.events import ActionExecuted, SessionStarted
from rasa_sdk.executor import ActionExecutor

from stillnight.privacy.keeper import STORE

logger = logging.getLogger(__name__)

APOLOGY = "utter_apology"


class LocalActions(EndpointConfig):
    """An action endpoint that calls rasa_sdk's executor directly instead of a server.

    store: where conversations are kept, for the action that tells what is.
    """

    store: TrackerStore | None = None

    def __init__(self, package: str = "actions") -> None:
        """Register every action of `package`.

        Raises:
            ImportError: when the package cannot be imported.
        """
        super().__init__(url="local", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor._import_submodules(package)
        self._executor._register_all_actions()

    async def request(
        self, method: str = "post", subpath: str | None = None, content_type: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Run the action named in `kwargs["json"]`; when it fails, answer with a plain apology and log what broke."""
        call = kwargs["json"]
        STORE.set(self.store)
        try:
            result = await self._executor.run(call)
        except Exception as error:
            # The error's own text may hold what the patient typed, so only its type and place are logged.
            logger.error("action %s failed: %s", call.get("next_action"), _place(error))
            silent = call.get("next_action") == ACTION_VALIDATE_SLOT_MAPPINGS
            return {"events": _needed_events(call), "responses": [] if silent else [{"response": APOLOGY}]}
        return result or {"events": [], "responses": []}


class NoActions(LocalActions):
    """Stands in when the actions cannot be loaded: each ends in the apology, and everything else goes on."""

    def __init__(self) -> None:
        """Register nothing; the executor knows no action and every call fails."""
        EndpointConfig.__init__(self, url="local", enable_selective_domain=True)
        self._executor = ActionExecutor()


def local_actions() -> LocalActions:
    """The project's actions, or their stand-in when the code of one is broken."""
    try:
        return LocalActions()
    except Exception as error:
        logger.error("the custom actions could not be loaded: %s", _place(error))
        return NoActions()


def _needed_events(call: dict[str, Any]) -> list[dict[str, Any]]:
    """Without these two a session would never have started."""
    if call.get("next_action") == "action_session_start":
        return [SessionStarted(), ActionExecuted("action_listen")]
    return []


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"


def compile_event_schema_once() -> None:
    """Make Rasa check action results with one compiled schema.

    Rasa 3.6.21 compiles its event schema anew for every custom action, which takes longer than the action. What the
    quick check lets pass is right; what it does not is told in the words of Rasa's own.
    """
    schema = RemoteAction.action_response_format_spec()
    quick, validator = jsonschema_rs.Draft7Validator(schema), Draft7Validator(schema)

    def validate(_: RemoteAction, result: dict[str, Any]) -> bool:
        if not quick.is_valid(result):
            validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
