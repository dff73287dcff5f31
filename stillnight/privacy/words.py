"""What is said of privacy, in the words of `data/privacy.yml`, true for the settings of this server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.content.catalogue import Catalogue
from stillnight.privacy.kept import Kept
from stillnight.settings import Settings

PREFIX: Final = "utter_privacy"


class PrivacyWords:
    """Fills in what depends on the settings."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        """`catalogue` holds the pieces."""
        self._catalogue, self._settings = catalogue, settings

    def facts(self) -> dict[str, str]:
        """What every answer about privacy may name: {days}, {sealed}."""
        sealed = "sealed" if self._settings.encryption_keys.get_secret_value().strip(" ,") else "plain"
        return {"days": str(self._settings.keep_days), "sealed": self.piece(sealed)}

    def piece(self, name: str, **facts: object) -> str:
        """A piece, filled in."""
        text = self._catalogue.text(f"{PREFIX}_{name}")
        return text.format(**facts) if facts else text

    def title(self, name: str) -> str:
        """The heading of a piece."""
        return str(self._catalogue.answers[f"{PREFIX}_{name}"].metadata["title"])

    def kept(self, kept: Kept, opinions: int, now: datetime) -> dict[str, str]:
        """What `utter_privacy_kept` names: {kept} and {noted}.

        Args:
            kept: of the person, this message included.
            opinions: how many answers they judged.
            now: time of this machine, by which days are named.
        """
        until = _day(now + timedelta(days=self._settings.keep_days))
        since = _day(datetime.fromtimestamp(kept.since))
        counted = self.piece("kept_since", messages=kept.messages, since=since, until=until)
        first = self.piece("kept_first", until=until)
        return {"kept": counted if kept.messages > 1 else first, "noted": self._noted(kept, opinions)}

    def _noted(self, kept: Kept, opinions: int) -> str:
        labs = lab_definitions()
        noted = []
        if kept.labs:
            noted.append(self.piece("noted_labs", names=", ".join(labs[lab].title for lab in kept.labs if lab in labs)))
        if kept.medicines:
            noted.append(self.piece("noted_medicines", names=", ".join(kept.medicines)))
        if kept.answers:
            noted.append(self.piece("noted_check", count=kept.answers))
        noted += [self.piece("noted_nights", count=kept.nights)] if kept.nights else []
        noted += [self.piece("noted_life")] if kept.circumstances else []
        noted += [self.piece("noted_country")] if kept.country else []
        noted += [self.piece("noted_opinions", count=opinions)] if opinions else []
        return self.piece("noted", noted=self._listed(noted)) if noted else self.piece("noted_nothing")

    def _listed(self, items: Sequence[str]) -> str:
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.piece('and')} {items[-1]}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
