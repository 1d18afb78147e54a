"""Events a second: `Case.record`, with every field of its `Step` read, against bare `transitions` on the same events.

The peer is one shared `transitions.Machine` without models and without automatic `to_...` triggers, with guards written
by hand over a dictionary: it keeps the state and nothing else, no advice, no reasons, no record of time.

    python benchmarks/record.py
"""

from __future__ import annotations

import platform
import sys
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from statistics import median
from time import perf_counter

from rich.progress import track
from transitions import Machine
from transitions import __version__ as transitions_version

from pathway import PATHWAY, Case
from pathway.definition.events import (
    AntimicrobialsStarted,
    BcrAbl1Reported,
    BloodCountReported,
    ChemistryReported,
    ChemotherapyStarted,
    Examined,
    HaematologyConsulted,
    HistoryTaken,
    Kmt2aReported,
    MrdPersistenceDeclared,
    ProtocolEligibilityConfirmed,
    SmearReported,
    TemperatureMeasured,
    TrialDecided,
    WorkupDeclaredNegative,
)
from pathway.run.step import Step

every_field = attrgetter(*Step._fields)
CASES, ROUNDS = 400, 9
START = datetime(2026, 1, 22, 9, tzinfo=UTC)
LOW = {"wbc": "2.5 10*9/L", "anc": "0.7 10*9/L", "alc": "1.4 10*9/L"}
NORMAL = {"wbc": "9 10*9/L", "anc": "3 10*9/L", "alc": "5 10*9/L", "hb": "12 g/dL", "platelets": "300 10*9/L"}
TO_LEUKAEMIA = (
    BloodCountReported(**LOW),
    Examined(nothing_else_found=True),
    ChemistryReported(potassium="4.1 mmol/L", uric_acid="4 mg/dL", ldh="310 U/L", phosphate="4.5 mg/dL"),
    TemperatureMeasured(temperature="38.4 Cel"),
    AntimicrobialsStarted(),
    HaematologyConsulted(),
    BloodCountReported(**LOW, hb="9.1 g/dL", platelets="62 10*9/L"),
    SmearReported(smear_reviewer="haematologist", blasts_percent="34 %", lineage="lymphoid", immature_cells=True),
    HistoryTaken(),
    BcrAbl1Reported(bcr_abl1="negative"),
    TrialDecided(trial_available=False),
    ProtocolEligibilityConfirmed(),
    ChemotherapyStarted(),
    Kmt2aReported(kmt2a="rearranged"),
    MrdPersistenceDeclared(mrd_persistent=False),
    MrdPersistenceDeclared(mrd_persistent=True),
)
TO_FOLLOW_UP = (
    BloodCountReported(**NORMAL | {"anc": "1.2 10*9/L"}),
    Examined(nothing_else_found=True),
    ChemistryReported(potassium="4.1 mmol/L", uric_acid="4 mg/dL", ldh="310 U/L", phosphate="4.5 mg/dL"),
    SmearReported(smear_reviewer="pathologist", blasts_percent="0 %", immature_cells=False),
    HistoryTaken(),
    WorkupDeclaredNegative(declared_by="clinician"),
    BloodCountReported(**NORMAL),
)
STORIES = (
    [(event.event, START + timedelta(hours=5 * number)) for number, event in enumerate(TO_LEUKAEMIA)],
    [(event.event, START + timedelta(days=number * number)) for number, event in enumerate(TO_FOLLOW_UP)],
)


class Bare:
    """A case of the peer: facts and a state."""

    __slots__ = ("facts", "report", "state")

    def __init__(self) -> None:
        self.state, self.facts, self.report = "initial_labs", {}, {}


def low(facts: dict) -> int:
    """How many of four counts are low, at 13 months."""
    limits = (("anc", 1.5), ("alc", 3.5), ("hb", 10.5), ("platelets", 150))
    return sum(name in facts and facts[name] < limit for name, limit in limits)


def same_day(case: Bare) -> bool:
    facts = case.facts
    return low(facts) >= 2 or facts.get("blasts_percent", 0) > 0 or bool(facts.get("immature_cells"))


def consulted(case: Bare) -> bool:
    return "haematology_consulted" in case.facts or "diagnosis" in case.facts


def urgent(case: Bare) -> bool:
    return same_day(case) and not consulted(case)


def something_low(case: Bare) -> bool:
    return (low(case.facts) > 0 or case.facts.get("wbc", 99) < 6) and not urgent(case) and not consulted(case)


def smear_clear(case: Bare) -> bool:
    facts = case.facts
    qualified = facts.get("smear_reviewer") in ("pathologist", "haematologist")
    return qualified and facts.get("blasts_percent") == 0 and facts.get("immature_cells") is False and not urgent(case)


