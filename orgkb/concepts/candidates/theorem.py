"""Theorems, laws and definitions under their titles, and what stands there.

`* Law of Large Numbers`, `** Theorem 3 (Bayes)`, `** Definition: Group` with a paragraph below; a paragraph that begins with
`*Definition.*` or stands in `#+begin_definition` below `* Group`; the paragraph below `** Definition` below `* Group`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from orgkb.concepts import acronyms, cleaning, names
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import stated
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.lexicon.european_names import PREPOSITIONS as EUROPEAN_PREPOSITIONS
from orgkb.concepts.lexicon.words import word_set
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "theorem"
BELOW_RULE = "definition-below"
_KINDS = word_set(
    "theorem lemma conjecture axiom postulate paradox inequality principle teorema lema axioma conjetura postulado paradoja "
    "desigualdad principio théorème lemme axiome postulat paradoxe inégalité principe satz vermutung ungleichung paradoxon "
    "prinzip congettura assioma disuguaglianza теорема лемма аксиома неравенство парадокс постулат принцип"
)
_FOUND = word_set(
    "fallacy dilemma effect bias hypothesis imperative razor falacia dilema efecto sesgo hipótesis dilemme effet biais hypothèse "
    "effekt hypothese trugschluss эффект гипотеза дилемма"
)
"""What else names, at the end of a title, what the text below states: `Doppler effect` over `The pitch rises when …`."""
_LAWS = word_set("law laws ley loi gesetz legge lei закон")
_OF = word_set("of de del du des vom von der di da do")
_DEFINITION = r"(?:definition|def|definición|définition|definizione|definição|определение)"
_NUMBERED = pattern(
    r"\s*(?P<kind>[^\W\d_]+)\.?(?:\s+\d+(?:\.\d+)*\.?)?(?:\s+(?=[^\W\d_])|\s*[(:]\s*|\s+[–—-]\s+)(?P<name>[^\W\d_][^()\d:]{2,60}?)\)?\s*"
)
_HINTS = word_set(
    """
    theor lemm conj axiom post parad inequ princip teorema lema desig théor inég satz ungleich prinzip congett assiom disug vermut
    law ley loi gesetz legge lei def теорема лемма аксиома неравен парадокс постулат принцип закон опред
    fallac dilem effe efecto bias sesgo hypoth hipót imperativ razor trugsch эффект гипотез дилемм
    """
)
"""One of these stands in every title that announces a statement."""
_COUNT = pattern(r"\s+\d")
_LABEL = pattern(rf"\s*{_DEFINITION}(?:\s\d+(?:\.\d+)*)?\s?[.:]\s+(?=\S)", re.IGNORECASE)
_ALONE = pattern(
    rf"\s*(?:{_DEFINITION}|theorem|lemma|proposition|statement|теорема|лемма|утверждение|satz|teorema|théorème)(?:\s\d+(?:\.\d+)*)?\s?[.:]?\s*(?:\n|\Z)\s*",
    re.IGNORECASE,
)
"""A label alone on its line, however it is marked."""
_DEFINES = pattern(rf"\s*{_DEFINITION}(?:\s\d+(?:\.\d+)*)?\s?[.:]?\s*(?:\n|\Z)", re.IGNORECASE)
_CHILD = pattern(rf"\s*(?:formale?\s)?{_DEFINITION}s?\.?(?:\s\d+(?:\.\d+)*)?(?:\s\([^()]*\))?[:.]?\s*", re.IGNORECASE)
_NO_STATEMENT = pattern(
    r"\s*(?:since|because|proof|beweis|demostración|démonstration|доказательство|так\sкак|see|siehe|cf|todo|example|beispiel|used|useful|also)\b",
    re.IGNORECASE,
)
_BY_WHOM = PREPOSITIONS | EUROPEAN_PREPOSITIONS
_COMPOUND = pattern(
    r"[A-ZÄÖÜ][a-zäöüß]{3,}(?:satz|gesetz|prinzip|lemma|theorem|axiom|ungleichung|effekt|paradoxon|hypothese|trugschluss)"
)
_NO_THEOREM = pattern(r"(?:Daten|Ein|An|Um|Ab|Zu|Grund|Auf|Er|Gegen|Vor|Vorder|Haupt|Neben|Zeichen|Wort)satz")
_ONE_KIND = pattern(r"[A-Z][a-z]+/[a-z]+\s[a-z]+")
"""`Open/closed principle`: one name."""
_LONGEST = 500
_LEAST_WORDS = 4
_MOST_WORDS = 6


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Titles of theorems, laws and definitions with their statement, and titles with a definition that says it is one."""
    blocks = reading.blocks
    labelled = _labelled(reading)
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or index + 1 >= len(blocks):
            continue
        first = blocks[index + 1]
        if first.headline != block.headline or not (first.kind in TEXTS or block.headline in labelled):
            continue
        counted = after_number(block.prose)
        lower = block.prose.lower()
        if any(hint in lower for hint in _HINTS) and (named := _named(block.prose, counted, reading.language)):
            at, start = _behind_label(blocks, index + 1)
            if _states(blocks, at):
                yield from _defined(reading, block, named, blocks[at], start, rule=RULE, confidence=confidence)
            continue
        told, start = _told(reading, blocks, index, labelled.get(block.headline, ()))
        title = _whole_name(block.text, counted)
        if told and names.defined_shape(cleaning.clean(block.text[slice(*title)]).name):
            yield from _defined(reading, block, title, told, start, rule=RULE, confidence=confidence)


