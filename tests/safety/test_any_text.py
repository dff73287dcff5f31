"""Whatever is typed, the rules read it: no crash, and the same answer every time."""

from __future__ import annotations

import re
import string
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillnight.clinical.check_in import check_in
from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.red_flags.finder import red_flag_finder
from stillnight.clinical.red_flags.reading import CHARACTERS_MAX, Reader

FINDER = red_flag_finder()
WORDS = [
    "kill",
    "myself",
    "not",
    "no",
    "iron",
    "my son",
    "swallowed",
    "chest",
    "pain",
    "?",
    ".",
    ",",
    "last year",
    "60",
]

any_text = st.text(max_size=2_000)
long_text = st.text(alphabet=st.characters(), min_size=1, max_size=50).map(lambda part: (part * 20_000)[:20_000])
rule_words = st.lists(st.sampled_from(WORDS), max_size=200).map(" ".join)
noisy = st.text(alphabet=string.ascii_lowercase + " '’*0134579@$.,!?\n\u200b\u0301", max_size=2_000)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(any_text | long_text | rule_words | noisy)
def test_any_text_is_read(text: str) -> None:
    flags = FINDER.find(text)
    assert flags == FINDER.find(text)
    assert len({flag.name for flag in flags}) == len(flags)
    assert {flag.name for flag in flags} <= FINDER.categories.keys()


@settings(deadline=None, max_examples=60)
@given(any_text | rule_words | noisy)
def test_any_text_is_read_by_the_other_rules(text: str) -> None:
    check_in().answer(text)
    circumstances().after((), text)


@settings(deadline=None, max_examples=60)
@given(before=st.text(alphabet=string.whitespace, max_size=20), after=st.text(alphabet=" .!?\n", max_size=20))
def test_space_and_marks_around_a_danger_do_not_hide_it(before: str, after: str) -> None:
    assert [flag.name for flag in FINDER.find(f"{before}I want to kill myself{after}")] == ["self_harm"]


@pytest.mark.parametrize(
    "written",
    [
        "I WANT TO KILL MYSELF",
        "i w\u200bant to k\u200bill myself",
        "i want to k1ll myself",
        "I want to kill mysélf",
        "ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
        "i want to kill my self",
        "iwant to kil myslef",
        "i\nwant\nto kill myself 😔😔",
    ],
)
def test_writing_does_not_hide_a_danger(written: str) -> None:
    assert [flag.name for flag in FINDER.find(written)] == ["self_harm"]


def test_what_stands_within_the_length_that_is_read_is_found() -> None:
    filler = "my legs are restless at night and i cannot sleep. "
    text = (filler * (CHARACTERS_MAX // len(filler)))[: CHARACTERS_MAX - 40] + " . I want to kill myself."
    assert [flag.name for flag in FINDER.find(text)] == ["self_harm"]


# What a word with signs for letters is, in one pattern. It takes hours over a page of stars, so that nothing but this
# test asks it.
LEET: Final = re.compile(r"(?<![\w$@!])(?=[\w$@!*]*[a-z])[a-z0-9$@!*]*[0-9$@!*][a-z0-9$@!*]*[a-z](?![\w$@])")
READER: Final = Reader(["kill", "self", "suicide", "die", "sick"], {}, [])


@settings(derandomize=True, deadline=None, database=None, max_examples=500)
@given(st.text(alphabet="kilsucde13$@!*ж .0", max_size=14))
def test_signs_for_letters_are_read_where_one_pattern_would_find_them(text: str) -> None:
    joined = re.sub(r"(?<!\w)(?:[a-z] ){3,}[a-z](?!\w)", lambda match: READER._joined(match.group()), text)
    expected = LEET.sub(lambda match: READER._unleet(match.group()), joined)
    assert "".join(READER._tokens(text)).replace(" ", "") == "".join(expected.split())
