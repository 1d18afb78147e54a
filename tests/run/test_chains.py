"""Corrections of corrections: which of them waits, which counts, and what comes back when one is withdrawn."""

from __future__ import annotations

import pytest

from pathway import PATHWAY, BadInput, Case
from pathway.definition.events import BloodCountReported, InfectionSignsFound, SymptomsReported
from tests.children import INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at, fever, told
from tests.run.everything import everything
from tests.run.urgency import urgent


def waiting(case: Case) -> list[str]:
    """The ids of the entries that wait; a case of the same log has the same."""
    found = [entry.id for entry in case.pending]
    for again in (case.copy(), Case.from_json(case.to_json(), PATHWAY)):
        assert [entry.id for entry in again.pending] == found
        assert everything(again.timeline.end) == everything(case.timeline.end)
    return found


def corrected_twice() -> Case:
    """A low count e1, its correction e2 to a normal one, which waits, and the correction e3 of that to one low line."""
    case = told(INDEX_COUNT)
    assert case.correct("e1", NORMAL_COUNT, at=at(10), by="lab").proposed
    assert case.correct("e2", ONLY_ANC_LOW, at=at(20), by="lab").proposed
    return case


def test_a_proposed_correction_that_is_corrected_waits_no_more_and_its_correction_does():
    case = corrected_twice()
    assert waiting(case) == ["e3"] and case.plan(at=at(30)).pending == ("e3",)
    case.acknowledge("e3", at=at(30), by="Dr A")
    assert waiting(case) == [] and case.state == "smear" and str(case.value("anc")) == "1.2"


def test_once_the_correction_of_a_proposed_correction_is_withdrawn_the_first_one_waits_again():
    case = corrected_twice()
    case.withdraw("e3", at=at(30), by="lab")
    assert waiting(case) == ["e2"] and case.state == "referral"
    case.acknowledge("e2", at=at(40), by="Dr A")
    assert waiting(case) == [] and case.state == "outside_pathway"


def test_a_correction_to_what_was_so_from_the_start_leaves_nothing_waiting():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(10), by="lab")
    assert not case.correct("e2", INDEX_COUNT, at=at(20), by="lab").proposed
    assert waiting(case) == [] and case.state == "referral"


def keeping() -> Case:
    """A correction e3 that counts, and keeps the antimicrobials that it would have taken away."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound())
    two_other_lines = BloodCountReported(
        wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L"
    )
    assert not case.correct("e1", two_other_lines, at=at(60), by="lab").proposed
    return case


def test_what_a_correction_keeps_stays_though_the_correction_is_corrected():
    case = keeping()
    three_lines = BloodCountReported(
        wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="60 10*9/L"
    )
    assert not case.correct("e3", three_lines, at=at(70), by="lab").proposed
    assert waiting(case) == ["e3"] and "antimicrobials_now" in urgent(case)
    case.acknowledge("e3", at=at(80), by="Dr A")
    assert waiting(case) == [] and "antimicrobials_now" not in case.advice


def test_what_a_correction_keeps_goes_with_it_where_it_is_withdrawn_and_the_first_report_calls_for_it():
    case = keeping()
    assert case.withdraw("e3", at=at(70), by="lab").proposed, "it would take the consultation away"
    assert waiting(case) == ["e4"]
    case.acknowledge("e4", at=at(80), by="Dr A")
    assert waiting(case) == [] and case.state == "smear"
    line = next(one for one in case.plan(at=at(90)).lines if one.id == "antimicrobials_now")
    assert line.since == at(30)


def test_a_correction_keeps_the_moment_to_which_an_earlier_one_moved_the_event():
    case = told((0, fever("38.1")), (45, fever("38.1")))
    case.correct("e2", fever("38.1"), at=at(120), by="ward", taken_at=at(60))
    case.correct("e3", fever("38.2"), at=at(130), by="ward")
    assert case.value("fever_for_an_hour") is True
    assert (
        case.moved("e4") == (at(60), True)
        and case.moved("e3") == (at(60), True)
        and case.moved("e2") == (at(45), False)
    )
    case.withdraw("e4", at=at(140), by="ward")
    assert case.value("fever_for_an_hour") is True and waiting(case) == []


def test_a_withdrawal_that_waits_takes_nothing_out_yet():
    case = told(INDEX_COUNT)
    assert case.withdraw("e1", at=at(10), by="lab").proposed
    assert case.state == "referral" and waiting(case) == ["e2"]
    case.acknowledge("e2", at=at(20), by="Dr A")
    assert case.state == "initial_labs" and waiting(case) == []


def test_what_has_a_correction_is_corrected_there_and_it_is_said_whether_that_one_counts():
    case = told(INDEX_COUNT, (60, BloodCountReported(hb="12 g/dL")))
    assert case.correct("e1", NORMAL_COUNT, at=at(70), by="lab").proposed
    case.correct("e2", BloodCountReported(hb="13 g/dL"), at=at(70), by="lab")
    with pytest.raises(BadInput, match=r"e3\): a proposed correction waits for acknowledgement; correct e3 instead$"):
        case.correct("e1", NORMAL_COUNT, at=at(80), by="lab")
    with pytest.raises(BadInput, match=r"e4\): it is corrected; correct e4 instead$"):
        case.correct("e2", BloodCountReported(hb="14 g/dL"), at=at(80), by="lab")


def test_an_acknowledgement_of_no_entry_acknowledges_nothing():
    """A late result that waits changes no other entry; an empty name is not its name."""
    case = told((60, SymptomsReported(fever=True)), (90, ONLY_ANC_LOW))
    assert case.record(SymptomsReported(fever=False), at=at(75)).proposed
    with pytest.raises(BadInput, match="there is no entry ''"):
        case.acknowledge("", at=at(120), by="Dr A")
    assert waiting(case) == ["e3"]
