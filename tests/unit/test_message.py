"""What the assistant says, gathered for a channel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stillnight.channels.message import Choice, Collector, Reply, static_reply
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
