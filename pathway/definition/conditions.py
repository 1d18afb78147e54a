"""The named conditions, and the derived facts, which hold everything that needs memory or arithmetic.

The order matters: each is defined after what it reads, and derived facts are computed in the order of `DERIVED`.
"""

from __future__ import annotations

from decimal import Decimal

from pathway.definition.facts import (
    ALC,
    ANC,
    ATYPICAL_LYMPHOCYTES,
    BCR_ABL1,
    BLASTS,
    BLASTS_FLAGGED,
    BLASTS_PERCENT,
    BLOOD_COUNT,
    BONE_PAIN,
    COAGULOPATHY,
    DIAGNOSIS,
    ECCHYMOSES,
    EXAMINATION_FINDINGS,
    EXAMINED,
    FATIGUE,
    FERRITIN_RAISED,
    FEVER,
    HAEMATOLOGY_CONSULTED,
    HB,
    HEPATOMEGALY,
    IMMATURE_CELLS,
    INFECTION_SIGNS,
    KMT2A,
    LINEAGE,
    LIVER_DYSFUNCTION,
    LYMPHADENOPATHY,
    MRD_PERSISTENT,
    MUCOSAL_BLEEDING,
    OTHER_BLEEDING,
    PERSISTENT_FEVER,
    PETECHIAE,
    PLATELETS,
    POOR_APPETITE,
    PROTOCOL_ELIGIBILITY_CONFIRMED,
    SMEAR_REVIEWER,
    SPLENOMEGALY,
    TEMPERATURE,
    TRIAL_AVAILABLE,
    TUMOUR_LYSIS,
    WBC,
    WEIGHT_LOSS,
)  # fmt: skip
from pathway.definition.groups import LEUKAEMIA
from pathway.model.derived import Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import all_of, any_of, at_least, in_report, in_state, latest, shown
from pathway.model.pathway import Condition

# Time
AGE = Clock("age", "age", "age", "mo", ("S01", "N01"))
DAYS_IN_STATE = Clock("days_in_state", "days in this state", "days_in_state", "d", ("S97", "N20"))

# Low counts
_low_anc = Condition("low_anc", "neutrophils low", ANC.below_reference(), ("S20", "S21", "T1", "N47"))
_low_alc = Condition("low_alc", "lymphocytes low", ALC.below_reference(), ("S23", "S24", "S25", "S26", "N46"))
_low_hb = Condition("low_hb", "haemoglobin low", HB.below_reference(), ("S36", "T4"), "limit from the literature (T4)")
_low_platelets = Condition(
    "low_platelets", "platelets low", PLATELETS.below_reference(), ("S36", "T4"), "limit from the literature (T4)"
)
_low_wbc = Condition(
    "low_wbc", "white cells low", WBC.below_reference(), ("S07", "T3", "N48"), "limit from the literature (T3)"
)
LOW_ANC, LOW_ALC, LOW_HB, LOW_PLATELETS, LOW_WBC = (
    low.as_guard() for low in (_low_anc, _low_alc, _low_hb, _low_platelets, _low_wbc)
)
_low_count = Condition(
    "low_count",
    "a count is low",
    any_of(LOW_WBC, LOW_ANC, LOW_ALC, LOW_HB, LOW_PLATELETS),
    ("S07", "S09", "S24", "N48"),
    "any of the five counts opens the work-up (N48)",
)
LOW_COUNT = _low_count.as_guard()
_white_cells_not_low = Condition(
    "white_cells_not_low",
    "white cells, neutrophils and lymphocytes known and not low",
    all_of(~LOW_WBC, ~LOW_ANC, ~LOW_ALC),
    ("S07", "N48"),
    "the three counts that a child without a low count must have (N48)",
)
WHITE_CELLS_NOT_LOW = _white_cells_not_low.as_guard()
SOMETHING_LOW = Latched("something_low", "a count was low", LOW_COUNT, ("S07", "S88"))
_multi_lineage = Condition(
    "multi_lineage",
    "at least two counts low",
    at_least(2, LOW_ANC, LOW_ALC, LOW_HB, LOW_PLATELETS),
    ("S09", "S36", "S37", "N04"),
    "neutrophils and lymphocytes count as two lines, as the source counts them (N04)",
)
MULTI_LINEAGE = _multi_lineage.as_guard()
_counts_in_range = Condition(
    "counts_in_range",
    "all five counts in range",
    all_of(*(count.within_reference() for count in BLOOD_COUNT)),
    ("S98", "N21"),
    "all five counts, not the white cells alone (N21)",
)
COUNTS_IN_RANGE = _counts_in_range.as_guard()
_count_out_of_range = Condition(
    "count_out_of_range",
    "a count out of range",
    any_of(*(~count.within_reference() for count in BLOOD_COUNT)),
    ("S99", "N21"),
    "any of the five counts, above or below its range (N21)",
)
COUNT_OUT_OF_RANGE = _count_out_of_range.as_guard()
_counts_known = Condition(
    "counts_known", "all five counts known", all_of(*(count.known() for count in BLOOD_COUNT)), ("S09", "N02", "N48")
)
COUNTS_KNOWN = _counts_known.as_guard()
DIFFERENTIAL_EXCESS = Excess(
    "differential_excess", "neutrophils and lymphocytes exceed the white cells", ("anc", "alc"), "wbc", 5, ("N05",)
)
ANC_GRADE = Grade(
    "anc_grade",
    "grade of neutropenia",
    "anc",
    ((Decimal("0.5"), "severe"), (Decimal("1.0"), "moderate")),
    "mild",
    ("S21", "T1", "N03", "N47"),
)

