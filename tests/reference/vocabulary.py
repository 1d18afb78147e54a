"""What can be recorded, written out by hand from the tables: events, their facts, words, units and plausible ranges.

`read` takes an event as it is written and gives its values, and by name the fields that are held back. Bad input (an
unknown event or fact, a wrong word, a unit that is not accepted, a fact that is missing) is `Refused`, and then nothing
of the event is recorded. A value that cannot be true is held back, and the rest of its event counts.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

COUNTS = ("wbc", "anc", "alc", "hb", "platelets")
TUMOUR_LYSIS = ("potassium", "uric_acid", "ldh", "phosphate")
SMEAR = ("smear_reviewer", "blasts_percent", "blasts", "lineage", "immature_cells", "atypical_lymphocytes")
CONSTITUTIONAL = ("fever", "weight_loss", "poor_appetite", "fatigue", "bone_pain")
BLEEDING = ("petechiae", "ecchymoses", "mucosal_bleeding", "other_bleeding")
EXAMINED = ("splenomegaly", "hepatomegaly", "lymphadenopathy", *BLEEDING, *CONSTITUTIONAL)
HLH = ("persistent_fever", "liver_dysfunction", "ferritin_raised", "coagulopathy")

EVENTS = {  # in the order in which events of one moment are folded; the declaration is folded last of all
    "blood_count_reported": COUNTS,
    "chemistry_reported": TUMOUR_LYSIS,
    "smear_reported": SMEAR,
    "examined": (*EXAMINED, "nothing_else_found"),
    "symptoms_reported": (*CONSTITUTIONAL, *BLEEDING, "persistent_fever"),
    "temperature_measured": ("temperature", "temperature_route"),
    "infection_signs_found": ("infection_signs",),
    "history_taken": ("causative_drug", "recent_viral_illness"),
    "haematology_consulted": (),
    "diagnosis_confirmed": ("diagnosis", "confirmed_by"),
    "hlh_signs_reported": HLH,
    "bcr_abl1_reported": ("bcr_abl1",),
    "trial_decided": ("trial_available",),
    "kmt2a_reported": ("kmt2a",),
    "mrd_reported": ("mrd", "mrd_timepoint"),
    "mrd_persistence_declared": ("mrd_persistent",),
    "vaccine_hold_released": (),
    "protocol_eligibility_confirmed": ("confirmed_by",),
    "antimicrobials_started": (),
    "bone_marrow_performed": (),
    "live_vaccine_given": (),
    "chemotherapy_started": (),
    "transplanted": ("conditioning",),
    "workup_declared_negative": ("declared_by", "reason"),
}
NEEDED = {  # what an event cannot do without
    "smear_reported": "smear_reviewer", "temperature_measured": "temperature",
    "workup_declared_negative": "declared_by", "diagnosis_confirmed": "diagnosis", "bcr_abl1_reported": "bcr_abl1",
    "trial_decided": "trial_available", "kmt2a_reported": "kmt2a", "mrd_reported": "mrd",
    "mrd_persistence_declared": "mrd_persistent",
}  # fmt: skip
WORDS = {
    "smear_reviewer": ("pathologist", "haematologist", "analyser", "other"),
    "lineage": ("lymphoid", "myeloid", "mixed", "unknown"),
    "temperature_route": ("oral", "axillary", "tympanic", "rectal", "unknown"),
    "declared_by": ("haematologist", "clinician"),
    "diagnosis": ("all", "cml", "hlh", "aml", "other_malignancy", "benign"),
    "bcr_abl1": ("positive", "negative"),
    "kmt2a": ("germline", "rearranged", "failed"),
    "mrd_timepoint": ("end_of_induction", "end_of_consolidation", "other"),
    "conditioning": ("chemotherapy_only", "tbi_based"),
}
TEXTS = ("reason", "confirmed_by")
_CELLS = {"10*9/L": 1, "10*3/uL": 1, "10^9/L": 1, "10^3/uL": 1, "/uL": 1000, "/mm3": 1000, "10*6/L": 1000}
UNITS = {  # accepted units, each with how many of it are one of the first; molar ones are left out
    "wbc": _CELLS, "anc": _CELLS, "alc": _CELLS, "platelets": _CELLS, "hb": {"g/dL": 1, "g/L": 10},
    "potassium": {"mmol/L": 1, "meq/L": 1}, "uric_acid": {"mg/dL": 1}, "ldh": {"U/L": 1, "[IU]/L": 1},
    "phosphate": {"mg/dL": 1}, "blasts_percent": {"%": 1}, "mrd": {"": 1, "%": 100},
    "temperature": {"Cel": 1, "[degF]": 1},
    "blasts": {"/uL": 1, "/mm3": 1, "10*6/L": 1, "10*9/L": Decimal("0.001"), "10*3/uL": Decimal("0.001")},
}  # fmt: skip
PLAUSIBLE = {
    "wbc": (0, 2000), "anc": (0, 1000), "alc": (0, 1000), "hb": (1, 25), "platelets": (0, 5000), "potassium": (1, 12),
    "uric_acid": (0, 50), "ldh": (0, 50000), "phosphate": (0, 30), "blasts_percent": (0, 100), "blasts": (0, 2000000),
    "temperature": (25, 45), "mrd": (0, 1),
}  # fmt: skip


class Refused(Exception):
    """Bad input: nothing of the event is recorded."""


def read(name, raw):
    """The values of an event as it is written, and the names of what is held back."""
    if name not in EVENTS:
        raise Refused(name)
    given = {fact: value for fact, value in raw.items() if value is not None}
    if not given.keys() <= set(EVENTS[name]):
        raise Refused(given)
    if name in NEEDED and NEEDED[name] not in given:
        raise Refused(NEEDED[name])
    values = {fact: _value(fact, value) for fact, value in given.items()}
    if name == "infection_signs_found":
        values = {"infection_signs": True, **values}
    if values.get("nothing_else_found"):
        values = {**dict.fromkeys(EXAMINED, False), **values}
    held = {fact for fact, value in values.items() if fact in PLAUSIBLE and not _plausible(fact, value)}
    return {fact: value for fact, value in values.items() if fact not in held}, held


def _value(fact, written):
    if fact in UNITS:
        number, _, unit = written.partition(" ")
        if unit not in UNITS[fact]:
            raise Refused(fact, written)
        try:
            amount = Decimal(number)
        except InvalidOperation:
            raise Refused(fact, written) from None
        return (amount - 32) * 5 / 9 if unit == "[degF]" else amount / UNITS[fact][unit]
    if fact in WORDS:
        right = written in WORDS[fact]
    elif fact in TEXTS:
        right = bool(written.strip())
    else:
        right = written is True or written is False
    if not right:
        raise Refused(fact, written)
    return written


def _plausible(fact, value):
    low, high = PLAUSIBLE[fact]
    return low <= value <= high
