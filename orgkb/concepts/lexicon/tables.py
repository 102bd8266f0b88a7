"""The shipped tables: English terms with their Russian names, well-known acronyms and proper names."""

from __future__ import annotations

from functools import cache

from orgkb.shipped import shipped


@cache
def rows(name: str) -> tuple[tuple[str, str], ...]:
    """(left, right) of each `left: right` line of the table NAME, in order."""
    text = shipped(__package__, f"{name}.txt").decode()
    pairs = (line.partition(": ") for line in text.splitlines() if ": " in line and not line.startswith("#"))
    return tuple((left.strip(), right.strip()) for left, _, right in pairs)


@cache
def translations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(English term, its Russian names)."""
    return tuple(
        (english, tuple(part.strip() for part in russian.split(","))) for english, russian in rows("translations")
    )


@cache
def proper_names() -> frozenset[str]:
    """The terms of one word that are written with a capital."""
    return frozenset(english for english, _ in translations() if english[0].isupper() and " " not in english)


@cache
def known_names() -> frozenset[str]:
    """The shipped proper names of computing, of one word or more, as they are spelt."""
    return listed("names")


@cache
def listed(name: str) -> frozenset[str]:
    """The names of the table NAME, which holds nothing but names: `people`, `organisations`, `places`, `products`."""
    text = shipped(__package__, f"{name}.txt").decode()
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for part in line.split(",") if (name := part.strip()))


@cache
def proper_words() -> frozenset[str]:
    """The proper names of one word, in small letters."""
    return frozenset(name.lower() for name in known_names() | proper_names() if " " not in name)


@cache
def acronyms() -> frozenset[str]:
    """The well-known acronyms."""
    return frozenset(short for short, _ in rows("acronyms"))


@cache
def expansions() -> frozenset[tuple[str, str]]:
    """(well-known acronym, what it stands for in small letters)."""
    return frozenset((short, long.lower()) for short, long in rows("acronyms"))


@cache
def phrases() -> frozenset[str]:
    """Every English term of two words or more, in small letters."""
    terms = {english for english, _ in translations()} | {long for _, long in rows("acronyms")}
    return frozenset(term.lower() for term in terms if " " in term or "-" in term)


@cache
def russian_words() -> frozenset[str]:
    """Every Russian name of one word, in small letters without ё."""
    names = (name for _, russian in translations() for name in russian)
    return frozenset(name.lower().replace("ё", "е") for name in names if " " not in name and "-" not in name)
