"""What a concept is to the words around it: another name of them, half of a name, the object of a Russian action."""

from __future__ import annotations

import re
from itertools import pairwise

from orgkb.concepts import acronyms, folding, spelling, synonyms
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS
from orgkb.concepts.lexicon.tables import proper_words
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.clauses import is_enumeration
from orgkb.concepts.relations.verbs import is_verb
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)


def is_apposed(text: str, previous: Hit, hit: Hit) -> bool:
    """Whether HIT in parentheses names what the words since PREVIOUS describe: `the API server's data store (etcd)`."""
    if not text.startswith(")", hit.end):
        return False
    match = _NOUNS.fullmatch(text, previous.end, hit.start)
    return match is not None and not any(
        is_verb(word) or word in PREPOSITIONS or word in PRONOUNS for word in match["nouns"].lower().split()
    )


_NOUNS = pattern(r"(?:['’]s)?(?P<nouns>(?:\s[\w'’-]+){1,4})\s?\(")


def is_doing(text: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether HIT is a Russian verbal noun with its object: `развёртывания подов` says what is done with pods."""
    return bool(_VERBAL_NOUN.fullmatch(hit.mention.text)) and any(
        other.start == hit.end + 1 and text[hit.end] == " " for other in hits
    )


_VERBAL_NOUN = pattern(r"[а-яё]{4,}ни(?:е|я|ю|ем|и)", re.IGNORECASE)


def is_part(text: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether HIT goes on a name that another begins: the `availability` of `resource availability`."""
    name = hit.mention.text
    before = text[: hit.start].rstrip(" ")
    if _CYRILLIC.match(name):
        return False
    # `кластер K8S`: a Russian noun stands before what it is named after.
    return any(
        other.end == len(before)
        and (_CYRILLIC.match(other.mention.text) or (name[:1].islower() and other.mention.text[:1].islower()))
        for other in hits
        if other is not hit
    )


def is_one_of_two(hit: Hit, following: Hit | None, text: str) -> bool:
    """Whether HIT goes on with `and` to something that is no concept, so that half of a pair is left."""
    match = None if hit.mention.text.endswith("s") else _AND.match(text, hit.end)
    return match is not None and (following is None or not is_enumeration(text[hit.end : following.start]))


def is_gloss(name: str, hit: Hit, told: str) -> bool:
    """Whether TOLD, in another script, only says the name again: `mathematician :: математик`, `message queue - очередь …`."""
    if not name.isascii() or hit.mention.text.isascii():
        return False
    return len(told.split()) == 1 or synonyms.translated(folding.key(hit.mention.text)) in folding.folded_words(name)


def is_said_in(name: str, text: str) -> bool:
    """Whether NAME has the words with which TEXT begins, up to the second one that a concept modifies."""
    own = folding.folded_words(name)
    said = tuple(folding.fold_word(word) for word in folding.words(text)[:2])
    return len(said) > 1 and any(pair == said for pair in pairwise(own))


_AND = pattern(r"\s(?:and|и)\s", re.IGNORECASE)


def spelt_out_in(name: str, said: str) -> int:
    """How many letters of SAID, which follows NAME, are what NAME abbreviates."""
    if not _ACRONYM.search(name):
        return 0
    match = _FIRST_WORDS.match(said)
    return match.end() if match and " " in match[0].strip() and acronyms.abbreviates(name, match[0].strip()) else 0


_ACRONYM = pattern(r"[A-Z]{2}|[A-Z][a-z]*[A-Z]")
_FIRST_WORDS = pattern(r"[^.,;:()\n\t\0–—]{3,80}?(?=\s?[.,;:()\n\t\0–—]|\s-\s|$)")


def is_aside_of(text: str, body: int, start: int, said: str) -> bool:
    """Whether the clause at START, words SAID, stands in parentheses behind a proper name and says with a noun what that is."""
    if text[start - 1 : start] != "(" or not _PROPER.search(text, body, start - 1):
        return False
    first = said.split(None, 1)[0].lower() if said.strip() else ""
    return first.isalpha() and not (first in FUNCTION_WORDS or is_verb(first) or first.endswith(("ing", "ed", "ly")))


_PROPER = pattern(r"[a-z]\s[A-Z]\w+\s$")


def names_longer(name: str, rest: str) -> bool:
    """Whether NAME, a common word with a capital, begins a longer name with REST: the Beta of `Beta Distribution`."""
    if not name[:1].isupper() or not name.isalpha() or _CAPITAL.match(rest) is None:
        return False
    return spelling.is_known(name.lower()) and name.lower() not in proper_words()


_CAPITAL = pattern(r"\s[A-Z][a-z]")
