"""Clauses: where they begin, what their subject is, what they deny."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orgkb.concepts import spelling
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS
from orgkb.concepts.lexicon.english import AUXILIARIES
from orgkb.concepts.lexicon.tables import proper_words
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.relations.verbs import (
    BASES,
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
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

CLAUSE_LENGTH = 300
"""How many characters before a concept may belong to its clause."""

_ENDING_WORDS = (
    *("so that", "because", "when", "while", "but", "although", "if", "where", "whereas", "since", "unless"),
    *("чтобы", "когда", "если", "поэтому", "так как", "потому что", "но"),
)
_FIRST = "".join(sorted({words[0] + words[0].upper() for words in _ENDING_WORDS}))


def _by_letter(words: Iterable[str]) -> str:
    """A rule for WORDS behind their first letters, which it looks back at."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word[1:].replace(" ", r"\s"))
    return "|".join(f"(?<=[{first}{first.upper()}])(?:{'|'.join(rest)})" for first, rest in by_letter.items())


# Two sets of signs and letters, case and all, come first: then most characters are passed at a glance.
BOUNDARY = pattern(
    rf"[.;:!?\s()\[\]\0,=-](?:(?<=[.;:!?])\s|(?<=\s)(?:(?:{DASH}|\+)\s|\.(?=\w))|(?<=[()\[\]\0])|(?<=[-=])>|(?<=\n)\s*\n|"
    r"(?<=,)\s+(?=(?i:and|but|or|which|what|how|it|they|а|но|и|то|как|что)\b))|"
    rf"[{_FIRST}](?<!\w.)(?i:{_by_letter(_ENDING_WORDS)})\b\s?"
)
"""Where a clause ends and the words after it say something of their own."""

_ASIDE = pattern(r"\([^()\n]{1,60}\)")


def without_asides(text: str, end: int) -> str:
    """TEXT up to END, where closed parentheses are blank: they interrupt a clause without ending it."""
    head = text[:end]
    return _ASIDE.sub(lambda match: " " * len(match.group()), head) if "(" in head else head


_ADDRESSED = pattern(
    r"(?:where|in which|with which|that)?\s*(?:you|we|one(?!\s(?:of|or)\s)|users|people)\s+(?=\S)", re.IGNORECASE
)


def without_persons(text: str) -> str:
    """A clause without the reader as its subject: `where you can write` says what can be written."""
    text = text.lstrip()
    match = _ADDRESSED.match(text)
    return text[match.end() :] if match else text


def clause_start(text: str, start: int, end: int) -> int:
    """Where the clause that goes on at END begins, not before START."""
    found = start
    if not _may_end(text[start:end]):
        return found
    for match in BOUNDARY.finditer(text, start, end):
        # `provide: …` goes on.
        if text[match.start()] == ":" and (last := _LAST_WORD.search(text, start, match.start())):
            word = last.group().lower()
            if word not in AUXILIARIES and is_finite(word):
                continue
        found = match.end()
    return found


_LAST_WORD = pattern(r"[^\W\d_]+$")


def _may_end(text: str) -> bool:
    """Whether `BOUNDARY` may be found in TEXT: mostly not, and to look for parts of it takes a tenth of the time."""
    if _ENDING_SIGN.search(text):
        return True
    folded = text.casefold()
    if any(part in folded for part in _ENDING_PARTS):
        return True
    return not text.isascii() and any(part in folded for part in _RUSSIAN_ENDING_PARTS)


_ENDING_SIGN = pattern(r"[^\w \t'’]")
_ENDING_PARTS = tuple(words.split()[0] for words in _ENDING_WORDS if words.isascii())
_RUSSIAN_ENDING_PARTS = tuple(words.split()[0] for words in _ENDING_WORDS if not words.isascii())


