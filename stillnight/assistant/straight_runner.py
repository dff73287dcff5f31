"""Running the trained graph in a straight line: the same nodes as Rasa's runner, without planning each run anew."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner


class StraightRunner(DaskGraphRunner):
    """Runs the nodes one after the other, in an order that is worked out once for each set of targets.

    Rasa hands every run to dask, which plans it anew and pays for running things at once. Nothing runs at once here.
    """

    _orders: dict[tuple[str, ...], list[tuple[str, GraphNode, tuple[str, ...]]]]

    @classmethod
    def instead_of(cls, runner: DaskGraphRunner) -> StraightRunner:
        """A runner of the nodes that another one has made."""
        straight = cls.__new__(cls)
        straight.__dict__.update(vars(runner), _orders={})
        return straight

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What the targets give, by their names.

        Args:
            inputs: values that nodes need by name.
            targets: names of nodes; the schema's own when not given.

        Raises:
            GraphRunError: when a node lacks an input, or fails as nodes of Rasa fail.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        done: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        try:
            for name, node, needs in self._orders[wanted]:
                # A need that nothing gave is handed over as its bare name: the node tells which one it misses.
                done[name] = node(*(done.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return {name: done[name][1] for name in wanted}

    def _order(self, wanted: tuple[str, ...]) -> list[tuple[str, GraphNode, tuple[str, ...]]]:
        nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return [(name, self._instantiated_nodes[name], needs[name]) for name in order if name in nodes]
