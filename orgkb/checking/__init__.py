"""What is wrong with the notes, by rules that can be switched: `orgkb check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from orgkb.checking import concepts, dates, links, outline
from orgkb.checking.model import SEVERITIES, FileProblem, Finding, Notes, Rule
from orgkb.config import Level
from orgkb.diagnostics import Diagnostic, Severity

__all__ = ["OTHER", "RULES", "FileProblem", "Finding", "Level", "Notes", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    Rule(
        "broken-link",
        "Broken links",
        "a link to a heading, target, ID or note that does not exist",
        Severity.ERROR,
        links.broken_links,
    ),
    Rule(
        "ambiguous-link",
        "Ambiguous links",
        "a link that could mean several places",
        Severity.WARNING,
        partial(links.of_the_index, "ambiguous-link"),
    ),
    Rule(
        "duplicate-id",
        "Duplicate ids",
        "an ID or CUSTOM_ID that is given twice",
        Severity.ERROR,
        partial(links.of_the_index, "duplicate-id"),
    ),
    Rule(
        "missing-image",
        "Missing images",
        "an image whose file is not there or may not be read",
        Severity.ERROR,
        links.missing_images,
    ),
    Rule(
        "missing-file",
        "Missing files",
        "a link to another file that is not there",
        Severity.WARNING,
        links.missing_files,
    ),
    Rule(
        "impossible-date",
        "Dates that do not exist",
        "a timestamp that no calendar or clock has, or that ends before it begins",
        Severity.WARNING,
        dates.impossible_dates,
    ),
    Rule(
        "empty-heading",
        "Empty headings",
        "a heading without a title, or with nothing below it",
        Severity.WARNING,
        outline.empty_headings,
    ),
    Rule(
        "conflicting-definition",
        "Conflicting definitions",
        "a term that is defined in several places, in words that do not go together",
        Severity.WARNING,
        concepts.conflicting,
    ),
    Rule(
        "no-definition",
        "Terms without a definition",
        "a term that is marked as one or often used, and not defined",
        Severity.INFO,
        concepts.undefined,
    ),
    Rule(
        "unused-concept",
        "Concepts never mentioned",
        "a term that is defined and occurs nowhere else",
        Severity.INFO,
        concepts.unused,
    ),
    Rule(
        "doubtful-alias",
        "Doubtful aliases",
        "two names that were taken for one concept on weak evidence",
        Severity.INFO,
        concepts.doubtful_aliases,
    ),
    Rule(
        "orphan-section",
        "Orphan sections",
        "a section in which no concept occurs and that no link joins to others",
        Severity.INFO,
        outline.orphan_sections,
    ),
    Rule(
        "orphan-note",
        "Orphan notes",
        "a file that shares no concept with other files and is not linked with them",
        Severity.INFO,
        outline.orphan_notes,
    ),
)
"""All rules, in the order of a report."""

OTHER = "reading"
"""The name under which the problems that were found while reading can be switched together."""

_OWN = frozenset({rule.name for rule in RULES} | {"empty-definition"})
_NOTICES = frozenset({"not-exported"})
"""What is told of a file and is nothing to act on."""


def check(
    notes: Notes, problems: Iterable[Diagnostic] = (), levels: Mapping[str, Level] | None = None
) -> tuple[Diagnostic, ...]:
    """All findings about NOTES, by rule in the order of `RULES`, then by place; those of `OTHER` come first.

    PROBLEMS are those found while the notes were read.  LEVELS, by name of a rule, overrules what
    a rule says itself.
    """
    wanted = dict(levels or {})
    found: list[Diagnostic] = []
    level = wanted.get(OTHER)
    if level != "off":
        others = {d for d in problems if d.code not in _OWN | _NOTICES}
        found += [
            Diagnostic(SEVERITIES[level] if level else d.severity, d.code, d.message, d.location)
            for d in sorted(others, key=Diagnostic.sort_key)
        ]
    for rule in RULES:
        level = wanted.get(rule.name)
        if level == "off":
            continue
        severity = SEVERITIES[level] if level else rule.severity
        found += [Diagnostic(severity, rule.name, f.message, f.location) for f in sorted(set(rule.find(notes)))]
    return tuple(found)
