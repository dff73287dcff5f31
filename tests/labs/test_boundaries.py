"""Where a lab value begins to mean something else, on both sides, in every unit, for everybody it differs for.

The expectations are written here from the clinical facts of the project, never read from labs.yml. A value stands a
thousandth beside its boundary, so that the rounding of a unit does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.labs.definitions import GROUPS, MAN, PREGNANT, WOMAN, Kind, Range, Urgent, lab_definitions
from stillnight.clinical.labs.judge import Judgement, Measured, Person, judge, needs_group, with_group
from stillnight.clinical.labs.values import LabValue, weighed
from tests.labs.test_units import FACTORS

LABS = lab_definitions()
EVERYBODY: Final = (WOMAN, MAN, PREGNANT)
WOMEN: Final = (WOMAN, PREGNANT)
# The index of leg movements begins at none at all.
BLOOD: Final = tuple(lab for lab in FACTORS if lab != "plms_index")
STEP: Final = 0.001
# The sign of a step: below a boundary, on it, above it.
SIDES: Final = (-1, 0, 1)

# Groups, boundary in the lab's usual unit, and the band below, on and above it.
Edge = tuple[tuple[str, ...], float, str, str, str]
BANDS: Final[dict[str, list[Edge]]] = {
    "ferritin": [
        (EVERYBODY, 20, "low", "under_line", "under_line"),
        (EVERYBODY, 75, "under_line", "under_line", "usual"),
        (WOMEN, 200, "usual", "usual", "high"),
        ((MAN,), 200, "usual", "usual", "upper"),
        (WOMEN, 300, "high", "high", "high"),
        ((MAN,), 300, "upper", "upper", "high"),
        (EVERYBODY, 1000, "high", "high", "very_high"),
    ],
    "transferrin_saturation": [
        (EVERYBODY, 20, "low", "usual", "usual"),
        (WOMEN, 45, "usual", "usual", "high"),
        ((MAN,), 45, "usual", "usual", "usual"),
        (WOMEN, 50, "high", "high", "high"),
        ((MAN,), 50, "usual", "usual", "high"),
    ],
    "hemoglobin": [
        (EVERYBODY, 7, "dangerously_low", "very_low", "very_low"),
        (EVERYBODY, 8, "very_low", "low", "low"),
        ((WOMAN, MAN), 10.5, "low", "low", "low"),
        ((PREGNANT,), 10.5, "low", "lower", "lower"),
        ((WOMAN, MAN), 11, "low", "low", "low"),
        ((PREGNANT,), 11, "lower", "usual", "usual"),
        ((WOMAN,), 12, "low", "usual", "usual"),
        ((MAN,), 12, "low", "low", "low"),
        ((PREGNANT,), 12, "usual", "usual", "usual"),
        (WOMEN, 13, "usual", "usual", "usual"),
        ((MAN,), 13, "low", "lower", "lower"),
        (WOMEN, 14, "usual", "usual", "usual"),
        ((MAN,), 14, "lower", "usual", "usual"),
        (WOMEN, 16, "usual", "usual", "high"),
        ((MAN,), 16, "usual", "usual", "usual"),
        (WOMEN, 18, "high", "high", "high"),
        ((MAN,), 18, "usual", "usual", "high"),
        (EVERYBODY, 20, "high", "dangerously_high", "dangerously_high"),
    ],
    "tsh": [
        (EVERYBODY, 0.1, "very_low", "low", "low"),
        (EVERYBODY, 0.4, "low", "usual", "usual"),
        (EVERYBODY, 4.0, "usual", "usual", "high"),
        (EVERYBODY, 10, "high", "high", "very_high"),
    ],
    "vitamin_b12": [
        (EVERYBODY, 180, "low", "unsure", "unsure"),
        (EVERYBODY, 350, "unsure", "unsure", "usual"),
        (EVERYBODY, 900, "usual", "usual", "high"),
    ],
    "magnesium": [
        (EVERYBODY, 1.0, "very_low", "very_low", "low"),
        (EVERYBODY, 1.7, "low", "usual", "usual"),
        (EVERYBODY, 2.2, "usual", "usual", "high"),
        (EVERYBODY, 4.5, "high", "very_high", "very_high"),
    ],
    "creatinine": [
        (EVERYBODY, 0.6, "low", "usual", "usual"),
        (WOMEN, 1.1, "usual", "usual", "high"),
        ((MAN,), 1.1, "usual", "usual", "usual"),
        (WOMEN, 1.2, "high", "high", "high"),
        ((MAN,), 1.2, "usual", "usual", "high"),
        (EVERYBODY, 4.0, "high", "very_high", "very_high"),
    ],
    "plms_index": [
        (EVERYBODY, 5, "usual", "some", "some"),
        (EVERYBODY, 15, "some", "some", "high"),
    ],
}
# What each band is: low, usual or high, and how soon somebody has to be asked.
MEANS: Final[dict[tuple[str, str], tuple[str, str | None]]] = {
    ("ferritin", "low"): ("low", None),
    ("ferritin", "under_line"): ("low", None),
    ("ferritin", "usual"): ("usual", None),
    ("ferritin", "upper"): ("usual", None),
    ("ferritin", "high"): ("high", None),
    ("ferritin", "very_high"): ("high", "soon"),
    ("transferrin_saturation", "low"): ("low", None),
    ("transferrin_saturation", "usual"): ("usual", None),
    ("transferrin_saturation", "high"): ("high", None),
    ("hemoglobin", "dangerously_low"): ("low", "emergency"),
    ("hemoglobin", "very_low"): ("low", "same_day"),
    ("hemoglobin", "low"): ("low", None),
    ("hemoglobin", "lower"): ("usual", None),
    ("hemoglobin", "usual"): ("usual", None),
    ("hemoglobin", "high"): ("high", None),
    ("hemoglobin", "dangerously_high"): ("high", "emergency"),
    ("tsh", "very_low"): ("low", "soon"),
    ("tsh", "low"): ("low", None),
    ("tsh", "usual"): ("usual", None),
    ("tsh", "high"): ("high", None),
    ("tsh", "very_high"): ("high", "soon"),
    ("vitamin_b12", "low"): ("low", None),
    ("vitamin_b12", "unsure"): ("low", None),
    ("vitamin_b12", "usual"): ("usual", None),
    ("vitamin_b12", "high"): ("high", None),
    ("magnesium", "very_low"): ("low", "same_day"),
    ("magnesium", "low"): ("low", None),
    ("magnesium", "usual"): ("usual", None),
    ("magnesium", "high"): ("high", None),
    ("magnesium", "very_high"): ("high", "same_day"),
    ("creatinine", "low"): ("low", None),
    ("creatinine", "usual"): ("usual", None),
    ("creatinine", "high"): ("high", None),
    ("creatinine", "very_high"): ("high", "same_day"),
    ("plms_index", "usual"): ("usual", None),
    ("plms_index", "some"): ("high", None),
    ("plms_index", "high"): ("high", None),
}
# A boundary, and whether it is so below, on and above it.
IMPOSSIBLE: Final = [
    ("ferritin", 0, True, True, False),
    ("ferritin", 100_000, False, False, True),
    ("transferrin_saturation", 0, True, True, False),
    ("transferrin_saturation", 100, False, False, True),
    ("hemoglobin", 2, True, False, False),
    ("hemoglobin", 25, False, False, True),
    ("tsh", 0, True, False, False),
    ("tsh", 500, False, False, True),
    ("vitamin_b12", 30, True, False, False),
    ("vitamin_b12", 10_000, False, False, True),
    ("magnesium", 0.2, True, False, False),
    ("magnesium", 20, False, False, True),
    ("creatinine", 0.1, True, False, False),
    ("creatinine", 40, False, False, True),
    ("plms_index", 0, True, False, False),
    ("plms_index", 300, False, False, True),
]
DOUBTFUL: Final = [
    ("ferritin", 2, True, False, False),
    ("ferritin", 2000, False, False, True),
    ("transferrin_saturation", 5, True, False, False),
    ("transferrin_saturation", 60, False, False, True),
    ("hemoglobin", 6, True, False, False),
    ("hemoglobin", 20, False, False, True),
    ("tsh", 50, False, False, True),
    ("vitamin_b12", 100, True, False, False),
    ("vitamin_b12", 2000, False, False, True),
    ("magnesium", 1.2, True, False, False),
    ("magnesium", 3.0, False, False, True),
    ("creatinine", 0.3, True, False, False),
    ("creatinine", 5, False, False, True),
    ("plms_index", 150, False, False, True),
]
LINE: Final = [
    ("ferritin", 75, True, True, False),
    ("transferrin_saturation", 20, True, False, False),
]
# The range that most labs print: low and high end.
USUAL: Final[dict[str, dict[str, tuple[float, float]]]] = {
    "ferritin": {"": (20, 200)},
    "transferrin_saturation": {"": (20, 50)},
    "hemoglobin": {WOMAN: (12, 16), MAN: (14, 18)},
    "tsh": {"": (0.4, 4.0)},
    "vitamin_b12": {"": (200, 900)},
    "magnesium": {"": (1.7, 2.2)},
    "creatinine": {"": (0.6, 1.2)},
    "plms_index": {"": (0, 5)},
}
# What some clinics aim for; of magnesium no more than the usual range.
PREFERRED: Final[dict[str, dict[str, tuple[float, float]]]] = {
    "ferritin": {"": (50, 150)},
    "transferrin_saturation": {"": (25, 35)},
    "hemoglobin": {WOMAN: (14, 16), MAN: (15, 17)},
    "tsh": {"": (1.0, 2.0)},
    "vitamin_b12": {"": (500, 800)},
    "magnesium": {"": (2.0, 2.2)},
    "creatinine": {"": (0.6, 1.0)},
    "plms_index": {"": (0, 5)},
}
# The upper end of the usual range, of women where it differs.
TOP: Final = {key: ranges[next(iter(ranges))][1] for key, ranges in USUAL.items()}
# Between which values it matters whether somebody is a woman, a man or pregnant.
DIFFERS: Final[dict[str, list[tuple[float, float]]]] = {
    "ferritin": [(200, 300)],
    "transferrin_saturation": [(45, 50)],
    "hemoglobin": [(10.5, 13), (16, 18)],
    "creatinine": [(1.1, 1.2)],
}
# Values of a lab that are urgent for everybody.
ALARMING: Final = [
    ("ferritin", 1500, Urgent.SOON),
    ("hemoglobin", 6.5, Urgent.EMERGENCY),
    ("hemoglobin", 7.5, Urgent.SAME_DAY),
    ("hemoglobin", 21, Urgent.EMERGENCY),
    ("tsh", 0.05, Urgent.SOON),
    ("tsh", 12, Urgent.SOON),
    ("magnesium", 0.9, Urgent.SAME_DAY),
    ("magnesium", 4.8, Urgent.SAME_DAY),
    ("creatinine", 4.4, Urgent.SAME_DAY),
]


def beside(lab: str, edge: float, side: int) -> float:
    """A value a little below, on or above a boundary."""
    away = STEP * abs(edge) or STEP * TOP[lab]
    return edge + side * away


def in_unit(lab: str, usual: float, unit: str, own: tuple[float, float] | None = None) -> Measured:
    """A value as somebody would type it in a unit, with the sheet's own range in the same unit."""
    factor = FACTORS[lab][unit]
    printed = Range(own[0] * factor, own[1] * factor) if own else None
    return LabValue(lab, usual * factor, unit, said=True, own_range=printed).measured(LABS[lab])


