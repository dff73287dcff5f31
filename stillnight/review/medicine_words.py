"""What the assistant says of each medicine when somebody asks, put together by what puts it together in a chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from stillnight.clinical.medicines.check import Check, Holding, finding_of
from stillnight.clinical.medicines.register import Register
from stillnight.content.catalogue import Catalogue
from stillnight.dialogue.medicine_answers import MedicineAnswers


def said_of_medicines(catalogue: Catalogue, knowledge: Path) -> Mapping[str, str]:
    """The answer to “does … make it worse?”, by medicine. Raises KnowledgeError."""
    register = Register.load(knowledge)
    answers = MedicineAnswers(replace(catalogue, withheld=frozenset()), register.regions)
    said = {
        name: answers.checked(Check((finding_of(medicine),), (), (), ())).text
        for name, medicine in register.medicines.items()
    }
    for name, product in register.combinations.items():
        held = tuple(finding_of(register.medicines[each], within=name) for each in product.holds)
        holding = Holding(name, product.holds, product.note, product.sources)
        said[name] = answers.checked(Check(held, (), (), (), (holding,))).text
    return said
