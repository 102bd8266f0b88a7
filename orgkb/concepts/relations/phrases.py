"""Linking phrases: the words between two concepts, cut so that they read as a proposition."""

from __future__ import annotations

import re

from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, is_verb
from orgkb.concepts.lexicon.words import word_set

MAX_WORDS = 6
CLAUSE_LENGTH = 300
"""How many characters before a concept may belong to its clause."""

BOUNDARY = re.compile(
    r"[.;:!?]\s|\s[-–—]\s|[()\[\]\"«»“”\0]|->|\n\s*\n|"
    r",\s+(?=(?:and|but|or|which|what|how|it|they|а|но|и|то|как|что)\b)|\s\.(?=\w)|"
    r"\b(?:so\sthat|because|when|while|but|although|if|where|whereas|since|unless|"
    r"чтобы|когда|если|поэтому|так\sкак|потому\sчто|но)\b\s?",
    re.IGNORECASE,
)
"""Where a clause ends and the words after it say something of their own."""

_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*|,")
_LEADING = word_set(
    """
    a an and also each either every how it its many much or so some that the their then these they this those to what
    which who
    а и или как которая которое которые который кто он она они оно что это
    """
)
_JOINING = word_set(
    """
    , a an and any both each either every its more of one or other our own several some such the their these those various
    а все другие и или их либо ее его каждый несколько разные эти
    """
)


def is_link_word(word: str) -> bool:
    """Whether WORD (lower case) can end a linking phrase: a verb or preposition."""
    return word in PREPOSITIONS or is_verb(word)


def clause_start(text: str, start: int, end: int) -> int:
    """Where the clause that goes on at END begins, not before START."""
    found = start
    for match in BOUNDARY.finditer(text, start, end):
        found = match.end()
    return found


def phrase(text: str) -> str:
    """The linking phrase in TEXT, the words of a clause before a concept; empty where there is none.

    It ends at the last verb or preposition, has at most six words and no article or relative
    pronoun before them.
    """
    found = _WORD.findall(text)
    lower = [word.lower() for word in found]
    last = next((i for i in range(len(found) - 1, -1, -1) if is_link_word(lower[i])), -1)
    if last < 0:
        return ""
    # Too far from the concept, it belongs to something else.
    if len([word for word in found[last + 1 :] if word != ","]) > 4:
        return ""
    start = _phrase_start(lower, last)
    while start < last and lower[start] in _LEADING:
        start += 1
    return " ".join(found[start : last + 1]).replace(" ,", ",")


def _phrase_start(lower: list[str], last: int) -> int:
    """The first word of a phrase that ends at LAST: as many as may be, preferably from a verb on."""
    first = max(0, last + 1 - MAX_WORDS)
    commas = [i for i in range(first, last) if lower[i] == ","]
    if commas:
        first = commas[-1] + 1
    if first == 0:
        return 0
    for index in range(first, last + 1):
        if is_verb(lower[index]) and lower[index] not in PREPOSITIONS:
            return index
    return last if lower[last] in PREPOSITIONS and last - first < 1 else first


def has_other_subject(text: str, subjects: list[int]) -> bool:
    """Whether a clause says something about another thing than the one defined.

    TEXT runs from the start of the clause to a concept; SUBJECTS are the indexes after the concepts
    named in it before.  `Docker can build` makes Docker the subject, `containers running in` does not.
    """
    first = _WORD.match(text.lstrip())
    if first and first.group().lower() in _PERSONS:
        return True
    return any(is_subject(text[end:]) for end in subjects)


def is_subject(rest: str) -> bool:
    """Whether a concept is the subject of what follows it, REST: a finite verb comes next."""
    word = _WORD.match(rest.lstrip())
    return word is not None and is_finite(word.group().lower())


_PERSONS = word_set("you we i they one users people someone мы вы ты я они")


def is_finite(word: str) -> bool:
    """Whether WORD (lower case) is a verb with a subject of its own, not a participle."""
    return is_verb(word) and not word.endswith(("ing", "ed", "ный", "ные", "ная", "щий", "щие", "щая", "ать", "ить"))


def is_modifier(rest: str) -> bool:
    """Whether a concept is only the first part of a longer name: REST, the text after it, goes on with a noun."""
    match = re.match(r"(?:\s|-)(?P<word>[^\W\d_]{2,}[\w'’-]*)", rest)
    if not match:
        return False
    word = match["word"].lower()
    return not (word in FUNCTION_WORDS or is_verb(word) or not word.isascii())


def is_enumeration(text: str) -> bool:
    """Whether TEXT, between two concepts, only goes on listing: `, the` or ` and other`."""
    found = [word.lower() for word in _WORD.findall(text)]
    if not found or any(char in text for char in ".;:()\0"):
        return False
    plain = [word for word in found if word not in _JOINING]
    joins = any(word in {",", "and", "or", "и", "или", "либо", "а"} for word in found)
    return joins and len(plain) <= 1 and not any(is_verb(w) or w in PREPOSITIONS or w in FUNCTION_WORDS for w in plain)
