"""Whom notes quote: `Hobbes believes that`, `Pojman (2006)`, `Dijkstra et al.`, `written by Jane Roe`: people, no terms."""

from __future__ import annotations

from orgkb.concepts import frequency, spelling
from orgkb.concepts.blocks import TEXTS, Reading
from orgkb.concepts.lexicon.tables import known_names, listed, proper_names
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
_BETWEEN = pattern(r", and |, & |, | and | & ")
_TOGETHER = pattern(
    r"(?P<first>[A-ZÀ-Þ][a-zß-ÿ]{2,}) (?:and|&) (?P<second>[A-ZÀ-Þ][a-zß-ÿ]{2,}),? \((?:1[5-9]|20)\d\d[a-z]?\)"
)
"""`Doe and Roe (2006)`."""
_FULL = r"[A-ZÀ-Þ][a-zß-ÿ]+(?:[ -][A-ZÀ-Þ](?:[a-zß-ÿ]+|\.)){1,3}"
_TEAM = pattern(
    rf"(?:^|(?<=\n))\s*(?:\d+[.)] |[-+] )?(?P<names>{_FULL}(?:(?:, and |, & |, | and | & ){_FULL})+)\s*(?:\.|,? \(?(?:19|20)\d\d|$|\n)"
)
"""A line that begins with two people or more and goes on with nothing that is theirs: `Jane Doe, John Roe, and Ann Poe.`"""
_BY = pattern(
    r"(?:written|introduced|established|maintained|developed|invented|proposed|founded|discovered|coined|created|authored|"
    rf"designed|popularized|popularised) by (?P<names>{_FULL}(?:(?:, and |, | and | & ){_FULL})*)(?! [A-Z])"
)


def _authors(reading: Reading) -> set[str]:
    """Who is named on lines that say nothing else but a year."""
    found: set[str] = set()
    for block in reading.having("19", "20", "18", "17", kinds=TEXTS):
        for line in block.prose.splitlines():
            if len(line) <= _LONGEST_LINE and (match := _AUTHORS.fullmatch(line)):
                found.update(_BETWEEN.split(match["names"]))
    return found


_LONGEST_LINE = 120


def _teams(reading: Reading) -> set[str]:
    """Who is named together as authors, or made something.

    Half of the names at least hold a word that no general language has or begin with a given name, else they name things.
    """
    found: set[str] = set()
    for block in reading.having(" by ", ", ", " and ", " & ", kinds=TEXTS):
        prose = block.prose
        teams = [*_TEAM.finditer(prose)] if _SEVERAL.search(prose) else []
        for match in [*teams, *(_BY.finditer(prose) if " by " in prose else ())]:
            people = _BETWEEN.split(match["names"])
            if 2 * sum(map(_is_person, people)) >= len(people) and not any(map(_is_thing, people)):
                found.update(people)
    return found


_SEVERAL = pattern(r"[a-zß-ÿ](?:,| and| &) (?:and )?[A-ZÀ-Þ][a-zß-ÿ]")


def _is_person(name: str) -> bool:
    """Whether NAME of two words or more begins with a given name, or holds a word that general English has not."""
    parts = name.split()
    return parts[0] in listed("people") or not all(spelling.is_known(part.lower()) for part in parts)


def _is_thing(name: str) -> bool:
    """Whether NAME holds that of a product, or ends with a word that is no family's: `Koopman Operator`."""
    parts = name.split()
    if frequency.english_count(parts[-1].lower()) >= _EVERYDAY:
        return True
    return any(part in listed("products") or part in known_names() or part in proper_names() for part in parts)


_EVERYDAY = 10_000


def quoted(reading: Reading) -> frozenset[str]:
    """The names of those whom the notes let say, find or publish something."""
    found = {
        match["name"]
        for block in reading.having(*_HINTS, kinds=TEXTS)
        for match in _QUOTED.finditer(block.prose)
        if match["name"] not in _NONE
    }
    for block in reading.having("(1", "(20", kinds=TEXTS):
        for match in _TOGETHER.finditer(block.prose):
            found.update((match["first"], match["second"]))
    return frozenset(found | {name.split()[-1] for name in found} | _authors(reading) | _teams(reading))
