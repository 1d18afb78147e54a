"""A bound, such as an ANC of <0.1: what every value within it agrees on is known, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import Case
from pathway.cli.render import print_plan
from pathway.cli.text import PlainConsole
from pathway.model.guards import Below, Compare, Not, Within
from pathway.model.values import Bound
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from pathway.run.readings import higher, is_excess
from tests.at_door import AT_DOOR, counted
from tests.children import BORN, NINE, at

LIMITS = st.sampled_from([Decimal(number) / 10 for number in range(0, 80, 5)])
BOUNDS = st.builds(Bound, st.sampled_from("<>"), LIMITS.filter(bool))  # nothing is below 0: "<0" is held
OPS = st.sampled_from(("<", "<=", ">", ">="))


def within(bound: Bound) -> list[Decimal]:
    """Values within a bound: its ends, and many between."""
    return [value for value in (Decimal(number) / 20 for number in range(2000)) if bound.holds(value)]


def fever(case: Case, minutes: float, celsius: str) -> None:
    case.record(AT_DOOR.event("temperature_measured", temperature=f"{celsius} °C"), at=at(minutes))


# --- guards -----------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(BOUNDS, OPS, LIMITS)
def test_a_comparison_is_decided_where_all_values_within_agree(bound, op, limit):
    record = counted(anc=f"{bound.op}{bound.limit} 10*9/L").timeline.end.record
    guard = Compare("anc", op, limit)
    truths = {eval(f"value {op} limit", {"value": value, "limit": limit}) for value in within(bound)}
    expected = truths.pop() if len(truths) == 1 else None
    assert compiled(AT_DOOR).decided(guard, record) is expected
    assert Evaluator(compiled(AT_DOOR), record).truth(guard) is expected


@settings(max_examples=60, deadline=None)
@given(BOUNDS)
def test_an_interval_is_decided_where_all_values_within_agree(bound):
    record = counted(wbc=f"{bound.op}{bound.limit} 10*9/L").timeline.end.record
    row = AT_DOOR.reference.interval("wbc", 13)
    assert row is not None and row.upper is not None
    below = {value < row.lower for value in within(bound)}
    inside = {row.lower <= value <= row.upper for value in within(bound)}
    for guard, truths in ((Below("wbc"), below), (Within("wbc"), inside)):
        expected = truths.pop() if len(truths) == 1 else None
        assert compiled(AT_DOOR).decided(guard, record) is expected
        assert Evaluator(compiled(AT_DOOR), record).truth(guard) is expected
        assert compiled(AT_DOOR).guard(Not(guard))(record) is (expected is False)


# --- at the bedside ---------------------------------------------------------------------------------------------------


def test_an_anc_below_detection_is_low_and_is_shown_as_printed():
    case = counted(wbc="2.5", anc="<0.1 10*9/L", alc="1.4")
    exact = counted(wbc="2.5", anc="0.05", alc="1.4")
    assert case.state == exact.state == "referral"
    assert case.plan(at=NINE).ids == exact.plan(at=NINE).ids
    assert case.plan(at=NINE).held == ()
    from io import StringIO

    out = StringIO()
    print_plan(case.plan(at=NINE), AT_DOOR, PlainConsole(out))
    text = " ".join(out.getvalue().split())
    assert "ANC < 0.1 < 1.5, ALC 1.4 < 3.5 10*9/L" in text
    assert "neutrophils (ANC) < 0.1 10*9/L, < 1.5 10*9/L" in text
    assert "grade of neutropenia: severe" in text
    assert Case.from_json(case.to_json(), AT_DOOR).plan(at=NINE) == case.plan(at=NINE)


def test_a_grade_is_named_only_where_the_whole_bound_has_it():
    from pathway.cli.reasons import grades

    for anc, named in (("<0.4", ["severe"]), ("<0.6", []), (">0.6", []), ("0.6", ["moderate"])):
        found = grades(counted(anc=f"{anc} 10*9/L").plan(at=NINE).counts, AT_DOOR, bands=False)
        assert [words.split(": ")[1].split(" [")[0] for words in found] == named


def test_a_bound_that_may_be_low_is_neither_low_nor_normal():
    case = counted(wbc="9", anc="<2 10*9/L", alc="5", hb="12 g/dL", platelets="200 10*9/L")
    assert case.state == "initial_labs"
    (finding,) = [one for one in case.plan(at=NINE).counts if one.fact == "anc"]
    assert finding.truth is None and "leaves open whether within 1.5" in finding.words
    assert counted(wbc="9", anc=">2 10*9/L", alc="5", hb="12 g/dL", platelets="200 10*9/L").state == "outside_pathway"


def test_a_bound_in_another_unit_is_converted_and_an_implausible_one_held():
    assert counted(anc="<100 /uL").value("anc") == Bound("<", Decimal("0.1"))
    case = counted(anc="<5000 10*9/L")
    assert case.value("anc") is None and len(case.plan(at=NINE).held) == 1


def test_a_bound_of_what_may_be_below_zero_is_held():
    facts = tuple(evolve(fact, plausible=(-5, 12)) if fact.name == "potassium" else fact for fact in AT_DOOR.facts)
    pathway = evolve(AT_DOOR, facts=facts)
    (held,) = pathway.event("chemistry_reported", potassium="<3 mmol/L").held
    assert "may be below 0" in held.reason


# --- arithmetic and memory --------------------------------------------------------------------------------------------


def test_a_product_with_a_bound_is_unknown():
    def blasts(wbc: str, percent: str) -> object:
        case = counted(wbc=wbc)
        smear = AT_DOOR.event("smear_reported", smear_reviewer="haematologist", blasts_percent=percent)
        case.record(smear, at=NINE)
        return case.value("blasts")

    assert blasts("9", "34 %") == 3060
    assert blasts("<9 10*9/L", "34 %") is None and blasts("9", "<34 %") is None


AMOUNTS = st.one_of(LIMITS, BOUNDS)


def ends(amount) -> list[Decimal]:
    return within(amount)[:: max(1, len(within(amount)) - 1)] if isinstance(amount, Bound) else [amount]


@settings(max_examples=200, deadline=None)
@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_an_excess_is_decided_where_all_values_agree(first, second, whole):
    ratio = Decimal("1.05")
    # The values within an upper bound reach from one end to the other; those above a lower bound have no end.
    most = Decimal(10**9)
    sides = [[one.low, one.limit if one.op == "<" else most] if isinstance(one, Bound) else [one]
             for one in (first, second, whole)]  # fmt: skip
    truths = {a + b > c * ratio for a in sides[0] for b in sides[1] for c in sides[2]}
    assert is_excess([first, second], whole, ratio) is (truths.pop() if len(truths) == 1 else None)
    assert is_excess([first, None], whole, ratio) is is_excess([first, second], None, ratio) is None


def test_a_bound_that_may_be_a_fever_neither_begins_nor_ends_an_hour_of_it():
    for between, held in (("<39", True), ("<37", False), (">37.5", True), (">38", True)):
        case = counted(wbc="2.5", anc="0.7")
        for minutes, celsius in ((0, "38.1"), (30, between), (60, "38.1")):
            fever(case, minutes, celsius)
        assert (case.value("fever_trigger") is True) is held, between


@settings(max_examples=100, deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_the_higher_of_two_readings_does_not_depend_on_their_order(first, second):
    for one in (first, second):
        if isinstance(one, Bound) and one.op == "<":
            return
    top = higher(first, second)
    assert top == higher(second, first)
    if isinstance(top, Bound):
        assert top == Bound(">", max(one.low if isinstance(one, Bound) else one for one in (first, second)))
    else:
        assert top == max(first, second)


def white_cells_at_diagnosis(*counts: str) -> object:
    case = Case(AT_DOOR, born=BORN)
    for number, wbc in enumerate(counts):
        counted(case=case, minutes=number, wbc=wbc, anc="0.7", alc="1.4")
    case.record(AT_DOOR.event("haematology_consulted"), at=at(10))
    smear = AT_DOOR.event(
        "smear_reported", smear_reviewer="haematologist", blasts_percent="34 %", lineage="lymphoid",
        immature_cells=True,
    )  # fmt: skip
    case.record(smear, at=at(20))
    assert case.state != "smear"
    return case.value("wbc_at_diagnosis")


def test_the_highest_white_cells_are_those_that_are_surely_so_high():
    assert white_cells_at_diagnosis("9", "<50 10*9/L") == 9
    for counts in permutations(("9", ">50 10*9/L", "<400 10*9/L", "40")):
        assert white_cells_at_diagnosis(*counts) == Bound(">", Decimal(50))
    assert white_cells_at_diagnosis("<50 10*9/L") is None


# --- two reports of one moment ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "stands", "contradictions"),
    [
        (("<0.1", "0.05"), Decimal("0.05"), 0),
        (("<0.1", "<0.2"), Bound("<", Decimal("0.1")), 0),
        ((">5", ">7"), Bound(">", Decimal(7)), 0),
        (("<0.1", "3"), Bound("<", Decimal("0.1")), 1),
        ((">5", "3"), Decimal(3), 1),
        (("<0.1", ">5"), Bound("<", Decimal("0.1")), 1),
        (("<0.1", "0.05", "3"), Decimal("0.05"), 1),
    ],
)
def test_a_bound_and_a_value_within_it_agree_and_otherwise_the_lower_stands(reported, stands, contradictions):
    for order in permutations(reported):
        case = Case(AT_DOOR, born=BORN)
        for anc in order:
            counted(case=case, anc=f"{anc} 10*9/L")
        assert case.value("anc") == stands
        assert len(case.plan(at=NINE).contradictions) == contradictions


def test_of_blasts_the_higher_of_two_stands():
    case = Case(AT_DOOR, born=BORN)
    for percent in ("<5 %", "20 %"):
        event = AT_DOOR.event("smear_reported", smear_reviewer="haematologist", blasts_percent=percent)
        case.record(event, at=NINE)
    assert case.value("blasts_percent") == 20
