"""One story told to both, the pathway and the reference: where do they disagree?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pathway import PATHWAY, BadInput, Case
from tests.reference.interpreter import URGENT, refold
from tests.reference.ledger import refuses, what_counts
from tests.reference.vocabulary import COUNTS, EXAMINED, HLH, SMEAR, TUMOUR_LYSIS, read

if TYPE_CHECKING:
    from tests.reference.stories import Story

FACTS = (*COUNTS, *SMEAR, *EXAMINED, *HLH, *TUMOUR_LYSIS, "diagnosis", "bcr_abl1", "kmt2a", "trial_available",
         "mrd_persistent", "temperature", "age_at_diagnosis")  # fmt: skip
FLAGS = ("something_low", "same_day", "measured_fever", "fever_trigger", "haematology_consulted")
ORDERS = tuple(order.id for order in PATHWAY.orders)


def tell(story: Story, seen: Counter | None = None) -> str | None:
    """Tell a story to both: the first disagreement in words, or None. `seen` counts what was reached.

    They are compared after every entry where nothing waits for acknowledgement; each order is asked for after every
    sixth. At the end some orders are asked for once more, as of a moment within the story.
    """
    seen = Counter() if seen is None else seen
    case, log, last, events = Case(PATHWAY, born=story.born, timezone=story.zone.key), [], None, []
    aside: set[str] = set()
    for number, entry in enumerate(story.entries, 1):
        where, final = f"after entry {number}", number == len(story.entries)
        if entry["do"] == "acknowledge":
            if not case.pending and not final:
                continue
            while case.pending:
                seen["acknowledged"] += 1
                target = case.pending[0].id
                case.acknowledge(target, at=last, by="Dr A")
                log.append({"do": "acknowledge", "id": f"a{len(log)}", "target": target})
        else:
            if entry["do"] == "set_aside" and case.pending:
                continue  # what is in force while a change waits is not told here
            refused = refuses(story.born, story.zone, log, entry) or not_asked_for(story, log, entry)
            moment = entry.get("at") or last
            try:
                held = {one.fact for one in enter(case, entry, max(last or moment, moment) if moment else None).held}
            except BadInput as fault:
                if not refused:
                    return f"{where}: refused by the pathway only: {fault}"
                seen["refused"] += 1
                continue
            if refused:
                return f"{where}: refused by the reference only: {refused}"
            log.append(entry)
            last = max(last or moment, moment)
            ours = read(entry["name"], entry["raw"])[1] if "raw" in entry else set()
            if held != ours:
                return f"{where}: held back: pathway {sorted(held)}, reference {sorted(ours)}"
            seen[entry["do"]] += 1
            if entry["do"] == "set_aside":
                aside.add(entry["advice"])
                seen[f"set aside {entry['advice']}"] += 1
            seen["held back"] += len(held)
        if case.pending:
            seen["waiting"] += 1
            continue
        events = what_counts(log)
        if not events:
            continue
        back = aside & set(case.advice)
        seen.update({"stands aside": len(aside - back), "came back": len(back)})
        aside -= back
        orders = ORDERS[number % 6 :: 6]
        if found := compare(case, refold(story.born, story.zone, events), last, orders, seen):
            return f"{where}: " + "; ".join(found)
        if final:
            seen.update({f"took {one.transition.id}" for one in case.history})
            moment = events[len(events) // 2][0]
            past = refold(story.born, story.zone, [event for event in events if event[0] <= moment])
            for order in orders:
                verdict, ours = case.propose(order, at=moment).verdict, past.verdicts(moment)[order]
                if verdict != ours:
                    return f"as of {moment}: {order}: pathway {verdict}, reference {ours}"
    return None


def not_asked_for(story: Story, log: list[dict], entry: dict) -> str:
    """Why advice cannot be set aside at its moment; empty where it can, and for any other entry."""
    if entry["do"] != "set_aside":
        return ""
    then = refold(story.born, story.zone, [event for event in what_counts(log) if event[0] <= entry["at"]])
    asked = (then.advice - then.aside) & set(URGENT)
    return "" if entry["advice"] in asked else f"the plan does not ask for {entry['advice']}"


def enter(case: Case, entry: dict, now):
    """One entry, told to the pathway."""
    if entry["do"] == "set_aside":
        return case.set_aside(entry["advice"], at=entry["at"], by="Dr A", reason="answered", id=entry["id"])
    if entry["do"] == "withdraw":
        return case.withdraw(entry["target"], at=now, by="laboratory", id=entry["id"])
    event = PATHWAY.event(entry["name"], **entry["raw"])
    if entry["do"] == "correct":
        return case.correct(entry["target"], event, at=now, by="laboratory", taken_at=entry["at"], id=entry["id"])
    return case.record(event, at=entry["at"], by="ward", id=entry["id"])


def compare(case: Case, other, at, orders, seen: Counter) -> list[str]:
    """What the two say differently now."""
    verdicts = other.verdicts(at)
    pairs = {
        "transitions": ([one.transition.id for one in case.history], other.taken),
        "state": (case.state, other.state),
        "episode": (case.episode, other.episode),
        "deviations": (sorted(one.order.id for one in case.deviations), sorted(other.deviations)),
        **{fact: (case.value(fact), other.now[fact]) for fact in FACTS},
        **{flag: (case.value(flag) is True, other.now[flag] is True) for flag in FLAGS},
        "wbc_at_diagnosis": (case.value("wbc_at_diagnosis"), other.wbc_at_diagnosis),
        **{order: (case.propose(order, at=at).verdict, verdicts[order]) for order in orders},
    }
    found = [f"{what}: pathway {one!r}, reference {two!r}" for what, (one, two) in pairs.items() if unlike(one, two)]
    theirs, ours = set(case.advice), other.advice - other.aside
    found += [f"advice {one}: pathway only" for one in sorted(theirs - ours)]
    found += [f"advice {one}: reference only" for one in sorted(ours - theirs)]
    answered = {line.id for line in case.plan(at=at).set_aside}
    found += (
        [f"set aside: pathway {sorted(answered)}, reference {sorted(other.aside)}"] if answered != other.aside else []
    )
    seen.update({"compared", other.state, *other.advice, *(f"{one} {verdicts[one]}" for one in orders)})
    return found


def unlike(one, two) -> bool:
    """Whether two answers differ; degrees Fahrenheit may have no end as degrees Celsius."""
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return abs(one - two) > Decimal("1e-20")
    return one != two


def shortest(story: Story) -> Story:
    """A story that still disagrees and from which no entry and no fact can be left out."""
    entries = list(story.entries)
    length = next(length for length in range(1, len(entries) + 1) if tell(replace(story, entries=entries[:length])))
    entries = entries[:length]
    number = length - 1
    while number >= 0:
        for less in smaller(entries, number):
            if disagree(replace(story, entries=less)):
                entries, number = less, len(less)
                break
        number -= 1
    return replace(story, entries=entries)


def disagree(story: Story) -> bool:
    """Whether the two disagree on a story; one that cannot be told any more does not count."""
    try:
        return tell(story) is not None
    except Exception:  # noqa: BLE001 - what was left out may have been needed
        return False


def smaller(entries: list[dict], number: int):
    """The entries without one of them and what names it, and with one fact of it fewer."""
    entry = entries[number]
    yield [one for one in entries if one is not entry and (one.get("target") or 0) != entry.get("id")]
    for fact in entry.get("raw", {}):
        less = entry | {"raw": {one: value for one, value in entry["raw"].items() if one != fact}}
        yield [less if one is entry else one for one in entries]


def printed(story: Story) -> str:
    """A story as a list of entries that can be read, and told again."""
    lines = [f"born {story.born}, {story.zone}"]
    for number, entry in enumerate(story.entries, 1):
        facts = {fact: value for fact, value in entry.get("raw", {}).items() if value is not None}
        what = [
            entry["do"],
            entry.get("id", ""),
            entry.get("target", ""),
            entry.get("name", ""),
            f"{entry.get('at') or ''}",
        ]
        lines.append(f"{number:3} {' '.join(word for word in what if word)} {facts or ''}".rstrip())
    return "\n".join(lines)
