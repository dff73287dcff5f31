"""Reads what Twilio posts: a form with one message of somebody, or with how far one of ours came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from multidict import MultiDict

from stillnight.channels.messenger.incoming import Delivery, DeliveryError, Incoming, Kind, Person, Progress, Receipt

# Twilio sends about forty, ten pictures included, and announces that they will grow.
_FIELDS_MOST: Final = 400
_TEXT_LENGTH: Final = 65_536
_ID_LENGTH: Final = 512

_WHATSAPP: Final = "whatsapp:"
# A space is a plus that somebody did not escape.
_PHONE: Final = re.compile(r"[+ ]?([0-9]{3,20})")
# Meta's business-scoped user id; since 2026 it may stand where the phone number stood.
_USER_ID: Final = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_SOME: Final = re.compile(r"0*[1-9][0-9]{0,5}")
_UNFIT: Final = re.compile(r"[\x00\ud800-\udfff]")
_ERROR_CODE: Final = re.compile(r"[1-9][0-9]{0,9}")

# Of messages that come in; every other status tells of one of ours.
_COMES_IN: Final = frozenset({"", "received", "receiving"})
_PROGRESS: Final[Mapping[str, Progress]] = {
    "sent": Progress.SENT,
    "delivered": Progress.DELIVERED,
    "read": Progress.READ,
    "failed": Progress.FAILED,
    "undelivered": Progress.FAILED,
    "canceled": Progress.FAILED,
}
# Values of MessageType. `interactive`, `button` and whatever is new are told apart by what else is there.
_NAMED: Final[Mapping[str, Kind]] = {
    "image": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "voice": Kind.AUDIO,
    "video": Kind.VIDEO,
    "document": Kind.DOCUMENT,
    "sticker": Kind.STICKER,
    "contacts": Kind.CONTACTS,
    "location": Kind.LOCATION,
    "reaction": Kind.REACTION,
}
_MEDIA: Final[Mapping[str, Kind]] = {
    "text/vcard": Kind.CONTACTS,
    "text/x-vcard": Kind.CONTACTS,
    "text/directory": Kind.CONTACTS,
    # WhatsApp turns photographs into JPEG; WebP is a sticker.
    "image/webp": Kind.STICKER,
    "image": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "video": Kind.VIDEO,
}


def read_form(body: bytes) -> MultiDict[str]:
    """The fields of a form, blank ones too, as they were signed. What is not UTF-8 becomes “�”.

    Raises:
        DeliveryError: more fields than Twilio would send.
    """
    try:
        return MultiDict(
            parse_qsl(
                body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=_FIELDS_MOST
            )
        )
    except ValueError:
        raise DeliveryError("the form has too many fields") from None


def read_delivery(body: bytes, now: float, *, ours: str | None = None) -> Delivery:
    """What one request brought; whose signature is right is another question (`signature.signed_by`).

    Left out: what does not come from WhatsApp, and statuses before “sent”. Twilio tells no time, so a message's is
    when it came here. The line is empty when the form does not say it.

    Args:
        body: as it was posted.
        now: seconds since 1970.
        ours: our id of the message, from the address of the request (`rest.OURS`), for its receipt.

    Raises:
        DeliveryError: no form, too many fields, or no message of Twilio's in it.
    """
    form = read_form(body)
    message_id = _first(form, _ID_LENGTH, "MessageSid", "SmsSid", "SmsMessageSid").strip()
    if not message_id:
        raise DeliveryError("the body is no form with a message id")
    status = _first(form, _ID_LENGTH, "MessageStatus", "SmsStatus").strip().lower()
    if status in _COMES_IN:
        person = _person(form)
        return Delivery(messages=(_message(form, message_id, person, now),) if person else ())
    progress = _PROGRESS.get(status)
    return Delivery(receipts=(_receipt(form, message_id, progress, ours),) if progress else ())


def _receipt(form: MultiDict[str], message_id: str, progress: Progress, ours: str | None) -> Receipt:
    code = _ERROR_CODE.fullmatch(_first(form, _ID_LENGTH, "ErrorCode").strip())
    return Receipt(
        message_id,
        progress,
        _cleaned(ours or "", _ID_LENGTH) or None,
        code.group() if code and progress is Progress.FAILED else None,
    )


def _message(form: MultiDict[str], message_id: str, person: Person, now: float) -> Incoming:
    option = _first(form, _ID_LENGTH, "ButtonPayload", "ListId") or None
    # Without an id there is nothing to look up: then what the button said counts as typed.
    said = ("ButtonText", "ListTitle", "Body") if option else ("Body", "ButtonText", "ListTitle")
    text = _first(form, _TEXT_LENGTH, *said)
    return Incoming(
        message_id,
        person,
        now,
        Kind.OPTION if option else _kind(form, text),
        _bare(_first(form, _ID_LENGTH, "To")),
        text,
        option,
        _first(form, _ID_LENGTH, "OriginalRepliedMessageSid").strip() or None,
    )


def _kind(form: MultiDict[str], text: str) -> Kind:
    named = _NAMED.get(_first(form, _ID_LENGTH, "MessageType").strip().lower())
    if named is not None:
        return named
    if _first(form, _ID_LENGTH, "Latitude") and _first(form, _ID_LENGTH, "Longitude"):
        return Kind.LOCATION
    media = _first(form, _ID_LENGTH, "MediaContentType0")
    if media or form.get("MediaUrl0") or _SOME.fullmatch(form.get("NumMedia", "")):
        media = media.partition(";")[0].strip().lower()
        return _MEDIA.get(media) or _MEDIA.get(media.partition("/")[0]) or Kind.DOCUMENT
    return Kind.TEXT if text.strip() else Kind.UNSUPPORTED


def _person(form: MultiDict[str]) -> Person | None:
    """Who wrote, None when it was not over WhatsApp. An answer goes where Twilio says that it came from."""
    given = _first(form, _ID_LENGTH, "From").strip()
    address = _bare(given) if given.startswith(_WHATSAPP) else ""
    if not address:
        return None
    user_id = _bare(_first(form, _ID_LENGTH, "ExternalUserId"))
    phone = address if address.startswith("+") else _bare(_first(form, _ID_LENGTH, "WaId"))
    return Person(
        user_id if _USER_ID.fullmatch(user_id) else address, address, phone if phone.startswith("+") else None
    )


def _bare(address: str) -> str:
    """A phone number with “+” or a user id, without “whatsapp:”; empty for anything else."""
    bare = address.strip().removeprefix(_WHATSAPP)
    if _USER_ID.fullmatch(bare):
        return bare
    phone = _PHONE.fullmatch(bare)
    return f"+{phone.group(1)}" if phone else ""


def _first(form: MultiDict[str], length: int, *names: str) -> str:
    """The first of the fields that says something, at most `length` characters of it; empty when none does."""
    for name in names:
        value = _cleaned(form.get(name, ""), length)
        if value.strip():
            return value
    return ""


def _cleaned(value: str, length: int) -> str:
    # PostgreSQL keeps no NUL, and no database keeps half a surrogate pair.
    return _UNFIT.sub("", value)[:length]
