"""What is remembered of lab values in a conversation, and the answers to what is asked about them."""

from __future__ import annotations

import json
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.labs.definitions import MAN, PREGNANT, WOMAN, lab_definitions
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.notebook import Notebook, Open
from stillnight.clinical.labs.questions import CHILD, UNSAID, Asks, Question, question_about
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.replies import Answer, lab_replies
from stillnight.clinical.labs.values import LabReading, LabValue, weighed
from tests.labs.test_values import lab_values

LABS = lab_definitions()
REPLIES = lab_replies()
NOBODY: Final = Person()


def told(lab: str, value: float, unit: str | None = None, **facts: object) -> LabValue:
    return weighed(LabValue(lab, value, unit, said=unit is not None, **facts), LABS[lab])  # type: ignore[arg-type]


def heard(*texts: str, book: Notebook | None = None) -> Notebook:
    """A notebook after messages, each explained before the next."""
    book = book or Notebook()
    for at, text in enumerate(texts):
        book = (book.explained() if at else book).heard(lab_reader().read(text))
    return book


def asked(book: Notebook, person: Person = NOBODY) -> Question:
    question = book.question(LABS, person)
    assert question is not None
    return question


def asks(book: Notebook, person: Person = NOBODY) -> tuple[str, str] | None:
    question = book.question(LABS, person)
    return (question.asks.value, question.lab) if question else None


def replied(book: Notebook, text: str, person: Person = NOBODY) -> Notebook:
    """After an answer in free words to the open question."""
    question = asked(book, person)
    answer = REPLIES.of(question, text)
    assert answer is not None, text
    return book.answered(question, answer, LABS)


def opened(book: Notebook) -> list[tuple[str, float, str | None]]:
    return [(each.value.lab, each.value.value, each.value.unit) for each in book.open]


def numbers(book: Notebook, lab: str, owner: str | None = None) -> list[float]:
    return [each.value for each in book.history(lab, owner)]


# -- hearing and explaining


def test_empty_notebook_knows_and_asks_nothing() -> None:
    assert Notebook().question(LABS, NOBODY) is None
    assert Notebook().newest("ferritin") is None
    assert Notebook().explained() == Notebook()


def test_what_a_message_tells_is_open_until_it_is_explained() -> None:
    book = heard("ferritin 18, tsh 2.1")
    assert opened(book) == [("ferritin", 18, "ng/mL"), ("tsh", 2.1, "mIU/L")]
    assert (book.told, book.fresh) == ((), True)
    after = book.explained()
    assert (after.open, after.last, after.fresh) == ((), ("ferritin", "tsh"), False)
    assert (numbers(after, "ferritin"), numbers(after, "tsh")) == ([18], [2.1])


def test_message_that_tells_nothing_leaves_everything_but_freshness() -> None:
    book = heard("ferritin 18")
    assert book.unheard().fresh is False
    assert book.unheard().open == book.open


def test_newer_value_takes_the_place_of_the_open_one_of_the_same_test() -> None:
    book = heard("ferritin 18").heard(lab_reader().read("tsh 2.1")).heard(lab_reader().read("ferritin 25"))
    assert opened(book) == [("tsh", 2.1, "mIU/L"), ("ferritin", 25, "ng/mL")]


def test_value_that_was_explained_is_kept_beside_a_newer_one() -> None:
    book = heard("ferritin 18", "ferritin 40").explained()
    assert numbers(book, "ferritin") == [18, 40]
    newest = book.newest("ferritin")
    assert newest is not None
    assert newest.value == 40


def test_correction_replaces_the_newest_value_that_was_explained() -> None:
    book = heard("ferritin 12", "ferritin 81", "sorry, ferritin is 18 not 81").explained()
    assert numbers(book, "ferritin") == [12, 18]


def test_correction_of_one_test_leaves_the_others() -> None:
    book = heard("ferritin 81, tsh 2.1", "sorry, I meant ferritin 18").explained()
    assert (numbers(book, "ferritin"), numbers(book, "tsh")) == ([18], [2.1])


def test_correction_of_somebody_elses_value_leaves_ones_own() -> None:
    book = heard("my ferritin is 30", "my mum's ferritin is 81", "sorry, my mum's ferritin is 18 not 81").explained()
    assert (numbers(book, "ferritin"), numbers(book, "ferritin", "mum")) == ([30], [18])


