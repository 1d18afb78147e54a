"""Which advice is in force: raised, completed, withdrawn, kept over a closed episode or until an acknowledgement.

What is in force stands as bit masks in the record (`active`, and `old` for that from closed episodes), where guards
read it. Since when is told by the outcomes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.run.advising import Advised
    from pathway.run.compiled import After, CompiledPathway
    from pathway.run.frame import Frame
    from pathway.run.outcome import Outcome
    from pathway.run.record import Record


def settle(record: Record, outcome: Outcome) -> None:
    """Bring the advice in line with the record."""
    compiled = record.compiled
    if record.old:
        _settle_carried(compiled, record, outcome)
    _apply(record, outcome, compiled.advise[record.state](record))
    record.settled = True


def settle_after(record: Record, outcome: Outcome, after: After) -> None:
    """Bring the advice in line after an event, where it was in line before it, and none is from a closed episode."""
    _apply(record, outcome, after.advise[record.state](record))


def _apply(record: Record, outcome: Outcome, advised: Advised) -> None:
    up, done, gone = advised
    if done or gone:
        outcome.completed |= done
        outcome.withdrawn |= gone
        record.end(done | gone)
    if up:
        outcome.raised |= up
        record.active |= up


def force(record: Record, places: Iterable[int]) -> list[int]:
    """Keep advice in force that a correction would have taken away; that which is not in force, and not completed."""
    compiled = record.compiled
    forced = [place for place in places if not record.active >> place & 1 and not compiled.completes(place)(record)]
    record.active |= sum(1 << place for place in forced)
    record.settled = False
    return forced


def _settle_carried(compiled: CompiledPathway, record: Record, outcome: Outcome) -> None:
    """Advice from a closed episode stands if its ground does, else only if it outlives an episode."""
    current = record.episode
    for frame in record.carried_frames():
        _bring_up_to_date(compiled, frame, current)
    for place in compiled.places(record.old):
        bit = 1 << place
        if compiled.ground(place)(record) and not compiled.completes(place)(record):
            record.old &= ~bit
            record.carried.pop(place, None)
            continue
        if not compiled.surviving_mask & bit:
            # The episode was closed just now: what does not outlive it ends there.
            outcome.withdrawn |= bit
            if compiled.pathway.advice[place].until is not None:
                outcome.left_undone |= bit
            record.end(bit)
            continue
        # Whether it is completed is asked of the episode in which it was raised.
        record.episode = record.carried[place]
        complete = compiled.completes(place)(record)
        record.episode = current
        if complete:
            outcome.completed |= bit
            record.end(bit)


def _bring_up_to_date(compiled: CompiledPathway, frame: Frame, current: Frame) -> None:
    """Give the frame of a closed episode what lasts beyond episodes, time, and what is latched now."""
    for place in (*compiled.lasting, *compiled.clocks):
        frame.values[place] = current.values[place]
    for place in compiled.latches:
        if current.values[place] is True:
            frame.values[place] = True
