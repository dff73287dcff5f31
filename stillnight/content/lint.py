"""Faults in the content that Rasa's own validation lets through.

`check_answer` looks at one answer, `check_file` at one topic file, `check_project` at how everything fits together.
"""

from __future__ import annotations

import json
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stillnight.content.faults import Fault, spoken
from stillnight.content.leads import check_leads, meant, place
from stillnight.content.readability import reading_grade
from stillnight.content.responses import Answer, ContentFile, answers
from stillnight.content.safe_words import EMERGENCY_NUMBER, unsafe_wordings
from stillnight.language.text import normalized
from stillnight.yaml_files import load_yaml

WORDS_MAX = 90
GRADE_MAX = 6.5
GRADE_MEDIAN_MAX = 5.0
EXAMPLES_MIN = 40
BUTTON_TITLE_MAX = 24
TITLE_MAX = 40
FOLLOW_UPS = frozenset({"how_long", "why", "what_helps", "is_it_serious", "how_checked", "why_not", "when"})
# The one answer that lists emergency numbers as examples; everywhere else numbers are configuration.
NUMBERS_ALLOWED_IN = frozenset({"utter_change_country", "utter_numbers_unknown"})
# A length is counted, not learned.
WITHOUT_EXAMPLES = frozenset({"out_of_scope/too_long"})


@cache
def plain(text: str) -> str:
    """`text` without what nobody hears: capitals, punctuation, spaces. Where nothing is heard it stays as it is."""
    small = normalized(text).casefold()
    heard = "".join(" " if unicodedata.category(char)[0] == "P" else char for char in small.replace("'", ""))
    return " ".join(heard.split()) if any(map(str.isalnum, heard)) else small


def check_answer(answer: Answer, knowledge: Path, references: frozenset[str]) -> Iterator[Fault]:
    """Faults of one answer by itself: length, reading grade, safe wording, sources, review mark, buttons."""
    where = place(answer)
    if not answer.text:
        yield Fault(where, "has no text. Write it behind `text: >-`, in the lines below, further in")
        return
    if answer.words > WORDS_MAX:
        yield Fault(where, f"has {answer.words} words; {WORDS_MAX} is the limit: put the rest into a second part")
    # The measure knows English alone. An answer in another language says which: `language: es`.
    grade = 0.0 if answer.metadata.get("language") else reading_grade(answer.text, knowledge)
    if grade > GRADE_MAX:
        yield Fault(where, f"reads at grade {grade:.1f}; {GRADE_MAX} is the limit: shorter sentences, plainer words")
    for wording in unsafe_wordings(answer.text, knowledge):
        yield Fault(where, wording)
    if answer.name not in NUMBERS_ALLOWED_IN and EMERGENCY_NUMBER.search(answer.text):
        yield Fault(where, "writes an emergency number; say “your local emergency number”")
    if answer.metadata.get("review") not in {"needed", "done"}:
        yield Fault(where, "needs `review: needed` or `review: done` in its metadata")
    languages, lines = answer.metadata.get("languages"), len(answer.text.splitlines())
    if languages and len(languages) != lines:
        yield Fault(where, f"names {len(languages)} `languages` for {lines} lines")
    for source in answer.sources:
        if source not in references:
            yield Fault(where, f"cites “{source}”, which is not in knowledge/references.yml{meant(source, references)}")
    if answer.name.startswith(("utter_faq/", "utter_more_")) and not answer.sources:
        yield Fault(where, "cites no source. Name one of knowledge/references.yml: `sources: [aasm_2025]`")
    if answer.name.startswith(("utter_faq/", "utter_more_")) and set("{}") & set(answer.text):
        yield Fault(where, "has curly brackets, into which a value would be filled: leave them out")
    for button in answer.buttons:
        if not button.title or len(button.title) > BUTTON_TITLE_MAX:
            yield Fault(where, f"button “{button.title}” must have 1 to {BUTTON_TITLE_MAX} characters")
        if button.is_command and button.target is None:
            yield Fault(where, f"button “{button.title}” has a payload that cannot be read: {button.payload}")


def _check_topic_answer(answer: Answer, slug: str, has_more: bool) -> Iterator[Fault]:
    where = place(answer)
    title = str(answer.metadata.get("title", ""))
    if not title or len(title) > TITLE_MAX:
        yield Fault(where, f"needs a `title` of 1 to {TITLE_MAX} characters in its metadata")
    if not 2 <= len(answer.buttons) <= 3:
        yield Fault(where, f"has {len(answer.buttons)} buttons; two or three are wanted")
    leads_to_more = [b for b in answer.buttons if b.target == "more" and b.entities.get("topic") == slug]
    if has_more and not leads_to_more:
        yield Fault(where, f'has a second part but no “Tell me more” button (`/more{{{{"topic": "{slug}"}}}}`)')
    if not has_more and any(b.target == "more" for b in answer.buttons):
        yield Fault(where, f"offers more, but utter_more_{slug} is missing")
    if any(b.target == f"faq/{slug}" for b in answer.buttons):
        yield Fault(where, "has a button that leads to itself")
    for kind in answer.metadata.get("follow_up") or {}:
        if kind not in FOLLOW_UPS:
            yield Fault(where, f"follow_up “{kind}” is not one of {', '.join(sorted(FOLLOW_UPS))}")


