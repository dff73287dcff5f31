"""What is fuzzed: each reader of strangers' words, with what must hold of whatever it makes of them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from stillnight.channels.messenger.incoming import Delivery, DeliveryError, Incoming, Kind, Receipt
from stillnight.channels.whatsapp_cloud import signature as cloud_signature
from stillnight.channels.whatsapp_cloud.webhook import read_delivery as read_cloud
from stillnight.channels.whatsapp_twilio import signature as twilio_signature
from stillnight.channels.whatsapp_twilio.webhook import read_delivery as read_twilio
from stillnight.channels.whatsapp_twilio.webhook import read_form
from stillnight.clinical.check_in import check_in
from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.hearing import hearing
from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.check import check
from stillnight.clinical.medicines.finder import medicine_finder, spans
from stillnight.clinical.medicines.speech import speech_of
from stillnight.clinical.medicines.talk import talk
from stillnight.language.text import CHARACTERS_READ, normalized, typed
from stillnight.paths import KNOWLEDGE, PROJECT
from stillnight.yaml_files import load_yaml
from tests.channels.whatsapp_cloud import samples
from tests.channels.whatsapp_twilio.test_webhook import TEXT

NOW: Final = 1_800_000_000.0
_TESTS: Final = PROJECT / "tests"
# WhatsApp's webhooks keep so many characters of one message; the web channel takes somewhat more.
_LONGEST: Final = 65_536
_SEEDS_OF_A_FILE: Final = 40


@dataclass(frozen=True)
class Target:
    """A reader and what must hold of it.

    read: raises on a fault. seeds: inputs to begin with. words: what inputs are put together from. watched: the package
    whose coverage leads. length: most bytes. json: whether inputs are JSON and change as such.
    """

    read: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: Callable[[], Iterable[str]]
    watched: str
    length: int = 1_000
    json: bool = False


def as_text(data: bytes) -> str:
    """Text with everything that Python's text may hold, lone surrogates too."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def labs(data: bytes) -> None:
    """Values are numbers, and a slot can keep them."""
    text = as_text(data)
    reader = lab_reader()
    reading = reader.read(text, spans(medicine_finder().find(text)))
    for value in reading.values:
        assert math.isfinite(value.value) and value.lab in reader.labs
    book = Notebook().heard(reading)
    assert Notebook.from_dict(json.loads(json.dumps(book.as_dict()))) == book
    reader.read_on(text, "ferritin")
    reader.spoken_of(text)


