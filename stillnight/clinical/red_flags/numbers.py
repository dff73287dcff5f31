"""Numbers of a message, each as one of a few signs: a rule needs to know how large a number is, not which it is."""

from __future__ import annotations

from typing import Final

ANY: Final = "9"
MANY: Final = "20"
FEVER: Final = "39"
YEAR: Final = "1999"

# Which signs a written sign stands for: every fever is a count of many too, and all are numbers.
KINDS: Final = {ANY: (ANY, MANY, FEVER, YEAR), MANY: (MANY, FEVER), FEVER: (FEVER,), YEAR: (YEAR,)}

_FEVER_RANGES: Final = ((37.9, 42.5), (100.4, 107.0))
_MANY_RANGE: Final = (8.0, 99.0)
_YEARS: Final = (1930.0, 2039.0)


def sign(value: float) -> str:
    """The sign of a number."""
    if any(low <= value <= high for low, high in _FEVER_RANGES):
        return FEVER
    if _MANY_RANGE[0] <= value <= _MANY_RANGE[1]:
        return MANY
    return YEAR if _YEARS[0] <= value <= _YEARS[1] and value.is_integer() else ANY


def sign_of(digits: str) -> str:
    """The sign of a number as typed: 16, 39,5, 1.000, 20:30."""
    if ":" in digits:
        return ANY
    try:
        return sign(float(digits.replace(",", "."))) if len(digits) < 9 else ANY
    except ValueError:
        return ANY
