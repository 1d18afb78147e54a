"""Bad input gets one clear line: where, what, what would have been right. Nothing is recorded and nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest

from pathway import PATHWAY, BadInput, Case, Override
from pathway.definition.events import BloodCountReported, Examined
from pathway.run.log import entry_to_json
from tests.children import BORN, CALL, CLEAR_EXAM, INDEX_COUNT, NINE, NORMAL_COUNT, at, fever, told
from tests.run.refusing import refused

LATER = at(days=1)


# --- what is recorded -----------------------------------------------------------------------------------------------


def test_an_unknown_event_is_answered_with_the_nearest():
    line = refused(told(), lambda case: case.record(PATHWAY.event("smear_report"), at=NINE))
    assert line.startswith("unknown event 'smear_report'; nearest: smear_reported")


def test_an_unknown_fact_is_answered_with_the_nearest():
    line = refused(told(), lambda case: case.record(PATHWAY.event("examined", spleenomegaly=True), at=NINE))
    assert line.startswith("examined: unknown fact 'spleenomegaly'; nearest: splenomegaly")


def test_a_unit_that_is_not_accepted_is_answered_with_those_that_are():
    line = refused(told(), lambda case: case.record(BloodCountReported(wbc="2.5 K/uL"), at=NINE))
    assert line == (
        "blood_count_reported: wbc: unit 'K/uL' is not accepted; "
        "accepted: 10*9/L, 10*3/uL, 10^9/L, 10^3/uL, /uL, /mm3, 10*6/L"
    )


@pytest.mark.parametrize("amount", ["NaN 10*9/L", "nan", float("nan"), "inf 10*9/L", "low"], ids=str)
def test_what_is_not_a_number_is_answered_with_an_example(amount):
    line = refused(told(), lambda case: case.record(BloodCountReported(wbc=amount), at=NINE))
    assert "is not a number" in line and line.endswith("write for example '20 10*9/L'")


def test_an_event_with_two_faults_is_refused_once_with_both():
    with pytest.raises(BadInput) as found:
        BloodCountReported(wbc="2.5 K/uL", anc="0.7")
    assert len(found.value.faults) == 2
    assert str(found.value) == "; ".join(found.value.faults)
    assert all(line.startswith("blood_count_reported: ") for line in found.value.faults)


@pytest.mark.parametrize("event", ["examined", None, {"event": "examined"}, Examined], ids=str)
def test_what_is_no_event_is_answered_with_how_to_build_one(event):
    line = refused(told(), lambda case: case.record(event, at=NINE))
    assert "is no event; build one with pathway.event(name, ...)" in line


def test_a_name_that_is_taken_is_refused():
    case = told(INDEX_COUNT)
    line = refused(case, lambda case: case.record(CALL, at=LATER, id="e1"))
    assert line == "id 'e1' is taken by an earlier entry"
    assert "is taken" in refused(told(INDEX_COUNT), lambda case: case.withdraw("e1", at=LATER, id="e1"))
    assert "is taken" in refused(told(INDEX_COUNT), lambda case: case.correct("e1", NORMAL_COUNT, at=LATER, id="e1"))


# --- who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("born", ["2024-12-22", None, 20241222, NINE], ids=str)
def test_a_birthday_is_a_date(born):
    with pytest.raises(BadInput, match=r"^born: .* is no date; write for example 2024-12-22$"):
        Case(PATHWAY, born=born)


@pytest.mark.parametrize("born", [date(1, 1, 1), date(9999, 1, 1), date(1800, 1, 1)], ids=str)
def test_a_birthday_that_nobody_has_is_refused(born):
    with pytest.raises(BadInput):
        Case(PATHWAY, born=born).plan(at=NINE)


@pytest.mark.parametrize(
    "zone", ["", "Berlin", "europe/berlin", "Europe", "../etc", "+01:00", None, 5, "\x00"], ids=repr
)
def test_a_time_zone_is_one_of_the_database(zone):
    with pytest.raises(BadInput, match=r"^timezone: .* is no time zone; write for example Europe/Berlin$"):
        Case(PATHWAY, born=BORN, timezone=zone)


# --- corrections that contradict ------------------------------------------------------------------------------------


def with_every_kind() -> Case:
    """e1 corrected by e2, e3 withdrawn by e4, an override e5, a change e6 of e2 that waited, its acknowledgement e7."""
    case = told(INDEX_COUNT)
    case.correct("e1", BloodCountReported(wbc="2.4 10*9/L", anc="0.6 10*9/L", alc="1.4 10*9/L"), at=at(10))
    case.record(fever("37"), at=at(20))
    case.withdraw("e3", at=at(25))
    case.propose("transplant", at=at(30), override=Override("Dr A", "so"))
    case.propose("order_bone_marrow", at=at(31), override=Override("Dr A", "so"))
    case.correct("e2", NORMAL_COUNT, at=at(40))
    case.acknowledge(case.pending[0].id, at=at(50), by="Dr A")
    assert [one.kind for one in case.log] == [
        "event", "correction", "event", "withdrawal", "override", "correction", "acknowledgement",
    ]  # fmt: skip
    return case


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda case: case.correct("e99", NORMAL_COUNT, at=LATER), "correct: there is no entry 'e99'"),
        (lambda case: case.correct("e1", CLEAR_EXAM, at=LATER), "correction already (e2)"),
        (lambda case: case.correct("e1", NORMAL_COUNT, at=LATER), "correct: e1 has a correction already (e2)"),
        (lambda case: case.correct("e2", NORMAL_COUNT, at=LATER), "correct: e2 has a correction already (e6)"),
        (lambda case: case.correct("e6", CALL, at=LATER), "correct: e6 is a blood_count_reported, not a "),
        (lambda case: case.correct("e3", fever("38"), at=LATER), "correct: e3 is withdrawn"),
        (lambda case: case.correct("e4", fever("38"), at=LATER), "correct: e4 is a withdrawal; only an event or its"),
        (lambda case: case.correct("e5", CALL, at=LATER), "correct: e5 is a override; only an event or its"),
        (lambda case: case.correct("e7", CALL, at=LATER), "correct: e7 is a acknowledgement; only an event or its"),
        (lambda case: case.correct("e6", NORMAL_COUNT, at=at(-5)), "is before the entry e6 that it corrects"),
        (lambda case: case.withdraw("e99", at=LATER), "withdraw: there is no entry 'e99'"),
        (lambda case: case.withdraw("e3", at=LATER), "withdraw: e3 is withdrawn already"),
        (lambda case: case.withdraw("e4", at=LATER), "withdraw: e4 is a withdrawal; only an event or"),
        (lambda case: case.withdraw("e5", at=LATER), "withdraw: e5 is a override; only an event or"),
        (lambda case: case.withdraw("e7", at=LATER), "withdraw: e7 is a acknowledgement; only an event or"),
        (lambda case: case.withdraw("e2", at=LATER), "withdraw: e2 is corrected by e6; withdraw that first"),
        (lambda case: case.acknowledge("e99", at=LATER, by="Dr A"), "acknowledge: there is no entry 'e99'"),
        (lambda case: case.acknowledge("e1", at=LATER, by="Dr A"), "acknowledge: e1 does not wait for acknowledgement"),
        (lambda case: case.acknowledge("e6", at=LATER, by="Dr A"), "acknowledge: e6 does not wait for acknowledgement"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_a_correction_that_contradicts_the_log_is_refused_with_what_stands_in_its_way(call, said):
    assert said in refused(with_every_kind(), call)


def test_a_correction_of_what_waits_may_come_before_the_acknowledgement_or_is_refused():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(10))
    assert [one.id for one in case.pending] == ["e2"]
    assert "correct e2 instead" in refused(case, lambda case: case.correct("e1", INDEX_COUNT, at=at(20)))


def test_a_correction_before_what_it_corrects_is_refused():
    line = refused(told(INDEX_COUNT), lambda case: case.correct("e1", NORMAL_COUNT, at=at(-1)))
    assert line == "correct: 2026-01-22T08:59:00Z is before the entry e1 that it corrects"


def test_a_withdrawal_before_what_it_withdraws_is_refused():
    refused(told(INDEX_COUNT), lambda case: case.withdraw("e1", at=at(-1)))


def test_an_acknowledgement_before_what_it_acknowledges_is_refused():
    case = told(INDEX_COUNT)
    case.withdraw("e1", at=at(60))
    refused(case, lambda case: case.acknowledge("e2", at=at(30), by="Dr A"))


def test_a_correction_cannot_know_of_a_sample_that_is_taken_after_it():
    refused(told(INDEX_COUNT), lambda case: case.correct("e1", INDEX_COUNT, at=at(60), taken_at=at(61)))


# --- who answers for it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("override", [Override("", "bleeding"), Override("Dr A", ""), Override(" ", " ")], ids=str)
def test_an_override_wants_a_name_and_a_reason(override):
    line = refused(told(INDEX_COUNT), lambda case: case.propose("transplant", at=LATER, override=override))
    assert line == "transplant: an override wants a name and a reason"


@pytest.mark.parametrize("by", ["", "   "])
def test_an_acknowledgement_wants_a_name(by):
    case = told(INDEX_COUNT)
    case.withdraw("e1", at=at(60))
    line = refused(case, lambda case: case.acknowledge("e2", at=at(90), by=by))
    assert line == "acknowledge: by whom? a clinician's name is wanted"


def test_an_acknowledgement_of_nothing_says_what_waits():
    assert refused(told(INDEX_COUNT), lambda case: case.acknowledge("e1", at=LATER, by="Dr A")).endswith(
        "waiting: none"
    )
    case = told(INDEX_COUNT, CALL)
    case.withdraw("e1", at=at(60))
    assert refused(case, lambda case: case.acknowledge("e2", at=at(90), by="Dr A")).endswith("waiting: e3")


# --- what is asked --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda case: case.propose("order_marrow", at=LATER), "unknown order 'order_marrow'; nearest: order_bone"),
        (lambda case: case.why("refferal"), "unknown state, advice or order 'refferal'; nearest: referral"),
        (lambda case: case.why_not("smear_today"), "unknown state, advice or order 'smear_today'; nearest: smear_now"),
        (lambda case: case.value("same_dy"), "unknown fact 'same_dy'; nearest: same_day"),
        (lambda case: PATHWAY.state("smears"), "unknown state 'smears'; nearest: smear"),
        (lambda case: PATHWAY.advice_named("smear"), "unknown advice 'smear'; nearest: smear_now"),
        (lambda case: PATHWAY.order("transplants"), "unknown order 'transplants'; nearest: transplant"),
        (lambda case: PATHWAY.condition("consult"), "unknown condition 'consult'; nearest: consulted"),
        (lambda case: PATHWAY.fact("hemoglobin"), "unknown fact 'hemoglobin'; "),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_a_misspelt_name_is_answered_with_the_nearest(call, said):
    assert refused(told(INDEX_COUNT), call).startswith(said)


def test_a_misspelt_fact_is_answered_with_the_nearest_fact():
    said = refused(told(INDEX_COUNT), lambda case: case.value("platelet"))
    assert said.startswith("unknown fact 'platelet'; nearest: platelets")


@pytest.mark.parametrize("name", [None, 5, ["smear"]], ids=repr)
@pytest.mark.parametrize(
    "call",
    [
        lambda case, name: case.propose(name, at=LATER),
        lambda case, name: case.value(name),
        lambda case, name: PATHWAY.event(name),
        lambda case, name: PATHWAY.state(name),
    ],
    ids=["propose", "value", "event", "state"],
)
def test_a_name_that_is_no_text_is_refused_like_an_unknown_one(call, name):
    assert "unknown" in refused(told(INDEX_COUNT), lambda case: call(case, name))


# --- held back is not refused ---------------------------------------------------------------------------------------


def test_what_is_implausible_is_no_bad_input_the_rest_of_the_event_counts():
    case = told()
    step = case.record(BloodCountReported(wbc="2500 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=NINE)
    assert [one.fact for one in step.held] == ["wbc"] and step.state == "referral"
    assert entry_to_json(case.log[0])["with"]["wbc"] == "2500 10*9/L", "what was given is kept"


def test_a_fault_says_where_it_was_found():
    inner = BadInput("wbc: 'x' is not a number", "anc: 'y' is not a number")
    assert inner.at("line 5").faults == ("line 5: wbc: 'x' is not a number", "line 5: anc: 'y' is not a number")
    assert isinstance(inner, ValueError)
