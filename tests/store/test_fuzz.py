"""Whatever comes in, in whatever form: a right entry, or a line that says what is wrong; never anything else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Override
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.cli.terminal import pathway
from tests.counts import tries
from tests.store.children import NOW, opened
from tests.store.test_audit import filled
from tests.strategies import raw_value

EACH = 20
"""Inputs drawn at once: drawing one alone takes longer than trying it."""
TRIED = {
    "entries": tries(800, 50_000),
    "lines": tries(400, 27_000),
    "commands": tries(40, 3_000),
    "by coverage": tries(500, 20_000),
}
WORDS = st.text(max_size=12) | st.sampled_from(
    ["ward", "Dr H", "", " ", "e1", "e2", "a\0b", "\ud800", "'; --", "x" * 600]
)
JUNK = (
    WORDS | st.integers(-(2**70), 2**70) | st.floats() | st.booleans() | st.none() | st.binary(max_size=4)
    | st.lists(st.integers(), max_size=2) | st.dictionaries(WORDS, st.integers(), max_size=2)
)  # fmt: skip


def mostly(good, bad):
    """Nine times of ten the good."""
    return st.integers(0, 9).flatmap(lambda chance: good if chance else bad)


MOMENTS = mostly(
    st.integers(0, 900).map(lambda minutes: NOW - timedelta(minutes=minutes)) | st.none(),
    st.datetimes() | st.datetimes(timezones=st.just(UTC)),
)


@st.composite
def events(draw):
    """A name and fields: mostly those of an event of the pathway, with values that are right, nearly right, or junk."""
    kind = draw(st.sampled_from(PATHWAY.events))
    fields = {
        one.fact: draw(mostly(raw_value(PATHWAY.fact(one.fact)), JUNK))
        for one in kind.fields
        if draw(mostly(st.just(one.required), st.booleans())) or draw(st.integers(0, 3)) == 0
    }
    if draw(st.integers(0, 15)) == 0:
        fields[draw(WORDS)] = draw(JUNK)
    return draw(mostly(st.just(kind.name), WORDS)), fields


OPERATIONS = st.tuples(
    st.sampled_from(["record", "record", "record", "correct", "withdraw", "acknowledge", "override", "set_aside"]),
    events(), MOMENTS, MOMENTS, mostly(st.just("ward"), WORDS), mostly(st.just("as said"), WORDS),
    mostly(st.integers(1, 9).map(lambda number: f"e{number}"), WORDS),
    mostly(st.sampled_from(["", "k1", "k2", "k3"]), st.just("x" * 300)),
    mostly(st.sampled_from(list(PATHWAY.orders_by_id)), WORDS),
    mostly(st.sampled_from([one.id for one in PATHWAY.advice if one.urgency == "now"]), WORDS),
)  # fmt: skip


def attempt(case, operation) -> bool:
    """Whether an entry was recorded; anything but `BadInput` is raised."""
    act, (name, fields), at, taken_at, by, words, target, key, order, advice = operation
    before = case.sequence
    with refused_in_a_line():
        event = PATHWAY.event(name, **fields) if act in ("record", "correct") else None
        at = NOW if at is None else at
        more = {"now": NOW, "source": "fuzz", "key": key and f"{case.id} {key}"}
        match act:
            case "record":
                case.record(event, at=at, by=by, **more)
            case "correct":
                case.correct(target, event, at=at, by=by, taken_at=taken_at, **more)
            case "withdraw":
                case.withdraw(target, at=at, by=by, reason=words, **more)
            case "acknowledge":
                case.acknowledge(target, at=at, by=by, **more)
            case "set_aside":
                case.set_aside(advice, at=at, by=by, reason=words, **more)
            case "override":
                case.propose(order, at=at, override=Override(by, words), **more)
    return case.sequence > before


class refused_in_a_line:  # noqa: N801  # reads as a sentence
    """What is done inside may be refused, with a line for each fault; anything else is raised."""

    refused = False

    def __enter__(self):
        return self

    def __exit__(self, kind, fault, _):
        self.refused = kind is not None and issubclass(kind, BadInput)
        return self.refused and bool(fault.faults) and all(isinstance(one, str) and one.strip() for one in fault.faults)


def test_any_entry_is_recorded_right_or_refused_and_nothing_else_is_written(url, figure):
    done = {"tried": 0, "recorded": 0, "cases": 0}

    @settings(max_examples=TRIED["entries"] // EACH // 2, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operations=st.lists(OPERATIONS, min_size=EACH, max_size=EACH))
    def fuzz(operations):
        done["cases"] += 1
        case = opened(store, f"fuzz {done['cases']}")
        recorded = sum(attempt(case, one) for one in operations)
        done["tried"] += len(operations)
        done["recorded"] += recorded
        log = store.log_of(case.id)
        assert len(log) == recorded + 1
        if recorded:
            assert store.case(case.id).case == case.case

    with Store(url, PATHWAY) as store:
        fuzz()
        assert store.count()[1] == done["recorded"] + done["cases"]
        assert verify_log(store).damage == ()
    assert done["recorded"] > done["tried"] / 20
    figure(f"{done['tried']:,} fuzzed entries: {done['recorded']:,} recorded, the rest refused in a line")


def test_any_line_of_a_file_is_taken_right_or_the_file_is_refused(tmp_path, figure):
    done = {"tried": 0, "refused": 0}
    with Store(str(tmp_path / "from.db"), PATHWAY) as other:
        filled(other)
        lines = [line for line in export(other) if '"pathway":' not in line]
    columns = list(json.loads(lines[1])["entry"])

    @st.composite
    def changed(draw):
        data = json.loads(draw(st.sampled_from(lines)))
        if "entry" in data and draw(st.booleans()):
            data["entry"][draw(st.sampled_from(columns) | WORDS)] = draw(
                WORDS | st.integers() | st.none() | st.booleans() | st.lists(st.none(), max_size=1)
            )
            return json.dumps(data)
        text = json.dumps(data)
        place = draw(st.integers(0, len(text)))
        return text[:place] + draw(st.characters() | WORDS) + text[place + draw(st.integers(0, 3)) :]

    @settings(max_examples=TRIED["lines"] // EACH, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(found=st.lists(st.tuples(st.integers(0, len(lines) - 1), changed()), min_size=EACH, max_size=EACH))
    def fuzz(found):
        for place, line in found:
            done["tried"] += 1
            with refused_in_a_line() as taking:
                take(store, [*lines[:place], line, *lines[place + 1 :]], now=NOW)
            done["refused"] += taking.refused

    with Store(str(tmp_path / "to.db"), PATHWAY) as store:
        fuzz()
        assert store.count()[1] in (0, len(lines) - 2), "all of the file, as it was written, or nothing"
        assert verify_log(store).damage == ()
    assert done["refused"] > done["tried"] * 0.8
    figure(f"{done['tried']:,} fuzzed lines of an import: {done['refused']:,} refused in a line, with nothing written")


def test_a_fuzzer_that_looks_for_new_code_finds_no_line_that_is_taken_in_part(tmp_path, figure):
    pytest.importorskip("atheris", reason="atheris does not install here")
    runs = TRIED["by coverage"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.fuzz_by_coverage", tmp_path, f"-runs={runs}", "-len_control=0",
         "-max_len=80", "-seed=20260126", "-rss_limit_mb=0",
         f"-artifact_prefix={tmp_path}/"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    with Store(str(tmp_path / "to.db"), PATHWAY, create=False) as store:
        assert verify_log(store).damage == ()
    reached = re.findall(r"cov: (\d+)", done.stderr)[-1]
    figure(f"{runs:,} lines fuzzed by coverage (atheris): {reached} branches reached, none taken in part, no traceback")


COMMANDS = {
    "open": ("C9", "--born", "2024-12-22", "--by", "ward"),
    "record": ("C1", "blood_count_reported", "anc=0.7", "wbc=2.5", "--by", "ward", "--at", "2026-01-22T12:00:00Z"),
    "correct": ("C2", "e1", "anc=1.2", "--by", "laboratory"),
    "withdraw": ("C2", "e1", "--by", "laboratory", "--reason", "another child"),
    "acknowledge": ("C2", "e2", "--by", "Dr H"),
    "set-aside": ("C2", "exam_now", "--by", "Dr H", "--reason", "seen elsewhere"),
    "order": ("C2", "order_bone_marrow", "--override", "--by", "Dr H", "--reason", "tonight"),
    "show": ("C1", "--as-known-at", "2026-01-22T10:00:00Z", "--json"),
    "history": ("C1",), "verify-log": (), "list": ("--all",), "export": ("C1",),
}  # fmt: skip
ARGUMENTS = (
    st.sampled_from(["--by", "--at", "--key", "--source", "--json", "--as-known-at", "2026-99", "anc=", "=", "C1", "e1",
                     "wbc=2.5 10*9/L", "--override", "--taken-at", "-1", "0", "temperature=38.4", "--", "--help"])
    | st.text(max_size=8).filter(lambda text: "\0" not in text)
)  # fmt: skip


@st.composite
def command_lines(draw):
    """A right command with some of its words lost, exchanged or added."""
    act = draw(st.sampled_from(list(COMMANDS)))
    words = list(COMMANDS[act])
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(words)))
        words[place : place + draw(st.integers(0, 1))] = draw(st.lists(ARGUMENTS, max_size=1))
    return act, words


def test_any_arguments_of_a_command_end_with_a_result_or_a_line(tmp_path, monkeypatch, figure):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "cases.db"
    codes = {0: 0, 1: 0, 2: 0}
    with Store(str(file), PATHWAY) as store:
        filled(store)

    @settings(max_examples=TRIED["commands"], deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(line=command_lines())
    def fuzz(line):
        act, words = line
        told = pathway("case", act, *words, "--store", str(file))
        codes[told.code] += 1
        assert "Traceback" not in told.out + told.err
        if told.code == 2:
            assert told.err.strip() and all(line.startswith("pathway: ") for line in told.err.splitlines())

    fuzz()
    with Store(str(file), PATHWAY, create=False) as store:
        assert verify_log(store).damage == ()
    assert codes[0] and codes[2]
    figure(f"{sum(codes.values()):,} fuzzed command lines; by exit code {codes}, no traceback")


@pytest.mark.parametrize("born", [None, "2024-12-22", datetime(2024, 12, 22), date(1800, 1, 1), date(2300, 1, 1), 7])
def test_what_is_no_date_of_birth_opens_nothing(tmp_path, born):
    with Store(str(tmp_path / "cases.db"), PATHWAY) as store:
        with pytest.raises(BadInput, match="born: "):
            store.open_case("C1", born=born, by="ward", now=NOW)
        assert store.count() == (0, 0)
