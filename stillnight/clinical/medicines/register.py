"""The register of medicines in `knowledge/`: names, effect on restless legs, danger of stopping suddenly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from stillnight.clinical.knowledge import reading
from stillnight.clinical.medicines.entries import (
    Combination,
    Effect,
    Evidence,
    Medicine,
    MedicineClass,
    Pair,
    RegisterError,
    Stopping,
)
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml


@dataclass(frozen=True)
class Register:
    """Everything that we know of medicines.

    friends: names that are easily taken for one another. everyday: words that are no medicine. others:
    medicines that have no entry, so that they are not taken for one that has. same_words: for words such as “pills”
    the one that stands for all of them. amounts: words behind a number that make it an amount to swallow.
    regions: how the regions of a brand are named in a sentence.
    """

    medicines: Mapping[str, Medicine]
    combinations: Mapping[str, Combination]
    classes: Mapping[str, MedicineClass]
    pairs: tuple[Pair, ...]
    friends: tuple[frozenset[str], ...]
    everyday: frozenset[str]
    others: frozenset[str]
    same_words: Mapping[str, str]
    amounts: frozenset[str]
    regions: Mapping[str, str]

    @classmethod
    @reading("medicines.yml")
    def load(cls, knowledge: Path) -> Register:
        """Read medicines.yml and the files beside it. Raises RegisterError for an entry that does not fit."""
        stopping = {
            key: Stopping(
                key, facts["why"], facts["short"], facts["signs"], facts["emergency"], tuple(facts["sources"])
            )
            for key, facts in _yaml(knowledge / "stopping.yml").items()
        }
        classes = {
            key: _fitting("medicine_classes.yml", key, _class, facts, stopping)
            for key, facts in _yaml(knowledge / "medicine_classes.yml").items()
        }
        entries = {str(name): facts for name, facts in _yaml(knowledge / "medicines.yml").items()}
        single = {name for name, facts in entries.items() if "holds" not in facts}
        combinations = {
            name: _fitting("medicines.yml", name, _combination, facts, single)
            for name, facts in entries.items()
            if name not in single
        }
        combined: defaultdict[str, list[str]] = defaultdict(list)
        for combination in combinations.values():
            for name in combination.holds:
                combined[name] += combination.names
        medicines = {
            name: _fitting("medicines.yml", name, _medicine, facts, classes, stopping, tuple(combined[name]))
            for name, facts in entries.items()
            if name in single
        }
        naming = _yaml(knowledge / "medicine_names.yml")
        return cls(
            medicines,
            combinations,
            classes,
            tuple(
                Pair(
                    frozenset(pair["one"]),
                    frozenset(pair["other"]),
                    pair["why"],
                    pair["emergency"],
                    tuple(pair["sources"]),
                )
                for pair in _yaml(knowledge / "dangerous_pairs.yml")["pairs"]
            ),
            tuple(frozenset(names) for names in naming["taken_for_one_another"]),
            _words(naming["everyday_words"]),
            _words(naming.get("other_medicines") or ()),
            {word: one for one, words in (naming.get("same_words") or {}).items() for word in _words(words)},
            _words(naming["amounts"]),
            naming["regions"],
        )


def _words(listed: Iterable[Any]) -> frozenset[str]:
    """Words of a list. YAML reads a bare “no” as false: that is an error here, as the word would be lost."""
    words = list(listed)
    wrong = [word for word in words if not isinstance(word, str)]
    if wrong:
        raise RegisterError(f"medicine_names.yml: put into quotation marks what is no word to YAML: {wrong}")
    return frozenset(words)


def _fitting(file: str, key: str, make: Any, *given: Any) -> Any:
    try:
        return make(key, *given)
    except KeyError as error:
        word = str(error.args[0])
        written = given and isinstance(given[0], Mapping) and word in given[0].values()
        why = f"names “{word}”, which is not known" if written else f"lacks the line “{word}:”"
        raise RegisterError(f"knowledge/{file}: {key}: {why}") from error
    except (TypeError, ValueError) as error:
        raise RegisterError(f"knowledge/{file}: {key}: {error}") from error


def _class(key: str, facts: Mapping[str, Any], stopping: Mapping[str, Stopping]) -> MedicineClass:
    return MedicineClass(
        key,
        facts["name"],
        facts["plural"],
        tuple(str(word) for word in facts.get("called") or ()),
        tuple(facts.get("includes") or ()),
        Effect(facts["effect"]),
        Evidence(facts["evidence"]),
        stopping[facts["stopping"]] if facts.get("stopping") else None,
        facts.get("ask_about"),
        tuple(facts["sources"]),
        facts.get("note"),
        tuple(str(word) for word in facts.get("beside") or ()),
    )


def _combination(name: str, facts: Mapping[str, Any], single: set[str]) -> Combination:
    holds = tuple(str(held) for held in facts["holds"])
    unknown = [held for held in holds if held not in single]
    if unknown or len(holds) < 2:
        raise ValueError(f"holds {holds}: two or more medicines with entries of their own are wanted")
    return Combination(name, holds, _also(facts), _brands(facts), facts.get("note"), tuple(facts["sources"]))


def _medicine(
    name: str,
    facts: Mapping[str, Any],
    classes: Mapping[str, MedicineClass],
    stopping: Mapping[str, Stopping],
    combined: tuple[str, ...],
) -> Medicine:
    return Medicine(
        name,
        classes[facts["class"]],
        _also(facts),
        _brands(facts),
        Effect(facts["effect"]),
        Evidence(facts["evidence"]),
        stopping[facts["stopping"]] if facts.get("stopping") else None,
        facts.get("note"),
        tuple(facts["sources"]),
        combined,
        tuple(str(form) for form in facts.get("heard_as") or ()),
    )


def _also(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(other) for other in facts.get("also") or ())


def _brands(facts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {country: tuple(str(brand) for brand in brands) for country, brands in (facts.get("brands") or {}).items()}


def _yaml(path: Path) -> dict[str, Any]:
    loaded = load_yaml(path)
    if not isinstance(loaded, dict):
        raise RegisterError(f"{path.name}: a mapping is wanted")
    return loaded


def register(knowledge: Path = KNOWLEDGE) -> Register:
    """The register of a folder, the project's by default, read once."""
    return _loaded(knowledge)


@lru_cache(maxsize=4)
def _loaded(knowledge: Path) -> Register:
    return Register.load(knowledge)
