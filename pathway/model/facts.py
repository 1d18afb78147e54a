"""Facts: what can be known about a patient. A value is known or unknown; unknown is never false, zero or NaN."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  # attrs resolves the types of cached properties at run time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from attrs import field, frozen

from pathway.door.scale import Scale
from pathway.model.added import added
from pathway.model.at_door import AtDoor  # attrs resolves the types of cached properties at run time
from pathway.model.errors import LINE, BadInput, nearest, one_line
from pathway.model.guards import Below, Compare, Guard, IsTrue, Known, OneOf, Op, Scope, Within, Writable
from pathway.model.units import NUMBER, AcceptedUnit, exact, maybe_exact, split_amount, written
from pathway.model.values import Bound, HeldBack, Raw, Value


class Numeric:
    """A fact or derived fact that is an amount. Comparisons write guards; a limit is in the canonical unit."""

    __slots__ = ()
    name: str

    def __ge__(self, limit: Decimal | int | str) -> Guard:
        return self._compare(">=", limit)

    def __gt__(self, limit: Decimal | int | str) -> Guard:
        return self._compare(">", limit)

    def __le__(self, limit: Decimal | int | str) -> Guard:
        return self._compare("<=", limit)

    def __lt__(self, limit: Decimal | int | str) -> Guard:
        return self._compare("<", limit)

    def is_(self, amount: Decimal | int | str) -> Guard:
        """The guard that the amount is exactly `amount`."""
        return (self >= amount) & (self <= amount)

    def known(self) -> Guard:
        """The guard that the amount is known."""
        return Known(self.name)

    def _compare(self, op: Op, limit: Decimal | int | str) -> Guard:
        return Compare(self.name, op, exact(limit))


class Truth(Writable):
    """A fact or derived fact that is true or false. It can stand in a guard as it is."""

    __slots__ = ()
    name: str

    def as_guard(self) -> Guard:
        """The guard that the fact is true."""
        return IsTrue(self.name)

    def known(self) -> Guard:
        """The guard that the fact is known, true or false."""
        return Known(self.name)


def _range(bounds: tuple[Decimal | int | str, Decimal | int | str]) -> tuple[Decimal, Decimal]:
    low, high = bounds
    return exact(low), exact(high)


@frozen(order=False)
class Quantity(Numeric):
    """A measured amount.

    `unit` is the canonical unit (UCUM); `units` are the other accepted units, each with its exact factor. A value
    outside the range `plausible`, in the canonical unit, is held back. `loinc` are the codes of the canonical unit. A
    quantity of unit "1" may be given without a unit. `unread` says why a fact is kept although no rule reads it.
    `prevails` says which of two values reported for one moment stands, "lower" or "higher"; with "" the fact is then
    unknown. `bare_to`: a number without a unit is canonical up to this amount, and above it is held back.
    """

    name: str
    title: str
    unit: str
    plausible: tuple[Decimal, Decimal] = field(converter=_range)
    loinc: tuple[str, ...] = ()
    units: tuple[AcceptedUnit, ...] = ()
    cites: tuple[str, ...] = ()
    unread: str = ""
    prevails: Literal["", "lower", "higher"] = added("", since="0.1.1")
    bare_to: Decimal | None = added(None, since="0.2.0", converter=maybe_exact)

    def below_reference(self) -> Guard:
        """The guard that the amount is below the lower limit of its reference interval, for the age at the sample."""
        return Below(self.name)

    def within_reference(self) -> Guard:
        """The guard that the amount is within its reference interval, for the age at the sample."""
        return Within(self.name)

    def accepted(self) -> tuple[AcceptedUnit, ...]:
        """The canonical unit, then the other accepted units."""
        return self._accepted

    @cached_property
    def _accepted(self) -> tuple[AcceptedUnit, ...]:
        return (AcceptedUnit(self.unit, plausible=self.plausible, loinc=self.loinc), *self.units)

    @cached_property
    def _units_by_code(self) -> dict[str, AcceptedUnit]:
        return {accepted.code: accepted for accepted in self._accepted}

    def read(self, raw: Raw) -> Decimal | HeldBack:
        """The amount in the canonical unit; held back where it is implausible.

        Raises `BadInput` where `raw` is no number, has no unit, or has a unit that is not accepted.
        """
        if type(raw) is str and len(raw) <= LINE and (usual := self._known(raw)) is not None:
            return usual
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
            raise BadInput(f"{self.name}: {raw!r} is not an amount; write for example '{self.example()}'")
        try:
            text = one_line(f"{raw}")
        except ValueError:
            raise BadInput(f"{self.name}: a number of thousands of digits is no amount") from None
        try:
            amount, unit = split_amount(text)
        except BadInput as fault:
            raise BadInput(f"{self.name}: {fault}; write for example '{self.example()}'") from None
        if not unit and self.unit == "1":
            unit = "1"
        codes = self._units_by_code
        if not unit:
            raise BadInput(f"{self.name}: '{text}' has no unit; accepted: {', '.join(codes)}")
        if unit not in codes:
            raise BadInput(f"{self.name}: unit '{unit}' is not accepted; accepted: {', '.join(codes)}")
        return self._judged(amount, codes[unit], text)

    @cached_property
    def at_door(self) -> AtDoor:
        """Reads an amount as people and laboratories write it, where the pathway has a door."""
        return AtDoor(self.name, Scale(self.unit, self._accepted, self.plausible, self.bare_to))

    @cached_property
    def _known(self) -> Callable[[str], Decimal | HeldBack | None]:
        """`_usual` with a memory: the same amounts of a quantity are written again and again."""
        return lru_cache(maxsize=2048)(self._usual)

    def _usual(self, text: str) -> Decimal | HeldBack | None:
        """The result of `read` for a number, a blank and an accepted unit, the usual form; None for other forms."""
        number, _, unit = text.partition(" ")
        accepted = self._units_by_code.get(unit)
        if accepted is None or not NUMBER.fullmatch(number):
            return None
        return self._judged(Decimal(number), accepted, text)

    def _judged(self, number: Decimal, accepted: AcceptedUnit, text: str) -> Decimal | HeldBack:
        """The amount in the canonical unit; held back where it is implausible."""
        low, high = accepted.plausible or self.plausible
        in_given_unit = accepted.plausible is not None
        amount = accepted.to_canonical(number)
        if not low <= (number if in_given_unit else amount) <= high:
            return HeldBack(self.name, text, self._outside(number, accepted.code, low, high, in_given_unit))
        return amount

    def example(self) -> str:
        """An amount that `read` takes."""
        low, high = self.plausible
        return f"{written(low + (high - low) / 100)} {self.unit}" if self.unit != "1" else "0.001"

    def write(self, value: Value) -> str:
        """The amount with its unit, as a reader sees it."""
        if isinstance(value, Bound):
            return str(value) if self.unit == "1" else f"{value} {self.unit}"
        assert isinstance(value, Decimal)
        return written(value) if self.unit == "1" else f"{written(value)} {self.unit}"

    def _outside(self, number: Decimal, unit: str, low: Decimal, high: Decimal, in_given_unit: bool) -> str:
        said = unit if in_given_unit else self.unit
        line = f"{written(number)} {unit} is outside {written(low)}..{written(high)} {said}"
        low, high = self.plausible
        for other in self.accepted():
            amount = other.to_canonical(number)
            if other.code != unit and low < amount <= high:
                return f"{line} ({written(number)} {other.code} would be {self.write(amount)})"
        return line


@frozen
class Flag(Truth):
    """A fact that is true or false."""

    name: str
    title: str
    loinc: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    unread: str = ""

    def read(self, raw: Raw) -> bool:
        """True or false. Raises `BadInput` for anything else."""
        if not isinstance(raw, bool):
            raise BadInput(f"{self.name}: {raw!r} is neither true nor false")
        return raw

    def write(self, value: Value) -> str:
        """The value as a reader sees it."""
        return "yes" if value else "no"


@frozen
class Choice:
    """A fact whose value is one of a few options.

    `no_result` are options that bring no result: they leave the fact as it was, known or unknown.
    `yields` says which options never overwrite which others: ("negative", ("positive",)). `spelt` holds the options
    that a reader sees spelt differently: ("icu", "ICU"). `spellings` are other ways to write an option, each with the
    option: ("tumor", "tumour").
    """

    name: str
    title: str
    options: tuple[str, ...]
    no_result: tuple[str, ...] = ()
    yields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    loinc: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    spelt: tuple[tuple[str, str], ...] = ()
    unread: str = ""
    spellings: tuple[tuple[str, str], ...] = added((), since="0.2.0")

    def is_(self, option: str) -> Guard:
        """The guard that the value is this option."""
        return self.one_of(option)

    def one_of(self, *options: str) -> Guard:
        """The guard that the value is one of these options."""
        if unknown := set(options) - set(self.options):
            raise ValueError(f"{self.name} has no option {', '.join(sorted(unknown))}")
        return OneOf(self.name, options)

    def known(self) -> Guard:
        """The guard that the value is known."""
        return Known(self.name)

    def read(self, raw: Raw) -> str:
        """The option. Raises `BadInput` where `raw` is neither an option nor another spelling of one."""
        if raw not in self.options or not isinstance(raw, str):
            for spelling, option in self.spellings:
                if raw == spelling:
                    return option
            raise BadInput(f"{self.name}: '{raw}' is none of {', '.join(self.options)}")
        return raw

    def write(self, value: Value) -> str:
        """The value as a reader sees it."""
        return dict(self.spelt).get(str(value), str(value).replace("_", " "))

    def keeps(self, old: Value | None, new: Value) -> bool:
        """Whether the old value stays, known or unknown, because the new value is no result or may not overwrite it."""
        return new in self.no_result or (
            old is not None and any(new == option and old in others for option, others in self.yields)
        )


@frozen
class Text:
    """A fact that is free text, such as a reason. Guards ask only whether it is known."""

    name: str
    title: str
    loinc: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    unread: str = ""

    def known(self) -> Guard:
        """The guard that something is written."""
        return Known(self.name)

    def read(self, raw: Raw) -> str:
        """The words, stripped. Raises `BadInput` where there are no words, or more than 500 characters."""
        if not isinstance(raw, str) or not raw.strip():
            raise BadInput(f"{self.name}: words are wanted here, not {raw!r}")
        if len(raw) > 500:
            raise BadInput(f"{self.name}: {len(raw)} characters; at most 500")
        return raw.strip()

    def write(self, value: Value) -> str:
        """The value as a reader sees it."""
        return str(value)


Fact: TypeAlias = Quantity | Flag | Choice | Text


def fact_named(facts: dict[str, Fact], name: str) -> Fact:
    """The fact of that name. Raises `BadInput` with the nearest names otherwise."""
    try:
        return facts[name]
    except KeyError:
        raise BadInput(f"unknown fact '{name}'; {nearest(name, facts)}") from None


__all__ = [
    "Choice", "Fact", "Flag", "HeldBack", "Numeric", "Quantity", "Raw", "Scope", "Text", "Truth", "Value", "fact_named",
]  # fmt: skip
