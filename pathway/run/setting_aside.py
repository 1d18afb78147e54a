"""Urgent advice that a clinician has set aside: it is in force for every rule, and the plan does not ask for it.

Setting aside answers what was recorded before it. The advice comes back when a report that was recorded afterwards
makes its ground true by what that report says, whenever that report happened. It is gone with its ground or its
episode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathway.run.outcome import Aside, Outcome
    from pathway.run.record import Record


def set_aside(record: Record, aside: Aside) -> None:
    """Set the advice aside, unless a report that was recorded afterwards had told its ground already.

    Of two settings aside the one recorded last answers, also where it is of an earlier moment.
    """
    known = record.answers.get(aside.place)
    if known is not None and known.sequence > aside.sequence:
        aside = known
    record.answers[aside.place] = aside
    if record.active >> aside.place & 1 and record.told.get(aside.place, -1) < aside.sequence:
        record.aside |= 1 << aside.place


def bring_back(record: Record, outcome: Outcome, said: int, *, recalls: bool) -> None:
    """After an event, let advice that is set aside come back, or go with its ground.

    `said` is the number of the entry that says what the event says. `recalls`: advice had been set aside before it.
    """
    compiled = record.compiled
    for place in [place for place in record.told if not record.active >> place & 1]:
        del record.told[place]
    if recalls:
        for place in compiled.places(record.active & compiled.now_mask):
            if compiled.tells(place)(record):
                record.told[place] = max(said, record.told.get(place, -1))
    for place, aside in record.answers.items():
        bit = 1 << place
        if record.aside & bit:
            if not compiled.ground(place)(record):
                outcome.withdrawn |= bit
                record.end(bit)
            elif record.told.get(place, -1) > aside.sequence:
                outcome.raised |= bit
                record.aside &= ~bit
        elif outcome.raised & record.active & bit and said < aside.sequence:
            # It was recorded before the setting aside, though it happened afterwards.
            record.aside |= bit


def end_with_episode(record: Record, outcome: Outcome) -> None:
    """Where an episode closes, what was set aside in it is gone."""
    outcome.withdrawn |= record.aside
    record.end(record.aside)
    record.answers, record.told = {}, {}
