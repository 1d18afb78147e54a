"""A second opinion on the pathway: a naive interpreter, written from the tables in words and not from the product.

It reads neither the rules of the definition nor `pathway.run`. Every rule is written out by hand, in the order of the
tables, so that a clinician who knows a little Python can read it beside them. It folds all that happened from nothing.
None is unknown, and what is not known to be true raises nothing. Nothing waits for acknowledgement here (see `ledger`).
Where the tables were mended because the source or a proof wanted it, the reason stands at the place, after "Mended".
"""

from __future__ import annotations

from decimal import Decimal

from tests.reference.chart import FINDINGS, Chart, Record
from tests.reference.ledger import months_old
from tests.reference.vocabulary import COUNTS, HLH, SMEAR, TUMOUR_LYSIS

FIRST_FIVE = ("initial_labs", "smear", "exam", "referral", "specialist_workup")
STRATA = ("standard_risk", "intermediate_risk", "high_risk")
LEUKAEMIA = ("confirmed_all", "kmt2a_stratification", *STRATA)
# Mended: what a closed episode leaves undone is withdrawn, but for these, which are kept until they are done.
KEPT = {
    "antimicrobials_now", "recheck_temperature", "consult_same_day", "reconsult_haematology", "infection_precautions",
    "hydration", "bleeding_watch", "hold_live_vaccines", "discuss_with_haematology", "obtain_missing_counts",
}  # fmt: skip
TREATMENT = {"confirm_protocol_eligibility", "kmt2a_test", "offer_trial", "interfant_chemotherapy", "consider_hsct"}
URGENT = (
    "antimicrobials_now", "recheck_temperature", "consult_same_day", "reconsult_haematology", "smear_now", "exam_now",
    "tumour_lysis_labs",
)  # fmt: skip
ACTS = {  # an act that happened is never refused; if its order would have been, it is a deviation
    "bone_marrow_performed": ["order_bone_marrow"], "antimicrobials_started": ["start_antimicrobials"],
    "live_vaccine_given": ["give_live_vaccine"], "chemotherapy_started": ["start_interfant_chemotherapy"],
    "transplanted": ["transplant"],
}  # fmt: skip


def refold(born, zone, events):
    """The case after all that happened, in the order of time (`ledger.what_counts`), folded from nothing."""
    case = Interpreter(born, zone)
    for event in events:
        case.happen(*event)
    return case


