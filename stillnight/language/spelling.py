"""Help with spelling before a message is understood: phone words written out, misspelt words of the field mended.

A word is touched only when no English word list knows it and exactly one kind of word of ours is near: general spelling
correctors turn medicine names into everyday words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from stillnight.yaml_files import load_yaml

# A word of plain letters, digits allowed behind the first ("b4"); never a part of a word with other letters.
_WORD: Final = re.compile(r"(?<!\w)[a-z][a-z0-9]*(?:'[a-z]+)?(?!\w)")
# Words whose first letters are the same lie together; of so many letters there are few enough with each.
_BEGINNING: Final = 3
_ENDINGS: Final = ("s", "es", "d", "ed", "r", "er", "est", "ing", "ly", "y")
_SHORTEST: Final = 4
# A spelling that several people used is a word of its own ("hubby"), not a slip.
_OFTEN: Final = 4


class Words(Set[str]):
    """Very many words. Those that begin alike lie in one string: a seventh of the memory of a frozenset."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words`: single words, each once."""
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            alike[word[:_BEGINNING]].append(word)
        self._alike = {beginning: f" {' '.join(each)} " for beginning, each in alike.items()}
        self._size = sum(map(len, alike.values()))

    def __contains__(self, word: object) -> bool:
        """Whether it is one of the words, letter by letter."""
        if not isinstance(word, str) or " " in word:
            return False
        return f" {word} " in self._alike.get(word[:_BEGINNING], "")

    def __iter__(self) -> Iterator[str]:
        """Each word."""
        return (word for each in self._alike.values() for word in each.split())

    def __len__(self) -> int:
        """How many words."""
        return self._size


@lru_cache(maxsize=1)
def english_words() -> Words:
    """Words of pyspellchecker's English frequency list."""
    return Words(word for word in SpellChecker(language="en").word_frequency.dictionary if len(word) > 1)


def names_in(knowledge: Path) -> set[str]:
    """Single words of every medicine and lab name."""
    medicines = load_yaml(knowledge / "medicines.yml")
    labs = load_yaml(knowledge / "labs.yml")
    names = [
        str(name)
        for generic, facts in medicines.items()
        for listed in (facts.get("also") or (), *(facts.get("brands") or {}).values())
        for name in (generic, *listed)
    ]
    # Of a lab's names the first is the right spelling; the others are what people make of it.
    names += [str(facts["names"][0]) for facts in labs.values()]
    return {word for name in names for word in _WORD.findall(name.lower())}


@dataclass(frozen=True)
class Speller:
    """Mends words. `targets`: right words of the field with how often they were seen; `left_alone`: never touched."""

    phone_words: Mapping[str, str]
    left_alone: frozenset[str]
    targets: Mapping[str, int]
    _by_length: Mapping[int, list[str]] = field(init=False, repr=False)
    _mended: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Group the targets by length, since a near word has nearly the same length."""
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self.targets):
            by_length[len(word)].append(word)
        object.__setattr__(self, "_by_length", dict(by_length))

    @classmethod
    def learn(cls, texts: Iterable[str], knowledge: Path) -> Speller:
        """Words to mend towards come from the example questions and from the names in `knowledge`."""
        counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        stored = load_yaml(knowledge / "spelling.yml")
        phone_words = {str(short): str(long) for short, long in stored["phone_words"].items()}
        english = english_words()
        targets = {
            word: times
            for word, times in counts.items()
            if len(word) >= _SHORTEST and word in english and word not in phone_words
        }
        for name in names_in(knowledge):
            if len(name) >= _SHORTEST:
                targets[name] = max(targets.get(name, 0), 1)
        frequent = {word for word, times in counts.items() if times >= _OFTEN}
        return cls(phone_words, frozenset(frequent | set(stored["keep"])) - phone_words.keys(), targets)

    def mend(self, text: str) -> str:
        """`text` in lower case with its words mended."""
        return _WORD.sub(lambda match: self._word(match.group()), text.lower())

    def _word(self, word: str) -> str:
        if word in self.phone_words:
            return self.phone_words[word]
        if word not in self._mended:
            # Bounded, because what is typed is without end.
            if len(self._mended) > 20_000:
                self._mended.clear()
            self._mended[word] = word if self._is_fine(word) else self._nearest(word)
        return self._mended[word]

    def _is_fine(self, word: str) -> bool:
        if len(word) < _SHORTEST or not word.isalpha() or word in self.targets or word in self.left_alone:
            return True
        english = english_words()
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return word in english or any(stem in english or stem + "e" in english for stem in stems)

    def _nearest(self, word: str) -> str:
        size = len(word)
        furthest = 1 if size < 6 else 2
        near: list[tuple[int, bool, int, str]] = []
        for length in range(size - furthest, size + furthest + 1):
            found = process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=furthest, limit=5
            )
            near += [(int(d), target[0] != word[0], -self.targets[target], target) for target, d, _ in found]
        if size == _SHORTEST:
            # Four letters are near too many words; only two swapped letters are certain.
            near = [item for item in near if sorted(item[3]) == sorted(word)]
        if not near:
            return word
        distance, other_first_letter, _, target = min(near)
        return word if distance == 2 and other_first_letter else target

    def as_dict(self) -> dict[str, object]:
        """Everything needed to make it again, for JSON."""
        return {
            "phone_words": dict(self.phone_words),
            "left_alone": sorted(self.left_alone),
            "targets": dict(self.targets),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Speller:
        """The speller that `as_dict` came from."""
        phone_words, left_alone, targets = stored["phone_words"], stored["left_alone"], stored["targets"]
        assert isinstance(phone_words, dict) and isinstance(left_alone, list) and isinstance(targets, dict)
        return cls(phone_words, frozenset(left_alone), targets)
