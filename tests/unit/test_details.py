"""Small questions with an answer of their own: which message is one, behind which answer, for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillnight.clinical.details import DOSE, LABS, MEDICINES, Details, details
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.content.knowledge_lint import check_details
from stillnight.content.responses import read_all
from stillnight.nlu.labels import FAQ, base
from stillnight.paths import KNOWLEDGE, PROJECT
from tests.unit.facts import change, copied

FILES = read_all(PROJECT / "data")
ANSWERS = {answer.name for file in FILES for answer in file.answers}
TASKS = {base(intent) for file in FILES for intent in file.examples} - {FAQ}


def asked(
    text: str,
    about: tuple[str, ...] = (),
    circumstance: str | None = None,
    intent: str = "",
    topic: str | None = None,
    medicines: tuple[str, ...] = (),
    before: str = "",
) -> str | None:
    found = details().of(text, about, circumstance, intent, topic, medicines=lambda: medicines, before=before)
    return found.answer.removeprefix("utter_detail_") if found else None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("acupuncture?", "acupuncture"),
        ("does that soap thing help", "home_remedy"),
        ("is soap in bed any use for rls", "home_remedy"),
        ("my doctor laughed at me", "not_heard"),
        ("nobody believes me", "family_doubts"),
        ("i drink 3 glasses of wine every night", "daily_alcohol"),
        ("ive called an ambulance", "utter_check_in_help_coming"),
        ("wot is an ahi", "ahi"),
        ("can i fly", "travel"),
        ("my poo is black since the iron tablets", "iron_stools"),
        ("menopause", "menopause"),
        ("pms makes my legs worse", "menopause"),
        ("are my legs worse before my period?", "menopause"),
        ("hormones and restless legs", "menopause"),
        ("i asked you what dose", "dose_cross"),
        ("all websites only say see your doctor", "short_visit"),
        ("sorry for being so rude", "sorry_said"),
        ("um this is awkward", "embarrassed"),
        ("hard to describe it", "no_words"),
        ("i rang my sister, shes on her way", "someone_coming"),
        ("the ward told us to come in", "told_come_in"),
        ("my nan died of parkinsons", "brain_disease"),
        ("no numbness and no weakness", "all_clear"),
        ("im 33", "age_told"),
        ("could it be sciatica", "back_pain"),
        ("walking makes it worse", "walking_no_help"),
        ("what are the odds", "percentage"),
        ("does my gp see this", "doctor_sees"),
        ("must i tell my parents", "tell_nobody"),
        ("i ran out of my tablets and the pharmacy is shut until tuesday", "ran_out"),
        ("my refill is delayed", "ran_out"),
        ("found old gabapentin in the cupboard, is it ok to use", "old_medicine"),
        ("can i have one of her tablets for tonight", "others_medicine"),
        ("should i double my pramipexole", "raise_dose"),
        ("could this be augmentation", "is_augmentation"),
        ("sertraline or mirtazapine, which is better for rls", "gentler_antidepressant"),
        ("i took one benadryl earlier, is it dangerous", "took_sleep_aid"),
        ("is oxycodone usual for restless legs", "opioid_normal"),
        ("herbal is natural so it cant harm", "herbal_natural"),
        ("does lansoprazole lower iron", "acid_iron"),
        ("i work nights, when to have my bloods", "test_time"),
        ("would a transplant help my legs", "transplant"),
        ("so its not rls then. final?", "not_final"),
        ("is it ms", "brain_disease"),
    ],
)
def test_is_asked_whatever_was_said_before(text: str, answer: str) -> None:
    assert asked(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "what is lupus",
        "i read about soap in a long story about my aunt who moved to spain and her cat and the new garden",
        "what helps restless legs",
        "my poo is black and sticky like tar since the iron tablets",
        "should i call an ambulance",
        "thats not true",
        "why is my period late",
        "im 33 and take gabapentin",
        "no weakness but my calf is swollen",
        "the doctor told me to come in next week",
        "my sister is coming tomorrow",
        "walking helps a lot",
        "i dont have it every night",
        "i ran out of breath",
        "i take old fashioned gabapentin every day",
        "what is augmentation",
        "my toddler took a benadryl is that bad",
        "i took a whole pack of nytol is it dangerous",
        "i had an infusion yesterday and now i have a rash",
        "i have no urge to gamble",
        "natural light helps me",
        "can i have one of my biscuits",
        "can you send an ambulance",
    ],
)
def test_is_not_asked(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("My wife Nuala used to rub them. She died in November.", "grief"),
        ("im a widower, 81", "grief"),
        ("nobody to talk to at this hour", "lonely"),
        ("I did shout at her last night and she cried, and I feel like dirt.", "carer_guilt"),
        ("I'm his only carer", "carer_tired"),
        ("i feel pathetic honestly. nobody knows", "ashamed"),
        ("i came clean to my husband about the shopping", "told_family"),
        ("great. another robot. 14 weeks ive waited for this clinic and i get a chatbot", "waited_long"),
        ("havent slept since march. my boss is at me. and all anyone says is have a warm bath", "tips_no_help"),
        ("gp basically told me to get on with it", "not_heard"),
        ("i dread going to bed", "dread"),
        ("im scared of the results", "afraid"),
        ("the stent is in and the foot is warm again", "good_news"),
        ("op went well", "good_news"),
        ("not had a fag for 3 weeks", "gave_it_up"),
        ("oh thats a relief", "relieved"),
        ("my boss has given me a written warning", "job_at_risk"),
        ("i drive a lorry", "drives_for_work"),
        ("58, accountant", "job_told"),
        ("I've got 2 kids", "family_told"),
        ("i do nights", "night_work_pattern"),
        ("5 nights out of 7", "often_bad"),
        ("you're very kind for a machine", "utter_thanks"),
        ("nos da", "utter_goodbye"),
        ("i might have a cry then go to bed", "crying"),
        ("hi im 16 is it ok to use this without my mum", "minor_alone"),
        ("mum is always busy how do i tell her", "tell_at_home"),
        ("i cant sit still in maths", "school_legs"),
        ("i've got gcses in 3 weeks", "exams"),
        ("my mum has alzheimers and rubs her legs all evening, could it be rls?", "dementia_signs"),
        ("my church sister says its a spiritual attack", "spirit"),
        ("im terrified of ending up in a wheelchair", "legs_lost"),
        ("can it kill me", "utter_faq/complications"),
        ("ah sure it's only me. Seamus. 81. the legs have me up again", "up_again"),
        ("it's not fair", "why_me"),
        ("im furious with the lot of them", "angry"),
        ("sorry for going on", "sorry_bother"),
        ("my name is Tunde", "name_told"),
        ("I'll try that tonight", "will_try"),
        ("will i ever sleep again", "wants_one_night"),
        ("female, 45", "age_told"),
    ],
)
def test_what_is_told_of_a_life_has_a_kind_answer(text: str, answer: str) -> None:
    assert asked(text) == answer


@pytest.mark.parametrize(
    ("text", "behind", "answer"),
    [
        ("54 years", "grief", "years_together"),
        ("I walk the kitchen and talk to her. You'd think I was cracked.", "years_together", "talks_to_the_dead"),
        ("do you think im mad talking to a dead man", "grief", "talks_to_the_dead"),
        ("i told her everything", "impulse_control_urges", "told_family"),
        ("i cant just not work mate i've got 2 kids", "sudden_sleep_driving", "must_work"),
        ("ok i parked up. right choice i think", "sudden_sleep_driving", "right_choice"),
    ],
)
def test_what_is_told_leans_on_the_answer_before(text: str, behind: str, answer: str) -> None:
    assert asked(text, (behind,)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "my mum died of kidney failure, did she have rls",
        "my wife died, what can help my legs",
        "he passed out on the floor",
        "i missed my tablet last night",
        "i have no one to drive me home after the drip",
        "he shouted at me and hit me",
        "im weak in the legs",
        "ive waited 4 weeks for the iron to work",
        "the iron tablets dont help",
        "slept 3 hours",
        "i stopped drinking yesterday and im shaking",
        "legs worse since i quit coffee",
        "im a lorry driver and nodded off last week",
        "i sit in an office all day and my legs crawl",
        "the kids got into my iron tablets",
        "i have 2 kids and both kick at night",
        "my son cant sit still in class",
        "the doctor cant tell me what is wrong",
        "ill try half a tablet",
        "can it kill me to take two",
    ],
)
def test_what_is_asked_or_grave_is_not_taken_for_something_told(text: str) -> None:
    assert asked(text) is None


def test_leans_on_the_answer_before() -> None:
    assert asked("does it hurt", ("blood_tests",)) == "blood_pain"
    assert asked("does it hurt", ("iron_treatment",)) == "infusion"
    assert asked("does it hurt", ("genetics",)) is None
    assert asked("so no iron then", (LABS,)) == "utter_faq/iron_treatment"
    assert asked("so can i have both", ("neuropathy",)) == "can_have_both"
    assert asked("so can i have both", ("medicines",)) is None
    assert asked("what is the usual range", (DOSE,)) == "dose_cross"
    assert asked("what is the usual range of ferritin", (DOSE,)) is None
    assert asked("is it me or the pills", ("impulse_control_urges",)) == "urges_not_you"
    assert asked("how soon should i ring them", ("impulse_control",)) == "how_soon_today"
    assert asked("how soon should i ring them", ("augmentation",)) == "how_soon_days"
    assert asked("how many", ("old_medicine",), intent="dose_request") == "none_please"
    assert asked("how many", ("caffeine_alcohol",), intent="dose_request") is None
    assert asked("which of those is worse", (MEDICINES,), intent="medication_check") == "which_worse"
    assert asked("he has sleep apnoea too", ("opioids",)) == "apnoea_opioid"
    assert asked("i had flu just before", (LABS,)) == "ill_and_ferritin"


def test_a_circumstance_for_which_it_is_not_meant() -> None:
    assert asked("iron tablets with food or without?") == "iron_with_food"
    assert asked("iron tablets with food or without?", circumstance="child") is None
    assert asked("she snores", circumstance="child") == "child_snore"
    assert asked("she snores") is None
    assert asked("is pregabalin ok when breastfeeding", circumstance="pregnancy") == "nursing_medicine"


def test_gives_way_to_what_a_message_is_taken_for() -> None:
    assert asked("is my iron tablet ok with coffee", intent="faq", topic="iron_treatment") == "iron_with_food"
    assert asked("is my iron tablet ok with coffee", intent="faq", topic="kidney") is None
    assert asked("is my iron tablet ok with coffee", intent="red_flag") is None
    # Stronger than the medicine that is named.
    assert asked("is my iron tablet ok with coffee", intent="medication_check") == "iron_with_food"
    # Hardly anything was understood.
    assert asked("is my iron tablet ok with coffee", intent="nlu_fallback") == "iron_with_food"


def test_every_small_question_is_answered_and_every_name_in_it_known() -> None:
    assert [str(fault) for fault in check_details(KNOWLEDGE, ANSWERS, TASKS)] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  contagious:\n", "  catching:\n", "write utter_detail_catching in data/small_questions/may_i.yml"),
        ("  contagious:\n", "  catching:\n", "no question leads to utter_detail_contagious of data/small_questions/"),
        ("of: [sleep_study, act", "of: [slep_study, act", "`of` names “slep_study”, which is not known. Do you mean"),
        ("topics: [blood_tests, s", "topics: [blod_tests, s", "`topics` names “blod_tests”"),
        ("not_for: [high_iron]", "not_for: [hi_iron]", "`not_for` names “hi_iron”"),
        ("over: [stop_medication]", "over: [stop_medicine]", "`over` names “stop_medicine”"),
    ],
)
def test_names_that_stand_for_nothing_are_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    knowledge = copied(tmp_path)
    files = (knowledge / "small_questions").glob("*.yml")
    change(next(path for path in sorted(files) if old in path.read_text(encoding="utf-8")), old, new)
    faults = [str(fault) for fault in check_details(knowledge, ANSWERS, TASKS)]
    assert any(said in fault for fault in faults), faults


def test_name_that_stands_twice_is_told(tmp_path: Path) -> None:
    knowledge = copied(tmp_path)
    change(knowledge / "small_questions" / "may_i.yml", "details:\n", "details:\n  metformin_b12:\n    names: [b12]\n")
    with pytest.raises(KnowledgeError, match=r"metformin_b12.*may_i\.yml"):
        Details(knowledge)


def test_the_first_that_fits_is_taken(tmp_path: Path) -> None:
    knowledge = copied(tmp_path)
    path = knowledge / "small_questions" / "medicines.yml"
    change(path, "details:\n", "details:\n  first:\n    answer: utter_help\n    names: [acupuncture]\n")
    found = Details(knowledge).of("acupuncture?", (), None)
    assert found is not None and found.answer == "utter_help"


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        (
            "my sister has ropinirole left over from her mum can i take one just tonight",
            "stop_medication",
            "others_medicine",
        ),
        ("the neighbour says give him one of her zopiclone so everybody sleeps", "dose_request", "others_medicine"),
        ("can i take my dads pills", "dose_request", "others_medicine"),
        ("should he take one of his tablets at night", "", None),
        ("can i take one of my iron tablets now", "", None),
    ],
)
def test_medicine_of_somebody_else_has_an_answer(text: str, intent: str, answer: str | None) -> None:
    assert asked(text, intent=intent) == answer


def test_why_not_behind_a_warning_against_stopping_gives_the_reasons() -> None:
    assert asked("why not? its my body", ("medicines", "stopping"), intent="affirm") == "utter_faq/stopping_medication"
    assert asked("why not?", ("medicines",), intent="affirm") == "not_for_you"


@pytest.mark.parametrize(
    ("text", "medicines", "circumstance", "answer"),
    [
        ("my sister in law has pramipexole. she says half does no harm", "dopamine_agonist", None, "others_medicine"),
        ("my sister takes pramipexole and it helped her", "dopamine_agonist", None, None),
        ("the chemist will sell us gabapentin without prescription", "gabapentinoid", "dialysis", "kidney_gaba"),
        ("the kidney doctor prescribed gabapentin for him", "gabapentinoid", "dialysis", None),
        ("is a mates lyrica safe with kidney disease", "gabapentinoid", None, "kidney_gaba"),
        ("phenergan is ok when nursing, she said", "sedating_antihistamine", "pregnancy", "nursing_antihistamine"),
        ("found some old pramipexole in the cupboard", "dopamine_agonist", "pregnancy", "old_medicine_mother"),
        ("they said dont take it tonight", "dopamine_agonist", None, "they_said_no"),
        ("they said keep taking it", "dopamine_agonist", None, None),
        ("i take ibuprofen every day for my back", "nsaid", None, "nsaid_kidney"),
        ("i use diclofenac gel on the knee", "nsaid", None, None),
        ("my ankles are swollen now", "gabapentinoid", None, "gaba_swelling"),
        ("my ankles are swollen now", "ssri", None, None),
        ("my hands shake and im shuffling", "dopamine_blocking_anti_sickness", None, "blocker_stiff"),
        ("my hand shook after coffee", "dopamine_blocking_anti_sickness", None, None),
        ("my wife says i stop breathing in my sleep", "opioid", None, "opioid_pauses"),
        ("i act out my dreams and punched the wall", "", None, "acting_dreams"),
        ("my husband hits me", "", None, None),
        ("i chew ice cubes nonstop", "", None, "pica"),
        ("does an ice pack on my legs help", "", None, None),
        ("i tie a scarf tight round my calves", "", None, "tied_legs"),
        ("my son ties his shoes", "", None, None),
        ("when i miss the codeine i sweat and shake", "opioid", None, "codeine_nightly"),
        ("what is naloxone for", "", None, "naloxone_for"),
        ("last infusion i came out in hives", "", None, "iron_allergy"),
        ("i fell thursday going out to the yard in the dark, only a bruise", "tricyclic", None, "fall_on_medicine"),
        ("i fell asleep in the chair", "tricyclic", None, None),
        ("been on zopiclone for two years", "z_drug", None, "sleeping_tablet_long"),
        ("mum takes a little white pill, dont know the name", "", None, "unknown_tablet"),
        ("i gave extra promethazine and she was wilder", "sedating_antihistamine", None, "worse_on_extra"),
    ],
)  # fmt: skip
def test_harm_by_medicines_has_its_own_warning(
    text: str, medicines: str, circumstance: str | None, answer: str | None
) -> None:
    assert asked(text, (), circumstance, medicines=tuple(medicines.split())) == answer


def test_a_danger_is_heard_in_a_long_message_and_before_the_second_net() -> None:
    said = "and then i fell thursday night going out to the yard in the dark to see about the dog, only a bruise on me"
    assert asked(said, intent="red_flag", medicines=("z_drug",)) == "fall_on_medicine"
    assert asked(said, intent="red_flag") is None


@pytest.mark.parametrize(
    ("before", "text", "answer"),
    [
        ("my periods are super heavy, my iron is always low", "wait so its connected?", "heavy_periods"),
        ("my monthlies flood and my legs go wild", "is that related", "heavy_periods"),
        ("I'm 67, man, ferritin 9", "why do they want a camera up my backside now", "told_why_camera"),
        ("the teacher complains she wriggles in class", "what should i tell the school", "told_school"),
        ("sleep lab tomorrow night", "should i skip my tablets", "told_study_pills"),
        ("been using cpap since may and i still kick", "is it useless then", "told_cpap_failed"),
        ("i have a ct next week", "what if i have to move", "told_mri"),
        ("i work the night shift", "should i quit nights", "told_nights_job"),
        ("gp says theres nothing they can do for my legs", "who else can i see", "told_nothing_done"),
        ("had dialysis for a year", "is it bad to stop an hour early", "told_dialysis_short"),
        ("started iron drops for my toddler", "her teeth are getting grey, is it forever?", "told_grey_teeth"),
        ("i have multiple sclerosis", "does this mean a flare up", "told_ms"),
        ("ice helps my legs", "my husband says heat, who is right", "told_heat_cold"),
        ("i gave up drinking two weeks ago", "is this withdrawal", "told_alcohol_stopped"),
        ("bus driver here, i fell asleep mid sentence", "do i have to tell work?", "work_asleep"),
        ("ramadan starts soon", "is it safe to fast", "told_ramadan"),
        ("my wife wont believe its an illness", "how can i show her", "family_doubts"),
    ],
)
def test_leans_on_what_the_person_said_last(before: str, text: str, answer: str) -> None:
    assert asked(text, before=before) == answer
    # By itself it is not that question.
    assert asked(text) != answer


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("my periods are heavy", "does pramipexole help"),
        ("i have a sleep study next week", "what is plmd"),
        ("i cant fall asleep because of my legs", "do i need a doctor"),
        ("i watch tv and my legs go mad", "should i tell my doctor"),
        ("walking makes my legs better", "what is it"),
        ("hb 140", "is it bad"),
        ("my legs shake", "is that normal"),
        ("", "is it connected"),
    ],
)
def test_does_not_lean_on_what_says_something_else(before: str, text: str) -> None:
    assert asked(text, before=before) is None


def test_danger_is_stronger_than_what_was_told() -> None:
    said, before = "if i stop wont the withdrawal make it worse", "smoking, 20 a day, and rls"
    assert asked(said, before=before, intent="stop_medication") == "told_smoke_stop"
    assert asked(said, before=before, intent="red_flag") is None
