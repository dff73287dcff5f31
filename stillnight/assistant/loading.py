"""What makes the assistant quick to load and small: the archive's domain is read once, and freed memory given back."""

from __future__ import annotations

import ctypes
import gc
import linecache
import mmap
import re
import sys
from pathlib import Path
from typing import Any, Final

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_yaml_file

_DOMAIN: Final = "domain.yml"
# Private, of a file, not to be written, and no page of it was: else what was written would be lost.
_UNCHANGED: Final = re.compile(
    r"^(?P<begin>[0-9a-f]+)-(?P<end>[0-9a-f]+) r-[x-]p .*/.*\n(?:(?!Anonymous:|[0-9a-f]+-).*\n)*Anonymous: +0 kB$",
    re.MULTILINE,
)


def read_domain_once() -> None:
    """Make Rasa read the domain of an archive once.

    Rasa 3.6.21 parses the file five times and checks it by a schema that it compiles anew, which takes longer than
    everything else in the archive. It wrote that file itself, from a domain that it had checked before training.
    """

    def load(
        cls: type[DomainProvider],
        /,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DomainProvider:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, kept_domain(Path(folder)))

    DomainProvider.load = classmethod(load)


def kept_domain(folder: Path) -> Domain:
    """The domain that a model keeps in `folder`.

    Raises:
        RasaException: when it cannot be read.
    """
    content = read_yaml_file(folder / _DOMAIN) if [each.name for each in folder.iterdir()] == [_DOMAIN] else None
    # Anything but the one file that Rasa writes is Rasa's to judge.
    return Domain.from_dict(content) if isinstance(content, dict) else Domain.from_path(folder)


def give_back_memory() -> None:
    """Hand what is no longer used back to the system; only glibc keeps it, and only there it can be asked."""
    # Libraries that look at their own source when imported leave it there.
    linecache.clearcache()
    gc.collect()
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None)
    if (trim := getattr(system, "malloc_trim", None)) is not None:
        trim(0)
    # A hundred megabytes of TensorFlow's code, which Rasa imports and nobody calls. What is called comes back.
    for begin, end in unchanged_files():
        system.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), mmap.MADV_DONTNEED)


def unchanged_files(mappings: Path = Path("/proc/self/smaps")) -> list[tuple[int, int]]:
    """Where code and constants of libraries lie that stand in their files just the same: (first byte, byte behind).

    Args:
        mappings: this process's memory as Linux describes it; where that cannot be read there are none.
    """
    try:
        told = mappings.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [(int(found["begin"], 16), int(found["end"], 16)) for found in _UNCHANGED.finditer(told)]
