"""From a move of the emergency to what is said: words from `data/`, numbers from `knowledge/crisis_lines.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from stillnight.channels.message import ENGLISH, Choice, Contact, Reply, static_reply
from stillnight.clinical.crisis_lines import EMERGENCY as EMERGENCY_LINE
from stillnight.clinical.crisis_lines import CrisisLines, Line
from stillnight.clinical.emergency import SELF_HARM, Move, Open, Step
from stillnight.clinical.red_flags.finder import EMERGENCY, RedFlag
from stillnight.content.catalogue import Catalogue
from stillnight.safety.country import Place

_AGAIN: Final = "utter_red_flag_again"
_CHECK_IN = {
    Move.CHECK_IN: "utter_check_in",
    Move.CHECK_IN_AGAIN: "utter_check_in_again",
    Move.HELP_COMING: "utter_check_in_help_coming",
    Move.UNSAFE: "utter_check_in_unsafe",
    Move.SAFE: "utter_check_in_safe",
    Move.MISUNDERSTOOD: "utter_check_in_misunderstood",
    Move.THOUGHTS: "utter_check_in_thoughts",
    Move.CALL_ALL_THE_SAME: "utter_check_in_call_all_the_same",
    Move.CANNOT_WAIT: _AGAIN,
    Move.YES_CALL: "utter_check_in_yes_call",
    Move.ASK_THEM: "utter_check_in_ask_them",
}
# Of a danger to the body nobody asks “are you safe?” while time runs: whether the alarm is sure or not.
_CALL_FIRST: Final = {True: "utter_check_in_call", False: "utter_check_in_call_if_so"}


def _words_of(step: Step) -> str:
    now = step.safety.open
    if now and step.move in (Move.CHECK_IN, Move.CHECK_IN_AGAIN) and SELF_HARM not in (now.category, *now.before):
        return _CALL_FIRST[now.certain]
    return _CHECK_IN[step.move]


class Words:
    """Makes the replies of the guard."""

    def __init__(self, catalogue: Catalogue, lines: CrisisLines, lab_titles: Mapping[str, str]) -> None:
        """`lab_titles`: how each lab test is named in a sentence."""
        self._catalogue = catalogue
        self._lines = lines
        self._lab_titles = lab_titles

    def of(self, step: Step, place: Place, language: str | None = None) -> list[Reply]:
        """What to say for a step, in order. `language`: code of the one that the danger was told in; None: English."""
        if step.move in (Move.RAISE, Move.REMIND):
            assert step.flag is not None
            return [self._opened(self._danger(step, step.flag, place), language)]
        reply = static_reply(self._catalogue, _words_of(step))
        if step.closed is not None:
            return [reply, *self._back_to_lab(step.closed)]
        still_open = step.safety.open
        assert still_open is not None
        # One country's lines are few. The main lines of all countries are many, and were said with the alarm.
        every_line = step.move in (Move.UNSAFE, Move.THOUGHTS, Move.CALL_ALL_THE_SAME) or place.country is not None
        kinds = still_open.numbers if every_line else ()
        return [self._with_numbers(reply, kinds, place, "utter_emergency_buttons")]

    def numbers(self, still_open: Open | None, place: Place) -> Reply:
        """The numbers alone, for another country."""
        kinds = still_open.numbers if still_open else ("crisis", "poison")
        buttons = "utter_emergency_buttons" if still_open else "utter_same_day_buttons"
        text, contacts = self._numbers(kinds, place)
        return Reply(text, self._buttons(buttons), contacts=contacts, urgent=still_open is not None)

    def with_emergency_number(self, reply: Reply, place: Place) -> Reply:
        """The reply with the emergency number beneath it, and nothing to press but another country."""
        numbers, contacts = self._numbers((), place)
        told = reply.with_lines(numbers, ENGLISH)
        return replace(told, choices=(self.change_country(),), contacts=contacts, urgent=True)

    def change_country(self) -> Choice:
        """The button that leads to the numbers of another country."""
        return self._buttons("utter_emergency_buttons")[-1]

    def open_door(self) -> Reply:
        """What follows an answer to words that could have meant danger."""
        return static_reply(self._catalogue, "utter_open_door")

    def check_in_beside(self, place: Place) -> Reply:
        """“Are you safe?” beneath an answer to something else."""
        asked = static_reply(self._catalogue, "utter_check_in_beside")
        return self._with_numbers(asked, (), place, "utter_emergency_buttons")

    def countries(self) -> Reply:
        """The question which country it is, each of ours as a button."""
        asked = static_reply(self._catalogue, "utter_change_country")
        choices = tuple(
            Choice(country.title, f'/change_country{{"country": "{code}"}}')
            for code, country in self._lines.countries.items()
        )
        return replace(asked, choices=choices)

    def _opened(self, reply: Reply, language: str | None) -> Reply:
        """The reply behind one sentence in the person's own language: where to look, and to call now."""
        opening = f"utter_danger_{language}"
        if opening not in self._catalogue.answers:
            return reply
        told = static_reply(self._catalogue, opening).with_lines(reply.text, ENGLISH)
        return replace(reply, text=told.text, languages=told.languages)

    def _danger(self, step: Step, flag: RedFlag, place: Place) -> Reply:
        emergency = flag.urgency == EMERGENCY
        still_open = step.safety.open
        if step.move is Move.REMIND:
            own = f"utter_red_flag_again_{flag.name}"
            name = (
                own if own in self._catalogue.answers and emergency == (flag.category.urgency == EMERGENCY) else _AGAIN
            )
        elif emergency and flag.category.urgency != EMERGENCY:
            name = f"utter_red_flag_{flag.name}_now"
        elif step.certain:
            name = f"utter_red_flag/{flag.name}"
        else:
            name = f"utter_possible_{flag.name}"
        kinds = still_open.numbers if still_open and emergency else flag.category.numbers
        buttons = "utter_emergency_buttons" if emergency else "utter_same_day_buttons"
        return self._with_numbers(static_reply(self._catalogue, name), kinds, place, buttons)

    def _with_numbers(self, reply: Reply, kinds: Sequence[str], place: Place, buttons: str) -> Reply:
        numbers, contacts = self._numbers(kinds, place)
        told = f"{reply.text}\n{numbers}"
        return replace(reply, text=told, choices=self._buttons(buttons), contacts=contacts, urgent=True)

    def _buttons(self, name: str) -> tuple[Choice, ...]:
        return static_reply(self._catalogue, name).choices

    def _numbers(self, kinds: Sequence[str], place: Place) -> tuple[str, tuple[Contact, ...]]:
        if place.country is None:
            said, lines = self._numbers_anywhere(kinds)
        else:
            heading = "utter_numbers_guessed" if place.guessed else "utter_numbers_country"
            country = self._lines.countries[place.country].name
            lines = self._lines.lines(place.country, (EMERGENCY_LINE, *kinds))
            said = [self._text(heading).format(country=country), *(f"{line.label}: {line.said}" for line in lines)]
        contacts = tuple(Contact(number.say, number.href) for line in lines for number in line.numbers)
        return "\n".join([*said, self._text("utter_numbers_note")]), contacts

    def _numbers_anywhere(self, kinds: Sequence[str]) -> tuple[list[str], tuple[Line, ...]]:
        said = [self._text("utter_numbers_unknown")]
        lines: list[Line] = []
        for kind in kinds:
            of_kind = self._lines.main_lines((kind,))
            said += [self._text(f"utter_numbers_unknown_{kind}"), *(f"{line.label}: {line.said}" for line in of_kind)]
            lines += of_kind
        return said, tuple(lines)

    def _back_to_lab(self, closed: Open) -> list[Reply]:
        if not closed.labs:
            return []
        offer = static_reply(self._catalogue, "utter_check_in_back_to_lab")
        labs = " and ".join(self._lab_titles[lab] for lab in closed.labs)
        choices = tuple(
            replace(choice, payload=choice.payload.replace("{lab}", closed.labs[0])) for choice in offer.choices
        )
        return [replace(offer, text=offer.text.format(labs=labs), choices=choices)]

    def _text(self, name: str) -> str:
        return self._catalogue.answers[name].text
