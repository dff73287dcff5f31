"""The widget for people who see nothing, use no mouse, need large letters, or hold a small phone in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, NIGHT, PHONE, Somebody
from tests.browser.visitor import Visitor

ROUND = {
    "phone": PHONE,
    "desk": DESK,
    "night, 320 px": NIGHT,
    "Arabic": {**PHONE, "locale": "ar-EG"},
    "high contrast": {**DESK, "forced_colors": "active"},
    "enlarged to 400 %": {"viewport": {"width": 320, "height": 256}, "locale": "en-GB"},
}


@pytest.mark.parametrize("device", ROUND.values(), ids=ROUND)
def test_axe_finds_nothing_in_any_state(somebody: Somebody, live_server: str, device: dict[str, Any]) -> None:
    it = Visitor(somebody(device).new_page(), live_server)
    it.page.evaluate("Stillnight.element.locale = navigator.language")
    assert it.faults() == [], "closed"
    it.page.locator(".launcher").click()
    expect(it.page.locator(".choices button").first).to_be_visible()
    assert it.faults() == [], "open, with buttons"
    field = it.page.locator("textarea")
    for state, text in (("answer with a picture", "my ferritin is 18"), ("emergency", "i want to kill myself")):
        before = it.answers.count()
        field.fill(text)
        field.press("Enter")
        it.hears(before)
        it.page.locator("summary").last.click() if state != "emergency" else None
        assert it.faults() == [], state
    it.page.locator(".more").click()
    assert it.faults() == [], "menu"
    it.page.locator(".menu button").nth(2).click()
    assert it.faults() == [], "asked whether to delete"
    it.page.locator(".keep").click()
    it.page.route("**/webhooks/web/messages", lambda route: route.abort())
    field.fill("a" * 1900)
    field.press("Enter")
    field.fill("b" * 2001)
    expect(it.page.locator(".trouble")).to_be_visible()
    assert it.faults() == [], "server away, text too long"
    it.page.unroute("**/webhooks/web/messages")


def test_chat_page_has_no_faults(somebody: Somebody, live_server: str) -> None:
    it = Visitor(somebody(DESK).new_page(), live_server, "/")
    expect(it.answers.first).to_be_visible()
    assert it.faults() == []


# -- by keyboard alone


def test_patient_uses_the_keyboard_alone(desk: Visitor) -> None:
    keys = desk.page.keyboard
    desk.tabs_to(desk.page.locator(".launcher"))
    keys.press("Enter")
    expect(desk.field).to_be_focused()
    keys.type("can low iron cause restless legs")
    keys.press("Enter")
    expect(desk.answers).to_have_count(2)
    desk.tabs_to(desk.button("Tell me more"), "Shift+Tab")
    keys.press("Enter")
    expect(desk.answers).to_have_count(3)
    # The button is gone; the reader stands at the question.
    expect(desk.page.locator(".asked").last).to_be_focused()
    expect(desk.page.locator(".asked").last).to_have_css("outline-style", "solid")
    desk.tabs_to(desk.answer.locator("summary"))
    keys.press("Enter")
    desk.tabs_to(desk.answer.locator("details a").first)
    desk.tabs_to(desk.button("Yes"))
    keys.press("Enter")
    expect(desk.answer.locator(".thanks")).to_be_focused()
    desk.tabs_to(desk.button("More"), "Shift+Tab")
    keys.press("Enter")
    expect(desk.button("Download this chat")).to_be_focused()
    keys.press("Escape")
    expect(desk.button("More")).to_be_focused()
    keys.press("Escape")
    expect(desk.launcher).to_be_focused()
    expect(desk.box).to_have_count(0)


def test_page_behind_a_full_screen_is_out_of_reach(phone: Visitor) -> None:
    phone.open()
    assert phone.page.locator("dialog").evaluate("it => it.matches(':modal')")
    for _ in range(25):
        phone.page.keyboard.press("Tab")
        at = phone.page.evaluate("document.activeElement.localName")
        assert at in {"stillnight-chat", "body"}, at
    assert phone.page.evaluate("getComputedStyle(document.documentElement).overflowY") == "hidden"
    phone.page.keyboard.press("Escape")
    expect(phone.launcher).to_be_focused()
    assert phone.page.evaluate("getComputedStyle(document.documentElement).overflowY") == "visible"


def test_page_beside_the_box_stays_in_reach(desk: Visitor) -> None:
    desk.open()
    assert not desk.page.locator("dialog").evaluate("it => it.matches(':modal')")
    desk.page.get_by_role("link", name="Your visit", exact=True).click()
    expect(desk.box).to_be_visible()


def test_phone_that_is_turned_keeps_what_is_written(phone: Visitor) -> None:
    phone.open().field.fill("my legs jump")
    phone.page.set_viewport_size({"width": 844, "height": 390})
    phone.page.set_viewport_size({"width": 900, "height": 900})
    expect(phone.field).to_be_focused()
    expect(phone.field).to_have_value("my legs jump")
    expect(phone.box).to_be_visible()
    assert not phone.page.locator("dialog").evaluate("it => it.matches(':modal')")


def test_place_is_kept_when_what_was_pressed_goes_away(desk: Visitor) -> None:
    desk.open().says("can low iron cause restless legs")
    desk.button("Yes").click()
    expect(desk.answer.locator(".thanks")).to_be_focused()
    desk.says("what is plmd")
    desk.button("Yes").click()
    expect(desk.answer.locator(".thanks")).to_be_focused()
    desk.page.route("**/webhooks/web/messages", lambda route: route.abort())
    desk.field.fill("is it inherited")
    desk.field.press("Enter")
    desk.page.unroute("**/webhooks/web/messages")
    desk.button("Try again").click()
    expect(desk.field).to_be_focused()
    expect(desk.answers).to_have_count(4)


def test_esc_closes_wherever_one_clicked(desk: Visitor) -> None:
    desk.open().box.get_by_role("heading").click()
    desk.page.keyboard.press("Escape")
    expect(desk.launcher).to_be_focused()


def test_focus_goes_back_to_what_opened_the_chat(desk: Visitor) -> None:
    opener = desk.button("Ask the assistant")
    opener.click()
    expect(desk.field).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_page_gets_back_how_it_scrolled(phone: Visitor) -> None:
    phone.page.evaluate("document.documentElement.style.overflow = 'clip'")
    phone.open()
    phone.button("Close the chat").click()
    assert phone.page.evaluate("document.documentElement.style.overflow") == "clip"


# -- by ear


def test_screen_reader_finds_its_way(phone: Visitor) -> None:
    phone.open().says("can low iron cause restless legs")
    tree = phone.page.locator("dialog").aria_snapshot()
    assert 'heading "Ask about restless legs" [level=2]' in tree
    assert 'log "Conversation"' in tree
    assert "You said: can low iron cause restless legs" in tree
    assert "Stillnight said: Yes. Low iron" in tree
    assert 'group "Suggestions"' in tree
    assert 'textbox "Your message"' in tree
    for name in ("More", "Close the chat", "Send", "Copy", "Tell me more", "Change country"):
        assert f'button "{name}"' in tree
    assert phone.log.get_attribute("aria-live") == "polite"
    for silent in (".below", ".choices", ".asked"):
        expect(phone.page.locator(silent).last).to_have_attribute("aria-live", "off")


def test_every_message_tells_its_language(somebody: Somebody, live_server: str) -> None:
    it = Visitor(somebody({**PHONE, "locale": "ar-EG"}).new_page(), live_server)
    it.page.evaluate("Stillnight.element.locale = 'ar'")
    it.page.locator(".launcher").click()
    expect(it.answer).to_have_attribute("lang", "en")
    expect(it.answer.locator(".text")).to_have_attribute("dir", "ltr")
    expect(it.page.locator("dialog")).to_have_attribute("lang", "ar")
    expect(it.page.locator("dialog")).to_have_attribute("dir", "rtl")
    it.page.locator("textarea").fill("ساقاي لا ترتاحان")
    it.page.locator("textarea").press("Enter")
    assert it.questions.last.evaluate("it => getComputedStyle(it).direction") == "rtl"


# -- by finger, with large letters, on a small screen


def _small(target: Locator) -> list[str]:
    return [
        f"{name} {width:.0f} x {height:.0f}"
        for name, width, height in target.evaluate_all(
            """all => all.filter(it => it.checkVisibility()).map(it => {
                const { width, height } = it.getBoundingClientRect();
                return [it.textContent.trim(), width, height];
            })"""
        )
        if min(width, height) < 44
    ]


def test_everything_to_press_is_large_enough(phone: Visitor) -> None:
    assert _small(phone.page.locator(".launcher")) == []
    phone.open().says("can low iron cause restless legs")
    phone.button("No").click()
    phone.button("More").click()
    assert _small(phone.page.locator(".box button, .box summary, .box label, .box textarea, .reason input")) == []


@pytest.mark.parametrize(
    ("size", "zoom"),
    [
        ((320, 256), 1),
        ((195, 422), 1),
        *(((width, height), 2) for width, height in ((320, 256), (320, 640), (390, 844), (844, 390), (1280, 800))),
    ],
)
def test_nothing_is_cut_off(somebody: Somebody, live_server: str, size: tuple[int, int], zoom: int) -> None:
    """On small screens, and with text at twice its size."""
    it = Visitor(somebody({**PHONE, "viewport": {"width": size[0], "height": size[1]}}).new_page(), live_server)
    it.page.context.new_cdp_session(it.page).send("Page.setFontSizes", {"fontSizes": {"standard": 16 * zoom}})
    it.page.reload()
    it.open().says("my ferritin is 18")
    it.page.locator("summary").last.click()
    for part in (".box", ".inner", ".head", ".log", ".composer", ".emergency", ".text", ".below"):
        wide = it.page.locator(part).last.evaluate("it => it.scrollWidth - it.clientWidth")
        assert wide <= 0, part
    for target in (it.field, it.button("Send"), it.button("Change country"), it.button("Close the chat")):
        target.scroll_into_view_if_needed()
        expect(target).to_be_in_viewport(ratio=0.9)
    it.page.route("**/webhooks/web/messages", lambda route: route.abort())
    it.field.fill("is it inherited")
    it.button("Send").click()
    it.button("More").click()
    for target in (it.button("Forget me"), it.button("Try again"), it.page.locator(".emergency a").first):
        target.scroll_into_view_if_needed()
        expect(target).to_be_in_viewport(ratio=0.9)
    it.page.unroute("**/webhooks/web/messages")
    it.button("Try again").click()
    expect(it.answers).to_have_count(3)


def test_text_grows_with_the_setting_of_the_browser(desk: Visitor) -> None:
    """Whatever root size the page around has set; the demo page's is 62.5 %."""
    sizes = []
    for standard in (16, 32):
        desk.page.context.new_cdp_session(desk.page).send("Page.setFontSizes", {"fontSizes": {"standard": standard}})
        desk.page.reload()
        desk.open()
        sizes.append(desk.answer.locator(".text").evaluate("it => parseFloat(getComputedStyle(it).fontSize)"))
    assert sizes == [17, 34]


