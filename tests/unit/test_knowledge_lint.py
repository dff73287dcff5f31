"""A broken file of `knowledge/` is named in plain words, to its author and not to a patient."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from stillnight.clinical.knowledge import KnowledgeError, reading
from stillnight.clinical.red_flags.finder import RedFlagFinder
from stillnight.content.knowledge_lint import check_facts, unreadable
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml
from tests.unit.facts import change, copied

REFERENCES = frozenset(load_yaml(KNOWLEDGE / "references.yml"))


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return copied(tmp_path)


def faults(knowledge: Path) -> list[str]:
    return [str(fault) for fault in check_facts(knowledge, REFERENCES)]


def test_facts_of_the_project_have_no_fault() -> None:
    assert list(unreadable(KNOWLEDGE)) == []
    assert faults(KNOWLEDGE) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("red_flags.yml", "<child> ... munch ...", "<chidl> ... munch ...", "iron_poisoning: “<chidl> ... munch"),
        ("red_flags.yml", "- 9 fentanyl patches", "- (9 fentanyl patches", "overdose: “(9 fentanyl patches"),
        ("red_flags.yml", "    urgency: emergency\n    over: 1", "    over: 1", "iron_poisoning: “urgency” is missing"),
        ("red_flag_context.yml", "\nworry:", "\nworry: [<nobody> fears]\nunused:", "<nobody>"),
        ("circumstances.yml", "\nasked:", "\nask:", "“asked” is missing"),
        ("medicine_talk.yml", '"no", never', "no, never", "takes_back: a list of words is wanted"),
        ("crisis_lines.yml", "emergency:", "emergncy:", "“emergency” is missing"),
    ],
)
def test_file_that_cannot_be_used_is_named(knowledge: Path, file: str, old: str, new: str, said: str) -> None:
    change(knowledge / file, old, new)
    found = [str(fault) for fault in unreadable(knowledge)]
    assert any(f"/knowledge/{file}" in fault and said in fault for fault in found), found


@pytest.mark.parametrize("file", ["red_flags.yml", "medicines.yml", "crisis_lines.yml", "labs.yml", "check_in.yml"])
def test_file_that_is_no_yaml_is_named_with_its_line(knowledge: Path, file: str) -> None:
    (knowledge / file).write_text("a: 1\nb: [", encoding="utf-8")
    assert any(
        f"knowledge/{file}, line 2: not valid YAML: a bracket is opened" in str(fault)
        for fault in unreadable(knowledge)
    )


def test_file_that_is_missing_is_named(knowledge: Path) -> None:
    (knowledge / "check_in.yml").unlink()
    faults = {fault.where: fault.message for fault in unreadable(knowledge)}
    assert faults == {str(knowledge / "check_in.yml"): "cannot be read (No such file or directory)"}


def edited(knowledge: Path, name: str, **facts: Any) -> None:
    path = knowledge / "red_flags.yml"
    content = load_yaml(path)
    content["red_flags"][name].update(facts)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"urgency": "soon"}, "urgency is emergency or same_day, not “soon”"),
        ({"numbers": ["fire"]}, "no lines of the kind “fire”"),
        ({"despite": ["rumour"]}, "no context “rumour”"),
        ({"says": ["leg swollen", "leg swollen"]}, "says a rule twice: leg swollen"),
        ({"sources": ["gossip"]}, "cites “gossip”"),
        ({"review": None}, "needs `review: needed` or `review: done`"),
    ],
)
def test_red_flag_that_says_what_is_not_known_is_named(knowledge: Path, facts: dict[str, Any], said: str) -> None:
    edited(knowledge, "clot", **facts)
    assert [fault for fault in faults(knowledge) if said in fault and "clot" in fault], faults(knowledge)


def test_broken_rule_ends_in_one_plain_sentence(knowledge: Path) -> None:
    edited(knowledge, "clot", says=["<limb> swollen"])
    with pytest.raises(KnowledgeError, match=r"knowledge/red_flags\.yml: clot: “<limb> swollen” speaks of the group"):
        RedFlagFinder.load(knowledge)


def test_error_that_names_its_file_already_is_left_alone() -> None:
    with pytest.raises(KnowledgeError, match=r"^inner$"), reading("outer.yml"):
        raise KnowledgeError("inner")
