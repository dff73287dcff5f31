"""Answers that differ by channel: how to have the chat deleted."""

from __future__ import annotations

import pytest
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator

from stillnight.assistant.importer import DataImporter
from stillnight.channels.message import Collector
from stillnight.channels.messenger.command import Command, command_of
from stillnight.content.catalogue import catalogue
from stillnight.paths import DATA, PROJECT


@pytest.fixture(scope="module")
def wording() -> TemplatedNaturalLanguageGenerator:
    importer = DataImporter(str(PROJECT / "config.yml"), str(PROJECT / "domain.yml"), [str(DATA)])
    return TemplatedNaturalLanguageGenerator(importer.get_nlu_data().responses)


@pytest.mark.parametrize("channel", ["whatsapp_cloud", "whatsapp_twilio"])
def test_messengers_name_the_word_that_deletes(wording: TemplatedNaturalLanguageGenerator, channel: str) -> None:
    said = wording.generate_from_slots("utter_privacy", {}, Collector(catalogue(), channel).name())
    assert said is not None
    assert "send the one word DELETE" in said["text"] and "menu" not in said["text"] and said["buttons"]
    assert command_of("DELETE") is Command.DELETE


@pytest.mark.parametrize("collector", [Collector(catalogue()), Collector(catalogue(), "web")])
def test_website_names_its_menu(wording: TemplatedNaturalLanguageGenerator, collector: Collector) -> None:
    said = wording.generate_from_slots("utter_privacy", {}, collector.name())
    assert said is not None
    assert "open the menu" in said["text"] and "DELETE" not in said["text"]
    assert said["text"] == catalogue().text("utter_privacy")
