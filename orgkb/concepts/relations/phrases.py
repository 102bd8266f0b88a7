"""Linking phrases: the words between two concepts, cut so that they read as a proposition."""

from __future__ import annotations

import re
from itertools import pairwise

from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS, is_bare_verb
from orgkb.concepts.lexicon.english import AUXILIARIES, VERB_BASES
from orgkb.concepts.lexicon.morphology import is_noun
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.relations.verbs import (
    DENYING,
    DETERMINERS,
    JOINING,
    WORD,
    is_finite,
    is_link_word,
    is_participle_or_verb,
    is_verb,
    may_be_verb,
)
from orgkb.patterns import pattern

MAX_WORDS = 6
_SHORT = 2
_COMPARING = frozenset({"than", "чем", "нежели"})
_LEADING = word_set(
    """
    a an and also each either every how it its many much or so some that the their then these they this those to what
    which who
    а и или как которая которое которые который кто он она они оно что это
    """
)


def phrase(text: str, *, opening: bool = False) -> str:
    """The linking phrase in TEXT, the words of a clause before a concept; empty where there is none.

    It has at most six words, ends at the last verb or preposition and begins at a verb or
    preposition too, but where OPENING says that TEXT opens the definition, which may begin with its
    noun (`group of`).  What the clause denies stays denied, else there is no phrase.
    """
    if " about " in text:
        text = _NEARLY.sub(r"\1 ", text)
    # `in March 2015, Ext JS was …`, `for up to 8 processors`: when or how many is no tie.
    if _DIGIT.search(text):
        text = _UP_TO.sub("", _DATED.sub(r"\1", text))
    found = WORD.findall(_KIND_OF.sub(" of", text) if " of" in text else text)
    # `legacy variable The system on`: an article in capitals begins anew.
    anew = max(
        (i for i, word in enumerate(found) if word in _CAPITAL_ARTICLES and not (i and found[i - 1] in DETERMINERS)),
        default=0,
    )
    if anew:
        del found[:anew]
    # DEPEND is a name, not the verb.
    lower = [word if word.isupper() and len(word) > _SHORT else word.lower() for word in found]
    last = _last_link_word(lower)
    if last < 0:
        return ""
    # `is not AngularJS`: what is cut away may deny.
    if any(word in DENYING for word in lower[last + 1 :]):
        return ""
    # `faster than containers` says nothing of what containers do.
    if any(word in _COMPARING for word in lower[last + 1 :]):
        return ""
    # `scaled as a unit, all containers`: what stands after the comma is no object of the verb.
    if any(one == "," and other in DETERMINERS for one, other in pairwise(lower[last + 1 :])):
        return ""
    # `внедрить в свои продукты средства …`: what the preposition leads to is named before.
    if len(lower) - last > _MAX_GENITIVES + 1 and lower[last] in PREPOSITIONS:
        after = lower[-1]
        if (
            _CYRILLIC_WORD.fullmatch(lower[last])
            and _CYRILLIC_WORD.fullmatch(after)
            and not _ADJECTIVE.fullmatch(after)
        ):
            return ""
    # `the offset at which the match begins` says nothing without its verb.
    if lower[last] in PREPOSITIONS - {"of"} and last + 1 < len(lower) and lower[last + 1] in _OBLIQUE:
        return ""
    # `called many times per request` tells no name.
    if lower[last] in _NAMING and any(word not in DETERMINERS for word in lower[last + 1 :]):
        return ""
    # `Strength of social ties vs individualistic societies`
    if any(word in _AGAINST for word in lower[last + 1 :]):
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
            if word not in DETERMINERS and not (word == "of" and i and lower[i - 1] in _QUANTIFIERS)
        ]
        found, lower = [found[i] for i in kept], [lower[i] for i in kept]
    start = _phrase_start(lower, opening=opening)
    if start < 0 and opening and (short := _noun_phrase(found, lower)):
        return short
    if start < 0:
        return "" if any(word in DENYING for word in whole) else _compressed(found, lower)
    while start > 0 and lower[start - 1] in WITH_VERB and len(lower) - start < MAX_WORDS:
        start -= 1
    # `format that allows recipients to modify`: what stands before the verb is what allows.
    if (
        start > 1
        and lower[start - 1] in _RELATIVE
        and any(
            word in PREPOSITIONS - {"of"} or (index and is_finite(word))
            for index, word in enumerate(lower[: start - 1])
        )
    ):
        return ""
    if lower[start] == "be" and start + 1 < len(lower):
        start += 1
    words = lower[start:]
    if len(words) == 1 and (words[0] in BARE_PREPOSITIONS or words[0] == "be"):
        return ""
    denials = sum(word in DENYING for word in whole)
    if denials > 1 or (denials and not any(word in DENYING for word in words)):
        return ""
    # `Reads the queue` begins a sentence of the notes, not one of the map.
    named = start + 1 < len(found) and found[start + 1][:1].isupper()
    if found[start].istitle() and is_participle_or_verb(lower[start]) and not named:
        found[start] = lower[start]
    return " ".join(found[start:]).replace(" ,", ",")


