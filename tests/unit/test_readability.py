"""Reading grade of an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillnight.content.readability import names_pattern, reading_grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        # By hand: 0.39 · words/sentences + 11.8 · syllables/words - 15.59 (textstat rounds the latter to tenths)
        ("The cat sat on the mat.", 0.39 * 6 + 11.8 * 1 - 15.59),
        ("My doctor can order one simple blood test for me.", 0.39 * 10 + 11.8 * 13 / 10 - 15.59),
        ("My doctor can order one. Simple blood test for me.", 0.39 * 5 + 11.8 * 13 / 10 - 15.59),
    ],
)
def test_grade_is_that_of_flesch_and_kincaid(knowledge: Path, text: str, grade: float) -> None:
    assert reading_grade(text, knowledge) == pytest.approx(grade, abs=0.06)


def test_long_sentence_of_long_words_reads_harder(knowledge: Path) -> None:
    hard = "Considerable heterogeneity characterises the underlying pathophysiological abnormalities of individuals."
    assert reading_grade(hard, knowledge) > 12 > reading_grade("Your legs can jump at night.", knowledge)


@pytest.mark.parametrize("name", ["ferritin", "FERRITIN", "pramipexole", "restless legs syndrome"])
def test_name_counts_as_one_short_word(knowledge: Path, name: str) -> None:
    assert reading_grade(f"Ask about {name} now.", knowledge) == reading_grade("Ask about word now.", knowledge)


def test_part_of_a_word_is_no_name(knowledge: Path) -> None:
    assert names_pattern(knowledge).sub("word", "ferritinous, ferritin") == "ferritinous, word"


def test_longest_name_is_set_aside_first(knowledge: Path) -> None:
    assert names_pattern(knowledge).sub("word", "gabapentin enacarbil and gabapentin") == "word and word"
