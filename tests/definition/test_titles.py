"""A title that names a limit names the one that holds: else a changed limit would be read as it was."""

import re
from decimal import Decimal

import pytest

from pathway import PATHWAY
from pathway.model.derived import Held, Latched, Settled
from pathway.model.guards import AtLeast, Compare, walk

NUMBER = re.compile(r"(?<![\w.*])\d[\d,]*(?:\.\d+)?(?![\w.*]*[:*])")


def limits(one):
    """Every number that a condition or derived fact rests on, in its own unit."""
    if isinstance(one, Held | Settled):
        return {one.limit, Decimal(one.minutes), Decimal(one.minutes) / 60}
    guard = getattr(one, "guard", getattr(one, "when", None))
    found = set()
    for node in walk(guard) if guard is not None else ():
        if isinstance(node, Compare):
            found.add(node.value)
        elif isinstance(node, AtLeast):
            found.add(Decimal(node.n))
    return found


NAMED = [
    one
    for one in (*PATHWAY.conditions, *PATHWAY.derived)
    if isinstance(getattr(one, "title", None), str) and NUMBER.search(one.title)
]


@pytest.mark.parametrize("one", NAMED, ids=lambda one: one.name)
def test_a_title_with_a_number_names_a_limit_that_holds(one):
    assert {Decimal(number.replace(",", "")) for number in NUMBER.findall(one.title)} <= limits(one)


def test_there_are_titles_with_a_limit_of_a_guard_and_of_a_span_of_readings():
    assert {type(one) for one in NAMED} & {Held, Settled}
    assert any(not isinstance(one, Held | Settled | Latched) for one in NAMED)
