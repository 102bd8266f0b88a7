"""Acronyms: which words they are written like, and what they are short for."""

from __future__ import annotations

from orgkb.concepts.folding import key
from orgkb.concepts.lexicon import (
    FUNCTION_WORDS,
)
from orgkb.patterns import pattern

_SHORT = pattern(r"[^\W_][\w.&-]{0,9}[^\W_]s?|[^\W_]{2,10}")
_NUMERONYM = pattern(r"([A-Za-z])(\d{1,2})([A-Za-z])")


def abbreviates(short: str, long: str) -> bool:
    """Whether SHORT is an acronym of LONG: its letters begin the words of LONG or follow inside them, in order.

    After Schwartz and Hearst (2003), stricter: every word of LONG but small function words gives a
    letter, and the first letters agree.
    """
    letters = (
        [c for c in short.removesuffix("s").lower() if c.isalnum()]
        if short[:-1].isupper()
        else [c for c in short.lower() if c.isalnum()]
    )
    if short[1:2].isdecimal() and (numeronym := _NUMERONYM.fullmatch(short)):
        first, count, last = numeronym.groups()
        whole = long.lower()
        return whole.startswith(first.lower()) and whole.endswith(last.lower()) and len(whole) == int(count) + 2
    opening = next(filter(str.isalnum, long), "")
    if not 2 <= len(letters) <= 10 or opening.lower() != letters[0]:
        return False
    parts = [word for part in long.split() for word in _WORDS.findall(_split_camel(part))]
    if not parts or len(parts) > len(letters) + 2 or key(short) == key(long):
        return False
    if len(parts) == 1 and len(letters) > len(parts[0]) // 2:
        return False
    if len(parts) == 1 and short.isupper() and len(parts[0]) >= len(letters) * _COMPOUND and len(letters) > 2:
        rest = iter(parts[0].lower())
        return all(letter in rest for letter in letters)  # `BIP`, Bruttoinlandsprodukt
    # One letter may come from inside a word where there are enough others to tell.
    inside = 1 if len(parts) > 2 or len(letters) > 3 or len(parts) == 1 else 0
    # (letters used, of them from inside words) that the words so far can have given.
    reached = {(0, 0)}
    for part in parts:
        following: set[tuple[int, int]] = set()
        for used, inner in reached:
            if used < len(letters) and part[0].lower() == letters[used]:
                following.add((used + 1, inner))
                # Letters that go on from the first one: `cgroup`, `kOps`, the V of `PV claims`.
                more = 1
                while more < len(part) and used + more < len(letters) and part[more].lower() == letters[used + more]:
                    more += 1
                    following.add((used + more, inner))
                for run in {1, more}:
                    if inner < inside and used + run < len(letters) and letters[used + run] in part[run:].lower():
                        following.add((used + run + 1, inner + 1))
            if part.lower() in FUNCTION_WORDS:
                following.add((used, inner))
        reached = following
        if not reached:
            return False
    return any(used == len(letters) for used, _ in reached)


def spelt_out(title: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where an acronym and what it is short for stand in TITLE, which is nothing else: `SLO - Service Level Objective`, `Access Point (AP)`."""
    match = _SPELT_OUT.fullmatch(title)
    if match is None:
        return None
    second = "note" if match["note"] else "second"
    if abbreviates(match["first"], match[second]):
        return match.span("first"), match.span(second)
    if abbreviates(match[second], match["first"]):
        return match.span(second), match.span("first")
    return None


_SPELT_OUT = pattern(
    r"\s*(?P<first>[^\W\d_][^():\n]{1,60}?)(?:\s?\((?P<note>[^()\n]{2,60})\)|(?:\s?[-–—]\s|:\s)(?:[Tt]he\s|[Aa]n?\s)?(?P<second>[^():\n]{2,60}?))[:.]?\s*"
)
_COMPOUND = 4
"""Letters of a compound for each of its acronym."""
_WORDS = pattern(r"[^\W_]+")
_HUMP = pattern(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")


def _split_camel(word: str) -> str:
    return word if word.islower() else _HUMP.sub(" ", word)


def is_acronym(name: str) -> bool:
    """Whether NAME is written like an acronym: `CRI`, `K8S`, `RBAC`, `OpenAPI` is not."""
    if not name or len(name) > _LONGEST_ACRONYM:
        return False
    if name[1:2].isdecimal() and _NUMERONYM.fullmatch(name):
        return True
    return bool(
        _SHORT.fullmatch(name)
        and name[0].isalpha()
        and sum(map(str.isupper, name)) > 1
        and not any(map(str.islower, name.removesuffix("s")))
    )


_LONGEST_ACRONYM = 10
