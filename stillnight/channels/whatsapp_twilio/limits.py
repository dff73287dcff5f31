"""What WhatsApp carries when Twilio stands in between."""

from __future__ import annotations

from typing import Final

from stillnight.channels.messenger.outgoing import Limits

# Twilio refuses more (errors 21617 and 21658). An emoji counts as two: it counts as UTF-16 does.
_CHARACTERS: Final = 1600
# A line of a numbered list on a phone; Twilio itself sets no bound.
_LINE: Final = 60

TWILIO: Final = Limits(
    text=_CHARACTERS,
    # Twilio fetches pictures from a public address, which they do not have: they are written out in the text.
    caption=0,
    body=_CHARACTERS,
    # Buttons and lists would need templates that every clinic sets up at Twilio beforehand.
    buttons=0,
    button_title=_LINE,
    rows=0,
    row_title=_LINE,
    # Twilio queues what comes faster; so that parts arrive in order all the same, and 14107 (30 in 30 s) stays far.
    pace=1.0,
    window=24 * 60 * 60,
    bold="*",
)
