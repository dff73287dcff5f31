"""Deliveries as Meta's reference describes them, with made-up people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

NOW = 1_790_000_100.0
AT = 1_790_000_000
LINE = "106540352242922"
OURS = "15550783881"
PHONE = "16505551234"
USER = "US.13491208655302741918"
WAMID = "wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA="
EARLIER = "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI3RTFFRkQ4MkY2NTA1OTFCMzcA"

CONTACT: Mapping[str, Any] = {"profile": {"name": "Nell Okoro"}, "wa_id": PHONE, "user_id": USER}


def message(kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    """One message of the person that `CONTACT` names."""
    inner = {} if content is None else {kind: content}
    return {"from": PHONE, "from_user_id": USER, "id": WAMID, "timestamp": str(AT), "type": kind, **inner, **more}


def text(body: str, **more: Any) -> dict[str, Any]:
    """A message that was typed."""
    return message("text", {"body": body}, **more)


def without(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The rest of an object."""
    return {name: part for name, part in given.items() if name not in names}


def status(state: str, **more: Any) -> dict[str, Any]:
    """What became of a message of ours."""
    return {
        "id": WAMID,
        "status": state,
        "timestamp": str(AT),
        "recipient_id": PHONE,
        "recipient_user_id": USER,
        "conversation": {"id": "b3f1e6b0", "origin": {"type": "service"}},
        "pricing": {"billable": False, "pricing_model": "PMP", "category": "service", "type": "free_customer_service"},
        **more,
    }


def value(*messages: Any, contacts: Sequence[Any] | None = (CONTACT,), **more: Any) -> dict[str, Any]:
    """What one change of the field `messages` holds."""
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": OURS, "phone_number_id": LINE},
        **({"contacts": list(contacts)} if contacts is not None else {}),
        **({"messages": list(messages)} if messages else {}),
        **more,
    }


def payload(*values: Any, field: str = "messages") -> dict[str, Any]:
    """A delivery of one entry, each value a change of its own."""
    changes = [{"value": each, "field": field} for each in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}


def body(given: Any) -> bytes:
    """As it comes over the wire."""
    return json.dumps(given).encode()


def _media(mime: str, **more: Any) -> dict[str, Any]:
    return {"mime_type": mime, "sha256": "81d3bd8a8db4868c9520ed47186e8b7c", "id": "2754859441498128", **more}


REPLY = {"context": {"from": OURS, "id": EARLIER}}
PRODUCT = {"product_retailer_id": "sku-1", "quantity": 1, "item_price": 10, "currency": "USD"}
TITLE = "Message type unknown"
UNKNOWN = [{"code": 131051, "title": TITLE, "message": TITLE, "error_data": {"details": "Not supported."}}]

