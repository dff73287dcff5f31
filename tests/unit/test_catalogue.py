"""Looking answers and references up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from stillnight.content.catalogue import Catalogue, load
from stillnight.content.responses import ContentError

GENERAL = {"how_long": "timeline", "why": "causes", "what_helps": "treatments"}
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "utter_faq/iron": [
        {
            "text": "Iron.",
            "metadata": {"title": "Iron and legs", "follow_up": {"how_long": "iron_treatment", "why": "more"}},
        }
    ],
    "utter_more_iron": [{"text": "More on iron."}],
    "utter_faq/timeline": [{"text": "Time.", "metadata": {"title": "Time"}}],
    "utter_more_timeline": [{"text": "More on time."}],
    "utter_faq/causes": [{"text": "Causes.", "metadata": {"title": "Causes", "follow_up": None}}],
    "utter_faq/magnesium": [
        {"text": "Magnesium.", "metadata": {"follow_up": {"why": "more", "what_helps": "iron"}}},
        {
            "text": "Not without the doctor.",
            "metadata": {"follow_up": {"why": "more", "what_helps": "causes", "how_long": "magnesium"}},
            "condition": [{"type": "slot", "name": "circumstance", "value": "child"}],
        },
    ],
    "utter_more_magnesium": [{"text": "A spoonful."}],
    "utter_which_topic": [{"text": "Which?", "metadata": {"follow_up": GENERAL}}],
    "utter_lab": [
        {"text": "Ferritin.", "condition": [{"type": "slot", "name": "lab", "value": "ferritin"}]},
        {"text": "Which test?"},
    ],
}


@pytest.fixture(scope="module")
def catalogue(knowledge: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    data = tmp_path_factory.mktemp("data")
    (data / "all.yml").write_text(yaml.safe_dump({"responses": ANSWERS}), encoding="utf-8")
    return load(data, knowledge)


def test_topics_have_text_and_title(catalogue: Catalogue) -> None:
    assert catalogue.text("utter_more_iron") == "More on iron."
    assert catalogue.title("iron") == "Iron and legs"
    assert catalogue.has_topic("iron")
    assert not catalogue.has_topic("which_topic")
    with pytest.raises(KeyError):
        catalogue.text("utter_nothing")


def test_variation_without_condition_stands_for_the_answer(catalogue: Catalogue) -> None:
    assert catalogue.text("utter_lab") == "Which test?"


def test_answer_is_varied_for_a_circumstance_that_has_a_variation(catalogue: Catalogue) -> None:
    assert catalogue.answer("utter_faq/magnesium", "child").text == "Not without the doctor."
    assert catalogue.answer("utter_faq/magnesium", "pregnancy").text == "Magnesium."
    assert catalogue.answer("utter_faq/magnesium").text == "Magnesium."
    with pytest.raises(KeyError):
        catalogue.answer("utter_nothing", "child")


def test_answer_that_has_conditions_only_is_not_in_the_catalogue(knowledge: Path, tmp_path: Path) -> None:
    only = {"responses": {"utter_lab": ANSWERS["utter_lab"][:1]}}
    (tmp_path / "all.yml").write_text(yaml.safe_dump(only), encoding="utf-8")
    assert load(tmp_path, knowledge).answers == {}


def test_topics_own_follow_up_goes_first(catalogue: Catalogue) -> None:
    assert catalogue.follow_up("iron", "how_long") == "utter_faq/iron_treatment"


def test_follow_up_more_is_the_topics_second_part(catalogue: Catalogue) -> None:
    assert catalogue.follow_up("iron", "why") == "utter_more_iron"


@pytest.mark.parametrize("slug", ["iron", "causes", "no_such_topic", None])
def test_follow_up_that_the_topic_does_not_name_is_the_general_one(catalogue: Catalogue, slug: str | None) -> None:
    assert catalogue.follow_up(slug, "what_helps") == "utter_faq/treatments"


def test_general_follow_up_of_its_own_topic_is_the_second_part(catalogue: Catalogue) -> None:
    assert catalogue.follow_up("timeline", "how_long") == "utter_more_timeline"


def test_general_follow_up_of_a_topic_without_second_part_says_it_again(catalogue: Catalogue) -> None:
    assert catalogue.follow_up("causes", "why") == "utter_faq/causes"


def test_second_part_is_not_for_somebody_for_whom_the_first_was_varied(catalogue: Catalogue) -> None:
    assert catalogue.more("magnesium") == "utter_more_magnesium"
    assert catalogue.more("magnesium", "pregnancy") == "utter_more_magnesium"
    assert catalogue.more("magnesium", "child") is None
    assert catalogue.more("causes") is None


def test_follow_up_goes_by_the_variation_that_was_said(catalogue: Catalogue) -> None:
    assert catalogue.follow_up("magnesium", "what_helps") == "utter_faq/iron"
    assert catalogue.follow_up("magnesium", "what_helps", "child") == "utter_faq/causes"
    assert catalogue.follow_up("magnesium", "why") == "utter_more_magnesium"
    assert catalogue.follow_up("magnesium", "why", "child") == "utter_no_more"
    assert catalogue.follow_up("magnesium", "how_long", "child") == "utter_faq/magnesium"


def test_unknown_kind_of_follow_up_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.follow_up("iron", "how_much")


def test_references_are_read_with_an_address_where_there_is_one(catalogue: Catalogue) -> None:
    guideline, page, book = (catalogue.references[key] for key in ("aasm_2025", "nhs", "book"))
    assert (guideline.id, guideline.title, guideline.year) == ("aasm_2025", "Treatment guideline", 2025)
    assert guideline.url == "https://doi.org/10.5664/jcsm.11390"
    assert guideline.plain == "the 2025 guideline"
    assert (page.url, page.year, page.journal) == ("https://example.org/rls", 2022, "nhs.uk")
    assert book.url is None


def test_reference_is_spoken_with_its_year_once(catalogue: Catalogue) -> None:
    assert catalogue.references["aasm_2025"].spoken == "the 2025 guideline"
    assert catalogue.references["nhs"].spoken == "a page of the NHS (2022)"


def test_broken_file_stops_loading(knowledge: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("responses: [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"bad\.yml"):
        load(tmp_path, knowledge)