def test_plain_new_value_corrects_nothing() -> None:
    assert numbers(heard("ferritin 81", "ferritin 18").explained(), "ferritin") == [81, 18]


def test_older_value_is_kept_as_one_of_before_and_is_not_the_newest() -> None:
    book = heard("ferritin came down from 40 to 18")
    assert opened(book) == [("ferritin", 18, "ng/mL")]
    assert [(each.value, each.past) for each in book.told] == [(40, True)]
    after = book.explained()
    newest = after.newest("ferritin")
    assert newest is not None
    assert (newest.value, newest.past) == (18, False)


def test_older_value_told_twice_is_kept_once() -> None:
    reading = lab_reader().read("ferritin came down from 40 to 18")
    assert numbers(Notebook().heard(reading).heard(reading), "ferritin") == [40]


def test_older_value_told_later_does_not_become_the_newest() -> None:
    older = LabReading((told("ferritin", 40, older=True),))
    book = heard("ferritin 18").explained().heard(older).explained()
    newest = book.newest("ferritin")
    assert newest is not None
    assert (newest.value, sorted(numbers(book, "ferritin"))) == (18, [18, 40])


def test_older_value_whose_unit_is_open_is_not_kept() -> None:
    reading = LabReading((told("magnesium", 0.85, older=True), told("magnesium", 2.0, "mg/dL")))
    book = Notebook().heard(reading)
    assert (book.told, opened(book)) == ((), [("magnesium", 2.0, "mg/dL")])


def test_newest_of_only_older_values_is_the_last_one() -> None:
    book = Notebook(told=(told("ferritin", 40, past=True), told("ferritin", 30, past=True)))
    newest = book.newest("ferritin")
    assert newest is not None
    assert newest.value == 30


def test_same_value_told_twice_is_kept_once_where_it_was_told_last() -> None:
    book = heard("ferritin 18", "ferritin 30", "ferritin 18").explained()
    assert numbers(book, "ferritin") == [30, 18]


def test_values_of_two_people_are_kept_apart() -> None:
    book = heard("my ferritin is 12, my mum's is 80")
    assert {(each.value.owner, each.value.value) for each in book.open} == {(None, 12), ("mum", 80)}
    book = book.heard(lab_reader().read("my ferritin is 15"))
    assert {(each.value.owner, each.value.value) for each in book.open} == {(None, 15), ("mum", 80)}
    after = book.explained()
    assert (numbers(after, "ferritin"), numbers(after, "ferritin", "mum")) == ([15], [80])
    assert numbers(after, "ferritin", "dad") == []


def test_only_so_many_values_are_kept_the_newest_of_them() -> None:
    book = Notebook()
    for value in range(1, 101):
        book = book.heard(LabReading((told("ferritin", value),))).explained()
    kept = numbers(book, "ferritin")
    assert len(kept) < 100
    assert kept == list(range(101 - len(kept), 101))
    many = Notebook().heard(
        LabReading(tuple(told("ferritin", value, owner=f"friend {value}") for value in range(3, 103)))
    )
    assert len(many.open) < 100
    assert many.open[-1].value.value == 102


def test_other_tests_are_told_until_the_answer() -> None:
    book = heard("ferritin 18, vitamin d 25")
    assert book.others == ("vitamin d",)
    assert book.explained().others == ()


@pytest.mark.parametrize(
    "value",
    [
        told("hemoglobin", 135, "g/dL"),
        told("magnesium", 0.85),
        told("ferritin", 18, rivals=(81.0,)),
    ],
)
def test_value_that_is_not_settled_is_not_remembered(value: LabValue) -> None:
    assert Notebook(open=(Open(value),)).explained().told == ()


def test_value_whose_unit_nobody_knows_is_answered_but_not_remembered() -> None:
    book = Notebook(open=(Open(told("magnesium", 0.85), unknown=True), Open(told("ferritin", 18))))
    after = book.explained()
    assert ([each.lab for each in after.told], after.last) == (["ferritin"], ("magnesium", "ferritin"))


# -- forgetting


def test_everything_is_forgotten_but_who_the_person_is() -> None:
    book = replied(heard("ferritin 18, tsh 2", "ferritin 250, vitamin d 25"), "a woman").asked_once_more()
    after = book.forgotten()
    assert (after.told, after.open, after.last, after.others, after.asked) == ((), (), (), (), 0)
    assert after.group == WOMAN


