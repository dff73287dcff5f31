"""What is said when a file of `knowledge/` cannot be used: to its author, in plain words, with the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stillnight.yaml_files import YamlFileError


class KnowledgeError(ValueError):
    """A file of `knowledge/` that cannot be used. The message names the file and, where it can, the entry."""


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Name the file, whatever goes wrong while it is read; serves as a decorator too.

    Raises:
        KnowledgeError: in place of what went wrong.
    """
    where = f"knowledge/{file}"
    try:
        yield
    except KnowledgeError:
        raise
    except OSError as error:
        raise KnowledgeError(f"{where}: cannot be read ({error.strerror})") from error
    except YamlFileError as error:
        line = f", line {error.line}" if error.line else ""
        raise KnowledgeError(f"{where}{line}: not valid YAML: {error}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{where}: not saved as UTF-8. Save it again with the encoding UTF-8") from error
    except KeyError as error:
        raise KnowledgeError(f"{where}: “{error.args[0]}” is missing") from error
    except (ValueError, TypeError, AttributeError, AssertionError) as error:
        raise KnowledgeError(f"{where}: {error or 'is not of the form that is wanted'}") from error
