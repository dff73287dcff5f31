"""Which country's numbers to give: the one that was chosen, else a guess from what the channel knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stillnight.clinical.crisis_lines import CrisisLines


@dataclass(frozen=True)
class Place:
    """A country code of crisis_lines.yml, or None; `guessed` when nobody said so."""

    country: str | None = None
    guessed: bool = False


def place(lines: CrisisLines, chosen: str | None, hints: Mapping[str, Any] | None, default: str | None = None) -> Place:
    """Where the person is.

    Args:
        lines: the countries that we have numbers for.
        chosen: country code that the person chose.
        hints: what the channel knows: `phone` in international form, `country` of the page, `locale` of the browser.
        default: the clinic's own country, from the configuration.
    """
    if chosen in lines.countries:
        return Place(chosen)
    hints = hints or {}
    guess = lines.of_phone(str(hints["phone"])) if hints.get("phone") else None
    guess = guess or (lines.of_region(str(hints["country"])) if hints.get("country") else None)
    guess = guess or (lines.of_locale(str(hints["locale"])) if hints.get("locale") else None)
    guess = guess or default
    return Place(guess, guessed=True) if guess in lines.countries else Place()
