"""What comes at the wrong moment: late answers, a busy hand, a server that half works, a browser that keeps nothing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Somebody
from tests.browser.held import MESSAGES, held
from tests.browser.visitor import ANSWER_WITHIN_MS, Visitor
from tests.conftest import Server, traces

# -- an answer, a deletion or a reload that comes late


def test_answer_to_a_conversation_that_was_left_does_not_come_into_the_next(phone: Visitor) -> None:
    phone.open()
    phone.page.route(MESSAGES, lambda route: None)
    phone.field.fill("can low iron cause restless legs")
    with phone.page.expect_request(MESSAGES):
        phone.field.press("Enter")
    with phone.page.expect_event("requestfailed"):
        phone.chooses("Start again")
    expect(phone.answers).to_have_count(1)
    expect(phone.questions).to_have_count(0)
    phone.page.unroute(MESSAGES)
    expect(phone.says("what is plmd")).to_contain_text("PLMD")
    expect(phone.answers).to_have_count(2)
    expect(phone.questions).to_have_text(["what is plmd"])


def test_message_that_waits_is_not_sent_behind_the_deletion(phone: Visitor, server: Server) -> None:
    phone.open().says("what is plmd")
    phone.page.route(MESSAGES, lambda route: route.abort())
    phone.field.fill("it is me, mirabelle")
    phone.field.press("Enter")
    expect(phone.page.locator(".trouble")).to_be_visible()
    phone.page.unroute(MESSAGES)
    phone.chooses("Forget me", "Delete it")
    expect(phone.page.get_by_text("Everything in this chat has been deleted.").first).to_be_visible()
    expect(phone.page.locator(".trouble")).to_have_count(0)
    phone.says("is it inherited")
    assert traces(server.data_dir, "mirabelle") == []


def test_message_that_waits_is_still_there_when_the_deletion_failed(phone: Visitor) -> None:
    phone.open().says("what is plmd")
    phone.page.route("**/webhooks/web/**", lambda route: route.abort())
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    expect(phone.page.locator(".trouble")).to_be_visible()
    phone.chooses("Forget me", "Delete it")
    expect(phone.page.get_by_text("nothing was deleted yet")).to_be_visible()
    phone.page.unroute("**/webhooks/web/**")
    phone.button("Try again").click()
    expect(phone.answer).to_contain_text("famil", timeout=ANSWER_WITHIN_MS)
    expect(phone.questions).to_have_count(2)


def test_message_that_is_typed_while_the_chat_is_forgotten_begins_the_next(phone: Visitor, server: Server) -> None:
    phone.open().says("it is me, reineclaude")
    with held(phone.page, "**/webhooks/web/session", "DELETE") as deletion:
        phone.chooses("Forget me", "Delete it")
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    deletion.route.continue_()
    expect(phone.answer).to_contain_text("famil", timeout=ANSWER_WITHIN_MS)
    expect(phone.questions).to_have_text(["is it inherited"])
    assert traces(server.data_dir, "reineclaude") == []


def test_old_conversation_that_loads_late_does_not_come_back(somebody: Somebody, live_server: str) -> None:
    first, second = two_tabs(somebody, live_server)
    with held(second.page, "**/webhooks/web/history") as history:
        first.says("what is plmd")
    answer = history.route.fetch()
    second.chooses("Start again")
    expect(second.answers).to_have_count(1)
    history.route.fulfill(response=answer)
    second.says("is it inherited")
    expect(second.questions).to_have_text(["is it inherited"])


def two_tabs(somebody: Somebody, url: str) -> tuple[Visitor, Visitor]:
    """Of one conversation, in which one question was asked."""
    context = somebody(PHONE)
    first = Visitor(context.new_page(), url)
    first.open().says("my ferritin is 18")
    first.button("More").click()
    first.page.get_by_label("Remember this chat on this device").check()
    first.button("More").click()
    second = Visitor(context.new_page(), url).open()
    expect(second.questions).to_have_text(["my ferritin is 18"])
    return first, second


def test_other_tab_of_a_forgotten_conversation_keeps_nothing(somebody: Somebody, live_server: str) -> None:
    first, second = two_tabs(somebody, live_server)
    second.field.fill("my legs jum")
    first.chooses("Forget me", "Delete it")
    expect(second.page.get_by_text("Everything in this chat has been deleted.").first).to_be_visible()
    expect(second.page.locator(".message")).to_have_count(0)
    assert second.page.evaluate("localStorage.length + sessionStorage.length") == 0
    second.says("is it inherited")
    first.page.reload()
    expect(first.open().questions).to_have_count(0)


def test_tab_of_another_conversation_is_left_alone(somebody: Somebody, live_server: str) -> None:
    context = somebody(PHONE)
    first, second = Visitor(context.new_page(), live_server), Visitor(context.new_page(), live_server)
    first.open().says("can low iron cause restless legs")
    first.button("No").click()
    first.page.get_by_label("What was missing?").fill("how long")
    asked: list[str] = []
    first.page.on("request", lambda request: asked.append(request.url))
    second.open().says("what is plmd")
    expect(first.page.get_by_label("What was missing?")).to_have_value("how long")
    assert asked == []


def test_new_conversation_does_not_wait_for_the_old_one(phone: Visitor) -> None:
    phone.open().says("what is plmd")
    phone.page.route("**/webhooks/web/history", lambda route: None)
    phone.page.reload()
    phone.launcher.click()
    phone.field.fill("an old question")
    phone.field.press("Enter")
    phone.chooses("Start again")
    expect(phone.answers).to_have_count(1, timeout=ANSWER_WITHIN_MS)
    expect(phone.says("is it inherited")).to_contain_text("famil")
    expect(phone.questions).to_have_text(["is it inherited"])


def test_button_of_a_forgotten_conversation_is_gone(phone: Visitor) -> None:
    phone.open().says("what is plmd")
    expect(phone.button("Change country")).to_be_visible()
    phone.chooses("Forget me", "Delete it")
    expect(phone.button("Change country")).to_have_count(0)
    expect(phone.page.locator(".emergency")).to_contain_text("999")
    phone.says("is it inherited")
    expect(phone.page.get_by_text("a new one has begun")).to_have_count(0)
    expect(phone.presses("Change country")).to_contain_text("Which country")


def test_button_that_the_server_does_not_know_is_sent_as_text(phone: Visitor) -> None:
    phone.open()
    refused: list[Any] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.post_data_json)
        if len(refused) == 1:
            route.fulfill(status=404)
        else:
            route.continue_()

    phone.page.route(MESSAGES, refuse)
    expect(phone.presses("What is restless legs?")).to_contain_text("urge to move")
    assert [sorted(body) for body in refused] == [["choice"], ["text"]]
    expect(phone.page.get_by_text("a new one has begun")).to_have_count(0)


def test_chat_too_old_to_be_deleted_is_not_said_to_be(phone: Visitor) -> None:
    phone.open().says("what is plmd")
    phone.page.route("**/webhooks/web/session", lambda route: route.fulfill(status=401))
    phone.chooses("Forget me", "Delete it")
    expect(phone.page.get_by_text("could not be deleted from here").first).to_be_visible()
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0


# -- a server that half works


def test_number_is_there_when_no_conversation_can_begin(phone: Visitor) -> None:
    phone.page.route("**/webhooks/web/session", lambda r: r.fulfill(status=429, headers={"Retry-After": "1800"}))
    phone.launcher.click()
    expect(phone.page.locator(".trouble")).to_contain_text("Many people are asking")
    expect(phone.page.locator(".emergency").get_by_role("link", name="999")).to_be_visible()


def test_nothing_typed_is_lost_when_the_server_refuses_to_begin(phone: Visitor) -> None:
    phone.page.route("**/webhooks/web/session", lambda route: route.fulfill(status=403))
    phone.launcher.click()
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    expect(phone.page.locator(".trouble")).to_be_visible()
    phone.page.unroute("**/webhooks/web/session")
    phone.button("Try again").click()
    expect(phone.answer).to_contain_text("famil", timeout=ANSWER_WITHIN_MS)


def test_message_that_breaks_the_server_does_not_hold_up_the_next(phone: Visitor) -> None:
    phone.open()

    def break_on_one(route: Route) -> None:
        if "plmd" in (route.request.post_data or ""):
            route.fulfill(status=500)
        else:
            route.continue_()

    phone.page.route(MESSAGES, break_on_one)
    for text in ("what is plmd", "i want to kill myself"):
        phone.field.fill(text)
        phone.field.press("Enter")
    expect(phone.page.locator(".told.urgent")).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(phone.page.locator(".note.failed")).to_contain_text("could not be sent")
    phone.page.unroute(MESSAGES)
    phone.page.locator(".note.failed").get_by_role("button", name="Try again").click()
    expect(phone.page.locator(".note.failed")).to_have_count(0)
    expect(phone.questions).to_have_text(["i want to kill myself", "what is plmd"])


def test_message_that_waits_is_sent_after_a_reload_although_the_box_is_closed(phone: Visitor) -> None:
    phone.open()
    phone.page.route(MESSAGES, lambda route: route.abort())
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    expect(phone.page.locator(".trouble")).to_be_visible()
    phone.page.unroute(MESSAGES)
    phone.page.reload()
    expect(phone.page.locator(".badge")).to_have_text("1", timeout=ANSWER_WITHIN_MS)
    expect(phone.open().answer).to_contain_text("famil")


# -- a browser that keeps nothing


def test_browser_that_keeps_nothing_talks_all_the_same(page: Page, live_server: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    phone = Visitor(page, live_server).open()
    expect(phone.says("is it inherited")).to_contain_text("famil")
    expect(phone.field).to_have_value("")
    expect(phone.says("tell me more")).to_be_visible()
    phone.chooses("Forget me", "Delete it")
    expect(phone.questions).to_have_count(0)


def test_browser_that_forbids_storage_talks_all_the_same(page: Page, live_server: str) -> None:
    page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
            Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""
    )
    expect(Visitor(page, live_server).open().says("is it inherited")).to_contain_text("famil")


def test_wish_to_be_remembered_counts_for_what_begins_later(phone: Visitor) -> None:
    phone.open().says("what is plmd")
    phone.chooses("Forget me", "Delete it")
    phone.button("More").click()
    remember = phone.page.get_by_label("Remember this chat on this device")
    expect(remember).not_to_be_checked()
    remember.check()
    phone.says("is it inherited")
    phone.button("More").click()
    expect(remember).to_be_checked()
    assert phone.page.evaluate("localStorage.length") == 1
    remember.uncheck()
    assert phone.page.evaluate("localStorage.length") == 0


def test_wish_that_cannot_be_kept_is_said_so(page: Page, live_server: str) -> None:
    page.add_init_script(
        """Object.defineProperty(window, "localStorage",
            { get() { throw new DOMException("no", "SecurityError"); } });"""
    )
    phone = Visitor(page, live_server).open()
    phone.button("More").click()
    remember = page.get_by_label("Remember this chat on this device")
    remember.click()
    expect(remember).not_to_be_checked()
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()


def test_memory_of_another_tab_is_its_own(somebody: Somebody, live_server: str) -> None:
    context = somebody(PHONE)
    first, second = Visitor(context.new_page(), live_server), Visitor(context.new_page(), live_server)
    first.open().says("my ferritin is 18")
    second.open().says("what is plmd")
    first.button("More").click()
    first.page.get_by_label("Remember this chat on this device").check()
    second.button("More").click()
    expect(second.page.get_by_label("Remember this chat on this device")).not_to_be_checked()
    second.button("Forget me").click()
    second.button("Delete it").click()
    expect(second.questions).to_have_count(0)
    expect(Visitor(context.new_page(), live_server).open().questions).to_have_text(["my ferritin is 18"])


def test_copy_of_a_tab_loses_what_the_other_deleted(somebody: Somebody, live_server: str) -> None:
    first = Visitor(somebody(PHONE).new_page(), live_server)
    first.open().says("my ferritin is 18")
    with first.page.expect_popup() as opening:
        first.page.evaluate("void window.open(location.href)")
    opening.value.locator(".launcher").click()
    expect(opening.value.locator(".asked .text")).to_have_text(["my ferritin is 18"])
    for name in ("More", "Start again", "More", "Forget me", "Delete it"):
        opening.value.get_by_role("button", name=name, exact=True).click()
    expect(first.page.get_by_text("Everything in this chat has been deleted.").first).to_be_visible()
    expect(first.questions).to_have_count(0)


def test_what_waits_is_shown_also_when_nothing_can_be_reached(phone: Visitor) -> None:
    phone.open()
    phone.page.route("**/webhooks/web/**", lambda route: route.abort())
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    expect(phone.page.get_by_text("Not sent yet.")).to_be_visible()
    phone.page.reload()
    phone.launcher.click()
    expect(phone.questions).to_have_text(["is it inherited"])
    expect(phone.page.locator(".trouble")).to_contain_text("Your message is kept")
    expect(phone.page.locator(".emergency").get_by_role("link", name="999")).to_be_visible()


def test_memory_of_a_device_ends(phone: Visitor) -> None:
    phone.page.evaluate(
        "url => localStorage.setItem(`stillnight.token.${url}`, JSON.stringify({ token: 'x', until: Date.now() - 1 }))",
        f"{phone.address.rpartition('/')[0]}/webhooks/web",
    )
    phone.open()
    assert phone.page.evaluate("localStorage.length") == 0
