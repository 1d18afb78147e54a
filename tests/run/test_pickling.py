"""Copies and pickles of cases and plans: equal to the original, of their own, and with one pathway in a process."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Case, Override, Plan
from pathway.definition.frozen import frozen_pathway
from pathway.model.canonical import to_json, with_changes
from pathway.run.compiled import compiled
from tests.children import BORN, CALL, CLEAR_EXAM, INDEX_COUNT, NINE, NORMAL_COUNT, at, told


def corrected() -> Case:
    """A low count that is corrected, which waits; an override, and an examination. The case is of Berlin."""
    case = told(INDEX_COUNT, zone="Europe/Berlin")
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab", taken_at=at(5))
    case.propose("order_bone_marrow", at=at(90), override=Override("Dr A", "bleeding"))
    case.record(CLEAR_EXAM, at=at(120), by="ward")
    assert len(case.pending) == 1
    return case


COPIES = {
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    "Case.copy": Case.copy,
    "pickle": lambda case: pickle.loads(pickle.dumps(case)),
}
every_copy = pytest.mark.parametrize("made", COPIES.values(), ids=COPIES)


# --- cases ----------------------------------------------------------------------------------------------------------


@every_copy
def test_a_copy_of_a_case_is_equal_and_says_the_same(made):
    case = corrected()
    twin = made(case)
    assert twin is not case and twin == case and twin.to_json() == case.to_json()
    assert twin.plan(at=at(180)) == case.plan(at=at(180))
    assert (twin.pathway, twin.timezone, twin.born) == (PATHWAY, "Europe/Berlin", BORN)
    assert twin.pathway is PATHWAY


@every_copy
def test_what_is_recorded_in_a_copy_is_not_recorded_in_the_original_and_the_other_way_round(made):
    case = corrected()
    twin, before, plan = made(case), case.to_json(), case.plan(at=at(180)).to_json()
    twin.acknowledge("e2", at=at(130), by="Dr A")
    twin.record(CALL, at=at(20))
    assert (case.to_json(), case.plan(at=at(180)).to_json()) == (before, plan)
    assert [one.id for one in case.pending] == ["e2"] and twin.pending == ()
    after = twin.to_json()
    case.record(INDEX_COUNT, at=at(140))
    assert twin.to_json() == after


@every_copy
def test_a_copy_goes_on_as_the_original_would(made):
    case = corrected()
    twin = made(case)
    for event, moment in ((CALL, at(15)), (NORMAL_COUNT, at(200))):
        assert twin.record(event, at=moment).to_json() == case.record(event, at=moment).to_json()
    acknowledged = [one.acknowledge("e2", at=at(210), by="Dr A").to_json() for one in (twin, case)]
    assert acknowledged[0] == acknowledged[1] and twin == case


def test_a_list_with_a_case_in_it_twice_is_copied_with_one_case_in_it_twice():
    case = corrected()
    one, two = copy.deepcopy([case, case])
    assert one is two and one is not case


def test_the_log_of_a_pickle_is_refused_with_another_pathway():
    case = corrected()
    kind, parts = case.__reduce__()
    with pytest.raises(BadInput, match="another pathway"):
        kind(frozen_pathway("0.1.0"), *parts[1:])


# --- plans ----------------------------------------------------------------------------------------------------------

PLAN_COPIES = {
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    "pickle": lambda plan: pickle.loads(pickle.dumps(plan)),
}
every_plan_copy = pytest.mark.parametrize("made", PLAN_COPIES.values(), ids=PLAN_COPIES)


@every_plan_copy
def test_a_copy_of_a_plan_is_a_plan_that_says_the_same(made):
    plan = corrected().plan(at=at(180))
    twin = made(plan)
    assert isinstance(twin, Plan) and twin is not plan and twin == plan
    assert (twin.at, twin.at.tzinfo, twin.pending) == (plan.at, plan.at.tzinfo, plan.pending)


@every_plan_copy
def test_a_copy_of_a_plan_is_of_the_case_as_it_was_when_the_plan_was_made(made):
    case = told(INDEX_COUNT)
    plan = case.plan(at=at(60))
    said = plan.to_json()
    case.record(CALL, at=at(30))
    case.correct("e1", NORMAL_COUNT, at=at(40), by="lab")
    assert made(plan).to_json() == said and case.plan(at=at(60)).to_json() != said


def test_a_copy_of_a_plan_keeps_what_only_the_reading_with_what_waits_calls_for():
    plan = corrected().plan(at=at(180))
    assert pickle.loads(pickle.dumps(plan)).urgent == plan.urgent != ()


# --- pathways -------------------------------------------------------------------------------------------------------


def test_a_pathway_comes_back_as_the_pathway_that_is_here():
    assert pickle.loads(pickle.dumps(PATHWAY)) is PATHWAY
    assert copy.copy(PATHWAY) is PATHWAY and copy.deepcopy(PATHWAY) is PATHWAY
    frozen = frozen_pathway("0.1.0")
    assert pickle.loads(pickle.dumps(frozen)) == frozen


def test_a_pathway_that_differs_in_a_word_comes_back_as_itself():
    other = evolve(PATHWAY, title="Another title")
    again = pickle.loads(pickle.dumps(other))
    assert again is other and again != PATHWAY and again.title == "Another title"


def test_an_unknown_pathway_is_read_once_and_compiled_once_for_all_cases_that_bring_it():
    other = with_changes(PATHWAY, title="A pathway that goes away")
    cases = [Case(other, born=BORN) for _ in range(100)]
    for case in cases:
        case.record(INDEX_COUNT, at=NINE)
    pickles = [pickle.dumps(case) for case in cases]
    text = to_json(other)
    del case, cases, other
    code = (
        "import pickle, sys\n"
        "from pathway.run import compiled as module\n"
        "made = []\n"
        "init = module.CompiledPathway.__init__\n"
        "module.CompiledPathway.__init__ = lambda self, pathway: made.append(pathway) or init(self, pathway)\n"
        "cases = [pickle.loads(one) for one in pickle.load(sys.stdin.buffer)]\n"
        "assert len({id(case.pathway) for case in cases}) == len(made) == 1, len(made)\n"
        "assert 'pathway.definition' not in sys.modules\n"
        "from pathway.model.canonical import to_json\n"
        "sys.stdout.write(to_json(cases[0].pathway))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(pickles), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == text


def test_where_the_definition_is_imported_later_its_own_pathway_goes_before_the_one_that_was_read():
    code = (
        "import pickle, sys\n"
        "data = sys.stdin.buffer.read()\n"
        "read = pickle.loads(data)\n"
        "assert pickle.loads(data) is read and 'pathway.definition' not in sys.modules\n"
        "from pathway import PATHWAY\n"
        "assert PATHWAY == read and PATHWAY is not read\n"
        "assert pickle.loads(data) is PATHWAY\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(PATHWAY), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


# --- other processes ------------------------------------------------------------------------------------------------


def _planned(case: Case) -> Plan:
    return case.plan(at=at(180))


def _recorded(case: Case) -> tuple[Case, int]:
    """The case after a call, and how many pathways are compiled in this process."""
    case.record(CALL, at=at(150))
    return case, id(compiled(case.pathway))


def test_a_process_pool_takes_cases_and_gives_plans_and_cases_back():
    cases = [corrected(), told(INDEX_COUNT), told(NORMAL_COUNT), Case(PATHWAY, born=BORN)]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(_planned, cases)) == [_planned(case) for case in cases]
        made = list(pool.map(_recorded, cases))
    assert [case for case, _ in made] == [_recorded(case)[0] for case in cases]
    assert len({place for _, place in made}) == 1, "one compiled pathway serves all cases"
