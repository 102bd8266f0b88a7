"""Printing one part: two layouts by Typst, with something to fall back to wherever it refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from orgkb.diagnostics import Location
from orgkb.errors import ConfigError, ExporterError
from orgkb_exporters.pdf import data, escape, glyphs, margins, own
from orgkb_exporters.pdf.layouts import Look
from orgkb_exporters.pdf.part import PLAIN, Part
from orgkb_exporters.pdf.places import Places, balanced, moved
from orgkb_exporters.pdf.typst_run import CompileFailed, Typst

MAX_TRIES = 60
"""Layouts after which everything that still fails is printed as plain text."""

_PLACES = "<orgkb-places>"
_PIECE_FILE = re.compile(r"p(\d+)\.typ")
_GLOSSARY_COLUMNS, _INDEX_COLUMNS = 2, 3


class Press:
    """Prints PART in the layout LOOK with TYPST."""

    def __init__(self, part: Part, look: Look, typst: Typst) -> None:
        self._part, self._look, self._typst = part, look, typst
        self._book = part.book
        self._tested_images = False

    def pdf(self) -> tuple[bytes, int]:
        """The PDF and its pages.  What Typst refuses is printed more plainly, piece by piece, and reported."""
        standard: str | None = self._book.options.standard or None
        whole: data.PrintData | None = None
        for _ in range(MAX_TRIES):
            try:
                if whole is None:
                    whole = self._measured()
                self._book.pace.tell("printing", 3)
                return self._compile(self._files(whole), standard), whole.total
            except CompileFailed as failure:
                self._refuse_template(failure)
                if standard and (failure.unshown or "PDF/" in failure.message):
                    self._report_standard(failure, standard)
                    standard = None
                    continue
                whole = None
                if not self._without_broken_images():
                    self._more_care(failure)
        self._part.care = [PLAIN] * len(self._part.pieces)
        try:
            whole = self._measured()
            return self._compile(self._files(whole), None), whole.total
        except CompileFailed as failure:
            raise ExporterError(f"Typst could not print the notes: {failure.message}") from failure

    # --- two layouts ---

    def _measured(self) -> data.PrintData:
        """The data of the printed layout: a first layout of the text, then one of what follows it, tell all places."""
        part, look, pace = self._part, self._look, self._book.pace
        pace.tell("text", 0)
        base = part.data(look)
        pace.tell("pages", 1)
        large, small = part.maps()
        base = msgspec.structs.replace(base, cover_map=small)
        places = Places.read(self._typst.query(self._files(base), _PLACES))
        self._typst.pause()
        by_concept = places.by_concept()
        ids = {concept.id for concept in part.concepts}
        options = self._book.options
        pace.tell("glossary, index", 2)
        filled = msgspec.structs.replace(
            base,
            map=large,
            glossary=data.glossary(self._book.graph, part.concepts, self._book.formulas, by_concept),
            index=data.index(part.indexed, ids, by_concept) if options.index else (),
        )
        total, heads, anchors = places.pages, places.running_heads(), {}
        if filled.glossary or filled.index or filled.map:
            filled, back = self._back(filled, places.pages)
            total += back.pages
            heads += _back_heads(back, places.pages)
            anchors = dict(back.anchors)
        known = Places(total, places.headings, {**places.anchors, **anchors}, places.mentions)
        wanted = {*part.aims(look), *part.names_of(part.concepts)}
        return msgspec.structs.replace(
            filled,
            phase="print",
            total=total,
            text_pages=(places.begins - 1, places.pages),
            dests=known.targets(wanted),
            heads=tuple((escape.clean(chapter), escape.clean(section)) for chapter, section in heads),
            starts={heading.anchor: heading.page for heading in places.headings},
            beside=margins.beside(part, look, places),
        )

    def _back(self, filled: data.PrintData, pages: int) -> tuple[data.PrintData, Places]:
        """FILLED with even columns, and where its glossary, index and map come to stand behind so many PAGES."""
        alone = msgspec.structs.replace(filled, phase="back", first=pages)
        files = self._files(alone, text=False)
        back = moved(Places.read(self._typst.query(files, _PLACES)), pages, pages % 2)
        self._typst.pause()
        names = self._part.names_of(self._part.concepts)
        glossary = balanced(back, names, "orgkb-glossary-end", _GLOSSARY_COLUMNS)
        index = balanced(back, [entry.key for entry in filled.index], "orgkb-index-end", _INDEX_COLUMNS)
        breaks = {name for name, (_, x, _) in (glossary | index).items() if x != back.anchors[name][1]}
        breaks = _first_of_each_column(glossary, breaks) | _first_of_each_column(index, breaks)
        concept = self._book.names.concept
        even = msgspec.structs.replace(
            filled,
            glossary=tuple(
                msgspec.structs.replace(e, breaks=True) if concept(e.id) in breaks else e for e in filled.glossary
            ),
            index=tuple(msgspec.structs.replace(e, breaks=True) if e.key in breaks else e for e in filled.index),
        )
        return even, Places(back.pages, back.headings, {**back.anchors, **glossary, **index}, ())

    def _files(self, printed: data.PrintData, *, text: bool = True) -> dict[str, bytes]:
        source = self._part.source(self._look, None if text else range(0), printed.dests)
        return {**source, **printed.files()}

    def _compile(self, files: Mapping[str, bytes], standard: str | None) -> bytes:
        tagged = self._book.options.tagged
        made = self._typst.compile(files, self._book.context.timestamp, standard=standard, tagged=tagged)
        for font in sorted({message for message in self._typst.warnings if message.startswith("unknown font")}):
            place = Location(self._book.graph.documents[self._part.documents[0]].path, 1)
            self._book.warn(
                "pdf-font", f"{font}; another one is used (option system_fonts takes those installed)", place
            )
        return made

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
            number for number in self._culprits(range(len(care))) if care[number] < PLAIN
        ]
        if not guilty:
            raise ExporterError(f"Typst could not print the notes: {failure.message}") from failure
        for number in guilty:
            care[number] += 1
            self._report_piece(number, failure.message)

    def _culprits(self, numbers: range) -> list[int]:
        """Which of the pieces NUMBERS do not compile without the others: by halves."""
        bare = self._part.data(self._look)
        files = {**self._part.source(self._look, numbers), **bare.files()}
        try:
            self._typst.query(files, _PLACES)
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

    def _report_standard(self, failure: CompileFailed, standard: str) -> None:
        documents = [self._book.graph.documents[index] for index in self._part.documents]
        if failure.unshown:
            for diagnostic in glyphs.missing(failure.unshown, documents):
                self._book.context.report(diagnostic)
            return
        message = f"the PDF does not meet {standard}: {failure.message}"
        self._book.warn("pdf-standard", message, Location(documents[0].path, 1))


def _first_of_each_column(entries: Mapping[str, tuple[int, float, float]], changed: set[str]) -> set[str]:
    """The entries before which a column is to be broken: the first of each column of the last page but the first one."""
    found: set[str] = set()
    before: float | None = None
    for name, (_, x, _) in entries.items():
        if before is not None and x != before:
            found.add(name)
        before = x
    return found if changed or found else set()


def _back_heads(back: Places, before: int) -> list[tuple[str, str]]:
    """The running heads of the pages behind the text."""
    shifted = msgspec.structs.replace(
        back,
        headings=tuple(msgspec.structs.replace(heading, page=heading.page - before) for heading in back.headings),
    )
    return shifted.running_heads()
