"""Every setting stands in docs/operating.md or docs/whatsapp.md, with its default; and secrets may be files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseSettings, SecretStr

from stillnight.messenger_settings import CloudSettings, TwilioSettings
from stillnight.paths import PROJECT
from stillnight.secret_files import FOLDER
from stillnight.settings import Settings

_ROW = re.compile(r"^\| `(STILLNIGHT_[A-Z0-9_]+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
_KINDS: tuple[type[BaseSettings], ...] = (Settings, CloudSettings, TwilioSettings)
BLANK = ""


def variables() -> set[str]:
    """Names of all environment variables that are read."""
    return {f"{kind.Config.env_prefix}{name.upper()}" for kind in _KINDS for name in kind.__fields__}


def shown(default: object) -> str:
    """A default as the table shows it."""
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if default in (None, ""):
        return BLANK
    if isinstance(default, Path):
        default = default.relative_to(PROJECT)
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def table() -> dict[str, str]:
    """Defaults of the table, by variable."""
    rows = _ROW.findall((PROJECT / "docs" / "operating.md").read_text(encoding="utf-8"))
    assert len({name for name, *_ in rows}) == len(rows)
    assert all(meaning.strip() for *_, meaning in rows)
    return {name: default.strip() for name, default, _ in rows}


def test_table_holds_every_setting_with_its_default() -> None:
    expected = {f"STILLNIGHT_{name.upper()}": shown(field.default) for name, field in Settings.__fields__.items()}
    assert table() == {**expected, FOLDER: BLANK}


def test_settings_of_whatsapp_stand_in_their_own_table() -> None:
    text = (PROJECT / "docs" / "whatsapp.md").read_text(encoding="utf-8")
    for kind in (CloudSettings, TwilioSettings):
        for name in kind.__fields__:
            assert f"`{kind.Config.env_prefix}{name.upper()}`" in text


def test_value_may_be_a_file_and_the_environment_goes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stillnight_secret").write_text("from-a-file-0123456789\n")
    (tmp_path / "stillnight_database").write_text("postgresql://somebody:word@db/stillnight\n")
    (tmp_path / "stillnight_whatsapp_cloud_app_secret").write_text("of the app\n")
    monkeypatch.setenv(FOLDER, str(tmp_path))
    made = Settings.parse_obj({})
    assert made.signing_secret() == "from-a-file-0123456789"
    assert made.database_url == "postgresql://somebody:word@db/stillnight"
    assert CloudSettings.parse_obj({}).is_given and CloudSettings.parse_obj({}).secret("app_secret") == "of the app"
    assert not TwilioSettings.parse_obj({}).is_given
    monkeypatch.setenv("STILLNIGHT_SECRET", "from-the-environment")
    assert Settings.parse_obj({}).signing_secret() == "from-the-environment"
