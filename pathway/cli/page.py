"""A page of text for a terminal: headings, and blocks that wrap with a hanging indent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pathway.cli.text import PlainConsole, Text, is_drawn, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from rich.console import Console

    from pathway.model.pathway import Pathway

WIDEST = 110
NARROWEST = 40

# Signal colours only: what to do, what not to do, what to look at. Everything stands in words as well.
STYLES = {"NOW": "bold red", "TODAY": "bold yellow", "DO NOT": "bold magenta", "alert": "bold red", "quiet": "dim"}


def open_console(file: TextIO | None = None) -> Console | PlainConsole:
    """A console that prints text unchanged, 40 to 110 columns wide, in colour only on a terminal."""
    console: Console | PlainConsole
    if is_drawn(file):
        from rich.console import Console

        console = Console(file=file, highlight=False, markup=False, emoji=False)
    else:
        console = PlainConsole(file)
    console.width = max(NARROWEST, min(console.width, WIDEST))
    return console


class Page:
    """Writes to a console."""

    def __init__(self, console: Console | PlainConsole) -> None:
        self.console = console

    def heading(self, words: str, style: str = "") -> None:
        """A section's heading, after an empty line."""
        self.console.print()
        self.block(Text(words, style or STYLES.get(words, "bold")))

    def item(self, *parts: str | tuple[str, str], lead: str = "- ", indent: int = 0) -> None:
        """A list item: parts of text, or (text, style), after a lead; further lines are indented."""
        first = " " * indent + lead
        self.block(Text.assemble(*parts), first, " " * len(first))

    def block(self, text: Text | str, first: str = "", rest: str = "") -> None:
        """A paragraph, wrapped to the width, with a lead for its first line and one for the others."""
        width = max(20, self.console.width - max(len(first), len(rest)))
        if isinstance(self.console, PlainConsole):
            for number, line in enumerate(wrapped(text if isinstance(text, str) else text.plain, width)):
                lead = rest if number else first
                self.console.print(lead + line if line else lead.rstrip())
        else:
            _draw(self.console, text, width, first, rest)

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def footer(self, pathway: Pathway) -> None:
        """The end of every output: the banner, and the identity of the pathway."""
        self.blank()
        self.block(Text(f"{pathway.banner} [{' '.join(pathway.banner_cites)}]", "bold"))
        self.block(Text(identity(pathway), STYLES["quiet"]))


def _draw(console: Console, text: Text | str, width: int, first: str, rest: str) -> None:
    from rich.text import Text as RichText

    words = text.rich() if isinstance(text, Text) else RichText(text)
    for number, line in enumerate(words.wrap(console, width)):
        line.rstrip()
        lead = rest if number else first
        console.print(RichText.assemble(lead, line) if line.plain else lead.rstrip(), soft_wrap=True)


def identity(pathway: Pathway) -> str:
    """The pathway, its version and the start of its digest; also the reference table if it is a site's own."""
    from pathway.definition import PATHWAY

    words = f"{pathway.id} {pathway.version}, digest {pathway.digest[:12]}"
    if pathway.reference != PATHWAY.reference:
        words += f"; reference table of this site: {pathway.reference.title}, {pathway.reference.dated}"
    return words


def with_identity(pathway: Pathway, data: dict[str, Any]) -> dict[str, Any]:
    """Data for a program, with the identity and the banner of the pathway."""
    known = {"id": pathway.id, "version": pathway.version, "digest": pathway.digest}
    return {**data, "pathway": known, "banner": pathway.banner}


def cited(ids: Iterable[str], *marks: str) -> str:
    """Citations in brackets, followed by marks such as "local choice"."""
    inside = "; ".join(part for part in (" ".join(ids), *marks) if part)
    return f"[{inside}]" if inside else ""


def print_json_rows(before: dict[str, Any], name: str, rows: Iterable[Any], after: dict[str, Any]) -> None:
    """Print one JSON object with a list of that name in it, whose rows are written one after the other.

    The text is that of `print_json`, and at no time whole in memory.
    """
    import click

    head = "".join(f" {line},\n" for line in _members(before))
    click.echo(f"{{\n{head} {json.dumps(name)}: [", nl=False)
    some = False
    for row in rows:
        text = json.dumps(row, indent=1, ensure_ascii=False).replace("\n", "\n  ")
        click.echo(f"{',' if some else ''}\n  {text}", nl=False)
        some = True
    click.echo("\n ]" if some else "]", nl=False)
    click.echo("".join(f",\n {line}" for line in _members(after)) + "\n}")


def _members(data: dict[str, Any]) -> Iterator[str]:
    """The members of an object, as they stand within it."""
    for name, value in data.items():
        text = json.dumps(value, indent=1, ensure_ascii=False).replace("\n", "\n ")
        yield f"{json.dumps(name, ensure_ascii=False)}: {text}"


def print_json(data: Any) -> None:
    """Print JSON for a program to read."""
    import click

    click.echo(json.dumps(data, indent=1, ensure_ascii=False))
