"""What must be set before Rasa is imported: no telemetry, no cache that goes stale, a log without conversations."""

from __future__ import annotations

import logging
import os
import warnings


def prepare(log_level: str = "WARNING") -> None:
    """Set Rasa's environment. Call before the first `import rasa`."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", log_level)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    logging.basicConfig(level=log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Rasa's debug lines carry the patient's words.
    for name in ("rasa", "rasa_sdk"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(log_level)))
