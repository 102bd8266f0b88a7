"""Printing one part: its pieces laid out by Typst one after the other, then joined; what it refuses is printed more plainly."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from orgkb.diagnostics import Location
from orgkb.errors import ConfigError, ExporterError
from orgkb.patterns import pattern
from orgkb_exporters.pdf import data, escape, glyphs, margins, own
from orgkb_exporters.pdf.bench import Laid
from orgkb_exporters.pdf.contents import contents_pages
from orgkb_exporters.pdf.cuts import cuts
from orgkb_exporters.pdf.drawing import Drawing
from orgkb_exporters.pdf.joining import GOAL, Mark, Whole, joined, page_count
from orgkb_exporters.pdf.layouts import Look
from orgkb_exporters.pdf.part import PLAIN, Part
from orgkb_exporters.pdf.places import Places, balanced, first_on_pages, moved, page_ranges, together
from orgkb_exporters.pdf.typst_run import CompileFailed, Typst

MAX_TRIES = 60
"""Tries after which everything that still fails is printed as plain text."""
SHORT_CONTENTS = 24
"""Headings up to which the contents share a page with the beginning of the text."""

_GUESSES = 3
_UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""What pieces are dated: the whole gets its time when they are joined, so that saving a note changes none of them."""
_PLACES = "<orgkb-places>"
_PIECE_FILE = pattern(r"p(\d+)\.typ")
_GLOSSARY_COLUMNS, _INDEX_COLUMNS = 2, 3
_UNTAGGED = {"a-1a": "a-1b", "a-2a": "a-2b", "a-3a": "a-3b", "ua-1": "1.7"}
"""Standards that want tags → what holds for pages that only lie over others."""


