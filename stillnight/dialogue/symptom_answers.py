"""Putting together what the check of symptoms says, from the pieces of data/symptom_check_answers.yml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stillnight.channels.message import Choice, Reply
from stillnight.clinical.symptom_check.definitions import definitions
from stillnight.clinical.symptom_check.machine import Step
from stillnight.clinical.symptom_check.model import Known, Move, Question, Stage, Whose
from stillnight.clinical.symptom_check.outcome import Feature, Outcome, Row, outcome
from stillnight.clinical.symptom_check.state import Check
from stillnight.content.catalogue import Catalogue, catalogue
from stillnight.dialogue.symptom_memory import ANSWER, INTENT, PIECE
from stillnight.dialogue.wording import listed

_NEW_MEDICINE: Final = (Question.OTHER, "new_medicine")
# Words before the question, by what happened to the one before.
_BEFORE: Final = {Move.AGAIN: "again", Move.PASSED: "passed", Move.FIRST: "first", Move.STAY: "stay"}


@dataclass(frozen=True)
class Said:
    """One message of the check, and the name of its last piece, by which later turns know it."""

    piece: str
    reply: Reply


class SymptomAnswers:
    """Makes replies. `catalogue` holds the pieces."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the pieces."""
        self._catalogue = catalogue

    def text(self, name: str, whose: Whose = Whose.SELF, **facts: object) -> str:
        """A piece, filled in for the person or for somebody else."""
        words = self._catalogue.answers[f"{PIECE}words_{whose.value}"].metadata["words"]
        return self._catalogue.answers[f"{PIECE}{name}"].text.format(**words, **facts)

    def begun(self, step: Step, known: Known) -> list[Said]:
        """How it goes, what was told already, and the first question."""
        whose = step.check.whose
        lines = [self.text("start", whose)]
        if known.child and whose is Whose.OTHER:
            lines.append(self.text("start_child", whose))
        return [Said("start", self._reply("start", lines)), *self.after(step, known, echo=True)]

    def after(
        self,
        step: Step,
        known: Known,
        echo: bool,
        resumed: bool = False,
        why: bool = False,
        helps: bool = False,
        shown: Question | None = None,
        medicine: bool = False,
    ) -> list[Said]:
        """What follows a step.

        Args:
            step: what the message changed.
            known: from the chat.
            echo: whether to say back what was understood.
            resumed: whether the check was stopped before.
            why: whether the person wants to know what the question is for.
            helps: whether to say first what it means, in other words.
            shown: the question that was open before; its list is not shown once more.
            medicine: whether to say that a medicine was noted.
        """
        check = step.check
        lines = [self._noted(step.noted)] if echo and step.noted else []
        if medicine:
            lines.append(self.text("noted_medicine", check.whose))
        if resumed and step.move is Move.ASK:
            lines.append(self.text("resumed", check.whose))
        if step.move is Move.FINISH:
            return self._finished(check, known, lines)
        if _NEW_MEDICINE in step.noted:
            lines.append(self.text("at_once_new_medicine", check.whose))
        if why:
            lines.append(self.text("why", check.whose))
        elif helps and check.open and step.move is not Move.PAUSE:
            lines.append(self.text(f"help_{check.open.value}", check.whose))
        elif step.move in _BEFORE:
            lines.append(self.text(_BEFORE[step.move], check.whose))
        if step.move is Move.PAUSE:
            return [self.waiting("paused", check, lines)]
        is_plain = step.move in (Move.ASK, Move.STAY) and not (resumed or why or helps)
        return [self._question(check, known, lines, is_short=is_plain and check.open is shown)]

    def waiting(self, piece: str, check: Check, lines: Sequence[str] = ()) -> Said:
        """That the check waits, or whether to go on with it: `paused`, `waits`, `offer`."""
        return Said(piece, self._reply(piece, [*lines, self.text(piece, check.whose)]))

    def _noted(self, noted: Iterable[tuple[Question, str]]) -> str:
        return self.text(
            "noted", facts=listed(self.text(f"fact_{question.value}_{option}") for question, option in noted)
        )

    def _question(self, check: Check, known: Known, lines: Sequence[str], is_short: bool = False) -> Said:
        question = check.open
        assert question is not None
        piece = f"ask_{question.value}"
        if not definitions()[question].several:
            return Said(piece, self._reply(piece, [*lines, self.text(piece, check.whose)]))
        items = check.items(question, known)
        names = [self.text(f"item_{question.value}_{item}", check.whose) for item in items]
        nothing = definitions()[question].nothing
        if len(items) == 1:
            asked = self.text(f"{piece}_one", check.whose, item=names[0])
            options = [(self.text("yes"), items[0]), (self.text("no"), nothing)]
            choices = tuple(_choice(title, f"{question.value} {option}") for title, option in options)
            return Said(piece, Reply("\n".join([*lines, asked]), choices))
        if is_short:
            asked_now = [self.text(f"{piece}_again", check.whose, items=listed(names, "or"))]
        else:
            numbered = (self.text("item", number=number, item=name) for number, name in enumerate(names, start=1))
            asked_now = [self.text(piece, check.whose), *numbered]
        reply = self._reply(piece, [*lines, *asked_now])
        wanted = {f"{question.value} {option}" for option in (*items, nothing)}
        choices = tuple(choice for choice in reply.choices if _answer(choice) in wanted)
        return Said(piece, Reply(reply.text, choices, reply.sources))

    def _finished(self, check: Check, known: Known, lines: Sequence[str]) -> list[Said]:
        found = outcome(check, known)
        first = [*lines, *self._features(found, check), self._row(found.picture, found, check)]
        first.append(self._row(found.see, found, check))
        second: list[str] = []
        for heading, rows in (("look", found.look), ("ask", found.ask_about)):
            if rows:
                second += [self.text(heading), *(self._row(row, found, check) for row in rows)]
        second.append(self.text("after", check.whose))
        return [
            Said("picture", self._reply("picture_too_little", first, (found.picture, found.see))),
            Said("after", self._reply("after", second, (*found.look, *found.ask_about))),
        ]

    def _features(self, found: Outcome, check: Check) -> list[str]:
        lines = []
        for state in Feature:
            # What else was named is told below.
            named = (
                {Question.OTHER} if check.answers.get(Question.OTHER) or check.passing.get(Question.OTHER) else set()
            )
            told = [each for each in found.of(state) if state is Feature.FITS or each not in named]
            if told:
                features = listed(self.text(_feature(each, state)) for each in told)
                lines.append(self.text(state.value, features=features))
        return lines

    def _row(self, row: Row, found: Outcome, check: Check) -> str:
        medicines = listed(found.medicines, "or") if found.medicines else ""
        return self.text(row.sentence, check.whose, medicines=medicines)

    def _reply(self, piece: str, lines: Sequence[str], rows: Sequence[Row] = ()) -> Reply:
        answer = self._catalogue.answers[f"{PIECE}{piece}"]
        cited = dict.fromkeys([*answer.sources, *(source for row in rows for source in row.sources)])
        return Reply(
            "\n".join(lines),
            tuple(Choice(button.title, button.sent) for button in answer.buttons),
            tuple(self._catalogue.references[source] for source in cited),
        )


def is_open(check: Check | None) -> bool:
    """Whether a question of the check waits for an answer."""
    return check is not None and check.stage is Stage.ASKING


def _feature(question: Question, state: Feature) -> str:
    """The piece that names a feature."""
    is_open = question is Question.OTHER and state is Feature.OPEN
    return f"feature_{question.value}{'_open' if is_open else ''}"


def _choice(title: str, answer: str) -> Choice:
    return Choice(title, f'/{INTENT}{{"{ANSWER}": "{answer}"}}')


def _answer(choice: Choice) -> str:
    """The answer in the payload of a choice."""
    return choice.payload.rpartition(": ")[2].strip('"}')


@lru_cache(maxsize=1)
def symptom_answers() -> SymptomAnswers:
    """The project's, made once."""
    return SymptomAnswers(catalogue())
