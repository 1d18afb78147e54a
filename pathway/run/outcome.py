"""The outcome of folding one event: transitions taken, advice raised and ended, acts against a refusal."""

from __future__ import annotations

from copy import copy
from datetime import datetime  # attrs classes keep their types resolvable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.rules import Contradiction, OrderRule, Transition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.run.frame import Frame


class Snapshot:
    """A record as it was at a moment, for explanations. Guards read it like the record itself."""

    __slots__ = ("active", "episode", "latest", "months", "old", "report", "state")

    def __init__(
        self, state: str, active: int, old: int, episode: Frame, latest: Frame, report: Frame, months: int
    ) -> None:
        self.state = state
        self.active = active
        self.old = old
        self.episode = episode
        self.latest = latest
        self.report = report
        self.months = months


@frozen(slots=False)  # a case makes many, and without slots they are made faster
class Fired:
    """A transition that was taken, with the record as it was at that moment."""

    transition: Transition
    source: str
    at: datetime
    entry: str
    record: Snapshot


@frozen
class Deviation:
    """An act that happened although its order would have been refused; `overridden` where a clinician had said why."""

    order: OrderRule
    entry: str
    at: datetime
    overridden: bool


@frozen
class Raised:
    """Since when an advice is in force: the moment, the calendar day (ordinal), and the entry that raised it."""

    at: datetime
    day: int
    entry: str


@frozen
class Aside:
    """That the advice at a place was set aside: when, by whom, why, and by which entry, the `sequence`th of the log."""

    place: int
    sequence: int
    entry: str
    at: datetime
    by: str
    reason: str


class Outcome:
    """What one event did in the fold. Advice and contradictions are bit masks; `latched` are places.

    `differing` are the facts for which reports of one moment gave different values, and the parts that are more than
    their whole, each as a contradiction. `forced`
    is advice that an item kept in force, with its `Raised`; such an item does nothing else. `is_idle`: the event moved
    nothing, not even the clock.
    """

    raised = 0
    completed = 0
    withdrawn = 0
    left_undone = 0
    contradictions = 0
    latched: tuple[int, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    differing: tuple[Contradiction, ...] = ()
    forced: Mapping[int, Raised] = MappingProxyType({})
    is_idle = False

    def __init__(self, source: str, entry: str, at: datetime, day: int) -> None:
        self.source = source
        self.entry = entry
        self.at = at
        self.day = day
        self.fired: list[Fired] = []

    @classmethod
    def idle(cls, source: str, entry: str, at: datetime) -> Outcome:
        """The outcome of an event that moves nothing."""
        outcome = cls(source, entry, at, 0)
        outcome.is_idle = True
        return outcome

    def changed(self, **parts: Any) -> Outcome:
        """The same outcome with some parts replaced."""
        other = copy(self)
        other.__dict__.update(parts)
        return other
