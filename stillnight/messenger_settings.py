"""Configuration of the WhatsApp channels, from environment variables or `credentials.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import httpx
from pydantic import BaseSettings, Field, SecretStr, ValidationError

from stillnight.secret_files import SecretFiles

GRAPH: Final = "https://graph.facebook.com"
# Out since 29 July 2026. Meta keeps a version for about two years.
GRAPH_VERSION: Final = "v26.0"
_TWILIO: Final = "https://api.twilio.com"

_OURSELVES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_TOKEN: Final = re.compile(r"[!-~]+")
_VERSION: Final = re.compile(r"v[0-9]{1,3}\.[0-9]{1,3}")
_ACCOUNT: Final = re.compile(r"AC[0-9A-Za-z]+")
_LINE_IDS: Final = re.compile(r"[0-9]+(?:,[0-9]+)*|")
_LINE_NUMBERS: Final = re.compile(r"\+[0-9]+(?:,\+[0-9]+)*|")


def is_private(address: str) -> bool:
    """Whether a secret can go there without being overheard: https, or http on this machine."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return False
    return bool(url.host) and (url.scheme == "https" or (url.scheme == "http" and url.host in _OURSELVES))


def is_token(text: str) -> bool:
    """Whether it can be a token. A line break in one would make libraries quote it in an error."""
    return _TOKEN.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Whether it can be a version of the Graph API."""
    return _VERSION.fullmatch(text) is not None


def _is_public(address: str) -> bool:
    """Whether Twilio's signature can fit: what follows “?” comes with each request, what follows “#” never does."""
    return is_private(address) and "?" not in address and "#" not in address


class ConfigurationError(ValueError):
    """A channel that cannot be opened as it is configured; one line that names the setting, never its value."""


class MessengerSettings(BaseSettings):
    """What both roads have in common."""

    needed: ClassVar[tuple[str, ...]] = ()
    # What a value must be, and in words what it must be.
    shapes: ClassVar[Mapping[str, tuple[Callable[[str], object], str]]] = {}
    lines: str = Field("", description="numbers of ours to answer for, with commas between them; all when blank")

    @property
    def is_given(self) -> bool:
        """Whether anything was set, so that the channel is wanted."""
        return bool(self.__fields_set__)

    @property
    def our_lines(self) -> frozenset[str]:
        """The numbers to answer for; empty for all."""
        return frozenset(filter(None, self._lines.split(",")))

    @property
    def _lines(self) -> str:
        return ",".join(filter(None, map(str.strip, self.lines.split(","))))

    def secret(self, name: str) -> str:
        """A secret in the clear; empty when it is not set."""
        value = getattr(self, name)
        return value.get_secret_value().strip() if isinstance(value, SecretStr) else str(value or "").strip()

    def check(self) -> None:
        """Raises ConfigurationError when something that the channel needs is missing or cannot be right."""
        faults = [(name, "is not set") for name in self.needed if not self.secret(name)]
        for name, (fits, words) in self.shapes.items():
            if not fits(self._lines if name == "lines" else self.secret(name)):
                faults.append((name, words))
        for name, words in faults:
            variable = f"{self.Config.env_prefix}{name.upper()}"
            raise ConfigurationError(f"{variable} {words}, so the channel is not opened. See docs/whatsapp.md.")

    class Config(SecretFiles):
        """pydantic's settings."""

        anystr_strip_whitespace = True
        env_prefix = "STILLNIGHT_WHATSAPP_"


def settings_of(kind: type[MessengerSettings], given: Mapping[str, Any] | None) -> MessengerSettings:
    """As given, and where not as the environment says. Raises ConfigurationError when one is not understood."""
    try:
        return kind(**(given or {}))
    except ValidationError as error:
        fault = error.errors()[0]
        # Its words name the kind of value that is wanted, not what was given.
        name = f"{kind.Config.env_prefix}{str(fault['loc'][0]).upper()}"
        raise ConfigurationError(f"{name}: {fault['msg']}. See docs/whatsapp.md.") from None


class CloudSettings(MessengerSettings):
    """Meta's Cloud API. `lines` are phone number ids."""

    needed: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token")
    app_secret: SecretStr | None = Field(None, description="of the app at Meta: signs deliveries")
    verify_token: SecretStr | None = Field(None, description="made up by you, told to Meta when subscribing")
    access_token: SecretStr | None = Field(None, description="of a system user: sends answers")
    api: str = Field(GRAPH, description="address of the Graph API")
    version: str = Field(GRAPH_VERSION, description="version of the Graph API")
    shapes = {
        "access_token": (is_token, "holds characters that no token has"),
        "api": (is_private, "must start with https://"),
        "version": (is_version, f"must look like {GRAPH_VERSION}"),
        "lines": (_LINE_IDS.fullmatch, "must be phone number ids, digits alone, with commas between them"),
    }

    class Config(SecretFiles):
        """pydantic's settings."""

        anystr_strip_whitespace = True
        env_prefix = "STILLNIGHT_WHATSAPP_CLOUD_"


class TwilioSettings(MessengerSettings):
    """Twilio. `lines` are telephone numbers in international form."""

    needed: ClassVar[tuple[str, ...]] = ("account_sid", "auth_token", "public_url")
    account_sid: str = Field("", description="of the account: AC…")
    auth_token: SecretStr | None = Field(None, description="of the account: signs deliveries, sends answers")
    public_url: str = Field("", description="address of the webhook as Twilio knows it")
    typing: bool = Field(False, description="show that an answer is being written: a beta of Twilio's")
    api: str = Field(_TWILIO, description="address of Twilio's REST API")
    shapes = {
        "account_sid": (_ACCOUNT.fullmatch, "must look like AC…"),
        "auth_token": (is_token, "holds characters that no token has"),
        "public_url": (_is_public, "must start with https:// and hold no “?” and no “#”"),
        "api": (is_private, "must start with https://"),
        "lines": (_LINE_NUMBERS.fullmatch, "must be numbers such as +15550001111, with commas between them"),
    }

    class Config(SecretFiles):
        """pydantic's settings."""

        anystr_strip_whitespace = True
        env_prefix = "STILLNIGHT_WHATSAPP_TWILIO_"