def as_verb(text: str) -> str:
    """The linking phrase in TEXT, which begins with a word that is a noun more often: `store the state of each`."""
    verb, _, rest = _ADVERB.sub("", text.strip()).partition(" ")
    base = next((form for form in (verb, verb.removesuffix("s"), verb.removesuffix("es")) if form in VERB_BASES), "")
    label = phrase(f"can {base} {rest}") if base else ""
    return f"{verb}{label.removeprefix('can ').removeprefix(base)}" if label.startswith(f"can {base}") else ""


_ADVERB = pattern(r"^(?:also|always|often|usually)\s")
_NEARLY = pattern(r"\b(is|are|was|were)\sabout\s(?=(?:the\s)?(?:[a-z]+est|same|most|half|as|\d+)\b)")
"""`is about the simplest classifier`"""
_DIGIT = pattern(r"\d")
_DATED = pattern(
    r"(^|\s)(?:in|since|by|until|from|as\sof|в|с|до)\s(?:[^\W\d_]+\s)?\d{4}(?:\sгоду|\sгода)?,\s", re.IGNORECASE
)
_UP_TO = pattern(r"\bup\sto\s(?=\d)")
_OBLIQUE = frozenset({"which", "whom", "whose"})
_NAMING = frozenset({"called", "named", "termed"})
_AGAINST = frozenset({"vs", "versus"})
_KIND_OF = pattern(r"\sof\s(?:the\s|an?\s|any\s|all\s)?(?:\w+\s)?(?:kinds?|types?|sorts?|sets?|parts?)\sof\b")
"""`the right number of the right kind of pods` is a number of pods."""


def _noun_phrase(found: list[str], lower: list[str]) -> str:
    """A long phrase without verb as its last noun and preposition: `security solution with`; empty where it has more of them."""
    if len(lower) < _MIN_NOUNS or lower[-1] not in PREPOSITIONS or not all(word.isascii() for word in lower):
        return ""
    if any(word in PREPOSITIONS or is_verb(word) for word in lower[:-1]):
        return ""
    nouns = found[-3:-1]
    if any(word.lower() in FUNCTION_WORDS or word == "," for word in nouns) or any(w in DENYING for w in lower):
        return ""
    return " ".join([*nouns, found[-1]])


_MIN_NOUNS = 4
_RELATIVE = word_set("that which who который которая которое которые")