def check_file(file: ContentFile, knowledge: Path, references: frozenset[str]) -> Iterator[Fault]:
    """Faults within one file: its answers, its examples, and for a topic file that both belong together."""
    for answer in file.answers:
        yield from check_answer(answer, knowledge, references)
    for intent, lines in file.examples.items():
        where = f"{spoken(file.path)}, {intent}"
        yield from _check_repeated(where, lines)
        for line in lines:
            if "[" in line or "]" in line:
                yield Fault(where, f"has square brackets in “{line}”")
    if file.path.parent.name == "faq":
        yield from _check_topic_file(file)


def _check_repeated(where: str, lines: tuple[str, ...]) -> Iterator[Fault]:
    written: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        written[plain(line)].append(line)
    for first, *others in written.values():
        if any(other.lower() != first.lower() for other in others):
            both = "”, “".join([first, *others])
            yield Fault(where, f"has “{both}”, which differ in case and punctuation alone: keep one of them")
        elif others:
            yield Fault(where, f"has the example “{first.lower()}” {1 + len(others)} times")


def _check_topic_file(file: ContentFile) -> Iterator[Fault]:
    slug = file.path.stem
    if set(file.examples) != {f"faq/{slug}"}:
        yield Fault(spoken(file.path), f"must hold examples for faq/{slug} and nothing else")
    # A variation for a circumstance stands beside the answer itself.
    answers_of_topic = [answer for answer in file.answers if not answer.condition]
    names = [answer.name for answer in answers_of_topic]
    if names.count(f"utter_faq/{slug}") != 1:
        yield Fault(spoken(file.path), f"must hold exactly one answer utter_faq/{slug}")
    for name in names:
        if name not in {f"utter_faq/{slug}", f"utter_more_{slug}"}:
            yield Fault(spoken(file.path), f"holds {name}, which does not belong to this topic")
    for answer in file.answers:
        if answer.name == f"utter_faq/{slug}":
            has_more = f"utter_more_{slug}" in names and not answer.condition
            yield from _check_topic_answer(answer, slug, has_more)


def check_project(files: tuple[ContentFile, ...], domain: Path, knowledge: Path, tests: Path) -> Iterator[Fault]:
    """Faults between files: dead buttons, intents without examples or domain entry, topics without a test.

    Args:
        files: everything in `data/`.
        domain: the `domain.yml` whose intents must agree with the examples.
        knowledge: folder of the clinical facts.
        tests: folder of the held-out questions; every topic must occur there.
    """
    declared = {next(iter(intent)) if isinstance(intent, dict) else intent for intent in load_yaml(domain)["intents"]}
    intents = {intent for file in files for intent in file.examples}
    counts = Counter(dict.fromkeys(intents, 0))
    for file in files:
        counts.update({intent: len(lines) for intent, lines in file.examples.items()})
    # A kind that is answered and was never learned.
    answered = {answer.name.removeprefix("utter_") for answer in answers(files) if "/" in answer.name}
    counts.update(dict.fromkeys(answered - WITHOUT_EXAMPLES, 0))
    for intent, times in sorted(counts.items()):
        if times < EXAMPLES_MIN:
            yield Fault(intent, f"has {times} examples; at least {EXAMPLES_MIN} are wanted")
    bases = {intent.partition("/")[0] for intent in intents}
    for base in sorted(bases - declared):
        yield Fault("domain.yml", f"does not list the intent {base}, which has examples")
    for base in sorted(declared - bases):
        yield Fault("domain.yml", f"lists the intent {base}, which has no examples")
    names = {answer.name for answer in answers(files)}
    for intent in sorted(intents):
        if "/" in intent and f"utter_{intent}" not in names:
            yield Fault("data", f"the intent {intent} has no answer utter_{intent}")
    yield from check_leads(answers(files), intents, names)
    yield from _check_duplicates(files)
    tested = {
        json.loads(line).get("topic")
        for path in tests.rglob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    for intent in sorted(intents):
        if intent.startswith("faq/") and intent.removeprefix("faq/") not in tested:
            yield Fault("tests/nlu", f"no held-out question for {intent}")
    grades = [
        reading_grade(answer.text, knowledge)
        for answer in answers(files)
        if answer.name.startswith(("utter_faq/", "utter_more_"))
    ]
    if grades and statistics.median(grades) > GRADE_MEDIAN_MAX:
        yield Fault(
            "data/faq", f"median reading grade is {statistics.median(grades):.1f}; {GRADE_MEDIAN_MAX} is the limit"
        )


def _check_duplicates(files: tuple[ContentFile, ...]) -> Iterator[Fault]:
    seen: dict[str, tuple[str, Path]] = {}
    for file in files:
        for intent, lines in file.examples.items():
            for line in lines:
                label, path = seen.setdefault(plain(line), (intent, file.path))
                if label != intent:
                    yield Fault(spoken(file.path), f"“{line}” stands in {label} as well")
                elif path != file.path:
                    yield Fault(spoken(file.path), f"“{line}” stands in {path.parent.name}/{path.name} as well")