def test_one_test_is_forgotten_and_the_others_are_kept() -> None:
    book = heard("ferritin 18, tsh 2", "ferritin 30, magnesium 2 mg/dl").forgotten(["ferritin"])
    assert ([each.lab for each in book.told], opened(book)) == (["tsh"], [("magnesium", 2.0, "mg/dL")])
    assert book.last == ("tsh",)


# -- asking


def test_sound_value_is_asked_nothing_about() -> None:
    assert asks(heard("ferritin 18, hb 13.8, tsh 2.1, magnesium 2.0 mg/dl")) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("magnesium 0.85", ("unit", "magnesium")),
        ("b12 200", ("unit", "vitamin_b12")),
        ("haemoglobin 135 g/dl", ("number", "hemoglobin")),
        ("ferritin 0", ("number", "ferritin")),
        ("ferritin 18 or 81", ("number", "ferritin")),
        ("ferritin 2500", ("sure", "ferritin")),
        ("tsat 3%", ("sure", "transferrin_saturation")),
        ("ferritin 250", ("group", "ferritin")),
        ("hb 12.5", ("group", "hemoglobin")),
    ],
)
def test_question_is_asked_about_what_is_open(text: str, question: tuple[str, str]) -> None:
    assert asks(heard(text)) == question


def test_questions_are_asked_one_after_the_other_in_the_order_of_the_text() -> None:
    book = heard("magnesium 0.85, ferritin 2500, hb 12.5")
    assert asks(book) == ("unit", "magnesium")
    book = replied(book, "mmol/L")
    assert asks(book) == ("sure", "ferritin")
    book = replied(book, "yes")
    assert asks(book) == ("group", "hemoglobin")
    book = replied(book, "a man")
    assert asks(book) is None
    assert opened(book) == [("magnesium", 0.85, "mmol/L"), ("ferritin", 2500, "ng/mL"), ("hemoglobin", 12.5, "g/dL")]


def test_doubtful_value_is_asked_about_before_whose_it_is() -> None:
    lab = LABS["transferrin_saturation"]
    value = told("transferrin_saturation", 48)
    assert question_about(value, lab, NOBODY, sure=False, group_asked=False) == Question(Asks.GROUP, lab.key, value)
    doubtful = told("transferrin_saturation", 4)
    question = question_about(doubtful, lab, NOBODY, sure=False, group_asked=False)
    assert question is not None
    assert question.asks is Asks.SURE
    assert question_about(doubtful, lab, NOBODY, sure=True, group_asked=False) is None
    assert question_about(value, lab, NOBODY, sure=False, group_asked=True) is None


def test_several_numbers_are_offered_as_they_were_typed() -> None:
    question = asked(heard("ferritin 18 or 81"))
    assert (question.among, [choice.value for choice in question.choices]) == (True, [18, 81])
    question = asked(heard("hb 135 g/dl"))
    assert (question.among, [(choice.value, choice.unit) for choice in question.choices]) == (
        False,
        [(135, "g/L"), (13.5, "g/dL")],
    )


def test_units_are_offered_that_can_be_meant() -> None:
    assert set(asked(heard("hb 8.5")).units) == {"g/dL", "mmol/L"}


@pytest.mark.parametrize(
    ("text", "person", "question"),
    [
        ("ferritin 250", Person(PREGNANT), None),
        ("ferritin 250", Person(child=True), None),
        ("my mum's ferritin is 250", NOBODY, None),
        ("my friend's ferritin is 250", NOBODY, None),
        ("creatinine 0.2 mg/dl", NOBODY, ("sure", "creatinine")),
        ("creatinine 0.2 mg/dl", Person(dialysis=True), None),
        ("ferritin 2500", Person(dialysis=True), ("sure", "ferritin")),
    ],
)
def test_nothing_is_asked_that_is_known_already(text: str, person: Person, question: tuple[str, str] | None) -> None:
    assert asks(heard(text), person) == question


@pytest.mark.parametrize("text", ["hb 5.5 g/dl", "magnesium 0.85 mg/dl", "creatinine 8 mg/dl", "hb 75 g/l"])
def test_nothing_is_asked_before_an_urgent_value_is_said(text: str) -> None:
    book = heard(f"ferritin 250, {text}")
    assert asks(book) is None
    (urgent,) = book.urgent(LABS, NOBODY)
    after = book.explained([urgent])
    assert urgent not in after.open
    assert [each.lab for each in after.told] == [urgent.value.lab]
    assert after.held
    assert asks(after) is not None


