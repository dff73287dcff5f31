"""What WhatsApp carries through Meta's Cloud API, as Meta's pages told in 2026."""

from __future__ import annotations

from typing import Final

from stillnight.channels.messenger.outgoing import Limits

CLOUD: Final = Limits(
    text=4096,
    caption=1024,
    # A list may have 4096. One limit for lists and buttons, so that an answer is cut the same whatever comes under it.
    body=1024,
    buttons=3,
    button_title=20,
    rows=10,
    row_title=24,
    # The pair rate: error 131056 when one person gets more.
    pace=6.0,
    # The customer service window: error 131047 afterwards.
    window=24 * 60 * 60.0,
    bold="*",
    documents=True,
)
