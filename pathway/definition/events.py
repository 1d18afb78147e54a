"""The events: what can be recorded, each a class whose fields are the facts of the same name.

A field with a default is optional. Events of one moment are folded in the order of this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from pathway.definition.conditions import BLASTS_IN_SMEAR, QUALIFIED_SMEAR, SMEAR_ANSWERS
from pathway.definition.facts import (
    EXAMINATION_FINDINGS,
    FACTS_BY_NAME,
    BcrAbl1,
    Conditioning,
    Declarer,
    Diagnosis,
    Kmt2a,
    Lineage,
    MrdTimepoint,
    Reviewer,
    Route,
)
from pathway.model.events import Authority, EventType, TypedEvent, fields_of
from pathway.model.guards import in_report

if TYPE_CHECKING:
    from decimal import Decimal


Amount: TypeAlias = "str | Decimal"
"""A number and its UCUM unit, such as "0.7 10*9/L"; a bare number only where the unit is 1."""


class PathwayEvent(TypedEvent):
    """The base of the events below."""

    FACTS = FACTS_BY_NAME


@frozen(kw_only=True, eq=False, repr=False)
class BloodCountReported(PathwayEvent):
    """A blood count. `at` is when the sample was taken."""

    wbc: Amount | None = None
    anc: Amount | None = None
    alc: Amount | None = None
    hb: Amount | None = None
    platelets: Amount | None = None


@frozen(kw_only=True, eq=False, repr=False)
class ChemistryReported(PathwayEvent):
    """The parameters of tumour lysis."""

    potassium: Amount | None = None
    uric_acid: Amount | None = None
    ldh: Amount | None = None
    phosphate: Amount | None = None


@frozen(kw_only=True, eq=False, repr=False)
class SmearReported(PathwayEvent):
    """A smear review. It replaces the whole smear before it, unless only that one had a qualified reviewer."""

    smear_reviewer: Reviewer
    blasts_percent: Amount | None = None
    blasts: Amount | None = None
    lineage: Lineage | None = None
    immature_cells: bool | None = None
    atypical_lymphocytes: bool | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Examined(PathwayEvent):
    """The physical examination. `nothing_else_found` says that the findings not given are absent."""

    splenomegaly: bool | None = None
    hepatomegaly: bool | None = None
    lymphadenopathy: bool | None = None
    petechiae: bool | None = None
    ecchymoses: bool | None = None
    mucosal_bleeding: bool | None = None
    other_bleeding: bool | None = None
    fever: bool | None = None
    weight_loss: bool | None = None
    poor_appetite: bool | None = None
    fatigue: bool | None = None
    bone_pain: bool | None = None
    nothing_else_found: bool | None = None


@frozen(kw_only=True, eq=False, repr=False)
class SymptomsReported(PathwayEvent):
    """Symptoms, as the family or a clinician reports them."""

    fever: bool | None = None
    weight_loss: bool | None = None
    poor_appetite: bool | None = None
    fatigue: bool | None = None
    bone_pain: bool | None = None
    petechiae: bool | None = None
    ecchymoses: bool | None = None
    mucosal_bleeding: bool | None = None
    other_bleeding: bool | None = None
    persistent_fever: bool | None = None


@frozen(kw_only=True, eq=False, repr=False)
class TemperatureMeasured(PathwayEvent):
    """One reading of the temperature."""

    temperature: Amount
    temperature_route: Route | None = None


@frozen(kw_only=True, eq=False, repr=False)
class InfectionSignsFound(PathwayEvent):
    """Signs of infection in the clinician's judgement; true when not given."""

    infection_signs: bool | None = None


@frozen(kw_only=True, eq=False, repr=False)
class HistoryTaken(PathwayEvent):
    """The history of medication and of recent illness."""

    causative_drug: bool | None = None
    recent_viral_illness: bool | None = None


@frozen(kw_only=True, eq=False, repr=False)
class HaematologyConsulted(PathwayEvent):
    """Paediatric haematology/oncology was reached and consulted."""