def test_what_waited_is_explained_later_and_nothing_waits_any_more() -> None:
    book = heard("hb 6.5 g/dl, ferritin 18")
    after = book.explained(book.urgent(LABS, NOBODY))
    assert (opened(after), after.held, after.last) == ([("ferritin", 18, "ng/mL")], True, ("hemoglobin",))
    last = after.explained()
    assert (last.open, last.held, last.last) == ((), False, ("ferritin",))
    assert [each.lab for each in last.told] == ["hemoglobin", "ferritin"]


def test_value_that_is_not_clear_or_not_for_today_is_not_urgent() -> None:
    for text in ("hb 6.5", "tsh 12", "ferritin 1500", "hb 350 g/dl", "creatinine 8 mg/dl or 9 mg/dl"):
        assert heard(text).urgent(LABS, NOBODY) == (), text
    assert heard("creatinine 8 mg/dl").urgent(LABS, Person(dialysis=True)) == ()


def test_whose_values_were_explained_last_is_remembered() -> None:
    book = heard("my mum's ferritin is 18").explained()
    assert book.last_owner == "mum"
    assert heard("my tsh is 2", book=book).explained().last_owner is None


def test_question_that_was_asked_is_counted_until_it_is_answered() -> None:
    book = heard("magnesium 0.85").asked_once_more().asked_once_more()
    assert book.asked == 2
    assert book.unheard().asked == 2
    assert replied(book, "mmol/L").asked == 0
    assert book.heard(lab_reader().read("tsh 2")).asked == 0
    assert book.heard(LabReading((), ("ahi",))).asked == 2


# -- answers


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("mmol/L", "mmol/L", 0.85),
        ("mg/dl", "mg/dL", 0.85),
        ("mEq/L", "mEq/L", 0.85),
        ("millimoles per litre", "mmol/L", 0.85),
        ("0.95 mmol/L", "mmol/L", 0.95),
        ("0,95 MMOL/L", "mmol/L", 0.95),
    ],
)
def test_unit_that_is_answered_is_the_unit_of_the_value(text: str, unit: str, number: float) -> None:
    (after,) = replied(heard("magnesium 0.85"), text).open
    assert (after.value.value, after.value.unit, after.value.said) == (number, unit, True)
    assert asks(replied(heard("magnesium 0.95"), "mmol/L")) is None


def test_answered_unit_may_show_that_the_value_is_doubtful() -> None:
    book = replied(heard("magnesium 1.1"), "mg/dL")
    assert asks(book) == ("sure", "magnesium")
    book = replied(book, "yes")
    assert (asks(book), opened(book)) == (None, [("magnesium", 1.1, "mg/dL")])


def test_value_whose_unit_nobody_knows_stays_open_and_is_not_asked_about_again() -> None:
    book = replied(heard("magnesium 0.85, ferritin 18"), "I don't know")
    assert [(each.value.lab, each.unknown) for each in book.open] == [("magnesium", True), ("ferritin", False)]
    assert asks(book) is None


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("13.5", 13.5, "g/dL"),
        ("135", 135, "g/L"),
        ("it's 135 g/l", 135, "g/L"),
        ("13,5", 13.5, "g/dL"),
        ("thirteen point five", 13.5, "g/dL"),
        ("g/L", 135, "g/L"),
        ("oops 12.8", 12.8, "g/dL"),
    ],
)
def test_number_that_is_answered_takes_the_place_of_the_slip(text: str, number: float, unit: str) -> None:
    book = replied(heard("hb 135 g/dl, ferritin 18"), text, Person(PREGNANT))
    assert opened(book) == [("hemoglobin", number, unit), ("ferritin", 18, "ng/mL")]
    assert asks(book, Person(PREGNANT)) is None


@pytest.mark.parametrize(("text", "number"), [("18", 18), ("81", 81), ("the 81", 81), ("I meant 25", 25)])
def test_one_of_several_numbers_is_answered(text: str, number: float) -> None:
    book = replied(heard("ferritin 18 or 81"), text)
    assert opened(book) == [("ferritin", number, "ng/mL")]
    assert (book.open[0].value.rivals, asks(book)) == ((), None)


def test_number_that_nobody_knows_is_let_go() -> None:
    assert opened(replied(heard("hb 135 g/dl, ferritin 18"), "no idea")) == [("ferritin", 18, "ng/mL")]


