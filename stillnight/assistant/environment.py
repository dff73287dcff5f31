"""What must be set before Rasa is imported: no telemetry, no stale cache, one thread a sum, no words in the log."""

from __future__ import annotations

import os

from stillnight.observe import logs


def prepare(log_level: str = "WARNING", log_format: str = "plain") -> None:
    """Set Rasa's environment and the shape of log lines. Call before the first `import rasa` or numpy."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # One sentence's sums are too small to share: the other threads only spin and take the core from the next person.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("LOG_LEVEL", log_level)
    logs.configure(log_level, log_format)
