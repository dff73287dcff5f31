"""Faults in the facts of `knowledge/`: files that cannot be used, sources that nobody knows, marks left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.check_in import CheckIn
from stillnight.clinical.circumstances import HIGH_IRON, Circumstances
from stillnight.clinical.crisis_lines import CrisisLines
from stillnight.clinical.details import ANSWER, DOSE, FOLDER, LABS, MEDICINES, STOPPING, Details
from stillnight.clinical.diary.words import DiaryWords
from stillnight.clinical.hearing import Hearing
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.clinical.labs.amend import Amendments
from stillnight.clinical.labs.definitions import load_labs
from stillnight.clinical.labs.patterns import load_patterns
from stillnight.clinical.labs.reader import LabReader
from stillnight.clinical.labs.replies import Replies
from stillnight.clinical.medicines.asks import MedicineAsks
from stillnight.clinical.medicines.conditions import load_conditions
from stillnight.clinical.medicines.effects import MedicineEffects
from stillnight.clinical.medicines.register import Register, register
from stillnight.clinical.medicines.talk import Talk
from stillnight.clinical.red_flags.finder import EMERGENCY, SAME_DAY
from stillnight.clinical.symptom_check.definitions import load_definitions
from stillnight.clinical.symptom_check.machine import RULED_OUT
from stillnight.clinical.symptom_check.outcome import load_tables
from stillnight.clinical.symptom_check.reader import SymptomReader
from stillnight.clinical.terms import Labs
from stillnight.content.faults import Fault, spoken
from stillnight.content.leads import meant
from stillnight.language.languages import Languages
from stillnight.language.redaction import Redactor
from stillnight.yaml_files import Lines, load_strict

_LOADERS: Final[tuple[Callable[[Path], object], ...]] = (
    Hearing.load,
    Register.load,
    Talk.load,
    MedicineAsks.load,
    MedicineEffects,
    load_conditions,
    Labs.load,
    LabReader.load,
    Replies.load,
    Amendments.load,
    load_patterns,
    CrisisLines.load,
    Circumstances,
    CheckIn,
    Languages.load,
    Redactor.load,
    SymptomReader,
    load_tables,
    DiaryWords.load,
    Details,
)
_FILE: Final = re.compile(r"^knowledge/([\w/]+\.yml).*$")
_TOLD_LINE: Final = re.compile(r", line (\d+)$")
_MARKS: Final = frozenset({"needed", "done"})
_CONTEXTS: Final = frozenset({"worry", "history", "long_ago", "general", "fiction"})
_LINES: Final = frozenset({"crisis", "poison"})


def unreadable(knowledge: Path) -> Iterator[Fault]:
    """Files that cannot be used at all, each with the reason."""
    for load in _LOADERS:
        try:
            load(knowledge)
        except KnowledgeError as error:
            where, _, why = str(error).partition(": ")
            path = knowledge / _FILE.sub(r"\1", where)
            told = _TOLD_LINE.search(where)
            yield Fault(spoken(path, int(told[1]) if told else _line_of(why, path)), why)


def _line_of(why: str, path: Path) -> int | None:
    """The one line that holds what a message quotes, or the entry that it names; None where there are several."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    quoted, entry = re.findall("“([^”]+)”", why), why.partition(":")[0].strip()
    for words in [*quoted, f"{entry}:"]:
        found = [number for number, line in enumerate(lines, start=1) if words in line and not line.startswith("#")]
        if len(found) == 1:
            return found[0]
    return None


def check_facts(knowledge: Path, references: frozenset[str], only: Collection[str] = ()) -> Iterator[Fault]:
    """Faults of facts that can be read: unknown sources, missing review marks, red flags that say what is not known.

    Args:
        knowledge: the folder.
        references: ids of references.yml.
        only: names of the files to look at; all when empty.
    """
    for path in sorted(knowledge.rglob("*.yml")):
        if only and path.name not in only:
            continue
        raw = load_strict(path)
        yield from _check_entries(path, [], raw, references)
        if _has_bare_word(raw):
            yield Fault(
                spoken(path),
                "a list holds yes, no, on or off without quotes, which YAML takes for true or false: quote it",
            )
        if path.name == "red_flags.yml":
            for name, facts in raw["red_flags"].items():
                yield from _check_red_flag(spoken(path, facts.line, name), facts)


def _has_bare_word(raw: object) -> bool:
    """Whether a list somewhere holds a truth value, where only words belong."""
    if isinstance(raw, Mapping):
        return any(_has_bare_word(each) for each in raw.values())
    return isinstance(raw, list) and any(isinstance(each, bool) or _has_bare_word(each) for each in raw)


