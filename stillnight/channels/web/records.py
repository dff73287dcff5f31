"""Routes of what is kept of a conversation: reading it, taking it along, an opinion on an answer, deleting it all."""

from __future__ import annotations

import json

from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response
from sanic.response import text as text_response

from stillnight.assistant.sessions import forget_conversation
from stillnight.channels.conversation import reply_id
from stillnight.channels.web import asked, shown
from stillnight.channels.web.loaded import agent_of, store_of, turns_of
from stillnight.channels.web.problems import NotFoundError
from stillnight.channels.web.tokens import Tokens
from stillnight.content.catalogue import catalogue
from stillnight.observe import metrics
from stillnight.privacy.personal import everything


class Records:
    """What is kept, for whoever has the token."""

    def __init__(self, tokens: Tokens) -> None:
        """Of one channel."""
        self._tokens = tokens

    async def history(self, request: Request) -> HTTPResponse:
        """The conversation as it was shown."""
        sender = asked.sender(request, self._tokens)
        kept = await turns_of(request, sender)
        return json_response({"messages": list(shown.history(kept, sender, self._tokens))})

    async def transcript(self, request: Request) -> HTTPResponse:
        """The same as a text to keep."""
        kept = await turns_of(request, asked.sender(request, self._tokens))
        words = catalogue()
        told = shown.transcript(kept, words.text("utter_transcript_you"), words.text("utter_transcript_assistant"))
        return text_response(
            f"{words.text('utter_transcript_heading')}\n\n{told}",
            headers={"Content-Disposition": 'attachment; filename="stillnight.txt"'},
        )

    async def export(self, request: Request) -> HTTPResponse:
        """All that is held of this person."""
        kept = await everything(store_of(request), asked.sender(request, self._tokens))
        return text_response(
            json.dumps(kept, ensure_ascii=False, indent=2),
            headers={"Content-Disposition": 'attachment; filename="stillnight.json"'},
            content_type="application/json",
        )

    async def feedback(self, request: Request) -> HTTPResponse:
        """An opinion on one answer."""
        sender, (message, helpful, reason) = asked.sender(request, self._tokens), asked.feedback(request)
        # Not while the conversation is being forgotten, and not on what was never said in it.
        async with agent_of(request).lock_store.lock(sender):
            kept = await turns_of(request, sender)
            if message not in {reply_id(turn.key, place) for turn in kept for place, _ in enumerate(turn.replies)}:
                raise NotFoundError("this conversation has no such answer")
            await store_of(request).keep_feedback(sender, message, helpful, reason)
        metrics.opinion(helpful)
        return empty()

    async def forget(self, request: Request) -> HTTPResponse:
        """Delete everything of this person."""
        await forget_conversation(agent_of(request), store_of(request), asked.sender(request, self._tokens))
        return empty()
