"""What people answer to “are you safe?”."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.check_in import check_in
from stillnight.clinical.emergency import Answer

READ = check_in()
LINES = {
    Answer.SAFE: """
        im safe | I'm safe now | I am ok | im ok thanks | i'm fine | yes im safe | we're all safe | hes fine now
        she's awake now | its passed now | the pain has gone | pain went away | feeling better | all good | safe
        i feel much better now | i'm okay now thank you | I'm alright | im all right now | everything is fine
        doctor checked me and sent me home | everyone is ok | it stopped | its over now | i promise i'm safe
        im calm now | mum is fine | the chest pain has gone | he woke up | she came round | yeah im ok | Iam safe
        im gud | im good | ok now | fine now | not any more | they gave me the all clear | They say its fine
        im completely fine | im totally ok | i'm really fine | honestly im fine | im doing ok | better now
        I'm feeling a lot better | i think im ok | SAFE!!! | i’m safe""",
    Answer.MISUNDERSTOOD: """
        im not suicidal | it was a joke | im joking | i was only joking | just kidding | figure of speech
        i meant my legs | i meant it as an expression | its just a saying | you misunderstood | you got me wrong
        thats not what i meant | no i mean my legs are killing me, not me | false alarm | typo sorry | autocorrect
        i didnt mean it like that | i dont mean that literally | not an emergency | its not an emergency
        i was exaggerating | lol jk | that was sarcasm | i'm not going to hurt myself
        just a general question | I was just asking | only asking | that was years ago | hypothetical
        im just testing you | it's not that bad | you misread | wrong window | being dramatic sorry
        no no i meant the iron | bot is wrong | there is no emergency | u got that wrong | thats wrong
        I did not mean that way | im not going to kill myself | Im not actually dying lol""",
    Answer.HELP_COMING: """
        ambulance is on its way | i called 911 | ive called an ambulance | called 999 | help is coming
        paramedics are here | my wife rang 999 | on the phone to 111 | im talking to the samaritans
        on the way to hospital | im at the hospital | we are in the ambulance | im in the ER
        going to hospital now | driving to the er | my husband is taking me to hospital | my friend is with me
        someone is with me | phoned the doctor | the doctor is coming | calling them now
        spoke to the crisis line | police are here | ambulence coming | ambulance arrived
        neighbour is here with me | we're on our way | off to casualty | just rang them | i rang 112
        on my way to the hospital | dialled 999 | she called the unit they told us to come in
        ok ambulance called, on his side | alright I'm calling the maternity unit now
        ok. I've messaged my brother, he's coming over
        my wife is ringing them now | ok hes calling | shes phoning now""",
    Answer.UNSAFE: """
        im not safe | i dont feel safe | im not ok | not ok | i'm not okay | she is not fine | its getting worse
        hes getting worse | help me | i need help | send help | i need an ambulance | get me an ambulance
        im alone | im on my own | im scared | nobody answers | no one to call | i cant call | still hurts
        in danger | unsafe | worse | worse than before | no signal | im afraid | the pain is getting worse
        i feel worse | not good | not really ok | not feeling very good | no im not ok | no im not safe
        i am not alright | no im scared | not safe at all | im really not ok | im not fine | NOT OK""",
    Answer.THOUGHTS: """
        no plan, just thoughts | they're only thoughts | i'd never act on it | i don't have a plan
        I've not got a plan or anything. just thoughts. I'd not do it, I have kids | dark thoughts, nothing more
        i would never do that""",
    Answer.ASKS_WHETHER: """
        do i really need to call | breathing ok. do i realy need to call | feels better now, should i call
        is it worth calling | must i ring, she is breathing ok | is it really necessary? | do i really have to go""",
    Answer.PUTS_OFF: """
        can it wait till monday | its probably nothing | i dont want to make a fuss | ill just sleep it off
        should i finish the questions first | i'll go tomorrow | I have no time, work is finish 6 o'clock
        i will call in the morning | could this wait until tomorrow | lets see if it goes
        ill see my gp on monday | sorry to bother anyone | I don't want to bother them""",
    Answer.YES: """
        yes | Yes. | yeah | yep | yup | y | yes i am | YES! | yess | sure | of course | i am | yes thanks | si
        yes thank you | yes we are | aye | Yes, I am | yes!!""",
    Answer.NO: "no | No. | nope | nah | no im not | not yet | NO | im not | no i am not | No, I'm not | not now",
}


