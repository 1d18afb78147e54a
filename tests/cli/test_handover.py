from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pathway import PATHWAY, Case
from pathway.run.handover import handover
from tests.cli.terminal import AT, INDEX, pathway, section

NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)
BORN = date(2024, 12, 22)
DAY = 24 * 60
HEADINGS = ["SITUATION", "FINDINGS", "NOT KNOWN", "DONE", "PENDING", "QUESTION"]


def index_case() -> Case:
    case = Case(PATHWAY, born=BORN)
    case.record(PATHWAY.event("blood_count_reported", wbc="2.5 10*9/L", anc="700 /uL", alc="1.4 10*9/L"), at=NINE)
    return case


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_the_call_is_told_in_the_order_in_which_it_is_made():
    out = pathway(*INDEX, "--handover").out
    assert [line for line in out.splitlines() if line in HEADINGS] == HEADINGS


def test_findings_are_told_with_unit_limit_and_time():
    found = section(pathway(*INDEX, "--handover").out, "FINDINGS")
    assert "2026-01-22 09:00 Blood count reported: white cell count 2.5 10*9/L (< 6; local choice)" in found
    assert "ALC 1.4 10*9/L (< 3.5)" in found


def test_each_finding_has_the_time_of_its_own_sample():
    case = index_case()
    case.record(PATHWAY.event("temperature_measured", temperature="38.4 Cel"), at=after(90))
    case.record(PATHWAY.event("blood_count_reported", hb="9.1 g/dL"), at=after(120))
    call = handover(case, at=after(180))
    assert {one.fact: one.at for one in call.findings if one.fact != "blood_count_taken"} == {
        "wbc": NINE, "anc": NINE, "alc": NINE, "temperature": after(90), "hb": after(120),
    }  # fmt: skip


def test_the_call_is_made_with_what_was_known_at_its_moment():
    case = index_case()
    case.record(PATHWAY.event("temperature_measured", temperature="38.4 Cel"), at=after(90))
    early = handover(case, at=after(60))
    assert "temperature" not in {one.fact for one in early.findings}
    assert [event for event, _ in early.done] == ["Blood count reported"]


def test_critical_items_that_are_unknown_are_named_as_unknown():
    out = pathway(*INDEX, "--handover").out
    missing = section(out, "NOT KNOWN")
    for words in (
        "Blood count reported: haemoglobin, platelets",
        "Chemistry reported: not yet (potassium, uric acid, LDH, phosphate)",
        "Smear reviewed: not yet", "Child examined: not yet", "Temperature measured: not yet",
    ):  # fmt: skip
        assert words in missing


def test_nothing_is_told_that_is_not_known():
    out = pathway("advise", "--age", "13mo", *AT, "--handover").out
    assert section(out, "FINDINGS") == "- none recorded"
    assert section(out, "DONE") == "- nothing recorded"


def test_the_reason_for_the_call_is_what_makes_it_urgent():
    situation = section(pathway(*INDEX, "--handover").out, "SITUATION")
    assert "13 months old. Same-day referral" in situation
    assert "The reason for the call: ANC 0.7 < 1.5, ALC 1.4 < 3.5 10*9/L" in situation
    assert "grade of neutropenia: moderate [S21 T1 N03 N47]" in situation


def test_the_question_asks_for_the_consultation_on_the_same_day_and_cites_it():
    question = section(pathway(*INDEX, "--handover").out, "QUESTION")
    assert "A consultation on the same day is due." in question
    assert "S08" in question and "S93" in question


def test_without_a_criterion_the_question_does_not_claim_urgency():
    call = pathway(
        "advise", "--age", "13mo", *AT, "--anc", "0.7", "--set", "smear_reviewer=pathologist",
        "--set", "blasts_percent=0", "--set", "immature_cells=no", "--handover",
    )  # fmt: skip
    question = section(call.out, "QUESTION")
    assert "No same-day criterion is shown." in question
    assert "S08" in question and "N19" in question


def test_after_the_consultation_the_call_asks_for_the_next_step():
    case = index_case()
    case.record(PATHWAY.event("haematology_consulted"), at=after(60))
    call = handover(case, at=after(90))
    assert "next step" in " ".join(call.question)
    assert "Haematology/oncology consulted" in [event for event, _ in call.done]
    assert "S08" in call.question_cites


