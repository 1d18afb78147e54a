"""The telephone call to haematology/oncology: what is asked, and on what it rests."""

from __future__ import annotations

from pathway.model.rules import HandoverRule, Question

HANDOVER = HandoverRule(
    to="paediatric haematology/oncology",
    questions=(
        Question(
            ("reconsult_haematology", "consult_same_day"),
            (
                "A consultation on the same day is due. When and where will you see the child?",
                "Who coordinates the further work-up, bone marrow included?",
            ),
            ("S92", "S93"),
        ),
        Question(
            ("discuss_with_haematology",),
            ("No same-day criterion is shown. Do you want to see the child, and when?",),
            (),
        ),
        Question((), ("What is the next step, who coordinates it, and what are we to prepare?",), ("S92", "S93")),
    ),
    cites=("S08",),
)