def judged(
    lab: str,
    value: float,
    group: str | None = WOMAN,
    comparator: str | None = None,
    own: tuple[float, float] | None = None,
) -> Judgement:
    """A value in the lab's usual unit."""
    return judge(Measured(LABS[lab], value, comparator, Range(*own) if own else None), Person(group))


def band(judgement: Judgement) -> str | None:
    return judgement.band.name if judgement.band else None


def sides(lab: str, edge: float, expected: tuple[object, ...]) -> Iterator[tuple[str, float, object]]:
    """Unit, value in the lab's usual unit and what is expected: both sides in every unit, and the boundary itself."""
    for side, each in zip(SIDES, expected):
        for unit in FACTORS[lab] if side else [LABS[lab].unit]:
            yield unit, beside(lab, edge, side), each


EDGES: Final = [(lab, groups, edge, tuple(bands)) for lab, edges in BANDS.items() for groups, edge, *bands in edges]


@pytest.mark.parametrize(("lab", "groups", "edge", "bands"), EDGES)
def test_band_changes_at_its_boundary_in_every_unit(
    lab: str, groups: tuple[str, ...], edge: float, bands: tuple[str, ...]
) -> None:
    for unit, value, expected in sides(lab, edge, bands):
        for group in groups:
            found = judge(in_unit(lab, value, unit), Person(group))
            assert (band(found), unit, group, value) == (expected, unit, group, value)


