"""Markdown that reads as well raw, in a diff, as on a page: escaped words, tables, links by reference.

A link is written `[S20]`, and where it leads stands at the end of the file, out of a reader's way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BREAK = "<br>"
NOTHING = "-"
OPEN, CLOSE = "\ue000", "\ue001"
"""Around a term that is to become a link, in words that are still to be escaped."""

_SPECIAL = re.compile(r"[\\`*\[\]|~$]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|!(?=\[)")


def escape(words: str) -> str:
    """Words as they are, for a line of Markdown: nothing in them is markup, and no line ends."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(words.split()))


def capital(words: str) -> str:
    """Words as a sentence begins, be it with a marked term."""
    first = 1 if words.startswith(OPEN) else 0
    return f"{words[:first]}{words[first : first + 1].upper()}{words[first + 1 :]}"


def prose(words: str) -> str:
    """Escaped words in which marked terms are links."""
    return escape(words).replace(OPEN, "[").replace(CLOSE, "]")


def link(label: str) -> str:
    """A link by reference: where it leads stands in `definitions`."""
    return f"[{escape(label)}]"


def code(words: str) -> str:
    """A name as it stands in files. A bar would end the cell of a table even here."""
    return f"`{words}`".replace("|", "\\|")


def anchor(name: str) -> str:
    """A place that links lead to."""
    return f'<a id="{name}"></a>'


def joined(parts: Iterable[str], by: str = BREAK) -> str:
    """The parts that are not empty."""
    return by.join(part for part in parts if part)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, one row a line, and a blank line after it. An empty cell says so by a dash."""
    lines = [_row(heads), _row(["---"] * len(heads))]
    for row in rows:
        assert len(row) == len(heads), (heads, row)
        lines.append(_row([cell or NOTHING for cell in row]))
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def slug(heading: str) -> str:
    """The anchor that a Git host gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def definitions(targets: Iterable[tuple[str, str]]) -> list[str]:
    """Where links by reference lead: (label, target), the first of each label."""
    return [f"[{escape(label)}]: {target}" for label, target in dict(reversed(list(targets))).items()][::-1]
