"""Where a proof begins: any record at all, or the record of a new case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import z3

from pathway.verify.encoding import BITS
from pathway.verify.inputs import Inputs
from pathway.verify.symbolic_state import SymbolicState

if TYPE_CHECKING:
    from pathway.verify.encoding import Encoding
    from pathway.verify.logic import Formula, Term


class Start(SymbolicState):
    """Any record: every part is a variable. `state` names the state; None: the state is a variable too."""

    def __init__(self, encoding: Encoding, name: str, state: str | None = None, event: str | None = None) -> None:
        super().__init__(encoding, Inputs(encoding, f"{name}.report", event))
        self.name = name
        self.state = state
        self.made: dict[tuple[Any, ...], Term] = {}

    def _make(self, *key: Any) -> Any:
        if key == ("state",) and self.state is not None:
            return self.state
        if key in (("age",), ("t",), ("day",)):
            return getattr(self.report, key[0])
        name = f"{self.name}." + ".".join(str(part) for part in key)
        match key[0]:
            case "state":
                made = z3.BitVec(name, BITS)
            case "value":
                made = self.encoding.variable(name, key[2])
            case "moment" | "began" | "last" | "met_day" | "told_day" | "kept last day" | "kept peak day":
                made = z3.Int(name)
            case "days":
                made = z3.Int(name)
            case "highest" | "today" | "kept last" | "kept peak":
                made = z3.Real(name)
            case _:
                made = z3.Bool(name)
        self.made[key] = made
        return made


class New(SymbolicState):
    """The record of a new case, before its first event."""

    def __init__(self, encoding: Encoding) -> None:
        super().__init__(encoding, Inputs(encoding, "new", ""))

    def _make(self, *key: Any) -> Any:
        match key[0]:
            case "state":
                return self.encoding.pathway.initial
            case "value":
                return self._any(key[2])
            case "highest" | "today" | "kept last" | "kept peak":
                return z3.RealVal(0)
            case "days" | "t" | "day" | "age" | "moment" | "began" | "last" | "met_day" | "told_day":
                return z3.IntVal(0)
            case "kept last day" | "kept peak day":
                return z3.IntVal(0)
            case _:
                return False

    def _any(self, fact: str) -> Term:
        variable = self.encoding.variable("nothing", fact)
        if z3.is_bool(variable):
            return False
        return z3.BitVecVal(0, BITS) if z3.is_bv(variable) else (z3.IntVal(0) if z3.is_int(variable) else z3.RealVal(0))


class Later(SymbolicState):
    """The same record at a later moment, when only time has passed: the child is older, and longer in its state."""

    def __init__(self, of: SymbolicState) -> None:
        super().__init__(of.encoding, of.report)
        self._of = of
        self._age, self._days = z3.Int("later.age"), z3.Int("later.days")

    def _make(self, *key: Any) -> Any:
        match key:
            case ("age",):
                return self._age
            case ("days",):
                return self._days
            case _:
                return self._of.get(*key)

    def passing(self) -> list[Formula]:
        """Time never goes back."""
        return [self._age >= self._of.get("age"), self._days >= self._of.get("days")]