def has_other_subject(text: str, subjects: list[int]) -> bool:
    """Whether a clause says something about another thing than the one defined.

    TEXT runs from the start of the clause to a concept; SUBJECTS are the indexes after the concepts
    named in it before.  `Docker can build` makes Docker the subject, `containers running in` does not.
    """
    first = WORD.match(text.lstrip())
    if first and first.group().lower() in _PERSONS and not _COUNTED.match(text):
        return True
    # `prove why you are`
    if _ASKING.search(text):
        return True
    # `It is important to note that pods are …`
    if " that " in text and _NOTING.search(text):
        return True
    return any(is_subject(text[end:]) for end in subjects)


_COUNTED = pattern(r"\s*one\s(?:of|or)\s", re.IGNORECASE)
_NOTING = pattern(r"\b(?:note|noted|notice|mention|mentioned|remember|say|said|known|assume|suppose)\sthat\s")
_ASKING = pattern(
    r"[WwHh](?<!\w.)(?i:(?<=w)hy|(?<=w)hether|(?<=h)ow)\s+(?i:you|we|they|i|it|the)\b|"
    r"[ПпКк](?<!\w.)(?i:(?<=п)очему|(?<=к)ак)\s+(?i:вы|мы|они)\b"
)


def has_noun_subject(text: str) -> bool:
    """Whether a sentence, which begins with TEXT, has a subject of its own that is no concept: `The message will …`."""
    match = _NOUN_SUBJECT.match(text)
    if not match:
        return False
    found = [word.lower() for word in WORD.findall(match["rest"])][:_MAX_SUBJECT]
    for index, word in enumerate(found):
        if word in PREPOSITIONS or word in PRONOUNS or word == ",":
            return False
        if index and is_finite(word):
            return True
    return False


def has_subject_beside(name: str, text: str) -> bool:
    """Whether TEXT, which is to say what NAME is, is a sentence about something else: `The heart would be shown as …`."""
    match = _BESIDE.match(text) or _OTHERS.match(text)
    if match is None:
        return False
    said = match[0].lower().split()
    if any(word in _NO_SUBJECT for word in said[:-1]):
        return False
    return not any(word[:_STEM] == other[:_STEM] for word in said for other in name.lower().split())


_NO_SUBJECT = (PRONOUNS | PREPOSITIONS | AUXILIARIES) - word_set(
    "all each both several many most their its our any of"
) | word_set("and or to not если когда где кто что и или который которая которое которые")
_STEM = 5
_OTHERS = pattern(
    r"\s*(?:[^\W\d_][\w’'-]*\s){1,5}?(?:will|can|cannot|may|might|must|should|would|could|are|were|have|могут|может|будет|будут|должны|должен"
    r"|являются|является)\s"
)
"""`most active users will …`, `значения весов могут …`"""


_BESIDE = pattern(
    r"\s*(?:The|An?)\s(?:[a-z-]+\s)?(?!that\b|which\b|who\b)[a-z]+\s(?:is|are|was|were|will|would|can|could|may|might|must|should|has|have|had)\s"
)
_NOUN_SUBJECT = pattern(r"\s*(?:The|A|An|Each|Every|Any|Some|Most|Such)\s+(?P<rest>\S.*)", re.DOTALL)
_MAX_SUBJECT = 4


def is_subject(rest: str) -> bool:
    """Whether a concept is the subject of what follows it, REST: a finite verb comes next."""
    # `Istio's core consists of`: what is its own says it too.
    rest = _OWN.sub("", rest, count=1) if rest[:1] in "'’" else rest
    rest = rest.lstrip()
    word = WORD.match(rest)
    # In `Mozilla Fetch API` the verb is a name.
    if word is None or word.group()[0].isupper():
        return False
    verb = word.group().lower()
    if is_finite(verb):
        return True
    # `the standard changed its name`, but not `the name changed in 2015`, which may be a participle; `stores the name`
    # is no noun either
    if not (verb.endswith("ed") and is_verb(verb)) and not may_be_verb(verb):
        return False
    after = WORD.match(rest[word.end() :].lstrip())
    return after is not None and after.group() in DETERMINERS


_OWN = pattern(r"['’]s\s+[a-z]+(?=\s)")


