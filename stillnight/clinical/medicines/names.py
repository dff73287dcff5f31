"""Every name and every word for a kind, and what the words of a message can mean of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from stillnight.clinical.medicines.entries import Combination
from stillnight.clinical.medicines.everyday import Everyday
from stillnight.clinical.medicines.nearest import SHORTEST, Nearest, allowed, slips
from stillnight.clinical.medicines.register import Register
from stillnight.clinical.medicines.words import key
from stillnight.recent import recent

# Words for kinds are mended from this length: the short ones are near too much.
_SHORTEST_KIND: Final = 8
# From this length a name that was cut into words can be put together of everyday words (“met formin”).
_SURELY_CUT: Final = 9
# In names from this length the last “e” can be left out, as other languages do (“codein”).
_WITHOUT_E: Final = 6
# Words so short are everywhere, and so they are no sign of a name that was cut into pieces.
_SHORT: Final = 3
# Of the words behind amounts those that stand behind a bare name as well.
_AFTER_A_NAME: Final = frozenset({"at"})
_SPOKEN_WORDS: Final = 4
_SPOKEN_SLIPS: Final = 2
_SHORTEST_SPOKEN: Final = 11


@dataclass(frozen=True)
class Found:
    """How many words a name takes up, and the names (or the kind) that it can be."""

    words: int
    names: tuple[str, ...] = ()
    kind: str | None = None


class Names:
    """Looks up names. meaning: for each name the medicines; combined: for names of products that hold several."""

    def __init__(self, medicines: Register, own_words: Iterable[str] = ()) -> None:
        """Index every name. `own_words`: words of the project's field, which are no medicine."""
        self._register = medicines
        self.meaning: defaultdict[str, list[str]] = defaultdict(list)
        self.combined: dict[str, Combination] = {}
        self.shown: dict[str, str] = {}
        for medicine in medicines.medicines.values():
            for name in medicine.own_names:
                if medicine.name not in self.meaning[key(name)]:
                    self.meaning[key(name)].append(medicine.name)
                self.shown.setdefault(key(name), name)
        for combination in medicines.combinations.values():
            for name in combination.names:
                self.meaning[key(name)] = list(combination.holds)
                self.combined[key(name)] = combination
                self.shown[key(name)] = combination.name if _joined(name) == _joined(combination.name) else name
        self.kinds = {key(word): kind.key for kind in medicines.classes.values() for word in kind.called}
        known = (*self.meaning, *self.kinds)
        self.longest = max(max(len(name.split()) for name in known), _SPOKEN_WORDS)
        self._alike = {self._same(name.split()): name for name in reversed(known) if self._can_vary(name.split())}
        self._several = self._index(known)
        self._parts = frozenset(medicines.same_words).union(word for _, _, word in self._several)
        mendable = set(self._mendable())
        field = {*own_words, *medicines.same_words, *(word for kind in self.kinds for word in kind.split())}
        self.everyday = Everyday(field | medicines.others, medicines.everyday, {*self.meaning, *mendable})
        together = {name.replace(" ", ""): name for name in reversed(known) if " " in name or len(name) > _SHORT}
        self._run_together = {
            joined: name for joined, name in together.items() if joined in self.meaning or not self.everyday.has(joined)
        }
        self._nearest = Nearest(mendable, self._friends())

    def _same(self, words: Sequence[str]) -> str:
        return " ".join(self._register.same_words.get(word, word) for word in words)

    def _can_vary(self, words: Sequence[str]) -> bool:
        """Whether a word of this name stands for all words like it: “water tablets” does, “on the pill” does not."""
        return len(words) > 1 and any(self._stands_for_all(word) for word in words)

    def _stands_for_all(self, word: str) -> bool:
        return self._register.same_words.get(word) in (word, word.removesuffix("s"))

    @staticmethod
    def _index(known: Iterable[str]) -> dict[tuple[int, int, str], list[list[str]]]:
        """Names of several words, by how many they are, and by each word and its place."""
        several: defaultdict[tuple[int, int, str], list[list[str]]] = defaultdict(list)
        for name in known:
            words = name.split()
            for at, word in enumerate(words if len(words) > 1 else ()):
                several[len(words), at, word].append(words)
        return several

    def _mendable(self) -> Iterator[str]:
        yield from (name for name in self.meaning if name.isalpha() and len(name) >= SHORTEST)
        yield from (
            word for word in self.kinds if word.isalpha() and len(word) >= _SHORTEST_KIND and word not in self.meaning
        )

    def _friends(self) -> dict[str, set[str]]:
        friends: defaultdict[str, set[str]] = defaultdict(set)
        for group in self._register.friends:
            for name in group:
                friends[key(name)] |= {key(other) for other in group if other != name}
        return friends

    def at(self, ahead: Sequence[str]) -> Found | None:
        """What begins with the first of these words: the longest name that is spelt right, or else what is near."""
        for length in range(min(self.longest, len(ahead)), 0, -1):
            words = ahead[:length]
            if length > 1 and not self._may_be_several(words):
                continue
            if self._is_counted(words, ahead[length : length + 1]):
                continue
            name = self._exact(words) or (self._misspelt_phrase(words) if length > 1 else None)
            if name:
                return self._found(length, [name])
        names = self._misspelt(ahead[0])
        return self._found(1, names) if names else self._spoken(ahead)

    def _may_be_several(self, words: Sequence[str]) -> bool:
        """Whether words together can be a name at all: one of them stands in such a name, or they were cut apart."""
        return not self._parts.isdisjoint(words) or "".join(words) in self._run_together

    def _is_counted(self, words: Sequence[str], behind: Sequence[str]) -> bool:
        """Whether the last word says how many: “Tylenol 3 times a day” is not the product Tylenol 3."""
        counts = len(words) > 1 and len(words[-1]) == 1 and words[-1].isdigit() and " ".join(words[:-1]) in self.meaning
        return counts and not (self._register.amounts - _AFTER_A_NAME).isdisjoint(behind)

    def _found(self, length: int, names: Sequence[str]) -> Found:
        kind = next((self.kinds[name] for name in names if name in self.kinds and name not in self.meaning), None)
        return Found(length, kind=kind) if kind else Found(length, tuple(names))

    def _exact(self, words: Sequence[str]) -> str | None:
        spaced, joined = " ".join(words), "".join(words)
        for form in (spaced, spaced.removesuffix("s"), f"{spaced}e" if len(spaced) >= _WITHOUT_E else spaced):
            if (form in self.meaning and form not in self._register.everyday) or form in self.kinds:
                return form
        if len(words) > 1 and self._same(words) in self._alike:
            return self._alike[self._same(words)]
        cut = len(words) > 1 and (len(joined) >= _SURELY_CUT or not all(map(self.is_known, words)))
        if cut or " " in self._run_together.get(joined, ""):
            return self._run_together.get(joined)
        return None

    def _misspelt_phrase(self, words: Sequence[str]) -> str | None:
        """A name of several words with slips in some of them (“tylonol pm”); everyday words are not mended."""
        near: dict[float, str] = {}
        for at, word in enumerate(words):
            for name in self._several.get((len(words), at, word), ()):
                distance = self._apart(words, name)
                if distance is not None:
                    near.setdefault(distance, " ".join(name))
        return near[min(near)] if near else None

    def _apart(self, words: Sequence[str], name: Sequence[str]) -> float | None:
        """Slips between what was typed and a name of as many words; None when one of them is another word."""
        slips = 0.0
        for typed, right in zip(words, name):
            between = self._between(typed, right)
            if between is None:
                return None
            slips += between
        return slips

    def _between(self, typed: str, right: str) -> float | None:
        same = self._register.same_words
        if typed == right or (self._stands_for_all(right) and same.get(typed) == same[right]):
            return 0
        if len(typed) < SHORTEST or self.everyday.has(typed):
            return None
        distance = OSA.distance(typed, right)
        return distance if distance <= min(allowed(typed), allowed(right)) else None

    @recent
    def _misspelt(self, word: str) -> tuple[str, ...]:
        if not word.isalpha() or self.everyday.has(word):
            return ()
        for form in dict.fromkeys((word, word.removesuffix("s"))):
            names = self._nearest.to(form) if len(form) >= SHORTEST else []
            if names and not self.everyday.explains(form, *slips(form, names[0])):
                return tuple(names)
        return ()

    def _spoken(self, ahead: Sequence[str]) -> Found | None:
        """A name that a telephone heard as several words: “prammy pex all”."""
        best: tuple[float, Found] | None = None
        if self.is_known(ahead[0]):
            return None
        for length in range(2, min(_SPOKEN_WORDS, len(ahead)) + 1):
            joined = "".join(ahead[:length])
            if len(joined) < _SURELY_CUT or not joined.isalpha() or any(map(self._is_real_word, ahead[1:length])):
                continue
            is_long = len(joined) >= _SHORTEST_SPOKEN
            for name in self._nearest.heard_as(joined, _SPOKEN_SLIPS if is_long else 1):
                distance = OSA.distance(joined, name)
                is_near = abs(len(joined) - len(name)) if is_long else distance
                if is_near <= _SPOKEN_SLIPS and (best is None or distance < best[0]):
                    best = distance, self._found(length, [name])
        return best[1] if best and not self.everyday.explains(ahead[0], 1, 0) else None

    def _is_real_word(self, word: str) -> bool:
        return len(word) >= SHORTEST and self.everyday.has(word)

    def is_known(self, word: str) -> bool:
        """Whether a word stands for itself: a short one, a number, an everyday word, or a name."""
        return len(word) <= _SHORT or not word.isalpha() or self.everyday.has(word) or word in self.meaning


def _joined(name: str) -> str:
    return key(name).replace(" ", "")
