"""The sheet of advice and orders by state: what can be raised or refused in which state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.diagram import phases_of
from pathway.draw.geometry import Area
from pathway.draw.head import head
from pathway.draw.metrics import width
from pathway.draw.rows import Row, advice_in, order_in, rows_of
from pathway.draw.sheet import Sheet
from pathway.draw.style import FRAME, INK, PHASES, TEXT, URGENT
from pathway.draw.text import Span, bold, italic, paragraph
from pathway.model.guards import ALWAYS, NEVER, Guard

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

NAME = "advice-and-orders"
_CELL = 19.0
_ROW = 11.0
_NUMBER = 15.0
_GAP = 6.0
_PALE = "#e9e9e9"


def matrix(pathway: Pathway) -> Sheet:
    """One sheet with a row for each advice and order, and a column for each state."""
    sheet = Sheet(NAME, f"{pathway.title}: advice and orders by state", whole=True)
    top = head(sheet, pathway, "Advice and orders by state", room=sheet.inner.width) + 4
    left = sheet.inner.right - _CELL * len(pathway.states)
    top = _key(sheet, pathway, top)
    top = _columns(sheet, pathway, left, top)
    rows = rows_of(pathway)
    top = _heading(sheet, "Advice", "can be raised", top)
    for row in (row for row in rows if row.kind == "advice"):
        advice = pathway.advice_named(row.id)
        marks = [_advice_mark(row, advice_in(advice, state.name)) for state in pathway.states]
        top = _row(sheet, row, advice.words.removesuffix("."), marks, left, top)
    top = _heading(sheet, "Orders", "are refused or permitted", top + _GAP)
    for row in (row for row in rows if row.kind == "order"):
        order = pathway.order(row.id)
        marks = [_order_mark(*order_in(order, state.name)) for state in pathway.states]
        top = _row(sheet, row, f"{order.words[0].upper()}{order.words[1:]}", marks, left, top)
    return sheet


def _advice_mark(row: Row, when: Guard) -> tuple[str, str]:
    if when == NEVER:
        return "", ""
    letter = row.outcome[0]
    return letter, "always" if when == ALWAYS else "may"


def _order_mark(refused: Guard, permitted: Guard) -> tuple[str, str]:
    if refused == ALWAYS:
        return "R", "always"
    if permitted == ALWAYS:
        return "P", "always"
    letters = ("r" if refused != NEVER else "") + ("p" if permitted != NEVER else "")
    return letters, "may" if letters else ""


def _key(sheet: Sheet, pathway: Pathway, top: float) -> float:
    inner = sheet.inner
    spans: list[Span | str] = []
    for phase in phases_of(pathway):
        spans.append(bold(f"{phase.title}: "))
        for place, name in enumerate(phase.states, 1):
            spans.append(
                f"{phase.place}.{place} {pathway.state(name).title}{',' if place < len(phase.states) else '.'} "
            )
    top = sheet.write("states", inner.left, top, paragraph(spans, TEXT, inner.width)) + 2
    spans = [
        bold("Advice. N, T, P, O: "),
        "of urgency now, today, planned, ongoing. ",
        bold("Orders. R, P: "),
        "refused, permitted. ",
        bold("Dark: "),
        "in this state always. ",
        bold("Light, or a small letter: "),
        "depends on what is known; the condition is in the rulebook. ",
        bold("Empty: "),
        "not raised in this state, not addressed. ",
        italic("Advice that was raised stays until it is completed, whatever the state becomes."),
    ]
    return sheet.write("key", inner.left, top, paragraph(spans, TEXT, inner.width)) + _GAP


def _columns(sheet: Sheet, pathway: Pathway, left: float, top: float) -> float:
    at = left
    for phase in phases_of(pathway):
        color = PHASES[(phase.place - 1) % len(PHASES)]
        area = Area(at, top, at + _CELL * len(phase.states), top + _ROW)
        sheet.tint(f"band-{phase.id}", area, color)
        for place, name in enumerate(phase.states, 1):
            code = f"{phase.place}.{place}"
            text = paragraph([bold(code)], TEXT, _CELL)
            sheet.write(f"column-{name}", at + (_CELL - width(code, TEXT, bold=True)) / 2, top + 0.5, text)
            at += _CELL
    return top + _ROW + 2


def _heading(sheet: Sheet, words: str, more: str, top: float) -> float:
    inner = sheet.inner
    text = paragraph([bold(f"{words} "), more], TEXT + 1, inner.width / 3)
    sheet.write(f"heading-{words}", inner.left, top, text)
    top += text.height
    sheet.tint(f"rule-{words}", Area(inner.left, top, inner.right, top + 0.5), FRAME)
    return top + 2


def _row(sheet: Sheet, row: Row, words: str, marks: list[tuple[str, str]], left: float, top: float) -> float:
    inner = sheet.inner
    color = URGENT if row.urgent else INK
    sheet.write(f"number-{row.number}", inner.left, top, paragraph([bold(str(row.number), color)], TEXT, _NUMBER))
    name = paragraph([bold(words, color) if row.urgent else words], TEXT, left - inner.left - _NUMBER - 4)
    sheet.write(f"legend-{row.number}", inner.left + _NUMBER, top, name)
    height = max(_ROW, name.height)
    for place, (letter, shade) in enumerate(marks):
        start = left + place * _CELL
        if letter:
            dark = shade == "always"
            cell = Area(start + 0.7, top, start + _CELL - 0.7, top + _ROW - 1)
            sheet.tint(f"cell-{row.number}-{place}", cell, (color if dark else _PALE))
            at = start + (_CELL - width(letter, TEXT, bold=dark)) / 2
            span = bold(letter, "white") if dark else Span(letter, color=color)
            sheet.write(f"mark-{row.number}-{place}", at, top + 0.2, paragraph([span], TEXT, _CELL - 4))
    return top + height
