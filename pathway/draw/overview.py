"""The overview: the whole pathway on one sheet, with what is done at once, and every rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.arrangement import arrangement_of
from pathway.draw.at_once import at_once, dated, first_phase, in_any_state, triggers_of
from pathway.draw.diagram import diagram_of
from pathway.draw.geometry import Area
from pathway.draw.head import NUMBER, PITCH, WAITED_FOR, head, lines_read
from pathway.draw.layout import place
from pathway.draw.rows import Row, rows_of
from pathway.draw.sheet import Sheet
from pathway.draw.side_legend import Item, fill
from pathway.draw.spelt import Spelling
from pathway.draw.style import INK, PAPER, TEXT, URGENT
from pathway.draw.text import Span, bold, italic, paragraph
from pathway.model.guards import ALWAYS
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.at_once import Together
    from pathway.draw.placed import Placed
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice

_EDGE = 4.0
_GUTTER = 8.0
_PAD = 4.0
_BETWEEN = 1.0
_LONG = 40
_SOURCES = (bold("*"), " local choice. ", bold("Sources: "), "the other sheets.")
NAME = "overview"


def overview(pathway: Pathway) -> Sheet:
    """The sheet of the whole pathway."""
    sheet = Sheet(NAME, f"{pathway.title}: overview", whole=True)
    placed = place(diagram_of(pathway), arrangement_of(pathway.id, NAME))
    inner = sheet.inner
    area = placed.area
    left = inner.right - area.right
    room = _left_of_first(placed.moved(left, 0), pathway) - _GUTTER - inner.left
    low = head(sheet, pathway, "Overview", room=room, lead=True)
    right = Area(inner.left + room + _GUTTER, inner.top, inner.right, 0)
    foot = _box(sheet, "any-state", right, any_state(pathway))
    placed = placed.moved(left, max(low, foot) + _GUTTER - area.top)
    sheet.draw(placed)
    below = _box(sheet, "at-once", Area(inner.left, low + _GUTTER, inner.left + room, 0), together(pathway))
    fill(sheet, placed, [Item("", False, (*lines_read(), *_SOURCES)), *_entries(pathway, placed)], below)
    return sheet


def picture(pathway: Pathway) -> Sheet:
    """The diagram of the overview alone, on a sheet of its size, for a screen."""
    placed = place(diagram_of(pathway), arrangement_of(pathway.id, NAME))
    area = placed.area.grown(_EDGE)
    sheet = Sheet("picture", pathway.title, (round(area.width), round(area.height)))
    sheet.draw(placed.moved(-area.left, -area.top))
    return sheet


def _left_of_first(placed: Placed, pathway: Pathway) -> float:
    """The left edge of the first phase, or of what is drawn beside it at its top."""
    phase = first_phase(pathway)
    area = next((box.area for box in placed.boxes if box.box.id == phase.id), placed.area)
    beside = [one.left for one in placed.areas() if one.top < area.top + area.height / 2]
    return min([area.left, *beside])


def together(pathway: Pathway) -> Iterable[Item]:
    """What is done at once in the first phase."""
    groups = at_once(pathway)
    if not groups:
        return
    numbers = {row.rule: row for row in rows_of(pathway)}
    yield Item("", True, (bold("Done at once, together", URGENT),))
    for group in groups:
        rules = " and ".join(str(numbers[f"transition {rule}"].number) for rule in group.rules)
        see = f" (see {rules})" if rules else ""
        yield Item("", False, (italic(f"{_raised_by(group, pathway)}{see}:"),))
        yield from (_advised(numbers[f"advice {advice.id}"], advice) for advice in group.advice)
    yield Item("", False, (bold(WAITED_FOR),))


def _raised_by(group: Together, pathway: Pathway) -> str:
    if group.when == ALWAYS:
        return f"In {' or '.join(pathway.state(name).title for name in first_phase(pathway).states)}"
    words = in_words(group.when, pathway)
    return f"{words[0].upper()}{words[1:]}"


def any_state(pathway: Pathway) -> Iterable[Item]:
    """What is urgent in any state, with what triggers it, and what has a date."""
    rows = {row.rule: row for row in rows_of(pathway)}
    anywhere, later = in_any_state(pathway), dated(pathway)
    if anywhere:
        yield Item("", True, (bold("At once, in any state", URGENT),))
        yield from (_advised(rows[f"advice {advice.id}"], advice) for advice in anywhere)
        for trigger in triggers_of(anywhere, pathway):
            words = in_words(trigger.when, pathway)
            yield Item("", False, (bold(f"{trigger.title[0].upper()}{trigger.title[1:]}: "), f"{words}."))
    yield from (_advised(rows[f"advice {advice.id}"], advice, "Later: ") for advice in later)


def _advised(row: Row, advice: Advice, lead: str = "") -> Item:
    words = row.outcome.partition(": ")[2] if advice.due_day else advice.words
    return Item(str(row.number), row.urgent, (bold(lead), words, *([bold(" *")] if row.local_choice else [])))


def _box(sheet: Sheet, name: str, area: Area, items: Iterable[Item]) -> float:
    """Write items in a frame; return the height at which it ends, or the top of the area where there are none."""
    room = area.width - 2 * _PAD
    top = area.top + _PAD
    texts = []
    for order, item in enumerate(items):
        aside = NUMBER if item.number else 0.0
        text = paragraph(item.words, TEXT, room - aside, PITCH)
        texts.append((f"{name}-{order}", area.left + _PAD + aside, top, text))
        if item.number:
            badge = paragraph([bold(item.number, URGENT if item.urgent else INK)], TEXT, aside, PITCH)
            texts.append((f"{name}-number-{order}", area.left + _PAD, top, badge))
        top += text.height + _BETWEEN
    if not texts:
        return area.top
    frame = Area(area.left, area.top, area.right, top + _PAD / 2)
    sheet.tint(f"{name}-frame", frame, URGENT)
    sheet.tint(f"{name}-paper", frame.grown(-1), PAPER)
    for written in texts:
        sheet.write(*written)
    return frame.bottom


def _entries(pathway: Pathway, placed: Placed) -> Iterable[Item]:
    shared = {number for line in placed.lines if len(line.line.numbers) > 1 for number in line.line.numbers}
    spelling = Spelling(pathway)
    for row in rows_of(pathway):
        if row.kind == "transition":
            words = words_of(row, pathway, spelling, starts=row.number in shared)
            yield Item(str(row.number), row.urgent, tuple(words))


def words_of(row: Row, pathway: Pathway, spelling: Spelling, *, starts: bool = False) -> list[Span | str]:
    """A transition in the legend: its event, its condition, its short effects, and whether it is a local choice.

    `starts`: name the states that it leaves. Its sources and longer effects are on the sheet of its phase.
    """
    spans: list[Span | str] = []
    if starts:
        spans.append(italic(f"From {', '.join(pathway.state(name).title for name in row.states)}: "))
    if row.event:
        spans.append(italic(f"{row.event}: "))
    spans.append(f"{spelling.condition(pathway.transition(row.id), row.number)} ")
    spans += [f"{effect} " for effect in map(str, row.effects) if len(effect) <= _LONG]
    if row.local_choice:
        spans.append(bold(" *"))
    return spans
