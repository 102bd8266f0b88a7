from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec
import pytest

from orgkb import pandoc
from orgkb.kept import Kept
from orgkb.org.nodes import Headline
from orgkb_exporters.pandoc_ast import DocumentWriter
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf import PdfExporter
from orgkb_exporters.pdf.bench import Bench
from orgkb_exporters.pdf.prepass import Prepass
from orgkb_exporters.pdf.typst_run import Typst
from tests.exporters.pdf_notes import context, graph

NOTES = (
    "#+TITLE: Notes\n* One\nThe first word stands here.\n* Two\n- a list\n* Three\n#+begin_src sh\nls -l\n#+end_src\n"
)


def test_a_build_after_an_edit_gives_the_bytes_of_a_first_one_and_writes_only_the_section_that_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[int] = []
    convert = pandoc.convert

    def counted(document: dict[str, list[object]], to: str, arguments: list[str]) -> str:
        sizes.append(len(document["blocks"]))
        return convert(document, to, arguments)

    monkeypatch.setattr(pandoc, "convert", counted)
    edited = NOTES.replace("word", "sentence")
    with Kept() as kept:
        made = [
            artifact.data
            for notes in (NOTES, edited, NOTES)
            for artifact in PdfExporter().export(graph(notes), context(kept=kept))
        ]
    (cold,) = PdfExporter().export(graph(edited), context())
    assert made[1] == cold.data
    assert made[0] == made[2] != made[1]
    assert sizes[0] == sizes[3] > 3 * sizes[1]
    assert sizes[1] == sizes[2]


LINKED = """#+TITLE: Notes
* One
The first word stands here, see [[*Three]].
- pod :: a unit
* Two
A pod with a note[fn:1], and <<here>> a place. [[https://example.org][An address]].
[fn:1] Said below.
* Three
| a | b |
See [[here]]; $x^2$.
* Four
Nothing else.
"""
EDITS = (
    ("word", "sentence"),
    ("* Two", "* New\nSee [[*Two]].\n* Two"),
    ("see [[*Three]]", "see [[*Five]]"),
    ("* Three", "* Five"),
    ("* One\n", "* One\nA note[fn:1] too.\n"),
    ("<<here>>", "<<there>>"),
    ("a unit", "the smallest unit"),
)


def test_whatever_is_edited_the_bytes_are_those_of_a_first_build(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    piece = Prepass.piece

    def counted(self: Prepass, blocks: Sequence[Block], document: str, numbered: bool = True) -> list[Block]:
        written[-1] += 1
        return piece(self, blocks, document, numbered)

    sections: list[str] = []
    section = DocumentWriter.section

    def noted(self: DocumentWriter, headline: Headline | None) -> tuple[Block, ...]:
        sections.append(headline.raw_title if headline else "")
        return section(self, headline)

    notes = LINKED
    with Kept() as kept:
        list(PdfExporter().export(graph(notes), context(kept=kept)))
        monkeypatch.setattr(Prepass, "piece", counted)
        monkeypatch.setattr(DocumentWriter, "section", noted)
        for old, new in EDITS:
            assert old in notes
            notes = notes.replace(old, new, 1)
            written.append(0)
            (warm,) = PdfExporter().export(graph(notes), context(kept=kept))
            written.append(0)
            (cold,) = PdfExporter().export(graph(notes), context())
            assert warm.data == cold.data, (old, new)
    assert written[0] == 3  # the section that was edited, and those with a footnote or a formula
    assert written[1] == 5
    # Two has a footnote; what leads to the target in it is not written again when text above moves it.
    assert sections[:7] == ["One", "Two", "", "One", "Two", "Three", "Four"]


MANY = "".join(
    f"* Chapter {n}\nThe kernel (part {n}) sleeps, and the scheduler wakes it.\n{'Some words more. ' * 90}\n"
    for n in range(30)
)
TERMS = {"kernel": "the heart of a system", "scheduler": "it gives each process its time"}


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Typst lays out, as it happens."""
    found: list[str] = []

    def note(files: Mapping[str, bytes]) -> None:
        told = msgspec.json.decode(files["data.json"])
        back = [name for name in ("map", "glossary", "index") if told[name]]
        found.append("margins" if files["main.typ"] == files["margins.typ"] else "".join(back) or told["phase"])

    lay, query = Typst.lay, Typst.query

    def laid(self: Typst, files: Mapping[str, bytes], *more: object, **named: object) -> object:
        note(files)
        return lay(self, files, *more, **named)  # type: ignore[arg-type]

    def asked(self: Typst, files: Mapping[str, bytes], selector: str) -> object:
        note(files)
        return query(self, files, selector)

    monkeypatch.setattr(Typst, "lay", laid)
    monkeypatch.setattr(Typst, "query", asked)
    return found


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("", "", set()),
        ("(part 3) sleeps", "(part 3) soundly sleeps", {"text"}),
        ("gives each process", "gives every process", {"glossary", "margins"}),
        ("wakes it.", "wakes the kernel. " + "And more. " * 400, {"text", "contents", "glossary", "index", "margins"}),
    ],
    ids=["nothing", "a word", "a definition", "a page"],
)
def test_what_a_later_save_leaves_as_it_was_is_not_laid_out_again(
    pieces: list[str], old: str, new: str, again: set[str]
) -> None:
    later = msgspec.structs.replace(context(), timestamp=context().timestamp + dt.timedelta(minutes=5))
    notes, terms = MANY.replace(old, new, 1), {name: told.replace(old, new, 1) for name, told in TERMS.items()}
    with Kept() as kept:
        (first,) = PdfExporter().export(graph(MANY, concepts=TERMS), context(kept=kept))
        assert {"text", "cover", "contents", "glossary", "index", "margins"} <= set(pieces)
        pieces.clear()
        (warm,) = PdfExporter().export(graph(notes, concepts=terms), msgspec.structs.replace(later, kept=kept))
        assert set(pieces) == again
    (cold,) = PdfExporter().export(graph(notes, concepts=terms), later)
    assert warm.data == cold.data != first.data


def test_no_definition_and_no_line_above_draws_the_map_anew() -> None:
    drawn: list[bytes] = []

    def once(_step: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        drawn.append(source)
        return make()

    ways = msgspec.structs.replace(context(), once=once)
    for above, told in (("", "a unit"), ("A line.\n\n", "the smallest unit")):
        made = graph(
            f"{above}A pod runs on a node of a cluster.\n", concepts=dict.fromkeys(("pod", "node", "cluster"), told)
        )
        list(PdfExporter().export(made, ways))
    assert len(drawn) == 4
    assert drawn[:2] == drawn[2:]


def test_what_is_kept_ends_with_the_program_that_keeps_it() -> None:
    with Kept() as kept:
        list(PdfExporter(layouts=("handout", "large")).export(graph(NOTES), context(kept=kept)))
        bench = kept.take("pdf", Bench)
        processes = [typst._process for typst in bench._running.values()]
        assert len(processes) == 2
    assert all(process is not None and process.poll() is not None for process in processes)
