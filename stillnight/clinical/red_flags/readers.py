"""Making a reader for a set of rules: how people write is the same for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stillnight.clinical.red_flags.reading import Reader
from stillnight.yaml_files import load_yaml


def make_reader(knowledge: Path, vocabulary: Iterable[str], fillers: Iterable[str] | None = None) -> Reader:
    """A reader that mends words towards `vocabulary`, with the short forms and, by default, fillers of `knowledge`."""
    context = load_yaml(knowledge / "red_flag_context.yml")
    spelling = load_yaml(knowledge / "spelling.yml")
    rewritten = {str(old): str(new).replace("'", "") for old, new in spelling["phone_words"].items()}
    rewritten |= {str(old): str(new) for old, new in context["rewritten"].items()}
    return Reader(vocabulary, rewritten, map(str, context["fillers"]) if fillers is None else fillers)
