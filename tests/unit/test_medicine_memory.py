"""What one message leaves known of somebody's medicines."""

from __future__ import annotations

import pytest

from stillnight.dialogue.medicine_memory import CHECKS, CORRECTS, STOPS, named


def told(text: str, intent: str, *before: str, last: tuple[str, ...] = ()) -> tuple[str, ...]:
    return named(text, intent, before, last).told


def test_medicine_that_is_asked_about_is_told() -> None:
    assert told("is it the zoloft", CHECKS) == ("sertraline",)


def test_medicine_that_somebody_takes_is_told_whatever_the_message_is_about() -> None:
    assert told("i take gabapentin, what foods have iron", "faq") == ("gabapentin",)


def test_medicine_that_is_only_spoken_of_is_not_told() -> None:
    assert told("what is gabapentin", "faq") == ()


def test_new_medicines_follow_those_told_before_and_each_is_told_once() -> None:
    assert told("metformin and sertraline", CHECKS, "sertraline", "lithium") == ("sertraline", "lithium", "metformin")


def test_kinds_and_open_names_are_not_told() -> None:
    assert told("an ssri and prednisilone", CHECKS) == ()


def test_brand_of_several_medicines_is_told_by_its_first_meaning() -> None:
    assert told("benadryl", CHECKS) == ("diphenhydramine",)


def test_product_of_several_medicines_is_told_by_all_of_them() -> None:
    assert told("tylenol pm", CHECKS) == ("diphenhydramine", "paracetamol")


@pytest.mark.parametrize("intent", [CHECKS, CORRECTS])
def test_medicine_that_is_taken_back_is_forgotten(intent: str) -> None:
    message = named("not sertraline, cetirizine", intent, ("sertraline",))
    assert message.told == ("cetirizine",)
    assert message.off == {"sertraline"}
    assert [mention.name for mention in message.wanted] == ["cetirizine"]


def test_medicine_that_was_never_told_is_not_taken_back_by_a_question() -> None:
    message = named("which antidepressant instead of lexapro", CHECKS, ())
    assert message.off == frozenset()


def test_what_was_forgotten_already_is_not_forgotten_again() -> None:
    message = named("i meant doxazosin", CORRECTS, ("quetiapine",), ("doxepin",))
    assert message.off == frozenset()


def test_medicine_that_was_stopped_is_still_spoken_of() -> None:
    message = named("i have no requip left", STOPS, ("ropinirole",))
    assert message.told == ("ropinirole",)
    assert message.wanted


def test_what_was_meant_takes_the_place_of_what_was_written() -> None:
    assert told("i meant vortioxetine", CORRECTS, "fluoxetine", last=("fluoxetine",)) == ("vortioxetine",)
    assert told("i meant vortioxetine", CHECKS, "a", "fluoxetine", last=("fluoxetine",)) == ("a", "vortioxetine")


def test_what_was_meant_leaves_several_alone() -> None:
    before = ("fluoxetine", "lithium")
    assert told("i meant vortioxetine", CORRECTS, *before, last=before) == (*before, "vortioxetine")


def test_everything_can_be_taken_back_at_once() -> None:
    assert told("clear my medication list", CORRECTS, "lithium", "sertraline") == ()
    assert told("clear my medication list", "faq", "lithium") == ("lithium",)


def test_dangerous_pair_with_what_was_told_before_is_found() -> None:
    message = named("and a glass of wine", "faq", ("oxycodone",))
    assert len(message.check().together) == 1
    assert named("and a glass of milk", "faq", ("oxycodone",)).check().together == ()


def test_chosen_country_settles_a_brand() -> None:
    assert named("benadryl", CHECKS, (), (), "US").told == ("diphenhydramine",)
    assert "diphenhydramine" not in named("benadryl", CHECKS, (), (), "GB").told


@pytest.mark.parametrize(
    ("text", "drinks"),
    [
        ("i have 3 beers every night", True),
        ("i drink half a bottle of whisky a night", True),
        ("i get through a bottle of wine a night", True),
        ("can i have wine at night with gabapentin", False),
        ("my husband has 3 beers every night", False),
        ("i never have wine at night", False),
        ("i gave up wine a year ago", False),
        ("i dont drink alcohol", False),
    ],
)
def test_somebody_who_drinks_is_known_to(text: str, drinks: bool) -> None:
    assert ("alcohol" in told(text, "faq")) is drinks


def test_drink_that_was_told_is_weighed_with_a_medicine_told_later() -> None:
    drinks = named("i have 3 beers every night", "faq", ())
    (pair,) = named("i take clonazepam", CHECKS, drinks.told).check().together
    assert "alcohol" in pair.pair.other | pair.pair.one
