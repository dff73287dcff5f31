"""Configuration of the WhatsApp channels, from environment variables or `credentials.yml`."""

from __future__ import annotations

from typing import ClassVar, Final

from pydantic import BaseSettings, Field, SecretStr

from stillnight.secret_files import SecretFiles

GRAPH: Final = "https://graph.facebook.com"
# Out since 29 July 2026. Meta keeps a version for about two years.
GRAPH_VERSION: Final = "v26.0"
_TWILIO: Final = "https://api.twilio.com"


class ConfigurationError(ValueError):
    """A channel that cannot be opened as it is configured; one line that names the setting, never its value."""


class MessengerSettings(BaseSettings):
    """What both roads have in common."""

    needed: ClassVar[tuple[str, ...]] = ()
    lines: str = Field("", description="numbers of ours to answer for, with commas between them; all when blank")

    @property
    def is_given(self) -> bool:
        """Whether anything was set, so that the channel is wanted."""
        return bool(self.__fields_set__)

    @property
    def our_lines(self) -> frozenset[str]:
        """The numbers to answer for; empty for all."""
        return frozenset(line for line in map(str.strip, self.lines.split(",")) if line)

    def secret(self, name: str) -> str:
        """A secret in the clear; empty when it is not set."""
        value = getattr(self, name)
        return value.get_secret_value().strip() if isinstance(value, SecretStr) else str(value or "").strip()

    def check(self) -> None:
        """Raises ConfigurationError when something that the channel needs is missing."""
        for name in self.needed:
            if not self.secret(name):
                variable = f"{self.Config.env_prefix}{name.upper()}"
                raise ConfigurationError(f"{variable} is not set, so the channel is not opened. See docs/whatsapp.md.")

    class Config(SecretFiles):
        """pydantic's settings."""

        env_prefix = "STILLNIGHT_WHATSAPP_"


class CloudSettings(MessengerSettings):
    """Meta's Cloud API. `lines` are phone number ids."""

    needed: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token")
    app_secret: SecretStr | None = Field(None, description="of the app at Meta: signs deliveries")
    verify_token: SecretStr | None = Field(None, description="made up by you, told to Meta when subscribing")
    access_token: SecretStr | None = Field(None, description="of a system user: sends answers")
    api: str = Field(GRAPH, description="address of the Graph API")
    version: str = Field(GRAPH_VERSION, description="version of the Graph API")

    class Config(SecretFiles):
        """pydantic's settings."""

        env_prefix = "STILLNIGHT_WHATSAPP_CLOUD_"


class TwilioSettings(MessengerSettings):
    """Twilio. `lines` are telephone numbers in international form."""

    needed: ClassVar[tuple[str, ...]] = ("account_sid", "auth_token", "public_url")
    account_sid: str = Field("", description="of the account: AC…")
    auth_token: SecretStr | None = Field(None, description="of the account: signs deliveries, sends answers")
    public_url: str = Field("", description="address of the webhook as Twilio knows it")
    typing: bool = Field(False, description="show that an answer is being written: a beta of Twilio's")
    api: str = Field(_TWILIO, description="address of Twilio's REST API")

    class Config(SecretFiles):
        """pydantic's settings."""

        env_prefix = "STILLNIGHT_WHATSAPP_TWILIO_"
