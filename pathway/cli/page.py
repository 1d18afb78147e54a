"""A page of text for a terminal: headings, and blocks that wrap with a hanging indent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from pathway.model.pathway import Pathway

WIDEST = 110
NARROWEST = 40

# Signal colours only: what to do, what not to do, what to look at. Everything is said in words as well.
STYLES = {"NOW": "bold red", "TODAY": "bold yellow", "DO NOT": "bold magenta", "alert": "bold red", "quiet": "dim"}


def open_console(file: TextIO | None = None) -> Console:
    """A console that takes every text as it is; as wide as the terminal, within reason; colour only on a terminal."""
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    console.width = max(NARROWEST, min(console.width, WIDEST))
    return console


class Page:
    """Writes to a console."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def heading(self, words: str, style: str = "") -> None:
        """A section's heading, after an empty line."""
        self.console.print()
        self.block(Text(words, style or STYLES.get(words, "bold")))

    def item(self, *parts: str | tuple[str, str], lead: str = "- ", indent: int = 0) -> None:
        """An entry of a list: parts of text, or (text, style), after a lead; the lines that follow are indented."""
        first = " " * indent + lead
        self.block(Text.assemble(*parts), first, " " * len(first))

    def block(self, text: Text | str, first: str = "", rest: str = "") -> None:
        """A paragraph, wrapped to the width, with what leads its first line and the lines that follow."""
        words = text if isinstance(text, Text) else Text(text)
        width = max(20, self.console.width - max(len(first), len(rest)))
        for number, line in enumerate(words.wrap(self.console, width)):
            line.rstrip()
            lead = rest if number else first
            self.console.print(Text.assemble(lead, line) if line.plain else lead.rstrip(), soft_wrap=True)

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def footer(self, pathway: Pathway) -> None:
        """What every output ends with: what this is not, and which pathway said it."""
        self.blank()
        self.block(Text(f"{pathway.banner} [{' '.join(pathway.banner_cites)}]", "bold"))
        self.block(Text(identity(pathway), STYLES["quiet"]))


def identity(pathway: Pathway) -> str:
    """The pathway, its version, the start of its digest; and the reference table where it is a site's own."""
    from pathway.definition import PATHWAY

    said = f"{pathway.id} {pathway.version}, digest {pathway.digest[:12]}"
    if pathway.reference != PATHWAY.reference:
        said += f"; reference table of this site: {pathway.reference.title}, {pathway.reference.dated}"
    return said


def with_identity(pathway: Pathway, data: dict[str, Any]) -> dict[str, Any]:
    """Data for a program, with what every output says."""
    known = {"id": pathway.id, "version": pathway.version, "digest": pathway.digest}
    return {**data, "pathway": known, "banner": pathway.banner}


def cited(ids: Iterable[str], *marks: str) -> str:
    """Citations in brackets, followed by marks such as "local choice"."""
    inside = "; ".join(one for one in (" ".join(ids), *marks) if one)
    return f"[{inside}]" if inside else ""


def print_json(data: Any) -> None:
    """Print JSON for a program to read."""
    import click

    click.echo(json.dumps(data, indent=1, ensure_ascii=False))
