"""What is counted, with Prometheus' client. Labels come from fixed lists: none can hold text, an id or an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

from stillnight.channels.message import Reply
from stillnight.content.catalogue import catalogue

REGISTRY: Final = CollectorRegistry()
OTHER: Final = "other"

# How a message ended. An apology: nothing better could be said, or what was said could not be kept.
ANSWERED: Final = "answered"
APOLOGY: Final = "apology"
DANGER: Final = "danger"
OUTCOMES: Final = (ANSWERED, APOLOGY, DANGER)

_CHANNELS: Final = ("web", "whatsapp_cloud", "whatsapp_twilio")
_APOLOGIES: Final = ("utter_apology", "utter_not_saved")
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

ProcessCollector(registry=REGISTRY)
_MESSAGES: Final = Counter(
    "stillnight_messages", "Messages of patients, by how they ended", ("channel", "outcome"), registry=REGISTRY
)
_ANSWER: Final = Histogram(
    "stillnight_answer_seconds",
    "From a message to its answer: on the web from its arrival, on messengers from when it was written",
    ("channel",),
    registry=REGISTRY,
    buckets=_SECONDS,
)
_REQUESTS: Final = Counter(
    "stillnight_http_requests", "HTTP requests, by name of the route and status", ("route", "status"), registry=REGISTRY
)
_SESSIONS: Final = Counter("stillnight_sessions", "Conversations begun on the web", registry=REGISTRY)
_FEEDBACK: Final = Counter(
    "stillnight_feedback", "Opinions on answers, by whether they helped", ("helpful",), registry=REGISTRY
)

# All of them are there from the start, so that the first of its kind is seen as an increase.
for _channel in _CHANNELS:
    _ANSWER.labels(_channel)
    for _outcome in OUTCOMES:
        _MESSAGES.labels(_channel, _outcome)
for _helpful in ("yes", "no"):
    _FEEDBACK.labels(_helpful)


def answered(channel: str, replies: Sequence[Reply], seconds: float) -> None:
    """Count a message.

    Args:
        channel: by which it came.
        replies: what was said to it.
        seconds: how long that took.
    """
    named = channel if channel in _CHANNELS else OTHER
    _MESSAGES.labels(named, outcome(replies)).inc()
    # Clocks differ; nothing is answered before it is asked.
    _ANSWER.labels(named).observe(max(0.0, seconds))


def outcome(replies: Sequence[Reply]) -> str:
    """How a message ended: with numbers to call, with an apology, or with an answer."""
    if any(reply.urgent for reply in replies):
        return DANGER
    apologies = {catalogue().text(name) for name in _APOLOGIES}
    return APOLOGY if any(reply.text in apologies for reply in replies) else ANSWERED


def requested(route: str, status: int) -> None:
    """Count an HTTP request. `route` is a name of ours."""
    _REQUESTS.labels(route, str(status)).inc()


def session_begun() -> None:
    """Count a new conversation."""
    _SESSIONS.inc()


def opinion(helpful: bool) -> None:
    """Count a thumb up or down."""
    _FEEDBACK.labels("yes" if helpful else "no").inc()