def check_lab_answers(knowledge: Path, answers: Collection[str]) -> Iterator[Fault]:
    """Bands and patterns of lab values that have no answer.

    Args:
        knowledge: the folder.
        answers: names of all responses.
    """
    bands = [f"{lab.key}_{band}" for lab in load_labs(knowledge).values() for band in lab.bands]
    patterns = [f"together_{pattern.name}" for pattern in load_patterns(knowledge)]
    for file, names in (("labs.yml", bands), ("lab_patterns.yml", patterns)):
        for name in names:
            if f"utter_lab_{name}" not in answers:
                yield Fault(
                    spoken(knowledge / file), f"{name} has no answer; write utter_lab_{name} in data/lab_answers.yml"
                )


def check_details(knowledge: Path, answers: Collection[str], tasks: Collection[str]) -> Iterator[Fault]:
    """Small questions without an answer, answers that no question leads to, names that stand for nothing.

    Args:
        knowledge: the folder.
        answers: names of all responses.
        tasks: intents without a topic.
    """
    small, medicines = Details(knowledge), register(knowledge)
    details = small.details
    topics = {name.removeprefix("utter_faq/") for name in answers if name.startswith("utter_faq/")}
    circumstances = {*Circumstances(knowledge).names, HIGH_IRON}
    dangers = set(load_strict(knowledge / "red_flags.yml")["red_flags"])
    behind = topics | circumstances | dangers | {*load_labs(knowledge), *details, LABS, MEDICINES, STOPPING, DOSE}
    for name, each in details.items():
        where = spoken(knowledge / small.files[name])
        if each.answer not in answers:
            yield Fault(where, f"{name} has no answer; write {each.answer} in data/{small.files[name]}")
        for word, given, known in (
            ("topics", each.topics, behind),
            ("of", each.taken_for, topics | {*tasks}),
            ("over", each.over, {*tasks}),
            ("not_for", each.not_for, circumstances),
            ("unless", each.unless, behind),
            ("only_for", each.only_for, circumstances),
            ("takes", each.takes, {*medicines.medicines, *medicines.classes}),
        ):
            for unknown in sorted(given - known):
                yield Fault(where, f"{name}: `{word}` names “{unknown}”, which is not known{meant(unknown, known)}")
    led_to = {each.answer for each in details.values()}
    for name in sorted(each for each in answers if each.startswith(ANSWER) and each not in led_to):
        yield Fault(spoken(knowledge / FOLDER), f"no question leads to {name} of data/{FOLDER}/")


def check_symptom_answers(knowledge: Path, answers: Collection[str]) -> Iterator[Fault]:
    """Questions, answers and outcomes of the symptom check that have no sentence.

    Args:
        knowledge: the folder.
        answers: names of all responses.
    """
    questions = load_definitions(knowledge)
    names = [f"{kind}_{question.value}" for question in questions for kind in ("ask", "help")]
    names += [f"feature_{question.value}" for question, each in questions.items() if each.fits]
    for question, each in questions.items():
        names += [f"fact_{question.value}_{option}" for option in each.options]
        names += [f"item_{question.value}_{item}" for item in each.items if each.several]
        names += [f"ask_{question.value}_again"] if each.several else []
        names += [f"fact_{question.value}_{RULED_OUT}{item}" for item in each.items if each.several]
    names += [row.sentence for row in load_tables(knowledge).rows]
    for name in names:
        if f"utter_symptom_check_{name}" not in answers:
            yield Fault(
                spoken(knowledge / "symptom_check.yml"),
                f"there is no sentence for {name}; write utter_symptom_check_{name} in data/symptom_check_answers.yml",
            )


def _check_entries(path: Path, names: list[str], content: Any, references: frozenset[str]) -> Iterator[Fault]:
    if isinstance(content, list):
        for number, entry in enumerate(content, start=1):
            yield from _check_entries(path, [*names, str(number)], entry, references)
    if not isinstance(content, Lines):
        return
    sources = content.get("sources")
    if isinstance(sources, list):
        where = spoken(path, content.of.get("sources"), " ".join(names))
        for source in sources:
            if source not in references:
                close = meant(str(source), references)
                yield Fault(where, f"cites “{source}”, which is not in knowledge/references.yml{close}")
        if content.get("review") not in _MARKS:
            yield Fault(where, "needs `review: needed` or `review: done`")
    for name, entry in content.items():
        yield from _check_entries(path, [*names, str(name)], entry, references)


def _check_red_flag(where: str, facts: Mapping[str, Any]) -> Iterator[Fault]:
    if facts["urgency"] not in {EMERGENCY, SAME_DAY}:
        yield Fault(where, f"urgency is {EMERGENCY} or {SAME_DAY}, not “{facts['urgency']}”")
    for unknown in sorted(set(facts["numbers"]) - _LINES):
        yield Fault(where, f"there are no lines of the kind “{unknown}”")
    for unknown in sorted(set(facts.get("despite") or ()) - _CONTEXTS):
        yield Fault(where, f"there is no context “{unknown}”")
    rules = [*facts["says"], *facts.get("asked", ())]
    for rule in sorted({str(rule) for rule in rules if rules.count(rule) > 1}):
        yield Fault(where, f"says a rule twice: {rule}")
