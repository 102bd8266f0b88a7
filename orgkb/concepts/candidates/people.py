"""Whom notes quote: `Hobbes believes that`, `Pojman (2006)`, `Dijkstra et al.`: names of people, no terms of the notes."""

from __future__ import annotations

from orgkb.concepts.blocks import TEXTS, Reading
from orgkb.patterns import pattern

_NAME = r"(?P<name>[A-ZА-ЯЁ][a-zа-яё]{2,}(?:[ -][A-ZА-ЯЁ][a-zа-яё]{2,}){0,2})"
_PERSON = r"[A-ZÀ-Þ][a-zß-ÿ]*\.?(?:[ -][A-ZÀ-Þ][a-zß-ÿ]*\.?){1,3}"
_SAYS = (
    "believes|believed|argues|argued|claims that|claimed|thinks|thought|wrote|writes|complained|insisted|objects that|"
    "objected|criticizes|criticized|criticises|criticised|discovered|conjectured|proved|observed that|was born|died|"
    "пишет|писал|писала|считает|считал|полагает|полагал|утверждает|утверждал|доказал|доказала|открыл|открыла|родился|умер"
)
_QUOTED = pattern(rf"(?<![\w.])(?:{_NAME})(?: (?:{_SAYS})\b| et al\b|,? \((?:1[5-9]|20)\d\d[a-z]?\))")
_HINTS = (*_SAYS.split("|"), "et al", "(1", "(20")
"""One stands in whatever `_QUOTED` finds."""
_NONE = frozenset(
    {"The", "This", "That", "These", "Nobody", "Everybody", "Someone", "Everyone", "Who", "One", "Она", "Автор"}
)


_AUTHORS = pattern(
    rf"\s*(?P<names>{_PERSON}(?:(?:, | and | & |, and ){_PERSON}){{0,3}})"
    r"(?:, | )\(?(?:[A-Z][a-z]+ )?(?:\d{1,2} )?(?:1[5-9]|20)\d\d\)?\.?\s*"
)
"""A line of a list of sources: `Alice Doe, Bob Roe (2006)`."""
_BETWEEN = pattern(r", and |, | and | & ")


def _authors(reading: Reading) -> set[str]:
    """Who is named on lines that say nothing else but a year."""
    found: set[str] = set()
    for block in reading.having("19", "20", "18", "17", kinds=TEXTS):
        for line in block.prose.splitlines():
            if len(line) <= _LONGEST_LINE and (match := _AUTHORS.fullmatch(line)):
                found.update(_BETWEEN.split(match["names"]))
    return found


_LONGEST_LINE = 120


def quoted(reading: Reading) -> frozenset[str]:
    """The names of those whom the notes let say, find or publish something."""
    found = {
        match["name"]
        for block in reading.having(*_HINTS, kinds=TEXTS)
        for match in _QUOTED.finditer(block.prose)
        if match["name"] not in _NONE
    }
    return frozenset(found | {name.split()[-1] for name in found} | _authors(reading))
