"""The candidate rules: each a module, in one ordered table."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import spelling
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates import (
    acronym,
    anchors,
    arrows,
    bold_dash,
    called,
    cards,
    colon,
    colon_headings,
    comments,
    conditional,
    copula,
    dash,
    dash_sentences,
    declared,
    defined_as,
    description,
    emphasis,
    entitled,
    entries,
    equals,
    european,
    examples,
    foreign,
    formulas,
    gloss,
    headings,
    id_nodes,
    index,
    introduced,
    keywords,
    kind_subject,
    known,
    labelled,
    meant,
    named,
    opening,
    parenthesis,
    people,
    qualities,
    questions,
    repeated,
    run_in,
    set_off,
    short_names,
    siblings,
    sisters,
    sources,
    statement,
    symbols,
    tables,
    theorem,
    typed_items,
)
from orgkb.concepts.candidates.by_section import found_in
from orgkb.concepts.candidates.model import Candidate, FileCandidates, Rule
from orgkb.concepts.parts import Parts

RULES: tuple[Rule, ...] = (
    Rule(description.RULE, 0.95, description.find, whole=True),
    Rule(anchors.RADIO_RULE, 0.95, anchors.find_radio_targets, whole=True),
    Rule(index.RULE, 0.95, index.find, whole=True),
    Rule(id_nodes.RULE, 0.95, id_nodes.find, whole=True),
    Rule(bold_dash.RULE, 0.90, bold_dash.find),
    Rule(copula.BOLD_RULE, 0.85, copula.find_bold),
    Rule(colon.BOLD_RULE, 0.80, colon.find_bold),
    Rule(labelled.RULE, 0.80, labelled.find),
    Rule(anchors.TARGET_RULE, 0.80, anchors.find_targets, whole=True),
    Rule(cards.RULE, 0.75, cards.find, whole=True),
    Rule(copula.SLANTED_RULE, 0.75, copula.find_slanted),
    Rule(acronym.RULE, 0.70, acronym.find),
    Rule(set_off.RULE, 0.70, set_off.find),
    Rule(copula.PLAIN_RULE, 0.65, copula.find_plain),
    Rule(meant.RULE, 0.65, meant.find),
    Rule(introduced.RULE, 0.65, introduced.find),
    Rule(dash.ITEM_RULE, 0.60, dash.find_items),
    Rule(entitled.RULE, 0.60, entitled.find, whole=True),
    Rule(entries.RULE, 0.60, entries.find),
    Rule(foreign.RULE, 0.60, foreign.find),
    Rule(conditional.RULE, 0.60, conditional.find),
    Rule(qualities.RULE, 0.60, qualities.find),
    Rule(defined_as.RULE, 0.60, defined_as.find),
    Rule(symbols.RULE, 0.60, symbols.find),
    Rule(tables.RULE, 0.60, tables.find),
    Rule(run_in.RULE, 0.60, run_in.find),
    Rule(run_in.LEAD_RULE, 0.60, run_in.find_leads),
    Rule(questions.RULE, 0.60, questions.find),
    Rule(kind_subject.RULE, 0.60, kind_subject.find),
    Rule(short_names.RULE, 0.60, short_names.find),
    Rule(formulas.RULE, 0.55, formulas.find),
    Rule(set_off.LINE_RULE, 0.55, set_off.find_lines),
    Rule(dash.LINE_RULE, 0.55, dash.find_lines),
    Rule(dash_sentences.RULE, 0.55, dash_sentences.find),
    Rule(dash.HEADING_RULE, 0.55, dash.find_headings),
    Rule(colon_headings.RULE, 0.50, colon_headings.find),
    Rule(opening.RULE, 0.50, opening.find),
    Rule(arrows.RULE, 0.50, arrows.find, whole=True),
    Rule(colon.ITEM_RULE, 0.50, colon.find_items),
    Rule(called.RULE, 0.50, called.find),
    Rule(equals.RULE, 0.50, equals.find),
    Rule(headings.RULE, 0.50, headings.find),
    Rule(emphasis.LABEL_RULE, 0.50, emphasis.find_labels),
    Rule(theorem.RULE, 0.47, theorem.find),
    Rule(theorem.BELOW_RULE, 0.47, theorem.find_below, whole=True),
    Rule(emphasis.RULE, 0.45, emphasis.find),
    Rule(sisters.RULE, 0.45, sisters.find, whole=True),
    Rule(colon.LINE_RULE, 0.45, colon.find_lines),
    Rule(gloss.RULE, 0.42, gloss.find),
    Rule(parenthesis.EXPLAINED_RULE, 0.42, parenthesis.find_explained),
    Rule(examples.RULE, 0.42, examples.find),
    Rule(typed_items.RULE, 0.42, typed_items.find),
    Rule(keywords.INSTRUCTION_RULE, 0.42, keywords.find_instructions),
    Rule(headings.TITLE_RULE, 0.40, headings.find_titles),
    Rule(known.RULE, 0.40, known.find, whole=True),
    Rule(named.RULE, 0.40, named.find, whole=True),
    Rule(siblings.RULE, 0.40, siblings.find),
    Rule(parenthesis.RULE, 0.38, parenthesis.find),
    Rule(siblings.STATE_RULE, 0.36, siblings.find_states),
    Rule(repeated.RULE, repeated.TRUST, repeated.find, whole=True),
    Rule(keywords.RULE, 0.36, keywords.find, whole=True),
    Rule(statement.RULE, 0.30, statement.find),
    Rule(comments.RULE, 0.30, comments.find, whole=True),
    Rule(headings.OBJECT_RULE, 0.28, headings.find_objects),
)
"""Every rule with its starting confidence, the surest first."""


def candidates_of(reading: Reading, parts: Parts | None = None) -> FileCandidates:
    """What all rules find in one document, in the order of the text, the surest first at one place.

    PARTS are its sections, where what is found in them is remembered.
    """
    numbered = list(enumerate(RULES))
    made: list[tuple[int, Candidate]] = []
    if parts is not None:
        made += found_in(parts, [(order, rule) for order, rule in numbered if not rule.whole])
        numbered = [(order, rule) for order, rule in numbered if rule.whole]
    for order, rule in numbered:
        made.extend((order, candidate) for candidate in rule.find(reading, rule.confidence))
    if reading.language:
        made = list(european.as_looked_up(reading, made))
    cited = sources.cited(reading)
    quoted = people.quoted(reading)
    examples = declared.declared(reading)
    found: list[tuple[int, int, Candidate]] = []
    for order, candidate in made:
        rule = RULES[order]
        if cited and rule.name in _UNMARKED and candidate.headline in cited:
            continue
        if quoted and rule.name in _NAMES and candidate.name in quoted:
            continue
        if examples and rule.name in _EXAMPLES and candidate.name in examples:
            continue
        found.append((candidate.begin, order, candidate))
    found.sort(key=lambda entry: entry[:2])
    found = sorted(_not_inside(found), key=lambda entry: entry[:2])
    counts = reading.counts
    words = sorted(
        word
        for word in counts
        if len(word) >= spelling.MIN_LENGTH or (len(word) >= _SHORT and spelling.may_be_other(word))
    )
    return FileCandidates(
        path=reading.document.path,
        candidates=tuple(candidate for _, _, candidate in found),
        tops=reading.tops,
        words=" ".join(words),
        counts=tuple(counts[word] for word in words),
        russian=any("а" <= word[0] <= "я" for word in words),
        language=reading.language,
    )


_UNMARKED = frozenset({known.RULE, named.RULE, examples.RULE, parenthesis.RULE, siblings.RULE, copula.PLAIN_RULE})
"""What finds names in running text; in a list of sources those are authors, places and titles."""
_NAMES = frozenset({named.RULE, examples.RULE, repeated.RULE, parenthesis.RULE})
"""What finds names by their capitals."""
_EXAMPLES = _NAMES | {emphasis.RULE}
"""What finds the classes of an example by their capitals, or because they are set off."""
_INNER = frozenset({known.RULE, named.RULE, parenthesis.RULE})


def _not_inside(found: list[tuple[int, int, Candidate]]) -> Iterator[tuple[int, int, Candidate]]:
    """FOUND, in the order of the text, without weak names that are a part of a longer one which is marked or defined."""
    begin = end = -1
    for entry in sorted(found, key=lambda e: (e[0], -e[2].end, e[1])):
        candidate = entry[2]
        if (
            candidate.rule in _INNER
            and candidate.end <= end
            and not (candidate.begin == begin and candidate.end == end)
        ):
            continue
        if (
            candidate.rule not in _INNER
            and candidate.rule != parenthesis.EXPLAINED_RULE  # `automatic bin packing (…)` is bin packing
            and (candidate.explicit or candidate.definition)
            and not candidate.supports
        ):
            begin, end = (candidate.begin, candidate.end) if candidate.end > end else (begin, end)
        yield entry


_SHORT = 4
"""Letters of the shortest words that have another spelling: `grey`."""
