"""Two reports of one kind at one moment: they count as one, whatever the order in which they were recorded."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from attrs import evolve

from pathway import PATHWAY, Case
from pathway.definition.conditions import FEVER_TRIGGER
from pathway.definition.events import (
    BloodCountReported,
    DiagnosisConfirmed,
    Examined,
    InfectionSignsFound,
    Kmt2aReported,
    SmearReported,
    SymptomsReported,
    TemperatureMeasured,
    Transplanted,
    WorkupDeclaredNegative,
)
from pathway.definition.facts import HEPATOMEGALY, SPLENOMEGALY
from pathway.definition.frozen import frozen_pathway
from pathway.model.guards import in_report, shown
from tests.children import BORN, CALL, CLEAR_SMEAR, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at, told
from tests.run.everything import everything
from tests.run.urgency import acknowledged


def together(*events, before=(), pathway=PATHWAY) -> list[Case]:
    """The cases of events at one moment, recorded in every order."""
    cases = []
    for order in permutations(events):
        case = Case(pathway, born=BORN)
        for number, event in enumerate(before):
            case.record(event, at=at(number))
        for event in order:
            case.record(event, at=at(60))
        cases.append(case)
    return cases


def contradictions(case: Case) -> list[str]:
    return [line.split(" (entry")[0] for line in case.plan(at=at(90)).contradictions]


def test_of_two_counts_the_lower_stands_and_both_are_shown():
    high = BloodCountReported(anc="3 10*9/L", alc="5 10*9/L", wbc="9 10*9/L")
    low = BloodCountReported(anc="0.7 10*9/L", wbc="9 10*9/L")
    for case in together(high, low):
        assert (str(case.value("anc")), str(case.value("alc"))) == ("0.7", "5")
        said = "neutrophils (ANC): 0.7 10*9/L and 3 10*9/L were reported for one moment; 0.7 10*9/L counts."
        assert contradictions(case) == [said]
        assert "N70" in [note.id for note in case.plan(at=at(90)).notes]


def test_the_higher_temperature_stands_and_a_fever_of_an_hour_goes_on_through_it():
    before = [NORMAL_COUNT, ONLY_ANC_LOW, TemperatureMeasured(temperature="38.0 Cel")]
    for case in together(
        TemperatureMeasured(temperature="36.9 Cel"), TemperatureMeasured(temperature="38.1 Cel"), before=before
    ):
        assert str(case.value("temperature")) == "38.1"
        assert case.value("fever_for_an_hour") is None, "58 minutes"
        case.record(TemperatureMeasured(temperature="38.0 Cel"), at=at(62))
        assert case.value("fever_for_an_hour") is True


def test_fields_that_one_report_alone_gives_are_taken_together_and_nothing_is_contradicted():
    for case in together(
        BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L"), BloodCountReported(alc="1.4 10*9/L", hb="11 g/dL")
    ):
        assert [str(case.value(name)) for name in ("wbc", "anc", "alc", "hb")] == ["2.5", "0.7", "1.4", "11"]
        assert contradictions(case) == [] and case.state == "referral"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_a_flag_of_which_two_reports_differ_is_unknown_and_asked_for_again_though_a_latch_has_seen_it(zone):
    for case in together(Examined(splenomegaly=True), Examined(splenomegaly=False), before=[ONLY_ANC_LOW]):
        assert case.value("splenomegaly") is None
        assert case.value("same_day") is True, "the enlarged spleen of the one report is an alarm"
        assert case.state == "referral"
        assert any("neither counts" in line for line in contradictions(case))


def test_what_was_known_before_does_not_stand_where_the_reports_of_a_moment_differ():
    before = [SymptomsReported(fatigue=True)]
    for case in together(SymptomsReported(fatigue=True), SymptomsReported(fatigue=False), before=before):
        assert case.value("fatigue") is None


def test_a_rearranged_gene_stands_beside_germline_and_a_failed_test_says_nothing():
    for case in together(Kmt2aReported(kmt2a="germline"), Kmt2aReported(kmt2a="rearranged")):
        assert case.value("kmt2a") == "rearranged" and len(contradictions(case)) == 1
    for case in together(Kmt2aReported(kmt2a="failed"), Kmt2aReported(kmt2a="germline")):
        assert case.value("kmt2a") == "germline" and contradictions(case) == []


def test_a_smear_of_the_laboratory_does_not_count_together_with_the_haematologists_of_the_same_moment():
    machine = SmearReported(smear_reviewer="analyser", blasts_percent="3 %")
    for case in together(machine, CLEAR_SMEAR, before=[ONLY_ANC_LOW]):
        assert case.value("smear_reviewer") == "haematologist" and str(case.value("blasts_percent")) == "0"
        assert contradictions(case) == []


def test_what_is_held_back_in_one_report_is_told_and_the_other_counts():
    for case in together(
        BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L", hb="300 g/dL"),
        BloodCountReported(hb="11 g/dL"),
    ):
        assert str(case.value("hb")) == "11"
        assert case.value("count_held_back") is True, "a count is asked for again"


def test_a_correction_of_one_report_ends_the_contradiction():
    case = told(CALL)
    first = case.record(INDEX_COUNT, at=at(60))
    case.record(NORMAL_COUNT, at=at(60))
    assert len(contradictions(case)) == 3
    case.correct(first.entry, NORMAL_COUNT, at=at(80), by="laboratory")
    assert [one.id for one in case.pending] == ["e4"], "it takes urgent advice away"
    case.acknowledge("e4", at=at(81), by="Dr A")
    assert contradictions(case) == []


def test_the_step_of_the_second_report_says_what_is_contradicted():
    case = told(CALL)
    case.record(INDEX_COUNT, at=at(60))
    step = case.record(BloodCountReported(anc="3 10*9/L"), at=at(60))
    assert [one.id for one in step.contradictions] == ["reports_differ_anc"]
    assert step.contradictions[0].cites == ("N70",)
    assert case.value("anc") is not None and str(case.value("anc")) == "0.7"


def test_under_0_1_0_reports_of_one_moment_count_one_after_the_other_as_they_did():
    pathway = frozen_pathway("0.1.0")
    assert pathway is not None
    for case in together(ONLY_ANC_LOW, NORMAL_COUNT, pathway=pathway):
        assert str(case.value("anc")) == "3" and contradictions(case) == []


def test_two_qualified_reviewers_of_one_moment_are_both_qualified():
    pathologist = SmearReported(smear_reviewer="pathologist", blasts_percent="0 %", immature_cells=False)
    for case in together(pathologist, CLEAR_SMEAR, before=[ONLY_ANC_LOW]):
        assert case.state == "exam" and contradictions(case) == [] and "smear_now" not in case.advice
        assert case.value("smear_reviewer") == "pathologist", "whichever was recorded first"


def test_two_unqualified_reviewers_of_one_moment_are_a_contradiction():
    analyser, other = (SmearReported(smear_reviewer=one, blasts_percent="0 %") for one in ("analyser", "other"))
    for case in together(analyser, other, before=[ONLY_ANC_LOW]):
        assert case.value("smear_reviewer") is None and "smear_now" in case.advice
        assert len(contradictions(case)) == 1 and "neither counts" in contradictions(case)[0]


def test_a_test_that_failed_twice_at_one_moment_says_nothing_against_an_earlier_result():
    failed, before = Kmt2aReported(kmt2a="failed"), [Kmt2aReported(kmt2a="germline")]
    for case in together(failed, failed, before=before):
        assert case.value("kmt2a") == "germline" and contradictions(case) == []


def test_two_reports_that_complete_each_other_are_read_as_one():
    """A version in which a spleen that is felt without the liver is an alarm: the other report felt the liver."""
    alarm = in_report(SPLENOMEGALY) & ~shown(in_report(HEPATOMEGALY))
    derived = tuple(evolve(one, when=alarm) if one.name == "same_day" else one for one in PATHWAY.derived)
    pathway = evolve(PATHWAY, version="9.0.0", derived=derived)
    spleen, liver = Examined(splenomegaly=True), Examined(hepatomegaly=True)
    assert [case.value("same_day") for case in together(spleen, pathway=pathway)] == [True]
    both = [acknowledged(case) for case in together(spleen, liver, pathway=pathway)]
    assert True not in [case.value("same_day") for case in both]


def test_an_act_that_one_of_two_reports_tells_of_is_a_deviation_though_the_other_tells_it_otherwise():
    tbi, without = Transplanted(conditioning="tbi_based"), Transplanted(conditioning="chemotherapy_only")
    for case in together(tbi, without, before=[INDEX_COUNT]):
        assert "condition_with_tbi" in [one.order.id for one in case.deviations]
        assert len({one.order.id for one in case.deviations}) == len(case.deviations), "one act, told twice"


def test_the_reasons_of_two_declarations_stand_together():
    one = WorkupDeclaredNegative(declared_by="haematologist", reason="a cold")
    two = WorkupDeclaredNegative(declared_by="haematologist", reason="seen together")
    before = [ONLY_ANC_LOW, CLEAR_SMEAR, Examined(splenomegaly=True, nothing_else_found=True), CALL]
    for case in together(one, two, before=before):
        assert case.state == "follow_up" and contradictions(case) == []
        assert "a cold; seen together" in " ".join(map(str, case.why()))


def test_of_three_that_differ_none_counts():
    reports = [SymptomsReported(fever=True), SymptomsReported(fever=False)]
    assert "neither counts" in contradictions(together(*reports)[0])[0]
    for case in together(*(DiagnosisConfirmed(diagnosis=one) for one in ("all", "benign", "cml"))):
        acknowledged(case)
        assert case.value("diagnosis") is None and "none of them counts" in contradictions(case)[0]


@pytest.mark.parametrize("number", [2, 5])
def test_reports_of_one_moment_count_together_in_a_case_of_its_log_too(number):
    case = told(CALL, CLEAR_SMEAR)
    for minute in range(number):
        case.record(INDEX_COUNT, at=at(60 + minute // 2))
        case.record(NORMAL_COUNT, at=at(60 + minute // 2))
    for again in (case.copy(), Case.from_json(case.to_json(), PATHWAY)):
        assert everything(again.timeline.end) == everything(case.timeline.end)
    assert str(case.copy().value("anc")) == "0.7"


# --- since when -----------------------------------------------------------------------------------------------------


def reason(case: Case, advice: str) -> str:
    """Why an advice is in force, in words."""
    line = next(one for one in case.plan(at=at(180)).lines if one.id == advice)
    return "; ".join(finding.words for finding in line.findings)


def test_two_reports_that_differ_do_not_make_an_old_criterion_one_of_today():
    before = [INDEX_COUNT]
    for case in together(SymptomsReported(fatigue=True), SymptomsReported(fatigue=False), before=before):
        case.record(NORMAL_COUNT, at=at(120))
        assert "a same-day criterion was met (since 2026-01-22T09:00+00:00)" in reason(case, "consult_same_day")


def test_a_criterion_that_one_of_two_reports_alone_meets_is_met_at_their_moment():
    for case in together(Examined(splenomegaly=True), Examined(splenomegaly=False), before=[ONLY_ANC_LOW]):
        assert "a same-day criterion was met (since 2026-01-22T10:00+00:00)" in reason(case, "consult_same_day")


def test_what_a_report_ends_is_not_read_together_with_it_where_another_of_its_moment_differs():
    """A version in which the examination ends the trigger, and a spleen that is felt while it holds is an alarm."""
    changed = {
        "fever_trigger": {"cleared_by": ("examined",)},
        "same_day": {"when": FEVER_TRIGGER & in_report(SPLENOMEGALY)},
    }
    derived = tuple(evolve(one, **changed.get(one.name, {})) for one in PATHWAY.derived)
    pathway = evolve(PATHWAY, version="9.0.0", derived=derived)
    spleen, none = Examined(splenomegaly=True), Examined(splenomegaly=False)
    for case in [*together(spleen, none, before=[InfectionSignsFound()], pathway=pathway),
                 *together(spleen, before=[InfectionSignsFound()], pathway=pathway)]:  # fmt: skip
        assert case.value("fever_trigger") is not True and case.value("same_day") is not True


def test_a_transplant_that_is_told_twice_with_two_conditionings_is_one_deviation_of_each_rule():
    born = date(2025, 9, 1)
    case = told(
        (0, Transplanted(conditioning="tbi_based")), (0, Transplanted(conditioning="chemotherapy_only")), born=born
    )
    assert sorted(one.order.id for one in case.deviations) == ["condition_with_tbi", "transplant"]
