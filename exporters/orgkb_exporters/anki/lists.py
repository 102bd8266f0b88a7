"""List notes: one item of an enumeration a note, its neighbours in sight, so that no set is to be recalled at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import msgspec

from orgkb.org import nodes as n
from orgkb.org.walk import find, plain_text
from orgkb.patterns import pattern, reaches
from orgkb_exporters import html
from orgkb_exporters.anki import prose, russian, shell, trimming
from orgkb_exporters.anki.draft import ANSWER_KEPT, Draft, DraftText
from orgkb_exporters.anki.gaps import hide
from orgkb_exporters.anki.note_types import LIST
from orgkb_exporters.anki.phrases import PHRASES, language_of
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.source import Source

MIN_ITEMS: Final = 3
MAX_ITEMS: Final = 10
"""Items of an enumeration; a longer one is a table to look things up in."""
MAX_HIDDEN: Final = 5
"""Words of an item that is asked for."""
MAX_SHOWN: Final = 9
"""Words of an item that is only shown."""
MAX_LEAD: Final = 14
"""Words of a lead-in."""
WINDOW: Final = 5
"""Items shown, the hidden one among them."""
MAX_SUBJECT: Final = 8
"""Words of a heading that names the subject."""
_SETS = prose.read_words("sets")
_GENERAL = _SETS | prose.BARE | prose.read_words("general")
_AFTER_HEAD = frozenset(
    [
        "of",
        "for",
        "in",
        "to",
        "with",
        "used",
        "by",
        "that",
        "which",
        "are",
        "can",
        "from",
        "on",
        "к",
        "для",
        "в",
        "на",
        "у",
        "по",
        "из",
        "с",
        "от",
        "при",
    ]
)
_VERB_FIRST = pattern(
    r"(?:includes?|consists?|contains?|comprises?|divided|split|made|composed|can|is|are|has|have|must|should|may|used"
    r"|состо[ия]т|включа\w+|дел[ия]тся|содерж\w+|бывает|бывают|имеет|имеют)\b",
    re.IGNORECASE,
)
_ANNOUNCES = pattern(
    r"\b(?:includes?|consists?\sof|contains?|comprises?|composed\sof|divided\sinto|split\sinto|made\s(?:up\s)?of"
    r"|состо[ия]т\sиз|включа[её]т|делится\sна|разделя\w+\sна|подразделя\w+\sна|содержит)\b",
    re.IGNORECASE,
)
# Open sets: which example was meant?
_OPEN = pattern(
    r"\b(?:examples?|e\.?g|for instance|such as|some|several|many|other|others|alternatives?|competitors?|most|popular|famous|best|known|good|free|useful|interesting|recommended"
    r"|common(?:ly)?|links?|resources|books?|todo|notes?|faq|usage|commands?|packages?|libs?|libraries|tools?|apps?|see"
    r"|install\w*|create|add|run|use|my|your|you|not|or|if|don't"
    r"|например|примеры?|некоторые|другие|часто|популярн\w+|обычно|ссылки|команды|литература|книги|можно|если|или|не)\b",
    re.IGNORECASE,
)
_LEANING = pattern(
    r"(?:and|or|but|also|then|this|these|those|it|its|they|there|here|he|she|we|so|that"
    r"|и|или|а|но|также|тоже|это|эти|этот|его|её|их|он|она|они|тут|там|здесь|так|то)\b|[^\w\"«“]",
    re.IGNORECASE,
)
_ETC = pattern(r"(?:etc|others?|and so on|и др|и т\.?\s?д|и т\.?\s?п|прочее|другие|\.{2,}|…)[\s.]*\Z", re.IGNORECASE)
# An item that is code, a formula, an address or half a sentence.
_NOT_NAME = pattern(
    r"https?:|www\.|[=<>{}$\\;|?!∑∈≤≥]|\w\(|->|&&|::|//|\[|\]|#\w|\d{4,}|[:,]\Z|^[-–—]|^\W*\d[\d\W]*$|^(?:see|см|ex)\b"
)
_GLOSS = pattern(r"\s+[-–—]{1,2}(?:\s+|\Z)|:\s+")
_WORDS_OF_CLAUSE = pattern(
    r"\b(?:is|are|was|were|can|will|must|should|may|if|when|which|that|has|have|you|we|they|i|это|если|когда|котор\w+|что|нужно|можно)\b",
    re.IGNORECASE,
)


class _Enumeration(msgspec.Struct, frozen=True):
    """A list under the line that says what it enumerates."""

    lead: str
    items: tuple[n.Item, ...]
    headline: n.Headline | None
    offset: int
    ordered: bool
    inside: str | None = None
    """The item that holds the lead-in; None where it stands under the heading alone."""


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of an enumeration."""

    lead: str
    name: str
    """Its title, folded: asked for once."""
    offset: int
    """From the begin of the section."""
    reason: str
    """Why it makes no card; empty where it makes some."""
    secret: str
    """The secret that it seems to hold."""
    drafts: list[DraftText]


