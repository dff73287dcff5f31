"""Routes of what is taken along on paper: the page for the doctor, and the diary as a table."""

from __future__ import annotations

import asyncio

from sanic.request import Request
from sanic.response import HTTPResponse, html, raw

from stillnight.channels.paper.page import as_html
from stillnight.channels.paper.pdf import as_pdf, fitting_size
from stillnight.channels.web import asked
from stillnight.channels.web.loaded import agent_of, turns_of
from stillnight.channels.web.problems import NotFoundError
from stillnight.channels.web.tokens import Tokens
from stillnight.clinical.visit_summary.sheet import Sheet
from stillnight.dialogue.diary_answers import FILE, diary_answers
from stillnight.dialogue.diary_memory import diary_of


class Papers:
    """Made anew each time; nothing of it is kept elsewhere than in the conversation."""

    def __init__(self, tokens: Tokens) -> None:
        """Of one channel."""
        self._tokens = tokens

    async def summary(self, request: Request) -> HTTPResponse:
        """The page for the doctor as a PDF."""
        sheet = await self._sheet(request, asked.sender(request, self._tokens))
        name = f'attachment; filename="{sheet.words["file"]}"'
        content = await asyncio.to_thread(as_pdf, sheet)
        return raw(content, content_type="application/pdf", headers={"Content-Disposition": name})

    async def print(self, request: Request) -> HTTPResponse:
        """The same as a web page to print."""
        sheet = await self._sheet(request, self._tokens.sender(asked.token_in_form(request)))
        size = await asyncio.to_thread(fitting_size, sheet)
        return html(as_html(sheet, size))

    async def diary(self, request: Request) -> HTTPResponse:
        """The symptom diary as a table."""
        sender = asked.sender(request, self._tokens)
        tracker = await agent_of(request).tracker_store.retrieve(sender)
        diary = diary_of(tracker.current_slot_values() if tracker else {})
        if not diary.nights:
            raise NotFoundError("there is no night in the diary of this conversation; type “log tonight: bad, 2 hours”")
        name = f'attachment; filename="{FILE}"'
        content = diary_answers().table(diary).encode()
        return raw(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})

    async def _sheet(self, request: Request, sender: str) -> Sheet:
        """The newest page of a conversation."""
        replies = (reply for turn in reversed(await turns_of(request, sender)) for reply in reversed(turn.replies))
        sheet = next((reply.sheet for reply in replies if reply.sheet), None)
        if sheet is None:
            raise NotFoundError("no page was made in this conversation; type “make a summary for my doctor”")
        return sheet
