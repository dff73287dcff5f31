"""All configuration, read from environment variables that start with `STILLNIGHT_`."""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from pathlib import Path

from pydantic import BaseSettings, Field, SecretStr, validator

from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.paths import MODEL, PROJECT
from stillnight.secret_files import SecretFiles

_SECRET_LENGTH_MIN = 16
_ORIGIN = re.compile(r"https?://[^/\s,]+")
_ADDRESS = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
_PORT_MAX = 65535
_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


class Settings(BaseSettings):
    """What a clinic can set without touching a file.

    A wrong value raises pydantic's ValidationError, which the command line turns into one line.
    """

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(5005, ge=1, le=65535, description="port to listen on")
    data_dir: Path = Field(PROJECT / ".stillnight", description="conversations and the signing secret live here")
    model: Path = Field(MODEL, description="trained model to serve")
    model_sha256: str = Field("", description="checksum of the model; what training wrote beside it when blank")
    secret: SecretStr | None = Field(None, description="signs session tokens; made and kept in data_dir when not given")
    token_days: int = Field(30, ge=1, description="how long a web session can be resumed")
    origins: str = Field("", description="pages that may embed the widget: origins, with commas between them")
    proxies: int = Field(0, ge=0, description="reverse proxies in front, whose X-Forwarded-For is believed")
    limits_storage: str = Field("memory://", description="where requests are counted: memory:// or redis://host:6379")
    messages_per_minute: int = Field(30, ge=1, description="most messages of one conversation")
    requests_per_minute: int = Field(300, ge=1, description="most requests of one address")
    sessions_per_hour: int = Field(1000, ge=1, description="most new conversations of one address")
    clinic_contact: str = Field("", description="how to reach the clinic, as patients shall read it; blank by default")
    signed_only: bool = Field(False, description="serve only answers that a clinician has signed; dangers always")
    database: str = Field("", description="database of the conversations; SQLite in data_dir when blank")
    encryption_keys: SecretStr = Field(
        SecretStr(""), description="keys for words at rest, commas between them; the first encrypts, all decrypt"
    )
    keep_days: int = Field(30, ge=1, description="days after its last message that a conversation is kept")
    night_hour: int = Field(3, ge=0, le=23, description="hour of this machine's day for what holds others up")
    inbox: str = Field("", description="database of the messengers' inbox; SQLite in data_dir when blank")
    country: str | None = Field(None, description="the clinic's country, for emergency numbers")
    worker: bool = Field(True, description="start a worker for messengers beside the server")
    log_level: str = Field("WARNING", description="Rasa's and our own log level")
    log_format: str = Field("plain", description="how log lines look: plain or json")
    metrics: str = Field("", description="host:port of the metrics page, a worker's on the next port; none when blank")
    linger_seconds: float = Field(2.0, ge=0, le=60, description="seconds of answering on after SIGTERM, not ready")

    class Config(SecretFiles):
        """pydantic's settings."""

        env_prefix = "STILLNIGHT_"

    @validator("log_level")
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
            raise ValueError("must be DEBUG, INFO, WARNING, ERROR or CRITICAL")
        return value.upper()

    @validator("log_format")
    def _known_format(cls, value: str) -> str:
        if value.lower() not in {"plain", "json"}:
            raise ValueError("must be plain or json")
        return value.lower()

    @validator("metrics")
    def _listens_somewhere(cls, value: str) -> str:
        match = _ADDRESS.fullmatch(value.strip())
        # The next port is a worker's.
        if value.strip() and not (match and 0 < int(match["port"]) < _PORT_MAX):
            raise ValueError(f"must look like 127.0.0.1:9100, with a port below {_PORT_MAX}")
        return value.strip()

    @validator("model_sha256")
    def _whole_checksum(cls, value: str) -> str:
        if value.strip() and not _SHA256.fullmatch(value.strip()):
            raise ValueError("must be 64 hexadecimal digits")
        return value.strip().lower()

    @validator("origins")
    def _bare_origins(cls, value: str) -> str:
        for origin in _listed(value):
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is no origin: write https://clinic.example, without a path")
        return value

    @validator("country")
    def _country_with_numbers(cls, value: str | None) -> str | None:
        known = crisis_lines().countries
        if value and value.upper() not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return value.upper() if value else None

    @validator("secret")
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < _SECRET_LENGTH_MIN:
            raise ValueError(f"must have at least {_SECRET_LENGTH_MIN} characters")
        return value

    @property
    def allowed_origins(self) -> frozenset[str]:
        """Origins of pages that may talk to the web channel, besides the server's own."""
        return frozenset(_listed(self.origins))

    @property
    def database_url(self) -> str:
        """Database of the conversations, as SQLAlchemy writes it."""
        return self.database or f"sqlite:///{self.data_dir / 'conversations.db'}"

    @property
    def inbox_url(self) -> str:
        """Database of the messengers' inbox, as SQLAlchemy writes it."""
        return self.inbox or f"sqlite:///{self.data_dir / 'inbox.db'}"

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Where the metrics page is, None for nowhere."""
        host, _, port = self.metrics.rpartition(":")
        return (host.strip("[]"), int(port)) if port else None

    def signing_secret(self) -> str:
        """The given secret, or one made at the first start and kept readable by its owner alone."""
        if self.secret is not None:
            return self.secret.get_secret_value()
        path = self.data_dir / "secret"
        if not path.exists() or not path.stat().st_size:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            # Written aside and moved, so that a power cut leaves no half of it.
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(32), encoding="ascii")
            fresh.replace(path)
        return path.read_text(encoding="ascii")


def _listed(value: str) -> list[str]:
    """What stands between commas."""
    return [part for part in map(str.strip, value.split(",")) if part]


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings.parse_obj({})
