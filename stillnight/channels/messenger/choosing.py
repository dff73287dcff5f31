"""Which option somebody meant who typed instead of pressing.

In doubt none: what is taken for a choice is not read any more, and “I am unsafe now” is no typo of “I am safe now”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from stillnight.channels.messenger.outgoing import Option
from stillnight.language.spelling import english_words
from stillnight.language.text import folded, normalized

_CARDINALS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS: Final = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words, 1)}
_LAST: Final = "last"

_DIGITS: Final = r"\d{1,2}"
_COUNT: Final = rf"(?:{_DIGITS}|{'|'.join(_CARDINALS)})"
_PLACE: Final = rf"(?:{_DIGITS}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}|{_LAST})"
# Not “I take 2”, which tablets are counted with.
_VERB: Final = r"(?:(?:i )?(?:want|choose|pick)|i'd like|i would like|i'?ll take|give me) "
_THING: Final = r"(?:option|choice|button)"
# These say that an option is meant.
_SURE: Final = re.compile(
    rf"(?:{_VERB})?(?:the )?{_THING} ?#? ?(?P<count>{_COUNT})"
    rf"|(?:{_VERB})?(?:the )?(?P<place>{_PLACE}) {_THING}"
    rf"|# ?(?P<digits>{_DIGITS})"
)
# These may as well answer a question.
_LIKELY: Final = re.compile(
    rf"(?P<bare>{_COUNT})"
    rf"|(?:{_VERB}|no\.? ?)(?P<digits>{_DIGITS})"
    rf"|(?:{_VERB})?(?:the )?(?:number|num|nr\.?|answer) ?(?P<count>{_COUNT})"
    rf"|(?:{_VERB})?(?:the )?(?P<place>{_PLACE})(?: one)?"
)
_LED: Final = re.compile(rf"\W*(?P<number>{_DIGITS})(?:[.):]|\s)\s*(?P<title>\D.*)")
_POLITE: Final = re.compile(r"^please\b[\s,]*|[\s,.!]*\b(?:please|pls|plz|thanks|thank you|thx)[\s.!]*$")
_AROUND: Final = " \t'\"“”‘’([{.,:;!?)]}*_"
_WORD: Final = re.compile(r"[^\W_]+")
# Of “Yes, delete it” the first word says it all. Of “Coffee, tea and alcohol” it does not.
_ENOUGH: Final = frozenset({("yes",), ("no",)})
# The sign that makes an emoji of “1” is none of the marks that `folded` leaves out.
_KEYCAP: Final = "\N{COMBINING ENCLOSING KEYCAP}"

# Slips: so many letters of a word, in words that are long enough to be told from others, and in no number.
_SLIP_SHORTEST: Final = 4
_SLIPS_OF_SHORT: Final = 1
_SLIPS_OF_LONG: Final = 2
_LONG: Final = 8
_ALIKE_MIN: Final = 0.85


def chosen(text: str, offered: Sequence[Option], numbers: bool = True) -> Option | None:
    """The option that was typed: its number, its title, or its title with a slip; None when it may be something else.

    Args:
        text: what was typed.
        offered: the options of the last answer, in the order of their numbers, with whole titles.
        numbers: whether a number by itself (“2”, “the second one”) is a choice. Where something was asked that a number
            could answer, only “option 2”, “#2” and titles are.
    """
    most = max((len(option.title) for option in offered), default=0)
    if not offered or len(text) > 2 * most + 40:
        return None
    said = _POLITE.sub("", folded(normalized(text)).replace(_KEYCAP, "").strip(_AROUND)).strip(_AROUND)
    for way in (text, said):
        named = _named(_words(way), offered)
        if named:
            return named[0] if len(named) == 1 else None
    led = _LED.fullmatch(said)
    if led:
        option = _of_number(int(led["number"]), offered)
        return option if option in _named(_words(led["title"]), offered) else None
    number = _number(said, len(offered), numbers)
    return _of_number(number, offered) if number is not None else _misspelt(_words(said), offered)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(normalized(text)).replace("'", "")))


def _named(words: tuple[str, ...], offered: Sequence[Option]) -> list[Option]:
    """Options of just this title, whatever its spaces and signs; for “yes” and “no” also what goes on after them."""
    together = "".join(words)
    named = [option for option in offered if together and "".join(_words(option.title)) == together]
    if not named and words in _ENOUGH:
        return [option for option in offered if _words(option.title.partition(",")[0]) == words]
    return named


def _number(said: str, options: int, numbers: bool) -> int | None:
    match = _SURE.fullmatch(said) or (_LIKELY.fullmatch(said) if numbers else None)
    if match is None:
        return None
    word = next(filter(None, match.groups()))
    if word == _LAST:
        return options
    digits = re.match(_DIGITS, word)
    return int(digits.group()) if digits else _NUMBERS[word]


def _of_number(number: int, offered: Sequence[Option]) -> Option | None:
    return offered[number - 1] if 0 < number <= len(offered) else None


def _misspelt(words: tuple[str, ...], offered: Sequence[Option]) -> Option | None:
    slips = [(_slips(words, _words(option.title)), option) for option in offered]
    near = sorted((count for count, _ in slips if count is not None))
    if not near or near.count(near[0]) > 1:
        return None
    return next(option for count, option in slips if count == near[0])


def _slips(typed: tuple[str, ...], title: tuple[str, ...]) -> int | None:
    """How many letters are wrong, None when more is different than slips.

    Word by word, since a word more or less (“not”) turns a sentence round. A word that English knows is no slip.
    """
    if not typed or len(typed) != len(title):
        return None
    slips = 0
    for word, meant in zip(typed, title):
        if word == meant:
            continue
        allowed = _SLIPS_OF_LONG if len(meant) >= _LONG else _SLIPS_OF_SHORT
        distance = OSA.distance(word, meant, score_cutoff=allowed)
        if distance > allowed or len(meant) < _SLIP_SHORTEST or not (word + meant).isalpha() or _is_word(word):
            return None
        slips += distance
    letters = len(" ".join(title))
    return slips if 1 - slips / letters >= _ALIKE_MIN else None


def _is_word(word: str) -> bool:
    return word in english_words() or word.removesuffix("s") in english_words()
