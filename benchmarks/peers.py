"""What is measured: our commands and those of others that do a like thing, on the same files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Inputs:
    """The files of one run."""

    notes: Path
    """A folder of notes in the shape of a large vault."""
    whole: Path
    """The same in one file."""
    small: Path
    """One file of some 80 KB."""
    tiny: Path
    """One file of some lines."""
    work: Path
    """Where to write."""
    peers: str
    """A Python that has the peers' packages."""


@dataclass(frozen=True)
class Case:
    """One program to measure."""

    group: str
    name: str
    command: tuple[str, ...]
    ours: bool = False
    """The first of ours in a group is what the others are compared with."""
    remark: str = ""
    before: tuple[str, ...] = ()
    """A command to run before, unmeasured."""
    runs: int = 3
    env: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    """Why it cannot be run here."""


def python(code: str, *arguments: object, interpreter: str = sys.executable) -> tuple[str, ...]:
    return (interpreter, "-c", code, *map(str, arguments))


PARSE = "import sys; from orgkb.org import reader\nfor p in sys.argv[1:]: reader.parse(reader.decode(open(p,'rb').read())[0])"
ORGPARSE = "import sys, orgparse\nfor p in sys.argv[1:]: orgparse.load(p)"
ORG_PARSER = "import sys, org_parser\nfor p in sys.argv[1:]: org_parser.load(p)"
TREE_SITTER = """
import sys, tree_sitter, tree_sitter_org
parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_org.language()))
for p in sys.argv[1:]: parser.parse(open(p, "rb").read())
"""
EMACS_PARSE = """(progn (require 'org) (require 'org-element)
  (setq gc-cons-threshold (* 256 1024 1024) org-element-use-cache nil enable-local-variables nil)
  (dolist (file command-line-args-left)
    (with-temp-buffer (let ((coding-system-for-read 'utf-8)) (insert-file-contents file))
      (delay-mode-hooks (org-mode)) (org-element-parse-buffer))))"""
EMACS_MD = """(progn (require 'ox-md)
  (setq gc-cons-threshold (* 256 1024 1024) enable-local-variables nil org-export-with-broken-links t
        org-export-use-babel nil org-export-with-toc nil)
  (dolist (file command-line-args-left)
    (with-temp-buffer (let ((coding-system-for-read 'utf-8)) (insert-file-contents file))
      (delay-mode-hooks (org-mode)) (org-export-as 'md))))"""
UNIORG = """
const fs = require("fs");
(async () => {
  const { parse } = await import(process.env.UNIORG);
  for (const p of process.argv.slice(1)) parse(fs.readFileSync(p, "utf8"));
})();
"""
MARKDOWN = """
import sys, datetime as dt
from pathlib import Path
from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb.org import reader
from orgkb.org.links import LinkIndex
from orgkb.org.semantics import prepare
from orgkb_exporters.markdown import MarkdownExporter
documents = [prepare(reader.read(Path(p))) for p in sys.argv[1:]]
graph = ConceptGraph(documents, [], [], [], links=LinkIndex(documents))
context = ExportContext(
    title="t", timestamp=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), input_root=Path(), read_media=lambda *_: None,
    previous=lambda _: None, report=lambda _: None)
for _ in MarkdownExporter(glossary=False).export(graph, context): pass
"""
PDF_PLAIN = """
import sys, subprocess, typst
from pathlib import Path
source = Path(sys.argv[2]) / "plain.typ"
subprocess.run([sys.argv[3], "-f", "org-special_strings", "-t", "typst", "--standalone", sys.argv[1], "-o", source], check=True)
typst.compile(source, output=source.with_suffix(".pdf"), ignore_system_fonts=True)
"""
WEASYPRINT = """
import sys, subprocess
from pathlib import Path
page = Path(sys.argv[2]) / "plain.html"
subprocess.run([sys.argv[3], "-f", "org-special_strings", "-t", "html", "--standalone", sys.argv[1], "-o", page], check=True)
import weasyprint
weasyprint.HTML(str(page)).write_pdf(str(page.with_suffix(".pdf")))
"""
LINK = """
import sys, time
from pathlib import Path
from orgkb.concepts.dictionary import Entry, Tier
from orgkb.concepts.matching import matches
from orgkb.concepts.folding import key
from orgkb.concepts.tokens import tokens
terms = Path(sys.argv[2]).read_text().splitlines()
tier = Tier.of({key(term): Entry(term, 1.0, None) for term in terms})
found = 0
for line in open(sys.argv[1], encoding="utf-8"):
    words = tokens(line)
    found += len(matches(tier, [w.folded for w in words], words, line))
print(found, "found, in any form of the words")
"""
FLASHTEXT = """
import sys
from pathlib import Path
from flashtext import KeywordProcessor
known = KeywordProcessor(case_sensitive=False)
known.add_keywords_from_list(Path(sys.argv[2]).read_text().splitlines())
print(sum(len(known.extract_keywords(line)) for line in open(sys.argv[1], encoding="utf-8")), "found, as they are spelt")
"""
UNION = r"""
import re, sys
from pathlib import Path
terms = sorted(Path(sys.argv[2]).read_text().splitlines(), key=len, reverse=True)
union = re.compile(r"\b(?:" + "|".join(map(re.escape, terms)) + r")\b", re.IGNORECASE)
print(sum(1 for line in open(sys.argv[1], encoding="utf-8") for _ in union.finditer(line)), "found, as they are spelt")
"""
ANKI = "import sys; sys.path.insert(0, sys.argv[1]); import anki as a; print(a.{0}(int(sys.argv[2]), False))"


