"""The register against part 3 of the clinical facts, copied here: every name, effect and danger of stopping."""

from __future__ import annotations

import pytest

from stillnight.clinical.medicines.entries import Effect, Evidence, Medicine
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.register import register

REGISTER = register()

WORSENS = """
diphenhydramine: Benadryl, ZzzQuil, Tylenol PM, Advil PM, Nytol
doxylamine: Unisom, NyQuil
chlorphenamine: chlorpheniramine, Piriton, Chlor-Trimeton
hydroxyzine: Atarax, Vistaril
promethazine: Phenergan
cyclizine
meclozine: meclizine
cinnarizine
metoclopramide: Reglan, Maxolon, Primperan
prochlorperazine: Compazine, Stemetil
droperidol
mirtazapine: Remeron, Zispin
quetiapine: Seroquel
olanzapine: Zyprexa
risperidone: Risperdal
haloperidol: Haldol
clozapine
aripiprazole: Abilify"""
MAY_WORSEN = """
sertraline: Zoloft, Lustral
fluoxetine: Prozac
paroxetine: Paxil, Seroxat
citalopram: Celexa, Cipramil
escitalopram: Lexapro, Cipralex
venlafaxine: Effexor
duloxetine: Cymbalta
amitriptyline: Elavil
nortriptyline
imipramine
clomipramine
lithium: Priadel, Eskalith
topiramate: Topamax
zonisamide
phenytoin: Dilantin
alcohol
caffeine
nicotine"""
MIXED = """
tramadol: Ultram, Zydol
propranolol: Inderal
metoprolol: Lopressor, Toprol
atenolol
bisoprolol
carvedilol"""
TREATS = """
gabapentin: Neurontin, Gralise
gabapentin enacarbil: Horizant
pregabalin: Lyrica
pramipexole: Mirapex, Mirapexin, Sifrol
ropinirole: Requip
rotigotine: Neupro
levodopa: Sinemet, Madopar
oxycodone
ferric carboxymaltose
ferrous sulfate
dipyridamole"""
NOT_KNOWN_TO = """
bupropion: Wellbutrin, Zyban
cetirizine: Benadryl Allergy
acrivastine: Benadryl Allergy
diazepam: Valium
lorazepam: Ativan
carbamazepine
valproic acid
valerian"""
DANGEROUS_TO_STOP = {
    "beta_blocker": "propranolol, metoprolol, atenolol, bisoprolol, carvedilol",
    "benzodiazepine": "clonazepam, diazepam, lorazepam",
    "gabapentinoid": "gabapentin, gabapentin enacarbil, pregabalin",
    "opioid": "oxycodone, methadone, buprenorphine, morphine, codeine, tramadol",
    "antidepressant": "sertraline, fluoxetine, paroxetine, citalopram, escitalopram, venlafaxine, duloxetine,"
    " mirtazapine, amitriptyline, nortriptyline, imipramine, clomipramine",
    "lithium": "lithium",
    "dopamine": "pramipexole, ropinirole, rotigotine, levodopa",
    "antiepileptic": "topiramate, zonisamide, phenytoin, carbamazepine, valproic acid",
    "antipsychotic": "quetiapine, olanzapine, risperidone, haloperidol, clozapine, aripiprazole",
    "baclofen": "baclofen",
    "clonidine": "clonidine",
    "steroid": "prednisolone, prednisone, dexamethasone, hydrocortisone",
}
# Every medicine of these kinds is dangerous to stop.
KINDS_DANGEROUS_TO_STOP = [
    *("beta_blocker", "benzodiazepine", "gabapentinoid", "opioid", "serotonergic_opioid", "ssri", "snri", "tricyclic"),
    *("tetracyclic", "lithium", "dopamine_agonist", "levodopa", "antiepileptic", "antipsychotic", "steroid"),
]


def listed(page: str) -> list[tuple[str, list[str]]]:
    rows = [row.partition(": ") for row in page.strip().splitlines()]
    return [(name, names.split(", ") if names else []) for name, _, names in rows]


def named(effect: Effect, page: str) -> list[tuple[str, list[str], Effect]]:
    return [(name, names, effect) for name, names in listed(page)]


