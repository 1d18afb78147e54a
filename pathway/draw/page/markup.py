"""HTML as values: what is markup is `Html`, and every other word is escaped on its way in."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ON_LINES = (
    *("article", "section", "ul", "dl", "li", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "details", "div"),
)


class Html(str):
    """Markup, as against words that are still to be escaped."""

    __slots__ = ()


NOTHING = Html("")


def el(name: str, /, *inside: str, **attributes: str | bool | None) -> Html:
    """An element. `class_` is the class, `data_marks` is data-marks; True is an attribute alone, None or False is none.

    Blocks begin on a line of their own, so that a diff of two pages can be read.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    start = "\n" if name in _ON_LINES else ""
    return Html(f"{start}<{name}{said}>{join(inside)}</{name}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """Some parts, one after the other; those that are empty are left out."""
    return Html(_escaped(between).join(_escaped(one) for one in parts if one))


def link(words: str, target: str, /, **attributes: str | bool | None) -> Html:
    """A link to a place in the page, or to a file."""
    return el("a", words, href=target, **attributes)


def listed(parts: Iterable[str], **attributes: str | bool | None) -> Html:
    """A list of some parts; nothing where there is none."""
    items = [el("li", one) for one in parts if one]
    return el("ul", *items, **attributes) if items else NOTHING


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def _escaped(words: str) -> str:
    return words if isinstance(words, Html) else escape(words, quote=False)
