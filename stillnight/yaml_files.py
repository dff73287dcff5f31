"""Reading YAML files quickly: libyaml takes a twelfth of the time of the parser in Python, and the files have grown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


def load_yaml(path: Path) -> Any:
    """What the file holds. Raises OSError when it cannot be read, yaml.YAMLError when it is no YAML."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