def negative(case: Bare) -> bool:
    return smear_clear(case) and case.facts.get("splenomegaly") is False


def leukaemia(case: Bare) -> bool:
    facts = case.facts
    return facts.get("diagnosis") == "all" or (
        facts.get("lineage") == "lymphoid"
        and (facts.get("blasts_percent", 0) >= 20 or facts.get("blasts", 0) >= 1000)
        and facts.get("bcr_abl1") != "positive"
    )


def genetics(case: Bare) -> bool:
    return case.facts.get("kmt2a") in ("germline", "rearranged")


def germline(case: Bare) -> bool:
    return case.facts.get("kmt2a") == "germline"


def persistent(case: Bare) -> bool:
    return case.facts.get("kmt2a") == "rearranged" and case.facts.get("mrd_persistent") is True


def not_persistent(case: Bare) -> bool:
    return case.facts.get("kmt2a") == "rearranged" and case.facts.get("mrd_persistent") is False


def in_range(case: Bare) -> bool:
    return len(case.report) == 5 and low(case.report) == 0


def bare_machine() -> Machine:
    """The peer's machine, with the same states and the transitions that the stories need."""
    machine = Machine(
        model=None, states=[one.name for one in PATHWAY.states], initial="initial_labs", auto_transitions=False,
        queued=False, ignore_invalid_triggers=True,
    )  # fmt: skip
    for source, target, guard in (
        ("initial_labs", "referral", urgent), ("initial_labs", "smear", something_low),
        ("initial_labs", "specialist_workup", consulted), ("smear", "referral", urgent),
        ("smear", "exam", smear_clear), ("smear", "specialist_workup", consulted), ("exam", "referral", urgent),
        ("exam", "specialist_workup", consulted), ("referral", "specialist_workup", consulted),
        ("specialist_workup", "confirmed_all", leukaemia), ("confirmed_all", "kmt2a_stratification", genetics),
        ("kmt2a_stratification", "standard_risk", germline), ("kmt2a_stratification", "high_risk", persistent),
        ("kmt2a_stratification", "intermediate_risk", not_persistent), ("intermediate_risk", "high_risk", persistent),
        ("follow_up", "referral", urgent),
    ):  # fmt: skip
        machine.add_transition("automatic", source, target, conditions=guard)
    machine.add_transition("workup_declared_negative", "exam", "follow_up", conditions=negative)
    machine.add_transition("blood_count_reported", "follow_up", "resolved", conditions=in_range)
    return machine


def run_pathway(cases: int) -> list[str]:
    """The final states of the stories, by `Case.record`."""
    ends = []
    for _ in range(cases):
        for story in STORIES:
            case = Case(PATHWAY, born=date(2024, 12, 22))
            for event, at in story:
                step = case.record(event, at=at)
                every_field(step)
            ends.append(step.state)
    return ends


def run_bare(cases: int) -> list[str]:
    """The final states of the stories, by bare `transitions`."""
    machine = bare_machine()
    events, automatic = machine.events, machine.events["automatic"]
    ends = []
    for _ in range(cases):
        for story in STORIES:
            case = Bare()
            for event, _at in story:
                case.report = dict(event.given)
                case.facts.update(case.report)
                if event.name == "haematology_consulted":
                    case.facts["haematology_consulted"] = True
                own = events.get(event.name)
                if own is not None and case.state in own.transitions:
                    own.trigger(case, case)
                while case.state in automatic.transitions and automatic.trigger(case, case):
                    pass
            ends.append(case.state)
    return ends


def rate(run: object, events: int) -> float:
    """Events a second of one round."""
    began = perf_counter()
    run(CASES)  # type: ignore[operator]
    return events / (perf_counter() - began)


def main() -> None:
    expected, bare = run_pathway(2), run_bare(2)
    assert expected == bare, (expected, bare)
    events = CASES * sum(map(len, STORIES))
    pairs = []
    for number in track(range(ROUNDS), "measuring", disable=not sys.stderr.isatty(), transient=True):
        order = (run_pathway, run_bare) if number % 2 else (run_bare, run_pathway)
        rates = {run: rate(run, events) for run in order}
        pairs.append((rates[run_pathway], rates[run_bare]))
    ours, theirs = median(one for one, _ in pairs), median(one for _, one in pairs)
    ratios = sorted(one / other for one, other in pairs)
    print(f"python {platform.python_version()}, transitions {transitions_version}, {platform.machine()}")
    print(f"{events:,} events a round, {ROUNDS} rounds in turn, medians")
    print(f"Case.record with its full Step: {ours:>9,.0f} events/s")
    print(f"bare transitions:               {theirs:>9,.0f} events/s")
    print(f"ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
