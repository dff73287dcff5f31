"""Rasa's reading of the training data, without what makes it slow.

Rasa parses every file four times in Python, and copies and hashes every example at each of a dozen merges: half of a
training. Here each file is read once, by libyaml. `tests/unit/test_importer.py` holds it to what Rasa itself reads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.shared.constants import TEST_STORIES_FILE_PREFIX
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method
from scipy.sparse import csr_matrix

from stillnight.yaml_files import load_yaml

_EXAMPLES: Final = frozenset({"nlu", "responses"})
_STORIES: Final = frozenset({"stories", "rules"})


class Example(Message):
    """An example question. Copying shares the text, and the fingerprint is quick to take.

    Rasa prints every number of every feature for it, after each component.
    """

    _cached_fingerprint: str | None

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Like Rasa's; but to say again what it says already, as each of Rasa's merges does, forgets no fingerprint."""
        if add_to_output or not isinstance(info, str) or self.data.get(prop) != info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        """A copy with features of its own; what the example says is never changed."""
        copied = Example(dict(self.data), set(self.output_properties), features=list(self.features))
        copied._cached_fingerprint = self._cached_fingerprint
        return copied

    def fingerprint(self) -> str:
        """The same for the same example with the same features."""
        if self._cached_fingerprint is None:
            said = json.dumps(self.data, sort_keys=True, default=_in_short, ensure_ascii=False)
            digest = hashlib.blake2b(said.encode(), digest_size=16)
            for feature in self.features:
                digest.update(f"{feature.type} {feature.attribute} {feature.origin}".encode())
                digest.update(_in_short(feature.features).encode())
            self._cached_fingerprint = digest.hexdigest()
        return self._cached_fingerprint


def _in_short(value: Any) -> str:
    """Tells arrays apart by all their numbers, and anything else by how it is shown."""
    if isinstance(value, csr_matrix):
        return " ".join(map(_in_short, (value.data, value.indices, value.indptr)))
    if isinstance(value, np.ndarray):
        return f"{value.shape} {hashlib.blake2b(np.ascontiguousarray(value).tobytes(), digest_size=16).hexdigest()}"
    return repr(value)


class _Reader(RasaYAMLReader):
    """Rasa's own reading of a file whose YAML is parsed already; `stillnight check` has judged its form."""

    def read_content(self, content: dict[str, Any]) -> TrainingData:
        self._parse_nlu(content.get("nlu"))
        examples = [Example(message.data) for message in self.training_examples]
        return TrainingData(
            examples, self.entity_synonyms, self.regex_features, self.lookup_tables, content.get("responses") or {}
        )


class DataImporter(RasaFileImporter):
    """Reads the YAML files of the training data; configured under `importers` in `config.yml`."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Iterable[str] | str | None = None,
    ) -> None:
        """Read every file once and note what it holds.

        Raises:
            yaml.YAMLError: when a file is no YAML.
        """
        self.config_file = config_file
        self._domain_path = domain_path
        self._content: dict[str, dict[str, Any]] = {}
        for file in _yaml_files(training_data_paths):
            content = load_yaml(file)
            if isinstance(content, dict):
                self._content[str(file)] = content
        self._nlu_files = [file for file, content in self._content.items() if _EXAMPLES & content.keys()]
        with_stories = [file for file, content in self._content.items() if _STORIES & content.keys()]
        self._conversation_test_files = [file for file in with_stories if _is_test(file)]
        self._story_files = [file for file in with_stories if not _is_test(file)]

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every example and every response."""
        data = []
        for file in self._nlu_files:
            reader = _Reader()
            reader.filename = file
            data.append(reader.read_content(self._content[file]))
        return TrainingData().merge(*data)


def _yaml_files(paths: Iterable[str] | str | None) -> list[Path]:
    found: set[Path] = set()
    for path in map(Path, [paths] if isinstance(paths, str) else paths or ()):
        found |= set(path.rglob("*.yml")) if path.is_dir() else {path}
    return sorted(found)


def _is_test(file: str) -> bool:
    return Path(file).name.startswith(TEST_STORIES_FILE_PREFIX)