@dataclass(frozen=True, slots=True)
class ListCards:
    """Makes List notes of the documents of a graph."""

    source: Source

    def drafts(self, home: Home) -> list[Draft]:
        """The List notes of the document HOME, in its order; lists that announce a set and yet make no card are reported."""
        found: list[Draft] = []
        document = home.document
        renderer = html.HtmlRenderer(external=html.no_link, raw=self.source.context.raw)
        asked: set[str] = set()
        sections = self.source.sections(document, LIST.kind)
        make = partial(_in_section, renderer=renderer)
        for place, several in self.source.of_sections("lists", home, sections, make, list[_Made]):
            for made in several:
                spot = document.location(place.begin + made.offset)
                reason = made.reason
                if not reason and made.name in asked:
                    reason = "another list has the same lead-in"
                if reason:
                    self.source.hold_back(f"for the list “{made.lead}”: {reason}", spot)
                    continue
                if made.secret:
                    self.source.keep_secret(f"for the list “{made.lead}”: it seems to hold {made.secret}", spot)
                    continue
                asked.add(made.name)
                found += [draft.at(place) for draft in made.drafts]
        return found


def _in_section(place: Place, renderer: html.HtmlRenderer) -> list[_Made]:
    """What becomes of each list in the section at PLACE."""
    found: list[_Made] = []
    for enumeration in _enumerations(place.headline, place.elements):
        reason = _fault(enumeration, place) or ""
        title = _title(enumeration.lead, place, enumeration.inside)
        secret = "" if reason else found_secret("\n".join((title, *map(_item_text, enumeration.items)))) or ""
        drafts = [] if reason or secret else list(_drafts(enumeration, title, place, renderer))
        offset = enumeration.offset - place.begin
        found.append(_Made(enumeration.lead, prose.fold(title), offset, reason, secret, drafts))
    return found


def _enumerations(headline: n.Headline | None, elements: Sequence[n.Element]) -> Iterator[_Enumeration]:
    """Lists under a line that ends with a colon, or under a parent item or heading that names a set."""
    heading = prose.title_text(plain_text(headline.title)) if headline else ""
    yield from _below(elements, heading if _names_set(heading) else "", headline)


def _below(
    elements: Sequence[n.Element],
    above: str,
    headline: n.Headline | None,
    inside: str | None = None,
    around: str | None = None,
) -> Iterator[_Enumeration]:
    """Lists in ELEMENTS; ABOVE is a lead-in from the line before them, which stands in the item AROUND, they in INSIDE."""
    lead, holder = above, around
    for element in elements:
        match element:
            case n.PlainList() if element.kind != "descriptive":
                if lead:
                    ordered = element.kind == "ordered"
                    yield _Enumeration(lead, element.children, headline, element.own_begin, ordered, holder)
                for item in element.children:
                    text = _item_text(item)
                    own = prose.title_text(_head_text(item) or text)
                    leads = text.rstrip(": ") if _leads_in(text) else ""
                    yield from _below(item.children[1:], leads, headline, own, inside)
            case n.GreaterElement():
                yield from _below(element.children, "", headline, inside, inside)
            case _:
                pass
        text = plain_text(element.children) if isinstance(element, n.Paragraph) else ""
        last = prose.last_sentence(text)
        lead, holder = (last.rstrip(": ") if _leads_in(last) else ""), inside
        if isinstance(element, n.PropertyDrawer | n.Planning):
            lead, holder = above, around


