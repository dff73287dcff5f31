"""The page `/privacy`: what is kept, where and how long, true for the settings of this server."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import html as html_response

from stillnight.content.catalogue import Catalogue
from stillnight.privacy.whose import CLOUD, TWILIO
from stillnight.privacy.words import PrivacyWords
from stillnight.settings import Settings

_FOLDER: Final = Path(__file__).parent / "page"


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    text: str


def sections(catalogue: Catalogue, settings: Settings, channels: Collection[str]) -> list[Section]:
    """The page's, in order.

    Args:
        catalogue: holds the words.
        settings: of this server.
        channels: names of those that are open.
    """
    words = PrivacyWords(catalogue, settings)
    on_whatsapp = bool({CLOUD, TWILIO} & set(channels))
    contact = settings.clinic_contact.strip()
    facts = {
        **words.facts(),
        "token_days": settings.token_days,
        "carried": words.piece("page_twilio") if TWILIO in channels else "",
        "clinic_contact": contact,
    }
    names = ["top", "kept", "kept_not", "where", "how_long", "readers", "browser"]
    names += ["whatsapp"] if on_whatsapp else []
    names += ["yours", *(["yours_whatsapp"] if on_whatsapp else []), "contact" if contact else "no_contact"]
    return [Section(words.title(f"page_{name}"), words.piece(f"page_{name}", **facts)) for name in names]


def page(catalogue: Catalogue, settings: Settings, channels: Collection[str]) -> str:
    """As HTML. Arguments are those of `sections`."""
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    top, *others = sections(catalogue, settings, channels)
    return environment.get_template("privacy.html.j2").render(top=top, sections=others)


def privacy_route(catalogue: Catalogue, settings: Settings, channels: Collection[str]) -> Blueprint:
    """`/privacy`, made once."""
    made = page(catalogue, settings, channels)
    routes = Blueprint("stillnight_privacy")

    @routes.route("/privacy", methods=["GET", "HEAD"])
    async def privacy(request: Request) -> HTTPResponse:
        return html_response(made)

    return routes