def _last_link_word(lower: list[str]) -> int:
    """The index of the word that ends the phrase; -1 for none.

    It is the last verb or preposition that does not describe the concept itself (`by defined APIs`,
    `использует распределённые базы`), with a verb that no list has (`able to capture the …`) and with
    the Russian nouns that lead to the concept by case alone (`отвечает за настройку iptables`).
    """
    last = -1
    for index in range(len(lower) - 1, -1, -1):
        if (is_link_word(lower[index]) or _must_be_verb(lower, index)) and not _describes(lower, index):
            last = index
            break
    if last < 0:
        return -1
    after = lower[last + 1 :]
    if after[:1] and after[0] in _PARTICLES:
        return last + 1
    if after[:1] and after[0].isascii():
        # After `to` an adjective may come, after `cannot` only a verb.
        if lower[last] == "to" and len(after) > 1 and after[1] in DETERMINERS:
            return last + 1
        if lower[last] in _MODALS and after[0] not in FUNCTION_WORDS:
            return last + 1
        # `the ability to preceive depth`, however that is spelt
        if lower[last] == "to" and len(after) == 1 and last and lower[last - 1] in _TO_DO and after[0].isalpha():
            return last + 1
    # `выполняет обработку входящих …`: the adjective belongs to what is named, the noun to the phrase.
    size = len(after)
    while size and not (
        _CYRILLIC_WORD.fullmatch(word := after[size - 1]) and is_noun(word) and word not in FUNCTION_WORDS
    ):
        size -= 1
    if (
        0 < size <= _MAX_GENITIVES
        and any(is_verb(w) for w in lower[: last + 1])
        and all(
            _CYRILLIC_WORD.fullmatch(word) and (word in _MORE or word not in FUNCTION_WORDS) for word in after[:size]
        )
    ):
        return last + size
    return last


_MORE = frozenset({"также", "только", "ещё", "еще"})


def _must_be_verb(lower: list[str], index: int) -> bool:
    """Whether the word at INDEX, more often a noun, is a verb here: `that hosts`, `to group`, `lists` before all else."""
    word = lower[index]
    if not index:
        return may_be_verb(word) and (len(lower) == 1 or lower[1] in DETERMINERS)
    before = lower[index - 1]
    # `the process of setting up a new`
    after = lower[index + 1] if index + 1 < len(lower) else ""
    if word.endswith("ing") and before in PREPOSITIONS and (after in DETERMINERS or after in _PARTICLES):
        return True
    return (before in {"that", "which", "it"} and may_be_verb(word)) or (before == "to" and word in VERB_BASES)


_TO_DO = frozenset(
    {"ability", "able", "attempt", "attempts", "capacity", "designed", "order", "technique", "tries", "way", "ways"}
)
_PARTICLES = frozenset({"up", "out", "off", "down"})


def _describes(lower: list[str], index: int) -> bool:
    """Whether the participle at INDEX goes with the noun after it, because another word already links."""
    word = lower[index]
    if _PASSIVE.fullmatch(word):
        return index + 1 == len(lower) or bool(_ADJECTIVE.fullmatch(lower[index + 1]))
    # `обработку входящих запросов`
    active = index and index + 1 == len(lower) and lower[index - 1] != "," and _ACTIVE.fullmatch(word)
    if active and any(map(is_link_word, lower[:index])):
        return True
    # `any tuple in the referencing relation`
    last = index and index + 1 == len(lower) and word.endswith(("ing", "ed"))
    if last and lower[index - 1] in _BEFORE_NOUN and any(map(is_link_word, lower[:index])):
        return True
    # `is an open source server`
    if index and word in VERB_BASES and lower[index - 1] in _ONE:
        return True
    # `use open source software`
    if index and word in VERB_BASES and is_bare_verb(lower[index - 1]) and lower[index - 1] not in _BEFORE_VERB:
        return True
    if not word.endswith("ed") or not index:
        return False
    before = lower[index - 1]
    if before in AUXILIARIES or before in PRONOUNS - DETERMINERS:
        return False
    return index + 1 == len(lower) and (before in PREPOSITIONS or before in DETERMINERS or is_finite(before))


