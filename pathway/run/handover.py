"""The telephone call to the specialist: what a caller says, in that order, and nothing that is not known."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.derivation import facts_behind
from pathway.model.facts import Quantity
from pathway.model.guards import leaves
from pathway.model.words import amount
from pathway.run.evaluate import Finding  # attrs classes keep their types resolvable
from pathway.run.explain import Explainer
from pathway.run.log import moment
from pathway.run.plan import Awaited, Plan, PlanLine, make_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.fold import Fold

CONSULT = "S08"
COORDINATE = ("S92", "S93")


@frozen
class Told:
    """One known fact: its value in words with the unit, when it was so, and the event that brought it.

    `finding` holds a count against its limit. `present` is None where the fact is no flag.
    """

    fact: str
    title: str
    value: str
    at: datetime
    event: str
    present: bool | None
    finding: Finding | None

    def to_json(self) -> dict[str, Any]:
        """The fact as JSON data."""
        return {
            "fact": self.fact, "title": self.title, "value": self.value, "at": moment(self.at), "event": self.event,
            "limit": None if self.finding is None else self.finding.words,
        }  # fmt: skip


@frozen
class Handover:
    """What to say on the telephone: situation, findings, what is done, what is pending, the question.

    `concern` are the facts that make the call necessary; `unknown` the critical items that nobody knows yet; `done` the
    events that have happened, each with its last time; `plan` is the plan at that moment.
    """

    at: datetime
    age_months: int
    state_title: str
    meaning: str
    concern: tuple[Finding, ...]
    findings: tuple[Told, ...]
    unknown: tuple[Awaited, ...]
    done: tuple[tuple[str, datetime], ...]
    pending: tuple[PlanLine, ...]
    question: tuple[str, ...]
    question_cites: tuple[str, ...]
    plan: Plan

    def to_json(self) -> dict[str, Any]:
        """The call as JSON data."""
        return {
            "at": moment(self.at),
            "age_months": self.age_months,
            "situation": {
                "state": self.plan.state, "words": self.meaning, "because": [one.words for one in self.concern],
                "scope": self.plan.scope or None, "contradictions": list(self.plan.contradictions),
            },
            "findings": [one.to_json() for one in self.findings],
            "unknown": [one.fact for one in self.unknown],
            "done": [{"event": event, "at": moment(at)} for event, at in self.done],
            "pending": [{"id": one.id, "words": one.words, "missing": list(one.missing)} for one in self.pending],
            "question": list(self.question),
            "cites": list(self.question_cites),
            "banner": self.plan.banner,
            "pathway": dict(self.plan.pathway),
        }  # fmt: skip


def handover(case: Case, *, at: datetime, asks: Sequence[str]) -> Handover:
    """The call about a case at a moment.

    `asks` are the ids of the advice that the call answers; the first that is in force is what it asks for.
    """
    at = case._check_time(at, None, "handover")
    fold = case._as_of(at)
    with fold.clock_at(at):
        plan = make_plan(case, case._program, fold, at)
        explainer = Explainer(case._program, fold)
        asked = next((line for name in asks for line in plan.lines if line.id == name), None)
        told, done = _told(case, fold, plan, at)
        ends = [one.until for name in asks if (one := case.pathway.advice_named(name)).until is not None]
        answers = {leaf.fact for until in ends for leaf in leaves(until)}
        question, cites = _question(asked, case.pathway)
        return Handover(
            at=plan.at,
            age_months=plan.age_months,
            state_title=plan.state_title,
            meaning=plan.meaning,
            concern=asked.findings if asked is not None else (),
            findings=told,
            unknown=_unknown(explainer, fold, plan, answers),
            done=done,
            pending=tuple(line for line in plan.lines if line.urgency in ("now", "today") and line.id not in asks),
            question=question,
            question_cites=cites,
            plan=plan,
        )


def _told(
    case: Case, fold: Fold, plan: Plan, at: datetime
) -> tuple[tuple[Told, ...], tuple[tuple[str, datetime], ...]]:
    """The known facts in the order of time, and the events that brought them."""
    pathway, index = case.pathway, case._program.layout.index
    counts = {one.fact: one for one in plan.counts}
    computed = {case._program.layout.names[place] for place in fold.computed}
    brought: dict[str, str] = {}
    done: dict[str, datetime] = {}
    for item in case._ledger.items():
        if item.event is None or item.at > at:
            continue
        kind = item.event.kind
        done[kind.title] = item.at
        own = {one.fact for one in kind.fields if one.own}
        given = {name for name, _ in item.event.given} | (computed & {one.fact for one in kind.fields})
        brought |= dict.fromkeys(given - own, kind.title)
    told = []
    for fact in pathway.facts:
        value, when = fold.l[index[fact.name]], fold.lat[index[fact.name]]
        if value is None or when is None or fact.name not in brought:
            continue
        said = amount(fact.name, value, pathway)
        if fact.name in computed:
            said += " (computed)"
        present = value if isinstance(value, bool) else None
        told.append(Told(fact.name, fact.title, said, when, brought[fact.name], present, counts.get(fact.name)))
    order = {kind.title: place for place, kind in enumerate(pathway.events)}
    told.sort(key=lambda one: (one.at, order[one.event]))
    return tuple(told), tuple(sorted(done.items(), key=lambda one: (one[1], order[one[0]])))


def _unknown(explainer: Explainer, fold: Fold, plan: Plan, answers: set[str]) -> tuple[Awaited, ...]:
    """What is awaited, and the amounts that urgent advice reads or lists, as far as they have never been known."""
    pathway, index = explainer.pathway, explainer.program.layout.index
    wanted = {one.fact for one in plan.awaited}
    for advice in pathway.advice:
        if advice.urgency == "now":
            guards = [advice.when, *([advice.until] if advice.until is not None else [])]
            read = {name for guard in guards for name in facts_behind(guard, pathway)}
            wanted |= {name for name in (*read, *advice.lists) if isinstance(pathway.facts_by_name.get(name), Quantity)}
    return tuple(
        Awaited(
            fact.name,
            fact.title,
            tuple(
                kind.name for kind in pathway.events if fact.name in kind.records or _carries(kind.fields, fact.name)
            ),
        )
        for fact in pathway.facts
        if fact.name in wanted - answers and fold.l[index[fact.name]] is None
    )


def _carries(fields: Sequence[Any], name: str) -> bool:
    return any(one.fact == name for one in fields)


def _question(asked: PlanLine | None, pathway: Pathway) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: tuple[str, ...]
    cites: tuple[str, ...]
    if asked is not None and asked.urgency == "now":
        words = ("A consultation on the same day is due. When and where will you see the child?",
                 "Who coordinates the further work-up, bone marrow included?")  # fmt: skip
        cites = (CONSULT, *asked.cites, *COORDINATE)
    elif asked is not None:
        words = ("No same-day criterion is shown. Do you want to see the child, and when?",)
        cites = (CONSULT, *asked.cites)
    else:
        words = ("What is the next step, who coordinates it, and what are we to prepare?",)
        cites = (CONSULT, *COORDINATE)
    return words, tuple(one for one in dict.fromkeys(cites) if one in pathway.citations)
