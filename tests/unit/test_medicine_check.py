"""What is to be said about the medicines of a message."""

from __future__ import annotations

import pytest

from stillnight.clinical.medicines.check import Check, check, finding_of, finding_of_kind
from stillnight.clinical.medicines.entries import Effect
from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.clinical.medicines.register import register

REGISTER = register()
FINDER = medicine_finder()


def looked_up(text: str, country: str | None = None) -> Check:
    return check(REGISTER, FINDER.find(text, country))


def together(text: str) -> list[set[str]]:
    return [{each.one, each.other} for each in looked_up(text).together]


def test_finding_holds_what_the_register_knows() -> None:
    medicine = REGISTER.medicines["sertraline"]
    found = finding_of(medicine)
    assert (found.key, found.said, found.kind.key) == ("sertraline", "sertraline", "ssri")
    assert (found.effect, found.stopping, found.sources) == (medicine.effect, medicine.stopping, medicine.sources)


@pytest.mark.parametrize(
    ("met_as", "said"), [("", "sertraline"), ("Sertraline", "sertraline"), ("Zoloft", "sertraline (Zoloft)")]
)
def test_brand_is_said_beside_the_international_name(met_as: str, said: str) -> None:
    assert finding_of(REGISTER.medicines["sertraline"], met_as).said == said


def test_misspelt_brand_is_said_as_it_is_spelt_right() -> None:
    assert [found.said for found in looked_up("zolof").findings] == ["sertraline (Zoloft)"]


def test_kind_is_said_in_the_plural() -> None:
    found = finding_of_kind(REGISTER.classes["beta_blocker"])
    assert (found.key, found.said, found.effect) == ("beta_blocker", "beta-blockers", Effect.MIXED)
    assert found.stopping is not None


def test_message_without_medicines_has_nothing() -> None:
    assert looked_up("my legs jump") == Check((), (), (), ())


def test_medicines_that_are_certain_leave_kinds_and_open_questions_out() -> None:
    found = looked_up("sertraline, a beta blocker, prednisilone and Benadryl")
    assert found.medicines == ("sertraline",)
    assert [finding.key for finding in found.findings] == ["sertraline", "beta_blocker"]
    assert [each.typed for each in found.unsure] == ["prednisilone"]
    assert [brand.name for brand in found.brands] == ["Benadryl"]


def test_every_medicine_that_is_named_is_certain() -> None:
    checks = {name: check(REGISTER, [Mention(name, 0, len(name), (name,), name)]) for name in REGISTER.medicines}
    assert [name for name, found in checks.items() if found.medicines != (name,)] == []


def test_product_gives_all_that_it_holds() -> None:
    found = looked_up("zapain")
    assert found.medicines == ("codeine", "paracetamol")
    assert [finding.said for finding in found.findings] == ["codeine (in Zapain)", "paracetamol (in Zapain)"]
    assert [(each.name, each.medicines) for each in found.holding] == [("Zapain", ("codeine", "paracetamol"))]
    assert found.brands == ()


def test_open_question_names_what_it_may_be() -> None:
    (unsure,) = looked_up("prednisilone").unsure
    assert (unsure.typed, set(unsure.medicines)) == ("prednisilone", {"prednisone", "prednisolone"})


def test_brand_that_differs_by_country_says_where_it_means_what() -> None:
    (brand,) = looked_up("Benadryl").brands
    meanings = {meaning.finding.key: set(meaning.regions) for meaning in brand.meanings}
    assert meanings == {"diphenhydramine": {"US", "Gulf", "India"}, "cetirizine": {"UK"}, "acrivastine": {"UK"}}


def test_brand_is_settled_by_the_country() -> None:
    assert looked_up("Benadryl", "US").medicines == ("diphenhydramine",)
    assert [meaning.finding.key for meaning in looked_up("Benadryl", "UK").brands[0].meanings] == [
        "cetirizine",
        "acrivastine",
    ]


def test_every_brand_of_several_medicines_says_where_each_is_meant() -> None:
    names = {name for medicine in REGISTER.medicines.values() for name in medicine.names}
    for name in sorted(names):
        for brand in looked_up(name).brands:
            assert len(brand.meanings) > 1, name
            assert all(meaning.regions for meaning in brand.meanings), name


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("oxycodone and clonazepam", {"oxycodone", "clonazepam"}),
        ("clonazepam, now oxycodone", {"oxycodone", "clonazepam"}),
        ("pregabalin with codeine", {"pregabalin", "codeine"}),
        ("gabapentin and wine", {"gabapentin", "alcohol"}),
        ("Xanax and beer", {"alprazolam (Xanax)", "alcohol"}),
        ("zopiclone with vodka", {"zopiclone", "alcohol"}),
        ("morphine and alcohol", {"morphine", "alcohol"}),
        ("tramadol and sertraline", {"tramadol", "sertraline"}),
        ("amitriptyline and tramadol", {"tramadol", "amitriptyline"}),
        ("phenelzine and sertraline", {"phenelzine", "sertraline"}),
        ("selegiline and tramadol", {"selegiline", "tramadol"}),
        ("lithium and ibuprofen", {"lithium", "ibuprofen"}),
        ("lithium and ramipril", {"lithium", "ramipril"}),
        ("clonidine and propranolol", {"clonidine", "propranolol"}),
        ("naltrexone and oxycodone", {"naltrexone", "oxycodone"}),
        ("promethazine and codeine", {"codeine", "promethazine"}),
        ("sleeping pills and opioids", {"sleeping pills", "opioids"}),
        ("benzos and alcohol", {"benzodiazepines", "alcohol"}),
        ("codeine and Benadryl", {"codeine", "diphenhydramine"}),
        ("phenelzine and robitussin dm", {"phenelzine", "dextromethorphan (in Robitussin DM)"}),
        ("rasagiline with dextromethorphan", {"rasagiline", "dextromethorphan"}),
        ("phenelzine, fluoxetine", {"phenelzine", "fluoxetine"}),
        ("linezolid and sertraline", {"linezolid", "sertraline"}),
        ("phenobarbital with whisky", {"phenobarbital", "alcohol"}),
        ("fioricet and oxycodone", {"butalbital (in Fioricet)", "oxycodone"}),
        ("st john's wort with citalopram", {"st john's wort", "citalopram"}),
    ],
)
def test_dangerous_pair_is_found_in_either_order(text: str, pair: set[str]) -> None:
    assert together(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        *("sertraline and ibuprofen", "oxycodone", "oxycodone and codeine", "alcohol and beer", "gabapentin and iron"),
        *("naloxone and oxycodone", "Benadryl, but in the UK it is cetirizine"),
        *("promethazine with codeine", "fioricet", "tylenol pm", "robitussin dm and sertraline"),
    ],
)
def test_other_medicines_are_no_dangerous_pair(text: str) -> None:
    assert together(text) == []


def test_every_pair_of_three_is_found() -> None:
    pairs = together("morphine, pregabalin and alcohol")
    assert len(pairs) == 3
    assert all(pair in pairs for pair in ({"morphine", "pregabalin"}, {"morphine", "alcohol"}))


def test_second_medicine_of_a_kind_is_in_a_pair_too() -> None:
    assert {"methadone", "diazepam"} in together("methadone, zolpidem and diazepam")
