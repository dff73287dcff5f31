"""Whom to call, by country."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.crisis_lines import CRISIS, EMERGENCY, POISON, Country, CrisisLines, crisis_lines
from stillnight.paths import KNOWLEDGE

LINES = crisis_lines()
RAW = yaml.safe_load((KNOWLEDGE / "crisis_lines.yml").read_text(encoding="utf-8"))
KINDS = (EMERGENCY, CRISIS, POISON)
CODES = ["US", "CA", "GB", "IE", "EU", "AE", "AU", "NZ", "IN"]
TITLE_FITS = 24
any_text = settings(derandomize=True, deadline=None, database=None, max_examples=300)
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


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("+12125550123", "US"),
        ("+18005551234", "US"),
        ("+14165550123", "CA"),
        ("+447700900123", "GB"),
        ("447700900123", "GB"),
        ("+44 7700 900123", "GB"),
        ("+353851234567", "IE"),
        ("+4915123456789", "EU"),
        ("+33612345678", "EU"),
        ("+390612345678", "EU"),
        ("+971501234567", "AE"),
        ("+61412345678", "AU"),
        ("+64211234567", "NZ"),
        ("+919876543210", "IN"),
    ],
)
def test_phone_number_tells_its_country(phone: str, code: str) -> None:
    assert LINES.of_phone(phone) == code


@pytest.mark.parametrize("phone", ["", "+", "abc", "0044", "07700900123", "+4", "+41791234567", "+999999999999"])
def test_phone_number_of_nowhere_that_we_know_tells_nothing(phone: str) -> None:
    assert LINES.of_phone(phone) is None


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("en-GB", "GB"),
        ("en_GB", "GB"),
        ("en-gb", "GB"),
        ("en-NZ", "NZ"),
        ("ar-AE", "AE"),
        ("hi_IN.UTF-8", "IN"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "CA"),
        ("en-US,en;q=0.5", "US"),
        ("de-DE,de;q=0.9,en-US;q=0.8", "EU"),
        ("de,en-GB;q=0.7", "GB"),
        ("*, en-IE", "IE"),
        ("sl-Latn-SI", "EU"),
    ],
)
def test_first_region_of_a_locale_line_tells_the_country(locale: str, code: str) -> None:
    assert LINES.of_locale(locale) == code


@pytest.mark.parametrize("locale", ["en", "", "*", "fr,en;q=0.5", "nonsense", "en-001", "zh-Hans", "i-klingon", "x-US"])
def test_locale_line_without_region_tells_nothing(locale: str) -> None:
    assert LINES.of_locale(locale) is None


def test_region_that_we_have_no_numbers_for_is_not_passed_over_for_a_later_one() -> None:
    assert LINES.of_locale("de-CH,de;q=0.9,en-US;q=0.8") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I live in England", "GB"),
        ("im in the uk", "GB"),
        ("the U.K.", "GB"),
        ("U.S.A.", "US"),
        ("america", "US"),
        ("I am in NEW   YORK", "US"),
        ("Dublin, Ireland", "IE"),
        ("we are in germany", "EU"),
        ("eu", "EU"),
        ("toronto", "CA"),
        ("dubai", "AE"),
        ("Al Ain", "AE"),
        ("Sydney!", "AU"),
        ("from new zealand", "NZ"),
        ("auckland nz", "NZ"),
        ("new delhi", "IN"),
    ],
)
def test_country_is_known_by_its_name_or_a_large_city(text: str, code: str) -> None:
    assert LINES.mentioned(text) == code


def test_last_country_named_counts() -> None:
    assert LINES.mentioned("we moved from India to Canada") == "CA"
    assert LINES.mentioned("we moved to Canada from India") == "IN"


@every_country
def test_every_listed_name_is_understood(country: Country) -> None:
    for name in RAW[country.code]["names"]:
        assert LINES.mentioned(f"I am in {str(name).title()} now") == country.code, name


@pytest.mark.parametrize("text", ["", "tell us more", "my legs", "nice", "switzerland", "ukulele", "I am indian"])
def test_other_words_name_no_country(text: str) -> None:
    assert LINES.mentioned(text) is None


@any_text
@given(st.text(max_size=60) | st.text(alphabet="+0123456789-_,;=enGBUS ", max_size=30))
def test_any_hint_gives_a_country_that_we_know_or_none(text: str) -> None:
    for found in (LINES.of_phone(text), LINES.of_locale(text), LINES.mentioned(text)):
        assert found is None or found in LINES.countries


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
