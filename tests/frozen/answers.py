"""What a case answers, as JSON data, through the public front door alone: the same for old code and new."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pathway.run.handover import handover

if TYPE_CHECKING:
    from datetime import datetime

    from pathway import Case
    from pathway.run.answers import Verdict, WhyNot

CALLED_WITH: dict[str, Any] = {}
"""What `handover` took beside the case and the moment: the code of version 0.1.0 wanted `asks` (see `make`)."""

WORDED_SINCE = ("banner", "pathway", "question", "cites", "pending", "unknown")
"""What of a call is the definition's own since version 0.1.1."""


def answers(case: Case) -> dict[str, Any]:
    """The plans at several moments, and everything that the case says at the last of them."""
    moments = moments_of(case)
    last = moments[-1]
    return {
        "state": case.state,
        "episode": case.episode,
        "advice": list(case.advice),
        "pending": [one.id for one in case.pending],
        "deviations": [[one.order.id, one.entry, one.overridden] for one in case.deviations],
        "history": [[one.transition.id, one.source, one.at.isoformat(), one.entry] for one in case.history],
        "review": {one.id: list(case.to_review(one.id)) for one in case.log if one.kind != "override"},
        "values": {fact.name: str(value) for fact in case.pathway.facts
                   if (value := case.value(fact.name)) is not None},
        "plans": [_plan(case, at) for at in moments],
        "why": [one.to_json() for one in case.why(at=last)],
        "why_not": [_why_not(case.why_not(state.name, at=last)) for state in case.pathway.states],
        "verdicts": [_verdict(case.propose(order.id, at=last)) for order in case.pathway.orders],
        "next": [one.to_json() for one in case.next_events(at=last)],
        "handover": _handover(case, last),
    }  # fmt: skip


def moments_of(case: Case) -> list[datetime]:
    """The first, the middle and the last moment of a log, the evening of that day, and a day eight days later."""
    at = sorted({one.at for one in case.log})
    return list(
        dict.fromkeys([at[0], at[len(at) // 2], at[-1], at[-1] + timedelta(hours=11), at[-1] + timedelta(days=8)])
    )


def _why_not(found: WhyNot) -> list[Any]:
    return [str(found), list(found.path), list(found.waits), [[one.rule, one.kind] for one in found.obstacles]]


def _verdict(found: Verdict) -> list[Any]:
    return [found.order, found.verdict, [one.words for one in found.findings], list(found.awaits), list(found.cites)]


def _plan(case: Case, at: datetime) -> dict[str, Any]:
    data = case.plan(at=at).to_json()
    for name in ("banner", "pathway"):
        del data[name]
    # Each refusal is worded once, in the definition.
    data["forbidden"] = [one["order"] for one in data["forbidden"]]
    data["family"] = len(data["family"])
    return data


def _handover(case: Case, at: datetime) -> dict[str, Any]:
    data = handover(case, at=at, **CALLED_WITH).to_json()
    for name in WORDED_SINCE:
        del data[name]
    del data["situation"]["because"]
    return data


def as_kept(now, kept):
    """What is answered now, without the keys that the kept answer does not have."""
    now = json.loads(json.dumps(now))
    if isinstance(now, dict) and isinstance(kept, dict):
        return {name: as_kept(value, kept[name]) for name, value in now.items() if name in kept}
    if isinstance(now, list) and isinstance(kept, list) and len(now) == len(kept):
        return [as_kept(*pair) for pair in zip(now, kept, strict=True)]
    return now
