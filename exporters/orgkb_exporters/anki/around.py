"""What stands around a concept: its propositions in words, and its focus map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.lexicon import english, russian
from orgkb.concepts.model import Concept, RelationKind
from orgkb_exporters import html
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.draft import Draft
from orgkb_exporters.anki.media import MediaStore
from orgkb_exporters.anki.note_types import NOTE_TYPES
from orgkb_exporters.anki.phrases import PHRASES
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.conceptmap.focus import Piece, focus_svg

_EVERYDAY: Final = english.VERB_BASES | english.GENERIC_WORDS | russian.GENERIC_WORDS
MAX_RELATED: Final = 4
MAX_LABEL: Final = 5
"""Words of a linking phrase; a longer one is half a sentence."""


class Surroundings(msgspec.Struct, frozen=True):
    """Related concepts and focus maps, each made once."""

    graph: ConceptGraph
    media: MediaStore
    with_maps: bool
    piece: Piece | None = None
    """`ExportContext.piece`, for the maps."""
    _related: dict[tuple[str, str, str], str] = msgspec.field(default_factory=dict)
    _maps: dict[str, str] = msgspec.field(default_factory=dict)

    def fields(self, concept: Concept, path: str, language: str) -> Mapping[str, str]:
        """The fields Related and Map of a card about CONCEPT in the file PATH."""
        about = concept.id, path, language
        if about not in self._related:
            self._related[about] = self._sentences(concept, path, language)
        if concept.id not in self._maps:
            self._maps[concept.id] = self._picture(concept) if self.with_maps else ""
        return {"Related": self._related[about], "Map": self._maps[concept.id]}

    def complete(self, drafts: Iterable[Draft], min_confidence: float) -> None:
        """Give the fields Related and Map to those of DRAFTS that no concept made: what their line, else heading, is about."""
        drafts = [draft for draft in drafts if "Related" not in draft.fields and draft.kind in NOTE_TYPES]
        # Of all mentions, which may be millions, only those that one of them may be about.
        lines: dict[tuple[str, int], list[str]] = {(d.location.path, d.location.line): [] for d in drafts}
        headings: dict[tuple[str, int], list[str]] = {
            (d.place.home.document.path, d.place.headline.index): [] for d in drafts if d.place.headline
        }
        for mention in self.graph.mentions if drafts else ():
            here = lines.get((mention.span.path, mention.span.line))
            if here is not None:
                here.append(mention.concept)
            if mention.context == "heading":
                under = headings.get((mention.document, mention.headline))
                if under is not None:
                    under.append(mention.concept)
        for draft in drafts:
            headline = draft.place.headline
            near = lines.get((draft.location.path, draft.location.line), [])
            above = headings.get((draft.place.home.document.path, headline.index), []) if headline else []
            for found in (near, above):
                concepts = [
                    concept
                    for concept in map(self.graph.concept, dict.fromkeys(found))
                    if concept.confidence >= min_confidence and _is_subject(concept, draft.place.home.document.path)
                ]
                if concepts:
                    best = max(concepts, key=lambda c: (c.rank, c.id))
                    draft.fields.update(self.fields(best, draft.location.path, draft.language))
                    break

    def _picture(self, concept: Concept) -> str:
        svg = focus_svg(self.graph, concept.id, piece=self.piece)
        if svg is None or found_secret(svg.decode()):
            return ""
        # The related concepts are said in words below it.
        return f'<img src="{self.media.add(svg, "svg")}" alt="">'

    def _sentences(self, concept: Concept, path: str, language: str) -> str:
        """Propositions with the concept in the file PATH; by confidence and name, so that a change elsewhere seldom changes them."""
        said: dict[tuple[str, str], str] = {}
        others: dict[str, None] = {}
        own = {(d.span.path, d.span.line + i) for d in concept.definitions for i in range(-1, 3)}
        relations = sorted(
            self.graph.relations_of(concept.id), key=lambda r: (-r.confidence, r.source, r.label, r.target)
        )
        for relation in relations:
            other = relation.target if relation.source == concept.id else relation.source
            # What another file says of a common word seldom is about this one, unless the notes link it.
            foreign = relation.span.path != path and relation.kind is not RelationKind.LINK
            if other == concept.id or other not in self.graph or foreign:
                continue
            source, target = (html.text(self.graph.concept(end).name) for end in (relation.source, relation.target))
            # What the definition itself says is the answer; of the concept in it the name is enough.
            told = relation.source == concept.id and (relation.span.path, relation.span.line) in own
            ends = relation.source, relation.target
            if relation.label and not told and len(prose.words(relation.label)) <= MAX_LABEL:
                said.setdefault(ends, f"<b>{source}</b> {html.text(relation.label)} <b>{target}</b>")
            else:
                others.setdefault(f"<b>{html.text(self.graph.concept(other).name)}</b>")
        shown = list(said.values())[: MAX_RELATED - 1]
        shown += [other for other in others if not any(other in line for line in shown)]
        return f"{PHRASES[language].related}: {' · '.join(shown[:MAX_RELATED])}" if shown else ""


def _is_subject(concept: Concept, path: str) -> bool:
    """Whether a card of the document PATH can be about CONCEPT: it is defined there, and no word of every day."""
    found = prose.words(concept.name)
    everyday = len(found) == 1 and found[0].removesuffix("s") in _EVERYDAY | prose.BARE
    return not everyday and any(definition.document == path for definition in concept.definitions)
