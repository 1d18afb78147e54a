"""How an entry is taken into a case: at once, or proposed where it would take urgent advice away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from pathway.run.item import Item
from pathway.run.log import Acknowledged, Corrected, Overridden, Reported, SetAside, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pathway.run.fold import Fold
    from pathway.run.log import Entry, Pending, Retained
    from pathway.run.outcome import Outcome
    from pathway.run.timeline import Timeline, Trial


class Admission:
    """The effect of taking an entry.

    `before` is the case without the entry, None where the entry came after all others. `after` is the case with the
    entry, also where the entry is `proposed` and does not count yet. `taken` are the places of the urgent advice that
    the entry takes away.
    """

    proposed = False
    taken: Sequence[int] = ()

    def __init__(self, entry: Entry, before: Fold | None, after: Fold, outcome: Outcome | None) -> None:
        self.entry = entry
        self.before = before
        self.after = after
        self.outcome = outcome


def append(timeline: Timeline, entry: Reported) -> Outcome | None:
    """Take an event that comes after all others; its outcome. Any other event is not taken, and the answer is None.

    Raises `BadInput` where transitions do not come to rest; nothing is recorded then.
    """
    compiled, ledger, event = timeline.compiled, timeline.ledger, entry.event
    plan = compiled.plans[event.name]
    rank = plan.rank if plan.authority is None else compiled.rank(event)
    if not timeline.comes_last((entry.at, rank)):
        return None
    item = Item(entry.at, rank, len(ledger.entries), entry.id, event)
    if ledger.asides:
        item.recalls = True
    outcome = timeline.append(item)
    ledger.append(entry)
    return outcome


def take(timeline: Timeline, entry: Entry) -> Admission:
    """Take a checked entry, whose id is new and whose target exists, into a case.

    Raises `BadInput` where transitions do not come to rest; nothing is recorded then.
    """
    if isinstance(entry, Reported):
        outcome = append(timeline, entry)
        if outcome is not None:
            return Admission(entry, None, timeline.now, outcome)
    return admit(timeline, entry)


def admit(timeline: Timeline, entry: Entry) -> Admission:
    """Take an entry that may change the past. It is proposed where it only takes urgent advice away; else it counts."""
    ledger, before = timeline.ledger, timeline.end
    ledger.append(entry)
    try:
        trial = timeline.trial()
        if isinstance(entry, Acknowledged | Overridden | SetAside):
            return _adopted(timeline, trial, before)
        taken = _taken(entry, before, trial.end)
        if not taken:
            return _adopted(timeline, trial, before)
        urgent = timeline.compiled.now_mask
        adds = trial.end.active & ~before.active & urgent
        if adds or all(before.lent >> place & 1 for place in taken):
            trial = _tried_again(timeline, evolve(entry, retains=_retained(taken, before)))
            return _adopted(timeline, trial, before, taken=taken)
        proposed = evolve(entry, proposed=True)
        other = _tried_again(timeline, proposed)
        if lost := _taken(entry, before, other.end):  # an earlier waiting entry called for it, and both together do not
            other = _tried_again(timeline, evolve(proposed, retains=_retained(lost, before)))
        timeline.adopt(other)
        admission = Admission(entry, before, trial.end, None)
        admission.proposed, admission.taken = True, taken
        return admission
    except BaseException:
        ledger.retract()
        raise


def _tried_again(timeline: Timeline, entry: Pending) -> Trial:
    timeline.ledger.retract()
    timeline.ledger.append(entry)
    return timeline.trial()


def _adopted(timeline: Timeline, trial: Trial, before: Fold, *, taken: Sequence[int] = ()) -> Admission:
    outcome = trial.outcome()
    timeline.adopt(trial)
    admission = Admission(trial.entry, before, trial.end, outcome)
    admission.taken = taken
    return admission


def _taken(entry: Pending, before: Fold, after: Fold) -> list[int]:
    """The urgent advice, by place, that was in force before an entry, and ends with the entry without being done."""
    compiled = before.compiled
    return [
        place
        for place in compiled.places(before.active & ~before.aside & ~after.active & compiled.now_mask)
        if not is_complete(place, before, after)
        and not (isinstance(entry, Reported) and (_is_left_undone(place, before, after) or after.lapses(place)))
    ]


def _retained(places: Sequence[int], before: Fold) -> Retained:
    """Urgent advice to keep in force, with the time it was raised, until the entry is acknowledged."""
    advice, since = before.compiled.pathway.advice, before.raised_at(sum(1 << place for place in places))
    return tuple((advice[place].id, since[place].at) for place in places)


def is_complete(place: int, before: Fold, after: Fold) -> bool:
    """Whether advice that was in force before an entry is done after it: since it was raised, or by the record."""
    done = after.past.completed_at(place)
    return (done is not None and done >= _raised_at(place, before)) or after.stands_complete(place)


def _is_left_undone(place: int, before: Fold, after: Fold) -> bool:
    """Whether the advice was left undone when an episode closed: then the late result made the closing act count."""
    left = after.past.left_at(place)
    return left is not None and left >= _raised_at(place, before)


def _raised_at(place: int, fold: Fold) -> datetime:
    return fold.raised_at(1 << place)[place].at


def changed_entry(timeline: Timeline, entry: Entry) -> Entry:
    """The entry that an entry is about: for an acknowledgement the entry that waited, else the entry itself."""
    match entry:
        case Acknowledged():
            return timeline.ledger.entry(entry.target, "acknowledge")
        case Reported() | Corrected() | Withdrawn() | Overridden() | SetAside():
            return entry
