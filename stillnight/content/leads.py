"""Whether what an answer points at is there: buttons, follow-ups, second parts."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator

from stillnight.content.faults import Fault, spoken
from stillnight.content.responses import Answer


def check_leads(answers: Iterable[Answer], intents: Collection[str], names: Collection[str]) -> Iterator[Fault]:
    """Buttons and follow-ups that lead nowhere.

    Args:
        answers: those to look at.
        intents: everything that has examples, in the whole project.
        names: every answer of the project.
    """
    for answer in answers:
        where = place(answer)
        for button in answer.buttons:
            if button.is_command and button.target not in intents:
                close = meant(str(button.target), intents)
                yield Fault(where, f"button “{button.title}” leads to {button.target}, which does not exist{close}")
            if button.target == "more" and f"utter_more_{button.entities.get('topic')}" not in names:
                yield Fault(where, f"button “{button.title}” leads to a second part that does not exist")
        for kind, slug in (answer.metadata.get("follow_up") or {}).items():
            topic = str(answer.name).removeprefix("utter_faq/")
            whole = str(slug).startswith("utter_")
            target = slug if whole else f"utter_more_{topic}" if slug == "more" else f"utter_faq/{slug}"
            if target not in names or slug == topic or target == answer.name:
                topics = [name.removeprefix("utter_faq/") for name in names if name.startswith("utter_faq/")]
                close = meant(str(slug), topics) if target not in names else ". It names its own topic: name another"
                yield Fault(where, f"follow_up {kind}: {slug} leads nowhere{close}")


def place(answer: Answer) -> str:
    """Where an answer stands, as an author finds it."""
    of = f" ({answer.condition[0][1]})" if answer.condition else ""
    return spoken(answer.file, answer.line, f"{answer.name}{of}")


def meant(word: str, known: Collection[str]) -> str:
    """What a misspelt name was meant to be; nothing where none is near."""
    close = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f". Do you mean “{close[0]}”?" if close else ""
