"""What is set before Rasa is imported."""

from __future__ import annotations

import os
import subprocess
import sys

from stillnight.observe.logs import _without_words
from stillnight.paths import PROJECT

_TALK = """
from stillnight.assistant.environment import prepare
prepare("DEBUG")
import os, logging, structlog
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message
YAMLStoryReader.unpack_regex_message(Message({"text": "/{xylophonist"}))
logging.getLogger("rasa.core.processor").debug("Received user message 'xylophonist'")
structlog.get_logger("rasa.core.processor").debug("processor.message.parse", user_text="xylophonist")
telling = structlog.get_logger("rasa.core.processor")
telling.info("processor.action.predicted", policy_name="rules", tracker="xylophonist")
print(os.environ["RASA_TELEMETRY_ENABLED"], os.environ["RASA_MAX_CACHE_SIZE"])
"""


def test_log_line_keeps_only_what_holds_no_words() -> None:
    logged = {
        "event": "processor.message.parse",
        "level": "info",
        "action_name": "action_listen",
        "policy_name": "RulePolicy",
        "component": "TopicClassifier",
        "user_text": "my secret",
        "text": "my secret",
        "parse_data_text": "my secret",
        "entities": ["my secret"],
        "rasa_events": "my secret",
    }
    kept = _without_words(None, "info", logged)
    assert set(kept) == {"event", "level", "action_name", "policy_name", "component"}
    assert "my secret" not in str(kept)


def test_rasa_logs_no_word_of_a_patient_even_at_debug() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RASA_", "LOG_LEVEL"))}
    ended = subprocess.run(
        [sys.executable, "-c", _TALK], capture_output=True, text=True, cwd=PROJECT, env=environment, check=True
    )
    assert "xylophonist" not in ended.stdout + ended.stderr
    assert "message.parsing.failed" in ended.stderr
    assert "policy_name=rules" in ended.stderr
    assert ended.stdout.split() == ["false", "0"]


def test_sums_of_one_sentence_run_in_one_thread() -> None:
    talk = (
        "from stillnight.assistant.environment import prepare; prepare('ERROR')\n"
        "import stillnight.nlu.topic_model, os, threadpoolctl\n"
        "print({each['num_threads'] for each in threadpoolctl.threadpool_info()})"
    )
    told = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    run = subprocess.run(
        [sys.executable, "-c", talk], cwd=PROJECT, env=told, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["{1}"]
