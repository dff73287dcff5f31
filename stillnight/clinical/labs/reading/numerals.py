"""Numbers as people write them: digits of several scripts, decimal comma, thousands, and words.

Written by hand: number libraries read either digits or words of one language, and none says where in the text it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Letters may touch the number (“Hgb13.4”): whoever reads it looks whether they are a name.
_DIGITS: Final = re.compile(
    r"(?<![\d.])(?<!\d,)"
    r"((?<![a-z])(?<!\bb[- ])\d{1,3}(?:[,']\d{3}| \d{3}(?!\s*-))+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
    r"(?![.,]?\d)"
)
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[,' ]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA: Final = re.compile(r"(?<![\d,.])\d+,\d{1,2}(?![\d,])")
_UNITS: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40}
_JOINED: Final = {f"{ten}{unit}": a + b for ten, a in _TENS.items() for unit, b in _UNITS.items() if 0 < b < 10}
_SCALES: Final = {"hundred": 100, "thousand": 1000}
_POINT: Final = frozenset({"point", "comma", "dot"})
_NOUGHT: Final = {"oh": 0, "nought": 0, "naught": 0, "o": 0}
_WORD: Final = re.compile(r"[a-z]+")
# “mine now, all three”, “the two of them”: so many values, and no value.
_COUNTED: Final = re.compile(r"\ball(?: of)?(?: the| my| these| those)?\s+$")
_COUNTED_MAX: Final = 9
_OF_THEM: Final = re.compile(r"\s+of\s+(?:them|these|those|us|mine)\b")
# Words that are numbers only beside others: “the one”, “a second”.
_WEAK: Final = frozenset({"one", "zero"})


@dataclass(frozen=True)
class Numeral:
    """A number and the characters where it stands."""

    value: float
    start: int
    end: int


def same_length(text: str) -> str:
    """Small letters and European digits, every character where it was: so that places stay true."""
    if text.isascii():
        return text.lower()
    return "".join(_char(char) for char in text)


def _char(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char) == "Cs":
        # Half of a surrogate pair: spaCy takes none.
        return " "
    folded = unicodedata.normalize("NFKC", char).lower()
    return {"μ": "u", "µ": "u", "٫": ".", "٬": ",", "’": "'", "–": "-", "—": "-", "−": "-"}.get(
        folded, folded if len(folded) == 1 else char.lower()[:1] or " "
    )


def numerals(plain: str) -> Iterator[Numeral]:
    """Every number of a text that went through `same_length`, in order."""
    # Where one comma is a decimal one (“0,84”), all are.
    decimal = bool(_DECIMAL_COMMA.search(plain))
    found = [Numeral(_digits(match[1], decimal), match.start(1), match.end(1)) for match in _DIGITS.finditer(plain)]
    found += _in_words(plain)
    yield from (each for each in sorted(found, key=lambda numeral: numeral.start) if not _counts(plain, each))


def _counts(plain: str, numeral: Numeral) -> bool:
    """Whether a number only says how many are meant."""
    if numeral.value not in range(2, _COUNTED_MAX + 1):
        return False
    return bool(_COUNTED.search(plain, 0, numeral.start) or _OF_THEM.match(plain, numeral.end))


def _digits(written: str, decimal_comma: bool) -> float:
    if _THOUSANDS.fullmatch(written) and not (decimal_comma and "," in written):
        return float(re.sub(r"[,' ]", "", written))
    return float(written.replace(",", "."))


def _in_words(plain: str) -> Iterator[Numeral]:
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain)]
    at = 0
    while at < len(words):
        length, value = _longest([word for word, _, _ in words[at : at + 12]])
        joined = all(
            set(plain[words[place][2] : words[place + 1][1]]) <= {" ", "-"} for place in range(at, at + length - 1)
        )
        if length and joined and not (length == 1 and words[at][0] in _WEAK):
            yield Numeral(value, words[at][1], words[at + length - 1][2])
        at += max(length, 1)


def _longest(words: list[str]) -> tuple[int, float]:
    """How many words make up a number, and which; 0 words when none do."""
    spelled = _spelled(words)
    if spelled > 2:
        # “one three five”
        return spelled, float("".join(str({**_UNITS, **_NOUGHT}[word]) for word in words[:spelled]))
    total, current, used, at = 0, 0, 0, 0
    seen = False
    while at < len(words):
        word = words[at]
        if word in _UNITS and (not seen or current % 10 == 0 or words[at - 1] in ("and", "hundred", "thousand")):
            current += _UNITS[word]
        elif (word in _TENS or word in _JOINED) and (not seen or current % 100 == 0):
            current += _TENS.get(word) or _JOINED[word]
        elif at == 1 and current < 10 and (word in _TENS or _UNITS.get(word, 0) > 9):
            # “one twenty three” is a hundred and twenty three.
            current = current * 100 + (_TENS.get(word) or _UNITS[word])
        elif word in _SCALES and (seen or word == "hundred"):
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        elif (word == "a" and at + 1 < len(words) and words[at + 1] in _SCALES and not seen) or (
            word == "and" and seen and words[at - 1] in _SCALES
        ):
            at += 1
            continue
        else:
            break
        seen, at = True, at + 1
        used = at
    value = float(total + current)
    if used < len(words) and words[used] in _POINT and (seen or words[used] == "point"):
        digits = ""
        for word in words[used + 1 :]:
            if word in _UNITS and _UNITS[word] < 10:
                digits += str(_UNITS[word])
            elif word in _NOUGHT:
                digits += "0"
            elif word in _TENS or (word in _UNITS and not digits):
                digits += str(_TENS.get(word, _UNITS.get(word)))
            else:
                break
        if digits:
            count = sum(1 for _ in _taken(words[used + 1 :], digits))
            return used + 1 + count, float(f"{int(value)}.{digits}")
    return used, value


def _spelled(words: list[str]) -> int:
    """How many single digits follow one another."""
    return next((at for at, word in enumerate(words) if _UNITS.get(word, 10) > 9 and word != "oh"), len(words))


def _taken(words: list[str], digits: str) -> Iterator[str]:
    made = ""
    for word in words:
        if made == digits:
            return
        made += str(_NOUGHT.get(word, _TENS.get(word, _UNITS.get(word, ""))))
        yield word
