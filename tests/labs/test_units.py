"""Lab values in other units, against factors worked out by hand from molar masses."""

from __future__ import annotations

from itertools import permutations
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.units import convert

LABS = lab_definitions()
# What 1 of the lab's usual unit is in each of its units. Worked out by hand, never read from labs.yml: ferritin 445,000
# g/mol, haemoglobin 16,114.5, vitamin B12 1,355.37, magnesium 24.305 with two charges, creatinine 113.12.
FACTORS: Final[dict[str, dict[str, float]]] = {
    "ferritin": {"ng/mL": 1.0, "pmol/L": 2.247},
    "transferrin_saturation": {"%": 1.0, "fraction": 0.01},
    "hemoglobin": {"g/dL": 1.0, "g/L": 10.0, "mmol/L": 0.6206},
    "tsh": {"mIU/L": 1.0},
    "vitamin_b12": {"pg/mL": 1.0, "pmol/L": 0.7378},
    "magnesium": {"mg/dL": 1.0, "mmol/L": 0.4114, "mEq/L": 0.8229},
    "creatinine": {"mg/dL": 1.0, "umol/L": 88.40, "mmol/L": 0.08840},
    "plms_index": {"per_hour": 1.0},
}
UNITS: Final = [(lab, unit) for lab, units in FACTORS.items() for unit in units]
PAIRS: Final = [(lab, *pair) for lab, units in FACTORS.items() for pair in permutations(units, 2)]


def test_every_unit_of_every_lab_has_a_factor_here() -> None:
    assert {lab: set(units) for lab, units in FACTORS.items()} == {key: set(lab.units) for key, lab in LABS.items()}


def test_usual_unit_of_every_lab_is_the_one_of_the_factors() -> None:
    assert {key: FACTORS[key][lab.unit] for key, lab in LABS.items()} == dict.fromkeys(LABS, 1.0)


@pytest.mark.parametrize(
    ("lab", "value", "unit", "same", "other"),
    [
        ("ferritin", 100, "ng/mL", 224.7, "pmol/L"),
        ("ferritin", 75, "ng/mL", 168.5, "pmol/L"),
        ("ferritin", 674.2, "pmol/L", 300, "ng/mL"),
        ("transferrin_saturation", 20, "%", 0.2, "fraction"),
        ("transferrin_saturation", 0.45, "fraction", 45, "%"),
        ("hemoglobin", 13.5, "g/dL", 135, "g/L"),
        ("hemoglobin", 13.5, "g/dL", 8.378, "mmol/L"),
        ("hemoglobin", 120, "g/L", 7.447, "mmol/L"),
        ("hemoglobin", 7.0, "mmol/L", 11.28, "g/dL"),
        ("vitamin_b12", 200, "pg/mL", 147.6, "pmol/L"),
        ("vitamin_b12", 200, "pmol/L", 271.1, "pg/mL"),
        ("magnesium", 2.0, "mg/dL", 0.8228, "mmol/L"),
        ("magnesium", 2.0, "mg/dL", 1.6458, "mEq/L"),
        ("magnesium", 0.85, "mmol/L", 1.70, "mEq/L"),
        ("magnesium", 0.85, "mmol/L", 2.066, "mg/dL"),
        ("creatinine", 4.0, "mg/dL", 353.6, "umol/L"),
        ("creatinine", 80, "umol/L", 0.905, "mg/dL"),
        ("creatinine", 80, "umol/L", 0.080, "mmol/L"),
        ("tsh", 4.2, "mIU/L", 4.2, "mIU/L"),
        ("plms_index", 15, "per_hour", 15, "per_hour"),
    ],
)
def test_value_is_converted_as_worked_out_by_hand(lab: str, value: float, unit: str, same: float, other: str) -> None:
    assert convert(value, LABS[lab], unit, other) == pytest.approx(same, rel=1e-3)
    assert convert(same, LABS[lab], other, unit) == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(("lab", "unit"), UNITS)
def test_every_unit_has_the_factor_of_its_molar_mass(lab: str, unit: str) -> None:
    assert convert(1.0, LABS[lab], LABS[lab].unit, unit) == pytest.approx(FACTORS[lab][unit], rel=1e-3)
    assert convert(1.0, LABS[lab], unit) == pytest.approx(1 / FACTORS[lab][unit], rel=1e-3)


