"""What people answer in their own words, and what it is taken for."""

from __future__ import annotations

import pytest

from stillnight.clinical.symptom_check.model import Command, Question, Whose
from stillnight.clinical.symptom_check.reader import symptom_reader

URGE, REST, MOVEMENT, EVENING, OTHER, OFTEN, EFFECT, BACKGROUND = Question
OFFERED = ("cramps", "nerves", "veins", "joints")


def answer(text: str, question: Question) -> tuple[str, ...] | None:
    """What the text says to the open question; an empty answer is “not sure”, None is not understood."""
    return symptom_reader().read(text, question).answers.get(question)


# -- the open question


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (URGE, "yes", "felt"),
        (URGE, "YES!!", "felt"),
        (URGE, "yeah i guess", "felt"),
        (URGE, "no", "absent"),
        (URGE, "not really", "absent"),
        (URGE, "nope never", "absent"),
        (URGE, "both", "felt"),
        (URGE, "sometimes", "felt"),
        (URGE, "its like ants in my bones", "felt"),
        (URGE, "i cant keep my legs still", "felt"),
        (URGE, "i have to get up and walk", "felt"),
        (URGE, "there is no urge to move", "absent"),
        (URGE, "just pain, no urge", "absent"),
        (REST, "only when i sit in the evening, like clockwork", "at_rest"),
        (REST, "yep always", "at_rest"),
        (REST, "when i lie down", "at_rest"),
        (REST, "on the sofa mostly", "at_rest"),
        (REST, "no, only when im walking", "not_at_rest"),
        (REST, "not when i sit", "not_at_rest"),
        (URGE, "twitchy, but no I don't feel I need to move them. they move on their own", "absent"),
        (URGE, "I don't know why but I have to move them", "felt"),
        (MOVEMENT, "it stops while I'm walking about, comes back once I sit", "eased"),
        (MOVEMENT, "gone while walking, back as soon as I stop", "eased"),
        (MOVEMENT, "doesn't matter if I move or not", "not_eased"),
        (EVENING, "its when I go to bed so morning on work days, and about 10pm on days off", "worse"),
        (EVENING, "after a night shift, when I lie down in the morning", "worse"),
        (EVENING, "in the morning when I wake up", "not_worse"),
        (MOVEMENT, "a bit", "partly"),
        (MOVEMENT, "walking helps a bit", "partly"),
        (MOVEMENT, "it goes when i walk but comes straight back", "partly"),
        (MOVEMENT, "as long as i keep going", "eased"),
        (MOVEMENT, "walking sorts it, its gone when i walk", "eased"),
        (MOVEMENT, "nothing helps", "not_eased"),
        (MOVEMENT, "doesnt help to walk", "not_eased"),
        (MOVEMENT, "walking makes it worse", "not_eased"),
        (EVENING, "only when i sit in the evening, like clockwork", "only"),
        (EVENING, "yes but also in the day", "worse"),
        (EVENING, "in the day too but worse at night", "worse"),
        (EVENING, "mostly evenings", "worse"),
        (EVENING, "both", "worse"),
        (EVENING, "all day the same", "not_worse"),
        (EVENING, "no, more in the morning", "not_worse"),
        (OFTEN, "every single night", "often"),
        (OFTEN, "like clockwork", "often"),
        (OFTEN, "3 or 4 nights a week", "often"),
        (OFTEN, "5 out of 7", "often"),
        (OFTEN, "once or twice a week", "weekly"),
        (OFTEN, "2x a week", "weekly"),
        (OFTEN, "a couple of nights a week", "weekly"),
        (OFTEN, "a few times a week", "often"),
        (OFTEN, "a few times a month", "seldom"),
        (REST, "i cant sit still at dinner", "at_rest"),
        (OFTEN, "twice a month", "seldom"),
        (OFTEN, "hardly ever", "seldom"),
        (EFFECT, "im exhausted", "a_lot"),
        (EFFECT, "takes me hours to fall asleep", "a_lot"),
        (EFFECT, "it ruins my sleep", "a_lot"),
        (EFFECT, "a bit", "a_little"),
        (EFFECT, "not too bad", "a_little"),
        (EFFECT, "i sleep fine", "not_at_all"),
        (EFFECT, "not really", "not_at_all"),
    ],
)
def test_answer_in_own_words(question: Question, text: str, expected: str) -> None:
    assert answer(text, question) == (expected,)


