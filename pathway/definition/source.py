"""The source page as atomic statements, one a row, in our own words, and the banner of every output.

The page is not quoted. `kind` says what a statement does. `printed` holds the citation numbers as the page prints them; its
list of references does not resolve them (N08). A statement that no rule cites says why in `not_modelled`.
"""

from __future__ import annotations

from datetime import date

from pathway.model.citations import Statement

SOURCE_TITLE = "Managing a child of 13 months with low white cells, neutrophils and lymphocytes"
SOURCE_DATE = date(2026, 1, 19)

BANNER = (
    "Educational decision support for professionals: it gives no drug and no dose, and clinical judgement decides. "
    "The source itself says that human review is pending, and no clinician has reviewed or signed this pathway."
)

STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "S01",
        "question",
        "The case: a child of 13 months; white cells 2.5, neutrophils 0.7, lymphocytes 1.4, units not given here.",
        "fact",
    ),
    Statement(
        "S02",
        "header",
        "The publisher states that its medical board checks every article for accuracy.",
        "note",
        not_modelled="The publisher's claim about itself; the banner prints the page's warning instead, see N49.",
    ),
    Statement(
        "S03",
        "header",
        "The page is meant for education and urges care, because review by a human has yet to happen.",
        "note",
    ),
    Statement(
        "S04",
        "header",
        "Three review stages (submitted, under review, approved) are shown together; which one applies cannot be told.",
        "note",
        not_modelled="Website furniture: the present stage cannot be told, so nothing follows; see N49.",
    ),
    Statement(
        "S05",
        "header",
        "The page gives 19 January 2026 as its latest update and links to an editorial policy.",
        "note",
        not_modelled="Provenance of the page, kept as SOURCE_DATE; it says nothing about the child.",
    ),
    Statement(
        "S06",
        "header",
        "A form asks what kind of reader is visiting, to adapt the language.",
        "note",
        not_modelled="Website furniture: it concerns the visitor, not the child.",
    ),
    Statement(
        "S07",
        "title",
        "The subject: low white cells with low neutrophils and low lymphocytes at 13 months of age.",
        "note",
    ),
    Statement(
        "S08", "lead", "The child needs a haematology/oncology consultation urgently, on the same day.", "action", "1,2"
    ),
    Statement(
        "S09",
        "lead",
        "The reason: a severe pancytopenia, inferred from white cells 2.5, neutrophils 0.7 and lymphocytes 1.4.",
        "criterion",
        "1,2",
    ),
    Statement("S10", "lead", "Counts like these are a serious warning of a blood cancer.", "fact", "1,2"),
    Statement(
        "S11", "lead", "The blood cancer chiefly feared is acute lymphoblastic leukaemia (ALL).", "differential", "1,2"
    ),
    Statement("S12", "lead", "A blood smear must be reviewed at once for blasts or atypical cells.", "action", "1,2"),
    Statement("S13", "diagnostics", "Take a peripheral blood smear without delay.", "action", "1,2"),
    Statement(
        "S14",
        "diagnostics",
        "The smear is rated above every other test for telling a benign from a malignant cause of low white cells.",
        "fact",
        "1,2",
    ),
    Statement(
        "S15",
        "diagnostics",
        "Only an experienced pathologist or haematologist counts as the reader of the smear.",
        "criterion",
        "1,2",
    ),
    Statement(
        "S16",
        "diagnostics",
        "The reader searches the smear for blasts, atypical lymphocytes and immature cells.",
        "criterion",
        "1,2",
    ),
    Statement("S17", "labs", "Send a complete metabolic panel to check for tumour lysis.", "action", "1,2"),
    Statement(
        "S18", "labs", "The tumour-lysis values meant are uric acid, LDH, potassium and phosphate.", "criterion", "1,2"
    ),
    Statement("S19", "labs", "These values mirror the fast cell turnover of leukaemia.", "fact", "1,2"),
    Statement("S20", "labs", "Look at the absolute neutrophil count (ANC).", "action", "3"),
    Statement("S21", "labs", "An ANC of 0.7 x10^9/L is graded as moderate neutropenia.", "threshold", "3"),
    Statement("S22", "labs", "Neutropenia of that grade calls for precautions against infection.", "action", "3"),
    Statement("S23", "labs", "Look at the lymphocyte count.", "action", "4"),
    Statement(
        "S24", "labs", "At 13 months a lymphocyte count of 1.4 x10^9/L lies under the normal range.", "criterion", "4"
    ),
    Statement("S25", "labs", "Normal range taken for lymphocytes at 13 months: 3.5 to 10.4 x10^9/L.", "threshold", "4"),
    Statement("S26", "labs", "The child is therefore lymphocytopenic.", "fact", "4"),
    Statement(
        "S27",
        "exam",
        "Examine the child for the findings listed; any of them means haematology referral at once.",
        "action+criterion",
        "1,2",
    ),
    Statement("S28", "exam", "Finding sought: a large spleen or a large liver.", "criterion", "1,2"),
    Statement("S29", "exam", "Finding sought: swollen lymph nodes.", "criterion", "1,2"),
    Statement(
        "S30",
        "exam",
        "Finding sought: bleeding, as petechiae, ecchymoses or bleeding from mucous membranes.",
        "criterion",
        "1,2",
    ),
    Statement(
        "S31",
        "exam",
        "Finding sought: a constitutional symptom, namely fever, weight loss, poor appetite or bone pain.",
        "criterion",
        "1,2",
    ),
    Statement(
        "S32",
        "referral",
        "One referral criterion is enough to call paediatric haematology/oncology on the same day.",
        "action+criterion",
        "1,2",
    ),
    Statement("S33", "referral", "Referral criterion: the smear shows blasts or immature cells.", "criterion", "1,2"),
    Statement(
        "S34",
        "referral",
        "Referral criterion: any constitutional symptom, be it fever, weight loss, fatigue or poor appetite.",
        "criterion",
        "1,2",
    ),
    Statement(
        "S35",
        "referral",
        "Referral criterion: an enlarged organ is found when the child is examined.",
        "criterion",
        "1,2",
    ),
    Statement("S36", "referral", "Referral criterion: more than one cell line is low.", "criterion", "1,2"),
    Statement(
        "S37",
        "referral",
        "The child of the question is said to meet the criterion of several low cell lines.",
        "fact",
        "1,2",
    ),
    Statement(
        "S38",
        "referral",
        "Referral criterion: bleeding, printed with an unfinished qualifier about the platelet counts.",
        "criterion",
        "1,2",
    ),
    Statement(
        "S39",
        "DDx ALL",
        "ALL is named as the likeliest diagnosis, on the grounds of age and pancytopenia.",
        "differential",
        "5",
    ),
    Statement("S40", "DDx ALL", "An age of 13 months is counted as infant ALL here.", "criterion", "5"),
    Statement(
        "S41", "DDx ALL", "ALL is diagnosed when the blood carries 1,000 lymphoblasts per uL or more.", "threshold", "1"
    ),
    Statement("S42", "DDx ALL", "ALL is also diagnosed when lymphoblasts make up 20 % or more.", "threshold", "1"),
    Statement(
        "S43", "DDx ALL", "Infant ALL is defined as ALL diagnosed before the age of 12 months.", "criterion", "5"
    ),
    Statement("S44", "DDx ALL", "Infant ALL is biologically a disease of its own.", "fact", "5"),
    Statement("S45", "DDx ALL", "Infant ALL has to be treated on specialised protocols.", "fact", "5"),
    Statement(
        "S46", "DDx malign", "Chronic myeloid leukaemia (CML) is a less usual cause in infants.", "differential", "5,1"
    ),
    Statement("S47", "DDx malign", "CML is nevertheless to be ruled out.", "action", "5,1"),
    Statement("S48", "DDx malign", "To rule out CML, test for the BCR::ABL1 fusion gene.", "action", "5,1"),
    Statement("S49", "DDx malign", "To rule out CML, look for the Philadelphia chromosome as well.", "action", "5,1"),
    Statement("S50", "DDx malign", "Keep haemophagocytic lymphohistiocytosis (HLH) in mind.", "differential", "1"),
    Statement(
        "S51",
        "DDx malign",
        "HLH pointers: lasting fever, big liver and spleen with poor liver function, raised ferritin or coagulopathy.",
        "criterion",
        "1",
    ),
    Statement("S52", "DDx malign", "HLH is listed among the malignant causes.", "note"),
    Statement(
        "S53", "DDx benign", "A heading calls benign causes less likely because the picture is severe.", "differential"
    ),
    Statement(
        "S54",
        "DDx benign",
        "Benign cause: marrow suppressed after a viral illness, COVID-19 included.",
        "differential",
        "6",
    ),
    Statement("S55", "DDx benign", "Suppression after a virus mostly passes by itself.", "fact", "6"),
    Statement("S56", "DDx benign", "Suppression after a virus calls for waiting and watching.", "follow-up", "6"),
    Statement("S57", "DDx benign", "Benign cause: a medicine that lowers the white cells.", "differential", "3"),
    Statement("S58", "DDx benign", "Go through the medicines the child has had.", "action", "3"),
    Statement(
        "S59",
        "infection",
        "The infection measures hold for an ANC of 0.7 x10^9/L while haematology's answer is awaited.",
        "criterion",
        "3",
    ),
    Statement(
        "S60",
        "infection",
        "Keep the child well hydrated; the reason given is to help the bone marrow work.",
        "action",
        "(3)",
    ),
    Statement(
        "S61", "infection", "Give antimicrobials promptly once there is fever or a sign of infection.", "action", "(3)"
    ),
    Statement("S62", "infection", "Fever, first limit: a temperature of 38.3 C or higher.", "threshold", "(3)"),
    Statement(
        "S63", "infection", "Fever, second limit: 38.0 C or higher lasting one hour or longer.", "threshold", "(3)"
    ),
    Statement(
        "S64", "infection", "Withhold live vaccines as long as no diagnosis has been made.", "prohibition", "(3)"
    ),
    Statement("S65", "infection", "Keep the child away from people who are ill.", "action", "(3)"),
    Statement("S66", "infection", "Keep the child out of crowds.", "action", "(3)"),
    Statement(
        "S67", "activity", "No contact activities that carry a high risk of a blow to the head.", "prohibition", "5"
    ),
    Statement("S68", "activity", "The reason for this restriction is the risk of a low platelet count.", "fact", "5"),
    Statement("S69", "activity", "Keep watch for bleeding.", "action", "5"),
    Statement(
        "S70", "activity", "Parents look out for petechiae, bruises, nosebleeds and any other bleeding.", "action", "5"
    ),
    Statement("S71", "ALL tx", "This section is for a child whose acute leukaemia has been confirmed.", "criterion"),
    Statement("S72", "ALL tx", "A heading treats a child of 13 months as a case of infant ALL.", "note"),
    Statement("S73", "ALL tx", "Offer entry into a clinical trial wherever possible.", "action", "5"),
    Statement(
        "S74", "ALL tx", "Without a trial, treat with chemotherapy built on an Interfant protocol.", "action", "5"
    ),
    Statement("S75", "ALL tx", "Find out whether KMT2A (MLL) is rearranged.", "action", "5"),
    Statement("S76", "ALL tx", "The risk group depends critically on the KMT2A result.", "fact", "5"),
    Statement("S77", "ALL tx", "KMT2A germline means standard risk.", "risk-stratum", "(5)"),
    Statement(
        "S78",
        "ALL tx",
        "KMT2A germline: consolidation on an Interfant basis, the chemotherapy matched to MRD.",
        "action",
        "(5)",
    ),
    Statement(
        "S79", "ALL tx", "KMT2A rearranged: intensive consolidation on an Interfant basis is a must.", "action", "(5)"
    ),
    Statement(
        "S80",
        "ALL tx",
        "High risk, first way: younger than 6 months together with 300,000 white cells or more; no unit is printed.",
        "threshold",
        "(5)",
    ),
    Statement("S81", "ALL tx", "High risk, second way: MRD stays positive.", "criterion", "(5)"),
    Statement(
        "S82",
        "ALL tx",
        "High risk: think about a stem cell transplant (HSCT) once intensive consolidation is over.",
        "action",
        "(5)",
    ),
    Statement(
        "S83",
        "ALL tx",
        "Intermediate risk, which is left undefined: chemotherapy as maintenance.",
        "risk-stratum+action",
        "(5)",
    ),
    Statement(
        "S84",
        "support",
        "Following enhanced guidelines for supportive care is said to cut deaths in induction.",
        "fact",
        "5",
        not_modelled="A claim about outcomes: it asks for no act that a rule could advise; see N33.",
    ),
    Statement(
        "S85",
        "support",
        "The same guidelines are said to cut infections of sterile sites.",
        "fact",
        "5",
        not_modelled="A claim about outcomes: it asks for no act that a rule could advise; see N33.",
    ),
    Statement(
        "S86",
        "support",
        "Should a transplant be needed, prepare for it without total body irradiation (TBI).",
        "prohibition",
        "5",
    ),
    Statement("S87", "support", "The child must have reached 6 months of age when transplanted.", "threshold", "5"),
    Statement("S88", "pitfalls", "Refer without waiting for another blood count.", "prohibition", "1,2"),
    Statement("S89", "pitfalls", "The reason: an infant with pancytopenia has to be assessed at once.", "fact", "1,2"),
    Statement(
        "S90",
        "pitfalls",
        "Nobody may put the picture down to a virus until a smear has been reviewed.",
        "prohibition",
        "2",
    ),
    Statement("S91", "pitfalls", "Leukaemia can begin with too few white cells and not with too many.", "fact", "2"),
    Statement("S92", "pitfalls", "No marrow biopsy until haematology has been consulted.", "prohibition", "5"),
    Statement("S93", "pitfalls", "The diagnostic work-up is for the specialists to coordinate.", "action", "5"),
    Statement(
        "S94",
        "pitfalls",
        "No empirical antibiotics for a child with neither fever nor signs of infection.",
        "prohibition",
        "3",
    ),
    Statement(
        "S95", "pitfalls", "The reason: antibiotics could hide findings that matter to the diagnosis.", "fact", "3"
    ),
    Statement(
        "S96", "follow-up", "Follow-up is for the child whose first work-up finds no malignancy.", "criterion", "1"
    ),
    Statement("S97", "follow-up", "Do another blood count after 1 to 2 weeks.", "follow-up", "1"),
    Statement("S98", "follow-up", "That count is meant to show that the picture has resolved.", "criterion", "1"),
    Statement(
        "S99", "follow-up", "White cells still low on that count oblige the team to consult haematology.", "action", "1"
    ),
    Statement("S100", "follow-up", "Go on watching for new symptoms.", "follow-up", "1"),
    Statement(
        "S101",
        "follow-up",
        "The symptoms to watch for are fever, fatigue, bleeding and enlarged organs.",
        "criterion",
        "1",
    ),
    Statement(
        "S102",
        "references",
        "Four references follow without numbers, each labelled a guideline.",
        "note",
        not_modelled="Bibliography: how the page lists its references, not advice on the child; see N08.",
    ),
    Statement(
        "S103",
        "references",
        "Reference: Praxis Medical Insights, 2025, on working up high lymphocyte counts.",
        "note",
        not_modelled="Bibliography: a reference of the page, not advice on the child; see N08.",
    ),
    Statement(
        "S104",
        "references",
        "Reference: Praxis Medical Insights, 2025, on assessing and treating childhood leukocytosis.",
        "note",
        not_modelled="Bibliography: a reference of the page, not advice on the child; see N08.",
    ),
    Statement(
        "S105",
        "references",
        "Reference: Praxis Medical Insights, 2025, on treating childhood leukopenia.",
        "note",
        not_modelled="Bibliography: a reference of the page, not advice on the child; see N08.",
    ),
    Statement(
        "S106",
        "references",
        "Reference: the Dr.Oracle board and editors, 2025, a topic overview directed by guidelines.",
        "note",
        not_modelled="Bibliography: a reference of the page, not advice on the child; see N08.",
    ),
    Statement("S107", "disclaimer", "The content is addressed to healthcare professionals.", "note"),
    Statement(
        "S108",
        "disclaimer",
        "Clinical judgement and independently checked facts decide; guidelines are supplemented, discretion stays.",
        "note",
    ),
    Statement(
        "S109",
        "disclaimer",
        "Check everything against the primary literature and present standards before using it for a patient.",
        "note",
    ),
    Statement(
        "S110",
        "disclaimer",
        "The publisher declines liability for what clinicians decide.",
        "note",
        not_modelled="Legal notice on the publisher's liability; it guides no decision about the child.",
    ),
    Statement(
        "S111",
        "footer",
        "The page ends by advertising an assistant for further questions.",
        "note",
        not_modelled="Website furniture: an advertisement.",
    ),
)