def test_keyboard_on_the_screen_leaves_the_field_in_sight(somebody: Somebody, live_server: str) -> None:
    """Where the keyboard lies over the page and the page is pushed up (iOS), the box stands in what is left."""
    it = Visitor(somebody(PHONE).new_page(), live_server).open()
    it.page.evaluate(
        """() => {
            for (const [name, value] of [["height", 420], ["offsetTop", 120]])
                Object.defineProperty(visualViewport, name, { value, configurable: true });
            visualViewport.dispatchEvent(new Event("scroll"));
        }"""
    )
    assert it.box.bounding_box() == {"x": 0, "y": 120, "width": 390, "height": 420}


def test_field_is_as_tall_as_what_is_written(desk: Visitor) -> None:
    """Also where the browser does not see to it itself."""
    desk.page.add_init_script("CSS.supports = (name) => name !== 'field-sizing'")
    desk.page.reload()
    desk.open()
    low = desk.field.bounding_box()
    desk.field.fill("one\ntwo\nthree\nfour")
    high = desk.field.bounding_box()
    desk.field.press("Enter")
    again = desk.field.bounding_box()
    assert low is not None
    assert high is not None
    assert again is not None
    assert high["height"] > low["height"] + 40
    assert again["height"] == low["height"]


def test_nothing_moves_for_those_who_want_it_so(somebody: Somebody, live_server: str) -> None:
    it = Visitor(somebody({**PHONE, "reduced_motion": "reduce"}).new_page(), live_server).open()
    it.page.route("**/webhooks/web/messages", lambda route: None)
    it.field.fill("what is plmd")
    it.field.press("Enter")
    assert it.page.locator(".typing i").first.evaluate("it => getComputedStyle(it).animationName") == "none"
    it.page.unroute("**/webhooks/web/messages")


def test_high_contrast_keeps_edges(somebody: Somebody, live_server: str) -> None:
    it = Visitor(somebody({**DESK, "forced_colors": "active"}).new_page(), live_server).open()
    for part in (".bubble", ".choices button", ".field", ".send"):
        assert it.page.locator(part).first.evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)") >= 1, part


def test_focus_is_always_seen(desk: Visitor) -> None:
    desk.open().says("can low iron cause restless legs")
    for target in (desk.button("More"), desk.button("Tell me more"), desk.button("Copy").last, desk.button("Send")):
        target.focus()
        desk.page.keyboard.press("Shift+Tab")
        desk.page.keyboard.press("Tab")
        outline = target.evaluate(
            "it => { const s = getComputedStyle(it); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        assert outline == ["solid", 3]