EVERYTHING = [
    *named(Effect.WORSENS, WORSENS),
    *named(Effect.MAY_WORSEN, MAY_WORSEN),
    *named(Effect.MIXED, MIXED),
    *named(Effect.TREATS, TREATS),
    *named(Effect.NOT_KNOWN_TO, NOT_KNOWN_TO),
]


@pytest.mark.parametrize(("name", "names", "effect"), EVERYTHING, ids=[name for name, _, _ in EVERYTHING])
def test_medicine_has_the_names_and_the_effect_of_the_clinical_facts(
    name: str, names: list[str], effect: Effect
) -> None:
    medicine = REGISTER.medicines[name]
    assert medicine.effect is effect
    assert set(names) <= set(medicine.names)


@pytest.mark.parametrize(("name", "names", "effect"), EVERYTHING, ids=[name for name, _, _ in EVERYTHING])
def test_name_of_the_clinical_facts_is_found(name: str, names: list[str], effect: Effect) -> None:
    for each in (name, *names):
        (mention,) = medicine_finder().find(f"I take {each} at night")
        assert name in mention.medicines
        assert mention.sure


def test_clonazepam_is_known_by_its_brands() -> None:
    assert {"Klonopin", "Rivotril"} <= set(REGISTER.medicines["clonazepam"].names)


@pytest.mark.parametrize(
    ("stopping", "name"), [(key, name) for key, names in DANGEROUS_TO_STOP.items() for name in names.split(", ")]
)
def test_medicine_dangerous_to_stop_says_so(stopping: str, name: str) -> None:
    known = REGISTER.medicines[name].stopping
    assert known is not None
    assert known.key == stopping


@pytest.mark.parametrize("kind", KINDS_DANGEROUS_TO_STOP)
def test_every_medicine_of_a_kind_dangerous_to_stop_says_so(kind: str) -> None:
    of_kind = [medicine for medicine in REGISTER.medicines.values() if medicine.kind.key == kind]
    assert of_kind
    assert [medicine.name for medicine in of_kind if medicine.stopping is None] == []
    assert REGISTER.classes[kind].stopping is not None


def medicines(names: str) -> list[Medicine]:
    return [REGISTER.medicines[name] for name in names.split(", ")]


def test_evidence_is_that_of_the_clinical_facts() -> None:
    for page, evidence in [
        ("diphenhydramine, doxylamine, cyclizine, meclozine, cinnarizine", {Evidence.CONSENSUS}),
        ("metoclopramide, prochlorperazine, droperidol", {Evidence.MECHANISM, Evidence.CONSENSUS}),
        ("mirtazapine, tramadol, quetiapine, olanzapine, haloperidol", {Evidence.STUDY}),
        ("lithium, topiramate, zonisamide, phenytoin", {Evidence.REPORTS}),
        ("propranolol, metoprolol, atenolol, bisoprolol, carvedilol", {Evidence.CONFLICTING}),
    ]:
        assert {medicine.evidence for medicine in medicines(page)} <= evidence, page


def test_uk_benadryl_is_not_the_drowsy_kind() -> None:
    drowsy = REGISTER.medicines["diphenhydramine"]
    assert "UK" not in drowsy.countries_of("Benadryl")
    assert "US" in drowsy.countries_of("Benadryl")
    for name in ("cetirizine", "acrivastine"):
        assert REGISTER.medicines[name].countries_of("Benadryl Allergy") == {"UK"}


def test_bupropion_is_said_to_be_no_treatment() -> None:
    assert "not a treatment" in (REGISTER.medicines["bupropion"].note or "")


@pytest.mark.parametrize("name", ["clonazepam", "cabergoline", "carbamazepine", "valproic acid", "valerian"])
def test_medicine_that_the_guideline_advises_against_says_so(name: str) -> None:
    medicine = REGISTER.medicines[name]
    assert "advises against it" in (medicine.note or "")
    assert "aasm_2025" in medicine.sources


@pytest.mark.parametrize("name", ["gabapentin", "pregabalin"])
def test_anticonvulsant_that_treats_is_not_among_those_that_worsen(name: str) -> None:
    assert REGISTER.medicines[name].kind.key == "gabapentinoid"
