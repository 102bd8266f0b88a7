"""Chapter maps, one for each section that has something to tell, and the map of maps that leads to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb.org.slugs import Namespace, slug
from orgkb_exporters.conceptmap import plan
from orgkb_exporters.conceptmap.districts import Path, by_section
from orgkb_exporters.conceptmap.sections import section_title
from orgkb_exporters.conceptmap.select import among, best_links, eligible, grow, leading, weight
from orgkb_exporters.conceptmap.spec import MapSpec

LARGE = 40
"""Concepts: a section with more is split by the headings below it."""

FEWEST = 5
"""Concepts with relations to each other that a chapter needs for a map."""

LEADING = 5
"""Concepts that the map of maps names in a box."""

MAX_BOXES = 18
"""Boxes of the map of maps: more cannot be read on a page."""

_MAX_LINES = 2  # lines of the map of maps for each box


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the notes."""

    name: str
    """Name of its map's file, without folder and extension."""
    title: str
    above: str
    """The heading or file above it; empty at the top."""
    concepts: tuple[Concept, ...]
    """The most important first."""
    related: int
    """Concepts with a relation to another one of the chapter."""
    file: str = ""
    """Path of its file, where there are several."""
    part: int = 0
    """Number of the page, from 1, where one page does not hold the section."""
    of: int = 0
    """Concepts of the whole section, where this is a page of it."""
    passed_over: bool = False
    """Whether it gets no map, as others have more to tell."""

    @property
    def tells(self) -> bool:
        """Whether there is enough to draw."""
        return self.related >= FEWEST

    @property
    def has_map(self) -> bool:
        """Whether a map of it is drawn."""
        return self.tells and not self.passed_over


@dataclass(frozen=True, slots=True)
class Street:
    """How many relations join two chapters."""

    source: str
    target: str
    count: int


def chapters(graph: ConceptGraph) -> tuple[Chapter, ...]:
    """All sections of GRAPH in the order of the notes."""
    groups = by_section(leading(eligible(graph)), graph, LARGE)
    names = Namespace(reserved=("con", "prn", "aux", "nul"))  # no file names on Windows
    related = _related(groups, graph)
    found = []
    for path, members in groups.items():
        title = section_title(path, graph)
        above = section_title(path[:-1], graph) if len(path) > 2 or (len(path) == 2 and path[0]) else ""
        ranked = tuple(sorted(members, key=lambda concept: (-weight(concept), concept.id)))
        found.append(Chapter(names.take(slug(title) or "section"), title, above, ranked, related[path], path[0]))
    return tuple(found)


def files_of(found: Sequence[Chapter], graph: ConceptGraph) -> tuple[Chapter, ...]:
    """The chapters FOUND, all of a file as one."""
    files: defaultdict[str, list[Concept]] = defaultdict(list)
    for chapter in found:
        files[chapter.file] += chapter.concepts
    names = Namespace()
    return tuple(
        Chapter(
            names.take(slug(path) or "file"),
            section_title((path,), graph),
            "",
            tuple(sorted(concepts, key=lambda concept: (-weight(concept), concept.id))),
            0,
            path,
        )
        for path, concepts in files.items()
    )


def _related(groups: dict[Path, list[Concept]], graph: ConceptGraph) -> Counter[Path]:
    home = {concept.id: path for path, members in groups.items() for concept in members}
    linked: defaultdict[Path, set[str]] = defaultdict(set)
    for relation in graph.relations:
        here = home.get(relation.source)
        if here is not None and relation.source != relation.target and home.get(relation.target) == here:
            linked[here] |= {relation.source, relation.target}
    return Counter({path: len(members) for path, members in linked.items()})


def telling(found: Sequence[Chapter], most: int) -> tuple[Chapter, ...]:
    """The chapters FOUND, where at most MOST of them have a map: those whose concepts weigh most together; 0: all.

    Thousands of files have thousands of sections.  Nobody looks through so many pages, and each takes some
    ten drawings to find its clearest layout.
    """
    maps = [index for index, chapter in enumerate(found) if chapter.tells]
    if not most or len(maps) <= most:
        return tuple(found)
    heavy = {index: sum(map(weight, found[index].concepts)) for index in maps}
    kept = set(sorted(maps, key=lambda index: (-heavy[index], index))[:most])
    return tuple(replace(chapter, passed_over=index not in kept) for index, chapter in enumerate(found))


