"""A pathway as one frozen value. Running, drawing and proving are functions of this value."""

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


@frozen(eq=False, repr=False)  # equality and text are those of `Parts`, which has the same fields
class Pathway(Parts):
    """A clinical pathway as data: no input or output, no clock, no callbacks.

    Its fields are those of `Parts`. Raises `DefinitionError` with all faults at once: names that are not defined, names
    that are defined twice, rules without a citation.
    """

    def __attrs_post_init__(self) -> None:
        from pathway.model.check import faults_of  # a pathway that was checked before needs no check

        if faults := faults_of(self):
            raise DefinitionError(faults)
        _MADE[id(self)] = self

    @classmethod
    def of(cls, parts: Parts, ready: Ready | None = None) -> Pathway:
        """The pathway of these parts. With `ready`, computed from these very parts, they are not checked again."""
        values: dict[str, Any] = {attribute.name: getattr(parts, attribute.name) for attribute in fields(Parts)}
        if ready is None:
            return cls(**values)
        made = object.__new__(cls)
        for name, value in (*values.items(), ("digest", ready.digest), ("ready", ready)):
            object.__setattr__(made, name, value)
        _MADE[id(made)] = made
        return made

    @cached_property
    def ready(self) -> Ready | None:
        """The results computed beforehand from this very value; None for any other value, copies included."""
        return None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: the same content, the same digest, on every machine."""
        from pathway.model.canonical_data import digest_of  # a case runs without the JSON converter

        return digest_of(self)

    def with_reference(self, reference: Reference) -> Pathway:
        """The same pathway with a site's own reference intervals, and so with another digest."""
        return evolve(self, reference=reference)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.digest, self._json)

    @cached_property
    def _json(self) -> str:
        """The canonical JSON. It is kept, because each pickled case writes it."""
        from pathway.model.canonical_data import to_json

        return to_json(self)


_MADE: WeakValueDictionary[int, Pathway] = WeakValueDictionary()
"""The pathways that were made in this process, by identity, in the order in which they were made."""

_UNPICKLED: WeakValueDictionary[str, Pathway] = WeakValueDictionary()
"""The pathways that came from another process and were not known here, by digest."""


def _unpickled(digest: str, text: str) -> Pathway:
    """The pathway of a pickle: the pathway of that digest in this process, else a new pathway from the JSON."""
    for made in list(_MADE.values()):
        if made.digest == digest:
            return made
    found = _UNPICKLED.get(digest)
    if found is None:
        from pathway.model.canonical_reading import read_pathway  # most processes read no pathway

        found = _UNPICKLED[digest] = read_pathway(text, Pathway)
        # Where the definition is imported later, its pathway is found before this copy.
        del _MADE[id(found)]
    return found


__all__ = ["Condition", "Pathway", "guards_of"]
