"""Where in `knowledge/red_flags.yml` a rule stands."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

_FILE: Final = "red_flags.yml"
_RULES: Final = ("says", "asked")
# A PyYAML built without libyaml lacks the quick one.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def rule_line(knowledge: Path, category: str, rule: str) -> int | None:
    """Line of a rule that the finder named, counted from 1; None when it is not there any more."""
    with (knowledge / _FILE).open(encoding="utf-8") as file:
        root = yaml.compose(file, _LOADER)
    rules = _at(_at(root, "red_flags"), category)
    lines = (
        scalar.start_mark.line + 1
        for kind in _RULES
        for scalar in getattr(_at(rules, kind), "value", ())
        if scalar.value == rule
    )
    return next(lines, None)


def _at(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
