"""Changing the page in the chat: what is meant by “take the sertraline out”, and what stands on it afterwards."""

from __future__ import annotations

import pytest

from stillnight.clinical.visit_summary.additions import addition
from stillnight.clinical.visit_summary.changes import targets
from stillnight.clinical.visit_summary.commands import is_showing, names_somebody, without_names
from stillnight.clinical.visit_summary.corrections import replacements
from stillnight.clinical.visit_summary.model import AMOUNT, Edits, Removed, Section, Summary, Use
from stillnight.clinical.visit_summary.removals import Removal, removal
from tests.visit_summary.conversations import page, words_on

TALK = [
    ("My legs crawl when I lie down", "diagnosis_request"),
    ("I drink three coffees a day", "faq"),
    ("I take sertraline 50 mg", "medication_check"),
    ("I take metformin", "medication_check"),
    ("Ferritin 23 ng/mL and tsat 12%", "lab_report"),
    ("I tried magnesium", "faq"),
    ("should I have an iron infusion?", "medication_check"),
]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("take the sertraline out", "the sertraline"),
        ("Please take my sertraline off the list", "my sertraline"),
        ("can you leave out the ferritin?", "the ferritin"),
        ("remove the second question", "the second question"),
        ("delete the line about coffee please", "the line about coffee"),
        ("don't mention the gambling", "the gambling"),
        ("scrap question 2", "question 2"),
    ],
)
def test_it_is_heard_that_something_is_to_go(text: str, target: str) -> None:
    assert removal(text) == Removal(target)


@pytest.mark.parametrize(
    "text",
    [
        "I take sertraline",
        "take iron",
        "I take out the bins and my legs hurt",
        "I left work early",
        "should I leave out the wine?",
        "I cut out coffee",
        "it takes me hours to fall asleep",
        "",
    ],
)
def test_telling_is_no_command(text: str) -> None:
    assert removal(text) is None and addition(text) is None


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("add that I tried magnesium", "I tried magnesium"),
        ("Please add: I snore", "I snore"),
        ("can you put in that I snore?", "I snore"),
        ("also add I wake at 3", "I wake at 3"),
        ("add a question: should I get an infusion", "should I get an infusion?"),
        ("write down that my arms ache", "my arms ache"),
        ("Add: who do I call if I get worse between visits?", "who do I call if I get worse between visits?"),
        ("make a page for my doctor, and put that I snore", "I snore"),
        ("put that in the note", None),
    ],
)
def test_it_is_heard_what_is_to_be_added(text: str, added: str | None) -> None:
    assert addition(text) == added


@pytest.mark.parametrize(
    "text",
    [
        "Remove the question about infusion. No wait, keep it, but put it last",
        "take the sertraline out, no, leave it in",
        "delete the tea line. never mind",
    ],
)
def test_a_removal_is_taken_back_in_the_same_message(text: str) -> None:
    out = removal(text)
    assert out is not None and out.withdrawn and out.end == len(text)


@pytest.mark.parametrize("text", ["leave it out", "remove the tea and keep it short", "delete the iron"])
def test_other_removals_stand(text: str) -> None:
    out = removal(text)
    assert out is not None and not out.withdrawn


def test_one_message_adds_and_removes() -> None:
    text = "Add that I vomit less now, and remove anything about my friend's pills please"
    out = removal(text)
    assert addition(text) == "I vomit less now"
    assert out is not None and out.target == "anything about my friends pills"


@pytest.mark.parametrize(
    "text",
    ["Lovely. Final version please", "the final one", "print it", "Show me the note so far", "show the page again"],
)
def test_it_is_heard_that_the_page_is_wanted(text: str) -> None:
    assert is_showing(text)


@pytest.mark.parametrize("text", ["show me exercises", "is this the final stage", "print", "see you", "one page"])
def test_other_things_are_wanted(text: str) -> None:
    assert not is_showing(text)


def test_names_are_left_out_and_the_rest_is_kept() -> None:
    text = "Please make a summary for the paediatrician, put that his name is Oscar and that it runs in the family"
    assert names_somebody(text) and without_names(str(addition(text))) == "it runs in the family"
    assert not names_somebody("I am called in at night and my name is not on the sheet")


