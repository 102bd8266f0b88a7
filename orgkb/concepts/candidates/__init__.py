"""The candidate rules: each a module, in one ordered table."""

from __future__ import annotations

from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates import (
    acronym,
    anchors,
    bold_dash,
    copula,
    dash,
    description,
    emphasis,
    headings,
    id_nodes,
    index,
    opening,
)
from orgkb.concepts.candidates.model import Candidate, FileCandidates, Rule

RULES: tuple[Rule, ...] = (
    Rule(description.RULE, 0.95, description.find),
    Rule(anchors.RADIO_RULE, 0.95, anchors.find_radio_targets),
    Rule(index.RULE, 0.95, index.find),
    Rule(id_nodes.RULE, 0.95, id_nodes.find),
    Rule(bold_dash.RULE, 0.90, bold_dash.find),
    Rule(copula.BOLD_RULE, 0.85, copula.find_bold),
    Rule(anchors.TARGET_RULE, 0.80, anchors.find_targets),
    Rule(acronym.RULE, 0.70, acronym.find),
    Rule(copula.PLAIN_RULE, 0.65, copula.find_plain),
    Rule(dash.ITEM_RULE, 0.60, dash.find_items),
    Rule(dash.LINE_RULE, 0.55, dash.find_lines),
    Rule(dash.HEADING_RULE, 0.55, dash.find_headings),
    Rule(opening.RULE, 0.50, opening.find),
    Rule(headings.RULE, 0.50, headings.find),
    Rule(emphasis.RULE, 0.45, emphasis.find),
)
"""Every rule with its starting confidence, the surest first."""


def candidates_of(reading: Reading) -> FileCandidates:
    """What all rules find in one document, in the order of the text, the surest first at one place."""
    found: list[tuple[int, int, Candidate]] = []
    for order, rule in enumerate(RULES):
        found.extend((candidate.begin, order, candidate) for candidate in rule.find(reading, rule.confidence))
    found.sort(key=lambda entry: entry[:2])
    return FileCandidates(reading.document.path, tuple(candidate for _, _, candidate in found))
