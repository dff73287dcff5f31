"""Which channels a server opens."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.shared.utils.common import class_from_module_path

from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.messenger.outgoing import Road
from stillnight.paths import PROJECT
from stillnight.yaml_files import load_yaml


def channels() -> list[InputChannel]:
    """The channels of `credentials.yml` that are wanted: those of messengers only when something is configured.

    Raises:
        ConfigurationError: when a wanted channel lacks what it needs.
    """
    opened = []
    for name, given in load_yaml(PROJECT / "credentials.yml").items():
        kind: Any = class_from_module_path(name)
        if not issubclass(kind, MessengerChannel) or kind.is_wanted(given):
            opened.append(kind.from_credentials(given))
    return opened


def roads(opened: list[InputChannel]) -> dict[str, Road]:
    """The ways back of channels that have an inbox, by name."""
    return {channel.name(): channel.road() for channel in opened if isinstance(channel, MessengerChannel)}
