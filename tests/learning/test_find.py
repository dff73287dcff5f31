"""Which messages are picked from a tracker store."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from stillnight.conversations.sealing import new_key
from stillnight.conversations.store import ConversationStore
from stillnight.learning.conversations import SAFETY_SLOT, Conversations, StoreError
from stillnight.learning.find import IN_DOUBT, NOT_HELPFUL, NOT_UNDERSTOOD, REFUSED, UNSURE, Found, find
from stillnight.safety.record import SLOT
from tests.learning.talk import NOON, Talk, store_at

BELOW = 0.35


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def store(file: Path) -> ConversationStore:
    return store_at(file)


def found(file: Path, since: float = 0.0, below: float = BELOW) -> list[Found]:
    return [each for talk in Conversations(str(file)).since(since) for each in find(talk, since, below)]


def why(file: Path, since: float = 0.0) -> dict[str, tuple[str, ...]]:
    return {each.text: each.why for each in found(file, since)}


def test_what_was_answered_well_is_not_picked(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.hears("can low iron cause it", "faq/iron")
    talk.says("utter_faq/iron").save(store)
    assert found(file) == []


def test_given_up_and_asked_back_in_vain(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.doubts("the thing with the thing", "iron", "heart")
    talk.doubts("you know the thing", "iron")
    talk.events.pop()
    talk.says("utter_cannot_help")
    talk.save(store)
    left = Talk("b")
    left.doubts("and then they left", "mood")
    left.save(store)
    said_no = Talk("c")
    said_no.doubts("not this either", "mood")
    said_no.hears("no", "deny")
    said_no.says("utter_cannot_help").save(store)
    assert why(file) == {
        "the thing with the thing": (NOT_UNDERSTOOD,),
        "you know the thing": (NOT_UNDERSTOOD,),
        "and then they left": (NOT_UNDERSTOOD,),
        "not this either": (NOT_UNDERSTOOD,),
    }
    first = found(file)[0]
    assert (first.understood_as, first.confidence) == (IN_DOUBT, 0.15)
    assert first.suggestions == ("faq/iron", "faq/heart")


def test_what_became_clear_after_asking_back_suggests_its_label(file: Path, store: ConversationStore) -> None:
    tapped, yes, again = Talk("a"), Talk("b"), Talk("c")
    tapped.doubts("tapped it", "iron", "heart")
    tapped.presses("Heart", "/faq/heart")
    tapped.says("utter_faq/heart").save(store)
    yes.doubts("said yes", "mood", "heart")
    yes.hears("yes", "affirm")
    yes.says("utter_faq/mood").save(store)
    again.doubts("said it again", "iron", ranking=[{"name": "human", "confidence": 0.14}])
    again.hears("is there a cure", "faq/cure")
    again.says("utter_faq/cure").save(store)
    picked = found(file)
    assert {each.why for each in picked} == {(UNSURE,)}
    assert [each.suggestions for each in picked] == [
        ("faq/heart", "faq/iron"),
        ("faq/mood", "faq/heart"),
        ("faq/cure", "faq/iron", "human"),
    ]


def test_a_button_that_was_not_offered_clears_nothing_up(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.doubts("the thing", "iron")
    talk.presses("Talk to a person", "/human")
    talk.save(store)
    assert why(file) == {"the thing": (NOT_UNDERSTOOD,)}


def test_refused_voted_down_and_unsure(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.hears("my sofa is soft", "out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday")
    liked = talk.hears("liked", "faq/iron")
    talk.says("utter_faq/iron")
    disliked = talk.hears("disliked", "faq/iron")
    talk.says("utter_faq/iron").says("utter_faq/heart")
    both = talk.hears("unsure and disliked", "faq/heart", 0.3)
    talk.says("utter_faq/heart")
    talk.save(store)
    asyncio.run(store.keep_feedback("a", f"{liked}.0", True, None))
    asyncio.run(store.keep_feedback("a", f"{disliked}.1", False, "Anna says it is rubbish"))
    asyncio.run(store.keep_feedback("a", f"{both}.0", False, None))
    assert why(file) == {
        "my sofa is soft": (REFUSED,),
        "disliked": (NOT_HELPFUL,),
        "unsure and disliked": (NOT_HELPFUL, UNSURE),
    }
    assert [each.understood_as for each in found(file)] == ["out_of_scope/everyday", "faq/iron", "faq/heart"]


def test_a_vote_in_another_conversation_counts_there(file: Path, store: ConversationStore) -> None:
    for sender in ("a", "b"):
        talk = Talk(sender)
        talk.hears(f"said by {sender}", "faq/iron")
        talk.says("utter_faq/iron").save(store)
    asyncio.run(store.keep_feedback("a", "a-1.0", False, None))
    assert list(why(file)) == ["said by a"]


def test_buttons_and_what_they_type_are_left_out(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.presses("Something else", "/out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday", buttons=[{"title": "I am safe", "payload": "I am safe now"}])
    talk.hears("I am safe now", "out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday").save(store)
    assert found(file) == []


def test_messages_of_danger_are_left_out(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.hears("heard by the second net", "red_flag/clot", 0.2)
    talk.danger("clot")
    talk.hears("while it was open", "out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday")
    talk.danger(None)
    talk.hears("taken back", "out_of_scope/everyday", red_flags=["clot"])
    talk.says("utter_out_of_scope/everyday")
    talk.hears("answered with numbers to call", "lab_report", 0.2)
    talk.says("utter_urgent", contacts=[{"say": "999", "href": "tel:999"}])
    talk.hears("after all that", "out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday").save(store)
    assert list(why(file)) == ["after all that"]
    assert SAFETY_SLOT == SLOT


def test_answers_to_a_form_are_not_unsure(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.form("lab_form")
    talk.hears("in a form", "faq/iron", 0.2)
    talk.form(None)
    talk.hears("after it", "faq/iron", 0.2)
    talk.save(store)
    assert list(why(file)) == ["after it"]


def test_what_has_no_words_or_too_many_is_left_out(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    for text in ("???", "long " * 500, "/restart", "short enough"):
        talk.hears(text, "out_of_scope/unreadable")
        talk.says("utter_out_of_scope/unreadable")
    talk.save(store)
    assert list(why(file)) == ["short enough"]


def test_messages_before_the_first_day_are_left_out_but_count_as_context(file: Path, store: ConversationStore) -> None:
    old, new = Talk("a", NOON - 1000), Talk("b")
    old.hears("long ago", "out_of_scope/everyday")
    old.says("utter_out_of_scope/everyday")
    old.danger("clot")
    old.at = NOON
    old.hears("today, danger still open", "out_of_scope/everyday")
    old.says("utter_out_of_scope/everyday").save(store)
    new.hears("today", "out_of_scope/everyday")
    new.says("utter_out_of_scope/everyday").save(store)
    assert list(why(file, NOON)) == ["today"]
    assert list(why(file)) == ["long ago", "today"]


def test_many_conversations_come_one_by_one_while_others_write(file: Path, store: ConversationStore) -> None:
    for number in range(450):
        talk = Talk(f"s{number:04}")
        talk.hears(f"number {number}", "out_of_scope/everyday")
        talk.says("utter_out_of_scope/everyday").save(store)
    conversations = Conversations(str(file)).since()
    first = next(conversations)
    assert first.events[0]["text"] == "number 0"
    writer = sqlite3.connect(file, timeout=0)
    writer.execute("DELETE FROM conversations WHERE sender = 's0449'")
    writer.commit()
    assert sum(1 for _ in conversations) == 448


def test_reading_changes_nothing(file: Path, store: ConversationStore) -> None:
    talk = Talk("a")
    talk.hears("my sofa", "out_of_scope/everyday")
    talk.save(store)
    before = file.read_bytes()
    found(file)
    assert file.read_bytes() == before


def test_an_encrypted_store_is_read_with_its_keys_alone(file: Path) -> None:
    key = new_key()
    talk = Talk("a")
    talk.hears("my sofa", "out_of_scope/everyday")
    talk.says("utter_out_of_scope/everyday").save(ConversationStore(f"sqlite:///{file}", keys=key))
    assert [event["text"] for talk in Conversations(str(file), key).since() for event in talk.events[:1]] == ["my sofa"]
    for wrong in ("", new_key()):
        with pytest.raises(StoreError, match="STILLNIGHT_ENCRYPTION_KEYS"):
            list(Conversations(str(file), wrong).since())


def test_a_store_of_an_older_version_is_named_in_one_sentence(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE events (id INTEGER, sender_id TEXT, data TEXT)")
    with pytest.raises(StoreError, match="older version"):
        Conversations(str(file))


def test_a_store_that_cannot_be_read_is_named_in_one_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    with pytest.raises(StoreError, match="is not there"):
        Conversations(str(missing))
    assert not missing.exists()
    text = tmp_path / "text.db"
    text.write_text("no database at all, but long enough to be looked at " * 50)
    with pytest.raises(StoreError, match="cannot be read"):
        Conversations(str(text))
    empty = tmp_path / "empty.db"
    sqlite3.connect(empty).execute("CREATE TABLE other (id INTEGER)")
    with pytest.raises(StoreError, match="holds no conversations"):
        Conversations(str(empty))
    with pytest.raises(StoreError, match="not understood"):
        Conversations("nonsense://x")
