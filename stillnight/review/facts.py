"""The facts of `knowledge/` as pieces: labs, medicines, dangers, telephone numbers, references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.crisis_lines import CrisisLines
from stillnight.review.pieces import Group, Piece, fact_content, written
from stillnight.yaml_files import Lines, load_strict

_RULES: Final = ("says", "asked", "later", "worse_later")


def fact_pieces(knowledge: Path, said: Mapping[str, str]) -> Iterator[Piece]:
    """Every entry that a clinician signs.

    Args:
        knowledge: the folder.
        said: for each medicine what the assistant says of it.
    """
    yield from _labs(knowledge)
    yield from _medicines(knowledge, said)
    yield from _dangers(knowledge)
    yield from _numbers(knowledge)
    yield from _symptoms(knowledge)
    for key, facts, line in _entries(knowledge / "references.yml"):
        link = f"https://doi.org/{facts['doi']}" if "doi" in facts else str(facts.get("url") or "")
        yield _piece(
            "references", key, "references", Group.REFERENCES, str(facts["title"]), knowledge, facts, line
        ).with_(str(facts["plain"]), (("Link", link),) if link else ())


class _Fact(Piece):
    """A piece that is still being filled."""

    def with_(self, said: str, more: tuple[tuple[str, str], ...] = ()) -> Piece:
        """The piece with what a patient reads of it."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Piece(**{**values, "said": said, "facts": (*self.facts, *more)})


def _piece(
    file: str,
    key: str,
    topic: str,
    group: Group,
    title: str,
    knowledge: Path,
    facts: Mapping[str, Any],
    line: int,
    leave: tuple[str, ...] = (),
) -> _Fact:
    shown = {word: value for word, value in facts.items() if word not in {"sources", "review", "title", *leave}}
    checked = {"checked": written(facts["checked"] or "not yet")} if "checked" in facts else {}
    return _Fact(
        name=f"{file} {key}",
        topic=topic,
        group=group,
        title=title,
        said="",
        content=fact_content(facts),
        file=knowledge / f"{file}.yml",
        line=line,
        facts=tuple((word.replace("_", " "), written(value)) for word, value in {**shown, **checked}.items()),
        sources=tuple(facts.get("sources") or ()),
        mark=str(facts.get("review") or ""),
        questions=tuple(str(rule) for word in _RULES for rule in facts.get(word) or ()),
        always=group in {Group.DANGERS, Group.NUMBERS, Group.REFERENCES},
    )


def _entries(path: Path, below: str | None = None) -> Iterator[tuple[str, Lines, int]]:
    content = load_strict(path)
    for key, facts in (content[below] if below else content).items():
        yield str(key), facts, (content[below] if below else content).of.get(key, facts.line)


def _labs(knowledge: Path) -> Iterator[Piece]:
    for key, facts, line in _entries(knowledge / "labs.yml"):
        title = f"Numbers for {facts['title']}"
        yield _piece("labs", key, f"labs/{key}", Group.LABS, title, knowledge, facts, line)
    for key, facts, line in _entries(knowledge / "lab_patterns.yml"):
        title = f"When: {key.replace('_', ' ')}"
        yield _piece("lab_patterns", key, "labs/together", Group.LABS, title, knowledge, facts, line)


def _medicines(knowledge: Path, said: Mapping[str, str]) -> Iterator[Piece]:
    for key, facts, line in _entries(knowledge / "medicine_classes.yml"):
        title = f"The class: {facts['plural']}"
        yield _piece("medicine_classes", key, f"medicines/{key}", Group.MEDICINES, title, knowledge, facts, line)
    for key, facts, line in _entries(knowledge / "medicines.yml"):
        topic = f"medicines/{facts['class']}"
        made = _piece("medicines", key, topic, Group.MEDICINES, key, knowledge, facts, line)
        yield made.with_(said.get(key, ""))
    for key, facts, line in _entries(knowledge / "stopping.yml"):
        title = f"Stopping suddenly: {key.replace('_', ' ')}"
        made = _piece("stopping", key, "medicines/stopping", Group.MEDICINES, title, knowledge, facts, line)
        yield made.with_(f"Stopping suddenly {facts['why']}.")
    pairs = load_strict(knowledge / "dangerous_pairs.yml")["pairs"]
    for facts, line in zip(pairs, pairs.of):
        key = f"{' or '.join(facts['one'])} with {' or '.join(facts['other'])}"
        title = key.replace("_", " ")
        made = _piece("dangerous_pairs", key, "medicines/pairs", Group.MEDICINES, title, knowledge, facts, line)
        yield made.with_(str(facts["why"]))


def _dangers(knowledge: Path) -> Iterator[Piece]:
    for key, facts, line in _entries(knowledge / "red_flags.yml", "red_flags"):
        title = f"The words that raise it: {key.replace('_', ' ')}"
        yield _piece("red_flags", key, f"dangers/{key}", Group.DANGERS, title, knowledge, facts, line, _RULES)


def _numbers(knowledge: Path) -> Iterator[Piece]:
    lines = CrisisLines.load(knowledge)
    for key, facts, line in _entries(knowledge / "crisis_lines.yml"):
        kinds = lines.countries[key].lines.values()
        said = "\n".join(f"{each.label}: {each.said}" for of_kind in kinds for each in of_kind)
        made = _piece(
            "crisis_lines",
            key,
            f"numbers/{key}",
            Group.NUMBERS,
            str(facts["title"]),
            knowledge,
            facts,
            line,
            ("lines",),
        )
        yield made.with_(said)


def _symptoms(knowledge: Path) -> Iterator[Piece]:
    content = load_strict(knowledge / "symptom_check.yml")
    for key, facts in content["questions"].items():
        title = f"Question: {key.replace('_', ' ')}"
        line = content["questions"].of[key]
        yield _piece(
            "symptom_check", f"questions {key}", "symptom_check", Group.SYMPTOMS, title, knowledge, facts, line
        )
    for table in ("picture", "see", "look", "ask_about"):
        for facts, line in zip(content[table], content[table].of):
            key, title = (
                f"{table} {facts['name']}",
                f"When: {table.replace('_', ' ')}, {facts['name'].replace('_', ' ')}",
            )
            yield _piece("symptom_check", key, "symptom_check", Group.SYMPTOMS, title, knowledge, facts, line)
