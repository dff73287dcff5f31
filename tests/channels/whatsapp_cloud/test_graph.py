"""Sending on WhatsApp: what reaches Meta, and in which shape."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr

from stillnight.channels.messenger.incoming import Incoming, Kind, Person
from stillnight.channels.messenger.outgoing import Option, Part, Road, SendError
from stillnight.channels.whatsapp_cloud.graph import GraphApi
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from stillnight.channels.whatsapp_cloud.payload import message
from stillnight.clinical.labs.bar.png import as_png
from tests.channels.graph_api import LINE, TOKEN, LoopbackGraph
from tests.channels.graph_faults import error
from tests.unit.lab_bars import WORDS, bar

ANNA = "447700900123"
PNG = as_png(bar("ferritin", 18), WORDS)
PICTURE = base64.b64encode(PNG).decode()


async def say(road: Road, part: Part, to: str = ANNA, written: Callable[[], None] = lambda: None) -> str:
    return await road.send(to, LINE, part, "ours-1", written)


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"id{number}", f"Choice {number}") for number in range(count))


async def test_plain_text(graph: LoopbackGraph, road: GraphApi) -> None:
    sent = await say(road, Part("Ferritin is an iron store."))
    [taken] = graph.accepted
    assert sent == taken.id
    assert taken.payload == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": ANNA,
        "type": "text",
        "text": {"preview_url": False, "body": "Ferritin is an iron store."},
        "biz_opaque_callback_data": "ours-1",
    }


async def test_version_line_and_token_stand_where_meta_looks_for_them(graph: LoopbackGraph) -> None:
    road = GraphApi(SecretStr(f" {TOKEN}\n"), f"{graph.url}/", version="v25.0")
    await say(road, Part("Hello"))
    await road.close()
    [request] = graph.requests
    assert request.path == f"/v25.0/{LINE}/messages"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        (ANNA, "to", ANNA),
        (f"+{ANNA}", "to", ANNA),
        ("US.13491208655302741918", "recipient", "US.13491208655302741918"),
        ("GB.ENT.11815799212886844830", "recipient", "GB.ENT.11815799212886844830"),
    ],
)
async def test_phones_and_user_ids_have_fields_of_their_own(
    graph: LoopbackGraph, road: GraphApi, address: str, field: str, value: str
) -> None:
    await say(road, Part("Hello"), address)
    [taken] = graph.accepted
    assert {name: taken.payload[name] for name in ("to", "recipient") if name in taken.payload} == {field: value}


def test_what_is_no_user_id_is_written_to_like_a_phone() -> None:
    sent = message("A number of Meta's", Part("Hello"), "ours")
    assert (sent["to"], "recipient" in sent) == ("A number of Meta's", False)


async def test_up_to_three_options_are_buttons(graph: LoopbackGraph, road: GraphApi) -> None:
    await say(road, Part("Which?", options(3), menu="Choose"))
    buttons = [{"type": "reply", "reply": {"id": f"id{n}", "title": f"Choice {n}"}} for n in range(3)]
    assert graph.accepted[0].payload["interactive"] == {
        "type": "button",
        "body": {"text": "Which?"},
        "action": {"buttons": buttons},
    }


@pytest.mark.parametrize(("count", "listed"), [(4, False), (10, True), (2, True)])
async def test_more_options_or_listed_ones_are_a_list(
    graph: LoopbackGraph, road: GraphApi, count: int, listed: bool
) -> None:
    await say(road, Part("Which?", options(count), listed, "Choose"))
    rows = [{"id": f"id{number}", "title": f"Choice {number}"} for number in range(count)]
    assert graph.accepted[0].payload["interactive"] == {
        "type": "list",
        "body": {"text": "Which?"},
        "action": {"button": "Choose", "sections": [{"title": "Choose", "rows": rows}]},
    }


async def test_a_picture_is_uploaded_and_then_sent_with_its_caption(graph: LoopbackGraph, road: GraphApi) -> None:
    await say(road, Part("Your ferritin is low.", picture=PICTURE))
    [(media, content)] = graph.media.items()
    assert content == PNG
    assert graph.accepted[0].payload["image"] == {"id": media, "caption": "Your ferritin is low."}


async def test_a_picture_without_words(graph: LoopbackGraph, road: GraphApi) -> None:
    await say(road, Part("", picture=PICTURE))
    assert graph.accepted[0].payload["image"].keys() == {"id"}


async def test_a_picture_with_buttons_is_one_message(graph: LoopbackGraph, road: GraphApi) -> None:
    await say(road, Part("Your ferritin is low.", options(2), picture=PICTURE))
    [media] = graph.media
    [taken] = graph.accepted
    assert taken.payload["interactive"]["header"] == {"type": "image", "image": {"id": media}}


async def test_a_list_leaves_the_picture_out(graph: LoopbackGraph, road: GraphApi) -> None:
    await say(road, Part("Your ferritin is low.", options(5), True, "Choose", PICTURE))
    assert len(graph.accepted) == 1
    assert not graph.media


async def test_half_a_character_does_not_stop_a_message(graph: LoopbackGraph, road: GraphApi) -> None:
    await say(road, Part("You wrote \ud83d and 🦵"))
    assert graph.accepted[0].text == "You wrote ? and 🦵"


async def test_messages_at_the_same_time_each_get_their_own_id(graph: LoopbackGraph, road: GraphApi) -> None:
    sent = await asyncio.gather(*(say(road, Part(f"{number}"), f"4477009001{number:02}") for number in range(20)))
    assert {taken.id: taken.text for taken in graph.accepted} == {id: f"{number}" for number, id in enumerate(sent)}


@pytest.mark.parametrize(
    "build",
    [
        lambda more: Part("x" * (CLOUD.text + more)),
        lambda more: Part("x" * (CLOUD.caption + more), picture=PICTURE),
        lambda more: Part("x" * (CLOUD.body + more), options(1)),
        lambda more: Part("x" * (CLOUD.body + more), options(1), True, "Choose"),
        lambda more: Part("Which?", (Option("id", "x" * (CLOUD.button_title + more)),)),
        lambda more: Part("Which?", (Option("id", "x" * (CLOUD.row_title + more)),), True, "Choose"),
        lambda more: Part("Which?", options(CLOUD.rows + more), True, "Choose"),
    ],
)
async def test_the_table_of_limits_is_the_one_that_meta_enforces(
    graph: LoopbackGraph, road: GraphApi, build: Callable[[int], Part]
) -> None:
    await say(road, build(0))
    with pytest.raises(SendError) as caught:
        await say(road, build(1))
    assert not caught.value.again
    assert len(graph.accepted) == 1


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


def up_to(most: int) -> st.SearchStrategy[str]:
    return words.map(lambda text: text[:most]).filter(str.strip)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    picture = draw(st.sampled_from([None, PICTURE]))
    listed = draw(st.booleans())
    count = draw(st.integers(0, CLOUD.rows if listed else CLOUD.buttons))
    titles = up_to(CLOUD.row_title if listed else CLOUD.button_title)
    named = draw(st.lists(titles, min_size=count, max_size=count, unique=True))
    chosen = tuple(Option(f"id{number}", title) for number, title in enumerate(named))
    longest = CLOUD.body if chosen else CLOUD.caption if picture else CLOUD.text
    filling = draw(st.sampled_from(["", "x" * longest]))
    return Part((draw(up_to(longest)) + filling)[:longest], chosen, listed, draw(up_to(20)), picture)


@given(part=parts())
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_keeps_to_the_limits_is_taken(graph: LoopbackGraph, road: GraphApi, part: Part) -> None:
    assert await say(road, part) == graph.accepted[-1].id
    assert graph.accepted[-1].text == part.text


def incoming(message: str) -> Incoming:
    return Incoming(message, Person(ANNA, ANNA, f"+{ANNA}"), 0, Kind.TEXT, LINE, "Can I take iron?")


async def test_ticks_and_dots_are_one_request(graph: LoopbackGraph, road: GraphApi) -> None:
    graph.heard(ANNA, "wamid.IN")
    await road.seen(incoming("wamid.IN"))
    assert graph.read == ["wamid.IN"]
    [request] = graph.requests
    assert b'"typing_indicator": {"type": "text"}' in request.body


@pytest.mark.parametrize("code", [190, 131000])
async def test_ticks_and_dots_that_fail_stop_nobody(
    graph: LoopbackGraph, road: GraphApi, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "stillnight")
    graph.next(error(code), kind="receipt")
    await road.seen(incoming("wamid.IN"))
    [record] = [record for record in caplog.records if record.name.startswith("stillnight")]
    assert record.getMessage() == "a message could not be shown as read: SendError"
    assert await say(road, Part("Hello"))


async def test_ticks_and_dots_without_a_connection_stop_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "stillnight")
    with LoopbackGraph() as gone:
        road = GraphApi(TOKEN, gone.url)
    await road.seen(incoming("wamid.IN"))
    await road.close()
    assert "SendError" in caplog.text


@pytest.mark.parametrize("line", ["", "../me", "1/../2", "..", "%2e%2e", "１２", "1?a", "1#a", "1 2", "1\n", "1" * 65])
async def test_a_line_that_is_none_reaches_nobody(graph: LoopbackGraph, road: GraphApi, line: str) -> None:
    with pytest.raises(SendError, match="bad-line") as caught:
        await road.send(ANNA, line, Part("Hello"), "ours", lambda: None)
    assert not caught.value.again
    assert not graph.requests


@pytest.mark.parametrize("picture", ["no base64!", "é"])
async def test_a_picture_that_is_none_reaches_nobody(graph: LoopbackGraph, road: GraphApi, picture: str) -> None:
    with pytest.raises(SendError, match="bad-picture") as caught:
        await say(road, Part("Hello", picture=picture))
    assert not caught.value.again
    assert not graph.requests


@pytest.mark.parametrize("token", ["", " ", "two words", "two\nlines", "tökén"])
def test_a_token_that_is_none_is_refused_without_being_named(token: str) -> None:
    with pytest.raises(ValueError, match="access token") as caught:
        GraphApi(token)
    assert not token.strip() or token not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["http://graph.facebook.com", "ftp://127.0.0.1", "graph.facebook.com", "https://", "https://a\nb", ""]
)
def test_the_token_goes_to_no_open_address(address: str) -> None:
    with pytest.raises(ValueError, match="must start with https"):
        GraphApi(TOKEN, address)


@pytest.mark.parametrize("version", ["", "26.0", "v26", "v26.0/..", "latest"])
def test_a_version_that_is_none_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=r"v26\.0"):
        GraphApi(TOKEN, version=version)


async def test_nothing_shows_the_token(road: GraphApi) -> None:
    assert TOKEN not in f"{road!r} {vars(road)!r}"
    assert isinstance(vars(road)["_client"], httpx.AsyncClient)
    assert TOKEN not in repr(vars(road)["_client"].headers)


async def test_document_is_uploaded_and_shown_under_its_name(graph: LoopbackGraph, road: GraphApi) -> None:
    pdf = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
    await say(road, Part("Your page", document=base64.b64encode(pdf).decode(), file="visit-summary.pdf"))
    [taken] = graph.accepted
    document = taken.payload["document"]
    assert document == {"id": document["id"], "caption": "Your page", "filename": "visit-summary.pdf"}
    assert graph.media[document["id"]] == pdf


@pytest.mark.parametrize(
    "part",
    [
        Part("Your page", document=base64.b64encode(b"no PDF at all").decode(), file="a.pdf"),
        Part("a" * (CLOUD.caption + 1), document=base64.b64encode(b"%PDF-1.7\n%%EOF").decode(), file="a.pdf"),
        Part("Your page", document=base64.b64encode(b"%PDF-1.7\n%%EOF").decode()),
        Part("Your page", document="not base64", file="a.pdf"),
    ],
    ids=["no PDF", "caption too long", "no name", "not base64"],
)
async def test_document_that_cannot_be_sent_is_refused(graph: LoopbackGraph, road: GraphApi, part: Part) -> None:
    with pytest.raises(SendError) as caught:
        await say(road, part)
    assert not caught.value.again and not graph.accepted
