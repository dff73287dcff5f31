"""Typed text made uniform."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.language.text import CHARACTERS_READ, encodable, has_words, normalized, typed

# Lone surrogates too: a browser may send half of an emoji.
ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
any_text = settings(derandomize=True, deadline=None, database=None, max_examples=300)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  my   legs\n\tjump  ", "my legs jump"),
        ("can’t", "can't"),
        ("can`t ‘now’", "can't 'now'"),
        ("“iron”", '"iron"'),
        ("a – b — c", "a - b - c"),
        ("well…", "well..."),
        ("ｆｅｒｒｉｔｉｎ １２", "ferritin 12"),
        ("ﬁne", "fine"),
        ("a\x00b\x07c", "a b c"),
        ("one\u2028two\u00a0three", "one two three"),
        ("Legs 🦵", "Legs 🦵"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_text_is_made_uniform(text: str, wanted: str) -> None:
    assert normalized(text) == wanted


def test_long_text_is_read_from_its_beginning() -> None:
    assert CHARACTERS_READ == 2000
    assert normalized("x" * 20_000) == "x" * 2000
    assert normalized("iron " + "x" * 5_000).startswith("iron xxx")
    assert len(normalized("\ufdfa" * 2_000)) == 2000  # one character that unfolds to eighteen


@any_text
@given(ANYTHING)
def test_normalized_takes_any_text(text: str) -> None:
    result = normalized(text)
    assert result == result.strip()
    assert "  " not in result
    assert all(unicodedata.category(char)[0] != "C" for char in result)
    result.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        *[(text, True) for text in ("ok", "о нет", "نعم", "铁缺", "é a", "a 1 b", "b12", "T4?", "B-6")],
        *[(text, False) for text in ("", "a", "1 2 3", "?!", "__", "🦵🦵", "7 a")],
    ],
)
def test_text_with_two_letters_or_a_letter_and_a_number_can_be_read(text: str, readable: bool) -> None:
    assert has_words(text) is readable


@any_text
@given(ANYTHING)
def test_has_words_takes_any_text(text: str) -> None:
    if sum(char.isalpha() for char in text) >= 2:
        assert has_words(text)
    if not any(char.isalnum() for char in text):
        assert not has_words(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/restart", "restart"),
        (" \t//  /faq/iron", "faq/iron"),
        ("\u00a0/restart", "restart"),
        ("\r\n/session_start", "session_start"),
        ("either/or", "either/or"),
        ("24/7 /x", "24/7 /x"),
        ("legs ", "legs "),
        ("///", ""),
        ("", ""),
    ],
)
def test_typed_text_loses_its_leading_slashes_alone(text: str, wanted: str) -> None:
    assert typed(text) == wanted


@any_text
@given(st.text(alphabet="/ \t\r\n\u00a0", max_size=6), ANYTHING)
def test_typed_text_never_begins_with_a_slash(start: str, rest: str) -> None:
    result = typed(start + rest)
    assert not result.startswith("/")
    assert (start + rest).endswith(result)
    assert typed(result) == result


@any_text
@given(ANYTHING)
def test_encodable_text_can_be_kept_anywhere_and_is_otherwise_the_same(text: str) -> None:
    result = encodable(text)
    assert len(result) == len(text) and "\0" not in result
    assert result.encode().decode() == result
    assert all(new in (old, "\N{REPLACEMENT CHARACTER}") for old, new in zip(text, result))
