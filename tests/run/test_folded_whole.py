"""A case recorded in any order and changed at random is its log folded whole, wherever its fold stopped.

A checkpoint is kept after every event here, so that a fold may stop at any of them.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random

import pytest

from pathway import PATHWAY, BadInput, Case, Override
from pathway.definition.events import (
    AntimicrobialsStarted,
    BloodCountReported,
    BoneMarrowPerformed,
    ChemistryReported,
    DiagnosisConfirmed,
    InfectionSignsFound,
    Kmt2aReported,
    LiveVaccineGiven,
    MrdPersistenceDeclared,
    SmearReported,
    VaccineHoldReleased,
)
from pathway.run import course
from pathway.run.log import event_of
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
from tests.run.everything import everything
from tests.strategies import START

CHILDREN = range(3000 if os.environ.get("PATHWAY_TEST_FULL") else 300)
REPORTS = [
    INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, BloodCountReported(wbc="310 10*9/L"), BloodCountReported(wbc="3 10*9/L"),
    BloodCountReported(wbc="2500 10*9/L"), BloodCountReported(anc="3 10*9/L", hb="12 g/dL", platelets="300 10*9/L"),
    CLEAR_SMEAR, BLASTS, SmearReported(smear_reviewer="haematologist", blasts_percent="34 %"),
    SmearReported(smear_reviewer="analyser", blasts_percent="34 %"), CLEAR_EXAM, CALL, NEGATIVE, ALL_CONFIRMED,
    DiagnosisConfirmed(diagnosis="benign"), fever("37"), fever("38"), fever("38.5"), InfectionSignsFound(),
    AntimicrobialsStarted(), BoneMarrowPerformed(), VaccineHoldReleased(), LiveVaccineGiven(),
    Kmt2aReported(kmt2a="rearranged"), Kmt2aReported(kmt2a="germline"), MrdPersistenceDeclared(mrd_persistent=False),
    ChemistryReported(potassium="4 mmol/L"),
]  # fmt: skip
"""Few reports, so that a child is often as it was before."""


@pytest.fixture(autouse=True, scope="module")
def _a_segment_for_every_event():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(course, "LENGTH", 1)
        yield


def a_case(seed: int) -> tuple[Random, list, Case]:
    """A child with a few kinds of reports, hours or days apart; the moments of its reports."""
    random = Random(seed)
    apart, count = random.choice([10, 30, 60, 600, 1440, 4320]), random.randrange(3, 14)
    moments = [START + timedelta(minutes=apart * number) for number in range(count)]
    if random.random() < 0.3:
        moments = [moment if random.random() < 0.7 else random.choice(moments) for moment in moments]
    if random.random() < 0.5:
        random.shuffle(moments)
    born, zone = random.choice([BORN, date(2025, 9, 22)]), random.choice(["UTC", "Europe/Berlin"])
    return random, moments, Case(PATHWAY, born=born, timezone=zone)


def changed_at_random(case: Case, random: Random, moments: list, later) -> None:
    """Something is corrected, moved, withdrawn, acknowledged or ordered in spite; what is refused is left."""
    entry = random.choice(case.log)
    event = event_of(entry)
    alike = [report for report in REPORTS if event is not None and report.event.name == event.name] or REPORTS
    try:
        match random.choice(["correct", "move", "withdraw", "acknowledge", "override", "set_aside"]):
            case "correct":
                case.correct(entry.id, random.choice(alike), at=later)
            case "move":
                case.correct(entry.id, random.choice(alike), at=later, taken_at=random.choice(moments))
            case "withdraw":
                case.withdraw(entry.id, at=later)
            case "acknowledge":
                case.acknowledge(random.choice(case.pending or case.log).id, at=later, by="Dr A")
            case "set_aside":
                moment = random.choice(moments)
                asked = random.choice(case.plan(at=moment).urgent or ("none",))
                case.set_aside(asked, at=moment, by="Dr A", reason="read elsewhere")
            case "override":
                order = random.choice(PATHWAY.orders)
                case.propose(order.id, at=random.choice(moments), override=Override("Dr A", "needed"))
    except BadInput:
        pass


def test_a_case_is_its_log_folded_whole_wherever_its_fold_stopped():
    for seed in CHILDREN:
        random, moments, case = a_case(seed)
        reports, later = random.sample(REPORTS, random.randrange(2, 9)), START + timedelta(days=60)
        for number, moment in enumerate(moments):
            case.record(random.choice(reports), at=moment)
            if random.random() < 0.4:
                changed_at_random(case, random, moments, later + timedelta(minutes=number))
            assert everything(case.timeline.end) == everything(case.copy().timeline.end), seed
        assert case.plan(at=later) == case.copy().plan(at=later), seed
        between = random.choice(moments)
        assert everything(case.timeline.at(between)) == everything(case.copy().timeline.at(between)), seed


def test_a_report_moved_to_before_others_is_gone_from_where_it_was_though_it_leaves_no_trace_at_its_new_place():
    count = BloodCountReported(anc="3 10*9/L", hb="12 g/dL", platelets="300 10*9/L")
    case = told((0, NORMAL_COUNT), (10, NORMAL_COUNT), (20, CLEAR_EXAM), (30, count), (40, CLEAR_EXAM))
    case.correct("e4", NORMAL_COUNT, at=at(60), taken_at=at(5))
    assert everything(case.timeline.end) == everything(case.copy().timeline.end)


def test_a_view_of_before_stays_as_it_was_where_the_state_comes_back_and_events_follow():
    case = told((0, INDEX_COUNT), (10, CALL), (20, CLEAR_EXAM), (30, ChemistryReported(potassium="4 mmol/L")))
    view = case.timeline.view()
    before = everything(view.at(at(30)))
    case.record(CLEAR_EXAM, at=at(20), id="again")
    case.record(NORMAL_COUNT, at=at(40))
    assert everything(view.at(at(30))) == before


def test_a_late_result_that_goes_takes_what_it_kept_out_at_both_places():
    """The count of 09:10 added the consultation, and kept the antimicrobials after the examination of 10:00."""
    case = told((0, ONLY_ANC_LOW), (30, InfectionSignsFound()), (60, CLEAR_EXAM))
    before = everything(case.timeline.end)
    case.record(BloodCountReported(anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL"), at=at(10))
    case.withdraw("e4", at=at(90), by="lab")
    case.acknowledge("e5", at=at(100), by="Dr A")
    assert everything(case.timeline.end) == everything(case.copy().timeline.end) == before