# Smear
_qualified_smear = Condition(
    "qualified_smear",
    "smear reviewed by a pathologist or haematologist",
    SMEAR_REVIEWER.one_of("pathologist", "haematologist"),
    ("S15",),
)
QUALIFIED_SMEAR = _qualified_smear.as_guard()
_blasts_in_smear = Condition(
    "blasts_in_smear",
    "blasts or immature cells in the smear",
    (BLASTS_PERCENT > 0) | (BLASTS > 0) | IMMATURE_CELLS,
    ("S16", "S33"),
)
BLASTS_IN_SMEAR = _blasts_in_smear.as_guard()
_smear_answers = Condition(
    "smear_answers",
    "the smear says whether there are blasts or immature cells",
    any_of(BLASTS_PERCENT.known(), BLASTS.known(), IMMATURE_CELLS.known()),
    ("S16", "S33"),
    "a review that reports neither does not answer the question",
)
SMEAR_ANSWERS = _smear_answers.as_guard()
_blasts_seen = Condition(
    "blasts_seen",
    "blasts or immature cells seen",
    BLASTS_FLAGGED | (QUALIFIED_SMEAR & BLASTS_IN_SMEAR),
    ("S33", "S15"),
    "any reviewer can raise it, only a qualified one can clear it",
    negated="no blasts or immature cells seen",
)
BLASTS_SEEN = _blasts_seen.as_guard()
_smear_clear = Condition(
    "smear_clear",
    "qualified smear without blasts or immature cells",
    all_of(
        QUALIFIED_SMEAR,
        ~IMMATURE_CELLS,
        (BLASTS_PERCENT <= 0) | (BLASTS <= 0),
        ~shown(BLASTS_SEEN),
    ),
    ("S15", "S16", "S33", "N18"),
)
SMEAR_CLEAR = _smear_clear.as_guard()
COMPUTED_BLASTS = Product(
    "blasts", "wbc", "blasts_percent", 10, "computed from white cells x blast percentage of the same sample",
    ("S41", "N14"), brief="computed from white cells x percentage",
)  # fmt: skip

