"""In what way a message speaks of medicines, in one small summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stillnight.clinical.medicines.check import check
from stillnight.clinical.medicines.finder import MedicineFinder, Mention
from stillnight.clinical.medicines.talk import Talk
from stillnight.clinical.medicines.unknown import unknown_names


@dataclass(frozen=True)
class Speech:
    """What is known before any model is asked.

    bare: nothing but names and small words. alone: nothing but names. own: somebody says that they take them.
    several: two or more are named. pair: two of them are dangerous together. single: one of them is a medicine, not
    only a kind. what: it asks what something is.
    """

    bare: bool = False
    alone: bool = False
    own: bool = False
    several: bool = False
    pair: bool = False
    single: bool = False
    what: bool = False


def speech_of(text: str, mentions: Sequence[Mention], finder: MedicineFinder, talk: Talk) -> Speech:
    """Sum up a message in which `finder` found these mentions."""
    if not mentions:
        return Speech()
    return Speech(
        bare=talk.is_bare(text, mentions, unknown_names(text, mentions, finder.names, talk)),
        alone=not talk.beside(text, mentions),
        own=talk.is_own(text, mentions),
        several=len(mentions) > 1,
        pair=len(mentions) > 1 and bool(check(finder.register, mentions).together),
        single=any(mention.medicines for mention in mentions),
        what=talk.is_what(text),
    )
