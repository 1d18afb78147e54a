"""What may be reported about a child, at random: valid, unknown, implausible and bad, and mostly at a limit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.reference.chart import limits
from tests.reference.vocabulary import COUNTS, EVENTS, EXAMINED, HLH, NEEDED, TEXTS, UNITS, WORDS

if TYPE_CHECKING:
    from random import Random

KINDS = {  # pieces of a way that name an event; the pieces of counts and smears stand below
    "clear_exam": "examined", "exam_finding": "examined", "temperature": "temperature_measured",
    "fever": "temperature_measured", "infection": "infection_signs_found", "chemistry": "chemistry_reported",
    "history": "history_taken", "call": "haematology_consulted", "hlh": "hlh_signs_reported",
    "negative": "workup_declared_negative", "negative_h": "workup_declared_negative",
    "reason_h": "workup_declared_negative", "dx": "diagnosis_confirmed", "dx_all": "diagnosis_confirmed",
    "malignant": "diagnosis_confirmed", "benign": "diagnosis_confirmed", "bcr": "bcr_abl1_reported",
    "trial": "trial_decided", "no_trial": "trial_decided", "kmt2a": "kmt2a_reported", "germline": "kmt2a_reported",
    "rearranged": "kmt2a_reported", "mrd": "mrd_reported", "mrd_no": "mrd_persistence_declared",
    "mrd_yes": "mrd_persistence_declared", "release": "vaccine_hold_released",
    "eligible": "protocol_eligibility_confirmed", "antimicrobials": "antimicrobials_started",
    "marrow": "bone_marrow_performed", "given": "live_vaccine_given", "chemo": "chemotherapy_started",
    "transplanted": "transplanted",
}  # fmt: skip
COUNTED = ("normal", "in_range", "three_normal", "one_low", "two_low", "low", "edge", "partial", "huge")
SMEARED = ("clear", "smear", "lymphoid", "other_blasts", "unqualified")
DEGREES = ("36.8 Cel", "37.9 Cel", "38 Cel", "38.0 Cel", "38.2 Cel", "38.3 Cel", "39.5 Cel", "100.3 [degF]",
           "100.4 [degF]", "100.93 [degF]", "100.94 [degF]")  # fmt: skip
EDGES = {
    "temperature": DEGREES, "mrd": ("0", "0.0001", "0.01 %", "1"), "potassium": ("4.1 mmol/L", "12 meq/L"),
    "uric_acid": ("5 mg/dL",), "ldh": ("600 U/L", "900 [IU]/L"), "phosphate": ("5.5 mg/dL",),
}  # fmt: skip
IMPLAUSIBLE = {
    "wbc": ("2000.1 10*9/L", "-1 10*9/L", "9000 10*9/L"), "anc": ("1001 10*9/L",), "alc": ("1400 10*9/L",),
    "hb": ("105 g/dL", "0.9 g/dL"), "platelets": ("5001 10*9/L",), "temperature": ("45.1 Cel", "24.9 Cel", "98.6 Cel"),
    "blasts_percent": ("101 %",), "blasts": ("2000001 /uL",), "mrd": ("1.1", "101 %"), "ldh": ("50001 U/L",),
    "potassium": ("0.9 mmol/L", "41 mmol/L"), "uric_acid": ("51 mg/dL",), "phosphate": ("31 mg/dL",),
}  # fmt: skip
BAD = (  # not one of them may leave a trace
    ("blood_count_reported", {"wbc": "2.5", "anc": "0.7 10*9/L"}),
    ("blood_count_reported", {"wbc": "2.5 K/ul", "anc": "0.7 10*9/L"}),
    ("blood_count_reported", {"hb": "7 mmol/L", "platelets": "20 10*9/L"}),
    ("blood_count_reported", {"wbc": "few 10*9/L"}),
    ("temperature_measured", {"temperature": "39"}),
    ("temperature_measured", {"temperature": None}),
    ("smear_reported", {"smear_reviewer": "nobody", "blasts_percent": "30 %"}),
    ("smear_reported", {"blasts_percent": "30 %"}),
    ("diagnosis_confirmed", {"diagnosis": "measles"}),
    ("examined", {"fever": "maybe", "splenomegaly": True}),
    ("examined", {"shoe_size": "23", "splenomegaly": True}),
    ("workup_declared_negative", {"declared_by": "clinician", "reason": " "}),
    ("smear_cancelled", {}),
)


class Reports:
    def __init__(self, random: Random):
        self.random = random
        self.pick = random.choice

    def piece(self, piece: str, months: int) -> tuple[str, dict]:
        """The event of a piece of a way, for a child of so many months."""
        pick = self.pick
        if piece in COUNTED:
            return "blood_count_reported", self.blood_count(piece, months)
        if piece in SMEARED:
            return "smear_reported", self.smear(piece)
        if piece == "finding":
            found = pick((*EXAMINED, "persistent_fever"))
            names = [name for name in ("examined", "symptoms_reported", "hlh_signs_reported") if found in EVENTS[name]]
            return pick(names), {found: pick((True, True, True, False))}
        if piece == "any":
            name = pick(tuple(EVENTS))
            return name, self.anything(name, months)
        raw = {
            "clear_exam": {pick(EXAMINED): pick((None, None, False)), "nothing_else_found": True},
            "exam_finding": {pick(EXAMINED): True, "nothing_else_found": pick((True, True, False, None))},
            "fever": {"temperature": pick(("38.0 Cel", "38.2 Cel", "100.4 [degF]"))},
            "hlh": {pick(HLH): pick((True, True, False))},
            "negative": {"declared_by": "clinician"},
            "negative_h": {"declared_by": "haematologist", "reason": pick((None, "seen together"))},
            "reason_h": {"declared_by": "haematologist", "reason": "a cold"},
            "dx_all": {"diagnosis": "all", "confirmed_by": pick((None, "Dr H"))},
            "malignant": {"diagnosis": pick(("cml", "hlh", "aml", "other_malignancy"))},
            "benign": {"diagnosis": "benign"},
            "germline": {"kmt2a": "germline"},
            "rearranged": {"kmt2a": "rearranged"},
            "no_trial": {"trial_available": False},
            "mrd_no": {"mrd_persistent": False},
            "mrd_yes": {"mrd_persistent": True},
        }
        return KINDS[piece], raw[piece] if piece in raw else self.anything(KINDS[piece], months)

    def anything(self, name: str, months: int) -> dict:
        """Some of the facts of an event."""
        if name == "blood_count_reported":
            return self.blood_count(self.pick(("low", "edge", "partial")), months)
        if name == "smear_reported":
            return self.smear("smear")
        likely = 0.85 if name == "chemistry_reported" else 0.4
        return {
            fact: self.value(fact) if fact == NEEDED.get(name) or self.random.random() < likely else None
            for fact in EVENTS[name]
        }

    def value(self, fact: str):
        if fact in UNITS:
            return self.pick(EDGES[fact])
        if fact in TEXTS:
            return "as discussed"
        return self.pick(WORDS.get(fact, (True, False)))

    def blood_count(self, kind: str, months: int) -> dict:
        """A count at, just below or just above the limits of the child's age."""
        low = {"one_low": (1,), "two_low": (2, 2, 3), "low": (1, 1, 2)}.get(kind, (0,))
        low = self.random.sample(COUNTS if kind != "two_low" else COUNTS[1:], self.pick(low))
        raw = {}
        for count in COUNTS:
            lower, upper = limits(count, months)
            step = Decimal(1) if count == "platelets" else Decimal("0.1")
            above = [upper, upper - step] if upper.is_finite() else []
            choice = [lower, lower, lower + step, (lower * 6 / 5).quantize(step), *above]
            if kind in ("edge", "partial"):
                choice += [lower - step, *(one + step for one in above[:1])]
            if count in low:
                choice = [lower - step, lower - step, lower - 5 * step]
            if kind == "huge" and count == "wbc":
                choice = [Decimal(one) for one in ("299.9", "300", "300.1", "650")]
            raw[count] = self.amount(count, max(self.pick(choice), Decimal(0)))
        if kind == "three_normal":
            return {count: raw[count] for count in ("wbc", "anc", "alc")}
        if kind == "partial" or (kind != "in_range" and self.random.random() < 0.12):
            return {count: value for count, value in raw.items() if self.random.random() < 0.6}
        return raw

    def amount(self, count: str, value: Decimal) -> str:
        unit = self.pick(tuple(UNITS[count]))
        return f"{value * UNITS[count][unit]} {unit}"

    def smear(self, kind: str) -> dict:
        """A review; `smear` is any, and may say nothing of blasts."""
        pick, qualified = self.pick, self.pick(("pathologist", "haematologist"))
        if kind == "clear":
            return {
                "smear_reviewer": qualified,
                **pick(({"blasts_percent": "0 %"}, {"blasts_percent": "0 %"}, {"blasts": "0 /uL"})),
                "immature_cells": pick((False, False, False, False, None)),
                "lineage": pick((None, None, None, "unknown")),
            }
        raw = {
            "smear_reviewer": pick((qualified, qualified, "analyser", "other")),
            "blasts_percent": pick((None, "0 %", "0.1 %", "19.9 %", "20 %", "20.1 %", "34 %")),
            "blasts": pick((None, None, "0 /uL", "1 /uL", "999 /uL", "1000 /uL", "1 10*9/L", "1001 /mm3")),
            "lineage": pick((None, *WORDS["lineage"])),
            "immature_cells": pick((None, None, True, False)),
            "atypical_lymphocytes": pick((None, True, False)),
        }
        if kind == "lymphoid":
            enough = pick(({"blasts_percent": pick(("20 %", "20.1 %"))}, {"blasts": pick(("1000 /uL", "1001 /uL"))}))
            raw |= {"smear_reviewer": qualified, "lineage": "lymphoid", **enough}
        if kind == "other_blasts":
            raw |= {"smear_reviewer": qualified, "lineage": pick(("myeloid", "mixed"))}
        if kind == "unqualified":
            raw["smear_reviewer"] = pick(("analyser", "other"))
        if kind in ("smear", "unqualified") and self.random.random() < 0.3:
            raw = {
                fact: value if fact == "smear_reviewer" or pick((True, False)) else None for fact, value in raw.items()
            }
        return raw

    def spoilt(self, raw: dict) -> dict:
        """Amounts that cannot be true, for some of those of an event."""
        return {
            fact: self.pick(IMPLAUSIBLE[fact]) if fact in IMPLAUSIBLE and self.random.random() < 0.5 else value
            for fact, value in raw.items()
        }
