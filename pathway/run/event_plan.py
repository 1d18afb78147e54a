"""The effect of each event on the record of a case, computed once: with places in the record instead of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pathway.model.events import EventType
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.run.derived_places import DerivedPlaces
    from pathway.run.layout import Layout
    from pathway.run.machine import GuardedEvent


class EventPlan:
    """The effect of an event on the record. `guard` compiles a guard; `ways` are the transitions on the event."""

    __slots__ = (
        "acts",
        "authoritative_rank",
        "authority",
        "bounds",
        "clears",
        "ends",
        "event",
        "excesses",
        "fields",
        "flags_held",
        "flags_on",
        "is_plain",
        "lowers",
        "own",
        "raises",
        "ranged",
        "rank",
        "records",
        "remembered",
        "replaces",
        "restarts",
        "ways",
        "yields",
    )

    def __init__(
        self,
        kind: EventType,
        pathway: Pathway,
        layout: Layout,
        places: DerivedPlaces,
        guard: Callable[[Guard], Callable[[Any], bool]],
        ways: GuardedEvent | None,
    ) -> None:
        index = layout.index
        self.event = kind.name
        # Each kind has its own rank, also the kinds that are folded last: only reports of one kind are merged.
        self.rank = (int(kind.last), 2 * list(pathway.events_by_name).index(kind.name))
        self.authoritative_rank = (self.rank[0], self.rank[1] + 1)
        self.fields = [index[field.fact] for field in kind.fields if not field.own]
        self.remembered = [place for place in self.fields if place in places.spans or place in places.highest]
        self.flags_held = index[kind.flags_held] if kind.flags_held else None
        self.own = frozenset(index[field.fact] for field in kind.fields if field.own)
        self.excesses = [
            excess
            for excess in places.excesses
            if {*excess[1], excess[2]} <= {index[field.fact] for field in kind.fields}
        ]
        self.bounds = [(place, *parts) for place, parts in places.bounds.items() if {*parts[:2]} & {*self.fields}]
        self.yields = any(place in layout.yields for place in self.fields)
        self.records = [index[name] for name in kind.records]
        self.replaces = kind.replaces
        self.ranged = any(place in layout.ranged for place in self.fields)
        self.is_plain = not (
            kind.authority or kind.replaces or kind.flags_held or self.remembered or self.ranged or self.bounds
            or any(place in layout.yields for place in self.fields)
        )  # fmt: skip
        self.authority = guard(kind.authority.when) if kind.authority else None
        self.flags_on = guard(kind.authority.on) if kind.authority else None
        self.lowers = guard(kind.authority.clears) if kind.authority else None
        self.raises = index[kind.authority.raises] if kind.authority else -1
        self.clears: list[int] = []
        self.restarts: list[int] = []
        self.ends: list[int] = []
        for derived in pathway.derived:
            match derived:
                case Latched():
                    self.clears += [index[derived.name]] if kind.name in derived.cleared_by else []
                case Held():
                    self.restarts += [index[derived.name]] if kind.name in derived.restarted_by else []
                case Captured():
                    self.ends += [index[derived.of]] if kind.name == derived.ends_with else []
                case Clock() | Settled() | Product() | Excess() | AtMost() | Grade():
                    pass
                case _:
                    assert_never(derived)
        self.acts = [
            (order, guard(order.act_when), guard(order.refused)) for order in pathway.orders if order.act == kind.name
        ]
        self.ways = ways
