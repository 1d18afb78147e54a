"""While an entry waits for acknowledgement, what is urgent with it and what is urgent without it are both in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.definition.events import AntimicrobialsStarted, BloodCountReported, InfectionSignsFound, LiveVaccineGiven
from tests.children import (
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
from tests.run.everything import everything
from tests.run.urgency import URGENT, acknowledged, ids, seen, urgent
from tests.strategies import BORN, START, stories

if TYPE_CHECKING:
    from pathway.model.events import Event, TypedEvent

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


FOUR_MONTHS_COUNT = BloodCountReported(
    wbc="8 10*9/L", anc="1.2 10*9/L", alc="3.6 10*9/L", hb="11.2 g/dL", platelets="260 10*9/L"
)
"""A count with one low line; the neutrophils are in range at the age of four months."""


def of_four_months() -> Case:
    """One low count, of a child whose neutrophils it shows in range; the laboratory takes it back, and that waits."""
    case = told(FOUR_MONTHS_COUNT, born=date(2025, 9, 22))
    assert case.withdraw("e1", at=at(30), by="lab").proposed
    return case


def line_of(case: Case, advice: str, minute: float):
    """The line of an advice on the plan of a minute."""
    return next(line for line in case.plan(at=at(minute)).lines if line.id == advice)


# --- what is pending ------------------------------------------------------------------------------------------------


def test_what_waits_is_on_the_plans_from_its_own_moment_on():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    assert case.plan(at=at(59)).pending == ()
    assert case.plan(at=at(60)).pending == case.plan(at=at(61)).pending == ("e2",)


def test_what_waits_is_listed_in_the_order_in_which_it_was_recorded():
    case = told(INDEX_COUNT, fever("38.5"))
    case.correct("e2", fever("37"), at=at(60), by="ward", id="b")
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab", id="a")
    assert [entry.id for entry in case.pending] == list(case.plan(at=at(60)).pending) == ["b", "a"]


# --- urgent in one of the two readings ------------------------------------------------------------------------------


def test_while_a_withdrawal_waits_what_is_urgent_without_the_count_is_urgent():
    case = of_four_months()
    step = case.record(InfectionSignsFound(), at=at(60))
    assert "antimicrobials_now" in urgent(case) and "antimicrobials_now" in ids(step.raised)
    assert step.state == "smear" and str(case.value("anc")) == "1.2"
    line = line_of(case, "antimicrobials_now", 90)
    assert line.since == at(60) and line.findings


def test_what_only_the_other_reading_calls_for_is_done_by_doing_it():
    case = of_four_months()
    case.record(InfectionSignsFound(), at=at(60))
    step = case.record(AntimicrobialsStarted(), at=at(90))
    assert "antimicrobials_now" in ids(step.completed) and "antimicrobials_now" not in case.advice
    assert case.deviations == ()


def test_the_acknowledgement_decides_between_the_two_readings():
    case = of_four_months()
    case.record(InfectionSignsFound(), at=at(60))
    case.acknowledge("e2", at=at(90), by="Dr A")
    assert urgent(case) == {"antimicrobials_now"} and case.state == "initial_labs"


def test_only_what_is_urgent_is_taken_from_the_other_reading():
    """Without the count a blood count is to be done, which is not urgent: it is not on the plan."""
    case = of_four_months()
    case.record(InfectionSignsFound(), at=at(60))
    with_it = acknowledged(case.copy())
    assert set(with_it.advice) - set(case.advice), "the other reading has more advice"
    assert urgent(with_it) <= set(case.advice)


def test_a_result_after_what_waits_counts_in_both_readings_though_the_correction_moved_beyond_it():
    """The low neutrophils are of 11:00 in the reading with the correction: the better ones of 10:00 came before."""
    two_low = BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="5 10*9/L", hb="9 g/dL", platelets="60 10*9/L")
    case = told(two_low)
    step = case.correct("e1", ONLY_ANC_LOW, at=at(180), by="lab", taken_at=at(120))
    assert step.proposed
    case.record(BloodCountReported(anc="3 10*9/L"), at=at(60))
    case.record(InfectionSignsFound(), at=at(150))
    assert "antimicrobials_now" in urgent(case)
    again = Case.from_json(case.to_json(), PATHWAY)
    assert everything(case.timeline.end) == everything(again.timeline.end)


def test_what_both_readings_call_for_stands_since_it_was_raised_in_the_one_that_stands():
    """With the correction the child has been ill since 10:30 alone; nobody has said yet that 09:00 was a mistake."""
    case = told(INDEX_COUNT)
    assert case.correct("e1", NORMAL_COUNT, at=at(60), by="lab").proposed
    case.record(INDEX_COUNT, at=at(90))
    assert line_of(case, "consult_same_day", 120).since == at(0)
    case.acknowledge("e2", at=at(100), by="Dr A")
    assert line_of(case, "consult_same_day", 120).since == at(90)


def test_a_report_of_the_moment_to_which_what_waits_moves_another_counts_together_with_it_there():
    """Without the correction it is a later report; with it, both are of 11:00, and the lower neutrophils stand."""
    two_low = BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="5 10*9/L", hb="9 g/dL", platelets="60 10*9/L")
    case = told(two_low)
    assert case.correct("e1", ONLY_ANC_LOW, at=at(180), by="lab", taken_at=at(120)).proposed
    case.record(BloodCountReported(anc="3 10*9/L"), at=at(120))
    assert str(acknowledged(case.copy()).value("anc")) == "1.2"
    for one in (case, case.copy()):
        fold = one.timeline.end.beside
        assert fold is not None and str(fold.record.episode.values[fold.compiled.layout.index["anc"]]) == "1.2"


# --- acts that one reading advises ----------------------------------------------------------------------------------


def declared_negative(*after: tuple[float, Event | TypedEvent]) -> Case:
    """Infection signs while the withdrawal of the count waits; then the work-up is declared negative, and what follows.

    With the count the infection is over with its episode, and antimicrobials are refused. Without it they are due.
    """
    case = told(FOUR_MONTHS_COUNT, born=date(2025, 9, 22))
    assert case.correct("e1", BloodCountReported(wbc="9 10*9/L"), at=at(30), by="lab").proposed
    infection = (60, InfectionSignsFound())
    for minute, event in (infection, (70, CLEAR_SMEAR), (80, CLEAR_EXAM), (90, NEGATIVE), *after):
        case.record(event, at=at(minute))
    assert case.state == "follow_up" and "antimicrobials_now" in urgent(case)
    return case


@pytest.mark.parametrize("after", [(), ((150, CLEAR_EXAM),)], ids=["in order", "late"])
def test_an_act_that_the_other_reading_advises_urgently_is_no_deviation_in_step_case_and_plan(after):
    case = declared_negative(*after)
    step = case.record(AntimicrobialsStarted(), at=at(120))
    assert "antimicrobials_now" not in case.advice
    assert step.deviations == case.deviations == ()
    assert case.plan(at=at(120)).deviations == case.plan(at=at(200)).deviations == ()


def test_it_is_a_deviation_once_the_reading_that_advised_it_is_given_up():
    case = declared_negative()
    case.record(AntimicrobialsStarted(), at=at(120))
    case.withdraw("e2", at=at(180), by="lab", reason="the first count was right")
    assert [(one.order.id, one.entry) for one in case.deviations] == [("start_antimicrobials", "e7")]
    assert len(case.plan(at=at(200)).deviations) == 1 and case.plan(at=at(100)).deviations == ()


def test_it_is_none_once_the_reading_that_advised_it_is_acknowledged():
    case = declared_negative()
    case.record(AntimicrobialsStarted(), at=at(120))
    case.acknowledge("e2", at=at(180), by="Dr A")
    assert case.deviations == case.plan(at=at(200)).deviations == ()


def test_an_act_before_a_correction_that_would_have_called_for_it_is_no_deviation_while_the_correction_waits():
    """At 38.0 the treatment was refused. With the correction to 38.5 it was due."""
    case = told(fever("38.0"), AntimicrobialsStarted())
    assert [one.entry for one in case.deviations] == ["e2"]
    assert case.correct("e1", fever("38.5"), at=at(60), by="ward").proposed
    assert case.deviations == case.plan(at=at(60)).deviations == ()
    case.withdraw("e3", at=at(90), by="ward")
    assert [one.entry for one in case.deviations] == ["e2"]


def test_an_act_that_no_reading_advises_is_a_deviation_in_step_case_and_plan():
    case = of_four_months()
    step = case.record(AntimicrobialsStarted(), at=at(90))
    assert [one.order.id for one in step.deviations] == ["start_antimicrobials"]
    assert case.deviations == step.deviations and len(case.plan(at=at(90)).deviations) == 1


def test_an_act_that_the_other_reading_permits_and_does_not_ask_for_is_a_deviation():
    """Without the low count nothing would forbid the vaccine. But the low count stands, and nobody asked for it."""
    case = told(INDEX_COUNT)
    assert case.correct("e1", NORMAL_COUNT, at=at(30), by="lab").proposed
    step = case.record(LiveVaccineGiven(), at=at(60))
    assert [one.order.id for one in step.deviations] == ["give_live_vaccine"]
    assert case.deviations == step.deviations and len(case.plan(at=at(90)).deviations) == 1


def test_a_deviation_of_before_is_still_one_while_something_waits():
    case = told(INDEX_COUNT, AntimicrobialsStarted())
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    assert [one.entry for one in case.deviations] == ["e2"]
    assert len(case.plan(at=at(90)).deviations) == 1


# --- a second entry that takes urgency away -------------------------------------------------------------------------


def test_what_takes_away_only_what_the_other_reading_calls_for_counts_at_once_and_keeps_it():
    case = of_four_months()
    case.record(InfectionSignsFound(), at=at(60))
    step = case.withdraw("e3", at=at(90), by="ward")
    assert not step.proposed and ids(step.change.taken_away) == {"antimicrobials_now"}
    assert "antimicrobials_now" in urgent(case) and line_of(case, "antimicrobials_now", 120).since == at(60)
    assert [entry.id for entry in case.pending] == ["e2", "e4"]
    case.acknowledge("e4", at=at(120), by="Dr A")
    assert "antimicrobials_now" not in case.advice and [entry.id for entry in case.pending] == ["e2"]


def test_what_takes_urgency_from_both_readings_waits_and_keeps_what_only_the_other_one_called_for():
    """With both changes there is neither the low count nor the fever: nothing but the entry that waits keeps it."""
    case = of_four_months()
    case.record(fever("38.5"), at=at(60))
    assert {"antimicrobials_now", "consult_same_day"} <= urgent(case)
    step = case.correct("e3", fever("37"), at=at(90), by="ward")
    assert step.proposed and ids(step.change.taken_away) == {"antimicrobials_now", "consult_same_day"}
    assert {"antimicrobials_now", "consult_same_day"} <= urgent(case)
    assert case.log[-1].retains == (("antimicrobials_now", at(60)),)
    assert line_of(case, "antimicrobials_now", 120).since == at(60)
    again = Case.from_json(case.to_json(), PATHWAY)
    assert again == case and seen(again) == seen(case)
    assert "antimicrobials_now" not in acknowledged(case).advice


def test_what_takes_urgency_away_waits_though_it_adds_what_is_not_urgent():
    case = told(INDEX_COUNT, CLEAR_SMEAR)
    step = case.correct("e1", ONLY_ANC_LOW, at=at(60), by="lab")
    assert ids(step.change.taken_away) and ids(step.change.added) and not ids(step.change.added) & urgent(case)
    assert step.proposed and "consult_same_day" in case.advice


# --- done, or not ---------------------------------------------------------------------------------------------------


def test_what_a_late_act_completes_at_the_moment_at_which_it_was_raised_is_not_taken_away():
    case = told((0, ONLY_ANC_LOW), (30, fever("38.5")), (60, CLEAR_EXAM))
    step = case.record(AntimicrobialsStarted(), at=at(30))
    assert not step.proposed and "antimicrobials_now" in ids(step.completed)
    assert "antimicrobials_now" not in case.advice


def test_what_was_completed_before_it_was_raised_again_is_taken_away():
    """The treatment of 09:40 answered the first fever; the second one is another reason."""
    case = told((0, ONLY_ANC_LOW), (30, fever("38.5")), (40, AntimicrobialsStarted()), (90, fever("38.6")))
    step = case.correct("e4", fever("37.2"), at=at(120), by="ward")
    assert step.proposed and ids(step.change.taken_away) == {"antimicrobials_now"}


def test_a_treatment_before_the_fever_is_no_answer_to_it_though_it_is_the_last_that_was_reported():
    """The fever of 09:30 turns out to be 37.0, of 09:05: the treatment of 09:10 was not given for it."""
    case = told((0, ONLY_ANC_LOW), (10, AntimicrobialsStarted()), (30, fever("38.5")))
    step = case.correct("e3", fever("37"), at=at(60), by="ward", taken_at=at(5))
    assert step.proposed and "antimicrobials_now" in ids(step.change.taken_away)


@pytest.mark.parametrize(("minutes", "overdue"), [(20 * 60 - 1, False), (20 * 60, True)], ids=["23:59", "midnight"])
def test_what_is_kept_in_force_is_overdue_by_the_days_of_the_childs_zone(minutes, overdue):
    """Raised at 21:00 in New York, where it is the next day already by UTC."""
    two_low = BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L")
    evening = 17 * 60
    case = told((evening, two_low), (evening + 30, InfectionSignsFound()), zone="America/New_York")
    step = case.correct("e1", ONLY_ANC_LOW, at=at(evening + 60), by="lab")
    assert not step.proposed and ids(step.change.taken_away) == {"consult_same_day"}
    line = line_of(case, "consult_same_day", minutes)
    assert (line.due, line.overdue) == (date(2026, 1, 22), overdue)


def test_what_is_kept_in_force_ends_where_a_late_report_shows_that_it_was_done_before():
    """Two low lines called for the consultation; then one only, with infection signs. The call was at 09:15."""
    two_low = BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L")
    case = told(two_low, InfectionSignsFound())
    step = case.correct("e1", ONLY_ANC_LOW, at=at(60), by="lab")
    assert not step.proposed and ids(step.change.taken_away) == {"consult_same_day"}
    assert {"consult_same_day", "antimicrobials_now"} <= urgent(case)
    case.record(CALL, at=at(15))
    assert "consult_same_day" not in case.advice and "antimicrobials_now" in case.advice


def test_what_is_in_force_anyway_stands_since_it_was_raised_and_not_since_it_was_kept():
    """Infection signs at 09:10, recorded late, call for antimicrobials before those of 09:30, whose claim was kept."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound())
    two_other_lines = BloodCountReported(
        wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L"
    )
    case.correct("e1", two_other_lines, at=at(60), by="lab")
    assert line_of(case, "antimicrobials_now", 90).since == at(30)
    case.record(BloodCountReported(anc="1.2 10*9/L"), at=at(5))
    case.record(InfectionSignsFound(), at=at(10))
    assert line_of(case, "antimicrobials_now", 90).since == at(10)


@relaxed
@given(stories(5), stories(5), st.data())
def test_while_something_waits_the_plan_holds_what_is_urgent_with_it_and_without_it(before, after, data):
    case = Case(PATHWAY, born=BORN)
    for moment, event in [(START, INDEX_COUNT), *before]:
        case.record(event, at=moment)
    without = acknowledged(case).copy()
    events = [entry.id for entry in case.log if entry.kind == "event"]
    later = START + timedelta(days=40)
    waits = [entry for entry in events if case.copy().withdraw(entry, at=later).proposed]
    if not waits:
        return
    case.withdraw(data.draw(st.sampled_from(waits)), at=later, by="lab")
    with_it = acknowledged(case.copy())
    for number, (_, event) in enumerate(after):
        moment = START + timedelta(days=41, hours=number)
        then = urgent(case)
        step = case.record(event, at=moment)
        for other in (without, with_it):
            other.record(event, at=moment)
        assert urgent(case) == urgent(without) | urgent(with_it)
        assert ids(step.raised) & URGENT >= urgent(case) - then
        assert then - urgent(case) <= ids(step.completed) | ids(step.left_undone)
    assert seen(Case.from_json(case.to_json(), PATHWAY)) == seen(case)
