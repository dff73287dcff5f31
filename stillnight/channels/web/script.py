"""The widget's script as browsers load it: compressed, and loaded again only when it changed."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Final

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

SCRIPT: Final = Path(__file__).parent / "widget" / "stillnight.js"

_TYPE: Final = "text/javascript; charset=utf-8"
_KEPT: Final = "public, max-age=600"


def script_route() -> Blueprint:
    """`/widget/stillnight.js`, for pages of any origin: the channel decides whom it answers, not the script."""
    plain = SCRIPT.read_bytes()
    # Without a time in it, the same script is the same bytes on every server.
    small = gzip.compress(plain, mtime=0)
    name = f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
    headers = {
        "ETag": name,
        "Cache-Control": _KEPT,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    routes = Blueprint("stillnight_widget")

    @routes.get("/widget/stillnight.js")
    async def script(request: Request) -> HTTPResponse:
        if request.headers.get("if-none-match") == name:
            return raw(b"", status=304, headers=headers)
        if "gzip" in (request.headers.get("accept-encoding") or ""):
            return raw(small, content_type=_TYPE, headers={**headers, "Content-Encoding": "gzip"})
        return raw(plain, content_type=_TYPE, headers=headers)

    return routes
