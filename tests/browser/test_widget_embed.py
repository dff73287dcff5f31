"""One script tag on a clinic's own page, at another address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Clinic, Somebody
from tests.browser.visitor import Visitor
from tests.conftest import Server

Embedded = Callable[..., Visitor]


@pytest.fixture
def embedded(somebody: Somebody, clinic: Clinic, clinics_server: Server) -> Embedded:
    """Somebody at a desk on a page whose script tag has these attributes."""

    def begin(
        attributes: str = "", body: str = "<main><h1>Clinic</h1></main>", style: str = "", **device: str
    ) -> Visitor:
        clinic.policy = ""
        tag = f'<script src="{clinics_server.url}/widget/stillnight.js" {attributes}></script>'
        clinic.body = f"<style>{style}</style><body>{body}{tag}"
        return Visitor(somebody({**DESK, **device}).new_page(), clinic.url, "/")

    return begin


def test_one_line_is_enough(embedded: Embedded) -> None:
    it = embedded()
    expect(it.open().says("can low iron cause restless legs")).to_contain_text("iron")
    it.page.reload()
    expect(it.open().questions).to_have_count(1)
    assert it.complaints() == []


def test_line_may_stand_anywhere_and_twice(embedded: Embedded, clinic: Clinic, clinics_server: Server) -> None:
    tag = f'<script src="{clinics_server.url}/widget/stillnight.js" defer></script>'
    it = embedded(body=f"{tag}{tag}<h1>Clinic</h1>")
    expect(it.page.locator("stillnight-chat")).to_have_count(1)
    it.open()


def test_page_that_the_clinic_did_not_name_gets_no_answer(clinic: Clinic, live_server: str, somebody: Somebody) -> None:
    clinic.policy = ""
    clinic.body = f'<body><h1>Clinic</h1><script src="{live_server}/widget/stillnight.js"></script>'
    it = Visitor(somebody(DESK).new_page(), clinic.url, "/")
    it.launcher.click()
    expect(it.page.locator(".trouble")).to_be_visible()
    expect(it.answers).to_have_count(0)


def test_attributes_say_how_it_looks(embedded: Embedded) -> None:
    it = embedded(
        'data-title="Ask us" data-greeting="Our nurses read along on weekdays." data-country="IE" data-color="#ffd400"'
        ' data-contact="https://harbour.example/contact" data-position="start" data-scheme="dark"'
    )
    corner = it.page.locator(".launcher").bounding_box()
    assert corner is not None
    assert corner["x"] == 16
    it.open()
    expect(it.box.get_by_role("heading")).to_have_text("Ask us")
    expect(it.page.get_by_text("Our nurses read along on weekdays.")).to_be_visible()
    expect(it.page.locator(".emergency")).to_contain_text("Emergency (Ireland): 112 or 999")
    # Black on yellow, as it must be to be read; the rest is dark.
    expect(it.button("Send")).to_have_css("background-color", "rgb(255, 212, 0)")
    expect(it.button("Send")).to_have_css("color", "rgb(0, 0, 0)")
    expect(it.box).to_have_css("background-color", "rgb(14, 19, 32)")
    it.button("More").click()
    expect(it.page.get_by_role("link", name="harbour.example/contact")).to_have_attribute(
        "href", "https://harbour.example/contact"
    )
    assert it.faults() == []


def test_country_of_the_page_is_that_of_the_numbers_in_an_answer(embedded: Embedded) -> None:
    answer = embedded('data-country="AU"').open().says("i want to kill myself")
    expect(answer.get_by_role("link", name="000")).to_be_visible()
    expect(answer).to_contain_text("Australia")


def test_contact_is_that_of_the_server_when_the_page_says_nothing(embedded: Embedded) -> None:
    it = embedded().open()
    it.button("More").click()
    expect(it.page.get_by_role("link", name="help@harbour.example")).to_have_attribute(
        "href", "mailto:help@harbour.example"
    )


@pytest.mark.parametrize(
    "color", ["no-colour", "", "transparent", "#0001", "var(--nothing)", "red;background:url(//evil.example)"]
)
def test_colour_that_is_none_changes_nothing(embedded: Embedded, color: str) -> None:
    it = embedded(f'data-color="{color}"')
    expect(it.page.locator(".launcher")).to_have_css("background-color", "rgb(52, 66, 111)")


@pytest.mark.parametrize("color", ["#1f5c57", "#fff", "#000", "rebeccapurple", "#767676", "hsl(60 100% 50%)"])
def test_any_colour_can_be_read(embedded: Embedded, color: str) -> None:
    it = embedded(f'data-color="{color}"').open()
    it.says("what is plmd")
    assert it.faults() == []


def test_colour_may_be_a_name_of_the_pages(embedded: Embedded) -> None:
    it = embedded('data-color="var(--brand)"', style=":root { --brand: #ffd400 }")
    expect(it.page.locator(".launcher")).to_have_css("background-color", "rgb(255, 212, 0)")
    expect(it.page.locator(".launcher")).to_have_css("color", "rgb(0, 0, 0)")


def test_css_properties_say_the_rest(embedded: Embedded) -> None:
    it = embedded(
        style="""stillnight-chat { --stillnight-width: 500px; --stillnight-height: 400px;
                 --stillnight-background: #fff0f0 }"""
    )
    it.open()
    size = it.box.bounding_box()
    assert size is not None
    assert (size["width"], size["height"]) == (500, 400)
    expect(it.box).to_have_css("background-color", "rgb(255, 240, 240)")