def test_slip_that_is_answered_with_another_slip_is_asked_about_again() -> None:
    assert asks(replied(heard("hb 135 g/dl"), "350 g/dl")) == ("number", "hemoglobin")


def test_doubtful_value_is_kept_when_it_is_right() -> None:
    for text in ("yes", "2500", "yes, 2500"):
        book = replied(heard("ferritin 2500"), text)
        assert (opened(book), book.open[0].sure, asks(book)) == ([("ferritin", 2500, "ng/mL")], True, None)


@pytest.mark.parametrize("text", ["250", "no, it should be 250", "nope, 250 ng/ml"])
def test_doubtful_value_is_replaced_when_another_is_right(text: str) -> None:
    book = replied(heard("ferritin 2500"), text)
    assert (opened(book), book.open[0].sure) == ([("ferritin", 250, "ng/mL")], False)
    assert asks(book) == ("group", "ferritin")


def test_doubtful_value_that_is_replaced_by_another_is_asked_about_again() -> None:
    assert asks(replied(heard("ferritin 2500"), "3500")) == ("sure", "ferritin")


def test_doubtful_value_that_is_wrong_is_never_explained_as_it_was_typed() -> None:
    book = replied(heard("ferritin 2500, tsh 2.1"), "no")
    assert asks(book) in (None, ("number", "ferritin"))
    assert [each.lab for each in book.explained().told] == ["tsh"]


@pytest.mark.parametrize(
    ("text", "group"), [("woman", WOMAN), ("I'm a man", MAN), ("pregnant", PREGNANT), ("prefer not to say", UNSAID)]
)
def test_who_the_person_is_is_remembered_and_not_asked_again(text: str, group: str) -> None:
    book = replied(heard("ferritin 250, hb 12.5"), text)
    assert (book.group, asks(book)) == (group, None)
    later = book.explained().heard(lab_reader().read("tsat 48"))
    assert (later.group, asks(later)) == (group, None)
    assert later.person(NOBODY, later.open[0].value) == Person(None if group == UNSAID else group)


def test_answer_that_tells_nothing_of_the_person_is_not_asked_for_again() -> None:
    book = heard("ferritin 250")
    after = book.answered(asked(book), Answer(unknown=True), LABS)
    assert (after.group, asks(after)) == (UNSAID, None)


def test_value_of_a_child_is_not_graded_after_the_answer() -> None:
    book = replied(heard("ferritin 250"), "it's for my child")
    assert (book.group, asks(book)) == (CHILD, None)
    assert book.person(NOBODY, book.open[0].value) == Person(child=True)


# -- giving up


def test_unit_that_is_not_answered_is_given_up_and_the_value_explained_as_far_as_it_goes() -> None:
    book = heard("magnesium 0.85, ferritin 18").asked_once_more()
    after = book.given_up(asked(book))
    assert [(each.value.lab, each.unknown) for each in after.open] == [("magnesium", True), ("ferritin", False)]
    assert (asks(after), after.asked) == (None, 0)


def test_number_that_is_not_answered_is_given_up_with_its_value() -> None:
    book = heard("hb 135 g/dl, ferritin 18")
    assert opened(book.given_up(asked(book))) == [("ferritin", 18, "ng/mL")]


def test_doubt_that_is_not_answered_is_given_up_and_the_value_kept() -> None:
    book = heard("ferritin 2500, tsh 2.1")
    after = book.given_up(asked(book))
    assert (opened(after), asks(after)) == ([("ferritin", 2500, "ng/mL"), ("tsh", 2.1, "mIU/L")], None)


def test_who_the_person_is_is_given_up_for_good() -> None:
    book = heard("ferritin 250")
    after = book.given_up(asked(book))
    assert (after.group, asks(after), opened(after)) == (UNSAID, None, [("ferritin", 250, "ng/mL")])


# -- whose a value is


@pytest.mark.parametrize(
    ("owner", "known", "person"),
    [
        ("mum", NOBODY, Person(WOMAN)),
        ("grandma", NOBODY, Person(WOMAN)),
        ("dad", NOBODY, Person(MAN)),
        ("husband", Person(PREGNANT), Person(MAN)),
        ("friend", Person(PREGNANT, dialysis=True), NOBODY),
        ("baby", NOBODY, Person(child=True, maybe_child=True)),
        ("son", NOBODY, Person(maybe_child=True)),
        ("daughter", Person(child=True), Person(child=True, maybe_child=True)),
    ],
)
def test_value_of_somebody_else_is_judged_for_them(owner: str, known: Person, person: Person) -> None:
    assert Notebook(group=WOMAN).person(known, told("ferritin", 18, owner=owner)) == person


