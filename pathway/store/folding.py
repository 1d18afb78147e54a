"""From the entries of a store to a case: pinned to its version, across migrations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pathway.compare import retold_log
from pathway.model.errors import BadInput
from pathway.run.case import Case
from pathway.store.chain import MIGRATION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pathway.model.pathway import Pathway
    from pathway.run.log import Entry
    from pathway.store.chain import StoredEntry


def case_of(entries: Sequence[StoredEntry], pathway_of: Callable[[StoredEntry], Pathway]) -> Case:
    """The case of a whole log, from its opening on.

    At a migration the case is told anew under the version that the entry is pinned to; what follows was recorded under
    that one.
    """
    opening = entries[0]
    case = Case(pathway_of(opening), born=_born(opening), timezone=opening.data.get("timezone", ""))
    told: list[Entry] = []
    since: list[Entry] = []
    for entry in entries[1:]:
        if entry.kind != MIGRATION:
            since.append(entry.entry(case.pathway))
            continue
        # All that was ever recorded is told anew: what had no object under one version may have one under the next.
        told += since
        since = []
        case = retold_log(told, pathway_of(entry), born=case.born, timezone=case.timezone)
    if not since:
        return case
    return Case.of_log(case.pathway, born=case.born, timezone=case.timezone, entries=[*case.log, *since])


def log_told(entries: Sequence[StoredEntry], pathway_of: Callable[[StoredEntry], Pathway]) -> list[Entry]:
    """Every entry of a case's log that was ever recorded, each as the version read it that it is pinned to."""
    return [one.entry(pathway_of(one)) for one in entries if one.of_log]


def _born(opening: StoredEntry) -> date:
    try:
        return date.fromisoformat(opening.data["born"])
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"case {opening.case_id}: its opening names no date of birth") from None
