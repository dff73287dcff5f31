"""What is remembered of a person's lab values in one conversation: told, still open, and what was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from stillnight.clinical.circumstances import DIALYSIS, PREGNANCY
from stillnight.clinical.labs.definitions import PREGNANT, WOMAN, Lab
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.questions import CHILD, UNSAID, Asks, Question, is_clear, is_urgent, question_about
from stillnight.clinical.labs.reading.owners import SOMEBODY, is_name
from stillnight.clinical.labs.replies import OFFSPRING, Answer, lab_replies
from stillnight.clinical.labs.values import LabReading, LabValue, weighed

# A question that was asked so often without an answer is let go.
ASKED_MAX: Final = 2
# Why values that were explained are open once more: asked again, asked if they are dangerous, or put right.
AGAIN: Final = "again"
CHANGED: Final = "changed"
# Help was called for an urgent value.
HELPED: Final = "helped"
WORRIED: Final = "worried"
# Their unit was told, and it is the one in which they were read; people are compared; a lab did not mark a value.
UNIT: Final = "unit"
COMPARED: Final = "compared"
FLAGGED: Final = "flagged"
# Their day was told; a mark beside them (“an H”) is asked about.
DATED: Final = "dated"
MARKED: Final = "marked"
# Which of them count for restless legs.
RELEVANT: Final = "relevant"
# Nothing about the values themselves changed.
ASKED_ON: Final = frozenset({AGAIN, WORRIED, HELPED, UNIT, COMPARED, FLAGGED, DATED, MARKED, RELEVANT})
# Told of oneself, beside `circumstances`.
NURSING: Final = "nursing"
_KEPT_MAX: Final = 40


@dataclass(frozen=True)
class Open:
    """A value that is not explained yet. sure: confirmed as typed. unknown: the person cannot tell the unit."""

    value: LabValue
    sure: bool = False
    unknown: bool = False


@dataclass(frozen=True)
class Notebook:
    """Lab values of a conversation. told: explained ones, oldest first. group: `woman`, `man`, `pregnant` or `unsaid`.

    asked: how often the question that is open was asked. last: labs of the last answer. others: other tests that were
    told. fresh: the message that was just heard told something. held: open values wait until an urgent one was said.
    last_owner: whose values the last answer was about. circumstances: pregnancy, dialysis, a child's age, each with the
    word for whom it was told of, empty for oneself. unsettled: values explained without their unit.
    again: why explained values are open once more, `changed` or one of `ASKED_ON`; empty for new values.
    names: of people, each with the word for the person. subject: of whom all the talk is, see `lab_people`.
    """

    told: tuple[LabValue, ...] = ()
    open: tuple[Open, ...] = ()
    group: str | None = None
    asked: int = 0
    last: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    fresh: bool = False
    held: bool = False
    last_owner: str | None = None
    circumstances: tuple[tuple[str, str], ...] = ()
    unsettled: tuple[LabValue, ...] = ()
    again: str = ""
    names: tuple[tuple[str, str], ...] = ()
    subject: str = ""

    def heard(self, reading: LabReading) -> Notebook:
        """With the values of one more message: newer ones in place of what is open about the same test."""
        news = [each for each in reading.values if not each.older]
        older = [replace(each, past=True) for each in reading.values if each.older and is_clear(each)]
        replaced = {(each.lab, each.owner) for each in news}
        still = [each for each in self.open if (each.value.lab, each.value.owner) not in replaced]
        kept = [each for each in self.told if not (reading.corrects and self._is_newest_of(each, replaced))]
        told = _without_twins([*kept, *older])
        return replace(
            self,
            told=tuple(told[-_KEPT_MAX:]),
            open=(*still, *(Open(each) for each in news))[-_KEPT_MAX:],
            asked=0 if news else self.asked,
            others=reading.others,
            fresh=True,
            again="",
        )

    def current(self) -> tuple[LabValue, ...]:
        """The values that are spoken of: open ones, else those of the last answer."""
        if self.open:
            return tuple(each.value for each in self.open)
        newest = (self.newest(lab, self.last_owner) for lab in self.last)
        known = tuple(each for each in newest if each is not None)
        if known or not self.unsettled:
            return known
        # The last one could not be judged; what was told with it is spoken of still.
        return tuple(each for each in self.newest_of_each() if each.owner == self.last_owner)

    def opened(self, values: Sequence[LabValue], again: str = "") -> Notebook:
        """With values to be explained, as if they had just been told."""
        return replace(
            self,
            open=tuple(Open(each, sure=again in ASKED_ON) for each in values),
            asked=0,
            fresh=True,
            again=again,
        )

    def without(self, values: Collection[LabValue]) -> Notebook:
        """Without values that turned out to be something else."""
        return replace(
            self,
            told=tuple(each for each in self.told if each not in values),
            open=tuple(each for each in self.open if each.value not in values),
        )

    def with_circumstance(self, owner: str, circumstance: str) -> Notebook:
        """With pregnancy, dialysis or a child's age, told of somebody; the owner is empty for oneself."""
        return replace(self, circumstances=tuple(dict.fromkeys([*self.circumstances, (owner, circumstance)])))

    def nursing(self) -> Notebook:
        """With somebody who nurses a baby."""
        return self.with_circumstance("", NURSING).knowing(WOMAN)

    def not_nursing(self) -> Notebook:
        """Pregnant again."""
        return replace(self, circumstances=tuple(each for each in self.circumstances if each[1] != NURSING))

    @property
    def is_nursing(self) -> bool:
        """Whether somebody nurses a baby: then the lines of pregnancy are over, and the values are not the baby's."""
        return ("", NURSING) in self.circumstances

    @property
    def only_theirs(self) -> frozenset[str]:
        """Circumstances that were told of others, and not of oneself."""
        own = {circumstance for owner, circumstance in self.circumstances if not owner}
        return frozenset(circumstance for _, circumstance in self.circumstances) - own

    def knowing(self, group: str | None) -> Notebook:
        """With what was said in passing of the person."""
        return replace(self, group=group) if group else self

    def unheard(self) -> Notebook:
        """After a message that told nothing."""
        return replace(self, fresh=False)

    def _is_newest_of(self, value: LabValue, replaced: Collection[tuple[str, str | None]]) -> bool:
        return (value.lab, value.owner) in replaced and value == self.newest(value.lab, value.owner)

    def question(self, labs: Mapping[str, Lab], known: Person) -> Question | None:
        """The next question, None when nothing is open or every open value can be explained.

        Args:
            labs: the definitions.
            known: the person of the conversation, from what was said of pregnancy, a child, dialysis.
        """
        if self.urgent(labs, known):
            return None
        for each in self.open:
            if each.unknown:
                continue
            asked = question_about(
                each.value, labs[each.value.lab], self.person(known, each.value), each.sure, self.group == UNSAID
            )
            if asked:
                return asked
        return None

    def urgent(self, labs: Mapping[str, Lab], known: Person) -> tuple[Open, ...]:
        """Open values that need somebody today."""
        return tuple(
            each
            for each in self.open
            if not each.unknown and is_urgent(each.value, labs[each.value.lab], self.person(known, each.value))
        )

    def settled(self, labs: Mapping[str, Lab], known: Person) -> tuple[Open, ...]:
        """Open values about which nothing has to be asked, while something is asked about others."""
        return tuple(each for each in self.open if replace(self, open=(each,)).question(labs, known) is None)

    def set_aside(self) -> Notebook:
        """With open values remembered as they were typed, where something else about all values is asked first."""
        clear = [each.value for each in self.open if is_clear(each.value)]
        return replace(self, told=tuple(_without_twins([*self.told, *clear])[-_KEPT_MAX:]), open=(), asked=0)

    def answered(self, question: Question, answer: Answer, labs: Mapping[str, Lab]) -> Notebook:
        """With an answer to a question. What cannot be told is let go, or explained as far as it goes."""
        if question.asks is Asks.GROUP:
            return replace(self, group=answer.group or UNSAID, asked=0)
        at = next(place for place, each in enumerate(self.open) if each.value == question.value)
        now = self._after(self.open[at], question, answer, labs[question.lab])
        still = (*self.open[:at], *([now] if now else ()), *self.open[at + 1 :])
        return replace(self, open=still, asked=0, last=self.last if now else (question.lab,))

    @staticmethod
    def _after(now: Open, question: Question, answer: Answer, lab: Lab) -> Open | None:
        told = now.value
        if answer.yes is not None:
            # What is not right as typed is asked for anew.
            return replace(now, sure=True) if answer.yes else replace(now, value=replace(told, impossible=True))
        if answer.number is None and answer.unit is None:
            # An unknown unit leaves an answer that still helps; an unknown number leaves none.
            if question.asks is Asks.SURE:
                return replace(now, sure=True)
            return replace(now, unknown=True) if question.asks is Asks.UNIT else None
        number = told.value if answer.number is None else answer.number
        unit = answer.unit or (told.unit if told.said else None)
        choice = next((each for each in question.choices if each.value == number), None)
        if choice and answer.unit is None:
            return Open(replace(choice, rivals=()) if choice.said else weighed(replace(choice, unit=None), lab))
        again = replace(told, value=number, unit=unit, said=unit is not None, rivals=(), comparator=told.comparator)
        return Open(weighed(again, lab), sure=question.asks is Asks.SURE and number == told.value)

    def given_up(self, question: Question) -> Notebook:
        """Without an answer, after it was asked often enough."""
        return replace(
            self,
            group=UNSAID if question.asks is Asks.GROUP else self.group,
            open=tuple(
                replace(each, sure=True)
                if question.asks is Asks.SURE
                else replace(each, unknown=True)
                if each.value == question.value and question.asks is Asks.UNIT
                else each
                for each in self.open
                if each.value != question.value or question.asks is not Asks.NUMBER
            ),
            asked=0,
        )

    def asked_once_more(self) -> Notebook:
        """After the open question was asked."""
        return replace(self, asked=self.asked + 1)

    def explained(self, which: Collection[Open] | None = None) -> Notebook:
        """After open values were explained, all or some: the clear ones are remembered, the others wait (`held`)."""
        done = self.open if which is None else tuple(each for each in self.open if each in which)
        left = tuple(each for each in self.open if each not in done)
        told = _without_twins([*self.told, *(each.value for each in done if not each.unknown and is_clear(each.value))])
        last = tuple(dict.fromkeys(each.value.lab for each in done))
        return replace(
            self,
            told=tuple(told[-_KEPT_MAX:]),
            open=left,
            asked=0,
            last=last or self.last,
            last_owner=done[-1].value.owner if done else self.last_owner,
            others=(),
            fresh=False,
            held=bool(left),
            unsettled=tuple(each.value for each in done if each.unknown),
            again="",
        )

    @property
    def labs_told(self) -> tuple[str, ...]:
        """Tests of which a value was told and explained, each once."""
        return tuple(dict.fromkeys(each.lab for each in self.told))

    def without_older(self, labs: Collection[str]) -> Notebook:
        """Without what was told of some labs before the value that counts now."""
        kept = (each for each in self.told if each.lab not in labs or each == self.newest(each.lab, each.owner))
        return replace(self, told=tuple(kept))

    def forgotten_of(self, labs: Collection[str], owners: Collection[str | None]) -> Notebook:
        """Without the values of some labs that are of some people alone; None is the person's own."""
        return replace(
            self,
            told=tuple(each for each in self.told if each.lab not in labs or each.owner not in owners),
            open=tuple(each for each in self.open if each.value.lab not in labs or each.value.owner not in owners),
        )

    def forgotten(self, labs: Collection[str] = ()) -> Notebook:
        """Without the values of some labs, or of all."""
        if not labs:
            return replace(self, told=(), open=(), asked=0, last=(), others=(), held=False, unsettled=())
        return replace(
            self,
            told=tuple(each for each in self.told if each.lab not in labs),
            open=tuple(each for each in self.open if each.value.lab not in labs),
            last=tuple(lab for lab in self.last if lab not in labs),
            unsettled=tuple(each for each in self.unsettled if each.lab not in labs),
        )

    def newest(self, lab: str, owner: str | None = None) -> LabValue | None:
        """The value that counts now: the last one told that was not told as one of before."""
        of_lab = self.history(lab, owner)
        return next((each for each in reversed(of_lab) if not each.past), of_lab[-1] if of_lab else None)

    def newest_of_each(self) -> Sequence[LabValue]:
        """What counts now of every test of every person, as it was told."""
        return [each for each in self.told if each == self.newest(each.lab, each.owner)]

    def history(self, lab: str, owner: str | None = None) -> Sequence[LabValue]:
        """Every value of a lab, as they were told."""
        return [each for each in self.told if (each.lab, each.owner) == (lab, owner)]

    def person(self, known: Person, value: LabValue) -> Person:
        """Whose a value is: of one's own what was said, of another's what the word tells."""
        if value.owner is None:
            group = PREGNANT if known.group == PREGNANT else self.group if self.group != UNSAID else None
            child = (known.child and not value.mine) or self.group == CHILD
            return replace(known, group=None if group == CHILD else group, child=child)
        said = {circumstance for owner, circumstance in self.circumstances if owner == value.owner}
        group = PREGNANT if PREGNANCY in said else lab_replies().group_of(value.owner)
        young = group in (CHILD, OFFSPRING)
        # “his ferritin”, where a child was spoken of without a word for it.
        young = young or ((value.owner == SOMEBODY or is_name(value.owner)) and known.child)
        child = group == CHILD or CHILD in said or (young and known.child)
        return Person(None if young else group, child, DIALYSIS in said, maybe_child=young)

    def as_dict(self) -> dict[str, Any]:
        """For a slot."""
        return {
            "told": [each.as_dict() for each in self.told],
            "open": [{"value": each.value.as_dict(), "sure": each.sure, "unknown": each.unknown} for each in self.open],
            "group": self.group,
            "asked": self.asked,
            "last": list(self.last),
            "others": list(self.others),
            "fresh": self.fresh,
            "held": self.held,
            "last_owner": self.last_owner,
            "circumstances": [list(each) for each in self.circumstances],
            "unsettled": [each.as_dict() for each in self.unsettled],
            "again": self.again,
            "names": [list(each) for each in self.names],
            "subject": self.subject,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any] | None) -> Notebook:
        """From a slot."""
        if not kept:
            return cls()
        return cls(
            tuple(LabValue.from_dict(each) for each in kept["told"]),
            tuple(Open(LabValue.from_dict(each["value"]), each["sure"], each["unknown"]) for each in kept["open"]),
            kept["group"],
            kept["asked"],
            tuple(kept["last"]),
            tuple(kept["others"]),
            kept["fresh"],
            kept["held"],
            kept["last_owner"],
            tuple((owner, circumstance) for owner, circumstance in kept.get("circumstances", ())),
            tuple(LabValue.from_dict(each) for each in kept.get("unsettled", ())),
            kept.get("again", ""),
            tuple((name, owner) for name, owner in kept.get("names", ())),
            kept.get("subject", ""),
        )


def _without_twins(values: Sequence[LabValue]) -> list[LabValue]:
    """Each value once, where it was told last."""
    kept: dict[tuple[str, str | None, float, str | None], LabValue] = {}
    for each in values:
        key = (each.lab, each.owner, each.value, each.unit)
        kept.pop(key, None)
        kept[key] = each
    return list(kept.values())
