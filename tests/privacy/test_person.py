"""`stillnight export` and `stillnight forget`, on both databases, plain and encrypted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stillnight.channels.web.tokens import Tokens
from tests.privacy.conftest import LINE, PHONE, SECRET, WEB, WHATSAPP, WORDS, Clinic, run


def test_person_of_the_web_gets_what_is_kept_and_nothing_of_others(talked: Clinic) -> None:
    token = Tokens(SECRET, 30)._sessions.dumps(WEB)
    for given in (WEB, str(token)):
        told = run("export", "--session", given)
        assert told.exit_code == 0, told.stderr
        exported = json.loads(told.stdout)
        assert [each["text"] for each in exported["messages"] if each["by"] == "you"] == [f"my {WORDS[WEB][0]} legs"]
        assert exported["remembered"]["medicines"] == ["ropinirole"]
        assert exported["feedback"][0]["reason"] == WORDS[WEB][1]
        assert not any(word in told.stdout for word in WORDS[WHATSAPP])


@pytest.mark.parametrize("given", [["--person", "+44 7700 900123"], ["--session", WHATSAPP]], ids=["phone", "code"])
def test_person_of_whatsapp_gets_what_is_on_its_way_too(talked: Clinic, given: list[str]) -> None:
    told = run("export", *given)
    assert told.exit_code == 0, told.stderr
    exported = json.loads(told.stdout)
    assert exported["conversation"] == WHATSAPP
    assert all(word in told.stdout for word in WORDS[WHATSAPP])
    assert len(exported["on_their_way"]["offered_options"]) == 1
    assert not any(word in told.stdout for word in WORDS[WEB])


def test_forgetting_deletes_from_every_table_and_leaves_others_alone(talked: Clinic) -> None:
    assert run("forget", "--person", PHONE, "--line", LINE).exit_code == 0
    assert run("forget", "--session", WEB).exit_code == 0
    for word in (*WORDS[WEB], *WORDS[WHATSAPP], PHONE, WHATSAPP, WEB):
        assert talked.in_tables(word) == [], word
    assert run("export", "--session", WEB).exit_code == 1


def test_forgotten_words_are_in_no_file(talked: Clinic) -> None:
    encrypted = bool(talked.keys)
    for word in (*WORDS[WEB], *WORDS[WHATSAPP], PHONE):
        assert bool(talked.traces(word)) == bool(talked.in_tables(word)) == (not encrypted), word
    assert run("forget", "--session", WEB).exit_code == 0
    if not encrypted and talked.cluster is None:
        assert talked.traces(WORDS[WHATSAPP][0])
    assert run("forget", "--session", WHATSAPP).exit_code == 0
    if talked.cluster is not None:
        talked.wipe(talked.keys)
    for word in (*WORDS[WEB], *WORDS[WHATSAPP], PHONE):
        assert talked.traces(word) == [], word


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "either --session or --person"),
        (["--session", WEB, "--person", PHONE], "either --session or --person"),
        (["--session", "web-" + "1b" * 16], "nothing is kept"),
        (["--session", "xylophonist"], "neither a code"),
        (["--person", "07700900123"], "begins with +"),
        (["--person", "+447700900999"], "nothing is kept"),
    ],
)
@pytest.mark.parametrize("clinic", ["sqlite"], indirect=True)
def test_whoever_cannot_be_found_is_said_in_one_line(talked: Clinic, given: list[str], said: str) -> None:
    for command in ("export", "forget"):
        told = run(command, *given)
        assert told.exit_code == 1
        assert said in told.stderr and told.stderr.count("\n") == 1
        assert told.stdout == ""


def test_without_a_database_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STILLNIGHT_DATA_DIR", str(tmp_path / "none"))
    for command in (["export", "--session", WEB], ["forget", "--session", WEB], ["keys", "left"]):
        told = run(*command)
        assert told.exit_code == 1 and "nothing was kept yet" in told.stderr
    assert list(tmp_path.iterdir()) == []
