"""What Meta delivers is read rightly, and whatever else comes does no harm."""

from __future__ import annotations

import contextlib
import copy
import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.channels.messenger.incoming import Delivery, DeliveryError, Incoming, Kind, Person, Progress, Receipt
from stillnight.channels.whatsapp_cloud.webhook import read_delivery
from tests.channels.whatsapp_cloud import samples
from tests.channels.whatsapp_cloud.samples import (
    AT,
    CONTACT,
    LINE,
    NOW,
    OURS,
    PHONE,
    USER,
    WAMID,
    payload,
    text,
    value,
    without,
)

NELL = Person(USER, f"+{PHONE}", f"+{PHONE}")
shapes = settings(derandomize=True, deadline=None, database=None, max_examples=150)


def read(given: Any) -> Delivery:
    return read_delivery(samples.body(given), NOW)


def messages(*given: Any, **more: Any) -> tuple[Incoming, ...]:
    return read(payload(value(*given, **more))).messages


def person(given: dict[str, Any], *contacts: Any) -> Person:
    (message,) = messages(given, contacts=contacts)
    return message.person


# -- kinds


@pytest.mark.parametrize("name", samples.KINDS)
def test_every_kind(name: str) -> None:
    sent, (kind, words, option, about) = samples.KINDS[name]
    who = NELL if sent["from"] == PHONE else Person(USER, f"+{OURS}", f"+{OURS}")
    assert messages(sent) == (Incoming(WAMID, who, float(AT), Kind(kind), LINE, words, option, about),)


@pytest.mark.parametrize("name", samples.KINDS)
@pytest.mark.parametrize("content", [None, 7, "x", [], [{}], {}, {"body": 7, "id": {}, "message": [], "type": []}])
def test_a_kind_whose_content_cannot_be_read_still_reaches_us(name: str, content: Any) -> None:
    sent = samples.KINDS[name][0]
    (message,) = messages({**sent, sent.get("type", "text"): content})
    assert (message.id, message.person.key, message.text) == (WAMID, USER, "")


@pytest.mark.parametrize("content", [None, {}, {"body": None}, {"body": ["x"]}, {"body": ""}, {"body": " \n"}])
def test_a_text_without_words_is_not_a_text(content: Any) -> None:
    assert [message.kind for message in messages(samples.message("text", content))] == [Kind.UNSUPPORTED]


@pytest.mark.parametrize(
    "message", [None, 7, {}, {"type": ["text"], "text": {"body": "x"}}, {"type": "text", "text": 7}]
)
def test_an_edit_without_words_is_an_edit(message: Any) -> None:
    (edited,) = messages(samples.message("edit", {"original_message_id": samples.EARLIER, "message": message}))
    assert (edited.kind, edited.text, edited.about) == (Kind.EDITED, "", samples.EARLIER)


@pytest.mark.parametrize("group", ["Y2FwaV9ncm91cDox", 7, ""])
def test_of_a_group_nothing_is_kept(group: Any) -> None:
    (message,) = messages(samples.KINDS["image with a caption"][0] | {"group_id": group})
    assert (message.kind, message.text, message.person) == (Kind.SYSTEM, "", NELL)
    assert [message.kind for message in messages(text("alone", group_id=None))] == [Kind.TEXT]


def test_of_a_change_of_number_no_words_are_kept_and_it_is_never_too_old() -> None:
    number = f"+{PHONE}"
    people = {"number": NELL, "older number": Person(number, number, number), "user id": Person(USER, USER)}
    for name, who in people.items():
        (message,) = messages(samples.CHANGES_OF_NUMBER[name], contacts=None)
        assert message == Incoming(WAMID, who, NOW, Kind.MOVED, LINE)


@pytest.mark.parametrize("kind", ["customer_identity_changed", "hologram", "", None, ["user_changed_number"], {}])
def test_other_news_of_the_system_are_none_of_a_new_number(kind: Any) -> None:
    assert [message.kind for message in messages(samples.message("system", {"type": kind}))] == [Kind.SYSTEM]


@pytest.mark.parametrize("kind", [None, ["text"], 7, {}])
def test_a_message_without_a_type_is_read_by_what_it_holds(kind: Any) -> None:
    assert [message.text for message in messages(text("hi", type=kind))] == ["hi"]
    assert [message.kind for message in messages(samples.message("hologram", type=kind))] == [Kind.UNSUPPORTED]


