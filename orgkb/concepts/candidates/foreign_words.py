"""Single words that notes in German or a Romance language come back to: nouns that the language has far less often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from orgkb.concepts import folding, forms, frequency
from orgkb.concepts.lexicon import european, european_names
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

_KEYNESS = 150.0
"""How many times as often as in general language a word must occur."""
_OFTEN_KEYNESS = 80.0
"""The same for one that the notes have many times."""
_OFTEN = 5
_LEAST = 3
_SEVERAL_SECTIONS = 3
_MIN_SIZE = 1_000
"""Words of a document below which shares say little."""
_BEFORE_NOUNS = european.LEADING_WORDS | word_set(
    "de di d l qu dell nell all sull dall con com avec sin sem senza sans por pour per para entre otro otra outro outra autre altro"
)
"""What stands before nouns."""
_BETWEEN = word_set("e y et ou o u ed od como comme come ni né nem")
"""What ties words of any kind."""
_INFINITIVE = {"es": ("ar", "er", "ir"), "pt": ("ar", "er", "ir"), "it": ("are", "ere", "ire")}
"""Endings of verbs, which a preposition may stand before as well."""
_PARTICIPLE = {
    "es": pattern(r"(?P<stem>[^\W\d_]{2,}?)(?:ad|id)[oa]s?"),
    "pt": pattern(r"(?P<stem>[^\W\d_]{2,}?)(?:ad|id)[oa]s?"),
    "it": pattern(r"(?P<stem>[^\W\d_]{2,}?)(?:at|it|ut)[oaie]"),
    "fr": pattern(r"(?P<stem>[^\W\d_]{2,}?)(?:é|ée|és|ées)"),
}
_NO_NOUN = {
    "es": pattern(r".*(?:mente|ando|iendo|arse|erse|irse|arlo|erlo|ables?|ibles?|ivos?|ivas?|osas?|arias?)"),
    "pt": pattern(r".*(?:mente|ando|endo|indo|ar-se|er-se|áveis|ável|ível|íveis|ivos?|ivas?|osos?|osas?)"),
    "it": pattern(r".*(?:mente|ando|endo|arsi|ersi|irsi|abil[ei]|ibil[ei]|iv[oaie]|os[oaie])"),
    "fr": pattern(r".*(?:ement|amment|emment|ables?|ibles?|ifs?|ives?|euses?)"),
}
"""Endings of what are adverbs, gerunds and adjectives."""
_LIKE_ADJECTIVES = word_set(
    "objetivo motivo archivo archivos dispositivo dispositivos incentivo derivada variable variables cable tabla objetivos adjetivo operando "
    "variável variáveis arquivo arquivos motivo dispositivo adjetivo variabile variabili motivo motivi archivio obiettivo dispositivo "
    "élément éléments élement document documents événement événements table tables variable variables câble motif motifs objectif objectifs dispositif "
    "dispositifs fichier traitement traitements environnement argument arguments mouvement changement rendement directive directives perspective archive archives"
)
"""Nouns with such endings."""
_LOOSE_BEFORE = word_set(
    "mismo misma mismos mismas cada cualquier otro otra otros otras ese esa este esta tal mesmo mesma mesmos mesmas qualquer outro outra outros outras "
    "esse essa même mêmes chaque autre autres tel telle stesso stessa stessi stesse ogni altro altra altri altre quale tale nuevo nueva novo nova nouveau nouvelle nuovo nuova"
)
"""What says which one and is no part of a name: `la misma lengua`."""


_ARTICLES = word_set("el la los las un una unos unas le les une des il lo i gli uno o a os as um uma")


class Phrases(Protocol):
    """Where the phrases of a document stand."""

    places: dict[str, list[int]]
    size: int

    def surfaces(self, phrase: str) -> Iterator[str]:
        """How PHRASE is written at each of its places."""

    def followers(self, phrase: str) -> Iterator[str]:
        """The word behind each place of PHRASE that only a blank parts from it, in small letters."""

    def neighbours(self, phrase: str) -> Iterator[tuple[str, str]]:
        """The word before each place of PHRASE and the sign between."""


def is_loose(phrase: str, phrases: Phrases, language: str) -> bool:
    """Whether PHRASE, of several words, begins or ends with one that is no part of a name: `mesma linguagem`, `nodo envía`."""
    parts = phrase.split()
    small = european.SMALL_WORDS[language]
    if not small.isdisjoint((parts[0], parts[-1])) or parts[0] in _LOOSE_BEFORE or parts[-1] in european_names.LOOSE:
        return True
    if language == "de":
        return not all(surface.split()[-1][0].isupper() for surface in phrases.surfaces(phrase))
    # What an article follows is a verb: `el nodo envía la trama`.
    objects = sum(following in _ARTICLES for following in phrases.followers(phrase))
    return objects * 2 >= len(phrases.places[phrase])


def is_term(word: str, phrases: Phrases, language: str, sections: int) -> bool:
    """Whether the folded WORD is a noun that the notes have far more often than general LANGUAGE; SECTIONS have it."""
    if word in european.SMALL_WORDS[language] or word in european.GENERIC_WORDS or word in european_names.LOOSE:
        return False
    spelt = Counter(phrases.surfaces(word))
    if language == "de":
        # A noun has a capital wherever it stands.
        return all(surface[0].isupper() for surface in spelt)
    if all(any(map(str.isupper, surface[1:])) for surface in spelt):
        return True  # `TCP`, `JavaScript`
    lower = Counter(surface.lower() for surface in phrases.surfaces(word))
    form = max(lower, key=lambda surface: (lower[surface], surface))
    if not _is_noun(form, word, phrases, language):
        return False
    forms_of = {folding.key(plural) for plural in forms.several(form, language)} | {word}
    count = sum(len(phrases.places.get(each, ())) for each in forms_of)
    keyness = count / max(phrases.size, _MIN_SIZE) / _share(form, language)
    if count < _LEAST and sections < _SEVERAL_SECTIONS:
        return False
    return keyness >= (_OFTEN_KEYNESS if count >= _OFTEN else _KEYNESS)


def _share(form: str, language: str) -> float:
    """The share of FORM in general LANGUAGE, or of the form of it that the list has."""
    found = {form, *forms.singles(form, language)}
    return max(frequency.general_share(language, each) for each in found)


def _is_noun(form: str, word: str, phrases: Phrases, language: str) -> bool:
    """Whether FORM, which stands where WORD does in PHRASES, is a noun of LANGUAGE: by its ending, and by what stands before it."""
    if form not in _LIKE_ADJECTIVES and _NO_NOUN[language].fullmatch(form):
        return False
    done = form.endswith(_INFINITIVE.get(language, ())) or _PARTICIPLE[language].fullmatch(form) is not None
    before_nouns = _BEFORE_NOUNS if language == "pt" else _BEFORE_NOUNS - {"no", "na"}
    total = led = behind = 0
    for before, sign in phrases.neighbours(word):
        if not before or before in _BETWEEN or sign not in {"", "'", "’"}:
            continue
        total += 1
        led += before in before_nouns and (not done or before in european.LEADING_WORDS)
        behind += before not in before_nouns and before not in european.EVERY_SMALL_WORD
    if not led:
        return False
    return led * 2 >= total if done or behind * 2 > total else led * 3 >= total


def german_plurals(phrase: str, phrases: Phrases, rule: str) -> tuple[Alias, ...]:
    """How German notes write PHRASE, which RULE finds, in the plural: `Sprachen`, of Sprache, `Wörter`, of Wort."""
    found = [phrase + ending for ending in ("n", "en", "e", "se")]
    at = max(phrase.rfind(vowel) for vowel in "aou")
    at -= phrase[at - 1 : at + 1] == "au"  # Baum, Bäume
    if at > 0:
        bent = phrase[:at] + _UMLAUTS[phrase[at]] + phrase[at + 1 :]
        found += [bent + ending for ending in ("e", "er")]
    return tuple(
        Alias(next(phrases.surfaces(plural)), AliasKind.PLURAL, rule, _PLURAL_TRUST)
        for plural in found
        if plural in phrases.places
    )


_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}
_PLURAL_TRUST = 0.8
