"""What begins with a square bracket: links, footnote references, citations, timestamps, statistics cookies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgkb.org import chars
from orgkb.org import nodes as n
from orgkb.org.objects.scope import Restriction, Scope
from orgkb.org.timestamps import read_timestamp
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.objects.parser import ObjectParser

_FOOTNOTE = pattern(rf"\[fn:(?:(?P<name>{chars.LABEL})?:|(?P<label>{chars.LABEL})\])")
_COOKIE = pattern(r"\[[0-9]*(?:%|/[0-9]*)\]")
_CITATION = pattern(rf"\[cite(?:/(?P<style>(?:[-/_]|{chars.ALPHANUMERIC})+))?:[{chars.SPACE}]*", re.IGNORECASE)
_CITE_KEY = pattern(r"@([-.:?!`'/*@+|(){}<>&_^$#%~\w]+)")
_CLOSER = {"[": "]", "{": "}", "(": ")"}


def bracket(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """The object that begins with the square bracket at AT."""
    text, allowed = parser.text, scope.allowed
    second = text[at + 1]
    if second == "[":
        return _bracket_link(parser, at, scope) if allowed & Restriction.LINK else None
    if second in "fF":
        return _footnote(parser, at, scope) if allowed & Restriction.FOOTNOTE else None
    if second in "cC":
        return _citation(parser, at, scope) if allowed & Restriction.CITATION else None
    if second.isdigit() and allowed & Restriction.TIMESTAMP:
        timestamp = read_timestamp(text, at, scope.end, scope.dead)
        if timestamp is not None:
            return timestamp
    if allowed & Restriction.COOKIE and (cookie := _COOKIE.match(text, at, scope.end)):
        return n.StatisticsCookie(at, cookie.end(), cookie[0])
    return None


def _bracket_link(parser: ObjectParser, at: int, scope: Scope) -> n.Link | None:
    found = parser.links.bracket(at, scope.end, scope.dead)
    if found is None:
        return None
    path_end, description, end = found
    children = parser.parse(description, end - 2, Restriction.DESCRIPTION, scope.depth) if description >= 0 else ()
    return parser.links.bracket_link(at, path_end, end, children)


def closing_bracket(parser: ObjectParser, at: int, scope: Scope) -> int:
    """The offset of the bracket that closes the one at AT, brackets of one kind balanced; -1 for none."""
    opener = parser.text[at]
    pairs = scope.pairs.get(opener)
    if pairs is None:
        pairs = scope.pairs[opener] = {}
        stack: list[int] = []
        for match in re.compile(f"[\\{opener}\\{_CLOSER[opener]}]").finditer(parser.text, scope.begin, scope.end):
            if match[0] == opener:
                stack.append(match.start())
            elif stack:
                pairs[stack.pop()] = match.start()
    return pairs.get(at, -1)


def _footnote(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    match = _FOOTNOTE.match(parser.text, at, scope.end)
    if match is None:
        return None
    if match["label"] is not None:
        return n.FootnoteReference(at, match.end(), match["label"], None)
    close = closing_bracket(parser, at, scope)
    if close < 0:
        return None
    children = parser.parse(match.end(), close, Restriction.STANDARD, scope.depth)
    return n.FootnoteReference(at, close + 1, match["name"], children)


def _citation(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    text = parser.text
    match = _CITATION.match(text, at, scope.end)
    close = closing_bracket(parser, at, scope) if match else -1
    if match is None or close < 0:
        return None
    parts: list[tuple[int, int, re.Match[str] | None]] = []
    start = match.end()
    while start <= close:
        stop = text.find(";", start, close)
        stop = close if stop < 0 else stop
        parts.append((start, stop, _CITE_KEY.search(text, start, stop)))
        start = stop + 1
    keyed = [i for i, (_, _, key) in enumerate(parts) if key]
    if not keyed:
        return None
    references = []
    for begin, end, key in parts[keyed[0] : keyed[-1] + 1]:
        if key:
            prefix = parser.parse(begin, key.start(), Restriction.MINIMAL, scope.depth)
            suffix = parser.parse(key.end(), end, Restriction.MINIMAL, scope.depth)
            references.append(n.CitationReference(begin, end, key[1], prefix, suffix))
    prefix = parser.parse(match.end(), parts[keyed[0] - 1][1], Restriction.STANDARD, scope.depth) if keyed[0] else ()
    last = keyed[-1] + 1
    suffix = parser.parse(parts[last][0], close, Restriction.STANDARD, scope.depth) if last < len(parts) else ()
    return n.Citation(at, close + 1, match["style"], prefix, tuple(references), suffix)
