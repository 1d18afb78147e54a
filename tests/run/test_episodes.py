"""What a new episode begins with, and what a report does to what was known before it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from pathway import PATHWAY, Case
from pathway.definition.events import (
    AntimicrobialsStarted,
    BloodCountReported,
    DiagnosisConfirmed,
    SmearReported,
    WorkupDeclaredNegative,
)
from pathway.model.rules import Closing
from tests.children import (
    ALL_CONFIRMED,
    BLASTS,
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    told,
)

DAY = 24 * 60
BY_HAEMATOLOGY = WorkupDeclaredNegative(declared_by="haematologist", reason="a cold")


def white_cells(count: str) -> BloodCountReported:
    """A count without a low line."""
    return BloodCountReported(
        wbc=f"{count} 10*9/L", anc="3 10*9/L", alc="5 10*9/L", hb="12 g/dL", platelets="300 10*9/L"
    )


# --- captured at a diagnosis ----------------------------------------------------------------------------------------


def test_a_second_leukaemia_is_diagnosed_at_its_own_age():
    case = told(INDEX_COUNT, CALL, BLASTS)
    assert case.value("age_at_diagnosis") == 13
    for minute, event in (
        (DAY, CLEAR_SMEAR), (DAY + 5, DiagnosisConfirmed(diagnosis="benign")), (DAY + 10, BY_HAEMATOLOGY),
        (40 * DAY, ONLY_ANC_LOW), (40 * DAY + 10, CALL), (40 * DAY + 20, BLASTS),
    ):  # fmt: skip
        case.record(event, at=at(minute))
    assert (case.state, case.episode) == ("confirmed_all", 2)
    assert (case.value("age_at_diagnosis"), str(case.value("wbc_at_diagnosis"))) == (14, "9")


@pytest.mark.parametrize(
    ("counts", "highest"),
    [([(0, "310")], "310"), ([(-2 * DAY, "310"), (0, "20")], "20"), ([(-2 * DAY, "20"), (0, "310")], "310")],
    ids=["that morning", "higher two days ago", "lower two days ago"],
)
def test_white_cells_at_diagnosis_are_the_highest_of_the_day_that_opened_the_case(counts, highest):
    case = told(*((minute, white_cells(count)) for minute, count in counts))
    assert case.state == "outside_pathway"
    for minute, event in ((60, INDEX_COUNT), (70, CALL), (80, BLASTS)):
        case.record(event, at=at(minute))
    assert (case.state, case.episode) == ("confirmed_all", 2)
    assert str(case.value("wbc_at_diagnosis")) == highest


def test_white_cells_of_a_work_up_that_was_declared_negative_that_morning_are_not_those_at_diagnosis():
    """The declaration begins anew, and keeps nothing of its day."""
    morning = BloodCountReported(wbc="310 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
    case = told(morning, CALL, CLEAR_SMEAR, BY_HAEMATOLOGY)
    for minute, event in ((200, INDEX_COUNT), (210, CALL), (220, BLASTS), (230, ALL_CONFIRMED)):
        case.record(event, at=at(minute))
    assert (case.state, str(case.value("wbc_at_diagnosis"))) == ("confirmed_all", "2.5")


# --- kept, or not ---------------------------------------------------------------------------------------------------


def test_a_finding_that_was_absent_before_is_unknown_in_the_new_episode():
    case = told((0, NORMAL_COUNT), (10, CLEAR_EXAM))
    assert case.value("splenomegaly") is False
    case.record(ONLY_ANC_LOW, at=at(2 * DAY))
    assert case.episode == 2 and case.value("splenomegaly") is None


def test_that_a_count_was_held_back_is_kept_where_that_count_opens_the_case():
    case = told((0, NORMAL_COUNT))
    case.record(BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L", hb="300 g/dL"), at=at(2 * DAY))
    assert case.episode == 2 and case.value("count_held_back") is True


def computed(case) -> set[str]:
    record = case.timeline.end.record
    return {record.compiled.layout.names[place] for place in record.episode.computed}


def test_nothing_is_computed_any_more_in_an_episode_that_knows_nothing_of_it():
    case = told((0, ONLY_ANC_LOW), (0, CLEAR_SMEAR), (10, CLEAR_EXAM))
    assert computed(case) == {"blasts"}
    case.record(NEGATIVE, at=at(3 * DAY))
    assert computed(case) == set() and case.value("blasts") is None


@pytest.mark.parametrize(
    ("readings", "measured"),
    [([(24, "38.0")], None), ([(24, "38.0"), (71, "98")], None), ([(24, "38.0"), (71, "38.0")], True)],
    ids=["two days ago", "and today one that no child has", "and today again"],
)
def test_a_fever_of_an_earlier_day_is_one_of_today_only_where_a_reading_of_today_says_so(readings, measured):
    """In a version that keeps only its day where a low count opens the case; the old reading still stands then."""
    ways = tuple(
        evolve(one, closes=Closing(keeps_day=True)) if one.closes is not None and one.closes.keeps_day else one
        for one in PATHWAY.transitions
    )
    case = Case(evolve(PATHWAY, version="9.0.0", transitions=ways), born=BORN)
    case.record(NORMAL_COUNT, at=at(0))
    for hours, celsius in readings:
        case.record(fever(celsius), at=at(60 * hours))
        assert case.value("measured_fever") is True and case.value("temperature") == 38
    case.record(ONLY_ANC_LOW, at=at(3 * DAY))
    assert case.episode == 2 and case.value("measured_fever") is measured


# --- what a report does to what was known ---------------------------------------------------------------------------


def test_blasts_that_were_reported_after_computed_ones_are_not_called_computed():
    case = told((0, INDEX_COUNT), (0, BLASTS))
    assert computed(case) == {"blasts"} and case.value("blasts") == Decimal("850")
    case.record(SmearReported(smear_reviewer="haematologist", blasts="900 /uL"), at=at(60))
    assert computed(case) == set() and case.value("blasts") == Decimal("900")


def test_of_what_a_qualified_reviewer_said_and_could_not_be_read_nothing_of_the_analyser_stands():
    case = told(ONLY_ANC_LOW, SmearReported(smear_reviewer="analyser", blasts_percent="3 %"))
    assert str(case.value("blasts_percent")) == "3"
    case.record(SmearReported(smear_reviewer="haematologist", blasts_percent="340 %"), at=at(60))
    assert case.value("blasts_percent") is None


def test_a_treatment_begins_the_hour_of_fever_anew():
    case = told((0, ONLY_ANC_LOW), (10, fever("38.0")), (70, fever("38.0")))
    assert case.value("fever_for_an_hour") is True
    case.record(AntimicrobialsStarted(), at=at(80))
    assert case.value("fever_for_an_hour") is None


def test_the_latest_values_with_which_a_transition_is_explained_are_those_of_its_moment():
    case = told(INDEX_COUNT, NORMAL_COUNT)
    (fired,) = case.history
    assert str(fired.record.latest.values[case.timeline.end.compiled.layout.index["anc"]]) == "0.7"
