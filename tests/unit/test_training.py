"""Knowing when training is due. Nothing is trained here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphNode, GraphSchema

from stillnight.assistant import training
from stillnight.assistant.checksum import keep_checksum
from stillnight.assistant.training import TrainingError, fingerprint, fingerprint_file, is_current
from stillnight.nlu import weights
from stillnight.nlu.featurizer import SentenceFeaturizer
from stillnight.paths import PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the model is made from."""
    for name in ("config.yml", "domain.yml", "uv.lock"):
        shutil.copy(PROJECT / name, tmp_path / name)
    for name in ("data", "knowledge", "stillnight/nlu", "stillnight/language"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def append(name: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        with (project / name).open("a", encoding="utf-8") as file:
            file.write("\n")

    return change


@pytest.mark.parametrize(
    "change",
    [
        append("config.yml"),
        append("domain.yml"),
        append("uv.lock"),
        append("data/rules.yml"),
        append("data/faq/iron.yml"),
        append("knowledge/medicines.yml"),
        append("stillnight/language/text.py"),
        lambda project: (project / "data" / "new.yml").write_text("nlu: []\n", encoding="utf-8"),
        lambda project: (project / "data" / "faq" / "iron.yml").unlink(),
        lambda project: (project / "data" / "rules.yml").rename(project / "data" / "rules2.yml"),
    ],
)
def test_fingerprint_changes_with_every_file(project: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(project)
    assert fingerprint(project) == before
    change(project)
    assert fingerprint(project) != before


def test_fingerprint_does_not_change_with_what_the_model_does_not_read(project: Path) -> None:
    before = fingerprint(project)
    (project / "README.md").write_text("new", encoding="utf-8")
    (project / "stillnight" / "server.py").write_text("new", encoding="utf-8")
    compiled = project / "stillnight" / "nlu" / "__pycache__"
    compiled.mkdir()
    (compiled / "text.cpython-310.pyc").write_bytes(b"x")
    (compiled / "text.py").write_bytes(b"x")
    assert fingerprint(project) == before


def test_fingerprint_does_not_depend_on_where_the_project_lies(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(project, elsewhere)
    assert fingerprint(elsewhere) == fingerprint(project)


def test_mark_stands_beside_the_model() -> None:
    assert fingerprint_file(Path("models/stillnight.tar.gz")) == Path("models/stillnight.fingerprint")


def test_model_is_current_only_with_the_right_mark(tmp_path: Path) -> None:
    model = tmp_path / "stillnight.tar.gz"
    mark = tmp_path / "stillnight.fingerprint"
    assert not is_current(model)
    model.write_bytes(b"a model")
    assert not is_current(model)
    mark.write_text("0" * 64, encoding="ascii")
    assert not is_current(model)
    mark.write_text(fingerprint(), encoding="ascii")
    assert not is_current(model)
    keep_checksum(model)
    assert is_current(model)
    model.write_bytes(b"a model that something damaged")
    assert not is_current(model)
    model.unlink()
    assert not is_current(model)


def test_training_with_other_weights_than_the_known_ones_ends_in_their_own_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def begun(_: Path) -> None:
        """What Rasa does first of all: it makes the components."""
        context = ExecutionContext(GraphSchema({}))
        GraphNode("featurizer", SentenceFeaturizer, "create", {}, "train", {}, True, None, None, context)

    monkeypatch.setattr(weights, "WEIGHTS_SHA256", "0" * 64)
    monkeypatch.setattr(training, "read_all", lambda _: ())
    monkeypatch.setattr(training, "_trained", begun)
    with pytest.raises(TrainingError, match=r"^\S+model\.safetensors has sha256 [0-9a-f]{64}, expected 0{64}$"):
        training.train(tmp_path / "stillnight.tar.gz")
    assert list(tmp_path.iterdir()) == []
