"""Several PDFs of Typst's become one: pages in a row, links that lead across, one outline, one tree of tags.

Long notes are laid out in pieces, so that neither time nor memory grows with the whole.  What cannot be known before
all pieces are laid out is put in here: where links lead, the heads and margins of the pages, the outline.  A link
tells where it leads by the place it names: see `goal`, and `dest` in the templates.

This reads what Typst writes, not any PDF: each object on its own, a table of offsets, no compressed objects.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

import msgspec

from orgkb.errors import ExporterError
from orgkb.patterns import pattern
from orgkb_exporters.pdf.objects import FAR, REFERENCE, Objects, Run, entries, outside_strings, written_text
from orgkb_exporters.pdf.places import Place

GOAL = FAR
"""A link to the point GOAL + k of the first page, measured from the left, leads to goal number k."""
PAGE = 8_000_000
"""A link to the point PAGE + p, k from the top, leads to page p of the whole, to the place there of goal number k."""

_BOX = pattern(rb"/MediaBox\[\S+ \S+ (\S+) (\S+)\]")
_PARENT = pattern(rb"/StructParent(s?) (\d+)")
_CONTENTS = pattern(rb"/Contents (\d+) 0 R")
_RESOURCES = pattern(rb"/Resources (\d+) 0 R")
_NUMS = pattern(rb"(\d+) (\d+) 0 R")
_IDENTIFIER = pattern(rb"/ID\(|/Headers\[\(")
_STRING = pattern(rb"\(((?:[^()\\]|\\.)*)\)")
_LINK = pattern(
    rb"(<</Type/Annot/Subtype/Link/Rect\[[^\]]*\]/Border\[0 0 0\]/Dest )(\d+)( 0 R/F 4/StructParent )(\d+)/Contents(.*)>>"
)
_SAID_PAGE = pattern(rb"(\([^()\\]*)1\)|(<FEFF(?:[0-9A-F]{4})*)0031>")
_XMP_PAGES = pattern(rb"(<xmpTPg:NPages>)\d+(<)")
_INFO_TIME = pattern(rb"(/(?:ModDate|CreationDate)\(D:)[^)]*(\))")
_XMP_TIME = pattern(rb"(<(?:xmp:ModifyDate|xmp:CreateDate|stEvt:when)>)[^<]*(<)")
_XMP_ID = pattern(rb"(<(?:xmpMM:(?:InstanceID|DocumentID)|stEvt:instanceID)>)[^<]*?((?:_source)?<)")


class Mark(msgspec.Struct, frozen=True):
    """A line of the outline."""

    level: int
    title: str
    place: Place


class Whole(msgspec.Struct, frozen=True):
    """What the PDFs are told of each other."""

    goals: Mapping[int, Place]
    """Number of a goal → where it is; goals without a place are on the first page."""
    on_pages: Mapping[tuple[int, int], float] = {}
    """(number of a goal, page) → how far from the top of the page."""
    outline: Sequence[Mark] = ()
    names: Mapping[str, Place] = {}
    """Places that other files may name."""
    master: int = 0
    """The PDF whose title, language and standard are those of the whole."""
    moment: dt.datetime | None = None
    """When the whole was made; None leaves what the master says."""


def joined(
    parts: Sequence[bytes], whole: Whole, beside: bytes | None = None, read: Callable[[bytes], Objects] = Objects
) -> bytes:
    """PARTS one behind the other; on each page what BESIDE has on its page of the same number.

    READ gives their objects, for whoever joins the same parts again and again.
    Raises ExporterError where one is no PDF as Typst writes it.
    """
    try:
        return _Join(parts, whole, beside, read).done()
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise ExporterError(f"Typst wrote a PDF that cannot be joined with others: {error!r}") from error


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of Typst's has."""
    return len(Objects(pdf).pages)


class _Page(msgspec.Struct):
    number: int
    """Of its object, in the whole."""
    height: float