@pytest.mark.parametrize(("lab", "groups", "edge", "bands"), EDGES)
def test_kind_and_urgency_change_at_their_boundary_in_every_unit(
    lab: str, groups: tuple[str, ...], edge: float, bands: tuple[str, ...]
) -> None:
    for unit, value, expected in sides(lab, edge, tuple(MEANS[lab, name] for name in bands)):
        for group in groups:
            found = judge(in_unit(lab, value, unit), Person(group))
            assert found.band is not None
            urgent = found.urgent.value if found.urgent else None
            assert ((found.band.kind.value, urgent), unit, group, value) == (expected, unit, group, value)


def test_every_boundary_of_the_file_is_tested_here_and_no_other() -> None:
    tested = {(lab, group, edge) for lab, groups, edge, _ in EDGES for group in groups}
    written = {
        (key, group, limits[group].number)
        for key, lab in LABS.items()
        for each in lab.bands.values()
        for limits in ([each.limits] if each.limits else [])
        for group in GROUPS
    }
    assert written <= tested
    assert {(key, name) for key, lab in LABS.items() for name in lab.bands} == MEANS.keys()


@pytest.mark.parametrize(("lab", "edges"), BANDS.items())
def test_boundaries_here_leave_no_hole_between_them(lab: str, edges: list[Edge]) -> None:
    for group in EVERYBODY:
        mine = [edge for edge in edges if group in edge[0]]
        assert [edge[1] for edge in mine] == sorted(edge[1] for edge in mine)
        assert [before[4] for before in mine[:-1]] == [after[2] for after in mine[1:]], (lab, group)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_value_between_two_boundaries_lies_in_the_band_between_them(data: st.DataObject) -> None:
    lab = data.draw(st.sampled_from(list(BANDS)))
    group = data.draw(st.sampled_from(EVERYBODY))
    mine = [edge for edge in BANDS[lab] if group in edge[0]]
    at = data.draw(st.integers(0, len(mine)))
    low = mine[at - 1][1] if at else 0.0
    high = mine[at][1] if at < len(mine) else 3 * mine[-1][1]
    value = data.draw(st.floats(low, high, exclude_min=True, exclude_max=True))
    expected = mine[at][2] if at < len(mine) else mine[-1][4]
    found = judged(lab, value, group)
    assert found.band is not None
    assert (found.band.name, (found.band.kind.value, found.urgent and found.urgent.value)) == (
        expected,
        MEANS[lab, expected],
    )