# Findings
MEASURED_FEVER = Latched(
    "measured_fever", "a temperature of 38.0 or more was measured", TEMPERATURE >= "38.0", ("S31", "S34", "N10")
)
_constitutional_symptom = Condition(
    "constitutional_symptom",
    "constitutional symptom",
    any_of(FEVER, PERSISTENT_FEVER, MEASURED_FEVER, WEIGHT_LOSS, POOR_APPETITE, FATIGUE, BONE_PAIN),
    ("S31", "S34", "N10", "N44"),
)
CONSTITUTIONAL_SYMPTOM = _constitutional_symptom.as_guard()
_organomegaly = Condition("organomegaly", "enlarged spleen or liver", SPLENOMEGALY | HEPATOMEGALY, ("S28", "S35"))
ORGANOMEGALY = _organomegaly.as_guard()
_bleeding = Condition(
    "bleeding",
    "bleeding",
    any_of(PETECHIAE, ECCHYMOSES, MUCOSAL_BLEEDING, OTHER_BLEEDING),
    ("S30", "S38", "N43"),
    "any bleeding, whatever the platelets (N43)",
)
BLEEDING = _bleeding.as_guard()
_alarm_finding = Condition(
    "alarm_finding",
    "alarm finding",
    any_of(CONSTITUTIONAL_SYMPTOM, ORGANOMEGALY, LYMPHADENOPATHY, BLEEDING),
    ("S27", "S28", "S29", "S30", "S31", "S34", "S35", "S38", "N44"),
    "the union of the source's lists (N44)",
    negated="no alarm finding shown",
)
ALARM_FINDING = _alarm_finding.as_guard()
ALARM_FACTS = (
    *(finding.name for finding in EXAMINATION_FINDINGS), "persistent_fever", "measured_fever",
)  # fmt: skip
_exam_clear = Condition(
    "exam_clear",
    "examined, with every listed finding absent",
    all_of(EXAMINED, *(~finding for finding in EXAMINATION_FINDINGS)),
    ("S27", "S28", "S29", "S30", "S31", "N17"),
)
EXAM_CLEAR = _exam_clear.as_guard()
_same_day_criterion = Condition(
    "same_day_criterion",
    "a same-day criterion holds",
    any_of(MULTI_LINEAGE, BLASTS_SEEN, BCR_ABL1.is_("positive"), SOMETHING_LOW & ALARM_FINDING),
    ("S07", "S27", "S32", "S33", "S34", "S35", "S36", "S38", "N10", "N34"),
    "BCR::ABL1 positive counts as one; alarm findings count only where a count was low",
)
SAME_DAY = Latched("same_day", "a same-day criterion was met", _same_day_criterion.as_guard(), ("S32", "S88", "S89"))

# Specialists
_consulted = Condition(
    "consulted",
    "haematology/oncology consulted",
    HAEMATOLOGY_CONSULTED | DIAGNOSIS.known(),
    ("S08", "S32", "S93", "N22"),
    negated="haematology not yet reached",
)
CONSULTED = _consulted.as_guard()
_all_criterion = Condition(
    "all_criterion",
    "blood criterion of ALL (20 % or 1,000/uL lymphoblasts)",
    all_of(QUALIFIED_SMEAR, LINEAGE.is_("lymphoid"), (BLASTS_PERCENT >= 20) | (BLASTS >= 1000)),
    ("S41", "S42", "N14"),
)
ALL_CRITERION = _all_criterion.as_guard()
_all_shown = Condition(
    "acute_lymphoblastic_leukaemia",
    "acute lymphoblastic leukaemia",
    DIAGNOSIS.is_("all") | all_of(ALL_CRITERION, CONSULTED, ~DIAGNOSIS.known(), ~shown(BCR_ABL1.is_("positive"))),
    ("S41", "S42", "S71", "S93", "N14", "N34"),
    negated="ALL not shown",
)
ALL_LEUKAEMIA = _all_shown.as_guard()
MALIGNANT_OTHER = DIAGNOSIS.one_of("cml", "hlh", "aml", "other_malignancy")
_other = Condition(
    "other_disease",
    "CML, HLH, AML or another malignancy",
    MALIGNANT_OTHER
    | all_of(
        ~shown(ALL_LEUKAEMIA),
        ~DIAGNOSIS.known(),
        BCR_ABL1.is_("positive")
        | all_of(QUALIFIED_SMEAR, (BLASTS_PERCENT > 0) | (BLASTS > 0), LINEAGE.one_of("myeloid", "mixed")),
    ),
    ("S46", "S47", "S50", "S52", "N34", "N35", "N54"),
    "BCR::ABL1 positive, or blasts that are not lymphoid, lead to another specialist pathway (N34, N54)",
    negated="no CML, HLH, AML or other malignancy shown",
)
OTHER_DISEASE = _other.as_guard()
BENIGN = DIAGNOSIS.is_("benign")
_not_benign = Condition(
    "not_benign_diagnosis",
    "a specialist's diagnosis other than benign",
    DIAGNOSIS.one_of("all", "cml", "hlh", "aml", "other_malignancy"),
    ("S71", "N34", "N54"),
    negated="no specialist's diagnosis but a benign one",
)
NOT_BENIGN_DIAGNOSIS = _not_benign.as_guard()
_hlh_trigger = Condition(
    "hlh_trigger",
    "a sign of HLH",
    any_of(PERSISTENT_FEVER, LIVER_DYSFUNCTION, FERRITIN_RAISED, COAGULOPATHY),
    ("S50", "S51", "N35"),
    "any one of the triggers (N35)",
)
HLH_TRIGGER = _hlh_trigger.as_guard()

