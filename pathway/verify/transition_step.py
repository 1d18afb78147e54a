"""A transition is taken: the record after it, where an episode may close, facts be renewed and values captured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

import z3

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.verify.advice_step import AfterStep
from pathway.verify.encoding import BITS
from pathway.verify.kept_step import highest, within
from pathway.verify.logic import Formula, both, conj, disj, either, ite, neg
from pathway.verify.symbolic_state import EPISODE, SymbolicState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.model.rules import Advice, Transition


class AfterTransition(AfterStep):
    """The record after a transition. `ways` are the transitions that could be taken, each with the formula
    that holds where it is taken.

    At most one of them is taken. Where none is taken, the record is unchanged.
    """

    def __init__(self, before: SymbolicState, ways: Sequence[tuple[Transition, Formula]]) -> None:
        super().__init__(before, before.report)
        self.ways = [(rule, taken) for rule, taken in ways if taken is not False]
        self.moved = disj(taken for _, taken in self.ways)

    def _make(self, *key: Any) -> Any:
        if self.moved is False:
            return self.before.get(*key)
        made = super()._make(*key)
        if self.moved is True or key[0] in ("raw", "carried"):
            return made
        if key == ("state",):
            return made
        before = self.before.get(*key)
        return ite(self.moved, made, before)

    def _part(self, *key: Any) -> Any:
        before = self.before
        match key:
            case ("state",):
                return self._state()
            case ("arrived",):
                return False
            case ("t",) | ("day",) | ("age",):
                return before.get(*key)
            case ("days",):
                return z3.IntVal(0)
            case ("raw", "known" | "value" as part, str(name)):
                return self._raw(part, name)
            case ("raw", "latched_today", str(name)):
                return both(before.get("latched_today", name), self._kept(name))
            case ("carried", part, scope, fact):
                return self._carry(part, scope, fact)
            case ("known" | "value" | "ranged" | "below" | "above" as part, tuple() as scope, str(fact)):
                return self._carry(part, scope, fact)
            case ("known" | "value" | "ranged" | "below" | "above" as part, scope, str(fact)):
                return before.get(part, scope, fact) if scope != EPISODE else self._episode(part, fact)
            case ("fresh", str(fact)):
                return both(before.get("fresh", fact), self._kept(fact))
            case ("moment", scope, str(fact)):
                return before.get("moment", scope, fact)
            case ("told_day", _) | (
                "kept known" | "kept last" | "kept last day" | "kept peak" | "kept peak day" | "kept ended", _,
            ):  # fmt: skip
                return before.get(*key)
            case ("provisional", str(name)):
                return self._provisional(name)
            case ("began_known" | "began" | "last_known" | "last", _):
                return before.get(*key)
            case ("caught", str(name)):
                return either(self._capturing(name), both(before.get("caught", name), neg(self._closes())))
            case ("caught_today", str(name)):
                fresh = both(self._capturing(name), neg(self._still_caught(name)))
                return either(fresh, both(before.get("caught_today", name), neg(self._closes())))
            case ("highest_known" | "highest" | "today_known" | "today" as part, str(fact)):
                return self._highest(part, fact)
            case _:
                raise KeyError(key)

    def _state(self) -> Any:
        if len(self.ways) == 1 and self.moved is True:
            return self.ways[0][0].target
        state = self.before.get("state")
        if isinstance(state, str):
            state = z3.BitVecVal(self.encoding.code(state), BITS)
        for rule, taken in self.ways:
            state = ite(taken, z3.BitVecVal(self.encoding.code(rule.target), BITS), state)
        return state

    # --- closing --------------------------------------------------------------------------------------------

    def _closes(self, *, keeping_day: bool | None = None) -> Formula:
        return disj(
            taken
            for rule, taken in self.ways
            if rule.closes is not None and (keeping_day is None or rule.closes.keeps_day == keeping_day)
        )

    def _kept(self, fact: str) -> Formula:
        """Whether the value of a fact in the episode stays: no closing drops it, and no renewal."""
        before, found = self.before, []
        for rule, taken in self.ways:
            stays: Formula = True
            if rule.closes is not None:
                stays = self._kept_by(rule, fact)
            bound = self.encoding.bounds.get(fact)
            if fact in rule.renews or (bound is not None and bound.part in rule.renews):
                stays = both(stays, before.get("fresh", fact))
            found.append(both(taken, stays))
        return disj(found)

    def _kept_by(self, rule: Transition, fact: str) -> Formula:
        closing, before = rule.closes, self.before
        assert closing is not None
        if fact in self.encoding.lasting:
            return True
        kept: Formula = False
        if fact in closing.keeps:
            gone = disj(
                both(before.known(EPISODE, other), before.value(EPISODE, other))
                for name, other in closing.unless
                if name == fact
            )
            kept = conj((before.known(EPISODE, fact), before.value(EPISODE, fact), neg(gone)))
        if closing.keeps_day:
            latched = any(latch.name == fact for latch in self.encoding.latched)
            if latched:
                kept = either(kept, before.get("latched_today", fact))
            elif fact not in self.encoding.derived:
                kept = either(kept, before.get("fresh", fact))
        return kept

    def _raw(self, part: str, name: str) -> Any:
        was = self.before.get(part, EPISODE, name)
        return both(was, self._kept(name)) if part == "known" else was

    def _episode(self, part: str, fact: str) -> Any:
        before = self.before
        derived = self.encoding.pathway.derived_by_name.get(fact)
        match derived:
            case Captured():
                return self._captured(part, fact)
            case None | Clock() | Latched() | Held() | Settled() | Excess() | Product() | AtMost() | Grade():
                was = before.get(part, EPISODE, fact)
                return was if part == "value" else both(was, self._kept(fact))
            case _:
                assert_never(derived)

    def _highest(self, part: str, fact: str) -> Any:
        before = self.before
        keeping, closing = self._closes(keeping_day=True), self._closes(keeping_day=False)
        kind = part.removesuffix("_known")
        if part.endswith("_known"):
            was = before.get(part, fact)
            today = before.get("today_known", fact)
            return both(neg(closing), ite(keeping, today, was))
        return (
            before.get(kind, fact)
            if kind == "today"
            else ite(keeping, before.get("today", fact), before.get(kind, fact))
        )

    # --- captures -------------------------------------------------------------------------------------------

    def _capturing(self, name: str) -> Formula:
        captured = next(captured for captured in self.encoding.captured if captured.name == name)
        return disj(taken for rule, taken in self.ways if rule.target == captured.entering)

    def _still_caught(self, name: str) -> Formula:
        return both(self.before.get("caught", name), neg(self._closes()))

    def _captured(self, part: str, name: str) -> Any:
        captured = next(captured for captured in self.encoding.captured if captured.name == name)
        now = both(self._capturing(name), neg(self._still_caught(name)))
        was = self.before.get(part, EPISODE, name)
        if part == "known":
            was = both(was, neg(self._closes()))
        if captured.how == "value":
            source = self.known(EPISODE, captured.of) if part == "known" else self.value(EPISODE, captured.of)
            return ite(now, source, was)
        if captured.days:
            taken = self.before.get("kept known", captured.of) if part == "known" else highest(captured, self.before)
            return ite(now, taken, was)
        return ite(now, self.get("highest_known" if part == "known" else "highest", captured.of), was)

    def _provisional(self, name: str) -> Formula:
        """Whether the captured value is of a reading before the days that count, so that the next may exceed it."""
        captured = next(captured for captured in self.encoding.captured if captured.name == name)
        now = both(self._capturing(name), neg(self._still_caught(name)))
        known, ended = self.before.get("kept known", captured.of), self.before.get("kept ended", captured.of)
        early = conj((known, neg(within(captured, self.before)), neg(ended)))
        return ite(now, early, both(self.before.get("provisional", name), neg(self._closes())))

    # --- advice ---------------------------------------------------------------------------------------------

    def standing(self, advice: Advice) -> tuple[Formula, Formula, Formula]:
        """Formulas before the advice settles: it is in force, it is of a closed episode, an episode closes here."""
        active, old = self.before.get("active", advice.id), self.before.get("old", advice.id)
        closes = self._closes()
        return active, either(old, both(active, closes)), closes

    def _carry(self, part: str, scope: Any, fact: str) -> Any:
        """A part of the closed episode of an advice; where an episode closes here, the part of that episode."""
        before, advice = self.before, scope[1]
        fresh = conj((self._closes(), before.get("active", advice), neg(before.get("old", advice))))
        return ite(fresh, before.get(part, EPISODE, fact), before.get(part, scope, fact))
