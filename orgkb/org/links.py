"""Where links lead: within a document and across documents."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote

import msgspec

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.org.abbreviations import abbreviations, expand, expand_abbreviation
from orgkb.org.attachments import attached_file, attachment_folders
from orgkb.org.document import Document
from orgkb.org.nodes import Headline, Link, Node, RadioTarget, Target
from orgkb.org.slugs import Namespace, custom_slug, slug
from orgkb.org.targets import DocumentTargets, FileTargets, LinkTarget, Table, ids_of, targets_of, titles_of
from orgkb.org.urls import external_url
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern

__all__ = ["LinkIndex", "LinkTarget", "Section", "expand_abbreviation", "is_file_link"]

Section = tuple[Document, Headline | None]
"""A section of the notes: its document and headline, None for the text before the first headline."""

TOP = "top"
"""Anchor of a document's beginning."""

_ORG_SUFFIX = ".org"
_REMOTE = pattern(r"/[\w-]+:|//[^/]")
_PACKAGE_TYPE = pattern(
    r"(roam|denote|[a-z][a-z0-9+.-]*(?=://)"
    r"|(?:cite[a-z]*|parencite|textcite|autocite|ref|eqref|autoref|cref|pageref|mu4e|notmuch|zotero|pdf|pdfview|pdftools"
    r"|nov|orgit[a-z-]*|magit|tel|sms|geo|yt|youtube|mpv|video|audio|man|woman|org-contact|org-ql-search|calfw|jira)(?=:\S)"
    r"):",
    re.IGNORECASE,
)
_DENOTE = pattern(r"(\d{8}T\d{6})")
_MAX_ABSOLUTE_PARTS = 8
_SHOWN = 80


class _Answer(msgspec.Struct, frozen=True):
    """A resolved link, or why it is not."""

    target: LinkTarget | None
    problem: str = ""
    """What is wrong with it, for the user; empty where nothing is or where that is not ours to say."""
    candidates: int = 1
    """How many places it could mean."""


_NOT_OURS = _Answer(None)


def is_file_link(link: Link) -> bool:
    """Whether LINK names a file: `file:` and its variants such as `file+sys:`."""
    return link.kind == "file" or link.kind.startswith("file+")


