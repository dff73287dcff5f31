"""From a labelled worksheet to examples in `data/`: every row or none."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stillnight.clinical.hearing import hearing
from stillnight.content.examples import (
    EXAMPLE_MAX,
    Examples,
    LabelError,
    appended,
    key,
    read_text,
    words_of,
    write_all,
)
from stillnight.language.redaction import redactor
from stillnight.language.text import has_words, normalized, typed
from stillnight.learning.worksheet import LabelledRow

_PLACEHOLDER: Final = re.compile(r"\[(\w+)\]")


class MergeError(ValueError):
    """Rows that cannot become examples; `faults` says of each in one sentence why."""

    def __init__(self, faults: Sequence[str]) -> None:
        """`faults`: at least one."""
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Merged:
    """added: how many, by label. skipped: rows that were examples already. unlabelled: rows without a label."""

    added: Mapping[str, int]
    skipped: int
    unlabelled: int
    files: tuple[Path, ...]


class _FaultError(ValueError):
    pass


def merge(rows: Sequence[LabelledRow], data: Path, held_out: Path) -> Merged:
    """Append each labelled row to the examples of its label.

    Args:
        rows: of the worksheet.
        data: the folder.
        held_out: folder of the lines that measure the model, which it must never learn.

    Raises:
        MergeError: when a row cannot become an example.
        ContentError: when a file cannot be read or written. In either case nothing is written.
    """
    examples = Examples.read(data)
    measured = frozenset(_measured(held_out))
    new: dict[str, tuple[str, str]] = {}
    faults: list[str] = []
    skipped = 0
    for row in rows:
        if not row.label:
            continue
        try:
            label, line = _example(row, examples, measured)
            stands_in = new[key(line)][0] if key(line) in new else examples.by_text.get(key(line))
            if stands_in not in (None, label):
                raise _FaultError(f"stands among the examples of {stands_in} already; take it out there or here")
        except _FaultError as error:
            faults.append(f"row {row.number} {error}")
            continue
        skipped += stands_in is not None
        if stands_in is None:
            new[key(line)] = (label, line)
    if faults:
        raise MergeError(faults)
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for label, line in new.values():
        by_label[label].append(line)
    return Merged(
        {label: len(lines) for label, lines in sorted(by_label.items())},
        skipped,
        sum(bool(row.text.strip()) and not row.label for row in rows),
        _write(by_label, examples),
    )


def _example(row: LabelledRow, examples: Examples, measured: Collection[str]) -> tuple[str, str]:
    """Label and line of a row."""
    try:
        label = examples.label(row.label)
    except LabelError as error:
        raise _FaultError(f"has the label “{row.label}”, which {error}") from error
    kinds = redactor().stand_ins
    if re.search(r"[\[\]]", _PLACEHOLDER.sub(lambda match: "" if match[1] in kinds else "[", row.text)):
        raise _FaultError(f"has square brackets that are none of {', '.join(f'[{kind}]' for kind in kinds)}")
    tells = Counter(_PLACEHOLDER.findall(redactor().redacted(row.text))) - Counter(_PLACEHOLDER.findall(row.text))
    if tells:
        raise _FaultError(f"may tell who somebody is: write [{next(iter(tells))}] in its place")
    line = typed(normalized(redactor().stood_in(row.text)))
    if not has_words(line):
        raise _FaultError("has no words")
    if len(line) > EXAMPLE_MAX:
        raise _FaultError(f"has {len(line)} characters; {EXAMPLE_MAX} is the limit, so keep what matters")
    dangers = hearing().hear(line).flags or hearing().hear(row.text).flags
    if dangers:
        raise _FaultError(f"is a danger by rule ({dangers[0].name}); it is answered as one and cannot be an example")
    if words_of(line) in measured:
        raise _FaultError("is a line of tests/nlu/, which measures the model and must not be learned")
    return label, line


def _measured(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield words_of(str(json.loads(line)["text"]))


def _write(by_label: Mapping[str, Sequence[str]], examples: Examples) -> tuple[Path, ...]:
    changes: dict[Path, tuple[str, str]] = {}
    for label, lines in by_label.items():
        path = examples.files[label]
        before, now = changes.get(path) or (read_text(path),) * 2
        changes[path] = (before, appended(now, label, lines, path))
    write_all(changes)
    return tuple(sorted(changes))
