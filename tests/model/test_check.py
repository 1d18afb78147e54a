"""A pathway that contradicts itself cannot be made: each fault of form is found by name, and all at once."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Pathway
from pathway.definition.conditions import (
    AGE,
    AGE_AT_DIAGNOSIS,
    FEVER_FOR_AN_HOUR,
    FEVER_SETTLED,
    FEVER_TRIGGER,
    QUALIFIED_SMEAR,
    SAME_DAY,
)
from pathway.definition.facts import FEVER, KMT2A, WBC
from pathway.model.canonical import from_json, to_json
from pathway.model.check import cited, faults_of
from pathway.model.citations import Statement
from pathway.model.derived import Captured, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.errors import DefinitionError
from pathway.model.events import EventField
from pathway.model.facts import Flag
from pathway.model.guards import (
    ALWAYS,
    Below,
    Compare,
    Guard,
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
from pathway.model.pathway import Condition
from pathway.model.rules import Closing, Transition


def faults(**parts: Any) -> tuple[str, ...]:
    """What is wrong with the pathway in which these parts are others."""
    with pytest.raises(DefinitionError) as refused:
        evolve(PATHWAY, **parts)
    return refused.value.faults


def first(kind: str, **changes: Any) -> dict[str, Any]:
    """The parts of a kind, the first of them changed."""
    one, *others = getattr(PATHWAY, kind)
    return {kind: (evolve(one, **changes), *others)}


def named(kind: str, name: str, **changes: Any) -> dict[str, Any]:
    """The parts of a kind, the one of that name changed."""
    return {
        kind: tuple(
            evolve(one, **changes) if name in (getattr(one, "id", ""), getattr(one, "name", "")) else one
            for one in getattr(PATHWAY, kind)
        )
    }


def when(guard: Guard) -> tuple[str, ...]:
    """What is wrong where a transition asks for a guard."""
    return faults(**first("transitions", when=guard))


AUTHORITY = PATHWAY.event_type("smear_reported").authority
OWNER = f"transition {PATHWAY.transitions[0].id}"


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


# --- states ---------------------------------------------------------------------------------------------------------


def test_a_state_waits_for_something_or_is_an_end_of_the_source():
    line = "state smear: neither waits for anything nor is an end of the source"
    assert line in faults(**named("states", "smear", waits=None))
    assert isinstance(evolve(PATHWAY, **named("states", "smear", waits=None, end="the source ends here")), Pathway)


# --- advice ---------------------------------------------------------------------------------------------------------


def test_urgent_advice_without_an_end_is_refused():
    line = "urgent advice ends by completion alone; give it `until` and no `lapses`"
    assert f"advice smear_now: {line}" in faults(**named("advice", "smear_now", until=None))
    assert f"advice smear_now: {line}" in faults(**named("advice", "smear_now", lapses=in_state("resolved")))
    assert f"advice hydration: {line}" in faults(**named("advice", "hydration", urgency="now", until=None))


def test_advice_that_is_not_urgent_may_last_as_long_as_its_ground():
    assert isinstance(evolve(PATHWAY, **named("advice", "hydration", until=None)), Pathway)


def test_an_urgency_that_there_is_not_is_refused():
    faults(**named("advice", "hydration", urgency="tomorrow"))


# --- citations ------------------------------------------------------------------------------------------------------


CITING = (
    "states", "facts", "derived", "conditions", "events", "transitions", "advice", "orders", "contradictions",
    "invariants",
)  # fmt: skip


@pytest.mark.parametrize("kind", CITING)
def test_whatever_cites_nothing_is_refused(kind):
    one = getattr(PATHWAY, kind)[0]
    what = kind if kind in ("advice", "derived") else kind.rstrip("s")
    assert f"{what} {getattr(one, 'id', None) or one.name}: cites nothing" in faults(**first(kind, cites=()))


@pytest.mark.parametrize("what", ["banner", "scope", "override"])
def test_what_is_said_of_the_pathway_as_a_whole_cites_something(what):
    assert f"{what}: cites nothing" in faults(**{f"{what}_cites": ()})


def test_a_citation_that_leads_nowhere_is_refused():
    assert "state initial_labs: cites unknown 'S112'" in faults(**first("states", cites=("S01", "S112")))
    assert "note N01: about unknown 'S999'" in faults(**first("notes", about=("S999",)))


def test_a_statement_is_either_cited_or_listed_as_not_modelled():
    stray = Statement("S112", "footer", "Something that no rule cites.", "note")
    line = "statement S112: neither cited nor listed as not modelled"
    assert line in faults(statements=(*PATHWAY.statements, stray))
    listed = evolve(stray, not_modelled="it concerns the visitor, not the child")
    assert isinstance(evolve(PATHWAY, statements=(*PATHWAY.statements, listed)), Pathway)
    assert "statement S32: listed as not modelled, and cited" in faults(
        **named("statements", "S32", not_modelled="too hard")
    )


def test_everything_that_decides_or_is_shown_is_among_what_must_cite():
    owners = [owner for owner, _ in cited(PATHWAY)]
    for kind in CITING:
        what = kind if kind in ("advice", "derived") else kind.rstrip("s")
        assert {f"{what} {getattr(one, 'id', None) or one.name}" for one in getattr(PATHWAY, kind)} <= set(owners), kind
    assert {f"reference {row.fact} {row.band()}" for row in PATHWAY.reference.rows} <= set(owners)
    assert len(set(owners)) == len(owners)


def test_every_statement_and_every_note_is_there():
    assert [one.id for one in PATHWAY.statements] == [f"S{number:02}" for number in range(1, 112)]
    assert [one.id for one in PATHWAY.notes] == [f"N{number:02}" for number in range(1, 55)]


@pytest.mark.parametrize("changes", [{"when": None}, {"words": "  "}, {"choice": ""}], ids=str)
def test_a_note_says_what_is_doubtful_what_is_done_about_it_and_where_it_matters(changes):
    assert faults(**first("notes", **changes))[0].startswith("note N01: ")


# --- what it is called ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["id", "version"])
@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a\nb", "a\n", "../../pwn", "/etc", ".hidden", "-x", "a\0", "\u00e4", "x" * 101], ids=ascii
)
def test_a_pathway_is_called_by_a_name_that_a_file_can_have(what, name):
    (line,) = faults(**{what: name})
    assert line.startswith(f"{what}: '") and "\n" not in line
    assert f"is no {what} of a pathway; write 1 to 100 letters from a to z, digits and '.', '_', '+' or '-'" in line


@pytest.mark.parametrize("name", ["0", "x" * 100, "1.0.0-rc.1+build_7", "leukopenia-small-child"])
def test_the_usual_names_and_version_numbers_are_taken(name):
    changed = evolve(PATHWAY, id=name, version=name)
    assert from_json(to_json(changed)) == changed


def test_a_pathway_from_a_file_with_an_impossible_version_is_refused_with_that_line():
    with pytest.raises(BadInput, match=r"version: '\.\./pwn' is no version of a pathway"):
        from_json(to_json(PATHWAY).replace(f'"version":"{PATHWAY.version}"', '"version":"../pwn"'))


# --- a second pathway -----------------------------------------------------------------------------------------------


def test_a_rule_of_ones_own_can_be_added_and_removed():
    rule = Transition("to_smear_again", ("exam",), "smear", QUALIFIED_SMEAR, "again", ("S13",))
    assert evolve(PATHWAY, transitions=(*PATHWAY.transitions, rule)).digest != PATHWAY.digest


def test_a_condition_of_ones_own_must_be_listed():
    own = Condition("ill", "ill", FEVER.as_guard(), ("S31",))
    assert f"{OWNER}: unknown condition 'ill'" in when(own.as_guard())
    listed = {"conditions": (*PATHWAY.conditions, own), **first("transitions", when=own.as_guard() & KMT2A.known())}
    assert isinstance(evolve(PATHWAY, **listed), Pathway)


def without_days(one: Any) -> Any:
    """A rule that asks for the days in a state asks for the state instead."""
    guards = ("when", "until", "lapses", "guard", "waits", "requires")
    asked = [name for name in guards if "days_in_state" in repr(getattr(one, name, None))]
    return evolve(one, **dict.fromkeys(asked, in_state("follow_up"))) if asked else one


def test_a_pathway_without_its_clocks_is_refused():
    kinds = ("conditions", "transitions", "advice", "contradictions", "notes", "states", "invariants")
    changes = {kind: tuple(without_days(one) for one in getattr(PATHWAY, kind)) for kind in kinds}
    derived = tuple(without_days(one) for one in PATHWAY.derived if one.name != "days_in_state")
    found = faults(derived=derived, **changes)
    assert not any("unknown fact" in line for line in found)
