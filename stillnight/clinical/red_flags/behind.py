"""Words that are a danger only behind what was told before: flashing lights, of somebody who is pregnant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.templates import Notation


class Behind:
    """The entries `behind` of `red_flags.yml`: what each needs (`known`, `told`), what is then said."""

    def __init__(self, entries: Mapping[str, Sequence[Mapping[str, Any]]], notation: Notation) -> None:
        """Take the entries of each danger. Raises ValueError for a rule that cannot be read."""
        numbered = [(f"{name} {at}", each) for name, those in entries.items() for at, each in enumerate(those)]
        self._known = {key: frozenset(each.get("known") or ()) for key, each in numbered}
        self._needs = {key for key, each in numbered if each.get("told")}
        self._says, self._told = (
            TemplateMatcher(
                (key, notation.parse(str(source))) for key, each in numbered for source in each.get(part, ())
            )
            for part in ("says", "told")
        )

    @property
    def matchers(self) -> tuple[TemplateMatcher, ...]:
        """Both kinds of rule, whose words have to be known to the reader."""
        return self._says, self._told

    def dangers(
        self,
        text: str,
        known: Collection[str],
        earlier: Iterable[str],
        find: Callable[[TemplateMatcher, str], set[str]],
    ) -> Iterator[str]:
        """Names of the dangers. `find`: keys of the rules that hold in a text."""
        said = find(self._says, text)
        if not said:
            return
        said = {key for key in said if not self._known[key] or not self._known[key].isdisjoint(known)}
        wanting = said & self._needs
        holding = said - wanting
        for each in earlier:
            if not wanting:
                break
            holding |= wanting & find(self._told, each)
            wanting -= holding
        yield from dict.fromkeys(key.rsplit(" ", 1)[0] for key in sorted(holding))
