"""The register of medicines: that it fits together, and that a bad entry is named."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from stillnight.clinical.medicines.entries import Effect, Evidence, RegisterError
from stillnight.clinical.medicines.register import Register, register
from stillnight.clinical.medicines.words import key as in_one_form
from stillnight.paths import KNOWLEDGE

REGISTER = register()
FILES = ["medicines.yml", "medicine_classes.yml", "stopping.yml", "dangerous_pairs.yml", "medicine_names.yml"]


def raw(name: str) -> Any:
    return yaml.safe_load((KNOWLEDGE / name).read_text(encoding="utf-8"))


REFERENCES = raw("references.yml")


def test_register_knows_at_least_150_medicines() -> None:
    assert len(REGISTER.medicines) >= 150


def test_names_of_a_medicine_are_its_own_the_other_right_ones_and_the_brands() -> None:
    medicine = REGISTER.medicines["chlorphenamine"]
    assert medicine.names[0] == "chlorphenamine"
    assert {"chlorpheniramine", "Piriton", "Chlor-Trimeton"} <= set(medicine.names)
    assert len(medicine.names) == len(set(medicine.names))


def test_countries_of_a_brand_are_those_that_list_it_whatever_its_case() -> None:
    medicine = REGISTER.medicines["chlorphenamine"]
    assert {"UK", "Gulf", "India"} <= medicine.countries_of("pIRITON")
    assert medicine.countries_of("chlorphenamine") == frozenset()
    assert medicine.countries_of("aspirin") == frozenset()


@pytest.mark.parametrize("name", ["medicines.yml", "medicine_classes.yml", "stopping.yml"])
def test_every_entry_has_known_sources_and_says_whether_a_clinician_read_it(name: str) -> None:
    for key, facts in raw(name).items():
        assert facts["sources"], key
        assert set(facts["sources"]) <= REFERENCES.keys(), key
        assert facts["review"] in {"needed", "done"}, key


def test_every_dangerous_pair_has_known_sources_and_says_whether_a_clinician_read_it() -> None:
    for pair in raw("dangerous_pairs.yml")["pairs"]:
        assert pair["sources"], pair["why"]
        assert set(pair["sources"]) <= REFERENCES.keys(), pair["why"]
        assert pair["review"] in {"needed", "done"}, pair["why"]


def test_every_class_named_in_the_files_exists() -> None:
    named = {facts["class"] for facts in raw("medicines.yml").values()}
    named |= {kind for facts in raw("medicine_classes.yml").values() for kind in facts.get("includes") or ()}
    assert named <= REGISTER.classes.keys()


def test_pair_names_kinds_or_medicines() -> None:
    named = {kind for pair in REGISTER.pairs for kind in pair.one | pair.other}
    assert named <= REGISTER.classes.keys() | REGISTER.medicines.keys()


def test_every_stopping_entry_named_in_the_files_exists_and_is_used() -> None:
    used = {facts["stopping"] for facts in raw("medicines.yml").values() if facts.get("stopping")}
    used |= {facts["stopping"] for facts in raw("medicine_classes.yml").values() if facts.get("stopping")}
    assert used == raw("stopping.yml").keys()


def test_every_pair_is_of_two_kinds_that_have_medicines() -> None:
    used = {medicine.kind.key for medicine in REGISTER.medicines.values()} | REGISTER.medicines.keys()
    for pair in REGISTER.pairs:
        assert used & pair.one, pair.one
        assert used & pair.other, pair.other


def test_name_of_a_product_with_several_medicines_belongs_to_it_alone() -> None:
    own = {in_one_form(name) for medicine in REGISTER.medicines.values() for name in medicine.own_names}
    products = Counter(
        name for each in REGISTER.combinations.values() for name in {in_one_form(name) for name in each.names}
    )
    assert sorted(products.keys() & own) == []
    assert [name for name, times in products.items() if times > 1] == []


def test_product_is_among_the_names_of_all_that_it_holds() -> None:
    for product in REGISTER.combinations.values():
        for name in product.holds:
            assert set(product.names) <= set(REGISTER.medicines[name].names)
            assert not set(product.names) & set(REGISTER.medicines[name].own_names)


def test_product_is_of_a_kind_of_what_it_holds() -> None:
    facts = raw("medicines.yml")
    for product in REGISTER.combinations.values():
        assert facts[product.name]["class"] in {REGISTER.medicines[name].kind.key for name in product.holds}


def test_no_class_includes_itself() -> None:
    assert [kind.key for kind in REGISTER.classes.values() if kind.key in kind.includes] == []


def test_word_for_a_kind_belongs_to_one_kind_and_is_no_medicine() -> None:
    words = Counter(word for kind in REGISTER.classes.values() for word in kind.called)
    assert [word for word, times in words.items() if times > 1] == []
    names = {name.lower() for medicine in REGISTER.medicines.values() for name in medicine.names}
    assert sorted(words.keys() & names) == []


def test_word_for_a_kind_is_lower_case() -> None:
    assert [word for kind in REGISTER.classes.values() for word in kind.called if word != word.lower()] == []


def test_international_name_leads_to_one_medicine() -> None:
    for name, medicine in REGISTER.medicines.items():
        others = [other.name for other in REGISTER.medicines.values() if other is not medicine and name in other.names]
        assert (name, others) == (name, [])


def test_everyday_word_is_no_medicine() -> None:
    names = {name.lower() for medicine in REGISTER.medicines.values() for name in medicine.names}
    assert sorted(REGISTER.everyday & names) == []


def test_region_of_every_brand_can_be_said() -> None:
    regions = {region for medicine in REGISTER.medicines.values() for region in medicine.brands}
    assert regions <= REGISTER.regions.keys()
    sold = {facts.get("brands") for facts in raw("crisis_lines.yml").values()} - {None}
    assert sold <= REGISTER.regions.keys()


def test_what_worsens_does_not_rest_on_nothing() -> None:
    for medicine in REGISTER.medicines.values():
        if medicine.effect is not Effect.NOT_KNOWN_TO:
            assert medicine.evidence is not Evidence.NOT_LISTED, medicine.name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the register to spoil."""
    for name in FILES:
        shutil.copy(KNOWLEDGE / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "entry", "field", "bad"),
    [
        ("medicines.yml", "sertraline", "class", "no_such_class"),
        ("medicines.yml", "sertraline", "effect", "maybe"),
        ("medicines.yml", "sertraline", "evidence", "hearsay"),
        ("medicines.yml", "sertraline", "stopping", "no_such_entry"),
        ("medicines.yml", "sertraline", "sources", None),
        ("medicine_classes.yml", "ssri", "effect", None),
        ("medicine_classes.yml", "ssri", "stopping", "no_such_entry"),
    ],
)
def test_entry_that_does_not_fit_is_named(folder: Path, file: str, entry: str, field: str, bad: object) -> None:
    content = raw(file)
    content[entry][field] = bad
    (folder / file).write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(RegisterError, match=rf"{file}: {entry}: "):
        Register.load(folder)


@pytest.mark.parametrize("holds", [["codeine"], ["codeine", "no such medicine"], []])
def test_product_that_holds_what_is_not_known_is_named(folder: Path, holds: list[str]) -> None:
    content = raw("medicines.yml")
    content["co-codamol"]["holds"] = holds
    (folder / "medicines.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(RegisterError, match=r"medicines\.yml: co-codamol: "):
        Register.load(folder)


def test_word_that_yaml_reads_as_something_else_is_an_error(folder: Path) -> None:
    file = folder / "medicine_names.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("amounts:\n  [", "amounts:\n  [no, "), encoding="utf-8")
    with pytest.raises(RegisterError, match="quotation marks"):
        Register.load(folder)


def test_file_that_is_no_mapping_is_named(folder: Path) -> None:
    (folder / "medicines.yml").write_text("- sertraline\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"medicines\.yml"):
        Register.load(folder)