@frozen(kw_only=True, eq=False, repr=False)
class WorkupDeclaredNegative(PathwayEvent):
    """The work-up is declared negative for malignancy. Folded after all other events of the same moment."""

    declared_by: Declarer
    reason: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class DiagnosisConfirmed(PathwayEvent):
    """A diagnosis by a haematologist."""

    diagnosis: Diagnosis
    confirmed_by: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class HlhSignsReported(PathwayEvent):
    """Signs that the source takes as triggers to consider HLH."""

    persistent_fever: bool | None = None
    liver_dysfunction: bool | None = None
    ferritin_raised: bool | None = None
    coagulopathy: bool | None = None


@frozen(kw_only=True, eq=False, repr=False)
class BcrAbl1Reported(PathwayEvent):
    """The fusion gene or Philadelphia chromosome test."""

    bcr_abl1: BcrAbl1


@frozen(kw_only=True, eq=False, repr=False)
class TrialDecided(PathwayEvent):
    """Whether a clinical trial is available for the child."""

    trial_available: bool


@frozen(kw_only=True, eq=False, repr=False)
class Kmt2aReported(PathwayEvent):
    """The KMT2A (MLL) status. A failed test overwrites no result, and germline never overwrites rearranged."""

    kmt2a: Kmt2a


@frozen(kw_only=True, eq=False, repr=False)
class MrdReported(PathwayEvent):
    """One measurement of minimal residual disease, as the fraction of cells."""

    mrd: Amount | float
    mrd_timepoint: MrdTimepoint | None = None


@frozen(kw_only=True, eq=False, repr=False)
class MrdPersistenceDeclared(PathwayEvent):
    """The specialist's verdict whether MRD is persistently positive."""

    mrd_persistent: bool


@frozen(kw_only=True, eq=False, repr=False)
class VaccineHoldReleased(PathwayEvent):
    """A clinician lifts the hold on live vaccines."""


@frozen(kw_only=True, eq=False, repr=False)
class ProtocolEligibilityConfirmed(PathwayEvent):
    """Oncology confirms that the child may be treated on the infant protocol."""

    confirmed_by: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class AntimicrobialsStarted(PathwayEvent):
    """Antimicrobials were started."""


@frozen(kw_only=True, eq=False, repr=False)
class BoneMarrowPerformed(PathwayEvent):
    """A bone marrow examination was performed, aspirate or biopsy."""


@frozen(kw_only=True, eq=False, repr=False)
class LiveVaccineGiven(PathwayEvent):
    """A live vaccine was given."""


@frozen(kw_only=True, eq=False, repr=False)
class ChemotherapyStarted(PathwayEvent):
    """Interfant-based chemotherapy was started."""


@frozen(kw_only=True, eq=False, repr=False)
class Transplanted(PathwayEvent):
    """A stem-cell transplant was done."""

    conditioning: Conditioning | None = None


