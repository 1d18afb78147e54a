"""A case is open while there is something to do, though its state is an end of the source."""

from __future__ import annotations

from pathway.run.schedule import schedule_of
from tests.children import NORMAL_COUNT, at, fever, told


def test_a_case_in_a_state_that_is_an_end_is_open_while_advice_is_in_force():
    quiet, warm = told(NORMAL_COUNT), told(NORMAL_COUNT, fever("38.0"))
    assert quiet.state == warm.state == "outside_pathway"
    assert "recheck_temperature" in warm.advice and quiet.advice == ()
    assert [schedule_of(one, begun=at(0)).open for one in (quiet, warm)] == [False, True]
