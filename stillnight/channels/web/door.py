"""Who may come in, how often, and what they are told when something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from stillnight.channels.web import asked, origins
from stillnight.channels.web.limits import Limits, TooManyError
from stillnight.channels.web.loaded import NotReadyError
from stillnight.channels.web.problems import NotFoundError, Problem, problem_response
from stillnight.channels.web.tokens import ChoiceError, TokenError
from stillnight.conversations.errors import StoreError
from stillnight.settings import Settings

# None: the answer was streamed, and is out.
Route = Callable[[Request], Coroutine[Any, Any, HTTPResponse | None]]


class Door:
    """In front of every route of the channel."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        """Of one channel."""
        self._allowed, self._limits = settings.allowed_origins, limits

    def told(self, route: Route, from_anywhere: bool = False) -> Route:
        """A route behind the check of who asks and how much, whose errors become problems that a developer can read.

        Args:
            route: what answers.
            from_anywhere: whether it is not asked of which origin the page is that sends the request.
        """

        async def answer(request: Request) -> HTTPResponse | None:
            response = await self._answered(route, request, from_anywhere)
            if response is not None:
                response.headers.update(self.headers(request))
            return response

        return answer

    def headers(self, request: Request) -> dict[str, str]:
        """What stands on every answer."""
        return {"Cache-Control": "no-store", **origins.headers(request, self._allowed)}

    async def _answered(self, route: Route, request: Request, from_anywhere: bool) -> HTTPResponse | None:
        try:
            if not from_anywhere and not origins.is_allowed(request, self._allowed):
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
        except (ChoiceError, NotFoundError) as error:
            return problem_response(Problem(404, "Not found", str(error)))
        except InvalidUsage:
            return problem_response(Problem(400, "Request not understood", "the body is not JSON"))
        except NotReadyError:
            return problem_response(Problem(503, "Not ready", "the assistant could not be loaded; try again later"))
        except StoreError:
            return problem_response(Problem(503, "Not ready", "conversations cannot be reached; try again later"))
