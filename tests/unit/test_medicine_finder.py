"""Finding medicines in what people type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.clinical.medicines.register import register

FINDER = medicine_finder()
REGISTER = register()
any_text = settings(derandomize=True, deadline=None, database=None, max_examples=300)


def found(text: str, country: str | None = None) -> list[str]:
    """Names or kinds; of an open question all that it may be."""
    return [mention.kind or "/".join(mention.medicines) for mention in FINDER.find(text, country)]


def test_mention_says_where_it_stands_and_what_is_meant() -> None:
    assert FINDER.find("Is my ZOLOFT bad, or the clonazpam?") == (
        Mention("ZOLOFT", 6, 12, ("sertraline",), "Zoloft"),
        Mention("clonazpam", 25, 34, ("clonazepam", "clobazam"), "clonazepam", sure=False),
    )
    assert FINDER.find("my Water Tablets") == (Mention("Water Tablets", 3, 16, kind="diuretic"),)


@pytest.mark.parametrize("sentence", ["{}", "I take {} at night", "it was ({}).", "WHAT ABOUT {}?"])
def test_every_name_leads_to_its_medicine(sentence: str) -> None:
    for medicine in REGISTER.medicines.values():
        for name in medicine.names:
            for typed in (name, name.lower(), name.upper()):
                (mention,) = FINDER.find(sentence.format(typed))
                assert medicine.name in mention.medicines, typed
                assert (mention.typed, mention.sure) == (typed, True)


def test_small_word_before_a_name_of_two_words_is_no_part_of_it() -> None:
    names = [name for medicine in REGISTER.medicines.values() for name in medicine.names if " " in name or "-" in name]
    places = {name: [mention.typed for mention in FINDER.find(f"is my {name} bad?")] for name in names}
    assert {name: typed for name, typed in places.items() if typed != [name]} == {}


def test_every_name_is_found_before_a_dose_and_in_the_plural() -> None:
    for medicine in REGISTER.medicines.values():
        if medicine.name.isalpha():
            assert found(f"{medicine.name} 50mg") == [medicine.name]
            assert medicine.name in found(f"my {medicine.name}s")[0].split("/")


@pytest.mark.parametrize("text", ["cetirizine10mg", "sertraline50", "gabapentin300mg"])
def test_dose_without_a_space_does_not_hide_the_name(text: str) -> None:
    (mention,) = FINDER.find(text)
    assert text.startswith(mention.medicines[0])


def test_medicines_come_in_order_and_each_once() -> None:
    assert found("sertraline, Mirapex and Zoloft, then gabapentin enacarbil or gabapentin") == [
        "sertraline",
        "pramipexole",
        "gabapentin enacarbil",
        "gabapentin",
    ]


@pytest.mark.parametrize(
    ("text", "medicine"),
    [
        ("co codamol", "codeine/paracetamol"),
        ("cocodamol", "codeine/paracetamol"),
        ("chlor trimeton", "chlorphenamine"),
        ("gaba pentin", "gabapentin"),
        ("5htp", "5-htp"),
        ("omega 3", "omega-3"),
        ("vit d", "vitamin d"),
        ("tylenol pm", "diphenhydramine/paracetamol"),
        ("zzz-quil", "diphenhydramine"),
        ("sertraline’s", "sertraline"),
        ("met formin", "metformin"),
        ("clona zepam", "clonazepam"),
        ("prammy pex all", "pramipexole"),
        ("ferrous sulphate", "ferrous sulfate"),
        ("Soñodor", "diphenhydramine"),
    ],
)
def test_name_is_found_however_it_is_put(text: str, medicine: str) -> None:
    assert found(text) == [medicine]


@pytest.mark.parametrize("text", ["st johns wort", "St. John's wort", "SJW"])
def test_herb_that_acts_on_serotonin_is_known(text: str) -> None:
    assert [REGISTER.medicines[name].kind.key for name in found(text)] == ["herbal_antidepressant"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Tylenol PM", ("diphenhydramine", "paracetamol")),
        ("sinemet", ("levodopa", "carbidopa")),
        ("levodopa/carbidopa", ("levodopa", "carbidopa")),
        ("Janumet", ("sitagliptin", "metformin")),
        ("targinact", ("oxycodone", "naloxone")),
        ("augmentin", ("amoxicillin", "clavulanic acid")),
        ("percaset", ("oxycodone", "paracetamol")),
    ],
)
def test_product_is_found_with_all_that_it_holds(text: str, held: tuple[str, ...]) -> None:
    (mention,) = FINDER.find(f"I take {text} at night")
    assert (mention.medicines, mention.together, mention.sure) == (held, True, True)


def test_product_and_one_of_its_medicines_are_two_mentions() -> None:
    assert [(mention.typed, mention.together) for mention in FINDER.find("Tylenol PM, not Tylenol")] == [
        ("Tylenol PM", True),
        ("Tylenol", False),
    ]


@pytest.mark.parametrize(
    "text", ["all i want", "the same thing", "this all I take", "i am on the tablets", "my z pack"]
)
def test_everyday_words_in_a_row_are_no_name(text: str) -> None:
    assert set(found(text)) <= {"azithromycin"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("water meds", "diuretic"),
        ("pressure medicine", "blood_pressure"),
        ("anti inflamatories", "nsaid"),
        ("sleeping tablits", "sleeping_pill"),
        ("anti-depresants", "antidepressant"),
        ("steroid jab", "steroid"),
        ("blood presure tabs", "blood_pressure"),
    ],
)
def test_kind_is_found_however_it_is_put(text: str, kind: str) -> None:
    assert found(f"is it my {text}?") == [kind]


def test_every_word_for_a_kind_is_found() -> None:
    for kind in REGISTER.classes.values():
        for word in kind.called:
            assert found(f"could my {word} do it?") == [kind.key], word


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("an antidepressant called sertraline", ["sertraline"]),
        ("sertraline, an SSRI", ["sertraline"]),
        ("antidepressants and beta blockers", ["antidepressant", "beta_blocker"]),
        ("sertraline and a beta blocker", ["sertraline", "beta_blocker"]),
        ("antidepressants, my antidepressant", ["antidepressant"]),
        ("antidepresents", ["antidepressant"]),
    ],
)
def test_kind_counts_only_while_none_of_its_medicines_is_named(text: str, kinds: list[str]) -> None:
    assert found(text) == kinds


@pytest.mark.parametrize(
    ("name", "country", "medicines"),
    [
        ("Benadryl", None, "diphenhydramine/cetirizine/acrivastine"),
        ("Benadryl", "US", "diphenhydramine"),
        ("Benadryl", "UK", "cetirizine/acrivastine"),
        ("Benadryl", "EU", "diphenhydramine/cetirizine/acrivastine"),
        ("benedryl", "US", "diphenhydramine"),
        ("benedryl", "UK", "cetirizine/acrivastine"),
        ("Benadryl Allergy", None, "cetirizine/acrivastine"),
        ("Sominex", None, "diphenhydramine/promethazine"),
        ("Sominex", "US", "diphenhydramine"),
        ("Sominex", "UK", "promethazine"),
        ("Zoloft", "India", "sertraline"),
    ],
)
def test_brand_means_what_it_does_in_the_country(name: str, country: str | None, medicines: str) -> None:
    (mention,) = FINDER.find(f"is {name} ok", country)
    assert "/".join(mention.medicines) == medicines
    assert mention.sure


@pytest.mark.parametrize(
    "text",
    [
        *("my magnesium 0.85", "potassium 4.2", "potassium: 4.2 mmol/l", "vitamin d 25", "zinc 60", "folate 5"),
        *("calcium 2,4 mmol/L", "b12 55"),
    ],
)
def test_blood_value_is_no_medicine(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "medicine"),
    [
        ("magnesium", "magnesium"),
        ("magnesium 250", "magnesium"),
        ("magnesium 40 mg", "magnesium"),
        ("zinc 15 mg", "zinc"),
        ("zinc 15mg", "zinc"),
        ("vitamin D 10 mcg", "vitamin d"),
        ("magnesium, 2 tablets", "magnesium"),
        ("magnesium 2x a day", "magnesium"),
        ("sertraline 50", "sertraline"),
    ],
)
def test_amount_to_swallow_is_a_medicine(text: str, medicine: str) -> None:
    assert found(text) == [medicine]


def test_only_so_much_of_a_text_is_read() -> None:
    assert found("x " * 2_000 + "sertraline") == []
    assert found("x " * 1_900 + "sertraline") == ["sertraline"]


ANYTHING = st.text(max_size=80) | st.lists(
    st.sampled_from(
        ["sertralin", "Benadryl", "tylenol pm", "gaba pentin", "ﬁ", "İ", "é", "\u0301", "5 htp", "ß", "7", ","]
    )
    | st.text(max_size=8),
    max_size=8,
).map(" ".join)


@any_text
@given(ANYTHING, st.sampled_from([None, "US", "UK", "XX"]))
def test_any_text_gives_mentions_that_stand_where_they_say(text: str, country: str | None) -> None:
    mentions = FINDER.find(text, country)
    ends = 0
    for mention in mentions:
        assert mention.start >= ends
        assert mention.typed == text[mention.start : mention.end] != ""
        assert (mention.kind is None) == bool(mention.medicines) == bool(mention.name)
        assert set(mention.medicines) <= REGISTER.medicines.keys()
        ends = mention.end
    assert FINDER.find(text, country) == mentions