@pytest.mark.parametrize(
    ("group", "known", "person"),
    [
        (None, NOBODY, NOBODY),
        (WOMAN, NOBODY, Person(WOMAN)),
        (UNSAID, NOBODY, NOBODY),
        (WOMAN, Person(PREGNANT), Person(PREGNANT)),
        (UNSAID, Person(PREGNANT), Person(PREGNANT)),
        (CHILD, NOBODY, Person(child=True)),
        (MAN, Person(child=True, dialysis=True), Person(MAN, child=True, dialysis=True)),
    ],
)
def test_ones_own_value_is_judged_by_what_was_said(group: str | None, known: Person, person: Person) -> None:
    assert Notebook(group=group).person(known, told("ferritin", 18)) == person


def test_own_value_of_a_parent_is_not_that_of_the_child() -> None:
    assert Notebook().person(Person(child=True), told("ferritin", 18, mine=True)) == NOBODY


# -- as a slot

notebooks = st.builds(
    Notebook,
    told=st.lists(lab_values, max_size=4).map(tuple),
    open=st.lists(st.builds(Open, lab_values, st.booleans(), st.booleans()), max_size=4).map(tuple),
    group=st.sampled_from([None, WOMAN, MAN, PREGNANT, UNSAID, CHILD]),
    asked=st.integers(0, 3),
    last=st.lists(st.sampled_from(list(LABS)), max_size=3).map(tuple),
    others=st.lists(st.text(max_size=10), max_size=3).map(tuple),
    fresh=st.booleans(),
    held=st.booleans(),
    last_owner=st.none() | st.text(min_size=1, max_size=10),
)


@settings(deadline=None, max_examples=200)
@given(notebooks)
def test_notebook_comes_back_from_its_slot(book: Notebook) -> None:
    kept = book.as_dict()
    assert Notebook.from_dict(kept) == book
    assert Notebook.from_dict(json.loads(json.dumps(kept))) == book


@pytest.mark.parametrize("kept", [None, {}])
def test_empty_slot_is_an_empty_notebook(kept: dict[str, object] | None) -> None:
    assert Notebook.from_dict(kept) == Notebook()


def test_whole_conversation_goes_through_the_slot_unchanged() -> None:
    book = heard(
        "my ferritin is 250 (10-150), my mum's is 80, hb came down from 14 to 12.5, mg 0.85, vit d 30, b12 18 or 81"
    )
    while (question := book.question(LABS, NOBODY)) is not None:
        assert Notebook.from_dict(json.loads(json.dumps(book.as_dict()))) == book
        book = book.given_up(question)
    assert Notebook.from_dict(book.explained().as_dict()) == book.explained()


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_every_question_ends_sooner_or_later(data: st.DataObject) -> None:
    texts = [
        "mg 0.85",
        "hb 135 g/dl",
        "ferritin 2500",
        "ferritin 250",
        "b12 200",
        "tsat 48",
        "my mum's hb is 8.5",
        "tsh 90",
    ]
    book = Notebook()
    for text in data.draw(st.lists(st.sampled_from(texts), min_size=1, max_size=5)):
        book = book.heard(lab_reader().read(text))
    for _ in range(60):
        question = book.question(LABS, NOBODY)
        if question is None:
            break
        say = data.draw(st.sampled_from(["yes", "skip", "12", "a woman", "mmol/L", "give up"]))
        answer = None if say == "give up" else REPLIES.of(question, say)
        # An answer that does not help is given up in the end.
        book = book.answered(question, answer, LABS) if answer and data.draw(st.booleans()) else book.given_up(question)
    assert book.question(LABS, NOBODY) is None
    assert book.explained().open == ()


# -- answers in free words

SURE: Final = Question(Asks.SURE, "ferritin", told("ferritin", 2500))
NUMBER: Final = Question(Asks.NUMBER, "hemoglobin", told("hemoglobin", 135, "g/dL"))
GROUP: Final = Question(Asks.GROUP, "ferritin", told("ferritin", 250))


