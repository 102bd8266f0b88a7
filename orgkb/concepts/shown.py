"""How the name of a term is shown: as a glossary has it, whatever title or list the notes have it in."""

from __future__ import annotations

from collections.abc import Container, Iterable

from orgkb.concepts import folding, forms, number
from orgkb.concepts.frequency import english_count
from orgkb.concepts.lexicon import KEYWORDS, is_verb
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.term import Term

_AS_WRITTEN = frozenset({"id-node", "radio-target", "target", "index"})
"""Rules of what is no word of a sentence: titles of nodes, anchors, entries of an index."""
_SHOUTING = frozenset({"heading", "section-title", "section-opening", "repeated", "bold", "bold-label"})
"""Rules of names that may be in capitals because their title is: `* INHERITANCE`."""
_LEAST = 5
"""Letters of a word that is no acronym."""
_COMMON = 500
"""Occurrences in the English list from which a word is common."""
_GERMAN = "en"
"""How the German plurals end that have a singular here."""


def name_of(term: Term, spelt: Iterable[str], known: Container[str], language: str = "") -> str:
    """The name of TERM in the singular and in small letters, unless the writer gave it as the name.

    SPELT are the texts that mention it in running text, KNOWN the folded names of all terms; LANGUAGE is that of the notes
    it stands in, empty for English and Russian.
    """
    name = term.name
    if not _AS_WRITTEN.isdisjoint(term.rules) or term.kind is ConceptKind.CODE or term.settled:
        return name
    if name.isupper() and "heading" in term.rules and _SHOUTING.issuperset(term.rules):
        name = in_small_letters(name)
    if language:
        name, spelt = _in_language(name, spelt, language)
        if not (_is_english(name) or name.endswith(_GERMAN)):
            return name
    return number.in_the_singular(name, spelt, term.definitions[0].text if term.definitions else "", known)


def _in_language(name: str, spelt: Iterable[str], language: str) -> tuple[str, list[str]]:
    """NAME in the singular where the notes, in LANGUAGE, have it among the texts SPELT; and these."""
    texts = list(spelt)
    folded = frozenset(" ".join(text.casefold().split()) for text in texts)
    one = forms.one_of(name.casefold(), folded, language)
    return (one.capitalize() if name[0].isupper() else one) if one else name, texts


def _is_english(name: str) -> bool:
    """Whether NAME, in notes in another language, is of English words."""
    return all(english_count(word) >= _COMMON for word in name.lower().split())


def in_small_letters(name: str) -> str:
    """NAME, all in capitals, in small letters where it is of English words: `INHERITANCE` is Inheritance, `CRUD` stays."""
    return name.capitalize() if all(map(_is_shouted, folding.words(name))) else name


def _is_shouted(word: str) -> bool:
    """Whether WORD, in capitals, is an English noun and neither an acronym nor a keyword of a language."""
    lower = word.lower()
    return len(word) >= _LEAST and english_count(lower) >= _COMMON and lower not in KEYWORDS and not is_verb(lower)
