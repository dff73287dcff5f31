"""Single values of a webhook, of which each may be anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from stillnight.language.text import encodable

_ID_LENGTH_MAX: Final = 512
_TEXT_LENGTH_MAX: Final = 65536
# Seconds since 1970: before it there was no WhatsApp.
_EARLIEST: Final = 1_230_768_000
# Seconds that Meta's clock may be ahead of ours.
_AHEAD_MAX: Final = 3600

# PostgreSQL takes no NUL, and no database takes half a surrogate pair.
_UNFIT_IN_ID: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PHONE: Final = re.compile(r"\+?([1-9][0-9]{6,14})")
_PHONE_PUNCTUATION: Final = re.compile(r"[\s()-]")
_SECONDS: Final = re.compile(r"[0-9]{1,15}")

# Meta's business-scoped user id.
USER_ID: Final = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]+")

Object = Mapping[str, Any]


def object_of(value: Any) -> Object:
    """An object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects_of(value: Any) -> Sequence[Object]:
    """The objects in a list; none for anything else."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def id_of(value: Any) -> str | None:
    """An id that can be kept and compared; None for what is empty, too long or has control characters."""
    if not isinstance(value, str) or len(value) > _ID_LENGTH_MAX or _UNFIT_IN_ID.search(value):
        return None
    return value if value.strip() else None


def text_of(value: Any) -> str:
    """Words that can be kept, cut to what can be answered; empty when there are none."""
    return encodable(value[:_TEXT_LENGTH_MAX]) if isinstance(value, str) else ""


def phone_of(value: Any) -> str | None:
    """A number with “+”, if its length is that of a telephone number."""
    digits = _PHONE.fullmatch(_PHONE_PUNCTUATION.sub("", value)) if isinstance(value, str) else None
    return f"+{digits[1]}" if digits else None


def time_of(value: Any, now: float) -> float:
    """Seconds since 1970; `now` for what cannot be the time of a message."""
    if isinstance(value, str) and _SECONDS.fullmatch(value):
        value = int(value)
    sensible = isinstance(value, (int, float)) and _EARLIEST <= value <= now + _AHEAD_MAX
    return float(value) if sensible else now


def code_of(value: Any) -> str | None:
    """An error code, which Meta writes as a number."""
    return id_of(str(value)) if isinstance(value, (int, str)) and not isinstance(value, bool) else None
