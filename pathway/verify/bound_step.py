"""The most that a part can be which a report does not give, as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.verify.logic import Formula, Term, both, either, ite, neg

if TYPE_CHECKING:
    from pathway.verify.symbolic_state import SymbolicState


def bound_after(
    after: SymbolicState, fact: str, known: Formula, value: Term, limits: tuple[Formula, ...]
) -> tuple[Any, ...]:
    """A bound after an event: whether it is known, its value, and its limits, from what they were before.

    A report that gives the part ends the bound; one that gives the whole alone draws it anew.
    """
    encoding, bound = after.encoding, after.encoding.bounds[fact]
    drawn, part = after.known("report", fact), after.report.known(bound.part)
    fresh = after.limits("report", fact) if fact in encoding.ranged else (False, False, False)
    kept = tuple(ite(drawn, new, both(neg(part), old)) for new, old in zip(fresh, limits, strict=True))
    return either(drawn, both(neg(part), known)), ite(drawn, after.value("report", fact), value), *kept