# -- slips


@pytest.mark.parametrize(("lab", "edge", "below", "on", "above"), IMPOSSIBLE)
def test_impossible_value_begins_at_its_boundary_in_every_unit(
    lab: str, edge: float, below: bool, on: bool, above: bool
) -> None:
    for unit, value, expected in sides(lab, edge, (below, on, above)):
        told = LabValue(lab, value * FACTORS[lab][unit], unit, said=True)
        assert (weighed(told, LABS[lab]).impossible, unit, value) == (expected, unit, value)


@pytest.mark.parametrize(("lab", "edge", "below", "on", "above"), DOUBTFUL)
def test_doubtful_value_begins_at_its_boundary_in_every_unit(
    lab: str, edge: float, below: bool, on: bool, above: bool
) -> None:
    for unit, value, expected in sides(lab, edge, (below, on, above)):
        told = weighed(LabValue(lab, value * FACTORS[lab][unit], unit, said=True), LABS[lab])
        assert (told.doubtful, told.impossible, unit, value) == (expected, False, unit, value)


@pytest.mark.parametrize(("lab", "edge", "below", "on", "above"), IMPOSSIBLE)
def test_impossible_value_is_not_asked_about_as_a_doubtful_one(
    lab: str, edge: float, below: bool, on: bool, above: bool
) -> None:
    for unit, value, impossible in sides(lab, edge, (below, on, above)):
        if impossible:
            assert not weighed(LabValue(lab, value * FACTORS[lab][unit], unit, said=True), LABS[lab]).doubtful


def test_every_lab_has_its_limits_here() -> None:
    def limits(rows: Sequence[tuple[str, float, bool, bool, bool]]) -> set[tuple[str, float]]:
        return {(lab, edge) for lab, edge, *_ in rows}

    def written(name: str) -> set[tuple[str, float]]:
        found = ((key, getattr(lab, name)) for key, lab in LABS.items() if getattr(lab, name))
        return {
            (key, number)
            for key, each in found
            for number in (each.below, each.at_most, each.above, each.at_least)
            if number is not None
        }

    assert limits(IMPOSSIBLE) == written("impossible")
    assert limits(DOUBTFUL) == written("doubtful")
    assert limits(LINE) == written("line")


@pytest.mark.parametrize(
    ("lab", "value", "doubtful"),
    [("ferritin", 2000, True), ("tsh", 50, True), ("tsh", 49, False), ("plms_index", 150, True)],
)
def test_more_than_the_boundary_is_doubtful_where_the_boundary_is_not(lab: str, value: float, doubtful: bool) -> None:
    assert weighed(LabValue(lab, value, LABS[lab].unit, ">", said=True), LABS[lab]).doubtful is doubtful
    assert not weighed(LabValue(lab, value, LABS[lab].unit, ">=", said=True), LABS[lab]).doubtful


# -- the line of restless legs


@pytest.mark.parametrize(("lab", "edge", "below", "on", "above"), LINE)
def test_line_of_restless_legs_is_passed_at_its_boundary_in_every_unit(
    lab: str, edge: float, below: bool, on: bool, above: bool
) -> None:
    for unit, value, expected in sides(lab, edge, (below, on, above)):
        for group in (*EVERYBODY, None):
            found = judge(in_unit(lab, value, unit), Person(group))
            assert (found.passes_line, unit, value) == (expected, unit, value)


@pytest.mark.parametrize("lab", [lab for lab in FACTORS if lab not in ("ferritin", "transferrin_saturation")])
def test_other_labs_have_no_line(lab: str) -> None:
    assert not judged(lab, 0.5).passes_line
    assert LABS[lab].line is None


