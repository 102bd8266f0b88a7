"""Linking phrases: the words between two concepts, cut so that they read as a proposition."""

from __future__ import annotations

import re

from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS, is_verb
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set

MAX_WORDS = 6
_SHORT = 2
CLAUSE_LENGTH = 300
"""How many characters before a concept may belong to its clause."""

BOUNDARY = re.compile(
    r"[.;:!?]\s|\s[-–—]\s|[()\[\]\0]|->|\n\s*\n|"
    r",\s+(?=(?:and|but|or|which|what|how|it|they|а|но|и|то|как|что)\b)|\s\.(?=\w)|"
    r"\b(?:so\sthat|because|when|while|but|although|if|where|whereas|since|unless|"
    r"чтобы|когда|если|поэтому|так\sкак|потому\sчто|но)\b\s?",
    re.IGNORECASE,
)
"""Where a clause ends and the words after it say something of their own."""

_ASIDE = re.compile(r"\([^()\n]{1,60}\)")


def without_asides(text: str, end: int) -> str:
    """TEXT up to END, where closed parentheses are blank: they interrupt a clause without ending it."""
    head = text[:end]
    return _ASIDE.sub(lambda match: " " * len(match.group()), head) if "(" in head else head


_ADDRESSED = re.compile(r"^(?:where|in which|with which|that)?\s*(?:you|we|one|users|people)\s+(?=\S)", re.IGNORECASE)


def without_persons(text: str) -> str:
    """A clause without the reader as its subject: `where you can write` says what can be written."""
    return _ADDRESSED.sub("", text.lstrip())


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


def phrase(text: str, *, opening: bool = False) -> str:
    """The linking phrase in TEXT, the words of a clause before a concept; empty where there is none.

    It has at most six words, ends at the last verb or preposition and begins at a verb or
    preposition too, but where OPENING says that TEXT opens the definition, which may begin with its
    noun (`group of`).  What the clause denies stays denied, else there is no phrase.
    """
    found = _WORD.findall(text)
    # DEPEND is a name, not the verb.
    lower = [word if word.isupper() and len(word) > _SHORT else word.lower() for word in found]
    last = next((i for i in range(len(found) - 1, -1, -1) if is_link_word(lower[i])), -1)
    if last < 0:
        return ""
    # `is not AngularJS`: what is cut away may deny.
    if any(word in _DENYING for word in lower[last + 1 :]):
        return ""
    # Too far from the concept, it belongs to something else.
    if len([word for word in found[last + 1 :] if word != ","]) > 4:
        return ""
    del found[last + 1 :], lower[last + 1 :]
    whole = list(lower)
    start = 0
    while start < len(lower) - 1 and lower[start] in _LEADING:
        start += 1
    found, lower = found[start:], lower[start:]
    if len([word for word in lower if word != ","]) > MAX_WORDS:
        kept = [
            i
            for i, word in enumerate(lower)
            # `for each of its pods` is for its pods.
            if word not in _DETERMINERS and not (word == "of" and i and lower[i - 1] in _QUANTIFIERS)
        ]
        found, lower = [found[i] for i in kept], [lower[i] for i in kept]
    start = _phrase_start(lower, opening=opening)
    if start < 0:
        return "" if any(word in _DENYING for word in whole) else _compressed(found, lower)
    while start > 0 and lower[start - 1] in _WITH_VERB and len(lower) - start < MAX_WORDS:
        start -= 1
    words = lower[start:]
    if len(words) == 1 and words[0] in _BARE_PREPOSITIONS:
        return ""
    if any(word in _DENYING for word in whole) and not any(word in _DENYING for word in words):
        return ""
    return " ".join(found[start:]).replace(" ,", ",")


def _compressed(found: list[str], lower: list[str]) -> str:
    """A long phrase as its verb, object and last preposition: `exposes routes to`; empty where it has them not."""
    verb = next((i for i, word in enumerate(lower) if is_finite(word) and _is_verb(word)), -1)
    if verb < 0 or lower[-1] not in PREPOSITIONS or verb > 1:
        return ""
    first = next((i for i in range(verb + 1, len(lower)) if lower[i] in PREPOSITIONS), len(lower) - 1)
    if first < verb + 2 or "," in lower[verb:first] or any(_is_verb(word) for word in lower[verb + 1 :]):
        return ""
    return f"{found[verb]} {found[first - 1]} {found[-1]}"


