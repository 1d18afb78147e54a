"""A case moves to another version of the pathway. A named person decides it, sees it before, and it is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.errors import BadInput
from pathway.run.compare import Comparison, compare, retold_log
from pathway.run.moments import aware
from pathway.store.chain import MIGRATION, StoredEntry, canonical, chained, stamp
from pathway.store.faults import Clash, Conflict
from pathway.store.names import line_of_words

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.model.pathway import Pathway
    from pathway.store.store import Store
    from pathway.store.stored_case import StoredCase


def preview(stored: StoredCase, to: Pathway, *, at: datetime) -> Comparison:
    """What would change if the case moved to a version. Raises `BadInput` where that version cannot hold an entry."""
    if to.digest == stored.pathway.digest:
        raise BadInput(f"case {stored.id}: it is at version {to.version} with digest {to.digest[:12]} already")
    if to.id != stored.pathway.id:
        raise BadInput(f"case {stored.id}: it is a case of {stored.pathway.id}, and {to.id} is another pathway")
    case = stored.case
    try:
        told = retold_log(stored.told(), to, born=case.born, timezone=case.timezone)
        return compare(case, told, at=at)
    except BadInput as fault:
        raise fault.at(f"case {stored.id}") from None


def migrate(
    store: Store, stored: StoredCase, to: Pathway, *, by: str, now: datetime, reason: str = "",
    acknowledge_another_way: bool = False,
) -> tuple[StoredEntry, Comparison]:  # fmt: skip
    """Move a case to a version. Raises `BadInput` where the move has to be acknowledged and is not.

    It has to be where the case would have taken another way, urgent advice would end, or other entries would wait.
    `by` names the person who decides. The entry keeps what differs.
    """
    line_of_words(by, "by", wanted=True)
    line_of_words(reason, "reason")
    now = aware(now, "now")
    with store.database.patience.call():
        return _migrated(store, stored, to, by, now, reason, acknowledge_another_way)


def _migrated(
    store: Store, stored: StoredCase, to: Pathway, by: str, now: datetime, reason: str, acknowledged: bool
) -> tuple[StoredEntry, Comparison]:
    found = preview(stored, to, at=now)
    if found.needs_acknowledgement and not acknowledged:
        raise BadInput(
            f"case {stored.id}: {_why(found)} under version {to.version}; nothing was changed. "
            "Look at what differs, and acknowledge that",
            *(str(difference) for difference in found.way),
        )
    last = stored.last
    entry = chained(
        last.hash, case_id=stored.id, sequence=last.sequence + 1, kind=MIGRATION, happened_at=stamp(now),
        recorded_at=stamp(now), recorded_by=by, source="", source_key=None, event="", target="",
        body=canonical({
            "from": stored.pathway.digest, "to": to.digest, "reason": reason,
            "acknowledged": acknowledged, "differs": found.to_json(),
        }),
        pathway_version=to.version, pathway_digest=to.digest,
    )  # fmt: skip
    try:
        store.append(entry, to)
    except Clash:
        raise Conflict(
            f"case {stored.id}: somebody else recorded an entry meanwhile; nothing was recorded. Look again and retry"
        ) from None
    stored.moved(entry)
    return entry, found


def _why(found: Comparison) -> str:
    """The gravest reason for which the move has to be acknowledged."""
    if found.urgent_ended:
        return f"urgent advice would end ({', '.join(found.urgent_ended)})"
    if not found.same_way:
        return "its way would have been another"
    return "what waits for acknowledgement, or was decided, would change"