# Fever as a trigger for treatment
FEVER_FOR_AN_HOUR = Held(
    "fever_for_an_hour", "38.0 or more for at least an hour", "temperature", "38.0", 60, ("S63", "N09"),
    restarted_by=("antimicrobials_started",),
)  # fmt: skip
FEVER_SETTLED = Settled(
    "fever_settled", "below 38.0 an hour or more after the last reading of 38.0 or more", "temperature", "38.0", 60,
    ("S63", "N09"),
)  # fmt: skip
_platelets_low_or_unknown = Condition(
    "platelets_low_or_unknown",
    "platelets low or unknown",
    any_of(latest(LOW_PLATELETS), ~latest(PLATELETS.known()), ~shown(latest(~LOW_PLATELETS))),
    ("S67", "S68", "N41"),
    "unknown platelets count as low until they are known (N41)",
)
PLATELETS_LOW_OR_UNKNOWN = _platelets_low_or_unknown.as_guard()
FEVER_TRIGGER = Latched(
    "fever_trigger",
    "fever or infection that calls for antimicrobials",
    any_of(
        in_report(TEMPERATURE >= "38.3"),
        FEVER_FOR_AN_HOUR & in_report(TEMPERATURE >= "38.0"),
        in_report(INFECTION_SIGNS),
    ),
    ("S61", "S62", "S63", "N09", "N12"),
    cleared_by=("antimicrobials_started",),
)
_anc_low_or_unknown = Condition(
    "anc_low_or_unknown",
    "neutrophils low or unknown",
    any_of(latest(LOW_ANC), ~latest(ANC.known()), ~shown(latest(~LOW_ANC))),
    ("S59", "S61", "N11", "N13"),
)
ANC_LOW_OR_UNKNOWN = _anc_low_or_unknown.as_guard()
DECLARED_NEGATIVE_BEFORE = Latched(
    "declared_negative_before", "a work-up was declared negative before", in_state("follow_up"), ("S96", "S99", "N22"),
    for_good=True,
)  # fmt: skip

