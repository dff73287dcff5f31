"""The symptom diary in a real browser: a chart that speaks, and a table to take along."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.visitor import ANSWER_WITHIN_MS, Visitor


def test_patient_sees_the_nights_and_takes_them_along(phone: Visitor) -> None:
    phone.open()
    phone.says("log tonight: bad, 2 hours")
    shown = phone.says("show my diary")
    chart = shown.locator(".picture svg[role=img]")
    expect(chart).to_have_attribute("aria-label", re.compile("bad"))
    expect(chart.locator("rect")).to_have_count(1)
    # A line for each step, and the ground.
    for place in range(6):
        assert chart.locator("path").nth(place).get_attribute("d")
    taken = phone.says("download my diary")
    with phone.page.expect_download(timeout=ANSWER_WITHIN_MS) as saved:
        taken.get_by_role("button", name="Save as a table").click()
    assert saved.value.suggested_filename == "diary.csv"
    assert '"bad","2"' in Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert not phone.errors
