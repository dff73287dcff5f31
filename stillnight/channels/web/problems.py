"""Errors in one shape: RFC 9457 problem details, without a stack trace."""

from __future__ import annotations

from dataclasses import dataclass

from sanic.response import HTTPResponse, json


class NotFoundError(LookupError):
    """What was asked for is not there; the message says what is missing."""


@dataclass(frozen=True)
class Problem:
    """HTTP status, a short title, and what the caller can do about it."""

    status: int
    title: str
    detail: str


def problem_response(problem: Problem) -> HTTPResponse:
    """The problem as `application/problem+json`."""
    return json(
        {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail},
        status=problem.status,
        content_type="application/problem+json",
    )
