"""Which advice is in force: raised, completed, withdrawn, kept over a closed episode or until an acknowledgement.

Bit masks in the record hold the advice in force, and guards read them there: `active` all of it, `old` the part from
closed episodes. The outcomes hold since when advice is in force.
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
    """Bring the advice in line after an event, where it was in line before and none is from a closed episode."""
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
    """Keep advice in force that a correction took away, unless it is completed; the places of the advice put back."""
    compiled = record.compiled
    forced = [place for place in places if not record.active >> place & 1 and not compiled.completes(place)(record)]
    record.active |= sum(1 << place for place in forced)
    record.settled = False
    return forced


def _settle_carried(compiled: CompiledPathway, record: Record, outcome: Outcome) -> None:
    """Advice from a closed episode stands where its ground is true, and otherwise only if it outlives an episode."""
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
            # The episode was closed just now: advice that does not outlive an episode ends with it.
            outcome.withdrawn |= bit
            if compiled.pathway.advice[place].until is not None:
                outcome.left_undone |= bit
            record.end(bit)
            continue
        # Whether the advice is completed is read in the episode in which it was raised.
        record.episode = record.carried[place]
        complete = compiled.completes(place)(record)
        record.episode = current
        if complete:
            outcome.completed |= bit
            record.end(bit)


def _bring_up_to_date(compiled: CompiledPathway, frame: Frame, current: Frame) -> None:
    """Bring the frame of a closed episode up to date: facts that outlast an episode, clocks, and latches true now."""
    for place in (*compiled.lasting, *compiled.clocks):
        frame.values[place] = current.values[place]
    for place in compiled.latches:
        if current.values[place] is True:
            frame.values[place] = True
