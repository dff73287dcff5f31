"""Options of the components in `config.yml`: their defaults, and a refusal of what cannot be meant.

Rasa itself asks none but featurizers whether their options are right, and hands misspelt ones on.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, Extra, ValidationError, validator
from pydantic.fields import ModelField
from rasa.shared.exceptions import InvalidConfigException

Own = TypeVar("Own", bound="Options")
# As pydantic names the kind of an error.
_UNKNOWN: Final = "value_error.extra"
_TOGETHER: Final = "__root__"


class Options(BaseModel):
    """Options of a component that has none. A subclass adds its own: numbers, each with a default and limits."""

    class Config:
        """Nothing unknown, and nothing is changed later."""

        extra = Extra.forbid
        allow_mutation = False

    @validator("*", pre=True)
    def _number(cls, value: object, field: ModelField) -> object:
        # pydantic would take `yes` for 1, "0.3" for 0.3 and 2.7 for the whole number 2.
        kinds = (int,) if _is_whole(field) else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ValueError("not a number")
        return value

    @classmethod
    def of(cls: type[Own], config: Mapping[str, Any], component: str) -> Own:
        """The options of a component.

        Args:
            config: what stands in `config.yml`; what is left out has its default.
            component: its name, for the message.

        Raises:
            InvalidConfigException: names each wrong option, its value and the remedy.
        """
        try:
            return cls(**config)
        except ValidationError as error:
            faults = "; ".join(cls._fault(config, fault) for fault in error.errors())
            raise InvalidConfigException(f"config.yml, {component}: {faults}") from error

    @classmethod
    def _fault(cls, config: Mapping[str, Any], fault: Mapping[str, Any]) -> str:
        name = str(fault["loc"][0])
        if name == _TOGETHER:
            return str(fault["msg"])
        told = f"`{name}: {config[name]}`"
        if fault["type"] == _UNKNOWN:
            near = difflib.get_close_matches(name, cls.__fields__, n=1)
            return f"{told} is no option; " + (f"do you mean `{near[0]}`?" if near else "leave the line out")
        field = cls.__fields__[name]
        limits = field.field_info
        kind = "a whole number" if _is_whole(field) else "a number"
        range_ = f"above {limits.gt:g} and up to" if limits.ge is None else f"from {limits.ge:g} to"
        return (
            f"{told} cannot be meant; give {kind} {range_} {limits.le:g}, or leave the line out for {field.default:g}"
        )


def _is_whole(field: ModelField) -> bool:
    # With limits, a type of pydantic's own.
    return issubclass(field.type_, int)