_PERSONS = word_set("you we i they one users people someone мы вы ты я они")


def is_modifier(rest: str) -> bool:
    """Whether a concept is only the first part of a longer name: REST, the text after it, goes on with a noun."""
    if re.match(r"['’]s\b", rest) or is_compound(rest):
        return True
    if rest[:1] in "'’" and (owned := _OWNED.match(rest)):
        return owned[1] not in FUNCTION_WORDS and not is_verb(owned[1])
    match = re.match(r"(?:\s[\"“«]?|-)(?P<word>[^\W\d_]{2,}[\w'’-]*)", rest)
    if not match:
        return False
    word = match["word"].lower().replace("’", "'")
    if word in FUNCTION_WORDS or is_participle_or_verb(word) or not word.isascii():
        return False
    return not (word.endswith("ly") or word in _AFTER_NOUNS)


_OWNED = pattern(r"['’]\s([a-z]{2,})")
"""`the buffers’ keymap`"""


def is_compound(rest: str) -> bool:
    """Whether a concept is only half of an adjective: REST, the text after it, goes on `-based system`."""
    return _COMPOUND.match(rest) is not None


_COMPOUND = pattern(
    r"(?:[\s-](?:aware|based|bound|driven|intensive|oriented|specific)|"
    r"-(?:agnostic|compatible|dependent|free|friendly|heavy|independent|level|like|only|optimized|powered|ready|related|style|wide))\s(?!(?:on|upon|to|in|by|at|with|for|and|or)\b)[A-Za-z]"
)
_AFTER_NOUNS = word_set(
    "again alone available away back etc forever here itself later ready responsible there themselves together"
)


_CLASSIFIER = pattern(
    r"\s(?:command-line\s)?(?:tools?|utility|daemon|protocol|format|algorithm|language|framework|compiler|keyword)\b"
)


def is_apposition(name: str, rest: str, classes: re.Pattern[str] = _CLASSIFIER) -> bool:
    """Whether REST, the text after NAME, only says to which of CLASSES it belongs: `kubectl command-line tool`."""
    if classes.match(rest) is None:
        return False
    # `distributed training framework`, `just-in-time compiler`; docker-machine is a name
    if name.islower() and all(spelling.is_known(part) and part not in proper_words() for part in _PARTS.split(name)):
        return False
    return not spelling.is_known(name.lower()) or spelling.is_name(name)


_PARTS = pattern("[ -]")


def modifies(name: str, rest: str) -> bool:
    """Whether NAME before REST is only the first part of a longer name, which it does not say all of."""
    # A Russian noun describes no foreign word behind it: `кластер K8S`.
    return name.isascii() and is_modifier(rest) and not is_apposition(name, rest)


def is_generic(name: str) -> bool:
    """Whether NAME is what a text calls the thing that its heading has named: `the tool`, `сервис`."""
    return name.lower() in _GENERIC_SUBJECTS


_GENERIC_SUBJECTS = word_set(
    """
    application command daemon database framework function language library method model module package plugin program
    service system tool utility библиотека инструмент команда метод модель модуль программа сервис система функция язык
    """
)


_COUNTING = pattern(
    r"(?:kind|type|sort|form|number|variety|set|group|collection|list|series|range|part|instance|version)s?",
    re.IGNORECASE,
)


def is_action(name: str, prose: str, start: int, end: int) -> bool:
    """Whether NAME, from START to END of PROSE, says what is done: the `process` of `resources to process queries`."""
    doing = name.endswith("ing")
    if not name.islower():
        return name.lower() in BASES and _is_ordered(prose, start, end)
    before, rest = prose[max(0, start - 14) : start], prose[end : end + 20]
    # `trees to partition the space`: before an object it is a verb, whether or not any list has it.
    if before.endswith(" to ") and (match := _OBJECT.match(rest)) and match[1] in DETERMINERS:
        return True
    if not (doing or name in BASES):
        return False
    if doing and _DOING.search(before) and (match := _OBJECT.match(rest)):
        return match[1].lower() not in FUNCTION_WORDS and not is_verb(match[1].lower())
    if name not in BASES:
        return False
    if _MODAL.search(before):
        return True
    match = _OBJECT.match(rest)
    if not match or not before.endswith("to "):
        return _is_ordered(prose, start, end)
    word = match[1].lower()
    return word in DETERMINERS or not (word in FUNCTION_WORDS or is_verb(word))


