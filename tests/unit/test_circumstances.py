"""Pregnancy, a child, dialysis."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.circumstances import circumstances

READ = circumstances()
SAYS = {
    "pregnancy": """
        im pregnant | I'm 20 weeks pregnant | 28 weeks gone | im expecting | my wife is pregnant | My pregnant wife
        im pregnat | im breastfeeding | I am breast feeding | i'm nursing | 5 months pregnant and legs
        third trimester | my midwife said | my bump | Just found out I'm pregnant | im with child | i think im pregnant
        my due date is in march | my sister is 7 months pregnant | i am 36+4 weeks pregnant | pregnant with twins
        im preggers | she's pregnant | we're expecting a baby | ive got rls since my pregnancy started
        me is pregnant 6 month | I'm three months along | I might be pregnant | my unborn baby | 23wks pregnant""",
    "child": """
        my son is 6 | my son, 6 | my daughter is 9 and her legs jump | my 7 year old | he is 9 | she's 11 | im 16
        i am 14 and my legs hurt | my little boy kicks | my toddler | for my child | its about my kid | my 5 yo
        7 yr old daughter | 18 months old | 6-year-old | my 8yo | my grandson is 5 | aged 12 | my 12 y/o
        my teenager | my niece who is 4 | our twins cant sleep | my son who is 10 | 17 years old | my child has rls
        im 15 years old | my lad is 13 | can my 10 year old take iron | my son just turned 5 | she is only 3
        drops or tablets for a 4 year old with low ferritin | my 9 month old | girl, 12, legs jumping""",
    "dialysis": """
        im on dialysis | I am on dialysis three times a week | my dad is on dialysis | i have dialysis on mondays
        dialysis patient | on home dialysis | im on dialisis | during dialysis my legs jump | im dialysed
        hemodialysis three times a week | after dialysis my legs are mad | my dialysis nurse
        dialysis days are worst | im on dialysis and take gabapentin""",
}
TAKEN_BACK = {
    "pregnancy": """
        im not pregnant | I'm not pregnant any more | i gave birth last week | had the baby in may | lost the baby
        im no longer pregnant | actually not pregnant | i stopped breastfeeding | she isnt pregnant
        the baby was born | I am not expecting | baby came in march""",
    "child": """
        im an adult | its for me | i am 45 | no, its for me not my son | my son is 25 | he is an adult
        i am not a child | he's 30 | not my child | it is about me | the question is for me | i am 67 years old
        hes grown up | my daughter is 22 | im asking for myself""",
    "dialysis": """
        im not on dialysis | i dont have dialysis | no dialysis | not on dialysis anymore | i stopped dialysis
        i came off dialysis after transplant | I am no longer on dialysis | off dialysis now | i dont need dialysis""",
}


def split(lines: str) -> list[str]:
    return [line for row in lines.strip().splitlines() for line in row.strip().split(" | ")]


@pytest.mark.parametrize(("name", "line"), [(name, line) for name in SAYS for line in split(SAYS[name])])
def test_circumstance_is_noticed(name: str, line: str) -> None:
    assert READ.after((), line) == (name,)


@pytest.mark.parametrize(("name", "line"), [(name, line) for name in TAKEN_BACK for line in split(TAKEN_BACK[name])])
def test_circumstance_is_taken_back(name: str, line: str) -> None:
    assert READ.after((name,), line) == ()


def test_correction_leaves_the_others() -> None:
    assert READ.after(("child", "pregnancy", "dialysis"), "im not pregnant") == ("child", "dialysis")
    assert READ.after((), "not pregnant but on dialysis") == ("dialysis",)


def test_circumstance_is_remembered_and_the_weightiest_comes_first() -> None:
    known = READ.after((), "im on dialysis")
    known = READ.after(known, "thanks")
    known = READ.after(known, "im pregnant")
    assert known == ("pregnancy", "dialysis")
    assert READ.after(known, "my son is 6") == ("child", "pregnancy", "dialysis")


def test_young_mother_is_both() -> None:
    assert READ.after((), "im 17 and pregnant") == ("child", "pregnancy")


def test_child_beside_an_adult_counts() -> None:
    assert READ.after((), "im 30 and my son is 6") == ("child",)


def test_nursing_mother_is_not_answered_as_a_child() -> None:
    assert READ.after((), "im breastfeeding my baby")[0] == "pregnancy"


