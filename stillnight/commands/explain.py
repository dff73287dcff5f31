"""How one text is understood and why: every step from the typed words to the answer."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.message import Message

from stillnight.assistant.pipeline import Trained, read, trained
from stillnight.clinical.hearing import hearing
from stillnight.commands.converse import Conversation
from stillnight.commands.understand import Understanding, understanding
from stillnight.content.catalogue import Catalogue
from stillnight.content.responses import examples_of, read_all
from stillnight.dialogue.history import response_name
from stillnight.evaluation.evidence import Evidence, evidence
from stillnight.evaluation.neighbours import Neighbour, nearest, vectors_of
from stillnight.evaluation.rule_lines import rule_line
from stillnight.language.text import typed
from stillnight.nlu.featurizer import sentence_vectors
from stillnight.nlu.labels import FALLBACK_INTENT
from stillnight.nlu.parts import QUESTION, SEVERAL, parts_of
from stillnight.nlu.second_net import DANGER, DANGER_KIND
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.weights import Vectors
from stillnight.paths import DATA, KNOWLEDGE, MODEL, PROJECT

_LISTEN: Final = "action_listen"
_DANGERS_SHOWN: Final = 3


@dataclass(frozen=True)
class Rule:
    """A danger that a rule found. line: of `knowledge/red_flags.yml`; None when the rule stands there no more."""

    red_flag: str
    urgency: str
    rule: str
    line: int | None


@dataclass(frozen=True)
class Question:
    """A question within a message, and what it is about by itself."""

    text: str
    label: str
    probability: float


@dataclass(frozen=True)
class Said:
    """What the assistant does: names of actions, names of responses, and the words."""

    actions: tuple[str, ...]
    responses: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """One text on its way.

    mended: as spelling help leaves it. rules: red flags by rule. second_net: distance from its border (above 0: danger)
    and the likeliest danger. label: what was decided, None when in doubt. labels: the likeliest with their evidence.
    last_question: of a long message; questions: of a message that plainly asks several. nearest: examples of what is
    decided among. nearest_of_danger: dangers and their near misses, which the second net alone learns from.
    """

    mended: str
    rules: tuple[Rule, ...]
    second_net: tuple[float, str]
    understanding: Understanding
    label: str | None
    labels: tuple[Evidence, ...]
    last_question: Question | None
    questions: tuple[Question, ...]
    nearest: tuple[Neighbour, ...]
    nearest_of_danger: tuple[Neighbour, ...]
    said: Said

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        told = self.understanding
        distance, kind = self.second_net
        return {
            "text": told.text,
            "mended": self.mended,
            "rules": [asdict(rule) for rule in self.rules],
            "second_net": {"distance": distance, "kind": kind},
            "entities": told.entities,
            "decision": {
                "label": self.label,
                "confidence": told.confidence,
                "outside": told.outside,
                "choices": list(told.choices),
                "also": told.also,
            },
            "labels": [asdict(each) for each in self.labels],
            "last_question": asdict(self.last_question) if self.last_question else None,
            "questions": [asdict(question) for question in self.questions],
            "nearest": [_as_dict(each) for each in self.nearest],
            "nearest_of_danger": [_as_dict(each) for each in self.nearest_of_danger],
            "said": asdict(self.said),
        }


def _as_dict(each: Neighbour) -> dict[str, Any]:
    example = each.example
    return {"text": example.text, "label": example.label, "file": _place(example.file), "cosine": each.cosine}


async def explain(agent: Agent, catalogue: Catalogue, text: str, model: Path) -> Explanation:
    """Follow one text through the assistant.

    Args:
        agent: the loaded model, with the real actions.
        catalogue: of answers.
        text: as a patient types it.
        model: its archive, beside which sentence vectors of its training may be kept.

    Raises:
        ValueError: when the agent has no model.
    """
    parts = trained(agent)
    message = read(agent, [text])[0]
    parsed = message.as_dict(only_output_properties=True)
    # One order for both, so that one look-up gives all vectors: what the topics learn from, then the second net's own.
    everything = examples_of(read_all(DATA))
    examples = [example for example in everything if example.is_topical]
    dangers = [example for example in everything if not example.is_topical]

    def encode(texts: Sequence[str]) -> Vectors:
        print(f"Encoding {len(texts)} new example sentences …", file=sys.stderr, flush=True)
        return parts.encoder.encode(texts)

    # Another model's encoder is mostly the project's own, whose vectors are there.
    folders = (model.parent, MODEL.parent)
    vectors = vectors_of([*examples, *dangers], parts.speller.mend, encode, parts.encoder.digest, *folders)
    vector = sentence_vectors([message])[0]
    question = _questions(parts, message, QUESTION)
    return Explanation(
        mended(message),
        tuple(
            Rule(flag.name, flag.urgency, flag.rule, rule_line(KNOWLEDGE, flag.name, flag.rule))
            for flag in hearing().hear(typed(text)).flags
        ),
        (round(float(parsed[DANGER]), 4), str(parsed[DANGER_KIND])),
        understanding(text, parsed, catalogue),
        label_of(parsed),
        tuple(evidence(parts.topics, *parts.weighed(message))),
        question[0] if question else None,
        tuple(_questions(parts, message, SEVERAL)),
        tuple(nearest(vector, examples, vectors[: len(examples)])),
        tuple(nearest(vector, dangers, vectors[len(examples) :], _DANGERS_SHOWN)),
        await _said(agent, catalogue, text),
    )


def label_of(parsed: Mapping[str, Any]) -> str | None:
    """Full label of a parsed message (`faq/iron`, `lab_report`), None when it is in doubt."""
    intent = str(parsed["intent"]["name"])
    if intent == FALLBACK_INTENT:
        return None
    chosen = parsed["response_selector"].get(intent)
    return str(chosen["response"]["intent_response_key"]) if chosen else intent


def _questions(parts: Trained, message: Message, kind: str) -> list[Question]:
    asked = parts_of(message, kind)
    if asked is None:
        return []
    best = (prediction.ranking[0] for prediction in parts.topics.predict(asked.letters, asked.vectors))
    return [Question(text, label, round(probability, 4)) for text, (label, probability) in zip(asked.texts, best)]


async def _said(agent: Agent, catalogue: Catalogue, text: str) -> Said:
    """What a new conversation answers to the text, the greeting left out."""
    sender = f"explain-{uuid.uuid4()}"
    talk = Conversation(agent, catalogue, sender)
    await talk.start()
    before = len((await agent.processor.get_tracker(sender)).events)
    replies = await talk.say(text)
    events = [event.as_dict() for event in (await agent.processor.get_tracker(sender)).events][before:]
    return said_by(events, [reply.text for reply in replies], catalogue)


def said_by(events: Sequence[Mapping[str, Any]], words: Sequence[str], catalogue: Catalogue) -> Said:
    """Names of what the events of one turn did."""
    actions = (str(event["name"]) for event in events if event["event"] == "action" and event["name"] != _LISTEN)
    responses = (_response(event, catalogue) for event in events if event["event"] == "bot")
    return Said(tuple(actions), tuple(name for name in responses if name), tuple(words))


def _response(utterance: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Name of the response; what the guard says bears none, and is known by its words, before any numbers."""
    words = f"{utterance.get('text')}\n"
    known = (name for name, answer in catalogue.answers.items() if words.startswith(f"{answer.text}\n"))
    return response_name(utterance) or next(known, "")


