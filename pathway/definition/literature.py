"""Literature T1..T13: what was read about thresholds that the page does not give, or gives otherwise.

None of it is a rule of the page. Where the pathway takes a limit from here, it shows it as a local choice.
"""

from __future__ import annotations

from pathway.model.citations import Literature

LITERATURE: tuple[Literature, ...] = (
    Literature(
        id="T1",
        title="Neutrophils: grades and lower limits",
        words="Mild 1.0-1.5, moderate 0.5-1.0, severe below 0.5 x10^9/L. Neutropenia is below 1.5 after 1 year and "
        "below 1.0 under 1 year; profound is below 0.1.",
        references=(
            "oncohemakey.com/?p=89224, grades (read as an excerpt)",
            "droracle.ai/articles/352556, grades (read as an excerpt)",
            "peds.unboundmedicine.com 617608, lower limits (read as an excerpt)",
            "medscape 954781, lower limits (read as an excerpt)",
            "app.spectrum.md, Alberta, profound (read as an excerpt)",
        ),
    ),
    Literature(
        id="T2",
        title="Lymphocytes by age",
        words="3.7-10.7 x10^9/L at 1-23 months; 4.0-10.5 in a table for young infants; 4.9-5.9 at 12-18 months (n=9) "
        "and 4.4-5.5 at 18-24 months (n=10); 1.7-5.1 at 2-10 years. Lymphopenia is below 3.0 under 2 years; the lower "
        "limit is about 1.5 at 6 years.",
        references=(
            "labdxtest.com 425250, 1-23 months and 2-10 years (read as an excerpt)",
            "pediatrics.aappublications.org markup/152206, young infants (read as an excerpt)",
            "online.anyflip.com csaia/hvsg page 2639, Kotylo 1993, 12-24 months (read as an excerpt)",
            "m.www.lymphedemapeople.com, Merck text, lymphopenia and 6 years (read as an excerpt)",
            "adc.bmj.com 93/1/90, lymphopenia (read as an excerpt)",
        ),
    ),
    Literature(
        id="T3",
        title="White cells and neutrophils by age",
        words="White cells and ANC, x10^9/L: 6.1-17.5 and 1.9-5.4 at 1-23 months; 4.5-13.5 and 2.4-7.3 at 2-10 years; "
        "4.5-11.1 and 2.7-6.5 from 11 years. Another table: 6.0-17.5 and 1.5-8.5; white cells 6.0-17.5 at 10 months.",
        references=(
            "labdxtest, by age band (read as an excerpt)",
            "AAP table, second table (read as an excerpt)",
            "droracle 668625, 10 months (read as an excerpt)",
        ),
    ),
    Literature(
        id="T4",
        title="Haemoglobin and platelets by age",
        words="Hb in g/dL, mean / -2 SD: birth 16.5/13.5; 1 month 14.0/10.0; 2 months 11.5/9.0; 3-6 months 11.5/9.5; "
        "0.5-2 years 12.0/10.5; 2-6 years 12.5/11.5; 6-12 years 13.5/11.5. At 13 months exactly (n=42) Hb 105-133 g/L "
        "and platelets 209-455 x10^9/L; at 5 months 101-129 and 241-591; at 2 months 91-125 and 216-658. Platelets in "
        "general 150-450.",
        references=(
            "munstermom.tripod.com, Dallman, Hb mean / -2 SD (read as an excerpt)",
            "jcp.bmj.com 66/11/962, 2, 5 and 13 months (read as an excerpt)",
            "together.stjude.org, platelets in general (read as an excerpt)",
        ),
    ),
    Literature(
        id="T5",
        title="Fever",
        words="Limits of fever, their routes and their sources are compared in N09.",
        references=("N09",),
    ),
    Literature(
        id="T6",
        title="Tumour lysis (Cairo-Bishop, with Howard's changes)",
        words="Laboratory: two or more within 24 h, from 3 days before to 7 days after therapy, of potassium >= 6.0 "
        "mmol/L; phosphate >= 2.1 mmol/L (6.5 mg/dL) in children, >= 1.45 in adults; corrected calcium <= 1.75 mmol/L "
        "(7.0 mg/dL) or ionised <= 0.3 mmol/L (1.12 mg/dL); urate above the range for age in children (adults >= 476 "
        "umol/L, 8 mg/dL); the 2004 version also takes a change of 25 % either way. Clinical: creatinine up by 26.5 "
        "umol/L or at least 1.5 times the upper limit, oliguria below 0.5 mL/kg/h for 6 h, symptomatic hypocalcaemia, "
        "dysrhythmia, seizure, death.",
        references=(
            "bloodref.com (read as an excerpt)",
            "medicalcriteria.com/web/onclt, prints > for >= (read as an excerpt)",
            "omicsonline JCST-04-164-t002 (read as an excerpt)",
        ),
    ),
    Literature(
        id="T7",
        title="HLH-2004",
        words="A molecular diagnosis, or 5 of 8: fever (38.5 or more in two of the texts); splenomegaly; two or more "
        "lines of Hb below 90 g/L (below 100 under 4 weeks), platelets below 100, ANC below 1.0; fasting "
        "triglycerides >= 3.0 mmol/L and/or fibrinogen <= 1.5 g/L; haemophagocytosis; NK activity low or absent; "
        "ferritin >= 500 ug/L; sCD25 >= 2400 U/mL. An ANC of 0.7 is one line only.",
        references=(
            "bloodjournal.org markup/391697 (read as an excerpt)",
            "jitc.bmj.com markup/8418, fever (read as an excerpt)",
            "AAP markup/117619, fever (read as an excerpt)",
        ),
    ),
    Literature(
        id="T8",
        title="Diagnosis of ALL",
        words="Limits in marrow and in blood, and their sources, are compared in N14.",
        references=("N14",),
    ),
    Literature(
        id="T9",
        title="MRD",
        words="Interfant-06, KMT2A rearranged: transplant is a question at medium risk with MRD >= 1e-4 at the start "
        "of OCTADAD. The germline paper uses negative, below 5e-4 and >= 5e-4 at the end of induction, the end of "
        "consolidation and before OCTADAD; KMT2A rearranged and positive at the end of consolidation is dismal; "
        "MLL-10: >= 0.01 % at the end of early consolidation is adverse. No high level from COG and no definition of "
        "persistently was found.",
        references=(
            "ASH 2018, Interfant-06 (read as an excerpt)",
            "research.regionh.dk, germline paper (read as an excerpt)",
            "nucleus.astct.org (read as an excerpt)",
            "ashpublications.net 136/16/1813, MLL-10 (read as an excerpt)",
        ),
    ),
    Literature(
        id="T10",
        title="Risk groups of the infant protocols",
        words="Interfant-99: standard or high by the day-8 prednisone response in blood. Interfant-06: low is KMT2A "
        "germline; high is rearranged, under 6 months, and white cells above 300 (ASH) or 300 and more (Mann 2010 "
        "subgroup, JCO), or a poor prednisone response; medium is all other rearranged; nothing was found on unknown "
        "KMT2A. MLL-10: low is germline; intermediate is rearranged from 180 days without CNS disease; high is under "
        "180 days or CNS disease.",
        references=(
            "pure.prinsesmaximacentrum.nl, Interfant-99 (read as an excerpt)",
            "94/4/1209, BFM, limit of 1,000/uL (read as an excerpt)",
            "Interfant-99 uses the same limit of 1,000/uL (from memory, not verified)",
            "Interfant-06: ASH 2018; Mann 2010 subgroup; JCO (read as an excerpt)",
            "134/Supplement_1/2626, MLL-10 (read as an excerpt)",
            "COG AALL0631 sets its risk groups by 90 days (from memory, not verified)",
        ),
    ),
    Literature(
        id="T11",
        title="BCR::ABL1",
        words="The hallmark of CML, which affects about 1 per million children.",
        references=("PMC7917817 (read as an excerpt)", "ashpublications.net 127/4/392 (read as an excerpt)"),
    ),
    Literature(
        id="T12",
        title="Live vaccines",
        words="The texts on live vaccines in leukaemia are in N42; haematological malignancy counts as altered "
        "immunocompetence.",
        references=(
            "N42",
            "CDC text, copy at jasem.chiachoob.com (read as an excerpt)",
            "CDC text, copy at medbox.iiab.me (read as an excerpt)",
        ),
    ),
    Literature(
        id="T13",
        title="Age and TBI at transplant",
        words="The texts on age and TBI at transplant are in N31.",
        references=("N31",),
    ),
)
