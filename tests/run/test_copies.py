"""What if, and copies: a supposition changes nothing, and cases are equal by what they hold."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pathway.definition.events import SymptomsReported
from tests.children import CALL, INDEX_COUNT, NINE, ONLY_ANC_LOW, at, told
from tests.strategies import START

if TYPE_CHECKING:
    from pathway import Case


def picture(case: Case) -> str:
    return case.to_json() + json.dumps(case.plan(at=START + timedelta(days=90)).to_json())


def test_what_if_says_what_recording_would_say_and_records_nothing():
    case = told(INDEX_COUNT)
    before = picture(case)
    supposed = case.what_if(CALL, at=at(30))
    assert picture(case) == before
    assert supposed.to_json() == case.record(CALL, at=at(30)).to_json()


def test_what_if_of_a_late_result_says_that_it_would_wait():
    case = told((60, SymptomsReported(fever=True)), (90, ONLY_ANC_LOW))
    supposed = case.what_if(SymptomsReported(fever=False), at=at(75))
    assert supposed.proposed and len(case.log) == 2 and case.pending == ()


def test_a_copy_is_equal_and_goes_its_own_way():
    case = told(INDEX_COUNT)
    twin = case.copy()
    assert twin == case and picture(twin) == picture(case)
    twin.record(CALL, at=at(30))
    assert twin != case and case.state == "referral"


def test_a_case_is_equal_by_child_zone_log_and_pathway():
    case = told(INDEX_COUNT)
    assert case == told(INDEX_COUNT)
    assert case != told(INDEX_COUNT, born=date(2024, 12, 23)) and case != told(INDEX_COUNT, zone="Europe/Berlin")
    assert case != told(CALL) and case != "case"
    with pytest.raises(TypeError):
        hash(case)


def test_what_happens_in_one_case_stays_there():
    one, two = told(), told()
    one.record(INDEX_COUNT, at=NINE)
    assert two.state == "initial_labs" and two.advice == ()
    assert "referral" in repr(one) and "1 entries" in repr(one)
