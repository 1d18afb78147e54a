"""A case under two versions of a pathway: what differs now, and what differs on its way."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime  # attrs classes keep their types resolvable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from attrs import frozen

from pathway.model.errors import BadInput
from pathway.run.case import Case
from pathway.run.log import Acknowledged, SetAside
from pathway.run.moments import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.pathway import Pathway
    from pathway.run.log import Entry
    from pathway.run.plan import Plan

Kind: TypeAlias = Literal[
    "move", "state", "episode", "advice", "set aside", "overdue", "due", "awaited", "waiting", "deviations",
    "contradictions", "order",
]  # fmt: skip
_WHOLE = ("move", "state", "episode", "order")


@frozen
class Move:
    """A move of a case: the entry that brought it, when, from which state to which, by which transition."""

    entry: str
    at: datetime
    source: str
    target: str
    transition: str

    def __str__(self) -> str:
        return f"{self.source} to {self.target} by {self.transition} at {moment(self.at)} (entry {self.entry})"

    def to_json(self) -> dict[str, str]:
        """The move as JSON data."""
        return {
            "entry": self.entry, "at": moment(self.at), "source": self.source, "target": self.target,
            "transition": self.transition,
        }  # fmt: skip


@frozen
class Due:
    """An advice by id, and the calendar day on which it is due."""

    advice: str
    on: date

    def __str__(self) -> str:
        return f"{self.advice} on {self.on.isoformat()}"

    def to_json(self) -> dict[str, str]:
        """The day as JSON data."""
        return {"advice": self.advice, "due": self.on.isoformat()}


Part: TypeAlias = str | Move | Due
P = TypeVar("P", bound=Part)


@frozen
class Difference:
    """A difference of one kind: its parts before, and its parts after; either may be empty.

    `name` is the number of a move, or the id of an order. The parts are moves, days, or ids; a verdict, a deviation and
    a contradiction are words. Where a kind can have several parts, `before` has only the parts that would go, and
    `after` the parts that would come. Where the same parts would stand in another order (`reordered`), both have all.
    """

    kind: Kind
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    name: str = ""
    reordered: bool = False

    @property
    def what(self) -> str:
        """What differs: "state", "move 1", "order discharge", "advice: the order"."""
        return " ".join(filter(None, (self.kind, self.name))) + (": the order" if self.reordered else "")

    @property
    def whole(self) -> bool:
        """Whether `before` and `after` hold all parts, and not only the parts that would go and come."""
        return self.reordered or self.kind in _WHOLE

    def __str__(self) -> str:
        before, after = (", ".join(map(str, parts)) or "nothing" for parts in (self.before, self.after))
        return " ".join(f"{self.what}: {before} -> {after}".split())

    def to_json(self) -> dict[str, Any]:
        """The difference as JSON data."""
        return {"what": self.what, "before": _data(self.before), "after": _data(self.after)}


@frozen
class Comparison:
    """A case under two versions: `way` are the differences on the way to its state, `now` the differences there.

    `urgent_ended` are the ids of advice of urgency "now" that is in force before, and not after. `no_longer_waits` and
    `newly_waits` are the entries that wait for acknowledgement only before, or only after. `dropped` are the entries
    that have no object after and are left out: an acknowledgement of an entry that does not wait there, an override of
    an order that is not refused there, a setting aside of advice that is not asked for there.
    """

    way: tuple[Difference, ...]
    now: tuple[Difference, ...]
    urgent_ended: tuple[str, ...] = ()
    no_longer_waits: tuple[str, ...] = ()
    newly_waits: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def same_way(self) -> bool:
        """Whether the case took the same states at the same moments, by the same transitions, under both."""
        return not self.way

    @property
    def waiting_changed(self) -> bool:
        """Whether other entries wait for acknowledgement."""
        return bool(self.no_longer_waits or self.newly_waits)

    @property
    def needs_acknowledgement(self) -> bool:
        """Whether a clinician must acknowledge what would change before the case may move."""
        return bool(not self.same_way or self.urgent_ended or self.waiting_changed or self.dropped)

    def to_json(self) -> dict[str, Any]:
        """The comparison as JSON data."""
        return {
            "needs_acknowledgement": self.needs_acknowledgement,
            "same_way": self.same_way,
            "urgent_ended": list(self.urgent_ended),
            "waiting_changed": self.waiting_changed,
            "no_longer_waits": list(self.no_longer_waits),
            "newly_waits": list(self.newly_waits),
            "dropped": list(self.dropped),
            "way": [difference.to_json() for difference in self.way],
            "now": [difference.to_json() for difference in self.now],
        }


def retold(case: Case, pathway: Pathway) -> Case:
    """The case of the same log under another version of the pathway, by `retold_log`."""
    return retold_log(case.log, pathway, born=case.born, timezone=case.timezone)


def retold_log(entries: Iterable[Entry], pathway: Pathway, *, born: date, timezone: str) -> Case:
    """The case of a log under a version of the pathway, whatever version it was recorded under.

    Which entries wait, and which urgent advice they keep in force, is decided anew. An acknowledgement of an entry that
    does not wait there, an override of an order that is not refused there, and a setting aside of advice that the plan
    there does not ask for, have no object and are left out. Every other entry keeps its id. Raises `BadInput` where an
    entry cannot be recorded under that version.
    """
    case = Case(pathway, born=born, timezone=timezone)
    for entry in entries:
        if isinstance(entry, Acknowledged) and entry.target not in _ids(case.pending):
            continue
        try:
            if isinstance(entry, SetAside) and entry.advice not in case.plan(at=entry.at).urgent:
                continue
            case.repeat(entry)
        except BadInput as fault:
            raise fault.at(f"entry {entry.id}, under version {pathway.version}") from None
    return case


def compare(before: Case, after: Case, *, at: datetime) -> Comparison:
    """What differs between a case and the same case retold, at a moment."""
    old, new = before.plan(at=at), after.plan(at=at)
    waited, waits, kept = _ids(before.pending), _ids(after.pending), set(_ids(after.log))
    return Comparison(
        way=tuple(_ways(before, after)),
        now=tuple(_present(old, new)) + tuple(_verdicts(before, after, at)),
        urgent_ended=_without(old.urgent, new.urgent),
        no_longer_waits=_without(waited, waits),
        newly_waits=_without(waits, waited),
        dropped=tuple(name for name in _ids(before.log) if name not in kept),
    )


def _ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)


def _ways(before: Case, after: Case) -> list[Difference]:
    old, new = _moves(before), _moves(after)
    pairs = [(old[place : place + 1], new[place : place + 1]) for place in range(max(len(old), len(new)))]
    return [
        Difference("move", was, becomes, name=str(number))
        for number, (was, becomes) in enumerate(pairs, 1)
        if was != becomes
    ]


def _moves(case: Case) -> tuple[Move, ...]:
    return tuple(
        Move(fired.entry, fired.at, fired.source, fired.transition.target, fired.transition.id)
        for fired in case.history
    )


def _present(old: Plan, new: Plan) -> list[Difference]:
    pairs: list[tuple[Kind, tuple[Part, ...], tuple[Part, ...]]] = [
        ("state", (old.state,), (new.state,)),
        ("episode", (str(old.episode),), (str(new.episode),)),
        ("advice", old.ids, new.ids),
        ("set aside", _aside(old), _aside(new)),
        ("overdue", old.overdue, new.overdue),
        ("due", _due(old), _due(new)),
        ("awaited", old.awaits, new.awaits),
        ("waiting", old.pending, new.pending),
        ("deviations", old.deviations, new.deviations),
        ("contradictions", old.contradictions, new.contradictions),
    ]
    return [_difference(kind, was, becomes) for kind, was, becomes in pairs if was != becomes]


def _difference(kind: Kind, was: tuple[Part, ...], becomes: tuple[Part, ...]) -> Difference:
    gone, new = _without(was, becomes), _without(becomes, was)
    return Difference(kind, gone, new) if gone or new else Difference(kind, was, becomes, reordered=True)


def _without(parts: tuple[P, ...], others: tuple[P, ...]) -> tuple[P, ...]:
    """The parts that the others do not have, or not so often."""
    return tuple((Counter(parts) - Counter(others)).elements())


def _aside(plan: Plan) -> tuple[str, ...]:
    return tuple(line.id for line in plan.set_aside)


def _due(plan: Plan) -> tuple[Due, ...]:
    return tuple(Due(line.id, line.due) for line in plan.lines if line.due is not None)


def _verdicts(before: Case, after: Case, at: datetime) -> list[Difference]:
    names = dict.fromkeys([*before.pathway.orders_by_id, *after.pathway.orders_by_id])
    pairs = [(name, _verdict(before, name, at), _verdict(after, name, at)) for name in names]
    return [Difference("order", was, becomes, name=name) for name, was, becomes in pairs if was != becomes]


def _verdict(case: Case, name: str, at: datetime) -> tuple[str, ...]:
    return (case.propose(name, at=at).verdict,) if name in case.pathway.orders_by_id else ()


def _data(parts: tuple[Part, ...]) -> list[Any]:
    return [part if isinstance(part, str) else part.to_json() for part in parts]
