"""What no answer may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillnight.content.safe_words import EMERGENCY_NUMBER, dangerous_names, unsafe_wordings

DOSE = "is a dose"
ORDER = "tells somebody to start, stop or change a medicine"
DIAGNOSIS = "is a diagnosis"
PROMISE = "is a promise"
ADVERTISING = "is advertising"
TELEPHONE = "looks like a telephone number"
BLANK = "is a blank line"
MARKUP = "is markup"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Many people have 325 mg of it.", DOSE),
        ("0.25mg can be enough.", DOSE),
        ("Up to 1,000 IU are known.", DOSE),
        ("Some have 2 tablets.", DOSE),
        ("About 50 micrograms.", DOSE),
        ("Some have it twice a day.", DOSE),
        ("It is given once daily.", DOSE),
        ("Three times per day is common.", DOSE),
        ("4 times each day.", DOSE),
        ("Some have 300 mg/day.", DOSE),
        ("Some have 300 mg / day.", DOSE),
        ("A 325-mg tablet.", DOSE),
        ("Half a tablet of iron.", DOSE),
        ("Stop Horizant.", ORDER),
        ("Stop pramipexole. Do not stop it suddenly.", ORDER),
        ("You have PLMS.", DIAGNOSIS),
        ("You've got restless legs.", DIAGNOSIS),
        ("You can:\n- walk\n- stretch", MARKUP),
        ("Stop your medicine.", ORDER),
        ("It helps. Take an iron tablet.", ORDER),
        ("Well: double the dose.", ORDER),
        ("Then please skip this pill.", ORDER),
        ("You should try iron.", ORDER),
        ("You must cut your dose.", ORDER),
        ("It seems that you have RLS.", None),
        ("So you have restless legs.", DIAGNOSIS),
        ("You do not have PLMD.", DIAGNOSIS),
        ("You don't have periodic limb movements.", DIAGNOSIS),
        ("We guarantee it.", PROMISE),
        ("This will cure your legs.", PROMISE),
        ("It will go away.", PROMISE),
        ("You will sleep better.", PROMISE),
        ("The success rate is high.", ADVERTISING),
        ("It helps 95% of people.", ADVERTISING),
        ("It helps 95 percent of people.", ADVERTISING),
        ("Over 15,000 people came.", ADVERTISING),
        ("Rated 4.9/5.", ADVERTISING),
        ("Ask at DHA.", ADVERTISING),
        ("Call +49 30 1234567.", TELEPHONE),
        ("Call (0) 800 123-4567.", TELEPHONE),
        ("Call 030 12345.", TELEPHONE),
        ("One.\n\nTwo.", BLANK),
        ("One.\n  \nTwo.", BLANK),
        ("This is **so** good.", MARKUP),
        ("- walk", MARKUP),
        ("• walk", MARKUP),
        ("## Iron", MARKUP),
    ],
)
def test_unsafe_wording_is_named_with_its_remedy(knowledge: Path, text: str, fault: str | None) -> None:
    found = list(unsafe_wordings(text, knowledge))
    if fault is None:
        assert found == []
    else:
        assert len(found) == 1, found
        assert fault in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Low iron can play a part. Ask your doctor for a blood test.",
        "Ferritin of 75 mcg/l or below is low.",
        "Below 50 µg / l it is low.",
        "Only a doctor can tell if you have RLS.",
        "They check whether you have restless legs. When you have PLMD, they say so.",
        "Ask your doctor about iron.",
        "Ask your doctor before you stop a medicine.",
        "Do not stop a medicine.",
        "Many people sleep better. It may go away.",
        "The guideline is of 2025. It takes 2 to 3 months. About 15 in 100 have it.",
        "It lasts 10 minutes a day. A walk once a week can help.",
        "One line.\nThe next line.",
        "A well-known - and common - thing.",
        "A drug in the class of dopamine drugs. Start with a walk.",
    ],
)
def test_good_wording_passes(knowledge: Path, text: str) -> None:
    assert list(unsafe_wordings(text, knowledge)) == []


def test_fault_quotes_what_was_found(knowledge: Path) -> None:
    (fault,) = unsafe_wordings("Some people have 325 mg of it.", knowledge)
    assert fault == "“325 mg” is a dose; say whom to ask instead"


def test_every_fault_of_a_text_is_named(knowledge: Path) -> None:
    found = list(unsafe_wordings("You have RLS. Take 2 tablets twice a day. It will cure you.", knowledge))
    for fault in (DIAGNOSIS, DOSE, ORDER, PROMISE):
        assert any(fault in line for line in found)
    assert sum(DOSE in line for line in found) == 2


@pytest.mark.parametrize("name", ["Pramipexole", "pramipexole", "Mirapex", "dopamine agonists", "tramadol", "Ultram"])
def test_medicine_that_harms_when_stopped_needs_its_warning(knowledge: Path, name: str) -> None:
    (fault,) = unsafe_wordings(f"{name} can help.", knowledge)
    assert fault.startswith(f"names {name}")
    assert fault.endswith("must not be stopped suddenly")


@pytest.mark.parametrize(
    "warning",
    [
        "It must not be stopped suddenly.",
        "Never end it all at once.",
        "A sudden stop harms.",
        "Not on your own.",
        "Not without your doctor.",
        "Not without a doctor.",
    ],
)
def test_warning_beside_the_name_is_enough(knowledge: Path, warning: str) -> None:
    assert list(unsafe_wordings(f"Pramipexole can help. {warning}", knowledge)) == []


def test_only_dangerous_names_need_a_warning(knowledge: Path) -> None:
    # An opioid class name is left out on purpose: answers speak of opioids in general.
    assert list(unsafe_wordings("Benadryl, gabapentin and opioids are known.", knowledge)) == []
    assert dangerous_names(knowledge).search("supertramadolic") is None


@pytest.mark.parametrize("text", ["call 911", "call 112 now", "999 or 000", "(988)", "dial 111, please"])
def test_emergency_number_is_seen(text: str) -> None:
    assert EMERGENCY_NUMBER.search(text)


@pytest.mark.parametrize("text", ["1112", "9112", "in 2025", "75 or 100", "1.999", "10000", "911.5"])
def test_other_number_is_no_emergency_number(text: str) -> None:
    assert not EMERGENCY_NUMBER.search(text)


def test_number_at_the_end_of_a_sentence_is_seen() -> None:
    assert EMERGENCY_NUMBER.search("Call 911.")
    assert not EMERGENCY_NUMBER.search("A value of 112.5 is high.")
