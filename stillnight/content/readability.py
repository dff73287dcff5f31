"""Reading grade of an answer, with names that the patient cannot avoid set aside."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import textstat

from stillnight.yaml_files import load_yaml

# A neutral one-syllable noun stands in for a name, so that "ferritin" costs no more than "word".
STAND_IN = "word"


@lru_cache(maxsize=4)
def names_pattern(knowledge: Path) -> re.Pattern[str]:
    """Pattern of medicine, test and condition names listed in `knowledge/terms.yml` and `knowledge/medicines.yml`."""
    terms = load_yaml(knowledge / "terms.yml")
    medicines = load_yaml(knowledge / "medicines.yml")
    names = {str(name) for name in terms["set_aside"]} | set(medicines)
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def reading_grade(text: str, knowledge: Path) -> float:
    """Flesch-Kincaid grade (US school years) of `text` once names are set aside."""
    plain = names_pattern(knowledge).sub(STAND_IN, text)
    return float(textstat.flesch_kincaid_grade(plain))