# -- who


def test_the_user_id_is_the_key_and_the_number_the_address() -> None:
    assert person(text("hi"), CONTACT) == NELL


def test_the_user_id_may_stand_in_one_place_only() -> None:
    assert person(without(text("hi"), "from_user_id"), CONTACT) == NELL
    assert person(text("hi"), without(dict(CONTACT), "user_id")) == NELL
    assert person(text("hi")) == NELL


def test_the_number_may_stand_in_one_place_only() -> None:
    assert person(without(text("hi"), "from"), CONTACT) == NELL
    assert person(without(text("hi"), "from"), {"user_id": "US.9"}, CONTACT) == NELL
    assert person(text("hi", **{"from": ""}), CONTACT) == NELL
    assert person(text("hi"), without(dict(CONTACT), "wa_id")) == NELL


def test_nobody_needs_to_have_a_number() -> None:
    nameless = Person(USER, USER)
    assert person(without(text("hi"), "from"), without(dict(CONTACT), "wa_id")) == nameless
    assert person(without(text("hi"), "from")) == nameless
    assert person(without(text("hi"), "from", "from_user_id"), {"user_id": USER}) == nameless
    assert person(text("hi", **{"from": USER, "from_user_id": None})) == nameless
    assert person(text("hi", **{"from": USER, "from_user_id": None}), {"wa_id": "4791234567"}, CONTACT) == NELL
    # Nor has ours to be told.
    (message,) = messages(without(text("hi"), "from"), metadata=None, contacts=None)
    assert message.person == nameless


def test_nobody_needs_to_have_a_user_id() -> None:
    number = Person(f"+{PHONE}", f"+{PHONE}", f"+{PHONE}")
    sent = without(text("hi"), "from_user_id")
    assert person(sent) == person(sent, {"wa_id": PHONE}) == person(sent, {"profile": {"name": "Nell"}}) == number
    assert person({**sent, "from": "+1 (650) 555-1234"}) == number


@pytest.mark.parametrize(
    "odd", ["12345", "1234567890123456", "0650555123", "٦٦٥٠٥٥٥١٢٣٤", "1٦٥٠٥٥٥١٢٣٤", "SENDER", "1650555123x"]
)
def test_what_is_no_number_is_an_address_all_the_same(odd: str) -> None:
    assert person(text("hi", **{"from": odd, "from_user_id": None})) == Person(odd, odd)


def test_each_message_has_its_own_person() -> None:
    other = {"profile": {"name": "Ola"}, "wa_id": "4791234567", "user_id": "NO.2"}
    ola = Person("NO.2", "+4791234567", "+4791234567")
    nobody = {"profile": {"name": "Nobody"}}
    sent = [without(text("one"), "from_user_id"), text("two", **{"from": "4791234567", "from_user_id": None})]
    for contacts in ([CONTACT, other], [other, CONTACT], [nobody, CONTACT, other]):
        assert [message.person for message in messages(*sent, contacts=contacts)] == [NELL, ola]


def test_the_user_id_decides_when_contacts_disagree() -> None:
    stranger = {"wa_id": PHONE, "user_id": "US.2"}
    assert (
        person(without(text("hi"), "from"), stranger, {"wa_id": "4791234567", "user_id": USER}).phone == "+4791234567"
    )
    assert person(text("hi"), stranger).key == USER


def test_the_only_contact_is_the_only_sender_even_with_another_number() -> None:
    sent = text("hi", **{"from": "5215512345678", "from_user_id": None})
    mexican = {"wa_id": "525512345678", "user_id": "MX.1"}
    assert person(sent, mexican) == Person("MX.1", "+5215512345678", "+5215512345678")
    # Of two senders it is nobody's, rather than the wrong one's.
    both = messages(sent, text("me too", **{"from": "4791234567", "from_user_id": None}), contacts=[mexican])
    assert [message.person.key for message in both] == ["+5215512345678", "+4791234567"]
    # Nor is it another user's.
    assert person(without(text("hi"), "from"), {"wa_id": "525512345678", "user_id": "MX.1"}) == Person(USER, USER)


