"""Random records, as a case holds them and as a symbolic state in which everything is settled; and random guards."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import z3
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.model.facts import Choice, Quantity, Text
from pathway.model.guards import All, AnyOf, AtLeast, Guard, InForce, InState, IsTrue, Named, Not, Shown, leaves
from pathway.model.pathway import guards_of
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from pathway.run.frame import Frame
from pathway.run.record import Record
from pathway.verify.encoding import BITS, Encoding
from pathway.verify.inputs import Inputs
from pathway.verify.symbolic_state import SymbolicState
from tests.children import BORN

COMPILED = compiled(PATHWAY)
ENCODING = Encoding(PATHWAY)
AMOUNTS = tuple(Decimal(text) for text in ("0", "0.4", "1", "5.9999", "6", "20", "38.5", "300"))
GUARDS = dict.fromkeys(guard for _, guard in guards_of(PATHWAY))
LEAVES = tuple(dict.fromkeys(leaf for guard in GUARDS for leaf in leaves(guard)))


def some_record(seed: int) -> Record:
    """A record in which every fact has some value or none, in the episode, the report and beyond the episode."""
    draw = Random(seed)
    record = Record(COMPILED, BORN, None)
    record.report = Frame.blank(COMPILED.layout)
    record.state = draw.choice(list(PATHWAY.states_by_name))
    record.active = draw.getrandbits(len(PATHWAY.advice))
    for frame in (record.episode, record.report, record.latest):
        values, low, high = frame.values, frame.low, frame.high
        for name, place in COMPILED.layout.index.items():
            values[place] = _some_value(draw, name)
            limit = COMPILED.layout.ranged.get(place)
            if limit is not None and values[place] is not None and draw.random() < 0.7:
                low[limit] = draw.choice(AMOUNTS)
                high[limit] = draw.choice((None, low[limit] + 3))
    record.episode.values[COMPILED.age] = draw.randrange(200)
    record.episode.values[COMPILED.days] = draw.randrange(40)
    return record


def _some_value(draw: Random, name: str):
    fact = PATHWAY.fact_or_derived(name)
    if draw.random() < 0.35 or isinstance(fact, Text):
        return None
    if isinstance(fact, Choice):
        return draw.choice(fact.options)
    return draw.choice(AMOUNTS) if isinstance(fact, Quantity) or hasattr(fact, "unit") else draw.random() < 0.5


class AsSymbolicState(SymbolicState):
    """A record as the symbolic state of a proof in which everything is settled."""

    def __init__(self, record: Record) -> None:
        super().__init__(ENCODING, Inputs(ENCODING, "none", ""))
        self.record = record

    def known(self, scope, fact):
        return self._read(scope, fact)[0] is not None

    def value(self, scope, fact):
        value, one = self._read(scope, fact)[0], PATHWAY.fact_or_derived(fact)
        if isinstance(one, Choice):
            return z3.BitVecVal(0 if value is None else one.options.index(value), BITS)
        if isinstance(one, Quantity) or hasattr(one, "unit"):
            return z3.RealVal(str(value or 0))
        return bool(value)

    def limits(self, scope, fact):
        value, low, high = self._read(scope, fact)
        return low is not None, low is not None and value < low, high is not None and value > high

    def in_state(self, states):
        return self.record.state in states

    def _make(self, *key):
        assert key[0] == "active"
        return bool(self.record.active >> COMPILED.place_of[key[1]] & 1)

    def _read(self, scope, fact):
        return Evaluator(COMPILED, self.record).value(IsTrue(fact, scope))


def decided(guard: Guard, record: Record) -> bool | None:
    """Whether a compiled guard is true, false or unknown (None)."""
    if COMPILED.guard(guard)(record):
        return True
    return False if COMPILED.guard(Not(guard))(record) else None


def settled(formula) -> bool:
    return z3.is_true(z3.simplify(formula)) if isinstance(formula, z3.ExprRef) else formula


RANDOM_GUARDS = st.recursive(
    st.one_of(
        st.sampled_from(LEAVES),
        st.sampled_from(list(PATHWAY.states_by_name)).map(lambda name: InState((name,))),
        st.sampled_from(list(PATHWAY.advice_by_id)).map(InForce),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Shown, inner),
        st.builds(Named, st.just("anything"), inner),
        st.lists(inner, max_size=4).map(tuple).map(All),
        st.lists(inner, max_size=4).map(tuple).map(AnyOf),
        st.builds(AtLeast, st.integers(0, 4), st.lists(inner, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)
