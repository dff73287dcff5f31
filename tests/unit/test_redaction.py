"""Taking out of a text what tells who somebody is, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.language.redaction import redacted, redactor
from stillnight.language.spelling import names_in
from stillnight.paths import KNOWLEDGE, PROJECT
from stillnight.yaml_files import load_yaml

any_text = settings(derandomize=True, deadline=None, database=None, max_examples=300)
words = st.sampled_from(["", "call me", "legs at night", "my number", "please write to", "ferritin", "thanks", "it is"])
RAW = load_yaml(KNOWLEDGE / "redaction.yml")
LISTS = (tuple(name for names in RAW["names"].values() for name in names), RAW["capital_names"], RAW["everyday_names"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my name is oluwaseun adebayo", "my name is [name]"),
        ("my name is Wilhelmina", "my name is [name]"),
        ("I'm Wojtek from Leeds, 45", "I'm [name] from Leeds, 45"),
        ("i'm rose from leeds", "i'm [name] from leeds"),
        ("I'm Will, 45", "I'm [name], 45"),
        ("Dr Patel said so", "Dr [name] said so"),
        ("dr. banner said so", "dr. banner said so"),
        ("Dr. Banner said so", "Dr. [name] said so"),
        ("our nurse Grace was kind", "our nurse [name] was kind"),
        ("my wife Anna kicks", "my wife [name] kicks"),
        ("my son Mark too, will he get better", "my son [name] too, will he get better"),
        ("my neighbour Gregson kicks", "my neighbour [name] kicks"),
        ("fatima's legs", "[name]'s legs"),
        ("ask Mike about it", "ask [name] about it"),
        ("it was Anna K. Smith who said it", "it was [name] who said it"),
        ("need help with sleep. Regards, Priya K. Ramachandran", "need help with sleep. Regards, [name]"),
        ("many thanks Rose x", "many thanks [name] x"),
        ("hi, 宏子 here, @sleepy_anna", "hi, 宏子 here, [name]"),
        ("write to anna.smith+rls@example.co.uk.", "write to [email]."),
        ("anna dot smith at gmail dot com", "[email]"),
        ("see https://example.org/a?b=c, ok", "see [web], ok"),
        ("is rls-forum.org/x right", "is [web] right"),
        ("call me on 07700 900123", "call me on [phone]"),
        ("ring us: (415) 555-2671", "ring us: [phone]"),
        ("+91 98765 43210 is my whatsapp", "[phone] is my whatsapp"),
        ("my landline is 555 0199", "my landline is [phone]"),
        ("my nhs number is 943 476 5919", "my nhs number is [number]"),
        ("MRN: 0045678", "MRN: [number]"),
        ("ssn 123-45-6789", "ssn [number]"),
        ("QQ 12 34 56 C", "[number]"),
        ("it says 20481234 on the card", "it says [number] on the card"),
        ("born 12/03/1965", "born [date]"),
        ("dob: 3 March 65", "dob: [date]"),
        ("born in 1958", "born in [date]"),
        ("tested on 5th of Nov 2025", "tested on [date]"),
        ("2024-05-06 ferritin 12", "[date] ferritin 12"),
        ("I live at 12 Station Road, Leeds LS1 4AB", "I live at [address]"),
        ("123 Main St, Springfield IL 62704", "[address]"),
        ("we live on Acacia Avenue", "we live on [address]"),
        ("flat 4b, 9 Hill Lane", "[address]"),
        ("postcode 3051, k1a 0b1", "postcode [address]"),
        ("Hauptstrasse 12", "[address]"),
        ("a line\nand a [joke]", "a line and a (joke)"),
    ],
)
def test_what_tells_who_it_is_goes(text: str, shown: str) -> None:
    assert redacted(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "will iron help, may be, mark my words",
        "Will it help? May I ask? Rose hips, grace and faith",
        "in May and April and august, since 5 March, on 12 may",
        "my mum has it and my doctor says so, my wife wont sleep, My husband Has it",
        "dr said iron, dr will see me, dr perscribed it, the nurse gave it, i miss sleep, thanks doctor",
        "i am tired from work, i'm new here, this is ropinirole, hello Stillnight, dear doctor",
        "i'm RLS since 2019, GP says MS. Her legs",
        "St John's wort, charley horse, Willis-Ekbom, Wilson's disease, jimmy legs, Crohn's",
        "My Wife Has Restless Legs And Kicks All Night Long",
        "ferritin 18 ug/L (15-150), b12 250 (200-1100), tsat 12%, hb 11.7-15.5 g/dL, TSH 0.40-4.50",
        "ferritin was 45 12 30 22 and hb 130 128 131, plt 250000, 50000 iu vitamin d, 1000000 units",
        "12 tablets, 0.25 mg, 300 mg 600 mg 900 mg, 3x a day, 24/7, 10/10, bp 120/80 at 10:30",
        "b12 2mg, b6 100mg, d3 5ug, vitamin k2 7mcg, c3 2nd time",
        "in the 1990s, since 2014-2018, from 2019 to 2021, aged 67, 8 yr old, week 28, 2 am, every 20-40 seconds",
        "born 3 weeks early, born at 32 weeks, my first was born by caesarean",
        "call 999, ring 111, 988, 116 123",
        "walk 10 minutes down the road, 2 miles up the lane, 3 times a way, 5 nights of it",
        "sertraline 50mg then mirtazapine 15, is Yasmin or camila or Ferinject ok",
    ],
)
def test_what_tells_nobody_stays(text: str) -> None:
    assert redacted(text) == text


@any_text
@given(st.emails(), words, words)
def test_nothing_of_an_email_address_survives(address: str, before: str, after: str) -> None:
    shown = redacted(f"{before} {address} {after}")
    assert "@" not in shown
    assert address.partition("@")[0] not in shown or len(address.partition("@")[0]) < 8


def numbers() -> Iterator[phonenumbers.PhoneNumber]:
    kinds = phonenumbers.PhoneNumberType
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (kinds.MOBILE, kinds.FIXED_LINE):
            number = phonenumbers.example_number_for_type(region, kind)
            if number:
                yield number


@any_text
@given(
    st.sampled_from(list(numbers())),
    st.sampled_from(
        [phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164],
    ),
    words,
    words,
)
def test_no_digit_of_a_telephone_number_with_country_code_survives(
    number: phonenumbers.PhoneNumber, how: int, before: str, after: str
) -> None:
    shown = redacted(f"{before} {phonenumbers.format_number(number, how)} {after}")
    assert not any(char.isdigit() for char in shown)


@any_text
@given(
    st.sampled_from(
        [number for number in numbers() if phonenumbers.region_code_for_number(number) in RAW["phone_regions"]]
    ),
    st.sampled_from([" ", "-", ""]),
    words,
)
def test_no_digit_of_a_telephone_number_without_country_code_survives(
    number: phonenumbers.PhoneNumber, sign: str, before: str
) -> None:
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL).replace(" ", sign)
    assert not any(char.isdigit() for char in redacted(f"{before} {written} about my legs"))


@any_text
@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"]))
def test_no_whole_date_survives(day: object, how: str) -> None:
    year = int(f"{day:%Y}")
    if year >= 1900 and year < 2100:
        assert redacted(f"it was on {day:{how}} at noon") == "it was on [date] at noon"


def medicine_names() -> set[str]:
    stored = load_yaml(KNOWLEDGE / "medicines.yml")
    named = {str(name) for name in stored}
    for facts in stored.values():
        named |= {str(name) for name in facts.get("also") or ()}
        named |= {str(name) for brands in (facts.get("brands") or {}).values() for name in brands}
    return named


def test_medicines_survive() -> None:
    texts = [
        words.format(name) for name in medicine_names() for words in ("i take {} at night", "{}", "is {} bad for rls")
    ]
    texts = [" ".join(text.split()) for text in texts]
    assert [text for text in texts if redacted(text) != redactor().as_read(text)] == []


def test_medicines_survive_where_a_name_would_stand() -> None:
    known = names_in(KNOWLEDGE) - {name for names in LISTS for name in names}
    texts = [
        f"my wife {name.title()} 20 mg, my name is {name}, Dr {name}"
        for name in sorted(known)
        if name.isalnum() and len(name) > 3
    ]
    assert [text for text in texts if redacted(text) != text] == []


def test_lab_values_survive() -> None:
    lost = []
    for path in sorted((PROJECT / "tests" / "labs").glob("dev*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            shown = redacted(told["text"])
            values = [f"{value['value']:g}" for value in told["values"]]
            lost += [(value, shown) for value in values if value in told["text"] and value not in shown]
    assert lost == []


def test_lab_names_survive() -> None:
    names = [str(name) for facts in load_yaml(KNOWLEDGE / "labs.yml").values() for name in facts["names"]]
    texts = [redactor().as_read(f"my {name} is 18.5") for name in names]
    assert [text for text in texts if redacted(text) != text] == []


@any_text
@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_stays_as_it_is_then(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once
    bare = once
    for kind in redactor().stand_ins:
        bare = bare.replace(f"[{kind}]", "")
    assert not set(bare) & set("[]\n\r\t")


@any_text
@given(
    st.lists(st.sampled_from(["Anna", "my wife", "Dr", "07700 900123", "12", "High Street", "a@b.org", "[name]", ","]))
)
def test_redacting_twice_is_redacting_once(pieces: list[str]) -> None:
    once = redacted(" ".join(pieces))
    assert redacted(once) == once


def test_stand_ins_are_plain_words() -> None:
    text = "[name] rang [phone] on [date], [email], [web], [number], [address], [other]"
    shown = redactor().stood_in(text)
    assert "[other]" in shown
    assert shown.count("[") == 1
    assert shown.startswith("Alex rang")


def test_each_name_stands_in_one_list_and_no_medicine_is_a_name() -> None:
    everything = [name for names in LISTS for name in names]
    assert sorted(name for name in set(everything) if everything.count(name) > 1) == []
    assert (set(LISTS[0]) | set(LISTS[1])) & names_in(KNOWLEDGE) == {"john"}, "“St John's wort” is left alone by rule"
    assert not set(LISTS[0]) & {"will", "mark", "grace", "may", "rose", "april", "june", "august"}


def test_long_nonsense_is_read_in_time() -> None:
    for piece in ("a", "a.", "1 ", "a@", "12 a ", "Anna ", "www.", "(1) "):
        redacted(piece * 1500)