def test_our_own_messages_are_not_theirs() -> None:
    echo = text("an answer of ours", **{"from": OURS, "to": PHONE, "from_user_id": None})
    assert messages(echo, text("a question")) == messages(text("a question"))
    assert messages(echo, contacts=[{"wa_id": OURS}]) == ()
    shown = {"display_phone_number": "+1 555-078-3881", "phone_number_id": LINE}
    assert messages(echo, metadata=shown) == ()


# -- when


@pytest.mark.parametrize("given", [AT, str(AT), float(AT)])
def test_the_time_is_that_of_the_messenger(given: Any) -> None:
    assert messages(text("hi", timestamp=given))[0].at == AT


@pytest.mark.parametrize(
    "given",
    [None, "", "x", "0", 0, -AT, f"-{AT}", True, [], {}, "9" * 400, 10**300, 1e300, AT * 1000, "١٧٩٠٠٠٠٠٠٠", f"{AT}x"],
)
def test_a_senseless_time_is_that_of_receipt(given: Any) -> None:
    assert messages(text("hi", timestamp=given))[0].at == NOW


def test_a_missing_time_is_that_of_receipt() -> None:
    assert messages(without(text("hi"), "timestamp"))[0].at == NOW


# -- much at once


def test_all_entries_changes_messages_and_states_are_read_in_order() -> None:
    numbered = [text(str(number), id=f"wamid.{number}") for number in range(6)]
    sent = payload(value(*numbered[:2], statuses=[samples.status("sent")]), value(numbered[2]))
    sent["entry"].append({"id": "2", "changes": [{"field": "calls", "value": value(numbered[5])}]})
    sent["entry"].append(payload(value(statuses=[samples.status("read")]), value(*numbered[3:5]))["entry"][0])
    delivery = read(sent)
    assert [message.text for message in delivery.messages] == ["0", "1", "2", "3", "4"]
    assert [receipt.progress for receipt in delivery.receipts] == [Progress.SENT, Progress.READ]


def test_each_change_has_its_own_line() -> None:
    elsewhere = value(text("two"), metadata={"display_phone_number": "15550000000", "phone_number_id": "7"})
    assert [message.line for message in read(payload(value(text("one")), elsewhere)).messages] == [LINE, "7"]
    assert [message.line for message in messages(text("hi"), metadata=None)] == [""]


@pytest.mark.parametrize("field", samples.OTHER_FIELDS)
def test_other_fields_bring_nothing(field: str) -> None:
    assert read(payload(samples.OTHER_FIELDS[field], field=field)) == Delivery()


def test_errors_of_the_account_bring_nothing() -> None:
    assert read(payload(value(errors=[{"code": 130429, "title": "Rate limit hit"}], contacts=None))) == Delivery()


@pytest.mark.parametrize(
    "broken",
    [
        {"id": None},
        {"id": ""},
        {"id": " "},
        {"id": 7},
        {"id": "a\nb"},
        {"id": "a\x00b"},
        {"id": "a\x85b"},
        {"id": "\ud83d"},
        {"id": "x" * 513},
        {"from": None, "from_user_id": None},
        {"from": 16505551234, "from_user_id": 7},
        {"from": "a\x00b", "from_user_id": "\udc00"},
        {"from": "1" * 513, "from_user_id": "U" * 513},
    ],
)
def test_a_broken_message_is_left_out_and_the_rest_is_read(broken: dict[str, Any]) -> None:
    given: list[Any] = [text("broken", **broken), None, 7, "x", [], text("whole")]
    assert [message.text for message in messages(*given, contacts=None)] == ["whole"]


def test_the_longest_id_is_kept() -> None:
    assert messages(text("hi", id="x" * 512))[0].id == "x" * 512


# -- words


def test_words_can_be_kept_by_any_database() -> None:
    sent = '{"body": "a\\u0000b \\ud83d c \\ude00 d \\ud83d\\ude00\\n"}'
    (message,) = messages(samples.message("text", json.loads(sent)))
    assert message.text == "a\ufffdb \ufffd c \ufffd d 😀\n"
    message.text.encode()


def test_long_words_are_cut() -> None:
    assert [len(message.text) for message in messages(text("x" * 70000))] == [65536]
    assert [message.text for message in messages(text("x" * 65536))] == ["x" * 65536]


