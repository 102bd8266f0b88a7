"""Reads written Markdown with another parser and compares it with the notes: what was lost, what leads nowhere."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

import msgspec

from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.exporter import Verification
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import walk
from orgkb.patterns import pattern
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.lines import BLANKS
from orgkb_exporters.markdown.names import folded, safe_name
from orgkb_exporters.markdown.rendered import Rendered, Renderer
from orgkb_exporters.markdown.site import Site

_WORD = pattern(r"[^\W_]+")
_COMMAND = pattern(r"(?=.*[^\W_])(?=.*[-_/<>^\\$&{}|])")
_ENDS = "*~=+\"'(),.:;!?[]"
_SCHEME = pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TEX_ENDS = pattern(r"\A(?:\\\(|\\\[|\$\$?)|(?:\\\)|\\\]|\$\$?)\Z")
_SHOWN = 8

Counts = dict[str, tuple[int, int]]


class Expected(msgspec.Struct, frozen=True):
    """What of a document must be found again."""

    words: Counter[str]
    commands: Counter[str]
    items: int
    code: tuple[str, ...]
    rows: int


def verify(site: Site, written: Mapping[str, str]) -> Verification:
    """Compare the pages WRITTEN, text by path, with the notes of SITE."""
    renderer = Renderer(site.flavour)
    pages = {path: renderer.render(text) for path, text in written.items() if path.endswith(".md")}
    totals: dict[str, list[int]] = {}
    faults: list[Diagnostic] = []
    for document in site.graph.documents:
        sheets = site.layout.by_document[document.path]
        missing = [sheet.path for sheet in sheets if sheet.path not in pages]
        faults += [_fault(path, "missing-page", "this page was not written") for path in missing]
        if missing:
            continue
        found = [pages[sheet.path] for sheet in sheets]
        untitled = sum(1 for s in sheets if s.root is not None and not site.flavour.title_heading)
        ours = sum(len(sheet.children) for sheet in sheets)  # the links to the pages below
        for what, (wanted, got) in _compare(
            document, found, (untitled, ours), faults, sheets[0].path, site.flavour
        ).items():
            total = totals.setdefault(what, [0, 0])
            total[0] += wanted
            total[1] += got
    faults += _links(site.flavour, pages, written)
    faults += _names(written)
    for path, page in pages.items():
        faults += [_fault(path, "unknown-html", f"<{tag}> is no tag of HTML") for tag in page.unknown_tags]
        if page.front_matter_fault:
            faults.append(_fault(path, "front-matter", f"the front matter is no YAML: {page.front_matter_fault}"))
    counts = tuple((what, wanted, got) for what, (wanted, got) in totals.items())
    links = sum(len(page.links) for page in pages.values())
    dead = sum(fault.code == "dead-link" for fault in faults)
    return Verification((*counts, ("links", links, links - dead)), tuple(faults))


def _compare(
    document: Document,
    pages: list[Rendered],
    added: tuple[int, int],
    faults: list[Diagnostic],
    path: str,
    flavour: Flavour,
) -> Counts:
    """(wanted, found) of each kind of thing; what is missing is added to FAULTS.

    ADDED are the headings that stand in file names, and the list items that are ours.
    """
    expected = _expected(document)
    text = " ".join(page.text for page in pages)
    words = Counter(_WORD.findall(text.lower()))
    lost_words = expected.words - words
    tokens = Counter(_tokens(text))
    flat = " ".join(text.split())
    lost_commands = Counter(
        {
            token: count
            for token, count in (expected.commands - tokens).items()
            if flat.count(token) < expected.commands[token]
        }
    )
    code = Counter(block for page in pages for block in page.code)
    lost_code = Counter(expected.code) - code
    for what, lost in (("lost-words", lost_words), ("lost-commands", lost_commands)):
        if lost:
            shown = ", ".join(f"{word!r}" for word, _ in lost.most_common(_SHOWN))
            faults.append(_fault(path, what, f"{lost.total()} of {document.path} not found: {shown}"))
    faults += [
        _fault(path, "lost-code", f"a code block of {document.path} is not there as written: {block[:60]!r}")
        for block in lost_code
    ]
    counts = {
        "words": (expected.words.total(), expected.words.total() - lost_words.total()),
        "commands": (expected.commands.total(), expected.commands.total() - lost_commands.total()),
        "code blocks": (len(expected.code), len(expected.code) - lost_code.total()),
        "headings": (len(document.headlines), sum(page.headings for page in pages) + added[0]),
        "list items": (expected.items, sum(page.items for page in pages) - added[1]),
        "table rows": (expected.rows, sum(page.rows for page in pages)),
    }
    if flavour.outline:  # there every block is an item
        del counts["list items"]
    for what in ("headings", "list items", "table rows"):
        if what in counts and counts[what][1] < counts[what][0]:
            wanted, got = counts[what]
            faults.append(_fault(path, "lost-structure", f"{wanted} {what} in {document.path}, {got} found"))
    return {what: (wanted, min(wanted, got)) for what, (wanted, got) in counts.items()}


def _expected(document: Document) -> Expected:
    words: Counter[str] = Counter()
    commands: Counter[str] = Counter()
    code: list[str] = []
    items = rows = 0
    for node in _nodes(document):
        if isinstance(node, n.Item):
            items += 1
        elif isinstance(node, n.TableRow) and node.kind == "standard":
            rows += any(_visible(node.children).strip() and not _is_cookie(_visible((c,))) for c in node.children)
        if isinstance(node, (n.SrcBlock, n.ExampleBlock, n.FixedWidth)):
            code.append(_code(node.value))
            text = node.value
        elif isinstance(node, n.Headline):
            text = _visible(node.title)
        elif isinstance(node, n.Item):
            text = _visible(node.tag or ())
        elif isinstance(node, (n.Paragraph, n.VerseBlock)):
            text = _visible(node.children)
        elif isinstance(node, n.TableCell):
            text = _visible(node.children)
            if _is_cookie(text):
                continue
        else:
            continue
        words.update(_WORD.findall(text.lower()))
        commands.update(_tokens(text))
    return Expected(words, commands, items, tuple(code), rows)


def _nodes(document: Document) -> Iterator[n.Node]:
    yield from walk(document.section)
    for headline in document.headlines:
        yield headline
        yield from walk(headline.children)


def _visible(objects: Iterable[n.Object]) -> str:
    """The text of OBJECTS that no flavour may change; links without description are shown by other names."""
    return BLANKS.sub("\n", "".join(map(_text, objects)))


def _text(node: n.Node) -> str:
    match node:
        case n.Text() | n.Code() | n.Verbatim() | n.InlineSrcBlock() | n.StatisticsCookie():
            return node.value
        case n.Entity():
            return node.text
        case n.LatexFragment():
            return f" {_TEX_ENDS.sub('', node.value)} "
        case n.Timestamp():
            return node.raw
        case n.LineBreak():
            return " "
        case n.Link() if not node.children:
            return " "
        case n.FootnoteReference() | n.Citation() | n.Target() | n.ExportSnippet() | n.Macro() | n.InlineBabelCall():
            return " "
        case _:
            return "".join(map(_text, getattr(node, "children", None) or ()))


def _tokens(text: str) -> Iterator[str]:
    """Words that commands are made of: with a character that Markdown readers like to take for markup."""
    for word in text.split():
        token = word.strip(_ENDS)
        if _COMMAND.match(token):
            yield token


def _is_cookie(text: str) -> bool:
    return re.fullmatch(r"\s*<[lrc]?\d*>\s*", text) is not None


def _code(value: str) -> str:
    return value.replace("\r", "").removesuffix("\n")


# --- links and names ---


def _links(flavour: Flavour, pages: Mapping[str, Rendered], files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Links to files and places that are not there."""
    names: dict[str, str] = {}
    for path in pages:
        name = path.removeprefix(f"{flavour.pages}/").removesuffix(".md").replace("___", "/")
        names[name] = names[name.rpartition("/")[2]] = path
    blocks = {identifier for page in pages.values() for identifier in page.block_ids}
    for path, page in pages.items():
        for target in page.links:
            if _SCHEME.match(target) and not target.startswith(("wiki:", "relref:", "block:")):
                continue
            if target.startswith("block:"):
                alive = target.removeprefix("block:") in blocks
            else:
                alive = _is_alive(target, path, names, pages, files, flavour)
            if not alive:
                yield _fault(path, "dead-link", f"{target} leads nowhere")


