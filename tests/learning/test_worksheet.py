"""The worksheet: redacted, grouped, safe to open, and read back however it was saved."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest

from stillnight.commands.learn import make_worksheet
from stillnight.learning.find import IN_DOUBT, NOT_UNDERSTOOD, REFUSED, UNSURE, Found
from stillnight.learning.worksheet import COLUMNS, LabelledRow, WorksheetError, gathered, read, suggested, write
from stillnight.paths import DATA
from tests.learning.talk import Talk, store_at

EXAMPLES = [("can low iron cause it", "faq/iron"), ("is my iron low", "faq/iron"), ("i want a human", "human")]


def said(text: str, why: str = REFUSED, confidence: float = 0.9, suggestions: tuple[str, ...] = ()) -> Found:
    return Found(text, "out_of_scope/everyday", confidence, (why,), suggestions)


def test_messages_that_read_alike_are_one_row_the_most_frequent_first() -> None:
    rows = gathered(
        [
            said("once"),
            said("What about Anna's sofa?"),
            said("what about anna s sofa", UNSURE, 0.3),
            said("what about Bob's sofa!", REFUSED, 0.5),
        ]
    )
    assert [(row.count, row.text) for row in rows] == [(3, "What about [name]'s sofa?"), (1, "once")]
    assert rows[0].confidence == 0.3
    assert rows[0].why == {REFUSED, UNSURE}


def test_dangers_by_rule_are_left_out() -> None:
    assert gathered([said("i want to kill myself"), said("my sofa")])[0].text == "my sofa"
    assert len(gathered([said("i want to kill myself"), said("my sofa")])) == 1


def test_suggestions_come_from_the_conversation_then_from_like_examples() -> None:
    rows = gathered([said("my iron is low, is it", suggestions=("faq/heart", "out_of_scope/everyday"))])
    assert list(suggested(rows, EXAMPLES)) == [(rows[0], ["faq/heart", "faq/iron"])]
    nothing_alike = gathered([said("xqzw vvkp")])
    assert list(suggested(nothing_alike, EXAMPLES)) == [(nothing_alike[0], [])]
    assert list(suggested([], EXAMPLES)) == []


def test_the_file_has_a_header_and_no_formulas(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    texts = ["=cmd|' /C calc'!A0", "+1 is enough", "-- dashes", "plain, with a comma", 'with "quotes"']
    write(sheet, [(row, ["faq/iron", "human"]) for row in gathered(said(text) for text in texts)])
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == COLUMNS
    assert all(row[0] == "1" and row[5] == "faq/iron, human" and row[6] == "" for row in rows[1:])
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert {row.text for row in read(sheet)} == set(texts)
    assert sheet.stat().st_mode & 0o077 == 0


def test_a_worksheet_is_never_overwritten(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("text,label\nmine,iron\n")
    with pytest.raises(WorksheetError, match="is there already"):
        write(sheet, [])
    assert "mine" in sheet.read_text()
    with pytest.raises(WorksheetError, match="cannot be written"):
        write(tmp_path / "nowhere" / "sheet.csv", [])


@pytest.mark.parametrize(
    "saved",
    [
        'count,text,label\r\n1,"a, b; c",iron\r\n\r\n2,second,\r\n',
        'count;text;label\n1;"a, b; c";iron\n\n2;second;\n',
        "\ufeffcount\tTEXT\tLabel\n1\ta, b; c\t iron \n\n2\tsecond\n",
    ],
)
def test_a_worksheet_is_read_however_it_was_saved(tmp_path: Path, saved: str) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(saved.encode())
    rows = [row for row in read(sheet) if row.text]
    assert rows == [LabelledRow(2, "a, b; c", "iron"), LabelledRow(4, "second", "")]


@pytest.mark.parametrize(
    ("saved", "said_of_it"),
    [
        (b"count,text\n1,a\n", "needs the columns"),
        (b"", "needs the columns"),
        ("text,label\ncaf\u00e9,iron\n".encode("cp1252"), "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_worksheet_is_refused(tmp_path: Path, saved: bytes | None, said_of_it: str) -> None:
    sheet = tmp_path / "sheet.csv"
    if saved is not None:
        sheet.write_bytes(saved)
    with pytest.raises(WorksheetError, match=said_of_it):
        read(sheet)


def test_from_the_store_to_the_sheet_nothing_tells_who_it_was(tmp_path: Path) -> None:
    store = store_at(tmp_path / "conversations.db")
    talk = Talk("web-0123456789abcdef")
    talk.doubts("my wife Annegret, born 3.4.1961, asks about the thing, 07700 900123", "iron")
    talk.save(store)
    asyncio.run(store.keep_feedback(talk.sender, "web-0123456789abcdef-1.0", False, "Annegret did not like it"))
    sheet = tmp_path / "sheet.csv"
    told = make_worksheet(sheet, str(tmp_path / "conversations.db"), DATA, None, 0.35)
    text = sheet.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["text"] for row in rows] == ["my wife [name], born [date], asks about the thing, [phone]"]
    assert (rows[0]["understood_as"], rows[0]["confidence"]) == (IN_DOUBT, "0.15")
    assert rows[0]["why"] == f"{NOT_UNDERSTOOD}; not helpful"
    assert rows[0]["suggestion"].startswith("faq/iron")
    for secret in ("Annegret", "1961", "7700", talk.sender, "2026", "-11-"):
        assert secret not in text
    assert "1 rows from 1 messages" in told
    assert "--merge" in told


def test_without_anything_to_learn_there_is_no_sheet(tmp_path: Path) -> None:
    store = store_at(tmp_path / "conversations.db")
    talk = Talk("a")
    talk.hears("can low iron cause it", "faq/iron")
    talk.says("utter_faq/iron").save(store)
    told = make_worksheet(tmp_path / "sheet.csv", str(tmp_path / "conversations.db"), DATA, None, 0.35)
    assert "Nothing to learn" in told
    assert not (tmp_path / "sheet.csv").exists()
