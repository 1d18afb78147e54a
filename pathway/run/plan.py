"""The plan: what a doctor reads at the bedside, first things first, each line with its reason and its source."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.guards import Below
from pathway.model.rules import URGENCIES, Urgency
from pathway.run.evaluate import Finding  # attrs classes keep their types resolvable
from pathway.run.explain import Explainer
from pathway.run.log import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.model.citations import ReviewNote
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, OrderRule
    from pathway.run.answers import Reason
    from pathway.run.case import Case
    from pathway.run.fold import Fold
    from pathway.run.program import Program


@frozen
class PlanLine:
    """One advice in force. `due` and `overdue_after` are calendar days; `missing` are the facts that it asks for."""

    id: str
    urgency: Urgency
    words: str
    family: str
    findings: tuple[Finding, ...]
    since: datetime
    due: date | None
    overdue: bool
    missing: tuple[str, ...]
    cites: tuple[str, ...]
    local_choice: str

    def to_json(self) -> dict[str, Any]:
        """The line as JSON data."""
        return {
            "id": self.id,
            "urgency": self.urgency,
            "due": None if self.due is None else self.due.isoformat(),
            "overdue": self.overdue,
            "since": moment(self.since),
            "words": self.words,
            "reason": [one.words for one in self.findings],
            "missing": list(self.missing),
            "cites": list(self.cites),
            "local_choice": self.local_choice or None,
        }


@frozen
class Refusal:
    """An order that is refused here. `matters`: worth a line of its own at the bedside."""

    order: str
    words: str
    cites: tuple[str, ...]
    matters: bool

    def to_json(self) -> dict[str, Any]:
        """The refusal as JSON data."""
        return {"order": self.order, "words": self.words, "cites": list(self.cites)}


@frozen
class Awaited:
    """A fact that is awaited, and the events that could bring it."""

    fact: str
    title: str
    events: tuple[str, ...]


class Plan:
    """What to do, what not to do, what is awaited and why, at a moment.

    It keeps the record as it was then, and says of it what it is asked for: ids cost little, and words with their
    reasons are composed when somebody reads them. `pending` are ids of entries that wait for acknowledgement.
    """

    def __init__(self, case: Case, program: Program, fold: Fold, at: datetime) -> None:
        self.at = at.astimezone(fold.zone)
        self.pending = tuple(one.id for one in case.pending if one.at <= at)
        self._case = case
        self._entries = case.log
        self._program = program
        self._fold = _kept(fold)

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
        """The advice in force, in the order of the plan: by urgency, and within it as the definition has it."""
        return tuple(sorted(self._program.advice_of(self._fold.active), key=lambda one: URGENCIES.index(one.urgency)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the advice in force, in the order of the plan."""
        return tuple(one.id for one in self.advice)

    @property
    def urgent(self) -> tuple[str, ...]:
        """The ids of the advice in force that is to be done now."""
        return tuple(one.id for one in self.advice if one.urgency == "now")

    @property
    def overdue(self) -> tuple[str, ...]:
        """The ids of what is overdue."""
        return tuple(one.id for one in self.advice if _is_overdue(one, self._fold))

    @cached_property
    def awaits(self) -> tuple[str, ...]:
        """The facts that are awaited, by name."""
        return self._program.names_of(self._program.awaits(self._fold.state)(self._fold))

    def shows(self, note: ReviewNote) -> bool:
        """Whether a review note matters here, or a contradiction or a waiting correction rests on it."""
        return note.id in self._cited or (note.when is not None and self._program.guard(note.when)(self._fold))

    # --- in words ---------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The calendar day in the case's time zone."""
        return _day(self._fold.day)

    @property
    def state_title(self) -> str:
        """What the state is called."""
        return self._pathway.state(self.state).title

    @property
    def meaning(self) -> str:
        """What the state means."""
        return self._pathway.state(self.state).meaning

    @property
    def end(self) -> str:
        """Why the source ends here, where it does."""
        return self._pathway.state(self.state).end

    @property
    def age_months(self) -> int:
        """The age in completed months."""
        age: int = self._fold.e[self._program.age]
        return age

    @property
    def scope(self) -> str:
        """A warning where the source does not speak of a child of this age."""
        pathway = self._pathway
        return "" if self._program.guard(pathway.scope)(self._fold) else pathway.scope_words

    @cached_property
    def lines(self) -> tuple[PlanLine, ...]:
        """The advice in force, each with its reason."""
        return tuple(_line(one, self._explainer, self._then) for one in self.advice)

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """The orders that are refused here."""
        return tuple(
            _refusal(one, self._holds(one.matters)) for one in self._pathway.orders if self._holds(one.refused)
        )

    @cached_property
    def awaited(self) -> tuple[Awaited, ...]:
        """What is awaited, with the events that could bring it."""
        return tuple(_awaited(name, self._pathway) for name in self.awaits)

    @cached_property
    def counts(self) -> tuple[Finding, ...]:
        """The known counts against their limits."""
        return _counts(self._explainer)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the transitions of the last move were taken."""
        return tuple(self._explainer.why_fired(one) for one in self._explainer.moved())

    @cached_property
    def notes(self) -> tuple[ReviewNote, ...]:
        """The review notes that matter here, and those on which contradictions and waiting corrections rest."""
        return tuple(one for one in self._pathway.notes if self.shows(one))

    @cached_property
    def contradictions(self) -> tuple[str, ...]:
        """What cannot both be so, with the entry that brought it."""
        return _contradictions(self._explainer)

    @property
    def deviations(self) -> tuple[str, ...]:
        """What was done although it is refused."""
        return tuple(
            f"{one.order.words}: done although refused"
            + (", overridden by a clinician with a reason" if one.overridden else "")
            for one in self._fold.deviations
        )

    @property
    def banner(self) -> str:
        """What every output says of itself."""
        return self._pathway.banner

    @property
    def pathway(self) -> tuple[tuple[str, str], ...]:
        """Which pathway says it: id, version, digest."""
        pathway = self._pathway
        return (("id", pathway.id), ("version", pathway.version), ("digest", pathway.digest))

    def of(self, urgency: Urgency) -> tuple[PlanLine, ...]:
        """The lines of one urgency."""
        return tuple(line for line in self.lines if line.urgency == urgency)

    @property
    def family(self) -> tuple[str, ...]:
        """What to tell the family, in plain words, each once."""
        return tuple(dict.fromkeys(one.family for one in self.advice if one.family))

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON data: deterministic."""
        return {
            "at": moment(self.at),
            "state": self.state,
            "episode": self.episode,
            "age_months": self.age_months,
            "scope": self.scope or None,
            "advice": [line.to_json() for line in self.lines],
            "forbidden": [one.to_json() for one in self.refusals],
            "awaits": [one.fact for one in self.awaited],
            "family": list(self.family),
            "why": [one.words for one in self.counts] + [str(one) for one in self.reasons],
            "notes": [one.id for one in self.notes],
            "contradictions": list(self.contradictions),
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

    __hash__ = None  # type: ignore[assignment]  # two that say the same may come from different cases

    def __repr__(self) -> str:
        return f"<Plan at {moment(self.at)}: {self.state}, {', '.join(self.ids) or 'no advice'}>"

    # --- inside -----------------------------------------------------------------------------------------------------

    @property
    def _pathway(self) -> Pathway:
        return self._program.pathway

    @property
    def _explainer(self) -> Explainer:
        return Explainer(self._program, self._fold)

    def _holds(self, guard: Guard) -> bool:
        return self._program.guard(guard)(self._fold)

    @cached_property
    def _cited(self) -> frozenset[str]:
        """The notes on which contradictions and waiting corrections rest."""
        program = self._program
        cited = {one for _, mask in self._fold.contradicted for rule in program.contradictions_of(mask)
                 for one in rule.cites}  # fmt: skip
        return frozenset(cited | set(self._pathway.pending_cites) if self.pending else cited)

    def _then(self) -> Case:
        """The case as it was when the plan was made."""
        case = self._case
        if len(case.log) == len(self._entries):
            return case
        return case.of_log(case.pathway, born=case.born, timezone=case.timezone, entries=self._entries)


def make_plan(case: Case, program: Program, fold: Fold, at: datetime) -> Plan:
    """The plan of a fold whose clock stands at `at`."""
    return Plan(case, program, fold, at)


def _kept(fold: Fold) -> Fold:
    """The fold as it is now, whatever becomes of the case."""
    kept = copy(fold)
    kept.e, kept.elo, kept.ehi = fold.e[:], fold.elo[:], fold.ehi[:]
    kept.l, kept.llo, kept.lhi = fold.l[:], fold.llo[:], fold.lhi[:]
    kept.raised_at, kept.latched_at, kept.held = dict(fold.raised_at), dict(fold.latched_at), set(fold.held)
    kept.contradicted, kept.deviations, kept.history = fold.contradicted[:], fold.deviations[:], fold.history[:]
    kept.carried = {place: (frame[0][:], *frame[1:]) for place, frame in fold.carried.items()}
    return kept


def _is_overdue(advice: Advice, fold: Fold) -> bool:
    if advice.overdue_after_day is None:
        return False
    place = fold.program.place_of[advice.id]
    return fold.day > fold.raised_at[place].day + advice.overdue_after_day


def _line(advice: Advice, explainer: Explainer, then: Callable[[], Case]) -> PlanLine:
    fold = explainer.fold
    place = explainer.program.place_of[advice.id]
    raised = fold.raised_at[place]
    due = None if advice.due_day is None else _day(raised.day + advice.due_day)
    index = explainer.program.layout.index
    values = fold.carried[place][0] if place in fold.carried else fold.e
    missing = tuple(name for name in advice.lists if values[index[name]] is None or index[name] in fold.held)
    findings = explainer.why_advice(advice).findings
    if not findings:
        findings = _findings_when_raised(advice, then(), raised.at)
    return PlanLine(
        advice.id, advice.urgency, advice.words, advice.family, findings, raised.at.astimezone(fold.zone),
        due, _is_overdue(advice, fold), missing, advice.cites, advice.local_choice,
    )  # fmt: skip


def _findings_when_raised(advice: Advice, case: Case, at: datetime) -> tuple[Finding, ...]:
    """Why an advice was raised whose ground has passed: what was known then."""
    fold = case._as_of(at)
    with fold.clock_at(at):
        return Explainer(case._program, fold).why_advice(advice).findings


def _day(ordinal: int) -> date:
    return date.fromordinal(1) + timedelta(days=ordinal - 1)


def _refusal(order: OrderRule, matters: bool) -> Refusal:
    return Refusal(order.id, order.refusal, order.cites, matters)


def _awaited(name: str, pathway: Pathway) -> Awaited:
    events = tuple(
        kind.name for kind in pathway.events if name in kind.records or any(one.fact == name for one in kind.fields)
    )
    return Awaited(name, pathway.title_of(name), events)


def _counts(explainer: Explainer) -> tuple[Finding, ...]:
    """Every count with a reference interval that is known, the latest value against its limit."""
    found: list[Finding] = []
    for name in dict.fromkeys(fact.name for fact in explainer.pathway.facts):
        place = explainer.program.layout.index[name]
        if place in explainer.program.layout.ranged and explainer.fold.l[place] is not None:
            found += explainer.evaluator.findings(Below(name, "latest"))
    return tuple(found)


def _contradictions(explainer: Explainer) -> tuple[str, ...]:
    return tuple(
        f"{one.words} (entry {entry}) [{' '.join(one.cites)}]"
        for entry, mask in explainer.fold.contradicted
        for one in explainer.program.contradictions_of(mask)
    )
