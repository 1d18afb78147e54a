"""A worklist of 100,000 cases takes little memory, and a page of the list of cases is found by an index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store import kept
from pathway.store.store import Store
from pathway.store.worklist import all_cases, listed, page_of_cases, worklist
from tests.children import INDEX_COUNT, NORMAL_COUNT
from tests.cli.terminal import pathway
from tests.counts import tries
from tests.store.children import NOW, opened, tamper, tell

CASES = tries(4_000, 100_000)
MOST = 120 if CASES < 100_000 else 300
"""Megabytes. With all cases in memory, 20,000 of this kind took 869 MB, and 100,000 took 4,125 MB."""
COMMAND = """
import sys
from pathway.cli import run
code = run(sys.argv[1:])
(peak,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(code, int(peak) / 1024, file=sys.stderr)
"""
"""Not `getrusage`: its figure is at least that of the process that started this one."""
MANY = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most)
INSERT INTO cases SELECT printf('case %06d', n), sequence, hash, pathway_digest, state, open, urgency, pressing_from,
overdue_from, schedule FROM numbers, cases WHERE case_id = 'C1'
"""


def filled(folder, cases):
    """The file of a store that has one case with its entries, and rows alone of so many others."""
    url = str(folder / "cases.db")
    with Store(url, PATHWAY) as store:
        tell(opened(store), INDEX_COUNT)
        worklist(store, at=NOW)
        with store.database.writing() as connection:
            connection.execute(text(MANY), {"most": cases - 1})
    return url


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="the most memory is not told here")
def test_a_long_worklist_is_written_case_by_case_in_little_memory(tmp_path, figure):
    url, out = filled(tmp_path, CASES), tmp_path / "worklist.json"
    words = ["worklist", "--limit", "100000", "--json", "--at", "2026-01-23T09:00:00Z", "--store", url]
    with out.open("wb") as written:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words], stdout=written, stderr=subprocess.PIPE, text=True, check=True
        )
    code, peak = done.stderr.split()
    size = out.stat().st_size / 2**20
    figure(f"a worklist of {CASES:,} cases as JSON, {size:.0f} MB of text, in {float(peak):.0f} MB of memory")
    assert code == "0" and float(peak) < MOST
    found = json.loads(out.read_bytes())
    assert found["open_cases"] == len(found["cases"]) == len({one["case"] for one in found["cases"]}) == CASES
    assert found["pathway"]["digest"] == PATHWAY.digest


def test_the_text_of_a_worklist_is_that_of_its_data(tmp_path):
    url = filled(tmp_path, 3)
    for words in ((), ("--limit", "1"), ("--state", "follow_up")):
        told = pathway("worklist", "--json", "--at", "2026-01-23T09:00:00Z", "--store", url, *words)
        assert told.out == json.dumps(told.data, indent=1, ensure_ascii=False) + "\n"
        assert len(told.data["cases"]) == {(): 3, ("--limit", "1"): 1}.get(words, 0)


def test_who_reads_a_worklist_slowly_holds_no_transaction_open(store):
    tell(opened(store), INDEX_COUNT)
    with listed(store, at=NOW) as listing:
        rows = iter(listing)
        assert next(rows).case_id == "C1"
        tell(opened(store, "C2"), INDEX_COUNT)  # refused where one is open on this thread
        assert [one.case_id for one in listing] == ["C1"], "the cases are those of one moment"
    tell(opened(store, "C3"), INDEX_COUNT)
    store.projection.catch_up()
    cases = all_cases(store)
    next(cases)
    tell(opened(store, "C4"), INDEX_COUNT)


def test_a_damaged_row_is_told_before_the_first_case_is_printed(tmp_path):
    url = filled(tmp_path, 5)
    with Store(url, PATHWAY) as store:
        tamper(store, "UPDATE cases SET schedule = '{}' WHERE case_id = 'case 000004'")
    told = pathway("worklist", "--json", "--store", url)
    assert (told.code, told.out) == (2, "") and "a row of the worklist is damaged" in told.faults[0]


def _full(_):
    return Path("/dev/full").open("w+b")  # closed by who asked for it


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no such device here")
def test_a_worklist_that_finds_no_room_can_be_tried_again(store, monkeypatch):
    monkeypatch.setattr(kept.tempfile, "SpooledTemporaryFile", _full)
    tell(opened(store), INDEX_COUNT)
    with pytest.raises(Unavailable, match="no space left on device; nothing was listed"):
        worklist(store, at=NOW)


# --- the list of cases ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [True, False])
def test_a_page_of_the_list_is_found_by_an_index_and_nothing_is_sorted(tmp_path, every):
    with Store(tmp_path / "cases.db", PATHWAY) as store, store.database.reading() as connection:
        asked = page_of_cases("C1", 100, every=every).compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert plan == ["SEARCH cases USING PRIMARY KEY (case_id>?)"]


def test_the_pages_of_the_list_are_the_list(store):
    for number in range(7):
        tell(opened(store, f"C{number}"), NORMAL_COUNT if number in (2, 3, 6) else INDEX_COUNT)
    store.projection.catch_up()
    for every, names in ((True, "0123456"), (False, "0145")):
        for size in (1, 2, 3, 100):
            pages, after = [], ""
            while page := [row[0] for row in all_cases(store, after=after, limit=size, every=every)]:
                assert len(page) <= size
                pages += page
                after = page[-1]
            assert pages == [f"C{number}" for number in names] == [row[0] for row in all_cases(store, every=every)]


def test_a_page_says_where_the_next_begins(tmp_path):
    url = filled(tmp_path, 4)
    said, names, after = [], [], ""
    while after is not None:
        data = pathway("case", "list", "--limit", "2", "--after", after, "--json", "--store", url).data
        names += [one["case"] for one in data["cases"]]
        after = data["next"]
        said.append(after)
    assert said == ["case 000001", None] and names == ["C1", "case 000001", "case 000002", "case 000003"]
    told = pathway("case", "list", "--limit", "2", "--store", url).out
    assert "There are more: --after 'case 000001'" in told
    assert "There are more" not in pathway("case", "list", "--store", url).out
    assert "There are more" not in pathway("case", "list", "--limit", "4", "--store", url).out
    assert pathway("case", "list", "--limit", "0", "--store", url).code == 2
