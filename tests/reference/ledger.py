"""Which entries of a log count: corrections, withdrawals, and what is refused.

An entry is a dict: {"do": "record", "id", "at", "name", "raw"}, {"do": "correct", "id", "target", "name", "raw", "at"}
(`at` is None unless the correction moves the event), {"do": "withdraw", "id", "target"}. Nothing waits here: everything
counts at once, and the two are compared where all that waited has been acknowledged.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from tests.reference.vocabulary import EVENTS, Refused, read


def months_old(born, day):
    """Completed calendar months; a month without the day of birth is complete on the first of the next."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)


def refuses(born, zone, log, entry):
    """Why an entry is bad input, so that nothing of it is recorded; empty where it is not."""
    if entry["do"] != "record":
        withdrawn = {one["target"] for one in log if one["do"] == "withdraw"}
        events = {one["id"]: one for one in log if one["do"] != "withdraw"}
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
            read(entry["name"], entry["raw"])
        except Refused as fault:
            return f"{fault}"
        if entry["at"]:
            day = entry["at"].astimezone(zone).date()
            if day < born or months_old(born, day - timedelta(days=1)) >= 18 * 12:  # the 18th birthday is not over 18
                return "the child is not born, or over 18 years old"
    return ""


def what_counts(log):
    """The events that stand: (moment, name, values, held back), in the order in which things happened.

    Events of one moment are taken in the order of the table, with the declaration last.
    """
    withdrawn = {entry["target"] for entry in log if entry["do"] == "withdraw"}
    corrections = {one["target"]: one for one in log if one["do"] == "correct" and one["id"] not in withdrawn}
    standing = []
    for first in log:
        if first["do"] == "record" and first["id"] not in withdrawn:
            latest, moment = first, first["at"]
            while latest["id"] in corrections:
                latest = corrections[latest["id"]]
                moment = latest["at"] or moment
            standing.append((moment, first["name"], *read(first["name"], latest["raw"])))
    order = list(EVENTS)
    return sorted(standing, key=lambda event: (event[0], order.index(event[1])))


def undetermined(events):
    """Whether two unlike events of one kind have one moment: the tables do not say which of them counts last."""
    return any(one[:2] == two[:2] and one[2:] != two[2:] for one, two in pairwise(events))
