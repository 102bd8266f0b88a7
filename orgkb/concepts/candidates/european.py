"""Names in notes in German or a Romance language as they are looked up: without their article, plurals with their singular."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import structs

from orgkb.concepts import folding, forms, names
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

RULE = "number"
"""What the aliases say that gave them."""
_TRUST = 0.8
_ARTICLE = {
    "es": pattern(r"(?:El|La|Los|Las|Un|Una)\s+(?=\S)"),
    "fr": pattern(r"(?:(?:Le|La|Les|Un|Une)\s+|L['’])(?=\S)"),
    "it": pattern(r"(?:(?:Il|Lo|La|I|Gli|Le|Un|Una|Uno)\s+|L['’])(?=\S)"),
    "pt": pattern(r"(?:O|A|Os|As|Um|Uma)\s+(?=\S)"),
    "de": pattern(r"(?:Der|Die|Das|Ein|Eine)\s+(?=\S)"),
}
_KINDS = word_set(
    "clases clase classes classe classi klassen klasse métodos método méthodes méthode metodi metodo methoden methode"
)
"""Words that say what several identifiers are: `Clases DatagramSocket y ServerSocket`."""
_IDENTIFIER = pattern(r"[A-Z]+[a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+")
_AS_WRITTEN = frozenset({"id-node", "radio-target", "target", "index", "description-item"})
_ARTICLES = word_set("el la los las le les il lo i gli o a os as")
_LONGEST = 4


class _Text:
    """The words of a document in small letters, looked at only where a name asks for them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def _words(self) -> str:
        return "".join(
            f"\n {' '.join(block.prose[token.start : token.end] for token in words)} ".lower()
            for block, words in zip(self._reading.blocks, self._reading.tokens, strict=True)
        )

    def has(self, phrase: str) -> bool:
        """Whether PHRASE, in small letters, stands in it."""
        return f" {phrase} " in self._words

    def has_without_article(self, phrase: str) -> bool:
        """Whether PHRASE, in small letters, stands in it with something else than an article before it."""
        return any(match[1] not in _ARTICLES for match in re.finditer(rf"(\S*) {re.escape(phrase)} ", self._words))


def as_looked_up(reading: Reading, found: Iterable[tuple[int, Candidate]]) -> Iterator[tuple[int, Candidate]]:
    """FOUND in READING, which is in a language with articles and plurals of its own: (order of the rule, candidate)."""
    text = _Text(reading)
    plurals: dict[str, tuple[Alias, ...]] = {}
    for order, candidate in found:
        if candidate.rule in _AS_WRITTEN:
            yield order, candidate
            continue
        plain = _without_article(candidate, reading.language, text)
        if plain.name not in plurals:
            plurals[plain.name] = tuple(_inflected(plain.name, reading.language, text))
        if aliases := plurals[plain.name]:
            plain = structs.replace(plain, aliases=(*plain.aliases, *aliases))
        yield order, plain


def _without_article(candidate: Candidate, language: str, text: _Text) -> Candidate:
    """CANDIDATE without an article before its name, or a word that says what kind of identifier it is."""
    name = candidate.name
    match = _ARTICLE[language].match(name)
    # `Las Vegas` stands nowhere without its article, `Los Puertos` does.
    cut = match.end() if match else 0
    if cut and not (name[cut].islower() or language == "de" or _is_used(name[cut:].lower(), language, text)):
        cut = 0
    first, _, rest = name.partition(" ")
    if not cut and first.lower() in _KINDS and candidate.rule == "named" and _IDENTIFIER.fullmatch(rest):
        cut = len(first) + 1
    plain = name[cut:]
    if not cut or names.impossible(plain):
        return candidate
    return structs.replace(candidate, name=plain, begin=candidate.begin + cut)


def _is_used(name: str, language: str, text: _Text) -> bool:
    """Whether NAME, in small letters, or what it is the plural of, stands in TEXT without an article."""
    return any(map(text.has_without_article, (name, *forms.singles(name, language))))


def _inflected(name: str, language: str, text: _Text) -> Iterator[Alias]:
    """How the notes write NAME in the other number."""
    lower = name.lower()
    if len(lower.split()) > _LONGEST or not lower.replace(" ", "").isalpha():
        return
    own = folding.key(lower)
    for plural in sorted(forms.several(lower, language)):
        if folding.key(plural) != own and text.has(plural):
            yield Alias(plural, AliasKind.PLURAL, RULE, _TRUST)
    for one in forms.singles(lower, language):
        if folding.key(one) != own and text.has(one):
            yield Alias(one, AliasKind.VARIANT, RULE, _TRUST)
