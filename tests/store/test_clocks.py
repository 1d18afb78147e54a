"""Clocks that differ between those who write: told when it happens, and nobody is kept from withdrawing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from pathway import PATHWAY, BadInput
from pathway.store.audit import verify_log
from pathway.store.clocks import TOLD_FROM, words
from pathway.store.store import Store
from tests.children import BORN, INDEX_COUNT, NINE, NORMAL_COUNT, at
from tests.cli.terminal import pathway
from tests.store.children import opened

AHEAD = NINE + timedelta(hours=1)


@pytest.fixture
def case(store):
    """A count that was recorded by a machine whose clock is an hour ahead."""
    made = opened(store)
    made.record(INDEX_COUNT, at=AHEAD, by="laboratory", now=AHEAD)
    return made


def test_an_entry_from_a_clock_that_is_ahead_can_be_withdrawn_at_once(store, case):
    done = case.withdraw("e1", at=at(5), by="ward", now=at(5), reason="another child's sample")
    assert done.clock_behind == timedelta(minutes=55)
    assert done.entry.happened_at == done.entry.recorded_at == case.told()[0].at.isoformat(
        timespec="microseconds").replace("+00:00", "Z")  # fmt: skip
    assert store.case("C1").case.timeline.ledger.entries[-1].kind == "withdrawal"
    assert verify_log(store).damage == ()


def test_it_can_be_corrected_and_the_correction_be_acknowledged_by_a_clock_that_is_behind(store, case):
    corrected = case.correct("e1", NORMAL_COUNT, at=at(5), by="laboratory", now=at(5))
    assert corrected.step.proposed and corrected.clock_behind
    case.acknowledge("e1", at=at(6), by="Dr H", now=at(6))
    assert not store.case("C1").case.pending and verify_log(store).damage == ()


def test_what_is_not_of_a_moment_to_come_keeps_its_moment_and_a_wrong_one_is_refused(store):
    made = opened(store)
    made.record(INDEX_COUNT, at=at(10), by="laboratory", now=at(10))
    with pytest.raises(BadInput, match=r"withdraw: .* is before the entry e1"):
        made.withdraw("e1", at=at(5), by="ward", now=at(20))
    with pytest.raises(BadInput, match=r"withdraw: .* is later than now"):
        made.withdraw("e1", at=at(30), by="ward", now=at(20))
    done = made.withdraw("e1", at=at(20), by="ward", now=at(20))
    assert done.entry.happened_at.startswith("2026-01-22T09:20") and not done.clock_behind


def test_the_same_withdrawal_by_its_key_is_one_before_and_after_our_clock_gets_there(store, case):
    message = {"at": at(5), "by": "ward", "source": "ward", "key": "w-1"}
    first = case.withdraw("e1", now=at(5), **message)
    for later in (at(6), AHEAD + timedelta(hours=1)):
        again = store.case("C1").withdraw("e1", now=later, **message)
        assert again.already and again.entry == first.entry
    assert len(store.log_of("C1")) == 3


def test_a_clock_that_is_behind_is_told_when_it_writes_and_a_small_difference_is_not(store, case, caplog):
    caplog.set_level(logging.WARNING, "pathway.store")
    told = case.record(INDEX_COUNT, at=at(1), by="ward", now=at(1))
    assert told.clock_behind == timedelta(minutes=59)
    assert "a clock differs: the entry before was recorded 3540 s later than now" in caplog.text
    caplog.clear()
    almost = at(1) - TOLD_FROM + timedelta(seconds=1)
    assert not case.record(INDEX_COUNT, at=almost, by="ward", now=almost).clock_behind and not caplog.text


def test_the_command_line_tells_it_beside_what_was_recorded(tmp_path):
    url, now = str(tmp_path / "cases.db"), datetime.now(UTC).replace(microsecond=0)
    with Store(url, PATHWAY) as store:
        made = store.open_case("C1", born=BORN, by="ward", now=now - timedelta(hours=2))
        made.record(INDEX_COUNT, at=now + timedelta(minutes=10), by="laboratory", now=now + timedelta(minutes=10))
    said = pathway("case", "withdraw", "C1", "e1", "--by", "ward", "--store", url)
    assert said.code == 0, said.err
    told = " ".join(said.out.split())
    assert "! CLOCK this machine's clock is" in told and ("9 min behind" in told or "10 min behind" in told)
    said = pathway("case", "record", "C1", "haematology_consulted", "--by", "ward", "--store", url, "--json")
    assert 500 < said.data["clock_behind_seconds"] <= 600


def test_the_words_name_the_difference_in_a_unit_that_fits():
    found = [words(timedelta(seconds=seconds)).split(" behind")[0].split(" is ")[1] for seconds in (5, 600, 90_000)]
    assert found == ["5 s", "10 min", "25 h"]