def find_below(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The paragraph below `** Definition` for the title above that."""
    titled: dict[int, Block] = {}
    blocks = reading.blocks
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            continue
        titled[block.headline] = block
        parent = titled.get(reading.document.headlines[block.headline].parent)
        if parent is None or index + 1 >= len(blocks) or not _CHILD.fullmatch(block.text):
            continue
        first = blocks[index + 1]
        if first.headline != block.headline or first.kind not in TEXTS or not _states(blocks, index + 1):
            continue
        counted = after_number(parent.prose)
        if block.text.rstrip(".: )")[-1:].isdecimal() and not stated.speaks_of(first.prose, parent.text[counted:]):
            continue
        if names.defined_shape(cleaning.clean(parent.text[counted:]).name):
            yield from _defined(
                reading, parent, (counted, len(parent.text)), first, 0, rule=BELOW_RULE, confidence=confidence
            )


def _named(title: str, counted: int, language: str) -> tuple[int, int] | None:
    """Where the name stands in a TITLE that announces a statement; None where it announces none."""
    match = _NUMBERED.fullmatch(title, counted)
    # `Определение по Коши` tells whose definition it is, not of what.
    if match and len(match["name"].split()) <= _MOST_WORDS and match["name"].split()[0].lower() not in _BY_WHOM:
        kind = match["kind"].lower()
        if kind in _KINDS and (
            _COUNT.match(title, match.end("kind")) or title[match.end("kind") :].lstrip()[:1] in "(:"
        ):
            return match.span("name")
        if _CHILD.fullmatch(match["kind"]):
            return match.span("name")
    place = _whole_name(title, counted)
    name = cleaning.clean(title[slice(*place)].rstrip(" .")).name
    words = name.lower().split()
    if _COMPOUND.fullmatch(name) and language == "de" and not _NO_THEOREM.fullmatch(name):
        return place
    if (
        not 1 < len(words) <= _MOST_WORDS
        or "," in name
        or ("/" in name and not _ONE_KIND.fullmatch(name))
        or not {"or", "and", "и", "или"}.isdisjoint(words)
    ):
        return None
    first, last = words[0], words[-1]
    stated = last in _KINDS | _FOUND or (
        first in _KINDS | _FOUND | _LAWS
        and (not _OF.isdisjoint(words[1:3]) or words[1].startswith(("d'", "d’")) or not first.isascii())
    )
    stated = stated or (last in _LAWS and words[-2].endswith(("'s", "’s", "s'", "s’")))
    return place if stated else None


def _whole_name(title: str, counted: int) -> tuple[int, int]:
    """Where the name stands in TITLE from COUNTED on: in `SRP - The Single Responsibility Principle` behind its acronym."""
    spelt = acronyms.spelt_out(title[counted:]) if ")" not in title else None
    return (counted + spelt[1][0], counted + spelt[1][1]) if spelt else (counted, len(title))


def _states(blocks: Sequence[Block], index: int) -> bool:
    """Whether the text INDEX, the first below its title, may be a statement: not a proof, a question, one of several items."""
    block = blocks[index]
    if _NO_STATEMENT.match(block.text) or block.text.rstrip().endswith("?") or (block.item and block.item.tag):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    alone = following is None or following.headline != block.headline or following.group != block.group
    return block.kind is BlockKind.PARAGRAPH or alone


def _labelled(reading: Reading) -> dict[int, list[tuple[Block, int]]]:
    """The paragraphs and items that begin with a label such as `Definition.`, and where they go on, by the headline they stand under."""
    found: dict[int, list[tuple[Block, int]]] = {}
    for block in reading.having("def", "опред", kinds=(BlockKind.PARAGRAPH, BlockKind.ITEM)):
        if match := _LABEL.match(block.text):
            found.setdefault(block.headline, []).append((block, match.end()))
    for index, block in enumerate(reading.blocks):
        if (
            block.kind is BlockKind.PARAGRAPH
            and _may_label(block.text)
            and _DEFINES.match(block.text)
            and not _LABEL.match(block.text)
        ):
            at, start = _behind_label(reading.blocks, index)
            if at != index or start:
                found.setdefault(block.headline, []).append((reading.blocks[at], start))
        elif block.kind is BlockKind.TAG and block.body >= 0 and is_label(block.text):
            found.setdefault(block.headline, []).append((reading.blocks[block.body], 0))
    if not reading.is_prose:
        for headline, place in _purposes(reading):
            if headline not in found:
                found[headline] = [place]
    return found


def _purposes(reading: Reading) -> Iterator[tuple[int, tuple[Block, int]]]:
    """The first text of each section that is labelled as what its title is for: `- Purpose: …`, `Назначение: …`."""
    told: set[int] = set()
    for block in reading.having(*_PURPOSE_HINTS):
        match = _PURPOSE.match(block.prose)
        if match and block.headline not in told:
            told.add(block.headline)
            yield block.headline, (block, match.end())


_PURPOSE_HINTS = (
    "purpose", "intent", "meaning", "what it is", "what is it", "gist", "назначение", "суть", "смысл", "propósito", "zweck", "bedeutung", "scopo", "significado", "significato",
)  # fmt: skip
_PURPOSE = pattern(
    rf"\s*(?:{'|'.join(hint.replace(' ', chr(92) + 's') for hint in _PURPOSE_HINTS)})\s?[:–—-]\s+(?=[^\W\d_])",
    re.IGNORECASE,
)


def is_label(tag: str) -> bool:
    """Whether TAG only says that what stands beside it is a definition, of the title: `- Definition :: …`."""
    return _may_label(tag) and _CHILD.fullmatch(tag) is not None


def _may_label(text: str) -> bool:
    """Whether a label of a definition may begin TEXT: the cheap question before the pattern."""
    return text[:_LABEL_BEGIN].lstrip()[:3].lower() in {"def", "déf", "опр"}


_LABEL_BEGIN = 8


def _behind_label(blocks: Sequence[Block], index: int) -> tuple[int, int]:
    """The block from INDEX on, and where in it, that goes on behind a line that only says what follows: `=Definition=`."""
    block = blocks[index]
    match = _ALONE.match(block.text)
    if match is None:
        return index, 0
    if match.end() < len(block.text):
        return index, match.end()
    goes_on = (
        index + 1 < len(blocks) and blocks[index + 1].headline == block.headline and blocks[index + 1].kind in TEXTS
    )
    return (index + 1, 0) if goes_on else (index, 0)


def _told(
    reading: Reading, blocks: Sequence[Block], index: int, labelled: Sequence[tuple[Block, int]]
) -> tuple[Block | None, int]:
    """The text below the title INDEX that says that it is a definition, and where it begins; None for none or several."""
    headline = blocks[index].headline
    special = [
        element
        for element in reading.document.headlines[headline].children
        if isinstance(element, n.SpecialBlock)
        and element.name.lower() == "definition"
        and not element.parameters.strip()
    ]
    places = list(labelled)
    if len(special) == 1 and special[0].children and isinstance(inside := special[0].children[0], n.Paragraph):
        section = takewhile(lambda block: block.headline == headline, islice(blocks, index + 1, None))
        places += [(other, 0) for other in section if other.objects is inside.children]
    return places[0] if len(places) == 1 else (None, 0)


def _defined(
    reading: Reading, block: Block, name: tuple[int, int], told: Block, start: int, *, rule: str, confidence: float
) -> Iterator[Candidate]:
    stop = len(told.text) if len(told.text) <= _LONGEST else sentence_end(told.text, start, len(told.text))
    defined = definition_at(reading, told, start, stop, rule=rule, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
        return
    found = candidate(reading, block, *name, rule=rule, confidence=confidence, check_shape=False, defined=defined)
    if found and not names.is_label(found.name):
        yield found
