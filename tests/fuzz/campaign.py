"""Runs targets one after the other and tells what was found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stillnight.paths import PROJECT
from tests.fuzz.targets import TARGETS, Target

# Of the processor, for one input.
SECONDS_MOST: Final = 1.0
# A reader that hangs altogether is ended by libFuzzer.
_HANGS_SECONDS: Final = 60
_SECONDS_ON_TOP: Final = 600
_MEMORY_MB: Final = 4_096
_DONE: Final = re.compile(r"^Done (\d+) runs|^#(\d+)\s", re.MULTILINE)
_FOUND: Final = "crash-*", "timeout-*", "oom-*", "slow-*"
_LEDGER: Final = "cases.json"


@dataclass(frozen=True)
class Outcome:
    """What came of one target. cases: inputs that were read. faults: files with inputs that break it, and how."""

    name: str
    cases: int
    seconds: float
    faults: tuple[tuple[Path, str], ...]
    told: str


def run(name: str, folder: Path, cases: int, seconds: int) -> Outcome:
    """Fuzz one target, going on with what earlier runs kept in `folder`.

    Args:
        name: of the target.
        folder: for its corpus, and for what breaks it.
        cases: at most so many inputs.
        seconds: at most so long.
    """
    target, corpus, found = TARGETS[name], folder / name / "corpus", folder / name / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    _sow(target, corpus)
    dictionary = folder / name / "words.dict"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words()), encoding="ascii")
    command = [sys.executable, "-m", "tests.fuzz.child", name, target.watched, str(found)]
    command += [str(corpus), f"-dict={dictionary}"]
    command += [f"-runs={cases}", f"-max_total_time={seconds}", f"-max_len={target.length}", "-print_final_stats=1"]
    command += [f"-timeout={_HANGS_SECONDS}", f"-rss_limit_mb={_MEMORY_MB}", f"-artifact_prefix={found}/"]
    began = time.monotonic()
    ended = subprocess.run(
        command,
        cwd=PROJECT,
        capture_output=True,
        timeout=seconds + _SECONDS_ON_TOP,
        check=False,
    )
    told = (ended.stdout + ended.stderr).decode("utf-8", "replace")
    read = max((int(first or second) for first, second in _DONE.findall(told)), default=0)
    faults = tuple((path, fault) for path in _inputs(found) if (fault := broken(target, path.read_bytes())))
    well = read and (faults or not ended.returncode)
    return Outcome(name, read, time.monotonic() - began, faults, "" if well else told)


def broken(target: Target, data: bytes) -> str:
    """How an input breaks a reader, in one line; blank when it does not."""
    began = time.process_time()
    try:
        target.read(data)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    spent = time.process_time() - began
    return f"takes {spent:.1f} s" if spent > SECONDS_MOST else ""


def noted(folder: Path, outcomes: Iterable[Outcome]) -> dict[str, int]:
    """All cases by target, those of earlier runs too."""
    ledger = folder / _LEDGER
    cases: dict[str, int] = json.loads(ledger.read_text(encoding="utf-8")) if ledger.is_file() else {}
    for outcome in outcomes:
        cases[outcome.name] = cases.get(outcome.name, 0) + outcome.cases
    ledger.write_text(json.dumps(cases, indent=2, sort_keys=True), encoding="utf-8")
    return cases


def _sow(target: Target, corpus: Path) -> None:
    if not any(corpus.iterdir()):
        for number, seed in enumerate(target.seeds()):
            (corpus / f"seed-{number:05d}").write_bytes(seed[: target.length])


def _inputs(found: Path) -> list[Path]:
    return sorted(path for pattern in _FOUND for path in found.glob(pattern))


def _escaped(word: str) -> str:
    """As libFuzzer's dictionaries write bytes."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())
