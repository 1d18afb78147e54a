"""What the rulebook says that unknown does is what unknown does when a case is run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, Case
from pathway.definition.conditions import AGE, ANC_LOW_OR_UNKNOWN, CONSULTED, COUNTS_KNOWN, LEUKAEMIA_STANDS, SAME_DAY
from pathway.definition.facts import FEVER, PETECHIAE, PLATELETS
from pathway.draw.rows import rows_of
from pathway.draw.unknown import NEVER_OPEN, openness_of, unknown_phrase
from pathway.model.guards import ALWAYS, AnyOf, Not, Shown, all_of, any_of, at_least, in_state, parts_of, shown
from pathway.model.pathway import guards_of
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from tests.strategies import BORN, START, stories

GUARDS = list(dict.fromkeys(guard for owner, guard in guards_of(PATHWAY)))
OPEN = [(guard, openness_of(guard, PATHWAY)) for guard in GUARDS]
TITLE = PATHWAY.title_of


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_a_guard_is_never_true_while_what_it_waits_for_is_unknown(story):
    case = Case(PATHWAY, born=BORN)
    for at, event in story:
        case.record(event, at=at, by="ward")
    record = case.timeline.at(START + timedelta(days=31)).record
    truth = Evaluator(compiled(PATHWAY), record).truth
    for guard, openness in OPEN:
        said = truth(guard)
        open_parts = {*openness.blocks, *openness.alternatives, *openness.not_shown}
        for part in openness.blocks:
            assert not (truth(part) is None and said is True), (guard, part)
        for part in openness.holds:
            assert truth(part) is not None, "a part that holds even while open is never unknown itself"
        if said is None:
            assert any(truth(part) is None for part in open_parts), (guard, "is unknown, and nothing is said of it")
        for part in outer_parts(guard):
            assert truth(part) is not None or part in open_parts, (guard, part)


def outer_parts(guard):
    """The leaves and named conditions of a guard."""
    if isinstance(guard, Not | Shown) or type(guard).__name__ in ("All", "AnyOf", "AtLeast"):
        for part in parts_of(guard):
            yield from outer_parts(part)
    else:
        yield guard


def test_alternatives_are_named_only_where_there_is_a_choice():
    for guard, openness in OPEN:
        assert not set(openness.blocks) & set(openness.alternatives)
        if openness.alternatives:
            assert any(isinstance(node, AnyOf) or type(node).__name__ == "AtLeast" for node in nodes(guard)), guard


def nodes(guard):
    yield guard
    for part in parts_of(guard):
        yield from nodes(part)


@pytest.mark.parametrize(
    ("guard", "words"),
    [
        (FEVER & ~PETECHIAE, f"Not taken while open: {TITLE('fever')}; {TITLE('petechiae')}."),
        (FEVER | PETECHIAE, f"An alternative does not count while open: {TITLE('fever')}; {TITLE('petechiae')}."),
        (
            at_least(2, FEVER, PETECHIAE, SAME_DAY),
            f"An alternative does not count while open: {TITLE('fever')}; {TITLE('petechiae')}; {TITLE('same_day')}.",
        ),
        (
            all_of(FEVER, any_of(PETECHIAE, in_state("smear"))),
            f"Not taken while open: {TITLE('fever')}. An alternative does not count while open: {TITLE('petechiae')}.",
        ),
        (
            FEVER & ~shown(CONSULTED),
            f"Not taken while open: {TITLE('fever')}. Open counts as not shown: haematology/oncology consulted.",
        ),
        (ANC_LOW_OR_UNKNOWN, "Holds even while open: neutrophils low or unknown."),
        (LEUKAEMIA_STANDS, f"Holds even while open: {PATHWAY.condition('leukaemia_stands').title}."),
        (AGE < 6, NEVER_OPEN),
        (COUNTS_KNOWN, NEVER_OPEN),
        (PLATELETS.known() & in_state("smear"), NEVER_OPEN),
        (ALWAYS, NEVER_OPEN),
    ],
    ids=["and", "or", "at least", "and or", "unless shown", "low or unknown", "stands", "age", "known", "in", "always"],
)
def test_what_unknown_does_is_said_by_what_it_does(guard, words):
    assert str(unknown_phrase(guard, PATHWAY, "not taken")) == words


def test_unknown_neutrophils_do_not_hold_back_antimicrobials():
    said = {row.id: str(row.unknown) for row in rows_of(PATHWAY)}["antimicrobials_now"]
    waits, _, rest = said.partition(". ")
    assert "neutrophils" not in waits
    assert "Holds even while open: neutrophils low or unknown." in rest


def test_an_order_says_what_unknown_does_to_its_permission_too():
    said = {row.id: str(row.unknown) for row in rows_of(PATHWAY)}
    assert said["give_live_vaccine"].startswith("Not permitted while open: ")
    assert "Not permitted while open" not in said["order_bone_marrow"], "said once where both read the same"