def cases(inputs: Inputs) -> Iterator[Case]:
    """All of them, group by group."""
    pandoc = _pandoc()
    yield from _reading(inputs, pandoc)
    yield from _markdown(inputs, pandoc)
    yield from _pdf(inputs, pandoc)
    yield from _others(inputs)
    yield from _commands(inputs)


def _reading(inputs: Inputs, pandoc: str) -> Iterator[Case]:
    group, file = "Reading", str(inputs.whole)
    yield Case(group, "orgkb, full tree with places", python(PARSE, file), ours=True)
    yield Case(group, "orgparse, outline only", python(ORGPARSE, file))
    yield Case(group, "org-parser", python(ORG_PARSER, file, interpreter=inputs.peers))
    yield Case(group, "tree-sitter-org, full tree, in C", python(TREE_SITTER, file, interpreter=inputs.peers))
    yield _emacs(group, "Emacs org-element, full tree", EMACS_PARSE, file)
    yield Case(
        group,
        "pandoc, to its own tree",
        (pandoc, "-f", "org-special_strings", "-t", "native", file, "-o", str(inputs.work / "native")),
        missing="" if pandoc else "no pandoc",
    )
    node, uniorg = shutil.which("node"), _uniorg()
    yield Case(
        group,
        "uniorg on Node, full tree",
        (node or "node", "-e", UNIORG, file),
        env={"UNIORG": uniorg},
        missing="" if node and uniorg else "no Node, or no uniorg-parse in $NODE_PATH",
    )


def _markdown(inputs: Inputs, pandoc: str) -> Iterator[Case]:
    group, file = "Org → Markdown", str(inputs.whole)
    yield Case(group, "orgkb", python(MARKDOWN, file), ours=True)
    yield Case(
        group,
        "pandoc gfm",
        (pandoc, "-f", "org-special_strings", "-t", "gfm", file, "-o", str(inputs.work / "gfm")),
        missing="" if pandoc else "no pandoc",
    )
    yield _emacs(group, "Emacs ox-md", EMACS_MD, file)


def _pdf(inputs: Inputs, pandoc: str) -> Iterator[Case]:
    group, file, work = "Org → PDF", str(inputs.small), str(inputs.work)
    missing = "" if pandoc else "no pandoc"
    yield Case(group, "orgkb: concepts, glossary, index, maps", _build(inputs, file, "pdf"), ours=True)
    yield Case(group, "pandoc and Typst alone", python(PDF_PLAIN, file, work, pandoc), missing=missing)
    yield Case(
        group,
        "pandoc and WeasyPrint",
        python(WEASYPRINT, file, work, pandoc, interpreter=inputs.peers),
        missing=missing,
    )


