"""How fast trees become Markdown, beside pandoc's own gfm writer on the same trees.

Usage: python benchmarks/markdown.py [FILE.org ...]; without files a made-up one of about 1 MB.
CPU time of our process; for pandoc that of its own from the same contents, as JSON, to gfm.
"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import time
from pathlib import Path

import pypandoc

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb.org.links import LinkIndex
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb_exporters.markdown import MarkdownExporter
from orgkb_exporters.markdown.flavours import FLAVOURS

SAMPLE = """* Heading {i} :tag:
A *pod* runs on a /node/ with ~docker run --rm <image>~ and path /var/lib/docker/, see [[https://a.b/{i}][this]].
- first item of some words, with CONTAINER_ID and a_b_c
  - nested item $x$ and y
- term :: definition of {i}
#+begin_src sh
kubectl get pods -n kube-system | grep {i}
#+end_src
| a | b |
|---+---|
| 1 | x |

"""


def main() -> None:
    named = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    texts = named or ["".join(SAMPLE.format(i=i) for i in range(2400))]
    documents = [prepare(parse(text, f"{i}.org")) for i, text in enumerate(texts)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    graph = ConceptGraph(documents, [], [], [], links=LinkIndex(documents))
    context = ExportContext("t", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), Path(), _none, _none, _ignore)
    for flavour in FLAVOURS:
        exporter = MarkdownExporter(flavour=flavour, shape="files", glossary=False)
        seconds = min(_seconds(exporter, graph, context) for _ in range(3))
        print(f"{flavour:12} {size / seconds:6.2f} MB/s  ({seconds:.2f} s of CPU for {size:.2f} MB)")
    pages = [a.data for a in MarkdownExporter(glossary=False).export(graph, context)]
    seconds = sum(_pandoc(page) for page in pages)
    print(f"{'pandoc gfm':12} {size / seconds:6.2f} MB/s  ({seconds:.2f} s)")


def _seconds(exporter: MarkdownExporter, graph: ConceptGraph, context: ExportContext) -> float:
    begin = time.process_time()
    for _ in exporter.export(graph, context):
        pass
    return time.process_time() - begin


def _pandoc(page: bytes) -> float:
    program = pypandoc.get_pandoc_path()
    tree = subprocess.run([program, "-f", "gfm", "-t", "json"], input=page, capture_output=True, check=True).stdout
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "-f", "json", "-t", "gfm"], input=tree, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def _none(*_arguments: str) -> None:
    return None


def _ignore(_problem: object) -> None:
    return None


if __name__ == "__main__":
    main()