def split(lines: str) -> list[str]:
    return [line for row in lines.strip().splitlines() for line in row.strip().split(" | ")]


@pytest.mark.parametrize(("line", "answer"), [(line, answer) for answer in LINES for line in split(LINES[answer])])
def test_answer_is_understood(line: str, answer: Answer) -> None:
    assert READ.answer(line) is answer


@pytest.mark.parametrize(
    "line",
    split(
        """
        im not joking | no joke | this is not a joke | im not kidding | it isnt a joke | not kidding | he isnt ok
        this isnt a joke he cant breathe | im not fine | she isnt safe | we are not ok | i dont feel ok
        i dont feel good | not better | i cant feel safe | hes not awake and not ok"""
    ),
)
def test_negated_words_mean_their_opposite(line: str) -> None:
    assert READ.answer(line) is Answer.UNSAFE


@pytest.mark.parametrize(
    "line",
    split(
        """
        its not over | it hasnt stopped | the pain hasnt gone | it hasn't passed | i never feel safe
        i don't think im safe | not sure if im safe | i wish i was safe | am i safe? | how do i know im safe
        i want to feel better | when will i feel better | pain is better but not gone | im safe but he is not
        the feeling has not gone away | im fine but i still want to do it | is it over | i might be safe
        has it passed | are we safe | is everyone fine | im safe? | safe? | yes? | will i be ok
        what if im not fine | it will pass | itll be fine | i hope im ok | maybe im safe | probably fine
        i guess im ok | im fine i guess | im ok for now | im fine so far | im ok as long as i dont move
        im safe unless he comes back | he looks ok | they think im ok | i told them im fine but | tell me im ok
        tell mum im fine | once its over ill be fine | its eased | pain is better | a bit better
        bleeding has slowed | almost gone | nearly stopped | it stops and starts | it stopped for a minute
        not everyone is ok | everyone is fine except me | im far from ok | nothing is ok"""
    ),
)
def test_doubt_and_denial_of_safety_never_close(line: str) -> None:
    assert READ.answer(line) not in {Answer.SAFE, Answer.MISUNDERSTOOD, Answer.YES}


@pytest.mark.parametrize(
    "line",
    split(
        """
        she stopped moving | he stopped talking | he has passed | his heart stopped | he's gone blue
        she's gone quiet | her pulse has gone | im better off gone | hes gone limp | it will be over soon
        soon it will all be over | i want it to be over | i've got the pills sorted
        i am no longer able to stand | i can no longer feel my legs | he can no longer speak
        the pain stopped but now my arm is numb | the feeling has gone | pain has gone up my arm | pain has moved
        its gone numb | it passed to my arm | she passed | he is calm but not breathing | he went limp
        shes quiet now | he woke up confused | i passed out | he has gone | the pills are gone | its all planned
        im at peace now | im ready | no more pain soon | its over for me | im fine with dying | im ok to die
        im fine ive made my decision | im calm now, ive decided | everything is ready
        my kids are safe so i can go | they will be ok without me | theyre better off | im ok goodbye
        its ok nobody cares | im fine i took 30 tablets | im fine and my arm is numb | im safe. for now
        im fine NOT | im fine lol no | im ok. he is not | im ok, my wife collapsed
        my son is ok, my daughter isnt | im fine he wont wake up | the gun is safe | im ok but he isnt breathing
        it passed but its coming back | i am ok but it hurts | im fine but"""
    ),
)
def test_words_of_danger_never_close(line: str) -> None:
    assert READ.answer(line) not in {Answer.SAFE, Answer.MISUNDERSTOOD, Answer.YES}


@pytest.mark.parametrize(
    "line",
    split(
        """
        i meant it | i mean it | im not exaggerating | its not a misunderstanding | it wasnt by mistake
        it was not a typo | not a false alarm | im not testing you | he took them by mistake
        i took them by mistake | took the wrong tablets by mistake | in the past hour
        in the past 10 minutes it got bad | im not going to hospital | im dead serious | i meant what i said
        are you kidding me | is it a joke to you | you must be joking | my life is a joke | i wish it was a joke
        i thought it was a joke | it was a joke but i still want to | i was joking i took 20 | what a joke
        im not being dramatic | this isnt a figure of speech | you didnt misunderstand | youre not wrong
        youre wrong i am not ok | i meant to do it | i meant the whole bottle | i mean my chest hurts
        i meant 30 | im not going to make it | im not dead yet | i wont do this anymore | i wont kill myself yet
        im suicidal | i didnt mean to take so many | i dont want to live | she ate them by mistake
        i misread the label and took 4 | in the past 2 hours | it was 20 minutes ago | blood test tomorrow
        test my iron | just asking how to die | general question but i took 20 pills | for a friend
        its an emergency | not that bad yet | question"""
    ),
)
def test_earnest_words_are_no_misunderstanding(line: str) -> None:
    assert READ.answer(line) not in {Answer.SAFE, Answer.MISUNDERSTOOD, Answer.YES}


