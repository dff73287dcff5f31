"""What Meta's webhook brings, in the shape of every messenger.

Meta adds kinds and fields without notice, so nothing is expected to be there, and what cannot be read is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from stillnight.channels.messenger.incoming import (
    Delivery,
    DeliveryError,
    Incoming,
    Kind,
    Person,
    Progress,
    Receipt,
)
from stillnight.channels.whatsapp_cloud.content import content_of
from stillnight.channels.whatsapp_cloud.fields import (
    USER_ID,
    Object,
    code_of,
    id_of,
    object_of,
    objects_of,
    phone_of,
    time_of,
)

_OBJECT: Final = "whatsapp_business_account"
_FIELD: Final = "messages"
_PROGRESS: Final = {progress.value: progress for progress in Progress}


def read_delivery(body: bytes, now: float) -> Delivery:
    """Everything that one request brought, in its order.

    Left out: other fields than `messages`, messages without an id or a sender, our own messages, which alone name whom
    they go to, and states of ours that say nothing about how far they came.

    Args:
        body: of a request whose signature was right.
        now: seconds since 1970, for messages whose own time makes no sense.

    Raises:
        DeliveryError: when it is no JSON in UTF-8, no object, or of another product.
    """
    values = tuple(_values(_payload(body)))
    return Delivery(
        tuple(message for value in values for message in _messages(value, now)),
        tuple(receipt for value in values for receipt in _receipts(value)),
    )


def _payload(body: bytes) -> Object:
    try:
        payload = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        # Not chained: the decoder's error holds the whole body.
        raise DeliveryError("the body is not JSON in UTF-8") from None
    if object_of(payload).get("object") != _OBJECT:
        raise DeliveryError(f"the body is not of a {_OBJECT}")
    return object_of(payload)


def _refuse(_: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


def _values(payload: Object) -> Iterator[Object]:
    for entry in objects_of(payload.get("entry")):
        for change in objects_of(entry.get("changes")):
            if change.get("field") == _FIELD:
                yield object_of(change.get("value"))


def _messages(value: Object, now: float) -> Iterator[Incoming]:
    metadata = object_of(value.get("metadata"))
    line, ours = id_of(metadata.get("phone_number_id")) or "", phone_of(metadata.get("display_phone_number"))
    messages, contacts = objects_of(value.get("messages")), objects_of(value.get("contacts"))
    alone = len(contacts) == 1 and len({_sender(message) for message in messages}) == 1
    for message in messages:
        if ours and message.get("to") is not None and phone_of(message.get("from")) == ours:
            continue
        identity, content = id_of(message.get("id")), content_of(message)
        person = _person(message, _contact(message, contacts, alone))
        if identity and person:
            # Late news of a new number are news all the same.
            at = now if content.kind is Kind.MOVED else time_of(message.get("timestamp"), now)
            yield Incoming(identity, person, at, content.kind, line, content.text, content.option, content.about)


def _sender(message: Object) -> tuple[str | None, str | None]:
    """The number and the user id in a message, of which either may be missing."""
    number, user = id_of(message.get("from")), id_of(message.get("from_user_id"))
    if user is None and message.get("type") == "system":
        # A change of number or of user id is told of without contacts, by the id before it.
        user = id_of(object_of(message.get("system")).get("previous_user_id"))
    if number is not None and USER_ID.fullmatch(number):
        return None, user or number
    return number, user


def _contact(message: Object, contacts: Sequence[Object], alone: bool) -> Object:
    """Who of `contacts` wrote; an empty one when that is not sure.

    alone: one contact and one sender, who are then the same: a number may differ from the WhatsApp id.
    """
    number, user = _sender(message)
    for contact in contacts:
        if (user and contact.get("user_id") == user) or (number and contact.get("wa_id") == number):
            return contact
    if alone and (user is None or id_of(contacts[0].get("user_id")) is None):
        return contacts[0]
    return {}


def _person(message: Object, contact: Object) -> Person | None:
    """Who wrote; None when nothing names them."""
    number, user = _sender(message)
    other = id_of(contact.get("wa_id"))
    phone = phone_of(number) or phone_of(other)
    key = user or id_of(contact.get("user_id")) or phone or number or other
    return Person(key, phone or key, phone) if key else None


def _receipts(value: Object) -> Iterator[Receipt]:
    for status in objects_of(value.get("statuses")):
        identity, state = id_of(status.get("id")), status.get("status")
        if identity and isinstance(state, str) and state in _PROGRESS:
            errors = objects_of(status.get("errors"))
            code = code_of(errors[0].get("code")) if errors else None
            yield Receipt(identity, _PROGRESS[state], id_of(status.get("biz_opaque_callback_data")), code)
