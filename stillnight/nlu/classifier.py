"""One classifier for tasks and topics alike.

It predicts the full label (`lab_report`, `faq/iron`) and writes the intent (labels of one intent summed), the
`response_selector` result that Rasa's `utter_faq` reads, and, when in doubt, the topics to ask about.
"""

from __future__ import annotations

import math
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stillnight.clinical.diary.reader import diary_reader
from stillnight.clinical.labs.values import LabReading
from stillnight.clinical.medicines.speech import Speech
from stillnight.language.foreign import foreign_language
from stillnight.language.text import CHARACTERS_READ, has_words
from stillnight.nlu import labels
from stillnight.nlu.age_routing import about_grown_ups
from stillnight.nlu.decision import Danger, Decision, Thresholds, decide
from stillnight.nlu.diary_routing import about_diary
from stillnight.nlu.featurizer import sentence_vectors
from stillnight.nlu.insult_routing import about_question
from stillnight.nlu.lab_routing import about_labs
from stillnight.nlu.language_routing import LANGUAGE, about_language
from stillnight.nlu.letters_featurizer import letters
from stillnight.nlu.linear import Scores
from stillnight.nlu.medicine_routing import about_medicines
from stillnight.nlu.parts import QUESTION, SEVERAL, parts_of
from stillnight.nlu.red_flag_guard import RED_FLAGS, STANDS
from stillnight.nlu.second_net import DANGER, DANGER_KIND
from stillnight.nlu.several_questions import is_answerable, together
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.terms import LAB, LAB_READING, MEDICINE_SPEECH
from stillnight.nlu.topic_model import Hyperparameters, TopicModel
from stillnight.nlu.topic_options import TopicOptions
from stillnight.nlu.trained import Trained

_FILE = "topics.npz"
_WORDS_ALONE_MAX = 2
CHARACTERS_READ_FOR_DANGER = 400


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(Trained[TopicModel], IntentClassifier):
    """Needs the `SentenceFeaturizer` and the `LettersFeaturizer` before it.

    Options in `config.yml`:
        meaning_c, letters_c, letters_sharpness, meaning_weight, likeness_weight: see `topic_model.Hyperparameters`.
        question_weight: weight of the question in a long message (`language.questions.last_question`).
        second_above: probability from which each of several questions in one message is answered.
        answer_above: probability from which the best label is answered without asking.
        outside_slope, outside_offset: logistic curve from the odds of all out-of-scope kinds together to the
            probability that a message is none of ours.
        outside_above: that probability from which a message is out of scope.
        danger_above: distance from the second net's border (`SecondNet`) from which a message is taken for danger.
        harmless_below, self_harm_harmless_below: distance below which a danger that a rule found is taken back; the
            second is for self-harm, where a mistake weighs most.
        topic_counts, self_harm_topic_counts: what is taken off that distance for a message that is surely about one
            topic or task; the second is for self-harm, where a mistake weighs most.
        choices: how many topics are offered when in doubt.
    """

    @staticmethod
    def _read(folder: Path) -> TopicModel:
        return TopicModel.load(folder / _FILE)

    @staticmethod
    def _write(model: TopicModel, folder: Path) -> None:
        model.save(folder / _FILE)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Those of `TopicOptions`."""
        return TopicOptions().dict()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse an option that cannot be meant. Raises InvalidConfigException."""
        TopicOptions.of(config, cls.__name__)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example of a topic or a task; the same data give the same model.

        Dangers are the second net's, and near misses teach nothing about topics.
        """
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and _is_topical(message)]
        return self._keep(
            TopicModel.fit(
                letters(examples),
                sentence_vectors(examples),
                [labels.label_of(message) for message in examples],
                Hyperparameters(**{field.name: float(self._config[field.name]) for field in fields(Hyperparameters)}),
            )
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Write intent, ranking, response selection and choices into each message."""
        if not messages or self._model is None:
            return messages
        thresholds = Thresholds(**{field.name: self._config[field.name] for field in fields(Thresholds)})
        parts = self._model.parts(letters(messages), sentence_vectors(messages))
        for message, scores in zip(messages, parts.together):
            message.set(LANGUAGE, foreign_language(message.get(TEXT)), add_to_output=True)
            decision = self._decision(self._model, message, scores, thresholds)
            if labels.base(decision.label or "") != labels.RED_FLAG:
                if not has_words(mended(message)):
                    decision = _certainly(labels.UNREADABLE)
                elif len(message.get(TEXT)) > CHARACTERS_READ:
                    decision = _certainly(labels.TOO_LONG)
                decision = about_question(decision, message.get(TEXT))
                decision = about_grown_ups(decision, message.get(TEXT))
                decision = about_diary(decision, diary_reader().read(message.get(TEXT)))
                decision = about_medicines(decision, _speech(message))
                decision = about_labs(decision, _reading(message), _is_test_alone(message))
                decision = about_language(decision, message.get(LANGUAGE))
            _write(message, decision)
        return messages

    def _decision(self, model: TopicModel, message: Message, scores: Scores, thresholds: Thresholds) -> Decision:
        """What the words of one message call for, danger first."""
        question = parts_of(message, QUESTION)
        if question:
            weight = float(self._config["question_weight"])
            scores = (1 - weight) * scores + weight * model.parts(question.letters, question.vectors).together[0]
        prediction = model.prediction(scores)
        decision = decide(prediction, _danger(message), thresholds)
        several = parts_of(message, SEVERAL)
        if several and is_answerable(decision.label):
            each = model.predict(several.letters, several.vectors)
            first, *others = together(prediction, each, float(self._config["second_above"])) or (decision.label,)
            return replace(decision, label=first, also=tuple(others))
        return decision


