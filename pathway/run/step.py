"""What recording something did: the answer of a case to an event, a correction, a withdrawal, an acknowledgement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import frozen

from pathway.model.facts import HeldBack
from pathway.model.rules import Advice, Contradiction
from pathway.run.fold import Deviation, Fired
from pathway.run.log import moment


@frozen
class Change:
    """How a case that was folded again differs: after a late result, a correction or a withdrawal.

    `taken_away` is urgent advice that would go; while the entry is proposed it stays in force. `review` names the
    entries that happened after what changed and may rest on the old value.
    """

    state_before: str
    state_after: str
    added: tuple[Advice, ...]
    removed: tuple[Advice, ...]
    taken_away: tuple[Advice, ...]
    review: tuple[str, ...]


@frozen
class Step:
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
            "transitions": [one.transition.id for one in self.fired],
            "raised": _ids(self.raised),
            "completed": _ids(self.completed),
            "withdrawn": _ids(self.withdrawn),
            "left_undone": _ids(self.left_undone),
            "awaits": list(self.awaits),
            "contradictions": [one.id for one in self.contradictions],
            "held": [{"fact": one.fact, "given": one.given, "reason": one.reason} for one in self.held],
            "deviations": [{"order": one.order.id, "overridden": one.overridden} for one in self.deviations],
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
    return [one.id for one in advice]
