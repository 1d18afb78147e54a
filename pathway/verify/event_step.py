"""An event arrives: how the record after it follows from the record before it and from the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

import z3

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Choice
from pathway.verify import kept_step
from pathway.verify.advice_step import AfterStep
from pathway.verify.bound_step import bound_after
from pathway.verify.bounded import MOST
from pathway.verify.encoding import BITS
from pathway.verify.logic import Formula, Term, both, conj, disj, either, equal, implied, ite, neg, number
from pathway.verify.span_step import run_of, span_of
from pathway.verify.start import New
from pathway.verify.symbolic_state import EPISODE, SymbolicState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.events import EventType
    from pathway.verify.inputs import Inputs


class AfterEvent(AfterStep):
    """The record after an event was folded in, before any transition is taken."""

    def __init__(self, before: SymbolicState, event: Inputs) -> None:
        super().__init__(before, event)
        self.assumed: list[Formula] = []

    def _part(self, *key: Any) -> Any:
        before, report = self.before, self.report
        match key:
            case ("state",):
                return before.get("state")
            case ("arrived",):
                return True
            case ("t",):
                return report.t
            case ("day",):
                return report.day
            case ("age",):
                return report.age
            case ("days",):
                return self._days()
            case ("day_of_before",):
                return False if isinstance(before, New) else report.day == before.get("day")
            case ("raw", "known" | "value" | "latched_today" as part, str(name)):
                return self._raw(part, name)
            case ("carried", part, scope, fact):
                return before.get(part, scope, fact)
            case ("known", scope, str(fact)):
                return self._merged(scope, fact)[0]
            case ("value", scope, str(fact)):
                return self._merged(scope, fact)[1]
            case ("ranged" | "below" | "above" as part, scope, str(fact)):
                return self._merged(scope, fact)[2 + ("ranged", "below", "above").index(part)]
            case ("fresh", str(fact)):
                return self._fresh(fact)
            case ("moment", scope, str(fact)):
                return self._moment(scope, fact)
            case ("told_day", str(fact)):
                return ite(self.get("fresh", fact), report.day, before.get("told_day", fact))
            case ("began_known" | "began" | "last_known" | "last" as part, str(name)):
                return run_of(self, before, self._span_reading(name), part, name)
            case ("caught", str(name)):
                return before.get("caught", name)
            case (str(part), str(fact)) if part.startswith(kept_step.PREFIX):
                ends = report.is_event(self.encoding.windows[fact].ends_with)
                return kept_step.after_reading(part, fact, before, report, self._counts(fact), ends)
            case ("provisional", str(name)):
                captured = next(captured for captured in self.encoding.captured if captured.name == name)
                return kept_step.stays_provisional(captured, before, report, self._counts(captured.of))
            case ("caught_today", str(name)):
                return both(before.get("caught_today", name), self.get("day_of_before"))
            case ("highest_known" | "highest" | "today_known" | "today" as part, str(fact)):
                return self._highest(part, fact)
            case _:
                raise KeyError(key)

    # --- time -----------------------------------------------------------------------------------------------

    def _days(self) -> Term:
        before = self.before
        return z3.IntVal(0) if isinstance(before, New) else before.get("days") + self.report.day - before.get("day")

    def passing(self) -> Iterator[Formula]:
        """Time never goes back: the same moment is the same day, and the same day is the same age."""
        before, report = self.before, self.report
        if isinstance(before, New):
            return
        yield report.t >= before.get("t")
        yield report.day >= before.get("day")
        yield report.age >= before.get("age")
        yield implied(report.t == before.get("t"), report.day == before.get("day"))
        yield implied(report.day == before.get("day"), report.age == before.get("age"))

    # --- the record -----------------------------------------------------------------------------------------

    def _raw(self, part: str, name: str) -> Any:
        """A latch before it is brought up to date: as it was, unless the event clears it."""
        cleared = disj(
            self.report.is_event(event)
            for latch in self.encoding.latched
            if latch.name == name
            for event in latch.cleared_by
        )
        cleared = either(cleared, self._has_ended(name))
        if part == "latched_today":
            return conj((neg(cleared), self.before.get("latched_today", name), self.get("day_of_before")))
        was = self.before.get(part, EPISODE, name)
        return both(neg(cleared), was) if part == "known" else was

    def _has_ended(self, name: str) -> Formula:
        """Whether a latch ends before the event is read."""
        latch = next(latch for latch in self.encoding.latched if latch.name == name)
        found = [] if latch.ends_when is None else [self.before.true(latch.ends_when)]
        if latch.lasts_days is not None:
            found.append(self._is_older("met_day", name, latch.lasts_days))
        for state, (_, latches, days) in self.encoding.forgotten.items():
            if name in latches:
                found.append(both(self.before.in_state((state,)), self._is_older("met_day", name, days)))
        return disj(found)

    def _is_forgotten(self, scope: Any, fact: str) -> Formula:
        """Whether the state of the case forgets a fact of the episode before the event is read."""
        if scope != EPISODE:
            return False
        return disj(
            both(self.before.in_state((state,)), self._is_older("told_day", fact, days))
            for state, (facts, _, days) in self.encoding.forgotten.items()
            if fact in facts
        )

    def _is_older(self, part: str, name: str, days: int) -> Formula:
        return False if isinstance(self.before, New) else self.report.day - self.before.get(part, name) > days

    def _merged(self, scope: Any, fact: str) -> tuple[Any, ...]:
        key = ("merged", scope, fact)
        if key not in self._made:
            self._made[key] = self._merge(scope, fact)
        return self._made[key]  # type: ignore[no-any-return]  # a tuple by its key

    def _merge(self, scope: Any, fact: str) -> tuple[Any, ...]:
        encoding, before, report = self.encoding, self.before, self.report
        if scope == EPISODE and (derived := self._derived(fact)) is not None:
            return (*derived, False, False, False)
        remembered = neg(self._is_forgotten(scope, fact))
        known, value = both(remembered, before.known(scope, fact)), before.value(scope, fact)
        limits: tuple[Formula, ...] = before.limits(scope, fact) if fact in encoding.ranged else (False, False, False)
        limits = tuple(both(remembered, limit) for limit in limits)
        if fact in encoding.bounds:
            return bound_after(self, fact, known, value, limits)
        reported = report.value(fact)
        for kind in encoding.reporters.get(fact, []):
            here = report.is_event(kind.name)
            if here is False or encoding.own(kind, fact):
                continue
            here = both(here, self._may_merge(kind, scope))
            taken = conj((here, self._reports(kind, fact), neg(self._keeps(scope, fact, reported))))
            blank = both(here, self._blanks(kind, fact))
            fresh = self.limits("report", fact) if fact in encoding.ranged else (False, False, False)
            limits = tuple(ite(taken, new, both(neg(blank), old)) for new, old in zip(fresh, limits, strict=True))
            known = either(taken, both(neg(blank), known))
            value = ite(taken, reported, value)
            known, value = self._product(kind, scope, fact, here, known, value)
        for kind in encoding.recorders.get(fact, []):
            here = report.is_event(kind.name)
            known, value = either(here, known), ite(here, True, value)
        for kind in encoding.raisers.get(fact, []):
            known, value = self._raised(kind, known, value)
        for kind in encoding.held_flags.get(fact, []):
            here = report.is_event(kind.name)
            known, value = either(here, known), ite(here, report.any_refused(kind), value)
        return (known, value, *limits)

    def _reports(self, kind: EventType, fact: str) -> Formula:
        """Whether the event is of that kind and reports the fact."""
        return both(self.report.is_event(kind.name), self.report.known(fact))

    def _blanks(self, kind: EventType, fact: str) -> Formula:
        if not kind.replaces:
            return False
        missing = neg(self.report.known(fact))
        return missing if kind.authority is not None else both(missing, neg(self.report.refused(fact)))

    def _keeps(self, scope: Any, fact: str, reported: Term) -> Formula:
        choice = self.encoding.pathway.facts_by_name.get(fact)
        if not isinstance(choice, Choice) or not (choice.no_result or choice.yields):
            return False
        code = {option: z3.BitVecVal(place, BITS) for place, option in enumerate(choice.options)}
        known = both(neg(self._is_forgotten(scope, fact)), self.before.known(scope, fact))
        value = self.before.value(scope, fact)
        found = [equal(reported, code[option]) for option in choice.no_result]
        for option, others in choice.yields:
            old = disj(equal(value, code[other]) for other in others)
            found.append(conj((known, equal(reported, code[option]), old)))
        return disj(found)

    def _may_merge(self, kind: EventType, scope: Any) -> Formula:
        """Whether a report of that kind may replace a value. Without authority it replaces no report with authority."""
        if kind.authority is None:
            return True
        stands = both(neg(self.true(kind.authority.when)), self.before.true(kind.authority.when, report=scope))
        return neg(stands)

    def _raised(self, kind: EventType, known: Formula, value: Term) -> tuple[Formula, Term]:
        assert kind.authority is not None
        here = self.report.is_event(kind.name)
        authoritative = self.true(kind.authority.when)
        lowered = conj((here, authoritative, self.true(kind.authority.clears)))
        raised = conj((here, neg(authoritative), self.true(kind.authority.on)))
        return disj((lowered, raised, known)), ite(lowered, False, ite(raised, True, value))

    def _product(
        self, kind: EventType, scope: Any, fact: str, here: Formula, known: Formula, value: Term
    ) -> tuple[Formula, Term]:
        for product in self.encoding.products:
            if product.fact != fact.removesuffix(MOST) or kind.authority is None:
                continue
            left_known, left = self.known(scope, product.left), self.value(scope, product.left)
            right = self.report.value(product.right)
            same = self.get("moment", scope, product.left) == self.report.t
            exact = (
                self.known_exactly(scope, product.left),
                equal(*(self.report.value(end) for end in self.encoding.ends(product.right))),
            )
            made = conj(
                (*exact, here, neg(self.report.known(fact)), self.report.known(product.right), left_known, same)
            )
            if self.report.exact:
                amount = left * right * number(product.factor)
            else:
                # The solver knows only that a product is positive where both factors are: enough for a proof.
                amount = z3.Real(f"{self.report.name}.{product.fact}.{scope}")
                self.assumed += [amount >= 0, (amount > 0) == z3.And(left > 0, right > 0)]
            known, value = either(made, known), ite(made, amount, value)
        return known, value

    def known_exactly(self, scope: Any, fact: str) -> Formula:
        """Whether the value of an amount is no bound."""
        first, last = self.encoding.ends(fact)
        return first == last or equal(self.value(scope, first), self.value(scope, last))

    def _fresh(self, fact: str) -> Formula:
        """Whether the value in the episode was set on this calendar day."""
        report, encoding = self.report, self.encoding
        fresh = both(self.before.get("fresh", fact), self.get("day_of_before"))
        if fact in encoding.bounds:
            return either(self._report_known(fact), both(fresh, neg(report.known(encoding.bounds[fact].part))))
        for kind in encoding.reporters.get(fact, []):
            if encoding.own(kind, fact):
                continue
            here = both(report.is_event(kind.name), self._may_merge(kind, EPISODE))
            taken = conj((here, self._reports(kind, fact), neg(self._keeps(EPISODE, fact, report.value(fact)))))
            fresh = either(taken, both(neg(both(here, self._blanks(kind, fact))), fresh))
            made = self._product(kind, EPISODE, fact, here, False, value=z3.RealVal(0))[0]
            fresh = either(made, fresh)
        setters = [*encoding.recorders.get(fact, []), *encoding.held_flags.get(fact, [])]
        fresh = disj((fresh, *(report.is_event(kind.name) for kind in setters)))
        for kind in encoding.raisers.get(fact, []):
            changed = self._raised(kind, False, False)[0]
            fresh = either(changed, fresh)
        return fresh

    def _moment(self, scope: Any, fact: str) -> Term:
        """The moment at which the value was set. Only the left factor of a product needs it."""
        moment = self.before.get("moment", scope, fact)
        for kind in self.encoding.reporters.get(fact, []):
            here = conj((self._reports(kind, fact), self._may_merge(kind, scope)))
            moment = ite(here, self.report.t, moment)
        return moment

    # --- spans, captures ------------------------------------------------------------------------------------

    def _derived(self, fact: str) -> tuple[Formula, Term] | None:
        """Whether a derived fact that an event changes is known, and its value; None for every other fact."""
        derived = self.encoding.pathway.derived_by_name.get(fact)
        match derived:
            case Held() | Settled():
                return span_of(self, self.before, self._span_reading(fact), fact)
            case Captured():
                return self._captured(fact)
            case None | Clock() | Latched() | Excess() | Product() | AtMost() | Grade():
                return None  # reported, or computed elsewhere: a clock by time, a latch where the step ends
            case _:
                assert_never(derived)

    def _reading(self, fact: str) -> Formula:
        """Whether the event reports an amount of the fact."""
        return disj(
            self._reports(kind, fact)
            for kind in self.encoding.reporters.get(fact, [])
            if not self.encoding.own(kind, fact)
        )

    def _counts(self, fact: str) -> Formula:
        """Whether the event reports an amount that may be the highest: an upper bound says nothing of it."""
        return both(self._reading(fact), neg(self.report.is_upper(fact)))

    def _span_reading(self, name: str) -> Formula:
        return self._reading(next(span.fact for span in self.encoding.spans if span.name == name))

    def _captured(self, name: str) -> tuple[Formula, Term]:
        captured = next(captured for captured in self.encoding.captured if captured.name == name)
        known, value = self.before.known(EPISODE, name), self.before.value(EPISODE, name)
        if captured.how != "highest_of_day":
            return known, value
        reported = self.report.value(captured.of)
        if captured.days:
            reading, today = self._counts(captured.of), self.get("caught_today", name)
            return kept_step.captured_later(captured, self.before, self.report, reading, today)
        higher = both(self.get("caught_today", name), reported > value)
        later = conj((self._counts(captured.of), self.before.get("caught", name), either(neg(known), higher)))
        return either(known, later), ite(later, reported, value)

    def _highest(self, part: str, fact: str) -> Any:
        reading, reported, before = self._counts(fact), self.report.value(fact), self.before
        kind = part.removesuffix("_known")
        known = before.get(f"{kind}_known", fact)
        if kind == "today":
            known = both(known, self.get("day_of_before"))
        if part.endswith("_known"):
            return either(reading, known)
        value = before.get(kind, fact)
        return ite(both(reading, either(neg(known), reported > value)), reported, value)
