"""The answers of `data/` as pieces: which topic each belongs to, what leads to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from stillnight.clinical.labs.definitions import Lab, load_labs
from stillnight.clinical.labs.patterns import load_patterns
from stillnight.content.lint import NUMBERS_ALLOWED_IN
from stillnight.content.readability import reading_grade
from stillnight.content.responses import Answer, ContentFile
from stillnight.content.responses import answers as answers_of
from stillnight.review.pieces import Group, Piece, answer_content

_LAB: Final = "utter_lab_"
# Questions about a value, and words on its picture: without them nothing can be understood.
_LAB_FRAMES: Final = (f"{_LAB}ask_", f"{_LAB}bar_", f"{_LAB}unit_", f"{_LAB}go_all", f"{_LAB}pregnancy_urgent")
# What warns of stopping suddenly protects, whoever has signed it.
_WARNINGS: Final = ("utter_medicine_stop_", "utter_medicine_do_not_stop", "utter_medicine_start_again", "utter_stop_")
_DANGER_FILES: Final = frozenset({"emergency", "foreign_dangers"})
_DANGER: Final = re.compile(
    r"^utter_(?:red_flag/|possible_|red_flag_again_|red_flag_)(?P<flag>\w+?)(?:_now)?$",
)


def condition_name(name: str, values: Iterable[str], channel: str | None = None) -> str:
    """Name of a variation: `utter_faq/iron (child)`."""
    told = [*values, *([channel] if channel else [])]
    return f"{name} ({', '.join(told)})" if told else name


def answer_pieces(
    files: Iterable[ContentFile], knowledge: Path, flags: Iterable[str], graded: bool = True
) -> Iterator[Piece]:
    """Every answer.

    Args:
        files: everything in `data/`.
        knowledge: folder of the clinical facts.
        flags: names of the dangers.
        graded: whether to measure how hard each is to read, which takes longest.
    """
    files = list(files)
    labs, patterns = load_labs(knowledge), {pattern.name for pattern in load_patterns(knowledge)}
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        for label, lines in file.examples.items():
            if file.path.parent.name != "near_misses":
                examples[label] += lines
    leads = _leads(answers_of(tuple(files)))
    for answer in answers_of(tuple(files)):
        group, topic = place(answer, labs, flags)
        label = answer.name.removeprefix("utter_").replace("more_", "faq/", 1)
        first = label in examples and not answer.name.startswith("utter_more_")
        yield Piece(
            name=condition_name(answer.name, [value for _, value in answer.condition], answer.channel),
            topic=topic,
            group=group,
            title=_title(answer),
            said=answer.text,
            content=answer_content(answer.text, ((b.title, b.payload) for b in answer.buttons), answer.sources),
            file=answer.file,
            line=answer.line,
            facts=tuple(_facts(answer, labs)),
            sources=answer.sources,
            mark=str(answer.metadata.get("review") or ""),
            buttons=tuple((button.title, button.target or "") for button in answer.buttons),
            leads=tuple(leads.get(answer.name, ())),
            questions=tuple(examples[label]) if first and not answer.condition else (),
            grade=reading_grade(answer.text, knowledge) if graded and not answer.metadata.get("language") else None,
            always=_always(answer, group, labs),
            needs=tuple(_needs(answer.name, labs, patterns)),
        )


def place(answer: Answer, labs: Mapping[str, Lab], flags: Iterable[str]) -> tuple[Group, str]:
    """The page and the topic of an answer."""
    name, stem = answer.name, answer.file.stem
    if answer.file.parent.name == "faq":
        return Group.TOPICS, f"faq/{stem}"
    if answer.file.parent.name == "red_flags" or stem in _DANGER_FILES:
        match = _DANGER.match(name)
        flag = next((each for each in flags if match and match["flag"] == each), None)
        rest = "languages" if stem == "foreign_dangers" else "check_in"
        return Group.DANGERS, f"dangers/{flag or rest}"
    if stem in {"lab_answers", "labs"}:
        if name.startswith(f"{_LAB}together_"):
            return Group.LABS, "labs/together"
        lab = _lab(name, labs) or next((value for _, value in answer.condition if value in labs), None)
        return Group.LABS, f"labs/{lab or 'wording'}"
    if stem in {"medicine_answers", "medicine_effects", "medicines"}:
        return Group.MEDICINES, "medicines/wording"
    if stem in {"symptom_check_answers", "symptom_check"}:
        return Group.SYMPTOMS, "symptom_check"
    return Group.TALK, f"talk/{stem}"


def _lab(name: str, labs: Mapping[str, Lab]) -> str | None:
    rest = name.removeprefix(_LAB)
    for lab in sorted(labs, key=len, reverse=True):
        if re.match(rf"(?:place_|short_|child_|dialysis_)?{lab}(?:_|$)", rest):
            return lab
    return None


def _band(name: str, labs: Mapping[str, Lab]) -> tuple[Lab, str] | None:
    """The band that an answer speaks of: `utter_lab_ferritin_high`."""
    lab = _lab(name, labs) if name.startswith(_LAB) else None
    band = name.removeprefix(f"{_LAB}{lab}_").removesuffix("_pregnant")
    return (labs[lab], band) if lab and band in labs[lab].bands else None


def _always(answer: Answer, group: Group, labs: Mapping[str, Lab]) -> bool:
    """Dangers, what is urgent, warnings, and what states no fact: served whatever its sign-off."""
    if group is Group.DANGERS or answer.name in NUMBERS_ALLOWED_IN or not answer.sources:
        return True
    if answer.name.startswith((*_LAB_FRAMES, *_WARNINGS)):
        return True
    told = _band(answer.name, labs)
    return told is not None and told[0].bands[told[1]].urgent is not None


def _needs(name: str, labs: Mapping[str, Lab], patterns: Iterable[str]) -> Iterator[str]:
    lab = _lab(name, labs) if name.startswith(_LAB) else None
    if lab:
        yield f"labs {lab}"
    pattern = name.removeprefix(f"{_LAB}together_")
    if pattern != name and pattern in patterns:
        yield f"lab_patterns {pattern}"


def _facts(answer: Answer, labs: Mapping[str, Lab]) -> Iterator[tuple[str, str]]:
    if answer.condition:
        yield "Said when", ", ".join(f"{slot} is {value}" for slot, value in answer.condition)
    if answer.channel:
        yield "Said on", answer.channel
    told = _band(answer.name, labs)
    urgent = told[0].bands[told[1]].urgent if told else None
    if urgent:
        yield "Urgent", urgent.value.replace("_", " ")
    for kind, target in (answer.metadata.get("follow_up") or {}).items():
        yield f"A short “{kind.replace('_', ' ')}” leads to", str(target)


def _title(answer: Answer) -> str:
    told = answer.metadata.get("title")
    second = answer.name.removeprefix("utter_more_")
    if not told:
        told = f"{second.replace('_', ' ').capitalize()}: second part" if second != answer.name else answer.name
    values = [value.replace("_", " ") for _, value in answer.condition]
    return condition_name(str(told), values, answer.channel)


def _leads(answers: Iterable[Answer]) -> dict[str, list[str]]:
    """For each answer the buttons and short follow-ups that lead to it."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for answer in answers:
        for button in answer.buttons:
            topic = button.entities.get("topic")
            target = f"utter_more_{topic}" if button.target == "more" else f"utter_{button.target}"
            found[target][f"button “{button.title}” below {answer.name}"] = None
        for kind, slug in (answer.metadata.get("follow_up") or {}).items():
            own = answer.name.removeprefix("utter_faq/")
            target = f"utter_more_{own}" if slug == "more" else f"utter_faq/{slug}"
            found[str(slug) if str(slug).startswith("utter_") else target][f"“{kind}” after {answer.name}"] = None
    return {name: list(told) for name, told in found.items()}
