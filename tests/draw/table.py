"""The sheet of advice and orders by state, read by where its marks stand: which row a mark is in, and which column."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pathway import PATHWAY
from pathway.draw.rows import rows_of
from tests.draw.sheets import drawn, sheets, texts

SHEET = "advice-and-orders"


class Cell(NamedTuple):
    rule: str
    state: str
    letter: str
    dark: bool


@cache
def cells() -> dict[tuple[str, str], Cell]:
    """What the sheet says of each advice or order in each state; a letter of "" where it says nothing."""
    said = texts(drawn(SHEET))
    columns = {name.removeprefix("column-"): text.left for name, text in said.items() if name.startswith("column-")}
    rules = {row.number: row.rule for row in rows_of(PATHWAY)}
    heights = {rules[int(text.words)]: text.top for name, text in said.items() if name.startswith("number-")}
    shades = {name: color for name, _, color in sheets()[SHEET].tints}
    found = {(rule, state): Cell(rule, state, "", False) for rule in heights for state in columns}
    for name, text in said.items():
        if name.startswith("mark-"):
            state = min(columns, key=lambda one: abs(columns[one] + 4 - text.left - 2 * len(text.words)))
            rule = min(heights, key=lambda one: abs(heights[one] - text.top))
            assert not found[rule, state].letter, "two marks in one place"
            pale = luminous(shades[name.replace("mark-", "cell-")])
            found[rule, state] = Cell(rule, state, text.words, not pale)
    return found


def luminous(color: str) -> bool:
    return all(int(color[at : at + 2], 16) > 200 for at in (1, 3, 5))


def allows(cell: Cell, verdict: str) -> bool:
    """Whether an order can have that verdict where the table has that mark."""
    if cell.dark:
        return verdict == {"R": "refused", "P": "permitted"}[cell.letter]
    return {"refused": "r" in cell.letter, "permitted": "p" in cell.letter, "not_addressed": True}[verdict]
