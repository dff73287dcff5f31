"""How long a server asks to wait."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Final

# Whoever asks for more is mistaken; by then an answer is too old to be sent.
_MOST_SECONDS: Final = 24 * 3600.0
_SECONDS: Final = re.compile(r"[0-9]+")
_DIGITS: Final = 20


def seconds_to_wait(retry_after: str | None) -> float | None:
    """`Retry-After`, a number of seconds or a date, as seconds from now; None when there is none to be understood."""
    given = (retry_after or "").strip()
    if _SECONDS.fullmatch(given):
        return min(float(given[:_DIGITS]), _MOST_SECONDS)
    try:
        date = parsedate_to_datetime(given)
        date = date if date.tzinfo else date.replace(tzinfo=timezone.utc)
        return min(max(0.0, (date - datetime.now(timezone.utc)).total_seconds()), _MOST_SECONDS)
    except (TypeError, ValueError, OverflowError):
        return None
