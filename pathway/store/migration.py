"""A case moves to another version of the pathway: an act of a named person, shown before it is done, and logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.compare import Comparison, compare, retold_log
from pathway.model.errors import BadInput
from pathway.run.log import aware
from pathway.store.chain import MIGRATION, StoredEntry, canonical, chained, stamp
from pathway.store.faults import Clash
from pathway.store.stored_case import Conflict, line_of_words

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.model.pathway import Pathway
    from pathway.store.store import Store
    from pathway.store.stored_case import StoredCase


def preview(stored: StoredCase, to: Pathway, *, at: datetime) -> Comparison:
    """What would change if the case moved to a version. Raises `BadInput` where an entry cannot be under it."""
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
    """Move a case to a version. Raises `BadInput` where that wants to be acknowledged and is not.

    It does where the way would have been another, urgent advice would end, or what waits would change. `by` names who
    decides. What differs is kept in the entry.
    """
    line_of_words(by, "by", wanted=True)
    line_of_words(reason, "reason")
    now = aware(now, "now")
    found = preview(stored, to, at=now)
    if found.needs_acknowledgement and not acknowledge_another_way:
        raise BadInput(
            f"case {stored.id}: {_why(found)} under version {to.version}; nothing was changed. "
            "Look at what differs, and acknowledge that",
            *(str(one) for one in found.way),
        )
    last = stored.last
    entry = chained(
        last.hash, case_id=stored.id, sequence=last.sequence + 1, kind=MIGRATION, happened_at=stamp(now),
        recorded_at=stamp(now), recorded_by=by, source="", source_key=None, event="", target="",
        body=canonical({
            "from": stored.pathway.digest, "to": to.digest, "reason": reason,
            "acknowledged": acknowledge_another_way, "differs": found.to_json(),
        }),
        pathway_version=to.version, pathway_digest=to.digest,
    )  # fmt: skip
    try:
        store.append(entry, to)
    except Clash:
        raise Conflict(
            f"case {stored.id}: somebody else recorded an entry meanwhile; nothing was recorded. Look again and retry"
        ) from None
    stored.refresh()
    return entry, found


def _why(found: Comparison) -> str:
    """What has to be acknowledged, the gravest first."""
    if found.urgent_ended:
        return f"urgent advice would end ({', '.join(found.urgent_ended)})"
    if not found.same_way:
        return "its way would have been another"
    return "what waits for acknowledgement, or was decided, would change"
