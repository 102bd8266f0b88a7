"""Org objects → inline pieces."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from orgkb.org import nodes as n
from orgkb.org.links import is_file_link
from orgkb.patterns import pattern
from orgkb_exporters import raw
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.formulas import inline_math
from orgkb_exporters.markdown.pieces import HARD_BREAK, Literal, Mark, Piece, Place, Raw, code_span

BACKENDS = frozenset({"html", "md", "markdown", "gfm"})
"""Export back-ends whose raw text concerns Markdown."""

_MARKS: dict[type[n.Object], str] = {n.Bold: "strong", n.Italic: "emphasis", n.StrikeThrough: "strike"}
_TAGS: dict[type[n.Object], str] = {n.Underline: "u", n.Subscript: "sub", n.Superscript: "sup"}
_AUTOLINK = pattern(r"(?:https?|ftp|mailto):[!-;=?-~]+\Z")
_LENGTH = pattern(r"(\d{1,5})(?:px)?|(\d{1,3}%)")


class Image(msgspec.Struct, frozen=True):
    """How an image of the notes is shown."""

    source: str
    """Relative address."""
    alt: str = ""
    width: str = ""


class Surroundings(Protocol):
    """What a page knows about the rest: where links lead, how notes and images are called there."""

    flavour: Flavour
    raw: bool
    """Whether the user vouches for raw HTML and Markdown."""

    def address(self, link: n.Link) -> str | None:
        """Where LINK leads from this page, ready to stand in a link; None where it leads nowhere."""
        ...

    def label(self, link: n.Link) -> str:
        """What a reader sees of LINK where it has no description."""
        ...

    def image(self, link: n.Link) -> str | None:
        """The address of the image that LINK shows; None where it shows none."""
        ...

    def footnote(self, reference: n.FootnoteReference) -> str | None:
        """The label of REFERENCE on this page; empty where it is to be left out, None where it has no definition."""
        ...

    def anchor(self, node: n.Node) -> str | None:
        """The identifier that links use for NODE, to be written where it stands; None where it has none."""
        ...

    def reference(self, link: n.Link, label: str) -> str | None:
        """LINK with the plain text LABEL as the flavour's own kind of link; None where an ordinary one does."""
        ...

    def mentions(self, text: n.Text, place: Place) -> Sequence[tuple[int, int, Sequence[Piece]]]:
        """(start, stop, link) of the concepts named in TEXT that are to be links here, in order."""
        ...


