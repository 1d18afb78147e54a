"""What is known of the child: what an event leaves in the record of an episode, and the conditions read from it.

Written from the tables in words, as `interpreter` is. None is unknown, and what is not known to be true raises nothing.
"""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from decimal import Decimal

from tests.reference.ledger import months_old
from tests.reference.vocabulary import EXAMINED, SMEAR

LIMITS = {  # up to and with this completed month: lower limit, upper limit
    "wbc": ((23, "6.0", "17.5"), (131, "4.5", "13.5"), (9999, "4.5", "11.1")),
    "anc": ((11, "1.0", None), (9999, "1.5", None)),
    "alc": ((11, "3.7", "10.7"), (23, "3.5", "10.4"), (9999, "1.7", "5.1")),
    "hb": ((0, "13.5", None), (1, "10.0", None), (2, "9.0", None), (5, "9.5", None), (23, "10.5", None),
           (9999, "11.5", None)),
    "platelets": ((9999, "150", None),),
}  # fmt: skip
LATCHES = ("something_low", "same_day", "measured_fever", "fever_trigger")
FINDINGS = (*EXAMINED, "persistent_fever")  # Mended: persistent fever is a constitutional symptom.


class Record(dict):
    """What an episode knows, and from which day it knows it. What it does not know is None."""

    def __init__(self):
        self.day = {}

    def __missing__(self, fact):
        return None

    def put(self, day, **facts):
        self.update(facts)
        self.day.update(dict.fromkeys(facts, day))


def limits(count, months):
    lower, upper = next((lower, upper) for last, lower, upper in LIMITS[count] if months <= last)
    return Decimal(lower), Decimal(upper or "Infinity")


def both(one, other):
    return False if False in (one, other) else None if None in (one, other) else True


def either(one, other):
    return True if True in (one, other) else None if None in (one, other) else False


