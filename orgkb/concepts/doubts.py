"""Doubts about a name once all that the notes say is known: topics, instructions, labels, halves, slips.

The candidate rules look at one place.  Here the whole term is judged: every spelling, every rule that
found it, and whether the notes ever use it elsewhere.  What is doubted goes to the review.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from orgkb.concepts import (
    advice,
    folding,
    foreign_names,
    frequency,
    halves,
    orders,
    passing,
    properties,
    signs,
    spelling,
    topics,
)
from orgkb.concepts.lexicon import (
    FUNCTION_WORDS,
    INFORMAL_WORDS,
    KEYWORDS,
    LOOSE_WORDS,
    SECTION_WORDS,
    TOPIC_HEADS,
    morphology,
)
from orgkb.concepts.lexicon.tables import known_names, proper_words
from orgkb.concepts.term import Term
from orgkb.patterns import pattern

FACTOR = 0.2
"""What is left of the confidence of a doubted term: below the threshold even where something defines it."""

_TITLE_RULES = frozenset({"heading", "heading-object", "section-title"})
_POSITION_RULES = _TITLE_RULES | {
    "bold",
    "bold-label",
    "called",
    "sibling",
    "example",
    "named",
    "parenthesis",
    "explained-item",
}
"""What finds a name by where it stands or how it is written."""
_LABEL_RULES = _POSITION_RULES | {"dash-item", "dash-line", "dash-heading", "colon-item", "colon-line", "copula"}
"""Those and the rules that take what stands before a dash, a colon or `is` for a term, whatever it is."""


_STRESSED = frozenset({"bold", "repeated", "sibling", "parenthesis"})
"""What finds a word that is stressed, or that English hardly has."""
_FOUND_RULES = frozenset({"named", "example", "known-term", "repeated", "parenthesis"})
"""What finds a name in running text, where nobody marked it."""


def is_doubtful(term: Term, sections: int, *, used: bool = True, language: str = "") -> bool:
    """Whether TERM is hardly a name; SECTIONS are those that use it apart from where the rules found it.

    One spelling that is beyond doubt clears it.  USED tells whether any text holds it outside of longer names, LANGUAGE
    is that of the notes, empty for English and Russian.
    """
    rules = frozenset(term.rules)
    if term.settled:
        return False
    if rules == {"target"}:
        return not term.definitions and _is_address(term.name)
    if properties.is_property(term) or properties.is_field(term):
        return True
    if rules <= {"heading", "section-title", "known-term"} and sections < _MANY_SECTIONS and topics.is_label(term.name):
        return True
    if rules <= _ORDERING and halves.denies_or_counts(term.name):
        return True
    if (
        halves.compares(term.name)
        or signs.is_greeting(term.name)
        or (rules <= _ORDERING and orders.is_order(term.name))
    ):
        return True
    told = any(definition.rule != _SENTENCE for definition in term.definitions)
    if language and not term.explicit and foreign_names.is_no_name(term.name, rules, sections, language, defined=told):
        return True
    if not told and not term.explicit and _is_passing(term.name, rules, sections, used=used):
        return True
    if rules <= _VALUED and term.definitions and all(_VALUE.fullmatch(d.text.strip()) for d in term.definitions):
        return True
    if term.explicit or not rules <= _LABEL_RULES | {"repeated", "table-row", "section-opening", "colon-heading"}:
        return False
    if advice.is_label(term, rules):
        return True
    spelt = dict.fromkeys([term.name]) | dict.fromkeys(
        place.candidate.name for place in term.places if not place.candidate.supports
    )
    length = len(term.definitions[0].text.split()) if term.definitions else 0
    told_of = _Told(_gloss(term), 0 < length <= _FEW, length > _GLOSS, bool(language))
    return all(_is_doubted(name, rules, sections, told_of) for name in spelt)


_SENTENCE = "statement"
"""The rule of what a sentence says of a thing, which may be anything."""


def _is_passing(name: str, rules: frozenset[str], sections: int, *, used: bool) -> bool:
    """Whether NAME, which nothing defines, is only mentioned on the way, or cut from a longer name."""
    if rules <= _FOUND_RULES | {"sibling", "explained-item"} and passing.is_passing(name, sections):
        return True
    alone = rules <= {"named", "example"} and not sections
    if alone and (
        passing.is_of_somebody(name)
        or name.startswith("Custom ")
        or passing.is_capitalised_word(name)
        or (passing.is_generic_title(name) and not properties.is_listed(name))
    ):
        return True
    if rules <= {"known-term", "repeated"} and passing.is_general(name, sections):
        return True
    if rules == {"repeated"} and (name.lower() in halves.PREFIXES or name.partition(" ")[0] in _OF_THE_MOMENT):
        return True
    if rules == {"sibling"} and not sections and _MERIT.fullmatch(name) and not properties.is_listed(name):
        return True  # `Velocity`, one of the merits of something
    # Every place of it lies inside a longer name: `Partitioned global address`.
    return not used and rules <= {"named", "repeated"} and " " in name


_OF_THE_MOMENT = frozenset({"installed", "created", "specified", "associated", "underlying", "future"})
"""What begins a repeated phrase that tells which one is meant: `the installed package`."""


_FEW = 2
"""Words of a definition that is a value or another name rather than an explanation."""
_GLOSS = 6
"""Words of the longest translation of a word."""


class _Told(NamedTuple):
    """What is known of the definition of a term."""

    language: str
    """Empty, or whether it is in the `same` language as the name or in the `other` one."""
    few: bool
    """Whether it is a word or two."""
    long: bool
    """Whether it explains rather than translates."""
    foreign: bool
    """Whether the notes are in another language than English and Russian."""


def _gloss(term: Term) -> str:
    """How TERM is defined: empty, in the `other` language than its own, or in the `same`."""
    if not term.definitions:
        return ""
    text = term.definitions[0].text
    return "same" if bool(_CYRILLIC.search(text)) == bool(_CYRILLIC.search(term.name)) else "other"


_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)


def _is_doubted(name: str, rules: frozenset[str], sections: int, told: _Told) -> bool:
    name = _ACCENT.sub("", name)
    if properties.is_listed(name):
        return False
    if orders.is_instruction(name) or is_oblique(name) or halves.is_said(name):
        return True
    if rules <= (_LABEL_RULES | {"table-row"}) - {"section-title"} and (
        halves.is_related(name) or halves.is_attribute(name)
    ):
        return True
    if rules <= {"heading", "heading-object"} and not sections and len(name.split()) > _LONGEST_TITLE:
        return True
    parts = folding.words(name)
    if len(parts) == 1:
        return _is_doubted_word(name, rules, told)
    slips = rules <= _POSITION_RULES and not told.foreign
    if slips and is_misspelt(name, least=_MIN_NAME_SLIP if "named" in rules else _MIN_SLIP):
        return True
    if rules == {"copula"} and (_OF_THE.search(name) or (name.islower() and parts[0] in _PLACED)):
        return True  # `the phase of a pod is …`, `the second argument is …`
    if not (parts[0].isascii() or parts[-1].isascii()) and _has_no_noun(parts):
        return True
    if parts[0].lower() in LOOSE_WORDS or properties.is_ranked(parts):
        return True
    if rules <= _POSITION_RULES | {"repeated"} and properties.is_merit(parts):
        return True
    if rules <= {"colon-item", "sibling", "repeated"} and parts[0].lower() in _BETTERED:
        return True
    if rules <= _TITLE_RULES | {"section-opening"} and topics.is_done(name):
        return True
    if rules <= _TITLE_RULES:
        return topics.is_topic(name) and (not sections or topics.is_account(name) or topics.is_of_a_country(name))
    # `*Critic against Utilitarianism:*` over a list
    return "bold-label" in rules and rules <= {"bold", "bold-label"} and halves.is_related(name)


_OF_THE = pattern(r"\sof\s(?:an?|the)\s")
_PLACED = frozenset({"actual", "current", "final", "first", "second", "third", "last", "next"})


def _has_no_noun(parts: list[str]) -> bool:
    """Whether the PARTS of a Russian name, an adverb first, can be no nouns: `особенно ярко`."""
    first, *rest = (part.lower() for part in parts)
    return morphology.is_function_word(first) and all(
        not part.isascii() and part.isalpha() and _is_bare_adjective(part) for part in rest
    )


_MANY_SECTIONS = 3
"""Sections that use the title of a part from which it is what the notes are about."""
_LONGEST_TITLE = 3
"""Words of a title that is a name though the notes never use it again."""
_ACCENT = pattern("[\u0301\u00ad]")


_BETTERED = frozenset({"reduced", "increased", "improved", "enhanced", "decreased", "easier"})
"""What lists of merits begin with: `Improved transparency: …`."""
_ORDERING = _LABEL_RULES | {"bold-dash", "bold-colon"}
"""Not a tag of a description list, which may explain an idiom: `get a load of it :: …`."""
_VALUED = frozenset({"bold-dash", "bold-colon", "dash-item", "colon-item", "description-item"})
_VALUE = pattern(
    r"(?:default(?:s to)?:?\s\S+(?:\s\S+)?|function|string|boolean|bool|int|integer|number|float|object|array|list|dict|any"
    r"|[\"'`]\S*[\"'`]|true|false)[.,;]?",
    re.IGNORECASE,
)
"""What type or value an option has: all that the notes say of `beforeSend`."""


# --- addresses ---

_ANCHOR = pattern(r"[a-z0-9]+(?:[-_][a-z0-9]+)+|[a-z]{1,16}")


def _is_address(name: str) -> bool:
    """Whether NAME, of a target that nothing else names, is made for links: `kernel-update`, not `control plane`."""
    return bool(_ANCHOR.fullmatch(name)) and name not in KEYWORDS and not properties.is_listed(name)


# --- Russian names in an oblique case ---


def is_oblique(name: str) -> bool:
    """Whether the Russian NAME stands in a case that only a sentence gives it: `льготных кредитов`, `методом`.

    A name stands in the nominative; what follows its head noun may have any case.
    """
    if _LATIN_PREFIX.match(name):
        return False  # `K-средних`
    for word in folding.words(name.lower()):
        if word.isascii() or not word.isalpha():
            continue
        if not morphology.is_known(word):
            return False
        forms = [form for form in morphology.forms(word) if form.part in {"NOUN", "ADJF", "PRTF"}]
        if not forms:
            return False
        if not any(form.case == "nomn" for form in forms):
            return True
        if any(form.part == "NOUN" for form in forms):
            return False
    return False


_LATIN_PREFIX = pattern("[A-Za-z0-9]{1,3}-[а-яё]")


# --- single words ---

_EMPHASIS = pattern(r"[A-Za-z]?[a-z]+[A-Z]{2,}[a-z]*")
_MIN_EMPHASIS = 5


def _is_doubted_word(name: str, rules: frozenset[str], told: _Told) -> bool:
    lower = name.lower()
    defined = told.language
    if not name.isascii():
        return defined != "other" and _is_bare_adjective(lower)
    if not name.isalpha() or lower in KEYWORDS:
        return False
    if lower.endswith("ly") and (signs.is_quality(lower[:-2]) or signs.is_quality(lower[:-4])):
        return True  # `dynamically`
    if rules <= _POSITION_RULES:
        # `inSULT` shows where the stress is.
        if len(name) >= _MIN_EMPHASIS and _EMPHASIS.fullmatch(name) and frequency.english_count(lower) >= _COMMON:
            return True
        if not told.foreign and is_misspelt(name, least=_MIN_NAME_SLIP if name[0].isupper() else _MIN_SLIP):
            return True
    if any(c.isupper() for c in name[1:]):
        return False
    if rules <= _TITLE_RULES and (folding.fold_word(lower) in TOPIC_HEADS or _is_section_slip(lower)):
        return True
    if lower in INFORMAL_WORDS and rules <= _LABEL_RULES and told.few:
        return True  # `prod - CRI-O`
    if (
        not defined
        and rules <= _STRESSED
        and name.islower()
        and signs.is_adjective(lower)
        and name not in proper_words()
    ):
        return True  # `as *diverse* as possible`
    quality = rules <= _LABEL_RULES and signs.is_quality(lower) and not lower.endswith("ed")
    if defined == "other":
        return quality and told.long  # a word with its translation is what notes on a language are about
    if passing.is_place(lower):
        return True
    if quality:
        return True  # one of several kinds of something, whose name is longer: `Agglomerative`
    if rules == {"copula"} and (name.islower() or not defined) and frequency.english_count(lower) >= _COMMON:
        return True  # `offset is a floating point number`
    if defined or not rules <= _POSITION_RULES or lower in FUNCTION_WORDS:
        return False
    counted = max(map(frequency.english_count, (lower, folding.fold_word(lower))))
    if "named" in rules:  # `Spark`, `Notion`, `Opera` are written like names
        return counted >= _COMMON and bool(_ABSTRACT.fullmatch(lower))
    return counted >= _EVERYDAY


@lru_cache(maxsize=10_000)
def _is_section_slip(word: str) -> bool:
    """Whether WORD, which English does not have, is a slip of what notes call their parts: `glosary`."""
    if len(word) < _MIN_SLIP or spelling.is_known(word):
        return False
    return any(
        other[0] == word[0] and spelling.is_one_edit(word, other)
        for other in SECTION_WORDS
        if len(other) > _MIN_NEAR_LENGTH
    )


_MIN_NEAR_LENGTH = 5
_ABSTRACT = pattern(r"[a-z]{2,}(?:ance|ence|ment|ness|ity|ly|[a-z]{3}ing|[a-rt-z]s)")
"""Endings of everyday words that are hardly the names of products: `Recognizing`, `Outputs`, not `Spring`."""
_MERIT = pattern("[A-Z]?[a-z]+(?:ity|ness|ment|ance)")
"""Endings of what lists of merits and aims hold."""
_COMMON = 500
"""Occurrences in the English list from which a word is common."""
_EVERYDAY = 10_000
"""The same from which a word that only its place makes a candidate means what it means everywhere: `decision`."""


def _is_bare_adjective(word: str) -> bool:
    """Whether the Russian WORD can be no noun: `истинные`, `идеально`, not `данные`."""
    if not morphology.is_known(word):
        return False
    return all(form.part in {"ADJF", "ADJS", "PRTF", "PRTS", "COMP", "ADVB", "PRED"} for form in morphology.forms(word))


def is_misspelt(name: str, least: int) -> bool:
    """Whether a word of NAME, one of LEAST letters or more, misspells a common English word: `Promt Engineering`."""
    for word in folding.words(name):
        if not (word.isascii() and word.isalpha() and len(word) >= least) or any(c.isupper() for c in word[1:]):
            continue
        lower = word.lower()
        folded = folding.fold_word(lower)
        if word in known_names() or spelling.is_known(lower) or spelling.is_known(folded) or spelling.is_formed(lower):
            continue
        meant = _MIN_NEAR if word.islower() else _MIN_NEAR_NAME
        if spelling.near_count(lower) >= meant:
            return True
    return False


_MIN_NEAR = 300
"""Occurrences in the English list of the word that is meant."""
_MIN_NEAR_NAME = 1_000
"""The same for a word with a capital, which may be a name."""
_MIN_SLIP = 6
_MIN_NAME_SLIP = 8
"""Letters of a word that is rather a name: `Figma`, `Spack`."""
