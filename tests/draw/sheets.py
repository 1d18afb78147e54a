"""The sheets of this pathway, drawn once for all tests of a process, and what a reader finds on them.

Everything is read from what the renderer says it drew, not from what it was asked for.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pathway import PATHWAY
from pathway.draw.engine import render
from pathway.draw.files import sheets_of

if TYPE_CHECKING:
    from pathway.draw.sheet import Sheet


class Text(NamedTuple):
    """The letters of one object of a drawing: what they say, where they begin, how large the smallest are."""

    words: str
    left: float
    top: float
    smallest: float


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet that is drawn for sign-off, by its name."""
    return {one.name: one for one in sheets_of(PATHWAY)}


def geometry(sheet: Sheet) -> Any:
    return json.loads(render(sheet.source(), "json", engine="neato", placed=True))


@cache
def drawn(name: str) -> Any:
    return geometry(sheets()[name])


def texts(found: Any) -> dict[str, Text]:
    """The texts of a drawing, by the name of their node or the id of their line."""
    named = [(one["name"], one) for one in found.get("objects", ())]
    named += [(one["id"], one) for one in found.get("edges", ()) if "id" in one]
    return {name: text for name, one in named if (text := _text(one)) is not None}


def _text(one: Any) -> Text | None:
    lines: dict[float, str] = {}
    size, sizes, lefts = 0.0, [], []
    for op in one.get("_ldraw_", ()):
        if op["op"] == "F":
            size = float(op["size"])
        elif op["op"] == "T":
            lines[op["pt"][1]] = lines.get(op["pt"][1], "") + op["text"]
            if op["text"].strip():
                sizes.append(size)
                lefts.append(op["pt"][0] - {"l": 0.0, "c": 0.5, "r": 1.0}[op["align"]] * op["width"])
    if not sizes:
        return None
    return Text(" ".join(" ".join(lines.values()).split()), min(lefts), max(lines), min(sizes))


def all_words(*names: str) -> str:
    """All that is said on some sheets."""
    return " ".join(text.words for name in names for text in texts(drawn(name)).values())


def entries(*names: str) -> dict[int, str]:
    """What is said beside each number of the legends of some sheets."""
    found: dict[int, str] = {}
    for name in names:
        said = texts(drawn(name))
        for one, text in said.items():
            if one.startswith("number-"):
                number = int(text.words)
                assert number not in found, f"{number} is said twice"
                found[number] = said[one.replace("number-", "legend-")].words
    return found
