"""Cloze notes: sentences that say something of a concept, with the concept hidden."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

import msgspec

from orgkb.concepts.lexicon.english import GENERIC_WORDS as ENGLISH_GENERIC
from orgkb.concepts.lexicon.russian import GENERIC_WORDS as RUSSIAN_GENERIC
from orgkb.concepts.model import Concept, Mention
from orgkb.org import nodes as n
from orgkb.org.urls import external_url
from orgkb.org.walk import find_elements, plain_text
from orgkb.patterns import pattern
from orgkb_exporters import html
from orgkb_exporters.anki import gaps, naming, prose, shell
from orgkb_exporters.anki.around import Surroundings
from orgkb_exporters.anki.draft import ANSWER_KEPT, Draft
from orgkb_exporters.anki.note_types import CLOZE
from orgkb_exporters.anki.phrases import language_of
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.source import Source
from orgkb_exporters.anki.trimming import strip_ends

MIN_WORDS: Final = 8
MAX_WORDS: Final = 26
"""Words of a sentence: a shorter one says too little, a longer one too much."""
MAX_PER_CONCEPT: Final = 4
"""Sentences that ask for one concept: with more of them it is guessed."""
MAX_HIDDEN: Final = 4
"""Words of a hidden concept."""
THEME: Final = 20, 0.05
"""Mentions, and part of all mentions, from which a concept is what the notes as a whole are about."""
ANCHOR_WORDS: Final = 10
"""Words at the begin of a sentence by which it is known; an edit beyond them keeps its place."""
_ARTICLE = pattern(r"(?:an?|the)\s+\Z", re.IGNORECASE)
# What makes it a statement about its subject.
_VERB = pattern(
    r"""\s*(?:\([^()]{1,60}\)\s*)?,?\s*(?:also\s|usually\s|generally\s|typically\s|only\s|then\s|both\s|обычно\s|также\s|всегда\s)?(?:
      is|are|was|were|can|may|has|have|consists?|contains?|includes?|provides?|allows?|enables?|uses?|runs?|manages?
    | stores?|creates?|defines?|describes?|represents?|refers?|means|holds?|works?|supports?|requires?|ensures?|makes?
    | handles?|performs?|measures?|determines?|specif(?:y|ies)|appl(?:y|ies)|depends?|combines?|assigns?|maps?|helps?
    | keeps?|lives?|takes?|gives?|returns?|produces?|exposes?|groups?|controls?|lets?|acts?|serves?|begins?|ends?
    | — | это | является | являются | состоит | состоят | содержит | содержат | позволя(?:ет|ют) | использу(?:ет|ют)(?:ся)?
    | представля(?:ет|ют) | явля\w+ | обеспечива(?:ет|ют) | включа(?:ет|ют) | служ(?:ит|ат) | предназначен\w* | описыва(?:ет|ют)
    | определя(?:ет|ют) | управля(?:ет|ют) | хран(?:ит|ят) | созда(?:ё|е)т | показыва(?:ет|ют) | зависит | име(?:ет|ют)
    | отвеча(?:ет|ют) | выполня(?:ет|ют) | применя(?:ет|ют)ся | работа(?:ет|ют) | называ(?:ет|ют)ся
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Points at something outside the sentence, or talks to the reader.
_LEANING = pattern(
    r"\b(?:above|below|following|previous(?:ly)?|earlier|later|here|there|these|those|this|such|it'?s?|they|them|their|he|she|we"
    r"|you|your|our|us|i|see|figure|table|section|chapter|example|instead|however|therefore|thus|hence|also|too|same|another"
    r"|выше|ниже|следующ\w+|предыдущ\w+|здесь|там|этот|эта|это[йгм]\w*|эти|такой|такая|такие|они|их|мы|вы|нам|вам|нас|вас"
    r"|поэтому|также|тоже|однако|пример|рис|табл|см)\b",
    re.IGNORECASE,
)
_START = pattern(r"[\"«“(]?(?:[^\W\d_]|\d)")
_BROKEN = pattern(
    r"https?:|www\.|[{}<>|\\$=]|\?\s*\Z|!\s*\Z|\.{2,}|…|\w/\w+/|::|\[\s*\d+\s*\]|->|\s--?\w|:\s|\s[-–]\s|[.;]\s[a-zа-яё]"
)


_PROSE = frozenset({"prose", "term"})
"""Contexts of mentions in running text."""


class _Sentence(msgspec.Struct, frozen=True):
    objects: tuple[n.Object, ...]
    text: str
    begin: int


class _Begun(msgspec.Struct, frozen=True, array_like=True):
    """A sentence, by how it begins; places count from the begin of its section."""

    begin: int
    end: int
    head: str
    """Its first `_HEAD` letters: most sentences whole."""


_HEAD: Final = 300
"""Letters by which a sentence is judged without looking for it in the note again; few that make a card have more."""


@dataclass(frozen=True)
class ClozeCards:
    """Makes Cloze notes of the sentences of a graph's documents."""

    source: Source
    around: Surroundings
    min_confidence: float

    def drafts(self, home: Home) -> list[Draft]:
        """The Cloze notes of the document HOME, in its order; sentences with something secret are reported."""
        found: list[Draft] = []
        document = home.document
        mentions = self.source.graph.mentions_in(document)
        told: dict[int, list[str]] = {}
        for path in {segment.path for segment in document.segments}:
            for line, texts in self._told.get(path, {}).items():
                told.setdefault(line, []).extend(texts)
        seen: set[str] = set()
        asked: Counter[str] = Counter()
        position = 0
        sections = self.source.sections(document, CLOZE.kind)
        for place, several in self.source.of_sections("sentences", home, sections, _begun, list[_Begun]):
            paragraphs: list[n.Paragraph] = []
            for begun in several:
                begin, end = place.begin + begun.begin, place.begin + begun.end
                while position < len(mentions) and mentions[position].offset < begin:
                    position += 1
                here: list[Mention] = []
                for mention in mentions[position : position + MAX_WORDS]:
                    if mention.offset >= end:
                        break
                    here.append(mention)
                opening = _opening(begun.head, here)
                # Few begin with a concept, and that is told sooner than whether they are complete.
                if opening is None or (len(begun.head) < _HEAD and not _is_complete(begun.head)):
                    continue
                paragraphs = paragraphs or list(find_elements(place.elements, n.Paragraph))
                own = paragraphs[bisect_right(paragraphs, begin, key=_begin) - 1]
                sentence = next(one for one in _sentences(own) if one.begin == begin)
                if not _is_complete(sentence.text):
                    continue
                draft = self._draft(place, sentence, opening, here, told)
                hidden = gaps.concepts(draft.fields["Text"])[0] if draft else ""
                if draft is not None and draft.anchor not in seen and asked[hidden] < MAX_PER_CONCEPT:
                    seen.add(draft.anchor)
                    asked[hidden] += 1
                    found.append(draft)
        return found

    @cached_property
    def _told(self) -> dict[str, dict[int, list[str]]]:
        """The definitions that stand in each file, by line: a Term card asks for them."""
        told: dict[str, dict[int, list[str]]] = {}
        for concept in self.source.graph.concepts:
            for definition in concept.definitions:
                # What is only said of a thing in passing is asked for by no Term card.
                if definition.confidence >= self.min_confidence:
                    span = definition.span
                    told.setdefault(span.path, {}).setdefault(span.line, []).append(definition.text)
        return told

    def _draft(
        self,
        place: Place,
        sentence: _Sentence,
        opening: Mention,
        mentions: Sequence[Mention],
        told: dict[int, list[str]],
    ) -> Draft | None:
        home = place.home
        subject = self._subject(sentence, opening, home.title)
        if subject is None:
            return None
        concept = self.source.graph.concept(subject.concept)
        location = home.document.location(sentence.begin)
        near = (text for line in range(location.line - 1, location.line + 4) for text in told.get(line, ()))
        if any(_tells(text, sentence.text) for text in near):
            return None
        if not _is_safe(subject, concept, sentence.text):
            return None
        if secret := found_secret(sentence.text):
            self.source.keep_secret(f"for a sentence: it seems to hold {secret}", location)
            return None
        objects = None if gaps.has_marks(sentence.text) else _with_gap(sentence.objects, subject)
        if objects is None:
            return None
        closing = self._closing(sentence, mentions, subject)
        if closing is not None:
            objects = _with_gap(objects, closing) or objects
        language = language_of(sentence.text, home.language)
        hides = [subject.text, *concept.surfaces, *((closing.text,) if closing else ())]
        hidden = tuple(name for name in place.titles if any(prose.gives_away(surface, name) for surface in hides))
        body = html.HtmlRenderer(external=_absolute, raw=self.source.context.raw).objects(objects)
        return Draft(
            kind=CLOZE.kind,
            place=place,
            anchor=" ".join(prose.words(sentence.text)[:ANCHOR_WORDS]),
            term=sentence.text,
            answer=sentence.text[:ANSWER_KEPT],
            plural=False,
            language=language,
            fields={
                "Title": html.text(sentence.text[:80]),
                "Text": body,
                "Context": place.breadcrumb(hidden),
                **self.around.fields(concept, location.path, language),
                "Source": place.source(),
                "Link": place.link(sentence.text[:60], language),
            },
            location=location,
            concept=concept.id,
        )

    def _subject(self, sentence: _Sentence, mention: Mention, title: str) -> Mention | None:
        """MENTION, with which the sentence begins, if it says something of it."""
        before, _, after = sentence.text.partition(mention.text)
        concept = self.source.graph.concept(mention.concept)
        if not self._is_known(concept) or not _VERB.match(after):
            return None
        # "The objective is to …": of what?
        if re.match(r"\s+(?:is|was|are)\s+(?:to|that|not)\b", after):
            return None
        # "The container has …" speaks of one at hand; what the whole file is about is always guessed.
        if before.lower().startswith("the") and mention.text.islower() and " " not in mention.text:
            return None
        if self._is_theme(concept) or prose.holds(title, concept.name):
            return None
        if not 1 <= len(prose.words(mention.text)) <= MAX_HIDDEN or prose.is_bare(mention.text):
            return None
        return mention if _is_telling(mention.text, concept) else None

    def _closing(self, sentence: _Sentence, mentions: Sequence[Mention], subject: Mention) -> Mention | None:
        """The mention that the sentence ends with, if the notes define its concept: a second card asks for it."""
        for mention in reversed(mentions):
            if not sentence.text.endswith(f" {mention.text}."):
                continue
            concept = self.source.graph.concept(mention.concept)
            if concept.id == subject.concept or not concept.definitions or not self._is_known(concept):
                return None
            if not 1 <= len(prose.words(mention.text)) <= MAX_HIDDEN or prose.is_bare(mention.text):
                return None
            if not _is_telling(mention.text, concept):
                return None
            return mention if _is_safe(mention, concept, sentence.text) else None
        return None

    def _is_theme(self, concept: Concept) -> bool:
        count = len(self.source.graph.mentions_of(concept.id))
        return count >= THEME[0] and count >= THEME[1] * len(self.source.graph.mentions)

    def _is_known(self, concept: Concept) -> bool:
        return concept.confidence >= self.min_confidence


def _opening(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The first of MENTIONS in prose, if the sentence TEXT begins with it."""
    mention = next((mention for mention in mentions if mention.context in _PROSE), None)
    if mention is None:
        return None
    before, found, _ = text.partition(mention.text)
    return mention if found and (not before or _ARTICLE.fullmatch(before)) else None


def _is_telling(text: str, concept: Concept) -> bool:
    """Whether TEXT is no word of every day, which many others could stand for: a name, several words, or a defined term."""
    if re.search(r"[A-Z].*[A-Z]|[a-z][A-Z]|\d|[^\x00-\u04ff]", text):
        return True
    found = prose.words(text)
    stems = {found[-1], found[-1].removesuffix("s")}
    if stems & (ENGLISH_GENERIC | RUSSIAN_GENERIC | prose.BARE):
        return False
    return len(found) > 1 or bool(concept.definitions)


def _is_safe(mention: Mention, concept: Concept, sentence: str) -> bool:
    """Whether no part of the word stands elsewhere in the sentence."""
    before, _, after = (
        sentence.partition(mention.text) if sentence.startswith(mention.text) else sentence.rpartition(mention.text)
    )
    return not any(prose.gives_away(surface, f"{before} {after}") for surface in (mention.text, concept.name))


def _tells(definition: str, sentence: str) -> bool:
    return (
        prose.holds(sentence, definition)
        or prose.holds(definition, sentence)
        or prose.likeness(definition, sentence) > 0.5
    )


def _begun(place: Place) -> list[_Begun]:
    """The sentences of the section at PLACE that may be complete: few sections of notes have any, and to find out takes long."""
    text = place.home.document.text
    return [
        _Begun(one.begin - place.begin, one.objects[-1].end - place.begin, one.text[:_HEAD])
        for paragraph in find_elements(place.elements, n.Paragraph)
        if text.find(".", paragraph.begin, paragraph.end) >= 0  # which few notes have
        for one in _sentences(paragraph)
        if one.text.endswith(".") and _START.match(one.text)
    ]


def _sentences(paragraph: n.Paragraph) -> Iterator[_Sentence]:
    """The sentences of PARAGRAPH, if it holds nothing else."""
    whole = strip_ends(paragraph.children)
    if any(isinstance(o, n.LineBreak | n.LatexFragment) for o in whole):
        return
    for objects in prose.sentences(whole):
        yield _Sentence(objects, plain_text(objects), objects[0].begin)


_begin = attrgetter("begin")


def _is_complete(text: str) -> bool:
    if not text.endswith(".") or not _START.match(text) or not MIN_WORDS <= len(prose.words(text)) <= MAX_WORDS:
        return False
    if _BROKEN.search(text) or _LEANING.search(text) or shell.is_command(text):
        return False
    return text.count("(") == text.count(")") and not prose.breaks_off(text[:-1])


def _with_gap(objects: tuple[n.Object, ...], mention: Mention) -> tuple[n.Object, ...] | None:
    """OBJECTS with MENTION as a gap; None where it does not stand in one text."""
    for i, obj in enumerate(objects):
        if isinstance(obj, n.Markup) and obj.begin <= mention.offset < obj.end:
            inner = _with_gap(obj.children, mention)
            return (
                None
                if inner is None
                else (*objects[:i], msgspec.structs.replace(obj, children=inner), *objects[i + 1 :])
            )
        if isinstance(obj, n.Text) and mention.text in obj.value:
            before, found, after = obj.value.partition(mention.text)
            short = _SHORT.match(after)
            if short and naming.is_expansion(short[1], found):  # it would tell the letters
                found, after = found + short[0], after[short.end() :]
            value = f"{before}{gaps.hide(mention.concept, found)}{after}"
            return (*objects[:i], msgspec.structs.replace(obj, value=value), *objects[i + 1 :])
    return None


_SHORT = pattern(r"\s\(([A-Z][\w-]{1,7})\)")
"""An abbreviation behind its long form: `Shingled Magnetic Recording (SMR)`."""


def _absolute(link: n.Link) -> str | None:
    url = external_url(link)
    return url if url and re.match(r"[a-z]+:", url) else None
