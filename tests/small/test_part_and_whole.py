"""A part that is more than its whole does not count, and the contradiction is shown. The proofs know the arithmetic."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from attrs import evolve

from pathway import Case
from pathway.draw.book.data import _counts
from pathway.draw.book.document import Book
from pathway.model.canonical import from_json, to_json
from pathway.model.errors import DefinitionError
from pathway.model.guards import in_report
from tests.small.harvest import BASKET, HARVEST, PARTS, WEIGHED

NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)


def weighed(*reports, pathway=HARVEST) -> Case:
    case = Case(pathway, born=date(1990, 5, 17))
    for report in reports:
        case.record(pathway.event("basket_weighed", **{name: f"{kg} kg" for name, kg in report.items()}), at=NINE)
    return case


def weighed_as(pathway, **amounts) -> Case:
    case = Case(pathway, born=date(1990, 5, 17))
    case.record(pathway.event("basket_weighed", **amounts), at=NINE)
    return case


def with_parts(parts):
    return evolve(HARVEST, events=(evolve(WEIGHED, parts=parts),))


def counted(**report):
    event = HARVEST.event("basket_weighed", **{name: f"{kg} kg" for name, kg in report.items()})
    return dict(event.given), {field.fact: field.reason for field in event.held}


@pytest.mark.parametrize(("ripe", "counts"), [("20", True), ("21", True), ("21.01", False), ("700", False)])
def test_a_part_counts_up_to_five_percent_above_its_whole_and_not_beyond(ripe, counts):
    given, held = counted(basket=20, ripe=ripe, rotten=1)
    assert ("ripe" in given) is counts and given["basket"] == 20 and given["rotten"] == 1
    assert held == ({} if counts else {"ripe": f"{ripe} kg is more than its whole in this report, basket 20 kg"})


@pytest.mark.parametrize(("ripe", "counts"), [("29", True), ("30", True), ("30.1", False)])
def test_without_the_whole_a_part_counts_up_to_its_bound(ripe, counts):
    assert ("ripe" in counted(ripe=ripe)[0]) is counts
    assert "ripe" in counted(basket=ripe, ripe=ripe)[0]


def test_a_whole_that_is_held_gives_no_bound():
    assert counted(basket=1001, ripe=31)[0] == {}
    assert counted(basket=1001, ripe=20)[0] == {"ripe": 20}


def test_parts_that_only_together_are_more_than_the_whole_are_kept():
    assert counted(basket=20, ripe=15, rotten=15)[0] == {"basket": 20, "ripe": 15, "rotten": 15}


def test_the_contradiction_is_shown_in_the_step_and_the_plan_and_nothing_moves():
    case = weighed({"basket": 20, "ripe": 700})
    plan = case.plan(at=NINE)
    words = "ripe grapes: 700 kg is more than its whole in this report, basket 20 kg; not counted. (entry e1) [H2]"
    assert (case.state, plan.contradictions) == ("field", (words,))
    assert [one.field.given for one in plan.held] == ["700 kg"]
    case = Case(HARVEST, born=date(1990, 5, 17))
    step = case.record(HARVEST.event("basket_weighed", basket="20 kg", ripe="700 kg"), at=NINE)
    assert [one.id for one in step.contradictions] == ["ripe_exceeds_basket"]


def test_a_part_alone_above_its_bound_is_held_and_no_contradiction():
    case = weighed({"ripe": 31})
    assert case.state == "field" and case.plan(at=NINE).contradictions == ()
    assert [one.field.fact for one in case.plan(at=NINE).held] == ["ripe"]


def test_each_report_is_judged_before_it_is_merged_in_any_order():
    pathway = evolve(HARVEST, simultaneous_cites=("H1",))
    for reports in permutations(({"basket": 100}, {"ripe": 31}, {"ripe": 25})):
        case = weighed(*reports, pathway=pathway)
        assert case.value("ripe") == 25 and case.plan(at=NINE).held == ()


def test_a_contradicted_report_shows_beside_another_of_its_moment():
    pathway = evolve(HARVEST, simultaneous_cites=("H1",))
    for reports in permutations(({"basket": 20, "ripe": 25}, {"rotten": 1})):
        case = weighed(*reports, pathway=pathway)
        assert len(case.plan(at=NINE).contradictions) == 1 and case.value("rotten") == 1


def test_a_report_that_contradicts_itself_and_another_shows_both():
    pathway = evolve(HARVEST, simultaneous_cites=("H1",))
    case = weighed({"basket": 20, "ripe": 25, "rotten": 2}, {"rotten": 1}, pathway=pathway)
    assert len(case.plan(at=NINE).contradictions) == 2


def test_it_is_written_as_canonical_json_and_comes_back():
    again = from_json(to_json(HARVEST))
    assert again == HARVEST and again.events[0].parts == PARTS
    assert '"parts":{' not in to_json(with_parts(None))


def test_the_rulebook_says_it():
    sentences = [str(one) for one in _counts(WEIGHED, Book(HARVEST, {}))]
    parts = "ripe grapes or rotten grapes"
    assert f"Held back where it is more than grapes of the basket of the same report by over 5 %: {parts}." in sentences
    assert f"Held back above 30 kg in a report without grapes of the basket: {parts}." in sentences


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"parts": ()}, "parts: name the parts, each once, and not the whole"),
        ({"parts": ("ripe", "ripe")}, "parts: name the parts, each once, and not the whole"),
        ({"parts": ("basket",)}, "parts: name the parts, each once, and not the whole"),
        ({"parts": ("green",)}, "parts: 'green' is no field of the event"),
        ({"percent": -1}, "parts: percent is -1; write a whole number from 0 on"),
        ({"alone": Decimal("NaN")}, "parts: alone is no number"),
        ({"cites": ()}, "parts: cites nothing"),
    ],
)  # fmt: skip
def test_parts_that_cannot_be_are_a_fault(changes, fault):
    with pytest.raises(DefinitionError, match=fault):
        with_parts(evolve(PARTS, **changes))


def test_a_part_in_another_unit_than_its_whole_is_a_fault():
    facts = tuple(evolve(fact, unit="g") if fact.name == "ripe" else fact for fact in HARVEST.facts)
    with pytest.raises(DefinitionError, match="ripe is in g, and its whole in kg"):
        evolve(HARVEST, facts=facts)


# --- proved -----------------------------------------------------------------------------------------------------------


def flaws(pathway) -> set[str]:
    pytest.importorskip("z3")
    from pathway.verify.verification import verify

    return {flaw.name for flaw in verify(pathway).flaws}


def test_the_proofs_know_that_a_part_is_not_more_than_its_whole():
    assert flaws(HARVEST) == set()


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (None, {"full", "weighed"}),
        (evolve(PARTS, percent=10), {"full"}),
        (evolve(PARTS, alone="31"), {"weighed"}),
        (evolve(PARTS, parts=("rotten",)), {"full", "weighed"}),
    ],
)
def test_each_number_of_the_rule_counts_in_the_proofs(parts, found):
    assert flaws(with_parts(parts)) == found


def test_the_proofs_know_that_of_an_amount_only_a_bound_may_be_known():
    full, weighed = HARVEST.invariants
    sure = evolve(HARVEST, invariants=(evolve(full, requires=in_report(BASKET >= 19)), weighed))
    assert flaws(evolve(sure, door=0)) == set()
    assert flaws(sure) == {"full"}
    case = weighed_as(sure, basket="<25 kg", ripe="20 kg")
    assert case.state == "press"


def test_an_event_without_its_required_amount_is_no_event_for_the_proofs_where_there_is_a_door():
    fields = tuple(evolve(field, required=field.fact == "basket") for field in WEIGHED.fields)
    strict = evolve(HARVEST, events=(evolve(WEIGHED, fields=fields, parts=evolve(PARTS, alone="31")),))
    assert flaws(strict) == set()
    assert flaws(evolve(strict, door=0)) == {"weighed"}


def test_mutants_leave_the_rule_out():
    from pathway.verify.mutants.memory import changes_of_event
    from pathway.verify.steps import Steps

    words = [change.words for change in changes_of_event(WEIGHED, Steps(HARVEST))]
    assert "no field is a part of basket" in words and "ripe is no part of basket" in words


# --- bounds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basket", "ripe", "counts"),
    [("20", ">21", True), ("20", ">21.1", False), ("20", "<700", True), ("<20", "21.1", False), ("<20", "21", True),
     (">20", "700", True), (None, ">30", True), (None, ">31", False), (None, "<700", True)],
)  # fmt: skip
def test_a_part_of_which_only_a_bound_is_known_counts_unless_it_is_surely_too_much(basket, ripe, counts):
    assert ("ripe" in counted(ripe=ripe, **({} if basket is None else {"basket": basket}))[0]) is counts
