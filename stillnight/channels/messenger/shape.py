"""From an answer to the messages that carry it: one where it fits, and never more than the messenger takes in each."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from stillnight.channels import pictures as bars
from stillnight.channels.message import ENGLISH, Reply, TextFile
from stillnight.channels.messenger.fitting import cut, length, split
from stillnight.channels.messenger.markup import unmarked
from stillnight.channels.messenger.outgoing import Limits, Option, Part
from stillnight.channels.paper.pdf import as_pdf
from stillnight.clinical.visit_summary.sheet import Sheet
from stillnight.content.catalogue import Catalogue, Reference

_SOURCES_NAMED: Final = 3
# A journal ends where its year, volume or place begins.
_BEHIND_JOURNAL: Final = re.compile(r"[;,]|\s+(?=(?:19|20)\d\d\b)")
_BETWEEN: Final = "\n\n"


def parts(
    reply: Reply,
    limits: Limits,
    offered: Sequence[Option],
    catalogue: Catalogue,
    *,
    pictures: bool = True,
    first: int = 1,
) -> list[Part]:
    """The messages of one answer, in order.

    Few options are buttons, more are a list, still more (or all where the messenger has neither) a
    numbered list in the text; none is ever dropped. They stand under the last text, or under a short one of their own
    when the last text is longer than `limits.body`. Pictures follow the text, and a page to print or a file comes last;
    where no files can be sent, what is in it stands in the text.

    Args:
        reply: what is said.
        limits: what the messenger carries.
        offered: the reply's choices, with ids and whole titles.
        catalogue: for the few words that are added.
        pictures: whether the messenger shows pictures. Where not, or where a caption may have no characters, they are
            written out in the text.
        first: number of the first option, for a second reply of the same turn.
    """
    if reply.sheet is not None and limits.documents:
        file = _on_paper(reply.sheet, limits)
        return [*parts(replace(reply, sheet=None), limits, offered, catalogue, pictures=pictures, first=first), file]
    if reply.file is not None:
        table = _as_document(reply.file, limits)
        written = reply.text if table else f"{reply.text}\n{_lines_of(reply.file)}"
        rest = replace(reply, file=None, text=written)
        shaped = parts(rest, limits, offered, catalogue, pictures=pictures, first=first)
        return [*shaped, table] if table else shaped
    drawn = reply.pictures if pictures and limits.caption > 0 else ()
    text = _text(replace(reply, pictures=() if drawn else reply.pictures), limits, catalogue)
    whole = [contact.say for contact in reply.contacts]
    english = reply.language == ENGLISH
    if by_number(limits, len(offered)):
        pieces = _numbered(text, limits, _lines(offered, limits, first, catalogue, english), whole, catalogue)
        texts = [Part(piece) for piece in pieces]
        return [*texts, *_drawn(reply, limits)] if drawn else texts
    texts = [Part(piece) for piece in split(text, limits.text, whole)]
    shown = _drawn(reply, limits) if drawn else []
    if not offered:
        return [*texts, *shown]
    if texts and length(texts[-1].text) <= limits.body:
        return [*texts[:-1], _with_options(texts[-1].text, offered, limits, catalogue), *shown]
    alone = cut(catalogue.text("utter_messenger_options"), limits.body)
    return [*texts, *shown, _with_options(alone, offered, limits, catalogue)]


def by_number(limits: Limits, options: int) -> bool:
    """Whether so many options are written in the text, to be chosen by number."""
    return options > max(limits.buttons, limits.rows)


def _text(reply: Reply, limits: Limits, catalogue: Catalogue) -> str:
    # Numbers to call stand in every answer that has some; one that does not must not lose them.
    missing = [contact.say for contact in reply.contacts if contact.say not in reply.text]
    said = "\n".join([reply.text, *missing])
    blocks = [said, *map(bars.text, reply.pictures), _sources(reply.sources, catalogue)]
    text = _BETWEEN.join(block.strip() for block in blocks if block.strip())
    return unmarked(text) if limits.bold else text


def _sources(references: Sequence[Reference], catalogue: Catalogue) -> str:
    names = list(dict.fromkeys(map(_named, references)))
    if not names:
        return ""
    more = "_more" if len(names) > _SOURCES_NAMED else ""
    return catalogue.text(f"utter_messenger_sources{more}").format(sources="; ".join(names[:_SOURCES_NAMED]))


def _named(reference: Reference) -> str:
    """Short enough for a line, long enough to find it: the journal and the year."""
    name = _BEHIND_JOURNAL.split(reference.journal)[0].strip()
    return name if str(reference.year) in name else f"{name} {reference.year}"


def _drawn(reply: Reply, limits: Limits) -> list[Part]:
    captions = [bars.alternative(bar) for bar in reply.pictures]
    if limits.bold:
        captions = list(map(unmarked, captions))
    return [
        Part(cut(caption, limits.caption), picture=base64.b64encode(bars.png(bar)).decode("ascii"))
        for caption, bar in zip(captions, reply.pictures)
    ]


def _on_paper(sheet: Sheet, limits: Limits) -> Part:
    pdf = base64.b64encode(as_pdf(sheet)).decode("ascii")
    return Part(cut(sheet.words["caption"], limits.caption), document=pdf, file=sheet.words["file"])


def _as_document(file: TextFile, limits: Limits) -> Part | None:
    """As a plain text file, the only kind of table that messengers take; None where they take none."""
    if not limits.documents:
        return None
    encoded = base64.b64encode(file.text.encode()).decode("ascii")
    return Part(cut(file.caption, limits.caption), document=encoded, file=str(PurePath(file.name).with_suffix(".txt")))


def _lines_of(file: TextFile) -> str:
    return file.text.lstrip("\ufeff").replace("\r", "").replace('"', "").strip()


# -- options


def _with_options(text: str, offered: Sequence[Option], limits: Limits, catalogue: Catalogue) -> Part:
    # A list has room for a few characters more in each title, and takes two taps more.
    if len(offered) <= limits.buttons:
        return Part(text, _titled(offered, limits.button_title))
    menu = cut(catalogue.text("utter_messenger_menu"), limits.button_title or limits.row_title)
    return Part(text, _titled(offered, limits.row_title), listed=True, menu=menu)


def _titled(offered: Sequence[Option], most: int) -> tuple[Option, ...]:
    """The options with titles that fit and differ: messengers refuse two that are the same."""
    titles = [cut(option.title, most) for option in offered]
    times = Counter(map(str.casefold, titles))
    same = [not title or times[title.casefold()] > 1 for title in titles]
    numbered = [_led(number, option, most) for number, option in enumerate(offered, 1)]
    mixed = [other if alike else title for alike, title, other in zip(same, titles, numbered)]
    if len({title.casefold() for title in mixed}) < len(mixed):
        mixed = numbered
    return tuple(Option(option.id, title) for option, title in zip(offered, mixed))


def _led(number: int, option: Option, most: int) -> str:
    return f"{number} {cut(option.title, most - len(f'{number} '))}".strip()


def _lines(offered: Sequence[Option], limits: Limits, first: int, catalogue: Catalogue, english: bool) -> list[str]:
    most = limits.row_title if limits.row_title and not limits.rows else limits.text
    titles = [unmarked(option.title) if limits.bold else option.title for option in offered]
    lines = [f"{number}  {cut(title, most)}".rstrip() for number, title in enumerate(titles, first)]
    return [*lines, *([catalogue.text("utter_messenger_number")] if english else [])]


def _numbered(
    text: str, limits: Limits, lines: Sequence[str], whole: Sequence[str], catalogue: Catalogue
) -> Sequence[str]:
    """The text with the list beneath it, which goes to a message of its own where it does not fit under the last."""
    listed = "\n".join(lines)
    pieces = split(text, limits.text, whole)
    if pieces and length(pieces[-1]) + len(_BETWEEN) + length(listed) <= limits.text:
        return [*pieces[:-1], f"{pieces[-1]}{_BETWEEN}{listed}"]
    return [*pieces, *split(f"{catalogue.text('utter_messenger_options')}{_BETWEEN}{listed}", limits.text)]