@pytest.mark.parametrize("question", list(Question))
@pytest.mark.parametrize(
    "text", ["dunno", "not sure", "hmm not sure", "no idea mate", "i dont know", "maybe", "hard to say"]
)
def test_not_sure_is_an_answer(question: Question, text: str) -> None:
    assert answer(text, question) == ()


@pytest.mark.parametrize("question", list(Question))
@pytest.mark.parametrize("text", ["banana", "my dog is called rex", "asdfgh", "🙂", "", "ok"])
def test_what_says_nothing_is_not_understood(question: Question, text: str) -> None:
    assert not symptom_reader().read(text, question).tells


@pytest.mark.parametrize("text", ["yes", "yeah"])
def test_bare_yes_is_no_answer_where_it_says_too_little(text: str) -> None:
    for question in (OTHER, OFTEN, EFFECT, BACKGROUND):
        assert answer(text, question) is None


@pytest.mark.parametrize(
    ("question", "text"), [(OFTEN, "every night"), (OFTEN, "all the time"), (EFFECT, "knackered every day")]
)
def test_how_often_says_nothing_of_the_evening(question: Question, text: str) -> None:
    assert set(symptom_reader().read(text, question).answers) == {question}


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (URGE, "i wouldnt call it an urge", ("absent",)),
        (REST, "not when sitting, only lying", ("at_rest",)),
        (REST, "its there all the time", None),
        (EVENING, "mornings are fine", ("only",)),
        (EVENING, "used to be nights now days too", ("worse",)),
        (EVENING, "all day but murder at night", ("worse",)),
        (EVENING, "afternoons and evenings", ("worse",)),
        (OFTEN, "not every night", ("weekly",)),
        (BACKGROUND, "my kidneys are fine", None),
        (BACKGROUND, "not pregnant, low iron yes", ("iron",)),
        (BACKGROUND, "adopted so no idea about family", ()),
    ],
)
def test_word_that_could_mislead(question: Question, text: str, expected: tuple[str, ...] | None) -> None:
    assert answer(text, question) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (EVENING, "evenings yeah. although on the plane to Tenerife it was 10 in the morning", "worse"),
        (EVENING, "evenings yeah, but on the plane it was 10 in the morning", "worse"),
        (EVENING, "evenings. the plane was at 10 in the morning", "worse"),
        (EVENING, "mornings too", "worse"),
        (EVENING, "mornings. although once it was the evening", "not_worse"),
        (EVENING, "evenings, although never the mornings", "only"),
        (REST, "yes, though once it started when I was walking", "at_rest"),
        (MOVEMENT, "walking helps. although only for a minute", "partly"),
        (MOVEMENT, "it stops me sleeping. walking doesnt help", "not_eased"),
        (OFTEN, "most nights, though last week only twice", "often"),
        (EFFECT, "a lot, although last night i slept fine", "a_lot"),
    ],
)
def test_answer_stands_though_an_exception_follows(question: Question, text: str, expected: str) -> None:
    assert answer(text, question) == (expected,)


# -- several answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cramps and numb feet", ("cramps", "nerves")),
        ("1 and 2", ("cramps", "nerves")),
        ("2,4", ("nerves", "joints")),
        ("number 3", ("veins",)),
        ("my knees are bad", ("joints",)),
        ("i do tap my foot", ("habit",)),
        ("none", ("nothing",)),
        ("no", ("nothing",)),
        ("no cramps", ("nothing",)),
        ("nothing but cramps", ("cramps",)),
        ("restless all over since i started a new tablet", ("new_medicine",)),
    ],
)
def test_several_answers(text: str, expected: tuple[str, ...]) -> None:
    assert symptom_reader().read(text, OTHER, OFFERED).answers[OTHER] == expected


@pytest.mark.parametrize("text", ["7", "0", "12"])
def test_number_that_was_not_offered_is_not_understood(text: str) -> None:
    assert OTHER not in symptom_reader().read(text, OTHER, OFFERED).answers


def test_yes_answers_where_one_thing_is_left() -> None:
    read = symptom_reader().read("yes", BACKGROUND, ("family",))
    assert read.answers[BACKGROUND] == ("family",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my mum has it", ("family",)),
        ("anaemic last year", ("iron",)),
        ("im 20 weeks pregnant", ("pregnancy",)),
        ("ckd stage 3 and low iron", ("kidney", "iron")),
        ("i take an antidepressant", ("medicines",)),
    ],
)
def test_background(text: str, expected: tuple[str, ...]) -> None:
    assert answer(text, BACKGROUND) == expected


