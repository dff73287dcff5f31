"""Names of countries in other languages: those of Unicode's CLDR, as Babel brings them."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def country_name(country: str, language: str) -> str | None:
    """How a language names a country; None when CLDR knows one of them not.

    Args:
        country: ISO code, or EU for the European Union.
        language: its code.
    """
    # Only needed once somebody writes in another language.
    from babel import Locale, UnknownLocaleError  # type: ignore[import-untyped,unused-ignore]

    try:
        name = Locale.parse(language).territories.get(country)
    except (UnknownLocaleError, ValueError):
        return None
    return str(name) if name else None
