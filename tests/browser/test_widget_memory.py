"""What the widget keeps, and what it forgets: reloads, tabs, outages, “forget me”."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Somebody
from tests.browser.visitor import ANSWER_WITHIN_MS, Visitor
from tests.conftest import Server, traces


@pytest.fixture
def own_server(model: Path, tmp_path: Path) -> Server:
    """A server that a test may kill, and whose files it may search."""
    return Server(tmp_path / "data").start()


# -- coming back


def test_patient_who_loads_the_page_again_goes_on(phone: Visitor) -> None:
    phone.open().says("my ferritin is 18")
    told = phone.answer.locator(".text").inner_text()
    phone.page.reload()
    phone.open()
    expect(phone.questions).to_have_text(["my ferritin is 18"])
    assert phone.answer.locator(".text").inner_text() == told
    expect(phone.answer.get_by_role("img")).to_be_visible()
    # A button of before still works.
    phone.page.locator(".choices button").first.click()
    expect(phone.answers).to_have_count(3, timeout=ANSWER_WITHIN_MS)


def test_conversation_that_is_put_back_is_not_read_out(phone: Visitor) -> None:
    phone.open().says("i want to kill myself")
    phone.page.reload()
    phone.open()
    expect(phone.log).to_have_attribute("aria-live", "off")
    expect(phone.page.get_by_role("status")).to_have_text("Your chat continues.")
    expect(phone.log).to_have_attribute("aria-live", "polite")
    expect(phone.page.get_by_role("alert")).to_have_count(0)


def test_what_was_typed_and_not_sent_is_still_there(phone: Visitor) -> None:
    phone.open().field.fill("my legs jump all")
    phone.page.reload()
    phone.open()
    expect(phone.field).to_have_value("my legs jump all")


def test_nothing_is_asked_or_kept_before_somebody_opens_the_chat(phone: Visitor) -> None:
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.page.reload()
    expect(phone.launcher).to_be_visible()
    assert not [url for url in asked if "/webhooks/" in url]
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_other_tab_knows_the_conversation_only_if_the_person_says_so(somebody: Somebody, live_server: str) -> None:
    context = somebody(PHONE)
    first = Visitor(context.new_page(), live_server)
    first.open().says("my ferritin is 18")
    stranger = Visitor(context.new_page(), live_server).open()
    expect(stranger.questions).to_have_count(0)
    stranger.page.close()
    first.button("More").click()
    remember = first.page.get_by_label("Remember this chat on this device")
    expect(remember).not_to_be_checked()
    remember.check()
    second = Visitor(context.new_page(), live_server).open()
    expect(second.questions).to_have_text(["my ferritin is 18"])
    # And only for so long.
    second.page.evaluate(
        """() => {
            for (const [name, kept] of Object.entries(localStorage))
                localStorage.setItem(name, JSON.stringify({ ...JSON.parse(kept), until: Date.now() - 1 }));
        }"""
    )
    expect(Visitor(context.new_page(), live_server).open().questions).to_have_count(0)


def test_two_tabs_of_one_conversation_say_the_same(somebody: Somebody, live_server: str) -> None:
    context = somebody(PHONE)
    first = Visitor(context.new_page(), live_server)
    first.open()
    first.button("More").click()
    first.page.get_by_label("Remember this chat on this device").check()
    second = Visitor(context.new_page(), live_server).open()
    for number in range(2):
        first.field.fill(f"what is plmd {number}")
        second.field.fill(f"can low iron cause restless legs {number}")
        first.field.press("Enter")
        second.field.press("Enter")
        for tab in (first, second):
            expect(tab.answers).to_have_count(3 + 2 * number, timeout=ANSWER_WITHIN_MS)
    for tab in (first, second):
        tab.page.reload()
        tab.open()
    assert first.page.locator(".text").all_inner_texts() == second.page.locator(".text").all_inner_texts()
    said = first.page.locator(".message").evaluate_all("all => all.map(it => it.classList.contains('asked'))")
    assert said == [False, True, False, True, False, True, False, True, False]


# -- outages


def test_server_that_dies_in_the_middle_answers_once_when_it_is_back(own_server: Server, page: Page) -> None:
    phone = Visitor(page, own_server.url)
    phone.open().says("my ferritin is 18")
    own_server.kill()
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    expect(page.get_by_text("Your message is kept, and sent when I am back").first).to_be_visible()
    phone.field.fill("what is plmd")
    phone.field.press("Enter")
    own_server.start()
    # What waits outlives the page, too.
    page.reload()
    phone.launcher.click()
    expect(phone.answers).to_have_count(4, timeout=ANSWER_WITHIN_MS)
    expect(phone.questions).to_have_text(["my ferritin is 18", "is it inherited", "what is plmd"])
    expect(phone.answer).to_contain_text("PLMD")
    own_server.stop()


def test_connection_that_breaks_off_in_the_middle_of_an_answer_gives_it_once(phone: Visitor) -> None:
    phone.open()
    cut: list[str] = []

    def cut_off(route: Route) -> None:
        if cut:
            route.continue_()
            return
        answer = route.fetch()
        cut.append(answer.text())
        route.fulfill(response=answer, body=answer.text()[:-20])

    phone.page.route("**/webhooks/web/messages", cut_off)
    phone.field.fill("can low iron cause restless legs")
    phone.field.press("Enter")
    phone.button("Try again").click()
    expect(phone.answers).to_have_count(2, timeout=ANSWER_WITHIN_MS)
    expect(phone.page.get_by_text("Your message is kept")).to_have_count(1)  # the line that was read out
    phone.page.reload()
    phone.open()
    expect(phone.questions).to_have_count(1)
    assert phone.answer.locator(".text").inner_text() == json.loads(cut[0])["text"]


def test_server_that_is_away_at_first_is_waited_for(page: Page, live_server: str) -> None:
    phone = Visitor(page, live_server)
    page.route("**/webhooks/web/**", lambda route: route.abort())
    phone.launcher.click()
    expect(page.locator(".trouble")).to_contain_text("I cannot be reached just now")
    expect(page.locator(".emergency")).to_contain_text("Call your local emergency number")
    expect(page.locator(".trouble").get_by_role("link", name="020 7946 0018")).to_be_visible()
    phone.field.fill("can low iron cause restless legs")
    phone.field.press("Enter")
    page.unroute("**/webhooks/web/**")
    expect(phone.answers).to_have_count(2, timeout=ANSWER_WITHIN_MS)
    expect(phone.answers.first).to_contain_text("automated assistant")
    expect(phone.answer).to_contain_text("iron")
    expect(page.locator(".trouble")).to_have_count(0)


def test_too_many_messages_are_sent_when_their_time_has_come(phone: Visitor) -> None:
    phone.open()
    refused: list[Route] = []

    def refuse(route: Route) -> None:
        refused.append(route)
        if len(refused) > 1:
            route.continue_()
        else:
            route.fulfill(status=429, headers={"Retry-After": "1"})

    phone.page.route("**/webhooks/web/messages", refuse)
    phone.field.fill("is it inherited")
    phone.field.press("Enter")
    expect(phone.page.locator(".trouble")).to_contain_text("That was a lot at once")
    expect(phone.answer).to_contain_text("famil", timeout=ANSWER_WITHIN_MS)
    expect(phone.page.locator(".trouble")).to_have_count(0)


def test_forgotten_session_begins_anew_and_the_question_is_answered(phone: Visitor) -> None:
    phone.open().says("what is plmd")
    phone.page.evaluate(
        """() => {
            for (const name of Object.keys(sessionStorage))
                if (name.includes("token")) sessionStorage.setItem(name, '{"token": "worn-out", "until": 9e15}');
        }"""
    )
    phone.field.fill("is restless legs inherited")
    phone.field.press("Enter")
    expect(phone.answer).to_contain_text("famil", timeout=ANSWER_WITHIN_MS)
    expect(phone.page.get_by_text("a new one has begun")).to_be_visible()


def test_slow_network_shows_the_question_at_once_and_says_that_it_is_awaited(phone: Visitor) -> None:
    phone.open()
    network = phone.page.context.new_cdp_session(phone.page)
    slow = {"offline": False, "latency": 2500, "downloadThroughput": 6000, "uploadThroughput": 6000}
    network.send("Network.emulateNetworkConditions", slow)
    phone.field.fill("what is plmd")
    phone.field.press("Enter")
    expect(phone.questions).to_have_text(["what is plmd"])
    expect(phone.page.locator(".typing")).to_be_visible()
    expect(phone.page.get_by_role("status")).to_have_text("Stillnight is writing.")
    expect(phone.answer).to_contain_text("PLMD", timeout=ANSWER_WITHIN_MS)
    expect(phone.page.locator(".typing")).to_have_count(0)


# -- being forgotten


def test_patient_is_forgotten_and_no_file_holds_a_word_of_it(phone: Visitor, server: Server) -> None:
    phone.open().says("my ferritin is 17 and mrs zwetschge knows")
    assert traces(server.data_dir, "zwetschge")
    # A conversation that was left before is forgotten with it.
    phone.chooses("Start again")
    phone.says("it is me, zwetschge")
    phone.button("More").click()
    phone.page.get_by_label("Remember this chat on this device").check()
    phone.button("Forget me").click()
    expect(phone.button("Keep it")).to_be_focused()
    phone.button("Delete it").click()
    expect(phone.page.get_by_text("Everything in this chat has been deleted.").first).to_be_visible()
    expect(phone.page.locator(".message")).to_have_count(0)
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert traces(server.data_dir, "zwetschge") == []


def test_patient_is_not_told_that_all_is_deleted_when_it_is_not(phone: Visitor) -> None:
    phone.open().says("my ferritin is 18")
    phone.page.route("**/webhooks/web/session", lambda route: route.abort())
    phone.chooses("Forget me", "Delete it")
    expect(phone.page.locator(".note").get_by_text("nothing was deleted yet")).to_be_in_viewport(ratio=1)
    expect(phone.questions).to_have_count(1)
    phone.page.unroute("**/webhooks/web/session")
    phone.chooses("Forget me", "Delete it")
    expect(phone.questions).to_have_count(0)


def test_patient_changes_their_mind_about_being_forgotten(phone: Visitor) -> None:
    phone.open().says("my ferritin is 18")
    phone.chooses("Forget me", "Keep it")
    expect(phone.button("More")).to_be_focused()
    expect(phone.questions).to_have_count(1)


def test_patient_downloads_everything_that_is_kept_and_reads_about_it(phone: Visitor) -> None:
    phone.open().says("my xylophonist says that I take pramipexole")
    phone.page.locator(".more").click()
    with phone.page.expect_download() as waiting:
        phone.page.get_by_role("button", name="Download my data").click()
    assert waiting.value.suggested_filename == "stillnight.json"
    kept = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert "my xylophonist says that I take pramipexole" in [each["text"] for each in kept["messages"]]
    phone.page.locator(".more").click()
    with phone.page.context.expect_page() as opened:
        phone.page.get_by_role("link", name="What is kept, and who sees it").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("What this chat keeps of you")
    assert not phone.errors
