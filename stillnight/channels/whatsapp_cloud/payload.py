"""A part of an answer as the JSON that `POST /{line}/messages` takes."""

from __future__ import annotations

import re
from typing import Any, Final

from stillnight.channels.messenger.outgoing import Part
from stillnight.channels.whatsapp_cloud.fields import USER_ID
from stillnight.channels.whatsapp_cloud.limits import CLOUD

_PHONE: Final = re.compile(r"\+?([0-9]+)")
PRODUCT: Final = {"messaging_product": "whatsapp"}


def message(to: str, part: Part, ours: str, media: str | None = None) -> dict[str, Any]:
    """One message.

    Args:
        to: phone number, with or without “+”, or a business-scoped user id such as “US.1349…”.
        part: within the limits.
        ours: comes back in receipts as `biz_opaque_callback_data`.
        media: Meta's id of the uploaded picture or document.
    """
    kind, content = _content(part, media)
    return {
        **PRODUCT,
        "recipient_type": "individual",
        **_addressee(to),
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": ours,
    }


def read(message_id: str) -> dict[str, Any]:
    """Two blue ticks under a message of theirs, and the dots that say that an answer is on its way."""
    return {**PRODUCT, "status": "read", "message_id": message_id, "typing_indicator": {"type": "text"}}


def shows_picture(part: Part) -> bool:
    """Whether the part's picture can be shown: a list has no place for one, and its text says the same in words."""
    return part.picture is not None and not _is_list(part)


def _addressee(to: str) -> dict[str, str]:
    if USER_ID.fullmatch(to):
        return {"recipient": to}
    phone = _PHONE.fullmatch(to)
    return {"to": phone[1] if phone else to}


def _is_list(part: Part) -> bool:
    return part.listed or len(part.options) > CLOUD.buttons


def _content(part: Part, media: str | None) -> tuple[str, dict[str, Any]]:
    if part.options:
        return "interactive", _list(part) if _is_list(part) else _buttons(part, media)
    if media and part.document is not None:
        return "document", {"id": media, "filename": part.file, **({"caption": part.text} if part.text else {})}
    if media:
        return "image", {"id": media, **({"caption": part.text} if part.text else {})}
    return "text", {"preview_url": False, "body": part.text}


def _buttons(part: Part, media: str | None) -> dict[str, Any]:
    buttons = [{"type": "reply", "reply": {"id": option.id, "title": option.title}} for option in part.options]
    header = {"header": {"type": "image", "image": {"id": media}}} if media else {}
    return {"type": "button", **header, "body": {"text": part.text}, "action": {"buttons": buttons}}


def _list(part: Part) -> dict[str, Any]:
    rows = [{"id": option.id, "title": option.title} for option in part.options]
    # Meta's page calls the title of a section required, even of the only one.
    action = {"button": part.menu, "sections": [{"title": part.menu, "rows": rows}]}
    return {"type": "list", "body": {"text": part.text}, "action": action}
