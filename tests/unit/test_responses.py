"""Reading the content files."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillnight.content.responses import Answer, Button, ContentError, answers, read_all, read_file

GOOD = """\
version: "3.1"
nlu:
- intent: faq/iron
  examples: |
    - can low iron do this
    - is it — iron?
- synonym: iron
  examples: |
    - fer
responses:
  utter_faq/iron:
  - text: >-
      Yes. Low iron
      can do it.
    buttons:
    - title: Tell me more
      payload: '/more{{"topic": "iron"}}'
    - title: Blood tests
      payload: /faq/blood_tests
    metadata:
      title: Iron
      sources: [aasm_2025, nhs]
  utter_lab:
  - text: Ferritin is a store.
    condition:
    - type: slot
      name: lab
      value: ferritin
    - type: other
      name: x
      value: y
  - text: Which test?
"""


def written(folder: Path, text: str, name: str = "iron.yml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_examples_are_read_by_intent(tmp_path: Path) -> None:
    assert read_file(written(tmp_path, GOOD)).examples == {"faq/iron": ("can low iron do this", "is it — iron?")}


def test_answer_is_read_with_buttons_and_metadata(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    answer = read_file(path).answers[0]
    assert (answer.name, answer.file) == ("utter_faq/iron", path)
    assert answer.text == "Yes. Low iron can do it."
    assert answer.words == 6
    assert answer.buttons == (
        Button("Tell me more", '/more{{"topic": "iron"}}'),
        Button("Blood tests", "/faq/blood_tests"),
    )
    assert answer.sources == ("aasm_2025", "nhs")
    assert answer.metadata["title"] == "Iron"
    assert answer.condition == ()


def test_every_variation_is_an_answer_with_its_slot_condition(tmp_path: Path) -> None:
    first, second = read_file(written(tmp_path, GOOD)).answers[1:]
    assert (first.name, first.condition) == ("utter_lab", (("lab", "ferritin"),))
    assert (second.name, second.text, second.condition) == ("utter_lab", "Which test?", ())
    assert (second.buttons, second.sources, second.metadata) == ((), (), {})


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "version: '3.1'\n", "nlu:\nresponses:\n", "rules: []\n"])
def test_file_without_content_is_empty(tmp_path: Path, text: str) -> None:
    file = read_file(written(tmp_path, text))
    assert (dict(file.examples), file.answers) == ({}, ())


def test_empty_answer_and_intent_are_kept_for_the_lint_to_find(tmp_path: Path) -> None:
    file = read_file(written(tmp_path, "nlu:\n- intent: greet\nresponses:\n  utter_x:\n  - buttons:\n  utter_y:\n"))
    assert file.examples == {"greet": ()}
    assert [(answer.name, answer.text, answer.words) for answer in file.answers] == [("utter_x", "", 0)]


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("responses:\n  utter_x:\n  - text: Yes: it can\n", 3, "Put quotes around the whole text"),
        ("responses:\n\tutter_x:\n", 2, "begins with a tab"),
        ("responses:\n  utter_x:\n  - text: 'never closed\n", 3, "a quote mark is opened here"),
        ("nlu: [a, b\nresponses: x\n", 1, "a bracket is opened here"),
    ],
)
def test_broken_yaml_is_named_by_file_line_and_remedy(tmp_path: Path, text: str, line: int, remedy: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_file(path)
    assert f"{path}, line {line}: not valid YAML: " in str(caught.value)
    assert remedy in str(caught.value)


def test_file_that_is_no_mapping_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "- a\n- b\n")
    with pytest.raises(ContentError, match=r"iron\.yml: a content file starts with"):
        read_file(path)


def test_folder_is_read_with_its_subfolders_in_name_order(tmp_path: Path) -> None:
    for name in ("b.yml", "faq/iron.yml", "a.yml"):
        written(tmp_path, f"responses:\n  utter_{Path(name).stem}:\n  - text: x\n", name)
    written(tmp_path, "no: yaml: at all", "notes.txt")
    files = read_all(tmp_path)
    assert [file.path.name for file in files] == ["a.yml", "b.yml", "iron.yml"]
    assert [answer.name for answer in answers(files)] == ["utter_a", "utter_b", "utter_iron"]


@pytest.mark.parametrize(
    ("payload", "target"),
    [
        ("/help", "help"),
        ("/faq/iron_treatment", "faq/iron_treatment"),
        ("/faq/vitamin_b12", "faq/vitamin_b12"),
        ('/more{{"topic": "iron"}}', "more"),
        ("help", None),
        ("", None),
        ("/Help", None),
        ("/faq/", None),
        ("/faq/a/b", None),
        ('/more{"topic": "iron"}', None),
        ("/help me", None),
    ],
)
def test_button_leads_to_the_intent_of_its_payload(payload: str, target: str | None) -> None:
    assert Button("x", payload).target == target


def test_button_is_sent_with_single_braces() -> None:
    assert Button("x", '/more{{"topic": "iron"}}').sent == '/more{"topic": "iron"}'
    assert Button("x", "/faq/iron").sent == "/faq/iron"


def test_button_entities_are_read() -> None:
    assert Button("x", '/more{{"topic": "iron", "n": 2}}').entities == {"topic": "iron", "n": "2"}
    for payload in ("/more", "more", "/more{{topic: iron}}", '/more{{"topic": }}'):
        assert Button("x", payload).entities == {}


def test_answer_counts_its_words() -> None:
    assert Answer("utter_x", "One  two\nthree.", Path("x.yml")).words == 3
    assert Answer("utter_x", "", Path("x.yml")).words == 0


@pytest.mark.parametrize(
    "text",
    [
        "responses:\n  utter_x:\n    text: hi\n",
        "responses:\n  utter_x: hello\n",
        "responses:\n- utter_x:\n  - text: hi\n",
        "nlu:\n- intent: a\n  examples:\n  - hi\n",
        "nlu: hello\n",
        "responses:\n  utter_x:\n  - text: hi\n    buttons:\n      title: a\n",
        "responses:\n  utter_x:\n  - text: hi\n    metadata: none\n",
        "responses:\n  utter_x:\n  - text: a\n  utter_x:\n  - text: b\n",
        "nlu:\n- intent: a\n  examples: |\n    -no space\n",
    ],
)
def test_wrong_shape_is_named(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_file(path)
    assert str(path) in str(caught.value)


def test_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "iron.yml"
    path.write_bytes("responses:\n  utter_x:\n  - text: na\u00efve\n".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        read_file(path)
