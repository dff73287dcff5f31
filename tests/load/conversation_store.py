"""What a turn costs when the conversation is short and when it is long, with our store and with Rasa's, both on SQLite.

The same assistant answers the same questions; only the store differs. Times are CPU milliseconds of this process, as
other work on the machine counts less in them; the wall clock stands beside them.

Usage: .venv/bin/python -m tests.load.conversation_store [TURNS]
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from stillnight.assistant.environment import prepare

prepare("ERROR")

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore  # noqa: E402
from rasa.shared.core.events import Event, UserUttered, deserialise_events  # noqa: E402

from stillnight.assistant.agent import load_agent  # noqa: E402
from stillnight.channels.message import Collector  # noqa: E402
from stillnight.content.catalogue import catalogue  # noqa: E402
from stillnight.conversations.store import ConversationStore  # noqa: E402
from stillnight.paths import MODEL  # noqa: E402
from stillnight.safety.guard import guard  # noqa: E402

QUESTIONS: Final = Path(__file__).parent.parent / "nlu" / "held_out_topics.jsonl"
LENGTHS: Final = (20, 2000)
TURNS: Final = 40
_RECORDED: Final = 40
OURS: Final = "ours"
RASAS: Final = "Rasa's"


def questions() -> list[str]:
    """Held-out messages about all topics."""
    return [json.loads(line)["text"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


async def recorded(agent: Agent, texts: Sequence[str]) -> list[list[Event]]:
    """The events of real turns."""
    for number, text in enumerate(texts):
        await said(agent, "recorded", text, number)
    tracker = await agent.tracker_store.retrieve_full_tracker("recorded")
    turns: list[list[Event]] = [[]]
    for event in tracker.events:
        if isinstance(event, UserUttered):
            turns.append([])
        turns[-1].append(event)
    return turns


async def said(agent: Agent, sender: str, text: str, number: int) -> None:
    """One turn."""
    message = UserMessage(text, Collector(catalogue()), sender, None, "web", message_id=f"{sender}-{number}")
    await guard().hear(agent, message)


async def grow(store: TrackerStore, sender: str, turns: Sequence[Sequence[Event]], events: int) -> None:
    """A conversation of about so many events, written turn by turn."""
    written = 0
    for turn in islice(cycle(turns[1:]), events):
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        for event in [*([] if written else turns[0]), *turn]:
            dumped = {**event.as_dict(), "timestamp": time.time()}
            tracker.update(deserialise_events([dumped])[0])
            written += 1
        if isinstance(store, ConversationStore) or written >= events:
            await store.save(tracker)
        else:
            # Rasa's store would take minutes for this; it is no part of what is measured.
            await _write_at_once(store, tracker, turns, events)
            return
        if written >= events:
            return


async def _write_at_once(store: TrackerStore, tracker: Any, turns: Sequence[Sequence[Event]], events: int) -> None:
    for turn in cycle(turns[2:]):
        for event in turn:
            tracker.update(deserialise_events([{**event.as_dict(), "timestamp": time.time()}])[0])
        if len(tracker.events) >= events:
            await store.save(tracker)
            return


async def turn_times(agent: Agent, sender: str, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """CPU and wall milliseconds of each turn."""
    cpu: list[float] = []
    wall: list[float] = []
    for number, text in enumerate(texts):
        began, begun = time.process_time(), time.perf_counter()
        await said(agent, sender, text, number)
        cpu.append(1000 * (time.process_time() - began))
        wall.append(1000 * (time.perf_counter() - begun))
    return cpu, wall


async def measure(turns: int) -> None:
    """Run and print."""
    texts = questions()
    agent = load_agent(MODEL)
    guard().warm_up()
    # It also warms up whatever is slow at first.
    talk = await recorded(agent, texts[:_RECORDED])
    asked = [texts[number % len(texts)] for number in range(_RECORDED, _RECORDED + turns)]
    medians: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        stores: dict[str, TrackerStore] = {
            OURS: ConversationStore(f"sqlite:///{folder}/ours.db", agent.domain),
            RASAS: SQLTrackerStore(agent.domain, dialect="sqlite", db=f"{folder}/rasas.db"),
        }
        for name, store in stores.items():
            for length in LENGTHS:
                agent.tracker_store = agent.processor.tracker_store = store
                # Rasa's is slow enough to be measured by few.
                some = asked if name == OURS else asked[: max(8, turns // 4)]
                cpu: list[float] = []
                wall: list[float] = []
                for start in range(0, len(some), 4):
                    # Anew, so that the conversation stays as long as it is said to be.
                    sender = f"{length}-{start}"
                    await grow(store, sender, talk, length)
                    times = await turn_times(agent, sender, some[start : start + 4])
                    cpu, wall = cpu + times[0], wall + times[1]
                medians[name, length] = statistics.median(cpu)
                print(
                    f"{name:7} {length:5} events: median {statistics.median(cpu):6.1f} ms CPU, "
                    f"{statistics.median(wall):6.1f} ms wall, p95 {statistics.quantiles(wall, n=20)[18]:6.1f} ms wall",
                    flush=True,
                )
    short, long = LENGTHS
    for name in (OURS, RASAS):
        print(f"{name}: {long} events cost {medians[name, long] / medians[name, short]:.2f} times what {short} cost")
    for length in LENGTHS:
        print(f"{length} events: Rasa's costs {medians[RASAS, length] / medians[OURS, length]:.1f} times ours")


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else TURNS))