def test_medicine_by_name_counts_in_the_last_question() -> None:
    read = symptom_reader().read("mum had it and i take sertraline", BACKGROUND, names_medicine=True)
    assert read.answers[BACKGROUND] == ("family", "medicines")


# -- beside the open question


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (OTHER, "four or five nights a week", {OFTEN: "often"}),
        (OTHER, "3 or 4 times a week", {OFTEN: "often"}),
        (OTHER, "once or twice a week", {OFTEN: "weekly"}),
        (OTHER, "maybe twice a month it's bad", {OFTEN: "seldom"}),
        (OTHER, "maybe", {OTHER: None}),
        (MOVEMENT, "every night", {OFTEN: "often"}),
        (MOVEMENT, "I go to the gym 3 times a week", {}),
        (OTHER, "I give blood every 12 weeks if that counts", {}),
        (EFFECT, "well actually it's only twice a month, not every night", {OFTEN: "seldom"}),
        (OTHER, "I sleep maybe 5 hours", {EFFECT: "a_lot"}),
        (OTHER, "I sleep maybe 5 hours. daytime I'm ok-ish", {EFFECT: "a_little"}),
        (OTHER, "i sleep 8 hours", {EFFECT: "not_at_all"}),
        (OTHER, "sleep is rubbish, 4 hours", {EFFECT: "a_lot"}),
        (MOVEMENT, "sleep is otherwise fine", {EFFECT: "not_at_all"}),
        (BACKGROUND, "I sleep well. although I'm up at 3 most nights", {EFFECT: "a_little", OFTEN: "often"}),
        (MOVEMENT, "none of those, just an energy drink before the gym at 8pm", {}),
        (EVENING, "none of those, just an energy drink before the gym at 8pm", {}),
    ],
)
def test_what_belongs_to_another_question_is_read_for_it_alone(
    question: Question, text: str, told: dict[Question, str | None]
) -> None:
    read = symptom_reader().read(text, question)
    assert dict(read.answers) == {each: (option,) if option else () for each, option in told.items()}


@pytest.mark.parametrize(
    ("question", "text", "told", "ruled_out"),
    [
        (OTHER, "no family that I know of, no kidneys, I'm a man so not pregnant", (),
         {"family", "kidney", "pregnancy"}),
        (OTHER, "mum has it. not pregnant, no kidney trouble. I did have low iron years ago", ("family", "iron"),
         {"pregnancy", "kidney"}),
        (EFFECT, "medicines: none, just the odd ibuprofen", (), {"medicines"}),
        (REST, "i don't take any tablets", (), {"medicines"}),
        (REST, "my kidneys are fine", (), {"kidney"}),
        (MOVEMENT, "nobody else in the family has it", (), {"family"}),
        (OTHER, "my iron was low", ("iron",), set()),
    ],
)  # fmt: skip
def test_what_is_not_so_answers_no_other_question(
    question: Question, text: str, told: tuple[str, ...], ruled_out: set[str]
) -> None:
    read = symptom_reader().read(text, question)
    assert dict(read.answers) == {} and read.passing.get(BACKGROUND, ()) == told
    assert set(read.ruled_out.get(BACKGROUND, ())) == ruled_out


def test_last_question_is_answered_by_going_through_it() -> None:
    read = symptom_reader().read("no one in the family, no kidney disease", BACKGROUND)
    assert read.answers[BACKGROUND] == ("nothing",) and set(read.ruled_out[BACKGROUND]) == {"family", "kidney"}
    assert symptom_reader().read("no cramps but numb feet", OTHER).answers[OTHER] == ("nerves",)


def test_what_is_told_beside_a_question_of_ones_own_is_read() -> None:
    read = symptom_reader().read("Moving helps a bit. wait, does coffee count? I have about six a day", MOVEMENT)
    assert read.asks and dict(read.answers) == {MOVEMENT: ("partly",)}


# -- one text answers several questions


def test_one_text_answers_several_questions() -> None:
    read = symptom_reader().read("only when i sit in the evening, like clockwork", URGE)
    assert dict(read.answers) == {REST: ("at_rest",), EVENING: ("only",)}


