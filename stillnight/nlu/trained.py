"""What Rasa components that learn one model have in common: made empty, trained, kept in the archive, loaded."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, Generic, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from stillnight.nlu.options import Options

Model = TypeVar("Model")
Own = TypeVar("Own", bound="Trained[Any]")


class Trained(GraphComponent, Generic[Model]):
    """Base of a component. A subclass says how its model is read from a folder and written into it."""

    def __init__(self, config: dict[str, Any], resource: Resource, storage: ModelStorage) -> None:
        """The model comes by training or by `load`. Raises InvalidConfigException for an option that is wrong."""
        # Rasa does not.
        self.validate_config(config)
        self._config = config
        self._resource = resource
        self._storage = storage
        self._model: Model | None = None

    @staticmethod
    @abstractmethod
    def _read(folder: Path) -> Model:
        """The model that `_write` left in a folder."""

    @staticmethod
    @abstractmethod
    def _write(model: Model, folder: Path) -> None:
        """Leave the model in a folder."""

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Most components have no options. Raises InvalidConfigException when one is given."""
        Options.of(config, cls.__name__)

    @classmethod
    def create(
        cls: type[Own],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Own:
        """A component yet to be trained."""
        return cls(config, resource, model_storage)

    @classmethod
    def load(
        cls: type[Own],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Own:
        """The trained component of a model archive."""
        component = cls(config, resource, model_storage)
        with model_storage.read_from(resource) as folder:
            component._model = cls._read(folder)
        return component

    def _keep(self, model: Model) -> Resource:
        """Take a model that was just trained, and put it into the archive."""
        self._model = model
        with self._storage.write_to(self._resource) as folder:
            self._write(model, folder)
        return self._resource
