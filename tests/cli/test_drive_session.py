"""`pathway drive` at large: options, help, moments, whatever is typed."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from pathway.cli.drive.commands import COMMANDS, NAMES, completions
from pathway.cli.drive.session import Session
from pathway.cli.drive.when import read_when
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from tests.children import INDEX_COUNT, NINE, told
from tests.cli.driving import CHILD, COUNT, INDEX_CASE, PROMPT, drive, faults
from tests.cli.terminal import section

# --- at large -----------------------------------------------------------------------------------------------------


def test_every_fault_of_the_options_is_told_at_once():
    done = drive(args=("--at", "yesterday", "--age", "old"))
    assert done.code == 2
    assert [fault.split(":")[0] for fault in done.faults] == ["at", "age"]
    assert drive(args=()).faults[0].startswith("age: how old is the child?")
    assert (
        drive(args=("--born", "2024-12-22", "--at", "2024-12-01T09:00:00Z"))
        .faults[0]
        .endswith("is before the birth on 2024-12-22")
    )


def test_each_word_of_the_help_does_something():
    listed = section(drive("help").out, "COMMANDS")
    for one in COMMANDS:
        assert one.usage in listed
        assert f"'{one.name}' is no command" not in drive(one.name).out


def test_a_line_that_begins_with_a_hash_is_a_remark():
    done = drive("# 1", "", COUNT)
    assert faults(done) == []
    assert done.out.count("Moved: ") == 1


def test_a_name_or_a_value_reaches_neither_stderr_nor_a_log_line(caplog):
    with caplog.at_level(logging.DEBUG):
        done = drive(*INDEX_CASE, "smear_reported smear_reviewer=Sato")
    assert done.err == ""
    assert caplog.records == []


@pytest.mark.parametrize("columns", [60, 80, 110])
def test_what_is_printed_fits_the_terminal_and_is_plain(columns):
    done = drive(*INDEX_CASE, "log", "order", "events", "next", "help", "why", "why-not high_risk", "explain S92",
                 "events smear", "correct e1", "", ".", columns=columns)  # fmt: skip
    assert done.out.isascii()
    assert "\x1b" not in done.out
    for line in done.out.splitlines():
        # What was typed stands where it was typed.
        assert len(line) <= columns or "> " in line or ": " in line, line
        assert line == line.rstrip()
    plans = [line for line in done.out.splitlines() if line[:2] in ("- ", "+ ", "! ")]
    assert plans
    assert max(map(len, plans)) <= columns


def test_the_banner_is_printed_before_the_first_question_and_at_the_end():
    first, _, last = drive(COUNT).out.partition(PROMPT.strip())
    for part in (first, last):
        assert "no clinician has reviewed or signed" in " ".join(part.split())


def test_names_are_completed_where_they_can_stand():
    session = Session.resume(told(INDEX_COUNT), NINE, None)
    for line, found in (
        ("wh", "why-not"), ("sme", "smear_reported"), ("order order_b", "order_bone_marrow"),
        ("why consult_s", "consult_same_day"),
        ("smear_reported bl", "blasts="), ("correct ", "e1"), ("explain S10", "S108"), ("events sme", "smear_reported"),
    ):  # fmt: skip
        assert found in completions(line, session), line
        assert all(word.startswith(line.rpartition(" ")[2]) for word in completions(line, session))


def test_every_command_is_listed_once():
    assert len(set(NAMES)) == len(NAMES)
    assert not set(NAMES) & set(PATHWAY.events_by_name)


BERLIN = ZoneInfo("Europe/Berlin")
TEN = datetime(2026, 3, 27, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2d", "2026-03-29T10:00:00+02:00"), ("+1w 1d", "2026-04-04T10:00:00+02:00"),
        ("48h", "2026-03-29T11:00:00+02:00"), ("1h30min", "2026-03-27T11:30:00+01:00"),
        ("0d", "2026-03-27T10:00:00+01:00"), ("9:05", "2026-03-27T09:05:00+01:00"),
        ("2026-03-30", "2026-03-30T10:00:00+02:00"), ("2026-03-30 08:15", "2026-03-30T08:15:00+02:00"),
        ("2026-03-30T08:15:00Z", "2026-03-30T10:15:00+02:00"),
    ],
)  # fmt: skip
def test_a_moment_is_a_time_a_date_both_or_a_span_of_calendar_days(text, moment):
    assert read_when(text, TEN, BERLIN).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "2026-02-30", "2", "100000w", "2026-03-29 02:30", "2026", "1d x"]
)
def test_what_is_no_moment_is_told_with_what_would_be_one(text):
    with pytest.raises(BadInput, match=r"when: .*(write for example|give another moment)"):
        read_when(text, TEN, BERLIN)


LINES = st.one_of(
    st.sampled_from(
        [
            *NAMES, *PATHWAY.events_by_name, "1", "2", "3", "7", "0", "", ".", "-", "?", "y", "n", "yes", "2.5", "0.7",
            "38.6", "999999", "34 %", "pathologist", "haematologist", "all", "rearranged", "lymphoid", "cancel", COUNT,
            "order order_bone_marrow", "order start_antimicrobials", "undo 2", "clock 1d", "clock 2026-01-25", "09:30",
            "correct e1", "withdraw e1", "withdraw e2", "correct e2", "acknowledge e2", "Dr Sato", "why smear_now",
            "why-not follow_up", "by Dr Sato", "save", "record", "# x", "temperature_measured temperature=38.6",
            "temperature_measured temperature=36.6 at=08:00", "haematology_consulted at=08:59", "explain anc",
            "workup_declared_negative declared_by=clinician",
            "smear_reported smear_reviewer=haematologist blasts_percent=0 immature_cells=no",
        ]
    ),
    st.text(max_size=12).filter(lambda text: not text.strip().lower().startswith(("save", "record"))),
).map(lambda line: line.replace("\n", " "))  # fmt: skip


@settings(deadline=None, max_examples=400 if os.environ.get("PATHWAY_TEST_FULL") else 25)
@given(st.lists(LINES, max_size=25))
def test_whatever_is_typed_the_session_ends_well_its_log_opens_again_and_its_story_holds(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("session")
    log, story = folder / "case.json", folder / "story.toml"
    done = drive(*lines, args=(*CHILD, "--log", str(log), "--record", str(story)))
    assert (done.code, done.err) == (0, ""), lines
    case = None
    if log.exists():
        text = log.read_text(encoding="utf-8")
        case = Case.from_json(text, PATHWAY)
        assert case.to_json() + "\n" == text
    if story.exists():
        again = replay(parse_scenario(story.read_text(encoding="utf-8"), PATHWAY), PATHWAY)
        assert again.passed
        assert case is not None
        assert again.case == case
    assert sorted(os.listdir(folder)) == sorted(one.name for one in (log, story) if one.exists())