BloodCountReported.KIND = EventType(
    "blood_count_reported",
    "Blood count reported",
    fields_of(BloodCountReported),
    records=("blood_count_taken",),
    flags_held="count_held_back",
    cites=("S01", "S20", "S23"),
)
ChemistryReported.KIND = EventType(
    "chemistry_reported", "Chemistry reported", fields_of(ChemistryReported), cites=("S17", "S18", "N06")
)
SmearReported.KIND = EventType(
    "smear_reported",
    "Smear reviewed",
    fields_of(SmearReported),
    replaces=True,
    authority=Authority(
        when=in_report(QUALIFIED_SMEAR),
        raises="blasts_flagged",
        on=in_report(BLASTS_IN_SMEAR),
        clears=in_report(SMEAR_ANSWERS),
    ),
    cites=("S13", "S15", "S16"),
)
Examined.KIND = EventType(
    "examined",
    "Child examined",
    fields_of(Examined, own=("nothing_else_found",)),
    records=("examined",),
    rest_absent=("nothing_else_found", tuple(finding.name for finding in EXAMINATION_FINDINGS)),
    cites=("S27",),
)
SymptomsReported.KIND = EventType(
    "symptoms_reported", "Symptoms reported", fields_of(SymptomsReported), cites=("S34", "S70", "S101")
)
TemperatureMeasured.KIND = EventType(
    "temperature_measured",
    "Temperature measured",
    fields_of(TemperatureMeasured),
    replaces=True,
    cites=("S62", "S63", "N09"),
)
InfectionSignsFound.KIND = EventType(
    "infection_signs_found",
    "Signs of infection found",
    fields_of(InfectionSignsFound, infection_signs=True),
    cites=("S61", "N12"),
)
HistoryTaken.KIND = EventType(
    "history_taken", "History taken", fields_of(HistoryTaken), records=("history_taken",), cites=("S54", "S58")
)
HaematologyConsulted.KIND = EventType(
    "haematology_consulted",
    "Haematology/oncology consulted",
    records=("haematology_consulted",),
    cites=("S08", "S32", "S93"),
)
WorkupDeclaredNegative.KIND = EventType(
    "workup_declared_negative",
    "Work-up declared negative",
    fields_of(WorkupDeclaredNegative, own=("declared_by", "reason")),
    last=True,
    cites=("S96", "N19"),
)
DiagnosisConfirmed.KIND = EventType(
    "diagnosis_confirmed",
    "Diagnosis confirmed",
    fields_of(DiagnosisConfirmed, own=("confirmed_by",)),
    cites=("S71", "N16"),
)
HlhSignsReported.KIND = EventType(
    "hlh_signs_reported", "HLH signs reported", fields_of(HlhSignsReported), cites=("S51", "N35")
)
BcrAbl1Reported.KIND = EventType(
    "bcr_abl1_reported", "BCR::ABL1 reported", fields_of(BcrAbl1Reported), cites=("S48", "S49")
)
TrialDecided.KIND = EventType("trial_decided", "Trial decided", fields_of(TrialDecided), cites=("S73",))
Kmt2aReported.KIND = EventType("kmt2a_reported", "KMT2A reported", fields_of(Kmt2aReported), cites=("S75",))
MrdReported.KIND = EventType(
    "mrd_reported", "MRD reported", fields_of(MrdReported), replaces=True, cites=("S78", "N28")
)
MrdPersistenceDeclared.KIND = EventType(
    "mrd_persistence_declared", "MRD persistence declared", fields_of(MrdPersistenceDeclared), cites=("S81", "N28")
)
VaccineHoldReleased.KIND = EventType(
    "vaccine_hold_released", "Live-vaccine hold released", records=("vaccine_hold_released",), cites=("S64", "N42")
)
ProtocolEligibilityConfirmed.KIND = EventType(
    "protocol_eligibility_confirmed",
    "Protocol eligibility confirmed",
    fields_of(ProtocolEligibilityConfirmed, own=("confirmed_by",)),
    records=("protocol_eligibility_confirmed",),
    cites=("S43", "N01"),
)
AntimicrobialsStarted.KIND = EventType(
    "antimicrobials_started", "Antimicrobials started", records=("antimicrobials_started",), cites=("S61",)
)
BoneMarrowPerformed.KIND = EventType(
    "bone_marrow_performed", "Bone marrow examined", records=("bone_marrow_performed",), cites=("S92", "N52")
)
LiveVaccineGiven.KIND = EventType(
    "live_vaccine_given", "Live vaccine given", records=("live_vaccine_given",), cites=("S64",)
)
ChemotherapyStarted.KIND = EventType(
    "chemotherapy_started", "Chemotherapy started", records=("chemotherapy_started",), cites=("S74",)
)
Transplanted.KIND = EventType(
    "transplanted", "Transplanted", fields_of(Transplanted), records=("transplanted",), cites=("S82", "S86", "S87")
)

EVENT_CLASSES: tuple[type[PathwayEvent], ...] = (
    BloodCountReported, ChemistryReported, SmearReported, Examined, SymptomsReported, TemperatureMeasured,
    InfectionSignsFound, HistoryTaken, HaematologyConsulted, WorkupDeclaredNegative, DiagnosisConfirmed,
    HlhSignsReported, BcrAbl1Reported, TrialDecided, Kmt2aReported, MrdReported, MrdPersistenceDeclared,
    VaccineHoldReleased, ProtocolEligibilityConfirmed, AntimicrobialsStarted, BoneMarrowPerformed, LiveVaccineGiven,
    ChemotherapyStarted, Transplanted,
)  # fmt: skip
EVENTS = tuple(cls.KIND for cls in EVENT_CLASSES)
