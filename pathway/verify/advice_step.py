"""The end of every step, of an event or a transition: memory is brought up to date, then the advice settles.

`event_step`, `transition_step` and this module write the steps of `run.fold` as formulas. A test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.model.derivation import facts_behind
from pathway.verify.logic import Formula, Term, both, conj, disj, either, ite, neg
from pathway.verify.symbolic_state import EPISODE, SymbolicState

if TYPE_CHECKING:
    from pathway.model.rules import Advice
    from pathway.verify.inputs import Inputs


class _Latching(SymbolicState):
    """The record while latches are brought up to date in turn: that at `place` and later ones are unchanged yet."""

    def __init__(self, of: AfterStep, place: int) -> None:
        super().__init__(of.encoding, of.report)
        self._of = of
        self._not_yet = {latch.name for latch in of.encoding.latched[place:]}

    def _make(self, *key: Any) -> Any:
        if key[0] in ("known", "value") and key[1] == EPISODE and key[2] in self._not_yet:
            return self._of.get("raw", key[0], key[2])
        return self._of.get(*key)


class AfterStep(SymbolicState):
    """The record after a step; `before` is the record before it."""

    before: SymbolicState

    def __init__(self, before: SymbolicState, report: Inputs) -> None:
        super().__init__(before.encoding, report)
        self.before = before
        self._views: dict[int, _Latching] = {}

    def _make(self, *key: Any) -> Any:
        match key[0]:
            case "known" | "value" if key[1] == EPISODE and (place := self._latch(key[2])) is not None:
                return self._latched(place)[0 if key[0] == "known" else 1]
            case "latched_today":
                return self._latched_today(key[1])
            case "met_day":
                return ite(self.get("latched_today", key[1]), self.get("day"), self.before.get("met_day", key[1]))
            case "active":
                return self._settled(key[1])[0]
            case "old":
                return self._settled(key[1])[1]
            case "known" | "value" if isinstance(key[1], tuple) and key[2] in self.encoding.derived:
                return self._carried_derived(*key)
            case _:
                return self._part(*key)

    def _part(self, *key: Any) -> Any:
        raise NotImplementedError

    # --- memory ---------------------------------------------------------------------------------------------

    def _latch(self, fact: str) -> int | None:
        return next((place for place, latch in enumerate(self.encoding.latched) if latch.name == fact), None)

    def _newly(self, place: int) -> tuple[Formula, Formula]:
        """Whether the guard of a latch is true, and whether it is false, when the turn of that latch comes."""
        if place not in self._views:
            self._views[place] = _Latching(self, place)
        view, guard = self._views[place], self.encoding.latched[place].when
        return view.true(guard), view.false(guard)

    def _latched(self, place: int) -> tuple[Formula, Formula]:
        name = self.encoding.latched[place].name
        was = both(self.get("raw", "known", name), self.get("raw", "value", name))
        now, never = self._newly(place)
        true = either(was, now)
        return either(true, never), true

    def _latched_today(self, name: str) -> Formula:
        place = self._latch(name)
        assert place is not None
        was = both(self.get("raw", "known", name), self.get("raw", "value", name))
        # A latch that only stands from the day before is not met again today.
        when = self.encoding.latched[place].when
        brought = disj(self.report.known(fact) for fact in sorted(facts_behind(when, self.encoding.pathway)))
        met = both(self._newly(place)[0], either(neg(was), brought))
        return either(met, both(was, self.get("raw", "latched_today", name)))

    # --- advice ---------------------------------------------------------------------------------------------

    def standing(self, advice: Advice) -> tuple[Formula, Formula, Formula]:
        """Formulas before the advice settles: it is in force, it is of a closed episode, an episode closes here."""
        return self.before.get("active", advice.id), self.before.get("old", advice.id), False

    def complete_beyond(self, advice: Advice) -> Formula:
        """Whether an advice of a closed episode is completed by the facts of its own episode."""
        assert advice.until is not None
        return _Carried(self, advice.id).true(advice.until)

    def aside_ends(self, advice: Advice) -> Formula:
        """Where advice that is set aside is gone with its ground; what a closed episode ends is raised anew on one."""
        return both(self.report.aside(advice.id), neg(self.true(advice.when)))

    def _settled(self, name: str) -> tuple[Formula, Formula]:
        advice = self.encoding.pathway.advice_by_id[name]
        active, old, closed = self.standing(advice)
        when = self.true(advice.when)
        if advice.until is None:
            kept = when
            # Old advice whose guard is no longer true goes at once. That it would go later makes no difference.
            return kept, False
        until = self.true(advice.until)
        lapses: Formula = False if advice.lapses is None else self.true(advice.lapses)
        renewed = conj((old, when, neg(until)))
        beyond: Formula
        if advice.outlives_episode:
            beyond = conj((old, neg(renewed), neg(self.complete_beyond(advice)), neg(lapses)))
        else:
            beyond = conj((old, neg(renewed), neg(closed), neg(lapses)))
        current = conj((active, neg(old), neg(until), neg(lapses)))
        raised = conj((when, neg(until), neg(lapses)))
        stays = neg(self.aside_ends(advice))
        return both(stays, disj((both(active, beyond), current, raised))), conj((stays, active, beyond))

    def _carried_derived(self, part: str, scope: Any, fact: str) -> Formula | Term:
        if fact in self.encoding.lasting:
            return self.get(part, EPISODE, fact)
        was = self.get("carried", part, scope, fact)
        if self._latch(fact) is None:
            return was
        true = both(self.known(EPISODE, fact), self.value(EPISODE, fact))
        return either(true, was) if part == "known" else ite(true, True, was)


class _Carried(SymbolicState):
    """The closed episode in which an advice was raised: the facts that its completion reads."""

    def __init__(self, of: SymbolicState, advice: str) -> None:
        super().__init__(of.encoding, of.report)
        self._of, self._advice = of, advice

    def _make(self, *key: Any) -> Any:
        if len(key) == 3 and key[1] == EPISODE and key[0] in ("known", "value", "ranged", "below", "above"):
            return self._of.get(key[0], ("carried", self._advice), key[2])
        return self._of.get(*key)
