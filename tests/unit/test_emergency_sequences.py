"""An emergency over a whole conversation, whatever is said in it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.emergency import Answer, Move, Safety, step
from stillnight.clinical.red_flags.finder import RedFlag, red_flag_finder

DANGERS = [
    red_flag_finder().flag(name)
    for name in ("chest_pain_stroke_breathing", "overdose", "self_harm", "clot", "impulse_control_urges")
]
FLAGS = st.lists(st.sampled_from(DANGERS), max_size=3)
MESSAGES = st.lists(
    st.tuples(
        FLAGS,
        st.sampled_from([None, *Answer]),
        st.lists(st.sampled_from(["ferritin", "tsh"]), max_size=2),
        st.booleans(),
    ),
    max_size=12,
)


@settings(derandomize=True, deadline=None, database=None, max_examples=500)
@given(MESSAGES)
def test_open_emergency_ends_only_by_safe_or_misunderstood(
    messages: list[tuple[list[RedFlag], Answer | None, list[str], bool]],
) -> None:
    safety = Safety()
    for flags, answer, labs, certain in messages:
        done = step(safety, flags, answer, labs, certain)
        ended = done.move in {Move.SAFE, Move.MISUNDERSTOOD}
        if safety.open:
            assert done.move is not Move.ANSWER
            assert (done.safety.open is None) == ended == (done.closed is not None)
        else:
            assert not ended
            assert (done.move is Move.ANSWER) == (not flags)
        assert (done.flag is not None) == (done.move in {Move.RAISE, Move.REMIND})
        assert Safety.from_dict(json.loads(json.dumps(done.safety.as_dict()))) == done.safety
        safety = done.safety
