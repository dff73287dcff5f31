"""What Meta refuses of a message, by its own pages: the rules of the loopback Graph API."""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

INVALID, MISSING, WRONG_VALUE, MEDIA = 100, 131008, 131009, 131053
PICTURE_MOST_BYTES = 5 * 1024 * 1024
DOCUMENT_MOST_BYTES = 100 * 1024 * 1024

_PHONE = re.compile(r"[1-9][0-9]{6,14}")
_BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_PNG = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6


@dataclass
class Refused(Exception):  # noqa: N818 (Meta refuses; nothing of ours failed)
    """code: of the Graph API. details: what Meta would tell the developer."""

    code: int
    details: str


def check_message(payload: Any, media: Collection[str]) -> None:
    """Raise what Meta would answer to this message; `media` are the ids of what was uploaded."""
    message = _object(payload, "message")
    kind = _text(message, "type", 64)
    _keys(message, {"messaging_product", "recipient_type", "to", "recipient", "type", "biz_opaque_callback_data", kind})
    _product(message)
    if message.get("recipient_type", "individual") != "individual":
        raise Refused(INVALID, "recipient_type")
    _addressee(message)
    if "biz_opaque_callback_data" in message:
        _text(message, "biz_opaque_callback_data", 512)
    checks = {
        "text": _check_text,
        "image": _check_image,
        "document": _check_document,
        "interactive": _check_interactive,
    }
    if kind not in checks:
        raise Refused(131051, "kind of message not known here")
    checks[kind](_object(message.get(kind), kind), media)


def check_receipt(payload: Mapping[str, Any], known: Collection[str]) -> None:
    """The same for a read receipt; `known` are the ids of messages that came in."""
    _keys(payload, {"messaging_product", "status", "message_id", "typing_indicator"})
    _product(payload)
    if payload["status"] != "read":
        raise Refused(INVALID, "status")
    if payload.get("typing_indicator", {"type": "text"}) != {"type": "text"}:
        raise Refused(INVALID, "typing_indicator")
    if _text(payload, "message_id", 1000) not in known:
        raise Refused(INVALID, "no such message")


def check_upload(form: Mapping[str, str], content_type: str | None, content: bytes | None) -> None:
    """The same for an upload: its fields, and the file with its own type."""
    if form.get("type") == "application/pdf":
        _check_pdf(form, content_type, content)
    elif form.get("type") == "text/plain":
        _check_plain(form, content_type, content)
    else:
        _check_picture(form, content_type, content)


def _check_pdf(form: Mapping[str, str], content_type: str | None, content: bytes | None) -> None:
    _product(form)
    if content_type != "application/pdf" or content is None:
        raise Refused(INVALID, "the file is not of the type that was named")
    if len(content) > DOCUMENT_MOST_BYTES:
        raise Refused(MEDIA, "larger than 100 MB")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-64:]:
        raise Refused(MEDIA, "no PDF")


def _check_plain(form: Mapping[str, str], content_type: str | None, content: bytes | None) -> None:
    _product(form)
    if content_type != "text/plain" or not content:
        raise Refused(INVALID, "the file is not of the type that was named")
    if len(content) > DOCUMENT_MOST_BYTES:
        raise Refused(MEDIA, "larger than 100 MB")
    content.decode("utf-8")


def _check_picture(form: Mapping[str, str], content_type: str | None, content: bytes | None) -> None:
    _product(form)
    if form.get("type") != "image/png" or content_type != "image/png" or content is None:
        raise Refused(INVALID, "type and file must be image/png")
    if len(content) > PICTURE_MOST_BYTES:
        raise Refused(MEDIA, "larger than 5 MB")
    if not content.startswith(_PNG) or content[12:16] != b"IHDR":
        raise Refused(MEDIA, "no PNG")
    depth, colours = struct.unpack("BB", content[24:26])
    if depth != 8 or colours not in (_RGB, _RGBA):
        raise Refused(MEDIA, "not 8-bit RGB or RGBA")


def _check_text(text: Mapping[str, Any], _: Collection[str]) -> None:
    _keys(text, {"body", "preview_url"})
    _text(text, "body", 4096)
    if not isinstance(text.get("preview_url", False), bool):
        raise Refused(INVALID, "preview_url")


