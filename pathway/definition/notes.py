"""Review notes N01..N54 and N70: where the page is ambiguous, contradicts itself or differs from the literature.

The pathway follows the page and shows these notes; it never corrects the page in silence. References are written as
they were noted, with the marks "(read as an excerpt)" and "(from memory, not verified)" where these were made.
"""

from __future__ import annotations

from pathway.definition.conditions import (
    AGE,
    AGE_AT_DIAGNOSIS,
    ALARM_FINDING,
    ANC_GRADE,
    ANC_LOW_OR_UNKNOWN,
    ATYPICAL,
    BLASTS_SEEN,
    BLEEDING,
    CONSULTED,
    COUNT_OUT_OF_RANGE,
    DECLARED_NEGATIVE_BEFORE,
    FEVER_TRIGGER,
    GERMLINE,
    HLH_TRIGGER,
    IN_LEUKAEMIA,
    LOW_ALC,
    LOW_ANC,
    LOW_HB,
    LOW_OR_URGENT,
    LOW_PLATELETS,
    LOW_WBC,
    MEASURED_FEVER,
    PLATELETS_LOW_OR_UNKNOWN,
    QUALIFIED_SMEAR,
    REARRANGED,
    SMEAR_CLEAR,
    SOMETHING_LOW,
    TUMOUR_LYSIS_KNOWN,
    WBC_AT_DIAGNOSIS,
    YOUNG_WITH_HIGH_WBC,
)
from pathway.definition.contradictions import CONTRADICTIONS
from pathway.definition.facts import (
    ALC,
    ANC,
    BCR_ABL1,
    BLASTS,
    BLASTS_PERCENT,
    BLOOD_COUNT_TAKEN,
    BONE_MARROW_PERFORMED,
    BONE_PAIN,
    CAUSATIVE_DRUG,
    DIAGNOSIS,
    FATIGUE,
    FEVER,
    HB,
    INFECTION_SIGNS,
    LINEAGE,
    LYMPHADENOPATHY,
    PERSISTENT_FEVER,
    PLATELETS,
    POOR_APPETITE,
    RECENT_VIRAL_ILLNESS,
    SMEAR_REVIEWER,
    TEMPERATURE,
    TEMPERATURE_ROUTE,
    TRANSPLANTED,
    TRIAL_AVAILABLE,
    TUMOUR_LYSIS,
    VACCINE_HOLD_RELEASED,
    WBC,
)
from pathway.definition.groups import BEFORE_DIAGNOSIS, LEUKAEMIA, QUIET
from pathway.model.citations import ReviewNote
from pathway.model.guards import ALWAYS, all_of, any_of, in_state, latest, shown

# Where the notes matter. A new episode holds nothing of the work-up before it: guards on what was found then read the
# state, or the latest known values.
_WORKUP = in_state(*BEFORE_DIAGNOSIS)
_UNDIAGNOSED = _WORKUP & ~DIAGNOSIS.known()
_FOLLOW_UP = in_state("follow_up")
_QUESTION_OPEN = in_state(*BEFORE_DIAGNOSIS, "follow_up")
_LIMITS_MATTER = in_state(*BEFORE_DIAGNOSIS, "follow_up", *QUIET)
_REFERRED_AGAIN = in_state("referral") & DECLARED_NEGATIVE_BEFORE
_AGE_OF_THE_PAGE = (AGE >= 12) & (AGE < 24)
_NEUTROPENIC = any_of(latest(LOW_ANC), SOMETHING_LOW & ~ANC.known(), IN_LEUKAEMIA)
_ANTIMICROBIALS_DUE = FEVER_TRIGGER & any_of(ANC_LOW_OR_UNKNOWN, IN_LEUKAEMIA)
_TUMOUR_LYSIS_LABS_DUE = any_of(
    any_of(LOW_OR_URGENT & in_state(*BEFORE_DIAGNOSIS, "specialist_pathway"), IN_LEUKAEMIA) & ~TUMOUR_LYSIS_KNOWN,
    in_state("follow_up", "resolved") & ~latest(TUMOUR_LYSIS_KNOWN),
)
_BLAST_LIMIT_REACHED = any_of(BLASTS_PERCENT >= 20, BLASTS >= 1000)
_NOT_LYMPHOID = LINEAGE.one_of("myeloid", "mixed")
_RISK_RULES_APPLY = IN_LEUKAEMIA & ~shown(GERMLINE)
_VACCINES_HELD = any_of(
    SOMETHING_LOW, IN_LEUKAEMIA, in_state("follow_up", "resolved") & ~shown(latest(VACCINE_HOLD_RELEASED))
)
_SEVERE_BELOW, _MILD_FROM = (limit for limit, _ in ANC_GRADE.bands)
_CARE_IN_QUESTION = any_of(FEVER_TRIGGER, BLEEDING, BONE_PAIN, LOW_HB, LOW_PLATELETS)

