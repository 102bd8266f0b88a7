"""The cheat sheet: the best definitions and the commands of the notes, as much as two pages hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from orgkb.concepts.model import Concept
from orgkb.org import nodes as n
from orgkb.org import shell
from orgkb.org.document import Document
from orgkb.org.programs import PROGRAMS
from orgkb.org.walk import find, plain_text
from orgkb.patterns import pattern
from orgkb_exporters.pdf import data, escape
from orgkb_exporters.pdf.part import Part

PAGES = 2
"""Pages that a cheat sheet may have."""

_DEFINITION, _COMMAND = 120, 84
"""Characters of a definition and of a command."""
_GLOSS = 60
"""Characters of what is said of a command behind it."""
_COLUMN_LETTERS, _COLUMN_LINES, _COLUMNS = 44, 58, 4
_FIRST_SHARE, _LARGER, _SMALLER, _TRIES = 1.35, 1.2, 0.88, 8
_SHELLS = frozenset({"sh", "bash", "shell", "zsh", "console", "fish"})
_SCRIPT = pattern(r"\s*(?:for|if|while|case|function|do|then|done|fi|esac|cat\s*<<)\b|.*<<|#!|[\w-]+\s*\(\)")
_COMMAND_LINE = pattern(r"(?:\$ )?(?:[A-Z_]+=\S+ )*[a-z./~][\w./~+-]*\s+\S")
_LEAD = pattern(r"\s*[-–—:#]+\s+")


class CheatGroup(msgspec.Struct, frozen=True):
    """What the sheet has of a chapter."""

    title: str
    terms: tuple[tuple[str, str], ...]
    """(name, definition)."""
    commands: tuple[str, ...]


def cheatsheet(part: Part, printed: Callable[[Sequence[CheatGroup]], tuple[bytes, int]]) -> tuple[bytes, int]:
    """The sheet of PART and its pages, as PRINTED by the template; no bytes where there is nothing on it."""
    commands = [(chapter, command) for chapter, command in _commands(part) if len(command) <= _COMMAND]
    best, share = (b"", 0), _FIRST_SHARE
    for _ in range(_TRIES):
        groups, everything = _groups(part, commands, share)
        if not groups:
            break
        pdf, pages = printed(groups)
        if pages <= PAGES:
            best = pdf, pages
            if everything:
                break
            share *= _LARGER
        elif best[0]:
            break
        else:
            share *= 0.9 * PAGES / pages if pages > PAGES + 1 else _SMALLER
    return best


def _groups(part: Part, commands: Sequence[tuple[str, str]], share: float) -> tuple[list[CheatGroup], bool]:
    """What fills SHARE of the room, by chapter, and whether that is everything."""
    room = share * PAGES * _COLUMNS * _COLUMN_LINES
    ranked = sorted(part.concepts, key=lambda c: (-c.rank, c.id))
    terms: dict[str, list[tuple[str, str]]] = {}
    titles: dict[str, None] = {}
    for chapter in _chapters(part):
        titles.setdefault(chapter)
    spent, chosen, everything = 0.0, set[str](), True
    for concept in ranked:
        text = data.in_short(concept, _DEFINITION)
        if not text:
            continue
        lines = math.ceil((len(concept.name) + len(text) + 3) / _COLUMN_LETTERS) + 0.35
        if spent + lines > room * (0.7 if commands else 1.0):
            everything = False
            continue
        spent += lines
        chosen.add(concept.id)
    for concept in sorted(part.concepts, key=lambda c: (c.span.path, c.span.line, c.span.column)):
        if concept.id in chosen:
            chapter = _chapter_of(concept)
            titles.setdefault(chapter)
            terms.setdefault(chapter, []).append((escape.clean(concept.name), data.in_short(concept, _DEFINITION)))
    kept: dict[str, list[str]] = {}
    for chapter, command in commands:
        lines = math.ceil(len(command) / (_COLUMN_LETTERS * 0.82)) + 0.2
        if spent + lines > room:
            everything = False
            continue
        spent += lines
        kept.setdefault(chapter, []).append(command)
    groups = [
        CheatGroup(escape.clean(title), tuple(terms.get(title, ())), tuple(kept.get(title, ())))
        for title in titles
        if title in terms or title in kept
    ]
    return groups, everything


def _chapters(part: Part) -> Iterator[str]:
    for index in part.documents:
        document = part.book.graph.documents[index]
        for headline in document.headlines:
            yield _top(document, headline)


def _top(document: Document, headline: n.Headline | None) -> str:
    """The title of the highest heading above and with HEADLINE."""
    above = headline
    while above is not None and (parent := document.parent(above)) is not None:
        above = parent
    return " ".join(plain_text(above.title).split()) if above is not None else ""


def _chapter_of(concept: Concept) -> str:
    return concept.section_path[0] if concept.section_path else ""


def _commands(part: Part) -> Iterator[tuple[str, str]]:
    """(chapter, command line) of the shell blocks and of the items and paragraphs that are commands, each once."""
    seen: set[str] = set()
    for piece in part.pieces:
        document = part.book.graph.documents[piece.document]
        headline = document.headlines[piece.headline] if piece.headline >= 0 else None
        elements = headline.children if headline is not None else document.section
        for command in _commands_in(elements):
            bare = command.partition("  # ")[0]
            if bare not in seen:
                seen.add(bare)
                yield _top(document, headline), escape.clean(command)


def _commands_in(elements: Sequence[n.Element]) -> Iterator[str]:
    for element in find(elements, n.Element):
        match element:
            case n.SrcBlock() if element.language.lower() in _SHELLS:
                yield from shell_lines(element.value)
            case n.Paragraph():
                yield from _told(element.children)
            case _:
                pass


def _told(objects: Iterable[n.Object]) -> Iterator[str]:
    """`=command --option= - explanation`: the command, and what is said of it where that is short."""
    written = [obj for obj in objects if not (isinstance(obj, n.Text) and not obj.value.strip())]
    match written:
        case [n.Code() | n.Verbatim() as code, *rest] if "\n" not in code.value:
            command = " ".join(code.value.split()).removeprefix("$ ")
            lead = _LEAD.match(rest[0].value) if rest and isinstance(rest[0], n.Text) else None
            if (rest and lead is None) or shell.evidence(command, PROGRAMS) is shell.Evidence.NONE:
                return
            gloss = " ".join(plain_text(rest).split()).lstrip("-–—:# ")
            room = min(_GLOSS, _COMMAND - len(command) - 4)
            yield f"{command}  # {gloss}" if 0 < len(gloss) <= room else command
        case _:
            pass


def shell_lines(source: str) -> Iterator[str]:
    """The commands of a shell block that stand on a line of their own: no parts of loops, conditions, long strings."""
    inside = False
    lines = source.replace("\\\n", " ").splitlines()
    if any(_SCRIPT.match(line) for line in lines):
        return
    for line in lines:
        odd = line.count('"') % 2 == 1 or line.count("'") % 2 == 1
        command = " ".join(line.split())
        if not inside and not odd and _COMMAND_LINE.match(line):
            yield command.removeprefix("$ ")
        inside ^= odd