class InlineWriter:
    """Writes objects as they stand on one page."""

    def __init__(self, page: Surroundings) -> None:
        self.page = page

    def pieces(
        self, objects: Iterable[n.Object], place: Place, *, in_link: bool = False, inside: frozenset[str] = frozenset()
    ) -> list[Piece]:
        """OBJECTS as pieces for PLACE; INSIDE are the marks already open."""
        found: list[Piece] = []
        objects = tuple(objects)
        snippets = self._snippets(objects, place, in_link=in_link)
        for index, obj in enumerate(objects):
            if index in snippets:
                found += snippets[index]
            elif isinstance(obj, n.Link) and _stands_in_brackets(objects, index):
                found += self._link(obj, place, in_link=in_link, inside=inside, plain=True)
            else:
                found += self._one(obj, place, in_link=in_link, inside=inside)
        return found

    def _snippets(self, objects: Sequence[n.Object], place: Place, *, in_link: bool) -> dict[int, Sequence[Piece]]:
        """The raw text among OBJECTS, by its place; that for other back-ends than ours is nothing."""
        snippets = {i: obj for i, obj in enumerate(objects) if isinstance(obj, n.ExportSnippet)}
        found: dict[int, Sequence[Piece]] = dict.fromkeys(snippets, ())
        html = {i: obj.value for i, obj in snippets.items() if obj.backend.lower() == "html"}
        if html:
            made = raw.snippets(list(html.values()), allowed=self.page.raw)
            found |= {
                i: _html_pieces(shown, place, in_link=in_link) if shown is not None else (Literal(value, in_link),)
                for (i, value), shown in zip(html.items(), made, strict=True)
            }
        for i, obj in snippets.items():
            if obj.backend.lower() in BACKENDS - {"html"}:
                shown = self.page.raw and raw.is_harmless_markdown(obj.value)
                found[i] = (Raw(obj.value) if shown else Literal(obj.value, in_link),)
        return found

    def emphasised(self, kind: str, inner: list[Piece], inside: frozenset[str] = frozenset()) -> list[Piece]:
        """INNER between marks of KIND, white space at its ends moved out; as it is where nothing is to be seen."""
        if kind in inside or not any(isinstance(p, Raw) or (isinstance(p, Literal) and p.text.strip()) for p in inner):
            return inner
        before, after = [], []
        if isinstance(first := inner[0], Literal) and first.text[:1].isspace():
            text = first.text.lstrip()
            before = [Literal(first.text[: len(first.text) - len(text)], first.in_link)]
            inner = [Literal(text, first.in_link), *inner[1:]]
        if isinstance(last := inner[-1], Literal) and last.text[-1:].isspace():
            text = last.text.rstrip()
            after = [Literal(last.text[len(text) :], last.in_link)]
            inner = [*inner[:-1], Literal(text, last.in_link)]
        return [*before, Mark(kind, opens=True), *inner, Mark(kind, opens=False), *after]

    def _one(self, obj: n.Object, place: Place, *, in_link: bool, inside: frozenset[str]) -> Sequence[Piece]:
        match obj:
            case n.Text(value=text):
                if in_link or place is Place.LINE or not (found := self.page.mentions(obj, place)):
                    return (Literal(text, in_link),)
                return _with_links(text, found)
            case n.Macro(value=text) | n.StatisticsCookie(value=text):
                return (Literal(text, in_link),)
            case n.Entity(text=text):
                return (Literal(text, in_link),)
            case n.Timestamp(raw=text):
                return (Literal(text, in_link),)
            case n.Bold() | n.Italic() | n.StrikeThrough():
                kind = _MARKS[type(obj)]
                inner = self.pieces(obj.children, place, in_link=in_link, inside=inside | {kind})
                return self.emphasised(kind, inner, inside)
            case n.Underline() | n.Subscript() | n.Superscript():
                inner = self.pieces(obj.children, place, in_link=in_link, inside=inside)
                tag = _TAGS[type(obj)]
                return (Raw(f"<{tag}>"), *inner, Raw(f"</{tag}>")) if inner else ()
            case n.Code(value=text) | n.Verbatim(value=text) | n.InlineSrcBlock(value=text):
                return self.code(text, place, in_link=in_link)
            case n.InlineBabelCall(value=text):
                return self.code(text, place, in_link=in_link)
            case n.LatexFragment(value=text):
                return inline_math(text, place, self.page.flavour, in_link=in_link)
            case n.FootnoteReference():
                return self._footnote(obj, in_link=in_link)
            case n.Citation():
                return self._citation(obj, place, in_link=in_link, inside=inside)
            case n.LineBreak():
                return (HARD_BREAK,) if place is Place.BLOCK else (Raw("<br>", " "),)
            case n.Link():
                return self._link(obj, place, in_link=in_link, inside=inside)
            case n.Target():
                return self._anchor(obj)
            case n.RadioTarget():
                inner = self.pieces(obj.children, place, in_link=in_link, inside=inside)
                return (*self._anchor(obj), *inner)
            case _:
                return self.pieces(getattr(obj, "children", None) or (), place, in_link=in_link, inside=inside)

    def code(self, value: str, place: Place, *, in_link: bool = False) -> tuple[Piece, ...]:
        """VALUE as inline code."""
        return code_span(value, place, self.page.flavour.dialect.code_as_html, in_link=in_link)

    def _anchor(self, node: n.Node) -> tuple[Piece, ...]:
        if self.page.flavour.anchors == "block":  # named at the end of the block
            return ()
        anchor = self.page.anchor(node)
        return (anchor_tag(anchor),) if anchor else ()

    def _footnote(self, reference: n.FootnoteReference, *, in_link: bool) -> tuple[Piece, ...]:
        label = None if in_link else self.page.footnote(reference)
        if label is not None and not self.page.flavour.footnotes:
            return (Raw(f"<sup>[{label}](#fn-{label})</sup>"),) if label else ()
        if label is not None:
            return (Raw(f"[^{label}]"),) if label else ()
        return (Literal(f"[fn:{reference.label or ''}]", in_link),)

    def _citation(self, citation: n.Citation, place: Place, *, in_link: bool, inside: frozenset[str]) -> list[Piece]:
        """As pandoc's Markdown has it: `[see @key p. 3; @other]`."""

        def string(objects: tuple[n.Object, ...]) -> list[Piece]:
            return self.pieces(objects, place, in_link=in_link, inside=inside)

        found: list[Piece] = [Literal("[", in_link), *string(citation.prefix)]
        if citation.prefix:
            found.append(Literal(";", in_link))
        for i, reference in enumerate(citation.children):
            if i:
                found.append(Literal(";", in_link))
            found += string(reference.prefix)
            found.append(Literal(f"@{reference.key}", in_link))
            found += string(reference.suffix)
        if citation.suffix:
            found += (Literal(";", in_link), *string(citation.suffix))
        return [*found, Literal("]", in_link)]

    def _link(
        self, link: n.Link, place: Place, *, in_link: bool, inside: frozenset[str], plain: bool = False
    ) -> Sequence[Piece]:
        """LINK in the flavour's own way where it has one, unless it must be PLAIN Markdown."""
        if not link.children and (source := self.page.image(link)) is not None:
            return (image_tag(Image(source, alt=self.page.label(link)), place, self.page.flavour),)
        label = self.pieces(link.children, place, in_link=True, inside=inside)
        if in_link:
            return label or (Literal(self.page.label(link), in_link=True),)
        address = self.page.address(link)
        if address is None:
            return self._unlinked(link, place, inside)
        text = "" if label else self.page.label(link)
        if self.page.flavour.dialect.entities:  # readers that look for math before addresses
            address = address.replace("$", "%24")
        if text == address and _AUTOLINK.match(address) and not re.search(r"%|xn--", address):
            return (Raw(f"<{address}>", address),)
        if not plain and place is not Place.CELL and all(isinstance(piece, Literal) for piece in label):
            words = " ".join("".join(p.text for p in label if isinstance(p, Literal)).split()) or text
            own = self.page.reference(link, words)
            if own is not None:
                return (Raw(own, words),)
        return (Raw("["), *(label or (Literal(text, in_link=True),)), Raw(f"]({destination(address)})"))

    def _unlinked(self, link: n.Link, place: Place, inside: frozenset[str]) -> Sequence[Piece]:
        """A link that leads nowhere: its text and, for a file, its path.

        Without description it stays as written: `df[["a", "b"]]` is no link but looks like one.
        """
        label = self.pieces(link.children, place, inside=inside)
        if not is_file_link(link):
            return label or (Literal(f"[[{link.raw}]]" if link.form == "regular" else link.raw),)
        path = self.code(self.page.label(link), place)
        return (*label, Literal(" ("), *path, Literal(")")) if label else path


