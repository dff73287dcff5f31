"""Another project's reader (pywa) understands the same deliveries in the same way, and takes the same signatures."""

from __future__ import annotations

import hashlib
import hmac
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from pywa import handlers
from pywa.client import WhatsApp
from pywa.types.callback import CallbackButton, CallbackSelection
from pywa.types.message import DeletedMessage, EditedMessage, Message

from stillnight.channels.messenger.incoming import Incoming, Kind
from stillnight.channels.whatsapp_cloud.signature import signed_by
from stillnight.channels.whatsapp_cloud.webhook import read_delivery
from tests.channels.whatsapp_cloud import samples
from tests.channels.whatsapp_cloud.samples import NOW, payload, status, value

SECRET = "an-app-secret-of-meta"
# Where it understands less than we do.
UNKNOWN_TO_IT = {
    "address",
    "button of a template without a payload",
    "from the number that it comes to",
    "new security code",
    "product that was asked about",
    "unavailable",
    "without a type",
    "without a type, an error",
}
# What we call the types that it knows by the names of the reference; all others say the same word.
KIND_OF_TYPE = {
    "audio": Kind.AUDIO,
    "interactive": Kind.OPTION,
    "button": Kind.OPTION,
    "order": Kind.UNSUPPORTED,
    "unknown": Kind.UNSUPPORTED,
    "request_welcome": Kind.SYSTEM,
}
# Kinds that mean something to us beyond their type.
OURS_ALONE = {
    "choice that Meta could not tell",
    "form",
    "in a group",
    "leave to call",
    "order with a note",
    "unsupported, a pin",
    "unsupported, a template of another business",
}


@pytest.fixture(scope="module")
def other() -> Iterator[tuple[WhatsApp, list[Any]]]:
    """Its reader, and what it read last."""
    read: list[Any] = []
    client = WhatsApp(
        phone_id=samples.LINE, token="t", verify_token="v", app_secret=SECRET, skip_duplicate_updates=False
    )
    for handler in (
        handlers.MessageHandler,
        handlers.CallbackButtonHandler,
        handlers.CallbackSelectionHandler,
        handlers.FlowCompletionHandler,
        handlers.EditedMessageHandler,
        handlers.DeletedMessageHandler,
        handlers.CallPermissionUpdateHandler,
        handlers.MessageStatusHandler,
    ):
        client.add_handlers(handler(lambda _, update: read.append(update)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield client, read


def as_read_there(other: tuple[WhatsApp, list[Any]], body: bytes) -> Any:
    """What the other reader makes of a body."""
    client, read = other
    read.clear()
    assert client.webhook_update_handler(body) == ("ok", 200)
    (update,) = read
    return update


def words(update: Any) -> str:
    """What somebody wrote, as the other reader tells it."""
    if isinstance(update, (CallbackButton, CallbackSelection)):
        return str(update.title)
    if isinstance(update, EditedMessage):
        return words(update.message)
    if isinstance(update, Message) and update.reaction:
        return update.reaction.emoji or ""
    return str(getattr(update, "text", None) or getattr(update, "caption", None) or "")


def kind(update: Any) -> Kind:
    """The kind that we would call it."""
    if isinstance(update, EditedMessage):
        return Kind.EDITED
    if isinstance(update, DeletedMessage):
        return Kind.DELETED
    return KIND_OF_TYPE.get(update.type.value) or Kind(update.type.value)


@pytest.mark.parametrize("name", sorted(samples.KINDS.keys() - UNKNOWN_TO_IT))
def test_both_read_the_same(other: tuple[WhatsApp, list[Any]], name: str) -> None:
    body = samples.body(payload(value(samples.KINDS[name][0])))
    (ours,) = read_delivery(body, NOW).messages
    theirs = as_read_there(other, body)
    assert ours.id == theirs.id
    assert ours.line == theirs.metadata.phone_number_id
    assert (ours.person.key, ours.person.phone) == (theirs.from_user.bsuid, f"+{theirs.from_user.wa_id}")
    assert ours.at == theirs.timestamp.timestamp()
    if name not in OURS_ALONE:
        assert ours.kind is kind(theirs)
        assert_same_words(ours, theirs)


def assert_same_words(ours: Incoming, theirs: Any) -> None:
    """The words, the option and what it is about."""
    assert ours.text == words(theirs)
    if isinstance(theirs, (EditedMessage, DeletedMessage)):
        assert ours.about == theirs.original_message_id
    if isinstance(theirs, (CallbackButton, CallbackSelection)):
        assert ours.option == theirs.data
    if isinstance(theirs, Message) and theirs.reaction:
        assert ours.about == theirs.reaction.message_id


@pytest.mark.parametrize("state", ["sent", "delivered", "read"])
def test_both_read_the_same_receipt(other: tuple[WhatsApp, list[Any]], state: str) -> None:
    body = samples.body(payload(value(contacts=(samples.CONTACT,), statuses=[status(state)])))
    (ours,) = read_delivery(body, NOW).receipts
    theirs = as_read_there(other, body)
    assert (ours.id, ours.progress.value) == (theirs.id, theirs.status.value)


@pytest.mark.parametrize("body", [b"{}", b'{"object": "x"}', "{“ü”}".encode(), b""])
def test_both_take_the_same_signatures(other: tuple[WhatsApp, list[Any]], body: bytes) -> None:
    right = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    for header in (right, right[:-1], right.upper(), right + "0", "", None):
        refused = other[0].webhook_update_validator(body, header)
        assert signed_by(SECRET, body, header) is (refused is None), header
