"""The relation rules: each a module, in one ordered table."""

from __future__ import annotations

from orgkb.concepts.relations import (
    actions,
    carried,
    compounds,
    definitions,
    foreign,
    links,
    lists,
    members,
    sections,
    sentences,
    tables,
    titles,
)
from orgkb.concepts.relations.model import Context, RelationRule

RULES: tuple[RelationRule, ...] = (
    RelationRule("link", 0.85, links.find),
    RelationRule("definition", 0.80, definitions.find),
    RelationRule("sentence", 0.65, sentences.find),
    RelationRule("sentence", 0.65, sections.find),
    RelationRule("sentence", 0.60, carried.find),
    RelationRule("sentence", 0.60, foreign.find),
    RelationRule("sentence", 0.50, actions.find),
    RelationRule("sentence", 0.50, titles.find),
    RelationRule("name", 0.45, compounds.find),
    RelationRule("list", 0.60, lists.find),
    RelationRule("list", 0.68, members.find),
    RelationRule("list", 0.60, tables.find),
)
"""Every rule with its starting confidence; what has one name is told from the same and switched off together."""

__all__ = ["RULES", "Context", "RelationRule"]