@pytest.mark.parametrize(
    "line",
    split(
        """
        i didnt call 999 | should i call 999 | do i need to call an ambulance | is help coming
        when is the ambulance coming | i cant get to the hospital | i dont want to go to the hospital
        ambulance never came | the ambulance isnt coming | they wont come | I havent called anyone
        nobody called an ambulance | no one is coming | no nurse is coming | help isnt coming
        i want to call 999 | ill call 999 if it gets worse | thinking about calling 999 | i tried calling 999
        i called 999 last year | i called 999 but nobody answered | called 999 no one answered
        call an ambulance | can you call 999 for me | are they coming | has the ambulance arrived
        is anyone with me | stay with me | whats wrong with me | i was in hospital last week
        i work at the hospital | too scared to go to the er | hospital is far | hospital
        im going to hospital tomorrow | ambulance | they are coming for me | hes outside my door
        on my way to the bridge"""
    ),
)
def test_help_that_was_not_called_is_not_coming(line: str) -> None:
    assert READ.answer(line) not in {Answer.HELP_COMING, Answer.SAFE, Answer.MISUNDERSTOOD}


@pytest.mark.parametrize(
    "line",
    split(
        """
        what is ferritin | my legs jump at night | how much iron | can i stop pramipexole | thanks | ? | hello
        i take gabapentin | what is a good ferritin | can i drive | tell me about augmentation
        is it ok to drink coffee | what helps restless legs | are you a bot | what is RLS | ferritin 12
        my ferritin is low | who are you | is magnesium good for legs | does iron hurt | is there help for rls
        how do i get a better sleep | is my ferritin ok | is RLS dangerous | maybe | i dont know | idk | asdf
        12 | who wrote you"""
    ),
)
def test_other_messages_are_no_answer(line: str) -> None:
    assert READ.answer(line) is None


@pytest.mark.parametrize(
    "line",
    split(
        """
        is iron safe | is gabapentin safe | is it safe to take iron | what test do i need
        I have a blood test tomorrow | is the iron test good | going to the doctor for a test
        my legs feel better when i walk"""
    ),
)
def test_questions_about_legs_and_iron_do_not_close(line: str) -> None:
    assert READ.answer(line) not in {Answer.SAFE, Answer.MISUNDERSTOOD}


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("I am fine, it is my daughter's wedding", Answer.SAFE),
        ("im safe. what is ferritin", Answer.SAFE),
        ("im fine i just want to know about iron", Answer.SAFE),
        ("dont worry im fine", Answer.SAFE),
        ("i was dizzy but im fine now", Answer.SAFE),
        ("my husband is fine", Answer.SAFE),
        ("no no im ok", Answer.SAFE),
        ("im safe and my wife is here", Answer.SAFE),
        ("im safe but he is not", Answer.UNSAFE),
        ("i don't think im safe", Answer.UNSAFE),
        ("he stopped breathing", Answer.UNSAFE),
        ("i meant it", Answer.UNSAFE),
        ("i never called 999", Answer.UNSAFE),
        ("i was joking, why are you asking me this?", Answer.MISUNDERSTOOD),
        ("im not suicidal but my legs are driving me mad", Answer.MISUNDERSTOOD),
        ("im not in danger", Answer.MISUNDERSTOOD),
        ("ambulance will be here in 5 minutes", Answer.HELP_COMING),
        ("taking him to A&E", Answer.HELP_COMING),
        ("can you help me?", Answer.UNSAFE),
        ("does coffee make it worse?", None),
    ],
)
def test_what_stands_beside_an_answer_is_weighed(line: str, answer: Answer | None) -> None:
    assert READ.answer(line) is answer


@pytest.mark.parametrize("line", ["", " ", "…", "\n", "👍"])
def test_empty_message_is_no_answer(line: str) -> None:
    assert READ.answer(line) is None


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert READ.answer(text) in {None, *Answer}
