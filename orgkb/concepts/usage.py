"""How a word that may name a concept is used where it stands: as a verb, or as the middle of another name."""

from __future__ import annotations

import re

from orgkb.concepts.candidates.repeated import is_loose_word
from orgkb.concepts.folding import fold_word
from orgkb.concepts.frequency import english_count
from orgkb.concepts.lexicon import FUNCTION_WORDS, GENERIC_WORDS, SECTION_WORDS, is_verb
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.tables import known_names, proper_names
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.signs import is_adjective, is_quality
from orgkb.concepts.spelling import is_formed, is_known, is_slip
from orgkb.patterns import pattern

_MODAL = pattern(
    r"\b(?:can|cannot|could|may|might|must|should|will|would|don't|doesn't|didn't|won't|let's|please)\s(?:also\s|not\s|always\s|never\s|then\s|only\s)?$"
    r"|\b(?:do|does|did)\snot\s$",
    re.IGNORECASE,
)
_TO = pattern(r"\bto\s$", re.IGNORECASE)
_SURELY_TO = pattern(
    r"\b(?:used|able|how|in\sorder|try|tries|trying|tried|wants?|needs?|helps?|possible|difficult|easy|hard|designed|intended|supposed"
    r"|going)\sto\s$",
    re.IGNORECASE,
)
"""`used to model the effects`: a verb follows, be it one that no list has."""
_OBJECT = pattern(r"\s([A-Za-z]+)")
_DETERMINERS = word_set(
    "a an the its their his her our your my this these those each every some any all it them us him both"
)
_ARTICLES_AFTER = word_set("a an the its their his her our your my this these those another")
"""What begins the object of a verb in `-s`; `100 requests each second` has none."""
_OBJECT_OF_ORDER = (_DETERMINERS - {"that"}) | {"what", "next", "previous", "current", "new", "multiple", "another"}
"""What begins the object of an order; `a daemon: process that runs` has none."""
_BEFORE = 24
_WORD_BEFORE = pattern(r"([\w'’]+)\s$")
_LINKS = word_set("and or not also then now longer that which who always never still just only simply you we they i")
"""What stands before a verb, and never right before a noun that has no article and another noun phrase behind it."""
_NO_ADVERBS = word_set(
    "apply supply reply comply rely multiply only family assembly anomaly early daily weekly monthly yearly hourly friendly"
    " likely lonely lovely ugly elderly possibly probably namely especially particularly"
)
"""What ends like an adverb and may stand before a noun."""
_TO_NOUN = pattern(
    r"\b(?:from|access(?:es)?|belongs?|equal|sensitive|regards?|subject|relative|similar|relevant|related|according|due|next|close|compared|respect|addition"
    r"|refers?|leads?|reference|response|pointer|link|convert(?:s|ed)?|maps?|mapped|attach(?:es|ed)?|bound|binds?|sent)\b[^.;:]*\sto\s$",
    re.IGNORECASE,
)
"""`from view to view model`, `attached to process groups`: no verb follows."""


_ALSO_VERBS = word_set(
    "model sample cluster weight train score structure profile sequence pattern stack estimate mark overlap paste plot trace print count hash dump fork"
)
"""What is so often a noun that only its place tells the verb: `used to model the effects`."""


def is_verb_here(prose: str, start: int, end: int) -> bool:
    """Whether the word of PROSE from START to END, a verb and a name, is the verb: `to process queries`, `we map it`."""
    word = prose[start:end]
    lower = word.lower()
    if (
        word == lower
        and prose[max(0, start - 3) : start - 1].lower() == "to"  # few are, and to look further takes longer
        and _SURELY_TO.search(prose, max(0, start - _BEFORE), start)
        and is_known(word)
    ):
        return True
    if lower not in VERB_BASES and lower not in _ALSO_VERBS:
        return lower.endswith("s") and _is_third_person(prose, start, end)
    following = _OBJECT.match(prose, end)
    after = following[1].lower() if following else ""
    if (
        following
        and after in _OBJECT_OF_ORDER
        and word[1:].islower()
        and following[1] != "A"  # `process A and B`
        and _OPENS.search(prose, max(0, start - _BEFORE), start)
    ):
        return True  # `Delete a pod`
    if word != lower:
        return False
    before = prose[max(0, start - _BEFORE) : start]
    if _MODAL.search(before):
        return True
    if not after:
        return False
    if _TO.search(before):
        if after in _DETERMINERS:
            return True
        # `the node to process` ends, `from view to view model` leads to something, `users to request credentials` does.
        return not (after in FUNCTION_WORDS or is_verb(after)) and not _TO_NOUN.search(prose, max(0, start - 60), start)
    previous = _WORD_BEFORE.search(before)
    said = previous[1].lower() if previous else ""
    if said.endswith("ly") and said not in _NO_ADVERBS:
        return after in _DETERMINERS or after not in FUNCTION_WORDS
    return after in _DETERMINERS and (said in _LINKS or (not said and before.endswith((", ", ") ", "– ", "— "))))


