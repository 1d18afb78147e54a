"""While an entry waits for acknowledgement a case has two readings: without what waits, and with it.

The case stands as it is without. But a later event may call for something urgent under the other reading alone, and
nobody has decided yet which of the two is right: until then the plan holds the urgent advice of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.run.fold import Fold, Outcome


def stand_beside(fold: Fold, other: Fold) -> None:
    """Keep in force, in the reading that stands, the urgent advice that only the other one calls for."""
    fold.beside = other
    fold.lent = only = other.active & fold.program.now_mask & ~fold.active
    fold.active |= only
    for place in fold.program.places(only):
        fold.raised_at[place] = other.raised_at[place]
        if place in other.carried:
            fold.carried[place] = other.carried[place]
    for place, done in other.completed_at.items():
        fold.completed_at[place] = max(done, fold.completed_at.get(place, done))
    for place, left in other.left_at.items():
        fold.left_at[place] = max(left, fold.left_at.get(place, left))


def told_of_both(outcome: Outcome, other: Outcome, before: int, after: int) -> None:
    """Say of an event what it did to the advice of both readings: in force before, and after, as bit masks."""
    up, down = after & ~before, before & ~after
    outcome.raised = outcome.raised & ~before | up
    outcome.completed = (outcome.completed | down & other.completed) & ~after
    outcome.left_undone = (outcome.left_undone | down & other.left_undone) & ~after
    outcome.withdrawn = (outcome.withdrawn | down & ~outcome.completed) & ~after


def excuse(fold: Fold, outcomes: Mapping[str, Outcome], others: Mapping[str, Outcome]) -> None:
    """An act that the other reading advised urgently is no deviation while nobody has decided between the two."""
    for entry, outcome in outcomes.items():
        done = entry in others and others[entry].completed & fold.program.now_mask
        if outcome.deviations and done and not others[entry].deviations:
            outcome.deviations = ()
            fold.deviations = [one for one in fold.deviations if one.entry != entry]
