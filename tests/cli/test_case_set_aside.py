"""`pathway case set-aside`: a named clinician answers urgent advice otherwise, and everyone can read who and why."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.model.canonical import to_json
from tests.cli.shop import NEXT_DAY, NOON, joined
from tests.cli.terminal import pathway
from tests.store.test_setting_aside import without

BLASTS = ("record", "C1", "smear_reported", "smear_reviewer=analyser", "blasts_percent=12 %")
ASIDE = ("set-aside", "C1", "smear_now", "--reason", "read by an outside laboratory", "--by", "Dr X")
SMEAR = PATHWAY.advice_named("smear_now").words


@pytest.fixture
def aside(case):
    """The case of the index count, with the smear set aside at noon."""
    case.done(*ASIDE, "--at", NOON)
    return case


def marked(shop) -> list[str]:
    return [entry["set_aside"] for entry in shop.entries() if entry["kind"] == "set_aside"]


def test_it_says_what_was_set_aside_and_why(case):
    done = case.done(*ASIDE, "--at", NOON)
    told = joined(done.out)
    assert "Case C1: recorded as e2." in told
    assert f"2026-01-22 12:00 Set aside: {SMEAR.rstrip('.')}: read by an outside laboratory" in told
    assert "Ended:" not in done.out and "Done:" not in done.out
    assert PATHWAY.banner[:40] in done.out


def test_a_program_is_told_like_of_any_entry(case):
    data = case.done(*ASIDE, "--at", NOON, "--json").data
    assert (data["case"], data["entry"], data["number"], data["already"]) == ("C1", "e2", 2, False)
    assert data["event"] == "set_aside" and data["withdrawn"] == data["raised"] == []
    assert data["hash"] == case.entries()[2]["hash"] and data["banner"] == PATHWAY.banner


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_recorded(case):
    done = case("set-aside", "C1", "smear", "--at", "noon")
    assert done.code == 2
    assert [fault.split(":")[0] for fault in done.faults] == [
        "by", "at", "unknown advice 'smear'; nearest", "reason",
    ]  # fmt: skip
    assert len(case.entries()) == 2


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("obtain_missing_counts", "obtain_missing_counts is not urgent; only advice to act now is set aside"),
        ("antimicrobials_now", "the plan does not ask for antimicrobials_now then; urgent is consult_same_day"),
        ("smear_now", "set_aside: smear_now is set aside already"),
    ],
)
def test_what_the_plan_does_not_ask_for_is_one_clear_line(aside, advice, said):
    done = aside("set-aside", "C1", advice, "--reason", "known", "--by", "Dr X", "--at", NOON)
    assert done.code == 2 and done.out == ""
    (fault,) = done.faults
    assert said in fault
    assert len(aside.entries()) == 3


def test_the_setting_of_a_ward_names_nobody(case, monkeypatch):
    monkeypatch.setenv("PATHWAY_BY", "ward")
    done = case(*ASIDE[:5], "--at", NOON)
    assert done.code == 2 and done.faults == ["by: who decides? write --by NAME"]


def test_the_history_says_what_became_of_it(aside):
    told = joined(aside.done("history", "C1").out)
    assert f"Set aside: {SMEAR.rstrip('.')}: read by an outside laboratory" in told
    assert "recorded" in told and "by Dr X" in told and "the plan does not ask for it" in told
    assert marked(aside) == ["stands"]
    aside.done(*BLASTS, "--at", "2026-01-22T11:00:00Z", "--by", "laboratory")
    assert marked(aside) == ["came back"]
    assert "the plan asks for it again" in joined(aside.done("history", "C1").out)
    aside.done(*ASIDE, "--at", NEXT_DAY)
    assert marked(aside) == ["came back before", "stands"]
    clear = ("smear_reviewer=haematologist", "blasts_percent=0 %", "immature_cells=no")
    aside.done("record", "C1", "smear_reported", *clear, "--at", "2026-01-23T10:00:00Z", "--by", "Dr H")
    assert marked(aside) == ["over", "over"]


def test_a_late_report_that_brings_it_back_says_so(aside):
    done = aside.done(*BLASTS, "--at", "2026-01-22T11:00:00Z", "--by", "laboratory")
    raised = joined(done.out.partition("\nNOW\n")[2])
    assert f"+ {SMEAR}" in raised
    assert "! REVIEW done at or after the moment that changed" in joined(done.out)
    assert "e2, 2026-01-22 12:00: Set aside" in joined(done.out)


def test_it_is_no_task_of_the_worklist(case):
    when = ("--store", case.url, "--at", NEXT_DAY)
    assert "consult_same_day" in str(pathway("worklist", *when, "--json").data["cases"])
    case.done("set-aside", "C1", "consult_same_day", "--reason", "seen there today", "--by", "Dr X", "--at", NOON)
    found = pathway("worklist", *when, "--json").data
    assert "consult_same_day" not in str(found["cases"]) and found["overdue_cases"] == 0


def test_a_version_that_lacks_the_advice_leaves_it_out_and_says_so_before(aside, tmp_path):
    file = tmp_path / "lacking.json"
    aside.done("set-aside", "C1", "exam_now", "--reason", "examined at home", "--by", "Dr X", "--at", NOON)
    file.write_text(to_json(without("exam_now", version="0.5.0")), encoding="utf-8")
    done = pathway("migrate", "C1", "--to", str(file), "--store", aside.url, "--by", "Dr H")
    assert "! Left out: setting aside e3 by Dr X" in joined(done.out)
    assert f"set aside goes: {PATHWAY.advice_named('exam_now').words}" in joined(done.out)
    yes = ("--by", "Dr H", "--yes", "--acknowledge-another-way")
    assert pathway("migrate", "C1", "--to", str(file), "--store", aside.url, *yes).code == 0
    assert aside.entries()[3]["left_out"] and "set_aside" not in aside.entries()[3]
    assert "has no object under the version" in joined(aside.done("history", "C1").out)


def test_a_shell_completes_urgent_advice():
    from pathway.cli.case.revise import set_aside

    parameter = next(one for one in set_aside.params if one.name == "advice")
    found = [item.value for item in parameter.shell_complete(None, "")]  # type: ignore[arg-type]  # no context is read
    assert found == [one.id for one in PATHWAY.advice if one.urgency == "now"]
    assert [item.value for item in parameter.shell_complete(None, "sm")] == ["smear_now"]  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", [60, 80])
def test_the_output_fits_the_terminal(case, columns):
    done = case(*ASIDE, "--at", NOON, columns=columns)
    history = case("history", "C1", columns=columns)
    for line in (*done.out.splitlines(), *history.out.splitlines()):
        assert len(line) <= columns and line == line.rstrip()
