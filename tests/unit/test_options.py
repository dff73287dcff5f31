"""Options in `config.yml` that cannot be meant are refused, by the components themselves: Rasa does not ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException

from stillnight.nlu.classifier import TopicClassifier
from stillnight.nlu.featurizer import SentenceFeaturizer
from stillnight.nlu.letters_featurizer import LettersFeaturizer
from stillnight.nlu.red_flag_guard import RedFlagGuard
from stillnight.nlu.second_net import SecondNet
from stillnight.nlu.spelling_component import SpellingHelp
from stillnight.nlu.terms import TermExtractor
from stillnight.nlu.topic_options import TopicOptions
from stillnight.paths import PROJECT

WITHOUT_OPTIONS = [RedFlagGuard, SpellingHelp, SentenceFeaturizer, LettersFeaturizer, TermExtractor, SecondNet]


def made(component: Any, folder: Path, **given: Any) -> GraphComponent:
    """A component as Rasa makes it from a line of `config.yml`."""
    config = {**component.get_default_config(), **given}
    context = ExecutionContext(GraphSchema({}))
    return component.create(config, LocalModelStorage(folder), Resource("own"), context)


def refusal(component: Any, folder: Path, **given: Any) -> str:
    with pytest.raises(InvalidConfigException) as error:
        made(component, folder, **given)
    return str(error.value)


def test_options_of_the_project_are_taken(tmp_path: Path) -> None:
    pipeline = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    (own,) = (dict(line) for line in pipeline if line["name"].endswith("TopicClassifier"))
    own.pop("name")
    made(TopicClassifier, tmp_path, **own)
    assert own.keys() == TopicOptions.__fields__.keys()


@pytest.mark.parametrize("name", sorted(TopicOptions.__fields__))
@pytest.mark.parametrize("value", [-1000, 10_000, float("nan"), "0.3", True, None, [0.3]])
def test_every_option_has_a_kind_and_limits(tmp_path: Path, name: str, value: Any) -> None:
    told = refusal(TopicClassifier, tmp_path, **{name: value})
    assert told.startswith(f"config.yml, TopicClassifier: `{name}: {value}` cannot be meant; give ")


@pytest.mark.parametrize("name", sorted(TopicOptions.__fields__))
def test_limits_hold_the_default_and_are_themselves_allowed(tmp_path: Path, name: str) -> None:
    field = TopicOptions.__fields__[name]
    limits = field.field_info
    assert (limits.ge is None) != (limits.gt is None)
    assert (limits.ge if limits.gt is None else limits.gt) < limits.le
    # Three of them hang together.
    if name not in {"danger_above", "harmless_below", "self_harm_harmless_below"}:
        made(TopicClassifier, tmp_path, **{name: limits.le})


def test_refusal_names_option_value_and_remedy(tmp_path: Path) -> None:
    assert refusal(TopicClassifier, tmp_path, answer_above=1.5) == (
        "config.yml, TopicClassifier: `answer_above: 1.5` cannot be meant; give a number from 0 to 1, or leave the "
        "line out for 0.3"
    )
    assert "`meaning_c: 0` cannot be meant; give a number above 0 and up to 1000" in refusal(
        TopicClassifier, tmp_path, meaning_c=0
    )


def test_whole_numbers_will_do_for_others_but_not_the_other_way_round(tmp_path: Path) -> None:
    made(TopicClassifier, tmp_path, meaning_c=5)
    assert "give a whole number from 1 to 3" in refusal(TopicClassifier, tmp_path, choices=2.5)


def test_all_wrong_options_are_named_at_once(tmp_path: Path) -> None:
    told = refusal(TopicClassifier, tmp_path, answer_above=2, choices=0)
    assert "`answer_above: 2`" in told
    assert "`choices: 0`" in told


def test_misspelt_option_is_refused_with_what_was_meant(tmp_path: Path) -> None:
    told = refusal(TopicClassifier, tmp_path, answer_abov=0.4)
    assert told == "config.yml, TopicClassifier: `answer_abov: 0.4` is no option; do you mean `answer_above`?"


@pytest.mark.parametrize(
    "given",
    [{"self_harm_harmless_below": -1.0}, {"harmless_below": 0.5}, {"danger_above": -2.0}],
    ids=lambda given: next(iter(given)),
)
def test_self_harm_is_never_taken_back_sooner_than_another_danger(tmp_path: Path, given: dict[str, float]) -> None:
    told = refusal(TopicClassifier, tmp_path, **given)
    ((name, value),) = given.items()
    assert f"`{name}: {value}`" in told
    assert "must not fall from one to the next" in told


@pytest.mark.parametrize("component", WITHOUT_OPTIONS, ids=lambda component: component.__name__)
def test_component_without_options_takes_none(tmp_path: Path, component: Any) -> None:
    told = refusal(component, tmp_path, epochs=3)
    assert told == f"config.yml, {component.__name__}: `epochs: 3` is no option; leave the line out"


@pytest.mark.parametrize("component", [RedFlagGuard, SpellingHelp, LettersFeaturizer, TermExtractor, SecondNet])
def test_component_without_options_is_made(tmp_path: Path, component: Any) -> None:
    assert isinstance(made(component, tmp_path), component)
