"""What is wrong with a YAML file, said to somebody who writes texts and no programs: the line, and what to do."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

_TAB: Final = re.compile(r"^ *\t")
_ODD_SPACE: Final = re.compile("^ *[\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
_ODD_DASH: Final = re.compile("^\\s*[\u2010-\u2015\u2212\u2022\u00b7*] ?\\S")
_CURLY: Final = re.compile("(?:[:,[{-] ?|^\\s*)[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")
_NO_SPACE: Final = re.compile(r"^\s*(?:- )?([A-Za-z_]+):(?=[^\s/:])")
_NO_COLON: Final = re.compile(r"^\s*(?:- )?([a-z_]+) +\S")
_STARTS: Final = re.compile(r":\s+([@`%&*!|>,\]}?])")
_QUOTED: Final = re.compile(r"^\s*(?:- )?(?:[\w ]+:\s+)?(['\"])")
_QUOTE_OPEN: Final = "a quote mark is opened here and not closed. Put the same mark at the end of the text"
_PROSE_WORDS: Final = 5
_SPACES: Final = "Give it the same spaces in front as its neighbours"
_COLON_IN_TEXT: Final = re.compile(r"^\s*(?:- )?[^:'\"\s][^:]*:\s+[^'\"\[{|>].*:(?:\s|$)")


def explained(text: str, error: yaml.YAMLError) -> tuple[int | None, str]:
    """The line to look at, counted from 1, and a plain sentence with the remedy.

    Args:
        text: what the file holds.
        error: what PyYAML's own parser said of it; libyaml's marks are less exact.
    """
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", None)
        place = None if position is None else text.count("\n", 0, position) + 1
        return place, "holds a sign that no text file has. Type the line anew"
    lines, at = text.splitlines(), mark.line
    started = getattr(error, "context_mark", None)
    problem, context = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
    for number in dict.fromkeys((at, at - 1, *_earlier(started))):
        line = lines[number] if 0 <= number < len(lines) else ""
        sentence = _of_signs(line)
        if sentence:
            return number + 1, sentence
    if "quoted scalar" in context and started is not None:
        return started.line + 1, _QUOTE_OPEN
    if "flow" in context and started is not None:
        bracket = "]" if "sequence" in context else "}"
        return (
            started.line + 1,
            f"a bracket is opened here and not closed, or a comma is missing. Write {bracket} at the end",
        )
    quoted = _quote_open(lines[: at + 1])
    if quoted is not None:
        return quoted + 1, _QUOTE_OPEN
    return _of_shape(lines, at, problem, getattr(started, "line", None))


def _quote_open(lines: list[str]) -> int | None:
    """The nearest line above whose value begins with a quote mark that is not closed there."""
    for number in range(len(lines) - 1, -1, -1):
        match = _QUOTED.match(lines[number])
        if match and lines[number].count(match[1]) % 2:
            return number
    return None


def _earlier(mark: Any) -> tuple[int, ...]:
    return () if mark is None else (mark.line,)


def _of_signs(line: str) -> str | None:
    """What a line's signs tell, whatever the parser stumbled over."""
    if _TAB.match(line):
        return "the line begins with a tab. Delete it, and type spaces instead, as many as the line above has"
    if _ODD_SPACE.match(line):
        return "the line begins with an odd space, as a web page or Word makes them. Delete it, and type plain spaces"
    if _ODD_DASH.match(line):
        return f"the line begins with “{line.strip()[0]}”, which Word makes of a hyphen. Type a hyphen and a space"
    if _CURLY.search(line):
        return "there are curly quotes, as Word makes them, where plain ones belong. Type ' or \" on the keyboard"
    match = _NO_SPACE.match(line)
    if match and not line.strip().endswith(":"):
        return f"there is no space after “{match[1]}:”. Put one between the colon and the text"
    match = _STARTS.search(line)
    if match and match[1] not in "|>":
        return f"a text cannot begin with {match[1]} unless it has quotes around it. Write '{match[1]} …'"
    return None


def _of_shape(lines: list[str], at: int, problem: str, context: int | None) -> tuple[int, str]:
    """What the parser stumbled over, where no sign explains it."""
    line = lines[at] if at < len(lines) else ""
    if "mapping values are not allowed" in problem:
        if _COLON_IN_TEXT.match(line):
            return (
                at + 1,
                "the text has a colon in it. Put quotes around the whole text, or write the sentence without it",
            )
        if at and _is_bare(lines, at - 1) and _indent(lines[at - 1]) == _indent(line):
            return at, _no_colon(lines[at - 1])
        return at + 1, f"the line is indented too far, or the line above lacks its colon. {_SPACES}"
    if "could not find expected ':'" in problem:
        number = next((each for each in (context, at - 1, at) if each is not None and _is_bare(lines, each)), at)
        if number < len(lines) and len(lines[number].split()) >= _PROSE_WORDS and not _NO_COLON.match(lines[number]):
            return number + 1, f"the line is indented too little. {_SPACES}"
        return number + 1, _no_colon(lines[number] if number < len(lines) else "")
    if "stands twice" in problem:
        return at + 1, f"{problem}. Keep one of them"
    if "undefined alias" in problem or "anchor" in problem:
        return at + 1, "a text cannot begin with * or &. Put quotes around it"
    if "unacceptable character" in problem or "control characters" in problem:
        return at + 1, "holds a sign that no text file has. Type the line anew"
    return at + 1, f"the line is indented too far or too little, or a hyphen is missing in front. {_SPACES}"


def _is_bare(lines: list[str], number: int) -> bool:
    return 0 <= number < len(lines) and bool(lines[number].strip()) and ":" not in lines[number]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _no_colon(line: str) -> str:
    match = _NO_COLON.match(line)
    wanted = f"“{match[1]}:”" if match else "a colon after the first word"
    return f"the line lacks a colon. Write {wanted}, then a space and the text"
