"""From the entries of a store to a case: pinned to its version, across migrations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pathway.compare import retold
from pathway.model.errors import BadInput
from pathway.run.case import Case
from pathway.store.chain import MIGRATION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pathway.model.pathway import Pathway
    from pathway.store.chain import StoredEntry


def case_of(entries: Sequence[StoredEntry], pathway_of: Callable[[StoredEntry], Pathway]) -> Case:
    """The case of a whole log, from its opening on.

    At a migration the case is told anew under the version that the entry is pinned to; what follows was recorded under
    that one.
    """
    opening = entries[0]
    case = Case(pathway_of(opening), born=_born(opening), timezone=opening.data.get("timezone", ""))
    since: list[StoredEntry] = []
    for entry in entries[1:]:
        if entry.kind == MIGRATION:
            case = retold(_with(case, since), pathway_of(entry))
            since = []
        else:
            since.append(entry)
    return _with(case, since)


def _with(case: Case, entries: Sequence[StoredEntry]) -> Case:
    if not entries:
        return case
    log = [*case.log, *(one.entry(case.pathway) for one in entries)]
    return Case.of_log(case.pathway, born=case.born, timezone=case.timezone, entries=log)


def _born(opening: StoredEntry) -> date:
    try:
        return date.fromisoformat(opening.data["born"])
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"case {opening.case_id}: its opening names no date of birth") from None
