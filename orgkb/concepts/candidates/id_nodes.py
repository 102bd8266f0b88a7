"""Headlines and files with an `:ID:`, and their `:ROAM_ALIASES:`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

RULE = "id-node"
_QUOTED = pattern(r'"((?:[^"\\]|\\.)*)"|(\S+)')


def roam_aliases(value: str | None) -> tuple[Alias, ...]:
    """The names in a ROAM_ALIASES property: words, or phrases in double quotes."""
    found = []
    for quoted, word in _QUOTED.findall(value or ""):
        surface = (quoted.replace('\\"', '"') or word).strip()
        if not names.impossible(surface):
            found.append(Alias(surface, AliasKind.USER, "roam-aliases", 0.95))
    return tuple(found)


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The title of each headline that is a node, and of a file that is one."""
    document = reading.document
    title = document.setting("TITLE")
    node = document.get_property("ID")
    if title and node and not names.impossible(cleaning.clean(title).name):
        found = re.compile(r"^#\+title:[ \t]*", re.IGNORECASE | re.MULTILINE).search(document.text)
        begin = found.end() if found else 0
        yield Candidate(
            name=cleaning.clean(title).name,
            rule=RULE,
            confidence=confidence,
            begin=begin,
            end=begin + len(title) if found else 0,
            headline=-1,
            aliases=roam_aliases(document.get_property("ROAM_ALIASES")),
            node_id=node,
            explicit=True,
        )
    for block in reading.of_kind(BlockKind.HEADING):
        headline = document.headlines[block.headline]
        node = headline.get_property("ID")
        if not node:
            continue
        # Some give every headline an id: then the title must look like a term.
        factor = 1.0 if names.weak_shape(cleaning.clean(block.text).name) else 0.45
        found_node = candidate(
            reading,
            block,
            0,
            len(block.text),
            rule=RULE,
            confidence=confidence * factor,
            explicit=True,
            aliases=roam_aliases(headline.get_property("ROAM_ALIASES")),
        )
        if found_node:
            yield structs.replace(found_node, node_id=node)