def _leads_in(text: str) -> bool:
    return text.rstrip().endswith(":") and len(prose.words(text)) <= MAX_LEAD


def _names_set(lead: str) -> bool:
    """Whether LEAD says that a closed set follows: "types of volumes", "the service consists of"."""
    bare = re.sub(r"\([^)]*\)", "", lead)
    if _ANNOUNCES.search(bare):
        return True
    found = prose.words(bare)
    for i, word in enumerate(found):
        # The head of the phrase: last, before a preposition, or, as in Russian, among the first.
        if word in _SETS and (
            i + 1 == len(found) or found[i + 1] in _AFTER_HEAD or (i < 3 and re.match("[а-яё]", word) is not None)
        ):
            return True
    return False


def _fault(enumeration: _Enumeration, place: Place) -> str | None:
    """Why this list makes no card; None where it makes some."""
    lead, items = enumeration.lead, enumeration.items
    if not _names_set(lead):
        return "its lead-in names no set"
    if _OPEN.search(lead):
        return "its lead-in names no closed set"
    if (
        "..." in lead
        or re.search(r"\s[-–—]\s", lead)
        or _LEANING.match(lead)
        or shell.is_command(lead)
        or _NOT_NAME.search(lead.rstrip(":"))
    ):
        return "its lead-in leans on something else"
    if _is_general(lead) and _subject(lead, place, enumeration.inside) is None:
        return "its lead-in names no subject"
    texts = [_head_text(item) for item in items]
    if texts and _ETC.match(texts[-1]):
        texts = texts[:-1]
    if not MIN_ITEMS <= len(texts) <= MAX_ITEMS:
        return f"it has fewer than {MIN_ITEMS} or more than {MAX_ITEMS} items"
    if any(item.checkbox for item in items):
        return "it is a list of tasks"
    if len({prose.fold(text) for text in texts}) < len(texts):
        return "two of its items are the same"
    if len({re.sub(r"\d+", "", prose.fold(text)) for text in texts}) == 1:
        return "its items are only numbered"
    for text in texts:
        if _item_fault(text):
            return f"“{text[:60]}” is no name"
    askable = sum(len(prose.words(text)) <= MAX_HIDDEN for text in texts)
    return None if askable * 3 >= len(texts) * 2 and askable >= MIN_ITEMS else "its items are sentences"


def _is_worded(text: str) -> bool:
    """Whether TEXT has a word of letters, or a sign that is one."""
    if re.search(r"[^\W\d_]{2,}", text):
        return True
    return reaches(text, "\u3040") and bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text))


def _item_fault(text: str) -> bool:
    count = len(prose.words(text))
    if not 1 <= count <= MAX_SHOWN or not _is_worded(text):
        return True
    if prose.fold(text) in prose.BARE or prose.fold(text) in _SETS:
        return True
    if (
        russian.is_russian_verb(text)
        or _NOT_NAME.search(text)
        or shell.is_command(text)
        or _ETC.match(text)
        or re.search(r"\.\s+\S", text)
    ):
        return True
    return (count > 2 and bool(_WORDS_OF_CLAUSE.search(text))) or prose.breaks_off(text)


def _is_general(lead: str) -> bool:
    """Whether LEAD does not say whose parts or steps they are: "steps", "main types", "is split into"."""
    return set(prose.words(_ANNOUNCES.sub(" ", lead))) <= _GENERAL or _VERB_FIRST.match(lead) is not None