WILD = """
* { all: unset; font: italic 900 9px cursive !important; color: lime; line-height: 5; letter-spacing: 2em }
html { font-size: 4px } button, p, div { display: none } body { text-transform: uppercase; direction: rtl }
stillnight-chat { text-align: right; font-size: 5px; white-space: pre; cursor: wait }
"""
LOOK = """it => {
    const style = getComputedStyle(it), { x, y, width, height } = it.getBoundingClientRect();
    const names = ["font", "color", "lineHeight", "letterSpacing", "textTransform", "textAlign", "direction", "cursor"];
    return [...names.map(name => style[name]), x, y, width, height];
}"""


def test_style_of_the_page_stays_outside(embedded: Embedded) -> None:
    looks = []
    for style in ("", WILD):
        it = embedded(style=style).open()
        looks.append([it.page.locator(part).first.evaluate(LOOK) for part in (".box", ".text", ".send", "textarea")])
    assert looks[0] == looks[1]


def test_chat_in_the_page(embedded: Embedded) -> None:
    it = embedded('data-target="#here"', body='<main id="here"><h1>Clinic</h1></main>')
    expect(it.answers.first).to_be_visible()
    expect(it.page.locator(".launcher, dialog")).to_have_count(0)
    expect(it.button("Close the chat")).to_have_count(0)
    expect(it.says("what is plmd")).to_contain_text("PLMD")
    it.page.keyboard.press("Escape")
    expect(it.box).to_be_visible()
    assert it.page.locator("#here").locator("stillnight-chat").count() == 1
    assert it.faults() == []


def test_language_is_the_pages(embedded: Embedded) -> None:
    it = embedded('data-locale="ar-EG"')
    corner = it.page.locator(".launcher").bounding_box()
    assert corner is not None
    assert corner["x"] == 16
    it.page.locator(".launcher").click()
    expect(it.page.get_by_role("button", name="إرسال")).to_be_visible()
    expect(embedded('data-locale="xx"').launcher).to_be_visible()
    expect(embedded('data-locale="constructor"').launcher).to_be_visible()


def test_developer_opens_closes_and_asks(embedded: Embedded) -> None:
    it = embedded()
    it.page.evaluate("Stillnight.open()")
    expect(it.field).to_be_focused()
    it.page.evaluate("Stillnight.open()")
    it.page.evaluate("Stillnight.close()")
    expect(it.launcher).to_be_focused()
    it.page.evaluate("Stillnight.close()")
    it.page.evaluate("document.addEventListener('stillnight-message', () => { window.said = true; })")
    it.page.evaluate("Stillnight.ask('what is ferritin')")
    assert it.page.evaluate("said")
    expect(it.questions).to_have_text(["what is ferritin"])
    expect(it.answer).to_contain_text(re.compile("ferritin", re.I))
    expect(it.answers).to_have_count(2)
    it.page.evaluate("Stillnight.ask('  ')")
    expect(it.questions).to_have_count(1)


def test_page_that_is_rendered_anew_gets_the_chat_back(embedded: Embedded) -> None:
    it = embedded()
    it.open().says("what is plmd")
    it.page.evaluate("document.body.replaceChildren(document.createElement('main'))")
    expect(it.box).to_have_count(0)
    it.page.evaluate("Stillnight.open()")
    expect(it.questions).to_have_text(["what is plmd"])


def test_country_may_change_at_any_time(embedded: Embedded) -> None:
    it = embedded('data-country="IE"').open()
    expect(it.page.locator(".emergency")).to_contain_text("Ireland")
    it.page.evaluate("Stillnight.element.country = 'AU'")
    expect(it.page.locator(".emergency")).to_contain_text("000")


def test_script_that_a_loader_put_in_finds_its_settings(clinic: Clinic, clinics_server: Server, page: Page) -> None:
    clinic.policy = ""
    address = f"{clinics_server.url}/widget/stillnight.js"
    clinic.body = f'<body><main><h1>Clinic</h1></main><script type="module" src="{address}" data-title="Ask"></script>'
    it = Visitor(page, clinic.url, "/").open()
    expect(it.box.get_by_role("heading")).to_have_text("Ask")


@pytest.mark.parametrize("target", ["#nowhere", "#123", "["])
def test_target_that_is_none_leaves_the_button(embedded: Embedded, target: str) -> None:
    it = embedded(f'data-target="{target}"')
    it.open()
    assert any(target in line for line in it.complaints())


def test_chat_works_over_a_modal_of_the_page(embedded: Embedded) -> None:
    it = embedded(body='<main><h1>Clinic</h1></main><dialog id="own"><p>Cookies?</p></dialog>')
    it.page.evaluate("document.getElementById('own').showModal(); Stillnight.open()")
    expect(it.says("what is plmd")).to_contain_text("PLMD")


def test_chat_works_in_a_sandbox(embedded: Embedded, clinic: Clinic) -> None:
    it = embedded(body="<main><h1>Clinic</h1></main>")
    clinic_page = it.page.url
    it.page.set_content(
        f'<iframe sandbox="allow-scripts allow-same-origin" src="{clinic_page}" width=900 height=700></iframe>'
    )
    frame = it.page.frame_locator("iframe")
    frame.locator(".launcher").click()
    frame.locator("textarea").fill("what is plmd")
    frame.locator(".send").click()
    expect(frame.locator(".told .text").last).to_contain_text("PLMD", timeout=20_000)


def test_element_that_is_moved_goes_on(embedded: Embedded) -> None:
    it = embedded(body='<h1>Clinic</h1><div id="other"></div>')
    it.open().says("what is plmd")
    it.page.evaluate("document.getElementById('other').append(Stillnight.element)")
    expect(it.questions).to_have_text(["what is plmd"])
    expect(it.says("is it inherited")).to_contain_text("famil")
