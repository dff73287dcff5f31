"""Whether a request comes from Twilio: its `X-Twilio-Signature`, checked by Twilio's own validator."""

from __future__ import annotations

from multidict import MultiMapping
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]


def signed_by(token: str, url: str, parameters: MultiMapping[str], header: str | None) -> bool:
    """Whether whoever knows the token signed this request. Never raises; no token and no header are both no.

    Args:
        token: auth token of the account.
        url: the address as Twilio was told it, scheme, path and query included, whatever a proxy made of it. The
            usual port may be there or not.
        parameters: the whole form, blank values too (`webhook.read_form`; Sanic's `request.form` drops them, and they
            are signed).
        header: `X-Twilio-Signature`.
    """
    if not token.strip() or not header:
        # An empty key signs too, and anybody has it.
        return False
    try:
        return bool(RequestValidator(token).validate(url, parameters, header))
    except ValueError:
        # A port that is none, or a character that UTF-8 has not.
        return False
