"""The concept graph: documents, sections and concepts in one multigraph (the only import of networkx)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from orgkb.concepts.mentions import Mentions
from orgkb.concepts.model import Concept, Mention, Relation
from orgkb.concepts.settings import ConceptSettings
from orgkb.diagnostics import Diagnostic
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex
from orgkb.org.nodes import Headline

if TYPE_CHECKING:
    import networkx as nx


class ConceptGraph:
    """What the notes are about: the one value that every exporter takes.

    Concepts, mentions and relations come in a fixed order (concepts by first occurrence, the others
    by place), so that whatever is written from them has the same bytes on every run.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        concepts: Iterable[Concept],
        mentions: Iterable[Mention],
        relations: Iterable[Relation],
        *,
        links: LinkIndex,
        diagnostics: Iterable[Diagnostic] = (),
        dropped: Iterable[Concept] = (),
        settings: ConceptSettings = ConceptSettings(),  # noqa: B008 - frozen
        languages: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Hold DOCUMENTS as they are to be exported, and what was found in them; LANGUAGES by path of a document."""
        self.documents = tuple(documents)
        self.concepts = tuple(concepts)
        self.mentions = mentions if isinstance(mentions, Mentions) else Mentions.of(mentions)
        self.relations = tuple(relations)
        self.links = links
        """Resolves any link of the documents."""
        self.diagnostics = tuple(sorted(diagnostics, key=Diagnostic.sort_key))
        self.dropped = tuple(dropped)
        """What the rules found and is too doubtful for any product, in the order of the notes: for review only."""
        self.settings = settings
        """The writer's decisions that it was made with; `thresholds` tells what each product asks for."""
        self.languages = languages
        """Path of a document → the language that its words are in, where that is neither English nor Russian."""
        self._by_id = {concept.id: concept for concept in self.concepts}

    def concept(self, concept_id: str) -> Concept:
        """The concept of that id; KeyError where there is none."""
        return self._by_id[concept_id]

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self._by_id

    @cached_property
    def ranked(self) -> tuple[Concept, ...]:
        """All concepts, the most important first."""
        return tuple(sorted(self.concepts, key=lambda c: (-c.rank, c.id)))

    def document(self, path: str) -> Document:
        """The document of that path; KeyError where there is none."""
        return self._documents[path]

    def has_document(self, path: str) -> bool:
        """Whether there is a document of that path."""
        return path in self._documents

    def language(self, document: Document) -> str:
        """What DOCUMENT says that its language is, else what its words tell; empty for English, Russian and unknown ones."""
        return (document.setting("LANGUAGE") or "").strip() or self.languages.get(document.path, "")

    @cached_property
    def prevailing_language(self) -> str:
        """The language of most documents by their words; empty for English, Russian and unknown ones, and where none prevails."""
        counts = Counter(self.languages.values())
        return next((found for found, count in counts.items() if count * 2 > len(self.documents)), "")

    def mentions_of(self, concept_id: str) -> Sequence[Mention]:
        """Its mentions, in the order of the notes."""
        return self.mentions.of_concept(concept_id)

    def mentioned_at(self, concept_id: str) -> Iterator[tuple[str, int]]:
        """(path, line) of each of its mentions, in the order of the notes."""
        return self.mentions.lines_of(concept_id)

    def mentions_in(self, document: Document) -> Sequence[Mention]:
        """The mentions in DOCUMENT by offset, without those inside others: no two overlap."""
        return [mention for mention in self.mentions.in_document(document.path) if not mention.nested]

    def relations_of(self, concept_id: str) -> Sequence[Relation]:
        """The relations in which it is source or target."""
        return self._relations_by_concept.get(concept_id, ())

    def neighbours(self, concept_id: str) -> tuple[Concept, ...]:
        """Concepts one relation away, each once, the most important first."""
        found = {
            other
            for relation in self.relations_of(concept_id)
            for other in (relation.source, relation.target)
            if other != concept_id
        }
        return tuple(sorted((self._by_id[i] for i in found), key=lambda c: (-c.rank, c.id)))

    @cached_property
    def networkx(self) -> nx.MultiDiGraph[str]:
        """The whole graph for algorithms.

        Nodes: `doc:<path>`, `sec:<path>#<index>`, `concept:<id>`, each with `kind` and `label`.
        Edges, by their key: `contains` (document or section to section), `defines` and `mentions`
        (section or document to concept, with `count`), `relates` (concept to concept, with `label`),
        `links` (section or document to section or document).
        """
        import networkx as nx  # noqa: PLC0415 - takes a quarter of a second, and few exporters ask for it

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for document in self.documents:
            graph.add_node(f"doc:{document.path}", kind="document", label=document.path)
            for headline in document.headlines:
                here = section_node(document, headline)
                graph.add_node(here, kind="section", label=headline.raw_title)
                graph.add_edge(section_node(document, document.parent(headline)), here, key="contains")
        for concept in self.concepts:
            graph.add_node(f"concept:{concept.id}", kind="concept", label=concept.name)
        for mention in self.mentions:
            document = self.document(mention.document)
            section = document.headlines[mention.headline] if mention.headline >= 0 else None
            key = "defines" if mention.context == "term" else "mentions"
            ends = section_node(document, section), f"concept:{mention.concept}"
            if graph.has_edge(*ends, key=key):
                graph.edges[(*ends, key)]["count"] += 1
            else:
                graph.add_edge(*ends, key=key, count=1)
        for relation in self.relations:
            graph.add_edge(f"concept:{relation.source}", f"concept:{relation.target}", label=relation.label)
        for source, target in self.links.edges():
            graph.add_edge(section_node(*source), section_node(*target), key="links")
        return graph

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.path: document for document in self.documents}

    @cached_property
    def _relations_by_concept(self) -> dict[str, list[Relation]]:
        found: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            found[relation.source].append(relation)
            if relation.target != relation.source:
                found[relation.target].append(relation)
        return dict(found)


def section_node(document: Document, headline: Headline | None) -> str:
    """The name of a section's node, or of its document's."""
    return f"sec:{document.path}#{headline.index}" if headline else f"doc:{document.path}"
