"""Which notes become cards: here the definitions of the concept graph as Term notes."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

import msgspec

from orgkb.concepts import synonyms
from orgkb.concepts.folding import singular
from orgkb.concepts.frequency import english_count
from orgkb.concepts.lexicon.memory import answer
from orgkb.concepts.lexicon.tables import listed
from orgkb.concepts.model import AliasKind, Concept, ConceptKind, Definition, Span
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.urls import external_url
from orgkb.org.walk import find, find_elements, plain_text
from orgkb.patterns import pattern
from orgkb_exporters import html
from orgkb_exporters.anki import faults, naming, prose, worth
from orgkb_exporters.anki.around import Surroundings
from orgkb_exporters.anki.articles import article
from orgkb_exporters.anki.draft import ANSWER_KEPT, Draft, DraftText
from orgkb_exporters.anki.identity import anchor
from orgkb_exporters.anki.media import MediaStore
from orgkb_exporters.anki.note_types import TERM
from orgkb_exporters.anki.phrases import PHRASES, language_of
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.source import Source
from orgkb_exporters.anki.trimming import as_answer

MAX_ANSWER: Final = 30
"""Words of an answer: what goes beyond is shown below it, or, where it cannot be cut, left whole."""
MAX_WHOLE: Final = 45
"""Words of an answer that cannot be cut; a longer one is no single fact."""
MAX_ITEMS: Final = 5
"""Items of a list that is to be recalled at once."""
MAX_EXTRA: Final = 120
"""Words of the sub-lists and further sentences below an answer; beyond it they are left to the source."""
MAX_TERM: Final = 8
"""Words of a term."""
SURE: Final = 0.5
"""Confidence from which another name of a concept tells its singular."""
MANY: Final = 3
SENTENCE: Final = 4
"""Concepts that one sentence of so many words is said of, from which it defines none of them."""
NEAR: Final = 4
"""Lines within which definitions keep each other company."""
_POINTING: Final = pattern(
    r"(?:this|that|these|those|some|any|each|other|another|such|following|possible|whereas|when|while|because|however|unless|otherwise|if|как|когда|если|это\w*|эти|этот|так\w*|следующ\w+|друг\w+|некотор\w+"
    r"|кажд\w+|всё|все)\s",
    re.IGNORECASE,
)
MANY_KEPT: Final = 20
"""Definitions of one concept that another one is compared with."""
_ELSEWHERE: Final = pattern(rb'\["(?:Link|FootnoteReference)",')
"""Nodes of which a card shows what stands outside the definition, as JSON."""
_MARKUP = pattern(r"[/*_=~+](?=\s)|(?<=\s)[/*_=~+]")
_TAG = pattern(r"<[^>]*>")
_DELIBERATE: Final = 0.85
"""Confidence of definitions that a form of their own marks (`*term* - text`): no section label by chance."""
_EXPLICIT: Final = 0.95
"""Confidence of definitions that the notes mark as such (`term :: text`)."""


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of a definition."""

    draft: DraftText | None
    reason: str = ""
    """Why it makes no card, for the user."""
    secret: bool = False
    """Whether that is a secret in it."""


_BY_PLACE = frozenset({"section-opening", "called", "equals"})
_OF_PLACE = 0.1
"""How much less a definition by these rules needs than its concept: they know it by its place, and were read to be right."""


