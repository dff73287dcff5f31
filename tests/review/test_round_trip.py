"""A clinician's round trip in a copy of the project: edit, check, read, sign, train, and read it in the chat."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from stillnight.paths import MODEL, PROJECT

OLD = "Yes. Low iron is one of the most common causes of restless legs, and one that can be treated."
NEW = "Yes, low iron is a very common cause of restless legs. The good news is that it can be treated."
SENTENCE = "no clinician of this clinic has signed it yet"
_PARTS = (
    "stillnight",
    "actions",
    "data",
    "knowledge",
    "schemas",
    "tests/nlu",
    "config.yml",
    "domain.yml",
    "endpoints.yml",
    "uv.lock",
)


@dataclass(frozen=True)
class Clinic:
    """Her copy."""

    folder: Path

    def run(self, *words: str, stdin: str = "", ok: bool = True, **environment: str) -> str:
        """What a command says; `ok`: whether it shall end well."""
        done = subprocess.run(
            [sys.executable, "-m", "stillnight", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) is ok, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout + ("" if ok else done.stderr)

    def chat(self, *turns: str) -> list[str]:
        """What patients read where signed answers alone are served."""
        script = json.dumps({"name": "visitor", "turns": turns})
        held = json.loads(self.run("converse", stdin=script, STILLNIGHT_SIGNED_ONLY="true"))
        return ["\n".join(message["text"] for message in turn["messages"]) for turn in held["turns"]]

    def replace(self, file: str, old: str, new: str) -> None:
        """Her edit."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def clinic(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    folder = tmp_path_factory.mktemp("clinic")
    for part in _PARTS:
        source, target = PROJECT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (folder / "knowledge" / "reviews.yml").unlink(missing_ok=True)
    # The model and the vectors of its examples, so that training has only the answer to learn anew.
    shutil.copytree(MODEL.parent, folder / "models")
    if (PROJECT / ".rasa").is_dir():
        shutil.copytree(PROJECT / ".rasa", folder / ".rasa")
    return Clinic(folder)


def test_answer_is_edited_read_signed_trained_and_heard(clinic: Clinic) -> None:
    clinic.replace(
        "data/faq/iron.yml",
        "Yes. Low iron is one of the most common causes of restless legs, and one that can be treated.",
        NEW,
    )
    assert "No faults." in clinic.run("check", "data/faq/iron.yml")
    clinic.run("review")
    page = html.unescape((clinic.folder / "review" / "topics.html").read_text(encoding="utf-8"))
    assert NEW in page and OLD not in page

    said = clinic.run("review", "sign", "--name", "Dr A. Example", "--topic", "iron")
    assert "6 pieces signed by Dr A. Example" in said
    clinic.run("review")
    page = html.unescape((clinic.folder / "review" / "topics.html").read_text(encoding="utf-8"))
    assert "Signed by Dr A. Example" in page

    question = "can low iron cause restless legs"
    # The model still has the old words, which nobody has signed.
    assert SENTENCE in clinic.chat(question)[0]
    clinic.run("train", "--if-stale")
    iron, more, kidney, danger = clinic.chat(
        question, "tell me more", "what does dialysis do to my legs", "i want to kill myself"
    )
    assert NEW in iron
    assert "75 or below" in more
    assert SENTENCE in kidney
    assert "crisis line" in danger and SENTENCE not in danger


def test_file_that_she_broke_is_named_with_line_and_remedy(clinic: Clinic) -> None:
    path = clinic.folder / "data/faq/kidney.yml"
    before = path.read_text(encoding="utf-8")
    clinic.replace("data/faq/kidney.yml", "      review: needed", "      review needed")
    line = 1 + next(n for n, text in enumerate(path.read_text().splitlines()) if text == "      review needed")
    try:
        for command in (("check",), ("check", "data/faq/kidney.yml"), ("review",), ("train",)):
            told = clinic.run(*command, ok=False)
            assert f"data/faq/kidney.yml, line {line}" in told, told
            assert "lacks a colon. Write “review:”" in told, told
    finally:
        path.write_text(before, encoding="utf-8")
