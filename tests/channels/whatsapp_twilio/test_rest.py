"""Sending through Twilio, against a server that is as strict as Twilio: what arrives, and when it leaves."""

from __future__ import annotations

import asyncio
import base64
import gzip
import logging
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from stillnight.channels.messenger.incoming import Incoming, Kind, Person
from stillnight.channels.messenger.outgoing import Option, Part, Road, SendError
from stillnight.channels.whatsapp_twilio.limits import TWILIO
from stillnight.channels.whatsapp_twilio.rest import TwilioRoad
from tests.channels.twilio_api import Trouble, TwilioApi
from tests.channels.whatsapp_twilio.roads import LINE, TO, WORDS, Written, road_to, send
from tests.conftest import free_port

CALLBACK = "https://clinic.example/webhooks/whatsapp_twilio"

# -- what is taken


async def test_a_part_is_sent_as_one_message(api: TwilioApi) -> None:
    async with road_to(api) as road:
        sid = await send(road)
    (taken,) = api.accepted
    assert (taken.sid, taken.to, taken.line, taken.body, taken.callback) == (
        sid,
        f"whatsapp:{TO}",
        f"whatsapp:{LINE}",
        WORDS,
        None,
    )


async def test_addresses_may_have_their_prefix_or_be_a_user_id(api: TwilioApi) -> None:
    async with road_to(api) as road:
        await send(road, to=f"whatsapp:{TO}", line=f"whatsapp:{LINE}")
        await send(road, to="US.13491208655302741918")
    assert [taken.to for taken in api.accepted] == [f"whatsapp:{TO}", "whatsapp:US.13491208655302741918"]


async def test_an_api_key_may_be_used_instead_of_the_account(api: TwilioApi) -> None:
    async with road_to(api, key=api.key, secret=api.secret) as road:
        await send(road)
    assert len(api.accepted) == 1


async def test_of_a_picture_the_caption_is_sent(api: TwilioApi) -> None:
    async with road_to(api) as road:
        await send(road, Part("Your ferritin", picture=base64.b64encode(b"PNG").decode()))
        await send(road, Part("1. Yes\n2. No", (Option("a", "Yes"), Option("b", "No"))))
    assert [taken.body for taken in api.accepted] == ["Your ferritin", "1. Yes\n2. No"]


@pytest.mark.parametrize("text", ["ä€😀 & = + %", "a\nb", "\ud800 half a character", "x" * TWILIO.text])
async def test_any_text_within_the_limits_arrives(api: TwilioApi, text: str) -> None:
    async with road_to(api) as road:
        await send(road, text)
    assert api.accepted[0].body == text.replace("\ud800", "?")


async def test_parts_arrive_in_order(api: TwilioApi) -> None:
    async with road_to(api) as road:
        sids = [await send(road, str(number)) for number in range(20)]
    assert [(taken.sid, taken.body) for taken in api.accepted] == [(sid, str(n)) for n, sid in enumerate(sids)]


@pytest.mark.parametrize(
    ("callback", "asked"),
    [(CALLBACK, f"{CALLBACK}?ours=o%261"), (f"{CALLBACK}?clinic=2", f"{CALLBACK}?clinic=2&ours=o%261")],
)
async def test_the_status_callback_carries_our_id(api: TwilioApi, callback: str, asked: str) -> None:
    async with road_to(api, callback=callback) as road:
        await send(road, ours="o&1")
    assert api.accepted[0].callback == asked


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(201, raw=b"", taken=True),
        Trouble(201, raw=b"<html>", taken=True),
        Trouble(201, raw=b"\xff", taken=True),
        Trouble(201, raw=b"[" * 100_000, taken=True),
        Trouble(201, raw=b'["SM1"]', taken=True),
        Trouble(201, raw=b'{"sid": 5}', taken=True),
        Trouble(202, raw=b"{}", taken=True),
        Trouble(201, raw=b'{"sid": "SM', missing=30, taken=True),
        Trouble(201, raw=b" " * 70_000 + b'{"sid": "SM1"}', taken=True),
        Trouble(201, raw=b"no gzip", headers={"Content-Encoding": "gzip"}, taken=True),
        Trouble(201, raw=gzip.compress(b"{}" * 99)[:20], headers={"Content-Encoding": "gzip"}, taken=True),
    ],
)
async def test_what_was_taken_counts_as_taken_even_when_the_answer_is_illegible(
    api: TwilioApi, trouble: Trouble
) -> None:
    api.troubles.append(trouble)
    async with road_to(api) as road:
        assert await send(road) == ""
        assert await send(road, "next") == api.accepted[1].sid
    assert len(api.accepted) == 2


