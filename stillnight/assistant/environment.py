"""What must be set before Rasa is imported: no telemetry, no cache that goes stale, a log without conversations."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Of what Rasa logs as key and value, only these can hold no word of a patient.
_HARMLESS = frozenset({"event", "level", "action_name", "policy_name", "component"})


def prepare(log_level: str = "WARNING") -> None:
    """Set Rasa's environment. Call before the first `import rasa`."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", log_level)
    level = logging.getLevelName(log_level)
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # What libraries warn their own developers of is nothing that the person at this keyboard can mend.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: not record.getMessage().startswith("Limited tf."))
    # Rasa's debug lines carry the patient's words, so its loggers stay at INFO or above.
    quiet = max(logging.INFO, level)
    for name in ("rasa", "rasa_sdk"):
        logging.getLogger(name).setLevel(quiet)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(quiet),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        processors=[structlog.processors.add_log_level, _without_words, structlog.processors.JSONRenderer()],
    )


def _without_words(_: Any, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key in _HARMLESS}