def _is_topical(example: Message) -> bool:
    return not labels.is_near_miss(example) and labels.danger_of(labels.label_of(example)) is None


def _danger(message: Message) -> Danger:
    by_rule = next(iter(message.get(RED_FLAGS) or ()), None)
    # A second net that did not run has no say: it neither hears nor takes back.
    silent = math.inf if by_rule else -math.inf
    # Of another language the encoder reads next to nothing. Of a long message it reads only the beginning, and cannot
    # take back what a rule found; nor can it take back some finds at all: `stands` in knowledge/red_flags.yml.
    stands = by_rule and (message.get(STANDS) or len(message.get(TEXT)) > CHARACTERS_READ_FOR_DANGER)
    has_say = not (message.get(LANGUAGE) or stands)
    distance = message.get(DANGER, silent) if has_say else silent
    return Danger(by_rule, message.get(DANGER_KIND), distance, _speech(message).bare, bool(_reading(message).values))


def _speech(message: Message) -> Speech:
    return message.get(MEDICINE_SPEECH) or Speech()


def _reading(message: Message) -> LabReading:
    return message.get(LAB_READING) or LabReading(())


def _is_test_alone(message: Message) -> bool:
    named = any(entity["entity"] == LAB for entity in message.get(ENTITIES) or ())
    return named and len(mended(message).split()) <= _WORDS_ALONE_MAX


def _certainly(label: str) -> Decision:
    return Decision(label, 1.0, ((label, 1.0),), (), outside=1.0)


def _write(message: Message, decision: Decision) -> None:
    label = decision.label
    name = labels.base(label) if label else labels.FALLBACK_INTENT
    summed: dict[str, float] = {}
    for each, probability in decision.ranking:
        summed[labels.base(each)] = summed.get(labels.base(each), 0.0) + probability
    confidence = min(1.0, summed.get(name, decision.confidence))
    ranking = sorted(summed.items(), key=lambda item: -item[1])[:10]
    message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
    message.set(
        "intent_ranking",
        [{"name": intent, "confidence": probability} for intent, probability in ranking],
        add_to_output=True,
    )
    best = label or decision.ranking[0][0]
    message.set("response_selector", labels.response_selector(best, decision.confidence), add_to_output=True)
    message.set(labels.CHOICES, list(decision.choices), add_to_output=True)
    message.set("label_confidence", decision.confidence, add_to_output=True)
    message.set(labels.OUTSIDE, decision.outside, add_to_output=True)
    message.set(labels.ALSO, [each for each in decision.also if each != label], add_to_output=True)