@pytest.mark.parametrize(
    ("lab", "value", "comparator", "passes"),
    [
        ("ferritin", 75, "<", True),
        ("ferritin", 75, "<=", True),
        ("ferritin", 5, "<", True),
        ("ferritin", 50, ">", False),
        ("ferritin", 75, ">", False),
        ("ferritin", 30, ">=", False),
        ("ferritin", 80, "<", False),
        ("transferrin_saturation", 15, "<", True),
        ("transferrin_saturation", 15, ">", False),
    ],
)
def test_more_than_a_value_below_the_line_passes_no_line(lab: str, value: float, comparator: str, passes: bool) -> None:
    assert judged(lab, value, comparator=comparator).passes_line is passes


# -- the usual range


@pytest.mark.parametrize(
    ("lab", "group", "low", "high"),
    [(lab, sex or WOMAN, *ends) for lab, by_sex in USUAL.items() for sex, ends in by_sex.items()],
)
def test_usual_range_ends_where_most_labs_end_it_in_every_unit(lab: str, group: str, low: float, high: float) -> None:
    for end, expected in ((low, (Kind.LOW, Kind.USUAL, Kind.USUAL)), (high, (Kind.USUAL, Kind.USUAL, Kind.HIGH))):
        for unit, value, place in sides(lab, end, expected):
            found = judge(in_unit(lab, value, unit), Person(group))
            assert (found.place, found.own, unit, value) == (place, False, unit, value)
            assert found.span == Range(low, high)


@pytest.mark.parametrize("lab", FACTORS)
def test_ranges_are_those_of_the_sources(lab: str) -> None:
    for found, expected in ((LABS[lab].usual, USUAL[lab]), (LABS[lab].preferred, PREFERRED[lab])):
        for sex in (WOMAN, MAN):
            assert found[sex] == Range(*expected[sex if sex in expected else ""])
    for sex in (WOMAN, MAN):
        usual, preferred = LABS[lab].usual[sex], LABS[lab].preferred[sex]
        assert usual.low <= preferred.low < preferred.high <= usual.high


def test_usual_range_is_open_while_it_matters_whose_it_is() -> None:
    for person in (Person(), Person(PREGNANT), Person(WOMAN, child=True)):
        found = judge(Measured(LABS["hemoglobin"], 13.0), person)
        assert (found.span, found.place) == (None, None)
    assert judge(Measured(LABS["ferritin"], 100), Person()).span == Range(20, 200)


@pytest.mark.parametrize("lab", FACTORS)
def test_child_has_no_usual_range_but_that_of_the_sheet(lab: str) -> None:
    usual = TOP[lab]
    assert judge(Measured(LABS[lab], usual), Person(child=True)).span is None
    own = Range(0.5 * usual, 2 * usual)
    found = judge(Measured(LABS[lab], usual, None, own), Person(child=True))
    assert (found.span, found.place) == (own, Kind.USUAL)


# -- the sheet's own range

