"""Predicates: where a sentence without a subject begins to say something, and what it says further of the same subject."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.clauses import clause_start, is_enumeration, is_unsaid, modifies
from orgkb.concepts.relations.labels import is_cut, polished, without_leap
from orgkb.concepts.relations.phrases import MAX_WORDS, phrase
from orgkb.concepts.relations.verbs import DETERMINERS, is_finite, is_verb, may_be_verb
from orgkb.patterns import pattern

_MAX_FURTHER = 6
_MAX_GAP = 90


def second_verb(between: str) -> int:
    """Where the second verb of a subject begins in BETWEEN, the words after the object of its first: ` and pulls `; else -1."""
    match = _AND.match(between)
    if not match:
        return -1
    word = match["verb"].lower()
    if is_finite(word) and word not in _NO_SECOND and word not in PREPOSITIONS:
        return match.start("verb")
    if not match["and"] or not may_be_verb(word):
        return -1
    after = between[match.end() :].split(None, 1)[:1]
    return match.start("verb") if after and after[0] in DETERMINERS else -1


_AND = pattern(
    r"(?:,?\s(?P<and>and\sthen|and|then|but|и|а\sтакже|но)|,)\s(?:(?:also|then|thus|therefore|only|usually|также|затем)\s)?"
    r"(?P<verb>[^\W\d_]{3,})\s"
)
_NO_SECOND = word_set("is are was were has have had does did can may will would should must could be been")


def further(text: str, hits: list[Hit], at: int, begin: int, label: str) -> Iterator[tuple[Hit, str]]:
    """The concepts after that of index AT, with their phrases: what the predicate that begins at BEGIN of TEXT goes on to say.

    LABEL leads to the one of index AT.  `receives A, B and C`, `sends A to B`, `receives A and forwards B`.
    """
    previous, first = hits[at], at
    for hit in hits[at + 1 : at + 1 + _MAX_FURTHER]:
        between = text[previous.end : hit.start]
        rest = text[hit.end : hit.end + 40]
        if len(between) > _MAX_GAP:
            return
        if is_enumeration(between):
            pass
        elif (verb := second_verb(between)) >= 0:
            begin = previous.end + verb
            if clause_start(text, begin, hit.start) != begin:
                return
            label, first = polished(phrase(text[begin : hit.start])), hits.index(hit)
        else:
            words = between.lower().split()
            if "," in between or not 0 < len(words) <= MAX_WORDS or clause_start(text, begin, hit.start) != begin:
                return
            if words[0] not in PREPOSITIONS or words[0] in _OF_ITS_NOUN:
                return
            names = [other.mention.text for other in hits[first : hits.index(hit)]]
            longer = polished(without_leap(phrase(text[begin : hit.start]), names))
            # Of another verb nobody knows whose it is.
            if not longer or longer.split()[-1].lower() not in words or longer.split()[0] != label.split()[0]:
                return
            label = longer
        if (
            not label
            or "\t" in between
            or "," in label
            or is_unsaid(rest)
            or is_cut(label, hit.mention.text, rest)
            or modifies(hit.mention.text, rest)
        ):
            return
        yield hit, label
        previous = hit


_OF_ITS_NOUN = frozenset({"of", "like", "as", "with", "without", "than"})
"""What follows upon them belongs to the noun before."""


def said_of_title(said: str) -> str:
    """The linking phrase in SAID, a predicate up to a concept: from an adjective on where it begins with one, `responsible for`."""
    words = said.split()
    adjective = words[:1] and words[0].lower() in _ADJECTIVES
    label = phrase(said, opening=bool(adjective))
    own = label.split()
    if not own or not adjective or own[0].lower() == words[0].lower():
        return label[:1].lower() + label[1:] if adjective else label
    at = next((i for i in range(len(words)) if words[i : i + len(own)] == own), -1)
    words[0] = words[0].lower()
    return " ".join(words[: at + len(own)]) if at > 0 and at + len(own) <= MAX_WORDS else ""


def predicate_start(text: str, *, many: bool) -> int:
    """Where TEXT begins to say something of a subject that it does not name: `Can remove …`, `It is used to …`; -1 where not.

    Of MANY things verbs say it without an `s`.
    """
    opening = _OPENING.match(text)
    assert opening is not None  # each part of it may be empty
    start = opening.end()
    words = [word.lower().strip(",;:") for word in text[start : start + 80].split()[:5]]
    if len(words) < 2 or not words[0].isalpha():
        return -1
    first, rest = words[0], [word for word in words[1:] if word not in _ADVERBS and not word.endswith("ly")]
    if not rest:
        return -1
    second = rest[0]
    third = rest[1] if len(rest) > 1 else ""
    if first in _MODALS:
        if first in _FUTURE and not opening[1]:
            return -1  # below a command: `will list …`
        done = second == "be" and third.endswith(("ed", "en", "wn", "un", "lt", "nt", "ld"))
        return start if (second != "be" and second in VERB_BASES) or (done and is_verb(third)) else -1
    if first in _COPULAS:
        if second in _ADJECTIVES or (is_verb(second) and not is_finite(second) and not second.endswith("ing")):
            return start if (third in PREPOSITIONS or third == "to") and rest[2:3] != ["note"] else -1
        return -1
    if first in _ADJECTIVES or first in _PARTICIPLES:
        return start if second in PREPOSITIONS and third not in {"not", "note"} else -1
    if len(first) >= _MIN_VERB and is_verb(first) and not first.endswith("ss"):
        if first.endswith("ed"):
            # `Improved completion` is what there is.
            plain = (
                second in PREPOSITIONS or second in DETERMINERS or second in {"to", "using"} or words[1].endswith("ly")
            )
            return start if plain else -1
        if _THIRD_PERSON.fullmatch(first):
            return start if f"{first} {second}" not in _IDLE else -1
        return start if many and first in VERB_BASES and text[start].islower() else -1
    return -1


_MIN_VERB = 4
_IDLE = frozenset({"turns out", "takes quite", "takes a", "seems that", "means that", "follows that"})
_OPENING = pattern(
    r"[\s*/_]*((?:It|They|Он|Она|Оно|Они)\s)?(?:(?:also|then|only|usually|typically|often|mainly|mostly|generally)\s)?"
)
_ADVERBS = word_set(
    "also then only usually typically often mainly mostly generally not never always then even just commonly"
)
_MODALS = word_set("can may must should will could might")
_FUTURE = word_set("will would")
_COPULAS = word_set("is are was were")
_ADJECTIVES = word_set(
    "responsible capable similar needed necessary useful essential independent dependent adjacent equivalent equal part "
    "subject analogous relevant important suitable crucial vital"
)
_PARTICIPLES = word_set("built written held kept found made run known sent given taken driven bound set put drawn seen")
_THIRD_PERSON = pattern(r"[a-z]+s|[а-яё]+(?:ет|ит|ют|ят|ат|ется|ится|ются|ятся|ан|ен)")
