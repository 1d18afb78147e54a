"""Slips of the pen in a definition are named in one line: a text for a tuple, a fact for a guard, a float."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput
from pathway.definition.facts import ANC, EXAMINED, KMT2A
from pathway.model.canonical import from_json, to_json
from pathway.model.derived import Grade, Held, Product
from pathway.model.errors import DefinitionError
from pathway.model.events import EventType
from pathway.model.facts import Choice, Quantity
from pathway.model.forms import form_faults
from pathway.model.guards import All, InState, Not
from pathway.model.reference import Interval
from pathway.model.units import AcceptedUnit


def faults(**parts):
    with pytest.raises(DefinitionError) as refused:
        evolve(PATHWAY, **parts)
    return refused.value.faults


def first(kind, **changes):
    (one, *rest) = getattr(PATHWAY, kind)
    return {kind: (evolve(one, **changes), *rest)}


RULE = PATHWAY.transitions[0].id


def test_the_pathway_itself_has_no_such_fault():
    assert form_faults(PATHWAY) == []


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (
            first("transitions", sources="smear"),
            f"transition {RULE}: sources is 'smear', where a tuple is wanted; write ('smear',)",
        ),
        (
            first("transitions", cites=["S12"]),
            f"transition {RULE}: cites is ['S12'], where a tuple is wanted",
        ),
        (first("transitions", cites=(12,)), f"transition {RULE}: a part of cites is 12, where a text is wanted"),
        (
            first("advice", lists="anc"),
            f"advice {PATHWAY.advice[0].id}: lists is 'anc', where a tuple is wanted; write ('anc',)",
        ),
        (first("states", title=None), "state initial_labs: title is None, where a text is wanted"),
        (
            first("transitions", when=EXAMINED),
            f"transition {RULE}: when is the Flag 'examined', where a guard is wanted; write .as_guard() behind it",
        ),
        (
            first("transitions", when=ANC),
            f"transition {RULE}: when is the Quantity 'anc', where a guard is wanted; compare it with something, or "
            "ask whether it is .known()",
        ),
        (first("transitions", when=True), f"transition {RULE}: when is True, where a guard is wanted"),
        (
            first("transitions", when=PATHWAY.conditions[0]),
            f"transition {RULE}: when is the Condition 'low_anc', where a guard is wanted; write .as_guard() behind it",
        ),
        (
            first("transitions", when=Not(All((EXAMINED,)))),
            f"transition {RULE}: a part of the guard is the Flag 'examined', where a guard is wanted; write "
            ".as_guard() behind it",
        ),
        (
            first("transitions", when=InState("smear")),
            f"transition {RULE}: states is 'smear', where a tuple is wanted; write ('smear',)",
        ),
        ({"banner_cites": "S03"}, "pathway: banner_cites is 'S03', where a tuple is wanted; write ('S03',)"),
        ({"states": "smear"}, "pathway: states is 'smear', where a tuple is wanted; write ('smear',)"),
        (
            {"groups": (("early", "smear"),)},
            "pathway: a part of a part of groups is 'smear', where a tuple is wanted; write ('smear',)",
        ),
        (
            first("advice", words="Call\nnow."),
            f"advice {PATHWAY.advice[0].id}: words has a line break or another sign that no line can hold; write it "
            "in one line",
        ),
        (
            {"title": "A\x1b[2Jpathway"},
            "pathway: title has a line break or another sign that no line can hold; write it in one line",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_slip_is_told_in_one_line_with_what_to_write(parts, fault):
    assert faults(**parts) == (fault,)


def test_two_slips_are_told_both_and_nothing_else_is_checked_yet():
    found = faults(**first("transitions", sources="smear"), **first("orders", cites="S92"), initial="nowhere")
    assert [one.split(":")[0] for one in found] == [f"transition {RULE}", f"order {PATHWAY.orders[0].id}"]


def test_no_slip_of_a_tuple_within_a_tuple_passes():
    kind = EventType("seen", "Seen", rest_absent=("nothing_else_found", "fever"), cites=("S27",))
    assert faults(events=(*PATHWAY.events, kind)) == (
        "event seen: a part of rest_absent is 'fever', where a tuple is wanted; write ('fever',)",
    )
    choice = evolve(KMT2A, yields=(("germline", "rearranged"),))
    facts = tuple(choice if one is KMT2A else one for one in PATHWAY.facts)
    assert faults(facts=facts) == (
        "fact kmt2a: a part of a part of yields is 'rearranged', where a tuple is wanted; write ('rearranged',)",
    )


# --- floats -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda: ANC < 0.1,
        lambda: ANC >= 0.1,
        lambda: ANC.is_(0.1),
        lambda: Quantity("q", "q", "1", (0, 0.1)),
        lambda: AcceptedUnit("/uL", factor=0.1),
        lambda: AcceptedUnit("/uL", divisor=0.1),
        lambda: AcceptedUnit("/uL", offset=0.1),
        lambda: AcceptedUnit("/uL", plausible=(0.1, 5)),
        lambda: Held("h", "h", "temperature", 0.1, 60, ("S62",)),
        lambda: Product("blasts", "wbc", "blasts_percent", 0.1, "computed", ("S41",)),
        lambda: Grade("g", "g", "anc", ((0.1, "severe"),), "mild", ("S20",)),
        lambda: Interval("anc", 0, None, 0.1, None, ("S20",)),
        lambda: Interval("anc", 0, None, 1, 0.1, ("S20",)),
    ],
)
def test_a_float_is_refused_wherever_a_definition_holds_an_amount(write):
    with pytest.raises(
        DefinitionError, match=r"^0\.1 is a float and no exact amount; write it as a text, such as '0\.1'$"
    ):
        write()


def test_an_amount_is_taken_from_a_text_a_whole_number_and_a_decimal():
    limits = [limit <= ANC for limit in ("1", 1, Decimal("1.0"))]
    assert limits[0] == limits[1] == limits[2]


@pytest.mark.parametrize("wrong", ["much", "", True, None])
def test_what_is_no_number_is_refused_as_an_amount(wrong):
    with pytest.raises(DefinitionError, match=r"is no number; write|no exact amount; write"):
        ANC.is_(wrong)


def test_an_amount_in_a_file_that_is_no_number_is_bad_input():
    with pytest.raises(BadInput, match="'much' is no number"):
        from_json(to_json(PATHWAY).replace('"factor":"0.001"', '"factor":"much"', 1))


# --- one line ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["smear\nexam", "smear\r", "a\x1b[31mb", "a\u2028b", "\x00"])
def test_a_name_with_a_line_break_is_told_in_one_line(name):
    asked = (
        lambda: PATHWAY.state(name),
        lambda: PATHWAY.fact(name),
        lambda: PATHWAY.event(name),
        lambda: PATHWAY.event("blood_count_reported", **{name: "1 10*9/L"}),
        lambda: PATHWAY.event("blood_count_reported", anc=f"1 {name}"),
        lambda: PATHWAY.event("smear_reported", smear_reviewer=name),
    )
    for ask in asked:
        with pytest.raises(BadInput) as refused:
            ask()
        assert all(fault.isprintable() and fault for fault in refused.value.faults)


def test_an_option_that_is_no_option_is_still_a_fault_of_the_choice():
    with pytest.raises(ValueError, match="has no option"):
        Choice("c", "c", ("yes", "no")).is_("maybe")
