"""Parts of a message that count by themselves: clauses with danger, the question of a long one, several questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from stillnight.language.questions import last_question, several_questions
from stillnight.nlu.red_flag_guard import DANGEROUS_PARTS
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.weights import Vectors

DANGERS: Final = "danger"
QUESTION: Final = "question"
SEVERAL: Final = "several_questions"
VECTORS: Final = "part_vectors"
LETTERS: Final = "part_letters"
_PARTS: Final = "parts"


@dataclass(frozen=True)
class Parts:
    """Parts of one kind: texts, vectors of shape (parts, dimension), and letters of shape (parts, vocabulary)."""

    texts: tuple[str, ...]
    vectors: Vectors
    letters: csr_matrix

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.texts)


def note_parts(message: Message) -> list[str]:
    """Find the parts of a message, write them into it, and give their texts; featurizers add a row for each."""
    parts = list(_found(message))
    message.set(_PARTS, parts)
    return [text for _, text in parts]


def part_texts(message: Message) -> list[str]:
    """Texts of the parts that `note_parts` found."""
    return [text for _, text in message.get(_PARTS) or ()]


def share_out(messages: Sequence[Message], key: str, rows: Vectors | csr_matrix) -> None:
    """Write under `key` into each message its own rows, one for each part; `rows` holds those of all in order."""
    at = 0
    for message in messages:
        count = len(part_texts(message))
        if count:
            message.set(key, rows[at : at + count])
        at += count


def parts_of(message: Message, kind: str) -> Parts | None:
    """The parts of one kind, None when there are none."""
    rows = [row for row, (each, _) in enumerate(message.get(_PARTS) or ()) if each == kind]
    if not rows:
        return None
    texts = part_texts(message)
    return Parts(tuple(texts[row] for row in rows), message.get(VECTORS)[rows], message.get(LETTERS)[rows])


def _found(message: Message) -> Iterator[tuple[str, str]]:
    for clause in message.get(DANGEROUS_PARTS) or ():
        yield DANGERS, clause
    text = mended(message)
    question = last_question(text)
    if question:
        yield QUESTION, question
    for asked in several_questions(text):
        yield SEVERAL, asked
