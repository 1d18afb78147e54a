"""A site's own reference intervals, read from one dated TOML file.

    dated = "2026-02-01"
    title = "Laboratory of St Elsewhere"

    [[interval]]
    fact = "sodium"
    from_month = 12
    lower = "135 mmol/L"
    reference = "own laboratory, n = 412"

The table replaces the whole built-in table. Its rows are local choices of the site: `reference` says where a row is
from. A row may cite ids of the pathway (`cites = ["L1"]`); otherwise it cites the review notes on the amount.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pathway.model.errors import BadInput, nearest
from pathway.model.facts import HeldBack, Quantity
from pathway.model.outside import read_toml
from pathway.model.reference import Interval, Reference

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

_HEAD = ("dated", "title", "interval")
_ROW = ("fact", "from_month", "to_month", "lower", "upper", "cites", "reference")


def read_reference(text: str, pathway: Pathway, *, file: str = "reference") -> Reference:
    """The table in a TOML text; `file` is the name that leads each fault.

    A limit is a number in the canonical unit, or a text of a number and an accepted unit. Months are completed months;
    both ends of a band are included. Raises `BadInput` with every fault of the file, each with its place.
    """
    data = read_toml(text, file, decimals=True)
    reader = _Reader(pathway, text, data)
    reference = reader.read()
    if reader.faults or reference is None:
        raise BadInput(*(f"{file}: {line}" for line in reader.faults))
    return reference


class _Reader:
    """Reads one file and collects all its faults."""

    def __init__(self, pathway: Pathway, text: str, data: dict[str, Any]) -> None:
        self.pathway, self.data = pathway, data
        self.faults: list[str] = []
        self.ranged = tuple(dict.fromkeys(row.fact for row in pathway.reference.rows))
        heads = re.finditer(r"^[ \t]*\[\[[ \t]*interval[ \t]*\]\]", text, re.M)
        self.lines = [text.count("\n", 0, head.start()) + 1 for head in heads]

    def read(self) -> Reference | None:
        """The table; None where there are faults."""
        data = self.data
        self.faults += [f"unknown key '{key}'; {nearest(key, _HEAD)}" for key in data if key not in _HEAD]
        dated, title = self._date(data.get("dated")), data.get("title")
        if not isinstance(title, str) or not title.strip():
            self.faults.append('title: words are wanted here, such as title = "Laboratory of St Elsewhere"')
        raw = data.get("interval", [])
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            self.faults.append("interval: write each row as [[interval]]")
            raw = []
        rows = [self._row(row, self._place(number, len(raw))) for number, row in enumerate(raw, 1)]
        given = {row.get("fact") for row in raw}
        self.faults += [f"interval: none for {name}; the table replaces the built-in one whole"
                        for name in self.ranged if name not in given]  # fmt: skip
        if self.faults:
            return None
        reference = Reference(dated, str(title).strip(), tuple(row for row in rows if row is not None))
        self.faults += reference.faults()
        return reference

    def _place(self, number: int, count: int) -> str:
        known = len(self.lines) == count
        return f"interval {number} (line {self.lines[number - 1]})" if known else f"interval {number}"

    def _date(self, given: object) -> str:
        try:
            if type(given) is date:
                return given.isoformat()
            if isinstance(given, str):
                return date.fromisoformat(given).isoformat()
        except ValueError:
            pass
        self.faults.append("dated: the date of the table is wanted here, such as dated = 2026-02-01")
        return ""

    def _row(self, row: dict[str, Any], place: str) -> Interval | None:
        before = len(self.faults)
        self._fault(place, *(f"unknown key '{key}'; {nearest(key, _ROW)}" for key in row if key not in _ROW))
        name = row.get("fact")
        if name not in self.ranged:
            self._fault(place, f"fact: '{name}' has no reference interval; {nearest(str(name), self.ranged)}")
        first, last = self._month(row, "from_month", place), self._month(row, "to_month", place)
        if "from_month" not in row:
            self._fault(place, "from_month is missing; write 0 for a band that starts at birth")
        lower, upper = self._limit(row, "lower", place), self._limit(row, "upper", place)
        if "lower" not in row:
            self._fault(place, "lower is missing")
        own, cites = self._source(row, place)
        if len(self.faults) > before or first is None or lower is None:
            return None
        return Interval(str(name), first, last, lower, upper, cites or self._concerning(str(name)), own)

    def _fault(self, place: str, *lines: str) -> None:
        self.faults += [f"{place}: {line}" for line in lines]

    def _month(self, row: dict[str, Any], key: str, place: str) -> int | None:
        given, oldest = row.get(key), (self.pathway.oldest_years + 1) * 12 - 1
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= oldest:
            self._fault(place, f"{key}: '{given}' is no age in completed months, 0 to {oldest}")
            return None
        return given

    def _limit(self, row: dict[str, Any], key: str, place: str) -> Decimal | None:
        given, fact = row.get(key), self.pathway.facts_by_name.get(str(row.get("fact")))
        if given is None or not isinstance(fact, Quantity) or fact.name not in self.ranged:
            return None
        if isinstance(given, int | Decimal) and not isinstance(given, bool):
            given = f"{given} {fact.unit}"
        try:
            limit = fact.read(given)
        except BadInput as fault:
            self._fault(place, *(f"{key}: {line}" for line in fault.faults))
            return None
        if isinstance(limit, HeldBack):
            self._fault(place, f"{key}: {limit.reason}")
            return None
        return limit

    def _source(self, row: dict[str, Any], place: str) -> tuple[str, tuple[str, ...]]:
        own, cites = row.get("reference", ""), row.get("cites", [])
        if not isinstance(own, str):
            self._fault(place, "reference: words are wanted here")
            own = ""
        if not isinstance(cites, list) or not all(isinstance(cite, str) for cite in cites):
            self._fault(place, "cites: a list of ids is wanted here")
            cites = []
        known = self.pathway.citations
        self._fault(place, *(f"cites: unknown '{cite}'; {nearest(cite, known)}" for cite in cites if cite not in known))
        if not own.strip() and not cites:
            self._fault(place, 'where is this from? write reference = "...", or cites = [...]')
        return own.strip() or "interval of this site", tuple(cites)

    def _concerning(self, name: str) -> tuple[str, ...]:
        """The review notes on the built-in limits of a fact, else the first note on the fact, else its citations."""
        notes, cites = self.pathway.notes_by_id, self.pathway.facts_by_name[name].cites
        rows = (row for row in self.pathway.reference.rows if row.fact == name)
        found = tuple(dict.fromkeys(cite for row in rows for cite in row.cites if cite in notes))
        return found or next(((cite,) for cite in cites if cite in notes), cites)
