"""Conversations made up of facts that are told in many ways, and what must then stand on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.values import LabValue
from stillnight.clinical.visit_summary.gather import gather
from stillnight.clinical.visit_summary.model import SELF, Edits, Heard, Line, Summary
from stillnight.dialogue import lab_memory, told_memory
from stillnight.dialogue.lab_memory import LABS_SLOT


@dataclass(frozen=True)
class Fact:
    """says: the sentence. stands: words that must be on the page. medicine, lab, value, when: likewise."""

    says: str
    stands: tuple[str, ...] = ()
    medicine: str = ""
    lab: str = ""
    value: float = 0.0
    when: str = ""
    intent: str = "faq"


MEDICINES = {
    "sertraline": "sertraline",
    "Zoloft": "sertraline",
    "amlodipine": "amlodipine",
    "omeprazole": "omeprazole",
    "pramipexole": "pramipexole",
    "gabapentin": "gabapentin",
    "mirtazapine": "mirtazapine",
    "metformin": "metformin",
}
DOSES = ["", " 10 mg", " 50 mg every night", " since March"]
SYMPTOMS = [
    "My legs crawl when I lie down",
    "I get up four times a night",
    "My calves itch from the inside",
    "I have had this for 11 years",
    "My feet jerk while I fall asleep",
    "I cannot sit through a film",
    "I sleep about five hours",
    "My arms are restless too",
    "The heat makes it worse",
    "If I sit for long, my legs crawl",
    "I know that my knees jump in bed",
    "I want to stop waking up at 3",
    "I thought I might stop breathing",
    "My doctor says I kick in my sleep",
]
TRIED = [
    ("I tried magnesium", "I tried magnesium"),
    ("Hot baths help for an hour", "Hot baths help for an hour"),
    ("Walking around helps", "Walking around helps"),
    ("I gave up coffee and it did nothing", "I gave up coffee and it did nothing"),
    ("Stretching made it worse", "Stretching made it worse"),
]
LABS = [
    ("ferritin", "ferritin", "ng/mL", 3, 190),
    ("hb", "hemoglobin", "g/dL", 9, 16),
    ("tsat", "transferrin_saturation", "%", 6, 44),
]
WHEN = ["", " in March 2025", " last month", " two years ago", " on 12/03/2024"]
# Told of others, asked, or wanted: nothing of it is the person's.
NOISE = [
    "My husband takes ropinirole 2 mg",
    "mum's ferritin is 7",
    "Does duloxetine make it worse?",
    "what is ferritin?",
    "can you make me a note for the doctor",
    "thank you so much",
    "My friend tried quinine",
    "Should I have a sleep study?",
    "ok",
    "My neighbour's legs twitch at night",
    "I have two blood results here",
    "kindly guide me on my reports",
    "a friend gave me some of her quinine, can I try it?",
    "So if they started before it, would that rule it out?",
    "I'll just stop taking it tonight",
]
NOT_ON_IT = ["ropinirole", "2 mg", "quinine", "neighbour", "thank you", "make me a note", "twitch"]
NOT_ON_IT += ["blood results", "kindly", "gave me some", "started before it", "stop taking"]


@st.composite
def medicines(draw: st.DrawFn) -> list[Fact]:
    names = draw(st.lists(st.sampled_from(sorted(MEDICINES)), max_size=3, unique_by=lambda name: MEDICINES[name]))
    lead = ["I take {}{}", "I am on {}{}", "The doctor put me on {}{}", "I've been taking {}{}"]
    facts = []
    for name in names:
        dose = draw(st.sampled_from(DOSES))
        says = draw(st.sampled_from(lead)).format(name, dose)
        facts.append(Fact(says, (dose.strip(),), medicine=MEDICINES[name], intent="medication_check"))
    return facts


@st.composite
def labs(draw: st.DrawFn) -> list[Fact]:
    facts = []
    for said, key, unit, low, high in draw(st.lists(st.sampled_from(LABS), max_size=3, unique=True)):
        value, when = draw(st.integers(low, high)), draw(st.sampled_from(WHEN))
        says = draw(st.sampled_from(["My {} was {} {}{}", "{} {} {}{}", "I had a {} of {} {}{}"]))
        words = when.strip().removeprefix("in ").removeprefix("on ")
        facts.append(Fact(says.format(said, value, unit, when), (), "", key, value, words, "lab_report"))
    return facts


@st.composite
def conversations(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """What was told of oneself, and all messages with others among them."""
    told = [Fact(text, (text,)) for text in draw(st.lists(st.sampled_from(SYMPTOMS), max_size=4, unique=True))]
    told += [Fact(text, (stands,)) for text, stands in draw(st.lists(st.sampled_from(TRIED), max_size=3, unique=True))]
    told += [*draw(medicines()), *draw(labs())]
    noise = [
        Fact(text, intent="out_of_scope") for text in draw(st.lists(st.sampled_from(NOISE), max_size=4, unique=True))
    ]
    return told, draw(st.permutations([*told, *noise]))


def talk(messages: list[tuple[str, str]]) -> dict[str, Any]:
    """Slots after messages, each with its intent: noticed by the same readers as in the chat."""
    slots: dict[str, Any] = {"circumstances": []}
    for place, (text, intent) in enumerate(messages):
        slots["circumstances"] = list(circumstances().after(slots["circumstances"], text))
        labs = lab_memory.noticed(text, slots)
        slots |= labs
        slots |= told_memory.noticed(text, intent, f"m{place}", slots, tells=bool(labs))
        # As the form does: what is clear is explained at once.
        slots[LABS_SLOT] = Notebook.from_dict(slots.get(LABS_SLOT)).explained().as_dict()
    return slots


def page(messages: list[tuple[str, str]], edits: Edits | None = None) -> Summary:
    """The page of a conversation."""
    slots = talk(messages)
    book = Notebook.from_dict(slots.get(LABS_SLOT))
    heard = Heard(_values(book), circumstances={SELF: slots["circumstances"]})
    return gather(told_memory.told(slots), heard, edits or Edits())


def _values(book: Notebook) -> tuple[LabValue, ...]:
    return (*book.told, *(each.value for each in book.open))


def words_on(lines: tuple[Line, ...]) -> str:
    """Everything that stands on a page, in one text."""
    return "\n".join(
        " ".join([line.quote, line.later, line.name, line.when, f"{line.value.value:g}" if line.value else ""])
        for line in lines
    )
