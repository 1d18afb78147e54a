"""How a world follows from the one before: what `run.fold` does to a case, said as formulas.

Three kinds: `Start` (any record at all, or the record of a new case), `Arrival` (an event was folded in, before any
transition) and `Passage` (a transition was taken). A test holds them to the fold that runs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import z3

from pathway.model.derived import Held
from pathway.model.facts import Choice, Flag, Quantity
from pathway.model.guards import LATEST
from pathway.verify.anatomy import BITS, Anatomy
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, Term, both, conj, disj, either, equal, implied, ite, neg, number
from pathway.verify.world import EPISODE, World

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathway.model.events import EventType
    from pathway.model.rules import Advice, Transition


class Start(World):
    """Any record at all: every part is an unknown. `state` names the state where it is settled."""

    def __init__(self, anatomy: Anatomy, name: str, state: str | None = None, event: str | None = None) -> None:
        super().__init__(anatomy, Inputs(anatomy, f"{name}.report", event))
        self.name = name
        self.state = state
        self.made: dict[tuple[Any, ...], Term] = {}

    def _make(self, *key: Any) -> Any:
        if key == ("state",) and self.state is not None:
            return self.state
        if key in (("age",), ("t",), ("day",)):
            return getattr(self.report, key[0])
        name = f"{self.name}." + ".".join(str(part) for part in key)
        match key[0]:
            case "state":
                made = z3.BitVec(name, BITS)
            case "value":
                made = self.anatomy.variable(name, key[2])
            case "moment" | "began" | "last":
                made = z3.Int(name)
            case "days":
                made = z3.Int(name)
            case "highest" | "today":
                made = z3.Real(name)
            case _:
                made = z3.Bool(name)
        self.made[key] = made
        return made


class New(World):
    """The record of a case to which nothing has happened yet."""

    def __init__(self, anatomy: Anatomy) -> None:
        super().__init__(anatomy, Inputs(anatomy, "new", ""))

    def _make(self, *key: Any) -> Any:
        match key[0]:
            case "state":
                return self.anatomy.pathway.initial
            case "value":
                return self._any(key[2])
            case "days" | "t" | "day" | "age" | "moment" | "began" | "last" | "highest" | "today":
                return z3.IntVal(0) if key[0] not in ("highest", "today") else z3.RealVal(0)
            case _:
                return False

    def _any(self, fact: str) -> Term:
        one = self.anatomy.variable("nothing", fact)
        if z3.is_bool(one):
            return False
        return z3.BitVecVal(0, BITS) if z3.is_bv(one) else (z3.IntVal(0) if z3.is_int(one) else z3.RealVal(0))


class _Latching(World):
    """The record while memory is brought up to date: what is remembered in this place or later is as it was."""

    def __init__(self, of: Settled, place: int) -> None:
        super().__init__(of.anatomy, of.report)
        self._of = of
        self._not_yet = {one.name for one in of.anatomy.latched[place:]}

    def _make(self, *key: Any) -> Any:
        if key[0] in ("known", "value") and key[1] == EPISODE and key[2] in self._not_yet:
            return self._of.get("raw", key[0], key[2])
        return self._of.get(*key)


class Settled(World):
    """What arrivals and passages share: memory is brought up to date, then the advice settles."""

    before: World

    def __init__(self, before: World, report: Inputs) -> None:
        super().__init__(before.anatomy, report)
        self.before = before
        self._views: dict[int, _Latching] = {}

    def _make(self, *key: Any) -> Any:
        match key[0]:
            case "known" | "value" if key[1] == EPISODE and (place := self._latch(key[2])) is not None:
                return self._latched(place)[0 if key[0] == "known" else 1]
            case "latched_today":
                return self._latched_today(key[1])
            case "active":
                return self._settled(key[1])[0]
            case "old":
                return self._settled(key[1])[1]
            case "known" | "value" if isinstance(key[1], tuple) and key[2] in self.anatomy.derived:
                return self._carried_derived(*key)
            case _:
                return self._part(*key)

    def _part(self, *key: Any) -> Any:
        raise NotImplementedError

    # --- memory -------------------------------------------------------------------------------------------------------

    def _latch(self, fact: str) -> int | None:
        return next((place for place, one in enumerate(self.anatomy.latched) if one.name == fact), None)

    def _newly(self, place: int) -> tuple[Formula, Formula]:
        """Whether the guard of a latch is true, and false, at its turn."""
        if place not in self._views:
            self._views[place] = _Latching(self, place)
        view, guard = self._views[place], self.anatomy.latched[place].when
        return view.true(guard), view.false(guard)

    def _latched(self, place: int) -> tuple[Formula, Formula]:
        name = self.anatomy.latched[place].name
        was = both(self.get("raw", "known", name), self.get("raw", "value", name))
        now, never = self._newly(place)
        true = either(was, now)
        return either(true, never), true

    def _latched_today(self, name: str) -> Formula:
        place = self._latch(name)
        assert place is not None
        was = both(self.get("raw", "known", name), self.get("raw", "value", name))
        fresh = both(neg(was), self._newly(place)[0])
        return either(fresh, both(was, self.get("raw", "latched_today", name)))

    # --- advice -------------------------------------------------------------------------------------------------------

    def standing(self, advice: Advice) -> tuple[Formula, Formula, Formula]:
        """Before it settles: whether it is in force, whether from a closed episode, whether one closes just now."""
        return self.before.get("active", advice.id), self.before.get("old", advice.id), False

    def complete_beyond(self, advice: Advice) -> Formula:
        """Whether an advice of a closed episode is completed by what its own episode came to hold."""
        assert advice.until is not None
        return _Carried(self, advice.id).true(advice.until)

    def _settled(self, name: str) -> tuple[Formula, Formula]:
        advice = self.anatomy.pathway.advice_by_id[name]
        active, old, closed = self.standing(advice)
        when = self.true(advice.when)
        if advice.until is None:
            kept = when
            # What is old and has no ground any more goes when its episode closes, or at once: the same either way.
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
        return disj((both(active, beyond), current, raised)), both(active, beyond)

    def _carried_derived(self, part: str, scope: Any, fact: str) -> Formula | Term:
        if fact in self.anatomy.lasting:
            return self.get(part, EPISODE, fact)
        was = self.get("carried", part, scope, fact)
        if self._latch(fact) is None:
            return was
        true = both(self.known(EPISODE, fact), self.value(EPISODE, fact))
        return either(true, was) if part == "known" else ite(true, True, was)


class _Carried(World):
    """The record of the closed episode in which an advice was raised, as far as its completion reads it."""

    def __init__(self, of: World, advice: str) -> None:
        super().__init__(of.anatomy, of.report)
        self._of, self._advice = of, advice

    def _make(self, *key: Any) -> Any:
        if len(key) == 3 and key[1] == EPISODE and key[0] in ("known", "value", "ranged", "below", "above"):
            return self._of.get(key[0], ("carried", self._advice), key[2])
        return self._of.get(*key)


class Arrival(Settled):
    """An event was folded into the record, and no transition is taken yet."""

    def __init__(self, before: World, event: Inputs) -> None:
        super().__init__(before, event)
        self._free: list[Formula] = []
        self.assumed: list[Formula] = []

    def _part(self, *key: Any) -> Any:
        before, report, anatomy = self.before, self.report, self.anatomy
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
            case ("same_day",):
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
            case ("began_known" | "began" | "last_known" | "last" | "last_today" as part, str(name)):
                return self._run(part, name)
            case ("caught", str(name)):
                return before.get("caught", name)
            case ("caught_today", str(name)):
                return both(before.get("caught_today", name), self.get("same_day"))
            case ("highest_known" | "highest" | "today_known" | "today" as part, str(fact)):
                return self._highest(part, fact)
            case _:
                raise KeyError(key)

    # --- time ---------------------------------------------------------------------------------------------------------

    def _days(self) -> Term:
        before = self.before
        return z3.IntVal(0) if isinstance(before, New) else before.get("days") + self.report.day - before.get("day")

    def passing(self) -> Iterator[Formula]:
        """Time goes on, or stands still; a day is the same for the same moment; nobody grows younger."""
        before, report = self.before, self.report
        if isinstance(before, New):
            return
        yield report.t >= before.get("t")
        yield report.day >= before.get("day")
        yield report.age >= before.get("age")
        yield implied(report.t == before.get("t"), report.day == before.get("day"))
        yield implied(report.day == before.get("day"), report.age == before.get("age"))

    # --- the record ---------------------------------------------------------------------------------------------------

    def _raw(self, part: str, name: str) -> Any:
        """What a latch remembers before it is brought up to date: an event may have cleared it."""
        cleared = disj(
            self.report.is_event(event)
            for one in self.anatomy.latched
            if one.name == name
            for event in one.cleared_by
        )
        if part == "latched_today":
            return conj((neg(cleared), self.before.get("latched_today", name), self.get("same_day")))
        was = self.before.get(part, EPISODE, name)
        return both(neg(cleared), was) if part == "known" else was

    def _merged(self, scope: Any, fact: str) -> tuple[Any, ...]:
        key = ("merged", scope, fact)
        if key not in self._made:
            self._made[key] = self._merge(scope, fact)
        return self._made[key]  # type: ignore[no-any-return]  # a tuple by its key

    def _merge(self, scope: Any, fact: str) -> tuple[Any, ...]:
        anatomy, before, report = self.anatomy, self.before, self.report
        if scope == EPISODE and (derived := self._derived(fact)) is not None:
            return (*derived, False, False, False)
        known, value = before.known(scope, fact), before.value(scope, fact)
        limits: tuple[Formula, ...] = before.limits(scope, fact) if fact in anatomy.ranged else (False, False, False)
        told = report.value(fact)
        for kind in anatomy.reporters.get(fact, []):
            here = report.is_event(kind.name)
            if here is False or anatomy.own(kind, fact):
                continue
            here = both(here, self._may_merge(kind, scope))
            taken = conj((here, self._told(kind, fact), neg(self._keeps(scope, fact, told))))
            blank = both(here, self._blanks(kind, fact))
            fresh = self.world_limits(fact) if fact in anatomy.ranged else (False, False, False)
            limits = tuple(
                ite(taken, new, both(neg(blank), old)) for new, old in zip(fresh, limits, strict=True)
            )
            known = either(taken, both(neg(blank), known))
            value = ite(taken, told, value)
            known, value = self._product(kind, scope, fact, here, known, value)
        for kind in anatomy.recorders.get(fact, []):
            here = report.is_event(kind.name)
            known, value = either(here, known), ite(here, True, value)
        for kind in anatomy.raisers.get(fact, []):
            known, value = self._raised(kind, known, value)
        if scope in (EPISODE, LATEST):
            for kind in anatomy.held_flags.get(fact, []):
                here = report.is_event(kind.name)
                known, value = either(here, known), ite(here, report.any_refused(kind), value)
        return (known, value, *limits)

    def world_limits(self, fact: str) -> tuple[Formula, Formula, Formula]:
        """What the report says of a count against the reference interval for the age at the sample."""
        return self.limits("report", fact)

    def _told(self, kind: EventType, fact: str) -> Formula:
        """Whether the event, which is of that kind, says the fact."""
        return both(self.report.is_event(kind.name), self.report.known(fact))

    def _blanks(self, kind: EventType, fact: str) -> Formula:
        if not kind.replaces:
            return False
        untold = neg(self.report.known(fact))
        return untold if kind.authority is not None else both(untold, neg(self.report.refused(fact)))

    def _keeps(self, scope: Any, fact: str, told: Term) -> Formula:
        one = self.anatomy.pathway.facts_by_name.get(fact)
        if not isinstance(one, Choice) or not (one.no_result or one.yields):
            return False
        code = {option: z3.BitVecVal(place, BITS) for place, option in enumerate(one.options)}
        known, value = self.before.known(scope, fact), self.before.value(scope, fact)
        found = [equal(told, code[option]) for option in one.no_result]
        for option, others in one.yields:
            old = disj(equal(value, code[other]) for other in others)
            found.append(conj((known, equal(told, code[option]), old)))
        return disj(found)

    def _may_merge(self, kind: EventType, scope: Any) -> Formula:
        """Whether a report of that kind may replace what is there: one with authority is not replaced without it."""
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
        for product in self.anatomy.products:
            if product.fact != fact or kind.authority is None:
                continue
            left_known, left = self.known(scope, product.left), self.value(scope, product.left)
            right = self.report.value(product.right)
            same = self.get("moment", scope, product.left) == self.report.t
            made = conj((here, neg(self.report.known(fact)), self.report.known(product.right), left_known, same))
            if self.report.exact:
                amount = left * right * number(product.factor)
            else:
                # The solver is told only that a product is positive where both factors are: enough for a proof.
                amount = z3.Real(f"{self.report.name}.{product.fact}.{scope}")
                self.assumed += [amount >= 0, (amount > 0) == z3.And(left > 0, right > 0)]
            known, value = either(made, known), ite(made, amount, value)
        return known, value

    def _fresh(self, fact: str) -> Formula:
        """Whether the episode's value was set on this calendar day."""
        report, anatomy = self.report, self.anatomy
        fresh = both(self.before.get("fresh", fact), self.get("same_day"))
        for kind in anatomy.reporters.get(fact, []):
            if anatomy.own(kind, fact):
                continue
            here = both(report.is_event(kind.name), self._may_merge(kind, EPISODE))
            taken = conj((here, self._told(kind, fact), neg(self._keeps(EPISODE, fact, report.value(fact)))))
            fresh = either(taken, both(neg(both(here, self._blanks(kind, fact))), fresh))
            made = self._product(kind, EPISODE, fact, here, False, value=z3.RealVal(0))[0]
            fresh = either(made, fresh)
        fresh = disj((fresh, *(report.is_event(kind.name) for kind in anatomy.recorders.get(fact, []))))
        for kind in anatomy.raisers.get(fact, []):
            changed = self._raised(kind, False, False)[0]
            fresh = either(changed, fresh)
        return fresh

    def _moment(self, scope: Any, fact: str) -> Term:
        """When the value was set. Asked only of the left factor of a product."""
        moment = self.before.get("moment", scope, fact)
        for kind in self.anatomy.reporters.get(fact, []):
            here = conj((self._told(kind, fact), self._may_merge(kind, scope)))
            moment = ite(here, self.report.t, moment)
        return moment

    # --- spans, captures ------------------------------------------------------------------------------------------------

    def _derived(self, fact: str) -> tuple[Formula, Term] | None:
        for span in self.anatomy.spans:
            if span.name == fact:
                return self._span(fact)
        for one in self.anatomy.captured:
            if one.name == fact:
                return self._captured(fact)
        return None

    def _reading(self, fact: str) -> Formula:
        """Whether the event brings an amount that is remembered."""
        return disj(
            self._told(kind, fact)
            for kind in self.anatomy.reporters.get(fact, [])
            if not self.anatomy.own(kind, fact)
        )

    def _span_parts(self, name: str) -> tuple[Any, Formula, Formula, Formula]:
        span = next(one for one in self.anatomy.spans if one.name == name)
        reading = self._reading(span.fact)
        high = both(reading, self.report.value(span.fact) >= number(span.limit))
        low = both(reading, neg(self.report.value(span.fact) >= number(span.limit)))
        restarts = span.restarted_by if isinstance(span, Held) else ()
        return span, high, low, disj(self.report.is_event(event) for event in restarts)

    def _run(self, part: str, name: str) -> Any:
        span, high, low, restarted = self._span_parts(name)
        before = self.before
        del span
        match part:
            case "began_known":
                return either(high, conj((before.get("began_known", name), neg(restarted), neg(low))))
            case "began":
                going = both(before.get("began_known", name), neg(restarted))
                return ite(both(high, neg(going)), self.report.t, before.get("began", name))
            case "last_known":
                return either(high, before.get("last_known", name))
            case "last":
                return ite(high, self.report.t, before.get("last", name))
            case _:
                return either(high, both(before.get("last_today", name), self.get("same_day")))

    def _span(self, name: str) -> tuple[Formula, Term]:
        span, high, low, restarted = self._span_parts(name)
        before = self.before
        known, value = both(before.known(EPISODE, name), neg(restarted)), before.value(EPISODE, name)
        if isinstance(span, Held):
            long_enough = both(
                self.get("began_known", name), self.report.t - self.get("began", name) >= span.minutes
            )
            known = ite(high, long_enough, either(low, known))
            return known, ite(high, True, ite(low, False, value))
        settled = conj(
            (low, before.get("last_known", name), self.report.t - before.get("last", name) >= span.minutes)
        )
        return disj((high, settled, known)), ite(high, False, ite(settled, True, value))

    def _captured(self, name: str) -> tuple[Formula, Term]:
        one = next(each for each in self.anatomy.captured if each.name == name)
        known, value = self.before.known(EPISODE, name), self.before.value(EPISODE, name)
        if one.how != "highest_of_day":
            return known, value
        told = self.report.value(one.of)
        higher = both(self.get("caught_today", name), told > value)
        later = conj((self._reading(one.of), self.before.get("caught", name), either(neg(known), higher)))
        return either(known, later), ite(later, told, value)

    def _highest(self, part: str, fact: str) -> Any:
        reading, told, before = self._reading(fact), self.report.value(fact), self.before
        kind = part.removesuffix("_known")
        known = before.get(f"{kind}_known", fact)
        if kind == "today":
            known = both(known, self.get("same_day"))
        if part.endswith("_known"):
            return either(reading, known)
        value = before.get(kind, fact)
        return ite(both(reading, either(neg(known), told > value)), told, value)