@pytest.mark.parametrize(
    ("text", "swap"),
    [
        ("it's 12 years, not 10", ("10", "12")),
        ("ferritin was 32 not 23", ("23", "32")),
        ("change sertraline to citalopram", ("sertraline", "citalopram")),
        ("I am not sure", None),
        ("no", None),
    ],
)
def test_it_is_heard_what_is_to_be_put_right(text: str, swap: tuple[str, str] | None) -> None:
    assert [each.forms[0] for each in replacements(text)] == ([swap] if swap else [])


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("the sertraline", {"medicine sertraline"}),
        ("zoloft", {"medicine sertraline"}),
        ("the ferritin", {"lab ferritin 23"}),
        ("the first question", {"question medicine iron into a vein"}),
        ("question 7", set()),
        ("the medicines", {"medicine sertraline", "medicine metformin"}),
        ("the line about my coffee", {"quote 2:0"}),
        ("the lie about unicorns", set()),
    ],
)
def test_what_is_meant_is_found(target: str, keys: set[str]) -> None:
    summary = page(TALK)
    questions = tuple(line.key for line in summary.of(Section.QUESTIONS))
    assert set(targets(Removal(target), summary, questions)) == keys


def text_of(*messages: tuple[str, str]) -> str:
    return words_on(page(list(messages)).lines)


def test_a_number_that_was_put_right_stands_in_the_words() -> None:
    text = text_of(("I have had this for 10 years", "faq"), ("sorry, 12 years not 10", "correction"))
    assert "I have had this for 12 years" in text and "10" not in text


def test_a_medicine_that_was_put_right_takes_the_place_of_the_other() -> None:
    summary = page([("I take sertraline 50 mg", "medication_check"), ("change sertraline to citalopram", "correction")])
    assert [line.name for line in summary.of(Section.MEDICINES)] == ["citalopram"]
    assert "sertraline" not in words_on(summary.lines)


def test_a_medicine_that_is_taken_one_thinks_is_on_the_list() -> None:
    summary = page([("I take amlodipine, omeprazole and a water tablet, furosemide I think", "medication_check")])
    assert "furosemide" in [line.name for line in summary.of(Section.MEDICINES)]


def test_what_one_wants_to_talk_about_is_asked_and_not_taken() -> None:
    summary = page([("my legs crawl", "faq"), ("add that I want to talk about pregabalin", "visit_summary")])
    assert not summary.of(Section.MEDICINES)
    assert [line.quote for line in summary.of(Section.QUESTIONS) if line.quote] == ["pregabalin?"]


def test_a_medicine_beside_a_lab_value_is_taken() -> None:
    summary = page([("Metformin 1000 twice a day, and gliclazide. B12 148 pg/mL", "lab_report")])
    assert [line.name for line in summary.of(Section.MEDICINES)] == ["metformin", "gliclazide"]


def test_three_letters_name_a_line() -> None:
    summary = page([("I'm HIV positive, my legs crawl", "faq")])
    assert targets(Removal("the hiv"), summary, ()) == tuple(line.key for line in summary.lines if "HIV" in line.quote)


def test_nothing_is_asked_of_a_mere_it() -> None:
    assert not page([("my legs crawl. I'd like to ask about it", "faq")]).of(Section.QUESTIONS)


def test_a_value_that_was_put_right_keeps_its_day() -> None:
    summary = page([("My ferritin was 23 ng/mL in March", "lab_report"), ("ferritin was 32 not 23", "lab_report")])
    [line] = summary.of(Section.LABS)
    assert line.value is not None and (line.value.value, line.when, line.sources) == (32, "March", (1, 2))


def test_what_was_added_of_a_relative_stands_on_the_page() -> None:
    told = [("my legs crawl at night", "faq"), ("add: mother and aunt both have it", "visit_summary")]
    assert "mother and aunt both have it" in words_on(page(told).lines)
    told = [("my ferritin is 20", "lab_report"), ("my husband's ferritin is 80", "lab_report")]
    told.append(("add that my husband kicks", "visit_summary"))
    assert "husband kicks" not in words_on(page(told).lines)


def test_two_answers_that_differ_both_stand_and_are_marked() -> None:
    summary = page([("it comes every night", "faq"), ("it comes once a week", "faq")])
    assert [line.differs for line in summary.of(Section.SYMPTOMS)] == [True, True]


def test_what_is_put_right_in_so_many_words_counts() -> None:
    summary = page([("it comes every night", "faq"), ("sorry, it comes once a week", "correction")])
    [line] = summary.of(Section.SYMPTOMS)
    assert "once a week" in (line.quote + line.later) and not line.differs


def owners(summary: Summary) -> tuple[str, tuple[str, ...]]:
    return summary.owner, summary.others


def test_of_two_people_the_page_is_the_persons_own() -> None:
    summary = page(
        [
            ("mum's ferritin is 12 ng/mL but mine is 40 ng/mL", "lab_report"),
            ("she takes ropinirole", "medication_check"),
        ]
    )
    assert owners(summary) == ("", ("mum",))
    assert [line.value.value for line in summary.of(Section.LABS) if line.value] == [40]
    assert not summary.of(Section.MEDICINES)


