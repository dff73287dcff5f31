"""What it means when Meta does not take a message: Graph API error codes, HTTP statuses, `Retry-After`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from stillnight.channels.messenger.outgoing import SendError
from stillnight.channels.messenger.retry_after import seconds_to_wait
from stillnight.channels.whatsapp_cloud.limits import CLOUD

_PAIR_RATE: Final = 131056

# Too much at once, or Meta is not well: the same message can go through later.
_PASSING: Final = frozenset(
    {
        2,  # Graph API down or overloaded
        4,  # too many calls of this app
        80007,  # too many calls of this business account
        80008,  # the same, newer number
        130429,  # too many messages from this line
        131000,  # something went wrong there
        131016,  # a service there is overloaded
        131057,  # the account is being moved
        133004,  # the server is not available
        _PAIR_RATE,
    }
)

# Somebody has to do something first, or nothing helps. Some of these come with a status of 500.
_LASTING: Final = frozenset(
    {
        0,  # token not valid
        3,  # the app may not do this
        10,  # permission missing
        33,  # no such line
        100,  # wrong parameter
        190,  # token expired
        368,  # blocked for a breach of policy
        130472,  # the person is in an experiment of Meta's
        130497,  # not to this country
        131005,  # access denied
        131008,  # parameter missing
        131009,  # wrong value
        131021,  # to ourselves
        131026,  # the person cannot get it
        131030,  # not on the list of a test line
        131031,  # account locked
        131042,  # not paid
        131045,  # line not registered
        131047,  # outside the window
        131048,  # marked as spam too often: more tries make it worse
        131049,  # Meta keeps it from this person
        131051,  # kind of message not known
        131052,  # media not found
        131053,  # media not taken
        131062,  # not to a business-scoped user id
        133010,  # line not registered
    }
)
_PERMISSIONS: Final = range(200, 300)
_BUSY: Final = frozenset({408, 425, 429})

_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_CODE_BELOW: Final = 10**9


def refusal(status: int, headers: Mapping[str, str], answer: Any) -> SendError:
    """The error of an answer that is not a success.

    Args:
        status: of HTTP.
        headers: of the answer, found whatever their case.
        answer: its JSON as read, None where it is none.
    """
    error = answer.get("error") if isinstance(answer, Mapping) else None
    error = error if isinstance(error, Mapping) else {}
    code = _code(error.get("code"))
    again = _may_pass(code, status, error.get("is_transient") is True)
    after = seconds_to_wait(headers.get("Retry-After")) if again else None
    if code == _PAIR_RATE:
        after = max(after or 0.0, CLOUD.pace)
    return SendError(f"http-{status}" if code is None else str(code), again, after, status)


def _code(given: Any) -> int | None:
    """Only a plain number: whatever else stands there could carry words into the log."""
    if isinstance(given, str) and _NUMBER.fullmatch(given):
        return int(given)
    return given if type(given) is int and 0 <= given < _CODE_BELOW else None


def _may_pass(code: int | None, status: int, transient: bool) -> bool:
    if code in _PASSING:
        return True
    if code in _LASTING or code in _PERMISSIONS:
        return False
    return transient or status >= 500 or status in _BUSY
