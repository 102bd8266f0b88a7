"""What a candidate rule finds: a name, where, and what the notes say about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from orgkb.concepts.blocks import Reading
from orgkb.concepts.model import Alias, ConceptKind, Definition


class Candidate(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One place where one rule takes something for a concept."""

    name: str
    """Cleaned, as the notes write it."""
    rule: str
    confidence: float
    begin: int
    """Offset of the name in the document."""
    end: int
    headline: int
    """Index of the headline it stands under; -1 before the first."""
    definition: Definition | None = None
    defined_at: tuple[int, int] | None = None
    """Offsets of the definition's text in the document."""
    aliases: tuple[Alias, ...] = ()
    kind: ConceptKind = ConceptKind.TERM
    node_id: str | None = None
    """The `:ID:` of the headline or file that is the concept's own."""
    explicit: bool = False
    """Whether the author marked it as a term on purpose."""
    supports: bool = False
    """Whether it only adds to what another rule finds: a sentence about a thing makes no concept of it."""


_TITLE_RULES = frozenset({"heading", "dash-heading", "colon-heading", "section-opening", "id-node"})


class FileCandidates(msgspec.Struct, frozen=True):
    """All candidates of one document, in the order of the text."""

    path: str
    candidates: tuple[Candidate, ...]
    tops: tuple[int, ...] = ()
    """The index of the top headline above each headline, by index."""
    words: str = ""
    """The longer folded words of its prose, sorted, each once, a space between them: what misspellings are told from."""
    counts: tuple[int, ...] = ()
    """How often each of them occurs."""

    russian: bool = False
    """Whether it holds Russian words."""
    language: str = ""
    """The language it is in, where that is neither English nor Russian but one of those told apart; else empty."""

    def word_counts(self) -> dict[str, int]:
        """How often each longer folded word occurs in its prose."""
        return dict(zip(self.words.split(), self.counts, strict=True))

    def is_root(self, candidate: Candidate) -> bool:
        """Whether one of its candidates is the title of a top headline or of the file."""
        if candidate.rule not in _TITLE_RULES:
            return False
        return candidate.headline < 0 or self.tops[candidate.headline] == candidate.headline

    def scope(self, candidate: Candidate) -> tuple[str, int]:
        """Path and top headline of one of its candidates."""
        return self.path, self.tops[candidate.headline] if candidate.headline >= 0 else -1


class Rule(msgspec.Struct, frozen=True):
    """A way in which notes show that something is a concept."""

    name: str
    confidence: float
    """How far to trust it alone, 0 to 1, before the shape of the name counts."""
    find: Callable[[Reading, float], Iterator[Candidate]]
    """(document laid out as blocks, starting confidence) → candidates."""
    whole: bool = False
    """Whether it looks at the document as a whole; else it finds in each section alone what it finds in all of them."""
