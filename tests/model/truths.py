"""Guards over four flags, and the truth of a guard in a record: the evaluator and the compiled guard agree on it."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.model.guards import (
    All,
    AnyOf,
    AtLeast,
    Guard,
    IsTrue,
    Known,
    Not,
    Shown,
)
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from pathway.run.frame import Frame
from pathway.run.record import Record
from tests.children import BORN
from tests.readings import decided

FLAGS = ("splenomegaly", "petechiae", "fever", "fatigue")
COMPILED = compiled(PATHWAY)
TRUTHS = (True, None, False)
SCOPES = ("episode", "report", "latest")
many = settings(max_examples=150, deadline=None)


def record_with(**values: object) -> Record:
    """A record in which these facts are known, in the episode, in the report and as the latest."""
    record = Record(COMPILED, BORN, None)
    record.report = Frame.blank(COMPILED.layout)
    for name, value in values.items():
        place = COMPILED.layout.index[name]
        for frame in (record.episode, record.report, record.latest):
            frame.values[place] = value
    return record


def truth(guard: Guard, **values: object) -> bool | None:
    """What the plain interpreter says, once the compiled guard has said the same."""
    record = record_with(**values)
    said = Evaluator(COMPILED, record).truth(guard)
    assert decided(guard, record) is said
    return said


FLAG_GUARDS = st.recursive(
    st.sampled_from(FLAGS).flatmap(lambda name: st.sampled_from([IsTrue(name), Known(name)])),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Shown, inner),
        st.lists(inner, max_size=4).map(tuple).map(All),
        st.lists(inner, max_size=4).map(tuple).map(AnyOf),
        st.builds(AtLeast, st.integers(0, 4), st.lists(inner, min_size=1, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)
