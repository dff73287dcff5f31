"""How numbers, units and tests are said in an answer."""

from __future__ import annotations

from typing import Final

from stillnight.clinical.labs.definitions import Lab, Range
from stillnight.clinical.labs.reading.owners import SOMEBODY, is_name
from stillnight.clinical.labs.units import convert
from stillnight.clinical.labs.values import LabValue
from stillnight.content.catalogue import Catalogue
from stillnight.dialogue.wording import capital

_PERCENT: Final = "%"
_FRACTION: Final = "fraction"
_DIGITS: Final = 3
_COMPARED: Final = {"<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}


def number(value: float) -> str:
    """Without needless zeros: 18, 0.85, 1240."""
    return f"{value:.10g}"


def with_unit(value: float, unit: str) -> str:
    """“18 ng/mL”, “12%”, “34 per hour”."""
    said = unit.replace("_", " ")
    return f"{number(value)}{said}" if said == _PERCENT else f"{number(value)} {said}"


def rounded(value: float) -> float:
    """To three digits, for a value that was converted."""
    return float(f"{value:.{_DIGITS}g}")


class LabWording:
    """Says values in the words of `data/`."""

    def __init__(self, catalogue: Catalogue) -> None:
        """`catalogue` holds the pieces."""
        self._catalogue = catalogue

    def text(self, name: str, **facts: object) -> str:
        """A piece of data/lab_answers.yml, filled in."""
        text = self._catalogue.answers[f"utter_lab_{name}"].text
        return text.format(**facts) if facts else text

    def has(self, name: str) -> bool:
        """Whether there is such a piece."""
        return f"utter_lab_{name}" in self._catalogue.answers

    def withholds(self, lab: Lab) -> bool:
        """Whether the numbers of a test wait for a signature, where only signed ones are served."""
        return f"labs {lab.key}" in self._catalogue.withheld

    def sources(self, name: str) -> tuple[str, ...]:
        """References of a piece."""
        return self._catalogue.answers[f"utter_lab_{name}"].sources

    def value(self, told: LabValue, lab: Lab) -> str:
        """As typed, and in the usual unit when that is another: “40 pmol/L (about 17.8 ng/mL)”."""
        if told.unit is None:
            return self._compared(told, number(told.value))
        said = self.short(told, lab)
        if told.unit == lab.unit:
            return said
        return f"{said} ({self.text('about', value=self.usual(told, lab))})"

    def usual(self, told: LabValue, lab: Lab) -> str:
        """In the lab's usual unit."""
        assert told.unit is not None
        return with_unit(rounded(convert(told.value, lab, told.unit)), lab.unit)

    def short(self, told: LabValue, lab: Lab) -> str:
        """As typed."""
        plain = told.unit is None or told.unit == _FRACTION
        return self._compared(told, number(told.value) if plain else with_unit(told.value, str(told.unit)))

    def name(self, lab: Lab, told: LabValue, start: bool = False) -> str:
        """“ferritin”, and of somebody else “your mum's ferritin”."""
        said = self.text(self.of_whom("name", told.owner), owner=told.owner, lab=lab.title) if told.owner else lab.title
        return capital(said) if start else said

    @staticmethod
    def of_whom(piece: str, owner: str) -> str:
        """The name of a piece for somebody else's: a relative's, a named person's, or that of who was not named."""
        return f"{piece}_of_other" if owner == SOMEBODY else f"{piece}_of_named" if is_name(owner) else f"{piece}_of"

    def usual_span(self, span: Range, lab: Lab) -> str:
        """The usual range in a sentence."""
        low, high = number(rounded(span.low)), number(rounded(span.high))
        unit = "" if lab.unit == _PERCENT else lab.unit.replace("_", " ")
        return self.text("span_usual", low=low, high=f"{high}%" if lab.unit == _PERCENT else high, unit=unit).strip()

    def _compared(self, told: LabValue, said: str) -> str:
        compared = _COMPARED.get(told.comparator or "")
        return self.text(f"compared_{compared}", value=said) if compared else said
