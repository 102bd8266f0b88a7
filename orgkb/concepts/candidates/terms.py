"""What the candidate rules share: building a candidate from a place in a block."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orgkb.concepts import acronyms, cleaning, folding, frequency, names, signs, spelling, synonyms
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import doubles, telling, wrapped
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon.tables import acronyms as known_acronyms
from orgkb.concepts.model import Alias, AliasKind, ConceptKind, Definition
from orgkb.concepts.text import DASH, MASK, cut
from orgkb.org import nodes as n
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern

_ADDRESS = pattern(r"(?:https?://|ftp://|www\.)\S+")
_WORDS = pattern(r"[^\W\d_]{2,}")
_KEY = r"(?:[a-z0-9]|[^\w\s]{1,3}|[Ff]\d{1,2}|RET|TAB|SPC|(?i:return|enter|tab|space|esc|del|delete|insert|home|end|up|down|left|right)(?!-))"
KEYS = pattern(rf"(?:(?:[CMS]-)+<?{_KEY}|(?:(?:Ctrl|Alt|Shift|Meta|Cmd|Super)[-+])+<?(?:{_KEY}|[A-Z]))>?(?:\s.*)?")
"""Keys to press, `C-c C-k`: what they do is no definition of them."""


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """START and END moved inwards over blanks."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def definition_at(
    reading: Reading,
    block: Block,
    start: int,
    end: int,
    *,
    rule: str,
    confidence: float,
    rest: Iterable[n.Element] = (),
) -> tuple[Definition, tuple[int, int]] | None:
    """The definition between two indexes of BLOCK's text; None where there are no words in it.

    REST are the elements below the block; they are taken where the text is empty or leads in to them.
    """
    start, end = strip_span(block.text, start, end)
    rest = tuple(element for element in rest if not isinstance(element, n.Comment))
    if not rest:
        end = telling.before_lead_in(block.text, start, end)
    if start == end:
        return None
    raw = block.text[start:end]
    leads_in = raw.endswith(":") and bool(rest)
    if (rule not in _BY_FORMULA and not _WORDS.search(_ADDRESS.sub(" ", raw))) or (
        _ADDRESS.fullmatch(raw) and not leads_in
    ):
        return None
    if rule in _BEHIND_DASHES and _VALUE.fullmatch(raw):
        return None
    begin, stop = block.flat.offset(start), block.flat.end_offset(end)
    objects = cut(block.objects, begin, stop)
    text = plain_text(objects)
    if not any(map(str.isalnum, text)):
        return None  # a link without a text before the full stop
    if block.kind is BlockKind.ITEM and not block.rest and end == len(block.text.rstrip()):
        last = block.flat.end_offset(end)
        if more := wrapped.more_below(reading.document.text, last):
            objects = (*objects, n.Text(last, last + len(more) + 1, f" {more}"))
            text = f"{text} {more}"
    definition = Definition(
        text=text,
        objects=objects,
        elements=rest if leads_in else (),
        section_path=reading.section_path(block.headline),
        headline=block.headline,
        document=reading.document.path,
        span=reading.span(begin, stop),
        rule=rule,
        confidence=confidence,
    )
    return definition, (begin, stop)


_BY_FORMULA = frozenset({"formula", "entitled"})
"""Rules whose definition may be a formula and nothing else."""
_BEHIND_DASHES = frozenset({"bold-dash", "dash-item", "dash-line", "dash-heading", "colon-item"})
_VALUE = pattern(r"[A-Z][A-Z0-9_]+[.;]?|\d[\d.,]*(?:-?[A-Za-z]{1,5})?")
"""A constant or a number behind a dash is a value: `MoneyExtractor - MONEY`, `INTEGER KEY - 64-bits`."""


_BY_PLACE = _BEHIND_DASHES | {"description-item", "explained-item", "section-opening"}
"""Rules that take for a definition whatever stands behind or below a name."""
_UNSAID = 0.65
"""What is left of the trust in a name behind which nothing says what it is."""


def _is_remark(name: str, definition: Definition, *, explicit: bool) -> bool:
    return not definition.elements and telling.is_remark(name, definition.text, marked=explicit)


def definition_below(
    reading: Reading, headline: int, rest: tuple[n.Element, ...], *, rule: str, confidence: float
) -> tuple[Definition, tuple[int, int]] | None:
    """A definition that is made of elements only: a term alone on its line with a list below."""
    rest = tuple(element for element in rest if not isinstance(element, n.Comment))
    if not rest:
        return None
    first = rest[0]
    begin, end = first.begin, rest[-1].end
    text = _outline_text(first)
    if not text:
        return None
    definition = Definition(
        text=text,
        objects=(),
        elements=rest,
        section_path=reading.section_path(headline),
        headline=headline,
        document=reading.document.path,
        span=reading.span(begin, end),
        rule=rule,
        confidence=confidence,
    )
    return definition, (begin, end)


