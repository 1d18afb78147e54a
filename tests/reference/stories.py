"""Random logs of a child, seeded: valid, invalid, implausible, unknown, late, corrected, withdrawn.

A story is what is recorded about one child, as a list of entries in the order of recording. It follows one of the ways
through the pathway and is then disturbed: pieces fall out, come twice or late, change places, and others come between.
Moments keep to the same moment, to an hour, a minute less and more, to midnight at home, and to the days before, on and
after day 7 and day 14.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.reference.ledger import months_old
from tests.reference.reports import BAD, Reports

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns",
         "Australia/Lord_Howe")  # fmt: skip
AGES = (0, 1, 2, 3, 4, 5, 6, 6, 11, 12, 13, 13, 13, 18, 23, 24, 60, 131, 132, 180, 214)  # completed months, or nearly
WAITS = (".", "hour", "d1", "d7", "d14")
WAYS = (  # d7 and d14 are about so many days after the last declaration, "." is a while
    "normal . three_normal fever . low . clear call",
    "normal finding d1 low call lymphoid",
    "normal fever . . one_low exam_finding clear",
    "normal temperature temperature d1 one_low infection",
    "normal infection d1 infection low temperature",
    "three_normal . malignant kmt2a",
    "three_normal partial normal clear partial",
    "normal unqualified clear call benign",
    "normal . low . normal . hlh two_low",
    "one_low clear clear_exam negative d7 in_range . finding call clear negative_h",
    "one_low clear clear_exam negative d7 low . clear call",
    "one_low clear clear_exam negative d7 in_range . one_low . call",
    "one_low clear clear_exam negative d7 in_range d14 one_low clear . call",
    "one_low clear clear_exam negative d7 in_range low benign",
    "one_low clear clear_exam negative d14 in_range . one_low",
    "one_low call clear reason_h d7 in_range . one_low lymphoid",
    "one_low clear_exam clear negative d7 edge d14 normal . temperature",
    "one_low clear clear_exam negative d7 partial normal dx",
    "one_low clear clear_exam negative finding call clear negative_h d7 in_range low",
    "one_low clear clear_exam negative call d7 low . benign",
    "one_low call clear clear_exam fever reason_h fever hour fever antimicrobials",
    "two_low call clear clear_exam negative_h d7 in_range . two_low",
    "two_low exam_finding clear call negative_h reason_h d7 edge",
    "two_low call lymphoid germline . rearranged mrd_no mrd_yes trial chemo",
    "two_low smear call trial lymphoid rearranged mrd_no . mrd_yes transplanted",
    "two_low dx_all eligible no_trial chemo rearranged mrd . benign clear negative_h",
    "two_low call lymphoid no_trial eligible germline . trial chemo",
    "two_low call lymphoid germline mrd_yes . rearranged",
    "huge call lymphoid mrd_yes rearranged no_trial transplanted",
    "huge unqualified call lymphoid rearranged mrd_no . huge",
    "huge call lymphoid rearranged . mrd_no transplanted dx",
    "one_low lymphoid dx_all rearranged huge mrd_no d1 huge . kmt2a",
    "one_low clear rearranged dx_all mrd_no . huge mrd_yes malignant",
    "two_low call lymphoid bcr . dx_all germline bcr malignant dx_all",
    "two_low call other_blasts . dx_all kmt2a mrd benign",
    "two_low malignant benign lymphoid clear negative_h",
    "dx_all two_low kmt2a mrd_no benign . dx_all",
    "two_low temperature hour temperature . antimicrobials temperature hour temperature infection antimicrobials",
    "low infection antimicrobials clear clear_exam negative temperature d7 normal",
    "smear smear smear low smear call smear",
    "low partial low release low given release normal chemistry",
    "low hlh history chemistry bcr clear call",
    "any any any any any any any any",
)
NOISE = ("any", "any", "low", "normal", "partial", "smear", "finding", "temperature", "infection", "chemistry", "call",
         "history", "kmt2a", "mrd_no", "bcr", "dx", "benign", "release", "antimicrobials", "marrow", "negative", "hlh",
         "negative_h", "clear", "clear_exam", "trial", "eligible", *WAITS)  # fmt: skip


@dataclass
class Story:
    born: date
    zone: ZoneInfo
    entries: list[dict]


def story(seed: int) -> Story:
    """The story of a seed, always the same."""
    return Teller(Random(seed)).tell()


def answered(seed: int) -> Story:
    """The story of a seed in which a clinician sets urgent advice aside now and then, also as of an earlier moment."""
    plain, random = story(seed), Random(f"set aside {seed}")
    entries: list[dict] = []
    moments: list[datetime] = []
    for entry in plain.entries:
        entries.append(entry)
        moments += [entry["at"]] if entry["do"] == "record" else []
        while moments and random.random() < 0.4:
            at = max(moments) if random.random() < 0.7 else random.choice(moments)
            at += timedelta(minutes=random.choice((0, 0, 1, 5, 30, 300)))
            advice = random.choices(URGENT, (3, 1, 3, 2, 3, 2, 3))[0]
            aside = {"do": "set_aside", "id": f"s{len(entries)}", "at": at, "advice": advice}
            entries += [{"do": "acknowledge"}, aside]
    return Story(plain.born, plain.zone, [*entries, {"do": "acknowledge"}])


URGENT = (
    "antimicrobials_now", "recheck_temperature", "consult_same_day", "reconsult_haematology", "smear_now", "exam_now",
    "tumour_lysis_labs",
)  # fmt: skip


class Teller:
    def __init__(self, random: Random):
        self.random, self.reports = random, Reports(random)
        self.zone = ZoneInfo(random.choice(ZONES))
        self.clock = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(3 * 365 * 24 * 60))
        self.declared, today = self.clock, self.clock.astimezone(self.zone).date()
        year, month = divmod(today.year * 12 + today.month - 1 - random.choice(AGES), 12)
        birthday = date(year, month + 1, min(today.day, 28)) + timedelta(random.choice((-9, -2, 0, 0, 0, 1, 4)))
        self.born = min(birthday, today)
        self.made: list[dict] = []

    def tell(self) -> Story:
        random = self.random
        pieces = random.choice(WAYS).split()
        if random.random() < 0.4:
            pieces += random.choice(WAYS).split()[random.randrange(4) :]
        told = []
        for piece in pieces:
            told += [random.choice(NOISE)] if random.random() < 0.2 else []
            told += [piece] * random.choices((0, 1, 2), (0.05, 0.91, 0.04))[0]
        if random.random() < 0.2:
            here = random.randrange(len(told) + 1)
            told[here : here + 2] = reversed(told[here : here + 2])
        for piece in told:
            self.wait(piece) if piece in WAITS else self.report(piece)
        return Story(self.born, self.zone, self.recorded())

    def report(self, piece: str) -> None:
        """A piece happens now, and a little time passes."""
        name, raw = self.reports.piece(piece, self.months())
        if self.made and (self.made[-1]["name"], self.made[-1]["at"]) == (name, self.clock):
            self.clock += timedelta(minutes=1)  # of two of one kind at one moment nobody says which counts last
        if self.random.random() < 0.04:
            raw = self.reports.spoilt(raw)
        self.made.append({"do": "record", "at": self.clock, "name": name, "raw": raw})
        if name == "workup_declared_negative":
            self.declared = self.clock
        self.clock += timedelta(minutes=self.random.choice((0, 0, 1, 10, 30, 59, 60, 61, 90, 150)))
        if self.random.random() < 0.05:
            self.at_midnight(self.clock, 1, (-1, 0, 1))

    def wait(self, how: str) -> None:
        if how == "hour":
            self.clock += timedelta(minutes=self.random.choice((0, 29, 59, 60, 61)))
            return
        days = {"d1": (1,), "d7": (6, 7, 7, 7, 8), "d14": (14, 15), ".": (0, 0, 1, 1, 2, 5, 30)}[how]
        since = self.declared if how in ("d7", "d14") else self.clock
        self.at_midnight(since, self.random.choice(days), (-1, 0, 0, 1, 600))

    def at_midnight(self, since: datetime, days: int, minutes: tuple[int, ...]) -> None:
        """To about midnight at home, so many days later; never back."""
        day = since.astimezone(self.zone).date() + timedelta(days)
        midnight = datetime.combine(day, time(), self.zone).astimezone(UTC)
        self.clock = max(self.clock, midnight + timedelta(minutes=self.random.choice(minutes)))

    def months(self) -> int:
        return months_old(self.born, self.clock.astimezone(self.zone).date())

    def recorded(self) -> list[dict]:
        """What happened, in the order in which it is recorded, with what is bad, taken back and acknowledged."""
        random = self.random
        if random.random() < 0.08:
            random.shuffle(self.made)
        late = [number + random.choice((0,) * 12 + (1, 2, 4, 9)) for number in range(len(self.made))]
        entries: list[dict] = []
        standing: list[dict] = []  # what a correction or withdrawal may name
        for number, (_, entry) in enumerate(sorted(zip(late, self.made, strict=True), key=lambda one: one[0])):
            if random.random() < 0.05:
                entries.append(self.bad(entry, standing))
            entries.append(entry | {"id": f"r{number}"})
            standing.append(entries[-1])
            if random.random() < 0.07:
                target = random.choice(standing)
                change = self.change(target, f"c{number}")
                entries.append(change)
                standing.remove(target)
                standing += [change] if change["do"] == "correct" else []
            if random.random() < 0.3:
                entries.append({"do": "acknowledge"})
        return [*entries, {"do": "acknowledge"}]

    def change(self, target: dict, id: str) -> dict:
        """A withdrawal, or a correction to other facts and sometimes to another moment."""
        random = self.random
        if random.random() < 0.4:
            return {"do": "withdraw", "id": id, "target": target["id"]}
        raw, at = self.reports.anything(target["name"], self.months()), None
        if target["at"] and random.random() < 0.3:
            at = target["at"] + timedelta(minutes=random.choice((-1500, -61, -1, 1, 60, 1500)))
        return {"do": "correct", "id": id, "target": target["id"], "name": target["name"], "raw": raw, "at": at}

    def bad(self, entry: dict, standing: list[dict]) -> dict:
        """An entry that is bad input."""
        random = self.random
        name, raw = random.choice(BAD)
        born = datetime.combine(self.born, time(), self.zone).astimezone(UTC)
        target = random.choice(standing)["id"] if standing else "nobody"
        return random.choice((
            {**entry, "id": "b", "name": name, "raw": raw},
            {**entry, "id": "b", "name": name, "raw": raw},
            {**entry, "id": "b", "name": name, "raw": raw},
            {**entry, "id": "b", "at": born - timedelta(minutes=1)},
            {"do": "withdraw", "id": "b", "target": "nobody"},
            {"do": "correct", "id": "b", "target": target, "name": name, "raw": raw, "at": None},
        ))  # fmt: skip
