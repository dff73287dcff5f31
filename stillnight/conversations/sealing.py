"""Encryption at rest: what is written into the columns that hold words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from stillnight.conversations.errors import StoreRefusedError

# JSON never begins like this, and every token of Fernet does: version 128 and the first bytes of its time.
_SEALED: Final = "gAAAAA"


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
            raise StoreRefusedError("the conversations are encrypted: set STILLNIGHT_ENCRYPTION_KEYS")
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
            raise StoreRefusedError("STILLNIGHT_ENCRYPTION_KEYS: none of the keys opens these conversations") from error


def seal_of(keys: str) -> Seal:
    """The seal of keys with commas between them; none when blank. Raises StoreRefusedError when one is no key."""
    listed = [key for key in map(str.strip, keys.split(",")) if key]
    return Encryption(listed) if listed else NoSeal()


def new_key() -> str:
    """A fresh key."""
    return Fernet.generate_key().decode("ascii")
