"""What the assistant says, in a shape that every channel can carry in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from rasa.core.channels.channel import OutputChannel

from stillnight.channels.pictures import Picture, picture_from_dict
from stillnight.clinical.visit_summary.sheet import Sheet, sheet_from_dict
from stillnight.content.catalogue import Catalogue, Reference
from stillnight.review.marks import without_unsigned

ENGLISH: Final = "en"


@dataclass(frozen=True)
class Choice:
    """A suggestion under a message: what is shown, and the payload, which leaves the server signed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Contact:
    """A number that stands in the text, and the link that dials it."""

    say: str
    href: str


@dataclass(frozen=True)
class TextFile:
    """A file to take along, which each channel hands over its own way. caption: what stands beside it."""

    name: str
    caption: str
    text: str


@dataclass(frozen=True)
class Reply:
    """One message of the assistant: plain text, suggestions, the references that carry its facts, numbers to tap.

    urgent: an answer to danger, whether or not the country is known whose numbers could be tapped.
    topic: the FAQ topic that “tell me more” leads to after an answer that was put together.
    pictures: range bars and charts, which each channel draws its own way.
    language: BCP 47 tag of the text. languages: those of its lines, where they are not all in one.
    sheet: a page to print, which each channel hands over its own way. file: likewise.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    sources: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    urgent: bool = False
    topic: str | None = None
    pictures: tuple[Picture, ...] = ()
    language: str = ENGLISH
    languages: tuple[str, ...] = ()
    sheet: Sheet | None = None
    file: TextFile | None = None

    def lines(self) -> list[tuple[str, str]]:
        """Each line and its language; none when the whole text is in one."""
        return list(zip(self.text.split("\n"), self.languages)) if self.languages else []

    def with_lines(self, text: str, language: str) -> Reply:
        """The reply with more lines beneath, which are in `language`."""
        told = self.languages
        if not told and language != self.language:
            told = (self.language,) * len(self.text.split("\n"))
        added = (language,) * len(text.split("\n")) if told else ()
        return replace(self, text=f"{self.text}\n{text}", languages=(*told, *added))

    def as_message(self) -> dict[str, Any]:
        """In the form in which Rasa's output channels take a message; the collector reads it back.

        Lines that wait for a signature are left out, with the picture, and with the sources where nothing else is said.
        """
        text, left_out = without_unsigned(self.text)
        pictures = () if left_out else self.pictures
        sources = self.sources if "\n" in text or not left_out else ()
        return {
            "text": text,
            "buttons": [{"title": choice.title, "payload": choice.payload} for choice in self.choices],
            "metadata": {
                "sources": [source.id for source in sources],
                "contacts": [{"say": contact.say, "href": contact.href} for contact in self.contacts],
                **({"urgent": True} if self.urgent else {}),
                **({"topic": self.topic} if self.topic else {}),
                **({"language": self.language} if self.language != ENGLISH else {}),
                **({"languages": list(self.languages)} if self.languages else {}),
                **({"pictures": [asdict(picture) for picture in pictures]} if pictures else {}),
                **({"sheet": asdict(self.sheet)} if self.sheet else {}),
                **({"file": asdict(self.file)} if self.file else {}),
            },
        }


class Collector(OutputChannel):
    """Gathers what the assistant says in one turn, with the metadata that Rasa's own collector drops."""

    def __init__(self, catalogue: Catalogue, channel: str | None = None) -> None:
        """`catalogue` resolves reference ids. `channel`: by this name Rasa chooses variations of an answer."""
        self.replies: list[Reply] = []
        self._references = catalogue.references
        if channel is not None:
            # Rasa asks the instance. It cannot hold a name of its own otherwise, as Rasa's is one of the class.
            self.name = lambda: channel  # type: ignore[method-assign]

    @classmethod
    def name(cls) -> str:
        """Channel name for Rasa's channel-specific responses."""
        return "collector"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message."""
        if message.get("text"):
            self.replies.append(reply_of(message, self._references))


def reply_of(message: Mapping[str, Any], references: Mapping[str, Reference]) -> Reply:
    """A message in Rasa's form, read back.

    Args:
        message: with `text`, `buttons` and `metadata`.
        references: by id; ids that are not known are left out.
    """
    metadata = message.get("metadata") or {}
    return Reply(
        str(message["text"]),
        tuple(Choice(button["title"], button["payload"]) for button in message.get("buttons") or ()),
        tuple(references[source] for source in metadata.get("sources") or () if source in references),
        tuple(Contact(contact["say"], contact["href"]) for contact in metadata.get("contacts") or ()),
        bool(metadata.get("urgent")),
        pictures=tuple(picture_from_dict(picture) for picture in metadata.get("pictures") or ()),
        language=str(metadata.get("language") or ENGLISH),
        languages=tuple(map(str, metadata.get("languages") or ())),
        sheet=sheet_from_dict(metadata["sheet"]) if metadata.get("sheet") else None,
        file=TextFile(**metadata["file"]) if metadata.get("file") else None,
    )


def static_reply(catalogue: Catalogue, name: str) -> Reply:
    """An answer of `data/` by name, for when there is no model or the store is down."""
    answer = catalogue.answers[name]
    return Reply(
        answer.text,
        tuple(Choice(button.title, button.sent) for button in answer.buttons),
        tuple(catalogue.references[source] for source in answer.sources),
        language=str(answer.metadata.get("language") or ENGLISH),
        languages=tuple(map(str, answer.metadata.get("languages") or ())),
    )
