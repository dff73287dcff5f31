"""Names as a telephone writes down what it hears: “sir trailing” for sertraline (`heard_as` in medicines.yml)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from stillnight.clinical.medicines.entries import Medicine
from stillnight.clinical.medicines.words import Word, key

# The words for taking something are so many at most.
_TAKES_MAX: Final = 4


class Dictated:
    """Looks up such forms. What is made of everyday words alone is a name only where a medicine is to be expected."""

    def __init__(
        self,
        medicines: Iterable[Medicine],
        is_known: Callable[[str], bool],
        takes: Iterable[str],
        small: Iterable[str],
        amounts: Iterable[str],
    ) -> None:
        """Index the forms.

        Args:
            medicines: those of the register.
            is_known: whether a word is known to mean something else.
            takes: words before a name that say that somebody takes it.
            small: words that say nothing more beside a name.
            amounts: words behind the number of an amount.
        """
        self._forms = {tuple(key(form).split()): key(each.name) for each in medicines for form in each.heard_as}
        # How many words the forms have that begin with a word, the longest first.
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[0], set()).add(len(form))
        self._lengths = {first: sorted(each, reverse=True) for first, each in lengths.items()}
        self._is_known = is_known
        self._takes = frozenset(tuple(key(phrase).split()) for phrase in takes)
        self._small, self._amounts = frozenset(small), frozenset(amounts)

    def at(self, text: str, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        """How many words from a place on are such a form, and the name that was said; None where they are none."""
        for length in self._lengths.get(words[at].text, ()):
            form = words[at : at + length]
            name = self._forms.get(tuple(word.text for word in form))
            # “Yes sir, trailing behind” has a comma between.
            if name is None or any(text[one.end : two.start].strip(" -") for one, two in pairwise(form)):
                continue
            if not all(self._is_known(word.text) for word in form) or self._is_expected(words, at, at + length):
                return length, name
        return None

    def _is_expected(self, words: Sequence[Word], start: int, end: int) -> bool:
        said = [word.text for word in words]
        taken = any(tuple(said[max(0, start - size) : start]) in self._takes for size in range(1, _TAKES_MAX + 1))
        counted = said[end : end + 1] and said[end].isdigit() and not self._amounts.isdisjoint(said[end + 1 : end + 2])
        alone = self._small.issuperset(said[:start] + said[end:])
        return taken or alone or bool(counted)
