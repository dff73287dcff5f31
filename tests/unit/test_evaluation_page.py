"""The report as a page, and its pictures."""

from __future__ import annotations

import base64
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from stillnight.commands.evaluate import report_of_sets
from stillnight.commands.evaluate_files import Outputs, tell
from stillnight.commands.judged import ASKED, Judged
from stillnight.evaluation import plots
from stillnight.evaluation.baseline import Change
from stillnight.evaluation.page import page, pictures

SECTIONS = ["accuracy", "refusals", "calibration", "labels", "confusions", "worst", "danger"]
_EMPTY_TAGS = {"meta", "img", "br", "link"}


def line(wanted: str, got: str, confidence: float = 0.5, text: str = "…", **facts: Any) -> Judged:
    return Judged(text, wanted, frozenset(), got, facts.pop("choices", ()), confidence, **facts)


LINES = [
    *[line("iron", "iron", 0.9)] * 5,
    line("iron", "heart", 0.8, "is <b>iron</b> & \"blood\" <script>alert('x')</script>"),
    line("heart", ASKED, 0.1, choices=("heart", "iron")),
    line("out_of_scope", "out_of_scope", 0.9, outside=0.9),
    line("out_of_scope", "iron", 0.7, "football?", outside=0.3),
    line("mood", "out_of_scope", 0.6, "sad", outside=0.6),
    line("overdose", "overdose", 1.0, flag_wanted="overdose", flag_heard="overdose", flag_by="rule"),
    line("overdose", "iron", 0.4, "took them all", flag_wanted="overdose"),
]
FIGURES = report_of_sets({"made_up": LINES[:6], "others": LINES[6:]})


class Read(HTMLParser):
    """Reads a page strictly: every tag is closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.children: dict[str, list[str]] = {}
        self.words = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return page(FIGURES, [Change("made_up", 6, 0.8333, 0.9, 6), Change("others", 6, 0.5)])


@pytest.fixture(scope="module")
def read(html: str) -> Read:
    return Read(html)


def test_page_holds_every_section_and_a_way_to_it(read: Read) -> None:
    assert [section["id"] for section in read.all("section")] == SECTIONS
    assert [link["href"] for link in read.all("a")] == [f"#{name}" for name in SECTIONS]
    assert len(read.all("h2")) == len(SECTIONS)
    assert len(read.all("h1")) == 1


def test_page_tells_the_figures(read: Read) -> None:
    words = " ".join(read.words.split())
    for told in ("12 labelled lines", "made_up", "58.3%", "football? → iron", "took them all", "-6.67", "one point"):
        assert told in words


def test_page_asks_nobody_else_for_anything(html: str, read: Read) -> None:
    sources = [attributes["src"] for _, attributes in read.tags if "src" in attributes]
    assert sources
    assert all(str(source).startswith("data:image/svg+xml;base64,") for source in sources)
    assert "http://" not in html
    assert "https://" not in html
    assert not read.all("script")
    assert not read.all("link")
    policy = next(meta for meta in read.all("meta") if "http-equiv" in meta)
    assert "default-src 'none'" in str(policy["content"])


def test_page_can_be_heard(read: Read) -> None:
    assert read.all("html") == [{"lang": "en"}]
    assert len(read.all("img")) == 4
    assert all(len(str(image["alt"])) > 20 for image in read.all("img"))
    assert len(read.all("caption")) == len(read.all("table")) >= 6
    assert all(header.get("scope") in ("col", "row") for header in read.all("th"))
    regions = [each for each in read.all("div") if each.get("class") == "scroll"]
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)


def test_what_was_typed_is_text_and_nothing_else(read: Read) -> None:
    assert "<script>alert('x')</script>" in read.words
    assert not read.all("b")


def test_fallen_set_is_marked(read: Read) -> None:
    marked = [row for row in read.all("tr") if row.get("class") == "fallen"]
    assert len(marked) == 1


def test_page_of_few_figures_is_whole() -> None:
    for lines in ([], [line("iron", "iron", 0.9)], [line("iron", ASKED)]):
        read = Read(page(report_of_sets({"few": lines})))
        assert [section["id"] for section in read.all("section")] == SECTIONS


def test_pictures_are_svg_with_a_title(html: str) -> None:
    drawn = pictures(FIGURES)
    assert list(drawn) == ["reliability", "roc", "confusions", "labels"]
    for svg in drawn.values():
        root = ElementTree.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.findtext("{http://www.w3.org/2000/svg}title")
        assert base64.b64encode(svg.encode()).decode() in html


def test_same_figures_give_the_same_picture() -> None:
    assert pictures(FIGURES) == pictures(FIGURES)


def test_bars_name_every_label_and_the_curve_its_working_point() -> None:
    # Matplotlib writes each text that it draws beside it, as a comment.
    bars = plots.label_bars(FIGURES["labels"])
    assert all(f"<!-- {name} ({each['lines']}) -->" in bars for name, each in FIGURES["labels"].items())
    assert "working point: 50.0% of theirs, 12.5% of ours" in plots.roc(FIGURES["refusals"])


def test_heat_map_shows_the_most_confused_labels() -> None:
    often = [{"wanted": f"often_{number}", "got": f"mistaken_{number}", "times": 3} for number in range(12)]
    seldom = [{"wanted": f"seldom_{number}", "got": "often_0", "times": 1} for number in range(20)]
    shown = plots.most_confused([*seldom, *often])
    assert len(shown) == 25
    assert sum(name.startswith("seldom") for name in shown) == 1
    assert "<!-- often_11 -->" in plots.heat_map([*seldom, *often])


def test_files_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "figures.json", tmp_path / "report.html", tmp_path / "docs" / "images")
    assert tell(FIGURES, {}, outputs)
    assert {path.name for path in tmp_path.rglob("*.*")} == {
        "figures.json",
        "report.html",
        "reliability.svg",
        "roc.svg",
    }
    assert Read((tmp_path / "report.html").read_text(encoding="utf-8")).all("table")


def test_serving_does_not_load_what_draws() -> None:
    code = "import sys, stillnight.cli, stillnight.commands.evaluate_files; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"