class Chart:
    def __init__(self, born, zone):
        self.born, self.zone = born, zone
        self.state, self.episode = "initial_labs", 1
        self.now, self.child = Record(), Record()  # what the episode knows, and what is known whatever the episode
        self.at = self.declared_on = self.hot_since = self.last_hot = None
        self.look()

    def glance(self, at, name, values, held):
        """What one of several reports of a moment would latch by itself: that stands, whatever counts in the end."""
        before = {one: copy(value) for one, value in vars(self).items()}
        for record in ("now", "child"):
            before[record].day = dict(vars(self)[record].day)
        self.take(at, name, values, held)
        met = [latch for latch in LATCHES if self.now[latch] and self.now.day[latch] == self.today]
        vars(self).update(before)
        self.now.put(at.astimezone(self.zone).date(), **dict.fromkeys(met, True))

    def take(self, at, name, values, held, unclear=()):
        """One event, with what its blood count says by itself."""
        self.at, self.name, self.values, self.today = at, name, values, at.astimezone(self.zone).date()
        self.months = months_old(self.born, self.today)
        self.report = values if name == "blood_count_reported" else {}
        self.low = [count for count in self.report if self.report[count] < limits(count, self.months)[0]]
        self.out = [count for count in self.report if self.report[count] > limits(count, self.months)[1]] + self.low
        self.note(at, name, values, held)
        for fact in unclear:
            if name != "workup_declared_negative":
                self.now[fact] = None
        self.look()

    def note(self, at, name, values, held):
        """What an event leaves in the record. A value that is not given stays as it was."""
        now, today = self.now, self.today
        if name == "blood_count_reported":
            lows = {"low_" + count: count in self.low for count in values}
            now.put(today, **values, **lows, counted=True, count_held=bool(held))
            self.child.put(today, **lows)
            if self.low:
                now.put(today, something_low=True)  # a better repeat hides nothing
            if "wbc" in values:
                now.put(today, sample=(at, values["wbc"]))
                now["white_cells"] = [*(now["white_cells"] or ()), (today, values["wbc"])]
        elif name == "smear_reported":
            self.note_smear(at, {fact: values.get(fact) for fact in SMEAR})
        elif name == "kmt2a_reported":
            # Mended: a failed test is no result. Germline never overwrites rearranged.
            if values["kmt2a"] == "rearranged" or (values["kmt2a"] == "germline" and now["kmt2a"] != "rearranged"):
                now.put(today, kmt2a=values["kmt2a"])
        elif name != "workup_declared_negative":  # who declares, and why, is read from the declaration alone
            now.put(today, **values, **{name: True})
        self.note_fever(at, name, values)
        if name == "vaccine_hold_released":
            self.child.put(today, released=True)

    def note_smear(self, at, smear):
        """A smear replaces the whole smear, unless its reviewer is not qualified and the one before was."""
        now, today, percent = self.now, self.today, smear["blasts_percent"]
        if smear["blasts"] is None and percent is not None and now["sample"] and now["sample"][0] == at:
            smear["blasts"] = now["sample"][1] * percent * 10  # per microlitre, from the white cells of the same sample
        if smear["lineage"] == "unknown":
            del smear["lineage"]  # Mended: an unknown lineage is no result.
        says = [smear["blasts_percent"], smear["blasts"], smear["immature_cells"]]
        qualified = smear["smear_reviewer"] in ("pathologist", "haematologist")
        if qualified and any(one is not None for one in says):  # Mended: what says nothing of blasts clears no flag.
            now.put(today, flagged=False)
        elif not qualified and any(says):
            now.put(today, flagged=True)  # any reviewer can raise it, only a qualified one can clear it
        if qualified or not self.qualified:
            now.put(today, **smear)

    def note_fever(self, at, name, values):
        """Readings belong to the child, whatever the episode; fever and its trigger are of the episode."""
        now, celsius = self.now, values.get("temperature")
        self.hot = celsius is not None and celsius >= 38
        if self.hot:
            self.hot_since, self.last_hot = self.hot_since or at, at
            self.met(measured_fever=True)
        elif celsius is not None:
            self.hot_since = None
            if self.last_hot and at - self.last_hot >= timedelta(hours=1):
                self.last_hot = None  # settled
        self.an_hour = an_hour = self.hot and at - self.hot_since >= timedelta(hours=1)
        if an_hour or (self.hot and celsius >= Decimal("38.3")) or values.get("infection_signs"):
            self.met(fever_trigger=True)
        if name == "antimicrobials_started":
            self.hot_since = now["fever_trigger"] = None  # from here on the hour counts new readings

    def met(self, **latch):
        """A latch is of the day on which it was met last."""
        self.now.put(self.today, **latch)

    def look(self):
        """The named conditions, true where they are shown."""
        now = self.now
        percent, blasts, immature = now["blasts_percent"], now["blasts"], now["immature_cells"]
        self.diagnosis = now["diagnosis"]
        self.consulted = now["haematology_consulted"] or self.diagnosis is not None
        self.qualified = now["smear_reviewer"] in ("pathologist", "haematologist")
        # Mended: a review that says nothing of blasts does not complete the smear.
        self.smear_done = self.qualified and not (percent is None and blasts is None and immature is None)
        some = (percent or 0) > 0 or (blasts or 0) > 0
        self.seen = seen = some or immature or now["flagged"]
        self.smear_clear = self.qualified and immature is False and 0 in (percent, blasts) and not seen
        self.exam_clear = now["examined"] and all(now[finding] is False for finding in EXAMINED)
        self.alarm = now["measured_fever"] or any(now[finding] for finding in FINDINGS)
        positive = now["bcr_abl1"] == "positive"
        lines = sum(now["low_" + count] or False for count in ("anc", "alc", "hb", "platelets"))
        if lines >= 2 or seen or positive or (now["something_low"] and self.alarm):
            now.put(self.today, same_day=True)
        self.same_day = now["same_day"]
        enough = (percent or 0) >= 20 or (blasts or 0) >= 1000
        criterion = self.qualified and now["lineage"] == "lymphoid" and enough
        self.all = self.diagnosis == "all" or (criterion and self.consulted and self.diagnosis is None and not positive)
        # Mended: another lineage needs blasts, not immature cells alone.
        another = self.qualified and some and now["lineage"] in ("myeloid", "mixed")
        self.other = self.diagnosis in ("cml", "hlh", "aml", "other_malignancy") or (
            not self.all and self.diagnosis is None and (positive or another)
        )
        # The highest white cells up to the end of the day of diagnosis, else the next reported.
        counts, diagnosed = now["white_cells"] or [], now.day.get("age_at_diagnosis")
        by_then = [value for day, value in counts if diagnosed and day <= diagnosed]
        self.wbc_at_diagnosis = max(by_then) if by_then else counts[0][1] if counts and diagnosed else None
        young = now["age_at_diagnosis"] < 6 if diagnosed else None
        high = None if self.wbc_at_diagnosis is None else self.wbc_at_diagnosis >= 300
        self.high_risk = either(both(young, high), now["mrd_persistent"])
