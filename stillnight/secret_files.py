"""Settings as files of one folder, as Docker, Kubernetes and systemd hand secrets over."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from pydantic import BaseSettings
from pydantic.env_settings import SecretsSettingsSource

# A folder with files such as `stillnight_secret`, whose content is the value of STILLNIGHT_SECRET.
FOLDER: Final = "STILLNIGHT_SECRETS_DIR"

Source = Callable[[BaseSettings], dict[str, Any]]


class SecretFiles:
    """What configurations of ours inherit: the environment first, then files."""

    @classmethod
    def customise_sources(
        cls, init_settings: Source, env_settings: Source, file_secret_settings: Source
    ) -> tuple[Source, ...]:
        """Where values come from, the first that has one counting. The folder is looked up each time."""
        folder = os.environ.get(FOLDER)
        files: Source = SecretsSettingsSource(folder) if folder else file_secret_settings
        return init_settings, env_settings, files
