"""What recording an entry did: the answer of a case to an event, a correction, a withdrawal, an acknowledgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import frozen

from pathway.model.rules import Advice, Contradiction
from pathway.run.admission import changed_entry, is_complete
from pathway.run.log import Reported, event_of, name_of
from pathway.run.moments import moment
from pathway.run.plan import contradictions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pathway.model.facts import HeldBack
    from pathway.run.admission import Admission
    from pathway.run.fold import Fold
    from pathway.run.outcome import Deviation, Fired, Outcome
    from pathway.run.timeline import Timeline


@frozen
class Change:
    """How a case that was folded again differs: after a late result, a correction or a withdrawal.

    `taken_away` is urgent advice that would end; while the entry is proposed the advice stays in force. `review` names
    acts and overrides at or after the changed moment, which may rest on the old value.
    """

    state_before: str
    state_after: str
    added: tuple[Advice, ...]
    removed: tuple[Advice, ...]
    taken_away: tuple[Advice, ...]
    review: tuple[str, ...]


class Step(NamedTuple):
    """What one entry did.

    `state` is where the case is now, `came_from` where it was, `passed_through` the states that were left on the way.
    `fired` are the transitions with the record as it was (`Case.why` says why). `proposed`: the entry waits for
    acknowledgement and does not count yet. `change` is given where the case was folded again.
    """

    entry: str
    event: str
    at: datetime
    state: str
    came_from: str
    passed_through: tuple[str, ...]
    fired: tuple[Fired, ...]
    raised: tuple[Advice, ...]
    completed: tuple[Advice, ...]
    withdrawn: tuple[Advice, ...]
    left_undone: tuple[Advice, ...]
    awaits: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    held: tuple[HeldBack, ...]
    deviations: tuple[Deviation, ...]
    proposed: bool = False
    change: Change | None = None

    def to_json(self) -> dict[str, Any]:
        """The step as JSON data: deterministic, ids instead of rules."""
        return {
            "entry": self.entry,
            "event": self.event,
            "at": moment(self.at),
            "state": self.state,
            "came_from": self.came_from,
            "passed_through": list(self.passed_through),
            "transitions": [fired.transition.id for fired in self.fired],
            "raised": _ids(self.raised),
            "completed": _ids(self.completed),
            "withdrawn": _ids(self.withdrawn),
            "left_undone": _ids(self.left_undone),
            "awaits": list(self.awaits),
            "contradictions": [rule.id for rule in self.contradictions],
            "held": [field.to_json() for field in self.held],
            "deviations": [
                {"order": deviation.order.id, "overridden": deviation.overridden} for deviation in self.deviations
            ],
            "proposed": self.proposed,
            "change": None if self.change is None else {
                "state_before": self.change.state_before,
                "state_after": self.change.state_after,
                "added": _ids(self.change.added),
                "removed": _ids(self.change.removed),
                "taken_away": _ids(self.change.taken_away),
                "review": list(self.change.review),
            },
        }  # fmt: skip


def _ids(advice: tuple[Advice, ...]) -> list[str]:
    return [rule.id for rule in advice]


def step_of(timeline: Timeline, admission: Admission) -> Step:
    """The step for an entry that was taken."""
    entry, outcome = admission.entry, admission.outcome
    if admission.before is not None:
        return _changed(timeline, admission, admission.before)
    assert isinstance(entry, Reported) and outcome is not None
    return step_after(entry, outcome, admission.after)


def step_after(entry: Reported, outcome: Outcome, after: Fold) -> Step:
    """The step for an event that came after all others."""
    compiled, fired, event = after.compiled, outcome.fired, entry.event
    advice_of = compiled.advice_of
    # A case makes a step for each event: the tuple is made directly, without the call that names its fields.
    return tuple.__new__(Step, (
        entry.id, event.name, entry.at, after.record.state, outcome.source,
        tuple([taken.source for taken in fired]) if fired else (), tuple(fired),
        advice_of(outcome.raised) if outcome.raised else (),
        advice_of(outcome.completed) if outcome.completed else (),
        advice_of(outcome.withdrawn) if outcome.withdrawn else (),
        advice_of(outcome.left_undone) if outcome.left_undone else (),
        after.awaits(),
        contradictions_of(outcome, compiled) if outcome.contradictions or outcome.differing else (), event.held,
        outcome.deviations, False, None,
    ))  # fmt: skip


def _changed(timeline: Timeline, admission: Admission, before: Fold) -> Step:
    """The step for an entry that changed the past."""
    entry, outcome, after, proposed = admission.entry, admission.outcome, admission.after, admission.proposed
    compiled = after.compiled
    advice_of = compiled.advice_of
    # Urgent advice that had been set aside and comes back is raised, though it was in force for every rule.
    asked, was_asked = after.active & ~after.aside, before.active & ~before.aside
    up, down = asked & ~was_asked, before.active & ~after.active
    completed = sum(1 << place for place in compiled.places(down) if is_complete(place, before, after))
    change = Change(
        before.state, after.state, advice_of(up), advice_of(down),
        advice_of(sum(1 << place for place in admission.taken)),
        timeline.ledger.to_review(changed_entry(timeline, entry)),
    )  # fmt: skip
    shown = before if proposed else after
    fired = () if proposed else tuple(_newly_fired(before, after))
    event = event_of(entry)
    return Step(
        entry=entry.id, event=name_of(entry), at=entry.at,
        state=shown.state, came_from=before.state, passed_through=tuple(taken.source for taken in fired), fired=fired,
        raised=() if proposed else advice_of(up), completed=() if proposed else advice_of(completed),
        withdrawn=() if proposed else advice_of(down & ~completed), left_undone=(),
        awaits=shown.awaits(),
        contradictions=contradictions_of(outcome, compiled) if outcome is not None else (),
        held=event.held if event is not None else (),
        deviations=outcome.deviations if outcome is not None else (), proposed=proposed, change=change,
    )  # fmt: skip


def _newly_fired(before: Fold, after: Fold) -> Iterator[Fired]:
    """The transitions that are taken now, and were not taken before, or were taken at another moment."""
    then, now = before.past.parted(after.past)
    kept = {id(outcome) for outcome in now}
    known = {(fired.transition.id, fired.at) for outcome in then if id(outcome) not in kept for fired in outcome.fired}
    kept = {id(outcome) for outcome in then}
    for outcome in now:
        for fired in outcome.fired if id(outcome) not in kept else ():
            if (fired.transition.id, fired.at) not in known:
                yield fired
