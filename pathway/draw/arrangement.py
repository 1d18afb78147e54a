"""How the states of one diagram are set out: what a layout program cannot know. Nothing here is a part of a pathway."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from attrs import field, frozen

Pairs = tuple[tuple[str, str], ...]


@frozen
class Arrangement:
    """Hints for one diagram. Without any the layout program decides.

    `boxes`: in which order they are written. `upward`: the lines, by id, that run against the reading direction.
    `level`: states that stand side by side. `hooks`: of a line from a box, by id, the state beside which it leaves.
    `corners`: where a box has its title: "top left" unless said otherwise. `below`: (upper, lower) pairs.
    """

    boxes: tuple[str, ...] = ()
    upward: frozenset[str] = field(default=frozenset())
    level: tuple[tuple[str, ...], ...] = ()
    hooks: dict[str, str] = field(factory=dict)
    corners: dict[str, str] = field(factory=dict)
    below: Pairs = ()
    attributes: dict[str, dict[str, str]] = field(factory=dict)


@cache
def arrangement_of(pathway: str, diagram: str) -> Arrangement:
    """The arrangement of a diagram of the pathway of that id; an empty one where none was made."""
    path = files("pathway.draw").joinpath("arrangements", f"{pathway}.toml")
    if not path.is_file():
        return Arrangement()
    found = tomllib.loads(path.read_text("utf-8")).get(diagram, {})
    return Arrangement(
        tuple(found.get("boxes", ())),
        frozenset(found.get("upward", ())),
        tuple(tuple(one) for one in found.get("level", ())),
        found.get("hooks", {}),
        found.get("corners", {}),
        tuple((upper, lower) for upper, lower in found.get("below", ())),
        found.get("attributes", {}),
    )
