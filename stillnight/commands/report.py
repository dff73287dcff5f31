"""`stillnight report`: from kept conversations to a page of counts."""

from __future__ import annotations

from datetime import datetime, time, timezone
from pathlib import Path

from stillnight.content.examples import Examples
from stillnight.learning.conversations import Conversations
from stillnight.reporting.counts import count, whole_weeks
from stillnight.reporting.page import page


def make_report(file: Path, store: str, keys: str, days: int, data: Path, now: float) -> str:
    """Write the page; what to tell the person.

    Args:
        file: to write.
        store: SQLite file or address of the tracker store.
        keys: those that the store is encrypted by, with commas between them.
        days: that conversations are kept.
        data: the folder of the examples, whose labels are counted.
        now: seconds since 1970.

    Raises:
        StoreError: when the store cannot be read.
        ContentError: when the examples cannot be read.
        OSError: when the page cannot be written.
    """
    weeks = whole_weeks(now, days)
    since = datetime.combine(weeks[0], time.min, timezone.utc).timestamp() if weeks else now
    labels = {label for label, _ in Examples.read(data).texts}
    file.write_text(page(count(Conversations(store, keys).since(since), weeks), len(labels)), encoding="utf-8")
    return f"{file}: {len(weeks)} whole weeks."
