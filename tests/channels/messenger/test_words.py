"""What `data/messenger.yml` says."""

from __future__ import annotations

import pytest

from stillnight.channels.messenger.incoming import SILENT, Kind
from stillnight.content.catalogue import catalogue
from stillnight.content.lint import check_file
from stillnight.content.responses import read_file
from stillnight.paths import DATA, KNOWLEDGE

# What is answered by the assistant or not at all.
ELSEWHERE = {Kind.TEXT, *SILENT}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ELSEWHERE])
def test_every_kind_that_cannot_be_read_has_an_answer(kind: Kind) -> None:
    assert catalogue().text(f"utter_messenger_{kind.value}")


def test_words_pass_the_check_of_answers() -> None:
    faults = check_file(read_file(DATA / "messenger.yml"), KNOWLEDGE, frozenset(catalogue().references))
    assert list(map(str, faults)) == []
