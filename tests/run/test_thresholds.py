"""Every threshold of the source or of a local choice: below it, on it, above it, and where the value is unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from pathway import PATHWAY, Case
from pathway.definition.events import (
    BloodCountReported,
    Kmt2aReported,
    MrdPersistenceDeclared,
    SmearReported,
    TrialDecided,
)
from tests.children import ALL_CONFIRMED, BORN, CALL, INDEX_COUNT, NINE, NORMAL_COUNT, ONLY_ANC_LOW, at, told

# --- blasts ---------------------------------------------------------------------------------------------------------


def smear_with(**blasts: str) -> SmearReported:
    return SmearReported(smear_reviewer="haematologist", lineage="lymphoid", immature_cells=True, **blasts)


@pytest.mark.parametrize(
    ("blasts", "state"),
    [
        ({"blasts_percent": "19.9 %"}, "specialist_workup"),
        ({"blasts_percent": "20 %"}, "confirmed_all"),
        ({"blasts_percent": "20.1 %"}, "confirmed_all"),
        ({"blasts": "999 /uL"}, "specialist_workup"),
        ({"blasts": "1000 /uL"}, "confirmed_all"),
        ({"blasts": "1001 /uL"}, "confirmed_all"),
        ({"blasts": "0.999 10*9/L"}, "specialist_workup"),
        ({"blasts": "1 10*9/L"}, "confirmed_all"),
        ({"blasts_percent": "19.9 %", "blasts": "999 /uL"}, "specialist_workup"),
        ({"blasts_percent": "19.9 %", "blasts": "1000 /uL"}, "confirmed_all"),
        ({"blasts_percent": "20 %", "blasts": "999 /uL"}, "confirmed_all"),
        ({}, "specialist_workup"),
        ({"blasts_percent": "200 %"}, "specialist_workup"),
    ],
    ids=str,
)
def test_twenty_percent_or_a_thousand_lymphoblasts_meet_the_criterion(blasts, state):
    assert told(INDEX_COUNT, CALL, smear_with(**blasts)).state == state


@pytest.mark.parametrize(
    ("percent", "computed", "state"), [("39.96", "999", "specialist_workup"), ("40", "1000", "confirmed_all")]
)
def test_blasts_computed_from_the_same_sample_count_like_reported_ones(percent, computed, state):
    """Below 20 % it takes more than 5 white cells; here the percentage is lowered by a lineage that does not matter."""
    case = Case(PATHWAY, born=BORN)
    case.record(CALL, at=NINE)
    case.record(BloodCountReported(wbc="25 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=at(1))
    few = Decimal(percent) / 10
    case.record(smear_with(blasts_percent=f"{few} %"), at=at(1))
    assert case.value("blasts") == Decimal(computed) and case.state == state


@pytest.mark.parametrize(
    ("cells", "clear"),
    [({"blasts_percent": "0 %"}, True), ({"blasts": "0 /uL"}, True), ({"blasts_percent": "0.1 %"}, False), ({}, False)],
    ids=str,
)
def test_a_smear_is_clear_at_no_blasts_and_not_at_a_few_or_at_no_number(cells, clear):
    smear = SmearReported(smear_reviewer="haematologist", immature_cells=False, **cells)
    assert (told(ONLY_ANC_LOW, smear).state == "exam") is clear


# --- six months, and white cells of 300 -----------------------------------------------------------------------------

SIX_MONTHS = date(2025, 7, 22)
AGES = {"the day before": timedelta(days=1), "on the day": timedelta(0), "the day after": timedelta(days=-1)}


def stratum(born: date, wbc: str | None) -> str:
    """The risk group of a child with KMT2A rearranged whose MRD does not persist."""
    case = told(
        *([BloodCountReported(wbc=f"{wbc} 10*9/L")] if wbc else []), ALL_CONFIRMED, Kmt2aReported(kmt2a="rearranged"),
        MrdPersistenceDeclared(mrd_persistent=False), born=born,
    )  # fmt: skip
    return case.state


@pytest.mark.parametrize(
    ("wbc", "before"),
    [("299.9", "intermediate_risk"), ("300", "high_risk"), ("300.1", "high_risk"), (None, "kmt2a_stratification")],
)
@pytest.mark.parametrize("age", AGES)
def test_under_six_months_with_white_cells_of_300_is_high_risk(age, wbc, before):
    expected = before if age == "the day before" else "intermediate_risk"
    assert stratum(SIX_MONTHS + AGES[age], wbc) == expected


@pytest.mark.parametrize(
    ("persistent", "state"),
    [(True, "high_risk"), (False, "intermediate_risk"), (None, "kmt2a_stratification")],
)
def test_at_thirteen_months_only_persistent_mrd_makes_a_high_risk(persistent, state):
    mrd = [] if persistent is None else [MrdPersistenceDeclared(mrd_persistent=persistent)]
    assert told(INDEX_COUNT, ALL_CONFIRMED, Kmt2aReported(kmt2a="rearranged"), *mrd).state == state


@pytest.mark.parametrize(
    ("age", "verdict"), [("the day before", "refused"), ("on the day", "permitted"), ("the day after", "permitted")]
)
def test_no_transplant_before_six_months_of_age(age, verdict):
    case = told(
        BloodCountReported(wbc="400 10*9/L"), ALL_CONFIRMED, Kmt2aReported(kmt2a="rearranged"), born=date(2025, 9, 1)
    )
    assert case.state == "high_risk"
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC) - AGES[age]
    assert case.propose("transplant", at=moment).verdict == verdict


# --- twelve months --------------------------------------------------------------------------------------------------

TWELVE_MONTHS = date(2025, 1, 22)


@pytest.mark.parametrize(("age", "asked"), [("the day before", False), ("on the day", True), ("the day after", True)])
def test_from_twelve_months_at_diagnosis_oncology_confirms_that_the_infant_protocol_applies(age, asked):
    case = told(INDEX_COUNT, ALL_CONFIRMED, TrialDecided(trial_available=False), born=TWELVE_MONTHS + AGES[age])
    assert ("confirm_protocol_eligibility" in case.advice) is asked
    assert case.propose("start_interfant_chemotherapy", at=at(100)).verdict == ("refused" if asked else "permitted")


def test_the_age_that_counts_is_that_at_diagnosis():
    case = told(INDEX_COUNT, ALL_CONFIRMED, TrialDecided(trial_available=False), born=TWELVE_MONTHS + timedelta(days=1))
    assert case.propose("start_interfant_chemotherapy", at=at(days=60)).verdict == "permitted"


@pytest.mark.parametrize(
    ("born", "speaks"),
    [(date(2025, 1, 23), False), (date(2025, 1, 22), True), (date(2024, 1, 23), True), (date(2024, 1, 22), False)],
    ids=["11 months", "12 months", "23 months", "24 months"],
)
def test_outside_12_to_23_months_the_plan_says_that_the_source_speaks_of_another_child(born, speaks):
    assert (told(born=born).plan(at=NINE).scope == "") is speaks
    assert not speaks or told(born=born).plan(at=NINE).to_json()["scope"] is None


# --- neutrophils ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anc", "grade", "low"),
    [
        ("0", "severe", True), ("0.49", "severe", True), ("0.5", "moderate", True), ("0.51", "moderate", True),
        ("0.7", "moderate", True), ("0.99", "moderate", True), ("1.0", "mild", True), ("1.01", "mild", True),
        ("1.49", "mild", True), ("1.5", "", False), ("1.51", "", False),
    ],
)  # fmt: skip
def test_neutropenia_is_graded_with_each_lower_bound_included(anc, grade, low):
    assert PATHWAY.grades["anc"].word(Decimal(anc), Decimal("1.5")) == grade
    (finding,) = told(BloodCountReported(anc=f"{anc} 10*9/L")).plan(at=at(1)).counts
    assert finding.truth is low


def test_without_a_limit_a_count_above_the_grades_has_no_grade():
    assert PATHWAY.grades["anc"].word(Decimal("1.2"), None) == ""
    assert PATHWAY.grades["anc"].word(Decimal("0.2"), None) == "severe"


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"anc": "1.49"}, "smear"), ({"anc": "1.5"}, "outside_pathway"),
        ({"anc": "1.49", "alc": "3.49"}, "referral"), ({"anc": "1.49", "alc": "3.5"}, "smear"),
        ({"anc": "1.5", "alc": "3.49"}, "smear"), ({"hb": "10.4", "platelets": "149"}, "referral"),
        ({"hb": "10.5", "platelets": "149"}, "smear"), ({"hb": "10.4", "platelets": "150"}, "smear"),
        ({"wbc": "5.99", "anc": "1.49"}, "smear"), ({"wbc": "5.99"}, "smear"), ({"wbc": "6.0"}, "outside_pathway"),
    ],
    ids=str,
)  # fmt: skip
def test_two_low_lines_refer_and_one_does_not_and_white_cells_are_no_line(counts, state):
    normal = {"wbc": "9", "anc": "3", "alc": "5", "hb": "12", "platelets": "300"}
    units = {"hb": "g/dL"}
    given = {name: f"{value} {units.get(name, '10*9/L')}" for name, value in (normal | counts).items()}
    assert told(BloodCountReported(**given)).state == state


@pytest.mark.parametrize("missing", ["wbc", "anc", "alc"])
def test_without_white_cells_neutrophils_or_lymphocytes_nobody_is_sent_outside(missing):
    given = {name: value for name, value in NORMAL_COUNT.event.raw if name != missing}
    case = told(BloodCountReported(**given))
    assert case.state == "initial_labs" and missing in case.plan(at=at(1)).to_json()["awaits"]


# --- the differential -----------------------------------------------------------------------------------------------


def contradicts(wbc: str, anc: str, alc: str) -> bool:
    event = BloodCountReported(wbc=f"{wbc} 10*9/L", anc=f"{anc} 10*9/L", alc=f"{alc} 10*9/L")
    step = Case(PATHWAY, born=BORN).record(event, at=NINE)
    return "differential_exceeds_wbc" in [one.id for one in step.contradictions]


@pytest.mark.parametrize(
    ("wbc", "anc", "alc", "said"),
    [
        ("10", "5", "5", False), ("10", "5", "5.49", False), ("10", "5", "5.5", False), ("10", "5", "5.51", True),
        ("2", "1", "1.1", False), ("2", "1", "1.1001", True), ("0", "0", "0", False), ("0", "0", "0.1", True),
        ("2.5", "0.7", "1.4", False),
    ],
)  # fmt: skip
def test_neutrophils_and_lymphocytes_of_more_than_105_percent_of_the_white_cells_contradict_them(wbc, anc, alc, said):
    assert contradicts(wbc, anc, alc) is said


@pytest.mark.parametrize(("wbc", "anc", "alc"), [("1.9", "0.995", "1"), ("5.1", "3", "2.355"), ("10.2", "5", "5.71")])
def test_exactly_five_percent_is_not_over_five_percent(wbc, anc, alc):
    assert Decimal(anc) + Decimal(alc) == Decimal(wbc) * Decimal("1.05")
    assert not contradicts(wbc, anc, alc)


def test_counts_of_two_reports_are_not_added_up():
    case = told(BloodCountReported(wbc="2 10*9/L"), BloodCountReported(anc="3 10*9/L", alc="3 10*9/L"))
    assert case.plan(at=at(60)).contradictions == ()
