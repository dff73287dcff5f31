"""Keeping the last results of pure readers."""

from __future__ import annotations

import pytest

from stillnight.recent import KEPT, forget, recent, recently


class Reader:
    """Counts how often it really reads."""

    def __init__(self, name: str) -> None:
        """`name` stands in every result."""
        self.name = name
        self.read_really: list[str] = []

    @recent
    def read(self, text: str, country: str | None = None) -> str:
        """What was read."""
        if not text:
            raise ValueError("nothing to read")
        self.read_really.append(text)
        return f"{self.name}: {text} {country}"


def test_same_text_is_read_once() -> None:
    reader = Reader("one")
    assert reader.read("iron") == reader.read("iron") == "one: iron None"
    assert reader.read_really == ["iron"]


def test_other_arguments_give_another_result() -> None:
    reader = Reader("one")
    assert reader.read("iron", "GB") != reader.read("iron", "US")


def test_each_reader_keeps_its_own() -> None:
    assert Reader("one").read("iron") != Reader("two").read("iron")


def test_no_more_is_kept_than_the_last_few() -> None:
    reader = Reader("one")
    for text in ["first", *map(str, range(KEPT)), "first"]:
        reader.read(text)
    assert reader.read_really.count("first") == 2


def test_failure_is_not_kept_as_a_result() -> None:
    reader = Reader("one")
    for _ in range(2):
        with pytest.raises(ValueError, match="nothing to read"):
            reader.read("")


def test_documentation_of_the_method_stays() -> None:
    assert Reader.read.__doc__ == "What was read."


def test_a_function_keeps_its_last_results_too() -> None:
    read: list[str] = []

    @recently
    def shorter(text: str) -> str:
        read.append(text)
        return text[:2]

    assert shorter("iron") == shorter("iron") == "ir"
    assert read == ["iron"]


def test_what_is_forgotten_is_read_anew() -> None:
    reader = Reader("one")
    reader.read("iron")
    forget()
    reader.read("iron")
    assert reader.read_really == ["iron", "iron"]
