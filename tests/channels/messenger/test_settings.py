"""What cannot work is refused at the start, in one line that names the setting and never its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.whatsapp_cloud.channel import CloudChannel
from stillnight.channels.whatsapp_twilio.channel import TwilioChannel
from stillnight.messenger_settings import ConfigurationError

CLOUD: Mapping[str, Any] = {"app_secret": "a", "verify_token": "v", "access_token": "EAAtoken"}
TWILIO: Mapping[str, Any] = {"account_sid": "AC1", "auth_token": "t", "public_url": "https://clinic.example/whatsapp"}


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        (CloudChannel, "access_token", "EAA\ntoken", "holds characters that no token has"),
        (CloudChannel, "access_token", "„token“", "holds characters that no token has"),
        (CloudChannel, "api", "http://graph.facebook.example", "must start with https://"),
        (CloudChannel, "version", "27", "must look like v26.0"),
        (CloudChannel, "lines", "+15550001111", "must be phone number ids"),
        (CloudChannel, "app_secrte", "secret", "extra fields not permitted"),
        (TwilioChannel, "account_sid", "SK123", "must look like AC"),
        (TwilioChannel, "auth_token", "to ken", "holds characters that no token has"),
        (TwilioChannel, "public_url", "clinic.example/whatsapp", "must start with https://"),
        (TwilioChannel, "public_url", "http://clinic.example/whatsapp", "must start with https://"),
        (TwilioChannel, "public_url", "https://clinic.example/whatsapp?a=1", "hold no “\\?”"),
        (TwilioChannel, "public_url", "https://clinic.example/whatsapp#rc=5&rp=all", "no “#”"),
        (TwilioChannel, "api", "http://api.twilio.example", "must start with https://"),
        (TwilioChannel, "lines", "15550001112", "must be numbers such as"),
        (TwilioChannel, "lines", "whatsapp:+15550001111", "must be numbers such as"),
        (TwilioChannel, "typing", "perhaps", "could not be parsed to a boolean"),
    ],
)
def test_channel_is_not_opened_with_what_cannot_work(
    kind: type[MessengerChannel[Any]], name: str, value: str, words: str
) -> None:
    right = CLOUD if kind is CloudChannel else TWILIO
    assert kind.from_credentials(dict(right))
    with pytest.raises(ConfigurationError, match=words) as caught:
        kind.from_credentials({**right, name: value})
    assert f"{kind.settings_class.Config.env_prefix}{name.upper()}" in str(caught.value)
    assert value not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_space_around_a_value_is_no_part_of_it() -> None:
    channel = TwilioChannel.from_credentials({name: f" {value}\n" for name, value in TWILIO.items()})
    assert isinstance(channel, TwilioChannel)
    assert channel._settings.public_url == TWILIO["public_url"]
    assert channel._settings.account_sid == TWILIO["account_sid"]


def test_lines_may_stand_apart_and_be_none() -> None:
    both = " +15550001111 ,, +15550002222,"
    for lines, expected in ((both, {"+15550001111", "+15550002222"}), (" , ", set())):
        channel = TwilioChannel.from_credentials({**TWILIO, "lines": lines})
        assert isinstance(channel, TwilioChannel)
        assert channel._settings.our_lines == expected
