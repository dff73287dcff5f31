"""From conversations to a worksheet, and from a labelled worksheet to examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from stillnight.content.examples import Examples
from stillnight.learning.conversations import Conversations
from stillnight.learning.find import Found, find
from stillnight.learning.merge import merge
from stillnight.learning.worksheet import gathered, read, suggested, write


def make_worksheet(sheet: Path, store: str, data: Path, since: datetime | None, below: float, keys: str = "") -> str:
    """Write the worksheet; what to tell the person.

    Args:
        sheet: file to make.
        store: SQLite file or address of the tracker store.
        data: the folder of the examples, for suggestions.
        since: first day of messages, all when None.
        below: confidence under which an answer counts as barely understood.
        keys: those that the store is encrypted by, with commas between them.

    Raises:
        StoreError: when the store cannot be read.
        WorksheetError: when the worksheet cannot be written.
        ContentError: when the examples cannot be read.
    """
    start = since.replace(tzinfo=timezone.utc).timestamp() if since else 0.0
    rows = gathered(_found(Conversations(store, keys), start, below))
    if not rows:
        return "Nothing to learn from: every message was understood. No worksheet was written."
    write(sheet, suggested(rows, Examples.read(data).texts))
    messages = sum(row.count for row in rows)
    return (
        f"{sheet}: {len(rows)} rows from {messages} messages.\n"
        "Names, numbers and addresses that were recognised are taken out; read the rows before you pass them on.\n"
        "Fill in the column “label” where you are sure (iron, lab_report, out_of_scope/other_health), then:\n"
        f"  stillnight learn {sheet} --merge"
    )


def merge_worksheet(sheet: Path, data: Path, held_out: Path) -> str:
    """Append the labelled rows to `data`; what to tell the person.

    Args:
        sheet: the labelled worksheet.
        data: the folder of the examples.
        held_out: folder of lines that must not be learned.

    Raises:
        WorksheetError: when the worksheet cannot be read.
        MergeError: when a row cannot be an example; nothing is written then.
        ContentError: when a file of `data` cannot be read or written; nothing is written then.
    """
    merged = merge(read(sheet), data, held_out)
    told = [f"{label}: {times} added" for label, times in merged.added.items()]
    if merged.skipped:
        told.append(f"{merged.skipped} skipped: examples already.")
    if merged.unlabelled:
        told.append(f"{merged.unlabelled} left: no label.")
    if not merged.added:
        return "\n".join([*told, "Nothing was added."])
    next_steps = ("stillnight check", "make train", "stillnight evaluate tests/nlu/*.jsonl")
    return "\n".join([*told, "Now run, one after the other:", *(f"  {step}" for step in next_steps)])


def _found(conversations: Conversations, since: float, below: float) -> Iterator[Found]:
    for conversation in conversations.since(since):
        yield from find(conversation, since, below)
