"""Where each review note stands on the plan, and that no citation of the definition leads nowhere.

A claim is a child: what happened to it, in words and in events, and whether the plan then shows the note. Events follow
each other by half an hour; a bare number goes on to that day, 0 being the day of the first event.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from pathway import PATHWAY, Case, Plan
from pathway.definition.events import (
    AntimicrobialsStarted,
    BcrAbl1Reported,
    BloodCountReported,
    BoneMarrowPerformed,
    ChemistryReported,
    DiagnosisConfirmed,
    Examined,
    HaematologyConsulted,
    HistoryTaken,
    HlhSignsReported,
    InfectionSignsFound,
    Kmt2aReported,
    MrdPersistenceDeclared,
    SmearReported,
    SymptomsReported,
    TemperatureMeasured,
    Transplanted,
    TrialDecided,
    VaccineHoldReleased,
    WorkupDeclaredNegative,
)
from pathway.definition.groups import BEFORE_DIAGNOSIS, LEUKAEMIA
from pathway.model.check import cited
from pathway.model.citations import ReviewNote, Statement
from pathway.model.errors import DefinitionError
from pathway.model.events import TypedEvent
from pathway.model.guards import NEVER, in_force

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

SHOWN: dict[str, tuple[Child, ...]] = {
    "N01": (
        child("a child of exactly 12 months", INDEX, months=12),
        child("a child of 13 months", INDEX),
        child("a child with leukaemia from 12 months", *LEUKAEMIC, months=12),
    ),
    "N02": (
        child("a child whose haemoglobin and platelets are unknown", INDEX),
        child("a child whose platelets are unknown", count(wbc="2.5", anc="0.7", alc="1.4", hb="11")),
        child("a child whose haemoglobin is unknown", count(wbc="2.5", anc="0.7", alc="1.4", platelets="200")),
    ),
    "N03": (
        child("a child with neutrophils of 0.7, in words moderate", INDEX),
        child("a child with neutrophils low in an early count of the follow-up", *FOLLOW_UP, 3, ONE_LOW),
    ),
    "N04": (
        child("a child whose two low lines are neutrophils and lymphocytes", INDEX),
        child("a child with one low count who goes on without haematology", ONE_LOW, CLEAR),
    ),
    "N05": (
        child("a child whose smear has yet to be read by a qualified reviewer", INDEX),
        child("a child whose smear only an analyser has read", INDEX, smear("0", smear_reviewer="analyser")),
    ),
    "N06": (
        child("a child with low counts and no tumour lysis values", INDEX),
        child("a child of whose tumour lysis values one is missing", INDEX, ChemistryReported(potassium="4 mmol/L")),
        child("a child with leukaemia and no tumour lysis values", ALL),
        child("a child handed over before the values were known", *WORKED_UP, AML),
        child("a child in follow-up for whom the values were never sent", *FOLLOW_UP),
        child("a child whose counts recovered and for whom they were never sent", *RESOLVED),
    ),
    "N07": (
        child("a child whose potassium is known", INDEX, ChemistryReported(potassium="6 mmol/L")),
        child("a child with all four values", INDEX, LABS),
        child("a child whose uric acid is known", INDEX, ChemistryReported(uric_acid="6 mg/dL")),
        child("a child whose LDH is known", INDEX, ChemistryReported(ldh="300 U/L")),
        child("a child whose phosphate is known", INDEX, ChemistryReported(phosphate="5 mg/dL")),
    ),
    "N08": (child("a child who is referred on the strength of statements with such citations", INDEX),),
    "N09": (
        child("a child with 38.0 by mouth", INDEX, temperature("38.0")),
        child("a child with 37.5 in the armpit", INDEX, temperature("37.5", "axillary")),
        child("a child with 37.5 and no route", INDEX, TemperatureMeasured(temperature="37.5 Cel")),
        child("a child with 37.5 by a rectal reading", INDEX, temperature("37.5", "rectal")),
    ),
    "N10": (
        child("a child whose family reports fever", INDEX, FEVER),
        child("a child with a reading of 38.0", INDEX, temperature("38.0")),
        child("a child with leukaemia whose family reports fever", *LEUKAEMIC, FEVER),
        child("a child whose fever persists", INDEX, SymptomsReported(persistent_fever=True)),
    ),
    "N11": (
        child("a child with low neutrophils and 38.3", INDEX, temperature("38.3")),
        child("a child with unknown neutrophils and signs of infection", count(hb="8"), InfectionSignsFound()),
        child("a child with leukaemia and 38.3", ALL, NORMAL, temperature("38.3")),
    ),
    "N12": (child("a child with signs of infection", INDEX, InfectionSignsFound()),),
    "N13": (
        child("a child with low neutrophils and no fever", INDEX),
        child("a child with unknown neutrophils and another count low", count(hb="8")),
        child("a child with leukaemia and no fever", ALL),
        child("a child in follow-up whose last neutrophils were low", *FOLLOW_UP),
    ),
    "N14": (
        child("a child with 20 % lymphoblasts", INDEX, smear("20", "lymphoid")),
        child("a child with 19 % blasts of unknown lineage", INDEX, smear("19")),
        child("a child with 1,000 blasts/uL", INDEX, smear(blasts="1000 /uL")),
        child("a child whose leukaemia rests on the blood alone", *BY_BLOOD),
    ),
    "N15": (
        child("a child with 19 % lymphoblasts", INDEX, smear("19", "lymphoid")),
        child("a child with 999 blasts/uL", INDEX, smear(blasts="999 /uL")),
        child("a child with immature cells that nobody counted", INDEX, smear(immature_cells=True)),
    ),
    "N16": (
        child("a child under specialists without a diagnosis", *WORKED_UP),
        child("a child whose leukaemia has just been confirmed", *LEUKAEMIC),
    ),
    "N17": (
        child("a child with a clear smear and a large spleen", ONE_LOW, CLEAR, Examined(splenomegaly=True)),
        child("a child with a clear smear and fever, haematology consulted", *WORKED_UP, CLEAR, FEVER),
    ),
    "N18": (
        child("a child whose smear is clear", ONE_LOW, CLEAR),
        child("a child whose smear is clear, haematology consulted", *WORKED_UP, CLEAR),
        child("a child in follow-up after a clear smear", *FOLLOW_UP),
    ),
    "N19": (
        child("a child whom a clinician might declare negative", ONE_LOW, CLEAR),
        child("a child whom a haematologist might declare negative", *WORKED_UP, CLEAR),
        child("a child who was declared negative", *FOLLOW_UP),
    ),
    "N20": (child("a child in follow-up", *FOLLOW_UP), child("a child overdue on day 15", *FOLLOW_UP, 15)),
    "N21": (
        child("a child in follow-up", *FOLLOW_UP),
        child("a child with normal white cells and low neutrophils on day 8", *FOLLOW_UP, 8, ONE_LOW),
        child("a child whose platelets alone are low on day 8", *FOLLOW_UP, 8, count(wbc="9", platelets="149")),
    ),
    "N22": (child("a child referred again after a negative work-up", *FOLLOW_UP, 8, ONE_LOW),),
    "N23": (child("a child in follow-up", *FOLLOW_UP), child("a child whose counts recovered", *RESOLVED)),
    "N24": (
        child("a child with leukaemia at 5 months", ALL, months=5),
        child("a child with leukaemia at exactly 6 months", ALL, REARRANGED, months=6),
    ),
    "N25": (
        child("a child with KMT2A rearranged at exactly 6 months", ALL, REARRANGED, months=6),
        child("a child with KMT2A rearranged at 13 months", *LEUKAEMIC, REARRANGED),
        child("a child at high risk by persistent MRD at 13 months", *LEUKAEMIC, REARRANGED, MRD_STAYS),
    ),
    "N26": (
        child("a child with white cells of exactly 300 at 6 months", count(wbc="300"), ALL, REARRANGED, months=6),
        child("a child with white cells of 400 at 13 months, KMT2A unknown", count(wbc="400"), ALL),
    ),
    "N27": (
        child("a child with white cells of exactly 300 at 5 months", count(wbc="300"), ALL, months=5),
        child("a child of 5 months whose white cells at diagnosis are unknown", ALL, REARRANGED, months=5),
    ),
    "N28": (
        child("a child with KMT2A rearranged and MRD undecided", *LEUKAEMIC, REARRANGED),
        child("a child whose MRD was declared persistent", *LEUKAEMIC, REARRANGED, MRD_STAYS),
        child("a child of 5 months whose white cells are unknown", ALL, REARRANGED, months=5),
    ),
    "N29": (
        child("a child with KMT2A germline", *LEUKAEMIC, GERMLINE),
        child("a child at intermediate risk", *LEUKAEMIC, REARRANGED, MRD_GONE),
        child("a child whose risk is open", *LEUKAEMIC, REARRANGED),
    ),
    "N30": (
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child at intermediate risk", *LEUKAEMIC, REARRANGED, MRD_GONE),
    ),
    "N31": (
        child("a child at high risk", *LEUKAEMIC, REARRANGED, MRD_STAYS),
        child("a child transplanted in standard risk", *LEUKAEMIC, GERMLINE, Transplanted()),
    ),
    "N32": (
        child("a child with leukaemia, trial undecided", *LEUKAEMIC),
        child("a child with leukaemia and no trial", *LEUKAEMIC, TrialDecided(trial_available=False)),
    ),
    "N33": (child("a child with leukaemia", *LEUKAEMIC),),
    "N34": (
        child("a child under specialists, BCR::ABL1 not yet tested", *WORKED_UP),
        child("a child with leukaemia, BCR::ABL1 not yet tested", *LEUKAEMIC, GERMLINE),
        child("a child with BCR::ABL1 positive", *WORKED_UP, BcrAbl1Reported(bcr_abl1="positive")),
    ),
    "N35": (
        child("a child with raised ferritin", INDEX, HlhSignsReported(ferritin_raised=True)),
        child("a child with persistent fever", INDEX, SymptomsReported(persistent_fever=True)),
        child("a child whose diagnosis is HLH", *WORKED_UP, DiagnosisConfirmed(diagnosis="hlh")),
    ),
    "N36": (
        child("a child with low counts and no diagnosis", INDEX),
        child("a child in follow-up", *FOLLOW_UP),
    ),
    "N37": (
        child("a child who is referred", INDEX),
        child("a child under specialists without a diagnosis", *WORKED_UP),
    ),
    "N38": (
        child("a child with a recent viral illness before the smear", ONE_LOW, HistoryTaken(recent_viral_illness=True)),
        child("a child in follow-up", *FOLLOW_UP),
    ),
    "N39": (
        child("a child with a drug that could be the cause", INDEX, HistoryTaken(causative_drug=True)),
        child(
            "a child in follow-up whose work-up found such a drug",
            *(ONE_LOW, HistoryTaken(causative_drug=True), CLEAR, NOTHING_FOUND, DECLARED),
        ),
    ),
    "N40": (
        child("a child with low neutrophils", INDEX),
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child in follow-up whose last neutrophils were low", *FOLLOW_UP),
        child("a child with leukaemia and no count", ALL),
        child("a child with unknown neutrophils and another count low", count(hb="8")),
    ),
    "N41": (
        child("a child whose platelets are unknown", INDEX),
        child("a child with platelets of 149", count(wbc="2.5", platelets="149")),
    ),
    "N42": (
        child("a child of 13 months with a low count", INDEX),
        child("a child of exactly 12 months with a low count", INDEX, months=12),
        child("a child of 23 months with a low count", INDEX, months=23),
        child("a child of 30 months with leukaemia", *LEUKAEMIC, months=30),
        child("a child of 30 months handed over", *WORKED_UP, AML, months=30),
        child("a child whose counts recovered, the hold not released", *RESOLVED),
        child("a child of 30 months with leukaemia and no count", ALL, months=30),
        child("a child in follow-up, the hold not released", *FOLLOW_UP),
    ),
    "N43": (
        child("a child with petechiae and normal platelets", ONE_LOW, SymptomsReported(petechiae=True)),
        child("a child with other bleeding, platelets unknown", INDEX, SymptomsReported(other_bleeding=True)),
    ),
    "N44": (
        child("a child with large lymph nodes", INDEX, Examined(lymphadenopathy=True)),
        child("a child with bone pain", INDEX, SymptomsReported(bone_pain=True)),
        child("a child with fatigue", INDEX, SymptomsReported(fatigue=True)),
        child("a child with poor appetite", INDEX, SymptomsReported(poor_appetite=True)),
        child("a child with atypical lymphocytes", INDEX, smear("0", atypical_lymphocytes=True)),
        child("a child with atypical lymphocytes in follow-up", *FOLLOW_UP, smear("0", atypical_lymphocytes=True)),
    ),
    "N45": (
        child("a child whose same-day consultation is outstanding", INDEX),
        child("a child who needs antimicrobials promptly", *WORKED_UP, temperature("38.3")),
        child("a child with leukaemia, normal neutrophils and 38.3", ALL, NORMAL, temperature("38.3")),
    ),
    "N46": (
        child("a child of 13 months whose lymphocytes are known", INDEX),
        child("a child of exactly 12 months", INDEX, months=12),
        child("a child of 23 months", INDEX, months=23),
    ),
    "N47": (
        child("a child with neutrophils of exactly 0.5", count(anc="0.5")),
        child("a child with neutrophils of 0.49", count(anc="0.49")),
        child("a child with neutrophils of exactly 1.0", count(anc="1.0")),
        child("a child with neutrophils of exactly 1.5", count(wbc="9", anc="1.5", alc="5")),
        child("a child of 11 months with neutrophils of 1.2, not low before 12 months", count(anc="1.2"), months=11),
    ),
    "N48": (
        child("a child outside the pathway", NORMAL),
        child("a child whose white cells alone are low", count(wbc="5.9", anc="3", alc="5")),
        child("a child whose counts recovered", *RESOLVED),
    ),
    "N49": (child("a child of whom nothing is known"), *(child(name, *way) for name, way in STATES.items())),
    "N50": (
        child("a child under specialists without a diagnosis", *WORKED_UP),
        child("a child with blasts whom haematology has not seen", INDEX, smear("10")),
        child("a child in whom HLH is considered", INDEX, HlhSignsReported(coagulopathy=True)),
    ),
    "N51": (
        child("a child under specialists", *WORKED_UP),
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child with fever who is not yet with haematology", INDEX, temperature("38.3")),
        child("a child who is anaemic", count(wbc="2.5", hb="10.4")),
        child("a child with bone pain", INDEX, SymptomsReported(bone_pain=True)),
        child("a child who bleeds", ONE_LOW, SymptomsReported(petechiae=True)),
        child("a child with low platelets", count(wbc="2.5", platelets="149")),
    ),
    "N52": (
        child("a child whose smear shows blasts, haematology not reached", INDEX, smear("10")),
        child("a child whose smear is clear, haematology not consulted", ONE_LOW, CLEAR),
        child("a child whose marrow was examined without haematology", INDEX, BoneMarrowPerformed()),
    ),
    "N53": (
        child("a child with KMT2A germline after rearranged", *LEUKAEMIC, REARRANGED, GERMLINE),
        child("a child with blasts after a benign diagnosis", *WORKED_UP, BENIGN, smear("10")),
        child("a child whose leukaemia was revised to benign", *LEUKAEMIC, BENIGN),
        child("a child whose leukaemia was revised to AML", *LEUKAEMIC, AML),
        child("a child with blasts before a benign diagnosis", *WORKED_UP, smear("10"), BENIGN),
    ),
    "N54": (
        child("a child with myeloid blasts", INDEX, smear("30", "myeloid")),
        child("a child with blasts of mixed lineage", *WORKED_UP, smear("30", "mixed")),
        child("a child whose diagnosis is AML", *WORKED_UP, AML),
        child("a child with another malignancy", DiagnosisConfirmed(diagnosis="other_malignancy")),
    ),
}

HIDDEN: dict[str, tuple[Child, ...]] = {
    "N01": (
        child("a child of 11 months", INDEX, months=11),
        child("a child diagnosed at 11 months who is 13 months old now", *LEUKAEMIC, 62, months=11),
        child("a child whose leukaemia was revised to AML", *LEUKAEMIC, AML),
    ),
    "N02": (
        child("a child of whom no count was taken", CONSULTED),
        child("a child with all five counts", ONE_LOW),
    ),
    "N03": (
        child("a child with neutrophils of exactly 1.5", count(wbc="2.5", anc="1.5", alc="1.4")),
        child("a child with unknown neutrophils", count(wbc="2.5")),
        child("a child with leukaemia", *LEUKAEMIC),
    ),
    "N04": (
        child("a child whose haemoglobin is low as well", count(wbc="2.5", anc="0.7", alc="1.4", hb="8")),
        child("a child whose platelets are low as well", count(wbc="2.5", anc="0.7", alc="1.4", platelets="90")),
        child("a child with low neutrophils alone, smear outstanding", ONE_LOW),
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child with low lymphocytes alone", count(wbc="7", anc="3", alc="1.4")),
    ),
    "N05": (
        child("a child whose smear a pathologist has read", INDEX, CLEAR),
        child("a child whose white cells are unknown", count(anc="0.7", alc="1.4")),
        child("a child whose neutrophils are unknown", count(wbc="2.5", alc="1.4")),
        child("a child whose lymphocytes are unknown", count(wbc="2.5", anc="0.7")),
        child("a child under specialists with a benign diagnosis", *WORKED_UP, BENIGN),
        child("a child in follow-up with an early count", *FOLLOW_UP, 3, ONE_LOW),
    ),
    "N06": (
        child("a child with all four values", INDEX, LABS),
        child("a child with no low count", NORMAL),
        child("a child of whom nothing is known"),
        child("a child in follow-up whose values were known in the work-up", LABS, *FOLLOW_UP),
        child("a child low again on day 3 whose values were known in the work-up", LABS, *FOLLOW_UP, 3, ONE_LOW),
    ),
    "N07": (
        child("a child whose tumour lysis values are not back", INDEX),
        child("a child with no low count", NORMAL, LABS),
    ),
    "N08": (child("a child before referral", ONE_LOW), child("a child whom haematology has seen", *WORKED_UP)),
    "N09": (
        child("a child with 37.9 by mouth", INDEX, temperature("37.9")),
        child("a child whose temperature is unknown", INDEX),
    ),
    "N10": (
        child("a child with 37.9", INDEX, temperature("37.9")),
        child("a child whose fever is unknown", INDEX),
        child("a child with fever and no low count", NORMAL, FEVER),
    ),
    "N11": (
        child("a child with 38.2 once", INDEX, temperature("38.2")),
        child("a child with normal neutrophils and 38.3", count(wbc="5", anc="3"), temperature("38.3")),
        child("a child whose antimicrobials were started", INDEX, temperature("38.3"), AntimicrobialsStarted()),
    ),
    "N12": (child("a child with fever alone", INDEX, temperature("38.3")), child("a child of the page", INDEX)),
    "N13": (
        child("a child with low neutrophils and 38.3", INDEX, temperature("38.3")),
        child("a child with normal neutrophils", count(wbc="5", anc="3")),
        child("a child whose counts recovered", *RESOLVED),
        child("a child of whom nothing is known"),
        child("a child with no low count", NORMAL),
    ),
    "N14": (
        child("a child with a clear smear", INDEX, CLEAR),
        child("a child whose blasts are not counted", INDEX, smear(immature_cells=True)),
        child("a child with myeloid blasts", INDEX, smear("30", "myeloid")),
        child("a child whose diagnosis is confirmed", *LEUKAEMIC, smear("60", "lymphoid")),
        child("a child with blasts of mixed lineage", INDEX, smear("30", "mixed")),
        child("a child with a count of no blasts", INDEX, smear(blasts="0 /uL")),
    ),
    "N15": (
        child("a child with 20 % blasts", INDEX, smear("20")),
        child("a child with 1,000 blasts/uL", INDEX, smear(blasts="1000 /uL")),
        child("a child with a clear smear", INDEX, CLEAR),
        child("a child whose leukaemia is confirmed", *LEUKAEMIC, smear("10", "lymphoid")),
        child("a child under specialists with a benign diagnosis", *WORKED_UP, BENIGN, smear("10")),
        child("a child with leukaemia by the blood and fewer blasts now", *BY_BLOOD, smear("10", "lymphoid")),
    ),
    "N16": (
        child("a child under specialists with a benign diagnosis", *WORKED_UP, BENIGN),
        child("a child not yet with specialists", INDEX),
        child("a child with leukaemia whose KMT2A is known", *LEUKAEMIC, GERMLINE),
    ),
    "N17": (
        child("a child with a clear smear and a clear examination", ONE_LOW, CLEAR, NOTHING_FOUND),
        child("a child with a large spleen and no smear", ONE_LOW, Examined(splenomegaly=True)),
        child("a child whose leukaemia was confirmed in spite of a clear smear", *WORKED_UP, CLEAR, FEVER, ALL),
    ),
    "N18": (
        child("a child without a smear", INDEX),
        child("a child whose smear only an analyser has read", INDEX, smear("0", smear_reviewer="analyser")),
        child("a child with blasts", INDEX, smear("10")),
        child("a child whose leukaemia was confirmed in spite of a clear smear", *WORKED_UP, CLEAR, ALL),
    ),
    "N19": (
        child("a child whose smear is outstanding", ONE_LOW),
        child("a child under specialists without a smear", *WORKED_UP),
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child whose leukaemia was confirmed in spite of a clear smear", *WORKED_UP, CLEAR, ALL),
    ),
    "N20": (child("a child whose counts recovered", *RESOLVED), child("a child before follow-up", ONE_LOW, CLEAR)),
    "N21": (
        child("a child whose white cells are still low on day 8", *FOLLOW_UP, 8, count(wbc="5.9", anc="0.9")),
        child("a child whose counts all recovered", *RESOLVED),
        child("a child referred for the first time", INDEX),
        child("a child referred for the first time with normal white cells", count(wbc="7", anc="0.7", alc="1.4")),
        child("a child referred again for fever, all counts in range", *RESOLVED, FEVER),
        child("a child whom haematology has seen again", *FOLLOW_UP, 8, ONE_LOW, CONSULTED),
    ),
    "N22": (
        child("a child referred for the first time", INDEX),
        child("a child in follow-up", *FOLLOW_UP),
        child("a child whom haematology has seen again", *FOLLOW_UP, 8, ONE_LOW, CONSULTED),
    ),
    "N23": (child("a child referred again", *FOLLOW_UP, 8, ONE_LOW), child("a child with leukaemia", *LEUKAEMIC)),
    "N24": (
        child("a child with leukaemia at 7 months", ALL, months=7),
        child("a child of 5 months with KMT2A germline", ALL, GERMLINE, months=5),
        child("a child of 5 months without leukaemia", INDEX, months=5),
        child("a child of 5 months whose leukaemia was revised to AML", ALL, AML, months=5),
    ),
    "N25": (
        child("a child with KMT2A rearranged at 5 months", ALL, REARRANGED, months=5),
        child("a child of 13 months whose KMT2A is unknown", *LEUKAEMIC),
        child("a child of 13 months with KMT2A germline", *LEUKAEMIC, GERMLINE),
        child("a child whose leukaemia was revised to AML", *LEUKAEMIC, REARRANGED, AML),
    ),
    "N26": (
        child("a child with white cells of 299 at 13 months", count(wbc="299"), ALL, REARRANGED),
        child("a child of 13 months whose white cells are unknown", ALL, REARRANGED),
        child("a child with white cells of 300 at 5 months", count(wbc="300"), ALL, REARRANGED, months=5),
        child("a child with white cells of 300 and KMT2A germline", count(wbc="300"), ALL, GERMLINE),
        child("a child whose leukaemia was revised to AML", count(wbc="300"), ALL, REARRANGED, AML),
    ),
    "N27": (
        child("a child with white cells of 299 at 5 months", count(wbc="299"), ALL, months=5),
        child("a child with white cells of 300 at 6 months", count(wbc="300"), ALL, months=6),
        child("a child of 5 months with KMT2A germline", count(wbc="300"), ALL, GERMLINE, months=5),
        child("a child of 5 months whose leukaemia was revised to AML", count(wbc="300"), ALL, AML, months=5),
    ),
    "N28": (
        child("a child with KMT2A germline", *LEUKAEMIC, GERMLINE),
        child("a child of 5 months at high risk by white cells of 300", count(wbc="300"), ALL, REARRANGED, months=5),
        child("a child without leukaemia", INDEX),
        child("a child whose leukaemia was revised to AML", *LEUKAEMIC, REARRANGED, AML),
    ),
    "N29": (
        child("a child at high risk", *LEUKAEMIC, REARRANGED, MRD_STAYS),
        child("a child whose KMT2A is unknown", *LEUKAEMIC),
    ),
    "N30": (child("a child without leukaemia", *WORKED_UP), child("a child handed over", *WORKED_UP, AML)),
    "N31": (
        child("a child at intermediate risk", *LEUKAEMIC, REARRANGED, MRD_GONE),
        child("a child with KMT2A germline", *LEUKAEMIC, GERMLINE),
    ),
    "N32": (
        child("a child for whom there is a trial", *LEUKAEMIC, TRIAL),
        child("a child without leukaemia", *WORKED_UP),
    ),
    "N33": (child("a child without leukaemia", *WORKED_UP), child("a child handed over", *WORKED_UP, AML)),
    "N34": (
        child("a child with BCR::ABL1 negative", *WORKED_UP, BcrAbl1Reported(bcr_abl1="negative")),
        child("a child not yet with specialists", INDEX),
        child("a child whose diagnosis is AML", *WORKED_UP, AML),
    ),
    "N35": (
        child("a child without such a sign", INDEX, HlhSignsReported(ferritin_raised=False)),
        child("a child with leukaemia and raised ferritin", *LEUKAEMIC, HlhSignsReported(ferritin_raised=True)),
        child(
            "a child with leukaemia by the blood and raised ferritin", *BY_BLOOD, HlhSignsReported(ferritin_raised=True)
        ),
        child(
            "a child with a benign diagnosis and raised ferritin",
            *WORKED_UP,
            BENIGN,
            HlhSignsReported(ferritin_raised=True),
        ),
    ),
    "N36": (
        child("a child of whom nothing is known"),
        child("a child with no low count", NORMAL),
        child("a child whose diagnosis is benign", *WORKED_UP, BENIGN),
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child with leukaemia by the blood alone", *BY_BLOOD),
    ),
    "N37": (
        child("a child with one low count, not referred", ONE_LOW),
        child("a child under specialists with a benign diagnosis", *WORKED_UP, BENIGN),
        child("a child with leukaemia", *LEUKAEMIC),
    ),
    "N38": (
        child("a child without a viral illness", ONE_LOW, HistoryTaken(recent_viral_illness=False)),
        child("a child whose history is unknown", INDEX),
        child("a child with leukaemia", *LEUKAEMIC, HistoryTaken(recent_viral_illness=True)),
        child(
            "a child with leukaemia by the blood after a viral illness",
            *BY_BLOOD,
            HistoryTaken(recent_viral_illness=True),
        ),
        child(
            "a child with a benign diagnosis after a viral illness",
            *WORKED_UP,
            BENIGN,
            HistoryTaken(recent_viral_illness=True),
        ),
    ),
    "N39": (
        child("a child without such a drug", INDEX, HistoryTaken(causative_drug=False)),
        child("a child whose medicines are unknown", INDEX),
        child("a child in follow-up whose work-up found no drug", *FOLLOW_UP),
        child("a child with leukaemia by the blood and such a drug", *BY_BLOOD, HistoryTaken(causative_drug=True)),
        child("a child with a benign diagnosis and such a drug", *WORKED_UP, BENIGN, HistoryTaken(causative_drug=True)),
    ),
    "N40": (
        child("a child with normal neutrophils", count(wbc="5", anc="3")),
        child("a child whose counts recovered", *RESOLVED),
        child("a child with no low count", NORMAL),
        child("a child of whom nothing is known"),
    ),
    "N41": (
        child("a child with platelets of exactly 150", count(wbc="2.5", platelets="150")),
        child("a child with no low count, platelets unknown", count(wbc="9", anc="3", alc="5")),
    ),
    "N42": (
        child("a child of 11 months without a diagnosis", INDEX, months=11),
        child("a child of 24 months without a diagnosis", INDEX, months=24),
        child("a child with no low count", NORMAL),
        child("a child in follow-up whose hold was released", ONE_LOW, VaccineHoldReleased(), *FOLLOW_UP[1:]),
    ),
    "N43": (
        child("a child without bleeding", ONE_LOW, NOTHING_FOUND),
        child("a child with petechiae and no low count", NORMAL, SymptomsReported(petechiae=True)),
        child("a child with leukaemia and petechiae", *LEUKAEMIC, SymptomsReported(petechiae=True)),
    ),
    "N44": (
        child("a child with a large spleen, which no list leaves out", INDEX, Examined(splenomegaly=True)),
        child("a child with nothing found", INDEX, NOTHING_FOUND),
        child("a child with leukaemia and bone pain", *LEUKAEMIC, SymptomsReported(bone_pain=True)),
    ),
    "N45": (
        child("a child with one low count", ONE_LOW),
        child("a child whom haematology has seen", *WORKED_UP),
        child("a child with normal neutrophils and 38.3", count(wbc="5", anc="3"), CONSULTED, temperature("38.3")),
    ),
    "N46": (
        child("a child of 11 months", INDEX, months=11),
        child("a child of 24 months", INDEX, months=24),
        child("a child whose lymphocytes are unknown", count(wbc="2.5", anc="0.7")),
        child("a child with leukaemia", *LEUKAEMIC),
    ),
    "N47": (
        child("a child with neutrophils of 0.7, which the page itself grades", INDEX),
        child("a child with neutrophils of 0.51", count(anc="0.51")),
        child("a child with neutrophils of 0.99", count(anc="0.99")),
        child("a child with neutrophils of 1.51", count(wbc="2.5", anc="1.51")),
        child("a child whose neutrophils are unknown", count(wbc="2.5")),
        child("a child with leukaemia", ALL, count(anc="0.5")),
    ),
    "N48": (
        child("a child whom low neutrophils bring in, whatever the limit", ONE_LOW),
        child("a child whom low lymphocytes bring in", count(wbc="2.5", alc="1.4")),
        child("a child whose white cells are unknown", count(hb="8")),
        child("a child with leukaemia", ALL, count(wbc="2.5")),
    ),
    "N49": (),
    "N50": (
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child under specialists with a benign diagnosis", *WORKED_UP, BENIGN),
        child("a child with one low count and a clear smear", ONE_LOW, CLEAR),
        child("a child with leukaemia by the blood alone", *BY_BLOOD),
    ),
    "N51": (
        child("a child with one low count and nothing else", ONE_LOW),
        child("a child with a haemoglobin of exactly 10.5", count(wbc="2.5", hb="10.5")),
        child("a child in follow-up", *FOLLOW_UP),
        child("a child handed over with fever", *WORKED_UP, AML, temperature("38.3")),
    ),
    "N52": (
        child("a child whose marrow haematology has discussed", *WORKED_UP, CLEAR, BoneMarrowPerformed()),
        child("a child without a smear", INDEX),
        child("a child with no low count whose marrow was examined", NORMAL, BoneMarrowPerformed()),
    ),
    "N53": (
        child("a child whose results agree", INDEX),
        child("a child with leukaemia that stands", *LEUKAEMIC, REARRANGED),
        child("a child with a benign diagnosis and a clear smear", *WORKED_UP, BENIGN, CLEAR),
        child("a child with KMT2A germline only", *LEUKAEMIC, GERMLINE),
        child("a child with blasts and no diagnosis", *WORKED_UP, smear("10")),
    ),
    "N54": (
        child("a child with lymphoblasts", INDEX, smear("30", "lymphoid")),
        child("a child whose lineage is unknown", INDEX, smear("30")),
        child("a child with leukaemia", *LEUKAEMIC),
        child("a child whose diagnosis is HLH", *WORKED_UP, DiagnosisConfirmed(diagnosis="hlh")),
    ),
}


def claims(table: dict[str, tuple[Child, ...]]) -> list[object]:
    return [pytest.param(note, one, id=f"{note} to {one.words}") for note, those in table.items() for one in those]


@pytest.mark.parametrize(("note", "one"), claims(SHOWN))
def test_the_plan_shows_note(note: str, one: Child) -> None:
    assert note in one.notes()


@pytest.mark.parametrize(("note", "one"), claims(HIDDEN))
def test_the_plan_does_not_show_note(note: str, one: Child) -> None:
    assert note not in one.notes()


def test_for_every_note_there_is_a_child_who_is_shown_it() -> None:
    assert {note for note, those in SHOWN.items() if those} == {note.id for note in PATHWAY.notes}


def test_for_every_note_but_that_of_the_banner_there_is_a_child_who_is_not_shown_it() -> None:
    assert {note for note, those in HIDDEN.items() if those} == {note.id for note in PATHWAY.notes} - {"N49"}


def test_the_ways_lead_into_every_state() -> None:
    assert {name: child(name, *way).plan().state for name, way in STATES.items()} == {
        state.name: state.name for state in PATHWAY.states
    }


@pytest.mark.parametrize("state", [*BEFORE_DIAGNOSIS, *LEUKAEMIA, "follow_up"])
def test_the_contradiction_over_13_months_is_shown_wherever_leukaemia_is_possible_or_confirmed(state: str) -> None:
    assert "N01" in child(state, *STATES[state]).notes()


@pytest.mark.parametrize("state", ["outside_pathway", "resolved", "specialist_pathway"])
def test_the_contradiction_over_13_months_is_not_shown_where_leukaemia_is_not_the_question(state: str) -> None:
    assert "N01" not in child(state, *STATES[state]).notes()


@pytest.mark.parametrize(
    ("note", "states"),
    [
        ("N08", ("referral",)),
        ("N20", ("follow_up",)),
        ("N23", ("follow_up", "resolved")),
        ("N29", ("kmt2a_stratification", "standard_risk", "intermediate_risk")),
        ("N30", LEUKAEMIA),
        ("N31", ("high_risk",)),
        ("N33", LEUKAEMIA),
        ("N49", tuple(STATES)),
    ],
)
def test_a_note_that_hangs_on_the_state_is_shown_there_and_nowhere_else(note: str, states: tuple[str, ...]) -> None:
    assert [name for name, way in STATES.items() if note in child(name, *way).notes()] == list(states)


@pytest.mark.parametrize("state", list(STATES))
def test_the_contradiction_over_13_months_does_not_concern_a_child_of_11_months(state: str) -> None:
    plan = child(state, *STATES[state], months=11).plan()
    assert plan.state == state
    assert "N01" not in [note.id for note in plan.notes]


def test_the_first_plan_of_the_index_case_shows_sixteen_notes_and_no_more() -> None:
    assert child("the page's child", INDEX).notes() == (
        "N01", "N02", "N03", "N04", "N05", "N06", "N08", "N13", "N36", "N37", "N40", "N41", "N42", "N45", "N46", "N49",
    )  # fmt: skip


def test_a_child_of_whom_nothing_is_known_is_shown_its_age_the_unknown_platelets_and_the_warning() -> None:
    assert child("nothing known").notes() == ("N01", "N41", "N49")


def test_a_child_outside_the_pathway_is_shown_the_limits_that_put_it_there() -> None:
    assert child("no low count", NORMAL).notes() == ("N46", "N48", "N49")


# --- notes and statements are whole ---------------------------------------------------------------------------------

CITED = {one for _, cites in cited(PATHWAY) for one in cites}
ABOUT = {one for note in PATHWAY.notes for one in note.about}


def faults_with(**changes: Any) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        evolve(PATHWAY, **changes)
    return caught.value.faults


def notes_with(name: str, **changes: Any) -> tuple[ReviewNote, ...]:
    return tuple(evolve(note, **changes) if note.id == name else note for note in PATHWAY.notes)


def statements_with(name: str, **changes: Any) -> tuple[Statement, ...]:
    return tuple(evolve(one, **changes) if one.id == name else one for one in PATHWAY.statements)


def test_the_notes_are_n01_to_n54() -> None:
    assert [note.id for note in PATHWAY.notes] == [f"N{number:02}" for number in range(1, 55)]


def test_the_statements_are_s01_to_s111() -> None:
    assert [one.id for one in PATHWAY.statements] == [f"S{number:02}" for number in range(1, 112)]


def test_a_note_that_does_not_say_where_it_matters_is_a_fault() -> None:
    assert faults_with(notes=notes_with("N07", when=None)) == (
        "note N07: says nowhere where it matters; give it `when`",
    )


@pytest.mark.parametrize("name", ["words", "choice"])
@pytest.mark.parametrize("text", ["", " \n"])
def test_a_note_that_names_no_doubt_or_no_choice_is_a_fault(name: str, text: str) -> None:
    (fault,) = faults_with(notes=notes_with("N07", **{name: text}))
    assert fault.startswith(f"note N07: `{name}` is empty")


def test_two_faulty_notes_are_reported_both() -> None:
    notes = tuple(evolve(note, when=None) if note.id in ("N07", "N50") else note for note in PATHWAY.notes)
    assert [fault.split(":")[0] for fault in faults_with(notes=notes)] == ["note N07", "note N50"]


def test_a_note_cannot_hang_on_advice_being_in_force() -> None:
    (fault,) = faults_with(notes=notes_with("N40", when=in_force("hydration")))
    assert fault == "note N40: only an order or an invariant may ask whether an advice is in force"


@pytest.mark.parametrize("note", PATHWAY.notes, ids=lambda note: note.id)
def test_no_note_is_written_so_that_nobody_is_ever_shown_it(note: ReviewNote) -> None:
    assert note.when not in (None, NEVER)


@pytest.mark.parametrize("one", PATHWAY.statements, ids=lambda one: one.id)
def test_every_statement_is_used_or_listed_as_not_modelled_and_never_both(one: Statement) -> None:
    if one.not_modelled:
        assert one.id not in CITED, "a note may be about it, but no rule rests on it"
    else:
        assert one.id in CITED | ABOUT


@pytest.mark.parametrize("name", sorted(one.id for one in PATHWAY.statements if one.id in CITED | ABOUT))
def test_a_statement_that_is_used_cannot_be_dropped(name: str) -> None:
    faults = faults_with(statements=tuple(one for one in PATHWAY.statements if one.id != name))
    assert faults
    assert all(fault.endswith(f"unknown '{name}'") for fault in faults)


@pytest.mark.parametrize("name", sorted(note.id for note in PATHWAY.notes if note.id in CITED))
def test_a_note_that_is_cited_cannot_be_dropped(name: str) -> None:
    faults = faults_with(notes=tuple(note for note in PATHWAY.notes if note.id != name))
    assert faults
    assert all(fault.endswith(f"cites unknown '{name}'") for fault in faults)


@pytest.mark.parametrize("name", sorted(one.id for one in PATHWAY.literature if one.id in CITED))
def test_literature_that_is_cited_cannot_be_dropped(name: str) -> None:
    faults = faults_with(literature=tuple(one for one in PATHWAY.literature if one.id != name))
    assert faults
    assert all(fault.endswith(f"cites unknown '{name}'") for fault in faults)


@pytest.mark.parametrize("name", sorted(one.id for one in PATHWAY.statements if one.id in CITED))
def test_a_statement_that_a_rule_cites_cannot_be_listed_as_not_modelled(name: str) -> None:
    faults = faults_with(statements=statements_with(name, not_modelled="Website furniture."))
    assert faults == (f"statement {name}: listed as not modelled, and cited",)


@pytest.mark.parametrize(
    "name", sorted(one.id for one in PATHWAY.statements if one.not_modelled and one.id not in ABOUT)
)
def test_a_statement_that_nothing_uses_must_say_why(name: str) -> None:
    faults = faults_with(statements=statements_with(name, not_modelled=""))
    assert faults == (f"statement {name}: neither cited nor listed as not modelled",)


def test_a_new_statement_of_the_source_that_nothing_uses_is_a_fault() -> None:
    new = Statement("S112", "footer", "Something that the page did not say before.", "note")
    assert faults_with(statements=(*PATHWAY.statements, new)) == (
        "statement S112: neither cited nor listed as not modelled",
    )


@pytest.mark.parametrize("what", ["states", "conditions", "transitions", "advice", "orders", "contradictions"])
def test_a_rule_that_cites_nothing_or_what_does_not_exist_is_a_fault(what: str) -> None:
    first, *rest = getattr(PATHWAY, what)
    silent = faults_with(**{what: (evolve(first, cites=()), *rest)})
    astray = faults_with(**{what: (evolve(first, cites=(*first.cites, "S999")), *rest)})
    assert any(fault.endswith(": cites nothing") for fault in silent)
    assert [fault for fault in astray if fault.endswith(": cites unknown 'S999'")] == list(astray)
