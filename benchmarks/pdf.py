"""Time and memory of a PDF handout, beside plain pandoc → Typst on the same tree.

    python benchmarks/pdf.py [FILE.org…]

Prints for each file: Org text in KB, then for each way CPU seconds of all processes, the largest process in MB,
and pages.  "plain" is pandoc's own template, without escaping, glossary, index, links to concepts or margin
notes; it fails on many notes, which is said.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PLAIN = """
import sys, json, typst
from pathlib import Path
from orgkb import pandoc, pipeline
from orgkb_exporters.pandoc_ast import DocumentWriter, targets
from orgkb_exporters.pandoc_inlines import Names
graph = pipeline.build_graph([sys.argv[1]])
(document,) = graph.documents
names = Names({document.path: 0}); names.wanted = targets(graph, names)
writer = DocumentWriter(graph, document, names=names, media=lambda *_: None)
blocks = [block for piece in writer.pieces() for block in piece.blocks]
source = pandoc.convert(pandoc.document(blocks), "typst", ["--standalone", "--toc"])
path = Path(sys.argv[2]) / "plain.typ"; path.write_text(source)
Path(sys.argv[2], "made.pdf").write_bytes(typst.compile(path, ignore_system_fonts=True))
"""

OURS = """
import sys, datetime as dt
from pathlib import Path
from orgkb import pipeline
from orgkb.exporter import ExportContext
from orgkb_exporters.pdf import PdfExporter
graph = pipeline.build_graph([sys.argv[1]])
context = ExportContext("Notes", dt.datetime(2024, 1, 1, tzinfo=dt.UTC), Path(sys.argv[1]).parent,
                        lambda *_: None, lambda _: None, lambda _: None)
(made,) = PdfExporter().export(graph, context)
Path(sys.argv[2], "made.pdf").write_bytes(made.data)
"""

GRAPH = "import sys; from orgkb import pipeline; pipeline.build_graph([sys.argv[1]])"

MEASURED = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-c", *sys.argv[1:]], stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""


def measured(script: str, file: Path, folder: str) -> tuple[int, float, int]:
    """Exit code, CPU seconds and the largest process in MB of a Python SCRIPT with its children."""
    done = subprocess.run([sys.executable, "-c", MEASURED, script, str(file), folder], capture_output=True, check=True)
    code, seconds, memory = done.stdout.split()
    return int(code), float(seconds), int(memory)


def pages(pdf: Path) -> int:
    return max((int(count) for count in re.findall(rb"/Count (\d+)", pdf.read_bytes())), default=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(Path("input").glob("*.org")))
    for file in parser.parse_args().files:
        print(f"{file.name}: {file.stat().st_size / 1000:.0f} KB")
        with tempfile.TemporaryDirectory() as folder:
            _, base, _ = measured(GRAPH, file, folder)
            print(f"  reading and graph  {base:6.1f} s")
            for name, script in (("handout", OURS), ("plain", PLAIN)):
                code, seconds, memory = measured(script, file, folder)
                made = Path(folder, "made.pdf")
                count = f"{pages(made)} pages" if not code else "failed"
                print(f"  {name:<17}  {seconds - base:6.1f} s  {memory:5} MB  {count}")
                made.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