class Passage(Settled):
    """A transition was taken: `ways` are the rules that could be, each with the formula that it is.

    Where several are given, at most one of them may be; where none of them is, the world is as it was.
    """

    def __init__(self, before: World, ways: Sequence[tuple[Transition, Formula]]) -> None:
        super().__init__(before, before.report)
        self.ways = [(rule, taken) for rule, taken in ways if taken is not False]
        self.moved = disj(taken for _, taken in self.ways)

    def _make(self, *key: Any) -> Any:
        if self.moved is False:
            return self.before.get(*key)
        made = super()._make(*key)
        if self.moved is True or key[0] in ("raw", "closed", "carried"):
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
                return both(before.get("latched_today", name), self._stays_latched(name))
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
            case ("began_known", str(name)):
                return both(before.get(*key), neg(self._ended(name)))
            case ("last_known" | "last_today", str(name)):
                return both(before.get(*key), neg(self._ended(name)))
            case ("began" | "last", _):
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
            state = z3.BitVecVal(self.anatomy.code(state), BITS)
        for rule, taken in self.ways:
            state = ite(taken, z3.BitVecVal(self.anatomy.code(rule.target), BITS), state)
        return state

    # --- closing --------------------------------------------------------------------------------------------------------

    def _closes(self, *, keeping_day: bool | None = None) -> Formula:
        return disj(
            taken
            for rule, taken in self.ways
            if rule.closes is not None and (keeping_day is None or rule.closes.keeps_day == keeping_day)
        )

    def _kept(self, fact: str) -> Formula:
        """Whether what the episode holds of a fact stays: no closing, or one that keeps it; and no renewal."""
        before, found = self.before, []
        for rule, taken in self.ways:
            stays: Formula = True
            if rule.closes is not None:
                stays = self._kept_by(rule, fact)
            if fact in rule.renews:
                stays = both(stays, before.get("fresh", fact))
            found.append(both(taken, stays))
        return disj(found)

    def _kept_by(self, rule: Transition, fact: str) -> Formula:
        closing, before = rule.closes, self.before
        assert closing is not None
        if fact in self.anatomy.lasting:
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
            latched = any(one.name == fact for one in self.anatomy.latched)
            if latched:
                kept = either(kept, before.get("latched_today", fact))
            elif fact not in self.anatomy.derived:
                kept = either(kept, before.get("fresh", fact))
        return kept

    def _raw(self, part: str, name: str) -> Any:
        was = self.before.get(part, EPISODE, name)
        return both(was, self._kept(name)) if part == "known" else was

    def _stays_latched(self, name: str) -> Formula:
        return self._kept(name)

    def _episode(self, part: str, fact: str) -> Any:
        before = self.before
        for one in self.anatomy.captured:
            if one.name == fact:
                return self._captured(part, fact)
        was = before.get(part, EPISODE, fact)
        if part == "value":
            return was
        return both(was, self._kept(fact))

    def _ended(self, name: str) -> Formula:
        """Whether a span of an earlier day ends, because its episode closes."""
        span = next(one for one in self.anatomy.spans if one.name == name)
        if not isinstance(span, Held):
            return False
        before = self.before
        return conj((self._closes(), before.get("last_known", name), neg(before.get("last_today", name))))

    def _highest(self, part: str, fact: str) -> Any:
        before = self.before
        keeping, closing = self._closes(keeping_day=True), self._closes(keeping_day=False)
        kind = part.removesuffix("_known")
        if part.endswith("_known"):
            was = before.get(part, fact)
            today = before.get("today_known", fact)
            return both(neg(closing), ite(keeping, today, was))
        return before.get(kind, fact) if kind == "today" else ite(keeping, before.get("today", fact), before.get(kind, fact))

    # --- captures -------------------------------------------------------------------------------------------------------

    def _capturing(self, name: str) -> Formula:
        one = next(each for each in self.anatomy.captured if each.name == name)
        return disj(taken for rule, taken in self.ways if rule.target == one.entering)

    def _still_caught(self, name: str) -> Formula:
        return both(self.before.get("caught", name), neg(self._closes()))

    def _captured(self, part: str, name: str) -> Any:
        one = next(each for each in self.anatomy.captured if each.name == name)
        now = both(self._capturing(name), neg(self._still_caught(name)))
        was = self.before.get(part, EPISODE, name)
        if part == "known":
            was = both(was, neg(self._closes()))
        if one.how == "value":
            source = self.known(EPISODE, one.of) if part == "known" else self.value(EPISODE, one.of)
            return ite(now, source, was)
        return ite(now, self.get("highest_known" if part == "known" else "highest", one.of), was)

    # --- advice ---------------------------------------------------------------------------------------------------------

    def standing(self, advice: Advice) -> tuple[Formula, Formula, Formula]:
        active, old = self.before.get("active", advice.id), self.before.get("old", advice.id)
        closes = self._closes()
        return active, either(old, both(active, closes)), closes

    def _carry(self, part: str, scope: Any, fact: str) -> Any:
        """The closed episode of an advice: what it holds, or, where one closes just now, what that one held."""
        before, advice = self.before, scope[1]
        fresh = conj((self._closes(), before.get("active", advice), neg(before.get("old", advice))))
        return ite(fresh, before.get(part, EPISODE, fact), before.get(part, scope, fact))


def plain_facts(anatomy: Anatomy) -> list[str]:
    """Facts that an event can bring and a guard can read."""
    return [one.name for one in anatomy.pathway.facts if isinstance(one, Flag | Quantity | Choice)]


__all__ = ["Arrival", "Decimal", "New", "Passage", "Start", "plain_facts"]
