"""How a question about a lab value is asked, and its answers as buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from stillnight.channels.message import Choice, Reply
from stillnight.clinical.labs.definitions import MAN, PREGNANT, WOMAN, Lab, Urgent
from stillnight.clinical.labs.judge import Person, judge
from stillnight.clinical.labs.questions import UNSAID, Asks, Question
from stillnight.clinical.labs.values import LabValue
from stillnight.dialogue.lab_wording import LabWording, number, with_unit
from stillnight.dialogue.wording import listed

_GROUPS: Final = (WOMAN, MAN, PREGNANT, UNSAID)
_INTENT: Final = "lab_report"


def asked(question: Question, labs: Mapping[str, Lab], wording: LabWording, person: Person) -> Reply:
    """The question, each likely answer a button.

    Args:
        question: what is asked.
        labs: the definitions.
        wording: fills in the pieces.
        person: whose value it is: where one of the units would make it urgent, that is said with the question.
    """
    lab, value = labs[question.lab], question.value
    facts = {"lab": wording.name(lab, value), "value": wording.short(value, lab)}
    if question.asks is Asks.NUMBER and question.among:
        facts["numbers"] = listed((number(each.value) for each in question.choices), "or")
    lines = [wording.text(_piece(question), **facts)]
    if question.asks is Asks.UNIT:
        for urgency in (Urgent.EMERGENCY, Urgent.SAME_DAY):
            units = [unit for unit in question.units if _urgency(value, unit, lab, person) is urgency]
            if units:
                lines.append(wording.text(f"ask_unit_{urgency.value}", units=listed(units, "or")))
    return Reply("\n".join(lines), tuple(_choices(question, wording)))


def _urgency(value: LabValue, unit: str, lab: Lab, person: Person) -> Urgent | None:
    return judge(replace(value, unit=unit).measured(lab), person).urgent


def _piece(question: Question) -> str:
    if question.asks is not Asks.NUMBER:
        return f"ask_{question.asks.value}"
    if question.among:
        return "ask_which"
    return "ask_number" if question.choices else "ask_number_open"


def _choices(question: Question, wording: LabWording) -> Iterator[Choice]:
    if question.asks is Asks.GROUP:
        for group in _GROUPS:
            yield _choice(wording.text(f"choice_{group}"), group)
    elif question.asks is Asks.SURE:
        yield _choice(wording.text("choice_yes"), "yes")
        yield _choice(wording.text("choice_no"), "no")
    else:
        for said in (*question.units, *(_said(each, question) for each in question.choices)):
            yield _choice(said, said)
        if question.units or question.choices:
            yield _choice(wording.text("choice_unknown"), "unknown")


def _said(value: LabValue, question: Question) -> str:
    unit = value.unit if value.said or value.unit != question.value.unit else None
    return with_unit(value.value, unit) if unit else number(value.value)


def _choice(title: str, answer: str) -> Choice:
    return Choice(title, f'/{_INTENT}{{"lab_answer": "{answer}"}}')
