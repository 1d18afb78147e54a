from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pathway import PATHWAY, Case
from pathway.cli.given import events_from
from tests.cli.terminal import AT, INDEX, pathway, plan_text, section

NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)
BORN = date(2024, 12, 22)
ORDER = ["NOW", "TODAY", "DO NOT", "AWAITED", "ONGOING", "PLANNED", "FOR THE FAMILY", "WHY", "NOTES"]


def recorded(**facts: str) -> dict[str, dict[str, object]]:
    """The events that the facts are recorded as, with their fields."""
    return {one.name: dict(one.raw) for one in events_from(list(facts.items()), PATHWAY)}


# --- the index patient ----------------------------------------------------------------------------------------------


def test_json_has_exactly_the_promised_shape():
    data = pathway(*INDEX, "--json").data
    assert list(data) == [
        "state", "advice", "set_aside", "forbidden", "awaits", "notes", "pathway", "banner", "held",
    ]  # fmt: skip
    assert all(list(line) == ["id", "urgency", "due", "words", "cites", "offered"] for line in data["advice"])
    assert all(list(one) == ["order", "words", "cites"] for one in data["forbidden"])
    assert list(data["pathway"]) == ["id", "version", "digest"]
    assert all(isinstance(name, str) for name in data["awaits"] + data["notes"])
    assert data["held"] == []


def test_the_index_patient_needs_a_consultation_on_the_same_day():
    data = pathway(*INDEX, "--json").data
    assert data["state"] == "referral"
    urgent = {line["id"] for line in data["advice"] if line["urgency"] == "now"}
    assert urgent == {"consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"}
    assert {line["id"]: line["due"] for line in data["advice"]}["consult_same_day"] == "2026-01-22"
    assert "order_bone_marrow" in {one["order"] for one in data["forbidden"]}
    assert {"hb", "platelets", "potassium", "uric_acid", "ldh", "phosphate"} <= set(data["awaits"])
    assert {"N01", "N02"} <= set(data["notes"])


def test_the_plan_is_printed_in_its_order_and_without_empty_sections():
    headings = [line for line in pathway(*INDEX).out.splitlines() if line in ORDER]
    assert headings == [heading for heading in ORDER if heading in headings]
    assert {"NOW", "DO NOT", "AWAITED", "FOR THE FAMILY", "WHY", "NOTES"} <= set(headings)
    assert "PLANNED" not in headings


def test_a_line_gives_its_reason_with_value_and_limit_and_its_citation():
    now = section(pathway(*INDEX).out, "NOW")
    assert "Call paediatric haematology/oncology today" in now
    assert "Due today." in now
    assert "ANC 0.7 < 1.5, ALC 1.4 < 3.5 10*9/L [S08 S32 S88 N45; local choice]" in now
    assert "missing: potassium, uric acid, LDH, phosphate" in now


def test_the_reader_sees_at_13_months_that_the_source_contradicts_itself_about_infant_leukaemia():
    assert "N01 Is 13 months infant ALL" in section(pathway(*INDEX).out, "NOTES")


def test_local_choices_are_marked_wherever_a_line_rests_on_one():
    out = pathway(*INDEX).out
    assert "local choice" in section(out, "ONGOING")
    why = section(out, "WHY")
    assert "(0 to 23 months; local choice T3 N48)" in why
    assert "< 3.5 10*9/L (12 to 23 months) [S25 S26 N46]" in why, "the source's own interval is no local choice"
    assert "unknown platelets count as low until they are known (N41)" in why


def test_a_line_whose_ground_has_passed_says_since_when_it_stands():
    now = section(pathway("advise", "--age", "13mo", "--set", "diagnosis=all", "--anc", "0.7", *AT).out, "NOW")
    assert "since 2026-01-22 09:00 [S12 S13 S14 S15 S16]" in now


def test_what_was_recorded_is_told_with_the_units_that_were_taken():
    why = section(pathway(*INDEX, "--temperature", "38.4", "--set", "ldh=640", "--set", "fever=no").out, "WHY")
    assert "recorded: Blood count reported: white cell count 2.5 10*9/L, ANC 0.7 10*9/L, ALC 1.4 10*9/L" in why
    assert "recorded: Chemistry reported: LDH 640 U/L" in why
    assert "recorded: Symptoms reported: no fever" in why
    assert "recorded: Temperature measured: temperature 38.4 Cel" in why


def test_the_neutropenia_is_graded():
    assert "grade of neutropenia: moderate" in section(pathway(*INDEX).out, "WHY")
    assert "grade" not in pathway("advise", "--age", "13mo", "--anc", "1.5", *AT).out


def test_what_is_awaited_is_grouped_by_the_event_that_brings_it():
    awaited = section(pathway(*INDEX).out, "AWAITED")
    assert "Blood count reported: haemoglobin, platelets" in awaited
    assert "Chemistry reported: potassium, uric acid, LDH, phosphate" in awaited
    assert "Smear reviewed: smear reviewer" in awaited


def test_refusals_that_matter_less_share_a_line():
    refused = section(pathway(*INDEX).out, "DO NOT")
    assert "No bone marrow biopsy or aspirate before haematology is consulted" in refused
    assert "Also refused here: Interfant-based chemotherapy [S71 S73 S74 N01]" in refused


def test_a_child_who_is_not_12_to_23_months_old_is_told_that_the_source_is_silent():
    for age, warned in (("11mo", True), ("12mo", False), ("23mo", False), ("2y", True)):
        out = pathway("advise", "--age", age, "--anc", "0.7", *AT).out
        assert ("! SCOPE" in out) is warned, age


def test_contradictions_and_deviations_are_shown_right_after_the_state():
    assert "CONTRADICTION" not in pathway(*INDEX).out
    args = ("advise", "--age", "13mo", "--wbc", "2.5", "--anc", "1.7", "--alc", "1.4")
    head = pathway(*args, "--set", "bone_marrow_performed=yes", *AT).out.partition("NOW")[0]
    assert "! CONTRADICTION  Neutrophils and lymphocytes add up to over 5 % more" in head
    assert "! DEVIATION  Bone marrow biopsy or aspirate: done although refused" in head


def test_what_is_overdue_is_said_in_words():
    case = Case(PATHWAY, born=BORN)
    case.record(PATHWAY.event("blood_count_reported", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=NINE)
    text = plan_text(case.plan(at=NINE + timedelta(days=1)), PATHWAY)
    assert "OVERDUE: it was due on 2026-01-22." in text
    assert "OVERDUE" not in plan_text(case.plan(at=NINE + timedelta(hours=14)), PATHWAY)


def test_a_change_that_waits_for_acknowledgement_is_shown():
    case = Case(PATHWAY, born=BORN)
    first = case.record(PATHWAY.event("blood_count_reported", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=NINE)
    step = case.correct(
        first.entry, PATHWAY.event("blood_count_reported", anc="7 10*9/L", alc="4 10*9/L"), at=NINE + timedelta(hours=1)
    )
    assert step.proposed
    assert f"! WAITS  entry {step.entry} would take urgent advice away" in plan_text(case.plan(at=step.at), PATHWAY)
