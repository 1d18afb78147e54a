"""The log of a case, there and back as JSON."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case, Override, load_pathway
from pathway.definition.events import BloodCountReported, InfectionSignsFound
from pathway.model.canonical import to_json
from pathway.run.log import event_of
from tests.children import BORN, INDEX_COUNT, ONLY_ANC_LOW, at, told
from tests.run.logs import full
from tests.strategies import START, events_of, moments, stories

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LATER = START + timedelta(days=45)


def picture(case: Case) -> str:
    """All that a reader sees of a case."""
    seen = [case.plan(at=LATER + timedelta(days=30)).to_json(), [one.id for one in case.pending], case.episode]
    seen += [[one.transition.id, one.entry, one.at.isoformat()] for one in case.history]
    seen += [[one.order.id, one.entry, one.overridden] for one in case.deviations]
    return json.dumps(seen)


@st.composite
def meddled(draw: st.DrawFn) -> Case:
    """A case to which everything was done that can be done: events early and late, corrections, overrides."""
    case = Case(PATHWAY, born=BORN, timezone=draw(st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"])))
    for moment, event in draw(stories(8)):
        case.record(event, at=moment, by=draw(st.sampled_from(["", "ward"])))
    for number in range(draw(st.integers(0, 6))):
        moment = LATER + timedelta(hours=number)
        targets = [one.id for one in case.log] or ["e1"]
        with suppress(BadInput):
            deeds = ["correct", "correct", "withdraw", "override", "acknowledge", "set_aside", "record"]
            match draw(st.sampled_from(deeds)):
                case "correct":
                    wrong = draw(st.sampled_from([one for one in case.log if event_of(one)] or [None]))
                    assume(wrong is not None)
                    event = draw(events_of(wrong.event.kind))
                    case.correct(wrong.id, event, at=moment, by="lab", taken_at=draw(st.none() | moments(20)))
                case "withdraw":
                    case.withdraw(draw(st.sampled_from(targets)), at=moment, by="lab", reason="mixed up")
                case "override":
                    order = draw(st.sampled_from(list(PATHWAY.orders_by_id)))
                    case.propose(order, at=draw(moments()), override=Override("Dr A", "judgement"))
                case "acknowledge":
                    case.acknowledge(draw(st.sampled_from(targets)), at=moment, by="Dr A")
                case "set_aside":
                    asked = draw(st.sampled_from(case.plan(at=moment).urgent or ("none",)))
                    case.set_aside(asked, at=moment, by="Dr A", reason="read elsewhere")
                case "record":
                    case.record(draw(events_of(draw(st.sampled_from(PATHWAY.events)))), at=draw(moments()))
    return case


# --- there and back -------------------------------------------------------------------------------------------------


@relaxed
@given(meddled())
def test_a_log_with_everything_in_it_comes_back_as_the_same_case(case):
    again = Case.from_json(case.to_json(), PATHWAY)
    assert again == case and again.to_json() == case.to_json()
    assert (again.state, again.advice, again.pending) == (case.state, case.advice, case.pending)
    assert picture(again) == picture(case)


@relaxed
@given(meddled())
def test_a_copy_is_the_same_case(case):
    assert case.copy() == case and picture(case.copy()) == picture(case)


@relaxed
@given(meddled(), st.data())
def test_a_case_that_came_back_goes_on_like_the_one_that_stayed(case, data):
    again = Case.from_json(case.to_json(), PATHWAY)
    event = data.draw(events_of(data.draw(st.sampled_from(PATHWAY.events))))
    moment = data.draw(moments(60))
    assert case.record(event, at=moment).to_json() == again.record(event, at=moment).to_json()
    assert picture(case) == picture(again)


def test_the_json_of_a_log_is_read_by_a_person():
    data = json.loads(full().to_json())
    assert list(data) == ["format", "pathway", "born", "timezone", "entries"]
    assert data["pathway"] == {"id": PATHWAY.id, "version": PATHWAY.version, "digest": PATHWAY.digest}
    assert (data["born"], data["timezone"]) == ("2024-12-22", "UTC")
    assert data["entries"][0] == {
        "id": "e1", "kind": "event", "at": "2026-01-22T09:00:00Z", "event": "blood_count_reported",
        "with": {"wbc": "2.5 10*9/L", "anc": "0.7 10*9/L", "alc": "1.4 10*9/L"}, "by": "ward",
    }  # fmt: skip
    assert {"target": "e1", "taken_at": "2026-01-22T09:05:00Z", "proposed": True}.items() <= data["entries"][1].items()
    assert data["entries"][2] == {
        "id": "e3", "kind": "override", "at": "2026-01-22T11:00:00Z", "by": "Dr A", "order": "order_bone_marrow",
        "reason": "bleeding",
    }  # fmt: skip
    assert data["entries"][3] == {
        "id": "e4", "kind": "acknowledgement", "at": "2026-01-22T12:00:00Z", "by": "Dr A", "target": "e2",
    }  # fmt: skip


def test_what_a_mixed_correction_retains_comes_back_with_the_time_it_was_raised():
    """Neutrophils turn out normal and two other lines low: the consultation is due, and the antimicrobials stay."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound())
    two_lines = BloodCountReported(
        wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L"
    )
    step = case.correct("e1", two_lines, at=at(60), by="lab")
    assert not step.proposed and {"consult_same_day", "antimicrobials_now"} <= set(case.advice)
    assert json.loads(case.to_json())["entries"][2]["retains"] == {"antimicrobials_now": "2026-01-22T09:30:00Z"}
    again = Case.from_json(case.to_json(), PATHWAY)
    assert again == case and picture(again) == picture(case) and [one.id for one in again.pending] == ["e3"]


def test_a_moment_is_the_same_in_whatever_zone_it_is_written():
    text = told(INDEX_COUNT).to_json().replace("2026-01-22T09:00:00Z", "2026-01-22T10:00:00+01:00")
    case = Case.from_json(text, PATHWAY)
    assert case == told(INDEX_COUNT)
    assert case.to_json() == told(INDEX_COUNT).to_json()


def test_words_in_any_script_survive():
    case = Case(PATHWAY, born=BORN)
    case.record(INDEX_COUNT, at=at(), by="Dr. Müller, 病棟")
    assert "Müller, 病棟" in case.to_json()
    assert Case.from_json(case.to_json(), PATHWAY).log[0].by == "Dr. Müller, 病棟"


def test_a_log_is_read_with_an_equal_pathway_whatever_made_it():
    assert Case.from_json(full().to_json(), load_pathway(to_json(PATHWAY))) == full()


def test_a_log_of_another_pathway_is_refused_with_both_names():
    site = PATHWAY.with_reference(type(PATHWAY.reference)("2026-02-01", "ours", PATHWAY.reference.rows))
    with pytest.raises(BadInput) as refused:
        Case.from_json(full().to_json(), site)
    assert PATHWAY.version in str(refused.value) and site.digest[:12] in str(refused.value)