NOTES: tuple[ReviewNote, ...] = (
    ReviewNote(
        id="N01",
        title="Is 13 months infant ALL, or is the limit 12 months?",
        words="The page counts 13 months as infant ALL, yet defines infant ALL as under 12 months at diagnosis. "
        "Infant trials took ages of 0 to 12 months (Interfant-99), under 366 days (COG AALL0631) or under 365 days "
        "(MLL-10); St Jude Total 16 gave KMT2A-rearranged patients from 1 year on its general plan, and NCI standard "
        "risk starts at 1 year.",
        choice="The Interfant branch stays open and nothing is rewritten, but from 12 months at diagnosis its "
        "chemotherapy is refused until the eligibility for the protocol has been confirmed.",
        about=("S39", "S40", "S43", "S72"),
        references=(
            "pure.prinsesmaximacentrum.nl, Interfant-99 (read as an excerpt)",
            "explore.openaire.eu, doi_dedup 9f7d0c5c..., COG AALL0631 (read as an excerpt)",
            "ashpublications.org/blood/article/134/Supplement_1/2626/423364, JPLSG MLL-10 (read as an excerpt)",
            "ashpublications.org/blood/article/138/Supplement%201/3406/479311, St Jude Total 16 (read as an excerpt)",
            "herenciageneticayenfermedad.blogspot.com/2019/04/..., PDQ copy (read as an excerpt)",
        ),
        when=any_of(all_of(_QUESTION_OPEN, AGE >= 12), all_of(IN_LEUKAEMIA, AGE_AT_DIAGNOSIS >= 12)),
    ),
    ReviewNote(
        id="N02",
        title="Pancytopenia without haemoglobin or platelets",
        words="The page says pancytopenia from white-cell figures alone; the word means all three lines low, and "
        "haemoglobin and platelets are not given. Cut-offs for children vary: Hb below 10, white cells below 4,000, "
        "ANC below 1,500, platelets below 100; or Hb below 9, white cells below 4,000, platelets below 100.",
        choice="No rule needs a proven pancytopenia: the urgency stays the same while haemoglobin and platelets are "
        "unknown, and both are asked for today.",
        about=("S09", "S36", "S39", "S89"),
        references=(
            "fpnotebook.com, Pncytpn",
            "droracle.ai/articles/594274",
            "PMC8253459",
            "ijpediatrics.com 4106",
            "spanish.primescholars.com 108960",
        ),
        when=BLOOD_COUNT_TAKEN & any_of(~HB.known(), ~PLATELETS.known()),
    ),
    ReviewNote(
        id="N03",
        title="Severe in one place, moderate in another",
        words="The lead speaks of a severe pancytopenia, the laboratory part of a moderate neutropenia (ANC 0.7), and "
        "benign causes are called less likely because of the severity.",
        choice="The grade is taken from the ANC alone and is for display; no rule reads the word severe.",
        about=("S09", "S21", "S53"),
        when=_QUESTION_OPEN & LOW_ANC,
    ),
    ReviewNote(
        id="N04",
        title="Two kinds of white cell count as several cell lines",
        words="The page counts low neutrophils and low lymphocytes as several cell lines, though both are white "
        "cells; red cells and platelets are unknown. Elsewhere bicytopenia means two of the three lines.",
        choice="As the page does: any two of neutrophils, lymphocytes, haemoglobin and platelets below their limits "
        "mean the same day; one low count by itself does not, and a child who goes on without haematology is to be "
        "discussed with them (local choice).",
        about=("S36", "S37"),
        references=("fpnotebook.com",),
        when=any_of(all_of(_QUESTION_OPEN, LOW_ANC, LOW_ALC, ~shown(LOW_HB), ~shown(LOW_PLATELETS)), in_state("exam")),
    ),
    ReviewNote(
        id="N05",
        title="0.4 of the white cells are unaccounted for",
        words="0.7 neutrophils and 1.4 lymphocytes make 2.1 of 2.5; the other 0.4 x10^9/L (16 %) may be monocytes, "
        "eosinophils or abnormal cells.",
        choice="Shown as a hint to whoever reads the smear; no rule follows from it.",
        about=("S01", "S09"),
        when=all_of(_UNDIAGNOSED, WBC.known(), ANC.known(), ALC.known(), ~shown(QUALIFIED_SMEAR)),
    ),
    ReviewNote(
        id="N06",
        title="A metabolic panel may lack the tumour-lysis values",
        words="The page expects uric acid, LDH and phosphate from a complete metabolic panel. The standard panel of "
        "14 tests has potassium but no uric acid; other lists differ and include LDH, phosphorus and uric acid, or "
        "phosphate.",
        choice="Potassium, uric acid, LDH and phosphate are asked for one by one and the advice ends only when all "
        "four are known; calcium and creatinine are not part of it.",
        about=("S17", "S18"),
        references=(
            "scienceinsights.org",
            "nationwidechildrens.org, battery list",
            "clevelandheartlab.com",
            "daviddarling.info (dissents)",
            "droracle.ai/articles/67352 (dissents)",
        ),
        when=_TUMOUR_LYSIS_LABS_DUE,
    ),
    ReviewNote(
        id="N07",
        title="No limits for tumour lysis",
        words="Tumour-lysis values are asked for without a limit. In the Cairo-Bishop definition LDH does not count, "
        "and calcium, which the page leaves out, does.",
        choice="The values are recorded and move no state; the published limits (T6) are for the reader only.",
        about=("S17", "S18", "S19"),
        references=("T6",),
        when=~in_state(*QUIET) & any_of(*(value.known() for value in TUMOUR_LYSIS)),
    ),
    ReviewNote(
        id="N08",
        title="Citations that cannot be resolved",
        words="Numbers 5 and 6 are cited but only four unnumbered references are listed. Matching 1 to 4 by their "
        "order is a guess, by which 1 and 2, on high lymphocytes and leukocytosis, would support the rules for low "
        "counts; 6 supports only the line on viral illness and COVID-19.",
        choice="Every statement keeps its numbers as printed; 5 and 6 stay unresolved, and nothing relies on the "
        "guess for 1 to 4.",
        about=("S54", "S55", "S56", "S102", "S103", "S104", "S105", "S106"),
        when=in_state("referral"),
    ),
    ReviewNote(
        id="N09",
        title="Fever limits without a route of measurement",
        words="The page takes 38.3 C once or 38.0 C for an hour and names no route. Elsewhere: oral 38.3, or above "
        "38.0 for over 1 h; 38.3 once or 38.0 twice an hour apart, armpit and ear being unreliable (IDSA 2002); 38.0 "
        "once (UK children); armpit 37.7, or 37.4 for an hour (St Jude); rectal readings are avoided.",
        choice="Both limits include the figure printed; the hour needs a first and a last reading of 38.0 or more at "
        "least 60 minutes apart with none lower between, a single such reading asks for a re-check, and the route is "
        "kept because an armpit or unknown route may read low.",
        about=("S62", "S63"),
        references=(
            "clicktocurecancer.info",
            "pedsoncologyeducation.com, IDSA 2002",
            "cclg.org.uk",
            "together.stjude.org",
            "stjude.org",
            "chkd.org",
        ),
        when=TEMPERATURE.known() & any_of(TEMPERATURE >= "38.0", ~shown(TEMPERATURE_ROUTE.is_("oral"))),
    ),
    ReviewNote(
        id="N10",
        title="Fever is used in two ways",
        words="As a symptom (examination, referral, follow-up) fever has no figure; as a trigger for treatment it has "
        "38.3 C, or 38.0 C for an hour.",
        choice="With a low count, a reported fever or any reading of 38.0 or more means consultation the same day; "
        "only the treatment limits or signs of infection call for antimicrobials.",
        about=("S31", "S34", "S61", "S62", "S63", "S101"),
        when=any_of(FEVER, PERSISTENT_FEVER, MEASURED_FEVER) & ~in_state("outside_pathway"),
    ),
    ReviewNote(
        id="N11",
        title="Antimicrobials at ANC 0.7 without a known cancer",
        words="The page starts antimicrobials promptly, naming no drug and no time limit; oncology guidance concerns "
        "an ANC below 0.5 or falling to it. For a well, presumed immunocompetent child of 6 months to 18 years, first "
        "episode, no extra risk, CPS 2023 usually gives none (blood culture if ANC below 0.5, close follow-up); at "
        "3-36 months with ANC below 0.5 serious bacterial infection was found in 1 of 52 (1.9 %), or 4 (7.6 %) in the "
        "conference abstract of the same series.",
        choice="The page is followed where the ANC is low or unknown or leukaemia is confirmed, because until "
        "leukaemia is excluded no child here is presumed immunocompetent; no drug, dose or minutes are given.",
        about=("S59", "S61"),
        references=(
            "app.spectrum.md, Alberta",
            "wikem.org",
            "PMC10022858",
            "cps.ca, position, CPS 2023",
            "cris.tau.ac.il, journal abstract",
            "program.eventact.com, conference abstract",
        ),
        when=_ANTIMICROBIALS_DUE,
    ),
    ReviewNote(
        id="N12",
        title="Signs of infection are not defined",
        words="Signs of infection call for antimicrobials, but the page does not say which signs count.",
        choice="A clinician records them as an event of their own; nothing derives them from other findings.",
        about=("S61", "S94"),
        when=INFECTION_SIGNS.as_guard(),
    ),
    ReviewNote(
        id="N13",
        title="Sepsis without fever",
        words="The page holds antibiotics back without fever or signs of infection because they may hide findings; no "
        "source was found for that reason. A UK text warns that an unwell child, or one below 36 C, can have sepsis "
        "without fever.",
        choice="Without a trigger the order is refused, the refusal asks whether the child is unwell or cold, and a "
        "clinician can override it in one step with name and reason.",
        about=("S94", "S95", "S108"),
        references=("cclg.org.uk",),
        when=_NEUTROPENIC & ~shown(FEVER_TRIGGER),
    ),
    ReviewNote(
        id="N14",
        title="ALL diagnosed from blood, without qualification",
        words="The page diagnoses ALL from 1,000 lymphoblasts/uL or 20 % in blood. Elsewhere the marrow decides (20 % "
        "or more, protocols often 25 % or more; more than 25 %) and blood replaces it, with 1,000/uL or 20 %, only "
        "where marrow is precluded; a COG study took 25 % of marrow, or a white count of 100,000 with 75 % blasts, or "
        "30,000 where marrow is contraindicated.",
        choice="Either limit, the figure itself included, meets the page's criterion on a qualified smear of lymphoid "
        "lineage, as a share of the cells in blood; ALL is entered only with haematology consulted and no BCR::ABL1 "
        "positive, or on a confirmed diagnosis.",
        about=("S41", "S42"),
        references=(
            "droracle.ai/articles/744619",
            "accesspediatrics 40310769",
            "medical-data-models.org/14386, COG ALL classification study",
        ),
        when=all_of(any_of(BLASTS_PERCENT > 0, BLASTS > 0), ~shown(_NOT_LYMPHOID), ~DIAGNOSIS.known()),
    ),
    ReviewNote(
        id="N15",
        title="Blasts below both limits",
        words="With blasts under 1,000/uL and under 20 % the page asks for a consultation and then is silent; a "
        "sister article advises against diagnosing ALL below 20 % of marrow.",
        choice="The child goes to the specialists' work-up; no leukaemia state is entered before the criterion is met "
        "or a diagnosis is confirmed.",
        about=("S33", "S41", "S42"),
        references=("droracle.ai/articles/744619",),
        when=all_of(_UNDIAGNOSED, BLASTS_SEEN, ~shown(_BLAST_LIMIT_REACHED)),
    ),
    ReviewNote(
        id="N16",
        title="No marrow limit, immunophenotype or CNS status",
        words="The page has no marrow limit and says nothing of immunophenotype, of cytogenetics other than KMT2A and "
        "BCR::ABL1, or of CSF and CNS disease.",
        choice="A diagnosis confirmed by a haematologist is taken as reported, and nothing is invented in its place.",
        about=("S41", "S42", "S71", "S75"),
        when=any_of(in_state("specialist_workup") & ~DIAGNOSIS.known(), in_state("confirmed_all")),
    ),
    ReviewNote(
        id="N17",
        title="Clear smear, but findings on examination",
        words="What to do when the smear is clear and the examination is not, the page does not say.",
        choice="With a low count any listed finding still means haematology the same day, and only a haematologist "
        "can then declare the work-up negative, with the reason written.",
        about=("S27", "S32", "S96"),
        when=all_of(_WORKUP, SMEAR_CLEAR, ALARM_FINDING),
    ),
    ReviewNote(
        id="N18",
        title="A clear smear does not exclude leukaemia",
        words="Reported: an 8-year-old with aleukaemic T-ALL, and a 5-year-old with a clean smear whose marrow showed "
        "pre-B ALL.",
        choice="A clear smear alone closes nothing: the examination and a declaration come after it, and symptoms are "
        "watched afterwards.",
        about=("S12", "S14", "S96"),
        references=("journalgrid.com, rjms 12433921", "uat.fortishealthcare.com/node/18579"),
        when=any_of(_WORKUP & SMEAR_CLEAR, _FOLLOW_UP),
    ),
    ReviewNote(
        id="N19",
        title="A negative work-up is not defined",
        words="Follow-up starts when the first work-up is negative for malignancy, but the page does not say what has "
        "to be negative or who decides.",
        choice="Local choice: with a clear qualified smear, a clear examination and no same-day criterion a clinician "
        "may declare it without haematology, who are then to be told; once haematology is consulted only a "
        "haematologist may, on a clear smear and with neither ALL nor another specialist diagnosis shown.",
        about=("S96", "S99"),
        when=any_of(in_state("exam", "specialist_workup") & SMEAR_CLEAR, _FOLLOW_UP),
    ),
    ReviewNote(
        id="N20",
        title="When exactly is a repeat in 1 to 2 weeks?",
        words="The page does not say how to count 1 to 2 weeks, nor what a test before day 7 or on day 15 means. "
        "Another article also says 1-2 weeks, a third 3-4 weeks for an ANC below 1,000; the ANC recovered after 16.7 "
        "days on average.",
        choice="Due on day 7 and overdue after day 14, counting the day follow-up began as day 0; an earlier count "
        "never resolves the case but can escalate it, and a late one still counts.",
        about=("S97",),
        references=("droracle.ai/articles/531783", "clinicalgate.com", "pubmed 22414904"),
        when=_FOLLOW_UP,
    ),
    ReviewNote(
        id="N21",
        title="Counts that recover only in part",
        words="Between resolution and persistent leukopenia the page leaves a gap: white cells normal but neutrophils "
        "or lymphocytes low, or a new anaemia or low platelets.",
        choice="Resolved needs all five counts in range in one report; any count out of range from day 7 on means a "
        "consultation.",
        about=("S98", "S99"),
        when=any_of(_FOLLOW_UP, all_of(_REFERRED_AGAIN, COUNT_OUT_OF_RANGE, ~shown(LOW_WBC))),
    ),
    ReviewNote(
        id="N22",
        title="Follow-up asks for a consultation already required",
        words="Leukopenia that persists calls for the haematology consultation which the first day demanded already.",
        choice="It is treated as a new consultation with its own advice, whatever was said before.",
        about=("S08", "S99"),
        when=_REFERRED_AGAIN,
    ),
    ReviewNote(
        id="N23",
        title="Follow-up has no end",
        words="The page gives no end of follow-up. A phase before ALL is described in 2 % of childhood ALL, which "
        "became overt within 5-38 weeks.",
        choice="There is no final state of cure: the symptom watch goes on after resolution, and a new low count, "
        "alarm finding or diagnosis leads back to referral.",
        about=("S98", "S100", "S101"),
        references=("onlinelibrary.wiley.com, j.1365-2141.1981.tb07241.x", "pubmed.gov/7723392"),
        when=in_state("follow_up", "resolved"),
    ),
    ReviewNote(
        id="N24",
        title="The first high-risk rule differs from the trials",
        words="The page needs age under 6 months and 300,000 white cells or more. Interfant-06 takes "
        "KMT2A-rearranged, under 6 months, and above 300 or a poor prednisone response (1,000 blasts/uL or more on "
        "day 8); in Interfant-99 transplant helped under 6 months with a poor response or 300 or more; a JCO 2019 "
        "abstract says older than 6 months, probably an error; MLL-10 uses 180 days.",
        choice="As printed: under 6 completed months at diagnosis and 300 x10^9/L or more, the white count being the "
        "highest of the episode up to the end of the day of diagnosis, else the next reported (local choice); the "
        "prednisone response decides nothing.",
        about=("S80",),
        references=(
            "ashpublications.org/blood/article/132/Supplement%201/655/266098, Interfant-06, ASH 2018",
            "ashpublications.com/blood/article-split/116/15/2644/27654, Interfant-99",
            "litmetric.com/author/P+Ancliffe, JCO 2019 abstract",
            "m3india.in, JCO 2019 abstract (the same source)",
            "ashpublications.net/blood/article/94/4/1209/249670, prednisone response",
        ),
        when=_RISK_RULES_APPLY & (AGE_AT_DIAGNOSIS <= 6),
    ),
    ReviewNote(
        id="N25",
        title="The first high-risk rule cannot hold at 13 months",
        words="High risk by age and white count needs an age under 6 months, so for the child of the page it can "
        "never hold.",
        choice="Shown openly: from 6 months of age at diagnosis only persistently positive MRD gives high risk.",
        about=("S72", "S80", "S81"),
        when=all_of(IN_LEUKAEMIA, REARRANGED, AGE_AT_DIAGNOSIS >= 6),
    ),
    ReviewNote(
        id="N26",
        title="Very high white count from 6 months of age",
        words="A white count of 300 x10^9/L or more at 6 months or older falls outside the first high-risk rule; "
        "Interfant-06 puts all other KMT2A-rearranged patients at medium risk.",
        choice="Not high risk unless MRD is persistently positive.",
        about=("S80", "S81", "S83"),
        references=("T10",),
        when=all_of(_RISK_RULES_APPLY, AGE_AT_DIAGNOSIS >= 6, WBC_AT_DIAGNOSIS >= 300),
    ),
    ReviewNote(
        id="N27",
        title="300,000 has no unit",
        words="The white count of the high-risk rule is printed as 300,000 without a unit.",
        choice="Read as cells/uL, which is 300 x10^9/L; every white count entered must carry its unit.",
        about=("S80",),
        when=all_of(_RISK_RULES_APPLY, AGE_AT_DIAGNOSIS < 6, ~shown(WBC_AT_DIAGNOSIS < 300)),
    ),
    ReviewNote(
        id="N28",
        title="Persistently MRD positive is not defined",
        words="The page gives no level, no method and no time point for persistently positive MRD, and no published "
        "text was found that defines it (T9).",
        choice="Only a specialist's declaration counts, and until it is made the risk group stays open unless the age "
        "and white-count rule decides; positive at 2 or more time points, one at or after the end of consolidation, "
        "at 1e-4 or more, is a suggestion and no rule.",
        about=("S81",),
        references=("T9",),
        when=all_of(IN_LEUKAEMIA, REARRANGED, ~shown(YOUNG_WITH_HIGH_WBC)),
    ),
    ReviewNote(
        id="N29",
        title="Risk groups are incomplete",
        words="Intermediate risk is not defined (assumed: KMT2A rearranged with neither high-risk feature, like "
        "medium risk in Interfant-06), and for KMT2A germline the MRD branches, maintenance and HSCT are missing.",
        choice="Intermediate risk needs both high-risk features known to be absent, so a recorded negative for "
        "persistent MRD; germline leaves MRD to the specialist.",
        about=("S77", "S78", "S83"),
        references=("T10",),
        when=in_state("kmt2a_stratification", "standard_risk", "intermediate_risk"),
    ),
    ReviewNote(
        id="N30",
        title="Phases of treatment that are missing",
        words="The page leaves out induction, CNS prophylaxis, delayed intensification, what follows maintenance or "
        "HSCT, relapse and death. Interfant-06 runs induction, IB or ADE/MAE, MARMA, OCTADAD, maintenance.",
        choice="No state is invented for them, and maintenance has no way out of its own.",
        about=("S74", "S78", "S79", "S82", "S83"),
        references=("ashpublications.org/blood/article/132/Supplement%201/655/266098, Interfant-06, ASH 2018",),
        when=IN_LEUKAEMIA,
    ),
    ReviewNote(
        id="N31",
        title="Limits for age and TBI at transplant",
        words="The page wants at least 6 months of age at transplant and no TBI. FORUM randomised TBI only at 4-21 "
        "years, and under 4 years conditioning was by chemotherapy; no source was found for the 6 months, and outside "
        "infancy KMT2A-rearranged ALL showed no gain from allogeneic HSCT.",
        choice="Both limits hold as printed: conditioning with TBI is always refused, and transplant under 6 months "
        "by the age on the day itself.",
        about=("S86", "S87"),
        references=("PMC8078415, FORUM", "ashpublications.net/bloodadvances/article/8/2/416/497975", "PMC9995095"),
        when=any_of(in_state("high_risk"), TRANSPLANTED),
    ),
    ReviewNote(
        id="N32",
        title="Blinatumomab is not mentioned",
        words="A NEJM 2023 abstract reports Interfant-06 plus one course of it in 30 patients: 2-year DFS 81.6 "
        "against 49.4 %, OS 93.3 against 65.8 %.",
        choice="Shown as a note only: no advice and no order follows.",
        about=("S74",),
        references=("lymphoblastic-hub.com, NEJM 2023 abstract",),
        when=IN_LEUKAEMIA & ~shown(TRIAL_AVAILABLE),
    ),
    ReviewNote(
        id="N33",
        title="What lowered deaths in induction?",
        words="The page credits supportive care. In AALL0631 induction deaths fell from 15.4 to 1.6 % and "
        "sterile-site infections from 57.7 to 19.5 %, but induction was made less intensive at the same time.",
        choice="No rule follows from the claim; this note says that the cause is uncertain.",
        about=("S84", "S85"),
        references=("openaire, COG AALL0631",),
        when=IN_LEUKAEMIA,
    ),
    ReviewNote(
        id="N34",
        title="CML: no branch for a positive test",
        words="The page asks for BCR::ABL1 but not what a positive result means. White cells of 2.5 are atypical, "
        "since CML comes with leukocytosis (about 1 per million children); BCR::ABL1 also occurs in ALL (from "
        "memory); JMML, which needs its absence, is not listed.",
        choice="A positive result means haematology the same day (local choice); after the consultation, unless a "
        "diagnosis is known, it leads to the specialist pathway.",
        about=("S46", "S47", "S48", "S49"),
        references=(
            "PMC7917817",
            "cancer.gov, childAML Table4",
            "BCR::ABL1 also occurs in ALL (from memory, not verified)",
        ),
        when=any_of(in_state("specialist_workup", *LEUKAEMIA) & ~BCR_ABL1.known(), BCR_ABL1.is_("positive")),
    ),
    ReviewNote(
        id="N35",
        title="HLH is no malignancy and its triggers are loose",
        words="The page lists HLH among malignant causes and joins its triggers with an or; how far the words on "
        "liver dysfunction reach is unclear. HLH-2004 needs 5 of 8 criteria (T7).",
        choice="Any one trigger raises the advice to consider HLH; nothing here diagnoses it, and a confirmed HLH "
        "goes to the specialist pathway.",
        about=("S50", "S51", "S52"),
        references=("T7",),
        when=any_of(_UNDIAGNOSED & HLH_TRIGGER, DIAGNOSIS.is_("hlh")),
    ),
    ReviewNote(
        id="N36",
        title="Diagnoses that the page leaves out",
        words="Not on the page: SCID and other immunodeficiency (UK PIN screens under 2 years at lymphocytes below "
        "3.0), autoimmune neutropenia, aplastic anaemia and marrow failure, AML, MDS or JMML, nutritional causes, "
        "EBV, CMV, HHV-6, sepsis, HIV, storage disease.",
        choice="Shown as a gap: no work-up for them is added, and none is excluded by this pathway.",
        about=("S39", "S46", "S50", "S53", "S54", "S57"),
        references=("adc.bmj.com/content/93/1/90, UK PIN", "ashpublications.com/view-large/6516736"),
        when=any_of(_UNDIAGNOSED & SOMETHING_LOW, _FOLLOW_UP),
    ),
    ReviewNote(
        id="N37",
        title="ALL as the most likely diagnosis",
        words="This is the page's opinion. Elsewhere 97.7 % of neutropenia in 215 healthy children was transient and "
        "infectious, 4 of 161 with fever and low neutrophils or white cells had a haematological malignancy, and "
        "acute leukaemia made up 21 % of childhood pancytopenia; leukopenia is present in 36.1 % of ALL at diagnosis, "
        "which supports S91.",
        choice="It is printed only as the source's opinion, and no rule reads it.",
        about=("S39", "S91"),
        references=(
            "cpho.or.kr",
            "link.springer.com s00431-013-1965-z",
            "Bhatnagar",
            "scielo.br S2531-13792019000100057",
        ),
        when=in_state("referral", "specialist_workup") & ~DIAGNOSIS.known(),
    ),
    ReviewNote(
        id="N38",
        title="Watchful waiting against urgency",
        words="The page offers watchful waiting for a viral cause beside a referral on the same day.",
        choice="Waiting belongs to follow-up only; calling the cause viral is permitted nowhere else.",
        about=("S08", "S56", "S90"),
        when=any_of(_UNDIAGNOSED & RECENT_VIRAL_ILLNESS, _FOLLOW_UP),
    ),
    ReviewNote(
        id="N39",
        title="A drug cause found, and then?",
        words="The page asks for the medication history but prints no action if a causative drug is found.",
        choice="It is recorded and shortens nothing; calling a drug the cause is permitted only in follow-up.",
        about=("S57", "S58"),
        when=any_of(_UNDIAGNOSED & CAUSATIVE_DRUG, _FOLLOW_UP & latest(CAUSATIVE_DRUG)),
    ),
    ReviewNote(
        id="N40",
        title="Hydration to help the bone marrow",
        words="No source was found for hydration as a help to the marrow; from memory, unverified, it serves to "
        "prevent tumour lysis.",
        choice="The advice stays, with the page's reason marked as doubtful.",
        about=("S60",),
        references=("hydration is used to prevent tumour lysis (from memory, not verified)",),
        when=_NEUTROPENIC,
    ),
    ReviewNote(
        id="N41",
        title="Thrombocytopenia assumed, platelets unknown",
        words="The page restricts activity for a risk of low platelets without giving a count. St Jude's bands: below "
        "50 bruising, below 20 spontaneous bleeding.",
        choice="The restriction holds while platelets are low (limit by local choice, T4) or unknown, except in "
        "resolved and outside_pathway, and the pathway never permits contact activity.",
        about=("S67", "S68"),
        references=("together.stjude.org",),
        when=PLATELETS_LOW_OR_UNKNOWN & ~in_state(*QUIET),
    ),
    ReviewNote(
        id="N42",
        title="The vaccine hold would end with the diagnosis",
        words="Read literally, the hold until a diagnosis would lapse as soon as leukaemia is found. Elsewhere no "
        "live (varicella) vaccine is given in leukaemia, and in remission only 3 months or more after therapy; the "
        "first MMR dose falls due at 12-15 months.",
        choice="The hold runs from the first low count through every diagnosis, ends only when a clinician releases "
        "it, and starts again with a new low count.",
        about=("S64",),
        references=("PMC3192074, table", "pdr.net"),
        when=_VACCINES_HELD & any_of(_AGE_OF_THE_PAGE, in_state(*LEUKAEMIA, "specialist_pathway")),
    ),
    ReviewNote(
        id="N43",
        title="Bleeding and the platelet count",
        words="The criterion on bleeding is garbled where it mentions platelet counts; a sister article makes it any "
        "bleeding although platelets are normal.",
        choice="Any bleeding counts, whatever the platelets.",
        about=("S38",),
        references=("droracle.ai/articles/531783",),
        when=_WORKUP & BLEEDING,
    ),
    ReviewNote(
        id="N44",
        title="The lists of findings disagree",
        words="Lymph nodes and bone pain stand only in the examination list, fatigue only under referral and "
        "follow-up, appetite is missing from follow-up, and atypical lymphocytes are looked for without any "
        "consequence.",
        choice="The lists are joined: with a low count, a finding from any of them escalates; atypical lymphocytes "
        "are recorded for the reviewer and the consultant and move no state.",
        about=("S16", "S27", "S28", "S29", "S30", "S31", "S34", "S35", "S38", "S101"),
        when=_QUESTION_OPEN & any_of(LYMPHADENOPATHY, BONE_PAIN, FATIGUE, POOR_APPETITE, ATYPICAL),
    ),
    ReviewNote(
        id="N45",
        title="Same-day, immediate and promptly have no clock",
        words="The page gives no hours and names nobody to call when there is no consultant. NICE NG12 wants "
        "immediate specialist assessment for petechiae or hepatosplenomegaly and a blood count within 48 h for other "
        "signs.",
        choice="Local choice: overdue at the end of the calendar day, in the case's time zone, of the result that "
        "showed it; no minutes are invented and nothing is downgraded in silence.",
        about=("S08", "S12", "S13", "S27", "S32", "S61"),
        references=("staging.medscape.com 939423_6, NICE NG12",),
        when=any_of(in_state("referral"), _ANTIMICROBIALS_DUE),
    ),
    ReviewNote(
        id="N46",
        title="Which lymphocyte limit?",
        words="The page's range is 3.5-10.4 x10^9/L at 13 months; others differ (3.7-10.7 at 1-23 months), but every "
        "source read puts 1.4 below range.",
        choice="The page's 3.5 holds from 12 to 23 months; 3.7 before and 1.7 from 2 years are local choices (T2), "
        "and a site may replace the table in one dated file.",
        about=("S24", "S25"),
        references=("T2",),
        when=all_of(_LIMITS_MATTER, _AGE_OF_THE_PAGE, ALC.known()),
    ),
    ReviewNote(
        id="N47",
        title="ANC bands and the limit by age",
        words="The page grades a single value, 0.7. At exactly 0.5 the bands say moderate (0.5-1.0), but NICE's text "
        "for adults takes 0.5 or lower; under 1 year the low limit is 1.0.",
        choice="Local choice (T1): each band includes its lower bound, so severe is below 0.5, moderate from 0.5, "
        "mild from 1.0; low is below 1.5, under 12 months below 1.0.",
        about=("S21",),
        references=("T1",),
        when=_LIMITS_MATTER & any_of(ANC <= _SEVERE_BELOW, (ANC >= _MILD_FROM) & (ANC <= "1.5")),
    ),
    ReviewNote(
        id="N48",
        title="No limit for leukopenia",
        words="The page calls white cells low without saying below what; elsewhere (T3) the lower limit is 6.1 "
        "x10^9/L at 1-23 months, or 6.0.",
        choice="Local choice (T3): below 6.0 up to 23 months, below 4.5 from 2 years; a first report with white "
        "cells, neutrophils and lymphocytes known, and nothing low, lies outside the pathway, which is no all-clear.",
        about=("S07", "S99"),
        references=("T3",),
        when=all_of(_LIMITS_MATTER, WBC.known(), ~shown(LOW_ANC), ~shown(LOW_ALC)),
    ),
    ReviewNote(
        id="N49",
        title="Reviewed by a board, or pending?",
        words="The header says that a board reviews all articles and that human review is still pending.",
        choice="The warning that review is pending is what every output shows.",
        about=("S02", "S03", "S04"),
        when=ALWAYS,
    ),
    ReviewNote(
        id="N50",
        title="Steroids are not mentioned",
        words="The page does not mention steroids; the literature says to avoid them before a diagnosis.",
        choice="Shown as a note only: no rule and no order deals with them.",
        references=("obgynkey.com", "searchworks cmedm 23433842"),
        when=_UNDIAGNOSED & any_of(BLASTS_SEEN, HLH_TRIGGER, in_state("specialist_workup")),
    ),
    ReviewNote(
        id="N51",
        title="Where the child stays, and other care",
        words="Nothing is said on admission or home, isolation, transfusion, pain relief or talking with the family.",
        choice="Shown as a gap; no rule is invented to fill it.",
        when=any_of(in_state("specialist_workup", *LEUKAEMIA), _WORKUP & _CARE_IN_QUESTION),
    ),
    ReviewNote(
        id="N52",
        title="Marrow biopsy is banned, aspirate is not named",
        words="The page forbids a marrow biopsy before haematology is consulted and does not mention an aspirate.",
        choice="Both are refused alike until haematology has been consulted in this episode.",
        about=("S92", "S93"),
        when=all_of(_WORKUP, ~shown(CONSULTED), any_of(SMEAR_REVIEWER.known(), BONE_MARROW_PERFORMED)),
    ),
    ReviewNote(
        id="N53",
        title="Corrected, late or conflicting results",
        words="The page has no rule for a result that is corrected, comes late or contradicts another.",
        choice="Nothing is deleted and the case is worked out again: more urgency counts at once, less waits until a "
        "clinician acknowledges it, contradictions are shown, and implausible values are held back.",
        about=("S88",),
        when=any_of(
            *(contradiction.when for contradiction in CONTRADICTIONS), AGE_AT_DIAGNOSIS.known() & ~IN_LEUKAEMIA
        ),
    ),
    ReviewNote(
        id="N54",
        title="Acute leukaemia, but only an arm for ALL",
        words="The section is headed acute leukaemia and then treats only ALL; AML and mixed lineage have no place.",
        choice="A confirmed diagnosis of AML or another malignancy, or, before any diagnosis, blasts of myeloid or "
        "mixed lineage on a qualified smear, leads to the specialist pathway.",
        about=("S41", "S71"),
        when=any_of(_NOT_LYMPHOID, DIAGNOSIS.one_of("aml", "other_malignancy")),
    ),
    ReviewNote(
        id="N70",
        title="Two reports of one kind for one moment",
        words="The page does not say which of two results counts where both are of one kind and for one moment.",
        choice="What only one of them gives is taken from it. Where they differ, rules that remember see both and a "
        "contradiction is shown; the lower blood count stands, the higher temperature and the higher number of blasts, "
        "and anything else is unknown until it is corrected.",
        about=("S88",),
    ),
)
