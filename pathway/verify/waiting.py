"""The answer to what a case at rest waits for, as a formula: the back end of `model.awaited` for the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.awaited import Awaited, WhateverComes
from pathway.verify.logic import Formula, both, disj, neg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.verify.symbolic_state import SymbolicState


class AwaitsSomething(Awaited[Formula, Formula]):
    """Whether anything is awaited: where the formula holds, the answer names a fact."""

    def of_fact(self, fact: str) -> Formula:  # noqa: ARG002  # any fact will do
        """The fact is named."""
        return True

    def any_of(self, waits: Iterable[Formula]) -> Formula:
        """Some part names a fact."""
        return disj(waits)

    def unless(self, decided: Formula, waits: Formula) -> Formula:
        """A fact is named and the guard is not decided."""
        return both(neg(decided), waits)


def named_as_awaited(symbolic: SymbolicState, state: str) -> Formula:
    """Whether the answer names something: an awaited fact, or the event of a transition that is not hopeless."""
    pathway = symbolic.encoding.pathway
    sure = WhateverComes(symbolic.terms(), pathway)
    unknown = AwaitsSomething(sure)
    revised = AwaitsSomething(WhateverComes(symbolic.terms(), pathway, revisable=True))
    found: list[Formula] = []
    for rule in pathway.transitions:
        if state in rule.sources:
            found += [unknown.waits(rule.when), revised.waits(rule.when)]
            if rule.on is not None:
                found.append(neg(sure.false(rule.when)))
    return disj(found)