# Lab, value, the sheet's range, and the band that comes of it.
OWN: Final = [
    # Inside the sheet's range a value is usual,
    ("hemoglobin", 11.7, WOMAN, (11.5, 15.5), "usual", Kind.USUAL),
    ("hemoglobin", 13.5, MAN, (13.0, 17.0), "usual", Kind.USUAL),
    ("hemoglobin", 16.4, WOMAN, (11.5, 16.5), "usual", Kind.USUAL),
    ("tsh", 4.5, WOMAN, (0.3, 5.0), "usual", Kind.USUAL),
    ("tsh", 0.35, WOMAN, (0.3, 5.0), "usual", Kind.USUAL),
    ("vitamin_b12", 950, WOMAN, (180, 1000), "usual", Kind.USUAL),
    ("magnesium", 2.4, WOMAN, (1.6, 2.6), "usual", Kind.USUAL),
    ("magnesium", 1.65, WOMAN, (1.6, 2.6), "usual", Kind.USUAL),
    ("creatinine", 1.25, MAN, (0.7, 1.3), "usual", Kind.USUAL),
    ("creatinine", 0.55, WOMAN, (0.5, 1.0), "usual", Kind.USUAL),
    ("plms_index", 7, WOMAN, (0, 10), "usual", Kind.USUAL),
    # but not where the line of restless legs, an uncertain vitamin B12 or much iron would be lost.
    ("ferritin", 15, WOMAN, (10, 291), "under_line", Kind.USUAL),
    ("ferritin", 50, WOMAN, (10, 291), "under_line", Kind.USUAL),
    ("ferritin", 250, WOMAN, (10, 291), "upper", Kind.USUAL),
    ("ferritin", 250, MAN, (30, 400), "upper", Kind.USUAL),
    ("ferritin", 350, MAN, (30, 400), "upper", Kind.USUAL),
    ("ferritin", 100, WOMAN, (10, 291), "usual", Kind.USUAL),
    ("transferrin_saturation", 16, WOMAN, (15, 50), "low", Kind.USUAL),
    ("transferrin_saturation", 48, WOMAN, (15, 55), "high", Kind.USUAL),
    ("vitamin_b12", 170, WOMAN, (150, 900), "unsure", Kind.USUAL),
    ("vitamin_b12", 300, WOMAN, (150, 900), "unsure", Kind.USUAL),
    ("plms_index", 18, WOMAN, (0, 20), "high", Kind.USUAL),
    # Below it a value is low,
    ("hemoglobin", 12.5, WOMAN, (13.0, 17.0), "low", Kind.LOW),
    ("tsh", 0.45, WOMAN, (0.5, 5.0), "low", Kind.LOW),
    ("vitamin_b12", 400, WOMAN, (420, 900), "low", Kind.LOW),
    ("vitamin_b12", 200, WOMAN, (210, 900), "low", Kind.LOW),
    ("magnesium", 1.75, WOMAN, (1.8, 2.6), "low", Kind.LOW),
    ("creatinine", 0.65, WOMAN, (0.7, 1.2), "low", Kind.LOW),
    ("ferritin", 25, WOMAN, (30, 400), "low", Kind.LOW),
    ("ferritin", 80, WOMAN, (100, 400), "low", Kind.LOW),
    ("transferrin_saturation", 22, WOMAN, (25, 45), "low", Kind.LOW),
    # and above it high,
    ("hemoglobin", 15.8, WOMAN, (11.5, 15.5), "high", Kind.HIGH),
    ("hemoglobin", 13.5, MAN, (10.0, 13.0), "high", Kind.HIGH),
    ("tsh", 3.8, WOMAN, (0.3, 3.5), "high", Kind.HIGH),
    ("vitamin_b12", 850, WOMAN, (200, 800), "high", Kind.HIGH),
    ("magnesium", 2.15, WOMAN, (1.6, 2.1), "high", Kind.HIGH),
    ("creatinine", 1.05, WOMAN, (0.5, 1.0), "high", Kind.HIGH),
    ("plms_index", 4, WOMAN, (0, 3), "high", Kind.HIGH),
    ("transferrin_saturation", 42, WOMAN, (15, 40), "high", Kind.HIGH),
    # of ferritin at the upper end only.
    ("ferritin", 180, WOMAN, (10, 150), "upper", Kind.HIGH),
    ("ferritin", 220, WOMAN, (10, 150), "high", Kind.HIGH),
    # Above a range that ends below the line, ferritin and saturation still lie under it.
    ("ferritin", 60, WOMAN, (10, 50), "under_line", Kind.HIGH),
]


@pytest.mark.parametrize(("lab", "value", "group", "own", "name", "place"), OWN)
def test_range_of_the_sheet_comes_first_in_every_unit(
    lab: str, value: float, group: str, own: tuple[float, float], name: str, place: Kind
) -> None:
    for unit in FACTORS[lab]:
        found = judge(in_unit(lab, value, unit, own), Person(group))
        assert (band(found), found.place, found.own) == (name, place, True), unit


@pytest.mark.parametrize("lab", BLOOD)
def test_ends_of_the_range_of_the_sheet_are_inside_it(lab: str) -> None:
    low, high = 0.4 * TOP[lab], 1.3 * TOP[lab]
    for end, expected in ((low, (Kind.LOW, Kind.USUAL, Kind.USUAL)), (high, (Kind.USUAL, Kind.USUAL, Kind.HIGH))):
        for unit, value, place in sides(lab, end, expected):
            assert judge(in_unit(lab, value, unit, (low, high)), Person(WOMAN)).place == place, (unit, value)


@pytest.mark.parametrize(("lab", "value", "urgent"), ALARMING)
@pytest.mark.parametrize("group", [*EVERYBODY, None])
def test_urgent_value_is_urgent_whatever_range_the_sheet_prints(
    lab: str, value: float, urgent: Urgent, group: str | None
) -> None:
    for own in (None, (0.5 * value, 2 * value), (2 * value, 3 * value), (0.1 * value, 0.5 * value)):
        for unit in FACTORS[lab]:
            found = judge(in_unit(lab, value, unit, own), Person(group))
            assert (found.urgent, own, unit) == (urgent, own, unit)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(list(BLOOD)), st.floats(0.001, 3000), st.floats(0.001, 3000), st.floats(0, 3000), st.data())
def test_no_range_makes_a_value_less_urgent(
    lab: str, value: float, low: float, width: float, data: st.DataObject
) -> None:
    group = data.draw(st.sampled_from(EVERYBODY))
    plain = judged(lab, value, group).urgent
    own = judged(lab, value, group, own=(low, low + width)).urgent
    assert plain is None or own is plain


# -- less than and more than


