"""Every delivery of Twilio's becomes what it is, and nothing that anybody posts makes the reader fail."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from stillnight.channels.messenger.incoming import Delivery, DeliveryError, Incoming, Kind, Person, Progress, Receipt
from stillnight.channels.whatsapp_twilio.webhook import read_delivery

NOW = 1_800_000_000.0
SID = "SM" + "0" * 31 + "1"
QUOTED = "MM" + "0" * 31 + "2"
# As Twilio sends a text.
TEXT = {
    "SmsMessageSid": SID,
    "NumMedia": "0",
    "ProfileName": "Zoë",
    "MessageType": "text",
    "SmsSid": SID,
    "WaId": "447700900123",
    "SmsStatus": "received",
    "Body": "my legs won't rest",
    "To": "whatsapp:+14155238886",
    "NumSegments": "1",
    "ReferralNumMedia": "0",
    "MessageSid": SID,
    "AccountSid": "AC" + "0" * 32,
    "From": "whatsapp:+447700900123",
    "ApiVersion": "2010-04-01",
}
ZOE = Person("+447700900123", "+447700900123", "+447700900123")


def posted(**changes: str | None) -> bytes:
    """The text with changes; None leaves a field out."""
    return urlencode({name: value for name, value in {**TEXT, **changes}.items() if value is not None}).encode()


def one(**changes: str | None) -> Incoming:
    delivery = read_delivery(posted(**changes), NOW)
    assert delivery.receipts == ()
    (message,) = delivery.messages
    return message


def test_a_text_is_read_whole() -> None:
    assert one() == Incoming(SID, ZOE, NOW, Kind.TEXT, "+14155238886", "my legs won't rest")


def test_a_message_survives_being_kept() -> None:
    message = one(ButtonPayload="x", OriginalRepliedMessageSid=QUOTED)
    assert Incoming.from_dict(message.as_dict()) == message


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "image/jpeg", "MediaUrl0": "https://x"}, Kind.IMAGE),
        ({"Body": "my sheet", "NumMedia": "1", "MediaContentType0": "image/png"}, Kind.IMAGE),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "audio/ogg; codecs=opus"}, Kind.AUDIO),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "video/mp4"}, Kind.VIDEO),
        ({"Body": "labs.pdf", "NumMedia": "1", "MediaContentType0": "application/pdf"}, Kind.DOCUMENT),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "image/webp"}, Kind.STICKER),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "IMAGE/WEBP"}, Kind.STICKER),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "text/vcard"}, Kind.CONTACTS),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "text/x-vcard"}, Kind.CONTACTS),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "strange"}, Kind.DOCUMENT),
        ({"Body": "", "NumMedia": "1"}, Kind.DOCUMENT),
        ({"Body": "", "NumMedia": "0", "MediaUrl0": "https://x"}, Kind.DOCUMENT),
        ({"Body": "", "NumMedia": "2", "MediaContentType0": "image/jpeg", "MediaContentType1": "a/b"}, Kind.IMAGE),
        ({"Body": "", "Latitude": "51.5", "Longitude": "-0.1", "Label": "Home"}, Kind.LOCATION),
        ({"Body": "hi", "Latitude": "51.5"}, Kind.TEXT),
        ({"Body": "hi", "NumMedia": "none"}, Kind.TEXT),
        ({"Body": "hi", "NumMedia": "-1"}, Kind.TEXT),
        ({"Body": "hi", "NumMedia": None}, Kind.TEXT),
        ({"Body": ""}, Kind.UNSUPPORTED),
        ({"Body": " \n"}, Kind.UNSUPPORTED),
        ({"Body": None}, Kind.UNSUPPORTED),
    ],
)
@pytest.mark.parametrize("told", ["text", None, "new-in-2030"])
def test_without_a_telling_type_the_rest_tells(changes: dict[str, str | None], kind: Kind, told: str | None) -> None:
    assert one(**{**changes, "MessageType": told}).kind is kind


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("image", Kind.IMAGE),
        ("audio", Kind.AUDIO),
        ("video", Kind.VIDEO),
        ("document", Kind.DOCUMENT),
        ("sticker", Kind.STICKER),
        ("contacts", Kind.CONTACTS),
        ("location", Kind.LOCATION),
        ("reaction", Kind.REACTION),
        ("Reaction", Kind.REACTION),
    ],
)
def test_a_telling_type_counts(told: str, kind: Kind) -> None:
    message = one(MessageType=told, Body="👍", OriginalRepliedMessageSid=QUOTED)
    assert (message.kind, message.text, message.about) == (kind, "👍", QUOTED)


def test_a_sheet_sent_as_webp_is_an_image_when_twilio_says_so() -> None:
    assert one(MessageType="image", NumMedia="1", MediaContentType0="image/webp").kind is Kind.IMAGE


def test_a_caption_is_kept() -> None:
    message = one(Body="ferritin 18", NumMedia="1", MediaContentType0="image/jpeg", MessageType="image")
    assert (message.kind, message.text) == (Kind.IMAGE, "ferritin 18")


def test_a_pressed_button_is_an_option() -> None:
    message = one(
        MessageType="interactive",
        Body="Yes",
        ButtonText="Yes, please",
        ButtonPayload="o-17",
        OriginalRepliedMessageSid=QUOTED,
    )
    assert (message.kind, message.text, message.option, message.about) == (Kind.OPTION, "Yes, please", "o-17", QUOTED)


def test_a_chosen_row_is_an_option() -> None:
    message = one(MessageType="interactive", Body="Iron", ListId="o-3", ListTitle="Iron")
    assert (message.kind, message.text, message.option) == (Kind.OPTION, "Iron", "o-3")


def test_a_button_without_an_id_counts_as_typed() -> None:
    message = one(MessageType="button", Body="", ButtonText="Iron")
    assert (message.kind, message.text, message.option) == (Kind.TEXT, "Iron", None)


def test_whoever_hides_their_number_is_known_by_their_user_id() -> None:
    message = one(From="whatsapp:US.13491208655302741918", WaId=None, ExternalUserId="whatsapp:US.13491208655302741918")
    assert message.person == Person("US.13491208655302741918", "US.13491208655302741918", None)


def test_a_hidden_number_that_is_told_elsewhere_gives_the_country() -> None:
    assert one(From="whatsapp:GB.1349", ExternalUserId="GB.1349").person.phone == "+447700900123"


def test_the_user_id_names_them_and_the_number_is_where_the_answer_goes() -> None:
    person = one(ExternalUserId="whatsapp:GB.4566546130240823", ParentExternalUserId="whatsapp:GB.ENT.118").person
    assert person == Person("GB.4566546130240823", "+447700900123", "+447700900123")


@pytest.mark.parametrize("wrong", ["", "whatsapp:", "whatsapp:+441", "GB.", "gb.1", "x" * 2000, "GB." + "1" * 129])
def test_a_user_id_that_is_none_is_not_believed(wrong: str) -> None:
    assert one(ExternalUserId=wrong).person == ZOE


@pytest.mark.parametrize("address", ["whatsapp:+447700900123", "whatsapp:447700900123", "whatsapp: 447700900123"])
def test_a_number_is_always_written_alike(address: str) -> None:
    assert one(From=address).person == ZOE


@pytest.mark.parametrize(
    "address",
    [
        "+447700900123",
        "447700900123",
        "messenger:1234567",
        "rcs:+447700900123",
        "whatsapp:",
        "whatsapp:+",
        "whatsapp:zoe",
        "whatsapp:+4477x",
        "whatsapp:+٤٤٧٧٠٠",
        "whatsapp:whatsapp:+447700900123",
        "whatsapp:+" + "4" * 21,
        "",
        None,
    ],
)
def test_what_is_not_from_whatsapp_is_left_out(address: str | None) -> None:
    assert read_delivery(posted(From=address), NOW) == Delivery()


@pytest.mark.parametrize("line", [None, "", "whatsapp:", "x"])
def test_a_missing_line_loses_no_message(line: str | None) -> None:
    assert one(To=line).line == ""


@pytest.mark.parametrize("names", [("MessageSid",), ("SmsSid",), ("SmsMessageSid",)])
def test_each_name_of_the_id_does(names: tuple[str, ...]) -> None:
    missing = {name: None for name in ("MessageSid", "SmsSid", "SmsMessageSid") if name not in names}
    assert one(**missing).id == SID


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("sent", Progress.SENT),
        ("delivered", Progress.DELIVERED),
        ("read", Progress.READ),
        ("READ", Progress.READ),
        ("failed", Progress.FAILED),
        ("undelivered", Progress.FAILED),
        ("canceled", Progress.FAILED),
    ],
)
@pytest.mark.parametrize("name", ["MessageStatus", "SmsStatus"])
def test_a_status_becomes_a_receipt(name: str, status: str, progress: Progress) -> None:
    told = {
        "MessageSid": SID,
        "From": "whatsapp:+14155238886",
        "To": "whatsapp:+447700900123",
        "ChannelPrefix": "whatsapp",
        name: status,
    }
    delivery = read_delivery(urlencode(told).encode(), NOW, ours="a1")
    assert delivery == Delivery(receipts=(Receipt(SID, progress, "a1"),))


@pytest.mark.parametrize(
    ("status", "code", "kept"),
    [
        ("undelivered", "63016", "63016"),
        ("failed", "63018", "63018"),
        ("failed", "", None),
        ("failed", "0", None),
        ("failed", "+447700900123 is not there", None),
        ("read", "63016", None),
    ],
)
def test_why_a_message_failed_is_kept_as_a_number(status: str, code: str, kept: str | None) -> None:
    told = {"MessageSid": SID, "MessageStatus": status, "ErrorCode": code, "ErrorMessage": "+447700900123"}
    assert read_delivery(urlencode(told).encode(), NOW).receipts[0].code == kept


@pytest.mark.parametrize("status", ["accepted", "queued", "sending", "scheduled", "new-in-2030"])
def test_a_status_that_says_nothing_is_left_out(status: str) -> None:
    assert read_delivery(posted(MessageStatus=status, SmsStatus=status), NOW) == Delivery()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"&&&",
        b"hello",
        b"\x00",
        b"\xff\xfe\xfd",
        b'{"MessageSid": "SM1", "From": "whatsapp:+447700900123"}',
        b"<Response/>",
        b"object=whatsapp_business_account",
        b"MessageSid=",
        b"MessageSid=%00",
        b"MessageSid=+",
        b"CallSid=CA1&From=%2B447700900123&To=%2B14155238886",
        b"MessageSid=SM1" + b"&a=b" * 400,
        b"&" * 1_000_000,
    ],
)
def test_what_is_none_of_twilios_is_refused(body: bytes) -> None:
    with pytest.raises(DeliveryError) as refused:
        read_delivery(body, NOW)
    assert "447700900123" not in str(refused.value)


def test_ten_pictures_are_not_too_many() -> None:
    media = {f"Media{what}{place}": "image/jpeg" for what in ("ContentType", "Url") for place in range(10)}
    assert one(**media, NumMedia="10").kind is Kind.IMAGE


def test_bad_bytes_are_replaced_and_nul_is_gone() -> None:
    body = posted(Body="@").replace(b"%40", b"a%00b%FFc%ED%A0%80\xfed")
    text = read_delivery(body, NOW).messages[0].text
    assert text.replace("�", "") == "abcd"
    assert "�" in text


def test_long_things_are_cut() -> None:
    message = one(Body="é" * 70_000, MessageSid="S" * 600, ButtonPayload="p" * 600, OriginalRepliedMessageSid="q" * 600)
    assert [len(value or "") for value in (message.text, message.id, message.option, message.about)] == [
        65_536,
        512,
        512,
        512,
    ]
    receipt = read_delivery(posted(MessageStatus="read", MessageSid="S" * 600), NOW, ours="o" * 600).receipts[0]
    assert (len(receipt.id), len(receipt.ours or "")) == (512, 512)


def test_the_first_of_a_repeated_field_counts() -> None:
    assert read_delivery(posted() + b"&Body=other&From=whatsapp%3A%2B15551234567", NOW).messages[0] == one()
