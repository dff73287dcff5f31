"""The HTTP channel behind the widget and the chat page: `/webhooks/web/…`, described in openapi.yml."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, empty, html, raw
from sanic.response import json as json_response
from sanic.response import text as text_response

from stillnight.assistant.sessions import forget_conversation, start_session
from stillnight.channels.conversation import START, Turn, reply_id, turns
from stillnight.channels.message import Collector, Reply, static_reply
from stillnight.channels.paper.page import as_html
from stillnight.channels.paper.pdf import as_pdf, fitting_size
from stillnight.channels.web import asked, origins, shown
from stillnight.channels.web.limits import Limits, TooManyError
from stillnight.channels.web.problems import Problem, problem_response
from stillnight.channels.web.tokens import ChoiceError, TokenError, Tokens
from stillnight.clinical.visit_summary.sheet import Sheet
from stillnight.content.catalogue import catalogue
from stillnight.conversations.errors import StoreError
from stillnight.conversations.store import ConversationStore
from stillnight.dialogue.diary_answers import FILE, diary_answers
from stillnight.dialogue.diary_memory import diary_of
from stillnight.language.text import encodable, typed
from stillnight.nlu.labels import message_of_choice
from stillnight.observe import metrics
from stillnight.privacy.personal import everything
from stillnight.safety.guard import IdReusedError, guard
from stillnight.safety.record import COUNTRY_SLOT
from stillnight.settings import Settings, settings

logger = logging.getLogger(__name__)

_DESCRIPTION: Final = Path(__file__).parent / "openapi.yml"
_MESSAGE: Final = "`text` or `choice`"
_LINES: Final = "application/x-ndjson"

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
# None: the answer was streamed, and is out.
Answer = Callable[[Request], Coroutine[Any, Any, HTTPResponse | None]]


class WebChannel(InputChannel):
    """Sessions belong to tokens that the server made; whoever has no token has no conversation."""

    def __init__(self, given: Settings | None = None) -> None:
        """Of this process's settings unless others are `given`."""
        self._settings = given or settings()
        self._tokens = Tokens(self._settings.signing_secret(), self._settings.token_days)
        self._limits = Limits(self._settings)

    @classmethod
    def name(cls) -> str:
        """The channel's part of the address: /webhooks/web."""
        return "web"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("stillnight_web")
        routes.static("/openapi.yml", str(_DESCRIPTION), content_type="application/yaml", name="description")
        paths = (
            "/session",
            "/messages",
            "/history",
            "/transcript",
            "/export",
            "/feedback",
            "/numbers",
            "/summary",
            "/diary",
        )
        for path in paths:
            routes.add_route(self._told(_no_content), path, methods=["OPTIONS"], name=f"asked_first_{path[1:]}")
        routes.add_route(self._told(self._start), "/session", methods=["POST"], name="start")
        routes.add_route(self._told(self._forget), "/session", methods=["DELETE"], name="forget")
        routes.add_route(self._told(self._answer), "/messages", methods=["POST"], name="answer")
        routes.add_route(self._told(self._history), "/history", methods=["GET"], name="history")
        routes.add_route(self._told(self._transcript), "/transcript", methods=["GET"], name="transcript")
        routes.add_route(self._told(self._export), "/export", methods=["GET"], name="export")
        routes.add_route(self._told(self._summary), "/summary", methods=["GET"], name="summary")
        routes.add_route(self._told(self._diary), "/diary", methods=["GET"], name="diary")
        # A form of the page itself: without referrer its Origin is “null”, and its token is in the body.
        routes.add_route(self._told(self._print, from_anywhere=True), "/summary", methods=["POST"], name="print")
        routes.add_route(self._told(self._numbers), "/numbers", methods=["GET"], name="numbers")
        routes.add_route(self._told(self._feedback), "/feedback", methods=["POST"], name="feedback")
        return routes

    def _told(self, route: Answer, from_anywhere: bool = False) -> Answer:
        """A route behind the check of who asks and how much, whose errors become problems that a developer can read.

        Args:
            route: what answers.
            from_anywhere: whether it is not asked of which origin the page is that sends the request.
        """

        async def answer(request: Request) -> HTTPResponse | None:
            response = await self._answered(route, request, from_anywhere)
            if response is not None:
                response.headers.update(self._headers(request))
            return response

        return answer

    async def _answered(self, route: Answer, request: Request, from_anywhere: bool) -> HTTPResponse | None:
        try:
            if not from_anywhere and not origins.is_allowed(request, self._settings.allowed_origins):
                detail = "this page is not among STILLNIGHT_ORIGINS of the server"
                return problem_response(Problem(403, "Origin not allowed", detail))
            if request.method != "OPTIONS":
                await self._limits.request(asked.address(request))
            return await route(request)
        except TokenError as error:
            return problem_response(Problem(401, "Session not known", f"{error}; start a new session"))
        except TooManyError as error:
            response = problem_response(Problem(429, "Too many requests", str(error)))
            response.headers["Retry-After"] = str(error.wait)
            return response
        except asked.BadRequestError as error:
            return problem_response(Problem(400, "Request not understood", str(error)))
        except (ChoiceError, _NotFoundError) as error:
            return problem_response(Problem(404, "Not found", str(error)))
        except InvalidUsage:
            return problem_response(Problem(400, "Request not understood", "the body is not JSON"))
        except _NotReadyError:
            return problem_response(Problem(503, "Not ready", "the assistant could not be loaded; try again later"))
        except StoreError:
            return problem_response(Problem(503, "Not ready", "conversations cannot be reached; try again later"))

    def _headers(self, request: Request) -> dict[str, str]:
        return {"Cache-Control": "no-store", **origins.headers(request, self._settings.allowed_origins)}

    # -- routes

    async def _start(self, request: Request) -> HTTPResponse:
        await self._limits.session(asked.address(request))
        sender, token = self._tokens.new_session()
        replies = await self._replies(lambda channel: start_session(request.app.ctx.agent, sender, channel))
        metrics.session_begun()
        return json_response(
            {
                "token": token,
                "seconds": self._tokens.seconds,
                "messages": shown.messages(replies, START, sender, self._tokens),
            },
            status=201,
        )

    async def _answer(self, request: Request) -> HTTPResponse | None:
        sender = self._sender(request)
        given = asked.body(request, _MESSAGE)
        text, parse_data = self._read(sender, given)
        key = asked.key(request)
        await self._limits.message(sender)
        hints = asked.whereabouts(request, given.get("country"))
        began = time.perf_counter()

        async def speak(channel: Collector) -> None:
            message = UserMessage(text, channel, sender, parse_data, self.name(), message_id=key, metadata=hints)
            await guard().hear(request.app.ctx.agent, message)

        if _LINES not in (request.headers.get("accept") or ""):
            replies = await self._replies(speak)
            metrics.answered(self.name(), replies, time.perf_counter() - began)
            return json_response({"id": key, "messages": shown.messages(replies, key, sender, self._tokens)})
        replies = await self._stream(request, speak, key, sender)
        metrics.answered(self.name(), replies, time.perf_counter() - began)
        return None

    async def _stream(
        self, request: Request, speak: Callable[[Collector], Awaitable[Any]], key: str, sender: str
    ) -> Sequence[Reply]:
        """Each reply as a line of its own, as soon as it is made."""
        begun: list[HTTPResponse] = []

        async def send(reply: Reply, place: int) -> None:
            if not begun:
                # Not before: what is refused is answered with its own status.
                begun.append(await request.respond(content_type=_LINES, headers=self._headers(request)))
            line = shown.message(reply, reply_id(key, place), sender, self._tokens)
            await begun[0].send(json.dumps(line) + "\n")

        replies = await self._replies(speak, send)
        await begun[0].eof()  # type: ignore[no-untyped-call]
        return replies

    async def _history(self, request: Request) -> HTTPResponse:
        sender = self._sender(request)
        kept = await self._turns(request, sender)
        return json_response({"messages": list(shown.history(kept, sender, self._tokens))})

    async def _transcript(self, request: Request) -> HTTPResponse:
        kept = await self._turns(request, self._sender(request))
        words = catalogue()
        told = shown.transcript(kept, words.text("utter_transcript_you"), words.text("utter_transcript_assistant"))
        return text_response(
            f"{words.text('utter_transcript_heading')}\n\n{told}",
            headers={"Content-Disposition": 'attachment; filename="stillnight.txt"'},
        )

    async def _export(self, request: Request) -> HTTPResponse:
        kept = await everything(_store(request), self._sender(request))
        return text_response(
            json.dumps(kept, ensure_ascii=False, indent=2),
            headers={"Content-Disposition": 'attachment; filename="stillnight.json"'},
            content_type="application/json",
        )

    async def _numbers(self, request: Request) -> HTTPResponse:
        chosen, change = None, None
        if request.headers.get("authorization"):
            sender = self._sender(request)
            chosen = await self._country(request, sender)
            change = shown.button(guard().words.change_country(), sender, self._tokens)
        found, numbers = guard().emergency_number(chosen, asked.whereabouts(request, request.args.get("country")))
        return json_response(shown.numbers(found, numbers, self._settings.clinic_contact, change))

    async def _country(self, request: Request, sender: str) -> str | None:
        """What was chosen in the conversation; numbers are told without it too."""
        try:
            tracker = await _agent(request).tracker_store.retrieve(sender)
        except (StoreError, _NotReadyError):
            return None
        return tracker.get_slot(COUNTRY_SLOT) if tracker else None

    async def _summary(self, request: Request) -> HTTPResponse:
        """The page for the doctor as a PDF."""
        sheet = await self._sheet(request, self._sender(request))
        name = f'attachment; filename="{sheet.words["file"]}"'
        content = await asyncio.to_thread(as_pdf, sheet)
        return raw(content, content_type="application/pdf", headers={"Content-Disposition": name})

    async def _print(self, request: Request) -> HTTPResponse:
        """The same as a web page to print."""
        sheet = await self._sheet(request, self._tokens.sender(asked.token_in_form(request)))
        size = await asyncio.to_thread(fitting_size, sheet)
        return html(as_html(sheet, size))

    async def _diary(self, request: Request) -> HTTPResponse:
        """The symptom diary as a table."""
        sender = self._sender(request)
        tracker = await _agent(request).tracker_store.retrieve(sender)
        diary = diary_of(tracker.current_slot_values() if tracker else {})
        if not diary.nights:
            raise _NotFoundError(
                "there is no night in the diary of this conversation; type “log tonight: bad, 2 hours”"
            )
        name = f'attachment; filename="{FILE}"'
        content = diary_answers().table(diary).encode()
        return raw(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})

    async def _sheet(self, request: Request, sender: str) -> Sheet:
        """The newest page of a conversation; nothing of it is kept elsewhere."""
        replies = (reply for turn in reversed(await self._turns(request, sender)) for reply in reversed(turn.replies))
        sheet = next((reply.sheet for reply in replies if reply.sheet), None)
        if sheet is None:
            raise _NotFoundError("no page was made in this conversation; type “make a summary for my doctor”")
        return sheet

    async def _feedback(self, request: Request) -> HTTPResponse:
        sender, (message, helpful, reason) = self._sender(request), asked.feedback(request)
        # Not while the conversation is being forgotten, and not on what was never said in it.
        async with _agent(request).lock_store.lock(sender):
            kept = await self._turns(request, sender)
            if message not in {reply_id(turn.key, place) for turn in kept for place, _ in enumerate(turn.replies)}:
                raise _NotFoundError("this conversation has no such answer")
            await _store(request).keep_feedback(sender, message, helpful, reason)
        metrics.opinion(helpful)
        return empty()

    async def _forget(self, request: Request) -> HTTPResponse:
        await forget_conversation(_agent(request), _store(request), self._sender(request))
        return empty()

    # -- helpers

    def _sender(self, request: Request) -> str:
        return self._tokens.sender(asked.token(request))

    async def _turns(self, request: Request, sender: str) -> Sequence[Turn]:
        tracker = await _agent(request).tracker_store.retrieve_full_tracker(sender)
        return turns(tracker.events, catalogue().references) if tracker else []

    async def _replies(
        self, speak: Callable[[Collector], Awaitable[Any]], send: _Send | None = None
    ) -> Sequence[Reply]:
        """What the assistant says in one turn; an apology when it fails or says nothing, never silence.

        What could not be kept counts as not said, but for a danger, of which the guard tells nobody that it failed.
        """
        collector = _Sender(send) if send else Collector(catalogue())
        try:
            await speak(collector)
        except IdReusedError as error:
            raise asked.BadRequestError(f"{error}; make a new Idempotency-Key for every message") from error
        except StoreError as error:
            logger.error("a turn could not be kept: %s", type(error).__name__)
            unsaved = static_reply(catalogue(), "utter_not_saved")
            if send:
                await send(unsaved, len(collector.replies))
            return [unsaved]
        except Exception as error:
            # The message text stays out of the log.
            logger.error("a turn could not be answered: %s", type(error).__name__)
        if not collector.replies:
            apology = static_reply(catalogue(), "utter_apology")
            collector.replies.append(apology)
            if send:
                await send(apology, 0)
        return collector.replies

    def _read(self, sender: str, body: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
        text, choice_id = body.get("text"), body.get("choice")
        if isinstance(choice_id, str):
            choice = self._tokens.choice(sender, choice_id)
            return message_of_choice(choice.payload, choice.title)
        if isinstance(text, str):
            return typed(encodable(text)), None
        raise asked.BadRequestError(f"send a JSON object with {_MESSAGE}")


class _Send(Protocol):
    async def __call__(self, reply: Reply, place: int) -> None: ...


class _Sender(Collector):
    """Sends each reply on as it comes."""

    def __init__(self, send: _Send) -> None:
        super().__init__(catalogue())
        self._send = send

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        place = len(self.replies)
        await super().send_response(recipient_id, message)
        if len(self.replies) > place:
            await self._send(self.replies[-1], place)


class _NotReadyError(RuntimeError):
    pass


class _NotFoundError(LookupError):
    pass


def _agent(request: Request) -> Agent:
    agent = request.app.ctx.agent
    if agent is None:
        raise _NotReadyError
    return agent


def _store(request: Request) -> ConversationStore:
    store = request.app.ctx.store
    if store is None:
        raise _NotReadyError
    return store


async def _no_content(_: Request) -> HTTPResponse:
    return empty()
