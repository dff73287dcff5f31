"""How numbers, addresses and dates that tell who somebody is are written. Words come from `knowledge/redaction.yml`.

Each function gives rules: a pattern whose group `it` is what has to go, and the kind of thing that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

Rule = tuple[re.Pattern[str], str]

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_WHOLE_YEAR: Final = r"(?:19|20)\d\d"
# With the same sign at both places: “11.7-15.5” is a range.
_WRITTEN_DATE: Final = "|".join(
    rf"{_DAY}{sign}{_DAY}{sign}(?:{_WHOLE_YEAR}|\d\d)|{_WHOLE_YEAR}{sign}{_DAY}{sign}{_DAY}"
    for sign in (r"\.", "/", "-")
)
# British (no C, I, K, M, O or V in the last part), Canadian, Irish, ZIP+4. “%s” is what a unit or an ending would be.
_POSTCODE: Final = (
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d(?!(?:%s)\b)[ABD-HJLNP-UW-Z]{2}"
    r"|[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d|[AC-FHKNPRTV-Y]\d[\dW] [\dAC-FHKNPRTV-Y]{4}|\d{5}-\d{4}"
)
_CAPITALISED: Final = r"(?-i:[A-Z][\w'.-]*)"


def any_of(words: Iterable[object]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(map(str, words), key=len, reverse=True))


def computer_addresses(raw: Mapping[str, Any]) -> list[Rule]:
    """E-mail and web addresses, written or spelt out, and @names."""
    endings, hosts = any_of(raw["web_endings"]), any_of(raw["mail_hosts"])
    at, dot = r"\s*(?:\(at\)|@|\bat\b)\s*", r"\s*(?:\(dot\)|\.|\bdot\b)\s*"
    return _rules(
        ("web", r"(?P<it>(?:https?://|www\.)\S*[^\s.,;:!?)])"),
        ("email", r"(?<![^\s<(])(?P<it>[^\s<(]+@(?=\S*[^\W\d_])[^\s>)]*[^\s.,;:!?)>])"),
        (
            "email",
            rf"(?P<it>\b[\w.+-]{{1,64}}(?:\s+dot\s+[\w-]{{1,64}}){{0,2}}{at}(?:{hosts}){dot}(?:{endings})\b(?:{dot}(?:{endings})\b)?)",
        ),
        ("name", r"(?<!\S)(?P<it>@\w{3,})"),
        ("web", rf"(?P<it>\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{endings})\b(?:/[^\s,;!?)]*)?)(?!\.?\w)"),
    )


def numbers_with_cue(raw: Mapping[str, Any]) -> list[Rule]:
    """Numbers that a word before them explains: “nhs number”, “ring me on”, “postcode”."""
    number = r"(?:[A-Z]{1,4}[ -]?)?\d(?:[ /-]?\d){3,}(?:[ -]?[A-Z]\b)?"
    phone = r"[+(]?\d(?:[ ().-]{0,2}\d){4,}"
    postal = r"(?:[A-Z]{1,3}[ -]?)?\d[A-Z\d]{2,}(?:[ -][A-Z\d]{3,4}\b)?(?: [A-Z]{2}\b)?"
    links = rf"(?:\s+(?:{any_of(raw['phone_links'])})\b){{0,3}}"
    numbers, phones, postcodes = (any_of(raw[f"{kind}_cues"]) for kind in ("number", "phone", "postal"))
    return _rules(
        ("number", rf"\b(?:{numbers})\b(?:\s*(?:is|no|number|nr)\b|[:#.\s-])*(?P<it>{number})"),
        ("phone", rf"\b(?:{phones})\b{links}[:\s]*(?P<it>{phone})"),
        ("address", rf"\b(?:{postcodes})\b(?:\s*is\b|[:\s])*(?P<it>{postal})"),
    )


def dates(raw: Mapping[str, Any]) -> list[Rule]:
    """Days of a certain year, and whatever tells when somebody was born."""
    month = rf"(?:{any_of(raw['months'])})\b\.?"
    day, year = rf"{_DAY}(?:st|nd|rd|th)?", rf"(?:{_WHOLE_YEAR}|'\d\d)"
    day_and_month = rf"{day}(?:\s+of)?[\s./-]*{month}"
    spoken = rf"{day_and_month}[\s,./-]*{year}|{month}\s*{day},?\s*{year}"
    birth = (
        rf"(?:{day_and_month}|{month}\s*{day}\b)(?:[\s,]*(?:{year}|\d\d\b))?"
        rf"|{_DAY}[ ./-]{_DAY}(?:[ ./-](?:{_WHOLE_YEAR}|\d\d))?"
        rf"|(?:{month}[\s,]*)?{_WHOLE_YEAR}|'\d\d|\d{{6,8}}"
    )
    cue = rf"\b(?:{any_of(raw['birth_cues'])})(?:\s+(?:{any_of(raw['birth_links'])})\b|[:\s=])+"
    return _rules(
        ("date", rf"(?<![\w/.-])(?P<it>{spoken}|{_WRITTEN_DATE})(?![\w/-])"),
        ("date", rf"{cue}(?P<it>{birth})(?!\w)"),
    )


def long_numbers(raw: Mapping[str, Any]) -> list[Rule]:
    """Telephone numbers by their shape, and numbers too long for a dose or a lab value."""
    amount = rf"(?!\s*(?:{any_of(raw['amounts'])})(?!\w))"
    no_unit = rf"(?!\s*(?:{any_of(raw['lab_units'])}))"
    return _rules(
        ("phone", r"(?P<it>\+\s?\d(?:[ ().-]{0,2}\d){6,})"),
        ("phone", rf"(?<![\w.])(?P<it>\(?\d{{3}}\)?[ .-]?\d{{3}}[ .-]\d{{4}})(?!\w){no_unit}"),
        ("phone", r"(?<![\w.])(?P<it>0\d(?:[ ()-]{0,2}\d){7,})(?!\w)"),
        ("phone", r"(?<![\w.])(?P<it>555-\d{4}|\d{3}-0\d{3})(?!\w)"),
        ("number", r"(?<![\w.])(?P<it>\d{3}[ -]\d{2}[ -]\d{4}|\d{4}(?:[ -]\d{4}){2,3})(?!\w)"),
        ("number", r"(?<![\w.-])(?P<it>\d{2,}-\d{2,}(?:-\d+)+)(?![\w-])"),
        ("number", rf"(?<![\w.,])(?P<it>\d{{7,}})(?!\w){amount}"),
        ("number", rf"(?<![\w.,])(?P<it>\d{{3}}(?!000)\d{{3}})(?![\w.,]\d|\w){amount}"),
        ("number", r"(?<!\w)(?P<it>[A-Z]{1,4}-?\d{5,}[A-Z]?|[A-Z]{2}(?: ?\d\d){3} ?[A-D])(?!\w)"),
    )


def places(raw: Mapping[str, Any]) -> list[Rule]:
    """Postcodes and streets."""
    never = rf"(?!(?:{any_of(raw['no_street'])})\b)"
    flat = rf"(?:{any_of(raw['flats'])})\.?\s*#?\d+\w?"
    number = rf"(?:{flat},?\s+)?\d{{1,5}}[a-z]?(?:[/-]\d+)?,?"
    town = r"(?:(?-i:,\s*[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?)){0,2}"
    streets, words = any_of(raw["streets"]), any_of(raw["streets_also_words"])
    written_large = any_of(str(street).title() for street in raw["streets"])
    name, name_of_two = rf"\s+{never}{_CAPITALISED}", rf"{never}{_CAPITALISED}(?:\s+{_CAPITALISED})?"
    return _rules(
        ("address", rf"(?<![\w.])(?P<it>{_POSTCODE % any_of(raw['no_postcode_endings'])})(?!\w)"),
        ("address", rf"(?P<it>(?-i:\b(?:{any_of(raw['us_states'])})),? \d{{5}})(?!\w)"),
        ("address", rf"(?<![\w.])(?P<it>{number}(?:\s+{never}[^\W\d_][\w'.-]*){{1,3}}\s+(?:{streets})\b{town})"),
        ("address", rf"(?<![\w.])(?P<it>{number}(?:{name}){{1,3}}\s+(?:{words})\b{town})"),
        (
            "address",
            rf"\b(?:{any_of(raw['home_cues'])})\s+(?P<it>{name_of_two}\s+(?-i:{written_large})\b{town})",
        ),
        ("address", rf"\b(?P<it>(?:{any_of(raw['streets_before'])})(?:\s+[^\W\d_]+){{1,4}},?\s+\d+)\b"),
        ("address", r"\b(?P<it>(?-i:[A-ZÄÖÜ]\w{3,30}(?:straße|strasse|str\.|gasse|weg|straat|laan))\s+\d+\w?)\b"),
        ("address", rf"\b(?P<it>{flat})\b"),
        ("address", r"(?P<it>(?:\[address\][\s,]*)+\[address\])"),
    )


def _rules(*sources: tuple[str, str]) -> list[Rule]:
    return [(re.compile(source, re.IGNORECASE), kind) for kind, source in sources]