@pytest.mark.parametrize(
    "text", ["no wait, no urge really just pain", "sorry no, there is no urge", "actually i dont feel an urge to move"]
)
def test_no_that_puts_right_what_was_said_is_no_answer(text: str) -> None:
    assert dict(symptom_reader().read(text, MOVEMENT).answers) == {URGE: ("absent",)}


def test_story_answers_nearly_everything() -> None:
    text = "every evening when i lie down my legs fizz and i have to walk, then its gone, my mum had it too"
    read = symptom_reader().read(text)
    assert dict(read.answers) == {
        URGE: ("felt",),
        REST: ("at_rest",),
        MOVEMENT: ("eased",),
        EVENING: ("only",),
        OFTEN: ("often",),
    }
    assert dict(read.passing) == {BACKGROUND: ("family",)}


def test_thing_named_while_another_question_is_open_is_told_by_the_way() -> None:
    read = symptom_reader().read("yes and i get cramps", URGE)
    assert (read.answers[URGE], read.passing[OTHER]) == (("felt",), ("cramps",))


# -- questions and commands


@pytest.mark.parametrize(
    "text", ["is that bad?", "what helps at night", "can iron help if its only at night?", "why do you ask"]
)
def test_question_is_no_answer(text: str) -> None:
    read = symptom_reader().read(text, EVENING)
    assert read.asks and not read.tells


def test_yes_before_a_question_counts() -> None:
    read = symptom_reader().read("yes, is that bad?", URGE)
    assert read.asks and read.answers == {URGE: ("felt",)}


def test_question_at_the_start_tells_of_the_person() -> None:
    assert symptom_reader().story("my legs crawl at night, do i have rls?").answers[EVENING] == ("only",)
    assert not symptom_reader().story("is it always worse at night?").answers


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("skip", Command.SKIP),
        ("next one please", Command.SKIP),
        ("rather not say", Command.SKIP),
        ("go back please", Command.BACK),
        ("oops wrong one", Command.BACK),
        ("stop", Command.STOP),
        ("ok stop now", Command.STOP),
        ("not now", Command.STOP),
        ("tomorrow", Command.STOP),
        ("stop there, i'm tired. will you keep it?", Command.STOP),
        ("go on", Command.RESUME),
        ("ok continue", Command.RESUME),
        ("start again", Command.RESTART),
        ("show me the result", Command.RESULT),
    ],
)
def test_command(text: str, command: Command) -> None:
    assert symptom_reader().read(text, URGE).command is command


@pytest.mark.parametrize(
    "text", ["it doesnt stop", "it stops when i walk", "it comes back", "then i have to start again walking"]
)
def test_word_of_a_command_in_a_sentence_is_none(text: str) -> None:
    assert symptom_reader().read(text, MOVEMENT).command is None


def test_sign_of_another_question_is_no_answer_to_the_open_one() -> None:
    heard = symptom_reader().read("hmm no, sometimes mornings too if i slept badly", MOVEMENT)
    assert MOVEMENT not in heard.answers
    assert not symptom_reader().read("stop there a minute my daughter's at the door", MOVEMENT).answers
    assert symptom_reader().read("evenings, definitely never mornings", MOVEMENT).answers == {EVENING: ("only",)}


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (
            "actually go back, i want to change the one about moving. it helps for maybe a minute not completely",
            MOVEMENT,
            ("partly",),
        ),
        ("change the walking one to no", MOVEMENT, ("not_eased",)),
        ("can we go back to how often, its every night", OFTEN, ("often",)),
        ("go back to the evening question", EVENING, None),
        ("can i change the answer about sleep", EFFECT, None),
        ("go back to the one about iron please", BACKGROUND, None),
        ("back to the sitting one", REST, None),
    ],
)
def test_back_to_a_question_that_is_named(text: str, question: Question, expected: tuple[str, ...] | None) -> None:
    for open_question in (OTHER, EFFECT):
        read = symptom_reader().read(text, open_question)
        assert (read.command, read.back_to, read.answers.get(question)) == (Command.BACK, question, expected)