_ONE = frozenset({"a", "an", "the"})
_BEFORE_NOUN = DETERMINERS - {"all", "both"}
_BEFORE_VERB = AUXILIARIES | frozenset({"help", "helps", "let", "lets", "make", "makes", "may", "to"})
_MODALS = frozenset({"can", "cannot", "may", "might", "must", "should", "will", "would", "could"})
_CAPITAL_ARTICLES = frozenset({"The", "A", "An"})
_MAX_GENITIVES = 2
_CYRILLIC_WORD = pattern(r"[а-яё]+(?:-[а-яё]+)*")
_PASSIVE = pattern(r"[а-яё]{2,}(?:[её]?нн|[еи]м)(?:ый|ая|ое|ые|ого|ой|ых|ым|ую|ому|ыми)")
"""A Russian passive participle before a noun is its adjective."""
_ACTIVE = pattern(r"[а-яё]{3,}(?:щ|вш)(?:ий|ая|ее|ие|его|ей|их|им|ую|ими|ем)(?:ся)?")
"""So is an active one where another word already links."""
_ADJECTIVE = pattern(r"[а-яё]{2,}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ых|их|ую|юю|ыми|ими|ей)")


def _compressed(found: list[str], lower: list[str]) -> str:
    """A long phrase as its verb, object and last preposition: `exposes routes to`; empty where it has them not."""
    verb = next((i for i, word in enumerate(lower) if is_finite(word) and is_participle_or_verb(word)), -1)
    if verb < 0 or lower[-1] not in PREPOSITIONS or verb > 1:
        return ""
    first = next((i for i in range(verb + 1, len(lower)) if lower[i] in PREPOSITIONS), len(lower) - 1)
    # `insert a line ending after the last word before the value of`: the last one belongs to a noun of its own.
    if sum(word in PREPOSITIONS and word not in _SIDES for word in lower[first:]) > _MAX_TIES:
        return ""
    if first < verb + 2 or "," in lower[verb:first] or any(is_participle_or_verb(word) for word in lower[verb + 1 :]):
        return ""
    last = len(lower) - 1 - (lower[-2] == "from" and lower[-1] in _SIDES)
    # `collects objects in one part of the heap`: what is collected is not of the heap.
    tie = [found[first], found[last - 1]] if lower[last] == "of" and first < last - 1 else []
    return " ".join([found[verb], found[first - 1], *tie, *found[last:]])


_MAX_TIES = 2
_SIDES = frozenset({"outside", "inside", "within", "above", "below", "behind"})


def _phrase_start(lower: list[str], *, opening: bool) -> int:
    """The first word of a phrase of LOWER's last words; -1 for none."""
    size = len(lower)
    commas = sum(word == "," for word in lower)
    if (
        opening
        and size - commas <= MAX_WORDS
        and not (commas and any(is_participle_or_verb(w) or w in PRONOUNS for w in lower[:-1]))
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
        if is_participle_or_verb(lower[index]) or (
            index and lower[index - 1] in _BEFORE_BASE and lower[index] in VERB_BASES
        ):
            return index
        if not index and _must_be_verb(lower, 0):
            return 0
    # Without a verb only a definition's own phrase says what the two have to do with each other.
    return -1


def _joins_verbs(lower: list[str], comma: int) -> bool:
    """Whether the words after a comma begin with a verb of their own."""
    after = [word for word in lower[comma + 1 :] if word not in JOINING]
    return bool(after) and is_participle_or_verb(after[0])


BARE_PREPOSITIONS = word_set("on of to at about as than per above under у к о об по на до за при")
"""Alone they do not say how two things are tied."""
_QUANTIFIERS = frozenset({"each", "every", "some", "any", "all", "both"})
_BEFORE_BASE = frozenset({"and", "or", "to", "can", "that", "which", "will", "must", "may"})
WITH_VERB = word_set(
    "not no never cannot can can't could may must should will would is are be been was were does do did doesn't don't "
    "isn't aren't to has have had не нельзя может могут должен должны"
)
