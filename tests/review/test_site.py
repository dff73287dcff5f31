"""The pages of the desk, as files and in a real browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from stillnight.review.desk import Desk
from stillnight.review.record import Record, Signature
from stillnight.review.site import anchor, build
from tests.review.conftest import DAY

PAGES = ("index", "changes", "labs", "numbers", "references", "talk")


def test_printed_document_holds_every_piece(desk: Desk, site: Path) -> None:
    page = html.unescape((site / "answers.html").read_text(encoding="utf-8"))
    missing = [piece.name for piece in desk.pieces if any(line not in page for line in piece.said.splitlines())]
    assert not missing
    assert "<script" not in page and "stylesheet" not in page


def test_every_piece_has_its_place_on_the_page_that_the_search_leads_to(desk: Desk, site: Path) -> None:
    places = {
        path.name: set(re.findall(r'id="([^"]+)"', path.read_text(encoding="utf-8"))) for path in site.glob("*.html")
    }
    for piece in desk.pieces:
        assert anchor(piece.name) in places[f"{piece.group.value}.html"], piece.name
    assert all(len(re.findall(rf'id="{name}"', (site / "labs.html").read_text())) == 1 for name in places["labs.html"])


def test_links_lead_somewhere_and_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for path in site.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.findall(r'(?:src|<link[^>]*href)="https?:', page)
        for file, _, place in (link.partition("#") for link in re.findall(r'href="((?!https?:)[^"]+)"', page)):
            target = site / (file or path.name)
            assert target.is_file(), (path.name, file)
            assert not place or f'id="{place}"' in target.read_text(encoding="utf-8"), (path.name, file, place)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1000, "height": 800})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert not complaints


def signed_and_changed(desk: Desk) -> Desk:
    first, second = desk.topics["labs/ferritin"].pieces[:2]
    signatures = {
        first.name: Signature(first.topic, "Dr A", "2026-11-20", first.hash, first.content),
        second.name: Signature(second.topic, "Dr A", "2026-11-20", "another", f"Beware! {second.content}"),
        "utter_gone": Signature("faq/gone", "Dr A", "2026-11-20", "x", "It is gone."),
    }
    return Desk(desk.pieces, Record(signatures), desk.references)


def test_search_finds_by_words_and_leads_there(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_label("Search everything").fill("FERRITIN dialysis")
    assert "found" in (page.get_by_role("status").text_content() or "")
    page.get_by_role("link", name="Ferritin on dialysis").click()
    page.wait_for_url("**/labs.html#utter-lab-dialysis-ferritin")
    assert page.locator("#utter-lab-dialysis-ferritin").is_visible()


def test_filter_shows_what_stands_so(page: Page, desk: Desk, tmp_path: Path) -> None:
    build(signed_and_changed(desk), tmp_path, DAY)
    page.goto((tmp_path / "labs.html").as_uri())
    for label, count in (("signed", 1), ("changed", 1)):
        page.get_by_label(label, exact=True).check()
        assert page.locator("article:visible").count() == count
    assert page.locator("article:visible del").inner_text() == "Beware!"
    page.goto((tmp_path / "changes.html").as_uri())
    assert "It is gone." in page.locator("main").inner_text()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_barrier_that_a_program_finds(page: Page, site: Path, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((site / f"{name}.html").as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", [*PAGES, "answers"])
def test_page_fits_a_small_phone(page: Page, site: Path, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_paper_shows_the_answers_and_no_controls(page: Page, site: Path) -> None:
    page.emulate_media(media="print")
    page.goto((site / "talk.html").as_uri())
    assert not page.get_by_label("Search everything").is_visible()
    assert page.locator("#utter-greet").is_visible()


def test_page_can_be_read_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "numbers.html").as_uri())
    assert "Emergency: 911" in page.locator("#crisis-lines-us").inner_text()
    assert not page.get_by_label("Search everything").is_visible()
    context.close()