def _check_image(image: Mapping[str, Any], media: Collection[str]) -> None:
    _keys(image, {"id", "caption"})
    if "caption" in image:
        _text(image, "caption", 1024)
    _uploaded(image, media)


def _check_document(document: Mapping[str, Any], media: Collection[str]) -> None:
    _keys(document, {"id", "caption", "filename"})
    if "caption" in document:
        _text(document, "caption", 1024)
    _text(document, "filename", 240)
    _uploaded(document, media)


def _check_interactive(interactive: Mapping[str, Any], media: Collection[str]) -> None:
    _keys(interactive, {"type", "header", "body", "action"})
    _text(_object(interactive.get("body"), "body"), "text", 1024)
    action = _object(interactive.get("action"), "action")
    if interactive.get("type") == "button":
        if "header" in interactive:
            header = _object(interactive["header"], "header")
            _keys(header, {"type", "image"})
            _uploaded(_object(header.get("image"), "header image"), media)
        _check_buttons(action)
    elif interactive.get("type") == "list":
        if "header" in interactive:
            raise Refused(WRONG_VALUE, "a list has no picture")
        _check_list(action)
    else:
        raise Refused(INVALID, "interactive type")


def _check_buttons(action: Mapping[str, Any]) -> None:
    _keys(action, {"buttons"})
    buttons = _objects(action.get("buttons"), 3, "buttons")
    for button in buttons:
        _keys(button, {"type", "reply"})
        if button.get("type") != "reply":
            raise Refused(INVALID, "button type")
    replies = [_object(button.get("reply"), "reply") for button in buttons]
    for reply in replies:
        _keys(reply, {"id", "title"})
    _unique([_text(reply, "id", 256) for reply in replies], "button ids")
    _unique([_text(reply, "title", 20) for reply in replies], "button titles")


def _check_list(action: Mapping[str, Any]) -> None:
    _keys(action, {"button", "sections"})
    _text(action, "button", 20)
    sections = _objects(action.get("sections"), 10, "sections")
    for section in sections:
        _keys(section, {"title", "rows"})
        _text(section, "title", 24)
    rows = [row for section in sections for row in _objects(section.get("rows"), 10, "rows")]
    if len(rows) > 10:
        raise Refused(WRONG_VALUE, "more than 10 rows in total")
    for row in rows:
        _keys(row, {"id", "title", "description"})
        _text(row, "title", 24)
        if "description" in row:
            _text(row, "description", 72)
    _unique([_text(row, "id", 200) for row in rows], "row ids")


def _addressee(message: Mapping[str, Any]) -> None:
    if ("to" in message) == ("recipient" in message):
        raise Refused(INVALID, "exactly one of to and recipient")
    if "to" in message and not _PHONE.fullmatch(_text(message, "to", 20)):
        raise Refused(WRONG_VALUE, "to: digits with the country's code and nothing else")
    if "recipient" in message and not _BSUID.fullmatch(_text(message, "recipient", 140)):
        raise Refused(WRONG_VALUE, "recipient: a business-scoped user id")


def _product(given: Mapping[str, Any]) -> None:
    if given.get("messaging_product") != "whatsapp":
        raise Refused(INVALID, "The parameter messaging_product is required.")


def _uploaded(image: Mapping[str, Any], media: Collection[str]) -> None:
    if _text(image, "id", 100) not in media:
        raise Refused(WRONG_VALUE, "no such media")


def _object(given: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise Refused(MISSING, name)
    return given


def _objects(given: Any, most: int, name: str) -> list[Mapping[str, Any]]:
    if not isinstance(given, list) or not 1 <= len(given) <= most:
        raise Refused(WRONG_VALUE, f"{name}: 1 to {most}")
    return [_object(one, name) for one in given]


def _keys(given: Mapping[str, Any], known: Collection[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise Refused(INVALID, f"Unexpected key {unknown[0]}")


def _text(given: Mapping[str, Any], key: str, most: int) -> str:
    text = given.get(key)
    if not isinstance(text, str) or not text.strip():
        raise Refused(INVALID, f"The parameter {key} is required.")
    if len(text) > most:
        raise Refused(INVALID, f"Param {key} must be at most {most} characters long.")
    return text


def _unique(given: list[str], name: str) -> None:
    if len(set(given)) < len(given):
        raise Refused(WRONG_VALUE, f"{name} must be unique")