def _is_third_person(prose: str, start: int, end: int) -> bool:
    """Whether the word from START to END, a plural or a verb in `-s`, is the verb: `the driver mounts the volume`."""
    stem = prose[start : end - 1].lower()
    if not any(form in VERB_BASES or form in _ALSO_VERBS for form in (stem, stem.removesuffix("e"))):
        return False
    following = _OBJECT.match(prose, end)
    if following is None:
        return False
    before = prose[max(0, start - _BEFORE) : start]
    after = following[1].lower()
    if after not in _ARTICLES_AFTER:
        # A plural stands before no other noun: `Returns remainders`, `packages with tests`.
        return following[1].islower() and _is_noun(after) and _OPENS.search(before) is not None
    if prose[start].isupper():
        return _OPENS.search(before) is not None
    previous = _WORD_BEFORE.search(before)
    if previous is None:
        return True
    said = previous[1].lower()
    return said in _SUBJECTS or not (said in FUNCTION_WORDS or said.isdigit() or is_verb(said) or said in _QUANTITIES)


def _is_noun(word: str) -> bool:
    return not (word in FUNCTION_WORDS or is_verb(word) or word in _QUANTITIES or word.endswith(_OF_ADJECTIVES))


_OF_ADJECTIVES = ("ent", "ant", "able", "ible", "ful", "less", "ed", "ly", "ing")
_OPENS = pattern(r"(?:^|[.!?:;]\s|\s(?:-{1,3}|[–—→]|->)\s|\t|\s\s|\b\d\)\s)$")
"""Where a sentence begins, or what is said of the thing before: `C-c b - list the buffers`."""
_SUBJECTS = word_set("that which who it also and always never then he she now only")
_QUANTITIES = word_set("other new many several few multiple different various such same two three four five")


_IDIOM = pattern(r"\b(?:by|in|out\sof|for|as|of|at)\s$", re.IGNORECASE)
_IDIOMS = word_set(
    "default order general particular fact case turn addition example instance course rule first last least once"
)


def is_idiom(prose: str, start: int, end: int) -> bool:
    """Whether the word from START to END only belongs to a set phrase: `by default`, `in order to`."""
    return (
        prose[start:end] in _IDIOMS
        and _IDIOM.search(prose, max(0, start - 8), start) is not None
        and _SAME_PHRASE.match(prose, end) is not None
    )


def is_quantity(prose: str, start: int, end: int) -> bool:
    """Whether the word from START to END only counts what follows: `a collection of resources`, `the range of values`."""
    return (
        prose.startswith(" of ", end)
        and prose[start:end] in _QUANTITY
        and _ONE.search(prose, max(0, start - 14), start) is not None
    )


def qualifies(prose: str, start: int, end: int) -> bool:
    """Whether the word from START to END says in the everyday way how the next one is: `full path`, `the next value`."""
    word = prose[start:end]
    if word.lower() not in _QUALIFIERS or word.isupper():
        return False
    following = _OBJECT.match(prose, end)
    if following is None or not following[1].islower():
        return False
    after = following[1]
    return not (after in FUNCTION_WORDS or is_verb(after))


_QUALIFIERS = word_set(
    """
    complete entire final first full good great important last long main new next old original own previous proper real
    right same separate short similar simple single small special specific typical usual whole wrong
    """
)
_QUANTITY = word_set("collection range number variety series kind sort type form part group lot couple majority")
_ONE = pattern(r"\b(?:an?|the|this|that|any|some|each|every|wide|large|small|whole|what)\s$", re.IGNORECASE)
_SAME_PHRASE = pattern(r"\s(?:to|that|of|the|a|an|if|when|it|they|is|are|and|or)\b|[.,;:)!?]|\s*$|\s[-–—]|\n")


def is_inside_name(prose: str, start: int, end: int) -> bool:
    """Whether the everyday word from START to END stands amid a longer name: the `State` of `Representational State Transfer`."""
    if prose[end : end + 1] != " " or not _TITLE.fullmatch(prose, start, end):
        return False
    before = _CAPITAL_BEFORE.search(prose, max(0, start - _LONGEST), start)
    if before is None or before[0] in _ARTICLES or _CAPITAL_AFTER.match(prose, end) is None:
        return False
    name = prose[start:end]
    return is_known(name.lower()) and name not in proper_names() and name not in known_names()


