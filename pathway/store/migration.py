"""A case moves to another version of the pathway: an act of a named person, shown before it is done, and logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.compare import Comparison, compare, retold
from pathway.model.errors import BadInput
from pathway.run.log import aware
from pathway.store.chain import MIGRATION, StoredEntry, canonical, chained, stamp
from pathway.store.database import Clash
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
    try:
        return compare(stored.case, retold(stored.case, to), at=at)
    except BadInput as fault:
        raise fault.at(f"case {stored.id}") from None


def migrate(
    store: Store, stored: StoredCase, to: Pathway, *, by: str, now: datetime, reason: str = "",
    acknowledge_another_way: bool = False,
) -> tuple[StoredEntry, Comparison]:  # fmt: skip
    """Move a case to a version. Raises `BadInput` where its way would have been another, unless that is acknowledged.

    `by` names who decides. What the way would have been is kept in the entry.
    """
    line_of_words(by, "by", wanted=True)
    line_of_words(reason, "reason")
    now = aware(now, "now")
    found = preview(stored, to, at=now)
    if not found.same_way and not acknowledge_another_way:
        raise BadInput(
            f"case {stored.id}: its way would have been another under version {to.version}; nothing was changed. "
            "Look at what differs, and acknowledge that",
            *(str(one) for one in found.way),
        )
    last = stored.last
    entry = chained(
        last.hash, case_id=stored.id, sequence=last.sequence + 1, kind=MIGRATION, happened_at=stamp(now),
        recorded_at=max(stamp(now), last.recorded_at), recorded_by=by, source="", source_key=None, event="", target="",
        body=canonical({
            "from": stored.pathway.digest, "to": to.digest, "reason": reason,
            "way": [one.to_json() for one in found.way],
        }),
        pathway_version=to.version, pathway_digest=to.digest,
    )  # fmt: skip
    try:
        store.append(entry, to)
    except Clash:
        raise Conflict(
            f"case {stored.id}: somebody else recorded an entry meanwhile; nothing was changed. Look again and retry"
        ) from None
    stored.refresh()
    return entry, found
