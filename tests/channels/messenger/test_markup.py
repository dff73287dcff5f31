"""Characters that a messenger would take for formatting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillnight.channels.messenger.markup import unmarked

# Pairs as WhatsApp reads them: opened at the edge of a word, closed at the edge of a word, in one line.
FORMATTED = re.compile(r"(?m)(?<![^\W_])([*_~])(?=\S)[^\n]*?(?<=\S)\1(?![^\W_])|```|`[^`\n]+`|^> ")


@pytest.mark.parametrize(
    "text",
    [
        "Ferritin is 45 ng/mL. Call 116 123 or 1-800-222-1222 now.",
        "5*3 is 15, and a_b is a name",
        "about ~5 hours",
        "see * below",
        "- walk\n- stretch",
        "https://clinic.example/_a_/*b*_c and _desk_one_@clinic.example",
        "under <5 and >50",
        "",
    ],
)
def test_text_that_formats_nothing_stays_as_it_is(text: str) -> None:
    assert unmarked(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("take *care* now", "take ∗care∗ now"),
        ("_one_ and ~two~", "＿one＿ and ∼two∼"),
        ("~5 to ~10", "∼5 to ∼10"),
        ("```mono``` and `code`", "'''mono''' and 'code'"),
        ("> 50 is high", ">50 is high"),
        ("*one\ntwo*", "*one\ntwo*"),
        ("*see* https://clinic.example/*a*", "∗see∗ https://clinic.example/*a*"),
    ],
)
def test_what_would_format_looks_alike_and_does_not(text: str, plain: str) -> None:
    assert unmarked(text) == plain


@given(st.text("*_~`> a1.\n-", max_size=40))
def test_nothing_is_formatted_and_nothing_else_changes(text: str) -> None:
    plain = unmarked(text)
    assert not FORMATTED.search(plain)
    back = plain.translate(str.maketrans("∗＿∼'", "*_~`"))
    assert back.replace(" ", "") == text.replace(" ", "")
