"""`stillnight report` on real stores: counts that are right, and nothing else on the page."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from stillnight.cli import app
from stillnight.conversations.sealing import new_key
from stillnight.conversations.store import ConversationStore
from stillnight.learning.conversations import Conversation, Opinion
from stillnight.paths import PROJECT
from stillnight.reporting.counts import DANGERS, OPINIONS, PEOPLE, TOPICS, count, whole_weeks
from tests.learning.talk import Talk
from tests.unit.test_evaluation_page import Read

DAY = 24 * 3600.0
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=timezone.utc).timestamp()  # a Wednesday
WEEK = datetime(2026, 11, 9, 12, tzinfo=timezone.utc).timestamp()  # Monday of the week before


def test_weeks_are_whole_and_nothing_of_them_was_deleted_for_its_age() -> None:
    assert [str(week) for week in whole_weeks(NOW, 30)] == ["2026-10-26", "2026-11-02", "2026-11-09"]
    assert [str(week) for week in whole_weeks(NOW, 16)] == ["2026-11-09"]
    assert whole_weeks(NOW, 7) == whole_weeks(NOW, 1) == ()
    monday = datetime(2026, 11, 16, 0, 0, 1, tzinfo=timezone.utc).timestamp()
    assert str(whole_weeks(monday, 30)[-1]) == "2026-11-09"
    assert str(whole_weeks(monday - 2, 30)[-1]) == "2026-11-02"


def test_conversation_counts_once_in_a_week_and_once_in_all() -> None:
    talk = Talk("a", WEEK - 7 * DAY)
    talk.hears("iron?", "faq/iron")
    talk.hears("iron again", "faq/iron")
    talk.at = WEEK
    talk.hears("and iron", "faq/iron")
    talk.hears("I want to die", "red_flag/self_harm")
    talk.at = NOW
    talk.hears("this week is not over", "faq/cure")
    events = tuple(event.as_dict() for event in talk.events)
    told = Conversation(events, (Opinion("x", True, WEEK), Opinion("y", True, WEEK), Opinion("z", False, NOW)))
    counts = count([told, told], whole_weeks(NOW, 30))
    assert counts.of(TOPICS, "iron") == ([0, 2, 2], 2)
    assert counts.of(DANGERS, "self_harm") == ([0, 0, 2], 2)
    assert counts.of(PEOPLE, PEOPLE) == ([0, 2, 2], 2)
    assert counts.of(OPINIONS, "helpful") == ([0, 0, 2], 2)
    assert counts.names(OPINIONS) == ["helpful"] and counts.names(TOPICS) == ["iron"]


@pytest.fixture(params=["sqlite", "sqlite encrypted", "postgresql", "postgresql encrypted"])
def told(request: Any, tmp_path: Path) -> tuple[str, dict[str, str]]:
    """The page of a store in which six asked about iron two weeks ago, four about the heart, one of all in danger."""
    keys = new_key() if "encrypted" in request.param else ""
    if request.param.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'conversations.db'}"
        environment = {"STILLNIGHT_DATA_DIR": str(tmp_path)}
    else:
        cluster = request.getfixturevalue("postgres")
        cluster.empty()
        url = cluster.url
        environment = {"STILLNIGHT_DATABASE": url, "STILLNIGHT_DATA_DIR": str(tmp_path / "none")}
    store = ConversationStore(url, Domain.load(str(PROJECT / "domain.yml")), keys=keys)
    # In the middle of the last whole week.
    monday = datetime.fromtimestamp(time.time(), timezone.utc).date()
    monday -= timedelta(days=monday.weekday() + 7)
    at = datetime(monday.year, monday.month, monday.day, 12, 34, 56, tzinfo=timezone.utc).timestamp() + 2 * DAY
    for number in range(10):
        talk = Talk(f"web-somebody-{number}", at)
        talk.hears(f"xylophonist {number}", "faq/iron" if number < 6 else "faq/heart")
        if number == 0:
            talk.hears("zugzwang", "red_flag/self_harm")
        talk.save(store)
    store.records.engine.dispose()
    return str(monday), environment | {"STILLNIGHT_ENCRYPTION_KEYS": keys}


def test_page_tells_counts_and_nothing_of_anybody(told: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    from typer.testing import CliRunner

    monday, environment = told
    made = CliRunner().invoke(app, ["report", str(tmp_path / "page.html")], env=environment)
    assert made.exit_code == 0, made.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    text = re.sub(r"data:image/svg\+xml;base64,[^\"]+", "", page).replace("<wbr>", "")
    cells = re.search(r"<th[^>]*>iron</th>(.*?)</tr>", text, re.DOTALL)
    assert cells and re.findall(r"<td[^>]*>(.*?)</td>", cells[1])[-2:] == ["6", "6"]
    assert monday in text
    # Four asked about the heart, one was in danger: neither is named.
    assert "heart" not in text and "self" not in text
    for word in ("xylophonist", "zugzwang", "somebody", "12:34", "web-"):
        assert word not in page
    assert page.count("<img") == 2
    Read(page)
    assert "default-src 'none'" in page and "<script" not in page


def test_store_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "stillnight"), "report", str(tmp_path / "page.html")]
    given = {"STILLNIGHT_DATA_DIR": str(tmp_path / "none"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=given, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "is not there" in done.stderr
    assert not (tmp_path / "page.html").exists()
