"""Spans of readings at or above a limit, after an event, as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.model.derived import Held, Settled
from pathway.verify.kept_step import in_window
from pathway.verify.logic import both, conj, disj, either, ite, neg, number
from pathway.verify.symbolic_state import EPISODE, SymbolicState

if TYPE_CHECKING:
    from pathway.verify.logic import Formula, Term


def run_of(after: SymbolicState, before: SymbolicState, reading: Formula, part: str, name: str) -> Any:
    """A part of the run of a span: when it began, when its last reading was. `reading`: the event reports the fact."""
    _, high, low, restarted = _parts(after, reading, name)
    now = after.report.t
    match part:
        case "began_known":
            return either(high, conj((before.get("began_known", name), neg(restarted), neg(low))))
        case "began":
            going = both(before.get("began_known", name), neg(restarted))
            return ite(both(high, neg(going)), now, before.get("began", name))
        case "last_known":
            return either(high, before.get("last_known", name))
        case _:
            return ite(high, now, before.get("last", name))


def span_of(after: SymbolicState, before: SymbolicState, reading: Formula, name: str) -> tuple[Formula, Term]:
    """Whether a span is known, and whether it is true."""
    span, high, low, restarted = _parts(after, reading, name)
    now = after.report.t
    known, value = both(before.known(EPISODE, name), neg(restarted)), before.value(EPISODE, name)
    if isinstance(span, Held) and span.within is not None:
        known = ite(high, in_window(span, before, after.report, restarted), either(low, known))
        return known, ite(high, True, ite(low, False, value))
    if isinstance(span, Held):
        long_enough = both(after.get("began_known", name), now - after.get("began", name) >= span.minutes)
        known = ite(high, long_enough, either(low, known))
        return known, ite(high, True, ite(low, False, value))
    settled = conj((low, before.get("last_known", name), now - before.get("last", name) >= span.minutes))
    return disj((high, settled, known)), ite(high, False, ite(settled, True, value))


def _parts(after: SymbolicState, reading: Formula, name: str) -> tuple[Held | Settled, Formula, Formula, Formula]:
    span = next(span for span in after.encoding.spans if span.name == name)
    high = both(reading, after.report.value(span.fact) >= number(span.limit))
    most = after.report.value(after.encoding.ends(span.fact)[1])
    low = both(reading, neg(most >= number(span.limit)))
    restarts = span.restarted_by if isinstance(span, Held) else ()
    return span, high, low, disj(after.report.is_event(event) for event in restarts)
