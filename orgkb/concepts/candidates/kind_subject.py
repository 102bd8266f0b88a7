"""What a sentence that names its kind says of a thing in code: `The =fold= command wraps lines`, `La fonction ~max~ renvoie …`.

Set as code, or the title of the section: `La commande ls sert à …` below `* ls`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import cleaning, folding
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import subject
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.foreign import GERMAN_TELLS, ROMANCE_TELLS
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.text import Style
from orgkb.patterns import pattern

RULE = "kind-subject"
_KINDS = (
    r"annotation|attribute|class|command|constructor|decorator|directive|function|hook|instruction|keyword|library|macro|method|module|operator|package"
    r"|predicate|program|property|shell\sbuiltin|statement|structure|syscall|system\scall|tool|trait|type|utility"
)
_ROMANCE_KINDS = (
    r"commande|fonction|méthode|classe|programme|outil|opérateur|bibliothèque|comando|función|método|clase|programa|herramienta|operador|instrucción|biblioteca"
    r"|funzione|metodo|programma|strumento|operatore|libreria|istruzione|função|ferramenta"
)
_GERMAN_KINDS = "Befehl|Funktion|Methode|Klasse|Programm|Werkzeug|Operator|Bibliothek|Kommando|Anweisung"
_RUSSIAN_KINDS = "[Кк]оманда|[Фф]ункция|[Мм]етод|[Кк]ласс|[Уу]тилита|[Оо]ператор|[Пп]рограмма|[Пп]акет|[Бб]иблиотека|[Мм]акрос|[Дд]иректива|[Мм]одуль"
_NAME = r"(?P<{}>\0+|[^\W\d_][\w.-]*+)"
_START = r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+"
_SUBJECT = pattern(
    rf"{_START}(?:(?:The\s|An?\s)?(?:{_NAME.format('first')}\s(?:{_KINDS})|(?i:{_KINDS})\s{_NAME.format('second')})"
    rf"|(?:L[ae]s?\s|El\s|Il\s|L['’]|[OA]\s|Un[ae]?\s)(?:{_ROMANCE_KINDS})\s{_NAME.format('romance')}"
    rf"|(?:Der|Die|Das)\s(?:{_GERMAN_KINDS})\s{_NAME.format('german')}|(?:{_RUSSIAN_KINDS})\s{_NAME.format('russian')})\s(?=(?P<verb>[^\W\d_]+)\s\S)"
)
_HINTS = tuple(
    sorted(
        {
            *_KINDS.replace(r"\s", " ").split("|"),
            *_ROMANCE_KINDS.split("|"),
            *_GERMAN_KINDS.lower().split("|"),
            *(kind[4:] for kind in _RUSSIAN_KINDS.split("|")),
        }
    )
)
_TELLS = pattern(
    rf"(?:{ROMANCE_TELLS}|{GERMAN_TELLS}|serv(?:e|ono)\s(?:a|per|para)|permett(?:e|ono)\sdi|permitem?|renvoie|devuelve|retorna|restituisce)\s"
)
_GROUPS = ("first", "second", "romance", "german", "russian")
_LEAST_WORDS = 4
_NAMED = pattern(r"[^\W\d_][\w.+-]*[^\W_](?:\(\))?[!?]?")
"""A command or function, and no call, option or value."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Subjects in code, or which are the title, whose kind the sentence names, in notes."""
    if reading.is_prose:
        return
    titles: dict[int, str] = {}
    for block in reading.of_kind(BlockKind.HEADING):
        titles[block.headline] = folding.key(cleaning.clean(block.text).name)
    for block in reading.having(*_HINTS, kinds=TEXTS):
        for match in _SUBJECT.finditer(block.running):
            group = next(group for group in _GROUPS if match[group])
            start, end = match.span(group)
            name = block.text[start:end]
            code = block.running[start] == "\0"
            if code and not (block.flat.run_at(start).style & Style.OPAQUE and _NAMED.fullmatch(name)):
                continue
            if not code and folding.key(name) != titles.get(block.headline, ""):
                continue
            if _tells(block, match, group):
                yield from _defined(reading, block, (start, end), match.end(), confidence)


def _tells(block: Block, match: re.Match[str], group: str) -> bool:
    """Whether what goes on behind the subject that MATCH has found says what that does, is or is for."""
    said = block.running[match.end() :]
    if group in {"romance", "german"}:
        return _TELLS.match(said) is not None
    return subject.verb_tells(said, match["verb"].lower())


def _defined(
    reading: Reading, block: Block, name: tuple[int, int], begin: int, confidence: float
) -> Iterator[Candidate]:
    stop = sentence_end(block.text, begin, len(block.text))
    defined = definition_at(reading, block, begin, stop, rule=RULE, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
        return
    found = candidate(reading, block, *name, rule=RULE, confidence=confidence, check_shape=False, defined=defined)
    if found:
        yield structs.replace(found, kind=ConceptKind.CODE)
