"""What time it is where somebody is, as far as their country tells: a diary's “tonight” is theirs, not the server's."""

from __future__ import annotations

from datetime import datetime, timezone, tzinfo

import pytz  # type: ignore[import-untyped,unused-ignore]


def local_time(seconds: float, country: str | None) -> datetime:
    """The time there; UTC while no country is known.

    Of several time zones of a country the middle one is taken, so that nobody's clock is further off than need be.

    Args:
        seconds: since 1970.
        country: ISO code.
    """
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.astimezone(_zone(country, moment)) if country and country in pytz.country_timezones else moment


def _zone(country: str, moment: datetime) -> tzinfo:
    zones = [pytz.timezone(name) for name in pytz.country_timezones[country]]
    zones.sort(key=lambda zone: (moment.astimezone(zone).utcoffset(), str(zone)))
    return zones[len(zones) // 2]
