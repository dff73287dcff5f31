"""Which country a telephone number, a language setting or a text speaks of."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.crisis_lines import Country, crisis_lines
from stillnight.paths import KNOWLEDGE

LINES = crisis_lines()
RAW = yaml.safe_load((KNOWLEDGE / "crisis_lines.yml").read_text(encoding="utf-8"))
any_text = settings(derandomize=True, deadline=None, database=None, max_examples=300)


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
        ("+441534123456", "GB"),
        ("+447797123456", "GB"),
        ("+441481723456", "GB"),
        ("+447624312345", "GB"),
        ("+17875550123", "US"),
        ("+590690001234", "EU"),
        ("whatsapp:+447700900123", "GB"),
        ("00447700900123", "GB"),
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
        ("en-JE", "GB"),
        ("en-UK", "GB"),
        ("es-PR", "US"),
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
        ("belfast in Northern Ireland", "GB"),
        ("the republic of ireland", "IE"),
        ("New South Wales", "AU"),
        ("new jersey", "US"),
        ("im in jersey", "GB"),
        ("isle of man", "GB"),
        ("london, ontario", "CA"),
        ("Montréal", "CA"),
        ("in the US", "US"),
        ("from Ireland to Northern Ireland", "GB"),
    ],
)
def test_country_is_known_by_its_name_or_a_large_city(text: str, code: str) -> None:
    assert LINES.mentioned(text) == code


def test_last_country_named_counts() -> None:
    assert LINES.mentioned("we moved from India to Canada") == "CA"
    assert LINES.mentioned("we moved to Canada from India") == "IN"


@pytest.mark.parametrize("country", LINES.countries.values(), ids=lambda country: country.code)
def test_every_listed_name_is_understood(country: Country) -> None:
    for name in RAW[country.code]["names"]:
        assert LINES.mentioned(f"I am in {str(name).title()} now") == country.code, name


@pytest.mark.parametrize(
    "text", ["", "tell us more", "my legs", "nice", "switzerland", "give us a number", "ukulele", "I am indian"]
)
def test_other_words_name_no_country(text: str) -> None:
    assert LINES.mentioned(text) is None


@any_text
@given(st.text(max_size=60) | st.text(alphabet="+0123456789-_,;=enGBUS ", max_size=30))
def test_any_hint_gives_a_country_that_we_know_or_none(text: str) -> None:
    for found in (LINES.of_phone(text), LINES.of_locale(text), LINES.mentioned(text)):
        assert found is None or found in LINES.countries
