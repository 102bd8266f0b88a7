"""Importance of concepts: PageRank over what the notes relate, with mentions and definitions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import mul

_DAMPING = 0.85
_ROUNDS = 100
_ENOUGH = 1e-3
"""Part of the mean by which no value may still change."""
_WEIGHTS = {"pagerank": 0.4, "mentions": 0.3, "sections": 0.15, "trust": 0.15}


def pagerank(nodes: Sequence[str], edges: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """PageRank of NODES by power iteration over weighted EDGES; the values sum to 1."""
    if not nodes:
        return {}
    out: dict[str, float] = defaultdict(float)
    incoming: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (source, target), weight in sorted(edges.items()):
        out[source] += weight
        incoming[target].append((source, weight))
    size = len(nodes)
    rank = dict.fromkeys(nodes, 1 / size)
    loose = [node for node in nodes if not out.get(node)]
    # Sums without a loop of Python's own: there may be 100,000 edges, and 100 rounds.
    shares = {n: ([s for s, _ in incoming[n]], [w / out[s] for s, w in incoming[n]]) for n in nodes if n in incoming}
    for _ in range(_ROUNDS):
        lost = math.fsum(rank[node] for node in loose)
        base = (1 - _DAMPING + _DAMPING * lost) / size
        following = dict.fromkeys(nodes, base)
        for node, (sources, given) in shares.items():
            following[node] += _DAMPING * sum(map(mul, map(rank.__getitem__, sources), given))
        change = max(abs(following[node] - rank[node]) for node in nodes)
        rank = following
        if change < _ENOUGH / size:
            break
    return rank


def importance(
    nodes: Sequence[str],
    edges: Mapping[tuple[str, str], float],
    mentions: Mapping[str, float],
    sections: Mapping[str, float],
    trust: Mapping[str, float],
) -> dict[str, float]:
    """Importance of each node from 0 to 1, 1 for the most important.

    MENTIONS and SECTIONS count occurrences and the sections they stand in; TRUST is 0 to 1.
    """
    scores = {
        "pagerank": _scaled(nodes, pagerank(nodes, edges)),
        "mentions": _scaled(nodes, mentions),
        "sections": _scaled(nodes, sections),
        "trust": dict(trust),
    }
    total = {
        node: math.fsum(weight * scores[part].get(node, 0.0) for part, weight in _WEIGHTS.items()) for node in nodes
    }
    top = max(total.values(), default=0.0) or 1.0
    return {node: round(value / top, 6) for node, value in total.items()}


def _scaled(nodes: Sequence[str], values: Mapping[str, float]) -> dict[str, float]:
    """Square roots of VALUES by the greatest: many counts are small and a few huge."""
    top = math.sqrt(max((values.get(node, 0) for node in nodes), default=0)) or 1.0
    return {node: math.sqrt(values.get(node, 0)) / top for node in nodes}
