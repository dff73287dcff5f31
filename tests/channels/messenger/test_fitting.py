"""Texts cut to what a messenger carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from stillnight.channels.messenger.fitting import cut, length, split

FAMILY = "👩‍👩‍👧‍👦"
ATOMS = [
    "ferritin",
    "116 123",
    "1-800-222-1222",
    "+44 (0)20 7946 0958",
    "45.5",
    "3,5 %",
    "≥ 50",
    "Schlaf",
    "né",
    FAMILY,
    "🇮🇪",
]
ATOMS += ["https://www.nhs.uk/conditions/restless-legs-syndrome/", "desk_one@clinic.example", "(01) 809 2166"]
JOINS = [", ", ". ", " and ", "\n", "\n\n", "? ", "; then "]
sentences = st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(JOINS)), min_size=1, max_size=80).map(
    lambda pairs: "".join(atom + join for atom, join in pairs)
)


def unspaced(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("ü…“", 3), ("🙂", 2), (FAMILY, 11), ("हिन्दी", 6)])
def test_length_is_counted_in_utf_16(text: str, units: int) -> None:
    assert length(text) == units == len(text.encode("utf-16-le")) // 2


@given(st.text(), st.integers(2, 60))
def test_no_piece_is_too_long_or_empty_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < length(piece) <= limit for piece in pieces)
    assert all(not piece.isspace() for piece in pieces)
    assert unspaced("".join(pieces)) == unspaced(text)


@given(sentences, st.integers(60, 300))
def test_no_number_address_word_or_emoji_is_broken(text: str, limit: int) -> None:
    pieces = split(text, limit)
    for atom in ATOMS:
        assert sum(piece.count(atom) for piece in pieces) == text.count(atom), atom
    assert [word for piece in pieces for word in piece.split()] == text.split()


@given(
    st.lists(st.sampled_from([FAMILY, "🇮🇪", "e\u0301", "न्दी", "각", "x", "👍🏽"]), min_size=1, max_size=60),
    st.integers(12, 40),
)
def test_what_is_seen_as_one_character_stays_one_in_text_without_spaces(clusters: list[str], limit: int) -> None:
    text = "".join(clusters)
    pieces = split(text, limit)
    assert [each for piece in pieces for each in iter_graphemes(piece)] == list(iter_graphemes(text))


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("One two.\n\nThree four.", 16, ["One two.", "Three four."]),
        ("One two.\nThree four. Five", 20, ["One two.\nThree four.", "Five"]),
        ("One two. Three four five.", 17, ["One two.", "Three four five."]),
        ("“One two.” Three four five.", 17, ["“One two.”", "Three four five."]),
        ("One two three four", 9, ["One two", "three", "four"]),
        # A paragraph that ends early leaves too much room.
        ("Hi.\n\nOne two three four five six.", 20, ["Hi.\n\nOne two three", "four five six."]),
        ("One two. Three", 8, ["One two.", "Three"]),
        # A paragraph before a line before a sentence, though the other fills the piece better.
        ("One two.\n\nThree\nFour five", 16, ["One two.", "Three\nFour five"]),
        ("One two.\n\nThree. Four five", 17, ["One two.", "Three. Four five"]),
        ("One two.\nThree. Four five", 17, ["One two.", "Three. Four five"]),
        # Without a space: before a number or an address, and never between a character and its accent.
        ("ferritin45678", 10, ["ferritin", "45678"]),
        ("Look:https://x.org/abcd", 18, ["Look:", "https://x.org/abcd"]),
        ("我今天很累。\u0301你能帮我吗", 7, ["我今天很累。\u0301", "你能帮我吗"]),
        ("我今天很累。你能帮我吗？", 8, ["我今天很累。", "你能帮我吗？"]),
        ("a" * 5 + " " + "b" * 12, 8, ["aaaaa", "bbbbbbbb", "bbbb"]),
        ("Call 116 123 now", 9, ["Call", "116 123", "now"]),
        ("Take care 5 of", 11, ["Take care 5", "of"]),
        ("", 8, []),
        (" \n ", 8, []),
    ],
)
def test_where_pieces_end(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit) == pieces


def test_what_is_named_as_whole_is_not_broken() -> None:
    text = "Text HOME to the line"
    assert split(text, 12) == ["Text HOME to", "the line"]
    assert split(text, 12, ["HOME to the"]) == ["Text", "HOME to the", "line"]


def test_number_longer_than_a_piece_is_broken_at_last() -> None:
    assert split("1" * 25, 10) == ["1" * 10, "1" * 10, "1" * 5]


def test_piece_needs_room_for_an_emoji() -> None:
    with pytest.raises(ValueError, match="two characters"):
        split("text", 1)


def test_long_text_without_a_space_is_split_in_time() -> None:
    assert len(split("a" * 100_000, 4096)) == 25


@given(st.text(), st.integers(-1, 40))
def test_cut_is_one_line_that_fits_and_begins_as_the_text(text: str, limit: int) -> None:
    line = cut(text, limit)
    assert length(line) <= max(limit, 0)
    assert "\n" not in line
    whole = " ".join(text.split())
    assert line == whole or whole.startswith(line.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "limit", "line"),
    [
        ("Tell me more", 12, "Tell me more"),
        ("Do I need a sleep study?", 20, "Do I need a sleep…"),
        ("Coffee, tea and alcohol", 9, "Coffee…"),
        ("Numbers, 116 123", 14, "Numbers…"),
        ("I antidepressants", 12, "I antidepre…"),
        (f"Family {FAMILY}", 12, "Family…"),
        ("Tell\n me ", 20, "Tell me"),
        ("Tell me", 1, "…"),
        ("Tell me", 0, ""),
    ],
)
def test_where_a_title_is_cut(text: str, limit: int, line: str) -> None:
    assert cut(text, limit) == line