class LinkIndex:
    """All link targets of a set of documents.

    Each document is walked once at most; tables are made when a link first needs them, and every look-up is one in a
    table.  `Document.path` is the key of a file: a POSIX path relative to the input root.
    """

    def __init__(self, documents: Sequence[Document], found: Sequence[FileTargets] | None = None) -> None:
        """FOUND is what `targets_of` gives of each of DOCUMENTS, where that is known: then none is walked."""
        self._documents = tuple(documents)
        each = map(targets_of, self._documents) if found is None else found
        self._found = {document.path: own for document, own in zip(self._documents, each, strict=True)}
        # Made when they are first asked for, by document path.
        self._tables: dict[str, DocumentTargets] = {}
        self._attachment_folders: dict[str, tuple[str | None, ...]] = {}
        self._anchor_tables: dict[str, dict[object, str]] = {}
        self._abbreviations = {document.path: abbreviations(document) for document in self._documents}
        self._files: dict[str, Document] = {}
        self._folded_files: dict[str, Document] = {}
        self._identifiers: dict[str, LinkTarget] = {}
        self._ids = Table()
        for document in self._documents:
            self._add(document)

    def _add(self, document: Document) -> None:
        path = posixpath.normpath(document.path)
        self._files.setdefault(path, document)
        self._folded_files.setdefault(_fold_path(path), document)
        if match := _DENOTE.match(posixpath.basename(path)):
            self._identifiers.setdefault(match.group(1), LinkTarget(document, None, None))
        for target, value in ids_of(document, "ID"):
            self._ids.add(value, target)

    # --- tables ---

    def _targets_in(self, document: Document) -> DocumentTargets | None:
        """The targets in DOCUMENT; None where it is none of the notes."""
        targets = self._tables.get(document.path)
        if targets is None and document.path in self._found:
            targets = self._tables[document.path] = DocumentTargets(document, self._found[document.path])
        return targets

    @cached_property
    def _names(self) -> Table:
        """The targets and named elements of all documents."""
        found = Table()
        for document in self._documents:
            if any(table in {"targets", "names"} for table, *_ in self._found[document.path].places):
                targets = self._targets_in(document)
                if targets is not None:
                    found.update(targets.targets)
                    found.update(targets.names)
        return found

    @cached_property
    def _headings(self) -> Table:
        found = Table(heading=True)
        for document in self._documents:
            for headline in document.headlines:
                target = LinkTarget(document, headline, None)
                found.add(headline.raw_title, target)
                found.add(plain_text(headline.title), target)
        return found

    @cached_property
    def _titles(self) -> Table:
        found = Table()
        for document in self._documents:
            for title, target in titles_of(document):
                found.add(title, target)
            if not any(target.document is document for target in found.find(document.stem)):
                found.add(document.stem, LinkTarget(document, None, None))
        return found

    # --- look-up ---

    def expand(self, document: Document, link: Link) -> Link:
        """LINK with the `#+LINK` abbreviation of DOCUMENT that it uses replaced, an attachment as its file."""
        link = expand(self._abbreviations.get(document.path, {}), link)
        if link.kind != "attachment" or document.path not in self._found:
            return link
        folders = self._attachment_folders.get(document.path)
        if folders is None:
            folders = self._attachment_folders[document.path] = attachment_folders(document)
        return attached_file(document, folders, link)

    def url(self, document: Document, link: Link) -> str | None:
        """The address of LINK after expansion, by the URL rule of `orgkb.org.urls`; None where it has no safe one."""
        return external_url(self.expand(document, link))

    def resolve(self, document: Document, link: Link) -> LinkTarget | None:
        """Where LINK of DOCUMENT leads inside the notes; None for web links and for broken ones."""
        return self._answer(document, link).target

    def _answer(self, document: Document, link: Link) -> _Answer:
        link = self.expand(document, link)
        if is_file_link(link):
            return self._file(document, link)
        kind, path = link.kind, link.path.strip()
        if kind == "fuzzy" and (match := _PACKAGE_TYPE.match(path)):
            # A type that an Emacs package adds: to Org itself it is the name of a place.
            own = self._within(document, path)
            if own.target is not None:
                return own
            kind, path = match.group(1).lower(), path[match.end() :].strip()
        lookup = self._lookups.get(kind)
        return lookup(document, path) if lookup else _NOT_OURS

    @cached_property
    def _lookups(self) -> dict[str, Callable[[Document, str], _Answer]]:
        return {
            "fuzzy": self._fuzzy,
            "custom-id": lambda document, path: self._within(document, "#" + path.removeprefix("#")),
            "coderef": lambda document, path: self._within(document, f"({path.removeprefix('(').removesuffix(')')})"),
            "radio": self._radio,
            "id": self._id,
            "roam": self._roam,
            "denote": self._denote,
        }

    def _fuzzy(self, document: Document, path: str) -> _Answer:
        own = self._within(document, path)
        if own.target is not None or path.startswith("#"):
            return own
        for spelling in dict.fromkeys((path, unquote(path))):
            name = spelling.removeprefix("*")
            tables = ("_headings",) if name != spelling else ("_names", "_headings", "_titles")
            for table in tables:
                found = getattr(self, table).find(name)
                if len(found) == 1:
                    return _Answer(found[0])
                if found:
                    files = ", ".join(dict.fromkeys(target.document.path for target in found[:5]))
                    return _Answer(None, f"no such place in this file and several in others ({files}): name the file")
        return own

    def _within(self, document: Document, search: str) -> _Answer:
        """The place in DOCUMENT that SEARCH, the part after `::` or a link without a file, means."""
        targets = self._targets_in(document)
        if targets is None:
            return _NOT_OURS
        search = " ".join(search.split())
        if search.startswith("#"):
            found, what = targets.custom_id(search[1:]), f"CUSTOM_ID {_shown(search[1:])}"
        elif search.startswith("*"):
            found = targets.heading(search[1:]) or targets.heading(unquote(search[1:]))
            what = f"heading {_shown(search[1:])}"
        elif search.startswith("(") and search.endswith(")"):
            found, what = targets.coderefs.find(search[1:-1]), f"code line label {_shown(search)}"
            found = found or targets.fuzzy(search)
        else:
            found = targets.fuzzy(search) or targets.fuzzy(unquote(search))
            what = f"target, name or heading {_shown(search)}"
        if not found:
            return _Answer(None, f"no {what}")
        return _Answer(found[0], candidates=len(found))

    def _radio(self, document: Document, path: str) -> _Answer:
        targets = self._targets_in(document)
        found = targets.radios.find(path) if targets else ()
        return _Answer(found[0]) if found else _NOT_OURS

    def _id(self, document: Document, path: str) -> _Answer:
        identifier, _, search = path.partition("::")
        found = self._ids.find(path)
        if found or not search:
            found = found or self._ids.find(identifier)
            return _Answer(found[0]) if found else _Answer(None, f"no ID {_shown(path)}")
        node = self._id(document, identifier)
        if node.target is None:
            return node
        place = self._within(node.target.document, search)
        return place if place.target is not None else msgspec.structs.replace(place, target=node.target)

    def _roam(self, _document: Document, path: str) -> _Answer:
        found = self._titles.find(path) or self._headings.find(path)
        return _Answer(found[0], candidates=len(found)) if found else _Answer(None, f"no note titled {_shown(path)}")

    def _denote(self, _document: Document, path: str) -> _Answer:
        identifier, _, search = path.partition("::")
        top = self._identifiers.get(identifier)
        if top is None:
            return _Answer(None, f"no note with the identifier {_shown(path)}")
        return self._place(top.document, search)

    def _file(self, document: Document, link: Link) -> _Answer:
        path, search = link.path, link.search or ""
        if not path.strip():
            return self._within(document, search) if search else _NOT_OURS
        found = self.file(document, path)
        if found is not None:
            return self._place(found, search)
        suffix = posixpath.splitext(path)[1].lower()
        if suffix == _ORG_SUFFIX or (search and not suffix and not search.isdecimal()):
            return _Answer(None, f"the file {_shown(path)} is not among the notes")
        return _NOT_OURS

    def _place(self, document: Document, search: str) -> _Answer:
        """SEARCH in DOCUMENT, or its beginning where there is no such place."""
        top = LinkTarget(document, None, None)
        search = search.strip()
        if not search or (search.startswith("/") and search.endswith("/")):
            return _Answer(top)  # a regular expression from strangers is not run
        if search.isdecimal() and len(search) < 10:
            targets = self._targets_in(document)
            return _Answer(targets.line(int(search)) if targets else top)
        place = self._within(document, search)
        if place.target is not None:
            return place
        return _Answer(top, f"{place.problem} in {document.path}; it leads to the beginning of that file")

    def file(self, document: Document, path: str) -> Document | None:
        """The document that a file link of DOCUMENT with PATH names, with or without `.org`; None for other files.

        Relative paths count from the folder of DOCUMENT.  Absolute ones and `~/…` were written on
        the author's machine, where the input root had another name: the document whose whole path
        ends them is meant, the longest first.
        """
        for spelling in dict.fromkeys((path, unquote(path))):
            for candidate in self._candidates(document, spelling.strip()):
                for name in (candidate, candidate + _ORG_SUFFIX):
                    found = self._files.get(name) or self._folded_files.get(_fold_path(name))
                    if found is not None:
                        return found
        return None

    def _candidates(self, document: Document, path: str) -> Iterator[str]:
        if path.startswith("///"):  # file:///home/…
            path = path[2:]
        if not path.startswith(("/", "~")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(document.path), path))
            return
        if _REMOTE.match(path):
            return
        normal = posixpath.normpath(path)
        yield normal
        parts = normal.split("/")[1:]
        for start in range(max(0, len(parts) - _MAX_ABSOLUTE_PARTS), len(parts)):
            yield "/".join(parts[start:])

    # --- all links ---

    def edges(self) -> Iterator[tuple[Section, Section]]:
        """(section with the link, section it leads to) of each resolved link, in the order of the notes."""
        for document, headline, link in self._links():
            target = self.resolve(document, link)
            if target is not None:
                yield (document, headline), (target.document, target.headline)

    def _links(self) -> Iterator[tuple[Document, Headline | None, Link]]:
        for document in self._documents:
            for index, link in self._found[document.path].links:
                yield document, document.headlines[index] if index >= 0 else None, link

    def links_in(self, document: Document) -> Iterator[Link]:
        """Every link of DOCUMENT, one of the notes, in the order of the text."""
        return (link for _, link in self._found[document.path].links)

    def targets_in(self, document: Document) -> Iterator[Target | RadioTarget]:
        """Every target and radio target of DOCUMENT, one of the notes, in the order of the text."""
        return (node for *_, node in self._found[document.path].places if isinstance(node, Target | RadioTarget))

    def linked_nodes(self) -> Mapping[str, Mapping[tuple[str, int], Node]]:
        """The targets and named elements that links lead to, by (type, begin), by the path of their document."""
        found: dict[str, dict[tuple[str, int], Node]] = {}
        for document, _, link in self._links():
            target = self.resolve(document, link)
            if target is not None and target.node is not None:
                node = target.node
                found.setdefault(target.document.path, {}).setdefault((node.type, node.begin), node)
        return found

    def diagnostics(self) -> list[Diagnostic]:
        """Broken and ambiguous links and ids given twice, in the order of the notes.

        Links to files that are no Org notes are not judged here: whether they exist is seen where
        they are read.
        """
        found = [*self._duplicates()]
        for document, _, link in self._links():
            answer = self._answer(document, link)
            if answer.problem:
                message = f"broken link [[{_shown(link.raw)}]]: {answer.problem}"
                found.append(_diagnostic(Severity.WARNING, "broken-link", message, document, link.begin))
            elif answer.candidates > 1:
                message = f"[[{_shown(link.raw)}]] could mean {answer.candidates} places; the first is taken"
                found.append(_diagnostic(Severity.INFO, "ambiguous-link", message, document, link.begin))
        return sorted(found, key=Diagnostic.sort_key)

    def _duplicates(self) -> Iterator[Diagnostic]:
        for what, table in [("ID", self._ids), *(("CUSTOM_ID", table) for table in self._custom_ids())]:
            for first, *others in table:
                for other in others:
                    place = _location(first)
                    value = other.headline.get_property(what) if other.headline else other.document.get_property(what)
                    message = f"the {what} {_shown(value or '')} is already given at {place}; links lead there"
                    begin = other.headline.begin if other.headline else 0
                    yield _diagnostic(Severity.WARNING, "duplicate-id", message, other.document, begin)

    def _custom_ids(self) -> Iterator[Table]:
        """Those of each document."""
        for document in self._documents:
            given = Table()
            for target, value in ids_of(document, "CUSTOM_ID"):
                given.add(value, target)
            yield given

    # --- names for outputs ---

    def anchor_key(self, target: LinkTarget) -> str:
        """A readable anchor of TARGET, unique in its document and the same on every run.

        A headline's is its CUSTOM_ID, else the slug of its title; a target's or named element's is
        the slug of its name; repeated ones end in `-2`, `-3`.  A document's beginning is `top`.
        """
        anchors = self._anchors(target.document)
        if target.node is not None and (key := anchors.get(_node_key(target.node))) is not None:
            return key
        return anchors[target.headline.index] if target.headline is not None else TOP

    def document_key(self, document: Document) -> str:
        """A readable name of DOCUMENT, unique among the documents: the slug of its path without `.org`."""
        return self._document_keys[document.path]

    def _anchors(self, document: Document) -> dict[object, str]:
        if document.path not in self._anchor_tables:
            targets = self._targets_in(document) or DocumentTargets(document)
            self._anchor_tables[document.path] = _anchors(document, targets)
        return self._anchor_tables[document.path]

    @cached_property
    def _document_keys(self) -> dict[str, str]:
        names = Namespace()
        return {d.path: names.take(slug(d.path.removesuffix(_ORG_SUFFIX)) or "notes") for d in self._documents}


def _anchors(document: Document, targets: DocumentTargets) -> dict[object, str]:
    """The anchors of DOCUMENT by headline index and node key: chosen ids first, so that they get their names."""
    names = Namespace(reserved=(TOP,))
    anchors: dict[object, str] = {}
    for headline in document.headlines:
        if chosen := custom_slug(headline.get_property("CUSTOM_ID") or ""):
            anchors[headline.index] = names.take(chosen)
    for headline in document.headlines:
        if headline.index not in anchors:
            anchors[headline.index] = names.take(slug(plain_text(headline.title)) or "section")
    for node, name in targets.nodes:
        if _node_key(node) not in anchors:
            anchors[_node_key(node)] = names.take(slug(name) or "target")
    return anchors


def _node_key(node: Node) -> tuple[str, int, int]:
    return (node.type, node.begin, node.end)


def _fold_path(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _location(target: LinkTarget) -> str:
    place = target.document.location(target.headline.begin if target.headline else 0)
    return f"{place.path}:{place.line}"


def _diagnostic(severity: Severity, code: str, message: str, document: Document, offset: int) -> Diagnostic:
    return Diagnostic(severity, code, message, document.location(offset))