# What was sent, and what is to be read in it: kind, text, option, about.
KINDS: Mapping[str, tuple[dict[str, Any], tuple[str, str, str | None, str | None]]] = {
    "text": (text("my legs twitch"), ("text", "my legs twitch", None, None)),
    "text, a reply": (text("and that?", **REPLY), ("text", "and that?", None, None)),
    "text, forwarded": (text("look", context={"forwarded": True}), ("text", "look", None, None)),
    "text, from an advertisement": (
        text("hi", referral={"source_type": "ad", "source_id": "1", "ctwa_clid": "x"}),
        ("text", "hi", None, None),
    ),
    "button": (
        message(
            "interactive", {"type": "button_reply", "button_reply": {"id": "o-7", "title": "Tell me more"}}, **REPLY
        ),
        ("option", "Tell me more", "o-7", None),
    ),
    "row of a list": (
        message(
            "interactive",
            {"type": "list_reply", "list_reply": {"id": "o-9", "title": "Iron", "description": "and legs"}},
            **REPLY,
        ),
        ("option", "Iron", "o-9", None),
    ),
    "button of a template": (
        message("button", {"payload": "o-1", "text": "Yes, please"}, **REPLY),
        ("option", "Yes, please", "o-1", None),
    ),
    "button of a template without a payload": (
        message("button", {"text": "Yes, please"}),
        ("text", "Yes, please", None, None),
    ),
    "form": (
        message(
            "interactive", {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{}"}}
        ),
        ("unsupported", "", None, None),
    ),
    "leave to call": (
        message(
            "interactive",
            {
                "type": "call_permission_reply",
                "call_permission_reply": {"response": "accept", "response_source": "user_action"},
            },
        ),
        ("system", "", None, None),
    ),
    "reaction": (
        message("reaction", {"message_id": EARLIER, "emoji": "👍🏽"}),
        ("reaction", "👍🏽", None, EARLIER),
    ),
    "reaction taken back": (message("reaction", {"message_id": EARLIER}), ("reaction", "", None, EARLIER)),
    "location": (
        message("location", {"latitude": 52.1, "longitude": -1.5, "name": "Home", "address": "1 High St"}),
        ("location", "", None, None),
    ),
    "contacts": (
        message("contacts", [{"name": {"formatted_name": "Dr Ames"}, "phones": [{"phone": "+1 650-555-9999"}]}]),
        ("contacts", "", None, None),
    ),
    "image": (message("image", _media("image/jpeg")), ("image", "", None, None)),
    "image with a caption": (
        message("image", _media("image/jpeg", caption="is my ferritin low?")),
        ("image", "is my ferritin low?", None, None),
    ),
    "voice note": (message("audio", _media("audio/ogg; codecs=opus", voice=True)), ("audio", "", None, None)),
    "video": (message("video", _media("video/mp4", caption="my leg")), ("video", "my leg", None, None)),
    "document": (
        message("document", _media("application/pdf", filename="labs.pdf", caption="my labs")),
        ("document", "my labs", None, None),
    ),
    "sticker": (message("sticker", _media("image/webp", animated=False)), ("sticker", "", None, None)),
    "edited": (
        message("edit", {"original_message_id": EARLIER, "message": {"type": "text", "text": {"body": "ferritin 18"}}}),
        ("edited", "ferritin 18", None, EARLIER),
    ),
    "edited caption": (
        message(
            "edit",
            {
                "original_message_id": EARLIER,
                "message": {
                    "context": {"id": "M0"},
                    "type": "image",
                    "image": _media("image/jpeg", caption="18, not 81"),
                },
            },
        ),
        ("edited", "18, not 81", None, EARLIER),
    ),
    "deleted": (message("revoke", {"original_message_id": EARLIER}), ("deleted", "", None, EARLIER)),
    "order": (message("order", {"catalog_id": "7", "product_items": [PRODUCT]}), ("unsupported", "", None, None)),
    "order with a note": (
        message("order", {"catalog_id": "7", "product_items": [PRODUCT], "text": "my legs twitch"}),
        ("unsupported", "my legs twitch", None, None),
    ),
    "opened the chat": (message("request_welcome"), ("system", "", None, None)),
    "unsupported": (message("unsupported", errors=UNKNOWN), ("unsupported", "", None, None)),
    "unsupported, a poll": (
        message("unsupported", {"type": "poll_creation"}, errors=UNKNOWN),
        ("unsupported", "", None, None),
    ),
    "unsupported, an edit": (message("unsupported", {"type": "edit"}, errors=UNKNOWN), ("unsupported", "", None, None)),
    "unsupported, a pin": (message("unsupported", {"type": "pin"}, errors=UNKNOWN), ("system", "", None, None)),
    "unsupported, a template of another business": (
        message("unsupported", {"type": "hsm"}, errors=UNKNOWN),
        ("system", "", None, None),
    ),
    "unknown": (message("unknown", errors=UNKNOWN), ("unsupported", "", None, None)),
    "product that was asked about": (
        text("how much", context={"from": OURS, "id": EARLIER, "referred_product": {"catalog_id": "7"}}),
        ("text", "how much", None, None),
    ),
    "unsupported, seen once": (
        message("unsupported", {"type": "view_once"}, errors=UNKNOWN),
        ("unsupported", "", None, None),
    ),
    "unavailable": (
        message("unsupported", errors=[{"code": 131060, "title": "This message is currently unavailable."}]),
        ("unsupported", "", None, None),
    ),
    "address": (
        message("interactive", {"type": "nfm_reply", "nfm_reply": {"name": "address_message", "response_json": "{}"}}),
        ("unsupported", "", None, None),
    ),
    "choice that Meta could not tell": (message("interactive"), ("unsupported", "", None, None)),
    "new security code": (
        message(
            "system",
            {"body": "User identity changed", "type": "customer_identity_changed"},
            identity={"acknowledged": True, "created_timestamp": str(AT), "hash": "xyz"},
        ),
        ("system", "", None, None),
    ),
    "without a type": (without(text("my legs twitch"), "type"), ("text", "my legs twitch", None, None)),
    "without a type, an error": (without(message("unknown", errors=UNKNOWN), "type"), ("unsupported", "", None, None)),
    "from the number that it comes to": (
        # Samples often have one number everywhere.
        {**text("hello"), "from": OURS},
        ("text", "hello", None, None),
    ),
    "disappearing": (message("ephemeral"), ("unsupported", "", None, None)),
    "a type of next year": (message("hologram", {"id": "1"}), ("unsupported", "", None, None)),
    "in a group": (text("hello all", group_id="Y2FwaV9ncm91cDox"), ("system", "", None, None)),
}

CHANGES_OF_NUMBER: Mapping[str, dict[str, Any]] = {
    "number": {
        "from": PHONE,
        "id": WAMID,
        "timestamp": str(AT),
        "type": "system",
        "system": {
            "body": "User Nell Okoro changed from 16505551234 to 16505559876",
            "type": "user_changed_number",
            "wa_id": "16505559876",
            "user_id": "US.55555",
            "previous_user_id": USER,
        },
    },
    "older number": {
        "from": PHONE,
        "id": WAMID,
        "timestamp": str(AT),
        "type": "system",
        "system": {"body": "…", "type": "customer_changed_number", "new_wa_id": "16505559876", "customer": PHONE},
    },
    "user id": {
        "id": WAMID,
        "timestamp": str(AT),
        "type": "system",
        "system": {"type": "user_changed_user_id", "user_id": "US.55555", "previous_user_id": USER},
    },
}

OTHER_FIELDS: Mapping[str, dict[str, Any]] = {
    "phone_number_quality_update": {"display_phone_number": OURS, "event": "FLAGGED", "current_limit": "TIER_1K"},
    "phone_number_name_update": {"display_phone_number": OURS, "decision": "APPROVED"},
    "account_alerts": {"entity_type": "WABA", "alert_info": {"alert_severity": "WARNING"}},
    "account_review_update": {"decision": "APPROVED"},
    "business_capability_update": {"max_daily_conversation_per_phone": 100},
    "message_template_quality_update": {"new_quality_score": "GREEN", "message_template_id": 1},
    "message_template_components_update": {"message_template_id": 1, "message_template_element": "…"},
    "template_category_update": {"message_template_id": 1, "new_category": "MARKETING"},
    "security": {"event": "PIN_CHANGED", "display_phone_number": OURS},
    "flows": {"event": "FLOW_STATUS_CHANGE", "flow_id": "1"},
    "payment_configuration_update": {"configuration_name": "x", "status": "Active"},
    "partner_solutions": {"event": "SOLUTION_CREATED", "solution_id": "1"},
    "automatic_events": value(automatic_events=[{"id": WAMID, "event_name": "LeadSubmitted"}]),
    "smb_app_state_sync": value(state_sync=[{"type": "contact", "action": "add", "contact": {"phone_number": PHONE}}]),
    "group_lifecycle_update": value(groups=[{"type": "group_create", "group_id": "1"}]),
    "group_participants_update": value(groups=[{"type": "group_participants_add", "group_id": "1"}]),
    "account_update": {"event": "ACCOUNT_RESTRICTION", "phone_number": OURS},
    "message_template_status_update": {"event": "APPROVED", "message_template_id": 1, "message_template_name": "hello"},
    "smb_message_echoes": value(message_echoes=[{**text("we will call you"), "from": OURS, "to": PHONE}]),
    "history": value(history=[{"threads": [{"id": PHONE, "messages": [text("old")]}]}]),
    "calls": value(calls=[{"id": "wacid.1", "from": PHONE, "event": "connect"}]),
    "standby": value(text("to the other bot")),
    "user_preferences": value(user_preferences=[{"wa_id": PHONE, "category": "marketing_messages", "value": "stop"}]),
}