@dataclass(frozen=True, slots=True)
class TermCards:
    """Makes Term notes of the definitions of a graph."""

    source: Source
    media: MediaStore
    around: Surroundings
    reverse: bool
    min_confidence: float
    _written: dict[tuple[str, str], list[tuple[tuple[int, int], str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By concept and file, the places where the notes define it and what they call it there."""
    _shared: set[str] = field(default_factory=set)
    """First sentences that say the same of MANY concepts: true of each, but not what it is."""

    def drafts(self) -> list[Draft]:
        """The Term notes, in the order of the notes; what is held back is reported."""
        homes = {document.path: document for document in self.source.graph.documents}
        renderers: dict[str, tuple[Home, html.HtmlRenderer]] = {}
        order = {document.path: i for i, document in enumerate(self.source.graph.documents)}
        found: list[tuple[tuple[int, int, int], Draft]] = []
        companions = _companions(self.source.graph.concepts)
        for mention in self.source.graph.mentions:
            if mention.context == "term":
                place = mention.span.line, mention.span.column
                self._written[mention.concept, mention.span.path].append((place, mention.text))
        said = Counter(
            first
            for concept in self.source.graph.concepts
            for first in {_first_sentence(definition.text) for definition in concept.definitions}
        )
        self._shared.update(first for first, count in said.items() if count >= MANY and len(first.split()) >= SENTENCE)
        shared = hashlib.blake2b(msgspec.msgpack.encode(sorted(self._shared)), digest_size=16).digest()
        for concept in self.source.graph.concepts:
            kept: list[str] = []
            first: dict[tuple[str, int], Draft] = {}
            for definition in concept.definitions:
                document = homes.get(definition.document)
                if document is None or not self.source.wanted(document, _headline(document, definition), TERM.kind):
                    continue
                least = self.min_confidence - (_OF_PLACE if definition.rule in _BY_PLACE else 0)
                if concept.confidence < self.min_confidence or definition.confidence < least:
                    continue
                if document.path not in renderers:
                    renderers[document.path] = self.source.home(document), self._renderer(document)
                close = companions(definition)
                draft = self._draft(concept, definition, *renderers[document.path], kept, close, shared)
                if draft is not None:
                    kept.append(definition.text)
                    # Nothing but a number would tell two meanings of one section apart.
                    about = document.path, definition.headline
                    if about in first:
                        _add_meaning(first[about], draft)
                        self.source.hold_back(f"for “{draft.term}”: it stands below another card", draft.location)
                        continue
                    first[about] = draft
                    found.append(((order[document.path], definition.span.line, definition.span.column), draft))
        found.sort(key=lambda pair: pair[0])
        return [draft for _, draft in found]

    def _draft(
        self,
        concept: Concept,
        definition: Definition,
        home: Home,
        renderer: html.HtmlRenderer,
        kept: Sequence[str],
        companions: int,
        shared: bytes,
    ) -> Draft | None:
        # SHARED stands for what is said of many: by hash, as there may be much of it, and it goes with each definition.
        # Elsewhere the notes may call it by another name, and a longer one.
        name = self._name_here(concept, definition.span)
        headline = _headline(home.document, definition)
        place = self.source.place(home, headline)
        location = definition.span.location()
        wish = self.source.wishes.of(home.document, headline).reverse
        signs = self._signs(concept, definition, companions)

        def make() -> _Made:
            return self._made(name, concept, definition, place, renderer, kept, signs, wish=wish)

        pieces = (*definition.objects, *definition.elements)
        if _ELSEWHERE.search(msgspec.json.encode(pieces)):
            made = make()  # a picture, or text that stands elsewhere
        else:
            aliases = [(alias.surface, alias.kind, alias.rule, alias.confidence) for alias in concept.aliases]
            about = concept.id, concept.name, concept.kind, aliases, len(concept.definitions) > 1
            said = definition.text, definition.rule, definition.confidence, len(definition.objects)
            rules = self.reverse, wish, kept[:MANY_KEPT], signs, shared
            made = self.source.again_of("terms", place, pieces, (name, about, said, rules), make, _Made)
        if made.draft is None:
            tell = self.source.keep_secret if made.secret else self.source.hold_back
            tell(made.reason, location)
            return None
        draft = made.draft.at(place, location)
        fields = draft.fields | dict(self.around.fields(concept, definition.span.path, draft.language))
        before = ""
        if draft.language == "en" and concept.kind is not ConceptKind.CODE:
            before = article(name, (mention.text for mention in self.source.graph.mentions.spellings(concept.id)))
        anchored = anchor(name, concept.surfaces, headline)
        return msgspec.structs.replace(draft, fields=fields, anchor=anchored, article=before)

    def _made(
        self,
        name: str,
        concept: Concept,
        definition: Definition,
        place: Place,
        renderer: html.HtmlRenderer,
        kept: Sequence[str],
        signs: worth.Signs,
        *,
        wish: bool | None,
    ) -> _Made:
        """What becomes of the definition; its surroundings, location and anchor are added later."""
        objects = as_answer(definition.objects or _as_text(definition.text))
        head, rest = prose.split(objects, MAX_ANSWER)
        leads_in = plain_text(objects).rstrip().endswith(":") or not plain_text(objects)
        answer = renderer.objects(head)
        extra = ""
        if leads_in:
            answer += renderer.elements(definition.elements)
        else:
            further = prose.count_words(rest) + len(prose.words(html.elements_text(definition.elements)))
            if further <= MAX_EXTRA:
                extra = f'<p dir="auto">{renderer.objects(rest)}</p>' if rest else ""
                extra += renderer.elements(definition.elements)
        extra = _names_beside(concept, name, plain_text(head)) + extra
        secret = found_secret(f"{plain_text(objects)}\n{html.elements_text(definition.elements)}") or found_secret(
            unescape(f"{name} {answer} {extra}")
        )
        if secret is not None:
            return _Made(None, f"for “{name}”: its definition seems to hold {secret}", secret=True)
        reason = self._reason(name, definition, head, rest, kept) or _worth(name, plain_text(head), signs)
        if reason is not None:
            return _Made(None, f"for “{name}”: {reason}")
        language = language_of(plain_text(objects) or html.elements_text(definition.elements), place.home.language)
        masked = "" if leads_in else self._masked(concept, head, rest, wish=wish)
        fields = {
            "Term": _named(name, concept.kind),
            "Definition": answer,
            "Masked": masked,
            "ReversePrompt": PHRASES[language].which_term,
            "ReverseContext": place.breadcrumb((*_giving_away(concept, place), *concept.surfaces)),
            "Context": place.breadcrumb((name, concept.name, *_answering(plain_text(head), place))),
            "Extra": extra,
            "Source": place.source(),
            "Link": place.link(name, language),
        }
        text = plain_text(objects) or html.elements_text(definition.elements)
        draft = DraftText(
            kind=TERM.kind,
            anchor="",
            term=name,
            answer=text[:ANSWER_KEPT],
            plural=_is_plural(name, concept),
            language=language,
            fields=fields,
            offset=0,
            concept=concept.id,
            means=naming.is_word(name, plain_text(head)),
        )
        return _Made(draft)

    def _name_here(self, concept: Concept, span: Span) -> str:
        """What the notes call CONCEPT before the definition at SPAN."""
        written = self._written.get((concept.id, span.path), [])
        before = bisect_left(written, ((span.line, span.column), ""))
        if not before or span.line - written[before - 1][0][0] > NEAR:
            return concept.name
        here = written[before - 1][1]
        slips = {prose.fold(a.surface) for a in concept.aliases if a.kind is AliasKind.MISSPELLING}
        # Written so twice it is a name of its own.
        if prose.fold(here) in slips and sum(m.text == here for m in self.source.graph.mentions_of(concept.id)) < 2:
            return concept.name
        # Where markup ends inside the name, as in "/Logical/ topology", the text of the notes is not how it reads.
        return concept.name if _MARKUP.search(here) and here not in concept.surfaces else here

    def _signs(self, concept: Concept, definition: Definition, companions: int) -> worth.Signs:
        """What stands around the definition that tells whether it is worth a card."""
        return worth.Signs(
            marked=definition.confidence >= _DELIBERATE,
            explicit=definition.confidence >= _EXPLICIT,
            sentence="copula" in definition.rule,
            companions=companions,
            mentions=len(self.source.graph.mentions_of(concept.id)),
            headings=definition.section_path,
        )

    def _reason(
        self,
        name: str,
        definition: Definition,
        head: Sequence[n.Object],
        rest: Sequence[n.Object],
        kept: Sequence[str],
    ) -> str | None:
        """Why this definition makes no card; None where it makes one."""
        if prose.is_bare(name, deliberate=definition.confidence >= _DELIBERATE):
            return "its name alone asks nothing"
        if len(prose.words(name)) > MAX_TERM:
            return "its name is a sentence"
        if (name.count("'") % 2 and not re.search(r"\w'\w", name)) or re.search(r"\w[*~]\s|\s[*~][^\W\d]", name):
            return "its name breaks off"
        if re.search(r"\s[-–—]+\s|=[,\s]|\s=|\A(?:ex|e\.g|пример|напр)\b\.?", name, re.IGNORECASE) or _POINTING.match(
            name
        ):
            return "its name points at something else"
        if re.search(r"\S\s(?:vs|versus|против)\b\.?\s", name, re.IGNORECASE):
            return "its name is two things against each other"
        if len(prose.words(name)) > 1 and prose.breaks_off(name):
            return "its name breaks off"
        text = plain_text(head)
        if not rest and (text.rstrip().endswith(":") or not text):
            # The list or block below is the answer.
            return _list_fault(text, definition.elements)
        fault = prose.fault(name, text, explicit=definition.confidence >= _EXPLICIT)
        if fault is not None:
            return fault
        if len(prose.words(text)) > MAX_WHOLE:
            return f"the definition has more than {MAX_WHOLE} words and no sentence to end at"
        if _first_sentence(text) in self._shared:
            return f"the same is said of {MANY} or more others"
        if prose.holds(name, text):
            return "the prompt would show the answer"
        if any(
            prose.fold(text) == prose.fold(other) or prose.likeness(text, other) >= 0.8 for other in kept[:MANY_KEPT]
        ):
            return "another card has nearly the same definition"
        return None

    def _masked(
        self, concept: Concept, head: Sequence[n.Object], rest: Sequence[n.Object], *, wish: bool | None
    ) -> str:
        """The definition without the term, for the reverse card; empty where it does not identify the term.

        The notes' own WISH goes before the rules, as far as the card would not show its answer.
        """
        text = plain_text(head)
        if wish is False or (wish is None and not self.reverse) or rest or len(concept.definitions) > 1:
            return ""
        if wish is None and not prose.is_definitional(text, concept.surfaces):
            return ""
        if any(isinstance(node, n.LatexFragment | n.Link) for node in find(head, n.Object)):
            return ""
        gap = "\ue000"
        masked = text
        folded = text.casefold()
        # A pattern of its own for each name is costly; few names stand in their definitions.
        named = [surface for surface in concept.surfaces if surface.casefold() in folded]
        for surface in sorted(named, key=lambda s: (-len(s), s)):
            masked = re.sub(rf"(?<!\w){re.escape(surface)}\w{{0,2}}(?!\w)", gap, masked, flags=re.IGNORECASE)
        if any(prose.gives_away(surface, masked) for surface in concept.surfaces):
            return ""
        # What is left beside a gap must still tell of the term.
        if len(prose.words(masked)) < (2 if wish else 8 if gap in masked else 5):
            return ""
        return html.text(masked).replace(gap, '<span class="gap">[…]</span>')

    def _renderer(self, document: Document) -> html.HtmlRenderer:
        def image(link: n.Link) -> str | None:
            return self.media.name(document, link)

        return html.HtmlRenderer(
            image=image, external=_absolute_url, footnotes=html.Footnotes(document), raw=self.source.context.raw
        )


def _worth(name: str, text: str, signs: worth.Signs) -> str | None:
    """Why a definition says too little; None where it is worth a card."""
    if not text:
        return None
    # Some thirty rules look at each definition, and nearly all stand as they were in the last build.
    return answer("worth", repr((name, text, signs)), lambda _: faults.fault(name, text, signs) or "") or None


def _headline(document: Document, definition: Definition) -> n.Headline | None:
    """The headline that a definition stands under."""
    return document.headlines[definition.headline] if 0 <= definition.headline < len(document.headlines) else None


def _names_beside(concept: Concept, name: str, answer: str) -> str:
    """What the notes, not our tables, write NAME out as, or abbreviate or translate it to, as HTML; empty where ANSWER has it."""
    said = f"{name} {answer}"
    others: dict[str, str] = {}
    for alias in concept.aliases:
        if alias.kind in _WRITTEN_OUT and alias.rule != synonyms.RULE and alias.confidence >= SURE:
            others.setdefault(prose.fold(alias.surface), alias.surface)
    if prose.fold(concept.name) != prose.fold(name) and naming.is_expansion(name, concept.name):
        others.setdefault(prose.fold(concept.name), concept.name)
    shown = [html.text(other) for other in others.values() if not prose.holds(said, other)]
    return f'<p dir="auto"><b>{html.text(name)}</b> = {", ".join(shown[:MANY])}</p>' if shown else ""


_WRITTEN_OUT: Final = frozenset({AliasKind.EXPANSION, AliasKind.ACRONYM, AliasKind.TRANSLATION})


def _add_meaning(draft: Draft, other: Draft) -> None:
    """Show the answer of OTHER, another definition of the same term, below that of DRAFT, unless that says it too."""
    if prose.holds(draft.answer, other.answer):
        return
    further = f'{draft.fields["Extra"]}<p dir="auto">{other.fields["Definition"]}</p>'
    if len(prose.words(unescape(_TAG.sub(" ", further)))) <= MAX_EXTRA:
        draft.fields["Extra"] = further


def _first_sentence(text: str) -> str:
    return prose.fold(prose.SENTENCE_END.split(text, maxsplit=1)[0])


def _companions(concepts: Iterable[Concept]) -> Callable[[Definition], int]:
    """How many other definitions of the same form stand within NEAR lines of one."""
    lines: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for concept in concepts:
        for definition in concept.definitions:
            lines[definition.document, definition.headline, definition.rule].append(definition.span.line)
    for found in lines.values():
        found.sort()

    def count(definition: Definition) -> int:
        here = lines[definition.document, definition.headline, definition.rule]
        line = definition.span.line
        return bisect_right(here, line + NEAR) - bisect_left(here, line - NEAR) - 1

    return count


def _named(name: str, kind: ConceptKind) -> str:
    shown = html.text(name)
    return f"<code>{shown}</code>" if kind is ConceptKind.CODE else f"<b>{shown}</b>"


def _is_plural(written: str, concept: Concept) -> bool:
    """Whether the notes themselves hold the singular of the English name WRITTEN."""
    name = written.casefold()
    sure = (a.surface for a in concept.aliases if a.kind is not AliasKind.MISSPELLING and a.confidence >= SURE)
    others = {surface.casefold() for surface in (concept.name, *sure)}
    stems = {name[:-1] if name.endswith("s") else "", name[:-2] if name.endswith("es") else ""}
    stems.add(f"{name[:-3]}y" if name.endswith("ies") else "")
    return bool(stems & others - {""}) or is_english_plural(written)


def is_english_plural(name: str) -> bool:
    """Whether the last word of NAME is the plural of an English noun: `named pipes`, not `Windows`, `analytics`."""
    last = name.rsplit(maxsplit=1)[-1]
    single = singular(last.casefold())
    if not (last.isascii() and last.isalpha()) or single == last.casefold() or last.casefold().endswith("ics"):
        return False
    # `Market Insights` is a proper name, `Futures contracts` are several.
    if last.istitle() and (last in listed("products") or name.count(" ") > 1):
        return False
    return english_count(single) > _KNOWN


_KNOWN: Final = 200
"""Occurrences in the English list from which a word is one."""


def _as_text(text: str) -> tuple[n.Object, ...]:
    return (n.Text(begin=0, end=len(text), value=text),) if text else ()


def _giving_away(concept: Concept, place: Place) -> tuple[str, ...]:
    """Titles of the breadcrumb that show a part of the term."""
    return tuple(name for name in place.titles if any(prose.gives_away(surface, name) for surface in concept.surfaces))


def _answering(answer: str, place: Place) -> tuple[str, ...]:
    """Headings that say the ANSWER already: `Dependency Manager for PHP` above what is a tool for dependency management in PHP."""
    return tuple(
        name for name in place.headings if len(prose.content_words(name)) > 1 and prose.is_said_in(name, answer)
    )


def _list_fault(text: str, elements: Iterable[n.Element]) -> str | None:
    below = tuple(elements)
    if not below:
        return "the definition is empty" if not text else "the definition breaks off"
    items = sum(1 for _ in find_elements(below, n.Item))
    if items > MAX_ITEMS:
        return f"its list has more than {MAX_ITEMS} items"
    code = sum(block.value.count("\n") for block in find_elements(below, n.SrcBlock))
    count = len(prose.words(text)) + len(prose.words(html.elements_text(below)))
    if (count > MAX_ANSWER and not code) or code > 15:
        return "its list is too long for one card"
    return None if count >= 2 else "the definition is a single word"


def _absolute_url(link: n.Link) -> str | None:
    """Web and mail addresses only: a card knows nothing of the notes' folder."""
    url = external_url(link)
    return url if url and re.match(r"[a-z]+:", url) else None
