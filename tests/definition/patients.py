"""Children of the claims about review notes: in words, in events, and at which age. Events follow each other by half an
hour; a bare number goes on to that day, 0 being the day of the first event.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import frozen

from pathway import PATHWAY, Case, Plan
from pathway.definition.events import (
    BloodCountReported,
    ChemistryReported,
    DiagnosisConfirmed,
    Examined,
    HaematologyConsulted,
    Kmt2aReported,
    MrdPersistenceDeclared,
    SmearReported,
    SymptomsReported,
    TemperatureMeasured,
    TrialDecided,
    WorkupDeclaredNegative,
)
from pathway.model.events import TypedEvent

FIRST = datetime(2026, 1, 22, 9, tzinfo=UTC)


@frozen
class Child:
    """A child in a situation: in words, in events, and at which age in months the first of them happened."""

    words: str
    events: tuple[TypedEvent | int, ...]
    months: int

    def case(self) -> tuple[Case, datetime]:
        """The child's case, and half an hour after its last event."""
        years, month = divmod(FIRST.year * 12 + FIRST.month - 1 - self.months, 12)
        case, at = Case(PATHWAY, born=date(years, month + 1, FIRST.day)), FIRST
        for event in self.events:
            if isinstance(event, int):
                at = FIRST + timedelta(days=event)
            else:
                case.record(event, at=at)
                at += timedelta(minutes=30)
        return case, at

    def plan(self) -> Plan:
        """The plan at the bedside."""
        case, at = self.case()
        return case.plan(at=at)

    def notes(self) -> tuple[str, ...]:
        """The ids of the notes on it."""
        return tuple(note.id for note in self.plan().notes)


def child(words: str, *events: TypedEvent | int, months: int = 13) -> Child:
    return Child(words, events, months)


def count(
    wbc: str = "", anc: str = "", alc: str = "", hb: str = "", platelets: str = ""
) -> BloodCountReported:  # fmt: skip
    cells = {"wbc": wbc, "anc": anc, "alc": alc, "platelets": platelets}
    given = {name: f"{amount} 10*9/L" for name, amount in cells.items() if amount}
    return BloodCountReported(**given, hb=f"{hb} g/dL" if hb else None)


def smear(percent: str = "", lineage: str = "", **given: Any) -> SmearReported:
    raw = {"blasts_percent": f"{percent} %" if percent else None, "lineage": lineage or None, **given}
    return SmearReported(**{"smear_reviewer": "pathologist", **raw})  # checked as it is built


def temperature(celsius: str, route: str = "oral") -> TemperatureMeasured:
    return TemperatureMeasured(temperature=f"{celsius} Cel", temperature_route=route)  # type: ignore[arg-type]  # as above


# The page's own child, and one with a single low count who can go through the work-up without haematology.
INDEX = count(wbc="2.5", anc="0.7", alc="1.4")
ONE_LOW = count(wbc="7", anc="0.9", alc="5", hb="12", platelets="300")
NORMAL = count(wbc="9", anc="3", alc="5", hb="12", platelets="300")
CLEAR = smear("0", immature_cells=False)
NOTHING_FOUND = Examined(nothing_else_found=True)
CONSULTED = HaematologyConsulted()
DECLARED = WorkupDeclaredNegative(declared_by="clinician")
FOLLOW_UP = (ONE_LOW, CLEAR, NOTHING_FOUND, DECLARED)
RESOLVED = (*FOLLOW_UP, 8, NORMAL)
WORKED_UP = (INDEX, CONSULTED)
ALL = DiagnosisConfirmed(diagnosis="all")
AML = DiagnosisConfirmed(diagnosis="aml")
BENIGN = DiagnosisConfirmed(diagnosis="benign")
LEUKAEMIC = (*WORKED_UP, ALL)
BY_BLOOD = (*WORKED_UP, smear("60", "lymphoid"))
REARRANGED = Kmt2aReported(kmt2a="rearranged")
GERMLINE = Kmt2aReported(kmt2a="germline")
MRD_STAYS = MrdPersistenceDeclared(mrd_persistent=True)
MRD_GONE = MrdPersistenceDeclared(mrd_persistent=False)
LABS = ChemistryReported(potassium="4 mmol/L", uric_acid="4 mg/dL", ldh="300 U/L", phosphate="5 mg/dL")
FEVER = SymptomsReported(fever=True)
TRIAL = TrialDecided(trial_available=True)

STATES: dict[str, tuple[TypedEvent | int, ...]] = {
    "initial_labs": (),
    "smear": (ONE_LOW,),
    "exam": (ONE_LOW, CLEAR),
    "referral": (INDEX,),
    "specialist_workup": WORKED_UP,
    "specialist_pathway": (*WORKED_UP, AML),
    "confirmed_all": LEUKAEMIC,
    "kmt2a_stratification": (*LEUKAEMIC, REARRANGED),
    "standard_risk": (*LEUKAEMIC, GERMLINE),
    "intermediate_risk": (*LEUKAEMIC, REARRANGED, MRD_GONE),
    "high_risk": (*LEUKAEMIC, REARRANGED, MRD_STAYS),
    "follow_up": FOLLOW_UP,
    "resolved": RESOLVED,
    "outside_pathway": (NORMAL,),
}
"""A way into every state."""
