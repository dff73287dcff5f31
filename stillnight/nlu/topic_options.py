"""The options of `TopicClassifier`, with their defaults and limits; its docstring says what each means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field, root_validator

from stillnight.nlu.options import Options
from stillnight.nlu.topic_model import Hyperparameters

# So many buttons WhatsApp shows at once.
_CHOICES_MAX: Final = 3
# The second net's distances lie within a few units of its border.
_FAR: Final = 20.0


class TopicOptions(Options):
    """Strengths, weights and thresholds. How they were chosen: docs/decisions/0002-understanding.md."""

    meaning_c: float = Field(default=Hyperparameters.meaning_c, gt=0, le=1000)
    letters_c: float = Field(default=Hyperparameters.letters_c, gt=0, le=1000)
    letters_sharpness: float = Field(default=Hyperparameters.letters_sharpness, gt=0, le=100)
    meaning_weight: float = Field(default=Hyperparameters.meaning_weight, ge=0, le=1)
    likeness_weight: float = Field(default=Hyperparameters.likeness_weight, ge=0, le=100)
    question_weight: float = Field(default=0.2, ge=0, le=1)
    second_above: float = Field(default=0.6, ge=0, le=1)
    answer_above: float = Field(default=0.3, ge=0, le=1)
    # A slope below 0 would refuse what is ours.
    outside_slope: float = Field(default=0.82, gt=0, le=10)
    outside_offset: float = Field(default=2.09, ge=-20, le=20)
    outside_above: float = Field(default=0.35, ge=0, le=1)
    danger_above: float = Field(default=0.0, ge=-_FAR, le=_FAR)
    harmless_below: float = Field(default=-1.5, ge=-_FAR, le=_FAR)
    self_harm_harmless_below: float = Field(default=-5.0, ge=-_FAR, le=_FAR)
    topic_counts: float = Field(default=2.4, ge=0, le=_FAR)
    self_harm_topic_counts: float = Field(default=2.0, ge=0, le=_FAR)
    choices: int = Field(default=3, ge=1, le=_CHOICES_MAX)

    @root_validator(skip_on_failure=True)
    def _self_harm_is_taken_back_last(cls, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if not values["self_harm_harmless_below"] <= values["harmless_below"] <= values["danger_above"]:
            told = ", ".join(
                f"`{name}: {values[name]}`" for name in ("self_harm_harmless_below", "harmless_below", "danger_above")
            )
            raise ValueError(f"{told} must not fall from one to the next: mend the one that was changed last")
        return values
