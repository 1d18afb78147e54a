"""The rulebook of this pathway with a few scenarios, read as a program reads Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from pathway import PATHWAY
from pathway.draw.book import rulebook

ROOT = Path(__file__).parents[2]
FILES = {
    "transition smear_clear": ("scenarios/a/one.toml", "scenarios/a/two.toml", "scenarios/generated/three.toml"),
    "transition count_low": ("scenarios/a/one.toml", "scenarios/b/one.toml"),
    "advice smear_now": tuple(f"scenarios/c/{number}.toml" for number in "ihgf"),
}
TEXT = rulebook(PATHWAY, FILES)
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
RULES = ("Transitions", "Advice", "Orders", "Contradictions")


def sections(text: str = TEXT) -> dict[str, list[str]]:
    """The lines under each heading of the second level."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("## "):
            found[line[3:]] = []
        elif found:
            found[list(found)[-1]].append(line)
    return found


def tables(text: str = TEXT) -> list[list[list[str]]]:
    """Every table as rows of cells as they are read on a page, without links and emphasis."""
    found: list[list[list[str]]] = []
    tokens = MARKDOWN.parse(text)
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            found[-1][-1].append(plain(after))
    return found


def plain(token) -> str:
    """What an inline token reads as."""
    return "".join(
        one.content if one.type in ("text", "code_inline") else "\n" if one.content == "<br>" else ""
        for one in token.children
    )


def rows_under(heading: str, text: str = TEXT) -> list[list[str]]:
    """The rows of the one table under a heading, without its head."""
    definitions = [line for line in text.splitlines() if re.match(r"\[.*\]: ", line)]
    (table,) = tables("\n".join([*sections(text)[heading], *definitions]))
    return table[1:]


def rule_lines(text: str = TEXT) -> list[str]:
    """The lines of the tables of rules, without heads."""
    return [line for name in RULES for line in sections(text)[name] if line.startswith("| <a id=")]


def changed(one: str, two: str) -> list[str]:
    """The lines of two that are not in one, apart from the digest."""
    before = set(one.splitlines())
    return [line for line in two.splitlines() if line not in before and not line.startswith("- Digest:")]