def unit_of(lab: str, value: float) -> Question:
    question = question_about(told(lab, value), LABS[lab], NOBODY, sure=False, group_asked=False)
    assert question is not None
    assert question.asks is Asks.UNIT
    return question


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "Yes.", "YES!", "yeah", "yep", "it is", "that is right", "correct", "right", "sure", "y", "ja"),
        *("yep thats right", "Yes, it's right", "yes it really is"),
    ],
)
def test_yes_is_understood(text: str) -> None:
    assert REPLIES.of(SURE, text) == Answer(yes=True)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No.",
        "nope",
        "nah",
        "wrong",
        "that is wrong",
        "not right",
        "n",
        "typo",
        "No, it isn't",
        "no, that's wrong",
    ],
)
def test_no_is_understood(text: str) -> None:
    assert REPLIES.of(SURE, text) == Answer(yes=False)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("250", 250, None),
        ("no, 250", 250, None),
        ("it should be 250 ng/ml", 250, "ng/mL"),
        ("two hundred and fifty", 250, None),
        ("yes 2500", 2500, None),
        ("٢٥٠", 250, None),
        ("1,250", 1250, None),
    ],
)
def test_number_is_understood_where_yes_or_no_was_asked(text: str, number: float, unit: str | None) -> None:
    assert REPLIES.of(SURE, text) == Answer(number, unit)


@pytest.mark.parametrize(
    ("lab", "value", "text", "unit"),
    [
        ("magnesium", 0.85, "mmol/L", "mmol/L"),
        ("magnesium", 0.85, "MMOL/L.", "mmol/L"),
        ("magnesium", 0.85, "mmol / l", "mmol/L"),
        ("magnesium", 0.85, "mmol", "mmol/L"),
        ("magnesium", 0.85, "mg per dl", "mg/dL"),
        ("magnesium", 0.85, "milligrams per decilitre", "mg/dL"),
        ("magnesium", 0.85, "mEq/L", "mEq/L"),
        ("vitamin_b12", 200, "pg/ml", "pg/mL"),
        ("vitamin_b12", 200, "ng/L", "pg/mL"),
        ("vitamin_b12", 200, "picomoles per litre", "pmol/L"),
        ("vitamin_b12", 200, "pmol", "pmol/L"),
        ("hemoglobin", 8.5, "g/dl", "g/dL"),
        ("hemoglobin", 8.5, "grams per decilitre", "g/dL"),
        ("hemoglobin", 8.5, "mmol/L", "mmol/L"),
    ],
)
def test_unit_is_understood(lab: str, value: float, text: str, unit: str) -> None:
    assert REPLIES.of(unit_of(lab, value), text) == Answer(unit=unit)


@pytest.mark.parametrize("lab", LABS)
def test_every_unit_is_understood_as_its_button_says_it(lab: str) -> None:
    for name in LABS[lab].units:
        if "/" in name:
            assert REPLIES.of(Question(Asks.UNIT, lab, LabValue(lab, 1)), name) == Answer(unit=name)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("13.5", 13.5, None),
        ("I meant 13.5", 13.5, None),
        ("135 g/L", 135, "g/L"),
        ("twelve", 12, None),
        ("g/L", None, "g/L"),
    ],
)
def test_number_is_understood(text: str, number: float | None, unit: str | None) -> None:
    assert REPLIES.of(NUMBER, text) == Answer(number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "i am 58 years old",
        "im 58",
        "i sleep 4 hours a night",
        "i take sertraline 50 mg and tried magnesium, it didnt help",
        "the dose is 75 mg",
        "2 tablets at 9 pm",
        "the doctor wants it above 12",
        "I have had it for 20 years",
        "my husband's is 50",
    ],
)
@pytest.mark.parametrize("question", [NUMBER, unit_of("hemoglobin", 11.2), SURE])
def test_number_of_something_else_is_no_value(question: Question, text: str) -> None:
    assert REPLIES.of(question, text) is None


@pytest.mark.parametrize("text", ["it says 12.1 on the shet", "sorry, 12.1 not 121", "12.1 is what the letter says"])
def test_number_may_stand_among_small_words(text: str) -> None:
    assert REPLIES.of(unit_of("hemoglobin", 11.2), text) == Answer(12.1)


@pytest.mark.parametrize("text", ["my husband says i kick all night", "my wife gives me iron", "i told him at work"])
def test_somebody_named_in_passing_tells_no_sex(text: str) -> None:
    assert REPLIES.of(GROUP, text) is None


