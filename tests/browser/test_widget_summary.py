"""The page for the doctor in a real browser: printed from a tab of its own, and saved as a PDF."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.visitor import ANSWER_WITHIN_MS, Visitor


def test_patient_prints_the_page_and_saves_it(phone: Visitor) -> None:
    phone.open()
    phone.says("I take sertraline 50 mg every night")
    shown = phone.says("make me a note for my doctor")
    expect(shown).to_contain_text("Sertraline*")
    with phone.page.expect_popup(timeout=ANSWER_WITHIN_MS) as opened:
        shown.get_by_role("button", name="Print the page").click()
    paper = opened.value
    expect(paper.get_by_role("heading", name="For my visit")).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(paper.get_by_text("I take sertraline 50 mg every night")).to_be_visible()
    # No address holds who it is.
    assert paper.url.endswith("/webhooks/web/summary")
    assert paper.evaluate("getComputedStyle(document.querySelector('h2')).borderBottomStyle") == "solid"
    with phone.page.expect_download(timeout=ANSWER_WITHIN_MS) as saved:
        shown.get_by_role("button", name="Save as PDF").click()
    assert saved.value.suggested_filename == "visit-summary.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    assert not phone.errors


def test_answers_without_a_page_have_no_such_buttons(phone: Visitor) -> None:
    answer = phone.open().says("what is restless legs?")
    expect(answer.get_by_role("button", name="Print the page")).to_have_count(0)