def test_what_is_pending_leaves_out_the_call_itself():
    call = handover(index_case(), at=NINE)
    pending = {line.id for line in call.pending}
    assert {"smear_now", "exam_now", "tumour_lysis_labs", "obtain_missing_counts"} <= pending
    assert "consult_same_day" not in pending


def test_a_finding_is_told_with_the_event_that_brought_it():
    case = index_case()
    case.record(PATHWAY.event("symptoms_reported", fever=True), at=after(10))
    (fever,) = [one for one in handover(case, at=after(20)).findings if one.fact == "fever"]
    assert fever.event == "Symptoms reported"


def test_a_withdrawn_result_is_not_told():
    case = Case(PATHWAY, born=BORN)
    case.record(PATHWAY.event("blood_count_reported", anc="2 10*9/L"), at=NINE)
    step = case.record(PATHWAY.event("chemistry_reported", potassium="5 mmol/L"), at=after(5))
    case.withdraw(step.entry, at=after(10), by="laboratory")
    call = handover(case, at=after(20))
    assert "potassium" not in {one.fact for one in call.findings}
    assert "Chemistry reported" not in [event for event, _ in call.done]


def test_blasts_that_were_computed_are_told_as_computed():
    case = index_case()
    smear = PATHWAY.event("smear_reported", smear_reviewer="haematologist", blasts_percent="34 %", lineage="lymphoid")
    case.record(smear, at=NINE)
    (blasts,) = [one for one in handover(case, at=after(5)).findings if one.fact == "blasts"]
    assert blasts.value == "850 /uL (computed)"
    assert blasts.event == "Smear reviewed"


def blasts_told(case: Case, minutes: int) -> list[tuple[str, datetime]]:
    """What the call tells of the number of blasts, and of when it was."""
    return [(one.value, one.at) for one in handover(case, at=after(minutes)).findings if one.fact == "blasts"]


def worked_up(**smear: str) -> Case:
    """A low count, a smear at its moment, an examination, and three days later a negative work-up."""
    case = Case(PATHWAY, born=BORN)
    count = PATHWAY.event("blood_count_reported", wbc="9 10*9/L", anc="1.2 10*9/L", alc="5 10*9/L")
    seen = PATHWAY.event("smear_reported", smear_reviewer="haematologist", immature_cells=False, **smear)
    for minute, event in (
        (0, count), (0, seen), (10, PATHWAY.event("examined", nothing_else_found=True)),
        (3 * DAY, PATHWAY.event("workup_declared_negative", declared_by="clinician")),
    ):  # fmt: skip
        case.record(event, at=after(minute))
    assert case.episode == 2
    return case


def test_blasts_that_were_computed_before_the_work_up_was_closed_are_told_after_it_like_the_other_results():
    assert blasts_told(worked_up(blasts_percent="0 %"), 3 * DAY + 5) == [("0 /uL (computed)", NINE)]


def test_blasts_that_a_haematologist_counted_are_not_told_as_computed_because_a_new_episode_computes_others():
    """The analyser's percentage does not count beside the haematologist's smear of the closed episode."""
    case = worked_up(blasts="0 /uL", blasts_percent="0 %")
    case.record(PATHWAY.event("blood_count_reported", wbc="2.5 10*9/L", anc="0.7 10*9/L"), at=after(4 * DAY))
    case.record(PATHWAY.event("smear_reported", smear_reviewer="analyser", blasts_percent="3 %"), at=after(4 * DAY))
    assert case.value("blasts") == 75
    assert blasts_told(case, 4 * DAY + 5) == [("0 /uL", NINE)]


def test_the_call_has_a_form_for_programs():
    data = pathway(*INDEX, "--handover", "--json").data
    assert list(data) == [
        "at", "age_months", "situation", "findings", "unknown", "done", "set_aside", "pending", "question", "cites",
        "banner", "pathway",
    ]  # fmt: skip
    assert data["cites"][0] == "S08"
    assert {one["fact"] for one in data["findings"]} >= {"wbc", "anc", "alc"}


def test_the_call_changes_nothing_in_the_case():
    case = index_case()
    before = case.to_json()
    handover(case, at=after(60))
    assert case.to_json() == before
