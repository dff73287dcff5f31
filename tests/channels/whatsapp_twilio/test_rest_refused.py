"""What Twilio does not take: why, whether to try again, and how long to wait before."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from stillnight.channels.messenger.outgoing import Part, SendError
from stillnight.channels.whatsapp_twilio.limits import TWILIO
from stillnight.channels.whatsapp_twilio.rest import TwilioRoad
from tests.channels.twilio_api import Trouble, TwilioApi
from tests.channels.whatsapp_twilio.roads import LINE, TO, WORDS, Written, refused, road_to, send
from tests.conftest import free_port

DAY = 24 * 60 * 60


@pytest.mark.parametrize(
    ("status", "code", "told", "again"),
    [
        (429, 20429, "20429", True),
        (429, 63018, "63018", True),
        (400, 63018, "63018", True),
        (400, 14107, "14107", True),
        (429, 14107, "14107", True),
        (400, 21611, "21611", True),
        (400, 63017, "63017", True),
        (400, 63012, "63012", True),
        (429, None, "http-429", True),
        (408, None, "http-408", True),
        (500, None, "http-500", True),
        (500, 20500, "20500", True),
        (502, None, "http-502", True),
        (503, 20503, "20503", True),
        (504, None, "http-504", True),
        (400, 63016, "63016", False),
        (400, 21211, "21211", False),
        (400, 21614, "21614", False),
        (400, 63003, "63003", False),
        (400, 21617, "21617", False),
        (400, 21610, "21610", False),
        (401, 20003, "20003", False),
        (401, None, "http-401", False),
        (403, 20005, "20005", False),
        (404, 20404, "20404", False),
        (400, 99999, "99999", False),
        (302, None, "http-302", False),
        (418, None, "http-418", False),
    ],
)
async def test_an_error_says_whether_to_try_again(
    api: TwilioApi, status: int, code: int | None, told: str, again: bool
) -> None:
    error = await refused(api, Trouble(status, code, headers={"Location": "/elsewhere"}))
    assert (error.code, error.again, error.after) == (told, again, None)
    assert api.accepted == [] and api.requests == 1


@pytest.mark.parametrize(
    "raw", [b"", b"<html>", b"[]", b'{"code": "+447700900123"}', b'{"code": true}', b'{"code": 1.5}']
)
async def test_an_illegible_error_is_told_by_its_status(api: TwilioApi, raw: bytes) -> None:
    error = await refused(api, Trouble(400, raw=raw))
    assert (error.code, error.again) == ("http-400", False)


async def test_an_error_that_breaks_off_is_told_by_its_status(api: TwilioApi) -> None:
    assert (await refused(api, Trouble(503, raw=b"{", missing=9))).code == "http-503"


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("7", 7.0),
        ("0", 0.0),
        (formatdate(0, usegmt=True), 0.0),
        ("99999999999", DAY),
        ("9" * 400, DAY),
        (formatdate(32_503_680_000, usegmt=True), DAY),
        ("-5", None),
        ("soon", None),
        ("nan", None),
        ("1.5", None),
        ("", None),
        ("Mon, 99 Foo 2026", None),
    ],
)
async def test_how_long_to_wait_is_what_twilio_says(api: TwilioApi, header: str, after: float | None) -> None:
    error = await refused(api, Trouble(429, 20429, {"Retry-After": header}))
    assert (error.again, error.after) == (True, after)


async def test_what_is_final_has_nothing_to_wait_for(api: TwilioApi) -> None:
    assert (await refused(api, Trouble(400, 21610, {"Retry-After": "7"}))).after is None


@pytest.mark.parametrize(
    ("to", "line", "text", "code"),
    [
        (TO, LINE, "x" * (TWILIO.text + 1), "21617"),
        (TO, LINE, "😀" * (TWILIO.text // 2 + 1), "21617"),
        (TO, LINE, "", "21602"),
        ("zoe", LINE, WORDS, "21211"),
        (TO, "", WORDS, "63007"),
    ],
)
async def test_the_server_refuses_what_twilio_refuses(api: TwilioApi, to: str, line: str, text: str, code: str) -> None:
    async with road_to(api) as road:
        with pytest.raises(SendError) as error:
            await send(road, text, to, line)
    assert (error.value.code, error.value.again) == (code, False)


async def test_outside_the_window_nobody_is_written_to(api: TwilioApi) -> None:
    api.answerable = {"whatsapp:+447700900999"}
    error = await refused(api)
    assert (error.code, error.again) == ("63016", False)
    api.answerable = None
    async with road_to(api) as road:
        await send(road)


async def test_whoever_writes_too_fast_is_told_how_long_to_wait(api: TwilioApi) -> None:
    api.pace = 3600
    async with road_to(api) as road:
        await send(road)
        await send(road, to="+447700900456")
        with pytest.raises(SendError) as error:
            await send(road)
    assert (error.value.code, error.value.again, error.value.after) == ("63018", True, 3600)
    assert len(api.accepted) == 2


@pytest.mark.parametrize("wrong", [{"secret": "wrong"}, {"key": "SK1"}, {"secret": "ключ"}])
async def test_a_wrong_secret_is_not_tried_again(api: TwilioApi, wrong: dict[str, str]) -> None:
    error = await refused(api, **wrong)
    assert (error.code, error.again) == ("20003", False)


async def test_an_account_stays_one_piece_of_the_address(api: TwilioApi) -> None:
    error = await refused(api, account=f"../Accounts/{api.account}", key=api.key, secret=api.secret)
    assert (error.code, error.again) == ("20404", False)


# -- no answer


async def test_no_answer_in_time_may_be_tried_again(api: TwilioApi) -> None:
    error = await refused(api, Trouble(seconds=600), timeout=0.3)
    assert (error.code, error.again, error.after) == ("timeout", True, None)


@pytest.mark.parametrize("taken", [True, False])
async def test_a_cut_connection_may_be_tried_again(api: TwilioApi, taken: bool) -> None:
    error = await refused(api, Trouble(0, taken=taken))
    assert (error.code, error.again) == ("cut", True)
    assert (len(api.accepted), api.requests) == (int(taken), 1)


async def test_a_server_that_is_not_there_may_be_tried_again() -> None:
    written = Written()
    road = TwilioRoad("AC1", "token", api=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(SendError) as error:
        await road.send(TO, LINE, Part(WORDS), "o1", written)
    await road.close()
    assert (error.value.code, error.value.again, written.times) == ("unreachable", True, 0)
