"""Reading what somebody answers in their own words: `symptom_reader().read(text, open_question, items)`.

All words stand in `knowledge/symptom_check.yml`. What is said of one question counts whichever is open; a bare “yes”
or “sort of” answers the open one. Of a message that asks something back only its yes or no is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.diary.reader import diary_reader
from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.matcher import Match, TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Notation
from stillnight.clinical.symptom_check.beside import APART, DENIES, Beside, spoiled, without_questions
from stillnight.clinical.symptom_check.counts import Counts, numbered_items
from stillnight.clinical.symptom_check.definitions import FILE, Definition, read_definitions
from stillnight.clinical.symptom_check.model import Command, Heard, Question, Whose
from stillnight.clinical.symptom_check.phrases import Phrases
from stillnight.clinical.symptom_check.steering import Steering
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_SAYS: Final = "says"
_REPLY: Final = "reply"
_DENIED: Final = "denied"
_WHOSE: Final = "whose"
_PASSING: Final = "passing"
_CUE: Final = "cue"
_MEDICINES: Final = "medicines"
# Who sleeps long enough tells of no lost night.
_UNSPOILED: Final = "not_at_all"
# Commands that count although more follows: “Stop. Will you keep it for tomorrow?”, “Can I go back, I was too quick”.
_BEFORE_MORE: Final = (Command.STOP, Command.BACK, Command.RESUME)
# A “not” reaches over so many words before a sign.
_DENIAL_REACH: Final = 3
# Behind a “no” at the start: it takes back what was said before, and not what follows.
_TURNS: Final = frozenset({"sorry", "wait", "i", "its", "it", "only", "mainly", "mostly", "more"})
_BY_WEEK: Final = re.compile(
    r"\b(?:nights?|evenings?|days?|times?|x)\s+(?:a|per|each|every|in a|out of)\s*(?:week|wk|7|seven)\b", re.IGNORECASE
)
_CLAUSE_END: Final = re.compile(r"[,.;:!\n]+\s*|\s+[-–—]\s+")
_QUESTION_MARK: Final = re.compile(r"[?？؟¿]")


class SymptomReader:
    """Understands answers. Pure: the same text is read in the same way."""

    @reading(FILE)
    def __init__(self, knowledge: Path) -> None:
        """Read the file. Raises KnowledgeError when it cannot be used."""
        raw = load_yaml(knowledge / FILE)
        fillers = frozenset(map(str, raw["fillers"]))
        self._definitions = read_definitions(raw["questions"])
        self._denied = {
            (question, option): facts.get("denied")
            for question in Question
            for option, facts in raw["questions"][question.value]["options"].items()
        }
        notation = Notation(raw["groups"], fillers)
        self._signs = TemplateMatcher((key, notation.parse(source)) for key, source in _sources(raw))
        self._steering = Steering(raw, notation)
        phrases = {**raw["words"], "lead": raw["lead"], "turning": raw["turning"]}
        written = [
            str(phrase)
            for known in (*phrases.values(), *raw["commands"].values(), *raw["behind_pause"].values())
            for phrase in known
        ]
        vocabulary = self._signs.vocabulary() | self._steering.vocabulary()
        vocabulary |= {word for phrase in written for word in phrase.split()}
        self._reader = make_reader(knowledge, vocabulary, fillers)
        self._phrases = Phrases({kind: self._read_all(known) for kind, known in phrases.items()})
        self._commands = {Command(name): self._read_all(known) for name, known in raw["commands"].items()}
        self._behind_pause = {Command(name): self._read_all(known) for name, known in raw["behind_pause"].items()}
        self._names = frozenset(map(str, raw["names"]))
        self._own = frozenset(map(str, raw["own"]))
        self._counts = Counts(raw["questions"][Question.OFTEN.value]["a_week"])
        self._slept_below = {
            str(option): float(hours)
            for option, hours in raw["questions"][Question.EFFECT.value]["slept_below"].items()
        }

    def _read_all(self, phrases: Iterable[object]) -> frozenset[tuple[str, ...]]:
        return frozenset(self._reader.read(str(phrase)).words for phrase in phrases) - {()}

    def read(
        self,
        text: str,
        open_question: Question | None = None,
        items: Sequence[str] = (),
        names_medicine: bool = False,
        is_story: bool = False,
        is_paused: bool = False,
        before: Question | None = None,
    ) -> Heard:
        """What a message says.

        Args:
            text: as typed.
            open_question: the question that waits for an answer, if any.
            items: what was offered in it, in the order of their numbers.
            names_medicine: whether a medicine is named in it.
            is_story: whether it tells of somebody even where it asks.
            is_paused: whether the check waits to be taken up again.
            before: the question that was asked before the open one, which “back” opens again.
        """
        message = self._reader.read(text)
        words = self._phrases.behind_lead(message.words)
        commands = [*(self._behind_pause.items() if is_paused else ()), *self._commands.items()]
        command = next((name for name, known in commands if {words, message.words} & known), None)
        if command is not None:
            return Heard(command=command, named=not self._names.isdisjoint(message.words))
        if not is_story:
            steered = self._steered(text, message, names_medicine)
            if steered is not None:
                return steered
        heard = self._heard(text, message, open_question, items, names_medicine, is_story)
        if heard.command is Command.BACK and before is not None:
            return self._answered_anew(heard, text, before)
        return self._with_exception(heard, text, open_question)

    def _answered_anew(self, heard: Heard, text: str, before: Question) -> Heard:
        """“Back, I want to change that. It is worse lying down”: what stands behind answers the question before."""
        rest = _CLAUSE_END.split(text, maxsplit=1)[1:]
        told = self._heard(rest[0], self._reader.read(rest[0]), before).answers.get(before) if rest else None
        return replace(heard, answers={before: told}, back_to=before, sure=True) if told else heard

    def _steered(self, text: str, message: Reading, names_medicine: bool) -> Heard | None:
        """“Stop for now, I am falling asleep”, “change the one about moving, it helps only a bit”."""
        command = self._steering.command(message, self._phrases)
        if command is not None and not names_medicine:
            return Heard(command=command, sure=True)
        named = self._steering.back_to(text, self._reader.read)
        if named is None:
            return None
        question, rest = named
        told = self._heard(rest, self._reader.read(rest), question).answers.get(question)
        answers = {} if told is None else {question: told}
        return Heard(answers, command=Command.BACK, sure=True, back_to=question)

    def _with_exception(self, heard: Heard, text: str, question: Question | None) -> Heard:
        """“Evenings. Although on the plane it was in the morning”: the answer that stands first counts."""
        parts = self._steering.parts(text)
        if question is None or parts is None or heard.command is not None or heard.asks:
            return heard
        definition = self._definitions[question]
        first, behind, is_exception = parts
        message, after = self._reader.read(first), self._reader.read(behind)
        lead = self._heard(first, message, question).answers.get(question)
        signs = list(self._signs.find(message))
        in_words = bool(self._options(signs, message, question, Beside(signs, message, question)).get(question))
        plain = is_exception and self._phrases.bare(message.words) in ("affirm", "partly")
        if definition.several or not lead or not (in_words or plain) or self._phrases.begins(after.words, "turning"):
            return heard
        if not is_exception and self._heard(behind, after).answers.get(question):
            # A sentence of its own that says it in full.
            return heard
        then = self._heard(behind, after, question).answers.get(question)
        # “Although never in the morning” excepts nothing.
        differs = then and then != lead and self._phrases.bare(after.words) != "deny"
        meant = definition.excepted.get(lead[0], lead[0]) if differs else lead[0]
        return replace(heard, answers={**heard.answers, question: (meant,)})

    def _heard(
        self,
        text: str,
        message: Reading,
        open_question: Question | None = None,
        items: Sequence[str] = (),
        names_medicine: bool = False,
        is_story: bool = False,
    ) -> Heard:
        if open_question is not None and self._phrases.is_all(message.words, "unsure"):
            return Heard({open_question: ()})
        asks = not is_story and self._asks(text, message)
        whole = message
        if asks:
            # “Moving helps a bit. Does coffee count?” tells something beside what it asks.
            text = without_questions(text, lambda part: self._asks(part, self._reader.read(part)))
            message = self._reader.read(text)
        first = self._phrases.behind_lead(_first_clause(message))
        steered = next((name for name in _BEFORE_MORE if first in self._commands[name]), None)
        # “Wait, there is no urge” puts something right.
        turns = self._phrases.is_all(first, "turning")
        if open_question is not None and steered is not None and not turns:
            return Heard(command=steered, asks=asks)
        signs = list(self._signs.find(message))
        whose = None if asks and open_question else _whose(self._signs.find(whole))
        bare = self._phrases.bare(whole.words) if open_question else None
        found: dict[Question, tuple[str, ...]] = {}
        passing: dict[Question, tuple[str, ...]] = {}
        beside = Beside(signs, message, open_question)
        told = self._options(signs, message, open_question, beside)
        if names_medicine and open_question is Question.BACKGROUND and not asks:
            told.setdefault(Question.BACKGROUND, set()).add(_MEDICINES)
        self._add_slept(told, text)
        ruled_out = beside.without_told(told)
        for question, options in told.items():
            definition = self._definitions[question]
            if not definition.several:
                found[question] = (next(each for each in definition.options if each in options),)
            elif question is open_question:
                found[question] = tuple(each for each in definition.options if each in options)
            elif options - {definition.nothing}:
                passing[question] = tuple(each for each in definition.items if each in options)
        if bare and found.keys() - {open_question} and self._phrases.begins(message.words, "turning"):
            # “No wait, there is no urge”: about a question before.
            bare = None
        if open_question is not None:
            lead = len(message.words) - len(self._phrases.behind_lead(message.words))
            several = self._definitions[open_question].several
            listed = not several and self._phrases.begins(message.words[lead:], "of_list")
            denies = any(beside.denies_other(at, open_question) for at in range(lead, lead + _DENIAL_REACH))
            if (
                listed
                or denies
                or (
                    # “Maybe twice a month” is unsure of nothing that was asked.
                    bare == "unsure" and found.keys() - {open_question} and not self._phrases.is_all(first, "unsure")
                )
            ):
                bare = None
            self._add_open(found, open_question, text, items, bare)
            if not beside.is_apart(Question.OFTEN):
                self._add_times(found, open_question, text)
            nothing = self._definitions[open_question].nothing
            if nothing and len(ruled_out.get(open_question, ())) > 1:
                # Who went through the list had no more to tell.
                found.setdefault(open_question, (nothing,))
        return Heard(found, passing, ruled_out, whose=whose, asks=asks)

    def _add_slept(self, told: dict[Question, set[str]], text: str) -> None:
        """“I sleep maybe 5 hours”: how much of the night is lost, unless it was said how the day is."""
        slept = diary_reader().read(text).entry.slept
        if slept is not None:
            told.setdefault(Question.EFFECT, {spoiled(slept, self._slept_below, _UNSPOILED)})

    def _add_times(self, found: dict[Question, tuple[str, ...]], question: Question, text: str) -> None:
        """“5 nights a week”, while something else is asked."""
        by_week = self._counts.of(text) if question is not Question.OFTEN and _BY_WEEK.search(text) else None
        if by_week:
            found[Question.OFTEN] = (by_week,)

    def affirms(self, text: str) -> bool:
        """Whether a message begins with a yes: “yes start please, but it is about him”."""
        return self._phrases.bare(self._reader.read(text).words) == "affirm"

    def story(self, text: str) -> Heard:
        """What a message tells with which a check begins; a question counts where it tells of somebody."""
        own = not self._own.isdisjoint(self._reader.read(text).words)
        return self.read(text.replace("?", ".") if own else text, is_story=own)

    def _add_open(
        self,
        found: dict[Question, tuple[str, ...]],
        question: Question,
        text: str,
        items: Sequence[str],
        bare: str | None,
    ) -> None:
        """An answer to the open question that stands in no sign: a number, a bare yes or no, “not sure”."""
        definition = self._definitions[question]
        numbered = numbered_items(text, items) if definition.several else None
        counted = self._counts.of(text) if question is Question.OFTEN else None
        if numbered:
            found[question] = tuple(each for each in definition.options if each in numbered)
        elif counted:
            found[question] = (counted,)
        elif question in found:
            options = found[question]
            if len(options) > 1:
                # “nothing but cramps”
                found[question] = tuple(each for each in options if each != definition.nothing)
        elif bare == "unsure":
            found[question] = ()
        elif bare is not None:
            meant = self._one_item(definition, items, bare) or definition.bare.get(bare)
            if meant:
                found[question] = (meant,)

    @staticmethod
    def _one_item(definition: Definition, items: Sequence[str], bare: str) -> str | None:
        """“yes”, where one thing alone was asked about."""
        return items[0] if definition.several and len(items) == 1 and bare == "affirm" else None

    def _asks(self, text: str, message: Reading) -> bool:
        if not message.words:
            return False
        marked = _QUESTION_MARK.search(text) is not None and len(message.words) > 1
        return marked or self._phrases.begins(message.words, "asking") > 0

    def _options(
        self, signs: Iterable[Match], message: Reading, open_question: Question | None, beside: Beside
    ) -> dict[Question, set[str]]:
        # “Then no, it is there in the morning as well” puts an earlier answer right, whatever is asked now.
        turns = self._phrases.begins(message.words, "turning") > 0
        deaf = self._definitions[open_question].deaf_to if open_question and not turns else frozenset[Question]()
        found: dict[str, dict[Question, set[str]]] = {_DENIED: {}, _REPLY: {}, _SAYS: {}}
        for match in signs:
            kind, *names = match.key.split()
            if kind not in (_SAYS, _REPLY):
                continue
            question, option = Question(names[0]), names[1]
            if question in deaf or (kind == _REPLY and question is not open_question) or beside.holds(match, question):
                continue
            several = self._definitions[question].several
            if not self._is_denied(match, message):
                found[_SAYS if several else kind].setdefault(question, set()).add(option)
            elif self._denied[question, option]:
                found[_DENIED].setdefault(question, set()).add(self._denied[question, option])
        # What is said in full counts before a single word, and both before a “not” that takes something back: “i cant
        # sit still”, “mornings are fine”.
        return {**found[_DENIED], **found[_REPLY], **found[_SAYS]}

    def _is_denied(self, match: Match, message: Reading) -> bool:
        start = min(span.start for span in match.spans)
        clause = message.clause[start]
        return any(
            message.clause[at] == clause and self._phrases.is_one(message.words[at], "negation")
            for at in range(max(start - _DENIAL_REACH, 0), start)
            # “no only in the evening”, “but no i dont feel it”: an answer, not a denial
            if not (message.words[at] == "no" and message.words[at + 1] in _TURNS)
            # “no cramps but numb feet”
            and "but" not in message.words[at:start]
        )


def _sources(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for question, facts in raw["questions"].items():
        for option, signs in facts["options"].items():
            for kind in (_SAYS, _REPLY, DENIES):
                for source in signs.get(kind, ()):
                    yield f"{kind} {question} {option}", str(source)
        for source in facts.get(APART, ()):
            yield f"{APART} {question}", str(source)
    for who, sources in raw[_WHOSE].items():
        for source in sources:
            yield f"{_WHOSE} {who}", str(source)


def _whose(signs: Iterable[Match]) -> Whose | None:
    found = {match.key.split()[1]: match for match in signs if match.key.startswith(f"{_WHOSE} ")}
    if _PASSING in found:
        found.pop(Whose.OTHER.value, None)
    if Whose.SELF.value in found:
        return Whose.SELF
    return Whose.OTHER if Whose.OTHER.value in found else None


def _first_clause(message: Reading) -> tuple[str, ...]:
    return message.words[: message.clause.count(message.clause[0])] if message.words else ()


@lru_cache(maxsize=1)
def symptom_reader() -> SymptomReader:
    """The project's, made once."""
    return SymptomReader(KNOWLEDGE)