@pytest.mark.parametrize(("lab", "unit"), UNITS)
def test_value_stays_as_it_is_in_its_own_unit(lab: str, unit: str) -> None:
    assert convert(0.1, LABS[lab], unit, unit) == 0.1


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PAIRS), st.floats(1e-6, 1e6))
def test_value_comes_back_from_every_other_unit(pair: tuple[str, str, str], value: float) -> None:
    lab, unit, other = pair
    there = convert(value, LABS[lab], unit, other)
    assert convert(there, LABS[lab], other, unit) == pytest.approx(value, rel=1e-9)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(PAIRS), st.floats(1e-6, 1e6))
def test_every_unit_is_reached_through_the_usual_one_as_well(pair: tuple[str, str, str], value: float) -> None:
    lab, unit, other = pair
    usual = convert(value, LABS[lab], unit)
    assert convert(usual, LABS[lab], LABS[lab].unit, other) == pytest.approx(
        convert(value, LABS[lab], unit, other), rel=1e-9
    )


@pytest.mark.parametrize(("lab", "unit", "other"), PAIRS)
def test_nothing_is_nothing_in_every_unit(lab: str, unit: str, other: str) -> None:
    assert convert(0.0, LABS[lab], unit, other) == 0.0


@pytest.mark.parametrize(
    ("lab", "unit"), [("ferritin", "g/dL"), ("tsh", "pmol/L"), ("plms_index", "/h"), ("magnesium", "MG/DL")]
)
def test_unit_that_a_lab_does_not_have_is_refused(lab: str, unit: str) -> None:
    with pytest.raises(KeyError):
        convert(1.0, LABS[lab], unit)
    with pytest.raises(KeyError):
        convert(1.0, LABS[lab], LABS[lab].unit, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *((f"ferritin 50 {unit}", "ng/mL") for unit in ("ng/mL", "ug/L", "µg/L", "μg/L", "mcg/L", "NG/ML", "ng / ml")),
        *((f"ferritin 50 {unit}", "pmol/L") for unit in ("pmol/L", "pmol/l", "picomoles per litre")),
        *((f"TSAT 20 {unit}", "%") for unit in ("%", "percent", "per cent", "pct")),
        *((f"Hb 13.5 {unit}", "g/dL") for unit in ("g/dL", "gm/dl", "grams per decilitre", "g%")),
        *((f"Hb 135 {unit}", "g/L") for unit in ("g/L", "grams per litre")),
        *((f"Hb 8.4 {unit}", "mmol/L") for unit in ("mmol/L", "mmol/l")),
        *((f"TSH 2.1 {unit}", "mIU/L") for unit in ("mIU/L", "mU/L", "uIU/mL", "µIU/mL", "μU/ml", "MIU/L")),
        *((f"B12 340 {unit}", "pg/mL") for unit in ("pg/mL", "ng/L")),
        *((f"B12 340 {unit}", "pmol/L") for unit in ("pmol/L", "PMOL/L")),
        *((f"Mg 2.0 {unit}", "mg/dL") for unit in ("mg/dL", "mg/dl")),
        *((f"Mg 0.8 {unit}", "mmol/L") for unit in ("mmol/L", "millimoles per litre")),
        *((f"Mg 1.7 {unit}", "mEq/L") for unit in ("mEq/L", "meq/l")),
        *((f"creatinine 1.0 {unit}", "mg/dL") for unit in ("mg/dL", "mg/dl")),
        *((f"creatinine 88 {unit}", "umol/L") for unit in ("umol/L", "µmol/L", "μmol/L", "micromol/l", "mcmol/L")),
        *((f"creatinine 0.088 {unit}", "mmol/L") for unit in ("mmol/L", "MMOL/L")),
        *((f"PLMI 22 {unit}", "per_hour") for unit in ("/h", "/hr", "per hour", "events/hour", "an hour")),
    ],
)
def test_unit_is_known_however_it_is_written(text: str, unit: str) -> None:
    assert [(value.unit, value.said) for value in lab_reader().read(text).values] == [(unit, True)]
