"""Keys of questions, and which of them the settings answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orgkb.concepts import folding
from orgkb.concepts.decisions import alias_pairs
from orgkb.concepts.settings import ConceptSettings
from orgkb.review.model import Kind

CONCEPT, NEVER = "concept", "never"
SAME, APART = "same", "apart"
ONE, SEVERAL = "one", "several"
RIGHT, WRONG = "right", "wrong"
OWN, NONE = "own", "none"
LABELS: Mapping[Kind, Mapping[str, str]] = {
    Kind.CONCEPT: {CONCEPT: "concept", NEVER: "no concept"},
    Kind.MERGE: {SAME: "the same thing", APART: "different things"},
    Kind.ALIAS: {SAME: "the same thing", APART: "different things"},
    Kind.SENSES: {SEVERAL: "different things", ONE: "the same thing"},
    Kind.DEFINITION: {OWN: "in my words"},
    Kind.UNDEFINED: {OWN: "definition", NONE: "needs none", NEVER: "no concept"},
    Kind.RELATION: {RIGHT: "right", WRONG: "wrong"},
    Kind.DROPPED: {CONCEPT: "concept", NEVER: "no concept"},
}
"""What people read for each answer; the numbered choices of `definition` are their texts."""
ANY = "any"
"""Stands for any answer, where the settings do not tell which one was given."""


def of_concept(name: str) -> str:
    """The key of the question whether NAME is a concept."""
    return f"{Kind.CONCEPT}:{folding.key(name)}"


def of_pair(name: str, other: str) -> str:
    """The key of the question whether NAME and OTHER are one, whichever comes first."""
    return f"{Kind.ALIAS}:{'='.join(sorted((folding.key(name), folding.key(other))))}"


def of_senses(name: str) -> str:
    """The key of the question what NAME means."""
    return f"{Kind.SENSES}:{folding.key(name)}"


def of_definition(name: str, digest: str = "") -> str:
    """The key of the question how NAME is defined; DIGEST tells the definitions to choose from."""
    return f"{Kind.DEFINITION}:{folding.key(name)}{'#' if digest else ''}{digest}"


def of_undefined(name: str) -> str:
    """The key of the question what NAME is."""
    return f"{Kind.UNDEFINED}:{folding.key(name)}"


def of_relation(source: str, label: str, target: str) -> str:
    """The key of the question whether a relation holds."""
    return f"{Kind.RELATION}:{folding.key(source)}|{' '.join(label.casefold().split())}|{folding.key(target)}"


def kind_of(key: str) -> Kind | None:
    """What the question with that KEY is about (of two kinds with the same answers the first); None for no key."""
    name = key.partition(":")[0]
    return Kind(name) if name in set(Kind) else None


def base(key: str) -> str:
    """KEY without the digest of what there was to choose from."""
    return key.partition("#")[0]


def answered(settings: ConceptSettings) -> Mapping[str, str]:
    """Key of each question that SETTINGS answer → the answer: the name of an option, or `any`."""
    found: dict[str, str] = {}
    for name in settings.always:
        found[of_concept(name)] = CONCEPT
    for name in settings.never:
        found[of_concept(name)] = found[of_undefined(name)] = NEVER
    for pairs, option in ((alias_pairs(settings), SAME), (_pairs(settings.apart), APART)):
        for name, other in pairs:
            found[of_pair(name, other)] = option
    for name in settings.one_sense:
        found[of_senses(name)] = ONE
    for name in settings.senses:
        found[of_senses(name)] = SEVERAL
    for name, text in settings.definitions.items():
        found[of_definition(name)] = ANY
        found[of_undefined(name)] = OWN if text else NONE
    for relations, option in ((settings.relations.add, RIGHT), (settings.relations.remove, WRONG)):
        for source, label, target in relations:
            found[of_relation(source, label, target)] = option
    return found


def _pairs(table: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    return ((name, other) for name, others in table.items() for other in others)