class Interpreter(Chart):
    def __init__(self, born, zone):
        self.taken, self.deviations, self.advice = [], [], set()
        self.aside, self.answers, self.told = set(), {}, {}  # what is set aside; by which entry; which told its ground
        super().__init__(born, zone)

    def happen(self, at, name, values, held, alone=(), unclear=(), number=0):
        """One event: what it leaves in the record, its own transition, and the automatic ones after it.

        `alone` are the values of each of several reports of one moment that differ, `unclear` what nobody knows then.
        """
        if name == "set_aside":
            self.set_aside(values["advice"], number)
            return
        self.number, self.raised = number, set()
        tbi = any(report.get("conditioning") == "tbi_based" for report in (values, *alone))
        acts = ACTS.get(name, []) + (["condition_with_tbi"] if tbi else [])
        self.deviations += [act for act in acts if self.verdicts(at)[act] == "refused"]
        for report in alone:
            self.glance(at, name, report, held)
        self.take(at, name, values, held, unclear)
        self.advise()
        self.move(name)
        while self.move(None):
            pass

    def move(self, on):
        """Take the one transition that is enabled on an event, or on none; say whether there was one."""
        now, low, day, consulted = self.now, self.now["something_low"], self.same_day, self.consulted
        diagnosis, benign, risk = self.diagnosis is not None, self.diagnosis == "benign", self.high_risk
        malignant, stands = self.all or self.other or (diagnosis and not benign), not self.other and not benign
        germline, rearranged = now["kmt2a"] == "germline", now["kmt2a"] == "rearranged"
        three, five = {"wbc", "anc", "alc"} <= set(self.report), len(self.report) == len(COUNTS)
        haematologist = self.values.get("declared_by") == "haematologist"
        reason = self.values.get("reason") or not self.alarm
        week = self.declared_on is not None and (self.today - self.declared_on).days >= 7
        counted, declared = "blood_count_reported", "workup_declared_negative"
        # Mended: intermediate becomes high risk on any high-risk feature, not on MRD alone.
        rows = (  # name, from, on (None: as soon as it is so), when, to
            ("same_day_referral", {"initial_labs", "smear", "exam"}, None, day and not consulted, "referral"),
            ("count_low", {"initial_labs"}, None, low and not day and not consulted, "smear"),
            ("nothing_low", {"initial_labs"}, counted,
             three and not low and not day and not diagnosis, "outside_pathway"),
            ("consulted_at_first", {"initial_labs"}, None,
             consulted and (low or day or diagnosis), "specialist_workup"),
            ("smear_clear", {"smear"}, None, self.smear_clear and not day and not consulted, "exam"),
            ("haematology_reached", {"smear", "exam", "referral"}, None, consulted, "specialist_workup"),
            ("workup_negative", {"exam"}, declared,
             self.smear_clear and self.exam_clear and not day and not consulted, "follow_up"),
            ("declared_negative_by_haematology", {"specialist_workup"}, declared,
             haematologist and self.smear_clear and not self.all and not self.other and reason, "follow_up"),
            ("all_confirmed", {"specialist_workup", "specialist_pathway"}, None, self.all, "confirmed_all"),
            ("other_disease_found", {"specialist_workup"}, None, self.other and not self.all, "specialist_pathway"),
            ("revised_to_other", LEUKAEMIA, None, self.other, "specialist_pathway"),
            ("revised_to_benign", (*LEUKAEMIA, "specialist_pathway"), None, benign, "specialist_workup"),
            ("kmt2a_known", {"confirmed_all"}, None, stands and (germline or rearranged), "kmt2a_stratification"),
            ("germline", {"kmt2a_stratification"}, None, stands and germline, "standard_risk"),
            ("rearranged_after_all", {"standard_risk"}, None, stands and rearranged, "kmt2a_stratification"),
            ("high_risk_feature", {"kmt2a_stratification"}, None, stands and rearranged and risk, "high_risk"),
            ("no_high_risk_feature", {"kmt2a_stratification"}, None,
             stands and rearranged and risk is False, "intermediate_risk"),
            ("high_risk_later", {"intermediate_risk"}, None, stands and risk, "high_risk"),
            ("resolution", {"follow_up"}, counted, week and five and not self.out and not day, "resolved"),
            ("persistence", {"follow_up"}, counted, week and self.out and not day, "referral"),
            ("new_alarm", {"follow_up", "resolved"}, None, day or self.alarm or malignant, "referral"),
            ("low_after_resolution", {"resolved"}, counted, self.low and not day, "referral"),
            ("low_after_outside", {"outside_pathway"}, counted, self.low and not day and not malignant, "initial_labs"),
            ("alarm_outside", {"outside_pathway"}, None, day or malignant, "initial_labs"),
        )  # fmt: skip
        left = self.state
        ways = [(id, to) for id, source, event, when, to in rows if event == on and left in source and when]
        if not ways:
            return False
        [(id, self.state)] = ways  # from any state at most one
        self.taken.append(id)
        if self.state == "follow_up":
            self.declared_on = self.today
            self.close([])
        if left == "outside_pathway":
            self.leave_outside()
        if left in ("follow_up", "resolved") and self.state == "referral":
            # Mended: of the days before, the consultation, a diagnosis and the five counts lapse.
            for fact in ("haematology_consulted", "diagnosis", *COUNTS, *("low_" + count for count in COUNTS)):
                if now[fact] is not None and now.day[fact] < self.today:
                    now[fact] = None
        if self.state == "confirmed_all" and now["age_at_diagnosis"] is None:
            self.now.put(self.today, age_at_diagnosis=self.months)
        self.look()
        self.advise()
        return True

    def close(self, keep):
        """The next episode begins, with nothing but these facts."""
        before, self.now, self.episode = self.now, Record(), self.episode + 1
        for fact in keep:
            self.now.put(before.day[fact], **{fact: before[fact]})
        self.advice = (self.advice - self.aside) & KEPT  # what is set aside is gone with the episode
        self.aside, self.answers, self.told = set(), {}, {}

    def leave_outside(self):
        """The next episode holds what this calendar day brought, and the alarm findings still shown."""
        now = self.now
        # Mended: a measured fever of before is carried only while it has not settled. A same-day criterion that it met
        # with today's count is of this day all the same.
        fever = ["measured_fever"] if now["measured_fever"] and self.last_hot else []
        brought = {fact for fact, day in now.day.items() if day == self.today}
        white_cells = [(day, value) for day, value in now["white_cells"] or () if day == self.today]
        self.close({*brought, *(finding for finding in FINDINGS if now[finding]), *fever})
        self.now["white_cells"] = white_cells

    def advise(self):
        """Raise what has a ground here, complete what is done, and let lapse what has no ground any more."""
        now, state, child, name, day = self.now, self.state, self.child, self.name, self.same_day
        low, fever, age = now["something_low"], now["fever_trigger"], now["age_at_diagnosis"]
        before, leukaemia, over = state in FIRST_FIVE, state in LEUKAEMIA, state in ("resolved", "outside_pathway")
        call = (day or state == "referral") and not self.consulted
        due = (low or day or state == "referral") and before
        neutropenic = now["low_anc"] or (now["low_anc"] is None and low) or leukaemia
        eligible = now["protocol_eligibility_confirmed"] or (age is not None and age < 12)
        five = all(now[count] is not None for count in COUNTS)
        half = state == "follow_up" and len(self.report) < len(COUNTS)  # the repeat count is one report (N21)
        missing = (now["counted"] and not five) or now["count_held"] or (half and name == "blood_count_reported")
        # Mended: the repeat count is one report with all five (N21); one that lacks a count does not complete it.
        repeated = len(self.report) == len(COUNTS) and self.declared_on and (self.today - self.declared_on).days >= 7
        until_done = {  # advice: its ground, and what completes it
            "antimicrobials_now": (
                fever and (child["low_anc"] is not False or leukaemia), name == "antimicrobials_started"),
            "consult_same_day": (call and not self.declared_on, self.consulted),
            "reconsult_haematology": (call and self.declared_on, self.consulted),
            "smear_now": (due, self.smear_done),
            "exam_now": (due, now["examined"]),
            "tumour_lysis_labs": (due or state == "confirmed_all", all(now[lab] is not None for lab in TUMOUR_LYSIS)),
            # A count that was held back is asked for again, although an earlier one may be known.
            "obtain_missing_counts": (missing, five and not now["count_held"] and not half),
            "medication_history": ((low or day) and before, now["history_taken"]),
            "infection_precautions": (neutropenic, over),
            "hydration": (neutropenic, over),
            "recheck_temperature": (self.hot and not fever, fever or not self.last_hot),
            "bleeding_watch": (low or leukaemia, over),
            "hold_live_vaccines": (self.low, name == "vaccine_hold_released"),
            "bcr_abl1_test": (state in ("specialist_workup", "confirmed_all"), now["bcr_abl1"]),
            "consider_hlh": (any(now[sign] for sign in HLH) and before, self.diagnosis is not None),
            "confirm_protocol_eligibility": (leukaemia and age >= 12, now["protocol_eligibility_confirmed"]),
            "kmt2a_test": (state == "confirmed_all", now["kmt2a"]),
            "offer_trial": (leukaemia, now["trial_decided"]),
            "interfant_chemotherapy": (
                leukaemia and now["trial_available"] is False and eligible, now["chemotherapy_started"]),
            "consider_hsct": (state == "high_risk", now["transplanted"]),
            # Its row names the event alone; as in every other row, a specialist's diagnosis counts as a consultation.
            "discuss_with_haematology": (state == "exam" and not self.consulted, self.consulted),
            "repeat_blood_count": (state == "follow_up", repeated),
        }  # fmt: skip
        while_so = {
            "avoid_head_trauma": child["low_platelets"] is not False and not over,
            "mrd_adapted_consolidation": state == "standard_risk",
            "intensive_consolidation": leukaemia and now["kmt2a"] == "rearranged",
            "maintenance": state == "intermediate_risk",
            "symptom_watch": state in ("follow_up", "resolved"),
        }
        was = self.advice
        self.advice = {id for id, (ground, done) in until_done.items() if (ground or id in self.advice) and not done}
        self.advice |= {id for id, so in while_so.items() if so}
        # Mended: what is said of treatment, of the repeat count and of a call without urgency lapses with its ground.
        self.advice -= set() if leukaemia else TREATMENT
        self.advice -= {"interfant_chemotherapy"} if now["trial_available"] else set()
        self.advice -= set() if state in ("follow_up", "resolved") else {"repeat_blood_count"}
        self.advice -= {"discuss_with_haematology"} if day or state == "referral" else set()
        self.raised |= self.advice - was
        self.bring_back({id for id in URGENT if until_done[id][0]})

    def set_aside(self, advice, number):
        """It answers what was recorded before it: not what an entry recorded afterwards says, also of before."""
        number = self.answers[advice] = max(number, self.answers.get(advice, 0))
        if advice in self.advice and self.told.get(advice, 0) < number:
            self.aside.add(advice)

    def bring_back(self, grounds):
        """After an event: what it tells the ground of comes back, if it was recorded later; what has none is gone."""
        self.aside &= self.advice
        self.told = {advice: number for advice, number in self.told.items() if advice in self.advice}
        for advice in self.advice & grounds & self.tells():
            self.told[advice] = max(self.number, self.told.get(advice, 0))
        for advice, number in self.answers.items():
            if advice in self.aside:
                if advice not in grounds:
                    self.advice.discard(advice)
                    self.aside.discard(advice)
                elif self.told.get(advice, 0) > number:
                    self.aside.discard(advice)
            elif advice in self.raised & self.advice and self.number < number:
                self.aside.add(advice)  # it happened later, and had been recorded before

    def tells(self):
        """The urgent advice of whose ground this report says something that is true."""
        now, report = self.now, self.values
        smear = self.name == "smear_reported" and any(report.get(fact) for fact in (SMEAR[1], SMEAR[2], SMEAR[4]))
        hot = self.hot and report["temperature"] >= Decimal("38.3")
        alarm = self.hot or any(report.get(finding) for finding in FINDINGS)
        low = bool(self.low)
        lines = [count for count in ("anc", "alc", "hb", "platelets") if now["low_" + count]]
        day = (
            (len(lines) >= 2 and set(lines) & set(self.low))
            or (self.seen and smear)
            or report.get("bcr_abl1") == "positive"
            or (now["something_low"] and self.alarm and (low or alarm))
        )
        trigger = hot or self.an_hour or report.get("infection_signs")
        found = {"antimicrobials_now"} if trigger or "anc" in self.low else set()
        found |= {"recheck_temperature"} if self.hot else set()
        # That a work-up was declared negative before is known by the state that it led to: no report says so again.
        found |= {"consult_same_day", "reconsult_haematology"} if day else set()
        # Of a ground that is a state alone, such as ALL confirmed for the labs, no report says anything.
        before = self.state in FIRST_FIVE
        return found | ({"smear_now", "exam_now", "tumour_lysis_labs"} if before and (low or day) else set())

    def verdicts(self, at):
        """What the pathway says to each order at a moment: refused where that holds, else permitted where that does."""
        now, state, advice, trial = self.now, self.state, self.advice, self.now["trial_available"]
        age, eligible = now["age_at_diagnosis"], now["protocol_eligibility_confirmed"]
        call = {"consult_same_day", "reconsult_haematology"} & advice
        # Mended: a review that says nothing of blasts is none here either; in follow-up only while no consultation is
        # in force.
        early = (state in FIRST_FIVE and not self.smear_done) or call or state == "referral"
        fever = now["fever_trigger"] or "antimicrobials_now" in advice  # Mended: permitted while it is advised
        due = (self.same_day and not self.consulted) or state == "referral"  # Mended: in state referral too
        handed_over = state in ("outside_pathway", "specialist_pathway")
        # Mended: a case is not closed while antimicrobials, another temperature or a consultation are due.
        closable = handed_over and not call and not {"antimicrobials_now", "recheck_temperature"} & advice
        rules = {
            "order_bone_marrow": (not self.consulted, True),
            "start_antimicrobials": (not fever, True),
            "give_live_vaccine": ("hold_live_vaccines" in advice, self.child["released"]),
            "allow_contact_activity": ("avoid_head_trauma" in advice, False),
            "defer_referral": (due, False),
            "attribute_to_virus": (early, state == "follow_up"),
            "attribute_to_drug": (early, state == "follow_up"),
            "start_interfant_chemotherapy": (
                state not in LEUKAEMIA or trial is None or (age >= 12 and not eligible), trial is False),
            "assign_risk_group": (state not in STRATA, True),
            "condition_with_tbi": (True, False),
            "transplant": (months_old(self.born, at.astimezone(self.zone).date()) < 6, state == "high_risk"),
            "close_case": (not closable, True),
        }  # fmt: skip
        return {
            order: "refused" if no else "permitted" if yes else "not_addressed" for order, (no, yes) in rules.items()
        }
