"""Readings that are kept for some time, as formulas: for the minutes of a span, or for days beyond an episode.

A proof knows the last day with a reading and the highest reading of that day, and the highest reading of all with the
last day on which it was reached. Where the highest of all lies before the days that count, the highest of those days
lies between the two, and is free there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.verify.logic import both, conj, disj, either, ite, neg
from pathway.verify.symbolic_state import EPISODE

if TYPE_CHECKING:
    from pathway.model.derived import Captured, Held
    from pathway.verify.inputs import Inputs
    from pathway.verify.logic import Formula, Term
    from pathway.verify.symbolic_state import SymbolicState

PREFIX = "kept "
"""The beginning of the names of the parts: "kept known", "kept last", "kept peak", each with its day, "kept ended"."""


def in_window(span: Held, before: SymbolicState, report: Inputs, restarted: Formula) -> Formula:
    """Whether another reading of the span lies in the window before a reading. `restarted`: the span begins anew here.

    The first and the last reading of the span are known. Where neither of them lies in the window, and one between
    them may, the formula is free.
    """
    assert span.within is not None
    going = both(before.get("began_known", span.name), neg(restarted))
    began, last = (report.t - before.get(part, span.name) for part in ("began", "last"))
    sure = disj(both(back >= span.minutes, back <= span.within) for back in (began, last))
    may_be = conj((began >= span.minutes, last <= span.within, report.between(span.name)))
    return both(going, either(sure, may_be))


def after_reading(part: str, fact: str, before: SymbolicState, report: Inputs, reading: Formula, ends: Formula) -> Any:
    """A part after an event. `reading`: the event reports the fact; `ends`: it ends that readings count."""
    ended = before.get("kept ended", fact)
    if part == "kept ended":
        return either(ended, ends)
    here, value, known = both(reading, neg(ended)), report.value(fact), before.get("kept known", fact)
    if part == "kept known":
        return either(here, known)
    last, day = before.get("kept last", fact), before.get("kept last day", fact)
    peak = before.get("kept peak", fact)
    match part:
        case "kept last":
            stays = conj((known, report.day == day, last >= value))
            return ite(both(here, neg(stays)), value, last)
        case "kept last day":
            return ite(here, report.day, day)
        case "kept peak":
            return ite(both(here, either(neg(known), value > peak)), value, peak)
        case "kept peak day":
            return ite(both(here, either(neg(known), value >= peak)), report.day, before.get("kept peak day", fact))
        case _:
            raise KeyError(part)


def captured_later(
    captured: Captured, before: SymbolicState, report: Inputs, reading: Formula, caught_today: Formula
) -> tuple[Formula, Term]:
    """Whether a captured value is known after an event, and the value: a reading may still exceed it."""
    name, value = captured.name, report.value(captured.of)
    known, held = before.known(EPISODE, name), before.value(EPISODE, name)
    counts = conj((reading, before.get("caught", name), neg(before.get("kept ended", captured.of))))
    later = both(counts, disj((neg(known), before.get("provisional", name), caught_today)))
    return either(known, later), ite(both(later, either(neg(known), value > held)), value, held)


def stays_provisional(captured: Captured, before: SymbolicState, report: Inputs, reading: Formula) -> Formula:
    """Whether the captured value is still of a reading before the days that count."""
    ends = report.is_event(captured.ends_with) if captured.ends_with else False
    counts = both(reading, neg(before.get("kept ended", captured.of)))
    return both(before.get("provisional", captured.name), neg(either(ends, counts)))


def within(captured: Captured, symbolic: SymbolicState) -> Formula:
    """Whether there is a reading in the days that count today."""
    day = symbolic.get("kept last day", captured.of)
    return both(symbolic.get("kept known", captured.of), symbolic.get("day") - day <= captured.days)


def highest(captured: Captured, symbolic: SymbolicState) -> Term:
    """The value that is captured today, where there is a reading."""
    fact = captured.of
    last, peak = symbolic.get("kept last", fact), symbolic.get("kept peak", fact)
    reached = symbolic.get("day") - symbolic.get("kept peak day", fact) <= captured.days
    free = symbolic.report.highest_of_days(fact)
    between = ite(free < last, last, ite(free > peak, peak, free))
    return ite(within(captured, symbolic), ite(reached, peak, between), last)
