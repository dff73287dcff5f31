"""What a message says, whatever its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from stillnight.channels.messenger.incoming import Kind
from stillnight.channels.whatsapp_cloud.fields import Object, id_of, object_of, text_of


class Content(NamedTuple):
    """The part of `Incoming` that depends on the type of a message."""

    kind: Kind
    text: str = ""
    option: str | None = None
    about: str | None = None


def content_of(message: Object) -> Content:
    """What a message says.

    What somebody sent but we cannot read is `UNSUPPORTED`, so that they hear of it. `SYSTEM` is what nobody said.
    """
    kind = message.get("type")
    if not isinstance(kind, str):
        kind = next((name for name in _READERS if name in message), "")
    if message.get("group_id") is not None:
        # A group is not answered, and its members' words are not kept.
        return Content(Kind.SYSTEM)
    reader = _READERS.get(kind)
    return reader(object_of(message.get(kind))) if reader else Content(Kind.UNSUPPORTED)


def _typed(words: Any) -> Content:
    text = text_of(words)
    return Content(Kind.TEXT, text) if text.strip() else Content(Kind.UNSUPPORTED)


def _pressed(option: Any, title: Any) -> Content:
    """An option; without an id, its title is as good as typed."""
    identity = id_of(option)
    return Content(Kind.OPTION, text_of(title), identity) if identity else _typed(title)


def _interactive(given: Object) -> Content:
    if "call_permission_reply" in given:
        return Content(Kind.SYSTEM)
    reply = object_of(given.get("button_reply")) or object_of(given.get("list_reply"))
    return _pressed(reply.get("id"), reply.get("title"))


def _edited(edit: Object) -> Content:
    message = object_of(edit.get("message"))
    inner = object_of(message.get(str(message.get("type"))))
    words = text_of(inner.get("body")) or text_of(inner.get("caption"))
    return Content(Kind.EDITED, words, about=id_of(edit.get("original_message_id")))


def _always(kind: Kind) -> Callable[[Object], Content]:
    return lambda _: Content(kind)


def _captioned(kind: Kind) -> Callable[[Object], Content]:
    return lambda media: Content(kind, text_of(media.get("caption")))


# Types of `unsupported` that were done, not said: an answer would only puzzle. “hsm” is a template that another
# business's program sent, which may answer every answer.
_WORDLESS: Final = frozenset({"hsm", "keep_in_chat", "pin", "poll_update", "reaction", "revoke"})

# Types of `system`, the second one older: from now on the number may be somebody else's.
_MOVES: Final = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})

_READERS: Final[Mapping[str, Callable[[Object], Content]]] = {
    "text": lambda text: _typed(text.get("body")),
    "interactive": _interactive,
    "button": lambda button: _pressed(button.get("payload"), button.get("text")),
    "reaction": lambda given: Content(Kind.REACTION, text_of(given.get("emoji")), about=id_of(given.get("message_id"))),
    "location": _always(Kind.LOCATION),
    "contacts": _always(Kind.CONTACTS),
    "image": _captioned(Kind.IMAGE),
    "audio": _captioned(Kind.AUDIO),
    "voice": _captioned(Kind.AUDIO),
    "video": _captioned(Kind.VIDEO),
    "document": _captioned(Kind.DOCUMENT),
    "sticker": _captioned(Kind.STICKER),
    # What was put in the basket is not read; what was written beside it is.
    "order": lambda order: Content(Kind.UNSUPPORTED, text_of(order.get("text"))),
    "edit": _edited,
    "revoke": lambda revoked: Content(Kind.DELETED, about=id_of(revoked.get("original_message_id"))),
    # Its text has names and numbers in it, and nobody typed it.
    "system": lambda given: Content(Kind.MOVED if text_of(given.get("type")) in _MOVES else Kind.SYSTEM),
    "request_welcome": _always(Kind.SYSTEM),
    "unsupported": lambda given: Content(Kind.SYSTEM if text_of(given.get("type")) in _WORDLESS else Kind.UNSUPPORTED),
}
