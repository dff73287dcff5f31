"""Answers and example questions as they stand in the YAML files of `data/`.

One reading of the files serves the lint, the clinician's commands and the tests. Rasa reads the same files by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stillnight.yaml_files import Lines, YamlFileError, load_strict, plain

# In the files braces are doubled, as Rasa wants them: /more{{"topic": "iron"}}
PAYLOAD = re.compile(r"^/(?P<intent>[a-z_]+(?:/[a-z0-9_]+)?)(?:\{(?P<entities>\{.*\})\})?$")


class ContentError(ValueError):
    """A content file that cannot be read; the message names the file and, where known, the line."""


@dataclass(frozen=True)
class Button:
    """A suggestion under an answer: what is shown, and where it leads."""

    title: str
    payload: str

    @property
    def is_command(self) -> bool:
        """Whether it leads somewhere; a payload without a slash is typed on the patient's behalf."""
        return self.payload.startswith("/")

    @property
    def target(self) -> str | None:
        """Intent that the button leads to (`faq/iron`, `help`), or None when the payload is malformed."""
        match = PAYLOAD.match(self.payload)
        return match["intent"] if match else None

    @property
    def sent(self) -> str:
        """The payload as Rasa sends it, braces single again."""
        return self.payload.replace("{{", "{").replace("}}", "}")

    @property
    def entities(self) -> dict[str, str]:
        """Entities in the payload; empty when there are none or they are not JSON."""
        match = PAYLOAD.match(self.payload)
        if not match or not match["entities"]:
            return {}
        try:
            entities = json.loads(match["entities"])
        except json.JSONDecodeError:
            return {}
        return {str(key): str(value) for key, value in entities.items()}


@dataclass(frozen=True)
class Answer:
    """One variation of a response.

    `name` is Rasa's response name (`utter_faq/iron`), `condition` the slot values under which this variation is chosen,
    `channel` the one channel that it is for.
    """

    name: str
    text: str
    file: Path
    buttons: tuple[Button, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    condition: tuple[tuple[str, str], ...] = ()
    channel: str | None = None
    line: int = field(default=0, compare=False)

    @property
    def sources(self) -> tuple[str, ...]:
        """Reference ids of `knowledge/references.yml` that carry the facts."""
        return tuple(self.metadata.get("sources") or ())

    @property
    def words(self) -> int:
        """Number of words in the text."""
        return len(self.text.split())

    def as_message(self) -> dict[str, Any]:
        """What Rasa's dispatcher is given: to a response by name it could add buttons, but not change them."""
        return {
            "text": self.text,
            "buttons": [{"title": button.title, "payload": button.sent} for button in self.buttons],
            "metadata": dict(self.metadata),
            "utter_action": self.name,
        }


@dataclass(frozen=True)
class Example:
    """A sentence of `data/`, as written there, and what it is an example of."""

    text: str
    label: str
    file: Path

    @property
    def is_topical(self) -> bool:
        """Whether it teaches a topic, a task or another subject; dangers and near misses do not."""
        return not self.label.startswith("red_flag/") and self.file.parent.name != "near_misses"


@dataclass(frozen=True)
class ContentFile:
    """One file of `data/`: examples by intent, and answers in file order."""

    path: Path
    examples: Mapping[str, tuple[str, ...]]
    answers: tuple[Answer, ...]


def _examples(text: str, path: Path) -> tuple[str, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if not line.startswith("- "):
            raise ContentError(f"{path}: the example “{line}” must start with a hyphen and a space.")
    return tuple(line[2:].strip() for line in lines)


def _answer(name: str, variation: Mapping[str, Any], path: Path) -> Answer:
    return Answer(
        name=name,
        text=str(variation.get("text") or "").strip(),
        file=path,
        buttons=tuple(
            Button(str(button.get("title", "")), str(button.get("payload", "")))
            for button in _list(variation.get("buttons") or [])
        ),
        metadata=plain(dict(variation.get("metadata") or {})),
        condition=tuple(
            (str(item["name"]), str(item["value"]))
            for item in variation.get("condition") or ()
            if item.get("type") == "slot"
        ),
        channel=variation.get("channel"),
        line=variation.line if isinstance(variation, Lines) else 0,
    )


def read_file(path: Path) -> ContentFile:
    """Read one YAML file.

    Raises:
        ContentError: when the file is not UTF-8, the YAML is broken or the shape is another; the message names file,
            line where known, and the usual remedy.
    """
    try:
        raw = load_strict(path) or {}
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: not saved as UTF-8. Save it again with the encoding UTF-8.") from error
    except YamlFileError as error:
        line = f", line {error.line}" if error.line else ""
        raise ContentError(f"{path}{line}: not valid YAML: {error}.") from error
    if not isinstance(raw, dict):
        raise ContentError(f"{path}: a content file starts with `version:`, `nlu:` or `responses:`.")
    try:
        return _content(path, raw)
    except ContentError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContentError(
            f"{path}: not in the shape of a content file. Compare it with data/faq/iron.yml: `nlu:` holds a list of "
            "intents with `examples: |`, `responses:` holds names with a list that starts with `- text:`."
        ) from error


def _content(path: Path, raw: dict[str, Any]) -> ContentFile:
    examples = {
        str(block["intent"]): _examples(block.get("examples") or "", path)
        for block in _list(raw.get("nlu") or [])
        if "intent" in block
    }
    answers = tuple(
        _answer(name, variation, path)
        for name, variations in (raw.get("responses") or {}).items()
        for variation in _list(variations or [])
    )
    return ContentFile(path, examples, answers)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is wanted")
    return value


def read_all(folder: Path) -> tuple[ContentFile, ...]:
    """Read every YAML file below `folder`, in name order."""
    return tuple(read_file(path) for path in sorted(folder.rglob("*.yml")))


def answers(files: tuple[ContentFile, ...]) -> Iterator[Answer]:
    """Every answer of the given files."""
    for file in files:
        yield from file.answers


def examples_of(files: Iterable[ContentFile]) -> list[Example]:
    """Every example of the files, in file order."""
    return [
        Example(text, label, file.path) for file in files for label, texts in file.examples.items() for text in texts
    ]
