"""A value as it was told: its unit, as far as only one can be meant, and what may have been meant instead of a slip."""

from __future__ import annotations

import json
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stillnight.clinical.labs.definitions import Range, lab_definitions
from stillnight.clinical.labs.values import LabValue, likely_slips, weighed

LABS = lab_definitions()
UNITS: Final = [(key, unit) for key, lab in LABS.items() for unit in lab.units]


def bare(lab: str, value: float, own: tuple[float, float] | None = None) -> LabValue:
    """A number that was typed without a unit."""
    return weighed(LabValue(lab, value, own_range=Range(*own) if own else None), LABS[lab])


def typed(lab: str, value: float, unit: str, own: tuple[float, float] | None = None) -> LabValue:
    """A number that was typed with its unit."""
    return weighed(LabValue(lab, value, unit, said=True, own_range=Range(*own) if own else None), LABS[lab])


# -- the unit


@pytest.mark.parametrize(
    ("lab", "value", "unit"),
    [
        ("ferritin", 18, "ng/mL"),
        ("ferritin", 900, "ng/mL"),
        ("transferrin_saturation", 14, "%"),
        ("transferrin_saturation", 0.14, "fraction"),
        ("hemoglobin", 120, "g/L"),
        ("hemoglobin", 70, "g/L"),
        ("hemoglobin", 13.5, "g/dL"),
        ("hemoglobin", 12, "g/dL"),
        ("hemoglobin", 3, "g/dL"),
        ("tsh", 2.4, "mIU/L"),
        ("creatinine", 80, "umol/L"),
        ("creatinine", 354, "umol/L"),
        ("creatinine", 0.9, "mg/dL"),
        ("creatinine", 4.2, "mg/dL"),
        ("creatinine", 0.08, "mmol/L"),
        ("magnesium", 18, "mg/dL"),
        ("plms_index", 22, "per_hour"),
    ],
)
def test_only_unit_that_can_be_meant_is_used_and_was_not_typed(lab: str, value: float, unit: str) -> None:
    told = bare(lab, value)
    assert (told.unit, told.said, told.choices, told.impossible) == (unit, False, (), False)


@pytest.mark.parametrize(
    ("lab", "value", "choices"),
    [
        ("hemoglobin", 8.5, {"g/dL", "mmol/L"}),
        ("hemoglobin", 4, {"g/dL", "mmol/L"}),
        ("hemoglobin", 11.6, {"g/dL", "mmol/L"}),
        ("vitamin_b12", 200, {"pg/mL", "pmol/L"}),
        ("vitamin_b12", 350, {"pg/mL", "pmol/L"}),
        ("vitamin_b12", 1200, {"pg/mL", "pmol/L"}),
        ("magnesium", 0.85, {"mg/dL", "mmol/L", "mEq/L"}),
        ("magnesium", 1.7, {"mg/dL", "mmol/L", "mEq/L"}),
        ("magnesium", 2.0, {"mg/dL", "mmol/L", "mEq/L"}),
    ],
)
def test_unit_stays_open_where_several_can_be_meant(lab: str, value: float, choices: set[str]) -> None:
    told = bare(lab, value)
    assert (told.unit, set(told.choices)) == (None, choices)
    assert (told.impossible, told.doubtful) == (False, False)
    with pytest.raises(ValueError, match="unit"):
        told.measured(LABS[lab])


@pytest.mark.parametrize(
    ("lab", "value", "own", "unit"),
    [
        ("magnesium", 0.85, (0.7, 1.0), "mmol/L"),
        ("magnesium", 0.6, (0.66, 1.07), "mmol/L"),
        ("magnesium", 2.0, (1.8, 2.6), "mg/dL"),
        ("hemoglobin", 8.5, (7.4, 9.9), "mmol/L"),
        ("hemoglobin", 8.5, (12.0, 15.5), "g/dL"),
        ("hemoglobin", 9.1, (13.5, 17.5), "g/dL"),
    ],
)
def test_range_of_the_sheet_settles_the_unit(lab: str, value: float, own: tuple[float, float], unit: str) -> None:
    assert bare(lab, value).unit is None
    assert (bare(lab, value, own).unit, bare(lab, value, own).choices) == (unit, ())


