"""What the errors of messengers mean, for whoever looks after the server. No number means two things in two of them."""

from __future__ import annotations

from typing import Final

_NOT_LET_IN: Final = "the access token is wrong, expired or lacks whatsapp_business_messaging: make a new one"
_BUSY: Final = "too much was sent at once: send it again"
_UNWELL: Final = "the messenger was not well: send it again"
_WINDOW: Final = "the 24 hours after the person's last message were over"
_NOBODY: Final = "the person cannot get it: no WhatsApp, an old app, or we are blocked"
_LINE: Final = "our number is not registered or not ours: look at the sender's set-up"
_FORM: Final = "the messenger did not take the form of it: a fault of this program, please report it"
_LOCKED: Final = "our account is locked or broke a policy: look at the messenger's console"

_MEANINGS: Final = {
    # -- ours
    "timeout": "no answer in time; the person may have got it all the same",
    "cut": "the connection broke before an answer; the person may have got it all the same",
    "unreadable": "the connection broke before an answer; the person may have got it all the same",
    "unreachable": "the messenger could not be reached: look at the network, then send it again",
    "channel closed": "the channel's settings were missing: set them, then send it again",
    "too old to send": _WINDOW,
    "bad-line": "the message came to a number that cannot be one of Meta's",
    "bad-picture": "the picture was broken: a fault of this program, please report it",
    # -- Meta
    "0": _NOT_LET_IN,
    "3": _NOT_LET_IN,
    "10": _NOT_LET_IN,
    "190": _NOT_LET_IN,
    "131005": _NOT_LET_IN,
    "1": _UNWELL,
    "2": _UNWELL,
    "131000": _UNWELL,
    "131016": _UNWELL,
    "131057": _UNWELL,
    "133004": _UNWELL,
    "4": _BUSY,
    "80007": _BUSY,
    "80008": _BUSY,
    "130429": _BUSY,
    "131056": "too much was sent to this person at once: send it again",
    "33": _LINE,
    "131045": _LINE,
    "133010": _LINE,
    "100": _FORM,
    "131008": _FORM,
    "131009": _FORM,
    "131051": _FORM,
    "131052": _FORM,
    "131053": _FORM,
    "368": _LOCKED,
    "131031": _LOCKED,
    "131048": "too many people marked us as spam: Meta holds messages back",
    "131042": "Meta is not paid: look at the payment settings of the WhatsApp account",
    "130472": "the person is in an experiment of Meta's and gets nothing",
    "130497": "Meta lets this account send nothing to this country",
    "131021": "the address is our own number",
    "131026": _NOBODY,
    "131030": "a test number sends only to people on its list: add them at Meta",
    "131047": _WINDOW,
    "131049": "Meta chose not to give it to this person",
    "131062": "Meta takes no message for this kind of user id",
    # -- Twilio
    "20003": "account SID or auth token are wrong, or the account is closed",
    "14107": _BUSY,
    "20429": _BUSY,
    "21611": _BUSY,
    "63017": _BUSY,
    "63018": _BUSY,
    "20500": _UNWELL,
    "20503": _UNWELL,
    "63010": _UNWELL,
    "63012": _UNWELL,
    "21211": _NOBODY,
    "21614": _NOBODY,
    "63003": _NOBODY,
    "63024": _NOBODY,
    "21610": "the person opted out at Twilio with STOP",
    "21617": _FORM,
    "21658": _FORM,
    "63021": _FORM,
    "63002": _LINE,
    "63007": _LINE,
    "63015": "the person has not joined the Sandbox, or their three days are over",
    "63016": _WINDOW,
}


def meaning(code: str | None) -> str:
    """One plain sentence about an error code; a hint where to look when it is not known."""
    if code is None:
        return "the messenger did not say why"
    if code in _MEANINGS:
        return _MEANINGS[code]
    kind, _, status = code.partition("-")
    if kind == "http" and status.isdecimal():
        if status in {"401", "403"}:
            return "the messenger did not let us in: look at the token"
        return _BUSY if status == "429" else _UNWELL if status >= "500" else _FORM
    if code.isdecimal() and 200 <= int(code) < 300:
        return _NOT_LET_IN
    if code.endswith("Error"):
        return "a fault of this program or of its database: look at the log, then send it again"
    return "not in our list: look it up in the messenger's documentation"
