"""A case under two versions of a pathway: what it would be, and whether its way would have been another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.errors import BadInput
from pathway.run.answers import Override
from pathway.run.case import Case

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.model.pathway import Pathway
    from pathway.run.log import Entry


@frozen
class Difference:
    """One thing that differs: what, and how it is before and after."""

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.what}: {self.before or 'nothing'} -> {self.after or 'nothing'}"

    def to_json(self) -> dict[str, str]:
        """The difference as JSON data."""
        return {"what": self.what, "before": self.before, "after": self.after}


@frozen
class Comparison:
    """A case under two versions: `way` is how it came to its state, `now` what holds there."""

    way: tuple[Difference, ...]
    now: tuple[Difference, ...]

    @property
    def same_way(self) -> bool:
        """Whether the case took the same states at the same moments under both."""
        return not self.way

    def to_json(self) -> dict[str, Any]:
        """The comparison as JSON data."""
        return {
            "same_way": self.same_way,
            "way": [one.to_json() for one in self.way],
            "now": [one.to_json() for one in self.now],
        }


def retold(case: Case, pathway: Pathway) -> Case:
    """The case of the same log under another version of the pathway.

    What waited, and what urgent advice is kept beside an entry, is decided anew; an acknowledgement of what does not
    wait there has no object and is left out. Raises `BadInput` where an entry cannot be recorded under that version.
    """
    told = Case(pathway, born=case.born, timezone=case.timezone)
    for entry in case.log:
        try:
            _tell(told, entry)
        except BadInput as fault:
            raise fault.at(f"entry {entry.id}, under version {pathway.version}") from None
    return told


def compare(before: Case, after: Case, *, at: datetime) -> Comparison:
    """What differs between a case and the same case retold, at a moment."""
    return Comparison(way=tuple(_ways(before, after)), now=tuple(_present(before, after, at)))


def _tell(case: Case, entry: Entry) -> None:
    event = None if entry.event is None else case.pathway.event(entry.event.name, **dict(entry.event.raw))
    match entry.kind:
        case "event":
            assert event is not None
            case.record(event, at=entry.at, by=entry.by, id=entry.id)
        case "correction":
            assert event is not None
            case.correct(entry.target, event, at=entry.at, by=entry.by, taken_at=entry.taken_at, id=entry.id)
        case "withdrawal":
            case.withdraw(entry.target, at=entry.at, by=entry.by, reason=entry.reason, id=entry.id)
        case "acknowledgement":
            if entry.target in {one.id for one in case.pending}:
                case.acknowledge(entry.target, at=entry.at, by=entry.by, id=entry.id)
        case "override":
            case.propose(entry.order, at=entry.at, override=Override(entry.by, entry.reason), id=entry.id)


def _ways(before: Case, after: Case) -> list[Difference]:
    one, other = _steps(before), _steps(after)
    found = []
    for number in range(max(len(one), len(other))):
        was = one[number] if number < len(one) else ("", "", "")
        becomes = other[number] if number < len(other) else ("", "", "")
        if was != becomes:
            found.append(Difference(f"move {number + 1}", _said(was), _said(becomes)))
    return found


def _steps(case: Case) -> list[tuple[str, str, str]]:
    """Each move: the entry that brought it, from which state to which."""
    return [(fired.entry, fired.source, fired.transition.target) for fired in case.history]


def _said(step: tuple[str, str, str]) -> str:
    entry, source, target = step
    return f"{source} to {target} (entry {entry})" if entry else ""


def _present(before: Case, after: Case, at: datetime) -> list[Difference]:
    one, other = before.plan(at=at), after.plan(at=at)
    pairs: list[tuple[str, Any, Any]] = [
        ("state", one.state, other.state),
        ("episode", one.episode, other.episode),
        ("advice", one.ids, other.ids),
        ("overdue", one.overdue, other.overdue),
        ("due", _due(one), _due(other)),
        ("awaited", one.awaits, other.awaits),
        ("waits for acknowledgement", one.pending, other.pending),
        ("deviations", one.deviations, other.deviations),
        ("contradictions", one.contradictions, other.contradictions),
    ]
    pairs += [(f"order {name}", *_verdicts(before, after, name, at)) for name in _orders(before, after)]
    return [_difference(what, was, becomes) for what, was, becomes in pairs if was != becomes]


def _difference(what: str, was: Any, becomes: Any) -> Difference:
    if isinstance(was, tuple) and isinstance(becomes, tuple):
        gone = ", ".join(str(item) for item in was if item not in becomes)
        new = ", ".join(str(item) for item in becomes if item not in was)
        return (
            Difference(what, gone, new)
            if gone or new
            else Difference(f"{what}: the order", *map(_list, (was, becomes)))
        )
    return Difference(what, str(was), str(becomes))


def _list(items: tuple[Any, ...]) -> str:
    return ", ".join(str(item) for item in items)


def _due(plan: Any) -> tuple[str, ...]:
    return tuple(f"{line.id} on {line.due.isoformat()}" for line in plan.lines if line.due is not None)


def _orders(before: Case, after: Case) -> list[str]:
    return list(dict.fromkeys([*before.pathway.orders_by_id, *after.pathway.orders_by_id]))


def _verdicts(before: Case, after: Case, name: str, at: datetime) -> tuple[str, str]:
    return _verdict(before, name, at), _verdict(after, name, at)


def _verdict(case: Case, name: str, at: datetime) -> str:
    return case.propose(name, at=at).verdict if name in case.pathway.orders_by_id else ""
