"""A definition has limits, each with a name: what is over one is refused in a line, and costs little."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput
from pathway.model import bounds, check_guards
from pathway.model.canonical import from_json, to_json
from pathway.model.check_size import Measure
from pathway.model.errors import DefinitionError
from pathway.model.guards import REPORT, All, AnyOf, Known, Named, Not, rescoped
from pathway.model.pathway import Condition
from pathway.model.units import exact
from tests.model.test_forms import faults, first

LEAF = Known("anc")


def wide(nodes):
    """A guard of so many nodes."""
    return All((LEAF,) * (nodes - 1))


def deep(levels):
    """A guard whose nodes stand so deep in each other."""
    guard = LEAF
    for _ in range(levels - 1):
        guard = Not(guard)
    return guard


def doubling(count, scope="episode"):
    """The JSON of the pathway with so many conditions, each of which names the one before twice."""
    data = json.loads(to_json(PATHWAY))
    listed = data["pathway"]["conditions"]
    listed.append({**listed[0], "name": "double_0", "guard": ["known", "anc", "episode"]})
    for number in range(1, count):
        before = ["named", f"double_{number - 1}", scope]
        listed.append({**listed[0], "name": f"double_{number}", "guard": ["all", [before, ["not", before]]]})
    return json.dumps(data)


@pytest.mark.parametrize("scope", ["episode", "report", "latest"])
def test_conditions_that_name_each_other_twice_are_refused_before_they_are_unfolded(scope, monkeypatch):
    asked = []
    monkeypatch.setattr(check_guards, "rescoped", lambda guard, scope: asked.append(1) or rescoped(guard, scope))
    with pytest.raises(BadInput) as refused:
        from_json(doubling(40, scope))
    (line,) = refused.value.faults
    assert line.startswith("this is no pathway: condition double_")
    assert f"nodes with its conditions unfolded; {bounds.NODES:,} are the most" in line
    assert not asked


def test_a_chain_of_conditions_may_be_long_but_not_too_deep():
    data = json.loads(to_json(PATHWAY))
    listed = data["pathway"]["conditions"]
    for number in range(100):
        guard = ["known", "anc", "episode"] if number == 0 else ["not", ["named", f"chain_{number - 1}", "episode"]]
        listed.append({**listed[0], "name": f"chain_{number}", "guard": guard})
    with pytest.raises(BadInput, match=rf"condition chain_30: nodes of the guard stand 61 deep.*{bounds.GUARD_DEPTH}"):
        from_json(json.dumps(data))


def test_what_several_guards_name_is_shared_and_not_copied():
    data = json.loads(doubling(3, "report"))
    read = from_json(json.dumps(data))
    one, other = read.condition("double_2").guard.of
    assert isinstance(one, Named) and one.scope == REPORT
    assert one.of is other.of.of


def test_a_guard_is_measured_with_its_conditions_unfolded():
    condition = Named("c", AnyOf((LEAF, Not(LEAF))))
    assert Measure().of(All((condition, condition, LEAF))) == (1 + 2 * (1 + 4) + 1, 5)


def test_measuring_costs_what_is_written_and_not_what_is_meant():
    guard = LEAF
    for _ in range(5_000):
        guard = All((guard, guard))
    assert Measure().of(guard).nodes == 2**5001 - 1


@pytest.mark.parametrize(("fits", "too_much"), [(wide(bounds.NODES), wide(bounds.NODES + 1)),
                                                (deep(bounds.GUARD_DEPTH), deep(bounds.GUARD_DEPTH + 1))],
                         ids=["nodes", "depth"])  # fmt: skip
def test_a_guard_on_the_limit_is_taken_and_one_above_it_is_not(fits, too_much):
    def listed(guard):
        return {"conditions": (*PATHWAY.conditions, Condition("own", "own", guard, ("S31",)))}

    assert evolve(PATHWAY, **listed(fits))
    (line,) = faults(**listed(too_much))
    assert line.startswith("condition own: ") and "the most" in line


def test_all_guards_together_have_a_limit_by_themselves_and_times_the_states(monkeypatch):
    monkeypatch.setattr("pathway.model.check_size.ALL_NODES", 3_000)
    assert any("pathway: its guards have" in line and "3,000 are the most" in line for line in faults(version="9"))
    monkeypatch.setattr("pathway.model.check_size.ALL_NODES", 100_000)
    monkeypatch.setattr("pathway.model.check_size.ALL_NODES_BY_STATE", 40_000)
    assert any("times 14 states are" in line for line in faults(version="9"))


def test_a_list_has_a_longest_length():
    many = tuple(Condition(f"c{number}", "c", LEAF, ("S31",)) for number in range(bounds.PARTS + 1))
    assert f"conditions: {bounds.PARTS + 1:,} of them; {bounds.PARTS:,} are the most" in faults(conditions=many)


@pytest.mark.parametrize(
    "change",
    [
        {"oldest_years": 0}, {"oldest_years": 151}, {"oldest_years": True}, {"oldest_years": 10**30},
        first("advice", due_day=-1), first("advice", due_day=366 * 150 + 1),
        first("advice", overdue_after_day=10**9),
    ],
    ids=str,
)  # fmt: skip
def test_a_span_that_no_child_lives_is_refused(change):
    assert any("write a whole number from" in line and len(line) < 200 for line in faults(**change))


@pytest.mark.parametrize("number", ["1" + "0" * 41, "0." + "0" * 41 + "1", "1." + "1" * 41, "1E+1000000", "1E-1000000"])
def test_a_number_of_a_definition_has_no_more_digits_than_an_amount_needs(number):
    with pytest.raises(DefinitionError, match=f"has more than {bounds.DIGITS} digits"):
        exact(number)
    text = to_json(PATHWAY).replace('"limit":"38"', f'"limit":"{number}"')
    with pytest.raises(BadInput) as refused:
        from_json(text)
    assert all(len(line) < 250 for line in refused.value.faults)


def test_a_number_on_the_limit_is_taken():
    assert exact("1" * bounds.DIGITS) == Decimal("1" * bounds.DIGITS)
