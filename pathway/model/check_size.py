"""Whether a definition is small enough to be built and run: its guards, lists and spans. `bounds` has the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import fields

from pathway.model.bounds import ALL_NODES, ALL_NODES_BY_STATE, DAYS, DIGITS, GUARD_DEPTH, MINUTES, NODES, PARTS, YEARS
from pathway.model.derived import Captured, Held, Latched, Settled
from pathway.model.guards import parts_of
from pathway.model.parts import guards_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.guards import Guard
    from pathway.model.parts import Parts


class Extent(NamedTuple):
    """How many nodes a guard has once the conditions that it names are unfolded, and how deep they are nested."""

    nodes: int
    depth: int


class Measure:
    """Measures guards. A guard that is part of several others is measured once, so the cost is that of the text."""

    def __init__(self) -> None:
        # The guard is kept beside its extent: an `id` is unique only while its object lives.
        self._known: dict[int, tuple[Guard, Extent]] = {}

    def of(self, guard: Guard) -> Extent:
        """The extent of a guard."""
        waiting = [guard]
        while waiting:
            node = waiting[-1]
            parts = parts_of(node)
            unknown = [part for part in parts if id(part) not in self._known]
            if unknown and id(node) not in self._known:
                waiting += unknown
                continue
            waiting.pop()
            inside = [self._known[id(part)][1] for part in parts]
            nodes = 1 + sum(part.nodes for part in inside)
            self._known[id(node)] = node, Extent(nodes, 1 + max((part.depth for part in inside), default=0))
        return self._known[id(guard)][1]

    def fault(self, owner: str, guard: Guard) -> str | None:
        """The fault of a guard that is too large, led by the rule that it belongs to; None without a fault."""
        found = self.of(guard)
        if found.nodes > NODES:
            nodes = _count(found.nodes)
            return f"{owner}: the guard has {nodes} nodes with its conditions unfolded; {NODES:,} are the most"
        if found.depth > GUARD_DEPTH:
            return f"{owner}: nodes of the guard stand {found.depth:,} deep in each other; {GUARD_DEPTH} is the most"
        return None


def size_faults(pathway: Parts) -> Iterator[str]:
    """Every list that is too long, guard that is too large, and span or number that no pathway needs."""
    for attribute in fields(type(pathway)):
        value = getattr(pathway, attribute.name)
        if isinstance(value, tuple) and len(value) > PARTS:
            yield f"{attribute.name}: {len(value):,} of them; {PARTS:,} are the most"
    yield from _guards(pathway)
    yield from _spans(pathway)


def _guards(pathway: Parts) -> Iterator[str]:
    measure = Measure()
    total = 0
    for owner, guard in guards_of(pathway):
        total += measure.of(guard).nodes
        if (fault := measure.fault(owner, guard)) is not None:
            yield fault
    if total > ALL_NODES:
        yield f"pathway: its guards have {_count(total)} nodes with conditions unfolded; {ALL_NODES:,} are the most"
    elif total * len(pathway.states) > ALL_NODES_BY_STATE:
        yield (
            f"pathway: the {total:,} nodes of its guards times {len(pathway.states):,} states are "
            f"{total * len(pathway.states):,}; {ALL_NODES_BY_STATE:,} are the most"
        )


def _spans(pathway: Parts) -> Iterator[str]:
    spans: list[tuple[str, str, int | None, int, int]] = [
        ("pathway", "oldest_years", pathway.oldest_years, 1, YEARS),
        *((f"advice {advice.id}", name, getattr(advice, name), 0, DAYS)
          for advice in pathway.advice for name in ("due_day", "overdue_after_day")),
        *((f"derived {derived.name}", "minutes", derived.minutes, 0, MINUTES)
          for derived in pathway.derived if isinstance(derived, Held | Settled)),
        *((f"derived {derived.name}", "within", derived.within, 0, MINUTES)
          for derived in pathway.derived if isinstance(derived, Held)),
        *((f"derived {derived.name}", "days", derived.days, 0, DAYS)
          for derived in pathway.derived if isinstance(derived, Captured)),
        *((f"derived {derived.name}", "lasts_days", derived.lasts_days, 0, DAYS)
          for derived in pathway.derived if isinstance(derived, Latched)),
        *((f"state {state.name}", "forgets_after", state.forgets_after, 0, DAYS) for state in pathway.states),
        # `Reference.faults` finds bands that begin before birth or end before they begin.
        *((f"reference {row.fact}", name, getattr(row, name), -12 * YEARS, 12 * YEARS)
          for row in pathway.reference.rows for name in ("from_month", "to_month", "doubt_to", "doubt_from")),
    ]  # fmt: skip
    for owner, name, value, least, most in spans:
        if value is not None and not (type(value) is int and least <= value <= most):
            yield f"{owner}: {name} is {_count(value)}; write a whole number from {least} to {most:,}"


def _count(number: object) -> str:
    """A number as text that fits in a line, however large the number is."""
    if not isinstance(number, int) or isinstance(number, bool):
        return repr(number)[:DIGITS]
    return f"{number:,}" if abs(number) < 10**15 else "more than a quadrillion"
