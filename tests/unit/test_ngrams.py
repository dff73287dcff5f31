"""Pieces of words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import hstack

from stillnight.nlu.ngrams import Ngrams

TEXTS = ("low iron and ferritin", "iron tablets help", "ferritin is low", "sleep at night", "night sleep")


def test_features_have_one_row_for_each_text() -> None:
    ngrams, _ = Ngrams.fit(TEXTS * 3)
    features = ngrams.transform(["iron", "nothing known: xyz"])
    assert features.shape == (2, sum(len(each.vocabulary_) for each in ngrams.vectorizers.values()))
    assert features[0].nnz > 0


def test_words_are_kept_singly_and_in_pairs_and_pieces_have_two_to_four_letters() -> None:
    arrays = Ngrams.fit(TEXTS * 3)[0].arrays()
    words = set(arrays["words_vocabulary"].tolist())
    assert {"iron", "iron tablets", "is"} <= words
    assert {len(piece) for piece in arrays["characters_vocabulary"].tolist()} == {2, 3, 4}


def test_misspelt_name_is_more_like_its_name_than_like_another() -> None:
    ngrams, _ = Ngrams.fit(TEXTS * 3)
    slip, name, other = ngrams.transform(["ferritn", "ferritin", "sleep"]).toarray()
    assert slip @ name > 0.5
    assert slip @ other < 0.1


def test_piece_of_two_messages_alone_teaches_nothing() -> None:
    arrays = Ngrams.fit(["iron iron"] * 3 + ["quartz"] * 2)[0].arrays()
    assert "iron" in arrays["characters_vocabulary"].tolist()
    assert not any("qu" in piece for piece in arrays["characters_vocabulary"].tolist())


def test_arrays_give_the_same_features_again() -> None:
    ngrams, _ = Ngrams.fit(TEXTS * 3)
    again = Ngrams.from_arrays(ngrams.arrays())
    asked = ["low ferritn", "iron at night", ""]
    assert np.array_equal(again.transform(asked).toarray(), ngrams.transform(asked).toarray())


def test_arrays_hold_no_python_objects() -> None:
    assert all(array.dtype != object for array in Ngrams.fit(TEXTS * 3)[0].arrays().values())


@given(st.lists(st.text(alphabet="iron ferritin sleep night AÄß12.,-", max_size=60), max_size=4))
def test_features_are_those_of_scikit_learn(texts: list[str]) -> None:
    ngrams, _ = Ngrams.fit(TEXTS * 3)
    theirs = hstack([each.transform(texts or [""]) for each in ngrams.vectorizers.values()], format="csr")
    ours = ngrams.transform(texts or [""])
    assert ours.dtype == theirs.dtype
    assert np.allclose(ours.toarray(), theirs.toarray(), atol=1e-6)


def test_many_texts_have_the_same_features_as_one() -> None:
    ngrams, _ = Ngrams.fit(TEXTS * 3)
    many = ngrams.transform(TEXTS * 50)
    assert many.shape[0] == 250
    assert np.allclose(many[: len(TEXTS)].toarray(), ngrams.transform(TEXTS).toarray(), atol=1e-6)


def test_fitting_gives_the_features_of_its_texts() -> None:
    texts = TEXTS * 30
    ngrams, rows = Ngrams.fit(texts)
    assert np.array_equal(rows.toarray(), ngrams.transform(texts).toarray())
