"""The plan: what a doctor reads at the bedside, first things first, each line with its reason and its source."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from pathway.model.guards import Below
from pathway.run.explain import Explainer
from pathway.run.moments import moment
from pathway.run.plan_parts import AsideLine, Awaited, PlanLine, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.model.citations import ReviewNote
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, Contradiction, OrderRule, Urgency
    from pathway.run.answers import Reason
    from pathway.run.compiled import CompiledPathway
    from pathway.run.findings import Finding
    from pathway.run.fold import Fold
    from pathway.run.held import Doubted
    from pathway.run.outcome import Outcome, Raised


class Planned(Protocol):
    """A case that makes plans."""

    def plan(self, *, at: datetime) -> Plan:
        """The plan at a moment."""


class Plan:
    """What to do, what not to do, what is awaited and why, at a moment.

    It keeps the record of that moment, and answers from it when it is asked: ids cost little, and words with their
    reasons are composed when somebody reads them. `pending` are ids of entries that wait for acknowledgement.
    """

    def __init__(
        self, fold: Fold, at: datetime, pending: tuple[str, ...], earlier: Callable[[datetime], Fold],
        case: Callable[[], Planned],
    ) -> None:  # fmt: skip
        """`fold` belongs to the plan, and its clock is at `at`. `earlier` gives the case at an earlier moment.

        `case` gives the case whose plan this is: for a copy of the plan in another process.
        """
        self.at = at
        self.pending = pending
        self._fold = fold
        self._earlier = earlier
        self._case = case

    # --- in ids -----------------------------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """The name of the state."""
        return self._fold.state

    @property
    def episode(self) -> int:
        """The number of the episode, from 1."""
        return self._fold.episode

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """The advice in force, in the order of the plan: by urgency, then in the order of the definition."""
        return self._compiled.by_urgency(self._fold.active & ~self._fold.aside)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the advice in force, in the order of the plan."""
        return tuple(advice.id for advice in self.advice)

    @property
    def urgent(self) -> tuple[str, ...]:
        """The ids of the advice in force of urgency "now"."""
        return tuple(advice.id for advice in self.advice if advice.urgency == "now")

    @cached_property
    def set_aside(self) -> tuple[AsideLine, ...]:
        """The urgent advice that is set aside, in the order of the definition."""
        found = []
        for place in self._compiled.places(self._fold.aside):
            advice, aside = self._pathway.advice[place], self._fold.record.answers[place]
            at = aside.at.astimezone(self.at.tzinfo)
            found.append(AsideLine(advice.id, advice.words, aside.by, aside.reason, at, aside.entry))
        return tuple(found)

    @property
    def overdue(self) -> tuple[str, ...]:
        """The ids of the advice that is overdue."""
        return tuple(advice.id for advice in self.advice if self._is_overdue(advice))

    @cached_property
    def awaits(self) -> tuple[str, ...]:
        """The facts that are awaited, by name."""
        return self._fold.awaits()

    def shows(self, note: ReviewNote) -> bool:
        """Whether a review note matters here, or a contradiction or a waiting correction rests on it."""
        return note.id in self._cited or (note.when is not None and self._fold.holds(note.when))

    # --- in words ---------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The calendar day in the case's time zone."""
        return _day(self._fold.day)

    @property
    def state_title(self) -> str:
        """The title of the state."""
        return self._pathway.state(self.state).title

    @property
    def meaning(self) -> str:
        """The meaning of the state."""
        return self._pathway.state(self.state).meaning

    @property
    def end(self) -> str:
        """Why the source ends here; "" where it does not."""
        return self._pathway.state(self.state).end

    @property
    def age_months(self) -> int:
        """The age in completed months."""
        return self._fold.record.months

    @property
    def scope(self) -> str:
        """A warning where the source does not speak of a child of this age; "" where it does."""
        pathway = self._pathway
        return "" if self._fold.holds(pathway.scope) else pathway.scope_words

    @cached_property
    def lines(self) -> tuple[PlanLine, ...]:
        """The advice in force, each with its reason."""
        return tuple(self._line(advice) for advice in self.advice)

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """The orders that are refused here."""
        return tuple(
            _refusal(order, self._fold.holds(order.matters))
            for order in self._pathway.orders
            if self._fold.holds(order.refused)
        )

    @cached_property
    def awaited(self) -> tuple[Awaited, ...]:
        """The awaited facts, each with the events that could report it."""
        return tuple(_awaited(name, self._pathway) for name in self.awaits)

    @cached_property
    def counts(self) -> tuple[Finding, ...]:
        """The known counts against their limits."""
        return _counts(self._explainer)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the transitions of the last move were taken."""
        return tuple(self._explainer.why_fired(fired) for fired in self._explainer.moved())

    @cached_property
    def notes(self) -> tuple[ReviewNote, ...]:
        """The review notes that matter here, and those on which contradictions and waiting corrections rest."""
        return tuple(note for note in self._pathway.notes if self.shows(note))

    @cached_property
    def contradictions(self) -> tuple[str, ...]:
        """Findings that cannot both be true, each with the entry that brought them."""
        return _contradictions(self._explainer)

    @property
    def held(self) -> tuple[Doubted, ...]:
        """What was held back, and what no later report of the fact has answered."""
        return self._fold.doubted

    @property
    def deviations(self) -> tuple[str, ...]:
        """The acts that were done although they are refused."""
        return tuple(
            f"{deviation.order.words}: done although refused"
            + (", overridden by a clinician with a reason" if deviation.overridden else "")
            for deviation in self._fold.past.deviations()
        )

    @property
    def banner(self) -> str:
        """The words that stand in every output."""
        return self._pathway.banner

    @property
    def pathway(self) -> tuple[tuple[str, str], ...]:
        """The pathway of the plan: id, version, digest."""
        pathway = self._pathway
        return (("id", pathway.id), ("version", pathway.version), ("digest", pathway.digest))

    def of(self, urgency: Urgency) -> tuple[PlanLine, ...]:
        """The lines of one urgency."""
        return tuple(line for line in self.lines if line.urgency == urgency)

    @property
    def family(self) -> tuple[str, ...]:
        """What to tell the family, in plain words, each once."""
        return tuple(dict.fromkeys(advice.family for advice in self.advice if advice.family))

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON data: deterministic."""
        return {
            "at": moment(self.at),
            "state": self.state,
            "episode": self.episode,
            "age_months": self.age_months,
            "scope": self.scope or None,
            "advice": [line.to_json() for line in self.lines],
            "set_aside": [line.to_json() for line in self.set_aside],
            "forbidden": [refusal.to_json() for refusal in self.refusals],
            "awaits": [awaited.fact for awaited in self.awaited],
            "family": list(self.family),
            "why": [finding.words for finding in self.counts] + [str(reason) for reason in self.reasons],
            "notes": [note.id for note in self.notes],
            "contradictions": list(self.contradictions),
            "held": [doubted.to_json() for doubted in self.held],
            "deviations": list(self.deviations),
            "pending": list(self.pending),
            "overdue": list(self.overdue),
            "end": self.end or None,
            "banner": self.banner,
            "pathway": dict(self.pathway),
        }

    def __eq__(self, other: object) -> bool:
        """Whether two plans say the same."""
        return self.to_json() == other.to_json() if isinstance(other, Plan) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal plans may come from different cases

    def __repr__(self) -> str:
        return f"<Plan at {moment(self.at)}: {self.state}, {', '.join(self.ids) or 'no advice'}>"

    # --- inside -----------------------------------------------------------------------------------------------------

    @property
    def _compiled(self) -> CompiledPathway:
        return self._fold.compiled

    @property
    def _pathway(self) -> Pathway:
        return self._fold.compiled.pathway

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self._fold)

    @cached_property
    def _cited(self) -> frozenset[str]:
        """The notes on which contradictions and waiting corrections rest."""
        found = self._fold.past.contradicted()
        cited = {
            cite for outcome in found for rule in contradictions_of(outcome, self._compiled) for cite in rule.cites
        }
        return frozenset(cited | set(self._pathway.pending_cites) if self.pending else cited)

    @cached_property
    def _since(self) -> dict[str, Raised]:
        """Since when each advice is in force, by its id."""
        raised = self._fold.raised_at(self._fold.active & ~self._fold.aside)
        return {self._pathway.advice[place].id: since for place, since in raised.items()}

    def _is_overdue(self, advice: Advice) -> bool:
        last = advice.overdue_after_day
        return last is not None and self._fold.day > self._since[advice.id].day + last

    def _line(self, advice: Advice) -> PlanLine:
        place, raised = self._compiled.place_of[advice.id], self._since[advice.id]
        record = self._fold.calling_for(place).record
        due = None if advice.due_day is None else _day(raised.day + advice.due_day)
        index = self._compiled.layout.index
        values = record.carried.get(place, record.episode).values
        missing = tuple(name for name in advice.lists if values[index[name]] is None or index[name] in record.held)
        findings = self._explainer.why_advice(advice).findings
        if not findings:
            # The ground of the advice has passed: its reason is the record at the moment when it was raised.
            findings = Explainer(self._earlier(raised.at)).why_advice(advice).findings
        return PlanLine(
            advice.id, advice.urgency, advice.words, advice.family, findings, raised.at.astimezone(self.at.tzinfo),
            due, self._is_overdue(advice), missing, advice.cites, advice.local_choice,
            advice.offers is not None and self._fold.holds(advice.offers),
        )  # fmt: skip

    def __reduce__(self) -> tuple[Any, ...]:
        return _planned_again, (self._case(), self.at)


