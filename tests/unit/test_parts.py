"""Parts of a message that count by themselves, and the rows that featurizers give them."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from stillnight.nlu.letters_featurizer import letters
from stillnight.nlu.parts import DANGERS, LETTERS, QUESTION, SEVERAL, VECTORS, note_parts, parts_of, share_out
from stillnight.nlu.red_flag_guard import DANGEROUS_PARTS


def message(text: str, *clauses: str) -> Message:
    made = Message({TEXT: text, DANGEROUS_PARTS: list(clauses)})
    texts = note_parts(made)
    made.set(VECTORS, np.array([[row] for row in range(len(texts))], dtype=np.float32))
    made.set(LETTERS, csr_matrix(np.array([[10 + row] for row in range(len(texts))]).reshape(-1, 1)))
    return made


def test_each_part_has_the_rows_of_its_text() -> None:
    asked = message("is it inherited? how can i end it all?", "how can i end it all")
    dangers, both = parts_of(asked, DANGERS), parts_of(asked, SEVERAL)
    assert dangers is not None
    assert dangers.texts == ("how can i end it all",)
    assert dangers.vectors.tolist() == [[0]]
    assert both is not None
    assert both.texts == ("is it inherited?", "how can i end it all?")
    assert both.vectors.tolist() == [[1], [2]]
    assert both.letters.toarray().tolist() == [[11], [12]]


def test_plain_message_has_no_parts() -> None:
    plain = message("is it inherited?")
    assert [parts_of(plain, kind) for kind in (DANGERS, QUESTION, SEVERAL)] == [None, None, None]


def test_rows_of_several_messages_are_shared_out_in_order() -> None:
    first, plain, last = message("why? how?", "a clause"), message("legs"), message("why?", "one clause", "another")
    share_out([first, plain, last], VECTORS, np.array([[7], [8], [9]], dtype=np.float32))
    assert [each.get(VECTORS).tolist() for each in (first, plain, last)] == [[[7]], [], [[8], [9]]]


def test_missing_featurizer_is_named() -> None:
    with pytest.raises(InvalidConfigException, match="LettersFeaturizer"):
        letters([Message({TEXT: "legs"})])
