"""The scenarios: from a rule to the stories that exercise it, and from a story to its rules."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pathway.draw.book.html import NOTHING, Html, el, join, link, listed

if TYPE_CHECKING:
    from pathway.draw.page.drawn import Drawn

_NAMED = 8
_UP = "../"
"""The path from the folder of the page to that of the project."""


def stories_of(page: Drawn, rule: str) -> Html:
    """How many scenarios exercise a rule or state, the few most specific ones, and a link to all of them."""
    files = page.book.files(rule)
    if not files:
        return join(["none"])
    few = listed(link(name_of(file), _UP + file) for file in files[:_NAMED])
    if len(files) <= _NAMED:
        return el("div", el("p", str(len(files))), few, class_="stories")
    row = page.book.rows.get(rule)
    more = link(f"all {len(files)}", "#scenarios", data_of=str(row.number) if row else None)
    count = el("p", str(len(files)), el("span", ", of which these exercise little else (", more, "):"))
    return el("div", count, few, class_="stories")


def stories(page: Drawn) -> Html:
    """Every scenario with the rules that it exercises, folder by folder."""
    numbers: dict[str, list[int]] = {}
    for rule, row in page.book.rows.items():
        for file in page.book.scenarios.get(rule, ()):
            numbers.setdefault(file, []).append(row.number)
    folders = groupby(sorted(numbers), key=folder_of)
    return join(_folder(folder, list(files), numbers) for folder, files in folders)


def _folder(folder: str, files: list[str], numbers: dict[str, list[int]]) -> Html:
    items = [_story(file, numbers[file]) for file in files]
    return el("details", el("summary", folder.replace("-", " "), " ", el("small", f"({len(files)})")), el("ul", *items))


def _story(file: str, numbers: list[int]) -> Html:
    rules = join((link(str(number), f"#rule-{number}") for number in numbers), " ")
    named = el("small", "rules ", rules) if numbers else NOTHING
    return el("li", link(name_of(file), _UP + file), " ", named, data_rules=" ".join(map(str, numbers)))


def folder_of(file: str) -> str:
    """The folder that a story stands in."""
    return "/".join(file.split("/")[1:-1]) or "scenarios"


def name_of(file: str) -> str:
    """A story's name, as words."""
    return PurePosixPath(file).stem.replace("-", " ")
