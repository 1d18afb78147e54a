"""The width of a text in Helvetica, in which everything is set, so that lines can be broken before drawing.

The renderer measures with the same table, and a test compares the two.
"""

from __future__ import annotations

from functools import lru_cache

_PLAIN = """
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278
584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944
667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500
278 556 500 722 500 500 500 334 260 334 584
"""
_BOLD = """
278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333
584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944
667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556
333 611 556 778 556 556 500 389 280 389 584
"""
_FIRST = 32
LINE = 1.07
"""Height of a line, as a multiple of the size of its letters."""


def _table(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split())


_WIDTHS = {False: _table(_PLAIN), True: _table(_BOLD)}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in points. A character outside ASCII is taken to be as wide as an "m"."""
    return _thousandths(text, bold) * size / 1000


@lru_cache(maxsize=20_000)
def _thousandths(text: str, bold: bool) -> int:
    """The width at a size of one, in thousandths. Cached, since the same words recur."""
    table = _WIDTHS[bold]
    wide = table[ord("m") - _FIRST]
    places = (ord(letter) - _FIRST for letter in text)
    return sum(table[at] if 0 <= at < len(table) else wide for at in places)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `room` points. A longer word has a line of its own.

    Breaks only at spaces, so that a number keeps its unit where they are joined by a no-break space.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold=bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def balanced(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """As `wrapped`, in as many lines, with the longest as short as can be: for labels."""
    count = len(wrapped(text, size, room, bold=bold))
    words = text.split(" ")
    if count == 1 or len(words) <= count:
        return wrapped(text, size, room, bold=bold)
    sizes = sorted(
        {width(" ".join(words[a:b]), size, bold=bold) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    )
    for limit in sizes:
        lines = wrapped(text, size, limit, bold=bold)
        if len(lines) <= count and all(width(line, size, bold=bold) <= limit for line in lines):
            return lines
    return wrapped(text, size, room, bold=bold)
