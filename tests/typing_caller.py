"""A small program that embeds the pathway, as a caller writes it. `mypy --strict` reads it in `test_front_door.py`.

A line whose error mypy is to find carries an ignore with its code: with warn_unused_ignores, an error that mypy no
longer finds fails as well.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal, assert_type

from pathway import PATHWAY, BadInput, Case, Override, Pathway, Plan, Step, Verdict, __version__, events, load_pathway
from pathway.model.facts import HeldBack
from pathway.model.rules import Advice
from pathway.run.answers import NextEvent, Reason, WhyNot
from pathway.run.log import Entry
from pathway.run.plan_parts import PlanLine


def count(wbc: Decimal, anc: Decimal) -> events.BloodCountReported:
    """An event built from numbers of a laboratory system."""
    return events.BloodCountReported(wbc=f"{wbc} 10*9/L", anc=f"{anc} 10*9/L", alc=None)


def drive(case: Case, nine: datetime) -> list[str]:
    """Record, ask, order, correct and acknowledge; what there is to do is returned in words."""
    step = case.record(count(Decimal("2.5"), Decimal("0.7")), at=nine, by="ward", id="cbc-1", now=nine)
    assert_type(step, Step)
    assert_type(step.state, str)
    assert_type(step.raised, tuple[Advice, ...])
    assert_type(step.held, tuple[HeldBack, ...])
    assert_type(step.proposed, bool)
    urgent = [advice.id for advice in step.raised if advice.urgency == "now"]
    for held in step.held:
        urgent.append(held.line(step.event))

    named = PATHWAY.event("smear_reported", smear_reviewer="pathologist", blasts_percent="0 %")
    case.record(named, at=nine + timedelta(minutes=30))
    case.record(events.SmearReported(smear_reviewer="haematologist", lineage="lymphoid"), at=nine + timedelta(hours=1))
    case.record(events.MrdReported(mrd=0.0001), at=nine + timedelta(hours=2))
    case.record(events.HaematologyConsulted(), at=nine + timedelta(hours=3))

    verdict = case.propose("order_bone_marrow", at=nine)
    assert_type(verdict, Verdict)
    assert_type(verdict.verdict, Literal["permitted", "refused", "not_addressed"])
    if verdict.verdict == "refused":
        verdict = case.propose("order_bone_marrow", at=nine, override=Override(by="Dr A", reason="bleeding"))
    override: Override | None = verdict.override

    plan = case.plan(at=nine + timedelta(days=1))
    assert_type(plan, Plan)
    assert_type(plan.of("now"), tuple[PlanLine, ...])
    lines = [f"{line.id} {line.due.isoformat() if line.due else ''} {' '.join(line.cites)}" for line in plan.lines]

    assert_type(case.why(), tuple[Reason, ...])
    assert_type(case.why_not("confirmed_all", at=nine), WhyNot)
    assert_type(case.next_events(), tuple[NextEvent, ...])
    assert_type(case.what_if(events.Examined(nothing_else_found=True), at=nine), Step)
    waits: tuple[str, ...] = case.why_not("confirmed_all").waits
    fields: dict[str, tuple[str, ...]] = {one.event: one.fields for one in case.next_events()}

    corrected = case.correct("cbc-1", count(Decimal(9), Decimal(3)), at=nine + timedelta(days=1), taken_at=nine)
    if corrected.proposed and corrected.change is not None:
        lines.extend(advice.id for advice in corrected.change.taken_away)
        case.acknowledge(case.pending[0].id, at=nine + timedelta(days=2), by="Dr A")
    case.withdraw("e2", at=nine + timedelta(days=3), by="laboratory", reason="mixed up")
    entries = case.log
    assert_type(entries, tuple[Entry, ...])
    return [*urgent, *lines, *waits, *fields, *(entry.id for entry in entries), override.by if override else ""]


def keep(case: Case) -> Case:
    """There and back as JSON, for the case and for the pathway."""
    pathway: Pathway = load_pathway("{}")
    text: str = case.to_json()
    assert_type(pathway.digest, str)
    assert_type(pathway.state("smear").title, str)
    return Case.from_json(text, pathway)


def mistakes(case: Case) -> None:
    """What an editor underlines before it runs. Never called."""
    events.SmearReported()  # type: ignore[call-arg]
    events.SmearReported(smear_reviewer="nurse")  # type: ignore[arg-type]
    events.BloodCountReported(platelet="150 10*9/L")  # type: ignore[call-arg]
    events.BloodCountReported("2.5 10*9/L")  # type: ignore[call-arg]
    events.Examined(fever="yes")  # type: ignore[arg-type]
    events.DiagnosisConfirmed(diagnosis="flu")  # type: ignore[arg-type]
    case.record(events.HaematologyConsulted())  # type: ignore[call-arg]
    case.record("examined", at=datetime.now(tz=UTC))  # type: ignore[arg-type]
    case.plan(at="2026-01-22")  # type: ignore[arg-type]
    case.state = "high_risk"  # type: ignore[misc]
    case.acknowledge("e1", at=datetime.now(tz=UTC))  # type: ignore[call-arg]
    Override(by="Dr A")  # type: ignore[call-arg]
    Case(PATHWAY, born="2024-12-22")  # type: ignore[arg-type]
    PATHWAY.initial = "smear"  # type: ignore[misc]


def main() -> int:
    """Drive one case; an event that cannot be is told in its own words, and is a failure here."""
    case = Case(PATHWAY, born=date(2024, 12, 22), timezone="Europe/Berlin")
    try:
        said = drive(case, datetime(2026, 1, 22, 9, tzinfo=UTC))
    except BadInput as refused:
        said = list(refused.faults)
        return 2
    return 0 if "smear_now" in said and __version__ else 1


if __name__ == "__main__":
    raise SystemExit(main())
