"""A store that version 0.1.0 of this program wrote opens, and answers what it answered then.

`before/cases.db.gz` was written by that program, `before/answers.json.gz` is what it printed of it. Four cases: one to
which nothing happened, one with a correction that waits, one with an override and a withdrawal under a name that looks
like another's, and one under a name that is not in the normal form.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.transfer import export
from tests.cli.terminal import pathway
from tests.frozen.answers import as_kept

BEFORE = Path(__file__).parent / "before"
ANSWERS = json.loads(gzip.decompress((BEFORE / "answers.json.gz").read_bytes()))
NAMES = ANSWERS["names"]
THEN = "2026-01-24T09:00:00Z"


@pytest.fixture
def url(tmp_path) -> str:
    file = tmp_path / "cases.db"
    file.write_bytes(gzip.decompress((BEFORE / "cases.db.gz").read_bytes()))
    return str(file)


def test_it_has_the_same_cases_and_nothing_in_it_is_damaged(url):
    with Store(url, PATHWAY, create=False) as store:
        assert store.names() == NAMES
        audit = verify_log(store)
    assert (audit.cases, audit.entries, audit.damage) == (4, 14, ())


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_each_case_has_the_same_plan_and_the_same_history(url, name):
    shown = pathway("case", "show", name, "--at", THEN, "--store", url, "--json").data
    assert as_kept(shown, ANSWERS["show"][name]) == ANSWERS["show"][name]
    assert (shown["held"], shown["set_aside"], any(line["offered"] for line in shown["advice"])) == ([], [], False)
    assert pathway("case", "history", name, "--store", url, "--json").data == ANSWERS["history"][name]


@pytest.mark.parametrize("args", [(), ("--rebuild",)], ids=str)
def test_the_worklist_is_the_same_also_when_it_is_made_anew(url, args):
    found = pathway("worklist", "--at", THEN, "--store", url, "--json", *args).data
    assert {name: found[name] for name in ANSWERS["worklist"]} == ANSWERS["worklist"]


def test_it_takes_further_entries_and_new_cases_but_no_look_alike(url):
    words = ("haematology_consulted", "--by", "ward", "--store", url)
    for name in NAMES:
        assert pathway("case", "record", name, *words).code == 0
    assert pathway("case", "open", "C2", "--age", "13mo", "--by", "ward", "--store", url).code == 0
    done = pathway("case", "open", "\u04211", "--age", "13mo", "--by", "ward", "--store", url)
    assert done.code == 2 and "looks like 'C1'" in done.err
    with Store(url, PATHWAY, create=False) as store:
        assert verify_log(store).damage == () and sum(1 for _ in export(store)) > 17