def medicines(data: bytes) -> None:
    """Mentions lie in the text and are known."""
    text, finder = as_text(data), medicine_finder()
    mentions = finder.find(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert set(mention.medicines) <= finder.register.medicines.keys()
    check(finder.register, mentions)
    speech_of(text, mentions, finder, talk())


def red_flags(data: bytes) -> None:
    """The same words are heard alike, and every danger once."""
    text = as_text(data)
    heard = hearing().hear(text)
    assert heard == hearing().hear(text)
    assert len({flag.name for flag in heard.flags}) == len(heard.flags)
    check_in().answer(text)
    circumstances().after((), text)


def long_text(data: bytes) -> None:
    """Some words said until a message is as long as one may be: no reader takes long over it."""
    words = as_text(data) or " "
    text = (words * (_LONGEST // len(words) + 1))[:_LONGEST]
    hearing().hear(text)
    mentions = medicine_finder().find(text)
    lab_reader().read(text, spans(mentions))


def typed_text(data: bytes) -> None:
    """What is typed is never a command, and what is read is short and on one line."""
    text = as_text(data)
    assert not typed(text).lstrip().startswith("/")
    read = normalized(text)
    assert len(read) <= CHARACTERS_READ and "\n" not in read


def cloud(data: bytes) -> None:
    """Read or refused; what is read can be kept."""
    header = data[:80].decode("latin-1")
    assert not cloud_signature.signed_by("secret", data, header)
    cloud_signature.subscribed("token", {"hub.mode": "subscribe", "hub.verify_token": as_text(data)})
    try:
        _kept(read_cloud(data, NOW))
    except DeliveryError:
        return


def twilio(data: bytes) -> None:
    """Read or refused; what is read can be kept."""
    try:
        url = f"https://a.example/?{as_text(data[:80])}"
        assert not twilio_signature.signed_by("secret", url, read_form(data), "x=")
        _kept(read_twilio(data, NOW, ours=as_text(data[:40])))
    except DeliveryError:
        return


def _kept(delivery: Delivery) -> None:
    for message in delivery.messages:
        assert message.id and message.person.key and message.person.address
        assert math.isfinite(message.at) and isinstance(message.kind, Kind)
        assert Incoming.from_dict(json.loads(_storable(message.as_dict()))) == message
    for receipt in delivery.receipts:
        assert Receipt.from_dict(json.loads(_storable(receipt.as_dict()))) == receipt


def _storable(value: dict[str, Any]) -> str:
    """As the spool and PostgreSQL take it: UTF-8 without NUL."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    written.encode()
    assert "\\u0000" not in written
    return written


# -- what to begin with


def _lines(*folders: str) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted((_TESTS / folder).glob("*.jsonl")):
            # Those that nobody looks at are not looked at by a machine either.
            if not path.name.startswith("held_out"):
                yield from _texts(path)


def _texts(path: Path) -> Iterator[bytes]:
    for line in path.read_text(encoding="utf-8").splitlines()[:_SEEDS_OF_A_FILE]:
        yield json.loads(line)["text"].encode()


def _pieces() -> Iterator[bytes]:
    """What a message is made of; some took a reader seconds, or hours, when they were said again and again."""
    told = (
        "Mg 0.9",
        "0 ",
        "a ",
        "\n1",
        "*",
        "1-2 ",
        "é3",
        "iron 5, ",
        "' ",
        "my son 14 ",
        "12/3/20 ",
        "(1) ",
        "requip ",
    )
    return (each.encode() for each in told)


def _named(file: str) -> Iterator[str]:
    """Short names anywhere in a file of knowledge."""
    return (word for word in _strings(load_yaml(KNOWLEDGE / file)) if 1 < len(word.encode()) < 40)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(key)
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _cloud_seeds() -> Iterator[bytes]:
    for given, _ in samples.KINDS.values():
        yield samples.body(samples.payload(samples.value(given)))
    for given in samples.CHANGES_OF_NUMBER.values():
        yield samples.body(samples.payload(samples.value(given)))
    for state in ("sent", "failed"):
        yield samples.body(samples.payload(samples.value(statuses=[samples.status(state, errors=samples.UNKNOWN)])))


def _cloud_words() -> Iterator[str]:
    yield from dict.fromkeys(word for seed in _cloud_seeds() for word in _strings(json.loads(seed)))
    yield from ("\\ud800", "\\u0000", "1e999", "-0", "NaN", "null", "[[", "{}", "9" * 30)


def _twilio_seeds() -> Iterator[bytes]:
    more: tuple[dict[str, str], ...] = (
        {},
        {"MessageType": "interactive", "ButtonPayload": "a", "ButtonText": "Yes"},
        {"ListId": "b", "ListTitle": "No"},
        {"NumMedia": "1", "MediaContentType0": "image/jpeg", "MediaUrl0": "https://a.example"},
        {"MessageStatus": "failed", "SmsStatus": "failed", "ErrorCode": "63016"},
        {"Latitude": "1.5", "Longitude": "2"},
        {"From": "whatsapp:GB.1", "ExternalUserId": "GB.ENT.1", "WaId": ""},
    )
    return (urlencode({**TEXT, **each}).encode() for each in more)


def _twilio_words() -> Iterator[str]:
    yield from (f"&{name}=" for name in TEXT)
    yield from (
        "&MessageStatus=",
        "read",
        "whatsapp%3A%2B",
        "GB.ENT.",
        "%00",
        "%ED%A0%80",
        "%FF",
        "+",
        "&ButtonPayload=",
    )


_LABS: Final = "stillnight.clinical.labs"
_MEDICINES: Final = "stillnight.clinical.medicines"
_DANGERS: Final = "stillnight.clinical.red_flags"
_TEXT: Final = "stillnight.language.text"

TARGETS: Final[dict[str, Target]] = {
    "labs": Target(labs, lambda: _lines("labs"), lambda: _named("labs.yml"), _LABS),
    "medicines": Target(medicines, lambda: _lines("medicines"), lambda: _named("medicines.yml"), _MEDICINES),
    "red_flags": Target(red_flags, lambda: _lines("safety"), lambda: _named("red_flags.yml"), _DANGERS),
    # Timed, so that nothing but the smallest part is watched.
    "long_text": Target(long_text, _pieces, lambda: _named("labs.yml"), _TEXT, 60),
    "typed_text": Target(typed_text, lambda: _lines("safety"), lambda: ("/", "\u200b", "\ufeff", "/restart"), _TEXT),
    "cloud": Target(cloud, _cloud_seeds, _cloud_words, "stillnight.channels", 4_000, json=True),
    "twilio": Target(twilio, _twilio_seeds, _twilio_words, "stillnight.channels", 4_000),
}
