"""The page as a PDF and as a web page: one sheet, legible without colours, told to those who do not see it."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

import pypdf
import pypdfium2
import pytest

from stillnight.channels.paper.page import as_html
from stillnight.channels.paper.pdf import STYLE, as_pdf
from stillnight.clinical.labs.bar.strip import as_strip
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.visit_summary.sheet import sheet_from_dict
from stillnight.clinical.visit_summary.sheet_text import as_text
from tests.unit.lab_bars import bar
from tests.visit_summary.conversations import LABS, MEDICINES, SYMPTOMS, TRIED
from tests.visit_summary.sheets import sheet

A4, LETTER = (595, 842), (612, 792)
FULL = [
    *((text, "diagnosis_request") for text in SYMPTOMS),
    *((f"I take {name} 10 mg every evening", "medication_check") for name in sorted(MEDICINES)),
    *((f"My {lab[0]} was {lab[3] + 1} {lab[2]} in March 202{year}", "lab_report") for lab in LABS for year in (4, 5)),
    *((text, "faq") for text, _ in TRIED),
]


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in read(pdf).pages)


@pytest.mark.parametrize(("country", "size"), [(None, A4), ("GB", A4), ("US", LETTER), ("CA", LETTER)])
def test_it_is_one_sheet_of_the_paper_of_the_country(country: str | None, size: tuple[int, int]) -> None:
    [page] = read(as_pdf(sheet(country=country))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_much_that_was_told_stands_on_one_sheet_too_and_nothing_is_left_out() -> None:
    made = as_pdf(sheet(FULL))
    text = " ".join(text_of(made).split())
    assert len(read(made).pages) == 1
    for said, _ in FULL:
        words = said.split()[-1]
        assert words in text, said
    assert all(said in text for said in SYMPTOMS)


def test_readers_know_its_language_its_heading_and_its_parts() -> None:
    made = read(as_pdf(sheet()))
    root: Any = made.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert made.metadata is not None and made.metadata.title == "For my visit: restless legs and sleep"
    assert {"H1", "H2", "L", "LI", "Table", "TH", "Figure"} <= _kinds(root["/StructTreeRoot"])


def _kinds(node: object, seen: int = 0) -> set[str]:
    if hasattr(node, "get_object"):
        node = node.get_object()
    if isinstance(node, list):
        return set().union(*(_kinds(each, seen + 1) for each in node)) if node else set()
    if not isinstance(node, dict) or seen > 40:
        return set()
    kind = {str(node["/S"]).lstrip("/")} if "/S" in node else set()
    return kind | _kinds(node.get("/K"), seen + 1)


def test_bars_are_told_in_words() -> None:
    assert any("below usual range" in alt for alt in _alternatives(as_html(sheet())))


def _alternatives(html: str) -> list[str]:
    return re.findall(r'aria-label="([^"]+)"', html)


def test_it_has_no_colours() -> None:
    picture = pypdfium2.PdfDocument(as_pdf(sheet()))[0].render(scale=1).to_pil().convert("RGB")
    assert all(max(pixel) - min(pixel) <= 2 for _, pixel in picture.getcolors(1 << 24) or ())


def test_marks_of_medicines_need_no_colour() -> None:
    text = as_text(sheet())
    assert "Sertraline*" in text and "Amlodipine*" not in text
    assert "Ask before you change anything" in text


def test_words_of_the_person_are_no_markup() -> None:
    html = as_html(sheet())
    assert "<b>& bananas" not in html and "&lt;b&gt;&amp; bananas&lt;/b&gt;" in html


def test_page_holds_no_style_or_script_of_its_own() -> None:
    html = as_html(sheet())
    assert "<style" not in html and " style=" not in html and not re.search(r"<script(?! src=)", html)
    assert STYLE.read_text().count("url(") == 0


def test_page_survives_being_kept() -> None:
    assert sheet_from_dict(asdict(sheet())) == sheet()


@pytest.mark.parametrize("person", [Person(child=True), Person(dialysis=True), Person(group="pregnant")])
def test_adult_ranges_do_not_stand_beside_values_of_whom_they_do_not_fit(person: Person) -> None:
    rows = [row for part in sheet(person=person).parts for row in part.rows if row.value]
    assert rows and not any(row.bar or row.usual for row in rows)


def test_strip_shows_where_a_value_lies() -> None:
    low, high = (ElementTree.fromstring(as_strip(bar("ferritin", value), "")) for value in (12, 150))
    tips = [float(each.find("{*}polygon").get("points").split()[-1].split(",")[0]) for each in (low, high)]  # type: ignore[union-attr]
    band = low.find("{*}rect")
    assert band is not None
    start = float(str(band.get("x")))
    assert tips[0] < start < tips[1] < start + float(str(band.get("width")))