@pytest.mark.parametrize(
    ("lab", "value", "own"),
    [
        # The range fits in both units, or in none.
        ("vitamin_b12", 200, (197, 771)),
        ("magnesium", 1.6, (1.3, 2.1)),
        ("hemoglobin", 8.5, (1, 3)),
    ],
)
def test_range_that_does_not_settle_the_unit_leaves_it_open(lab: str, value: float, own: tuple[float, float]) -> None:
    told = bare(lab, value, own)
    assert told.unit is None
    assert len(told.choices) > 1


@pytest.mark.parametrize(
    ("lab", "value", "unit", "own"),
    [
        ("magnesium", 0.85, "mg/dL", (0.7, 1.0)),
        ("magnesium", 2.0, "mEq/L", (1.7, 2.2)),
        ("hemoglobin", 8.5, "g/dL", (7.4, 9.9)),
        ("hemoglobin", 8.5, "mmol/L", (12, 16)),
        ("vitamin_b12", 200, "pmol/L", None),
        ("ferritin", 40, "pmol/L", None),
        ("creatinine", 0.9, "mmol/L", None),
        ("hemoglobin", 120, "g/dL", None),
    ],
)
def test_typed_unit_wins(lab: str, value: float, unit: str, own: tuple[float, float] | None) -> None:
    told = typed(lab, value, unit, own)
    assert (told.unit, told.said, told.choices) == (unit, True, ())


@pytest.mark.parametrize(
    ("lab", "value", "unit", "impossible"),
    [
        ("hemoglobin", 120, "g/dL", True),
        ("hemoglobin", 120, "g/L", False),
        ("creatinine", 80, "mg/dL", True),
        ("creatinine", 80, "umol/L", False),
        ("transferrin_saturation", 1.2, "fraction", True),
        ("ferritin", 0, "ng/mL", True),
        ("plms_index", 0, "per_hour", False),
        ("tsh", 0, "mIU/L", False),
    ],
)
def test_slip_is_told_by_the_unit(lab: str, value: float, unit: str, impossible: bool) -> None:
    assert typed(lab, value, unit).impossible is impossible


@pytest.mark.parametrize(
    ("lab", "value", "unit"),
    [
        ("vitamin_b12", 3, "pg/mL"),
        ("vitamin_b12", 20_000, "pg/mL"),
        ("magnesium", 50, "mg/dL"),
        ("magnesium", 0, "mg/dL"),
    ],
)
def test_number_that_fits_no_unit_is_impossible(lab: str, value: float, unit: str) -> None:
    told = bare(lab, value)
    assert (told.impossible, told.unit, told.choices) == (True, unit, ())


def test_value_is_measured_in_the_usual_unit_with_its_range_and_comparator() -> None:
    told = LabValue("hemoglobin", 115, "g/L", "<", said=True, own_range=Range(120, 160))
    measured = told.measured(LABS["hemoglobin"])
    assert (measured.lab.key, measured.comparator) == ("hemoglobin", "<")
    assert measured.value == pytest.approx(11.5)
    assert measured.own_range is not None
    assert [measured.own_range.low, measured.own_range.high] == pytest.approx([12, 16])


def test_what_was_told_besides_stays_as_it_is() -> None:
    told = LabValue("ferritin", 18, comparator="<", owner="mum", older=True, rivals=(81.0,), past=True, mine=True)
    after = weighed(told, LABS["ferritin"])
    assert (after.value, after.comparator, after.owner, after.rivals) == (18, "<", "mum", (81.0,))
    assert (after.older, after.past, after.mine) == (True, True, True)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(list(LABS)), st.floats(-100, 200_000))
def test_bare_number_has_one_unit_or_choices_or_is_impossible(lab: str, value: float) -> None:
    told = bare(lab, value)
    assert not told.said
    assert not (told.impossible and told.doubtful)
    if told.unit is None:
        assert len(told.choices) > 1
        assert not told.impossible
    else:
        assert told.choices == ()
    for unit in told.choices:
        assert not typed(lab, value, unit).impossible


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(UNITS), st.floats(0.01, 5_000))
def test_weighing_twice_changes_nothing(unit: tuple[str, str], value: float) -> None:
    for told in (bare(unit[0], value), typed(unit[0], value, unit[1])):
        again = weighed(told, LABS[unit[0]])
        assert again == told


