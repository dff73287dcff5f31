"""Putting an answer about medicines together from its lines: one tidy message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stillnight.channels.message import Choice, Reply, static_reply
from stillnight.clinical.medicines.asks import CHANGE, GROUPS
from stillnight.clinical.medicines.check import Check, Finding, Together
from stillnight.clinical.medicines.effects import Effect
from stillnight.clinical.medicines.talk import talk
from stillnight.content.catalogue import Catalogue, Reference
from stillnight.content.safe_words import WARNING, dangerous_names
from stillnight.dialogue import history
from stillnight.dialogue.medicine_asked import AskedLines, Said, stops_matter
from stillnight.dialogue.medicine_lines import TROUBLE, Lines, dangers_of, harmless_to_stop, meant, said_of
from stillnight.dialogue.wording import capital, listed
from stillnight.paths import KNOWLEDGE
from stillnight.review.serving import not_signed_line, unsigned_medicines

_CHOICES_MAX: Final = 3
# From so many medicines on, the answer offers to tell more about one.
_MANY: Final = 3
# The topic that “tell me more” and “how long” lead to after an answer.
_CHECKED: Final = "medications_that_worsen"
# The topic that a medicine that is to be stopped leads to.
STOPPING: Final = "stopping_medication"


class MedicineAnswers:
    """Makes replies. `catalogue` holds the pieces."""

    def __init__(self, catalogue: Catalogue, regions: Mapping[str, str]) -> None:
        """`regions`: how each region of a brand is named in a sentence."""
        self._catalogue = catalogue
        self._lines = Lines(catalogue, regions)
        self._asked = AskedLines(catalogue)

    def checked(
        self, check: Check, taken_off: Sequence[str] = (), circumstance: str | None = None, asked: str = ""
    ) -> Reply:
        """“Is it my tablets?”: what each does to the legs, what not to stop, what to ask.

        Args:
            check: what was looked up.
            taken_off: medicines that were just taken off the list.
            circumstance: `pregnancy`, `child`, `dialysis` or `high_iron`; then no choices are named.
            asked: the message, for what else it asks about them.
        """
        make, known = self._lines, meant(check)
        lines = make.taken_off(taken_off)
        lines += make.together(check.together)
        if self._is_unsigned(known):
            return self._unsigned(lines, check)
        illness = list(self._asked.with_illness(asked, known))
        lines += [each.text for each in illness]
        lines += [make.text("utter_medicine_not_shared")] if talk().is_shared(asked) else []
        lines += make.holding(check.holding)
        lines += make.effects(check.findings)
        lines += [make.brand(brand) for brand in check.brands]
        if len(known) > 1 and not check.together and talk().is_about_both(asked):
            lines.append(make.text("utter_medicine_pair_none"))
        lines += make.do_not_stop(known)
        lines += [make.text(f"utter_medicine_ask_{circumstance}")] if circumstance and known else make.ask(known)
        lines += make.open(check)
        return self._reply(lines, check, "medication_check", _CHECKED, illness)

    def asked(self, check: Check, asks: Sequence[str], circumstance: str | None = None, text: str = "") -> Reply:
        """“Can I drink on it?”, “side effects?”, “can kids take it?”: what is asked, and nothing else.

        Args:
            check: the medicines that are meant, and dangerous pairs with alcohol when it asks about that.
            asks: what it asks (`clinical.medicines.asks`).
            circumstance: see `checked`.
            text: the message.
        """
        known = meant(check)
        if self._is_unsigned(known):
            return self._unsigned(self._lines.together(check.together), check)
        group = next((ask for ask in asks if ask in GROUPS), None)
        told = list(self._asked.for_group(group, known)) if group and not circumstance else []
        said = [*self._asked.with_illness(text, known), *told]
        said += [each for ask in asks for each in self._asked.of(ask, known, circumstance or group)]
        if not said:
            return self.checked(check, (), circumstance or group, text)
        lines = [*self._lines.together(check.together), *(each.text for each in said)]
        lines += self._lines.do_not_stop(known) if stops_matter(asks) else []
        whom = circumstance or group
        if whom:
            lines += [self._lines.text(f"utter_medicine_ask_{whom}")] if not told else []
        elif CHANGE in asks:
            lines += self._lines.ask(known)
        lines += self._lines.open(check)
        return self._reply(lines, check, "medication_check", _CHECKED, said)

    def of_effect(self, check: Check, effect: Effect, circumstance: str | None = None, text: str = "") -> Reply:
        """“Feet swollen, is that from it?”, “sauna with the patch?”: what is known, and what is urgent about it.

        Args:
            check: the medicines that are meant.
            effect: what is asked.
            circumstance: see `checked`.
            text: the message.
        """
        known = meant(check)
        if self._is_unsigned(known):
            return self._unsigned(self._lines.together(check.together), check)
        told = [each for each in known if effect.piece(each.kind.key, each.key)] or known
        said = [*self._asked.effect(effect, known), *self._asked.with_illness(text, known)]
        lines = [*self._lines.together(check.together), *(each.text for each in said)]
        lines += self._lines.do_not_stop(told) if effect.stop else []
        lines += [self._lines.text(f"utter_medicine_ask_{circumstance}")] if circumstance else []
        lines += self._lines.open(check)
        return self._reply(lines, check, "medication_check", _CHECKED, said)

    def stopping(self, check: Check, asked: str = "") -> Reply:
        """“I stopped it”: the warning for each medicine, whom to call today, what withdrawal may look like.

        Args:
            check: what was looked up.
            asked: the message, for what else it asks about them.
        """
        make, dangers = self._lines, dangers_of(meant(check))
        lines = make.together(check.together)
        lines += make.holding(check.holding)
        if len(dangers) == 1:
            stopping, same = dangers[0]
            facts = {"why": stopping.why, "signs": stopping.signs, "emergency": stopping.emergency}
            lines.append(make.text("utter_medicine_stop_today").format(names=said_of(same), **facts))
        elif dangers:
            lines += make.stopping_several(dangers)
        lines += [make.text("utter_medicine_start_again")] if talk().is_again(asked) else []
        lines += [make.text("utter_medicine_not_shared")] if talk().is_shared(asked) else []
        others = harmless_to_stop(check)
        if others:
            ask = "utter_medicine_stop_ask_too" if dangers else "utter_medicine_stop_ask_first"
            lines.append(make.text(ask).format(names=listed(others)))
        lines += make.open(check)
        return self._reply(lines, check, "stop_medication", STOPPING)

    def after_stop(self, check: Check) -> Reply:
        """“I feel awful”, right after the warning: that it may come of the stop, and who must know now."""
        names = listed(finding.said for finding in meant(check) if finding.stopping)
        lines = [self._lines.text("utter_medicine_after_stop").format(names=names)]
        return self._reply(lines, check, "stop_medication", STOPPING)

    def warning(self, together: Sequence[Together]) -> Reply:
        """Dangerous pairs alone, to stand before whatever else is answered."""
        sources = dict.fromkeys(source for each in together for source in each.pair.sources)
        return Reply("\n".join(self._lines.together(together)), (), self._references(sources))

    def told(self, names: Sequence[str]) -> Reply:
        """What the person told so far, and how to correct it."""
        if not names:
            return static_reply(self._catalogue, "utter_medicines_told_none")
        reply = static_reply(self._catalogue, "utter_medicines_told")
        return Reply(reply.text.format(names=listed(names), last=names[-1]), reply.choices)

    def _is_unsigned(self, known: Sequence[Finding]) -> bool:
        return unsigned_medicines(self._catalogue, ((finding.key, finding.kind.key) for finding in known))

    def _unsigned(self, lines: Sequence[str], check: Check) -> Reply:
        """What is dangerous is said; what else there is to say waits for a signature."""
        warned = [*lines, not_signed_line(self._catalogue), *self._lines.do_not_stop(meant(check))]
        return self._reply([*warned, *self._lines.open(check)], check, "medication_check", _CHECKED)

    def _reply(self, lines: list[str], check: Check, intent: str, topic: str, said: Sequence[Said] = ()) -> Reply:
        known = meant(check)
        text = "\n".join(lines)
        if not WARNING.search(text) and dangerous_names(KNOWLEDGE).search(text):
            text += f"\n{self._lines.text('utter_medicine_stop_none')}"
        products = [source for each in check.holding for source in each.sources]
        pairs = [source for each in check.together for source in each.pair.sources]
        stops = [source for finding in known if finding.stopping for source in finding.stopping.sources]
        own = [source for finding in known for source in finding.sources]
        ids = dict.fromkeys([*(source for each in said for source in each.sources), *own, *products, *pairs, *stops])
        return Reply(text, self._choices(check, intent), self._references(ids), topic=topic)

    def _choices(self, check: Check, intent: str) -> tuple[Choice, ...]:
        general = static_reply(self._catalogue, "utter_medicine_buttons").choices
        if check.unsure:
            return tuple(_about(name, intent) for name in check.unsure[0].medicines[:_CHOICES_MAX])
        if len(check.findings) < _MANY:
            return general
        single = [finding for finding in check.findings if not finding.is_kind]
        first = sorted(single, key=_importance)[: _CHOICES_MAX - 1]
        return (*(_about(finding.key, intent) for finding in first), general[-1])

    def _references(self, ids: Mapping[str, None]) -> tuple[Reference, ...]:
        return tuple(self._catalogue.references[source] for source in ids)


def was_stopping(events: Sequence[history.Event]) -> bool:
    """Whether the last answer warned of stopping a medicine."""
    return history.last_topic(history.last_turn(events)) == STOPPING


def _importance(finding: Finding) -> int:
    return 0 if finding.effect in TROUBLE else 1 if finding.stopping else 2


def _about(medicine: str, intent: str) -> Choice:
    return Choice(capital(medicine), f'/{intent}{{"medicine": "{medicine}"}}')
