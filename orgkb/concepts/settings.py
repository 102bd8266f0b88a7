"""Table `[concepts]` of orgkb.toml: what the writer of the notes knows better than the rules."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from orgkb.concepts.model import AliasKind

RULE = "config"
"""What stands for the settings where a rule is named."""
KIND = AliasKind.USER
ANY_LABEL = "*"
"""In `relations.remove`: whatever the linking phrase is."""

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Language = Literal["en", "ru"]


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table `[concepts.thresholds]`: the confidence that each product asks for."""

    index: Share = 0.35
    """Concepts less sure than this are in no product unless they have a definition."""
    map: Share = 0.5
    """Concepts less sure than this are on no concept map."""
    cards: Share = 0.6
    """Concepts and definitions less sure than this make no card."""


class RelationDecisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table `[concepts.relations]`: propositions of the writer."""

    add: list[tuple[str, str, str]] = []
    """Relations that hold: [concept, linking phrase, concept]."""
    remove: list[tuple[str, str, str]] = []
    """Relations that do not; the phrase `*` stands for any."""


class ConceptSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The writer's decisions; they win over every rule."""

    always: list[str] = []
    """Names that are concepts, however little the rules see in them."""
    never: list[str] = []
    """Names that are no concepts."""
    aliases: dict[str, list[str]] = {}
    """Concept → its other names; the concept is called as it stands here."""
    apart: dict[str, list[str]] = {}
    """Name → names that mean something else, though they look alike."""
    one_sense: list[str] = []
    """Names that mean the same wherever they are defined."""
    senses: dict[str, dict[str, list[str]]] = {}
    """Name → its senses → the top headings, files (`a.org`) or both (`a.org::Heading`) where each holds."""
    definitions: dict[str, str] = {}
    """Concept → its definition: a text, the beginning of one of the notes' (ending in `…`), or a place (`a.org:12`);
    empty: it needs none. Of several senses one is named by `name (sense)`."""
    relations: RelationDecisions = RelationDecisions()
    """Relations added and removed."""
    languages: tuple[Language, ...] = ("en", "ru")
    """Languages of the notes: translations need both, Russian inflection needs `ru`."""
    noun_phrases: bool = False
    """Take noun phrases that running English prose comes back to for concepts, too; needs `pip install 'orgkb[nlp]'`."""
    rules: dict[str, bool] = {}
    """Rules for candidates and relations that are switched off, by name."""
    thresholds: Thresholds = Thresholds()
    """The confidence that each product asks for."""
