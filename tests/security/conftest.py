"""One clinic with all its doors open, for every test that leaves it standing."""

from __future__ import annotations

from tests.channels.conftest import Clinic, clinic

__all__ = ["Clinic", "clinic"]