def _outline_text(element: n.Element) -> str:
    """The first lines of a list or paragraph as one line of text."""
    match element:
        case n.Paragraph():
            return plain_text(element.children)
        case n.PlainList():
            lines = []
            for item in element.children:
                tag = f"{plain_text(item.tag)}: " if item.tag else ""
                first = item.children[0] if item.children else None
                lines.append(tag + (plain_text(first.children) if isinstance(first, n.Paragraph) else ""))
            return "; ".join(line.strip() for line in lines if line.strip())
        case _:
            return ""


_SECOND = pattern(rf"\s*+(?P<name>[^\s\0.,;:][^\n\0.,;:]{{1,49}}?)\s++{DASH}\s++")


def second_name(reading: Reading, block: Block, name: str, start: int, end: int, rule: str) -> tuple[Alias, int] | None:
    """The B of `A - B - definition` where B names A again, and where the definition then begins."""
    match = _SECOND.match(block.prose, start, end)
    if not match:
        return None
    first, second = cleaning.clean(name).name, cleaning.clean(match["name"]).name
    if names.impossible(second):
        return None
    span = reading.span(block.flat.offset(match.start("name")), block.flat.end_offset(match.end("name")))
    if acronyms.abbreviates(first, second):
        return Alias(second, AliasKind.EXPANSION, rule, 0.85, span), match.end()
    if acronyms.abbreviates(second, first):
        return Alias(second, AliasKind.ACRONYM, rule, 0.85, span), match.end()
    own, other = folding.key(first), folding.key(second)
    if own != other and len(other) > 3 and own.endswith(other):
        return Alias(second, AliasKind.VARIANT, rule, 0.7, span), match.end()
    return None


def linked_only(item: n.Item) -> tuple[n.Link, ...]:
    """The links of a description item whose text is nothing but links into the notes: `- uses :: [[Pod]]`."""
    if len(item.children) != 1 or not isinstance(paragraph := item.children[0], n.Paragraph):
        return ()
    links: list[n.Link] = []
    for obj in paragraph.children:
        if isinstance(obj, n.Link) and obj.kind in _INTERNAL:
            links.append(obj)
        elif not isinstance(obj, n.Text) or obj.value.strip(" \t\n,;.·|"):
            return ()
    return tuple(links)


_INTERNAL = frozenset({"fuzzy", "id", "custom-id", "file", "radio"})


_FORMERLY = pattern(
    r"(?:formerly|previously|also(?: known as| called)?|aka|a\.k\.a\.|or|ранее|раньше|бывш\w+|он же|также|или)\s+(?:known as\s+|the\s+)?",
    re.IGNORECASE,
)


def note_aliases(reading: Reading, cleaned: cleaning.Cleaned, begin: int, end: int, rule: str) -> tuple[Alias, ...]:
    """The alias that a parenthesis after a name gives it: `Container Runtime Interface (CRI)`."""
    note = cleaning.clean(cleaned.note).name
    if former := _FORMERLY.match(note):
        other = cleaning.clean(note[former.end() :]).name
        at = reading.span(begin, end)
        return () if names.impossible(other) else (Alias(other, AliasKind.VARIANT, rule, 0.8, at),)
    if not note or names.impossible(note) or folding.key(note) == folding.key(cleaned.name) or MASK in note:
        return ()
    span = reading.span(begin, end)
    if acronyms.abbreviates(note, cleaned.name):
        return (Alias(note, AliasKind.ACRONYM, rule, 0.9, span),)
    if acronyms.abbreviates(cleaned.name, note):
        return (Alias(note, AliasKind.EXPANSION, rule, 0.9, span),)
    if cleaning.is_qualifier(note):
        return ()
    # Another name of the same thing shares a part with it or is a proper name: API server (kube-apiserver).
    if acronyms.is_acronym(note) and len(note) <= 6:
        if note in known_acronyms() and cleaned.name.isascii():
            return ()  # `Observer pattern (OOP)`: where it belongs, or what kind of thing it is
        return (Alias(note, AliasKind.ACRONYM, rule, 0.6, span),)
    own, other = folding.key(cleaned.name), folding.key(note)
    if own in other or other in own:
        return (Alias(note, AliasKind.VARIANT, rule, 0.6, span),)
    return ()


