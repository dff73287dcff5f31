"""Reading YAML files quickly: libyaml takes a twelfth of the time of the parser in Python, and the files have grown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from stillnight.yaml_errors import explained

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_DATE: Final = "tag:yaml.org,2002:timestamp"


class YamlFileError(yaml.YAMLError):
    """A file that is no YAML. `line`, from 1, where it is known; the message is a plain sentence with the remedy."""

    def __init__(self, line: int | None, sentence: str) -> None:
        """`sentence` without a full stop."""
        super().__init__(sentence)
        self.line = line


class Lines(dict[Any, Any]):
    """A mapping that knows on which line it begins (`line`) and each of its keys stands (`of`)."""

    line: int
    of: dict[Any, int]


class Items(list[Any]):
    """A list that knows on which line each item stands."""

    of: list[int]


class _StrictLoader(_Loader):
    """YAML as authors mean it: a key that stands twice is a mistake, not a replacement; a date is its text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (an instance's, as PyYAML's stubs have it)
        sign: [(tag, pattern) for tag, pattern in rules if tag != _DATE]
        for sign, rules in _Loader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> Lines:
    found: dict[Any, int] = {}
    for key, _ in node.value:
        if key.value in found:
            raise yaml.MarkedYAMLError(
                problem=f"“{key.value}” stands twice, the first time in line {found[key.value]}",
                problem_mark=key.start_mark,
            )
        found[key.value] = key.start_mark.line + 1
    made = Lines(loader.construct_mapping(node, deep=True))
    made.line, made.of = node.start_mark.line + 1, found
    return made


def _sequence(loader: _StrictLoader, node: yaml.SequenceNode) -> Items:
    made = Items(loader.construct_sequence(node, deep=True))
    made.of = [each.start_mark.line + 1 for each in node.value]
    return made


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _sequence)


def load_yaml(path: Path) -> Any:
    """What the file holds. Raises OSError when it cannot be read, YamlFileError when it is no YAML."""
    return _loaded(path.read_text(encoding="utf-8"), _Loader)


def load_strict(path: Path) -> Any:
    """The same with lines (`Lines`, `Items`); a key that stands twice is refused as well."""
    return _loaded(path.read_text(encoding="utf-8"), _StrictLoader)


def plain(value: Any) -> Any:
    """The same without lines, for whoever keeps or sends it."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def _loaded(text: str, loader: Any) -> Any:
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 (both are SafeLoaders)
    except yaml.YAMLError as error:
        raise YamlFileError(*explained(text, _told_again(text, error))) from error


def _told_again(text: str, error: yaml.YAMLError) -> yaml.YAMLError:
    """The error in the words of PyYAML's own parser, which say more of where a thing began."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as again:
        return again
    return error
