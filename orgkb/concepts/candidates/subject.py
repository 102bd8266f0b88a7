"""A first sentence with its title as the subject, or with that left out: `Ферменты ускоряют …` below `* Ферменты`, `Es una rama …`."""

from __future__ import annotations

import re

from orgkb.concepts import cleaning, folding
from orgkb.concepts.candidates import telling
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.lexicon.european_names import LOOSE, PREPOSITIONS, QUESTIONS
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

_LEFT_OUT = pattern(
    r"\s*(?:(?:[Tt]ambién\sllamad[oa]s?|[Aa]nche\sdett[oa]|[Aa]ussi\sappelée?)\s[^.;:,\n]{3,50}?,?\s)?(?:"
    r"(?:[Ee]s|[ÉÈ]|[éè])\s(?:(?:solo|s[oó]lo|simplemente|anche|semplicemente)\s)?(?=(?:une?|una|uno|el|la|lo|il|o|a|um|uma|aquell?[ao]?|cualquier|tod[oa])\s[^\W\d_]|l['’][^\W\d_])"
    r"|(?:[Ss]on|[Ss]ono|[Ss]ão)\s(?=(?:(?:los|las|el|la|un[oa]s|i|gli|le|os|as|aquell[ao]s)\s)?[^\W\d_]{4,}\s(?:que|de|del|con|para|en|che|di|dei|per|in|da|do)\s)"
    r"|[Cc]['’]est\s(?=(?:une?|le|la|les)\s[^\W\d_]|l['’])|[Cc]e\ssont\s(?=(?:des|les)\s)|[Ii]l\ss['’]agit\sd(?:e\s(?:la\s)?|u\s|['’])(?=[^\W\d_])"
    r"|(?:[Ee]s|[Dd]ies|[Dd]as)\sist\s(?=(?:eine?|der|die|das)\s[^\W\d_])|[Ee]s\shandelt\ssich\s(?:hierbei\s|dabei\s)?um\s(?=[^\W\d_])"
    r"|[Tt]rátase\sde\s|[Ss]e\strata\sde\s|[Ss]i\stratta\sdi\s)"
)
"""In other languages the copula begins where the title is not said again."""
_USED_FOR = pattern(
    r"\s*(?P<does>[Uu]sat[oaie]|[Uu]tilizzat[oaie]|[Ss]erv(?:e|ono)|[Uu]sad[oa]s?|[Uu]tilizad[oa]s?|[Ss]irven?|[Ee]mplead[oa]s?|[Uu]tilisée?s?|[Uu]tilisable"
    r"|[Vv]erwendet|[Bb]enutzt|[Dd]ient)\s(?:per|para|pour|por|a|à|um|zum|zur|für)\s(?=[^\W\d_])"
)
"""`usata per la memorizzazione dei valori` below a title."""
_ACTS = pattern(
    r"\s*(?P<does>[^\W\d_]{3,}(?:a|e|an|en|ent|ono|ano|em|am))\s(?:(?:assieme|insieme|siempre|toujours|sempre)\s)?"
    r"(?:(?:el|la|los|las|una?|il|lo|i|gli|uno|les|des|une|os|as|uma?)\s|l['’]|un['’])[^\W\d_]{3,}"
)
"""`Representa un vector`, `lega assieme i domini`: a noun has no article behind it."""
_ARTICLES = word_set(
    "the a an der die das ein eine el la los las un una unos unas le les une il lo i gli o os as um uma"
)
_WORD = pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ELIDED = pattern(r"\s*[Ll]['’]")
_LITTLE = word_set(
    "может могут должен должна должны имеет имеют бывает бывают находится находятся требует требуют есть нет был была были стоит зависит зависят "
    "ist sind war waren wird werden hat haben kann können muss müssen soll sollen darf gibt braucht es son está están era fue tiene tienen puede pueden "
    "debe deben hay est sont était a ont peut peuvent doit doivent è sono era ha hanno può possono deve devono é são tem têm pode podem"
)
_RUSSIAN_VERB = pattern(r"[а-яё]{2,}(?:[аяеёиую]т|[аеи]тся|[ую]тся|ятся)")
_FOREIGN_VERB = pattern(r"[a-zà-ÿß]{3,}")
_PRAISES = pattern(r"(?:is|are)\sone\sof\sthe\s(?:best|most|main|key)\b")
_LEAST_WORDS = 5


