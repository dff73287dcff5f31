"""Range bars of all labs, for the tests of the bar, its words and its pictures."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from stillnight.clinical.labs.bar.model import Bar, BarWords, bar_of
from stillnight.clinical.labs.bar.words import number
from stillnight.clinical.labs.definitions import MAN, WOMAN, Lab, Range, lab_definitions

LABS = lab_definitions()
WORDS = BarWords(
    usual="usual range",
    own="your lab's range",
    under="low for restless legs",
    line="restless legs line",
    preferred="some clinics aim for",
    value="you",
    beyond="beyond the picture",
    below="below {range}",
    inside="inside {range}",
    above="above {range}",
    at="on {range}",
    span="{low} to {high}",
)


def bar(lab: str, value: float, said: str | None = None, **known: Any) -> Bar:
    return bar_of(LABS[lab], value, said or f"{number(value)} {LABS[lab].unit}", **known)


def near(lab: Lab) -> st.SearchStrategy[float]:
    """Values in the picture and far beyond it."""
    wide = lab.scale.high - lab.scale.low
    ends = [lab.scale.low, lab.scale.high, *(end for each in lab.usual.values() for end in (each.low, each.high))]
    return st.one_of(
        st.floats(lab.scale.low, lab.scale.high),
        st.floats(lab.scale.low - 5 * wide, lab.scale.high + 50 * wide),
        st.sampled_from(ends),
    )


@st.composite
def bars(draw: st.DrawFn, comparators: tuple[str | None, ...] = (None, "<", "<=", ">", ">=")) -> Bar:
    lab = draw(st.sampled_from(list(LABS.values())))
    value, comparator = round(draw(near(lab)), 2), draw(st.sampled_from(comparators))
    # Narrow ones at the ends of the picture leave the least room for their numbers.
    low, high = lab.scale.low, lab.scale.high
    narrow = st.sampled_from([Range(low + 0.01, low + 0.02), Range(high - 0.02, high - 0.01)])
    wide = st.tuples(near(lab), near(lab)).map(lambda ends: Range(*sorted(round(end, 2) for end in ends)))
    own = draw(st.none() | narrow | wide)
    said = draw(st.sampled_from(["", "less than ", "between this and that and a little more, about "]))
    sex = draw(st.sampled_from([None, WOMAN, MAN]))
    return bar_of(lab, value, f"{said}{number(value)} {lab.unit}", comparator, sex, own)
