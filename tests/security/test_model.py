"""A model is loaded only when its bytes are the known ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stillnight.assistant.checksum import (
    UnknownModelError,
    check_model,
    checksum,
    checksum_file,
    is_known,
    keep_checksum,
)
from stillnight.cli import app
from stillnight.settings import Settings
from tests.channels.test_web import Patient
from tests.conftest import Server
from tests.operations.conftest import not_ready

run = CliRunner()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.tar.gz"
    path.write_bytes(b"a model")
    return path


def test_training_leaves_a_checksum_that_other_tools_read(model: Path) -> None:
    assert is_known(model)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", checksum_file(model).name],
        cwd=model.parent,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr


def test_known_model_is_taken(archive: Path) -> None:
    keep_checksum(archive)
    check_model(archive)
    check_model(archive, checksum(archive))
    check_model(archive, f" {checksum(archive).upper()}\n")


@pytest.mark.parametrize("changed", [b"", b"a modem", b"a model ", b"a mode"])
def test_model_of_other_bytes_is_refused(archive: Path, changed: bytes) -> None:
    keep_checksum(archive)
    vouched = checksum(archive)
    archive.write_bytes(changed)
    for expected in ("", vouched):
        with pytest.raises(UnknownModelError, match="is not loaded") as refused:
            check_model(archive, expected)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kept", [None, b"", b"\n", b"  clinic.tar.gz\n", b"0" * 63, b"\xff" * 64, "٠".encode() * 64])
def test_model_that_nobody_vouched_for_is_refused(archive: Path, kept: bytes | None) -> None:
    if kept is not None:
        checksum_file(archive).write_bytes(kept)
    with pytest.raises(UnknownModelError, match="STILLNIGHT_MODEL_SHA256"):
        check_model(archive)
    check_model(archive, checksum(archive))


def test_setting_goes_before_the_file_beside_the_model(archive: Path) -> None:
    keep_checksum(archive)
    with pytest.raises(UnknownModelError):
        check_model(archive, "0" * 64)


@pytest.mark.parametrize("value", ["abc", "g" * 64, "0" * 65])
def test_setting_that_is_no_checksum_ends_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("STILLNIGHT_MODEL_SHA256", value)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        Settings.parse_obj({})


def test_command_with_a_changed_model_ends_in_one_line(archive: Path) -> None:
    keep_checksum(archive)
    archive.write_bytes(b"another model")
    done = run.invoke(app, ["understand", "--model", str(archive)], input='{"text": "hi"}\n')
    assert done.exit_code == 1
    assert "is not loaded" in done.stderr and done.stderr.count("\n") == 1


def test_server_runs_without_a_changed_model_and_still_answers_danger(model: Path, tmp_path: Path) -> None:
    changed = tmp_path / model.name
    shutil.copy(model, changed)
    shutil.copy(checksum_file(model), checksum_file(changed))
    with changed.open("ab") as file:
        file.write(b"\0")
    server = Server(tmp_path / "data", {"STILLNIGHT_MODEL": str(changed)}).start()
    try:
        assert "model" in not_ready(server.url)
        (line,) = [line for line in server.log.splitlines() if "is not loaded" in line]
        assert "SHA-256" in line
        assert Patient(server.url).says("i want to kill myself")[0]["contacts"]
    finally:
        server.stop()
