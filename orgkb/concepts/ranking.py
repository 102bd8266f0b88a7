"""Importance of concepts: PageRank over what the notes relate, with mentions, sections, titles and definitions."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter, mul, sub

import msgspec

from orgkb.once import once

_DAMPING = 0.85
_ROUNDS = 100
_ENOUGH = 1e-3
"""Part of the mean by which no value may still change."""
_WEIGHTS = {"pagerank": 0.4, "mentions": 0.3, "sections": 0.2, "trust": 0.12}
_TITLED = 0.03
"""What a title adds that names a thing."""
_EVERYDAY = 0.7
"""What is left of an everyday word."""


def pagerank(nodes: Sequence[str], edges: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """PageRank of NODES by power iteration over weighted EDGES; the values sum to 1."""
    if not nodes:
        return {}
    ordered = sorted(edges.items())
    # Most edits of a note change none of it, and for large notes the rounds take most of the time of ranking.
    source = msgspec.msgpack.encode((nodes, ordered))
    found = once("pagerank", source, lambda: msgspec.msgpack.encode(_iterated(nodes, ordered)))
    return dict(zip(nodes, msgspec.msgpack.decode(found, type=list[float]), strict=True))


def _iterated(nodes: Sequence[str], edges: Sequence[tuple[tuple[str, str], float]]) -> list[float]:
    """The values of NODES, in their order, over EDGES, which are sorted."""
    # By number instead of by name, and sums without a loop of Python's own: 100,000 edges, and 100 rounds.
    number = {node: at for at, node in enumerate(nodes)}
    out = [0.0] * len(nodes)
    incoming: list[list[tuple[int, float]]] = [[] for _ in nodes]
    for (source, target), weight in edges:
        out[number[source]] += weight
        incoming[number[target]].append((number[source], weight))
    size = len(nodes)
    rank = [1 / size] * size
    loose = [at for at, given in enumerate(out) if not given]
    # (node, what picks the ranks that it is given parts of, these parts); most nodes are given one, which needs no sum.
    several = [
        (at, itemgetter(*(s for s, _ in links)), [w / out[s] for s, w in links])
        for at, links in enumerate(incoming)
        if len(links) > 1
    ]
    single = [(at, links[0][0], links[0][1] / out[links[0][0]]) for at, links in enumerate(incoming) if len(links) == 1]
    for _ in range(_ROUNDS):
        lost = math.fsum([rank[at] for at in loose])
        base = (1 - _DAMPING + _DAMPING * lost) / size
        following = [base] * size
        for at, sources, given in several:
            following[at] += _DAMPING * sum(map(mul, sources(rank), given))
        for at, giver, part in single:
            following[at] += _DAMPING * (rank[giver] * part)
        change = max(map(abs, map(sub, following, rank)))
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
    titled: Collection[str] = (),
    everyday: Collection[str] = (),
) -> dict[str, float]:
    """Importance of each node from 0 to 1, 1 for the most important.

    MENTIONS and SECTIONS count occurrences and the sections they stand in; TRUST is 0 to 1; titles name those that are
    TITLED, and EVERYDAY ones have names that general English uses all the time.
    """
    scores = {
        "pagerank": _scaled(nodes, pagerank(nodes, edges)),
        "mentions": _scaled(nodes, mentions),
        "sections": _scaled(nodes, sections),
        "trust": dict(trust),
    }
    total = {
        node: (
            math.fsum(weight * scores[part].get(node, 0.0) for part, weight in _WEIGHTS.items())
            + (_TITLED if node in titled else 0.0)
        )
        * (_EVERYDAY if node in everyday else 1.0)
        for node in nodes
    }
    top = max(total.values(), default=0.0) or 1.0
    return {node: round(value / top, 6) for node, value in total.items()}


def _scaled(nodes: Sequence[str], values: Mapping[str, float]) -> dict[str, float]:
    """Square roots of VALUES by the greatest: many counts are small and a few huge."""
    top = math.sqrt(max((values.get(node, 0) for node in nodes), default=0)) or 1.0
    return {node: math.sqrt(values.get(node, 0)) / top for node in nodes}