class Press:
    """Prints PART in the layout LOOK with TYPST."""

    def __init__(self, part: Part, look: Look, typst: Typst) -> None:
        self._part, self._look, self._typst = part, look, typst
        self._book = part.book
        self._tested_images = False
        self._pieces = range(0)
        self.printed: data.PrintData | None = None
        """What was printed besides the text."""

    def pdf(self) -> tuple[bytes, int]:
        """The PDF and its pages.  What Typst refuses is printed more plainly, piece by piece, and reported."""
        for _ in range(MAX_TRIES):
            try:
                return self._printed()
            except CompileFailed as failure:
                self._refuse_template(failure)
                if not (self._book.without_refused_formulas(self._typst) or self._without_broken_images()):
                    self._more_care(failure)
        self._part.care = [PLAIN] * len(self._part.pieces)
        try:
            return self._printed()
        except CompileFailed as failure:
            raise ExporterError(f"Typst could not print the notes: {failure.message}") from failure

    # --- piece by piece ---

    def _printed(self) -> tuple[bytes, int]:
        """The text first, since all else depends on where it stands; cover and contents, what follows, and the margins."""
        part, pace = self._part, self._book.pace
        pace.tell("text", 0)
        plain = part.data(self._look)
        large, small = part.maps()
        base = msgspec.structs.replace(plain, cover_map=small, goals=self._goals())
        runs = self._cuts()
        # A long list of contents has pages of its own, and so has a cover without one.
        apart = base.contents > SHORT_CONTENTS or (base.cover and not base.contents)
        laid: list[Laid] = []
        front: list[Laid] = []
        for number, run in enumerate(runs):
            pace.tell(f"pages ({number + 1} of {len(runs)})" if len(runs) > 1 else "pages", 1)
            first = base if not (number or apart) else msgspec.structs.replace(plain, keys=(), phase="text")
            footnotes = laid[-1].places.footnotes if laid else 0
            counted = msgspec.structs.replace(first, footnotes=footnotes, headings=self._headings_before(run))
            # What is laid out again at once, with its contents, need not be printed before.
            draft = base.contents > 0 and not apart and len(runs) == 1
            laid.append(self._laid(counted, run, draft=draft))
        if apart:
            front = self._front(base, together([one.places for one in laid]))
            laid = [*front, *laid]
        elif base.contents:
            starts = _starts(together([one.places for one in laid]))
            laid[0] = self._laid(msgspec.structs.replace(base, phase="all", starts=starts), runs[0])
        text = together([one.places for one in laid])
        begins = sum(one.places.pages for one in front) + 1 if apart else text.begins
        starts = _starts(text)
        pace.tell("glossary, index", 2)
        filled, back = self._back(base, large, text)
        laid += back
        everything = together([one.places for one in laid])
        printed = msgspec.structs.replace(
            filled,
            total=everything.pages,
            text_pages=(begins - 1, text.pages),
            heads=tuple(
                (escape.clean(chapter), escape.clean(section)) for chapter, section in everything.running_heads()
            ),
            starts=starts,
            beside=margins.beside(part, self._look, text),
            turned=self._turned(everything, large is not None and large.width > large.height),
        )
        self.printed = printed
        pace.tell("margins", 3)
        beside = self._beside(printed)
        self._report([*laid, beside])
        whole = self._whole(laid, everything)
        pdf = joined([one.pdf for one in laid], whole, beside.pdf, self._book.bench.objects)
        return pdf, everything.pages

    def _front(self, base: data.PrintData, text: Places) -> list[Laid]:
        """Cover and contents before TEXT.  How many pages they take is guessed first; where that was wrong, they are laid out again."""
        bare = self._without_cover(base)
        laid = [self._laid(msgspec.structs.replace(base, phase="cover"))] if base.cover else []
        if not base.contents:
            return laid
        listed = set(self._part.anchors(self._look))
        before, name = self._book.bench.contents, (self._part.title, self._look.layout)
        guess = contents_pages(base, [heading for heading in text.headings if heading.anchor in listed])
        pages = before.get(name, guess)
        above = sum(one.places.pages for one in laid)
        for _ in range(_GUESSES):
            starts = _starts(moved(text, above + pages))
            contents = self._laid(msgspec.structs.replace(bare, phase="contents", starts=starts))
            if contents.places.pages == pages:
                break
            pages = contents.places.pages
        before[name] = pages
        return [*laid, contents]

    def _cuts(self) -> list[range]:
        """The sections of each piece of the text.  PDF/UA wants the first heading of each to be a highest one."""
        sizes, levels = self._part.sizes(self._look)
        return cuts(sizes, levels, 1 if (self._book.options.standard or "").startswith("ua") else 9)

    def _headings_before(self, run: range) -> tuple[int, ...]:
        """How many headings of each level there are in the sections before RUN."""
        counters = [0]
        for level in self._part.sizes(self._look)[1][: run.start]:
            if level:
                counters = [*counters[:level], *[0] * (level - len(counters))]
                counters[level - 1] += 1
        return tuple(counters)

    def _laid(self, printed: data.PrintData, run: range = range(0), *, draft: bool = False) -> Laid:
        """The pages of PRINTED with the sections RUN; of a DRAFT only the places.  Raises CompileFailed."""
        self._pieces = run
        return self._made({**self._part.source(self._look, run), **printed.files()}, _PLACES, draft=draft)

    def _made(self, files: Mapping[str, bytes], places: str, *, draft: bool = False) -> Laid:
        """The PDF of FILES; without the standard where it cannot keep to it."""
        options = self._book.options
        standard, tagged = options.standard or None, options.tagged
        if not places:
            standard, tagged = _UNTAGGED.get(standard or "", standard), False
        settings = (standard, tagged, places, draft, self._typst.limits)
        if draft:
            return self._book.bench.laid(
                files, settings, lambda: Laid(b"", Places.read(self._typst.query(files, places)), standard)
            )
        return self._book.bench.laid(files, settings, lambda: self._compiled(files, places, standard, tagged=tagged))

    def _compiled(self, files: Mapping[str, bytes], places: str, standard: str | None, *, tagged: bool) -> Laid:
        refused = None
        lay = partial(self._typst.lay, files, _UNDATED, places, tagged=tagged)
        try:
            pdf, value = lay(standard=standard)
        except CompileFailed as failure:
            if not standard or not (failure.unshown or "PDF/" in failure.message):
                raise
            refused = failure
            pdf, value = lay(standard=None)
        self._typst.pause()
        fonts = tuple(sorted({message for message in self._typst.warnings if message.startswith("unknown font")}))
        seen = Places.read(value) if places else Places(page_count(pdf), (), {}, ())
        return Laid(pdf, seen, None if refused else standard, refused, fonts)

    # --- what follows the text, what stands beside it, and the whole ---

    def _back(self, base: data.PrintData, large: Drawing | None, text: Places) -> tuple[data.PrintData, list[Laid]]:
        """What follows the TEXT: its data, and the pages of map, glossary and index, each alone: an edit seldom changes all."""
        part, options = self._part, self._book.options
        ids = {concept.id for concept in part.concepts}
        pages = {concept: page_ranges(places) for concept, places in text.by_concept().items()}
        goals = {concept: self._number(concept) for concept in pages}
        index = data.index(part.indexed, ids, pages, goals) if options.index else ()
        # Thousands of links cost much: where there is an index, only it has them.
        entries = data.glossary(self._book.graph, part.concepts, self._book.formulas, pages, {} if index else goals)
        bare = msgspec.structs.replace(self._without_cover(base), phase="back")
        laid: list[Laid] = []
        if large is not None:
            laid.append(self._laid(msgspec.structs.replace(bare, map=large)))
        if entries:
            names = part.names_of(part.concepts)
            alone = msgspec.structs.replace(bare, glossary=entries)
            laid.append(self._evened(alone, names, "orgkb-glossary-end", _GLOSSARY_COLUMNS))
        if index:
            alone = msgspec.structs.replace(bare, index=index)
            laid.append(self._evened(alone, [entry.key for entry in index], "orgkb-index-end", _INDEX_COLUMNS))
        return msgspec.structs.replace(base, map=large, glossary=entries, index=index), laid

    def _evened(self, alone: data.PrintData, names: Sequence[str], end: str, columns: int) -> Laid:
        """The entries NAMES of ALONE in columns, those of the last page of one height."""
        places = self._laid(alone, draft=True).places
        even = balanced(places, names, end, columns)
        changed = {name for name, (_, x, _) in even.items() if x != places.anchors[name][1]}
        return self._laid(msgspec.structs.replace(alone, breaks=tuple(sorted(_first_of_each_column(even, changed)))))

    def _number(self, concept: str) -> int:
        """The number that stands for the places of CONCEPT in links to pages."""
        return self._book.bench.goal(self._book.names.concept(concept)) - GOAL

    def _beside(self, printed: data.PrintData) -> Laid:
        """Heads, feet and margins of all pages, on pages of their own."""
        self._pieces = range(0)
        printed = self._without_cover(printed)
        if not self._book.options.template:
            printed = msgspec.structs.replace(printed, glossary=(), index=(), map=None, starts={}, goals={})
        files = {**self._part.source(self._look, range(0)), **printed.files()}
        return self._made({**files, "main.typ": files["margins.typ"]}, "")

    def _without_cover(self, printed: data.PrintData) -> data.PrintData:
        """PRINTED without what only the cover shows, or the user's template asks for."""
        keys = printed.keys if self._book.options.template else ()
        return msgspec.structs.replace(printed, keys=keys, cover_map=None)

    def _goals(self) -> dict[str, int]:
        """The numbers of all places that the templates lead to."""
        goal = self._book.bench.goal
        return {
            name: goal(name) for name in (*self._part.anchors(self._look), *self._part.names_of(self._part.concepts))
        }

    def _whole(self, laid: Sequence[Laid], everything: Places) -> Whole:
        """What the pieces LAID out are told of each other."""
        goal = self._book.bench.goal
        concepts = self._part.names_of(self._part.concepts)
        targets = everything.targets(
            {*self._part.aims(self._look), *concepts, *(h.anchor for h in everything.headings)}
        )
        return Whole(
            goals={goal(name) - GOAL: place for name, place in targets.items()},
            on_pages={
                (self._number(concept), page): y
                for concept, places in everything.by_concept().items()
                for page, y in first_on_pages(places).items()
            },
            outline=[Mark(h.level, h.title, targets[h.anchor]) for h in everything.headings],
            names=targets,
            moment=self._book.context.timestamp,
            master=next((index for index, one in enumerate(laid) if one.failure), 0),
        )

    @staticmethod
    def _turned(everything: Places, turned: bool) -> tuple[int, ...]:
        """The pages that lie on their side: that of the map."""
        return tuple(h.page for h in everything.headings if turned and h.anchor == "orgkb-map")

    def _report(self, laid: Sequence[Laid]) -> None:
        """Tell what the pieces LAID out lack."""
        documents = [self._book.graph.documents[index] for index in self._part.documents]
        place = Location(documents[0].path, 1)
        unshown: Counter[str] = Counter()
        refusals: dict[str, None] = {}
        for failure in (one.failure for one in laid if one.failure):
            unshown.update(failure.unshown)
            if not failure.unshown:
                refusals[failure.message] = None
        for diagnostic in glyphs.missing(unshown, documents):
            self._book.context.report(diagnostic)
        for message in refusals:
            self._book.warn("pdf-standard", f"the PDF does not meet {self._book.options.standard}: {message}", place)
        for font in sorted({font for one in laid for font in one.fonts}):
            self._book.warn(
                "pdf-font", f"{font}; another one is used (option system_fonts takes those installed)", place
            )

    # --- what Typst refuses ---

    def _without_broken_images(self) -> bool:
        """Find images that Typst cannot read, each tried alone; whether there were new ones."""
        if self._tested_images:
            return False
        self._tested_images = True
        for name, picture in self._part.pictures().items():
            source = f"#image({escape.quoted(name)})#metadata(0){_PLACES}".encode()
            try:
                self._typst.query({"main.typ": source, name: picture}, _PLACES)
            except CompileFailed as failure:
                self._part.broken_images.add(name)
                for diagnostic in self._book.pictures.broken(name, failure.message):
                    self._book.context.report(diagnostic)
        return bool(self._part.broken_images)

    def _refuse_template(self, failure: CompileFailed) -> None:
        """Raise ConfigError where it is the user's template that Typst complains about."""
        template = self._book.options.template
        if template and failure.places and failure.places[0][0].startswith(f"{own.FOLDER}/"):
            _, line = failure.places[0]
            raise ConfigError(f"exporters.pdf: {template}, line {line}: {failure.message}") from failure

    def _more_care(self, failure: CompileFailed) -> None:
        """Print the pieces that FAILURE names more plainly; where it names none, those found to fail."""
        care = self._part.care
        named = [int(match[1]) for name in failure.files if (match := _PIECE_FILE.fullmatch(name))][:1]
        guilty = [number for number in named if care[number] < PLAIN] or [
            number for number in self._culprits(self._pieces) if care[number] < PLAIN
        ]
        if not guilty:
            raise ExporterError(f"Typst could not print the notes: {failure.message}") from failure
        for number in guilty:
            care[number] += 1
            self._report_piece(number, failure.message)

    def _culprits(self, numbers: range) -> list[int]:
        """Which of the pieces NUMBERS do not compile without the others: by halves."""
        bare = msgspec.structs.replace(self._part.data(self._look), phase="text")
        try:
            self._typst.query({**self._part.source(self._look, numbers), **bare.files()}, _PLACES)
        except CompileFailed:
            if len(numbers) == 1:
                return list(numbers)
            half = len(numbers) // 2
            return [*self._culprits(numbers[:half]), *self._culprits(numbers[half:])]
        return []

    def _report_piece(self, number: int, reason: str) -> None:
        piece = self._part.pieces[number]
        document = self._book.graph.documents[piece.document]
        offset = document.headlines[piece.headline].begin if piece.headline >= 0 else 0
        how = "without its formulas and images" if self._part.care[number] < PLAIN else "as plain text"
        message = f"this section could not be laid out ({reason.rstrip('.')}); it is printed {how}"
        self._book.warn("pdf-layout", message, document.location(offset))


def _starts(places: Places) -> dict[str, int]:
    """The page of each heading, for the contents."""
    return {heading.anchor: heading.page for heading in places.headings}


def _first_of_each_column(entries: Mapping[str, tuple[int, float, float]], changed: set[str]) -> set[str]:
    """The entries before which a column is to be broken: the first of each column of the last page but the first one."""
    found: set[str] = set()
    before: float | None = None
    for name, (_, x, _) in entries.items():
        if before is not None and x != before:
            found.add(name)
        before = x
    return found if changed or found else set()
