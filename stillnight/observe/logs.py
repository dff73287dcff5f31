"""Log lines of this process, Rasa's and every library's, in one shape: for people, or as JSON.

What others write into a line may hold what somebody typed, so that only what cannot is taken of it; and nothing in a
line can end it or move a terminal's cursor.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.contextvars import merge_contextvars
from structlog.stdlib import ExtraAdder, LoggerFactory, ProcessorFormatter

JSON: Final = "json"

Event = MutableMapping[str, Any]

# Of what Rasa logs as key and value, only these can hold no word of a patient.
_HARMLESS: Final = frozenset({"event", "level", "action_name", "policy_name", "component"})
# What our own lines say besides their text.
_OURS: Final = ("route", "status", "ms")
# These write what came over the wire, or the errors of others, into their lines.
_TALKATIVE: Final = ("sanic", "asyncio", "concurrent.futures")
_HARMLESS_LINES: Final = (
    "Task exception was never retrieved",
    "Future exception was never retrieved",
    "Task was destroyed but it is pending!",
)
_FIRST: Final = ("time", "level", "logger", "event")
_FRAMES_MAX: Final = 12
_FOLDERS_SHOWN: Final = 3


def configure(log_level: str, log_format: str) -> None:
    """Send everything to standard error; may be called again.

    Args:
        log_level: of our lines; Rasa's are never below INFO, everybody else's never below WARNING.
        log_format: plain or json.
    """
    level = logging.getLevelName(log_level)
    # Rasa's debug lines carry the patient's words, and HTTP clients' carry telephone numbers.
    rasas, others = max(logging.INFO, level), max(logging.WARNING, level)
    handler = _Handler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[_without_wire, structlog.stdlib.add_log_level, ExtraAdder(_OURS)],
            processors=[
                merge_contextvars,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper("iso", utc=True, key="time"),
                _places,
                ProcessorFormatter.remove_processors_meta,
                _as_json if log_format == JSON else _as_plain,
            ],
        )
    )
    handler.addFilter(lambda record: not record.getMessage().startswith("Limited tf."))
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _Handler)] + [handler]
    root.setLevel(others)
    logging.captureWarnings(True)
    # What libraries warn their own developers of is nothing that the person at this keyboard can mend.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    logging.getLogger("stillnight").setLevel(level)
    for name in ("rasa", "rasa_sdk"):
        logging.getLogger(name).setLevel(rasas)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(rasas),
        logger_factory=LoggerFactory(),
        processors=[structlog.processors.add_log_level, _without_words, ProcessorFormatter.wrap_for_formatter],
    )


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]
    """The one that this module installed."""


def _without_words(_: Any, __: str, event: Event) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key in _HARMLESS}


def _without_wire(_: Any, __: str, event: Event) -> Event:
    """Of a talkative library only where it spoke: it quotes addresses of requests and others' errors."""
    record: logging.LogRecord = event["_record"]
    if record.name.startswith(_TALKATIVE):
        said = event["event"]
        known = next((each for each in _HARMLESS_LINES if said.startswith(each)), "")
        event["event"] = known or f"{record.name} {record.module}.py:{record.lineno}"
    return event


def _places(_: Any, __: str, event: Event) -> Event:
    """Where an error came from; what it says may quote what somebody typed."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = " < ".join(_chain(error))
    return event


def _chain(error: BaseException) -> list[str]:
    told: list[str] = []
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        told.append(f"{type(following).__name__} at {_trace(following.__traceback__)}")
        following = following.__cause__ or following.__context__
    return told


def _trace(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_FRAMES_MAX:]
    where = [f"{'/'.join(Path(frame.filename).parts[-_FOLDERS_SHOWN:])}:{frame.lineno}" for frame in frames]
    return ", ".join(reversed(where)) or "no place"


def _as_json(_: Any, __: str, event: Event) -> str:
    # ASCII alone: nothing that a terminal or a collector takes for more than text.
    return json.dumps({name: event.pop(name, "") for name in _FIRST} | dict(event), default=str)


def _as_plain(_: Any, __: str, event: Event) -> str:
    time, level, name, text = (str(event.pop(name, "")) for name in _FIRST)
    rest = "".join(f" {key}={value}" for key, value in event.items())
    return _printable(f"{time} {level.upper()} {name}: {text}{rest}")


def _printable(text: str) -> str:
    """Without what is not shown as itself: line ends, escapes, marks that turn the direction of writing."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)