def _others(inputs: Inputs) -> Iterator[Case]:
    group = "10,000 notes → .apkg"
    yield Case(group, "orgkb: five note types, a ledger", python(ANKI.format("orgkb"), HERE, 10_000), ours=True)
    yield Case(group, "genanki alone", python(ANKI.format("genanki_alone"), HERE, 10_000))
    group, terms = "Finding 5,000 names in prose", inputs.work / "terms.txt"
    yield Case(group, "orgkb", python(LINK, inputs.whole, terms), ours=True)
    yield Case(group, "flashtext", python(FLASHTEXT, inputs.whole, terms, interpreter=inputs.peers))
    yield Case(group, "a regular expression of all names", python(UNION, inputs.whole, terms))
    group, small = "Concept maps", str(inputs.small)
    yield Case(group, "orgkb: notes → overview, chapters, viewer", _build(inputs, small, "map"), ours=True)
    for program in ("dot", "sfdp"):
        place = shutil.which(program)
        yield Case(
            group,
            f"{program} of the system, the overview only",
            (place or program, "-Tsvg", "-o", str(inputs.work / f"{program}.svg"), str(inputs.work / "overview.dot")),
            before=python(_OVERVIEW, small, inputs.work / "overview.dot"),
            missing="" if place else f"no {program}",
        )


_OVERVIEW = """
import sys, subprocess
subprocess.run([sys.executable, "-m", "orgkb", "map", sys.argv[1], "-o", sys.argv[2]], check=True)
"""


def _commands(inputs: Inputs) -> Iterator[Case]:
    orgkb, group = (sys.executable, "-m", "orgkb"), "Commands"
    yield Case(group, "orgkb --help", (*orgkb, "--help"), ours=True, runs=7)
    yield Case(group, "orgkb parse, 5 lines", (*orgkb, "parse", str(inputs.tiny)), runs=7)
    group = "orgkb build, one file of 80 KB"
    out = str(inputs.work / "again")
    command = (*orgkb, "build", str(inputs.small.parent), "-o", out, "-q")
    cache = {"ORGKB_CACHE": str(inputs.work / "cache")}
    yield Case(group, "all four exporters, everything anew", (*command, "--no-cache", "--force"), ours=True)
    yield Case(group, "nothing changed", command, before=command, env=cache, runs=5)
    edit = python(_EDIT, inputs.small)
    for names in ("anki,markdown,map,pdf", "anki,markdown,map"):
        yield Case(
            group, f"one line edited: {names.replace(',', ', ')}", (*command, "--to", names), before=edit, env=cache
        )


_EDIT = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
lines = path.read_text(encoding="utf-8").split("\\n")
at = next(at for at in range(len(lines) // 2, len(lines)) if lines[at].startswith("- ") and "::" not in lines[at])
lines[at] += " More."
path.write_text("\\n".join(lines), encoding="utf-8")
"""


def _build(inputs: Inputs, notes: str, to: str) -> tuple[str, ...]:
    out = str(inputs.work / f"out-{to}")
    return (sys.executable, "-m", "orgkb", "build", notes, "-o", out, "--to", to, "-q", "--no-cache", "--force")


def _emacs(group: str, name: str, program: str, file: str) -> Case:
    emacs = shutil.which("emacs")
    command = (emacs or "emacs", "-Q", "--batch", "--eval", program, file)
    return Case(group, name, command, env={"LC_ALL": "C.UTF-8"}, missing="" if emacs else "no Emacs")


def _pandoc() -> str:
    from orgkb import pandoc  # noqa: PLC0415 - only where it is measured

    try:
        return str(pandoc.program())
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not here
        return ""


def _uniorg() -> str:
    """The module uniorg-parse of $NODE_PATH, as Node imports it; empty where there is none."""
    import os  # noqa: PLC0415

    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        place = Path(folder) / "uniorg-parse" / "lib" / "parser.js" if folder else None
        if place and place.is_file():
            return place.as_uri()
    return ""