def test_words_may_come_escaped_or_not() -> None:
    given = payload(value(text("Zoë 😀 क्या")))
    plain = json.dumps(given, ensure_ascii=False).encode()
    assert read_delivery(plain, NOW) == read(given)
    assert read(given).messages[0].text == "Zoë 😀 क्या"


@pytest.mark.parametrize("option", ["x" * 513, "a\x00b", "\ud83d", "", None, 7])
def test_an_option_that_cannot_be_ours_is_read_by_its_title(option: Any) -> None:
    for sent in (
        samples.message("button", {"payload": option, "text": "Yes"}),
        samples.message("interactive", {"type": "button_reply", "button_reply": {"id": option, "title": "Yes"}}),
        samples.message("interactive", {"type": "list_reply", "list_reply": {"id": option, "title": "Yes"}}),
    ):
        (message,) = messages(sent)
        assert (message.kind, message.text, message.option) == (Kind.TEXT, "Yes", None)


# -- states of our messages


@pytest.mark.parametrize("progress", Progress)
def test_every_progress(progress: Progress) -> None:
    assert read(payload(value(statuses=[samples.status(progress.value)]))).receipts == (Receipt(WAMID, progress),)


@pytest.mark.parametrize("state", ["deleted", "warning", "played", "SENT", "", None, 7, [], {}])
def test_other_states_are_left_out(state: Any) -> None:
    sent = [samples.status(state), samples.status("read")]
    assert read(payload(value(statuses=sent))).receipts == (Receipt(WAMID, Progress.READ),)


def test_a_failure_tells_its_first_code_and_which_part_it_was() -> None:
    errors = [{"code": 131047, "title": "Re-engagement message"}, {"code": 1}]
    failed = samples.status("failed", biz_opaque_callback_data="part-3", errors=errors)
    assert read(payload(value(statuses=[failed]))).receipts == (Receipt(WAMID, Progress.FAILED, "part-3", "131047"),)


@pytest.mark.parametrize("errors", [None, {}, [], [7], [{}], [{"code": None}], [{"code": True}], [{"code": 10**600}]])
def test_a_failure_without_a_code(errors: Any) -> None:
    failed = samples.status("failed", errors=errors, biz_opaque_callback_data={"not": "ours"})
    assert read(payload(value(statuses=[failed]))).receipts == (Receipt(WAMID, Progress.FAILED),)


@pytest.mark.parametrize("broken", [{}, {"id": 7, "status": "read"}, {"id": "a\x00", "status": "read"}, None, "read"])
def test_a_broken_state_is_left_out(broken: Any) -> None:
    assert read(payload(value(statuses=[broken, samples.status("sent")]))).receipts == (Receipt(WAMID, Progress.SENT),)


# -- what is none of Meta's


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"hub.mode=subscribe",
        samples.body(payload(value(text("cut"))))[:-1],
        b"\xff\xfe",
        "{}".encode("utf-16"),
        b"\xef\xbb\xbf" + samples.body(payload(value(text("marked")))),
        b'{"object": "whatsapp_business_account", "name": "\xed\xa0\xbd"}',
        b"null",
        b"7",
        b'"whatsapp_business_account"',
        b'[{"object": "whatsapp_business_account"}]',
        b"{}",
        b'{"object": "page", "entry": []}',
        b'{"object": ["whatsapp_business_account"]}',
        b'{"object": "whatsapp_business_account", "x": NaN}',
        b'{"object": "whatsapp_business_account", "x": -Infinity}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"object": "whatsapp_business_account", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"object": "whatsapp_business_account", "x": ' + b"7" * 100_000 + b"}",
    ],
    ids=lambda body: repr(body[:50]),
)
def test_a_body_that_is_not_metas_is_refused(body: bytes) -> None:
    with pytest.raises(DeliveryError):
        read_delivery(body, NOW)


def test_a_refusal_holds_no_words_of_the_body() -> None:
    for body in (b'{"text": "my secret" oops}', b'{"object": "my secret"}', b'"my secret \xff"'):
        with pytest.raises(DeliveryError) as refused:
            read_delivery(body, NOW)
        assert "secret" not in str(refused.value)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize("entry", [None, 7, {}, [], [None], [{}], [{"changes": {}}], [{"changes": [None, {}]}]])