_TITLE = pattern(r"[A-Z][a-z]{2,}")
_LONGEST = 24
_ARTICLES = frozenset({"The ", "This ", "Each ", "Every ", "All ", "Any "})
_CAPITAL_BEFORE = pattern(r"(?<![^\s(\"“])[A-Z][A-Za-z]{2,} $")
_CAPITAL_AFTER = pattern(r" [A-Z][a-z]{2,}\b")


def begins_name(prose: str, start: int, end: int) -> bool:
    """Whether the name from START to END only begins that of another thing: the `AWS` of `AWS Kinesis`.

    What the notes name besides, as the API of `Kubernetes API`, is for the caller to spare.
    """
    if not (prose[end : end + 1] == " " and prose[end + 1 : end + 2].isupper() and prose[start].isupper()):
        return False
    following = _NAME_AFTER.match(prose, end)
    if following is None:
        return False
    lower = following[1].lower()
    return not (
        lower in FUNCTION_WORDS or lower in SECTION_WORDS or lower in GENERIC_WORDS or lower.endswith(("ing", "ed"))
    )


_NAME_AFTER = pattern(r" ([A-Z][a-z]{2,})(?![\w.(/_-]*[\w(/_])")


def ends_name(prose: str, start: int, end: int) -> bool:
    """Whether the proper name from START to END only ends that of another thing: the `Linux` of `Kali Linux`."""
    if prose[start - 1 : start] != " " or not prose[start].isupper():
        return False
    before = _COINED_BEFORE.search(prose, max(0, start - _LONGEST), start)
    if before is None:
        return False
    name = prose[start:end]
    return (name in proper_names() or name in known_names()) and _is_coined(before[1].lower())


def _is_coined(word: str) -> bool:
    return english_count(word) < _RARE and not is_slip(word) and not is_formed(word)


_RARE = 200
"""Occurrences in the English list below which a word with a capital is a name rather than the word."""
_COINED_BEFORE = pattern(r"(?<![^\s(\"“])([A-Z][a-z]{2,}) $")


def is_argument(prose: str, start: int, end: int) -> bool:
    """Whether the word from START to END stands for a value in a line of code: the `buffer` of `flush(buffer, 2)`; or is its key."""
    if prose[end : end + 1] in _QUOTES and prose[end + 1 : end + 2] == ":" and prose[start - 1 : start] == prose[end]:
        return True  # `{'size': 3}`
    if prose[start - 1 : start] != "(" or start < len("f("):
        return False
    called = _CALLED.search(prose, max(0, start - _BEFORE), start)
    if called is None:
        return False
    if _ARGUMENTS.match(prose, end):
        return True
    # A word behind others that a parenthesis explains: `the first sector of the disk(MBR)`.
    return prose[start].islower() and prose[end : end + 1] == ")" and called["alone"] is not None


_QUOTES = ("'", '"')
_CALLED = pattern(r"(?P<alone>^|\n|[-+] |= ?|\t|\s\s|class )?(?<![^\s(=,!-])[a-z_][\w.]*\($")
_ARGUMENTS = pattern(r",\s?[\w*\[]|=\w|\.\.\.\)|\)\s?(?:[;{}+*<>=])")


def is_kind_of(prose: str, start: int, end: int) -> bool:
    """Whether the everyday word from START to END is what another noun makes a term of: the `price` of `strike price`."""
    if prose[start - 1 : start] != " " or not prose[start].islower():
        return False
    before = _PLAIN_BEFORE.search(prose, max(0, start - _LONGEST), start)
    if before is None:
        return False
    word = prose[start:end]
    if max(english_count(word), english_count(fold_word(word))) < _EVERYDAY:
        return False
    noun = before[1]
    return not (
        is_loose_word(noun)
        or noun in _QUANTITIES
        or is_verb(noun)
        or noun.endswith((*_OF_ADJECTIVES, "est"))
        or is_quality(noun)
        or is_adjective(noun)
    )


_PLAIN_BEFORE = pattern(r"(?<![^\s(])([a-z]{3,}) $")
_EVERYDAY = 10_000
"""Occurrences in the English list from which a word means little alone."""


def is_of_firm(prose: str, end: int) -> bool:
    """Whether the name that ends at END is only the begin of that of a firm: the `Docker` of `Docker Inc.`."""
    return _FIRM.match(prose, end) is not None


_FIRM = pattern(r",? (?:Inc|Ltd|LLC|GmbH|Corp|Corporation|Technologies)\b")