@pytest.mark.parametrize(
    ("lab", "value", "comparator", "name", "urgent"),
    [
        ("ferritin", 5, "<", "low", None),
        ("ferritin", 20, "<", "low", None),
        ("ferritin", 75, "<", "under_line", None),
        ("ferritin", 75, "<=", "under_line", None),
        ("ferritin", 76, "<", None, None),
        ("ferritin", 75, ">", None, None),
        ("ferritin", 200, ">", "high", None),
        ("ferritin", 1000, ">", "very_high", Urgent.SOON),
        ("ferritin", 1000, ">=", "high", None),
        ("ferritin", 2000, ">", "very_high", Urgent.SOON),
        ("transferrin_saturation", 20, "<", "low", None),
        ("transferrin_saturation", 21, "<", None, None),
        ("transferrin_saturation", 45, ">", "high", None),
        ("transferrin_saturation", 20, ">", None, None),
        ("hemoglobin", 7, "<", "dangerously_low", Urgent.EMERGENCY),
        ("hemoglobin", 8, "<", "very_low", Urgent.SAME_DAY),
        ("hemoglobin", 12, "<", "low", None),
        ("hemoglobin", 12, "<=", None, None),
        ("hemoglobin", 13, "<", None, None),
        ("hemoglobin", 16, ">", "high", None),
        ("hemoglobin", 20, ">", "dangerously_high", Urgent.EMERGENCY),
        ("hemoglobin", 20, ">=", "dangerously_high", Urgent.EMERGENCY),
        ("tsh", 0.1, "<", "very_low", Urgent.SOON),
        ("tsh", 0.01, "<", "very_low", Urgent.SOON),
        ("tsh", 0.4, "<", "low", None),
        ("tsh", 0.5, "<", None, None),
        ("tsh", 4, ">", "high", None),
        ("tsh", 10, ">", "very_high", Urgent.SOON),
        ("tsh", 100, ">", "very_high", Urgent.SOON),
        ("vitamin_b12", 180, "<", "low", None),
        ("vitamin_b12", 150, "<", "low", None),
        ("vitamin_b12", 350, "<=", "unsure", None),
        ("vitamin_b12", 900, ">", "high", None),
        ("vitamin_b12", 500, ">", None, None),
        ("magnesium", 1.0, "<", "very_low", Urgent.SAME_DAY),
        ("magnesium", 1.0, "<=", "very_low", Urgent.SAME_DAY),
        ("magnesium", 4.5, ">", "very_high", Urgent.SAME_DAY),
        ("magnesium", 2.0, "<", None, None),
        ("creatinine", 0.6, "<", "low", None),
        ("creatinine", 4, ">", "very_high", Urgent.SAME_DAY),
        ("creatinine", 1.0, "<", None, None),
        ("plms_index", 5, "<", "usual", None),
        ("plms_index", 15, ">", "high", None),
        ("plms_index", 5, ">", "some", None),
        ("plms_index", 5, ">=", "some", None),
    ],
)
def test_less_than_and_more_than_are_graded_only_where_nothing_else_can_be_meant(
    lab: str, value: float, comparator: str, name: str | None, urgent: Urgent | None
) -> None:
    found = judged(lab, value, WOMAN, comparator)
    assert (band(found), found.urgent) == (name, urgent)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_graded_less_than_holds_for_every_smaller_value_and_more_than_for_every_greater_one(
    data: st.DataObject,
) -> None:
    lab = data.draw(st.sampled_from(list(BANDS)))
    group = data.draw(st.sampled_from(EVERYBODY))
    comparator = data.draw(st.sampled_from("<>"))
    edges = st.sampled_from([edge for _, edge, *_ in BANDS[lab]])
    value = data.draw(edges | st.floats(0.01, 2 * BANDS[lab][-1][1]))
    found = judged(lab, value, group, comparator)
    other = data.draw(
        st.floats(0, value, exclude_max=True)
        if comparator == "<"
        else st.floats(value, 4 * BANDS[lab][-1][1], exclude_min=True)
    )
    if found.band is not None:
        inside = judged(lab, other, group).band
        assert inside is not None
        assert inside.kind is found.band.kind


@pytest.mark.parametrize(
    ("value", "comparator", "own", "place"),
    [
        (10, "<", (15, 150), Kind.LOW),
        (15, "<", (15, 150), Kind.LOW),
        (15, "<=", (15, 150), None),
        (16, "<", (15, 150), None),
        (150, ">", (15, 150), Kind.HIGH),
        (150, ">=", (15, 150), None),
        (149, ">", (15, 150), None),
        (300, ">=", (15, 150), Kind.HIGH),
    ],
)
def test_less_than_and_more_than_are_set_against_the_range_of_the_sheet(
    value: float, comparator: str, own: tuple[float, float], place: Kind | None
) -> None:
    assert judged("ferritin", value, WOMAN, comparator, own).place == place


# -- whose it is


@pytest.mark.parametrize("lab", FACTORS)
def test_who_it_is_is_asked_exactly_where_it_matters_in_every_unit(lab: str) -> None:
    edges = {edge for _, edge, *_ in BANDS[lab]} | {end for ends in DIFFERS.get(lab, []) for end in ends}
    for edge in edges:
        for unit in FACTORS[lab]:
            for side in (-1, 1):
                value = beside(lab, edge, side)
                expected = any(low < value < high for low, high in DIFFERS.get(lab, []))
                assert needs_group(in_unit(lab, value, unit), Person()) is expected, (value, unit)


