"""A pathway: one frozen value that says everything. Running, drawing and proving it are functions of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from attrs import evolve, fields, frozen

from pathway.model.errors import DefinitionError
from pathway.model.parts import Condition, Parts, guards_of

if TYPE_CHECKING:
    from pathway.model.ready import Ready
    from pathway.model.reference import Reference


@frozen(eq=False, repr=False)  # those of `Parts`, which has the same fields
class Pathway(Parts):
    """A clinical pathway as data: no input or output, no clock, no callbacks.

    Its fields are those of `Parts`. Raises `DefinitionError` with all faults at once: names that are not defined, names
    that are defined twice, rules without a citation.
    """

    def __attrs_post_init__(self) -> None:
        from pathway.model.check import faults_of  # a pathway that was checked before does without

        if faults := faults_of(self):
            raise DefinitionError(faults)
        _MADE[id(self)] = self

    @classmethod
    def of(cls, parts: Parts, ready: Ready | None = None) -> Pathway:
        """The pathway of these parts. With `ready`, worked out from these very parts, it is not checked again."""
        values: dict[str, Any] = {one.name: getattr(parts, one.name) for one in fields(Parts)}
        if ready is None:
            return cls(**values)
        made = object.__new__(cls)
        for name, value in (*values.items(), ("digest", ready.digest), ("ready", ready)):
            object.__setattr__(made, name, value)
        _MADE[id(made)] = made
        return made

    @cached_property
    def ready(self) -> Ready | None:
        """What was worked out from this very value before; None for any other, a copy included."""
        return None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: the same content, the same digest, on every machine."""
        from pathway.model.canonical_data import digest_of  # a case is driven without the JSON converter

        return digest_of(self)

    def with_reference(self, reference: Reference) -> Pathway:
        """The same pathway with a site's own reference intervals, and so with another digest."""
        return evolve(self, reference=reference)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.digest, self._json)

    @cached_property
    def _json(self) -> str:
        """The canonical JSON, kept: each pickled case writes it."""
        from pathway.model.canonical_data import to_json

        return to_json(self)


_MADE: WeakValueDictionary[int, Pathway] = WeakValueDictionary()
"""The pathways that were made in this process, by identity, in the order in which they were made."""

_UNPICKLED: WeakValueDictionary[str, Pathway] = WeakValueDictionary()
"""The pathways that came from another process and were not known here, by digest."""


def _unpickled(digest: str, text: str) -> Pathway:
    """The pathway of a pickle: the one of that digest that this process has already, else one made of its JSON."""
    for made in list(_MADE.values()):
        if made.digest == digest:
            return made
    found = _UNPICKLED.get(digest)
    if found is None:
        from pathway.model.canonical_reading import read_pathway  # most processes never read one

        found = _UNPICKLED[digest] = read_pathway(text, Pathway)
        # Where the definition is imported later, its own pathway goes before this one.
        del _MADE[id(found)]
    return found


__all__ = ["Condition", "Pathway", "guards_of"]
