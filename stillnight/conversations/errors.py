"""What can go wrong with the store. No text here holds words, ids or passwords of anybody."""

from __future__ import annotations


class StoreError(RuntimeError):
    """Something could not be read or kept. Whoever wrote must be told to send it again."""


class StoreDownError(StoreError):
    """The database is down, frozen, full or locked."""


class ConversationChangedError(StoreError):
    """Somebody else wrote in the same conversation, or deleted it, since it was read."""


class BadIdError(StoreError):
    """A conversation id that no database can hold."""


class StoreRefusedError(StoreError):
    """The database is not ours to use: an older or foreign format, or other keys. Somebody has to see to it."""


class BusyError(StoreError):
    """Messages of the same person are still being answered."""
