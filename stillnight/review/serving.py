"""Serving signed answers alone: what nobody has signed gives way to a sentence that points to the clinic.

Dangers, telephone numbers, urgent lab values, warnings against stopping suddenly, and what states no fact are served
whatever their sign-off. An answer that is put together from several lines loses those that are not signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from stillnight.content.catalogue import Catalogue
from stillnight.content.responses import Answer
from stillnight.review.answers import condition_name
from stillnight.review.desk import Desk
from stillnight.review.marks import marked
from stillnight.review.pieces import Group, answer_content
from stillnight.review.record import Status

NOT_SIGNED: Final = "utter_not_signed"
SYMPTOM_CHECK: Final = "symptom_check"
# Lines of answers that are put together.
_LINES: Final = ("utter_lab_", "utter_medicine_")
_WHOLE: Final = frozenset({"utter_lab_explain", "utter_lab_report"})


def withheld(desk: Desk) -> frozenset[str]:
    """Names of the pieces that are not served."""
    unsigned = {piece.name for piece in desk.pieces if desk.status(piece) is not Status.SIGNED}
    found = {
        piece.name
        for piece in desk.pieces
        if not piece.always and (piece.name in unsigned or not unsigned.isdisjoint(piece.needs))
    }
    # Half of the check would lead astray.
    if any(piece.group is Group.SYMPTOMS and piece.name in found for piece in desk.pieces):
        found.add(SYMPTOM_CHECK)
    return frozenset(found)


def served(catalogue: Catalogue, data: Path, knowledge: Path) -> Catalogue:
    """The catalogue without what is not signed. Raises ContentError when reviews.yml cannot be read."""
    names = withheld(Desk.read(data, knowledge, in_full=False))
    spare = catalogue.answers[NOT_SIGNED]
    return replace(
        catalogue,
        answers={name: _of(answer, name in names, spare) for name, answer in catalogue.answers.items()},
        varied={
            (name, value): _of(answer, condition_name(name, [value]) in names, spare)
            for (name, value), answer in catalogue.varied.items()
        },
        withheld=names,
    )


def withhold(responses: MutableMapping[str, list[dict[str, Any]]], desk: Desk, catalogue: Catalogue) -> None:
    """Take out of the trained model's answers what is not signed as the model has it.

    Args:
        responses: Rasa's, by name; changed in place.
        desk: what is signed.
        catalogue: as served; it holds the sentence.
    """
    pieces = {piece.name: piece for piece in desk.pieces}
    spare = catalogue.answers[NOT_SIGNED]
    for name, variations in responses.items():
        for variation in variations:
            values = [str(each["value"]) for each in variation.get("condition") or ()]
            key = condition_name(name, values, variation.get("channel"))
            piece = pieces.get(key)
            if piece is None or piece.always:
                continue
            if key in catalogue.withheld or not desk.record.is_signed(key, _content(variation)):
                _replace(variation, spare)


def not_signed_line(catalogue: Catalogue) -> str:
    """The sentence as one line of an answer that is put together."""
    return marked(catalogue.answers[NOT_SIGNED].text)


def unsigned_medicines(catalogue: Catalogue, keys: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the medicines, or the class of one, waits for a signature; each as its key and its class's."""
    names = {name for key, kind in keys for name in (f"medicines {key}", f"medicine_classes {kind}")}
    return not names.isdisjoint(catalogue.withheld)


def _of(answer: Answer, is_withheld: bool, spare: Answer) -> Answer:
    if not is_withheld:
        return answer
    is_line = answer.name.startswith(_LINES) and answer.name not in _WHOLE
    text = marked(spare.text) if is_line else spare.text
    return replace(answer, text=text, buttons=spare.buttons, metadata={**answer.metadata, "sources": []})


def _content(variation: Mapping[str, Any]) -> str:
    buttons = [(str(each["title"]), str(each["payload"])) for each in variation.get("buttons") or ()]
    sources = [str(each) for each in (variation.get("metadata") or {}).get("sources") or ()]
    return answer_content(str(variation.get("text") or ""), buttons, sources)


def _replace(variation: dict[str, Any], spare: Answer) -> None:
    variation["text"] = spare.text
    variation["buttons"] = [{"title": button.title, "payload": button.payload} for button in spare.buttons]
    variation["metadata"] = {**(variation.get("metadata") or {}), "sources": []}