def begins(prose: str, title: str, language: str, *, item: bool) -> int:
    """Where in PROSE, the first text of the section called TITLE, the definition begins; -1 where none does.

    LANGUAGE is that of the document, empty for English and Russian.
    """
    if language and (match := _LEFT_OUT.match(prose)):
        return match.end()
    if language and (match := _USED_FOR.match(prose) or _ACTS.match(prose)) and _does(match["does"].lower(), language):
        return match.start("does")
    if item:
        return -1
    verb = _verb(prose, title)
    if verb is None:
        return -1
    begin = verb.start()
    said = prose[begin:].partition("\n\n")[0]
    word = verb[0].lower()
    if len(prose.split(None, _LEAST_WORDS)) < _LEAST_WORDS:
        return -1
    if language and not _is_russian(word):
        told = word not in _LITTLE and _FOREIGN_VERB.fullmatch(word) and word not in EVERY_SMALL_WORD
        return begin if told else -1
    return begin if verb_tells(said, word) else -1


def verb_tells(said: str, word: str) -> bool:
    """Whether SAID, English or Russian, which begins with the verb WORD, says what its subject does, is or is for."""
    if word in _LITTLE:
        return False
    if _is_russian(word):
        return is_verb(word) or telling.tells(said, word)
    return telling.tells(said.lower(), word) and not _PRAISES.match(said)


def _is_russian(word: str) -> bool:
    return not word.isascii() and _RUSSIAN_VERB.fullmatch(word) is not None


def _does(word: str, language: str) -> bool:
    """Whether WORD, before an article in LANGUAGE, is what somebody does rather than a small word or an instruction."""
    return (
        language != "de"
        and word not in EVERY_SMALL_WORD
        and word not in _LITTLE
        and word not in _ORDERS
        and word not in PREPOSITIONS | LOOSE | QUESTIONS
    ) or word in {"verwendet", "benutzt", "dient"}


_ORDERS = word_set(
    "usa abre haz ejecuta instala crea añade agrega pulsa escribe mira prueba cambia borra copia descarga elige selecciona busca revisa calcula suma "
    "usa apri esegui installa crea aggiungi premi scrivi guarda prova cambia copia scarica scegli seleziona cerca calcola "
    "use abra execute instale crie adicione pressione escreva veja teste mude copie baixe escolha selecione procure calcule "
    "utilise ouvre exécute installe crée ajoute appuie écris regarde teste change copie télécharge choisis cherche calcule "
    "sea sean sia siano seja sejam soit dada dado data dato siano falta falten este esta estos ante antes cuando mientras desde sobre"
)
"""What tells the reader to do something."""


def _verb(prose: str, title: str) -> re.Match[str] | None:
    """The word behind TITLE where PROSE begins with that, with or without an article; None where it does not."""
    wanted = folding.words(cleaning.clean(title).name)
    if not wanted:
        return None
    start = match.end() if (match := _ELIDED.match(prose)) else 0
    words = list(_WORD.finditer(prose, start, min(len(prose), start + _WINDOW)))
    if words and words[0][0].lower() in _ARTICLES:
        words = words[1:]
    if len(words) <= len(wanted):
        return None
    subject = prose[words[0].start() : words[len(wanted) - 1].end()]
    last, verb = words[len(wanted) - 1 : len(wanted) + 1]
    if verb[0].lower() in _KINDS and len(words) > len(wanted) + 1 and prose[last.end() : verb.start()].isspace():
        last, verb = words[len(wanted) : len(wanted) + 2]
    # A mark between them begins something else.
    joined = prose[last.end() : verb.start()].isspace()
    same = joined and "\n" not in subject and folding.key(subject) == folding.key(cleaning.clean(title).name)
    return verb if same and verb[0].lower() not in FUNCTION_WORDS - _COPULAS else None


_COPULAS = word_set("is are")
_KINDS = word_set(
    "algorithm approach command constraint distribution effect function instruction keyword law layer method model operation operator "
    "pattern principle property protocol rule system technique theorem theory алгоритм метод модель оператор паттерн принцип протокол теорема функция эффект"
)
"""What may say behind the title what kind of thing that is: `The decorator pattern attaches …` below `* Decorator`."""
_WINDOW = 160
