"""Prints notes in every layout and checks what came out: a long run over real notes.

    python benchmarks/pdf_layouts.py [--layouts handout,cards] FILE.org…

For each file and layout: pages, seconds and the warnings by code; then the faults found in the PDF: words outside their
page (needs pdftotext), lines of source blocks that are not in the text of the book layouts, pages of glossary and index
on which no name of the concept stands, headlines that are not in the order of the bookmarks.  Ends with exit code 1
where there is any.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from orgkb import pipeline
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic
from orgkb.errors import OrgkbError
from orgkb.exporter import ExportContext
from orgkb.inputs import find_inputs, media_reader
from orgkb.org import nodes as n
from orgkb.org.walk import walk_document
from orgkb_exporters.pdf import PdfExporter
from orgkb_exporters.pdf.data import PrintData
from orgkb_exporters.pdf.layouts import BOOKS, LAYOUTS
from orgkb_exporters.pdf.press import Press

PRINTED: list[PrintData] = []
"""The data of each layout, as the template gets them."""


SPLIT = 80
"""Letters of a term that may stand on the page before or after."""


def noted() -> None:
    """Note the data of each printed layout."""
    printed = Press.pdf

    def wrapped(self: Press) -> tuple[bytes, int]:
        made = printed(self)
        assert self.printed is not None
        PRINTED.append(self.printed)
        return made

    Press.pdf = wrapped  # type: ignore[method-assign]


def squeezed(text: str) -> str:
    """TEXT without what a line break may change: white space and hyphens."""
    return re.sub("[\\s\u00ad\u2010-]+", "", text).casefold()


def words(pdf: bytes, *arguments: str) -> str:
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *arguments, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8", "replace")


def outside(pdf: bytes) -> int:
    """Words that stand outside their page."""
    count = 0
    for page in words(pdf, "-bbox").split("<page ")[1:]:
        width, height = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        for box in re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', page):
            left, top, right, bottom = map(float, box)
            count += left < -1 or top < -1 or right > width + 1 or bottom > height + 1
    return count


def text_pages(pdf: bytes, printed: PrintData) -> list[str]:
    """The text of each page without white space, heads and margins: words and lines go on in the next one."""
    look = printed.look
    sides = [look.left, look.top - 8, look.width - look.left - look.right, look.height - look.top - look.bottom + 20]
    crop = [word for key, size in zip("xyWH", sides, strict=True) for word in (f"-{key}", str(round(size)))]
    return [squeezed(page) for page in words(pdf, "-raw", *crop).split("\f")]


def lost_lines(pdf: bytes, graph: ConceptGraph, printed: PrintData) -> list[str]:
    """Lines of source blocks that cannot be copied from PDF."""
    text = "".join(text_pages(pdf, printed))
    lines = [
        line
        for document in graph.documents
        for node in walk_document(document)
        if isinstance(node, n.SrcBlock)
        for line in node.value.splitlines()
    ]
    return [line for line in dict.fromkeys(lines) if squeezed(line.expandtabs(8)) not in text]


def wrong_pages(pdf: bytes, graph: ConceptGraph, printed: PrintData) -> tuple[int, list[str]]:
    """How many page numbers glossary and index give, and those of pages on which the concept is not named."""
    pages = text_pages(pdf, printed)
    names: dict[str, set[str]] = {}
    for concept in graph.concepts:
        names[concept.id] = {squeezed(concept.name), *(squeezed(alias.surface) for alias in concept.aliases)}
    for mention in graph.mentions:
        names.setdefault(mention.concept, set()).add(squeezed(mention.text))
    entries = [(entry.id, entry.pages) for entry in printed.glossary]
    entries += [(entry.key.removeprefix("index-"), entry.pages) for entry in printed.index if entry.pages]
    total, wrong = 0, []
    for ident, ranges in entries:
        for number in (page for one in ranges for page in range(one.first, one.last + 1)):
            total += 1
            # A term that is broken between two pages stands on both.
            before = pages[number - 2][-SPLIT:] if number > 1 else ""
            near = before + pages[number - 1] + (pages[number][:SPLIT] if number < len(pages) else "")
            if not any(name in near for name in names.get(ident, ())):
                wrong.append(f"{ident} on {number}")
    return total, wrong


def check(pdf: bytes, graph: ConceptGraph, layout: str) -> tuple[list[str], str]:
    """What is wrong with PDF, and what was looked at."""
    found = [f"{count} words outside the page"] if (count := outside(pdf)) else []
    if layout not in BOOKS:
        return found, ""
    lines = lost_lines(pdf, graph, PRINTED[-1])
    found += [f"lost line: {line[:100]}" for line in lines[:5]]
    total, wrong = wrong_pages(pdf, graph, PRINTED[-1])
    found += [f"wrong page: {place}" for place in wrong[:5]]
    return found, f"{total} page numbers, {len(wrong)} wrong, {len(lines)} lines lost"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(Path("input").glob("*.org")))
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    arguments = parser.parse_args()
    noted()
    faults = 0
    for file in arguments.files:
        graph = pipeline.build_graph([file])
        inputs = find_inputs([file])
        for layout in arguments.layouts.split(","):
            reports: list[Diagnostic] = []
            context = ExportContext(
                title=file.stem, timestamp=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), input_root=file.parent,
                read_media=media_reader(inputs, graph.documents, reports.append), previous=lambda _: None,
                report=reports.append,
            )  # fmt: skip
            before = spent()
            try:
                made = list(PdfExporter(layouts=(layout,), split="none").export(graph, context))
            except OrgkbError as error:
                print(f"{file.name} {layout}: FAILED {error}", flush=True)
                faults += 1
                continue
            seconds = spent() - before
            codes = Counter(report.code for report in reports)
            if not made:
                print(f"{file.name} {layout}: nothing to print", flush=True)
                continue
            found, looked = check(made[0].data, graph, layout)
            print(f"{file.name} {layout}: {made[0].summary}, {seconds:.1f} s {dict(codes) or ''} {looked}", flush=True)
            for fault in found:
                print(f"    {fault}", flush=True)
            faults += len(found)
    print(f"{faults} faults")
    sys.exit(bool(faults))


def spent() -> float:
    """CPU seconds of this process and its children."""
    used: list[Any] = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return float(sum(one.ru_utime + one.ru_stime for one in used))


if __name__ == "__main__":
    main()
