"""Hints for the layout of a diagram, which a layout program cannot know. They are no part of a pathway."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from attrs import evolve, field, frozen

Pairs = tuple[tuple[str, str], ...]


@frozen
class Arrangement:
    """Hints for one diagram. Without hints the layout program decides.

    `boxes`: the order in which boxes are written. `upward`: ids of the lines that run against the reading direction.
    `level`: states that stand side by side. `hooks`: for a line from a box, by id, the state beside which it leaves.
    `corners`: the corner of a box's title, by default "top left". `below`: pairs of an upper and a lower state.
    `attributes`: Graphviz attributes, by the id of a box or line, or under "graph". `gaps`: the height of each
    empty row between states in points, from the top; further rows are left as they are.
    `free_beside`: the box to whose left no label stands.
    """

    boxes: tuple[str, ...] = ()
    upward: frozenset[str] = field(default=frozenset())
    level: tuple[tuple[str, ...], ...] = ()
    hooks: dict[str, str] = field(factory=dict)
    corners: dict[str, str] = field(factory=dict)
    below: Pairs = ()
    attributes: dict[str, dict[str, str]] = field(factory=dict)
    gaps: tuple[float, ...] = ()
    free_beside: str = ""

    def loose(self) -> Arrangement:
        """The hints for a diagram whose states and labels say more: with all the room that the layout program gives."""
        return evolve(self, gaps=(), free_beside="", attributes={})


@cache
def arrangement_of(pathway: str, diagram: str) -> Arrangement:
    """The arrangement of a diagram, by the ids of the pathway and of the diagram; empty where no file has hints."""
    path = files("pathway.draw").joinpath("arrangements", f"{pathway}.toml")
    if not path.is_file():
        return Arrangement()
    found = tomllib.loads(path.read_text("utf-8")).get(diagram, {})
    return Arrangement(
        tuple(found.get("boxes", ())),
        frozenset(found.get("upward", ())),
        tuple(tuple(states) for states in found.get("level", ())),
        found.get("hooks", {}),
        found.get("corners", {}),
        tuple((upper, lower) for upper, lower in found.get("below", ())),
        found.get("attributes", {}),
        tuple(found.get("gaps", ())),
        found.get("free_beside", ""),
    )
