"""Numbers that can be no value: amounts, ages, counts, limits, and what is only asked in general."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import (
    BREAK,
    BUILT,
    DATE,
    LAB,
    MINE,
    NAMES,
    NUMBER,
    OWNER,
    RANGE,
    THING,
    Mark,
)

_BARE_UNIT: Final = re.compile(r"\s*:|\s*/(?!\s*(?:kg|day|d\b|dose|week|tab))")
_TOTAL: Final = re.compile(
    r"\s*(?:[a-z]+\s+){0,3}(?:in total|altogether)\b|"
    r"\s*(?:(?:periodic|legs?|limbs?|movements?|kicks?|jerks?|twitch\w*|times)\s+)+"
    r"(?:a|per|each|every|all) (?:night|day|minute)\b|"
    r"\s*(?:x\s*)?(?:(?:a|per|each|every)\s+(?:day|night|week|month)|daily|nightly)\b"
)
_OWN: Final = re.compile(r"\b(?:my|mine|came back|i got)\b")
_ASKED: Final = re.compile(r"\b(?:what|if|does|do|why|how|anything|anyone|someone|people|adults|kids)\b")
# “my friend said under 7 is an emergency”
_SAID: Final = re.compile(r"\b(?:friend|mate|colleague|neighbou?r|boss)s?\b.*\b(?:said|says|told|reckons|thinks)\b")
_BECAUSE: Final = re.compile(r"\b(?:because|cos|cause|but|since|and now|although)\b")
_AIMS: Final = frozenset({"aim", "aims", "target", "goal", "should", "must", "ought"})
_AIMED: Final = re.compile(r"\b(?:to be|be|at least|up to|get to|get it to|reach|to see)\s*$")
_TIME_OF_DAY: Final = re.compile(
    r"\s*(?:in the (?:morning|evening|afternoon|night)|o'?clock|tonight|tomorrow|at night)\b"
)
_AGE: Final = re.compile(
    r"\b(?:i|he|she|who)(?:'?m| was| am| is|'s)?(?: now| only| just| turned)?\s*$|\b(?:turned|turning|i\s*\()\s*$|"
    r"\b(?:diagnosed|born|started|began)\s+(?:at|when|in)\s*$"
)
# “the normal range in women over 60”
_AGED: Final = re.compile(
    r"\b(?:wom[ae]n|m[ae]n|people|adults|ladies|males?|females?|patients|anyone|someone|persons?)\s+"
    r"(?:aged\s+)?(?:over|under|above|below|past)\s*$"
)
# “was it 11 or 12”
_WHICH_WAS_IT: Final = re.compile(r"\b(?:was|is)\s+(?:it|that)\s+(?:[\d.,]+\s+or\s+)?$")
_LISTED_BEFORE: Final = re.compile(r"[a-z]\s*/\s*[a-z]+\d*\s*[=:]?$")
_TESTS: Final = re.compile(
    r"\s+(?:blood\s+)?(?:tests|results|checks|shots|injections|readings|jabs|tablets?|pills?|tabs?|capsules?|caps?|gummy"
    r"|gummies|drops|sprays?|sachets?|patches|supplements?)\b"
)
# “been on 400 of mag”
_TAKEN: Final = re.compile(r"\b(?:takes?|taking|took|taken|been on|swallow(?:ed|ing)?)(?: (?:about|only|just))?\s*$")
_OF: Final = re.compile(r"\s+of\s+")
_CLOCK: Final = re.compile(r"\s*,?\s*at\s*")
# “45 is the top of the range”
_IS_LIMIT: Final = re.compile(
    r"[\s.,;-]*(?:no|actually|sorry|wait|oh)?[\s,]*(?:that'?s|that is|which is|is|was|'s|being)\s+"
    r"(?:just |only )?the\s+"
    r"(?:top|bottom|upper|lower|limit|cut|end|maximum|minimum|normal|range|lab's)\b"
)
_FOR: Final = re.compile(r"\s+(?:for|of|on|in)\b")
_LIMITS: Final = frozenset({"lower limit", "upper limit", "limit", "minimum", "maximum"})
_MONEY: Final = re.compile(
    r"\d\s*(?:euros?|eur|€|£|\$|quid|dollars?|pounds?|rupees?|rs\b|bucks|naira|pesos?|reais|rand|shillings?|dirhams?|zloty|lira|francs?|yen|yuan|kr\b)|[€£$]\s*\d"
)
_COSTS: Final = re.compile(r"\b(?:for|costs?|is|another|extra)\s*$")
_LEADING_ZERO: Final = re.compile(r"0\d+(?![.,]\d)")
_SLASHED: Final = re.compile(r"\s*/\s*\d{1,2}\b(?!/|\.?\d)")
_TOTAL_OF: Final = re.compile(r"\btotal of\s*$")
_TO_AMOUNT: Final = re.compile(r"\s*(?:to|or|-)\s*[\w.]+\s*")
_WORD_AHEAD: Final = re.compile(r"\s+([a-z]+)")
# A small number in words before a noun counts things: “two websites”.
_COUNTED_BELOW: Final = 51
_NO_NOUNS: Final = frozenset(
    [
        "units",
        "this",
        "does",
        "thats",
        "legs",
        "yours",
        "hers",
        "theirs",
        "perhaps",
        "always",
        "thanks",
        "plus",
        "less",
        "sometimes",
        "versus",
        "sats",
        "whats",
    ]
)
_ORDER_NUMBER: Final = 1_000_000
_OLDEST: Final = 110
_DOSE_WORDS_MAX: Final = 2


# “came back normal at 45”: somebody's word on the value, not the range beside it.
_CALLED_NORMAL: Final = re.compile(
    r"\bnormal(?: range| limits?)?[\s,(]*(?:at|with)(?: only| just)?\s+$"
    r"|\b(?:came (?:back|out)|is|was|its|it's|be|as|called|said|says)(?: \w+)? normal(?: range| limits?)?[\s,:(-]*$"
)


def sifted(text: Text) -> Text:
    """The same message without the numbers that are no value, and without the medicines that explained some of them."""
    kept: list[Mark] = []
    for mark in text.marks:
        if mark.what == NUMBER and _is_no_value(text, kept, mark):
            dose = text.cue_behind(mark, ("amounts",), 0) is not None and _is_amount(text, mark)
            if dose and kept and kept[-1].what == LAB and not text.gap(kept[-1].end, mark.start):
                # “magnesium 400 mg” is a supplement.
                kept.pop()
            continue
        kept.append(mark)
    return Text(text.plain, [mark for mark in kept if mark.what != THING])


def _is_no_value(text: Text, kept: Sequence[Mark], mark: Mark) -> bool:
    before = [each for each in kept if each.what in BUILT]
    last = before[-1].end if before else 0
    clause = next((each.end for each in reversed(before) if each.what in (NUMBER, RANGE, BREAK)), 0)
    sentence = next((each.end for each in reversed(before) if each.what == BREAK), 0)
    told = max((each.end for each in text.marks if each.what == NUMBER and each.end <= mark.start), default=0)
    since_last = text.kinds(max(last, told), mark.start)
    printed = "reference" in since_last and not _CALLED_NORMAL.search(text.plain[: mark.start])
    own = printed and {"instead", MINE} & set(since_last[since_last.index("reference") :])
    return (
        _is_amount(text, mark)
        or _is_count(text, mark, last)
        or _is_age_or_day(text, mark)
        or _is_dose(text, kept, mark)
        or _is_persons_age(text, mark)
        or bool(_LEADING_ZERO.match(text.plain, mark.start))
        or bool(_IS_LIMIT.match(text.plain, mark.end))
        or _is_price(text, mark, sentence)
        or bool(before and before[-1].what == DATE and _CLOCK.fullmatch(text.plain[last : mark.start]))
        or (printed and not own)
        or _is_limit(text, clause, mark)
        or _is_wanted(text, mark, clause)
        or _is_general(text, mark, sentence)
        or bool(mark.comparator and text.cue_behind(mark, ("general",), 3))
    )


def _is_limit(text: Text, start: int, mark: Mark) -> bool:
    """“the lower limit for ferritin is 30”."""
    cues = text.cues(start, mark.start)
    limits = [cue for cue in cues if cue.what == "reference" and cue.key in _LIMITS]
    if not limits or not _FOR.match(text.plain, limits[-1].end):
        return False
    return not any(cue.what in ("instead", "past", MINE) and cue.start > limits[-1].start for cue in cues)


def _is_price(text: Text, mark: Mark, start: int) -> bool:
    """“a ferritin test for 39 euro and haemoglobin for 5”."""
    _, end = text.sentence(mark.start)
    return not mark.unit and bool(_COSTS.search(text.plain[: mark.start]) and _MONEY.search(text.plain[start:end]))


def _is_wanted(text: Text, mark: Mark, start: int) -> bool:
    """“they want my ferritin above 100”."""
    cues = text.cues(start, mark.start)
    wanted = next((cue for cue in reversed(cues) if cue.what == "wanted"), None)
    if wanted is None or {"instead", "past"} & {cue.what for cue in cues} or text.cue_behind(mark, ("newer",)):
        return False
    # “i need help my hb is 6.5” wants no number.
    aimed = wanted.key in _AIMS or bool(_AIMED.search(text.plain[: mark.start]))
    if not (mark.comparator or aimed):
        return False
    return not _BECAUSE.search(text.plain[wanted.end : mark.start])


def _is_general(text: Text, mark: Mark, start: int) -> bool:
    """“what would be a dangerous creatinine, like 2”."""
    kinds, before = text.kinds(start, mark.start), text.plain[start : mark.start]
    if mark.comparator and _SAID.search(before):
        return True
    if _OWN.search(before) or "instead" in kinds:
        return False
    if _WHICH_WAS_IT.search(before) and re.search(r"\d\s+or\s+\d", text.plain[start:]):
        return True
    asked = bool(mark.comparator) and bool(_ASKED.search(before))
    return "general" in kinds or asked or text.cue_behind(mark, ("general",), 0) is not None


def _is_amount(text: Text, mark: Mark) -> bool:
    if mark.unit:
        return False
    if any(pattern.match(text.plain, mark.end) for pattern in (_TOTAL, _TIME_OF_DAY)):
        return True
    if _TOTAL_OF.search(text.plain[: mark.start]):
        return True
    # “two to three tablets”
    to = _TO_AMOUNT.match(text.plain, mark.end)
    if to and any(cue.start == to.end() and cue.what in ("amounts", "spans") for cue in text.marks):
        return True
    after = text.cue_behind(mark, ("amounts", "spans"), 0)
    if after is None or any(each.what in NAMES and each.start <= after.start < each.end for each in text.marks):
        return False
    if after.key == "y" and not mark.value.is_integer():
        # The Spanish “and”.
        return False
    return not text.plain[mark.end : after.start].strip(" -") and not _BARE_UNIT.match(text.plain, after.end)


def _is_age_or_day(text: Text, mark: Mark) -> bool:
    """“I was 11 when”, “due 3/12”, an order number."""
    if mark.unit:
        return False
    if _AGED.search(text.plain[: text.plain.rfind(" ", 0, mark.end) + 1]):
        return True
    if mark.comparator:
        return False
    if mark.value >= _ORDER_NUMBER:
        return True
    before = text.plain[: mark.start]
    whole = mark.value.is_integer() and 0 < mark.value <= _OLDEST
    return whole and (bool(_AGE.search(before)) or _is_slashed(text, mark))


def _is_slashed(text: Text, mark: Mark) -> bool:
    """Half of “6/11” or “13/24”: a day or a score, unless tests stand in front that are written so too."""
    before = text.plain[: mark.start]
    if not (before.endswith("/") or _SLASHED.match(text.plain, mark.end)):
        return False
    return not _LISTED_BEFORE.search(before.rstrip("0123456789/. "))


def _is_dose(text: Text, kept: Sequence[Mark], mark: Mark) -> bool:
    """Whether a medicine stands right before it: “pregabalin 75”."""
    named_behind = any(each.what == THING and each.start == mark.end + 1 for each in text.marks)
    if mark.unit and "/" not in mark.unit and named_behind:
        # “75 mcg levothyroxine”
        return True
    thing = next((each for each in reversed(text.marks) if each.end <= mark.start and each.what in BUILT), None)
    if thing is None or thing.what != THING or "/" in mark.unit:
        return False
    words = text.gap(thing.end, mark.start)
    name = next((each for each in reversed(kept) if each.what in BUILT and each.what != THING), None)
    if name is not None and name.what == LAB and {"is", "was"} & set(words):
        # “TSH on levothyroxine is 2.6”
        return False
    return len(words) <= _DOSE_WORDS_MAX and "and" not in words


def _is_persons_age(text: Text, mark: Mark) -> bool:
    """“my son (14)”."""
    if not mark.bracketed or mark.unit or text.plain[mark.end : mark.end + 1] not in (")", "]"):
        return False
    return any(cue.what == OWNER and text.plain[cue.end : mark.start].strip() in ("(", "[") for cue in text.marks)


def _is_count(text: Text, mark: Mark, last: int) -> bool:
    counts = [cue for cue in text.cues(last, mark.start) if cue.what == "counts"]
    if counts and not mark.unit and not text.plain[counts[-1].end : mark.start].strip(" .:#"):
        return True
    ahead = _WORD_AHEAD.match(text.plain, mark.end)
    name = next((each for each in text.marks if each.what in NAMES and ahead and each.start == ahead.start(1)), None)
    if name and (_TESTS.match(text.plain, name.end) or _is_several(text, mark, name)):
        return True
    of = _OF.match(text.plain, mark.end)
    if of and _TAKEN.search(text.plain[: mark.start]) and any(each.start == of.end() for each in text.marks):
        return True
    if not ahead or mark.unit or mark.comparator or mark.value >= _COUNTED_BELOW or not mark.value.is_integer():
        return False
    named = any(each.start <= ahead.start(1) < each.end and each.what in NAMES for each in text.marks)
    return ahead[1].endswith("s") and len(ahead[1]) > 3 and not named and ahead[1] not in _NO_NOUNS


def _is_several(text: Text, mark: Mark, name: Mark) -> bool:
    """“my two ferritins”."""
    return text.plain[mark.start : mark.end].isalpha() and text.plain[name.start : name.end].endswith("s")