# Leukaemia
AGE_AT_DIAGNOSIS = Captured(
    "age_at_diagnosis", "age at diagnosis", "age", "confirmed_all", "value", "mo", ("S43", "S80", "N01", "N24")
)
WBC_AT_DIAGNOSIS = Captured(
    "wbc_at_diagnosis", "white cells at diagnosis", "wbc", "confirmed_all", "highest_of_day", "10*9/L",
    ("S80", "N24", "N27"),
    "the highest of the episode up to the end of the day of diagnosis, else the next one (N24)",
)  # fmt: skip
_young_with_high_wbc = Condition(
    "young_with_high_wbc",
    "under 6 months with white cells of 300 10*9/L or more at diagnosis",
    (AGE_AT_DIAGNOSIS < 6) & (WBC_AT_DIAGNOSIS >= 300),
    ("S80", "N24", "N25", "N26", "N27"),
)
YOUNG_WITH_HIGH_WBC = _young_with_high_wbc.as_guard()
_high_risk_feature = Condition(
    "high_risk_feature",
    "a high-risk feature",
    YOUNG_WITH_HIGH_WBC | MRD_PERSISTENT,
    ("S80", "S81", "N24", "N28"),
)
HIGH_RISK_FEATURE = _high_risk_feature.as_guard()
_risk_decidable = Condition(
    "risk_decidable",
    "known whether there is a high-risk feature",
    HIGH_RISK_FEATURE | ~HIGH_RISK_FEATURE,
    ("S80", "S81", "S83", "N28"),
)
RISK_DECIDABLE = _risk_decidable.as_guard()
_infant_at_diagnosis = Condition(
    "infant_at_diagnosis",
    "under 12 months at diagnosis",
    AGE_AT_DIAGNOSIS < 12,
    ("S40", "S43", "S72", "N01"),
)
INFANT_AT_DIAGNOSIS = _infant_at_diagnosis.as_guard()
_protocol_eligible = Condition(
    "protocol_eligible",
    "under 12 months at diagnosis, or eligibility confirmed by oncology",
    INFANT_AT_DIAGNOSIS | PROTOCOL_ELIGIBILITY_CONFIRMED,
    ("S43", "S72", "N01"),
    "at 12 months or more oncology confirms the eligibility (N01)",
)
PROTOCOL_ELIGIBLE = _protocol_eligible.as_guard()
_kmt2a_known = Condition(
    "kmt2a_known", "KMT2A germline or rearranged", KMT2A.one_of("germline", "rearranged"), ("S75", "S76")
)
KMT2A_KNOWN = _kmt2a_known.as_guard()
GERMLINE = KMT2A.is_("germline")
REARRANGED = KMT2A.is_("rearranged")
NO_TRIAL = ~TRIAL_AVAILABLE
_leukaemia_stands = Condition(
    "leukaemia_stands",
    "ALL stands",
    all_of(~shown(OTHER_DISEASE), ~shown(BENIGN)),
    ("S71", "N53", "N54"),
)
LEUKAEMIA_STANDS = _leukaemia_stands.as_guard()

# Tumour lysis
_tumour_lysis_known = Condition(
    "tumour_lysis_known",
    "potassium, uric acid, LDH and phosphate known",
    all_of(*(value.known() for value in TUMOUR_LYSIS)),
    ("S17", "S18", "S19", "N06"),
)
TUMOUR_LYSIS_KNOWN = _tumour_lysis_known.as_guard()
_low_or_urgent = Condition(
    "low_or_urgent",
    "a count low, a same-day criterion, or a referral pending",
    any_of(SOMETHING_LOW, SAME_DAY, in_state("referral")),
    ("S12", "S17", "S27"),
)
LOW_OR_URGENT = _low_or_urgent.as_guard()
IN_LEUKAEMIA = in_state(*LEUKAEMIA)
ATYPICAL = ATYPICAL_LYMPHOCYTES.as_guard()

CONDITIONS: tuple[Condition, ...] = (
    _low_anc, _low_alc, _low_hb, _low_platelets, _low_wbc, _low_count, _white_cells_not_low, _multi_lineage, _counts_in_range,
    _count_out_of_range, _counts_known, _qualified_smear, _blasts_in_smear, _smear_answers, _blasts_seen, _smear_clear,
    _constitutional_symptom, _organomegaly, _bleeding, _alarm_finding, _exam_clear, _same_day_criterion,
    _consulted, _all_criterion, _all_shown, _other, _not_benign, _hlh_trigger, _anc_low_or_unknown, _platelets_low_or_unknown,
    _young_with_high_wbc, _high_risk_feature, _risk_decidable, _infant_at_diagnosis, _protocol_eligible, _kmt2a_known,
    _leukaemia_stands, _tumour_lysis_known, _low_or_urgent,
)  # fmt: skip
DERIVED: tuple[Derived, ...] = (
    AGE, DAYS_IN_STATE, COMPUTED_BLASTS, DIFFERENTIAL_EXCESS, ANC_GRADE, MEASURED_FEVER, SOMETHING_LOW, SAME_DAY,
    FEVER_FOR_AN_HOUR, FEVER_SETTLED, FEVER_TRIGGER, AGE_AT_DIAGNOSIS, WBC_AT_DIAGNOSIS, DECLARED_NEGATIVE_BEFORE,
)  # fmt: skip
