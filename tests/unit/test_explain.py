"""How one text is explained: on made-up parts, and once with the real assistant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stillnight.assistant.pipeline import component, trained
from stillnight.clinical.red_flags.finder import red_flag_finder
from stillnight.commands.explain import Explanation, Question, Rule, Said, explain, label_of, said_by, table
from stillnight.commands.understand import Understanding
from stillnight.content.catalogue import Catalogue, catalogue
from stillnight.content.responses import Answer, ContentFile, Example, examples_of
from stillnight.evaluation.evidence import Evidence, Part, evidence
from stillnight.evaluation.neighbours import Neighbour, nearest, vectors_of
from stillnight.evaluation.rule_lines import rule_line
from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.topic_model import Hyperparameters, TopicModel
from stillnight.nlu.weights import Vectors
from stillnight.paths import KNOWLEDGE, MODEL

TEXTS = [
    "low iron",
    "iron tablets",
    "iron in blood",
    "sleep badly",
    "no sleep",
    "good sleep",
    "hello",
    "hello you",
    "hi",
]
NGRAMS, _ = Ngrams.fit(TEXTS)
NAMES = ["faq/iron"] * 3 + ["faq/sleep"] * 3 + ["greet"] * 3
VECTORS = np.repeat(np.eye(3, dtype=np.float32), 3, axis=0)
IRON, SLEEP, GREET = VECTORS[[0, 3, 6]]


@pytest.fixture(scope="module")
def small() -> TopicModel:
    return TopicModel.fit(NGRAMS.transform(TEXTS), VECTORS, NAMES, Hyperparameters())


def weighed(model: TopicModel, text: str, vector: Vectors) -> dict[str, Evidence]:
    rows, vectors = NGRAMS.transform([text]), vector[None, :]
    return {each.label: each for each in evidence(model, model.parts(rows, vectors), [1.0])}


def test_parts_that_disagree_each_speak_for_their_label(small: TopicModel) -> None:
    # The words are of iron, the meaning is of sleep.
    found = weighed(small, "iron", SLEEP)
    assert found["faq/iron"].letters.alone > 0.9 > 0.1 > found["faq/iron"].meaning.alone
    assert found["faq/sleep"].meaning.alone > 0.5 > found["faq/sleep"].letters.alone
    assert (found["faq/iron"].letters.share, found["faq/iron"].likeness.share) == (1.0, 0.0)
    assert found["faq/sleep"].letters.share == 0.0
    assert found["faq/sleep"].meaning.share + found["faq/sleep"].likeness.share == pytest.approx(1.0, abs=1e-3)
    assert 0.1 < found["faq/sleep"].meaning.share < 0.9


def test_parts_that_agree_share_the_label(small: TopicModel) -> None:
    best = weighed(small, "iron", IRON)["faq/iron"]
    shares = (best.meaning.share, best.letters.share, best.likeness.share)
    assert sum(shares) == pytest.approx(1.0, abs=1e-3)
    assert min(shares) > 0.05


def test_label_that_nothing_speaks_for_has_no_shares(small: TopicModel) -> None:
    nothing = weighed(small, "iron", IRON)["greet"]
    assert (nothing.meaning.share, nothing.letters.share, nothing.likeness.share) == (0.0, 0.0, 0.0)


def test_probabilities_are_the_models_own_best_first(small: TopicModel) -> None:
    rows = NGRAMS.transform(["iron"])
    prediction = small.predict(rows, SLEEP[None, :])[0]
    found = evidence(small, small.parts(rows, SLEEP[None, :]), [1.0], most=2)
    assert [each.label for each in found] == [label for label, _ in prediction.ranking[:2]]
    for each, (_, probability) in zip(found, prediction.ranking):
        assert each.probability == pytest.approx(probability, abs=1e-4)


def test_weight_of_the_parts_moves_the_shares(small: TopicModel) -> None:
    heavier = replace(small, hyperparameters=replace(small.hyperparameters, meaning_weight=0.9))
    assert (
        weighed(heavier, "iron", IRON)["faq/iron"].meaning.share
        > weighed(small, "iron", IRON)["faq/iron"].meaning.share
    )


def test_question_of_a_long_message_counts_by_its_weight(small: TopicModel) -> None:
    rows, vectors = NGRAMS.transform(["iron", "hello"]), np.vstack([IRON, GREET])
    parts = small.parts(rows, vectors)
    shares = []
    for weight in (0.0, 0.5, 1.0):
        found = evidence(small, parts, [1 - weight, weight])
        shares.append(next(each.meaning.alone for each in found if each.label == "greet"))
        assert {each.label for each in found} == set(NAMES)
    assert shares[0] < shares[1] < shares[2]
    assert shares[2] == weighed(small, "hello", GREET)["greet"].meaning.alone


def examples() -> list[Example]:
    file = ContentFile(Path("iron.yml"), {"faq/iron": ("Low iron", "low iron", "blood"), "faq/sleep": ("sleep",)}, ())
    return examples_of([file])


def test_nearest_examples_come_first_and_once() -> None:
    vectors = np.array([[1, 0], [1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    found = nearest(np.array([1, 0], dtype=np.float32), examples(), vectors, most=2)
    assert [(each.example.text, each.example.label, each.cosine) for each in found] == [
        ("Low iron", "faq/iron", 1.0),
        ("blood", "faq/iron", 0.8),
    ]
    assert [each.example.text for each in nearest(vectors[3], examples(), vectors)] == ["sleep", "blood", "Low iron"]


def test_vectors_are_of_mended_examples_and_kept(tmp_path: Path) -> None:
    encoded: list[str] = []

    def encode(texts: Any) -> Vectors:
        encoded.extend(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    for _ in range(2):
        vectors = vectors_of(examples(), str.upper, encode, "one encoder", tmp_path)
        assert vectors[:, 0].tolist() == [8, 8, 5, 5]
    assert encoded == ["LOW IRON", "BLOOD", "SLEEP"]


def test_vectors_that_another_folder_keeps_are_not_made_anew(tmp_path: Path) -> None:
    encoded: list[str] = []

    def encode(texts: Any) -> Vectors:
        encoded.extend(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    elsewhere, ours = tmp_path / "elsewhere", tmp_path / "ours"
    vectors_of(examples(), str.upper, encode, "one encoder", ours)
    before = len(encoded)
    vectors_of(examples(), str.upper, encode, "one encoder", elsewhere, ours)
    assert len(encoded) == before
    assert not elsewhere.exists()
    vectors_of(examples(), str.upper, encode, "another encoder", elsewhere, ours)
    assert len(encoded) == 2 * before
    assert len(list(elsewhere.iterdir())) == 1


def test_line_of_a_rule(tmp_path: Path) -> None:
    (tmp_path / "red_flags.yml").write_text(
        "# rules\ngroups:\n  self: [one]\nred_flags:\n  clot:\n    says:\n    - one\n    - two & three\n"
        "    asked: [four]\n  bleeding:\n    says:\n    - one\n",
        encoding="utf-8",
    )
    found = [
        rule_line(tmp_path, category, rule)
        for category, rule in (
            ("clot", "two & three"),
            ("clot", "four"),
            ("clot", "one"),
            ("bleeding", "one"),
            ("bleeding", "four"),
            ("none", "one"),
        )
    ]
    assert found == [8, 9, 7, 12, None, None]


def test_rule_of_a_real_danger_stands_in_its_line() -> None:
    (flag,) = red_flag_finder().find("i want to kill myself")
    line = rule_line(KNOWLEDGE, flag.name, flag.rule)
    assert line is not None
    written = (KNOWLEDGE / "red_flags.yml").read_text(encoding="utf-8").splitlines()[line - 1]
    assert flag.rule[:60] in written


@pytest.mark.parametrize(
    ("intent", "selected", "label"),
    [
        ("lab_report", {}, "lab_report"),
        ("faq", {"faq": {"response": {"intent_response_key": "faq/iron"}}}, "faq/iron"),
        ("nlu_fallback", {"faq": {"response": {"intent_response_key": "faq/iron"}}}, None),
    ],
)
def test_label_of_a_parsed_message(intent: str, selected: dict[str, Any], label: str | None) -> None:
    assert label_of({"intent": {"name": intent}, "response_selector": selected}) == label


ANSWERS = {
    name: Answer(name, text, Path("made_up.yml"))
    for name, text in (("utter_faq/iron", "Iron helps."), ("utter_red_flag/clot", "Go today."), ("utter_you", "Your"))
}


def test_what_is_said_is_named() -> None:
    events: list[dict[str, Any]] = [
        {"event": "user", "text": "…"},
        {"event": "action", "name": "utter_faq"},
        {"event": "bot", "text": "Iron helps.", "metadata": {"utter_action": "utter_faq/iron"}},
        {"event": "action", "name": "action_explain_labs"},
        {"event": "bot", "text": "Your ferritin is 12.", "metadata": {}},
        {"event": "action", "name": "action_listen"},
    ]
    said = said_by(events, ["Iron helps.", "Your ferritin is 12."], Catalogue(ANSWERS, {}))
    assert said == Said(
        ("utter_faq", "action_explain_labs"), ("utter_faq/iron",), ("Iron helps.", "Your ferritin is 12.")
    )


def test_words_of_the_guard_are_known_by_their_text() -> None:
    events = [{"event": "bot", "text": "Go today.\nCall 112", "metadata": {}}]
    assert said_by(events, [], Catalogue(ANSWERS, {})).responses == ("utter_red_flag/clot",)


EXPLANATION = Explanation(
    "low iron",
    (Rule("clot", "same_day", "<leg> & swollen", 17),),
    (-3.25, "bleeding"),
    Understanding(
        "lo irn",
        None,
        None,
        0.31,
        ("iron", "heart"),
        entities={
            "labs": [{"lab": "ferritin", "value": 12.0, "unit": None, "comparator": "<", "owner": None}],
            "medicines": ["sertraline"],
            "medicine_classes": [],
        },
        outside=0.125,
        also="sleep",
    ),
    None,
    (Evidence("faq/iron", 0.31, Part(0.9, 0.5), Part(0.1, 0.25), Part(0.2, 0.25)),),
    Question("is it iron?", "faq/iron", 0.8),
    (Question("one?", "faq/iron", 0.7), Question("two?", "faq/sleep", 0.6)),
    (Neighbour(Example("my iron is low", "faq/iron", Path("iron.yml")), 0.8765),),
    (Neighbour(Example("i ate all my iron", "faq/iron", Path("near_misses/iron_poisoning.yml")), 0.5),),
    Said(("action_ask_topic",), ("utter_did_you_mean",), ("Did you mean\none of these?",)),
)


def test_table_tells_every_step() -> None:
    rows = table(EXPLANATION).splitlines()
    assert rows[:13] == [
        "typed            lo irn",
        "mended           low iron",
        "danger by rule   clot (same_day): <leg> & swollen   [knowledge/red_flags.yml, line 17]",
        "second net       -3.25 from its border (above 0: danger), likeliest bleeding",
        "labs             ferritin < 12 (no unit)",
        "medicines        sertraline",
        "understood       in doubt between iron, heart",
        "confidence       31.0%; none of ours: 12.5%",
        "also             sleep",
        "asks at the end  “is it iron?” → faq/iron 80.0%",
        "asks             “one?” → faq/iron 70.0%",
        "asks             “two?” → faq/sleep 60.0%",
        "actions          action_ask_topic",
    ]
    assert rows[13:15] == ["responses        utter_did_you_mean", "says             Did you mean"]
    assert rows[17].split(maxsplit=4) == [
        "faq/iron",
        "31.0%",
        "90.0%",
        "10.0%",
        "meaning 50%, letters 25%, examples 25%",
    ]
    assert rows[20].split(maxsplit=2) == ["0.876", "faq/iron", "my iron is low   [iron.yml]"]
    assert rows[22].endswith("example of the second net alone")
    near_miss = "i ate all my iron   [near_misses/iron_poisoning.yml]"
    assert rows[23].split(maxsplit=2) == ["0.500", "faq/iron", near_miss]


def test_columns_are_as_wide_as_the_longest_label() -> None:
    label = "red_flag/chest_pain_stroke_breathing"
    longer = replace(
        EXPLANATION,
        labels=(*EXPLANATION.labels, replace(EXPLANATION.labels[0], label=label)),
        nearest=(*EXPLANATION.nearest, replace(EXPLANATION.nearest[0], example=Example("chest", label, Path("a.yml")))),
    )
    rows = table(longer).splitlines()
    assert [row.index(word) for row, word in zip(rows[16:19], ("what", "meaning 50%", "meaning 50%"))] == [74] * 3
    assert [row.index(word) for row, word in zip(rows[20:23], ("example", "my iron", "chest   ["))] == [46] * 3


def test_explanation_is_ready_for_machines() -> None:
    told = json.loads(json.dumps(EXPLANATION.as_dict()))
    assert told["decision"] == {
        "label": None,
        "confidence": 0.31,
        "outside": 0.125,
        "choices": ["iron", "heart"],
        "also": "sleep",
    }
    assert told["rules"] == [{"red_flag": "clot", "urgency": "same_day", "rule": "<leg> & swollen", "line": 17}]
    assert told["second_net"] == {"distance": -3.25, "kind": "bleeding"}
    assert told["labels"][0]["letters"] == {"alone": 0.1, "share": 0.25}
    assert told["last_question"]["label"] == "faq/iron"
    assert [question["text"] for question in told["questions"]] == ["one?", "two?"]
    assert told["nearest"] == [{"text": "my iron is low", "label": "faq/iron", "file": "iron.yml", "cosine": 0.8765}]
    assert [each["text"] for each in told["nearest_of_danger"]] == ["i ate all my iron"]
    assert told["said"]["responses"] == ["utter_did_you_mean"]


async def test_real_assistant_is_explained(agent: Any) -> None:
    plain = await explain(agent, catalogue(), "can low iron cause restless legs and how is it inherrited", MODEL)
    assert plain.mended.endswith("how is it inherited")
    assert plain.rules == ()
    assert plain.second_net[0] < 0
    assert plain.label in ("faq/iron", "faq/genetics")
    assert [question.text for question in plain.questions] == [
        "can low iron cause restless legs",
        "how is it inherited",
    ]
    assert len(plain.labels) == 5
    assert plain.labels[0].label == plain.label
    assert plain.labels[0].probability == pytest.approx(plain.understanding.confidence, abs=1e-3)
    assert len(plain.nearest) == 5
    assert plain.nearest[0].cosine > 0.5
    assert all(each.example.is_topical for each in plain.nearest)
    assert not any(each.example.is_topical for each in plain.nearest_of_danger)
    assert plain.said.responses[0] == f"utter_{plain.label}"

    danger = await explain(agent, catalogue(), "i want to kill myself", MODEL)
    assert [rule.red_flag for rule in danger.rules] == ["self_harm"]
    assert danger.label == "red_flag/self_harm"
    assert danger.nearest_of_danger[0].example.label == "red_flag/self_harm"
    assert all(each.example.is_topical for each in danger.nearest)
    assert danger.said.responses == ("utter_red_flag/self_harm",)
    assert "utter_red_flag/self_harm" in table(danger)


def test_assistant_without_a_model_has_no_components() -> None:
    from rasa.core.agent import Agent

    with pytest.raises(ValueError, match="no model"):
        trained(Agent())


def test_component_that_no_model_has_is_missed(agent: Any) -> None:
    with pytest.raises(LookupError, match="Path"):
        component(agent, Path)