@pytest.mark.parametrize(
    "line",
    split(
        """
        is rls common in pregnancy | can pregnant women take gabapentin | does pregnancy cause restless legs
        do children get rls | can kids have it | is it safe for children | what iron tests in pregnancy
        is ropinirole ok when breastfeeding | in pregnancy, what helps | is RLS common on dialysis
        does dialysis cause restless legs | what happens to people on dialysis
        is it genetic, will my kids get it"""
    ),
)
def test_general_question_does_not_count(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line",
    split(
        """
        i was pregnant last year | i had rls when i was pregnant | when my mother was pregnant | since i was 12
        i was a child when it began | started when i was a child | rls since childhood
        my mother had it in her pregnancy | i got rls from my mum when i was 10 | im trying to get pregnant
        want to get pregnant"""
    ),
)
def test_other_times_do_not_count(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line",
    split(
        """
        i am 45 | i am 67 years old | my son is 25 | my daughter is 30 | my dad is 80 | he is 50 | she's 72
        my son in law | my son is a doctor | my grown up daughter | my brother, 62 | im 18"""
    ),
)
def test_adult_is_no_child(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line",
    split(
        """
        my ferritin is 9 | ferritin 16 | i sleep 6 hours | 9 pm | 20 weeks ago | i take 2 tablets | im on 300 mg
        i am 12 weeks into treatment | im 10 days in | im 3 weeks off ropinirole | had it for 10 years
        she is 5 minutes away | i am 5 days without sleep | im 10 months into treatment
        i am 10 kilos overweight | I am 99% sure | his score is 15 | i'm 15 kg lighter | i have kids
        i have 2 kids | baby aspirin | aged care | im 5'2 | im 12 and a half stone | he's 6ft 2
        my daughter is 4 stone | i am 16 years sober | im 8 out of 10 | my sister is 12 years my senior
        he is 1.80 m | hes on 16 mg | my son takes 5 mg | my daughter at 9 pm | my boy, 20 tablets
        at the age of 12 | i was 12 years old | my brother got it at 9 | when i was just 12 years old
        my son was 6 then | my 12 year old dog | a 10 year old mattress | a 15 year old injury | im 8 months out
        she has four | are these 4 year old tablets still good | im seven weeks in"""
    ),
)
def test_other_numbers_are_no_age(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line",
    split(
        """
        i am 16 stone | im 5 foot 2 | im 6 feet tall | My son is 6 ft tall | im 15 years into this
        my brother is 17 years older than me | she is 10 years younger than me | I am 3 nights without sleep
        my ferritin at age 12 was low"""
    ),
)
def test_height_weight_and_spans_are_no_age(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line", split("my kids are grown up | it keeps my husband and my kids awake | my baby monitor wakes me")
)
def test_children_in_passing_do_not_count(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line",
    split(
        """
        my seven year old | my eight-year-old | for my daughter, she is seven | my son (8) | a boy of 8
        my little girl's ferritin is 20"""
    ),
)
def test_child_is_noticed_however_the_age_is_written(line: str) -> None:
    assert READ.after((), line) == ("child",)


@pytest.mark.parametrize(
    "line",
    split(
        """
        do people on dialysis get rls | is gabapentin safe on dialysis | do i need dialysis
        i may need dialysis soon | i was on dialysis before my transplant | im a dialysis nurse
        will my kidneys need dialysis | i was pregnant twice | in my last pregnancy i had rls
        my gran had it when pregnant | if i get pregnant | is it ok to get pregnant | my cat is pregnant
        im expecting a call | im a nursing student | my doctor asked if im pregnant | could my child get it
        i hope my kids dont get it | did i give it to my kids | my toddler wakes me | my kids are at uni
        i snap at my kids | i live with my kids | my baby was born in may"""
    ),
)
def test_questions_wishes_and_the_past_do_not_count(line: str) -> None:
    assert READ.after((), line) == ()


@pytest.mark.parametrize(
    "line", split("my mum is 80 | my mum is 80 years old | my husband is 50 years old | it was 30 years ago")
)
def test_age_of_somebody_older_takes_no_child_back(line: str) -> None:
    assert READ.after(("child",), line) == ("child",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("my six-month-old", "child"),
        ("my daughter - she's 11", "child"),
        ("my son's 8", "child"),
        ("im 12 and a half", "child"),
        ("my 8 y.o.", "child"),
        ("my kids are 5 and 8", "child"),
        ("my kids have rls too", "child"),
        ("can i take pramipexole while pregnant", "pregnancy"),
        ("i was tired and now im pregnant", "pregnancy"),
        ("is gabapentin safe for me, im pregnant", "pregnancy"),
        ("ive been on dialysis for 2 years", "dialysis"),
        ("what can i take on dialysis", "dialysis"),
    ],
)
def test_circumstance_is_noticed_among_other_words(line: str, name: str) -> None:
    assert READ.after((), line) == (name,)


@pytest.mark.parametrize("line", ["", " ", "…", "my legs jump at night", "what is ferritin"])
def test_other_message_leaves_what_is_known(line: str) -> None:
    assert READ.after((), line) == ()
    assert READ.after(("dialysis", "pregnancy"), line) == ("pregnancy", "dialysis")


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.lists(st.sampled_from(["child", "pregnancy", "dialysis"]), unique=True), st.text(max_size=80))
def test_any_text_leaves_circumstances_that_we_know_in_order(known: list[str], text: str) -> None:
    after = READ.after(known, text)
    assert list(after) == [name for name in ("child", "pregnancy", "dialysis") if name in after]
    assert READ.after(after, text) == after


@pytest.mark.parametrize(
    ("text", "grown"),
    [
        ("shes 84 legs jumping in bed every nite", True),
        ("im 67 and my legs are awful", True),
        ("im 45 and my son kicks at night", False),
        ("im 12 and my legs crawl", False),
        ("my legs are awful", False),
        ("since i was 8, now 40", False),
    ],
)
def test_somebody_is_grown_up_who_says_so_and_speaks_of_no_child(text: str, grown: bool) -> None:
    assert circumstances().is_grown(text) is grown
