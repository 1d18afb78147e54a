"""Reasons short enough for the bedside: values against limits, each count in a few words.

The long form, with the band of age and where each limit comes from, stands under WHY.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pathway.door.amounts import is_bare
from pathway.model.facts import Quantity
from pathway.model.units import written
from pathway.model.values import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathway.model.derived import Grade
    from pathway.model.events import Event
    from pathway.model.facts import Raw, Value
    from pathway.model.pathway import Pathway
    from pathway.model.reference import Interval
    from pathway.run.findings import Finding

_ABBREVIATION = re.compile(r"\(([A-Z]{2,})\)")


def short_title(name: str, pathway: Pathway) -> str:
    """A short title of a fact: the abbreviation in its title, if there is one."""
    title = pathway.title_of(name)
    found = _ABBREVIATION.search(title)
    return found.group(1) if found else title


def titles(names: Iterable[str], pathway: Pathway) -> str:
    """Facts by title, in one line."""
    return ", ".join(short_title(name, pathway) for name in names)


def interval_of(finding: Finding, pathway: Pathway) -> Interval | None:
    """The reference interval that a count was compared with; None if the finding is about something else."""
    limited = pathway.limited(finding.fact)
    for row in pathway.reference.rows:
        limit = f"{written(row.lower)} {pathway.unit_of(row.fact)}"
        if row.fact == limited and finding.limit == limit and row.band() in finding.words:
            return row
    return None


def beyond(value: Any, row: Interval) -> str:
    """Where a value lies relative to an interval, with the limit."""
    if value < row.lower:
        return f"< {written(row.lower)}"
    if row.upper is not None and value > row.upper:
        return f"> {written(row.upper)}"
    return f"({'not' if value >= row.lower else 'perhaps'} below {written(row.lower)})"


def _number(value: Any) -> str:
    return str(value) if isinstance(value, Bound) else written(value)


def short_reasons(findings: Sequence[Finding], pathway: Pathway) -> str:
    """The findings in one line. Counts of the same unit are grouped, and the unit stands once."""
    counts: dict[str, list[str]] = {}
    others: list[str] = []
    for finding in findings:
        row = interval_of(finding, pathway)
        if row is None:
            others.append(
                f"state is {pathway.state(finding.value).title}" if finding.fact == "state" else finding.words
            )
            continue
        words = f"{short_title(finding.fact, pathway)} {_number(finding.value)} {beyond(finding.value, row)}"
        counts.setdefault(pathway.unit_of(finding.fact), []).append(words)
    grouped = [f"{', '.join(words)} {unit}" for unit, words in counts.items()]
    return "; ".join([*grouped, *others])


def informative(findings: Sequence[Finding], missing: Sequence[str], pathway: Pathway) -> list[Finding]:
    """The informative findings: without facts already named as missing, and without the mere fact of an event.

    That the case is *not* in some state is left out too: it explains little.
    """
    happened = {name for kind in pathway.events for name in kind.records}
    kept = [
        finding
        for finding in findings
        if finding.fact not in missing and not (finding.fact == "state" and "is not" in finding.words)
    ]
    return [finding for finding in kept if finding.fact not in happened] or ([] if missing else kept)


def rests_on_local_choice(local_choice: str, findings: Sequence[Finding], pathway: Pathway) -> bool:
    """Whether a line rests on a local choice: its own, that of a finding or that of an interval."""
    rows = (interval_of(finding, pathway) for finding in findings)
    chosen = any(finding.local_choice for finding in findings)
    return bool(local_choice) or chosen or any(row is not None and row.local_choice for row in rows)


def _word(grade: Grade, value: Any, row: Interval | None) -> str:
    """The word of a grade; "" where a bound leaves it open."""
    ends = (value.low, value.high) if isinstance(value, Bound) else (value,)
    words = {grade.word(end, row.lower if row else None) for end in ends}
    return words.pop() if len(words) == 1 else ""


def grades(findings: Sequence[Finding], pathway: Pathway, *, bands: bool = True) -> list[str]:
    """The grades of the counts, such as "grade of a low count: moderate", with their bands."""
    words = []
    for finding in findings:
        grade = pathway.grades.get(finding.fact)
        row = interval_of(finding, pathway)
        if row is not None and finding.value >= row.lower:
            continue
        word = _word(grade, finding.value, row) if grade is not None else ""
        if grade is not None and word:
            meant = f" ({grade.describe()})" if bands else ""
            words.append(f"{grade.title}: {word}{meant} [{' '.join(grade.cites)}]")
    return words


def facts_of(event: Event, pathway: Pathway) -> str:
    """The facts of an event as they were given, without values that were held back."""
    counted = dict(event.given)
    words = []
    for name, raw in event.raw:
        title = short_title(name, pathway)
        if name not in counted:
            continue
        if isinstance(raw, bool):
            words.append(title if raw else f"no {title.removeprefix('a ')}")
        elif event.door and isinstance(fact := pathway.facts_by_name[name], Quantity):
            words.append(f"{title} {_as_read(fact, raw, counted[name])}")
        else:
            words.append(f"{title} {str(raw).replace('_', ' ')}")
    return ", ".join(words)


def _as_read(fact: Quantity, raw: Raw, value: Value) -> str:
    """An amount as it was given; with how it was read where that is not plain."""
    if isinstance(raw, str) and not is_bare(raw):
        said = fact.at_door.said(raw)
        return f"{raw} ({said})" if said else raw
    return fact.write(value)