def _is_ordered(prose: str, start: int, end: int) -> bool:
    """Whether the verb from START to END of PROSE opens an order: `Multiply the weights`."""
    match = _OBJECT.match(prose, end)
    return bool(match and match[1].lower() in DETERMINERS and _OPENING.search(prose, max(0, start - 4), start))


_OPENING = pattern(r"(?:^|[-–—:.;]\s|\n)\s?$")
_MODAL = pattern(r"\b(?:can|cannot|could|may|might|must|should|will|would)\s(?:also\s|not\s)?$", re.IGNORECASE)
_DOING = pattern(r"\b(?:used\sfor|for|by|when|while|\wing\s(?:and|or)|\wing,)\s$")
_OBJECT = pattern(r"\s([A-Za-z]+)")


def is_counting(name: str, prose: str, end: int) -> bool:
    """Whether NAME, which ends at END of PROSE, only leads to the noun after `of`: the `kind` of `kind of pod`."""
    return prose.startswith(" of ", end) and _COUNTING.fullmatch(name) is not None


def is_unsaid(rest: str) -> bool:
    """Whether REST, the text after a concept, says that nobody states it: `uses Vagrant?`, or that it is cut: `TCP/IP`."""
    return _UNSAID.match(rest) is not None


_UNSAID = pattern(r"[^.!?;\n(]{0,20}\?(?:\s|$)|/[A-Z]")
_WITHOUT = pattern(r"\b(?:without|instead\s+of|rather\s+than|без|вместо|кроме)\b", re.IGNORECASE)
_SENTENCE_END = pattern(r"[.;!?]\s")


def is_item(text: str) -> bool:
    """Whether TEXT, the words of a clause before a concept, ends with the begin of a list's item: `namespaces, limits through`."""
    _, comma, last = text.rpartition(",")
    found = WORD.findall(last.lower()) if comma else []
    return (
        len(found) > 1
        and found[-1] in PREPOSITIONS
        and found[0] not in FUNCTION_WORDS
        and not any(map(is_link_word, found[:-1]))
    )


def is_denied_word(text: str) -> bool:
    """Whether TEXT, the words of a clause before a concept, says no: `not AngularJS`."""
    return any(word.lower() in DENYING for word in WORD.findall(text))


def is_denied(text: str) -> bool:
    """Whether the last sentence of TEXT, up to a concept, says that it goes without it."""
    last = max((match.end() for match in _WITHOUT.finditer(text)), default=-1)
    return last >= 0 and not _SENTENCE_END.search(text, last)


def is_enumeration(text: str) -> bool:
    """Whether TEXT, between two concepts, only goes on listing: `, the` or ` and other`."""
    if _NO_LIST.search(text):
        return False
    lower = text.lower()
    if lower.isascii() and not ("," in lower or "and" in lower or "or" in lower):
        return False
    found = WORD.findall(lower)
    plain = [word for word in found if word not in JOINING]
    joins = any(word in {",", "and", "or", "и", "или", "либо", "а"} for word in found)
    if not joins or len(plain) > 1 or any(w in PREPOSITIONS or w in FUNCTION_WORDS for w in plain):
        return False
    # `persistent storage, automated rolling updates`
    return not any(map(is_verb, plain)) or (plain[0] not in _TELLING and _DESCRIBED.fullmatch(lower) is not None)


_NO_LIST = pattern(r"[.;:()\0]")
_DESCRIBED = pattern(r",\s(?:(?:and|or)\s)?[a-z]+ed\s")
_TELLING = frozenset({"based", "called", "named", "used", "defined", "included", "related"})
