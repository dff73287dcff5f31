"""The report as a page, and its pictures."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from stillnight.commands.evaluate import report_of_sets
from stillnight.commands.evaluate_files import Outputs, about, tell
from stillnight.commands.judged import ASKED, Judged
from stillnight.evaluation import plots
from stillnight.evaluation.baseline import Change
from stillnight.evaluation.page import page, pictures
from stillnight.evaluation.rates import named_rates, worst_first
from stillnight.paths import PROJECT

SECTIONS = ["accuracy", "refusals", "calibration", "labels", "confusions", "worst", "danger"]
_EMPTY_TAGS = {"meta", "img", "br", "link", "wbr"}


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
    line("overdose", "iron", 0.4, "and again", flag_wanted="overdose"),
]
ABOUT = {
    "model": "models/made_up.tar.gz",
    "model_sha256": "0123456789ab",
    "files": ["tests/made_up.jsonl", "tests/others.jsonl"],
    "made": "2026-01-02T03:04+00:00",
}
FIGURES = {**report_of_sets({"made_up": LINES[:6], "others": LINES[6:]}), "about": ABOUT}


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
    for told in ("13 lines with labels", "made_up", "53.8%", "football? → iron", "took them all", "-6.67", "one point"):
        assert told in words


def rows_of(read_words: str, caption: str) -> str:
    """Words of the table with a caption, up to the next thing that stands beneath it."""
    return " ".join(read_words.split()).partition(caption)[2]


def test_page_says_what_its_figures_are_of(read: Read) -> None:
    words = " ".join(read.words.split())
    assert "Model models/made_up.tar.gz (SHA-256 0123456789ab…)" in words
    assert "Lines tests/made_up.jsonl, tests/others.jsonl" in words
    assert "Made 2026-01-02, 03:04 UTC" in words
    assert "never trained on" not in words


def test_what_evaluate_says_of_model_and_files(tmp_path: Path) -> None:
    (tmp_path / "model.tar.gz").write_bytes(b"a model")
    said = about(tmp_path / "model.tar.gz", [PROJECT / "tests" / "nlu" / "held_out_topics.jsonl"])
    assert said["model_sha256"] == hashlib.sha256(b"a model").hexdigest()[:12]
    assert said["files"] == ["tests/nlu/held_out_topics.jsonl"]
    assert datetime.fromisoformat(said["made"]).utcoffset() == timedelta()


def test_every_sum_that_is_less_is_explained(read: Read) -> None:
    words = " ".join(read.words.split())
    # Of 13 lines one was asked back and three are about danger.
    assert "over 9 lines that got an answer or a refusal" in words
    assert "4 lines left out: asked back, or about danger" in words
    assert "2 lines of other subjects and 8 of ours" in words
    assert "3 lines left out: about danger, or right as either" in words


def test_one_line_is_not_one_lines(read: Read) -> None:
    assert "Asked back: 1 line, 1 with the right topic" in " ".join(read.words.split())
    assert not re.search(r"\b1 lines", " ".join(read.words.split()))


def test_files_that_are_the_scope_stand_once() -> None:
    ours, theirs = [line("iron", "iron")] * 3, [line("out_of_scope", "iron")]
    names = [name for name, _ in named_rates(report_of_sets({"topics": ours, "outside": theirs}))]
    assert names == ["all lines", "in scope, topics", "out of scope, outside"]
    # As many lines, and others.
    mixed = [line("iron", "iron"), line("out_of_scope", "iron")]
    names = [name for name, _ in named_rates(report_of_sets({"a": [*ours, *mixed], "b": [*theirs, *mixed]}))]
    assert names == ["all lines", "in scope", "out of scope", "a", "b"]
    assert [name for name, _ in named_rates(report_of_sets({"topics": ours}))] == ["all lines"]


def test_words_stand_beneath_words(read: Read) -> None:
    heads = [head for head in read.all("th") if head.get("scope") == "col"]
    assert sum(head.get("class") == "words" for head in heads) == 4  # remark, understood, wanted, understood


def test_heat_map_of_single_confusions_is_left_out() -> None:
    figures = report_of_sets({"few": [line("iron", "heart"), line("heart", "mood")]})
    assert "confusions" not in pictures(figures)
    assert "No two labels were confused more than once." in Read(page(figures)).words


def test_alarm_without_labelled_danger_contradicts_nothing() -> None:
    figures = report_of_sets({"few": [line("iron", "overdose", text="too much iron", flag_heard="overdose")]})
    words = Read(page(figures)).words
    assert "No line is labelled as a danger." in words
    assert "too much iron → overdose" in words


def test_chart_and_table_order_labels_alike(read: Read) -> None:
    labels = [name for name, _ in worst_first(FIGURES["labels"])]
    bars = plots.label_bars(FIGURES["labels"])
    # Ties are there, and rows are counted from below.
    assert len({each["accuracy"] for each in FIGURES["labels"].values()}) < len(labels)
    drawn = re.findall(r"<!-- ([a-z_]+) \(\d+\) -->", bars)
    assert drawn == labels[::-1]
    table = rows_of(read.words, "Each label, the worst first")
    assert [table.index(name) for name in labels] == sorted(table.index(name) for name in labels)


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
