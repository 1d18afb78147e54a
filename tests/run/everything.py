"""All that a fold holds, as values that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway import PATHWAY
from pathway.run.compiled import compiled

if TYPE_CHECKING:
    from pathway import Case
    from pathway.run.fold import Fold
    from pathway.run.outcome import Fired
    from pathway.run.record import Record

DAYS = compiled(PATHWAY).days
ELSEWHERE = {
    "_blank", "at", "captured_on", "carried", "compiled", "episode", "given", "latest", "met_on", "report", "silence",
    "latched", "settled", "stamp",
}  # fmt: skip
"""What of a record is compared in another way, or is read by nothing that comes later."""


def everything(fold: Fold) -> dict[str, Any]:
    """All that a fold holds, and the outcomes that led to it."""
    record, places = fold.record, range(len(fold.compiled.pathway.advice))
    held = {name: getattr(record, name) for name in record.__slots__ if name not in ELSEWHERE}
    held["raised"] = fold.raised_at(fold.active)
    held["completed"] = [fold.past.completed_at(place) for place in places]
    held["left"] = [fold.past.left_at(place) for place in places]
    held |= {"episode number": fold.episode, "overrides": fold.overrides, "lent": fold.lent, "frames": _frames(record)}
    held["captured"] = sorted(record.captured_on)
    held["outcomes"] = [
        (one.entry, one.at, one.day, one.latched, one.forced, one.raised, one.completed, one.withdrawn,
         one.left_undone, one.contradictions, one.differing,
         one.deviations, [(fired.transition.id, fired.source, fired.at, fired.entry, _facts(fired),
                           fired.record.active) for fired in one.fired])
        for one in fold.past
    ]  # fmt: skip
    return held


def _facts(fired: Fired) -> list[Any]:
    """What was known when a transition was taken; without the days in a state, which no rule may have read there."""
    return [value for place, value in enumerate(fired.record.episode.values) if place != DAYS]


def _frames(record: Record) -> list[Any]:
    frames = [record.episode, record.latest, record.report, *record.carried.values()]
    places = list(record.carried)
    first = [places[[id(frame) for frame in record.carried.values()].index(id(record.carried[one]))] for one in places]
    return [places, first, [(one.values, one.low, one.high, one.when, one.computed) for one in frames]]


def folded_again(case: Case) -> Case:
    """The case of the same log, folded whole."""
    return case.copy()