@pytest.mark.parametrize(
    ("lab", "value", "asked"),
    [
        ("ferritin", 200, False),
        ("ferritin", 300, True),
        ("transferrin_saturation", 45, False),
        ("transferrin_saturation", 50, True),
        ("hemoglobin", 10.5, True),
        ("hemoglobin", 11, True),
        ("hemoglobin", 12, True),
        ("hemoglobin", 13, False),
        ("hemoglobin", 16, False),
        ("hemoglobin", 18, True),
        ("creatinine", 1.1, False),
        ("creatinine", 1.2, True),
    ],
)
def test_who_it_is_is_asked_on_the_boundary_itself(lab: str, value: float, asked: bool) -> None:
    assert needs_group(Measured(LABS[lab], value), Person()) is asked


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(list(FACTORS)), st.floats(0.01, 2000))
def test_who_it_is_is_asked_only_where_the_kind_differs(lab: str, value: float) -> None:
    kinds = {judged(lab, value, group).band.kind for group in EVERYBODY}  # type: ignore[union-attr]
    assert needs_group(Measured(LABS[lab], value), Person()) is (len(kinds) > 1)


@pytest.mark.parametrize("lab", DIFFERS)
def test_who_it_is_is_not_asked_of_somebody_who_said_so_nor_of_a_child(lab: str) -> None:
    for low, high in DIFFERS[lab]:
        measured = Measured(LABS[lab], (low + high) / 2)
        assert needs_group(measured, Person())
        assert not any(needs_group(measured, Person(group)) for group in EVERYBODY)
        assert not needs_group(measured, Person(child=True))
        assert not needs_group(measured, with_group(Person(), MAN))


def test_range_of_the_sheet_spares_the_question() -> None:
    assert not needs_group(Measured(LABS["hemoglobin"], 12.5, None, Range(11.5, 15.5)), Person())
    assert not needs_group(Measured(LABS["hemoglobin"], 11.2, None, Range(12, 15.5)), Person())


def test_less_than_or_more_than_that_can_be_graded_for_nobody_spares_the_question() -> None:
    assert not needs_group(Measured(LABS["ferritin"], 100, ">"), Person())
    assert not needs_group(Measured(LABS["hemoglobin"], 16, "<"), Person())
    assert not needs_group(Measured(LABS["ferritin"], 300, ">"), Person())


@pytest.mark.parametrize("lab", FACTORS)
def test_nothing_is_settled_while_it_matters_whose_it_is(lab: str) -> None:
    for low, high in DIFFERS.get(lab, []):
        found = judge(Measured(LABS[lab], (low + high) / 2), Person())
        assert found.band is None
        assert found.bands.keys() == set(EVERYBODY)


@pytest.mark.parametrize(
    ("lab", "value", "name"),
    [
        ("hemoglobin", 13.5, "usual"),
        ("hemoglobin", 9.5, "low"),
        ("hemoglobin", 19, "high"),
        ("ferritin", 250, None),
        ("ferritin", 100, "usual"),
        ("ferritin", 400, "high"),
        ("ferritin", 50, "under_line"),
    ],
)
def test_value_of_somebody_unknown_is_graded_where_all_agree(lab: str, value: float, name: str | None) -> None:
    assert band(judged(lab, value, None)) == name


def test_boundary_of_pregnancy_lies_lower_than_that_of_women() -> None:
    assert [band(judged("hemoglobin", value, PREGNANT)) for value in (10.4, 10.7, 11.5)] == ["low", "lower", "usual"]
    assert [band(judged("hemoglobin", value, WOMAN)) for value in (10.4, 10.7, 11.5)] == ["low", "low", "low"]


@pytest.mark.parametrize("group", [*EVERYBODY, None])
def test_high_creatinine_on_dialysis_is_nothing_new(group: str | None) -> None:
    found = judge(Measured(LABS["creatinine"], 7.0), Person(group, dialysis=True))
    assert (band(found), found.urgent) == ("very_high", None)
    assert judge(Measured(LABS["creatinine"], 7.0), Person(group)).urgent is Urgent.SAME_DAY


@pytest.mark.parametrize(("lab", "value", "urgent"), [row for row in ALARMING if row[0] != "creatinine"])
def test_everything_else_stays_urgent_on_dialysis(lab: str, value: float, urgent: Urgent) -> None:
    assert judge(Measured(LABS[lab], value), Person(WOMAN, dialysis=True)).urgent is urgent


def test_number_of_leg_movements_is_never_urgent() -> None:
    values = (0, 4, 5, 15, 16, 60, 150, 299)
    assert {judged("plms_index", value, group).urgent for value in values for group in EVERYBODY} == {None}
