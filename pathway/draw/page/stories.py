"""The scenarios: from a rule to the stories that exercise it, and from a story to its rules."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pathway.draw.page.markup import NOTHING, Html, el, join, link, listed

if TYPE_CHECKING:
    from pathway.draw.page.refs import Refs

_NAMED = 8
_UP = "../"
"""From the page's folder to that of the project."""


def stories_of(refs: Refs, rule: str) -> Html:
    """How many stories exercise a rule or state, the few that exercise least besides, and a link to all of them."""
    files = refs.book.scenarios.get(rule, ())
    if not files:
        return join(["none"])
    reach = _reach(refs)
    telling = sorted(files, key=lambda file: (reach[file], file))[:_NAMED]
    few = listed(link(name_of(file), _UP + file) for file in telling)
    if len(files) <= _NAMED:
        return el("div", el("p", str(len(files))), few, class_="stories")
    row = refs.rows.get(rule)
    more = link(f"all {len(files)}", "#scenarios", data_of=str(row.number) if row else None)
    said = el("p", str(len(files)), el("span", ", of which these exercise little else (", more, "):"))
    return el("div", said, few, class_="stories")


def stories(refs: Refs) -> Html:
    """Every story with the rules that it exercises, folder by folder."""
    numbers: dict[str, list[int]] = {}
    for rule, row in refs.rows.items():
        for file in refs.book.scenarios.get(rule, ()):
            numbers.setdefault(file, []).append(row.number)
    folders = groupby(sorted(numbers), key=folder_of)
    return join(_folder(folder, list(files), numbers) for folder, files in folders)


def _folder(folder: str, files: list[str], numbers: dict[str, list[int]]) -> Html:
    items = [_story(file, numbers[file]) for file in files]
    return el("details", el("summary", folder.replace("-", " "), " ", el("small", f"({len(files)})")), el("ul", *items))


def _story(file: str, numbers: list[int]) -> Html:
    rules = join((link(str(one), f"#rule-{one}") for one in numbers), " ")
    named = el("small", "rules ", rules) if numbers else NOTHING
    return el("li", link(name_of(file), _UP + file), " ", named, data_rules=" ".join(map(str, numbers)))


def _reach(refs: Refs) -> Counter[str]:
    return Counter(file for rule in refs.rows for file in refs.book.scenarios.get(rule, ()))


def folder_of(file: str) -> str:
    """The folder that a story stands in."""
    return "/".join(file.split("/")[1:-1]) or "scenarios"


def name_of(file: str) -> str:
    """A story's name, as words."""
    return PurePosixPath(file).stem.replace("-", " ")
