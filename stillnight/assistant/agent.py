"""Loading the assistant: trained model, tracker store, lock and in-process actions."""

from __future__ import annotations

from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from stillnight.assistant.checksum import check_model
from stillnight.assistant.loading import read_domain_once
from stillnight.assistant.local_actions import LocalActions, compile_event_schema_once, local_actions
from stillnight.assistant.rules_by_intent import look_for_rules_once
from stillnight.assistant.straight_runner import StraightRunner
from stillnight.assistant.understood import Understood
from stillnight.content.catalogue import catalogue
from stillnight.conversations.locks import ConversationLocks
from stillnight.conversations.opening import conversation_locks
from stillnight.conversations.store import ConversationStore
from stillnight.paths import DATA, KNOWLEDGE, PROJECT
from stillnight.review.desk import Desk
from stillnight.review.serving import withhold
from stillnight.settings import Settings
from stillnight.settings import settings as clinic_settings


class ModelMissingError(RuntimeError):
    """There is no trained model where one was expected."""


def load_agent(
    model: Path,
    store: TrackerStore | None = None,
    actions: EndpointConfig | None = None,
    locks: LockStore | None = None,
    sha256: str = "",
) -> Agent:
    """The assistant, ready to answer.

    Args:
        model: path of the trained archive.
        store: where conversations are kept; in memory when not given.
        actions: where custom actions run; in this process when not given.
        locks: what keeps messages of one conversation apart; within this process when not given.
        sha256: checksum of the archive; what stands beside it when blank.

    Raises:
        ModelMissingError: when `model` is no file.
        UnknownModelError: when its bytes are not the known ones.
    """
    if not model.is_file():
        raise ModelMissingError(f"There is no trained model at {model}. Run `make train`.")
    check_model(model, sha256)
    compile_event_schema_once()
    look_for_rules_once()
    read_domain_once()
    agent = Agent.load(
        str(model),
        tracker_store=store or InMemoryTrackerStore(Domain.empty()),
        lock_store=locks or ConversationLocks(),
        action_endpoint=actions or local_actions(),
    )
    if store is not None:
        # Rasa's wrapper would go on in memory when the store fails, and forget.
        agent.tracker_store = agent.processor.tracker_store = store
    agent.processor.graph_runner = StraightRunner.instead_of(agent.processor.graph_runner)
    agent.processor._parse_message_with_graph = Understood(agent.processor)
    if isinstance(agent.action_endpoint, LocalActions):
        agent.action_endpoint.store = agent.tracker_store
    if clinic_settings().signed_only:
        desk = Desk.read(DATA, KNOWLEDGE, in_full=False)
        withhold(agent.processor.domain.responses, desk, catalogue())
    return agent


def serving_agent(settings: Settings, store: ConversationStore) -> Agent:
    """The assistant as a server runs it: conversations in `store`, the action endpoint of endpoints.yml."""
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT / "endpoints.yml"))
    return load_agent(settings.model, store, endpoints.action, conversation_locks(store), settings.model_sha256)
