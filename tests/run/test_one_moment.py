"""Events of one moment: the definition and their content decide between them, and never the order of recording."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from pathway import PATHWAY, Case
from pathway.definition.events import (
    AntimicrobialsStarted,
    BcrAbl1Reported,
    BloodCountReported,
    DiagnosisConfirmed,
    InfectionSignsFound,
    Kmt2aReported,
    SmearReported,
    SymptomsReported,
)
from pathway.definition.frozen import frozen_pathway
from tests.children import (
    BLASTS,
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NINE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathway import Pathway
    from pathway.model.events import Event, TypedEvent

SORTING = frozen_pathway("0.1.0")
"""A version in which reports of one kind at one moment are folded one after the other, sorted by content."""


def recorded(events: Iterable[Event | TypedEvent], pathway: Pathway = PATHWAY) -> Case:
    """The case after events of one moment, recorded one after the other; what waited is acknowledged."""
    case = Case(pathway, born=BORN)
    for event in events:
        case.record(event, at=NINE)
    while case.pending:
        case.acknowledge(case.pending[0].id, at=at(1), by="Dr A")
    return case


def said(case: Case) -> dict[str, Any]:
    """All that the plan says, without the names of entries."""
    data = case.plan(at=at(60)).to_json()
    data["contradictions"] = sorted(line.split(" (entry")[0] for line in data["contradictions"])
    return data


def test_results_of_one_moment_count_in_the_order_of_the_events_table():
    events = (INDEX_COUNT, BLASTS, CALL, BcrAbl1Reported(bcr_abl1="negative"))
    here, there = recorded(events), recorded(reversed(events))
    assert here.state == there.state == "confirmed_all"
    assert said(here) == said(there)


def test_a_declaration_of_the_same_moment_comes_last():
    assert recorded((NEGATIVE, CLEAR_EXAM, CLEAR_SMEAR, ONLY_ANC_LOW)).state == "follow_up"


DIFFERENT_KINDS = {
    "a count and infection signs": (ONLY_ANC_LOW, InfectionSignsFound(), fever("38.4")),
    "a smear and a diagnosis": (INDEX_COUNT, CLEAR_SMEAR, DiagnosisConfirmed(diagnosis="benign")),
    "a call and symptoms": (ONLY_ANC_LOW, SymptomsReported(fever=True), CALL),
}
ONE_KIND = {
    "two counts that differ": (INDEX_COUNT, NORMAL_COUNT),
    "three counts, of which two differ": (INDEX_COUNT, ONLY_ANC_LOW, BloodCountReported(hb="9 g/dL")),
    "counts of one and of two digits": (BloodCountReported(wbc="3 10*9/L"), BloodCountReported(wbc="12 10*9/L")),
    "two smears of different reviewers": (SmearReported(smear_reviewer="analyser", blasts_percent="34 %"), CLEAR_SMEAR),
    "two results of one test": (Kmt2aReported(kmt2a="rearranged"), Kmt2aReported(kmt2a="germline")),
    "two temperatures": (ONLY_ANC_LOW, fever("37.5"), fever("38.4")),
    "two diagnoses": (DiagnosisConfirmed(diagnosis="all"), DiagnosisConfirmed(diagnosis="benign")),
}
STORIES = DIFFERENT_KINDS | ONE_KIND


@pytest.mark.parametrize("pathway", [PATHWAY, SORTING], ids=lambda pathway: pathway.version)
@pytest.mark.parametrize("events", STORIES.values(), ids=STORIES)
def test_the_order_of_recording_never_decides(events: Sequence[Event], pathway: Pathway):
    answers = [said(recorded(order, pathway)) for order in permutations(events)]
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("events", STORIES.values(), ids=STORIES)
def test_the_order_of_recording_never_decides_what_was_passed_through(events: Sequence[Event]):
    histories = [[one.transition.id for one in recorded(order).history] for order in permutations(events)]
    assert all(history == histories[0] for history in histories)


def test_in_the_version_that_sorts_by_content_the_same_count_stands_in_whatever_order_it_came():
    """Text is sorted as text: 3 stands over 12. A later version says that neither counts alone."""
    counts = ONE_KIND["counts of one and of two digits"]
    stands = {str(recorded(order, SORTING).value("wbc")) for order in permutations(counts)}
    assert stands == {"3"}


def test_a_contradiction_of_one_moment_is_named_after_the_report_that_was_recorded_last():
    """Correcting the first of two reports leaves the second one the last."""
    case = Case(PATHWAY, born=BORN)
    case.record(Kmt2aReported(kmt2a="rearranged"), at=NINE)
    case.record(Kmt2aReported(kmt2a="germline"), at=NINE)
    before = case.plan(at=at(60)).contradictions
    case.correct("e1", Kmt2aReported(kmt2a="rearranged"), at=at(30), by="lab")
    assert case.plan(at=at(60)).contradictions == before
    assert any("(entry e2)" in line for line in before)
    assert Case.from_json(case.to_json(), PATHWAY).plan(at=at(60)).contradictions == before


def test_a_second_report_of_the_last_moment_counts_together_with_the_first():
    """It is no later report: with the first one it says what was so at that moment."""
    case = Case(PATHWAY, born=BORN)
    case.record(BloodCountReported(anc="0.7 10*9/L", alc="5 10*9/L"), at=NINE)
    step = case.record(BloodCountReported(anc="3 10*9/L"), at=NINE)
    assert str(case.value("anc")) == "0.7", "the lower count stands"
    assert [one.id for one in step.contradictions] == ["reports_differ_anc"]


def test_the_step_of_each_of_two_acts_of_one_moment_is_its_own():
    """Where acts are folded one after the other, the second dose of one moment is given without a fever trigger."""
    case = Case(SORTING, born=BORN)
    for event in (ONLY_ANC_LOW, fever("38.5"), AntimicrobialsStarted()):
        case.record(event, at=NINE)
    step = case.record(AntimicrobialsStarted(), at=NINE)
    assert [(one.order.id, one.entry) for one in step.deviations] == [("start_antimicrobials", "e4")]
    assert case.deviations == step.deviations
