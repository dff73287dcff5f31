"""Which language a text is most like, by py3langid: loaded when first asked, and kept small.

As it comes its model holds some 75 MB. Columns of other languages are left out, and the large tables lie in a file
without a name that is mapped into memory, so that only the pages in use are there and the system may drop them again.
"""

from __future__ import annotations

import mmap
import tempfile
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

ENGLISH: Final = "en"


def likeness(text: str, known: frozenset[str]) -> Mapping[str, float]:
    """How much a line is like each of the languages; together that is 1.

    Args:
        text: in small letters.
        known: codes; the same at every call, because the model keeps no others.
    """
    return dict(_identifier(known | {ENGLISH}).rank(text))


@lru_cache(maxsize=1)
def _identifier(known: frozenset[str]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(known))
    _make_small(identifier)
    return identifier


def _make_small(identifier: Any) -> None:
    table = np.ascontiguousarray(identifier.nb_ptc)
    steps = identifier.tk_nextmove
    pages = _in_file((table, steps))
    split = table.nbytes
    identifier.nb_ptc = np.frombuffer(pages, table.dtype, table.size).reshape(table.shape)
    identifier.tk_nextmove = memoryview(pages)[split:].cast(steps.typecode)
    identifier._rowbase = array("I", identifier._rowbase)
    identifier.tk_output = array("i", identifier.tk_output)
    # What `set_languages` would go back to: never asked for here.
    identifier._full_model = identifier.tk_row = None


def _in_file(tables: Iterable[Any]) -> mmap.mmap:
    with tempfile.TemporaryFile() as file:
        for table in tables:
            table.tofile(file)
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