@pytest.mark.parametrize("question", [NUMBER, unit_of("magnesium", 0.85), SURE])
@pytest.mark.parametrize(
    "text",
    [
        *("I don't know", "dont know", "not sure", "it doesn't say", "skip", "prefer not to say", "none"),
        *("can't see", "dunno", "idk", "I dont have it", "?"),
    ],
)
def test_not_knowing_is_understood(question: Question, text: str) -> None:
    assert REPLIES.of(question, text) == Answer(unknown=True)


def test_having_no_idea_is_understood() -> None:
    assert REPLIES.of(NUMBER, "no idea") == REPLIES.of(unit_of("magnesium", 0.85), "no idea") == Answer(unknown=True)


@pytest.mark.parametrize(
    ("group", "texts"),
    [
        (WOMAN, ["woman", "Woman.", "a woman", "I'm a woman", "i am a woman", "female", "F", "lady", "not pregnant"]),
        (WOMAN, ["i'm a 45 year old woman", "it's for my wife", "woman, 62"]),
        (MAN, ["man", "a man", "I'm a man", "im a bloke", "male", "M", "guy", "I am male", "a 70 year old man"]),
        (
            PREGNANT,
            ["pregnant", "I'm pregnant", "yes pregnant", "im 20 weeks pregnant", "a pregnant woman", "expecting"],
        ),
        (CHILD, ["my child", "it's for my son", "child", "a toddler"]),
        (
            UNSAID,
            ["prefer not to say", "I'd rather not say", "skip", "none of your business", "don't know", "not sure"],
        ),
    ],
)
def test_who_somebody_is_is_understood(group: str, texts: list[str]) -> None:
    assert {text: REPLIES.of(GROUP, text) for text in texts} == dict.fromkeys(texts, Answer(group=group))


@pytest.mark.parametrize("question", [SURE, NUMBER, GROUP, unit_of("magnesium", 0.85)])
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "...", "my legs hurt tonight", "how long does RLS last", "tell me about iron", "thanks"),
        *("what helps at night", "my legs jump and I cannot sleep and nothing that I try helps me any more", "👍"),
    ],
)
def test_other_text_is_no_answer(question: Question, text: str) -> None:
    assert REPLIES.of(question, text) is None


@pytest.mark.parametrize("question", [SURE, NUMBER, GROUP, unit_of("magnesium", 0.85)])
def test_long_message_is_no_answer(question: Question) -> None:
    text = "yes well, I am a woman and I do not know, but the nurse told me last month that 18 mmol/L is what it was"
    assert REPLIES.of(question, text) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [(GROUP, "yes"), (GROUP, "mmol/L"), (GROUP, "250"), (NUMBER, "yes"), (NUMBER, "a woman"), (SURE, "a woman")],
)
def test_answer_to_another_question_is_no_answer(question: Question, text: str) -> None:
    assert REPLIES.of(question, text) is None


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([SURE, NUMBER, GROUP, unit_of("magnesium", 0.85)]), st.text(max_size=300))
def test_any_text_may_come_as_an_answer(question: Question, text: str) -> None:
    answer = REPLIES.of(question, text)
    assert answer == REPLIES.of(question, text)
    if answer and answer.unit:
        assert answer.unit in LABS[question.lab].units
    if question.asks is Asks.GROUP and answer:
        assert answer.group in (WOMAN, MAN, PREGNANT, CHILD, UNSAID)


@pytest.mark.parametrize(
    ("owner", "group"),
    [("mum", WOMAN), ("sister", WOMAN), ("dad", MAN), ("husband", MAN), ("baby", CHILD), ("friend", None), ("", None)],
)
def test_word_for_somebody_tells_who_they_are(owner: str, group: str | None) -> None:
    assert REPLIES.group_of(owner) == group


# -- who somebody is, told in passing


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("48 tsat im a guy", MAN),
        ("ferritin 250, I'm a woman", WOMAN),
        ("hb 12.5, male here", MAN),
        ("58F, ferritin 250", WOMAN),
        ("ferritin 250", None),
        ("my mum's ferritin is 250", None),
    ],
)
def test_who_somebody_is_is_heard_in_passing(text: str, group: str | None) -> None:
    assert REPLIES.group_told(text) == group


def test_who_somebody_is_is_not_asked_after_it_was_told_in_passing() -> None:
    book = heard("ferritin 250")
    assert asks(book.knowing(None)) == ("group", "ferritin")
    assert asks(book.knowing(MAN)) is None
    assert book.knowing(MAN).knowing(None).group == MAN