def test_a_parent_gets_the_page_of_the_child() -> None:
    talk = [
        ("my son is 9 and his ferritin is 14 ng/mL", "lab_report"),
        ("his legs hurt in the evening", "faq"),
        ("we tried warm baths, no help", "faq"),
        ("I am worried about him", "faq"),
    ]
    summary = page(talk)
    assert summary.owner == "son"
    assert {"his legs hurt in the evening", "we tried warm baths, no help", "I am worried about him"} <= {
        line.quote for line in summary.lines
    }


def test_relatives_with_the_same_are_a_fact_of_the_person() -> None:
    assert "My mother has restless legs too" in text_of(("My mother has restless legs too", "faq"))


@pytest.mark.parametrize("text", ["I am 30 weeks pregnant", "I am on dialysis since 2020", "I'm 67 and diabetic"])
def test_who_somebody_is_stands_in_front(text: str) -> None:
    assert [line.quote for line in page([(text, "faq")]).of(Section.ABOUT)] == [text]


def test_a_stopped_medicine_is_told_as_stopped() -> None:
    summary = page([("I take mirtazapine", "medication_check"), ("I stopped mirtazapine in June", "stop_medication")])
    [line] = summary.of(Section.MEDICINES)
    assert (line.use, line.quote) == (Use.STOPPED, "I stopped mirtazapine in June")


def test_a_medicine_that_is_denied_is_gone() -> None:
    summary = page([("I take sertraline", "medication_check"), ("sorry, I don't take sertraline", "medication_check")])
    assert not summary.of(Section.MEDICINES)


GAMBLED = ("I've lost £11,000 on slots since Christmas", "faq")


def test_an_amount_of_money_is_left_out_of_the_words() -> None:
    summary = page([GAMBLED])
    assert targets(Removal("the amount"), summary, ()) == (AMOUNT,)
    [line] = page([GAMBLED], Edits((Removed(AMOUNT, 1),))).lines
    assert line.quote == "I've lost … on slots since Christmas"


@pytest.mark.parametrize(
    ("text", "medicines"),
    [
        ("a friend gave me some of her ropinirole, can I try it", []),
        ("my sister says I should take magnesium tablets", []),
        ("my mum gave me gabapentin, I take it every night", ["gabapentin"]),
        ("a friend gave me some of her ropinirole and I took it", ["ropinirole"]),
        ("my doctor gave me pramipexole", ["pramipexole"]),
        ("Omeprazole and iron: is there a link?", []),
    ],
)
def test_what_is_only_offered_is_no_medicine_of_theirs(text: str, medicines: list[str]) -> None:
    assert [line.name for line in page([(text, "medication_check")]).of(Section.MEDICINES)] == medicines


@pytest.mark.parametrize("text", ["The heat in Lagos makes it worse, true or my mind?", "Coffee makes it worse"])
def test_what_makes_it_worse_is_noticed_and_not_tried(text: str) -> None:
    assert [line.section for line in page([(text, "faq")]).lines] == [Section.SYMPTOMS]


def test_what_somebody_wants_to_ask_is_a_question() -> None:
    assert [(line.section, line.quote) for line in page([("Third, I want to ask about a drip", "faq")]).lines] == [
        (Section.QUESTIONS, "a drip?")
    ]


def test_a_test_that_was_not_done_goes_once_its_value_is_told() -> None:
    told = ("Ferritin they have not done", "faq")
    assert text_of(told) and "not done" not in text_of(told, ("my ferritin is 11 ng/mL", "lab_report"))


SON = [
    ("My son is 7 and he cries about ants in his legs. Can a child that young have it?", "faq"),
    ("They took blood: ferritin 22 ng/mL", "lab_report"),
    ("My sister says give him half an iron tablet", "dose_request"),
    ("his dad has restless legs", "faq"),
]


def test_what_was_told_of_the_one_child_is_on_the_page_and_no_hint_contradicts_it() -> None:
    summary = page(SON)
    assert owners(summary) == ("son", ())
    text = words_on(summary.lines)
    assert "My son is 7" in text and "22" in text and "his dad has restless legs" in text
    assert not summary.of(Section.MEDICINES)


def test_two_children_are_not_taken_for_one() -> None:
    told = [("My son is 7 and his legs hurt", "faq"), ("my daughter's ferritin is 9 ng/mL", "lab_report")]
    summary = page([*told, ("the child's legs crawl", "faq")])
    assert {summary.owner, *summary.others} >= {"son", "daughter"}


def test_who_told_nothing_medical_is_not_named_as_left_out() -> None:
    assert page([("my legs crawl at night", "faq"), ("my wife doesn't know", "faq")]).others == ()