def candidate(
    reading: Reading,
    block: Block,
    start: int,
    end: int,
    *,
    rule: str,
    confidence: float,
    explicit: bool = False,
    check_shape: bool = True,
    defined: tuple[Definition, tuple[int, int]] | None = None,
    aliases: tuple[Alias, ...] = (),
) -> Candidate | None:
    """The candidate whose name stands between two indexes of BLOCK's text; None where it can be no name.

    Names that the author did not mark on purpose (EXPLICIT) must look like terms, unless their
    place is proof enough (CHECK_SHAPE off).
    """
    start, end = strip_span(block.text, start, end)
    if start == end or end - start > 2 * names.MAX_LENGTH:
        return None
    first = block.text[start]
    if first == "-" and _OPTION.match(block.text, start, end):
        return None  # `-fomit-frame-pointer`
    if first in "\"'rbfu" and not explicit and _LITERAL.fullmatch(block.text, start, end):
        return None
    cleaned = cleaning.clean(block.text[start:end])
    if names.impossible(cleaned.name):
        return None
    if defined and rule in _BY_PLACE and _is_remark(cleaned.name, defined[0], explicit=explicit):
        defined, confidence = None, confidence * _UNSAID
    shape = names.defined_shape if defined else names.weak_shape
    factor = 1.0 if explicit or not check_shape else shape(cleaned.name)
    if factor and not explicit and first in _MAY_CUT and _CUT.match(block.text, start):
        return None  # `.bashrc`, `/query nickname`, `:filter-args`, `_self`
    if not factor:
        return None
    if (
        not explicit
        and check_shape
        # In other languages nouns stand before what says how they are: `forma normal`.
        and (signs.is_counted(cleaned.name) or not (defined or reading.language or not signs.is_no_name(cleaned.name)))
    ):
        return None
    name, others = doubles.split(cleaned.name, rule)
    dunder = first == "_" and _DUNDER.fullmatch(block.text, start, end)
    if dunder:
        name = dunder.group()
    found = block.text.find(name.split(maxsplit=1)[0], start, end)
    begin = block.flat.offset(max(found, start))
    stop = _name_end(block, name, max(found, start), end)
    return Candidate(
        name=name,
        rule=rule,
        confidence=round(confidence * factor, 4),
        begin=begin,
        end=block.flat.end_offset(stop),
        headline=block.headline,
        definition=defined[0] if defined else None,
        defined_at=defined[1] if defined else None,
        aliases=(
            *note_aliases(reading, cleaned, begin, block.flat.end_offset(end), rule),
            *(_last_acronym(cleaned.name, rule) if explicit else ()),
            *(_proper_part(cleaned.name, rule) if explicit or defined else ()),
            *others,
            *aliases,
        ),
        kind=ConceptKind.CODE
        if dunder
        or names.is_code_like(cleaned.name)
        or (" " not in name and _is_typed(block.text, max(found, start), stop))
        else ConceptKind.TERM,
        explicit=explicit,
    )


_LITERAL = pattern(r"[rbfu]?'[^']*'|\"[a-z]+\"")
"""A value as programs write it: `'abc' - a string`."""


def _is_typed(text: str, start: int, end: int) -> bool:
    """Whether the word of TEXT from START to END is part of what one types: `globals()`, `print(*objects)`, `__file__`."""
    if text.startswith("(", end):
        return _CALL.match(text, end) is not None
    return text.startswith("__", end) and text.endswith("__", 0, start)


_DUNDER = pattern(r"__[a-z]\w*")
"""A name that begins as special methods do; cleaning takes the underscores away: `__index`, `__init__`."""
_CALL = pattern(r"\((?:\)|[a-z]\)|[^()]*[,=*\[\]'\"])")
"""No `precision(P)` nor `models(sklearn)`."""
_CUT = pattern("[./:‐]|_(?!_)")
"""What cleaning takes away from a name that is none without it."""
_MAY_CUT = frozenset("./:‐_")
_OPTION = pattern(r"--?[^\W\d_]")


def _last_acronym(name: str, rule: str) -> tuple[Alias, ...]:
    """`Amazon EKS` is called EKS too, where the acronym is not a well-known thing of its own."""
    owner, _, last = name.rpartition(" ")
    if not owner or " " in owner or not owner[0].isupper() or owner.isupper() or not last.isupper():
        return ()
    if (
        not 3 <= len(last) <= _MAX_ACRONYM
        or not last.isalpha()
        or last in known_acronyms()
        or spelling.is_known(last.lower())
    ):
        return ()
    return (Alias(last, AliasKind.SHORT, rule, 0.6),)


_MAX_ACRONYM = 5


def _proper_part(name: str, rule: str) -> tuple[Alias, ...]:
    """`Tiller Server` is called Tiller too, where that is no word that everybody knows."""
    match = _OF_KIND.fullmatch(name)
    if not match or frequency.english_count(match["name"].lower()) >= _WELL_KNOWN:
        return ()
    if synonyms.has(folding.key(match["name"])):
        return ()  # a parameter server is no parameter
    return (Alias(match["name"], AliasKind.SHORT, rule, 0.55),)


_OF_KIND = pattern(
    r"(?P<name>[A-Z][a-z]{3,}) (?:[Ss]erver|[Ss]ystem|[Ee]ngine|[Ff]ramework|[Ll]ibrary|[Dd]aemon|[Aa]gent|[Pp]rotocol|[Pp]latform)"
)
_WELL_KNOWN = 500


def _name_end(block: Block, name: str, start: int, end: int) -> int:
    """The index after NAME, whose blanks may be line ends in the text, from START."""
    index = start
    for word in name.split():
        found = block.text.find(word, index, end)
        if found < 0:
            return end
        index = found + len(word)
    return index
