"""The telephone call to the specialist: the words of the caller in their order, with known facts alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.derivation import facts_behind
from pathway.model.facts import Quantity
from pathway.model.guards import leaves
from pathway.model.words import amount
from pathway.run.findings import Finding  # attrs classes keep their types resolvable
from pathway.run.moments import moment
from pathway.run.plan import Plan
from pathway.run.plan_parts import AsideLine, Awaited, PlanLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.model.rules import HandoverRule
    from pathway.run.case import Case
    from pathway.run.fold import Fold

_ASKED = "What is the next step, and who coordinates it?"


@frozen
class KnownFact:
    """A known fact: its value in words with the unit, its moment, and the event that reported it.

    `finding` compares an amount with its limit. `present` is the value of a flag, and None for any other fact.
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
    """The content of the call: situation, findings, the events that are done, the advice that is pending, the question.

    `concern` are the facts that make the call necessary. `unknown` are the critical facts that have never been known.
    `done` are the events that have happened, each with its last moment, and `set_aside` the urgent advice that a
    clinician has answered otherwise. `plan` is the plan at the moment of the call.
    """

    at: datetime
    age_months: int
    state_title: str
    meaning: str
    concern: tuple[Finding, ...]
    findings: tuple[KnownFact, ...]
    unknown: tuple[Awaited, ...]
    done: tuple[tuple[str, datetime], ...]
    pending: tuple[PlanLine, ...]
    question: tuple[str, ...]
    question_cites: tuple[str, ...]
    plan: Plan

    @property
    def set_aside(self) -> tuple[AsideLine, ...]:
        """The urgent advice that is set aside: by whom, when, and why."""
        return self.plan.set_aside

    def to_json(self) -> dict[str, Any]:
        """The call as JSON data."""
        return {
            "at": moment(self.at),
            "age_months": self.age_months,
            "situation": {
                "state": self.plan.state, "words": self.meaning, "because": [finding.words for finding in self.concern],
                "scope": self.plan.scope or None, "contradictions": list(self.plan.contradictions),
            },
            "findings": [known.to_json() for known in self.findings],
            "unknown": [awaited.fact for awaited in self.unknown],
            "done": [{"event": event, "at": moment(at)} for event, at in self.done],
            "set_aside": [line.to_json() for line in self.set_aside],
            "pending": [
                {"id": line.id, "words": line.words, "missing": list(line.missing)} for line in self.pending
            ],
            "question": list(self.question),
            "cites": list(self.question_cites),
            "banner": self.plan.banner,
            "pathway": dict(self.plan.pathway),
        }  # fmt: skip


def handover(case: Case, *, at: datetime) -> Handover:
    """The call about a case at a moment, worded by the pathway's `HandoverRule`.

    The first question that applies is put. A pathway without such a rule asks one general question.
    """
    rule = case.pathway.handover
    asks = () if rule is None else rule.asks
    plan = case.plan(at=at)
    fold = case.timeline.at(plan.at)
    asked = next((line for name in asks for line in plan.lines if line.id == name), None)
    findings, done = _findings(case, fold, plan)
    ends = [advice.until for name in asks if (advice := case.pathway.advice_named(name)).until is not None]
    answers = {leaf.fact for until in ends for leaf in leaves(until)}
    question, cites = _question(asked, rule)
    return Handover(
        at=plan.at,
        age_months=plan.age_months,
        state_title=plan.state_title,
        meaning=plan.meaning,
        concern=asked.findings if asked is not None else (),
        findings=findings,
        unknown=_unknown(fold, plan, answers),
        done=done,
        pending=tuple(line for line in plan.lines if line.urgency in ("now", "today") and line.id not in asks),
        question=question,
        question_cites=cites,
        plan=plan,
    )


def _findings(case: Case, fold: Fold, plan: Plan) -> tuple[tuple[KnownFact, ...], tuple[tuple[str, datetime], ...]]:
    """The known facts in the order of time, and the events that reported them."""
    pathway, layout = case.pathway, fold.compiled.layout
    index = layout.index
    counts = {finding.fact: finding for finding in plan.counts}
    computed = {layout.names[place] for place in fold.record.latest.computed}
    brought: dict[str, str] = {}
    done: dict[str, datetime] = {}
    for item in case.timeline.items():
        if item.event is None or item.at > plan.at:
            continue
        kind = item.event.kind
        done[kind.title] = item.at
        own = {field.fact for field in kind.fields if field.own}
        given = {name for name, _ in item.event.given} | (computed & {field.fact for field in kind.fields})
        brought |= dict.fromkeys(given - own, kind.title)
    found = []
    for fact in pathway.facts:
        latest = fold.record.latest
        value, when = latest.values[index[fact.name]], latest.when[index[fact.name]]
        if when is None or fact.name not in brought:
            continue
        said = amount(fact.name, value, pathway)
        if fact.name in computed:
            said += " (computed)"
        present = value if isinstance(value, bool) else None
        found.append(
            KnownFact(fact.name, fact.title, said, when[0], brought[fact.name], present, counts.get(fact.name))
        )
    order = {kind.title: place for place, kind in enumerate(pathway.events)}
    found.sort(key=lambda known: (known.at, order[known.event]))
    return tuple(found), tuple(sorted(done.items(), key=lambda event: (event[1], order[event[0]])))


def _unknown(fold: Fold, plan: Plan, answers: set[str]) -> tuple[Awaited, ...]:
    """The facts that have never been known, among awaited facts and the amounts that urgent advice reads or lists."""
    pathway, index = fold.compiled.pathway, fold.compiled.layout.index
    wanted = {awaited.fact for awaited in plan.awaited}
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
        if fact.name in wanted - answers and fold.record.latest.values[index[fact.name]] is None
    )


def _carries(fields: Sequence[Any], name: str) -> bool:
    return any(field.fact == name for field in fields)


def _question(asked: PlanLine | None, rule: HandoverRule | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the question, and the citations of the call, of the advice that it answers, and of the question."""
    if rule is None:
        return (_ASKED,), ()
    answered = () if asked is None else asked.cites
    for question in rule.questions:
        if not question.advice or (asked is not None and asked.id in question.advice):
            return question.words, tuple(dict.fromkeys((*rule.cites, *answered, *question.cites)))
    return (_ASKED,), rule.cites  # no question asks about what is in force