def _phrase_start(lower: list[str], *, opening: bool) -> int:
    """The first word of a phrase of LOWER's last words; -1 for none."""
    size = len(lower)
    commas = sum(word == "," for word in lower)
    if (
        opening
        and size - commas <= MAX_WORDS
        and not (commas and any(_is_verb(w) or w in PRONOUNS for w in lower[:-1]))
    ):
        return 0
    first = max(0, size - MAX_WORDS)
    last_comma = max((i for i in range(size - 1) if lower[i] == ","), default=-1)
    if last_comma >= first and not _joins_verbs(lower, last_comma):
        first = last_comma + 1
        opening = False
    elif last_comma >= 0:
        first = max(first, last_comma + 1)
    if opening and first == 0:
        return 0
    for index in range(first, size):
        if _is_verb(lower[index]) or (index and lower[index - 1] in _BEFORE_BASE and lower[index] in VERB_BASES):
            return index
    # Without a verb only a definition's own phrase says what the two have to do with each other.
    return -1


def _joins_verbs(lower: list[str], comma: int) -> bool:
    """Whether the words after a comma begin with a verb of their own."""
    after = [word for word in lower[comma + 1 :] if word not in _JOINING]
    return bool(after) and _is_verb(after[0])


def _is_verb(word: str) -> bool:
    return (is_verb(word) or word in _PARTICIPLES) and word not in PREPOSITIONS


_PARTICIPLES = frozenset({"based", "related"})
"""Before a preposition they are no nouns or adjectives: `based on`."""


_BARE_PREPOSITIONS = word_set("on of to at about as than per above under у к о об по на до за при")
"""Alone they do not say how two things are tied."""
_QUANTIFIERS = frozenset({"each", "every", "some", "any", "all", "both"})
_BEFORE_BASE = frozenset({"and", "or", "to", "can", "that", "which", "will", "must", "may"})
_DETERMINERS = word_set(
    "a an the its their his her your our my this these those each every some any own very all both such"
)
_WITH_VERB = word_set(
    "not no never cannot can can't could may must should will would is are be been was were does do did doesn't don't "
    "isn't aren't to has have had не нельзя может могут должен должны"
)
_DENYING = word_set(
    "not no never cannot can't doesn't don't isn't aren't won't without except instead rather нельзя не без кроме вместо нет ни"
)


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
    # `Istio's core consists of`: what is its own says it too.
    rest = _OWN.sub("", rest, count=1) if rest[:1] in "'’" else rest
    word = _WORD.match(rest.lstrip())
    return word is not None and is_finite(word.group().lower())


_OWN = re.compile(r"['’]s\s+[a-z]+(?=\s)")


_PERSONS = word_set("you we i they one users people someone мы вы ты я они")


def is_finite(word: str) -> bool:
    """Whether WORD (lower case) is a verb with a subject of its own, not a participle."""
    return is_verb(word) and not word.endswith(("ing", "ed", "ный", "ные", "ная", "щий", "щие", "щая", "ать", "ить"))


def is_modifier(rest: str) -> bool:
    """Whether a concept is only the first part of a longer name: REST, the text after it, goes on with a noun."""
    if re.match(r"['’]s\b", rest):
        return True
    match = re.match(r"(?:\s[\"“«]?|-)(?P<word>[^\W\d_]{2,}[\w'’-]*)", rest)
    if not match:
        return False
    word = match["word"].lower()
    return not (word in FUNCTION_WORDS or _is_verb(word) or not word.isascii())


_WITHOUT = re.compile(r"\b(?:without|instead\s+of|rather\s+than|без|вместо|кроме)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;!?]\s")


def is_denied_word(text: str) -> bool:
    """Whether TEXT, the words of a clause before a concept, says no: `not AngularJS`."""
    return any(word.lower() in _DENYING for word in _WORD.findall(text))


def is_denied(text: str) -> bool:
    """Whether the last sentence of TEXT, up to a concept, says that it goes without it."""
    last = max((match.end() for match in _WITHOUT.finditer(text)), default=-1)
    return last >= 0 and not _SENTENCE_END.search(text, last)


def is_enumeration(text: str) -> bool:
    """Whether TEXT, between two concepts, only goes on listing: `, the` or ` and other`."""
    found = [word.lower() for word in _WORD.findall(text)]
    if not found or any(char in text for char in ".;:()\0"):
        return False
    plain = [word for word in found if word not in _JOINING]
    joins = any(word in {",", "and", "or", "и", "или", "либо", "а"} for word in found)
    return joins and len(plain) <= 1 and not any(is_verb(w) or w in PREPOSITIONS or w in FUNCTION_WORDS for w in plain)
