"""Groups of states that rules speak of together."""

from __future__ import annotations

BEFORE_DIAGNOSIS = ("initial_labs", "smear", "exam", "referral", "specialist_workup")
LEUKAEMIA = ("confirmed_all", "kmt2a_stratification", "standard_risk", "intermediate_risk", "high_risk")
STRATA = ("standard_risk", "intermediate_risk", "high_risk")
QUIET = ("resolved", "outside_pathway")
GROUPS = (
    ("before_diagnosis", BEFORE_DIAGNOSIS),
    ("leukaemia", LEUKAEMIA),
    ("strata", STRATA),
    ("quiet", QUIET),
)
