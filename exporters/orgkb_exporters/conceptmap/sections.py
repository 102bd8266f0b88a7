"""Which parts of the notes the legend tells apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.spec import MapSection

MAX_SECTIONS = 6
"""Sections with a colour and outline of their own; the rest share one."""

_SMALL_TOO = 4  # of so many sections, one with a single box is told too
_TOO_LARGE = 0.6  # a section with more than this share of the boxes is told by its subsections

Path = tuple[str, ...]


def sections_of(concepts: Sequence[Concept], graph: ConceptGraph) -> tuple[tuple[MapSection, ...], tuple[int, ...]]:
    """The sections of CONCEPTS, the largest first, and the index of each concept's section.

    Sections are top headings of a file (files, where there are several and no heading), or deeper
    ones where one holds most of the map.
    """
    paths = [_path(concept, graph) for concept in concepts]
    groups = [path[:2] for path in paths]
    while groups:
        largest, size = max(Counter(groups).items(), key=lambda item: item[1])
        split = _split(largest, groups, paths)
        if size <= _TOO_LARGE * len(groups) or split == groups:
            break
        groups = split
    order = _in_order(concepts, groups, graph)
    sizes = Counter(groups)
    shown = sorted(order, key=lambda group: -sizes[group])[:MAX_SECTIONS]
    single = [group for group in shown[_SMALL_TOO:] if sizes[group] == 1]
    if len(order) - len(shown) + len(single) > 1:
        shown = [group for group in shown if group not in single]
    index = {group: shown.index(group) if group in shown else len(shown) for group in order}
    sections = [MapSection(section_title(group, graph), sizes[group]) for group in shown]
    rest = sum(sizes[group] for group in order if group not in shown)
    if rest:
        sections.append(MapSection("", rest))
    return tuple(sections), tuple(index[group] for group in groups)


def _split(group: Path, groups: list[Path], paths: list[Path]) -> list[Path]:
    """GROUPS with the largest subsections of GROUP told from it, as far as there are styles for them.

    A subsection with one concept stays with its heading, unless all of the group lies in one subsection.
    """
    below = [path[: len(group) + 1] for path, own in zip(paths, groups, strict=True) if own == group]
    sizes = Counter(below)
    room = max(1, MAX_SECTIONS - len(set(groups)))
    told = {path for path, size in sizes.most_common(room) if size > 1 or len(sizes) == 1}
    return [
        path[: len(group) + 1] if own == group and path[: len(group) + 1] in told else own
        for path, own in zip(paths, groups, strict=True)
    ]


def _path(concept: Concept, graph: ConceptGraph) -> Path:
    several = len(graph.documents) > 1
    return (concept.span.path if several else "", *concept.section_path)


def _in_order(concepts: Sequence[Concept], groups: Sequence[Path], graph: ConceptGraph) -> list[Path]:
    """Each group once, by the first place of its concepts in the notes."""
    files = {document.path: index for index, document in enumerate(graph.documents)}
    first: dict[Path, tuple[int, int]] = {}
    for concept, group in zip(concepts, groups, strict=True):
        place = (files.get(concept.span.path, len(files)), concept.span.line)
        first[group] = min(first.get(group, place), place)
    return sorted(first, key=lambda group: (first[group], group))


def section_title(path: Path, graph: ConceptGraph) -> str:
    """The heading or file that PATH names."""
    if len(path) > 1:
        return clean(path[-1]) or "—"
    name = path[0] or (graph.documents[0].path if graph.documents else "")
    if not graph.has_document(name):
        return clean(name) or "—"
    document = graph.document(name)
    return clean(document.setting("TITLE") or "") or clean(document.stem)