# -- slips


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (typed("hemoglobin", 135, "g/dL"), [(135, "g/L"), (13.5, "g/dL")]),
        (typed("hemoglobin", 1.4, "g/dL"), [(14.0, "g/dL")]),
        (typed("creatinine", 80, "mg/dL"), [(80, "umol/L"), (0.8, "mg/dL")]),
        (typed("creatinine", 0.9, "umol/L"), [(0.9, "mg/dL"), (90, "umol/L")]),
        # 5 mg/dL would be a third.
        (typed("creatinine", 0.05, "mg/dL"), [(0.05, "mmol/L"), (0.5, "mg/dL")]),
        (typed("transferrin_saturation", 250, "%"), [(25, "%")]),
        (typed("transferrin_saturation", 14, "fraction"), [(14, "%"), (0.14, "fraction")]),
        (typed("vitamin_b12", 25_000, "pg/mL"), [(250, "pg/mL")]),
        (typed("magnesium", 21, "mg/dL"), [(2.1, "mg/dL")]),
        # Which unit 2.1 would be in stays open.
        (bare("magnesium", 210), []),
        (bare("ferritin", 180_000), [(1_800, "ng/mL")]),
        (bare("ferritin", 0), []),
        (bare("tsh", -2), []),
    ],
)
def test_slip_of_the_dot_or_of_the_unit_is_offered(told: LabValue, meant: list[tuple[float, str]]) -> None:
    slips = likely_slips(told, LABS[told.lab])
    assert told.impossible
    assert [(slip.value, slip.unit) for slip in slips] == meant


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(UNITS), st.floats(0.0001, 0.2) | st.floats(20, 10_000_000), st.booleans(), st.booleans())
def test_offered_slips_are_few_and_sound(unit: tuple[str, str], value: float, said: bool, own: bool) -> None:
    lab, owner = LABS[unit[0]], None if own else "mum"
    told = weighed(LabValue(lab.key, value, unit[1] if said else None, said=said, owner=owner), lab)
    assume(told.impossible)
    slips = likely_slips(told, lab)
    assert len(slips) <= 2
    for slip in slips:
        assert (slip.lab, slip.owner) == (lab.key, owner)
        assert slip.value > 0
        assert slip.unit in lab.units
        assert (slip.impossible, slip.doubtful) == (False, False)
        assert (slip.value, slip.unit) != (told.value, told.unit)
        assert slip == weighed(slip, lab)


# -- as a slot


def test_slot_keeps_only_what_differs_from_a_plain_value() -> None:
    assert LabValue("ferritin", 18.0).as_dict() == {"lab": "ferritin", "value": 18.0}
    assert LabValue("tsh", 0.0, "mIU/L").as_dict() == {"lab": "tsh", "value": 0.0, "unit": "mIU/L"}


numbers = st.floats(allow_nan=False, allow_infinity=False)
ranges = st.builds(Range, low=numbers, high=numbers)
lab_values = st.builds(
    LabValue,
    lab=st.sampled_from(list(LABS)),
    value=numbers,
    unit=st.none() | st.sampled_from(["ng/mL", "%", "mmol/L", "fraction"]),
    comparator=st.sampled_from([None, "<", "<=", ">", ">="]),
    choices=st.lists(st.sampled_from(["pg/mL", "pmol/L", "g/L"]), max_size=3).map(tuple),
    said=st.booleans(),
    own_range=st.none() | ranges,
    owner=st.none() | st.text(min_size=1, max_size=10),
    older=st.booleans(),
    impossible=st.booleans(),
    doubtful=st.booleans(),
    computed=st.booleans(),
    rivals=st.lists(numbers, max_size=3).map(tuple),
    past=st.booleans(),
    mine=st.booleans(),
)


@settings(deadline=None, max_examples=300)
@given(lab_values)
def test_value_comes_back_from_its_slot(told: LabValue) -> None:
    kept = told.as_dict()
    assert LabValue.from_dict(kept) == told
    assert LabValue.from_dict(json.loads(json.dumps(kept))) == told
