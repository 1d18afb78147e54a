"""Why, why not, and what next: explained from the guards that run, with facts, values and limits."""

from __future__ import annotations

from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Literal

from pathway.model.errors import BadInput, nearest
from pathway.model.words import in_words
from pathway.run.answers import Answer, NextEvent, Obstacle, Reason, Verdict, WhyNot
from pathway.run.findings import Reasoner

if TYPE_CHECKING:
    from pathway.model.events import EventType
    from pathway.model.guards import Guard
    from pathway.model.rules import Advice, OrderRule, Transition
    from pathway.run.fold import Fold
    from pathway.run.outcome import Fired


class Explainer:
    """Explains a case as it stands in a fold."""

    def __init__(self, fold: Fold) -> None:
        self.compiled = fold.compiled
        self.pathway = fold.compiled.pathway
        self.fold = fold
        self.evaluator = Reasoner(fold.compiled, fold.record, fold.past.latched_at)

    def awaits(self) -> tuple[str, ...]:
        """The awaited facts: unknown facts that a transition or urgent advice reads, and missing counts."""
        return self.fold.awaits()

    def verdict(self, rule: OrderRule) -> Verdict:
        """The answer of the pathway to an order."""
        evaluator = self.evaluator
        answer: Answer = "not_addressed"
        words, guard = f"{rule.words}: the source does not say; silence is no permission.", rule.permitted
        if evaluator.truth(rule.refused) is True:
            answer, words, guard = "refused", rule.refusal, rule.refused
        elif rule.permitted is not None and evaluator.truth(rule.permitted) is True:
            answer, words = "permitted", f"{rule.words}: permitted."
        findings = tuple(evaluator.findings(guard, absent=True)) if guard is not None else ()
        asked = rule.asks if rule.asks is not None else guard
        waits = evaluator.waits(asked, absent=True) if asked is not None and answer != "permitted" else ()
        return Verdict(rule.id, answer, words, findings, waits, rule.cites)

    def moved(self) -> list[Fired]:
        """The transitions of the last event that moved the case."""
        return self.fold.past.moved()

    def why(self, target: str | None) -> tuple[Reason, ...]:
        """Why the case is in its state, or why a state, advice or order holds; empty where it does not hold."""
        if target is None or target == self.fold.state:
            return tuple(self.why_fired(fired) for fired in self.moved())
        if not isinstance(target, str):
            raise self._unknown(target)
        if target in self.pathway.states_by_name:
            entered = (fired for fired in self.fold.past.history() if fired.transition.target == target)
            return tuple(self.why_fired(fired) for fired in entered)
        if target in self.pathway.advice_by_id:
            advice = self.pathway.advice_named(target)
            return (self.why_advice(advice),) if self.in_force(advice) else ()
        if target in self.pathway.orders_by_id:
            verdict = self.verdict(self.pathway.order(target))
            return (Reason(target, verdict.words, verdict.findings, verdict.cites),)
        raise self._unknown(target)

    def why_fired(self, fired: Fired) -> Reason:
        """Why a transition was taken, with the record as it was then."""
        rule = fired.transition
        latched_at = partial(self.fold.past.latched_at, until=fired)
        findings = tuple(Reasoner(self.compiled, fired.record, latched_at).findings(rule.when))
        titles = self.pathway.states_by_name
        words = f"{titles[fired.source].title} -> {titles[rule.target].title} ({rule.label})"
        return Reason(rule.id, words, findings, rule.cites)

    def why_advice(self, advice: Advice) -> Reason:
        """Why an advice is in force."""
        calling = self.fold.calling_for(self.compiled.place_of[advice.id])
        if calling is not self.fold:
            return Explainer(calling).why_advice(advice)
        findings = self.evaluator.findings(advice.when) if self.evaluator.truth(advice.when) is True else []
        facts = [finding for finding in findings if finding.fact != "state"]
        if findings and not facts:
            facts = [finding for fired in self.moved() for finding in self.why_fired(fired).findings]
        once = {finding.words: finding for finding in facts or findings}
        return Reason(advice.id, advice.words, tuple(once.values()), advice.cites)

    def in_force(self, advice: Advice) -> bool:
        """Whether an advice is in force."""
        return bool((self.fold.active & ~self.fold.aside) >> self.compiled.place_of[advice.id] & 1)

    def why_not(self, target: str) -> WhyNot:
        """Why a state is not reached, an advice not in force, an order not permitted."""
        if not isinstance(target, str):
            raise self._unknown(target)
        if target in self.pathway.states_by_name:
            return self._why_not_state(target)
        if target in self.pathway.advice_by_id:
            advice = self.pathway.advice_named(target)
            if self.in_force(advice):
                return WhyNot(target, True, (), (), ())
            return self._answer(target, (), [self._why_not_advice(advice)])
        if target in self.pathway.orders_by_id:
            verdict = self.verdict(self.pathway.order(target))
            if verdict.verdict == "permitted":
                return WhyNot(target, True, (), (), ())
            kind: Literal["false", "no_transition"] = "false" if verdict.verdict == "refused" else "no_transition"
            rule = self.pathway.order(target)
            waits = (
                self.evaluator.waits(rule.refused) if rule.permitted is None else self.evaluator.waits(rule.permitted)
            )
            return self._answer(
                target, (), [Obstacle(target, kind, verdict.words, verdict.findings, waits, verdict.cites)]
            )
        raise self._unknown(target)

    def next_events(self) -> tuple[NextEvent, ...]:
        """The events that report an awaited fact, or that a transition out of the state waits for."""
        awaited = set(self.awaits())
        ways = [way for way in self.pathway.transitions if self.fold.state in way.sources]
        found = []
        for kind in self.pathway.events:
            carried = [field.fact for field in kind.fields] + list(kind.records)
            useful = tuple(name for name in carried if name in awaited)
            leads = {way.target: None for way in ways if self._leads(way, kind, carried)}
            moves = any(way.on == kind.name and not self.compiled.hopeless(way)(self.fold.record) for way in ways)
            if useful or moves:
                fields = tuple(name for name in useful if name not in kind.records)
                if moves:
                    fields = tuple(field.fact for field in kind.fields)
                required = tuple(field.fact for field in kind.fields if field.required)
                found.append(NextEvent(kind.name, kind.title, fields, required, tuple(leads)))
        return tuple(found)

    def _leads(self, way: Transition, kind: EventType, carried: list[str]) -> bool:
        if way.on is not None:
            return way.on == kind.name and not self.compiled.hopeless(way)(self.fold.record)
        if self.evaluator.truth(way.when) is not None:
            return False
        return bool(set(self.evaluator.waits(way.when)) & set(carried))

    def _why_not_state(self, target: str) -> WhyNot:
        if target == self.fold.state:
            return WhyNot(target, True, (), (), ())
        path = self._shortest(target)
        if path is None:
            here = self.pathway.state(self.fold.state).title
            words = f"no transition leads from {here} to {self.pathway.state(target).title}"
            return self._answer(target, (), [Obstacle(target, "no_transition", words, (), (), ())])
        obstacles = [found for rule in path if (found := self._obstacle(rule)) is not None]
        return self._answer(target, tuple(rule.target for rule in path), obstacles)

    def _shortest(self, target: str) -> list[Transition] | None:
        heap: list[tuple[int, int, str, list[Transition]]] = [(0, 0, self.fold.state, [])]
        seen: set[str] = set()
        count = 0
        while heap:
            cost, _, state, path = heappop(heap)
            if state == target:
                return path
            if state in seen:
                continue
            seen.add(state)
            for rule in self.pathway.transitions:
                if state in rule.sources and rule.target not in seen:
                    count += 1
                    step = {True: 2, None: 3, False: 5}[self.evaluator.truth(rule.when)]
                    heappush(heap, (cost + step, count, rule.target, [*path, rule]))
        return None

    def _obstacle(self, rule: Transition) -> Obstacle | None:
        truth = self.evaluator.truth(rule.when)
        said = in_words(rule.when, self.pathway)
        findings = tuple(self.evaluator.findings(rule.when))
        if truth is None:
            waits = self.evaluator.waits(rule.when)
            titles = ", ".join(self.pathway.title_of(name) for name in waits)
            near = tuple(self.evaluator.against(rule.when))
            said = "; ".join([*(finding.words for finding in near), f"waits for {titles}"])
            return Obstacle(rule.id, "unknown", f"{rule.label}: {said}", (*near, *findings), waits, rule.cites)
        if truth is False:
            facts = "; ".join(finding.words for finding in findings)
            return Obstacle(rule.id, "false", f"{rule.label}: {facts or said}", findings, (), rule.cites)
        if rule.on is not None:
            event = self.pathway.event_type(rule.on).title
            return Obstacle(rule.id, "event", f"{rule.label}: when '{event}' arrives", findings, (), rule.cites)
        return None

    def _why_not_advice(self, advice: Advice) -> Obstacle:
        evaluator = self.evaluator
        findings = tuple(evaluator.findings(advice.when))
        truth = evaluator.truth(advice.when)
        if truth is None:
            waits = evaluator.waits(advice.when)
            titles = ", ".join(self.pathway.title_of(name) for name in waits)
            return Obstacle(advice.id, "unknown", f"waits for {titles}", findings, waits, advice.cites)
        if truth is True and advice.until is not None and evaluator.truth(advice.until) is True:
            done = tuple(evaluator.findings(advice.until))
            words = "done: " + "; ".join(finding.words for finding in done)
            return Obstacle(advice.id, "false", words, done, (), advice.cites)
        words = "; ".join(finding.words for finding in findings)
        words = words or f"not while {in_words(advice.when, self.pathway)}"
        return Obstacle(advice.id, "false", words, findings, (), advice.cites)

    def _answer(self, target: str, path: tuple[str, ...], obstacles: list[Obstacle]) -> WhyNot:
        wanted = {name for obstacle in obstacles for name in obstacle.waits}
        waits = tuple(name for name in self.compiled.layout.names if name in wanted)
        return WhyNot(target, False, path, tuple(obstacles), waits)

    def _unknown(self, target: object) -> BadInput:
        names = [*self.pathway.states_by_name, *self.pathway.advice_by_id, *self.pathway.orders_by_id]
        return BadInput(f"unknown state, advice or order '{target}'; {nearest(str(target), names)}")

    def holds(self, guard: Guard) -> bool:
        """Whether a guard is known to be true."""
        return self.evaluator.truth(guard) is True
