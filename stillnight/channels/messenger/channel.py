"""What the channels of messengers have in common: opened only with their secrets, answered by the worker."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from rasa.core.channels.channel import InputChannel

from stillnight.channels.messenger.outgoing import Road
from stillnight.messenger_settings import MessengerSettings, settings_of

Chosen = TypeVar("Chosen", bound=MessengerSettings)


class MessengerChannel(InputChannel, ABC, Generic[Chosen]):
    """Takes deliveries that the messenger signed and acknowledges them when they are kept."""

    settings_class: ClassVar[type[MessengerSettings]]

    def __init__(self, settings: Chosen) -> None:
        """Raises ConfigurationError when a secret is missing: without it anybody could speak for anybody."""
        settings.check()
        self._settings = settings

    @classmethod
    def is_wanted(cls, credentials: dict[str, Any] | None) -> bool:
        """Whether anything of it is configured. Raises ConfigurationError as `from_credentials` does."""
        return settings_of(cls.settings_class, credentials).is_given

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """With what `credentials.yml` says before what the environment says.

        Raises:
            ConfigurationError: when a name or a value of them is not known, or something is missing or cannot be right.
        """
        return cls(settings_of(cls.settings_class, credentials))  # type: ignore[arg-type]

    @abstractmethod
    def road(self) -> Road:
        """The way back to the person."""
