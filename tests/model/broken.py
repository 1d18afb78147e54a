"""The pathway with some parts exchanged, and what is then wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.errors import DefinitionError

if TYPE_CHECKING:
    from pathway.model.guards import (
        Guard,
    )


def faults(**parts: Any) -> tuple[str, ...]:
    """The faults of the pathway with these parts exchanged."""
    with pytest.raises(DefinitionError) as refused:
        evolve(PATHWAY, **parts)
    return refused.value.faults


def first(kind: str, **changes: Any) -> dict[str, Any]:
    """The parts of a kind, the first of them changed."""
    one, *others = getattr(PATHWAY, kind)
    return {kind: (evolve(one, **changes), *others)}


def named(kind: str, name: str, **changes: Any) -> dict[str, Any]:
    """The parts of a kind, the one of that name changed."""
    return {
        kind: tuple(
            evolve(one, **changes) if name in (getattr(one, "id", ""), getattr(one, "name", "")) else one
            for one in getattr(PATHWAY, kind)
        )
    }


def when(guard: Guard) -> tuple[str, ...]:
    """The faults of the pathway whose first transition has this guard."""
    return faults(**first("transitions", when=guard))


AUTHORITY = PATHWAY.event_type("smear_reported").authority

OWNER = f"transition {PATHWAY.transitions[0].id}"
