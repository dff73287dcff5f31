"""From an answer to the messages that carry it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillnight.channels import pictures
from stillnight.channels.message import Choice, Contact, Reply, static_reply
from stillnight.channels.messenger.fitting import length
from stillnight.channels.messenger.outgoing import Limits, Option, Part
from stillnight.channels.messenger.shape import by_number, parts
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from stillnight.channels.whatsapp_twilio.limits import TWILIO
from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.clinical.emergency import Move, Open, Safety, Step
from stillnight.clinical.red_flags.finder import EMERGENCY, RedFlag
from stillnight.content.catalogue import Catalogue, catalogue
from stillnight.content.responses import answers, read_all
from stillnight.paths import DATA
from stillnight.safety.country import Place
from stillnight.safety.guard import guard
from tests.unit.lab_bars import bar

ROADS = pytest.mark.parametrize("limits", [CLOUD, TWILIO], ids=["cloud", "twilio"])
WORDS = catalogue()
REFERENCES = list(WORDS.references.values())
PLACES = [Place(), *(Place(code) for code in crisis_lines().countries)]


def options(titles: Sequence[str]) -> list[Option]:
    return [Option(f"id-{number}", title) for number, title in enumerate(titles)]


def offered(reply: Reply) -> list[Option]:
    return options([choice.title for choice in reply.choices])


def shaped(reply: Reply, limits: Limits) -> list[Part]:
    return parts(reply, limits, offered(reply), WORDS)


@lru_cache(maxsize=1)
def written() -> list[Reply]:
    """Every answer of `data/`, variations too."""
    return [
        static_reply(Catalogue({answer.name: answer}, WORDS.references), answer.name)
        for answer in answers(read_all(DATA))
    ]


def unspaced(text: str) -> str:
    return "".join(text.split())


def check_limits(made: Sequence[Part], limits: Limits) -> None:
    """That the messenger takes every part."""
    for part in made:
        most = limits.caption if part.picture else limits.body if part.options else limits.text
        assert 0 < length(part.text) <= most, part
        assert part.text == part.text.strip() != ""
        assert not (part.picture and part.options)
        titles = [option.title for option in part.options]
        assert len(titles) <= (limits.rows if part.listed else limits.buttons)
        assert all(0 < length(title) <= (limits.row_title if part.listed else limits.button_title) for title in titles)
        assert len({title.casefold() for title in titles}) == len(titles)
        assert 0 < length(part.menu) <= (limits.button_title or limits.row_title) if part.listed else not part.menu


def check_options(made: Sequence[Part], given: Sequence[Option], limits: Limits) -> None:
    """That every option can be chosen, once and in order."""
    if by_number(limits, len(given)):
        assert not any(part.options for part in made)
        lines = [line for part in made if not part.picture for line in part.text.splitlines()]
        numbers = [int(line.split()[0]) for line in lines if line[:1].isdigit() and line.split()[0].isdecimal()]
        assert [number for number in numbers if number <= len(given)][-len(given) :] == list(range(1, len(given) + 1))
    else:
        assert [option.id for part in made for option in part.options] == [option.id for option in given]
        assert sum(bool(part.options) for part in made) == bool(given)


# -- what the project says


@ROADS
def test_every_written_answer_is_one_message_with_all_its_words_and_options(limits: Limits) -> None:
    replies = written()
    assert len(replies) > 400
    for reply in replies:
        made = shaped(reply, limits)
        check_limits(made, limits)
        check_options(made, offered(reply), limits)
        assert len(made) == 1
        assert made[0].text.startswith(reply.text)
        # Titles are cut for buttons.
        shown = [option.title.removesuffix("…") for option in made[0].options]
        for choice in reply.choices:
            assert choice.title in made[0].text or any(choice.title.startswith(title) for title in shown)


@ROADS
@pytest.mark.parametrize("place", PLACES, ids=[str(place.country) for place in PLACES])
def test_every_alarm_is_one_message_that_begins_with_what_to_do_and_holds_the_numbers(
    limits: Limits, place: Place
) -> None:
    for name, category in guard().finder.categories.items():
        for move, certain in ((Move.RAISE, True), (Move.RAISE, False), (Move.REMIND, True)):
            still_open = Open(name, certain, ("crisis", "poison"))
            flag = RedFlag(category, category.urgency, "")
            [reply] = guard().words.of(Step(move, Safety(still_open), flag, certain), place)
            [part] = made = shaped(reply, limits)
            check_limits(made, limits)
            check_options(made, offered(reply), limits)
            assert part.text.startswith(reply.text)
            assert place.country is None or reply.contacts or category.urgency != EMERGENCY
            assert all(contact.say in part.text for contact in reply.contacts)


@ROADS
def test_every_country_can_be_chosen(limits: Limits) -> None:
    reply = guard().words.countries()
    made = shaped(reply, limits)
    check_limits(made, limits)
    check_options(made, offered(reply), limits)
    for country in crisis_lines().countries.values():
        assert country.title in made[0].text or country.title in [option.title for option in made[0].options]


def test_words_of_the_messenger_fit() -> None:
    assert length(WORDS.text("utter_messenger_menu")) <= CLOUD.button_title
    for name in ("yes", "no"):
        assert length(WORDS.text(f"utter_messenger_delete_{name}")) <= CLOUD.button_title


# -- options


def test_few_short_titles_are_buttons() -> None:
    [part] = parts(Reply("Yes."), CLOUD, options(["Tell me more", "Foods with iron", "Which blood tests?"]), WORDS)
    assert part == Part("Yes.", tuple(options(["Tell me more", "Foods with iron", "Which blood tests?"])))


def test_title_too_long_for_a_button_is_cut_between_words() -> None:
    [part] = parts(Reply("Yes."), CLOUD, options(["Tell me more", "Iron tablets and drips"]), WORDS)
    assert not part.listed
    assert [option.title for option in part.options] == ["Tell me more", "Iron tablets and…"]


@pytest.mark.parametrize(("number", "listed"), [(3, False), (4, True), (10, True)])
def test_more_than_three_are_a_list(number: int, listed: bool) -> None:
    [part] = parts(Reply("Which?"), CLOUD, options([f"Topic {each}" for each in range(number)]), WORDS)
    assert part.listed is listed and len(part.options) == number


def test_more_than_a_list_holds_are_numbered_in_the_text_and_none_is_dropped() -> None:
    titles = [f"Country {each} with quite a long name" for each in range(1, 13)]
    [part] = parts(Reply("Which?"), CLOUD, options(titles), WORDS)
    lines = part.text.splitlines()
    assert lines[0] == "Which?" and not part.options
    assert lines[2:-1] == [f"{number}  {title}" for number, title in enumerate(titles, 1)]
    assert lines[-1] == WORDS.text("utter_messenger_number")


def test_numbered_list_stands_beneath_text_and_sources() -> None:
    reply = Reply("Yes.", sources=(WORDS.references["iron_consensus_2018"],))
    [part] = parts(reply, TWILIO, options(["Tell me more", "Foods *with* iron"]), WORDS)
    assert part.text == (
        "Yes.\n\nFrom: Sleep Med 2018\n\n1  Tell me more\n2  Foods ∗with∗ iron\n" + WORDS.text("utter_messenger_number")
    )


def test_second_reply_of_a_turn_goes_on_counting() -> None:
    [part] = parts(Reply("And?"), TWILIO, options(["Tell me more", "Iron"]), WORDS, first=4)
    assert "\n4  Tell me more\n5  Iron\n" in part.text


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        (["Medicines that make it worse", "Medicines that make it better"], ["1 Medicines that…", "2 Medicines that…"]),
        (["Tell me more", "Iron", "tell me more"], ["1 Tell me more", "Iron", "3 tell me more"]),
        (["More", "More", "1 More"], ["1 More", "2 More", "3 1 More"]),
        (["", "Iron", "  "], ["1", "Iron", "3"]),
    ],
)
def test_titles_that_would_be_the_same_are_numbered(titles: list[str], shown: list[str]) -> None:
    [part] = parts(Reply("Which?"), replace(CLOUD, rows=0), options(titles), WORDS)
    assert [option.title for option in part.options] == shown


def test_text_too_long_for_options_is_followed_by_a_short_one_that_carries_them() -> None:
    text = "This is a sentence of an answer. " * 60
    made = parts(Reply(text), CLOUD, options(["Tell me more"]), WORDS)
    assert made == [
        Part(text.strip()),
        Part(WORDS.text("utter_messenger_options"), (Option("id-0", "Tell me more"),)),
    ]


def test_options_without_text_stand_under_words_of_their_own() -> None:
    [part] = parts(Reply(""), CLOUD, options(["Iron"]), WORDS)
    assert part.text == WORDS.text("utter_messenger_options")
    [part] = parts(Reply(" "), TWILIO, options(["Iron"]), WORDS)
    assert part.text.startswith(WORDS.text("utter_messenger_options"))
    assert parts(Reply(""), CLOUD, [], WORDS) == []


# -- sources and contacts


def test_three_sources_are_named_and_more_are_others() -> None:
    made = parts(Reply("Yes.", sources=tuple(REFERENCES[:3])), CLOUD, [], WORDS)
    assert made == [Part("Yes.\n\nFrom: J Clin Sleep Med 2025; Sleep Med 2014; Mayo Clin Proc 2021")]
    made = parts(Reply("Yes.", sources=tuple(REFERENCES[:5])), CLOUD, [], WORDS)
    assert made[0].text.endswith("; Mayo Clin Proc 2021 and others")


def test_sources_of_one_name_are_said_once_and_each_in_a_few_words() -> None:
    twice = (REFERENCES[0], replace(REFERENCES[0], id="other"))
    assert parts(Reply("Yes.", sources=twice), CLOUD, [], WORDS) == [Part("Yes.\n\nFrom: J Clin Sleep Med 2025")]
    for reference in REFERENCES:
        [part] = parts(Reply("Yes.", sources=(reference,)), CLOUD, [], WORDS)
        assert str(reference.year) in part.text and length(part.text) < 60


def test_number_to_call_that_the_text_forgot_is_written_out() -> None:
    reply = Reply("Call now: 999", contacts=(Contact("999", "tel:999"), Contact("116 123", "tel:116123")))
    assert parts(reply, CLOUD, [], WORDS) == [Part("Call now: 999\n116 123")]


def test_long_alarm_says_first_what_to_do_and_breaks_no_number() -> None:
    lines = "\n".join(f"Line of country {number}: 0{number} 809 2166" for number in range(10, 99))
    contacts = tuple(Contact(f"0{number} 809 2166", "tel:") for number in range(10, 99))
    reply = Reply(f"Call your local emergency number now.\n{lines}", contacts=contacts)
    made = parts(reply, TWILIO, options(["I am safe now"]), WORDS)
    check_limits(made, TWILIO)
    assert len(made) > 1 and made[0].text.startswith("Call your local emergency number now.")
    assert all(any(contact.say in part.text for part in made) for contact in contacts)
    assert "1  I am safe now" in made[-1].text


def test_number_to_call_stays_whole_whatever_it_is_made_of() -> None:
    reply = Reply("Please text the word now: HOME to 741741", contacts=(Contact("HOME to 741741", "sms:741741"),))
    made = parts(reply, replace(CLOUD, text=33), [], WORDS)
    assert made == [Part("Please text the word now:"), Part("HOME to 741741")]


# -- formatting


def test_marks_of_the_text_are_shown_where_they_would_format_alone() -> None:
    assert parts(Reply("take *care*"), CLOUD, [], WORDS)[0].text == "take ∗care∗"
    assert parts(Reply("take *care*"), replace(CLOUD, bold=""), [], WORDS)[0].text == "take *care*"


# -- pictures


def test_picture_comes_right_after_its_text_with_what_it_shows_in_words() -> None:
    drawn = (bar("ferritin", 45), bar("ferritin", 12))
    made = parts(Reply("Your ferritin.", pictures=drawn), CLOUD, options(["Tell me more"]), WORDS)
    check_limits(made, CLOUD)
    assert [part.text for part in made] == ["Your ferritin.", *map(pictures.alternative, drawn)]
    assert [bool(part.options) for part in made] == [True, False, False]
    for part, each in zip(made[1:], drawn):
        assert base64.b64decode(str(part.picture), validate=True) == pictures.png(each)


def test_picture_stands_before_options_that_have_a_message_of_their_own() -> None:
    reply = Reply("This is long. " * 100, pictures=(bar("ferritin", 45),))
    made = parts(reply, CLOUD, options(["Tell me more"]), WORDS)
    assert [(bool(part.picture), bool(part.options)) for part in made] == [(False, False), (True, False), (False, True)]


def test_caption_is_cut() -> None:
    made = parts(Reply("Ferritin.", pictures=(bar("ferritin", 45),)), replace(CLOUD, caption=30), [], WORDS)
    assert made[1].text.endswith("…") and length(made[1].text) <= 30


@pytest.mark.parametrize(("caption", "shows"), [(1024, False), (0, True)])
def test_picture_that_cannot_be_shown_is_written_out(caption: int, shows: bool) -> None:
    drawn = bar("ferritin", 45)
    limits = replace(CLOUD, caption=caption)
    made = parts(Reply("Your ferritin.", pictures=(drawn,)), limits, options(["Iron"]), WORDS, pictures=shows)
    assert made == [Part(f"Your ferritin.\n\n{pictures.text(drawn)}", tuple(options(["Iron"])))]


# -- anything


small = st.builds(
    Limits,
    text=st.integers(80, 300),
    caption=st.integers(0, 60),
    body=st.integers(20, 80),
    buttons=st.integers(0, 3),
    button_title=st.integers(8, 20),
    rows=st.integers(0, 10),
    row_title=st.integers(8, 24),
    pace=st.just(1.0),
    window=st.just(1.0),
    bold=st.sampled_from(["", "*"]),
)
# Letters, so that marks and numbers of the text are not taken for those of a list.
letters = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Mn", "So"), include_characters=" \n.?"), max_size=600)


@given(
    text=st.text(max_size=600) | letters,
    limits=small,
    titles=st.lists(st.text(max_size=40), max_size=14),
    sources=st.lists(st.sampled_from(REFERENCES), max_size=5),
)
def test_no_part_breaks_a_limit(text: str, limits: Limits, titles: list[str], sources: list[object]) -> None:
    reply = Reply(text, sources=tuple(source for source in REFERENCES if source in sources))
    check_limits(parts(reply, limits, options(titles), WORDS), limits)


@given(text=letters, limits=small, titles=st.lists(st.sampled_from(["Iron", "More", "My legs"]), max_size=14))
def test_no_word_and_no_option_is_lost(text: str, limits: Limits, titles: list[str]) -> None:
    made = parts(Reply(text, tuple(Choice(title, "/help") for title in titles)), limits, options(titles), WORDS)
    said = unspaced("".join(part.text for part in made))
    assert said.startswith(unspaced(text))
    check_options(made, options(titles), limits)
    if by_number(limits, len(titles)):
        end = "".join(f"{number}{title}" for number, title in enumerate(titles, 1))
        assert said.endswith(unspaced(end + WORDS.text("utter_messenger_number")))
