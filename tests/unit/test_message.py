"""What the assistant says, gathered for a channel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stillnight.channels.message import Choice, Collector, Reply, reply_of, static_reply
from stillnight.content.catalogue import Catalogue, load
from stillnight.content.responses import Answer, Button


@pytest.fixture(scope="module")
def catalogue(knowledge: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load(tmp_path_factory.mktemp("data"), knowledge)


async def test_collector_keeps_text_buttons_and_sources_in_order(catalogue: Catalogue) -> None:
    collector = Collector(catalogue)
    await collector.send_response(
        "web-1",
        {
            "text": "Yes.",
            "buttons": [{"title": "More", "payload": "/more"}, {"title": "Iron", "payload": "/faq/iron"}],
            "metadata": {"sources": ["nhs", "aasm_2025"], "title": "Iron"},
        },
    )
    await collector.send_response("web-1", {"text": "Bye."})
    first, second = collector.replies
    assert first.text == "Yes."
    assert first.choices == (Choice("More", "/more"), Choice("Iron", "/faq/iron"))
    assert [source.id for source in first.sources] == ["nhs", "aasm_2025"]
    assert second == Reply("Bye.")


async def test_collector_passes_over_messages_without_text(catalogue: Catalogue) -> None:
    collector = Collector(catalogue)
    silent: list[dict[str, Any]] = [{}, {"text": ""}, {"text": None, "buttons": []}, {"image": "https://example.org/x"}]
    for message in silent:
        await collector.send_response("web-1", message)
    assert collector.replies == []


async def test_collector_takes_empty_fields(catalogue: Catalogue) -> None:
    collector = Collector(catalogue)
    await collector.send_response("web-1", {"text": "a", "buttons": None, "metadata": None})
    await collector.send_response("web-1", {"text": "b", "buttons": [], "metadata": {"sources": None}})
    assert collector.replies == [Reply("a"), Reply("b")]


async def test_source_that_nobody_knows_is_left_out(catalogue: Catalogue) -> None:
    collector = Collector(catalogue)
    await collector.send_response("web-1", {"text": "a", "metadata": {"sources": ["gone", "nhs"]}})
    assert [source.id for source in collector.replies[0].sources] == ["nhs"]


async def test_two_collectors_share_nothing(catalogue: Catalogue) -> None:
    one, other = Collector(catalogue), Collector(catalogue)
    await one.send_response("web-1", {"text": "a"})
    assert other.replies == []


def test_static_reply_is_the_answer_with_payloads_as_rasa_sends_them() -> None:
    answer = Answer("utter_sorry", "Sorry.", Path("x.yml"), (Button("More", '/more{{"topic": "iron"}}'),))
    reply = static_reply(Catalogue({"utter_sorry": answer}, {}), "utter_sorry")
    assert reply == Reply("Sorry.", (Choice("More", '/more{"topic": "iron"}'),))
    with pytest.raises(KeyError):
        static_reply(Catalogue({}, {}), "utter_sorry")


SEVERAL = Reply("English.\nالعربية.", languages=("en", "ar"))


def test_lines_in_several_languages_come_back_as_they_went() -> None:
    assert SEVERAL.lines() == [("English.", "en"), ("العربية.", "ar")]
    assert reply_of(SEVERAL.as_message(), {}) == SEVERAL
    assert "languages" not in Reply("English.").as_message()["metadata"]
    assert Reply("English.\nMore.").lines() == []


def test_lines_beneath_bear_their_language_where_it_is_another() -> None:
    assert SEVERAL.with_lines("one\ntwo", "en").languages == ("en", "ar", "en", "en")
    assert Reply("eins", language="de").with_lines("zwei", "de") == Reply("eins\nzwei", language="de")
    assert Reply("eins", language="de").with_lines("two", "en").languages == ("de", "en")


def test_static_reply_tells_its_languages() -> None:
    facts = {"language": "hi", "languages": ["hi", "hi-Latn"]}
    answer = Answer("utter_sorry", "एक\nek", Path("x.yml"), metadata=facts)
    reply = static_reply(Catalogue({"utter_sorry": answer}, {}), "utter_sorry")
    assert (reply.language, reply.languages) == ("hi", ("hi", "hi-Latn"))
