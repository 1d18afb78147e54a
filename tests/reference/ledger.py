"""Which entries of a log count: corrections, withdrawals, and what is refused.

An entry is a dict: {"do": "record", "id", "at", "name", "raw"}, {"do": "correct", "id", "target", "name", "raw", "at"}
(`at` is None unless the correction moves the event), {"do": "withdraw", "id", "target"}, {"do": "set_aside", "id",
"at", "advice"}, {"do": "acknowledge", "id", "target"}. Nothing waits here: everything counts at once, and the two are
compared where all that waited has been acknowledged. The number of an entry is its place in the log: what was recorded
before another entry has the lower number. What waited for an acknowledgement was recorded by that.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from tests.reference.vocabulary import COUNTS, EVENTS, TEXTS, Refused, read


def months_old(born, day):
    """Completed calendar months; a month without the day of birth is complete on the first of the next."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)


def refuses(born, zone, log, entry):
    """Why an entry is bad input, so that nothing of it is recorded; empty where it is not."""
    if entry["do"] in ("correct", "withdraw"):
        withdrawn = {one["target"] for one in log if one["do"] == "withdraw"}
        events = {one["id"]: one for one in log if one["do"] in ("record", "correct")}
        target = events.get(entry["target"])
        if target is None or target["id"] in withdrawn:
            return "there is no such entry"
        if entry["do"] == "correct":
            if any(one.get("target") == target["id"] and one["id"] not in withdrawn for one in events.values()):
                return "it is corrected already"
            if entry["name"] != target["name"]:
                return "it is another kind of event"
    if entry["do"] != "withdraw":
        try:
            if entry["do"] != "set_aside":
                read(entry["name"], entry["raw"])
        except Refused as fault:
            return f"{fault}"
        if entry["at"]:
            day = entry["at"].astimezone(zone).date()
            if day < born or months_old(born, day - timedelta(days=1)) >= 18 * 12:  # the 18th birthday is not over 18
                return "the child is not born, or over 18 years old"
    return ""


def what_counts(log):
    """The events that stand: (moment, name, values, held back, ..., number), in the order in which things happened.

    The number is that of the entry which says so: the correction, or the acknowledgement of what waited. What is set
    aside comes after all that happened at its moment.
    Events of one moment are taken in the order of the table, with the declaration last. Reports of one kind at one
    moment count as one (N70), but a smear by a reviewer who is not qualified never together with one who is.
    """
    withdrawn = {entry["target"] for entry in log if entry["do"] == "withdraw"}
    corrections = {one["target"]: one for one in log if one["do"] == "correct" and one["id"] not in withdrawn}
    numbers = {one["id"]: number for number, one in enumerate(log, 1)}
    numbers |= {one["target"]: number for number, one in enumerate(log, 1) if one["do"] == "acknowledge"}
    standing = []
    for first in log:
        if first["do"] == "record" and first["id"] not in withdrawn:
            latest, moment = first, first["at"]
            while latest["id"] in corrections:
                latest = corrections[latest["id"]]
                moment = latest["at"] or moment
            standing.append((moment, first["name"], *read(first["name"], latest["raw"]), numbers[latest["id"]]))
    order = list(EVENTS)

    def place(event):
        return event[0], order.index(event[1]), event[2].get("smear_reviewer") in ("pathologist", "haematologist")

    standing.sort(key=place)
    events = [merged(list(reports)) for _, reports in groupby(standing, key=place)]
    for one in log:
        if one["do"] == "set_aside":
            events.append((one["at"], "set_aside", {"advice": one["advice"]}, set(), [], set(), numbers[one["id"]]))
    return sorted(events, key=lambda event: (event[0], event[1] == "set_aside"))


def merged(reports):
    """Reports of one kind at one moment as one event, with each report where they differ, and what stays unclear."""
    at, name = reports[0][:2]
    told = {}
    for _, _, values, _, _ in reports:
        for fact, value in values.items():
            if value not in told.setdefault(fact, []):
                told[fact].append(value)
    stands = {fact: prevailing(fact, values) for fact, values in told.items()}
    values = {fact: value for fact, value in stands.items() if value is not None}
    unclear = {fact for fact, value in stands.items() if value is None}
    alone = [one[2] for one in reports] if any(len(values) > 1 for values in told.values()) else []
    held = set().union(*(held for *_, held, _ in reports))
    return at, name, values, held, alone, unclear, max(number for *_, number in reports)


def prevailing(fact, values):
    """The lower count, the higher temperature or number of blasts, rearranged beside germline; else nothing."""
    known = [value for value in values if (fact, value) not in SAYS_NOTHING] or values
    if fact in TEXTS:
        return "; ".join(sorted(known))
    if fact == "smear_reviewer" and set(known) <= {"pathologist", "haematologist"}:
        return "pathologist" if "pathologist" in known else known[0]
    if len(known) == 1:
        return known[0]
    if fact in COUNTS:
        return min(known)
    if fact in ("temperature", "blasts", "blasts_percent"):
        return max(known)
    return "rearranged" if fact == "kmt2a" else None


SAYS_NOTHING = {("kmt2a", "failed"), ("lineage", "unknown")}
