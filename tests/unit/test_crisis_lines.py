"""Whom to call, by country."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from stillnight.clinical.crisis_lines import CRISIS, EMERGENCY, POISON, Country, CrisisLines, crisis_lines
from stillnight.paths import KNOWLEDGE

LINES = crisis_lines()
RAW = yaml.safe_load((KNOWLEDGE / "crisis_lines.yml").read_text(encoding="utf-8"))
KINDS = (EMERGENCY, CRISIS, POISON)
CODES = ["US", "CA", "GB", "IE", "EU", "AE", "AU", "NZ", "IN"]
TITLE_FITS = 24
every_country = pytest.mark.parametrize("country", LINES.countries.values(), ids=CODES)


def numbers(code: str, kind: str) -> list[str]:
    return [number.say for line in LINES.lines(code, [kind]) for number in line.numbers]


def test_countries_are_those_that_we_know_numbers_for() -> None:
    assert list(LINES.countries) == CODES


@every_country
def test_country_has_an_emergency_line(country: Country) -> None:
    assert country.lines[EMERGENCY]
    assert set(country.lines) == set(KINDS)


@every_country
@pytest.mark.parametrize("others", [(), (CRISIS,), (POISON,), (POISON, CRISIS)])
def test_emergency_line_comes_first_in_every_list(country: Country, others: tuple[str, ...]) -> None:
    listed = LINES.lines(country.code, (EMERGENCY, *others))
    first = country.lines[EMERGENCY]
    assert listed[: len(first)] == first
    assert listed == tuple(line for kind in (EMERGENCY, *others) for line in country.lines[kind])


@pytest.mark.parametrize("others", [(), (CRISIS,), (POISON,), (POISON, CRISIS)])
def test_main_lines_begin_with_the_emergency_line_of_every_country(others: tuple[str, ...]) -> None:
    listed = LINES.main_lines((EMERGENCY, *others))
    assert [line.label for line in listed[: len(CODES)]] == [country.title for country in LINES.countries.values()]
    for line, country in zip(listed, LINES.countries.values()):
        assert line.numbers == country.lines[EMERGENCY][0].numbers


@every_country
def test_title_fits_a_button(country: Country) -> None:
    assert 0 < len(country.title) <= TITLE_FITS
    assert country.name


@every_country
def test_link_holds_just_the_digits_that_are_read_out(country: Country) -> None:
    for line in LINES.lines(country.code, KINDS):
        assert line.label
        assert line.numbers
        for number in line.numbers:
            scheme, _, rest = number.href.partition(":")
            dialled = rest.partition("?")[0]
            assert scheme in {"tel", "sms"}
            assert dialled.isdecimal()
            assert dialled.isascii()
            assert dialled == "".join(char for char in number.say if char.isdigit())


def test_text_line_opens_a_text_with_its_word() -> None:
    texts = [number.href for line in LINES.lines("GB", [CRISIS]) for number in line.numbers if "sms" in number.href]
    assert texts == ["sms:85258?body=SHOUT"]


def test_numbers_of_a_line_are_said_with_or() -> None:
    assert [line.said for line in LINES.lines("GB", [EMERGENCY])] == ["999 or 112"]


@pytest.mark.parametrize(
    ("code", "emergency", "crisis", "poison"),
    [
        ("US", ["911"], ["988"], ["1-800-222-1222"]),
        ("CA", ["911"], ["9-8-8"], ["1-844-764-7669"]),
        ("GB", ["999", "112"], ["116 123", "111", "85258"], ["111"]),
        ("IE", ["112", "999"], ["116 123"], ["01 809 2166"]),
        ("EU", ["112"], ["116 123"], []),
        ("AE", ["998", "999"], ["800 4673"], ["800 424"]),
        ("AU", ["000"], ["13 11 14"], ["13 11 26"]),
        ("NZ", ["111"], ["1737"], ["0800 764 766"]),
        ("IN", ["112"], ["14416"], []),
    ],
)
def test_numbers_are_those_of_the_clinical_facts(
    code: str, emergency: list[str], crisis: list[str], poison: list[str]
) -> None:
    assert [numbers(code, kind) for kind in KINDS] == [emergency, crisis, poison]


def test_111_is_the_emergency_number_of_new_zealand_and_of_no_other_country() -> None:
    assert [code for code in CODES if "111" in numbers(code, EMERGENCY)] == ["NZ"]


@pytest.mark.parametrize("code", [None, "", "XX", "gb"])
def test_unknown_country_has_no_lines(code: str | None) -> None:
    assert LINES.lines(code, KINDS) == ()


def test_every_region_belongs_to_one_country() -> None:
    regions = [region for facts in RAW.values() for region in facts["regions"]]
    assert len(regions) == len(set(regions))


def test_every_entry_says_when_it_was_checked_by_whom_and_its_source() -> None:
    references = yaml.safe_load((KNOWLEDGE / "references.yml").read_text(encoding="utf-8"))
    for code, facts in RAW.items():
        assert facts["review"] in {"needed", "done"}, code
        assert "checked" in facts, code
        assert facts["sources"], code
        assert set(facts["sources"]) <= references.keys(), code


def test_lines_are_read_from_the_folder_given(tmp_path: Path) -> None:
    (tmp_path / "crisis_lines.yml").write_text(
        "XY:\n  title: Nowhere\n  name: Nowhere\n  names: [nowhere]\n  regions: [XY]\n  lines:\n"
        "    emergency: [{label: Emergency, numbers: [15]}]\n    crisis: []\n    poison: []\n",
        encoding="utf-8",
    )
    made = CrisisLines.load(tmp_path)
    assert [line.said for line in made.main_lines(KINDS)] == ["15"]
    assert made.countries["XY"].brands is None