@pytest.mark.parametrize(
    "text",
    ["i go back to sleep when i walk about", "i have to go back to walking the floor", "it comes back when i sit"],
)
def test_back_in_an_answer_goes_back_to_no_question(text: str) -> None:
    assert symptom_reader().read(text, MOVEMENT).command is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("stop for now im falling asleep, can i finish it tomorrow", Command.STOP),
        ("wait hes asleep i cant ask him. leave it, tomorrow", Command.STOP),
        ("Stop there a minute my daughter's at the door", Command.STOP),
        ("hang on", Command.STOP),
        ("brb", Command.STOP),
        ("give me a sec", Command.STOP),
        ("morning. where were we", Command.RESUME),
        ("lets finish it", Command.RESUME),
        ("carry on", Command.RESUME),
        ("so whats the verdict", Command.RESULT),
        ("so what is it then", Command.RESULT),
        ("what did you find", Command.RESULT),
        ("what do you mean by that", Command.EXPLAIN),
        ("explain the question", Command.EXPLAIN),
    ],
)
def test_command_in_real_talk(text: str, command: Command) -> None:
    assert symptom_reader().read(text, MOVEMENT).command is command


@pytest.mark.parametrize(
    "text",
    [
        "it stops for now then comes back",
        "need a minute of walking then it stops",
        "hang on, no urge at all",
        "wait, there is no urge",
        "can i stop for now the tablets",
        "what did you find about iron",
        "what does iron mean",
    ],
)
def test_like_a_command_but_none(text: str) -> None:
    assert symptom_reader().read(text, MOVEMENT).command is None


def test_pause_with_a_medicine_in_it_is_none() -> None:
    assert symptom_reader().read("stop it for now, the pramipexole", MOVEMENT, names_medicine=True).command is None


def test_back_alone_goes_on_only_behind_a_pause() -> None:
    assert symptom_reader().read("ok back", MOVEMENT, is_paused=True).command is Command.RESUME
    assert symptom_reader().read("ok back", MOVEMENT).command is Command.BACK


# -- for whom


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("do the symptom checker for my son with me", Whose.OTHER),
        ("my mum wants to do the questions about legs, how does she begin", Whose.OTHER),
        ("its for my wife", Whose.OTHER),
        ("lets test if my son has the signs, ask me about him", Whose.OTHER),
        ("check my symptoms pls", None),
        ("my husband told me there is a test here", None),
        ("my mum has it too", None),
        ("its for me", Whose.SELF),
    ],
)
def test_for_whom(text: str, whose: Whose | None) -> None:
    assert symptom_reader().read(text).whose is whose


def test_reading_any_text_never_fails() -> None:
    for text in ("\x00", "?" * 50, "(" * 300, "1 " * 5000, "ünïcödé ⁇", "yes " * 2000, "ok " * 3000):
        for question in Question:
            symptom_reader().read(text, question, OFFERED)


# -- beside the open question


def test_its_the_same_beside_another_answer_says_nothing_of_the_evening() -> None:
    heard = symptom_reader().read("no not really, moving only helps a bit and then its the same", MOVEMENT)
    assert heard.answers == {MOVEMENT: ("partly",)}


def test_the_same_by_day_and_by_night_is_not_worse_in_the_evening() -> None:
    for text in (
        "its the same in the day",
        "same day and night",
        "just as bad in the morning",
        "no difference at night",
    ):
        assert answer(text, EVENING) == ("not_worse",), text


def test_what_stands_behind_back_answers_the_question_before() -> None:
    text = "back, I want to change that. its worse lying down, sitting is mostly ok"
    heard = symptom_reader().read(text, MOVEMENT, before=REST)
    assert (heard.command, heard.back_to, heard.answers) == (Command.BACK, REST, {REST: ("at_rest",)})


def test_back_with_nothing_behind_it_only_opens_the_question_before() -> None:
    heard = symptom_reader().read("back, sorry", MOVEMENT, before=REST)
    assert (heard.command, heard.back_to, heard.answers) == (Command.BACK, None, {})


def test_who_answered_the_question_before_wrongly_goes_back() -> None:
    heard = symptom_reader().read("what was the question before? i think i answered wrong", OFTEN)
    assert (heard.command, heard.sure) == (Command.BACK, True)


def test_then_no_changes_the_evening_while_another_question_is_open() -> None:
    heard = symptom_reader().read("then no. it is there in the morning just as bad as at night", OFTEN)
    assert heard.answers == {EVENING: ("not_worse",)}
    assert EVENING not in symptom_reader().read("day and night", OFTEN).answers