def _subject(lead: str, place: Place, inside: str | None) -> str | None:
    """The item INSIDE that a general lead-in stands in, else the innermost heading, that names what it is about; None where none does."""
    for heading in (inside,) if inside else reversed(place.headings):
        if prose.holds(lead, heading) or _is_general(heading):
            continue
        if len(prose.words(heading)) > MAX_SUBJECT or _NOT_NAME.search(heading) or "..." in heading:
            return None
        return heading
    return None


def _title(lead: str, place: Place, inside: str | None) -> str:
    """The lead-in; a general one after the heading that it belongs to."""
    shown = lead.strip(" :-–—")
    subject = _subject(lead, place, inside) if _is_general(lead) else None
    return f"{subject} – {shown}" if subject else shown


def _drafts(enumeration: _Enumeration, title: str, place: Place, renderer: html.HtmlRenderer) -> Iterator[DraftText]:
    heads = [_head(item) for item in enumeration.items]
    texts = [plain_text(head) for head in heads]
    open_end = bool(_ETC.match(texts[-1]))
    if open_end:
        heads, texts = heads[:-1], texts[:-1]
    language = language_of(f"{title} {' '.join(texts)}", place.home.language)
    phrases = PHRASES[language]
    shown = [renderer.objects(head) for head in heads]
    tag = "ol" if enumeration.ordered else "ul"
    for i, text in enumerate(texts):
        others = " ".join((title, *(t for j, t in enumerate(texts) if j != i)))
        # Too long to be asked for, or readable elsewhere on the front.
        if len(prose.words(text)) > MAX_HIDDEN or prose.holds(others, text):
            continue
        first = max(0, min(i - WINDOW // 2, len(texts) - WINDOW))
        last = min(len(texts), first + WINDOW)
        lines = [
            f'<li dir="auto"{f" value={chr(34)}{j + 1}{chr(34)}" if tag == "ol" else ""}>{hide("item", shown[j]) if j == i else shown[j]}</li>'
            for j in range(first, last)
        ]
        before = '<div class="more">…</div>' if first else ""
        after = '<div class="more">…</div>' if last < len(texts) or open_end else ""
        position = phrases.position.format(i + 1, len(texts))
        body = f'{before}<{tag}>{"".join(lines)}</{tag}>{after}<div class="position">{position}</div>'
        around = " | ".join((f"{title}: {text}", *texts[max(0, i - 1) : i], *texts[i + 1 : i + 2]))
        yield DraftText(
            kind=LIST.kind,
            # Not the lead-in, which is reworded more often: lists with a common item are told apart by the answer.
            anchor=prose.fold(text),
            term=f"{title}: {text}",
            answer=around[:ANSWER_KEPT],
            plural=False,
            language=language,
            fields={
                "Title": html.text(title),
                "Text": body,
                "Context": place.breadcrumb((title, text, *_showing(text, place))),
                "Source": place.source(),
                "Link": place.link(enumeration.lead, language),
            },
            offset=enumeration.items[i].own_begin - place.begin,
        )


def _showing(text: str, place: Place) -> tuple[str, ...]:
    return tuple(name for name in place.titles if prose.holds(name, text))


def _item_text(item: n.Item) -> str:
    match item.children:
        case (n.Paragraph() as paragraph, *_) if item.tag is None:
            return plain_text(paragraph.children)
        case _:
            return ""


def _head_text(item: n.Item) -> str:
    return plain_text(_head(item))


def _head(item: n.Item) -> tuple[n.Object, ...]:
    """The item's name: its text up to a dash or colon, without a point at the end."""
    match item.children:
        case (n.Paragraph() as paragraph, *_) if item.tag is None:
            objects = trimming.strip_ends(paragraph.children)
        case _:
            return ()
    if any(True for _ in find(objects, n.LatexFragment)):
        return ()
    found = [b for b in prose.boundaries(objects, _GLOSS) if b[2]]
    head = prose.cut(objects, found[0])[0] if found else objects
    return trimming.strip_points(head)
