"""Whether a name stands for one of several things, so that English asks for it with an article: "What is a pod?"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orgkb.concepts.lexicon.tables import known_names, listed
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

_ENGLISH = pattern(r"[A-Za-z][A-Za-z0-9 /'’-]*[A-Za-z]")
_SEVERAL = word_set("children criteria data feet media men mice people phenomena women")
"""Plurals that a further ending makes no others of."""
_OPEN = pattern(
    r"(?!eu|ewe|one\b|once\b|u(?:ni(?!n|mp)|s[aeu]|t[ei]|r[aeiou]|biq|fo))[aeiou]|hour|honest|honou?r|heir|[fhlmnrsx]-",
    re.IGNORECASE,
)
"""Words that begin with a vowel as they are said."""
_SPELT_OUT = pattern(r"[AEFHILMNORSX](?:[A-Z0-9]+s?\b)")
_LETTERS = pattern(r"[A-Z]{2,}s?\b")
_SAID_AS_WORD = word_set("MIME RAID RAM ROM LAN LED SIM NAND NAT MAC NAS SAN LUN RISC SOAP REST")
"""Abbreviations with a first letter that is spelt with a vowel, and said as words that begin with none."""


def article(name: str, written: Iterable[str]) -> str:
    """The article of NAME with the blank behind it, where its plural is among the spellings WRITTEN of it; else nothing.

    Who writes "pods" takes a pod for one of several; who never does may mean a substance, a field, or a proper name.
    """
    if not _ENGLISH.fullmatch(name) or name in known_names() or name in listed("products"):
        return ""
    lower = name.lower()
    if lower.rpartition(" ")[2] in _SEVERAL:
        return ""
    several = {lower + "s", lower + "es", lower[:-1] + "ies" if lower.endswith("y") else ""}
    if not any(text.lower() in several for text in written):
        return ""
    return "an " if _sounds_open(name) else "a "


def _sounds_open(name: str) -> bool:
    """Whether NAME is said with a vowel first: an endpoint, an SSD, but a user, a RAID."""
    first = name.split(" ", 1)[0]
    if _LETTERS.match(first) and first.rstrip("s") not in _SAID_AS_WORD:
        return bool(_SPELT_OUT.match(first))
    return bool(_OPEN.match(first))
