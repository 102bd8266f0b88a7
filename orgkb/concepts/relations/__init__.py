"""The relation rules: each a module, in one ordered table."""

from __future__ import annotations

from orgkb.concepts.relations import definitions, links, lists, sentences
from orgkb.concepts.relations.model import Context, RelationRule

RULES: tuple[RelationRule, ...] = (
    RelationRule("link", 0.85, links.find),
    RelationRule("definition", 0.80, definitions.find),
    RelationRule("sentence", 0.65, sentences.find),
    RelationRule("list", 0.60, lists.find),
)
"""Every rule with its starting confidence."""

__all__ = ["RULES", "Context", "RelationRule"]
