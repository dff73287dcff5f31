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
    digest = hashlib.sha256(plain).hexdigest()[:32]
    headers = {
        "Cache-Control": _KEPT,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    forms = {
        "gzip": (small, {**headers, "ETag": f'"{digest}-gzip"', "Content-Encoding": "gzip"}),
        "": (plain, {**headers, "ETag": f'"{digest}"'}),
    }
    routes = Blueprint("stillnight_widget")

    @routes.route("/widget/stillnight.js", methods=["GET", "HEAD"])
    async def script(request: Request) -> HTTPResponse:
        packed = "gzip" in (request.headers.get("accept-encoding") or "")
        body, told = forms["gzip" if packed else ""]
        if request.headers.get("if-none-match") == told["ETag"]:
            return raw(b"", status=304, headers=headers | {"ETag": told["ETag"]})
        return raw(body, content_type=_TYPE, headers=told)

    return routes
