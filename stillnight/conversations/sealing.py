"""Encryption at rest: what is written into columns and files that hold words, of conversations and of the inbox."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final, Protocol

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.engine import Connection

from stillnight.conversations.errors import StoreRefusedError

# JSON never begins like this, and every token of Fernet does: version 128 and the first bytes of its time.
_SEALED: Final = "gAAAAA"
_DIGEST: Final = re.compile("[0-9a-f]{64}")
# Name of the value that tells whether the keys fit.
CHECK: Final = "check"
_CHECKED: Final = '"This is what the keys open."'


class Seal(Protocol):
    """Closes text for the database, and opens it."""

    @property
    def closes(self) -> bool:
        """Whether what is written cannot be read without a key."""
        ...

    def close(self, text: str) -> str:
        """As it is written."""
        ...

    def is_newest(self, kept: str) -> bool:
        """Whether it is written as `close` writes it now, by the first key."""
        ...

    def open(self, kept: str) -> str:
        """As it was. Raises StoreRefusedError when none of the keys fits."""
        ...


class NoSeal:
    """Text as it is."""

    closes = False

    def close(self, text: str) -> str:
        """As it is."""
        return text

    def is_newest(self, kept: str) -> bool:
        """When it is not encrypted."""
        return not kept.startswith(_SEALED)

    def open(self, kept: str) -> str:
        """As it is. Raises StoreRefusedError when it was encrypted."""
        if kept.startswith(_SEALED):
            raise StoreRefusedError("what is kept is encrypted: set STILLNIGHT_ENCRYPTION_KEYS")
        return kept


class Encryption:
    """Fernet: AES-128 in CBC mode and HMAC-SHA256. The first key encrypts, all decrypt; plain text stays readable."""

    closes = True

    def __init__(self, keys: Sequence[str]) -> None:
        """Of at least one key. Raises StoreRefusedError when one is none."""
        try:
            listed = [Fernet(key) for key in keys]
            self._first, self._keys = listed[0], MultiFernet(listed)
        except ValueError as error:
            raise StoreRefusedError(
                "STILLNIGHT_ENCRYPTION_KEYS: a key is 32 bytes in URL-safe base64 (openssl rand -base64 32 | tr +/ -_)"
            ) from error

    def close(self, text: str) -> str:
        """Encrypted by the first key."""
        return self._keys.encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")

    def is_newest(self, kept: str) -> bool:
        """When the first key opens it."""
        try:
            self._first.decrypt(kept.encode("ascii"))
        except (InvalidToken, UnicodeEncodeError):
            return False
        return True

    def open(self, kept: str) -> str:
        """Decrypted by whichever key fits. Raises StoreRefusedError when none does."""
        if not kept.startswith(_SEALED):
            return kept
        try:
            return self._keys.decrypt(kept.encode("ascii")).decode("utf-8", "surrogatepass")
        except InvalidToken as error:
            raise StoreRefusedError("STILLNIGHT_ENCRYPTION_KEYS: none of the keys opens what is kept") from error


class Digests:
    """Names by which something is only known again, such as messengers' ids, which can hold a telephone number."""

    closes = True

    def close(self, text: str) -> str:
        """A digest."""
        return digest(text)

    def is_newest(self, kept: str) -> bool:
        """When it is a digest."""
        return bool(_DIGEST.fullmatch(kept))

    def open(self, kept: str) -> str:
        """As it is: nobody can know what it was."""
        return kept


def digest(name: str) -> str:
    """SHA-256, in 64 hexadecimal digits."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def check_keys(connection: Connection, about: sa.Table, seal: Seal) -> None:
    """See that the keys are those of a database; the first ones are those from then on.

    Args:
        connection: in a transaction.
        about: a table of names and values in it.
        seal: of the keys.

    Raises:
        StoreRefusedError: when none of them opens what was written before.
    """
    kept = connection.execute(sa.select(about.c.value).where(about.c.name == CHECK)).scalar()
    if kept is not None:
        seal.open(kept)
    elif seal.closes:
        connection.execute(about.insert().values(name=CHECK, value=seal.close(_CHECKED)))


def seal_of(keys: str) -> Seal:
    """The seal of keys with commas between them; none when blank. Raises StoreRefusedError when one is no key."""
    listed = [key for key in map(str.strip, keys.split(",")) if key]
    return Encryption(listed) if listed else NoSeal()


def new_key() -> str:
    """A fresh key."""
    return Fernet.generate_key().decode("ascii")
