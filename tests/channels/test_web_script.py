"""The widget's script as browsers load it."""

from __future__ import annotations

import gzip
import re
from typing import Final

import httpx

from stillnight.channels.web.script import SCRIPT

GZIPPED_MOST: Final = 30 * 1024


def load(live_server: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{live_server}/widget/stillnight.js", headers=headers, timeout=30)


def test_script_is_small_on_the_wire(live_server: str) -> None:
    answer = load(live_server, **{"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) <= GZIPPED_MOST
    assert len(gzip.compress(SCRIPT.read_bytes())) <= GZIPPED_MOST
    assert answer.content == SCRIPT.read_bytes()


def test_script_is_given_plain_to_whoever_wants_it_so(live_server: str) -> None:
    answer = load(live_server, **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == SCRIPT.read_bytes()
    assert answer.headers["content-type"].startswith("text/javascript")


def test_script_is_loaded_again_only_when_it_changed(live_server: str) -> None:
    first = load(live_server)
    again = load(live_server, **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert load(live_server, **{"If-None-Match": '"another"'}).status_code == 200
    assert httpx.head(f"{live_server}/widget/stillnight.js", timeout=30).headers["etag"] == first.headers["etag"]


def test_script_may_be_used_by_any_page(live_server: str) -> None:
    """The channel decides whom it answers; a page may also pin the script by its hash."""
    answer = load(live_server, Origin="https://clinic.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_script_leads_nowhere_else_and_parses_no_html() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[a-z][^\s\"'`)/]*", text))
    # Names of formats, never asked for.
    assert addresses <= {"http://www.w3.org"}
    for word in ("eval(", "new Function", "document.write", "insertAdjacentHTML", "outerHTML"):
        assert word not in text, word
