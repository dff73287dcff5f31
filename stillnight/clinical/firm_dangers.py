"""What the second net may never take back: `stands` of each danger in `knowledge/red_flags.yml`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.finder import RedFlag
from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.templates import Notation
from stillnight.yaml_files import load_yaml

_ALWAYS: Final = "always"
# A rule that speaks of such a group hints at the danger and does not name it.
_HINT: Final = "<hint_"


def is_hint(flag: RedFlag) -> bool:
    """Whether the rule that found it only hints at the danger: then it is asked about, “I may be wrong, but …”."""
    return _HINT in flag.rule


class FirmDangers:
    """Tells of what rules found in a message whether it stands, whatever the second net makes of it."""

    @reading("red_flags.yml")
    def __init__(self, knowledge: Path) -> None:
        """Read the rules' own words for it. Raises KnowledgeError when one cannot be read."""
        raw, context = load_yaml(knowledge / "red_flags.yml"), load_yaml(knowledge / "red_flag_context.yml")
        stands = {name: facts.get("stands") or () for name, facts in raw["red_flags"].items()}
        self._always = frozenset(name for name, words in stands.items() if words == _ALWAYS)
        notation = Notation({**raw["groups"], **context["groups"]}, frozenset(map(str, context["fillers"])))
        self._matcher = TemplateMatcher(
            (name, notation.parse(str(source)))
            for name, words in stands.items()
            if name not in self._always
            for source in words
        )
        self._reader = make_reader(knowledge, self._matcher.vocabulary())

    def stands(self, flags: Iterable[RedFlag], text: str) -> bool:
        """Whether one of `flags`, which rules found in `text`, may not be taken back."""
        names = {flag.name for flag in flags}
        if not names.isdisjoint(self._always):
            return True
        return bool(names) and any(match.key in names for match in self._matcher.find(self._reader.read(text)))
