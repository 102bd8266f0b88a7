"""Tables whose one column tells what the terms of the first one are: `| Term | Meaning |`.

Without such a head the rows of two columns must show it themselves: `| Firmware | Programs that reside on …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import description, terse
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import NEVER_WORDS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.org import nodes as n
from orgkb.org.walk import find as find_nodes
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern

RULE = "table-row"
_TELLS = word_set(
    "definition definitions description meaning explanation означает значение описание определение определения смысл пояснение "
    "bedeutung beschreibung erklärung définition signification explication descripción significado definición explicación "
    "descrizione significato definizione spiegazione descrição definição explicação"
)
"""Heads of a column that tells what the first one names."""
_LEAST_WORDS = 2
_LEAST_ROWS = 2
_MOST_NAME_WORDS = 4
_CODE_HEADS = word_set(
    "argument arguments attribute binding code command commands character column columns date env field fields file files flag flags function "
    "functions key keys method methods name/value number operator option options parameter parameters path port property shortcut sign "
    "symbol syntax tag type types value values variable variables version команда команды клавиша клавиши ключ опция параметр функция "
    "файл befehl option paramètre commande comando opción parámetro"
)
"""Heads of a first column of what is typed, set or counted, which names no terms."""


_SEE = pattern(r"(?:see|siehe|voir|ver|см\.?)\s", re.IGNORECASE)


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The first cell of each row, with the cell below a head that says it tells what that is."""
    if reading.is_prose:
        return  # manuals list fields and modes, which are no terms of theirs
    telling = {
        block.headline
        for block in reading.of_kind(BlockKind.CELL)
        if _last_word(block.text) in _TELLS or block.text.count(" ") >= _LEAST_TOLD
    }
    if not telling:
        return
    cells = {id(block.objects): block for block in reading.of_kind(BlockKind.CELL) if block.headline in telling}
    for headline in sorted(telling):
        elements = reading.document.headlines[headline].children if headline >= 0 else reading.document.section
        for table in find_nodes(elements, n.Table):
            yield from _rows(reading, table, cells, confidence)


def _rows(reading: Reading, table: n.Table, cells: dict[int, Block], confidence: float) -> Iterator[Candidate]:
    kinds = [row.kind for row in table.children]
    rows = [row.children for row in table.children if row.kind == "standard"]
    if len(rows) <= _LEAST_ROWS:
        return
    # Only a head that a rule sets apart says what stands below it.
    headed = kinds[kinds.index("standard") + 1] == "rule"
    heads = [_last_word(plain_text(cell.children)) for cell in rows[0]] if headed else [""]
    column = next((at for at, head in enumerate(heads) if head in _TELLS), 0)
    if heads[0] in _CODE_HEADS:
        return
    pairs = [
        (term, told)
        for row in rows[headed:]
        if len(row) > column
        and (term := cells.get(id(row[0].children)))
        and (told := cells.get(id(row[column or -1].children)))
    ]
    if not column and not _is_glossary(rows, pairs, reading.language):
        return
    for term, told in pairs:
        if not _is_term(term):
            continue
        defined = definition_at(reading, told, 0, len(told.text), rule=RULE, confidence=confidence)
        if defined is None or len(defined[0].text.split()) < _LEAST_WORDS or _SEE.match(defined[0].text):
            continue
        for start, end in description.named_parts(term.text):
            found = candidate(
                reading, term, start, end, rule=RULE, confidence=confidence, check_shape=False, defined=defined
            )
            if found:
                yield found


def _is_glossary(rows: Sequence[Sequence[n.TableCell]], pairs: Sequence[tuple[Block, Block]], language: str) -> bool:
    """Whether two columns are names and, in a third of the rows, a phrase that can only say what they name."""
    if len(pairs) < _LEAST_ENTRIES or any(len(row) != _TWO for row in rows):
        return False
    if len({term.text.lower() for term, _ in pairs}) < len(pairs) or any(MASK in term.prose for term, _ in pairs):
        return False
    named = sum(_is_term(term) and said.text.count(" ") >= _LEAST_TOLD - 1 for term, said in pairs)
    told = sum(
        terse.begins(said.prose, cleaning.clean(term.text).name, language) >= 0 or bool(_KIND.match(said.prose))
        for term, said in pairs
    )
    return named * 5 >= len(pairs) * 4 and told * 3 >= len(pairs)


_KIND = pattern(r"(?:An?|Any)\s[a-z][\w-]+\s(?:[\w-]+\s){0,3}?(?:that|which|who|whose|of|for|to|used|where|in)\s")
"""`A file that …`, `A tool for …`: what kind of thing it is."""
_TWO = 2
_LEAST_ENTRIES = 4
_LEAST_TOLD = 4
"""Blanks in a cell that may say what something is."""


def _is_term(block: Block) -> bool:
    """Whether a cell holds a name, and no code, value or label."""
    name = cleaning.clean(block.text).name
    words = name.partition(" / ")[0].lower().split()
    return (
        bool(words)
        and MASK not in block.prose
        and len(words) <= _MOST_NAME_WORDS
        and any(character.isalpha() for character in name)
        and not names.is_code_like(name)
        and words[0] not in NEVER_WORDS
        and name == name.strip("-/.")
    )


def _last_word(text: str) -> str:
    words = text.lower().split()
    return words[-1].strip(":.") if words else ""