def visible_text(pieces: Iterable[Piece]) -> str:
    """What a reader sees of PIECES, white space folded."""
    text = "".join(p.text for p in pieces if not isinstance(p, Mark))
    return " ".join(text.split())


def anchor_tag(anchor: str) -> Raw:
    """An invisible place to link to."""
    return Raw(f'<a id="{anchor}"></a>')


def image_tag(image: Image, place: Place, flavour: Flavour) -> Raw:
    """An image, with its width as FLAVOUR has it."""
    width = _LENGTH.fullmatch(image.width.strip())
    own = _sized(image, width.group(1) or width.group(2), flavour) if width else None
    if own is not None and place is not Place.CELL:
        return Raw(own)
    if width or (place is Place.CELL and "|" in image.alt):
        size = f' width="{width.group(1) or width.group(2)}"' if width else ""
        alt = html.escape(" ".join(image.alt.split())).replace("|", "&#124;")
        return Raw(f'<img src="{html.escape(image.source)}" alt="{alt}"{size}>')
    return Raw(f"![{_alt(image, flavour)}]({destination(image.source)})")


def _stands_in_brackets(siblings: Sequence[n.Object], i: int) -> bool:
    """Whether a bracket touches object I of SIBLINGS: together with those of a wiki link it would be another link."""
    before = siblings[i - 1] if i else None
    after = siblings[i + 1] if i + 1 < len(siblings) else None
    return (isinstance(before, n.Text) and before.value.endswith("[")) or (
        isinstance(after, n.Text) and after.value.startswith("]")
    )


def _sized(image: Image, width: str, flavour: Flavour) -> str | None:
    """IMAGE with its WIDTH as FLAVOUR spells it; None where that is HTML."""
    alt, source = _alt(image, flavour), destination(image.source)
    match flavour.image_size:
        case "pipe" if width.isdecimal():
            return f"![{alt}|{width}]({source})"
        case "braces" if width.isdecimal():
            return f"![{alt}]({source}){{:width {width}}}"
        case "attribute":
            return f'![{alt}]({source}){{ width="{width}" }}'
    return None


def _alt(image: Image, flavour: Flavour) -> str:
    text = " ".join(image.alt.split())
    if flavour.dialect.entities:
        return html.escape(re.sub(r"([\\`*_\[\]!{}])", r"\\\1", text), quote=False)
    return re.sub(r"([\\`*_\[\]<>&!$~|])", r"\\\1", text)


def _with_links(text: str, links: Sequence[tuple[int, int, Sequence[Piece]]]) -> list[Piece]:
    """TEXT in which stretches are replaced by LINKS."""
    found: list[Piece] = []
    done = 0
    for start, stop, link in links:
        found += (Literal(text[done:start]), *link)
        done = stop
    return [*found, Literal(text[done:])]


def destination(address: str) -> str:
    """ADDRESS as it stands between the parentheses of a link."""
    address = address.replace("&", "&amp;") if re.search(r"&[#A-Za-z][A-Za-z0-9]*;", address) else address
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    if depth:
        address = address.replace("(", "%28").replace(")", "%29")
    return address


def _html_pieces(html: str, place: Place, *, in_link: bool) -> list[Piece]:
    """HTML that `raw` let pass: its tags as they are, its text as text, which Markdown would read as Markdown."""
    found: list[Piece] = []
    for is_tag, source in raw.tokens(html):
        if not is_tag:
            found.append(Literal(source, in_link))
        else:
            found.append(Raw(source.replace("|", "&#124;").replace("\n", " ") if place is Place.CELL else source))
    return found
