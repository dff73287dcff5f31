"""Where the examples of a label stand in `data/`, and adding to them without touching anything else."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from stillnight.content.responses import ContentError
from stillnight.language.text import folded, normalized
from stillnight.yaml_files import load_yaml

# The longest that a person has written so far has some 330 characters.
EXAMPLE_MAX: Final = 400
# Many times quicker, where PyYAML was built with it.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DANGER: Final = "red_flag"
_TOPIC: Final = "faq/"


class LabelError(ValueError):
    """A label that no example can have; the message says what is wrong with it."""


@dataclass(frozen=True)
class Examples:
    """Every example of `data/`.

    files: by label, the file that holds its examples. by_text: label of each example, by `key`. texts: example and
    label, in file order, without dangers and near misses.
    """

    files: Mapping[str, Path]
    by_text: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, data: Path) -> Examples:
        """Read every file of the folder. Raises ContentError."""
        files: dict[str, Path] = {}
        by_text: dict[str, str] = {}
        texts: list[tuple[str, str]] = []
        for path in sorted(data.rglob("*.yml")):
            for block in _blocks(_loaded(path), path):
                label, lines = str(block["intent"]), _lines(block)
                by_text |= {key(line): label for line in lines if key(line) not in by_text}
                if _is_plain(block) and not label.startswith(_DANGER):
                    files.setdefault(label, path)
                    texts += [(line, label) for line in lines]
        return cls(files, by_text, tuple(texts))

    def label(self, given: str) -> str:
        """The label that somebody means: `iron` and `faq/iron` are the same. Raises LabelError."""
        wanted = given.strip().lower()
        if wanted.startswith(_DANGER):
            raise LabelError("is a danger; dangers are taught in data/red_flags/, by hand")
        for label in (wanted, f"{_TOPIC}{wanted}"):
            if label in self.files:
                return label
        known = {name: label for label in self.files for name in (label, label.removeprefix(_TOPIC))}
        near = difflib.get_close_matches(wanted, known, n=1)
        hint = f"; do you mean “{near[0]}”?" if near else ""
        raise LabelError(f"is no label of ours{hint}")


def key(text: str) -> str:
    """What of an example counts when two are compared: the content lint takes two of one key for the same."""
    return " ".join(text.lower().split())


def words_of(text: str) -> str:
    """Letters and digits alone, for telling lines apart that differ in nothing but signs and accents."""
    heard = folded(normalized(text))
    return " ".join("".join(char if char.isalnum() else " " for char in heard).split())


def appended(source: str, label: str, lines: Sequence[str], path: Path) -> str:
    """The text of a file with lines added at the end of a label's examples.

    Everything else stays as it is, comments and layout included; that is proved by reading both.

    Args:
        source: the file as it is.
        label: of the block.
        lines: examples, one line each.
        path: named when something is wrong.

    Raises:
        ContentError: when the file has no such block that lines can be added to.
    """
    node = _examples_node(source, label)
    if node is None or node.style != "|":
        raise ContentError(f"{path}: the examples of {label} must stand below `examples: |`, one in a line.")
    start, end = node.start_mark.index, node.end_mark.index
    last = source[start:end].rstrip()
    indent = last.rpartition("\n")[2]
    at = source.find("\n", start + len(last))
    at = len(source) if at < 0 else at
    at -= source[:at].endswith("\r")
    newline = "\r\n" if "\r\n" in source else "\n"
    margin = indent[: len(indent) - len(indent.lstrip())]
    changed = source[:at] + "".join(f"{newline}{margin}- {line}" for line in lines) + source[at:]
    _prove(source, changed, label, lines, path)
    return changed


def write_all(changes: Mapping[Path, tuple[str, str]]) -> None:
    """Write all files or none.

    Args:
        changes: for each file what it held when it was read, and what it shall hold.

    Raises:
        ContentError: when a file was changed meanwhile or cannot be written; then all are as before.
    """
    aside = {path: path.with_name(f"{path.name}.new") for path in changes}
    done: list[Path] = []
    try:
        for path, (before, after) in changes.items():
            if read_text(path) != before:
                raise ContentError(f"{path} was changed by somebody else meanwhile.")
            aside[path].write_bytes(after.encode())
            shutil.copymode(path, aside[path])
        for path, new in aside.items():
            new.replace(path)
            done.append(path)
    except OSError as error:
        for path in done:
            path.write_bytes(changes[path][0].encode())
        raise ContentError(f"{error.filename} cannot be written ({error.strerror}).") from error
    finally:
        for new in aside.values():
            with suppress(OSError):
                new.unlink()


def read_text(path: Path) -> str:
    """A file with its line ends as they are. Raises ContentError."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: not saved as UTF-8. Save it again with the encoding UTF-8.") from error
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror}).") from error


def _prove(before: str, after: str, label: str, lines: Sequence[str], path: Path) -> None:
    old, new = (yaml.load(text, Loader=_LOADER) for text in (before, after))  # noqa: S506 (a SafeLoader)
    for raw, wanted in ((old, ()), (new, lines)):
        block = next(block for block in _blocks(raw, path) if block["intent"] == label and _is_plain(block))
        found = _lines(block)
        added = tuple(found[len(found) - len(wanted) :]) if wanted else ()
        if added != tuple(wanted):
            raise ContentError(f"{path}: the examples of {label} would not be read as they were written.")
        block["examples"] = found[: len(found) - len(wanted)]
    if old != new:
        raise ContentError(f"{path}: something else than the examples of {label} would change.")


def _examples_node(source: str, label: str) -> yaml.ScalarNode | None:
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    for block in _child(root, "nlu").value if isinstance(_child(root, "nlu"), yaml.SequenceNode) else ():
        intent, examples = _child(block, "intent"), _child(block, "examples")
        if intent is not None and intent.value == label and _child(block, "metadata") is None:
            return examples if isinstance(examples, yaml.ScalarNode) else None
    return None


def _child(node: Any, name: str) -> Any:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _loaded(path: Path) -> Any:
    try:
        return load_yaml(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(f"{path}: cannot be read. Run `stillnight check {path}`, which says why.") from error


def _blocks(raw: Any, path: Path) -> Iterator[dict[str, Any]]:
    blocks = raw.get("nlu") or [] if isinstance(raw, dict) else []
    for block in blocks:
        if not isinstance(block, dict) or not isinstance(block.get("examples", ""), str):
            raise ContentError(f"{path}: not in the shape of a content file. Run `stillnight check {path}`.")
        if "intent" in block:
            yield block


def _is_plain(block: Mapping[str, Any]) -> bool:
    """Whether a block teaches its label; one of near misses teaches danger when to stay quiet."""
    return "metadata" not in block


def _lines(block: Mapping[str, Any]) -> list[str]:
    stripped = (line.strip() for line in str(block.get("examples") or "").splitlines())
    return [line.removeprefix("-").strip() for line in stripped if line]