class _Join:
    """One PDF in the making."""

    def __init__(
        self, parts: Sequence[bytes], whole: Whole, beside: bytes | None, read: Callable[[bytes], Objects]
    ) -> None:
        self._whole = whole
        self._parts = [read(part) for part in parts]
        self._out: list[bytes] = [b"%PDF-" + parts[whole.master][5:8] + b"\n%\x80\x80\x80\x80\n\n"]
        self._at = len(self._out[0])
        self._offsets: list[int] = [0]
        # The objects of the longest part keep their numbers: they are taken as they are.
        longest = max(range(len(parts)), key=lambda index: self._parts[index].count)
        self._numbered = [longest, *(index for index in range(len(parts)) if index != longest)]
        self._bases = [0] * len(parts)
        count = 0
        for index in self._numbered:
            self._bases[index] = count
            count += self._parts[index].count - 1
        self._beside = read(beside) if beside else None
        self._beside_base = count
        count += self._beside.count - 1 if self._beside else 0
        self._offsets += [0] * count
        self._pages: list[_Page] = []
        self._tree: list[int] = []
        """The object of the root element of each part that is tagged."""
        self._tag_bases = [0] * len(parts)
        """The first number of each part in the parent tree."""
        self._tags = 0
        self._roles: dict[bytes, bytes] = {}
        self._namespaces: list[bytes] = []
        self._parents: list[tuple[int, int]] = []
        self._identifiers: list[tuple[bytes, bytes]] = []

    def done(self) -> bytes:
        """The bytes of the whole."""
        tagged = all(b"/StructTreeRoot" in part.catalog for part in self._parts)
        self._root = self._new()
        self._document = self._new() if tagged else 0
        self._tree_root = self._new() if tagged else 0
        for part, base in zip(self._parts, self._bases, strict=True):
            for number in part.pages:
                self._pages.append(_Page(base + number, float(_match(_BOX, part.body(number))[2])))
        for index in self._numbered if tagged else ():
            part, self._tag_bases[index] = self._parts[index], self._tags
            self._tags += part.value(part.body(part.number(part.catalog, b"/StructTreeRoot")), b"/ParentTreeNextKey")
        overlays = self._write_beside()
        first = 0
        for index, part in enumerate(self._parts):
            self._write_part(index, overlays[first : first + len(part.pages)])
            first += len(part.pages)
        kids = b" ".join(
            b"%d 0 R" % (base + part.root) for part, base in zip(self._parts, self._bases, strict=True)
        )  # fmt: skip
        self._write(self._root, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self._pages), kids))
        if tagged:
            self._write_tree()
        return self._closed(tagged)

    # --- the parts ---

    def _write_part(self, index: int, overlays: Sequence[int]) -> None:
        part, base = self._parts[index], self._bases[index]
        skipped = part.frame
        root_element = -1
        if self._document:
            tree = part.number(part.catalog, b"/StructTreeRoot")
            skipped.add(tree)
            root_element = self._read_tree(part.body(tree), index)
        pages = dict(zip(part.pages, overlays, strict=True)) if overlays else dict.fromkeys(part.pages, 0)
        drawn: dict[int, list[int]] = {}
        for number, overlay in pages.items():
            if overlay:
                drawn.setdefault(int(_match(_RESOURCES, part.body(number))[1]), []).append(overlay)
        dests = self._dests(part)
        for run in part.runs:
            number, body = run.number, run.text
            if not number:
                self._write_plain(part.moved(run, base))
                continue
            if number in skipped:
                continue
            if number in dests:
                done = dests[number][0]
            elif body.startswith(b"<</Type/StructElem") and self._document:
                done = self._element(body, index, is_root=number == root_element)
            elif body.startswith(b"<</Type/Annot"):
                done = self._annotation(body, index, dests)
            else:
                head, mark, stream = body.partition(b"\nstream\n")
                head = self._renumbered(head, index)
                if number in drawn:
                    head = _with_drawings(head, drawn[number])
                elif pages.get(number):
                    head = self._with_overlay(head, pages[number])
                elif number == part.root:
                    head = head[:-2] + b"/Parent %d 0 R>>" % self._root
                done = head + mark + stream
            self._write(base + number, done)

    def _write_plain(self, run: Run) -> None:
        """Write the whole objects of RUN at once: most are such."""
        for number, at in run.begins:
            self._offsets[number] = self._at + at
        self._at += len(run.text)
        self._out.append(run.text)

    def _renumbered(self, text: bytes, index: int) -> bytes:
        """TEXT of part INDEX with the numbers that its objects and tags have in the whole."""
        base, tags = self._bases[index], self._tag_bases[index]
        if tags and b"/StructParent" in text:
            text = outside_strings(
                text,
                lambda some: _PARENT.sub(lambda match: b"/StructParent%s %d" % (match[1], int(match[2]) + tags), some),
            )
        return outside_strings(text, lambda some: _moved(some, base)) if base else text

    def _dests(self, part: Objects) -> dict[int, tuple[bytes, int]]:
        """Object number → (the destination that is meant, its page) of those that name a goal."""
        found: dict[int, tuple[bytes, int]] = {}
        first = float(_match(_BOX, part.body(part.pages[0]))[2])
        for number, x_at, y_at in part.goals:
            x = round(x_at)
            if x < PAGE:
                place = self._whole.goals.get(x - GOAL, (1, 0.0))
            else:
                place = x - PAGE, self._whole.on_pages.get((round(first - y_at), x - PAGE), 0.0)
            page = min(max(place[0], 1), len(self._pages))
            found[number] = self._dest((page, place[1])), page
        return found

    def _dest(self, place: Place) -> bytes:
        page = self._pages[min(max(place[0], 1), len(self._pages)) - 1]
        return f"[{page.number} 0 R/XYZ 0 {round(page.height - place[1], 2):g} 0]".encode()

    def _annotation(self, body: bytes, index: int, dests: Mapping[int, tuple[bytes, int]]) -> bytes:
        """The link BODY of part INDEX with the page that a screen reader tells."""
        known = _LINK.fullmatch(body)
        if known is None:
            return self._renumbered(body, index)
        before, dest, between, parent, said = known.groups()
        if int(dest) in dests:
            page = dests[int(dest)][1]
            if text := _SAID_PAGE.fullmatch(said):
                digits = b"".join(b"%04X" % ord(digit) for digit in str(page)) if text[2] else b"%d" % page
                said = (text[1] or text[2]) + digits + said[-1:]
        numbers = int(dest) + self._bases[index], int(parent) + self._tag_bases[index]
        return b"%s%d%s%d/Contents%s>>" % (before, numbers[0], between, numbers[1], said)

    # --- tags ---

    def _read_tree(self, body: bytes, index: int) -> int:
        """Take in the root of the tree of tags of part INDEX; the number of its one element."""
        base, tags = self._bases[index], self._tag_bases[index]
        known = entries(body)
        for key, value in entries(known.get(b"/RoleMap", b"<<>>")).items():
            self._roles[key] = value
        self._namespaces += [_moved(one, base) for one in re.findall(rb"\d+ 0 R", known.get(b"/Namespaces", b""))]
        # A page without any text has no tags.
        numbers = entries(known.get(b"/ParentTree", b"<<>>")).get(b"/Nums", b"")
        self._parents += [(int(key) + tags, int(value) + base) for key, value in _NUMS.findall(numbers)]
        if b"/IDTree" in known:
            names = entries(known[b"/IDTree"])[b"/Names"]
            for name, number in re.findall(_STRING.pattern + rb"(\d+) 0 R", names):
                self._identifiers.append((b"%d-%s" % (index, name), b"%d 0 R" % (int(number) + base)))
        element = int(_match(REFERENCE, known[b"/K"])[1])
        self._tree.append(base + element)
        return element

    def _element(self, body: bytes, index: int, *, is_root: bool) -> bytes:
        if _IDENTIFIER.search(body):
            body = re.sub(rb"/ID" + _STRING.pattern, rb"/ID(%d-\1)" % index, body)
            body = re.sub(
                rb"/Headers\[((?:\((?:[^()\\]|\\.)*\))+)\]",
                lambda match: b"/Headers[" + _STRING.sub(rb"(%d-\1)" % index, match[1]) + b"]",
                body,
            )
        body = self._renumbered(body, index)
        if is_root:
            body = body.replace(b"/S/Document", b"/S/Part", 1)
            body = re.sub(rb"/P \d+ 0 R", b"/P %d 0 R" % self._document, body, count=1)
        return body

    def _write_tree(self) -> None:
        kids = b" ".join(b"%d 0 R" % element for element in self._tree)
        space = b"/NS " + self._namespaces[0] if self._namespaces else b""
        self._write(
            self._document, b"<</Type/StructElem/S/Document%s/P %d 0 R/K[%s]>>" % (space, self._tree_root, kids)
        )
        roles = b"".join(key + value for key, value in self._roles.items())
        names = b"".join(b"(%s)%s" % one for one in sorted(self._identifiers))
        parents = b" ".join(b"%d %d 0 R" % pair for pair in sorted(self._parents))
        self._write(
            self._tree_root,
            b"<</Type/StructTreeRoot"
            + (b"/RoleMap<<%s>>" % roles if roles else b"")
            + (b"/Namespaces[%s]" % b" ".join(self._namespaces) if self._namespaces else b"")
            + b"/K[%d 0 R]/ParentTree<</Nums[%s]>>" % (self._document, parents)
            + (b"/IDTree<</Names[%s]>>" % names if names else b"")
            + b"/ParentTreeNextKey %d>>" % self._tags,
        )

    # --- what stands beside the text ---

    def _write_beside(self) -> list[int]:
        """Write the drawings of all pages; the object of each, 0 where there is none."""
        part, base = self._beside, self._beside_base
        if part is None:
            return []
        skipped = part.frame | {part.root}
        drawings: dict[int, bytes] = {}
        found: list[int] = []
        for number in part.pages:
            body = part.body(number)
            skipped.add(number)
            content, resources = _CONTENTS.search(body), _RESOURCES.search(body)
            if content is None or resources is None:
                found.append(0)
                continue
            box = _match(_BOX, body)
            drawings[int(content[1])] = b"/Type/XObject/Subtype/Form/BBox[0 0 %s %s]/Resources %d 0 R" % (
                box[1], box[2], base + int(resources[1]),
            )  # fmt: skip
            found.append(base + int(content[1]))
        for number, body in part.all():
            if number in skipped:
                continue
            head, mark, stream = body.partition(b"\nstream\n")
            head = outside_strings(head, lambda text: _moved(text, base))
            if number in drawings:
                head = head[:-2] + drawings[number] + b">>"
            self._write(base + number, head + mark + stream)
        return found

    def _with_overlay(self, page: bytes, overlay: int) -> bytes:
        """The PAGE with the drawing OVERLAY on it, which is no part of its text."""
        call = b"/Artifact<</Type/Pagination>>BDC\nq/O%d Do Q\nEMC" % overlay
        number = self._new()
        self._write(number, b"<</Length %d>>\nstream\n%s\nendstream" % (len(call), call))
        return _CONTENTS.sub(rb"/Contents[\1 0 R %d 0 R]" % number, page, count=1)

    # --- the rest ---

    def _new(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _write(self, number: int, body: bytes) -> None:
        made = b"%d 0 obj\n%s\nendobj\n\n" % (number, body)
        self._offsets[number] = self._at
        self._at += len(made)
        self._out.append(made)

    def _closed(self, tagged: bool) -> bytes:
        """All of it, with what tells a reader where to begin."""
        whole, master = self._whole, self._parts[self._whole.master]
        base = self._bases[whole.master]
        outline = self._outline()
        told = master.optional(master.trailer, b"/Info")
        info, metadata, catalog = self._new() if told else 0, self._new(), self._new()
        moment = whole.moment.astimezone(dt.UTC) if whole.moment else None
        if told:
            body = master.body(told)
            if moment:
                body = _INFO_TIME.sub(rb"\g<1>%s\g<2>" % f"{moment:%Y%m%d%H%M%SZ}".encode(), body)
            self._write(info, body)
        digest = hashlib.sha256()
        for made in self._out:
            digest.update(made)
        name = base64.b64encode(digest.digest()[:16])
        packet = master.body(master.number(master.catalog, b"/Metadata"))
        head, _, stream = packet.partition(b"\nstream\n")
        stream = stream.removesuffix(b"\nendstream")
        stream = _XMP_PAGES.sub(rb"\g<1>%d\g<2>" % len(self._pages), stream)
        if moment:
            stream = _XMP_TIME.sub(rb"\g<1>%s\g<2>" % moment.isoformat(timespec="seconds").encode(), stream)
        stream = _XMP_ID.sub(rb"\g<1>%s\g<2>" % name, stream)
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(stream), head)
        self._write(metadata, head + b"\nstream\n" + stream + b"\nendstream")
        known = {
            key: outside_strings(value, lambda text: _moved(text, base))
            for key, value in entries(master.catalog).items()
        }
        known |= {b"/Pages": b" %d 0 R" % self._root, b"/Metadata": b" %d 0 R" % metadata}
        for key in (b"/Outlines", b"/Names", b"/StructTreeRoot"):
            known.pop(key, None)
        preferences = known.get(b"/ViewerPreferences", b"<<>>")
        if b"/DisplayDocTitle" not in preferences:
            known[b"/ViewerPreferences"] = b"<</DisplayDocTitle true" + preferences[2:]
        if tagged:
            known[b"/StructTreeRoot"] = b" %d 0 R" % self._tree_root
        if outline:
            known[b"/Outlines"] = b" %d 0 R" % outline
        if whole.names:
            dests = {text.encode(): self._dest(place) for text, place in whole.names.items()}
            listed = b"".join(written_text(text.decode()) + dests[text] for text in sorted(dests))
            known[b"/Names"] = b"<</Dests<</Names[%s]>>>>" % listed
        self._write(catalog, b"<<" + b"".join(key + value for key, value in known.items()) + b">>")
        table = [b"xref\n0 %d\n0000000000 65535 f\r\n" % len(self._offsets)]
        table += [
            b"%010d 00000 n\r\n" % offset if offset else b"0000000000 65535 f\r\n" for offset in self._offsets[1:]
        ]
        end = b"trailer\n<</Size %d/Root %d 0 R" % (len(self._offsets), catalog)
        end += b"/Info %d 0 R" % info if info else b""
        end += b"/ID[(%s)(%s)]>>\nstartxref\n%d\n%%%%EOF" % (name, name, self._at)
        return b"".join([*self._out, *table, end])

    def _outline(self) -> int:
        """Write the outline; its object, 0 without one."""
        marks = self._whole.outline
        if not marks:
            return 0
        root = self._new()
        numbers = [self._new() for _ in marks]
        children: dict[int, list[int]] = {}
        open_marks: list[tuple[int, int]] = []
        parents: list[int] = []
        for number, mark in zip(numbers, marks, strict=True):
            while open_marks and open_marks[-1][0] >= mark.level:
                open_marks.pop()
            parents.append(open_marks[-1][1] if open_marks else root)
            children.setdefault(parents[-1], []).append(number)
            open_marks.append((mark.level, number))
        for number, mark, parent in zip(numbers, marks, parents, strict=True):
            row = children[parent]
            at = bisect_left(row, number)
            body = b"<</Parent %d 0 R" % parent
            body += b"/Next %d 0 R" % row[at + 1] if at + 1 < len(row) else b""
            body += b"/Prev %d 0 R" % row[at - 1] if at else b""
            if number in children:
                row = children[number]  # closed: a reader shows these when it is opened
                body += b"/First %d 0 R/Last %d 0 R/Count -%d" % (row[0], row[-1], len(row))
            title = mark.title.strip() or "–"
            self._write(number, body + b"/Title" + written_text(title) + b"/Dest" + self._dest(mark.place) + b">>")
        top = children[root]
        self._write(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (top[0], top[-1], len(top)))
        return root


def _with_drawings(resources: bytes, drawings: Sequence[int]) -> bytes:
    """RESOURCES with the names of the DRAWINGS."""
    named = b"".join(b"/O%d %d 0 R" % (number, number) for number in drawings)
    if b"/XObject<<" in resources:
        return resources.replace(b"/XObject<<", b"/XObject<<" + named, 1)
    return resources[:-2] + b"/XObject<<" + named + b">>>>"


def _moved(text: bytes, base: int) -> bytes:
    """TEXT, in which no string is, with BASE added to the objects that it names."""
    if not base or b" 0 R" not in text:
        return text
    pieces = REFERENCE.split(text)
    pieces[1::2] = [b"%d 0 R" % (int(number) + base) for number in pieces[1::2]]
    return b"".join(pieces)


def _match(pattern: re.Pattern[bytes], text: bytes) -> re.Match[bytes]:
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"no {pattern.pattern!r} in {text[:80]!r}")
    return found