def _planned_again(case: Planned, at: datetime) -> Plan:
    return case.plan(at=at)


def _day(ordinal: int) -> date:
    return date.fromordinal(1) + timedelta(days=ordinal - 1)


def _refusal(order: OrderRule, matters: bool) -> Refusal:
    return Refusal(order.id, order.refusal, order.cites, matters)


def _awaited(name: str, pathway: Pathway) -> Awaited:
    events = tuple(
        kind.name for kind in pathway.events if name in kind.records or any(field.fact == name for field in kind.fields)
    )
    return Awaited(name, pathway.title_of(name), events)


def _counts(explainer: Explainer) -> tuple[Finding, ...]:
    """Every count with a reference interval that is known, the latest value against its limit."""
    found: list[Finding] = []
    for name in dict.fromkeys(fact.name for fact in explainer.pathway.facts):
        place = explainer.compiled.layout.index[name]
        if place in explainer.compiled.layout.ranged and explainer.fold.record.latest.values[place] is not None:
            found += explainer.evaluator.findings(Below(name, "latest"))
    return tuple(found)


def contradictions_of(outcome: Outcome, compiled: CompiledPathway) -> tuple[Contradiction, ...]:
    """The contradictions that an event brought: those of the pathway, and reports of one moment that differ."""
    return (*compiled.contradictions_of(outcome.contradictions), *outcome.differing)


def _contradictions(explainer: Explainer) -> tuple[str, ...]:
    return tuple(
        f"{rule.words} (entry {outcome.entry}) [{' '.join(rule.cites)}]"
        for outcome in explainer.fold.past.contradicted()
        for rule in contradictions_of(outcome, explainer.compiled)
    )
