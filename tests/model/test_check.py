"""A pathway that contradicts itself cannot be made: each fault of form is found by name, and all at once."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import PATHWAY, Pathway
from pathway.definition.conditions import (
    AGE,
    AGE_AT_DIAGNOSIS,
    FEVER_FOR_AN_HOUR,
    FEVER_SETTLED,
    FEVER_TRIGGER,
    SAME_DAY,
)
from pathway.definition.facts import FEVER, WBC
from pathway.model.check import faults_of
from pathway.model.derived import Captured, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.errors import DefinitionError
from pathway.model.events import EventField
from pathway.model.facts import Flag
from pathway.model.guards import (
    ALWAYS,
    Below,
    Compare,
    IsTrue,
    Known,
    Named,
    OneOf,
    Within,
    at_least,
    in_force,
    in_report,
    in_state,
    shown,
)
from pathway.model.rules import Closing
from tests.model.broken import AUTHORITY, OWNER, faults, first, named, when


def test_the_pathway_itself_has_no_fault_of_form():
    assert faults_of(PATHWAY) == []
    assert isinstance(evolve(PATHWAY), Pathway)


def test_all_faults_are_found_at_once_one_line_each():
    found = faults(initial="nowhere", banner_cites=(), **first("transitions", target="limbo", cites=("S999",)))
    assert set(found) >= {
        "initial: unknown state 'nowhere'",
        f"{OWNER}: unknown state 'limbo'",
        "banner: cites nothing",
        f"{OWNER}: cites unknown 'S999'",
    }
    assert not any("\n" in line for line in found)
    with pytest.raises(DefinitionError, match=r"nowhere.*\n.*limbo"):
        evolve(PATHWAY, initial="nowhere", **first("transitions", target="limbo"))


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["states", "facts", "conditions", "events", "transitions", "advice", "orders", "invariants"]
)
def test_a_name_that_is_defined_twice_is_refused(kind):
    one = getattr(PATHWAY, kind)[0]
    what = kind if kind == "advice" else kind.rstrip("s")
    name = getattr(one, "id", None) or one.name
    assert f"{what} {name}: defined 2 times" in faults(**{kind: (*getattr(PATHWAY, kind), one)})


def test_a_fact_and_a_derived_fact_cannot_have_one_name():
    assert "fact same_day: defined 2 times" in faults(facts=(*PATHWAY.facts, Flag("same_day", "x", cites=("S32",))))


def test_what_computes_a_fact_does_not_define_it_a_second_time():
    assert any(isinstance(one, Product) and one.name == "blasts" for one in PATHWAY.derived)


@pytest.mark.parametrize("kind", ["statements", "notes", "literature"])
def test_a_citation_that_is_defined_twice_is_refused(kind):
    one = getattr(PATHWAY, kind)[0]
    assert f"citation {one.id}: defined 2 times" in faults(**{kind: (*getattr(PATHWAY, kind), one)})


def test_a_contradiction_that_is_defined_twice_is_refused():
    faults(contradictions=(*PATHWAY.contradictions, PATHWAY.contradictions[0]))


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"initial": "start"}, "initial: unknown state 'start'"),
        ({"groups": (("quiet", ("asleep",)),)}, "group quiet: unknown state 'asleep'"),
        (first("transitions", sources=("smear", "blood")), f"{OWNER}: unknown state 'blood'"),
        (first("transitions", target="home"), f"{OWNER}: unknown state 'home'"),
        (first("transitions", on="phoned"), f"{OWNER}: unknown event 'phoned'"),
        (first("transitions", renews=("luck",)), f"{OWNER}: unknown fact 'luck'"),
        (first("transitions", closes=Closing(keeps=("luck",))), f"{OWNER}: unknown fact 'luck'"),
        (first("events", fields=(EventField("luck"),)), "event blood_count_reported: unknown fact 'luck'"),
        (first("events", records=("luck",)), "event blood_count_reported: unknown fact 'luck'"),
        (first("events", rest_absent=("wbc", ("luck",))), "event blood_count_reported: unknown fact 'luck'"),
        (
            first("events", authority=evolve(AUTHORITY, raises="luck")),
            "event blood_count_reported: unknown fact 'luck'",
        ),
        (named("advice", "smear_now", lists=("luck",)), "advice smear_now: unknown fact 'luck'"),
        (named("orders", "transplant", act="operated"), "order transplant: unknown event 'operated'"),
        (
            named("invariants", "resolved_only_in_range", states=("cured",)),
            "invariant resolved_only_in_range: unknown state 'cured'",
        ),
        (
            named("invariants", "no_contact_activity", order="allow_football"),
            "invariant no_contact_activity: unknown order 'allow_football'",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_rule_that_names_what_is_not_defined_is_refused(changes, line):
    assert line in faults(**changes)


@pytest.mark.parametrize(
    ("derived", "line"),
    [
        (Latched("x", "x", ALWAYS, ("S32",), cleared_by=("phoned",)), "derived x: unknown event 'phoned'"),
        (Held("x", "x", "luck", "1", 5, ("S32",)), "derived x: unknown fact 'luck'"),
        (Held("x", "x", "wbc", "1", 5, ("S32",), ("phoned",)), "derived x: unknown event 'phoned'"),
        (Settled("x", "x", "luck", "1", 5, ("S32",)), "derived x: unknown fact 'luck'"),
        (Captured("x", "x", "luck", "smear", "value", "1", ("S32",)), "derived x: unknown fact 'luck'"),
        (Captured("x", "x", "wbc", "home", "value", "1", ("S32",)), "derived x: unknown state 'home'"),
        (Product("luck", "wbc", "anc", 1, "x", ("S32",)), "derived luck: unknown fact 'luck'"),
        (Product("blasts", "luck", "anc", 1, "x", ("S32",)), "derived blasts: unknown fact 'luck'"),
        (Excess("x", "x", ("anc", "luck"), "wbc", 5, ("S32",)), "derived x: unknown fact 'luck'"),
        (Excess("x", "x", ("anc",), "luck", 5, ("S32",)), "derived x: unknown fact 'luck'"),
        (Grade("x", "x", "luck", (), "mild", ("S32",)), "derived x: unknown fact 'luck'"),
    ],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_a_derived_fact_that_names_what_is_not_defined_is_refused(derived, line):
    assert line in faults(derived=(*PATHWAY.derived, derived))


# --- guards ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guard", "line"),
    [
        (IsTrue("luck"), "unknown fact 'luck'"),
        (Known("luck"), "unknown fact 'luck'"),
        (~shown(FEVER & (WBC < 6) & IsTrue("luck")), "unknown fact 'luck'"),
        (at_least(1, FEVER, in_report(IsTrue("luck"))), "unknown fact 'luck'"),
        (in_state("smear", "home"), "unknown state 'home'"),
        (Named("lucky", ALWAYS), "unknown condition 'lucky'"),
        (OneOf("kmt2a", ("germline", "mutated")), "kmt2a has no option 'mutated'"),
        (OneOf("fever", ("high",)), "fever has no option 'high'"),
        (OneOf("reason", ("virus",)), "reason has no option 'virus'"),
        (Compare("fever", "<", 1), "fever is no amount"),
        (Compare("kmt2a", "<", 1), "kmt2a is no amount"),
        (Compare("same_day", "<", 1), "same_day is no amount"),
        (IsTrue("wbc"), "wbc is neither true nor false"),
        (IsTrue("age"), "age is neither true nor false"),
        (IsTrue("anc_grade"), "anc_grade is neither true nor false"),
        (Below("ldh"), "ldh has no reference interval"),
        (Within("fever"), "fever has no reference interval"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_guard_that_asks_what_cannot_be_answered_is_refused(guard, line):
    assert f"{OWNER}: {line}" in when(guard)


@pytest.mark.parametrize(
    "fact", [SAME_DAY, FEVER_FOR_AN_HOUR, FEVER_SETTLED, FEVER_TRIGGER], ids=lambda fact: fact.name
)
def test_what_has_memory_is_not_part_of_a_report(fact):
    assert f"{OWNER}: {fact.name} is not part of a report" in when(in_report(fact))
    assert isinstance(evolve(PATHWAY, **first("transitions", when=fact.as_guard())), Pathway)


@pytest.mark.parametrize("guard", [AGE < 6, AGE_AT_DIAGNOSIS < 6], ids=["age", "age_at_diagnosis"])
def test_an_age_is_not_part_of_a_report(guard):
    assert "is not part of a report" in when(in_report(guard))[0]


@pytest.mark.parametrize("kind", ["transitions", "advice", "conditions", "contradictions", "notes"])
def test_only_an_order_or_an_invariant_may_ask_whether_an_advice_is_in_force(kind):
    """Both are asked after the advice has settled; anything else would depend on the order of evaluation."""
    attribute = "guard" if kind == "conditions" else "when"
    found = faults(**first(kind, **{attribute: in_force("smear_now")}))
    assert any(line.endswith("only an order or an invariant may ask whether an advice is in force") for line in found)


def test_an_order_may_ask_only_for_an_advice_that_there_is():
    assert "order transplant: unknown advice 'rest'" in faults(
        **named("orders", "transplant", refused=in_force("rest"))
    )
    assert isinstance(evolve(PATHWAY, **named("orders", "transplant", refused=in_force("smear_now"))), Pathway)


def test_a_state_may_not_wait_for_an_advice_and_an_invariant_may_ask_for_one():
    line = "state smear: only an order or an invariant may ask whether an advice is in force"
    assert line in faults(**named("states", "smear", waits=in_force("smear_now")))
    assert isinstance(evolve(PATHWAY, **named("invariants", "the_hold_stays", what=in_force("smear_now"))), Pathway)
    assert "invariant the_hold_stays: unknown advice 'rest'" in faults(
        **named("invariants", "the_hold_stays", what=in_force("rest"))
    )


GUARDED = [
    ("scope", lambda guard: {"scope": guard}),
    ("condition", lambda guard: first("conditions", guard=guard)),
    ("derived", lambda guard: named("derived", "same_day", when=guard)),
    ("event", lambda guard: named("events", "smear_reported", authority=evolve(AUTHORITY, when=guard))),
    ("event", lambda guard: named("events", "smear_reported", authority=evolve(AUTHORITY, on=guard))),
    ("advice", lambda guard: first("advice", when=guard)),
    ("advice", lambda guard: first("advice", until=guard)),
    ("advice", lambda guard: named("advice", "offer_trial", lapses=guard)),
    ("order", lambda guard: first("orders", refused=guard)),
    ("order", lambda guard: first("orders", permitted=guard)),
    ("order", lambda guard: first("orders", act_when=guard)),
    ("order", lambda guard: first("orders", matters=guard)),
    ("contradiction", lambda guard: first("contradictions", when=guard)),
    ("note", lambda guard: first("notes", when=guard)),
    ("state", lambda guard: first("states", waits=guard)),
    ("invariant", lambda guard: named("invariants", "nobody_waits_with_a_criterion", holds=guard)),
    ("invariant", lambda guard: named("invariants", "resolved_only_in_range", requires=guard)),
    ("invariant", lambda guard: named("invariants", "the_hold_stays", what=guard)),
    ("invariant", lambda guard: named("invariants", "the_hold_stays", unless=guard)),
    ("invariant", lambda guard: named("invariants", "no_contact_activity", when=guard)),
]


@pytest.mark.parametrize(("owner", "place"), GUARDED)
def test_a_guard_is_looked_at_wherever_one_may_stand(owner, place):
    (line,) = [line for line in faults(**place(IsTrue("luck"))) if "luck" in line]
    assert line.startswith(owner) and line.endswith("unknown fact 'luck'")


def test_a_rule_and_the_condition_that_it_names_must_say_the_same():
    faults(**first("transitions", when=Named("qualified_smear", ALWAYS)))


def test_at_least_so_many_of_nothing_is_refused():
    when(at_least(0))


def test_a_limit_that_is_no_number_is_refused():
    when(WBC < "NaN")
