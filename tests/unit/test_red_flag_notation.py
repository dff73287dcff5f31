"""The notation of rules: what a template stands for, alone and beside others, and where it is found."""

from __future__ import annotations

from collections.abc import Set

import pytest

from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.reading import Reader
from stillnight.clinical.red_flags.templates import Notation, TemplateError, parse
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

GROUPS = {
    "relative": ["mother", "<child>", "[my] <child> too"],
    "child": ["son", "(little|small) girl"],
    "many": ["(a|b|c|d|e|f|g|h|i|j) (a|b|c|d|e|f|g|h|i|j)"] * 2,
    "long": [" ".join(["(a|b|c|d|e|f|g|h|i|j)"] * 5)],
}
RELATIVES = {
    *("mother", "son", "little girl", "small girl", "my son too", "my little girl too", "my small girl too"),
    *("son too", "little girl too", "small girl too"),
}


def phrases(source: str, fillers: Set[str] = frozenset()) -> list[set[str]]:
    return [{" ".join(each) for each in element.phrases} for element in parse(source, GROUPS, fillers).every_element]


@pytest.mark.parametrize(
    ("source", "stands_for"),
    [
        ("want to die", [{"want to die"}]),
        ("Éric (ended|finished it) all", [{"eric"}, {"ended", "finished it"}, {"all"}]),
        ("<relative> [has] collapsed", [RELATIVES, {"has"}, {"collapsed"}]),
        ("took 9 pills", [{"took 9 pills", "took 20 pills", "took 39 pills", "took 1999 pills"}]),
        ("(20|a lot) of", [{"20", "39", "a lot"}, {"of"}]),
        ("chest ... hurting ! kitchen !! drawers", [{"chest"}, {"hurting"}, {"kitchen"}, {"drawers"}]),
    ],
)
def test_template_stands_for_its_phrases(source: str, stands_for: list[set[str]]) -> None:
    assert phrases(source) == stands_for


def test_same_phrase_written_twice_counts_once() -> None:
    assert len(phrases("<many>")[0]) == 100


def test_fillers_are_left_out_of_every_phrase() -> None:
    assert phrases("so very <relative> (so|very|much)", {"very", "my", "little"}) == [
        {"so"},
        {"mother", "son", "girl", "small girl", "son too", "girl too", "small girl too"},
        {"so", "much"},
    ]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<nobody> fell", "<nobody>, which does not exist"),
        ("(open fell", "bracket that is not closed"),
        ("[perhaps]", "nothing that must stand there"),
        ("fell & [perhaps]", "nothing that must stand there"),
        ("<long>", "more than 20000 phrases"),
        ("very ... bad", "a word that is passed over"),
        ("bad ! very", "a word that is passed over"),
    ],
)
def test_template_that_cannot_be_read_says_why(source: str, why: str) -> None:
    with pytest.raises(TemplateError, match=why):
        parse(source, GROUPS, {"very"})


def test_rule_read_beside_others_is_the_rule_read_alone() -> None:
    raw, context = load_yaml(KNOWLEDGE / "red_flags.yml"), load_yaml(KNOWLEDGE / "red_flag_context.yml")
    groups = {**raw["groups"], **context["groups"], **{name: ["sertraline"] for name in raw["medicine_groups"]}}
    fillers = frozenset(map(str, context["fillers"]))
    together = Notation(groups, fillers)
    sources = [str(source) for facts in raw["red_flags"].values() for source in facts["says"]]
    read = [together.parse(source) for source in sources]
    for source, template in list(zip(sources, read))[::25]:
        assert parse(source, groups, fillers) == template


def found(templates: list[str], text: str, hidden: frozenset[int] = frozenset()) -> list[tuple[str, int, int]]:
    matcher = TemplateMatcher((source, parse(source, GROUPS)) for source in templates)
    reading = Reader(matcher.vocabulary(), {}, ()).read(text)
    return [(match.key, match.spans[0].start, match.spans[0].end) for match in matcher.find(reading, hidden)]


def test_phrase_at_the_end_of_a_message_ends_there() -> None:
    # “die now” makes the matcher look for two words from “die” on, and there is but one.
    assert found(["die", "(die|die now)", "die now"], "want to die") == [("die", 2, 3), ("(die|die now)", 2, 3)]


def test_templates_that_share_a_group_are_each_found() -> None:
    shared = ["<relative> fell", "<relative> & fainted", "saw <relative>"]
    text = "i saw my small girl too fell"
    # Of what ends at one word the tightest: “small girl too” fell, without “my”.
    assert found(shared, text) == [("<relative> fell", 3, 7), ("saw <relative>", 1, 6)]


def test_hidden_words_take_no_part() -> None:
    assert found(["die", "small girl"], "small girl die", frozenset({1})) == [("die", 2, 3)]
