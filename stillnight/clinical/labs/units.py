"""From one unit of a lab to another, by pint, with the molar mass for units that count particles."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stillnight.clinical.labs.definitions import Lab

if TYPE_CHECKING:
    from pint import UnitRegistry


@lru_cache(maxsize=1)
def _registry() -> UnitRegistry:
    # Imported late: it takes half a second, and most messages hold no lab value.
    from pint import UnitRegistry

    registry: UnitRegistry = UnitRegistry()
    # What an international unit weighs differs by substance; here it only has to stay what it is.
    registry.define("international_unit = [international_unit]")
    return registry


def convert(value: float, lab: Lab, unit: str, to: str | None = None) -> float:
    """A value in another unit of the same lab.

    Args:
        value: in `unit`.
        lab: whose units these are.
        unit: name of a unit of the lab.
        to: name of another, the lab's own when None.

    Raises:
        KeyError: for a unit that the lab does not have.
    """
    source, target = lab.units[unit], lab.units[to or lab.unit]
    if source == target:
        return value
    registry = _registry()
    one = registry.Quantity(registry.parse_expression(target.pint))
    quantity = registry.Quantity(value * registry.parse_expression(source.pint))
    mass = registry.Quantity(lab.molar_mass or 1.0, "g/mol")
    # The context does nothing between units that both weigh, or both count.
    return float(quantity.to(one.units, "chemistry", mw=mass).magnitude / one.magnitude)
