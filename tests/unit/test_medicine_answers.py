"""Answers about medicines, put together from their pieces."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stillnight.channels.message import Reply
from stillnight.clinical.medicines.check import Check, check
from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.clinical.medicines.register import register
from stillnight.content.catalogue import catalogue
from stillnight.content.safe_words import WARNING, dangerous_names
from stillnight.dialogue.medicine_answers import MedicineAnswers
from stillnight.paths import KNOWLEDGE

REGISTER = register()
ANSWERS = MedicineAnswers(catalogue(), REGISTER.regions)


def looked_up(text: str, country: str | None = None) -> Check:
    return check(REGISTER, medicine_finder().find(text, country))


def checked(text: str, circumstance: str | None = None, country: str | None = None) -> Reply:
    return ANSWERS.checked(looked_up(text, country), (), circumstance)


def stopping(text: str) -> Reply:
    return ANSWERS.stopping(looked_up(text))


def test_answer_says_effect_evidence_warning_and_what_to_ask_line_by_line() -> None:
    effect, warning, ask = checked("is zoloft bad").text.splitlines()
    assert effect.startswith(
        "Sertraline (Zoloft) can make restless legs worse in some people. This was seen in studies."
    )
    assert warning.startswith("Do not stop sertraline (Zoloft) suddenly: that can ")
    assert ask.startswith("Ask the prescriber whether an antidepressant that is gentler on the legs")


def test_medicines_with_one_effect_share_a_sentence() -> None:
    assert checked("loratadine and metformin").text.startswith("Loratadine and metformin are not known to")


@pytest.mark.parametrize("name", ["insulin", "cannabis", "metformin", "insulin glargine"])
def test_one_medicine_is_spoken_of_in_the_singular(name: str) -> None:
    assert checked(name).text.startswith(f"{name.capitalize()} is not known to")


def test_kind_is_spoken_of_in_the_plural() -> None:
    assert checked("statins").text.startswith("Statins for cholesterol are not known to")
    assert checked("insulin pen").text.startswith("Kinds of insulin are not known to")


def test_note_speaks_of_its_own_medicine() -> None:
    for line in checked("kratom and alprazolam").text.splitlines():
        if "It is a plant" in line:
            assert "alprazolam" not in line


def test_medicine_that_treats_is_not_called_a_cause() -> None:
    assert "I cannot tell what the cause is" not in checked("gabapentin").text
    assert "I cannot tell what the cause is" in checked("sertraline").text


@pytest.mark.parametrize(
    ("circumstance", "whom"), [("pregnancy", "midwife"), ("child", "child's doctor"), ("dialysis", "kidney team")]
)
def test_circumstance_changes_whom_to_ask(circumstance: str, whom: str) -> None:
    text = checked("sertraline and iron tablets", circumstance).text
    assert whom in text
    assert "bupropion" not in text
    assert "Do not stop sertraline suddenly" in text


def test_brand_that_differs_by_country_is_told_country_by_country() -> None:
    text = checked("is Benadryl ok").text
    assert "“Benadryl” is not the same everywhere" in text
    assert "In the United States, the Gulf countries and India it is diphenhydramine; it can make restless legs" in text
    assert "In the United Kingdom it is cetirizine or acrivastine; it is not known to" in text
    assert "not the same everywhere" not in checked("is Benadryl ok", country="US").text


@pytest.mark.parametrize("brand", ["Symbicort", "Combiflam", "Janumet", "Hyzaar"])
def test_brand_that_holds_two_medicines_is_not_said_to_be_one_or_the_other(brand: str) -> None:
    text = checked(brand).text
    assert "not the same everywhere" not in text
    assert " or " not in text.splitlines()[0]


@pytest.mark.parametrize(
    ("product", "line"),
    [
        ("Symbicort", "Symbicort holds budesonide and formoterol."),
        ("tylenol pm", "Tylenol PM holds diphenhydramine and paracetamol."),
        ("cocodamol", "Co-codamol holds codeine and paracetamol. Some kinds hold caffeine too."),
        ("zapain", "Zapain holds codeine and paracetamol."),
    ],
)
def test_product_of_several_medicines_says_plainly_what_it_holds(product: str, line: str) -> None:
    for reply in (checked(product), stopping(product)):
        assert reply.text.splitlines()[0].startswith(line)


def test_medicine_of_a_product_is_told_with_the_name_that_the_person_knows() -> None:
    text = checked("zapain").text
    assert "Codeine (in Zapain) can be used to treat restless legs." in text
    assert "Do not stop codeine (in Zapain) suddenly" in text


def test_product_whose_name_says_what_it_holds_is_not_named_again() -> None:
    assert "Do not stop oxycodone suddenly" in checked("oxycodone with naloxone").text


def test_medicine_in_two_products_is_told_once() -> None:
    effects = [line for line in checked("tylenol pm and advil pm").text.splitlines() if "restless legs worse" in line]
    assert sum(line.lower().count("diphenhydramine (in") for line in effects) == 1


def test_dangerous_pair_comes_first() -> None:
    for reply in (checked("oxycodone and diazepam"), stopping("oxycodone and diazepam")):
        first = reply.text.splitlines()[0]
        assert "oxycodone with diazepam" in first
        assert "slow your breathing" in first
        assert "emergency number" in first


def test_every_dangerous_pair_is_given_its_own_reason() -> None:
    found = looked_up("oxycodone, diazepam, lithium and ibuprofen")
    text = ANSWERS.checked(found).text
    assert len(found.together) == 2
    for each in found.together:
        assert each.pair.why in text
        assert each.pair.emergency in text


def test_pairs_with_one_danger_share_a_line() -> None:
    first, *rest = checked("oxycodone, methadone and diazepam").text.splitlines()
    assert first.startswith("Be careful: oxycodone with diazepam and methadone with diazepam.")
    assert not any(line.startswith("Be careful") for line in rest)


def test_pair_in_one_product_is_no_warning() -> None:
    assert "Be careful" not in checked("promethazine with codeine").text
    assert "Be careful: codeine with promethazine." in checked("codeine, and promethazine").text


def test_medicine_that_treats_keeps_its_caution_beside_another() -> None:
    lines = checked("pramipexole and metformin").text.splitlines()
    assert any(line.startswith("About pramipexole: It often helps at first") for line in lines)
    assert not any("B12" in line for line in lines)


def test_medicine_that_treats_keeps_a_word_of_caution_among_many() -> None:
    assert "Pramipexole can be used to treat restless legs, though not without risks." in (
        checked("pramipexole, loratadine and metformin").text.splitlines()
    )


def test_note_of_one_medicine_follows_on() -> None:
    reply = checked("metformin").text
    assert "B12" in reply
    assert "About " not in reply


MANY = "gabapentin, clonazepam, sertraline, propranolol, promethazine, lithium and prednisone"


@pytest.mark.parametrize("make", [checked, stopping])
def test_answer_about_many_medicines_is_one_short_message(make: Callable[[str], Reply]) -> None:
    reply = make(MANY)
    assert len(reply.text.split()) <= 190
    (warning,) = (line for line in reply.text.splitlines() if "lithium (extreme moods)" in line)
    assert "sudden" in warning
    assert all(f"{name}" in warning for name in ("gabapentin", "clonazepam", "sertraline", "propranolol", "prednisone"))


def test_answer_about_many_medicines_offers_to_tell_about_one() -> None:
    *some, last = checked(MANY).choices
    assert [choice.title for choice in some] == ["Sertraline", "Propranolol"]
    assert some[0].payload == '/medication_check{"medicine": "sertraline"}'
    assert last.payload == "/faq/doctor_questions"


def test_name_that_nobody_knows_is_told_so() -> None:
    text = "im on sertraline and zuntrapex 5 mg"
    found = check(REGISTER, medicine_finder().find(text), ["zuntrapex"])
    assert "I do not know “zuntrapex”." in ANSWERS.checked(found).text


def test_start_after_a_stop_is_for_the_prescriber() -> None:
    assert "do not start it again on your own" in ANSWERS.stopping(looked_up("requip"), "should i go back on it").text
    assert "start it again" not in stopping("requip").text


def test_what_was_told_before_makes_a_dangerous_pair_with_what_is_named_now() -> None:
    found = check(REGISTER, medicine_finder().find("a glass of wine"), (), medicine_finder().find("oxycodone"))
    assert len(found.together) == 1
    assert "oxycodone" not in " ".join(finding.key for finding in found.findings)
    assert ANSWERS.warning(found.together).text.startswith("Be careful: ")


def test_pair_that_was_told_before_is_not_told_again() -> None:
    before = medicine_finder().find("oxycodone and diazepam")
    assert check(REGISTER, medicine_finder().find("metformin"), (), before).together == ()


def test_answer_that_names_a_danger_in_passing_warns_too() -> None:
    for name in REGISTER.medicines:
        for text in (checked(name).text, stopping(name).text):
            assert WARNING.search(text) or not dangerous_names(KNOWLEDGE).search(text), name


def test_open_question_offers_its_medicines() -> None:
    reply = checked("prednisilone")
    assert "“prednisilone”" in reply.text
    assert [choice.title for choice in reply.choices] == ["Prednisolone", "Prednisone"]
    assert reply.choices[0].payload == '/medication_check{"medicine": "prednisolone"}'
    assert stopping("prednisilone").choices[0].payload == '/stop_medication{"medicine": "prednisolone"}'


def test_open_question_warns_when_whatever_it_is_must_not_be_stopped() -> None:
    for reply in (stopping("i stopped my clonazpam"), checked("clonazpam"), stopping("clonazpam and loratadine")):
        assert "Until that is clear, please do not stop it suddenly" in reply.text
    assert "Until that is clear" not in checked("cetrizin").text


def test_taken_off_is_said_first() -> None:
    text = ANSWERS.checked(looked_up("cetirizine"), ["sertraline", "zinc"]).text
    assert text.splitlines()[0] == "I took sertraline and zinc off the list."


def test_stopping_one_says_why_what_to_watch_and_when_to_call() -> None:
    known = REGISTER.medicines["clonazepam"].stopping
    assert known is not None
    text = stopping("i stopped clonazepam").text
    assert text.startswith("Please do not stop, skip or change clonazepam suddenly")
    for piece in (known.why, known.signs, known.emergency, "today", "emergency number"):
        assert piece in text


def test_stopping_several_says_why_for_each() -> None:
    lines = stopping("clonazepam, metoprolol and cetirizine").text.splitlines()
    assert lines[0].startswith("Please do not stop, skip or change these suddenly")
    assert any(line.startswith("Clonazepam: a sudden stop can") for line in lines)
    assert any(line.startswith("Metoprolol: a sudden stop can") for line in lines)
    assert any("emergency number" in line for line in lines)
    assert "cetirizine" in lines[-1]
    assert "ask about cetirizine too" in lines[-1]


def test_stopping_what_is_not_dangerous_still_says_to_ask_first() -> None:
    text = stopping("cetirizine").text
    assert text.startswith(
        "Please ask your prescriber or pharmacist today, before you stop, skip or change cetirizine."
    )


def test_stopping_a_product_counts_its_most_dangerous_part() -> None:
    text = stopping("sinemet").text
    assert "Please do not stop, skip or change levodopa (in Sinemet) suddenly" in text
    assert "not on my list of dangers" not in text
    assert "stop, skip or change Tylenol PM." in stopping("tylenol pm").text


def test_stopping_a_brand_of_several_medicines_names_the_brand() -> None:
    assert "stop, skip or change Benadryl." in stopping("benadryl").text


def test_told_medicines_are_read_back_with_a_way_to_correct_them() -> None:
    assert (
        "sertraline and zinc. If one is wrong, write for example “not zinc”"
        in ANSWERS.told(["sertraline", "zinc"]).text
    )
    assert "about zinc." in ANSWERS.told(["zinc"]).text
    assert "not told me" in ANSWERS.told([]).text


def times(name: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE))


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.lists(st.sampled_from(sorted(REGISTER.medicines)), min_size=3, max_size=9, unique=True))
def test_answer_about_many_medicines_lists_each_once(names: list[str]) -> None:
    assume(not any(name != other and times(name, other) for name in names for other in names))
    found = check(REGISTER, [Mention(name, 0, 1, (name,), name) for name in names])
    lines = ANSWERS.checked(found).text.splitlines()
    effects = " ".join(
        line
        for line in lines
        if not line.startswith("About ")
        and re.search(r"(restless legs( worse|\.|,)|or may not)", line.partition(". ")[0])
    )
    warnings = " ".join(line for line in lines if line.startswith("Do not stop "))
    for name in names:
        assert times(name, effects) == 1, name
        assert times(name, warnings) <= 1 + times(name, " ".join(f.stopping.why for f in found.findings if f.stopping))


def test_medicine_of_somebody_else_is_not_for_sharing() -> None:
    asked = "is it ok to take my moms requip"
    assert (
        "never take a medicine that was prescribed for somebody else"
        in ANSWERS.checked(looked_up(asked), asked=asked).text
    )
    assert "never take a medicine" not in checked("requip").text


def test_question_about_two_without_a_known_danger_says_how_little_is_known() -> None:
    asked = "can i take metformin with loratadine"
    assert "I know only some pairs" in ANSWERS.checked(looked_up(asked), asked=asked).text
    dangerous = "can i take oxycodone with diazepam"
    assert "I know only some pairs" not in ANSWERS.checked(looked_up(dangerous), asked=dangerous).text


def test_pairs_of_one_danger_share_one_warning_and_one_advice() -> None:
    text = checked("gabapentin, oxycodone, beer and diazepam").text
    assert text.count("blue or grey") == 1
    assert text.count("today about taking them together") == 1


@pytest.mark.parametrize(
    "pair",
    ["sildenafil with nitroglycerin", "warfarin and ibuprofen", "methadone and citalopram", "5-htp with sertraline"],
)
def test_known_bad_pairs_are_warned_of(pair: str) -> None:
    assert checked(pair).text.startswith("Be careful: ")
