"""Every answer about every lab, in every band, to everybody: safe, sourced, short and plain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.channels import pictures
from stillnight.channels.message import Reply
from stillnight.clinical.labs.definitions import GROUPS, MAN, PREGNANT, WOMAN, Band, Kind, Lab, Urgent
from stillnight.clinical.labs.definitions import lab_definitions as definitions
from stillnight.clinical.labs.judge import Measured, Person, judge
from stillnight.clinical.labs.notebook import Notebook, Open
from stillnight.clinical.labs.others import other_tests
from stillnight.clinical.labs.patterns import Pattern, lab_patterns
from stillnight.clinical.labs.questions import CHILD, UNSAID
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.values import LabValue
from stillnight.content.readability import reading_grade
from stillnight.content.safe_words import unsafe_wordings
from stillnight.dialogue.lab_answers import lab_answers
from stillnight.paths import KNOWLEDGE

LABS = definitions()
ANSWERS = lab_answers()
piece = ANSWERS.wording.text
WORDS_MAX = 130
ALONE_MAX = 110
# Whose value it is: what the conversation knows, and what was answered in the form.
PEOPLE: dict[str, tuple[Person, str | None]] = {
    "woman": (Person(), WOMAN),
    "man": (Person(), MAN),
    "pregnant": (Person(PREGNANT), None),
    "pregnant, told in the form": (Person(), PREGNANT),
    "unsaid": (Person(), UNSAID),
    "child": (Person(child=True), None),
    "child, told in the form": (Person(), CHILD),
    "dialysis": (Person(dialysis=True), UNSAID),
    "woman on dialysis": (Person(dialysis=True), WOMAN),
}
GRADES = ("usual range", "own range", "below", "above", "inside")
every_lab = pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
everybody = pytest.mark.parametrize("who", PEOPLE)


@lru_cache(maxsize=16)
def values(key: str) -> tuple[float, ...]:
    """Values of a lab on, below and above everything that begins or ends somewhere."""
    lab = LABS[key]
    limits = {limit.number for band in lab.bands.values() for limit in (band.limits or {}).values()}
    ends = sorted({end for each in lab.usual.values() for end in (each.low, each.high)} | {n for n in limits if n})
    step = min(end for end in ends if end) / 20
    near = {round(end + move, 3) for end in ends for move in (-step, 0, step)}
    between = {round((low + high) / 2, 2) for low, high in pairwise(ends)}
    found = sorted(near | between | {max(ends) * 1.5})
    return tuple(value for value in found if value > 0 and not lab.impossible.passed(value))


def book(who: str, *told: LabValue) -> Notebook:
    return Notebook(open=tuple(Open(each) for each in told), group=PEOPLE[who][1])


def of(lab: Lab, value: float, **known: object) -> LabValue:
    return LabValue.from_dict({"lab": lab.key, "value": value, "unit": lab.unit, "said": True, **known})


def explained(who: str, *told: LabValue) -> Reply:
    replies = ANSWERS.explained(book(who, *told), PEOPLE[who][0])
    assert len(replies) == 1
    return replies[0]


def person(who: str, told: LabValue) -> Person:
    return book(who, told).person(PEOPLE[who][0], told)


def band(who: str, told: LabValue) -> Band | None:
    return judge(told.measured(LABS[told.lab]), person(who, told)).band


def faults(reply: Reply, longest: int = WORDS_MAX) -> Iterator[str]:
    """What is wrong with a reply, in words."""
    yield from unsafe_wordings(reply.text, KNOWLEDGE)
    if not reply.sources:
        yield "has no sources"
    if "  " in reply.text or not all(line.strip() for line in reply.text.split("\n")):
        yield "has a blank too many"
    if set("{}") & set(reply.text):
        yield "has a brace that was not filled"
    if len(set(reply.text.split("\n"))) < len(reply.text.split("\n")):
        yield "says a line twice"
    if len(reply.text.split()) > longest:
        yield "is long"


def by_value(found: Mapping[float, list[str]]) -> dict[float, list[str]]:
    return {value: wrong for value, wrong in found.items() if wrong}


# -- one value


def test_values_of_these_tests_reach_every_band() -> None:
    reached = {
        (lab.key, here.name)
        for lab in LABS.values()
        for value in values(lab.key)
        for group in GROUPS
        if (here := judge(Measured(lab, value), Person(group)).band)
    }
    assert reached == {(lab.key, name) for lab in LABS.values() for name in lab.bands}


@every_lab
def test_every_band_has_its_piece(lab: Lab) -> None:
    assert [name for name in lab.bands if not ANSWERS.wording.has(f"{lab.key}_{name}")] == []


@every_lab
@everybody
def test_answer_about_one_value_has_no_fault(lab: Lab, who: str) -> None:
    assert by_value({v: list(faults(explained(who, of(lab, v)), ALONE_MAX)) for v in values(lab.key)}) == {}


@every_lab
@everybody
def test_answer_about_one_value_is_plain(lab: Lab, who: str) -> None:
    grades = {v: reading_grade(explained(who, of(lab, v)).text, KNOWLEDGE) for v in values(lab.key)}
    assert {value: grade for value, grade in grades.items() if grade > 8} == {}


@every_lab
@everybody
def test_answer_about_less_or_more_than_a_value_has_no_fault(lab: Lab, who: str) -> None:
    for comparator in ("<", "<=", ">", ">="):
        found = {v: list(faults(explained(who, of(lab, v, comparator=comparator)))) for v in values(lab.key)}
        assert by_value(found) == {}, comparator


@every_lab
@pytest.mark.parametrize("who", ["unsaid", "child"])
@pytest.mark.parametrize("owner", ["mum", "dad", "daughter", "friend"])
def test_answer_about_somebody_elses_value_has_no_fault(lab: Lab, who: str, owner: str) -> None:
    replies = {v: explained(who, of(lab, v, owner=owner)) for v in values(lab.key)}
    assert by_value({value: list(faults(reply)) for value, reply in replies.items()}) == {}
    assert all(f"Your {owner}'s {lab.title} is" in reply.text for reply in replies.values())


@every_lab
@pytest.mark.parametrize("who", [WOMAN, MAN])
def test_answer_says_the_piece_of_its_band(lab: Lab, who: str) -> None:
    for value in values(lab.key):
        here = band(who, of(lab, value))
        assert here is not None
        assert piece(f"{lab.key}_{here.name}") in explained(who, of(lab, value)).text, value


@every_lab
@pytest.mark.parametrize("who", [WOMAN, MAN])
def test_answer_says_where_the_value_lies_and_shows_it(lab: Lab, who: str) -> None:
    usual = lab.usual[who]
    for value, where in (
        (usual.low - 0.05, "below"),
        ((usual.low + usual.high) / 2, "inside"),
        (usual.high + 1, "above"),
    ):
        if value <= 0:
            continue
        reply = explained(who, of(lab, round(value, 2)))
        (picture,) = map(pictures.alternative, reply.pictures)
        here = band(who, of(lab, round(value, 2)))
        assert f"{where} usual range" in picture
        # Where a band says else than the range, the text leaves the range out.
        if "grey zone" in reply.text:
            continue
        if here and here.kind is {"below": Kind.LOW, "inside": Kind.USUAL, "above": Kind.HIGH}[where]:
            assert f"That is {where} the usual range" in reply.text, value


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("hemoglobin", 12.5, "hemoglobin_usual_or_low"),
        ("hemoglobin", 10.8, "hemoglobin_low_or_usual"),
        ("hemoglobin", 17.0, "hemoglobin_high_or_usual"),
        ("ferritin", 250.0, "ferritin_high_or_usual"),
        ("transferrin_saturation", 48.0, "transferrin_saturation_high_or_usual"),
        ("creatinine", 1.15, "creatinine_high_or_usual"),
    ],
)
def test_person_who_does_not_say_hears_what_it_means_for_both(key: str, value: float, name: str) -> None:
    assert piece(name) in explained("unsaid", of(LABS[key], value)).text


@every_lab
def test_range_on_the_sheet_comes_first(lab: Lab) -> None:
    usual = lab.usual[WOMAN]
    value = round((usual.low + usual.high) / 2, 2)
    inside = explained(WOMAN, of(lab, value, own_range={"low": value / 2, "high": value * 2}))
    assert f"inside {piece('span_own', low=f'{value / 2:g}', high=f'{value * 2:g}')}." in inside.text
    above = explained(WOMAN, of(lab, value, own_range={"low": 0, "high": value / 2}))
    assert "usual range" not in above.text
    assert piece(f"{lab.key}_{lab.above_own}") in above.text
    assert "above your lab's range" in pictures.alternative(above.pictures[0])


@every_lab
def test_range_on_the_sheet_hides_nothing_that_is_urgent(lab: Lab) -> None:
    for value in values(lab.key):
        here = band(WOMAN, of(lab, value))
        if here and here.urgent:
            text = explained(WOMAN, of(lab, value, own_range={"low": value / 2, "high": value * 2})).text
            assert piece(f"{lab.key}_{here.name}") in text, value


# -- urgent


def urgent(*degrees: Urgent) -> list[tuple[str, float, str]]:
    """A value in each urgent band of a woman: lab, value, piece."""
    found = {}
    for lab in LABS.values():
        for value in values(lab.key):
            here = band(WOMAN, of(lab, value))
            if here and here.urgent in degrees:
                found[lab.key, here.name] = value
    return [(key, value, f"{key}_{name}") for (key, name), value in found.items()]


@pytest.mark.parametrize(("key", "value", "name"), urgent(Urgent.EMERGENCY, Urgent.SAME_DAY))
@pytest.mark.parametrize("who", [who for who in PEOPLE if "dialysis" not in who])
def test_what_cannot_wait_is_said_first_to_everybody(key: str, value: float, name: str, who: str) -> None:
    assert explained(who, of(LABS[key], value)).text.startswith(piece(name))
    assert "Some clinics" not in explained(who, of(LABS[key], value)).text


@pytest.mark.parametrize(("key", "value", "name"), urgent(Urgent.EMERGENCY, Urgent.SAME_DAY, Urgent.SOON))
@pytest.mark.parametrize("who", [WOMAN, MAN])
def test_what_cannot_wait_is_said_first_among_several(key: str, value: float, name: str, who: str) -> None:
    other = next(lab for lab in LABS.values() if lab.key not in (key, "creatinine"))
    usual = of(other, round((other.usual[WOMAN].low + other.usual[WOMAN].high) / 2, 2))
    assert explained(who, usual, of(LABS[key], value)).text.startswith(piece(name))


def test_what_is_most_urgent_is_said_first() -> None:
    reply = explained(WOMAN, of(LABS["tsh"], 12.0), of(LABS["magnesium"], 0.9))
    assert reply.text.startswith(f"{piece('magnesium_very_low')}\n{piece('tsh_very_high')}\n")


def emergencies() -> list[tuple[str, float, str]]:
    return urgent(Urgent.EMERGENCY)


def test_only_haemoglobin_is_an_emergency() -> None:
    assert {name for _, _, name in emergencies()} == {"hemoglobin_dangerously_low", "hemoglobin_dangerously_high"}


@pytest.mark.parametrize(("key", "value", "name"), emergencies())
@everybody
def test_emergency_stands_alone(key: str, value: float, name: str, who: str) -> None:
    told = book(who, of(LABS["ferritin"], 4.0), of(LABS["tsh"], 12.0), of(LABS[key], value))
    known = PEOPLE[who][0]
    (reply,) = ANSWERS.explained(told, known)
    first, said = reply.text.split("\n")
    assert first == piece(name)
    assert said.startswith(f"Your haemoglobin is {value:g} g/dL.")
    assert "iron" not in reply.text
    assert not reply.choices
    assert len(reply.pictures) <= 1
    assert ANSWERS.is_emergency(told, known)


@pytest.mark.parametrize("who", [WOMAN, MAN])
def test_values_that_wait_for_an_urgent_one_are_said_to_be_kept(who: str) -> None:
    told = book(who, of(LABS["hemoglobin"], 6.5))
    (reply,) = ANSWERS.explained(told, Person(), more=True)
    assert reply.text.endswith(f"\n{piece('kept')}")
    assert piece("kept") not in explained(who, of(LABS["hemoglobin"], 6.5)).text


def test_no_other_value_is_taken_for_an_emergency() -> None:
    for lab in LABS.values():
        for value in values(lab.key):
            told = of(lab, value)
            here = band(WOMAN, told)
            expected = here is not None and here.urgent is Urgent.EMERGENCY
            assert ANSWERS.is_emergency(book(WOMAN, told), Person()) is expected, (lab.key, value)


# -- a child, a pregnancy, dialysis

CHILDREN = [who for who in PEOPLE if who.startswith("child")]


@every_lab
@pytest.mark.parametrize("who", CHILDREN)
@pytest.mark.parametrize("comparator", [None, "<", ">"])
def test_childs_value_is_never_graded(lab: Lab, who: str, comparator: str | None) -> None:
    for value in values(lab.key):
        told = of(lab, value, comparator=comparator, own_range={"low": value / 3, "high": value / 2})
        here = band(who, told)
        if here is None or here.urgent not in (Urgent.EMERGENCY, Urgent.SAME_DAY):
            reply = explained(who, told)
            expected = "child_ferritin" if lab.key == "ferritin" else "child"
            assert piece(expected) in reply.text
            assert not reply.pictures
            assert [word for word in GRADES if word in reply.text.replace(piece(expected), "")] == [], value


@pytest.mark.parametrize("who", CHILDREN)
def test_childs_values_are_not_graded_together_either(who: str) -> None:
    own = {"low": 20, "high": 200}
    told = [of(LABS[key], 12.0, own_range=own) for key in ("ferritin", "transferrin_saturation", "hemoglobin")]
    reply = explained(who, *told)
    assert reply.text.endswith(piece("child"))
    assert [word for word in GRADES if word in reply.text.replace(piece("child"), "")] == []
    assert "Taken together" not in reply.text
    assert not reply.pictures


@every_lab
@pytest.mark.parametrize("who", ["pregnant", "pregnant, told in the form"])
def test_value_in_pregnancy_is_for_the_midwife(lab: Lab, who: str) -> None:
    for value in values(lab.key):
        told = of(lab, value)
        here = band(who, told)
        text = explained(who, told).text
        assert "Some clinics" not in text
        if lab.key != "hemoglobin" and here and here.urgent not in (Urgent.EMERGENCY, Urgent.SAME_DAY):
            assert piece("pregnancy") in text, value


@pytest.mark.parametrize(
    ("value", "name"), [(10.4, "low"), (10.5, "lower_pregnant"), (10.9, "lower_pregnant"), (11.0, "usual")]
)
def test_haemoglobin_in_pregnancy_has_lines_of_its_own(value: float, name: str) -> None:
    text = explained("pregnant", of(LABS["hemoglobin"], value)).text
    assert piece(f"hemoglobin_{name}") in text
    assert "usual range" not in text


@pytest.mark.parametrize("key", ["ferritin", "transferrin_saturation", "hemoglobin", "creatinine"])
def test_values_of_the_kidney_team_are_not_graded_on_dialysis(key: str) -> None:
    for value in values(key):
        told = of(LABS[key], value)
        if judge(told.measured(LABS[key]), person("dialysis", told)).urgent is None:
            text = explained("dialysis", told).text
            assert piece(f"dialysis_{key}") in text, value
            assert "That is" not in text, value


@pytest.mark.parametrize("who", ["dialysis", "woman on dialysis"])
def test_iron_is_not_read_together_on_dialysis(who: str) -> None:
    text = explained(who, of(LABS["ferritin"], 18.0), of(LABS["transferrin_saturation"], 12.0)).text
    assert "Taken together" not in text
    assert piece("dialysis_ferritin") in text
    assert piece("dialysis_transferrin_saturation") in text


@pytest.mark.parametrize("value", [4.0, 6.0, 12.0])
def test_high_creatinine_is_urgent_unless_on_dialysis(value: float) -> None:
    told = of(LABS["creatinine"], value)
    assert explained(WOMAN, told).text.startswith(piece("creatinine_very_high"))
    assert "today" not in explained("woman on dialysis", told).text


# -- high iron


@pytest.mark.parametrize(
    ("key", "value", "who"),
    [
        ("ferritin", 201.0, WOMAN),
        ("ferritin", 201.0, MAN),
        ("ferritin", 301.0, MAN),
        ("ferritin", 1500.0, MAN),
        ("ferritin", 250.0, "unsaid"),
        ("transferrin_saturation", 46.0, WOMAN),
        ("transferrin_saturation", 51.0, MAN),
        ("transferrin_saturation", 48.0, "unsaid"),
    ],
)
def test_person_with_high_iron_is_told_to_have_none(key: str, value: float, who: str) -> None:
    text = explained(who, of(LABS[key], value)).text
    assert "Please have no iron unless the doctor says so." in text
    assert "iron treatment would fit" not in text


@pytest.mark.parametrize("value", [75.0, 74.9, 20.0, 19.9])
def test_ferritin_at_or_under_the_line_names_it(value: float) -> None:
    assert "75 ng/mL or below" in explained(WOMAN, of(LABS["ferritin"], value)).text
    assert "75 ng/mL or below" not in explained(WOMAN, of(LABS["ferritin"], 75.1)).text


# -- several values


def in_bands(key: str, names: frozenset[str]) -> LabValue:
    """A value that lies in one of the bands, is not urgent, and means the same to a woman and a man."""
    lab = LABS[key]
    for value in values(key):
        found = [judge(Measured(lab, value), Person(group)).band for group in (WOMAN, MAN, None)]
        if all(each and each.name in names and not each.urgent for each in found):
            return of(lab, value)
    raise AssertionError(f"{key} has no such value")


@pytest.mark.parametrize("pattern", lab_patterns(), ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("who", [WOMAN, MAN, "unsaid"])
def test_every_pattern_is_told_in_one_short_answer(pattern: Pattern, who: str) -> None:
    told = [in_bands(key, names) for key, names in pattern.when.items()]
    reply = explained(who, *told)
    assert piece(f"together_{pattern.name}") in reply.text
    assert list(faults(reply)) == []
    assert len(reply.pictures) == len(told)
    assert {source.id for source in reply.sources} >= set(pattern.sources)


def test_low_iron_and_low_saturation_are_read_together() -> None:
    reply = explained(WOMAN, of(LABS["ferritin"], 18.0), of(LABS["transferrin_saturation"], 12.0))
    assert reply.text.split("\n") == [
        "Ferritin 18 ng/mL: below the usual range, 20 to 200 ng/mL.",
        "Transferrin saturation 12%: below the usual range, 20 to 50%.",
        piece("together_low_stores_low_saturation"),
    ]


def test_usual_values_are_told_to_be_usual() -> None:
    told = [of(LABS["tsh"], 2.0), of(LABS["creatinine"], 0.9), of(LABS["vitamin_b12"], 500.0)]
    assert explained(WOMAN, *told).text.endswith(piece("together_all_usual"))


def test_one_odd_value_among_usual_ones_is_explained() -> None:
    told = [of(LABS["tsh"], 6.0), of(LABS["creatinine"], 0.9), of(LABS["vitamin_b12"], 500.0)]
    assert explained(WOMAN, *told).text.endswith(piece("tsh_high"))


CALM = {key: [v for v in values(key) if (here := band(WOMAN, of(LABS[key], v))) and not here.urgent] for key in LABS}
PAIRS = st.tuples(st.sampled_from(sorted(LABS)), st.sampled_from(sorted(LABS))).filter(lambda pair: pair[0] != pair[1])


@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(st.data(), PAIRS, st.sampled_from([who for who in PEOPLE if "dialysis" not in who]))
def test_any_two_values_make_one_answer_without_fault(data: st.DataObject, pair: tuple[str, str], who: str) -> None:
    told = [of(LABS[key], data.draw(st.sampled_from(CALM[key]))) for key in pair]
    reply = explained(who, *told)
    assert list(faults(reply)) == []
    assert all(LABS[key].title.lower() in reply.text.lower() for key in pair)


@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(
    st.data(),
    st.lists(st.sampled_from(sorted(LABS)), min_size=1, max_size=8, unique=True),
    st.sampled_from(sorted(PEOPLE)),
)
def test_any_values_are_answered_without_an_unsafe_word(data: st.DataObject, keys: list[str], who: str) -> None:
    told = [of(LABS[key], data.draw(st.sampled_from(values(key)))) for key in keys]
    reply = explained(who, *told)
    assert list(unsafe_wordings(reply.text, KNOWLEDGE)) == []
    assert not set("{}") & set(reply.text)
    assert "  " not in reply.text
    assert len(reply.pictures) <= 4


def test_values_of_two_people_are_two_answers() -> None:
    told = [of(LABS["ferritin"], 12.0), of(LABS["ferritin"], 80.0, owner="mum")]
    mine, mums = ANSWERS.explained(book("unsaid", *told), Person())
    assert mine.text.startswith("Your ferritin is 12 ng/mL.")
    assert mums.text.startswith("Your mum's ferritin is 80 ng/mL.")


# -- remembered


@pytest.mark.parametrize(("before", "trend"), [(27.0, "trend_up"), (67.0, "trend_down")])
def test_value_is_compared_with_the_one_before_whatever_their_units(before: float, trend: str) -> None:
    older = LabValue("ferritin", before, "pmol/L", said=True)
    notebook = Notebook(told=(older,), open=(Open(of(LABS["ferritin"], 18.0)),), group=WOMAN)
    (reply,) = ANSWERS.explained(notebook, Person())
    assert reply.text.endswith(f"\nBefore, it was {before:g} pmol/L. {piece(trend)}")


def test_what_was_told_is_read_back_by_test_and_person() -> None:
    told = (of(LABS["ferritin"], 12.0, past=True), of(LABS["ferritin"], 18.0), of(LABS["tsh"], 5.0, owner="mum"))
    notebook = Notebook(told=told)
    assert ANSWERS.told(notebook, ["ferritin"]).text == (
        "You told me: ferritin 18 ng/mL. Before, it was 12 ng/mL. So it has gone up."
    )
    assert ANSWERS.told(notebook, []).text.endswith("\nYou told me: your mum's TSH 5 mIU/L.")
    assert ANSWERS.told(notebook, ["magnesium"]).text == piece("told_none")


@every_lab
def test_value_without_its_unit_is_told_in_each(lab: Lab) -> None:
    if len(lab.units) > 1:
        told = LabValue(lab.key, 1.0, choices=tuple(lab.units))
        notebook = Notebook(open=(Open(told, unknown=True),), group=WOMAN)
        (reply,) = ANSWERS.explained(notebook, Person())
        assert reply.text.startswith(piece("unit_unknown", lab=lab.title, value="1"))
        assert all(f"In {unit} it would be" in reply.text for unit in lab.units)
        assert not reply.pictures


def test_tests_that_are_not_known_are_named() -> None:
    (reply,) = ANSWERS.explained(Notebook(others=("pcv", "hba1c", "ldh")), Person())
    assert reply.text.startswith("I am sorry, I cannot explain PCV, HbA1c and ldh.")


@pytest.mark.parametrize("key", other_tests().titles)
def test_test_that_is_known_is_described_with_its_sources(key: str) -> None:
    tests = other_tests()
    names = [name for name, known in tests.keys.items() if known == key]
    (reply,) = ANSWERS.explained(Notebook(others=tuple(names)), Person())
    number = piece("others_number", names=tests.titles[key])
    assert reply.text.splitlines() == [piece(f"other_{key}"), number]
    assert reply.sources
    assert reading_grade(reply.text, KNOWLEDGE) <= 6.5


def test_known_and_unknown_tests_are_told_apart() -> None:
    (reply,) = ANSWERS.explained(Notebook(others=("crp", "pcv")), Person())
    first, number, left = reply.text.splitlines()
    assert (first, number) == (piece("other_crp"), piece("others_number", names="CRP"))
    assert left.startswith("I am sorry, I cannot explain PCV.")


@pytest.mark.parametrize("name", other_tests().keys)
def test_test_that_is_described_is_read_with_its_number(name: str) -> None:
    assert lab_reader().read(f"{name} 12").others == (name,) or name in {"iron", "tibc"}
