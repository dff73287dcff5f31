"""A short run of what `make fuzz` does for hours, and every input that once broke a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.campaign import broken, noted, run
from tests.fuzz.targets import TARGETS, Target

# By target: what was found, so that it is not found again.
FOUND = (
    ("labs", "ferilowtin 29 ng/ml and he1M-ragl\udcf2obi b vwelve/dl"),
    ("labs", "Mg 0.9" * 1_000),
    ("labs", "0 " * 2_000),
    ("labs", "18 " + "\t" * 4_000 + "x"),
    ("red_flags", "*" * 2_000 + "a$"),
    ("red_flags", "*" * 20_000),
    ("red_flags", "Ã³" * 10_000),
    ("long_text", "*"),
    ("twilio", "MessageSid=SM1&From=whatsapp%3A%2B447700900123&Body=%ED%A0%80\udcff"),
)
CASES = 1_000
SECONDS = 20


@pytest.mark.parametrize(("name", "text"), FOUND, ids=[f"{name}-{place}" for place, (name, _) in enumerate(FOUND)])
def test_what_once_broke_a_reader_does_so_no_more(name: str, text: str) -> None:
    TARGETS[name].read(b"")
    assert broken(TARGETS[name], text.encode("utf-8", "surrogatepass")) == ""


@pytest.mark.parametrize("name", ["labs", "cloud", "twilio"])
def test_nothing_is_found_in_a_short_run(name: str, tmp_path: Path) -> None:
    outcome = run(name, tmp_path, CASES, SECONDS)
    assert not outcome.told and not outcome.faults, (outcome.told[-2_000:], outcome.faults)
    assert outcome.cases > 0
    assert noted(tmp_path, [outcome]) == {name: outcome.cases}
    assert noted(tmp_path, [outcome]) == {name: 2 * outcome.cases}


def test_what_breaks_a_reader_is_told() -> None:
    def read(data: bytes) -> None:
        raise UnicodeError(f"{len(data)} bytes")

    target = Target(read, list, list, "stillnight")
    assert broken(target, b"abc") == "UnicodeError: 3 bytes"
