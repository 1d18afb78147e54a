"""Results that cannot both be so: both are kept and shown to the specialist; nothing is guessed."""

from __future__ import annotations

from pathway.definition.conditions import (
    BENIGN,
    BLASTS_IN_SMEAR,
    BLASTS_SEEN,
    DIFFERENTIAL_EXCESS,
    GERMLINE,
    REARRANGED,
)
from pathway.model.guards import in_report
from pathway.model.rules import Contradiction

CONTRADICTIONS = (
    Contradiction(
        "differential_exceeds_wbc",
        "Neutrophils and lymphocytes add up to over 5 % more than the white cells of the same report.",
        when=in_report(DIFFERENTIAL_EXCESS),
        cites=("N05", "N53"),
    ),
    Contradiction(
        "germline_after_rearranged",
        "KMT2A is reported germline after it was reported rearranged; rearranged stands.",
        when=in_report(GERMLINE) & REARRANGED,
        cites=("N53",),
    ),
    Contradiction(
        "blasts_after_benign",
        "Blasts or immature cells are reported although the diagnosis is benign.",
        when=in_report(BLASTS_IN_SMEAR) & BENIGN,
        cites=("N53",),
    ),
    Contradiction(
        "benign_despite_blasts",
        "A benign diagnosis is given although blasts or immature cells were seen.",
        when=in_report(BENIGN) & BLASTS_SEEN,
        cites=("N53",),
    ),
)