async def test_an_answer_that_never_ends_is_not_waited_for(api: TwilioApi) -> None:
    api.troubles.append(Trouble(201, raw=b" ", missing=10**9, drips=0.02, taken=True))
    async with road_to(api, timeout=0.3) as road:
        assert await asyncio.wait_for(send(road), 20) == ""


async def test_a_very_long_id_is_cut(api: TwilioApi) -> None:
    api.troubles.append(Trouble(201, raw=b'{"sid": "%s"}' % (b"S" * 1000), taken=True))
    async with road_to(api) as road:
        assert len(await send(road)) == 512


# -- right before the body leaves


@pytest.mark.parametrize(
    "trouble", [Trouble(), Trouble(500), Trouble(400, 63016), Trouble(0), Trouble(0, taken=True), Trouble(201, raw=b"")]
)
async def test_written_is_called_once_before_the_request_is_whole(api: TwilioApi, trouble: Trouble) -> None:
    async with road_to(api) as road:
        # On a connection that is there already as well.
        await send(road)
        written = Written(api)
        api.troubles.append(trouble)
        with suppress(SendError):
            await road.send(TO, LINE, Part(WORDS), "o1", written)
    assert (written.times, written.requests_before, api.requests) == (1, 1, 2)


async def test_when_written_fails_nothing_is_sent(api: TwilioApi) -> None:
    def full() -> None:
        raise OSError("disk full")

    async with road_to(api) as road:
        with pytest.raises(OSError, match="disk full"):
            await road.send(TO, LINE, Part(WORDS), "o1", full)
        await send(road, "next")
    assert [taken.body for taken in api.accepted] == ["next"]
    assert api.requests == 1


async def test_a_proxy_that_lets_nothing_through_is_not_taken_for_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.send_response(403)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Proxy)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.server_address[1]}")
    written = Written()
    road = TwilioRoad("AC1", "token", api="https://twilio.invalid")
    with pytest.raises(SendError) as error:
        await road.send(TO, LINE, Part(WORDS), "o1", written)
    await road.close()
    server.shutdown()
    server.server_close()
    thread.join()
    assert (error.value.code, error.value.again) == ("unreachable", True)
    assert (asked, written.times) == (["twilio.invalid:443"], 0)


async def test_other_work_goes_on_while_twilio_is_slow(api: TwilioApi) -> None:
    api.troubles.append(Trouble(seconds=600))
    async with road_to(api, timeout=600) as road:
        first = asyncio.create_task(send(road, "slow"))
        while api.requests == 0:
            await asyncio.sleep(0.01)
        await send(road, "quick")
        assert not first.done()
        api.stopped.set()
        await first
    assert sorted(taken.body for taken in api.accepted) == ["quick", "slow"]


# -- reading and typing


def heard(message_id: str = "SM" + "0" * 32) -> Incoming:
    return Incoming(message_id, Person(TO, TO, TO), 0.0, Kind.TEXT, LINE, WORDS)


async def test_typing_is_shown_when_it_was_asked_for(api: TwilioApi) -> None:
    async with road_to(api, typing=True) as road:
        await road.seen(heard())
    assert api.typing == [heard().id]


async def test_typing_is_not_shown_otherwise(api: TwilioApi) -> None:
    async with road_to(api) as road:
        await road.seen(heard())
    async with road_to(api, typing=True) as road:
        await road.seen(heard("made up"))
    assert api.requests == 0


async def test_seen_never_raises(api: TwilioApi) -> None:
    api.typing_status = 500
    async with road_to(api, typing=True) as road:
        await road.seen(heard())
    await road.seen(heard())
    elsewhere = TwilioRoad("AC1", "token", typing=True, messaging=f"http://127.0.0.1:{free_port()}")
    await elsewhere.seen(heard())
    await elsewhere.close()
    assert (api.requests, api.typing) == (1, [])


# -- what nobody may read


async def test_no_secret_no_number_and_no_word_is_logged_or_told(
    api: TwilioApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.typing_status = 500
    told: list[str] = []
    for trouble in (Trouble(), Trouble(400, 21211), Trouble(0), Trouble(503, raw=WORDS.encode()), Trouble(seconds=600)):
        api.troubles.append(trouble)
        async with road_to(api, typing=True, timeout=0.3) as road:
            await road.seen(heard())
            try:
                await send(road)
            except SendError as error:
                told += [repr(error), repr(error.__cause__)]
            told.append(repr(road))
    assert caplog.records
    secrets = [
        api.token,
        base64.b64encode(f"{api.account}:{api.token}".encode()).decode(),
        TO[1:],
        LINE[1:],
        "Ferritin",
    ]
    for hidden in secrets:
        assert hidden not in caplog.text
        assert all(hidden not in text for text in told)


async def test_it_is_a_road(api: TwilioApi) -> None:
    async with road_to(api) as given:
        road: Road = given
        assert (road.name, road.limits) == ("whatsapp_twilio", TWILIO)