def test_an_empty_envelope_is_an_empty_delivery(entry: Any) -> None:
    assert read({"object": "whatsapp_business_account", "entry": entry}) == Delivery()


# -- any shape

NAMES = """
    object entry changes field value metadata phone_number_id display_phone_number contacts messages statuses id from
    from_user_id wa_id user_id type text body timestamp interactive button_reply list_reply title button payload edit
    message original_message_id revoke reaction message_id emoji system previous_user_id group_id status errors code
    unsupported image caption
"""
names = st.sampled_from(NAMES.split())
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010), max_size=3),
    names,
    st.sampled_from(["whatsapp_business_account", "messages", "text", "interactive", "sent", PHONE, USER, OURS, "pin"]),
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=5), inner, max_size=6),
    max_leaves=40,
)


def sound(delivery: Delivery) -> None:
    """Whatever was delivered, what comes of it can be kept and used."""
    for message in delivery.messages:
        assert Incoming.from_dict(json.loads(json.dumps(message.as_dict()))) == message
        assert math.isfinite(message.at)
        assert 0 < message.at <= NOW + 3600
        assert len(message.text) <= 65536
        identities = [message.id, message.person.key, message.person.address, message.option, message.about]
        for words in (*identities, message.line, message.text, message.person.phone):
            (words or "").encode()
            assert "\x00" not in (words or "")
        assert all(identity is None or 0 < len(identity) <= 512 for identity in identities)
        assert message.kind is not Kind.TEXT or message.text.strip()
        assert message.kind is not Kind.OPTION or message.option
    for receipt in delivery.receipts:
        assert len(receipt.id) <= 512


def has_no_json(given: Any) -> bool:
    """Whether Python wrote a number that JSON does not have."""
    return any(name in json.dumps(given) for name in ("NaN", "Infinity"))


@shapes
@given(anything)
def test_any_json_at_all(given: Any) -> None:
    try:
        sound(read(given))
    except DeliveryError:
        assert not isinstance(given, dict) or given.get("object") != "whatsapp_business_account" or has_no_json(given)


@shapes
@given(st.lists(anything, max_size=3), st.lists(anything, max_size=3), st.lists(anything, max_size=3), anything)
def test_any_json_in_the_envelope(sent: list[Any], contacts: list[Any], statuses: list[Any], metadata: Any) -> None:
    try:
        sound(read(payload(value(*sent, contacts=contacts, statuses=statuses, metadata=metadata))))
    except DeliveryError:
        assert has_no_json([sent, contacts, statuses, metadata])


@shapes
@given(st.binary(max_size=200))
def test_any_bytes_at_all(body: bytes) -> None:
    with pytest.raises(DeliveryError):
        read_delivery(body, NOW)


def places(given: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a payload with each of its keys."""
    for key in list(given) if isinstance(given, dict) else range(len(given)) if isinstance(given, list) else ():
        yield given, key
        yield from places(given[key])


EVERYTHING = payload(
    value(
        *(sent for sent, _ in samples.KINDS.values()),
        statuses=[samples.status(progress.value) for progress in Progress],
    ),
    value(*samples.CHANGES_OF_NUMBER.values(), contacts=None),
)


@shapes
@given(st.lists(st.tuples(st.integers(0, 10_000), st.booleans(), anything), min_size=1, max_size=3))
def test_a_delivery_with_anything_in_any_place(spoils: list[tuple[int, bool, Any]]) -> None:
    spoilt = copy.deepcopy(EVERYTHING)
    for number, removed, put in spoils:
        found = list(places(spoilt))
        container, key = found[number % len(found)]
        if removed and len(found) > 1:
            del container[key]
        else:
            container[key] = put
    try:
        sound(read(spoilt))
    except DeliveryError:
        assert spoilt.get("object") != "whatsapp_business_account" or has_no_json(spoilt)


@shapes
@given(st.integers(0, len(samples.body(EVERYTHING)) - 1), st.binary(max_size=4), st.integers(0, 4))
def test_a_delivery_with_spoilt_bytes(at: int, put: bytes, taken: int) -> None:
    whole = samples.body(EVERYTHING)
    with contextlib.suppress(DeliveryError):
        sound(read_delivery(whole[:at] + put + whole[at + taken :], NOW))
