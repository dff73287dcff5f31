"""Whatever is posted is read or refused, and what is read can be kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.channels.messenger.incoming import Delivery, DeliveryError, Incoming, Kind
from stillnight.channels.whatsapp_twilio.webhook import read_delivery
from tests.channels.whatsapp_twilio.test_webhook import NOW, TEXT, one, posted

any_form = settings(derandomize=True, deadline=None, database=None, max_examples=200)
_NAMES = st.sampled_from(
    [
        *TEXT,
        *("ButtonText", "ButtonPayload", "ListId", "ListTitle", "Latitude", "Longitude", "MessageStatus", "ErrorCode"),
        *("MediaContentType0", "MediaUrl0", "OriginalRepliedMessageSid", "ExternalUserId", "EventType", "Body0"),
    ]
)
_VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.binary(max_size=12),
    st.integers(-(10**30), 10**30).map(str),
    st.sampled_from([*TEXT.values(), "whatsapp:GB.1", "image/webp", "location", "read", "failed", "�", "²", "٣"]),
)


def _checked(delivery: Delivery) -> None:
    for message in delivery.messages:
        assert message.id and message.person.key and message.person.address
        assert message.at == NOW
        assert (message.option is not None) == (message.kind is Kind.OPTION)
        assert message.person.phone is None or message.person.phone.startswith("+")
        assert Incoming.from_dict(message.as_dict()) == message
        _storable(message.id, message.text, message.line, message.option, message.about, *vars(message.person).values())
    for receipt in delivery.receipts:
        _storable(receipt.id, receipt.ours, receipt.code)
    assert len(delivery.messages) + len(delivery.receipts) <= 1


def _storable(*values: Any) -> None:
    for value in values:
        assert value is None or "\0" not in value.encode().decode()


@any_form
@given(st.lists(st.tuples(_NAMES, _VALUES), max_size=40), st.booleans())
def test_any_form_is_read_or_refused(fields: list[tuple[str, str | bytes]], whole: bool) -> None:
    body = (posted() + b"&" if whole else b"") + urlencode(fields).encode()
    try:
        _checked(read_delivery(body, NOW))
    except DeliveryError:
        assert not whole


@any_form
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for tried in (body, b"MessageSid=SM1&From=whatsapp%3A%2B447700900123&Body=" + body):
        try:
            _checked(read_delivery(tried, NOW))
        except DeliveryError:
            assert tried is body


@any_form
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200))
def test_what_was_typed_arrives_as_typed(text: str) -> None:
    assert one(Body=text).text == (text if text.strip() else "")