def table(explanation: Explanation) -> str:
    """The explanation as text to read."""
    told = explanation.understanding
    distance, kind = explanation.second_net
    neighbours = (*explanation.nearest, *explanation.nearest_of_danger)
    labels = [each.label for each in explanation.labels] + [each.example.label for each in neighbours]
    width = max(len(label) for label in ("label", *labels)) + 2
    rows = [
        _row("typed", told.text),
        _row("mended", explanation.mended),
        *(_row("danger by rule", _rule(rule)) for rule in explanation.rules),
        *([] if explanation.rules else [_row("danger by rule", "none")]),
        _row("second net", f"{distance:+.2f} from its border (above 0: danger), likeliest {kind}"),
        *(_row(name.replace("_", " "), _listed(values)) for name, values in told.entities.items() if values),
        _row("understood", explanation.label or f"in doubt between {', '.join(told.choices) or 'everything'}"),
        _row("confidence", f"{told.confidence:.1%}; none of ours: {told.outside:.1%}"),
        *([_row("also", told.also)] if told.also else []),
        *([_row("asks at the end", _question(explanation.last_question))] if explanation.last_question else []),
        *(_row("asks", _question(question)) for question in explanation.questions),
        _row("actions", ", ".join(explanation.said.actions) or "none: the guard answers"),
        _row("responses", ", ".join(explanation.said.responses) or "made on the spot"),
        *(_row("says", words.splitlines()[0]) for words in explanation.said.words),
        "",
        f"{'label':<{width}}{'probable':>9}{'by meaning':>12}{'by letters':>12}   what speaks for it",
        *(_label(each, width) for each in explanation.labels),
        "",
        f"{'cosine':>6}  {'label':<{width}}example",
        *(_nearest(each, width) for each in explanation.nearest),
        "",
        f"{'cosine':>6}  {'label':<{width}}example of the second net alone",
        *(_nearest(each, width) for each in explanation.nearest_of_danger),
    ]
    return "\n".join(rows)


def _row(name: str, value: str) -> str:
    return f"{name:<17}{value}"


def _rule(rule: Rule) -> str:
    place = f"knowledge/red_flags.yml, line {rule.line}" if rule.line else "not in knowledge/red_flags.yml"
    return f"{rule.red_flag} ({rule.urgency}): {rule.rule}   [{place}]"


def _question(question: Question) -> str:
    return f"“{question.text}” → {question.label} {question.probability:.1%}"


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(_lab(value) if isinstance(value, Mapping) else str(value) for value in values)


def _lab(value: Mapping[str, Any]) -> str:
    told = (value["lab"], value["comparator"], f"{value['value']:g}", value["unit"] or "(no unit)")
    return " ".join(str(each) for each in told if each)


def _label(each: Evidence, width: int) -> str:
    share = f"meaning {each.meaning.share:.0%}, letters {each.letters.share:.0%}, examples {each.likeness.share:.0%}"
    alone = f"{each.meaning.alone:>12.1%}{each.letters.alone:>12.1%}"
    return f"{each.label:<{width}}{each.probability:>9.1%}{alone}   {share}"


def _nearest(each: Neighbour, width: int) -> str:
    example = each.example
    return f"{each.cosine:>6.3f}  {example.label:<{width}}{example.text}   [{_place(example.file)}]"


def _place(file: Path) -> str:
    return str(file.relative_to(PROJECT)) if file.is_relative_to(PROJECT) else str(file)
