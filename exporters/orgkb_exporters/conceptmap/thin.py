"""Which propositions a map shows: enough to keep it in one piece, then those that say most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from orgkb_exporters.conceptmap.select import Link

MAX_OUT = 3
"""Lines that leave one concept."""

_PER_CONCEPT = 1.5  # more lines than this for each concept and the map becomes a tangle
_SILENT_SHARE = 0.2  # of the lines beyond those that keep the map in one piece


def thin(links: Sequence[Link], concepts: int, limit: int) -> tuple[Link, ...]:
    """At most LIMIT of LINKS (strongest first) for a map of CONCEPTS boxes, strongest first.

    A spanning forest of the strongest links comes first, so that thinning takes no box out of the
    map's piece. Then the strongest others, at most three from one concept and three for two
    concepts; one without a phrase only where it says what no chain of other lines does.
    """
    out: Counter[str] = Counter()
    kept = _forest(links, out)[:limit]
    rest = [link for link in links if link not in kept]
    room = min(limit, int(concepts * _PER_CONCEPT))
    for link in rest:
        if len(kept) >= room:
            break
        if out[link.relation.source] >= MAX_OUT:
            continue
        if not link.phrase:
            silent = sum(not other.phrase for other in kept)
            if silent + 1 > _SILENT_SHARE * (len(kept) + 1) or _reachable(kept, link):
                continue
        kept.append(link)
        out[link.relation.source] += 1
    return tuple(sorted(kept, key=lambda link: link.key))


def _forest(links: Iterable[Link], out: Counter[str]) -> list[Link]:
    """The strongest links that join all pieces (Kruskal), counting in OUT; at most three from a concept if that can be."""
    root: dict[str, str] = {}

    def find(node: str) -> str:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    kept: list[Link] = []
    passed: list[Link] = []
    for allowed, candidates in ((MAX_OUT, links), (None, passed)):
        for link in candidates:
            source, target = link.relation.source, link.relation.target
            if find(source) == find(target):
                continue
            if allowed is not None and out[source] >= allowed:
                passed.append(link)
                continue
            root[find(source)] = find(target)
            out[source] += 1
            kept.append(link)
    return kept


def _reachable(links: Iterable[Link], link: Link) -> bool:
    """Whether LINKS lead from LINK's source to its target."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    for other in links:
        after[other.relation.source].append(other.relation.target)
    seen, stack = {link.relation.source}, [link.relation.source]
    while stack:
        for target in after[stack.pop()]:
            if target == link.relation.target:
                return True
            if target not in seen:
                seen.add(target)
                stack.append(target)
    return False
