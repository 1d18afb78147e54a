"""The facts of the pathway: what can be known about the child, in which units, within which plausible range.

LOINC codes are those of the quantity in its unit. Factors are exact; molar masses are 168.11 g/mol for uric acid and
30.974 g/mol for phosphorus.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from pathway.model.facts import Choice, Fact, Flag, Quantity, Text
from pathway.model.units import AcceptedUnit

Reviewer: TypeAlias = Literal["pathologist", "haematologist", "analyser", "other"]
Lineage: TypeAlias = Literal["lymphoid", "myeloid", "mixed", "unknown"]
Route: TypeAlias = Literal["oral", "axillary", "tympanic", "rectal", "unknown"]
Declarer: TypeAlias = Literal["haematologist", "clinician"]
Diagnosis: TypeAlias = Literal["all", "cml", "hlh", "aml", "other_malignancy", "benign"]
BcrAbl1: TypeAlias = Literal["positive", "negative"]
Kmt2a: TypeAlias = Literal["germline", "rearranged", "failed"]
MrdTimepoint: TypeAlias = Literal["end_of_induction", "end_of_consolidation", "other"]
Conditioning: TypeAlias = Literal["chemotherapy_only", "tbi_based"]

CELLS = (
    AcceptedUnit("10*3/uL"),
    AcceptedUnit("10^9/L"),
    AcceptedUnit("10^3/uL"),
    AcceptedUnit("/uL", factor="0.001"),
    AcceptedUnit("/mm3", factor="0.001"),
    AcceptedUnit("10*6/L", factor="0.001"),
)


def _count(name: str, title: str, highest: int, loinc: str, *cites: str) -> Quantity:
    return Quantity(name, title, "10*9/L", (0, highest), (loinc,), CELLS, cites, prevails="lower")


# Blood count
WBC = _count("wbc", "white cell count", 2000, "6690-2", "S01", "N27", "N48")
ANC = _count("anc", "neutrophils (ANC)", 1000, "751-8", "S20", "S21")
ALC = _count("alc", "lymphocytes (ALC)", 1000, "731-0", "S23", "S24")
HB = Quantity("hb", "haemoglobin", "g/dL", (1, 25), ("718-7",), (AcceptedUnit("g/L", factor="0.1"),), ("S36", "N02"),
              prevails="lower")  # fmt: skip
PLATELETS = _count("platelets", "platelets", 5000, "777-3", "S36", "N02", "N41")
BLOOD_COUNT_TAKEN = Flag("blood_count_taken", "a blood count was reported", cites=("S01", "N02"))
COUNT_HELD_BACK = Flag("count_held_back", "a count of the latest report was held back", cites=("N02", "N53"))

# Tumour lysis parameters
POTASSIUM = Quantity(
    "potassium", "potassium", "mmol/L", (1, 12), ("2823-3",), (AcceptedUnit("meq/L"),), ("S17", "S18", "N07")
)
URIC_ACID = Quantity(
    "uric_acid",
    "uric acid",
    "mg/dL",
    (0, 50),
    ("3084-1",),
    (
        AcceptedUnit("mmol/L", factor="16.811", plausible=(0, 3), loinc=("14933-6",)),
        AcceptedUnit("umol/L", factor="0.016811", plausible=(0, 3000), loinc=("14933-6",)),
    ),
    ("S18", "N06", "N07"),
)
LDH = Quantity("ldh", "lactate dehydrogenase (LDH)", "U/L", (0, 50000), ("2532-0",), (AcceptedUnit("[IU]/L"),),
               ("S18", "N07"))  # fmt: skip
PHOSPHATE = Quantity(
    "phosphate",
    "phosphate",
    "mg/dL",
    (0, 30),
    ("2777-1",),
    (AcceptedUnit("mmol/L", factor="3.0974", plausible=(0, 10), loinc=("14879-1",)),),
    ("S18", "N06", "N07"),
)

# Smear
SMEAR_REVIEWER = Choice("smear_reviewer", "smear reviewer", get_args(Reviewer), cites=("S15",))
BLASTS_PERCENT = Quantity(
    "blasts_percent", "blasts on the smear", "%", (0, 100), ("26446-5",), (), ("S16", "S42", "N14"), prevails="higher"
)
BLASTS = Quantity(
    "blasts", "circulating blasts", "/uL", (0, 2000000), ("30376-8", "35050-4"),
    (AcceptedUnit("10*9/L", factor=1000), AcceptedUnit("10*3/uL", factor=1000), AcceptedUnit("10*6/L"),
     AcceptedUnit("/mm3")),
    ("S16", "S41", "N14"), prevails="higher",
)  # fmt: skip
LINEAGE = Choice(
    "lineage", "blast lineage", get_args(Lineage), no_result=("unknown",),
    cites=("S41", "N14", "N54"),
)  # fmt: skip
IMMATURE_CELLS = Flag("immature_cells", "immature cells on the smear", cites=("S16", "S33"))
ATYPICAL_LYMPHOCYTES = Flag("atypical_lymphocytes", "atypical lymphocytes", cites=("S12", "S16", "N44"))
BLASTS_FLAGGED = Flag("blasts_flagged", "blasts flagged by an unqualified reviewer", cites=("S15", "S33"))

# Examination and symptoms
SPLENOMEGALY = Flag("splenomegaly", "enlarged spleen", cites=("S28",))
HEPATOMEGALY = Flag("hepatomegaly", "enlarged liver", cites=("S28",))
LYMPHADENOPATHY = Flag("lymphadenopathy", "lymphadenopathy", cites=("S29",))
PETECHIAE = Flag("petechiae", "petechiae", cites=("S30",))
ECCHYMOSES = Flag("ecchymoses", "ecchymoses", cites=("S30",))
MUCOSAL_BLEEDING = Flag("mucosal_bleeding", "mucosal bleeding", cites=("S30",))
OTHER_BLEEDING = Flag("other_bleeding", "other bleeding", cites=("S38", "S70", "N43"))
FEVER = Flag("fever", "fever", cites=("S31", "S34", "N10"))
WEIGHT_LOSS = Flag("weight_loss", "weight loss", cites=("S31", "S34"))
POOR_APPETITE = Flag("poor_appetite", "poor appetite", cites=("S31", "S34"))
FATIGUE = Flag("fatigue", "fatigue", cites=("S34", "N44"))
BONE_PAIN = Flag("bone_pain", "bone pain", cites=("S31", "N44"))
NOTHING_ELSE_FOUND = Flag("nothing_else_found", "nothing else found", cites=("S27",))
EXAMINED = Flag("examined", "the examination", cites=("S27",))

EXAMINATION_FINDINGS = (
    SPLENOMEGALY, HEPATOMEGALY, LYMPHADENOPATHY, PETECHIAE, ECCHYMOSES, MUCOSAL_BLEEDING, OTHER_BLEEDING,
    FEVER, WEIGHT_LOSS, POOR_APPETITE, FATIGUE, BONE_PAIN,
)  # fmt: skip

# Fever and infection
TEMPERATURE = Quantity(
    "temperature", "temperature", "Cel", (25, 45), ("8310-5",),
    (AcceptedUnit("[degF]", offset=-32, factor=5, divisor=9),), ("S62", "S63", "N09"), prevails="higher",
)  # fmt: skip
TEMPERATURE_ROUTE = Choice("temperature_route", "route of the temperature", get_args(Route), cites=("N09",))
INFECTION_SIGNS = Flag("infection_signs", "signs of infection", cites=("S61", "N12"))

# History
CAUSATIVE_DRUG = Flag("causative_drug", "a drug that could be the cause", cites=("S57", "S58", "N39"))
RECENT_VIRAL_ILLNESS = Flag("recent_viral_illness", "recent viral illness", cites=("S54",))
HISTORY_TAKEN = Flag("history_taken", "the medication history", cites=("S58",))

# Specialists
HAEMATOLOGY_CONSULTED = Flag("haematology_consulted", "consultation of haematology/oncology", cites=("S08", "S92"))
DECLARED_BY = Choice("declared_by", "who declares it", get_args(Declarer), cites=("S96", "N19"))
REASON = Text("reason", "the reason", cites=("N17", "N19"))
DIAGNOSIS = Choice(
    "diagnosis", "the specialist's diagnosis", get_args(Diagnosis), cites=("S71", "N16", "N34", "N54"),
    spelt=(("all", "ALL"), ("cml", "CML"), ("hlh", "HLH"), ("aml", "AML")),
)  # fmt: skip
CONFIRMED_BY = Text("confirmed_by", "confirmed by", cites=("N16",), unread="kept with the event: who confirmed it")
BCR_ABL1 = Choice("bcr_abl1", "BCR::ABL1", get_args(BcrAbl1), cites=("S48", "S49", "N34"))
PERSISTENT_FEVER = Flag("persistent_fever", "persistent fever", cites=("S51", "N35"))
LIVER_DYSFUNCTION = Flag("liver_dysfunction", "liver dysfunction", cites=("S51", "N35"))
FERRITIN_RAISED = Flag("ferritin_raised", "raised ferritin", cites=("S51", "N35"))
COAGULOPATHY = Flag("coagulopathy", "coagulopathy", cites=("S51", "N35"))

# Leukaemia
TRIAL_AVAILABLE = Flag("trial_available", "clinical trial available", cites=("S73", "S74"))
KMT2A = Choice(
    "kmt2a", "KMT2A status", get_args(Kmt2a),
    no_result=("failed",), yields=(("germline", ("rearranged",)),), cites=("S75", "S76"),
)  # fmt: skip
MRD = Quantity("mrd", "minimal residual disease (MRD)", "1", (0, 1), (), (AcceptedUnit("%", factor="0.01"),),
               ("S78", "N28"), unread="kept for the specialist, who judges whether MRD persists (N28)")  # fmt: skip
MRD_TIMEPOINT = Choice(
    "mrd_timepoint", "MRD time point", get_args(MrdTimepoint), cites=("N28",),
    unread="kept for the specialist, who judges whether MRD persists (N28)",
)  # fmt: skip
MRD_PERSISTENT = Flag("mrd_persistent", "persistently MRD positive (specialist's verdict)", cites=("S81", "N28"))
CONDITIONING = Choice("conditioning", "conditioning before transplant", get_args(Conditioning), cites=("S86",))

# Acts that happened
VACCINE_HOLD_RELEASED = Flag("vaccine_hold_released", "live-vaccine hold released by a clinician", cites=("N42",))
PROTOCOL_ELIGIBILITY_CONFIRMED = Flag(
    "protocol_eligibility_confirmed", "protocol eligibility confirmed by oncology", cites=("N01",)
)
ANTIMICROBIALS_STARTED = Flag("antimicrobials_started", "antimicrobials started", cites=("S61",))
BONE_MARROW_PERFORMED = Flag("bone_marrow_performed", "bone marrow examination performed", cites=("S92", "N52"))
LIVE_VACCINE_GIVEN = Flag(
    "live_vaccine_given", "live vaccine given", cites=("S64",),
    unread="an act that happened: the order by which it may happen is what the rules speak of",
)  # fmt: skip
CHEMOTHERAPY_STARTED = Flag("chemotherapy_started", "chemotherapy started", cites=("S74",))
TRANSPLANTED = Flag("transplanted", "stem-cell transplant done", cites=("S82", "S87"))

FACTS: tuple[Fact, ...] = (
    WBC, ANC, ALC, HB, PLATELETS, BLOOD_COUNT_TAKEN, COUNT_HELD_BACK,
    POTASSIUM, URIC_ACID, LDH, PHOSPHATE,
    SMEAR_REVIEWER, BLASTS_PERCENT, BLASTS, LINEAGE, IMMATURE_CELLS, ATYPICAL_LYMPHOCYTES, BLASTS_FLAGGED,
    *EXAMINATION_FINDINGS, NOTHING_ELSE_FOUND, EXAMINED,
    TEMPERATURE, TEMPERATURE_ROUTE, INFECTION_SIGNS,
    CAUSATIVE_DRUG, RECENT_VIRAL_ILLNESS, HISTORY_TAKEN,
    HAEMATOLOGY_CONSULTED, DECLARED_BY, REASON, DIAGNOSIS, CONFIRMED_BY, BCR_ABL1,
    PERSISTENT_FEVER, LIVER_DYSFUNCTION, FERRITIN_RAISED, COAGULOPATHY,
    TRIAL_AVAILABLE, KMT2A, MRD, MRD_TIMEPOINT, MRD_PERSISTENT, CONDITIONING,
    VACCINE_HOLD_RELEASED, PROTOCOL_ELIGIBILITY_CONFIRMED, ANTIMICROBIALS_STARTED, BONE_MARROW_PERFORMED,
    LIVE_VACCINE_GIVEN, CHEMOTHERAPY_STARTED, TRANSPLANTED,
)  # fmt: skip
FACTS_BY_NAME = {fact.name: fact for fact in FACTS}
BLOOD_COUNT = (WBC, ANC, ALC, HB, PLATELETS)
TUMOUR_LYSIS = (POTASSIUM, URIC_ACID, LDH, PHOSPHATE)
