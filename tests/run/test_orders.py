"""What the pathway says to an order. Asking records nothing."""

from __future__ import annotations

import json
from datetime import timedelta

from pathway import PATHWAY, Case, Verdict
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT, at, told
from tests.strategies import START


def picture(case: Case) -> str:
    return case.to_json() + json.dumps(case.plan(at=START + timedelta(days=90)).to_json())


def test_an_order_is_refused_permitted_or_not_addressed_with_its_rule():
    case = told(INDEX_COUNT)
    refused = case.propose("order_bone_marrow", at=at(5))
    assert isinstance(refused, Verdict)
    assert (refused.verdict, refused.override) == ("refused", None)
    assert {"S92", "S93"} <= set(refused.cites) and "haematology_consulted" in refused.awaits
    case.record(CALL, at=at(10))
    assert case.propose("order_bone_marrow", at=at(11)).verdict == "permitted"
    silent = case.propose("defer_referral", at=at(11))
    assert silent.verdict == "not_addressed" and "silence is no permission" in silent.words


def test_asking_for_an_order_records_nothing():
    case = told(INDEX_COUNT)
    before = picture(case)
    for order in PATHWAY.orders_by_id:
        case.propose(order, at=at(60))
    assert picture(case) == before


def test_why_of_an_order_is_the_verdict_with_its_facts():
    (reason,) = told(INDEX_COUNT).why("order_bone_marrow")
    assert "haematology" in reason.words and reason.findings[0].fact == "haematology_consulted"


def test_why_an_order_is_not_permitted():
    refused = told(INDEX_COUNT).why_not("order_bone_marrow")
    assert [one.kind for one in refused.obstacles] == ["false"] and not refused.holds
    silent = told(NORMAL_COUNT).why_not("allow_contact_activity")
    assert [one.kind for one in silent.obstacles] == ["no_transition"]
