"""Small questions with an answer of their own (`knowledge/small_questions/`): “does the drip hurt?”, “can I fly?”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.matcher import Span, TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import parse
from stillnight.language.questions import asks_plainly
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent
from stillnight.yaml_files import load_yaml

# The words that they share, and the order of their files.
FILE: Final = "details.yml"
FOLDER: Final = "small_questions"
# How the names of its answers begin.
ANSWER: Final = "utter_detail_"
# The intents that ask something of the answer before.
FOLLOW_UPS: Final = frozenset({"ask_how_long", "ask_why", "ask_what_helps", "ask_is_it_serious", "ask_how_checked"})
# What an answer without a topic of its own was about.
LABS: Final = "labs"
MEDICINES: Final = "medicines"
STOPPING: Final = "stopping"
DOSE: Final = "dose"
_ASKS, _NAMES, _LEANS, _AFTER = "asks", "names", "leans", "after"
# Whatever else such a message may ask, this comes first.
_STRONGER: Final = frozenset(
    {"red_flag", "stop_medication", "correction", "visit_summary", "symptom_check", "symptom_diary", "my_labs"}
)
# A message that asks about a medicine is answered for that medicine.
_STRONGER_THAN_ASKED: Final = _STRONGER | {"medication_check", "dose_request"}
# What a message is taken for when hardly anything in it was understood.
_SAYS_LITTLE: Final = frozenset(
    {"", "nlu_fallback", "affirm", "deny", "more", "repeat", "help", "greet", "thanks", "lab_report"} | FOLLOW_UPS
)
_WHAT: Final = frozenset({"what", "whats"})
# A long story that mentions it in passing does not ask for it. In this order they are looked for.
_WORDS_MAX: Final = {_AFTER: 16, _ASKS: 18, _NAMES: 14, _LEANS: 12}
# What is told of a life, or of a danger (“I fell on Thursday, going out to the yard …”), takes more words.
_WORDS_MAX_LONG: Final = 45


@dataclass(frozen=True)
class Detail:
    """One small question.

    answer: response name. topics: what the last answer must have been about, for `leans`. not_for: circumstances in
    which it does not fit. over: intents that it is stronger than, beside the usual ones. taken_for: what a message may
    be taken for so that `asks` counts; anything when empty. unless: what the last answer must not have been about.
    only_for: circumstances without which it is not asked. told: it is told and not asked, so that a message that also
    asks something is answered for that. takes: kinds of medicine, or names, one of which was spoken of. long: it counts
    in a long message too.
    """

    answer: str
    topics: frozenset[str]
    not_for: frozenset[str]
    over: frozenset[str]
    taken_for: frozenset[str]
    unless: frozenset[str]
    only_for: frozenset[str]
    told: bool
    takes: frozenset[str]
    long: bool

    @classmethod
    def of(cls, name: str, raw: Mapping[str, Any]) -> Detail:
        """Read one entry of the file."""
        lists = {
            key: frozenset(map(str, raw.get(key) or ()))
            for key in ("topics", "not_for", "over", "unless", "only_for", "takes")
        }
        told = bool(raw.get("told"))
        return cls(
            str(raw.get("answer") or ANSWER + name),
            taken_for=frozenset(raw.get("of") or ()),
            told=told,
            long=told or bool(raw.get("long")),
            **lists,
        )

    def fits(self, circumstance: str | None, about: Collection[str], medicines: Callable[[], Collection[str]]) -> bool:
        """Whether it may be asked of this person, behind an answer about these topics, with these medicines."""
        fitting = not self.only_for or circumstance in self.only_for
        taking = not self.takes or not self.takes.isdisjoint(medicines())
        return fitting and taking and circumstance not in self.not_for and self.unless.isdisjoint(about)

    def words_max(self, way: str) -> int:
        """How many words a message may have that asks it in this way."""
        return _WORDS_MAX_LONG if self.long else _WORDS_MAX[way]


class Details:
    """The small questions in the order of their files: the first that fits is answered. `files`: where each stands."""

    @reading(FILE)
    def __init__(self, knowledge: Path) -> None:
        """Read the files."""
        raw = load_yaml(knowledge / FILE)
        entries: dict[str, Mapping[str, Any]] = {}
        self.files: dict[str, str] = {}
        for file in map(str, raw["order"]):
            for name, each in _questions(knowledge, file).items():
                if name in entries:
                    raise ValueError(f"“{name}” stands in {self.files[name]} and in {FOLDER}/{file}.yml")
                entries[name], self.files[name] = each, f"{FOLDER}/{file}.yml"
        self.details = {name: Detail.of(name, each) for name, each in entries.items()}
        self._small = frozenset(map(str, raw["small"]))
        self._pointing = frozenset(map(str, raw["pointing"]))
        self._matcher = TemplateMatcher(
            (f"{way} {name}", parse(str(source), raw["groups"]))
            for name, each in entries.items()
            for way in (_ASKS, _NAMES, _LEANS, _AFTER)
            for source in each.get(way) or ()
        )
        self._reader = make_reader(knowledge, self._matcher.vocabulary() | self._small)

    def of(
        self,
        text: str,
        about: Collection[str],
        circumstance: str | None,
        intent: str = "",
        topic: str | None = None,
        clear: bool = False,
        medicines: Callable[[], Collection[str]] = frozenset,
        before: str = "",
    ) -> Detail | None:
        """What a message asks; None when it is none of these.

        Args:
            text: the message.
            about: topics of the last answer, `LABS` and `MEDICINES` among them.
            circumstance: pregnancy, child, dialysis or high_iron.
            intent: what the message is taken for; those of `over` give way.
            topic: its topic, where the intent is one of ours and says no more.
            clear: it is surely about a topic that the last answer was not about, so that it leans on that answer only
                with a word that points back.
            medicines: gives names and kinds of those that were spoken of, this message included.
            before: what the person said last; a question that leans on that is the most exact, and is looked for first.
        """
        said, found = self._found(text)
        after = self._found(before)[1] if before else {}
        for way in _WORDS_MAX:
            for name, detail in self.details.items():
                spans = found.get(f"{_LEANS if way == _AFTER else way} {name}")
                if spans is None or len(said.words) > detail.words_max(way):
                    continue
                if not detail.fits(circumstance, about, medicines):
                    continue
                if detail.told and asks_plainly(text):
                    continue
                if way == _AFTER and f"{_AFTER} {name}" not in after:
                    continue
                if way == _LEANS and (detail.topics.isdisjoint(about) or (clear and not self._points_back(said))):
                    continue
                named = {at for span in spans for at in range(span.start, span.end)}
                if way == _NAMES and not self._is_bare(said, named):
                    continue
                if way == _ASKS and not self._may_be(detail, intent, topic):
                    continue
                if intent in (_STRONGER_THAN_ASKED if way == _ASKS else _STRONGER) - detail.over:
                    continue
                return detail
        return None

    @recent
    def _found(self, text: str) -> tuple[Reading, dict[str, list[Span]]]:
        said = self._reader.read(text)
        found: defaultdict[str, list[Span]] = defaultdict(list)
        for match in self._matcher.find(said):
            found[match.key] += match.spans
        return said, dict(found)

    @staticmethod
    def _may_be(detail: Detail, intent: str, topic: str | None) -> bool:
        """Whether what a message is taken for leaves room for a small question: another topic has its own answer."""
        taken = topic or intent
        return not detail.taken_for or taken in detail.taken_for or intent in detail.over or intent in _SAYS_LITTLE

    def _points_back(self, said: Reading) -> bool:
        return not self._pointing.isdisjoint(said.words)

    def _is_bare(self, said: Reading, named: Collection[int]) -> bool:
        """Whether there is nothing beside the name but words that ask about it."""
        beside = [word for at, word in enumerate(said.words) if at not in named]
        # “what is lupus” asks about the illness itself.
        asks_what = not _WHAT.isdisjoint(beside) and "about" not in beside
        return not asks_what and self._small.issuperset(beside)


def _questions(knowledge: Path, file: str) -> dict[str, Mapping[str, Any]]:
    """The questions of one file, by name."""
    path = f"{FOLDER}/{file}.yml"
    with reading(path):
        return {str(name): each for name, each in load_yaml(knowledge / path)["details"].items()}


@lru_cache(maxsize=1)
def details() -> Details:
    """The project's, read once."""
    return Details(KNOWLEDGE)
