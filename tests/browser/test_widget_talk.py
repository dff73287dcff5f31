"""Asking and being answered in the widget, in a real browser, against the real server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Somebody
from tests.browser.held import MESSAGES, held
from tests.browser.visitor import ANSWER_WITHIN_MS, Visitor
from tests.channels.test_web import SIX_SOURCE_FAQS


@pytest.mark.parametrize(("question", "truth"), SIX_SOURCE_FAQS.items())
def test_patient_reads_an_answer_with_its_source(phone: Visitor, question: str, truth: str) -> None:
    answer = phone.open().says(question)
    expect(answer).to_contain_text(re.compile(re.escape(truth), re.IGNORECASE))
    source = answer.locator("details li").first
    expect(source).to_be_hidden()
    answer.get_by_text("Sources").click()
    expect(source).to_be_visible()
    expect(source).to_contain_text(re.compile(r"\b(19|20)\d\d\b"))
    expect(source.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    expect(source.locator("a")).to_have_attribute("href", re.compile("^https://"))


def test_patient_is_told_that_this_is_automated(phone: Visitor) -> None:
    phone.open()
    expect(phone.box.get_by_text("An automated assistant for education, not a doctor.")).to_be_visible()
    expect(phone.answers.first).to_contain_text("automated assistant")


def test_patient_presses_a_suggestion_and_may_type_all_the_same(phone: Visitor) -> None:
    phone.open()
    expect(phone.field).to_be_editable()
    expect(phone.presses("What is restless legs?")).to_contain_text("urge to move")
    expect(phone.questions.last).to_have_text("What is restless legs?")
    expect(phone.button("What is restless legs?")).to_have_count(0)
    expect(phone.says("is it inherited")).to_contain_text("famil")


def test_patient_sees_where_the_value_lies(phone: Visitor) -> None:
    answer = phone.open().says("my ferritin is 18 ng/mL")
    picture = answer.get_by_role("img")
    expect(picture).to_be_visible()
    for part in ("18 ng/mL", "20 to 200", "75"):
        expect(picture).to_have_attribute("aria-label", re.compile(re.escape(part)))
    assert picture.locator("rect, path").count() > 3
    box, text = picture.bounding_box(), answer.locator(".text").bounding_box()
    assert box is not None
    assert text is not None
    assert 200 < box["width"] < 390
    assert box["y"] >= text["y"] + text["height"]


def test_patient_in_danger_hears_it_at_once_and_calls_with_one_tap(phone: Visitor) -> None:
    answer = phone.open().says("i want to kill myself")
    expect(answer).to_have_attribute("role", "alert")
    expect(answer).to_contain_text("emergency number")
    expect(answer.get_by_role("link", name="999", exact=True)).to_have_attribute("href", "tel:999")
    expect(answer.get_by_text("Was this helpful?")).to_have_count(0)
    before = phone.answers.count()
    phone.page.locator(".choices").get_by_role("button", name="Change country").click()
    phone.hears(before)
    expect(phone.presses("United States").get_by_role("link", name="988")).to_have_attribute("href", "tel:988")


def test_emergency_number_is_always_there_and_follows_the_country(phone: Visitor) -> None:
    always = phone.open().page.locator(".emergency")
    expect(always).to_contain_text("Emergency (UK): 999 or 112")
    expect(always.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    phone.presses("Change country")
    phone.presses("Ireland")
    expect(always).to_contain_text("Emergency (Ireland): 112 or 999")


def test_medicine_check(phone: Visitor) -> None:
    expect(phone.open().says("can benadryl make restless legs worse")).to_contain_text(re.compile("worse", re.I))


def test_patient_says_whether_it_helped_and_what_was_missing(phone: Visitor) -> None:
    given: list[object] = []
    phone.page.on("request", lambda it: given.append(it.post_data_json) if it.url.endswith("/feedback") else None)
    phone.open().says("can low iron cause restless legs")
    phone.button("No").click()
    reason = phone.page.get_by_label("What was missing?")
    expect(reason).to_be_focused()
    reason.fill("how long it takes")
    with phone.page.expect_response("**/feedback") as answered:
        phone.page.locator(".reason").get_by_role("button", name="Send").click()
    assert answered.value.status == 204
    expect(phone.page.get_by_text("Thank you.").first).to_be_visible()
    phone.says("what is plmd")
    phone.button("Yes").click()
    expect(phone.page.get_by_text("Thank you.")).to_have_count(3)  # two answers, and the line that is read out
    assert [(each["helpful"], each.get("reason")) for each in given if isinstance(each, dict)] == [
        (False, None),
        (False, "how long it takes"),
        (True, None),
    ]


def test_patient_copies_an_answer_with_its_sources(somebody: Somebody, live_server: str) -> None:
    context = somebody(PHONE, permissions=["clipboard-read", "clipboard-write"])
    phone = Visitor(context.new_page(), live_server)
    phone.open().says("can low iron cause restless legs")
    phone.button("Copy").last.click()
    expect(phone.button("Copied.")).to_be_visible()
    copied = phone.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Yes. Low iron")
    assert "https://" in copied


def test_patient_takes_the_conversation_along(phone: Visitor) -> None:
    phone.open().says("my ferritin is 18")
    with phone.page.expect_download() as loading:
        phone.chooses("Download this chat")
    text = loading.value.path().read_text(encoding="utf-8")
    assert loading.value.suggested_filename == "stillnight.txt"
    assert "You: my ferritin is 18" in text
    assert "program, not a doctor" in text


def test_patient_starts_again(phone: Visitor) -> None:
    phone.open().says("my ferritin is 18")
    phone.chooses("Start again")
    expect(phone.answers).to_have_count(1)
    expect(phone.questions).to_have_count(0)
    expect(phone.says("what was my ferritin")).to_contain_text("have not told me")


def test_patient_who_writes_a_lot_sees_what_room_is_left(phone: Visitor) -> None:
    phone.open()
    counter = phone.page.locator("#counter")
    phone.field.fill("a" * 1800)
    expect(counter).to_be_hidden()
    phone.field.fill("a" * 1801)
    expect(counter).to_contain_text("1801 of 2000")
    phone.field.fill("a" * 2001)
    expect(counter).to_contain_text("please shorten it")
    expect(phone.page.get_by_role("status")).to_contain_text("please shorten it")
    phone.field.press("Enter")
    expect(phone.questions).to_have_count(0)
    expect(phone.field).to_have_value("a" * 2001)


def test_question_stands_at_the_top_so_that_its_answer_is_read_from_the_beginning(phone: Visitor) -> None:
    phone.page.set_viewport_size({"width": 360, "height": 560})
    phone.open().says("what is plmd")
    phone.says("can low iron cause restless legs")
    log, asked = phone.log.bounding_box(), phone.page.locator(".asked").last.bounding_box()
    assert log is not None
    assert asked is not None
    assert 0 <= asked["y"] - log["y"] < 24
    # Somebody reads on to the end; writing the next question moves nothing.
    phone.log.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    at = phone.log.evaluate("it => it.scrollTop")
    phone.field.press_sequentially("and")
    assert phone.log.evaluate("it => it.scrollTop") == at


def asks_and_closes(phone: Visitor, text: str) -> None:
    """The box is closed before the server hears the question."""

    def leave(route: Route) -> None:
        phone.button("Close the chat").click()
        route.continue_()

    phone.page.route(MESSAGES, leave)
    phone.field.fill(text)
    phone.field.press("Enter")


def test_answer_that_comes_when_the_box_is_closed_is_counted(phone: Visitor) -> None:
    phone.open()
    asks_and_closes(phone, "what is plmd")
    expect(phone.launcher).to_have_accessible_name(re.compile("1 new$"), timeout=ANSWER_WITHIN_MS)
    phone.launcher.click()
    expect(phone.answer).to_contain_text("PLMD")
    phone.button("Close the chat").click()
    expect(phone.launcher).not_to_have_accessible_name(re.compile("new"))


def test_whoever_reads_elsewhere_is_not_pulled_away(phone: Visitor) -> None:
    phone.page.set_viewport_size({"width": 360, "height": 560})
    phone.open().says("can low iron cause restless legs")
    with held(phone.page, MESSAGES) as question:
        phone.presses_only("Tell me more")
    phone.log.evaluate("it => it.scrollTo(0, 0)")
    question.route.continue_()
    expect(phone.answers).to_have_count(3, timeout=ANSWER_WITHIN_MS)
    assert phone.log.evaluate("it => it.scrollTop") == 0


def test_chat_that_is_opened_again_stands_where_it_was_and_is_not_read_out(phone: Visitor) -> None:
    phone.open().says("can low iron cause restless legs")
    phone.says("i want to kill myself")
    expect(phone.page.get_by_role("alert")).to_have_count(1)
    phone.button("Close the chat").click()
    phone.launcher.click()
    expect(phone.questions.last).to_be_in_viewport()
    expect(phone.page.get_by_role("alert")).to_have_count(0)


def test_emergency_behind_a_closed_box_is_said_without_a_word_of_it(phone: Visitor) -> None:
    phone.open()
    asks_and_closes(phone, "i want to kill myself")
    expect(phone.page.get_by_role("alert")).to_have_text("Please read your new message.", timeout=ANSWER_WITHIN_MS)
    expect(phone.box).to_have_count(0)
    phone.launcher.click()
    expect(phone.page.locator(".urgent .text")).to_be_in_viewport()


def test_answer_to_a_long_message_is_in_sight(phone: Visitor) -> None:
    phone.page.set_viewport_size({"width": 360, "height": 640})
    answer = phone.open().says(
        "my legs ache and burn every single night " * 36 + "and i just want to kill myself tonight"
    )
    expect(answer).to_have_class(re.compile("urgent"))
    place, log = answer.bounding_box(), phone.log.bounding_box()
    assert place is not None
    assert log is not None
    assert 0 <= place["y"] - log["y"] < 24


def test_first_of_several_questions_is_where_reading_goes_on(phone: Visitor) -> None:
    phone.page.set_viewport_size({"width": 360, "height": 640})
    phone.open()
    with held(phone.page, MESSAGES) as first:
        for text in ("can i take benadryl tonight", "my legs are so bad", "what is plmd"):
            phone.field.fill(text)
            phone.field.press("Enter")
    first.route.continue_()
    expect(phone.answers).to_have_count(4, timeout=ANSWER_WITHIN_MS)
    expect(phone.questions.first).to_be_in_viewport()


def test_opening_slowly_says_so(phone: Visitor) -> None:
    phone.page.route("**/webhooks/web/session", lambda route: None)
    phone.launcher.click()
    expect(phone.page.locator(".typing")).to_be_visible()
    expect(phone.page.get_by_role("status")).to_have_text("Stillnight is writing.")


def test_status_does_not_outlive_the_answer(phone: Visitor) -> None:
    phone.open()
    with held(phone.page, MESSAGES) as question:
        phone.field.fill("what is plmd")
        phone.field.press("Enter")
    expect(phone.page.get_by_role("status")).to_have_text("Stillnight is writing.")
    question.route.continue_()
    expect(phone.answers).to_have_count(2)
    expect(phone.page.get_by_role("status")).to_have_text("")


def test_chat_page_is_the_same_chat(page: Page, live_server: str) -> None:
    visitor = Visitor(page, live_server, "/")
    expect(visitor.answers.first).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(visitor.says("does coffee make restless legs worse")).to_contain_text("affeine")
    assert visitor.complaints() == []
    assert visitor.hosts == {live_server}
    size = visitor.box.bounding_box()
    assert size is not None
    assert (size["width"], size["height"]) == (390, 844)
