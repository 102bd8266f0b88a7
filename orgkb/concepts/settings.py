"""Table `[concepts]` of orgkb.toml: what the writer of the notes knows better than the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec

from orgkb.concepts.model import AliasKind


class ConceptSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The writer's decisions; they win over every rule."""

    aliases: dict[str, list[str]] = {}
    """Concept → its other names."""
    never: list[str] = []
    """Names that are no concepts."""
    one_sense: list[str] = []
    """Names that mean the same wherever they are defined."""
    rules: dict[str, bool] = {}
    """Candidate rules that are switched off, by name."""
    threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.35
    """Concepts less sure than this are kept only with a definition."""


RULE = "config"
KIND = AliasKind.USER


def alias_pairs(aliases: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """(name, other name) of each alias, in the order of the file; a cycle only says that all are one."""
    return [(name, other) for name, others in aliases.items() for other in others]
