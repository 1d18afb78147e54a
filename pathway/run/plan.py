"""The plan: what a doctor reads at the bedside, first things first, each line with its reason and its source."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.citations import ReviewNote
from pathway.model.guards import ALWAYS, Below
from pathway.model.rules import URGENCIES, Urgency
from pathway.run.answers import Reason  # attrs classes keep their types resolvable
from pathway.run.evaluate import Finding  # likewise
from pathway.run.explain import Explainer
from pathway.run.log import moment

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, OrderRule
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


@frozen
class Plan:
    """What to do, what not to do, what is awaited and why, at a moment.

    `today` is the calendar day in the case's time zone. `scope` is a warning where the source does not speak of a
    child of this age; `pending` are ids of entries that wait for acknowledgement. `counts` are the known counts
    against their limits, `reasons` the transitions of the last move.
    """

    at: datetime
    today: date
    state: str
    state_title: str
    meaning: str
    end: str
    age_months: int
    episode: int
    scope: str
    lines: tuple[PlanLine, ...]
    refusals: tuple[Refusal, ...]
    awaited: tuple[Awaited, ...]
    counts: tuple[Finding, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[ReviewNote, ...]
    contradictions: tuple[str, ...]
    deviations: tuple[str, ...]
    pending: tuple[str, ...]
    banner: str
    pathway: tuple[tuple[str, str], ...]

    def of(self, urgency: Urgency) -> tuple[PlanLine, ...]:
        """The lines of one urgency."""
        return tuple(line for line in self.lines if line.urgency == urgency)

    @property
    def overdue(self) -> tuple[str, ...]:
        """The ids of what is overdue."""
        return tuple(line.id for line in self.lines if line.overdue)

    @property
    def family(self) -> tuple[str, ...]:
        """What to tell the family, in plain words, each once."""
        return tuple(dict.fromkeys(line.family for line in self.lines if line.family))

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


def make_plan(case: Case, program: Program, fold: Fold, at: datetime) -> Plan:
    """The plan of a fold whose clock stands at `at`."""
    pathway = program.pathway
    explainer = Explainer(program, fold)
    state = pathway.state(fold.state)
    pending = tuple(one.id for one in case.pending if one.at <= at)
    lines = [_line(one, explainer, fold, case) for one in pathway.advice if explainer.in_force(one)]
    lines.sort(key=lambda line: URGENCIES.index(line.urgency))
    return Plan(
        at=at.astimezone(fold.zone),
        today=_day(fold.day),
        state=state.name,
        state_title=state.title,
        meaning=state.meaning,
        end=state.end,
        age_months=fold.e[program.age],
        episode=fold.episode,
        scope="" if explainer.holds(pathway.scope) else pathway.scope_words,
        lines=tuple(lines),
        refusals=tuple(_refusal(one, explainer) for one in pathway.orders if explainer.holds(one.refused)),
        awaited=tuple(_awaited(name, pathway) for name in explainer.awaits()),
        counts=_counts(explainer),
        reasons=tuple(explainer.why_fired(one) for one in explainer.moved()),
        notes=_notes(pending, explainer),
        contradictions=_contradictions(explainer),
        deviations=tuple(
            f"{one.order.words}: done although refused"
            + (", overridden by a clinician with a reason" if one.overridden else "")
            for one in fold.deviations
        ),
        pending=pending,
        banner=pathway.banner,
        pathway=(("id", pathway.id), ("version", pathway.version), ("digest", pathway.digest)),
    )


def _line(advice: Advice, explainer: Explainer, fold: Fold, case: Case) -> PlanLine:
    place = list(explainer.pathway.advice_by_id).index(advice.id)
    raised = fold.raised_at[place]
    due = None if advice.due_day is None else _day(raised.day + advice.due_day)
    overdue = advice.overdue_after_day is not None and fold.day > raised.day + advice.overdue_after_day
    index = explainer.program.layout.index
    values = fold.carried[place][0] if place in fold.carried else fold.e
    missing = tuple(name for name in advice.lists if values[index[name]] is None or index[name] in fold.held)
    findings = explainer.why_advice(advice).findings
    if not findings:
        findings = _findings_when_raised(advice, case, raised.at)
    return PlanLine(
        advice.id, advice.urgency, advice.words, advice.family, findings, raised.at.astimezone(fold.zone),
        due, overdue, missing, advice.cites, advice.local_choice,
    )  # fmt: skip


def _findings_when_raised(advice: Advice, case: Case, at: datetime) -> tuple[Finding, ...]:
    """Why an advice was raised whose ground has passed: what was known then."""
    fold = case._as_of(at)
    with fold.clock_at(at):
        return Explainer(case._program, fold).why_advice(advice).findings


def _day(ordinal: int) -> date:
    return date.fromordinal(1) + timedelta(days=ordinal - 1)


def _refusal(order: OrderRule, explainer: Explainer) -> Refusal:
    matters = order.matters == ALWAYS or explainer.holds(order.matters)
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


def _notes(pending: tuple[str, ...], explainer: Explainer) -> tuple[ReviewNote, ...]:
    """The notes that matter here, and those on which contradictions and waiting corrections rest."""
    pathway = explainer.pathway
    cited = {one for _, mask in explainer.fold.contradicted for rule in explainer.program.contradictions_of(mask)
             for one in rule.cites}  # fmt: skip
    if pending:
        cited |= set(pathway.pending_cites)
    return tuple(
        one for one in pathway.notes if one.id in cited or (one.when is not None and explainer.holds(one.when))
    )


def _contradictions(explainer: Explainer) -> tuple[str, ...]:
    return tuple(
        f"{one.words} (entry {entry}) [{' '.join(one.cites)}]"
        for entry, mask in explainer.fold.contradicted
        for one in explainer.program.contradictions_of(mask)
    )