def drawn_pages(found: Sequence[Chapter], graph: ConceptGraph, concepts: int, most: int) -> Iterator[Chapter]:
    """The pages of those chapters FOUND that have a map, with at most CONCEPTS on each, in the order of the notes.

    Each chapter has its first page; further ones only until there are MOST in all (0: however many).
    """
    room = max(0, most - sum(chapter.has_map for chapter in found))
    for chapter in found:
        if chapter.has_map:
            made = pages(chapter, graph, concepts, 1 + room if most else 0)
            room -= len(made) - 1
            yield from made


def pages(chapter: Chapter, graph: ConceptGraph, most: int, limit: int = 0) -> tuple[Chapter, ...]:
    """CHAPTER in parts whose related concepts, at most MOST of them, fit a page each; the first LIMIT parts, 0: all.

    A part is grown from its most important concept as one piece. Later ones begin with a concept of an earlier
    part that many of theirs hang on. What is too little for a page of its own is left out.
    """
    links = best_links(among(graph, chapter.concepts), chapter.concepts)
    linked = {end for link in links for end in (link.relation.source, link.relation.target)}
    left = [concept for concept in chapter.concepts if concept.id in linked]
    if len(left) <= most:
        return (replace(chapter, concepts=tuple(left), of=len(chapter.concepts)),)
    near: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        near[link.relation.source].add(link.relation.target)
        near[link.relation.target].add(link.relation.source)
    shown: list[Concept] = []
    found: list[Chapter] = []
    while len(left) >= FEWEST and not (limit and len(found) >= limit):
        waiting = {concept.id for concept in left}
        bridge = max(
            shown, key=lambda concept: (len(near[concept.id] & waiting), weight(concept), concept.id), default=None
        )
        candidates = [*([bridge] if bridge and near[bridge.id] & waiting else []), *left]
        ids = {concept.id for concept in candidates}
        inside = [link for link in links if link.relation.source in ids and link.relation.target in ids]
        touched = {end for link in inside for end in (link.relation.source, link.relation.target)}
        part = grow([concept for concept in candidates if concept.id in touched], inside, most)
        if len(part) < FEWEST:
            break
        found.append(_part(chapter, part, len(found) + 1))
        shown += part
        drawn = {concept.id for concept in part}
        left = [concept for concept in left if concept.id not in drawn]
    return tuple(found)


def _part(chapter: Chapter, concepts: tuple[Concept, ...], number: int) -> Chapter:
    """A page of CHAPTER; the first one keeps its name, to which the map of maps leads. No slug holds a dot."""
    name = chapter.name if number == 1 else f"{chapter.name}.{number}"
    return replace(chapter, name=name, concepts=concepts, part=number, of=len(chapter.concepts))


def chapter_map(chapter: Chapter, graph: ConceptGraph, *, max_concepts: int, max_propositions: int) -> MapSpec:
    """The map of CHAPTER: what its concepts have to do with each other; those without relations are left out."""
    inside = best_links(among(graph, chapter.concepts), chapter.concepts)
    linked = {end for link in inside for end in (link.relation.source, link.relation.target)}
    return plan.page(
        graph,
        [concept for concept in chapter.concepts if concept.id in linked],
        max_concepts=max_concepts,
        max_propositions=max_propositions,
        subject=f"{chapter.title} ({chapter.part})" if chapter.part else chapter.title,
        all_concepts=chapter.of or len(chapter.concepts),
    )


def streets(shown: Sequence[Chapter], graph: ConceptGraph) -> tuple[Street, ...]:
    """What joins the chapters SHOWN: for each of them the streets that stand out most, against what chance would give."""
    home = {concept.id: chapter.name for chapter in shown for concept in chapter.concepts}
    counts: Counter[tuple[str, str]] = Counter()
    for link in best_links(graph.relations, [concept for chapter in shown for concept in chapter.concepts]):
        source, target = home[link.relation.source], home[link.relation.target]
        if source != target:
            counts[min(source, target), max(source, target)] += 1
    total: Counter[str] = Counter()
    for (source, target), count in counts.items():
        total[source] += count
        total[target] += count

    def lift(pair: tuple[str, str]) -> tuple[float, tuple[str, str]]:
        return (-counts[pair] * counts[pair] / (total[pair[0]] * total[pair[1]]), pair)

    kept: set[tuple[str, str]] = set()
    for chapter in shown:
        own = sorted((pair for pair in counts if chapter.name in pair), key=lift)
        kept.update(own[:_MAX_LINES])
    return tuple(Street(*pair, counts[pair]) for pair in sorted(kept, key=lift))
