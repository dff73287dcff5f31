"""What strangers write where words are expected."""

from __future__ import annotations

from typing import Final

# A word that is nowhere else, so that it can be looked for in logs and files.
MARK: Final = "glockenspielers"
FOREIGN: Final = "https://evil.example"

SQL: Final = (
    f"'; DROP TABLE conversations; -- {MARK}",
    f"' OR '1'='1 {MARK}",
    f'"); DELETE FROM inbox_messages; -- {MARK}',
)
TEMPLATES: Final = (
    f"{{{{7777*7777}}}} {MARK}",
    f"{{% for each in ().__class__.__base__.__subclasses__() %}}{{{{each}}}}{{% endfor %}} {MARK}",
    f"{{country}} {{safety}} {{0.__class__}} {MARK}",
    f"%(country)s %s %n ${{7777*7777}} #{{7777*7777}} {MARK}",
)
LINES: Final = (
    f"{MARK}\r\n2026-01-01T00:00:00Z ERROR stillnight.forged: all is lost",
    f"\x1b[2J\x1b[31m{MARK}\x07",
    f"{MARK}\u2028\u202e\u0085",
    f"{MARK}\r\nSet-Cookie: session=stolen\r\n\r\n<html>",
)
HALVES: Final = (f"{MARK}\0", f"{MARK}\ud800", f"\udfff{MARK}\ud83d")
MARKUP: Final = (
    f"<script>alert(1)</script>{MARK}",
    f"<img src=x onerror=alert(1)>{MARK}",
    f"[{MARK}](javascript:alert(1))",
)
COMMANDS: Final = (
    "/restart",
    "/session_start",
    "/back",
    '/faq/iron{"topic": "iron"}',
    '/more{"topic": "iron"}',
    '/set{"country": "US"}',
    '/lab_answer{"lab_answer": "yes"}',
    " \u200b/restart",
    "//restart",
    "\u00a0\t/restart",
    "/greet@1.0",
    "EXTERNAL: restart",
)
# What a template would make of it.
COMPUTED: Final = "60481729"

WORDS: Final = (*SQL, *TEMPLATES, *LINES, *HALVES, *MARKUP)
