"""Answers in other languages: on the assistant's side, in their own direction, with a number that is not torn apart."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.conftest import NIGHT, PHONE, Somebody
from tests.browser.visitor import Visitor

SAID = {
    "ar": "لا أستطيع النوم بسبب رجلي",
    "he": "אני לא מצליח לישון בגלל הרגליים",
    "es": "no puedo dormir porque se me mueven las piernas",
    "de": "meine Beine geben abends einfach keine Ruhe",
}
SWEDISH = "jag kan inte sova på natten för benen"
# Width of the ring around the field, and how far from it that stands.
RING_PX = 4


_BELOW_FIELD = """line => line.getBoundingClientRect().top
    - line.getRootNode().querySelector(".field").getBoundingClientRect().bottom"""


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found is not None
    return found


def rows(of: Locator) -> int:
    """In how many rows the words of an element stand."""
    return int(
        of.evaluate(
            """it => {
                const range = document.createRange();
                range.selectNodeContents(it);
                return new Set([...range.getClientRects()].map((each) => Math.round(each.bottom))).size;
            }"""
        )
    )


@pytest.mark.parametrize("code", ["ar", "he"])
def test_answer_from_right_to_left_stays_on_the_side_of_the_assistant(phone: Visitor, code: str) -> None:
    answer = phone.open().says(SAID[code])
    english, foreign = (box(it.locator(".bubble")) for it in (phone.answers.first, answer))
    asked = box(phone.page.locator(".asked .bubble"))
    assert foreign["x"] == english["x"]
    assert foreign["x"] + foreign["width"] < asked["x"] + asked["width"]
    corners = "it => [getComputedStyle(it).borderBottomLeftRadius, getComputedStyle(it).borderBottomRightRadius]"
    assert answer.locator(".bubble").evaluate(corners) == phone.answers.first.locator(".bubble").evaluate(corners)
    text = answer.locator(".text")
    expect(text).to_have_attribute("lang", code)
    assert text.evaluate("it => getComputedStyle(it).direction") == "rtl"


def test_answer_from_left_to_right_stays_there_in_an_interface_from_right_to_left(
    somebody: Somebody, live_server: str
) -> None:
    it = Visitor(somebody(PHONE).new_page(), live_server)
    it.page.evaluate("Stillnight.element.locale = 'ar'; Stillnight.open()")
    it.hears(0)
    greeting, inner = box(it.answer.locator(".bubble")), box(it.log)
    # The assistant's side is the right one here.
    assert inner["x"] + inner["width"] - greeting["x"] - greeting["width"] < greeting["x"] - inner["x"]
    assert it.answer.locator(".text").evaluate("it => getComputedStyle(it).direction") == "ltr"


def test_language_is_told_again_after_a_reload(phone: Visitor) -> None:
    phone.open().says(SAID["es"])
    phone.says(SWEDISH)
    phone.page.reload()
    phone.open()
    expect(phone.questions).to_have_count(2)
    expect(phone.answers.nth(1).locator(".text")).to_have_attribute("lang", "es")
    assert phone.answer.locator(".line").evaluate_all("all => all.map((it) => it.lang)")[:3] == ["en", "es", "fr"]


@pytest.mark.parametrize("code", SAID)
@pytest.mark.parametrize("device", [PHONE, NIGHT])
def test_number_and_country_are_not_torn_apart(
    somebody: Somebody, live_server: str, device: dict[str, Any], code: str
) -> None:
    answer = Visitor(somebody(device).new_page(), live_server).open().says(SAID[code])
    country = answer.locator(".whose")
    assert country.inner_text().startswith("(")
    assert "United" not in country.inner_text()
    for whole in (country, *answer.locator(".number").all()):
        assert rows(whole) == 1
    first, second = (box(number) for number in answer.locator(".number").all())
    assert first["y"] == second["y"]
    assert (first["x"] > second["x"]) is (code in ("ar", "he"))


def test_language_that_is_not_known_gets_a_line_in_each_and_the_number(phone: Visitor) -> None:
    answer = phone.open().says(SWEDISH)
    lines = answer.locator(".line")
    assert lines.evaluate_all("all => all.map((it) => it.lang)")[:5] == ["en", "es", "fr", "ar", "hi"]
    directions = lines.evaluate_all("all => all.map((it) => [it.dir, getComputedStyle(it).direction])")
    assert directions[2:4] == [["auto", "ltr"], ["auto", "rtl"]]
    expect(answer.get_by_role("link", name="999", exact=True)).to_have_attribute("href", "tel:999")
    expect(answer).to_have_attribute("role", "alert")
    assert phone.faults() == []


@pytest.mark.parametrize("code", SAID)
def test_every_button_of_an_answer_that_fits_is_in_sight(phone: Visitor, code: str) -> None:
    phone.open().says(SAID[code])
    phone.says(SAID[code])
    log = box(phone.log)
    for button in phone.page.locator(".choices button").all():
        place = box(button)
        assert place["y"] + place["height"] <= log["y"] + log["height"]
    assert box(phone.answer.locator(".bubble"))["y"] >= log["y"]


def test_question_makes_room_for_the_buttons_of_its_answer(phone: Visitor) -> None:
    phone.page.set_viewport_size({"width": 390, "height": 620})
    phone.open().says(f"{SAID['es']} {SAID['es']}")
    log, last = box(phone.log), box(phone.page.locator(".choices button").last)
    assert last["y"] + last["height"] <= log["y"] + log["height"]
    assert box(phone.page.locator(".asked"))["y"] < log["y"] <= box(phone.answer)["y"]


@pytest.mark.parametrize("device", [PHONE, NIGHT])
@pytest.mark.parametrize("locale", ["ar", "es-ES", "en-GB"])
def test_emergency_line_keeps_off_the_ring_of_the_field(
    somebody: Somebody, live_server: str, device: dict[str, Any], locale: str
) -> None:
    it = Visitor(somebody({**device, "locale": locale}).new_page(), live_server).open()
    it.field.focus()
    line = it.page.locator(".emergency > span").first
    expect(line).to_be_visible()
    # Both at the same moment: the numbers come a little later, and the line grows.
    assert line.evaluate(_BELOW_FIELD) > RING_PX


def test_emergency_line_without_a_country_says_what_to_do(somebody: Somebody, live_server: str) -> None:
    it = Visitor(somebody({**PHONE, "locale": "ar"}).new_page(), live_server).open()
    always = it.page.locator(".emergency")
    expect(always).to_contain_text("ask someone near you to")
    before = it.answers.count()
    always.get_by_role("button", name="Emergency numbers").click()
    it.hears(before)
    it.presses("United Arab Emirates")
    expect(always.get_by_role("link", name="998", exact=True)).to_have_attribute("href", "tel:998")
