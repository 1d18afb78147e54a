"""`pathway drive`: orders, corrections, and steps that are taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from pathway.cli.drive.session import Session
from pathway.scenarios.read import parse_scenario
from tests.children import BORN, INDEX_COUNT, NINE, told
from tests.cli.driving import CHILD, COUNT, drive, entries, faults, kept
from tests.cli.terminal import section

# --- orders, corrections ------------------------------------------------------------------------------------------


def test_a_refused_order_names_rule_and_citations_and_is_overridden_with_name_and_reason(log):
    done = drive(COUNT, "order order_bone_marrow", "Dr O'Brien", "", "haematology asked for it",
                 args=(*CHILD, "--log", str(log)))  # fmt: skip
    said = " ".join(done.out.split())
    assert "REFUSED No bone marrow biopsy or aspirate before haematology is consulted" in said
    assert "because consultation of haematology/oncology is not recorded yet" in said
    assert "ORDERED in spite of the refusal, by Dr O'Brien: haematology asked for it [S92 S93 N52 S108]" in said
    assert faults(done) == ["override: a reason is wanted, or 'cancel'"]
    override = entries(log)[1]
    assert override["kind"] == "override"
    assert (override["order"], override["by"], override["reason"]) == (
        "order_bone_marrow", "Dr O'Brien", "haematology asked for it",
    )  # fmt: skip


@pytest.mark.parametrize("answers", [("",), ("no",), ("cancel",), ("Dr Sato", "cancel"), ("Dr Sato", "x" * 501)])
def test_a_refusal_that_nobody_overrides_stands_and_is_told_in_the_story(log, story, answers):
    drive(COUNT, "order order_bone_marrow", *answers, args=(*CHILD, "--log", str(log), "--record", str(story)))
    assert [one["kind"] for one in entries(log)] == ["event"]
    (_, order) = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY).steps
    assert (order.name, order.override) == ("order_bone_marrow", None)
    assert ("verdict", "refused") in order.expects


def test_an_order_that_is_permitted_is_not_offered_for_override():
    done = drive(COUNT, "haematology_consulted", "", "order bone_marrow")
    assert "PERMITTED" in done.out
    assert "override it?" not in done.out


def test_all_orders_are_told_with_their_verdicts():
    listed = section(drive(COUNT, "order").out, "ORDERS")
    case = told(INDEX_COUNT)
    for rule in PATHWAY.orders:
        verdict = case.propose(rule.id, at=NINE).verdict.replace("_", " ")
        assert f"{rule.id} {verdict}: " in " ".join(listed.split())


def test_a_correction_keeps_what_is_not_said_again_and_a_minus_makes_unknown(log):
    given = kept(log, COUNT, "correct e1", "", "2.6", "-", ".")
    assert given[1]["kind"] == "correction"
    assert given[1]["with"] == {"wbc": "2.6 10*9/L", "alc": "1.4 10*9/L"}
    assert "taken_at" not in given[1]


def test_a_correction_that_says_the_same_is_refused(log):
    done = drive(COUNT, "correct e1", "", ".", args=(*CHILD, "--log", str(log)))
    assert faults(done) == ["correct: e1 says so already; nothing is recorded"]
    assert len(entries(log)) == 1


def test_a_correction_can_move_an_entry_to_another_moment(log):
    assert kept(log, COUNT, "correct e1", "08:30", ".")[1]["taken_at"] == "2026-01-22T08:30:00Z"


def test_a_correction_of_a_correction_stays_at_the_moment_that_the_first_moved_it_to(log):
    given = kept(log, COUNT, "correct e1", "08:30", ".", "correct e2", "", "3", ".")
    assert given[2]["target"] == "e2"
    assert given[2]["taken_at"] == "2026-01-22T08:30:00Z"
    log.unlink()
    done = drive(COUNT, "correct e1", "", "3", ".", "correct e2", args=(*CHILD, "--log", str(log)))
    assert "Blood count reported, e2\n  when it was so [2026-01-22 09:00]:" in done.out


def test_a_change_that_takes_urgent_advice_away_waits_until_a_named_clinician_acknowledges_it(log):
    lines = ("temperature_measured temperature=38.4", "correct e1", "", "36.9", "")
    done = drive(*lines, "acknowledge", "", "acknowledge", "Dr Marek", args=(*CHILD, "--log", str(log)))
    waits, acknowledged = done.out.split("=" * 80)[2:]
    assert "! WAITS  e2 does not count yet" in waits
    assert "Start antimicrobials promptly" in section(waits, "NOW")
    assert "Cancelled; nothing is recorded." in waits
    assert "Dr Marek acknowledges the change of e2" in acknowledged
    assert "Start antimicrobials promptly" not in acknowledged.partition("\nNOW\n")[2].partition("DO NOT")[0]
    assert [one["kind"] for one in entries(log)] == ["event", "correction", "acknowledgement"]


def test_an_entry_is_withdrawn_with_its_reason(log):
    given = kept(log, "by Dr Sato", COUNT, "withdraw e1", "another child")
    assert (given[1]["target"], given[1]["reason"], given[1]["by"]) == ("e1", "another child", "Dr Sato")
    assert given[0]["by"] == "Dr Sato"


# --- undo, save, resume -------------------------------------------------------------------------------------------


def test_an_undone_step_leaves_no_trace_in_the_saved_log_nor_in_the_story(log, story):
    files = ("--log", str(log), "--record", str(story))
    drive(COUNT, args=(*CHILD, *files))
    texts = [log.read_bytes(), story.read_bytes()]
    log.unlink(), story.unlink()
    for lines in (("haematology_consulted", ""), ("order order_bone_marrow", "Dr Sato", "told so"), ("clock 2d",),
                  ("correct e1", "", "9", "."), ("withdraw e1", "")):  # fmt: skip
        done = drive(COUNT, *lines, "undo", args=(*CHILD, *files, "--force"))
        assert "Taken back: " in done.out
        assert [log.read_bytes(), story.read_bytes()] == texts
        log.unlink()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 4))
def test_undo_takes_back_any_number_of_steps_and_the_case_is_as_it_was(count):
    session = Session.resume(Case(PATHWAY, born=BORN), NINE, lambda: NINE)
    steps = parse_scenario(STORY, PATHWAY).steps
    before = []
    for step in steps:
        before.append((session.case.to_json(), session.now, session.next_moment, session.clock))
        session.take(step)
    if count == 0 or count > len(steps):
        with pytest.raises(BadInput, match="undo"):
            session.undo(count)
        return
    session.undo(count)
    assert (session.case.to_json(), session.now, session.next_moment, session.clock) == before[-count]


STORY = """
title = "Undone"
why = "To have steps of several kinds."
born = 2024-12-22
[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "0.7 10*9/L", alc = "1.4 10*9/L" }
[[step]]
at = 2026-01-22T09:10:00Z
order = "order_bone_marrow"
override = { by = "Dr Sato", reason = "told so" }
[[step]]
at = 2026-01-24T09:00:00Z
clock = true
[[step]]
at = 2026-01-22T08:00:00Z
event = "haematology_consulted"
"""
