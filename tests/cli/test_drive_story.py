"""`pathway drive`: the session as a scenario that holds."""

from __future__ import annotations

from pathlib import Path

from pathway import PATHWAY
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from tests.cli.driving import CHILD, COUNT, INDEX_CASE, drive, faults
from tests.cli.terminal import pathway

# --- the story ----------------------------------------------------------------------------------------------------


def test_the_index_case_is_driven_to_its_risk_and_the_story_holds(story):
    done = drive(*INDEX_CASE, args=(*CHILD, "--record", str(story)))
    assert done.code == 0, done.err
    assert "kmt2a_stratification> order assign_risk_group" in done.out
    again = pathway("replay", str(story))
    assert (again.code, again.err) == (0, "")
    scenario = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY)
    assert {one.kind for one in scenario.steps} == {"event", "order", "correct", "withdraw", "clock"}
    assert {key for one in scenario.steps for key, _ in one.expects} >= {
        "state", "passes_through", "urgent", "advises", "no_longer_advises", "overdue", "awaits", "notes", "held",
        "verdict", "cites",
    }  # fmt: skip
    assert "S92" in scenario.cites
    assert replay(scenario, PATHWAY).case.state == "kmt2a_stratification"


def test_the_story_of_a_resumed_log_begins_where_the_log_does(log, story):
    drive(COUNT, args=(*CHILD, "--log", str(log)))
    drive("haematology_consulted", "", args=(*CHILD, "--log", str(log), "--record", str(story)))
    scenario = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY)
    assert [one.name for one in scenario.steps] == ["blood_count_reported", "haematology_consulted"]
    assert replay(scenario, PATHWAY).passed


def test_title_and_reason_of_the_story_can_be_given(story):
    drive(COUNT, args=(*CHILD, "--record", str(story), "--title", 'The "index" case', "--why", "To have one."))
    scenario = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY)
    assert (scenario.title, scenario.why) == ('The "index" case', "To have one.")


def test_a_story_that_exists_is_overwritten_only_by_force(story):
    story.write_text("mine", encoding="utf-8")
    done = drive(COUNT, args=(*CHILD, "--record", str(story)))
    assert (done.code, done.out) == (2, "")
    assert done.faults == [f"record: {story} exists; it is not overwritten. Name another file, or add --force"]
    assert story.read_text(encoding="utf-8") == "mine"
    assert drive(args=(*CHILD, "--record", str(story), "--force")).code == 0
    assert story.read_text(encoding="utf-8") == "mine"  # nothing happened, so nothing is told
    assert drive(COUNT, args=(*CHILD, "--record", str(story), "--force")).code == 0
    assert pathway("replay", str(story)).code == 0


def test_a_story_of_which_every_step_is_undone_is_removed(story):
    drive(COUNT, "undo", args=(*CHILD, "--record", str(story)))
    assert not story.exists()


def test_the_story_can_be_asked_for_at_the_prompt(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    story = Path("story.toml")
    done = drive(f"record {story}", COUNT, f"record {story}", f"save {story}", "haematology_consulted", "", "record")
    assert faults(done) == [
        "record: nothing has happened yet; a story has one step at least",
        f"log: {story} is where the record is kept; name another file",
    ]
    assert len(parse_scenario(story.read_text(encoding="utf-8"), PATHWAY).steps) == 2


def test_log_and_story_do_not_share_a_file(log):
    done = drive(COUNT, args=(*CHILD, "--log", str(log), "--record", str(log)))
    assert done.code == 2
    assert done.faults == [f"record: {log} is where the log is kept; name another file"]
