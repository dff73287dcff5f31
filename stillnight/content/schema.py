"""Whether a file has the shape that its schema in `schemas/` wants, said in plain words with the line.

Editors read the same schemas (docs/writing-answers.md), so that what they underline is what the check refuses.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from stillnight.content.faults import Fault, spoken
from stillnight.paths import PROJECT
from stillnight.yaml_files import Items, Lines, YamlFileError, load_strict

SCHEMAS: Final = PROJECT / "schemas"
_ANSWERS: Final = "answers"
_CURLY: Final = "\u201c\u201d\u201e\u2018\u2019"
_ODD_KEY: Final = "“{}” is read as true, false or a number here: put quotes around it"
_SPLIT: Final = "a comma splits a number or a text here. Write a number with a point (200.5), and quotes around a text"
_WANTED: Final = {
    "string": "a text",
    "array": "a list: [one, two], or a line with a hyphen for each",
    "object": "lines below it, further in, each with a word and a colon",
    "number": "a number with a point, without a unit",
    "integer": "a whole number",
    "boolean": "true or false",
}


def check_shape(path: Path, kind: str | None = None) -> Iterator[Fault]:
    """Faults of a file's form: no YAML, words left out, misspelt or of another kind.

    Args:
        path: the file.
        kind: name of its schema; by its folder and name when not given. A file without one is only read.
    """
    try:
        content = load_strict(path)
    except YamlFileError as error:
        yield Fault(spoken(path, error.line), str(error))
        return
    except UnicodeDecodeError:
        yield Fault(spoken(path), "is not saved as UTF-8. Save it again with the encoding UTF-8")
        return
    except OSError as error:
        yield Fault(spoken(path), f"cannot be read ({error.strerror})")
        return
    odd = [*_odd_keys(content), *_odd_examples(content)]
    for line, message in odd:
        yield Fault(spoken(path, line), message)
    schema = kind or kind_of(path)
    if odd or schema is None or content is None:
        return
    for wrong in sorted(_validator(schema).iter_errors(content), key=lambda each: _line(content, each.absolute_path)):
        yield from _told(path, content, wrong)


def kind_of(path: Path) -> str | None:
    """Name of the schema of a file: that of answers for all of `data/`, its own for one of `knowledge/`.

    Files of a folder of `knowledge/` share the schema that is called as the folder.
    """
    folder = path.resolve().parent
    if "knowledge" not in (folder.name, folder.parent.name):
        return _ANSWERS
    kind = path.stem if folder.name == "knowledge" else folder.name
    return kind if (SCHEMAS / f"{kind}.json").is_file() else None


@lru_cache(maxsize=16)
def _validator(kind: str) -> Any:
    schema = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema)


def _odd_keys(content: Any) -> Iterator[tuple[int, str]]:
    """Lines with keys that YAML took for something else than text: `NO:` for false, `112:` for a number."""
    if isinstance(content, Lines):
        for key, value in content.items():
            if not isinstance(key, str):
                word = next((word for word in content.of if word not in content), str(key))
                split = value is None and isinstance(key, int | float)
                yield content.of.get(word, content.line), _SPLIT if split else _ODD_KEY.format(word)
            yield from _odd_keys(value)
    elif isinstance(content, Items):
        for item in content:
            yield from _odd_keys(item)


def _odd_examples(content: Any) -> Iterator[tuple[int, str]]:
    """Questions without their hyphen."""
    for block in content.get("nlu") or () if isinstance(content, Lines) else ():
        examples = block.get("examples") if isinstance(block, Lines) else None
        for number, line in enumerate(examples.splitlines() if isinstance(examples, str) else (), start=1):
            if line.strip() and not line.strip().startswith("- "):
                yield block.of["examples"] + number, f"“{line.strip()}” must begin with a hyphen and a space"


def _line(content: Any, path: Sequence[Any]) -> int:
    """The line of what a path leads to, or of the nearest thing around it."""
    line, here = 0, content
    for step in path:
        if isinstance(here, Lines):
            line = here.of.get(step, here.line)
        elif isinstance(here, Items):
            line = here.of[step]
        here = here[step]
    return line


def _told(path: Path, content: Any, error: ValidationError) -> Iterator[Fault]:
    steps = list(error.absolute_path)
    line = _line(content, steps) or None
    name = _name(steps)
    rule, value, schema = str(error.validator), error.instance, error.schema
    if "propertyNames" in error.absolute_schema_path:
        line = _line(content, [*steps, value])
    if rule == "additionalProperties":
        known = list(schema.get("properties", ()))
        for word in (key for key in value if key not in known):
            comma = ". A text with a comma in it needs quotes around it" if value[word] is None else ""
            yield Fault(spoken(path, value.of.get(word, line)), _unknown(word, known, name) + comma)
    elif rule == "required":
        missing = [word for word in error.validator_value if word not in value]
        # jsonschema tells of each by itself; the last word in quotes is the one.
        word = next(each for each in missing if repr(each) in error.message)
        close = difflib.get_close_matches(word, [key for key in value if key not in schema["properties"]], 1, 0.7)
        if not close:
            what = schema["properties"][word].get("description", "")
            yield Fault(spoken(path, line), f"{name} lacks “{word}:” ({what}). Add that line")
    else:
        yield Fault(spoken(path, line), _wrong(name, rule, value, schema, error.validator_value))


def _wrong(name: str, rule: str, value: Any, schema: Mapping[str, Any], wanted: Any) -> str:
    what = schema.get("description", "")
    if rule == "type":
        return _of_type(name, value, wanted if isinstance(wanted, list) else [wanted], what)
    if rule == "enum":
        if isinstance(value, str) and value.strip(_CURLY) in wanted:
            return f"{name} has curly quotes around it, as Word makes them. Write {value.strip(_CURLY)} without quotes"
        if isinstance(value, bool):
            return f"{name} is “{'yes' if value else 'no'}”. Write one of: {', '.join(wanted)}"
        return f"{name} is “{value}”. Write one of: {', '.join(map(str, wanted))}{_meant(str(value), wanted)}"
    if rule in {"minLength", "minItems"}:
        return f"{name} is empty ({what}). Write it behind the colon"
    if rule == "maxLength":
        return f"{name} has {len(value)} characters; {wanted} is the limit"
    if isinstance(value, str) and set(value) & set(_CURLY):
        return f"{name}, {value}, has curly quotes, as Word makes them. Type plain ones: ' or \""
    if rule == "pattern":
        key = f"the name “{value}”" if not what else f"{name}, “{value}”,"
        hint = what or "names have small letters, digits and _ only, and those of answers begin with utter_"
        return f"{key} is not of the form that is wanted: {hint}"
    return f"{name} is “{value}”, which cannot be ({what})"


def _of_type(name: str, value: Any, wanted: Sequence[str], what: str) -> str:
    said = _WANTED[wanted[0]]
    if value is None:
        return f"{name} is empty. Write it behind the colon, or in the lines below, further in ({what or said})"
    if "string" in wanted and isinstance(value, bool):
        return f"{name} is yes, no, on or off, which YAML takes for true or false. Put quotes around it"
    if "string" in wanted and isinstance(value, int | float):
        return f"{name} is read as the number {value}. Put quotes around it, and check that no digit is lost"
    if "string" in wanted and isinstance(value, Mapping):
        return f"{name} has a colon in it and is no text any more. Put quotes around the whole text"
    if "string" in wanted and isinstance(value, list):
        return f"{name} is a list, and one text is wanted. Leave out the brackets or the hyphen"
    if wanted[0] == "array" and isinstance(value, Mapping):
        return f"{name} wants a list. Put a hyphen and a space before the first line below it"
    if wanted[0] == "array" and isinstance(value, str):
        return f"{name} is “{value}”, and a list is wanted. Write [{value}]"
    if wanted[0] in {"number", "integer"} and isinstance(value, str):
        return f"{name} is “{value}”, and {said} is wanted"
    shown = "" if isinstance(value, Mapping | list) else f" is “{value}”, and it"
    return f"{name}{shown} must be {said}" + (f" ({what})" if what else "")


def _unknown(word: object, known: Sequence[str], name: str) -> str:
    close = _meant(str(word), known)
    return (
        f"“{word}” is no word that is known {f'in {name}' if name else 'here'}{close or '. Known: ' + ', '.join(known)}"
    )


def _meant(word: str, known: Sequence[Any]) -> str:
    close = difflib.get_close_matches(word.lower(), list(map(str, known)), 1, 0.6)
    return f". Do you mean “{close[0]}”?" if close else ""


def _name(steps: Sequence[Any]) -> str:
    """What an author calls the place: the entry, and the word in it."""
    words = [str(step) for step in steps if not isinstance(step, int)]
    words = [word for word in words if word not in {"responses", "nlu", "red_flags", "pairs"}] or words
    return " ".join(f"“{word}”" for word in dict.fromkeys((*words[:1], *words[-1:]))) or "the file"