def _is_alive(
    target: str,
    path: str,
    names: Mapping[str, str],
    pages: Mapping[str, Rendered],
    files: Mapping[str, str],
    flavour: Flavour,
) -> bool:
    address, _, anchor = target.partition("#")
    if target.startswith("wiki:"):
        found = names.get(unquote(address.removeprefix("wiki:")), "")
    elif target.startswith("relref:"):
        found = posixpath.join(flavour.pages, unquote(address.removeprefix("relref:")).lstrip("/"))
    elif address.startswith("/"):
        found = posixpath.join(posixpath.dirname(flavour.media), unquote(address).lstrip("/"))
    else:
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) if address else path
    if found not in files:
        return False
    if not anchor or found not in pages:
        return True
    page = pages[found]
    if anchor in page.anchors or unquote(anchor) in page.anchors:
        return True
    if flavour.anchors == "block":
        last = unquote(anchor).rpartition("#")[2]
        return last in page.subpaths or last.removeprefix("^") in page.block_ids
    return False


def _names(files: Iterable[str]) -> Iterator[Diagnostic]:
    """Names that a file system does not take, or takes for one."""
    seen: dict[str, str] = {}
    for path in files:
        other = seen.setdefault(folded(path), path)
        if other != path:
            yield _fault(path, "name-collision", f"{other} has the same name where case does not count")
        if any(safe_name(part) != part for part in path.removesuffix(".md").split("/")):
            yield _fault(path, "unsafe-name", "this name does not work on every system")


def _fault(path: str, code: str, message: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, message, Location(path, 1))
