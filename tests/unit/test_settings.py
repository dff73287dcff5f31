"""Configuration from the environment."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from stillnight.cli import app
from stillnight.paths import MODEL, PROJECT
from stillnight.settings import Settings, settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("STILLNIGHT_"):
            monkeypatch.delenv(name)


def configured() -> Settings:
    return Settings.parse_obj({})


def test_defaults_are_local_and_private() -> None:
    made = configured()
    assert (made.host, made.port, made.token_days, made.clinic_contact) == ("127.0.0.1", 5005, 30, "")
    assert (made.model, made.data_dir, made.log_level) == (MODEL, PROJECT / ".stillnight", "WARNING")
    assert made.secret is None


def test_environment_sets_every_field(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {
        "HOST": "0.0.0.0",
        "PORT": "8080",
        "DATA_DIR": str(tmp_path),
        "MODEL": str(tmp_path / "m.tar.gz"),
        "SECRET": "a-long-enough-secret",
        "TOKEN_DAYS": "7",
        "CLINIC_CONTACT": "Call the desk.",
        "LOG_LEVEL": "debug",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"STILLNIGHT_{name}", value)
    made = configured()
    assert (made.host, made.port, made.token_days) == ("0.0.0.0", 8080, 7)
    assert (made.data_dir, made.model) == (tmp_path, tmp_path / "m.tar.gz")
    assert (made.clinic_contact, made.log_level) == ("Call the desk.", "DEBUG")
    assert made.database_url == f"sqlite:///{tmp_path / 'conversations.db'}"
    assert made.signing_secret() == "a-long-enough-secret"
    assert "a-long-enough-secret" not in repr(made)


def test_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STILLNIGHT_PORT", "8080")
    assert Settings.parse_obj({"port": 9090}).port == 9090


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "0"), ("PORT", "65536"), ("PORT", "many"), ("TOKEN_DAYS", "0"), ("LOG_LEVEL", "LOUD")],
)
def test_wrong_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"STILLNIGHT_{name}", value)
    with pytest.raises(ValidationError) as caught:
        configured()
    (error,) = caught.value.errors()
    assert error["loc"] == (name.lower(),)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("99999", "STILLNIGHT_PORT: ensure this value is less than or equal to 65535"),
        ("five", "value is not a valid integer"),
    ],
)
def test_server_says_in_one_line_which_value_is_wrong(value: str, message: str) -> None:
    ended = CliRunner().invoke(app, ["serve"], env={"STILLNIGHT_PORT": value})
    assert ended.exit_code == os.EX_CONFIG
    assert message in ended.output
    assert len(ended.output.strip().splitlines()) == 1
    assert "STILLNIGHT_PORT" in ended.output


def test_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    first = Settings.parse_obj({"data_dir": folder}).signing_secret()
    path = folder / "secret"
    assert len(first) >= 32
    assert path.read_text(encoding="ascii") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.stat().st_mtime_ns
    assert Settings.parse_obj({"data_dir": folder}).signing_secret() == first
    assert path.stat().st_mtime_ns == written


def test_secrets_of_two_installations_differ(tmp_path: Path) -> None:
    one, other = (Settings.parse_obj({"data_dir": tmp_path / name}).signing_secret() for name in ("a", "b"))
    assert one != other


def test_given_secret_writes_no_file(tmp_path: Path) -> None:
    assert (
        Settings.parse_obj({"data_dir": tmp_path, "secret": "given-by-the-clinic"}).signing_secret()
        == "given-by-the-clinic"
    )
    assert list(tmp_path.iterdir()) == []


def test_settings_of_the_process_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    monkeypatch.setenv("STILLNIGHT_PORT", "7001")
    first = settings()
    monkeypatch.setenv("STILLNIGHT_PORT", "7002")
    assert settings() is first
    assert first.port == 7001
    settings.cache_clear()


def test_empty_secret_is_never_used(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    assert len(Settings.parse_obj({"data_dir": tmp_path}).signing_secret()) >= 32
    with pytest.raises(ValidationError):
        Settings.parse_obj({"secret": ""})
