"""The inlines of the pre-pass: text, code, links, images, formulas and notes as safe raw Typst."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from orgkb.org.semantics.text_commands import is_layout
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block, Inline
from orgkb_exporters.pdf import escape

MAX_INLINE_DEPTH = 10
"""Deepest nesting of bold in italic in …; deeper text keeps the style it has."""

TEXT_LIMIT = 20
"""Length from which a word of prose may break."""

SHOWN = frozenset({"latex", "typst"})
"""Back-ends of Org whose raw text is meant for paper."""

_LONGEST_ADDRESS = 400
"""Characters above which nobody types an address from paper."""
_LINK_AREA = 250_000

_SPACES = frozenset({"Space", "SoftBreak"})
_GAPS = _SPACES | {"LineBreak"}
_STYLES = {
    "Emph": "emph",
    "Strong": "strong",
    "Underline": "underline",
    "Strikeout": "strike",
    "Superscript": "super",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an inline stands."""

    limit: int = TEXT_LIMIT
    """Length from which a word may break."""
    depth: int = 0
    link: bool = False
    notes: bool = True
    """Whether the addresses of links may become footnotes here."""
    heading: bool = False


@dataclass(slots=True)
class InlinePrepass:
    """What the pre-pass knows of the whole output, and its inline part."""

    anchors: Collection[str]
    """Identifiers that the output holds: a link elsewhere would stop Typst."""
    formulas: Mapping[tuple[bool, str], str | None]
    """(display, TeX) → Typst; None where the formula cannot be converted."""
    language: str = "en"
    """The main language; paragraphs in another one are marked for hyphenation."""
    addresses: bool = True
    """Whether the address of a link with a description is printed as a footnote."""
    formulas_as_text: bool = False
    images_as_text: bool = False
    allow_raw: bool = False
    """Whether raw Typst of the notes may act."""
    broken_images: Collection[str] = ()
    """Names of images that Typst cannot read."""
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    """Level and anchor of each heading, and the call of the template that puts it into the contents, in order."""
    aims: set[str] = field(default_factory=set)
    """Anchors that links lead to."""
    emitted: set[str] = field(default_factory=set)
    """Anchors that stand in what was made so far."""
    _all_notes: dict[str, Sequence[Block]] = field(default_factory=dict)
    """Name → the text of each footnote that has one."""
    _notes: set[str] = field(default_factory=set)
    """Those of this section.  Sections may be laid out apart, so a note that is cited in another one stands there again."""
    _piece: int = 0
    _hoisted: list[str] = field(default_factory=list)
    _heading_notes: list[Inline] = field(default_factory=list)
    _document: str = ""

    def _blocks(self, blocks: Sequence[Block], depth: int) -> list[Block]:
        """BLOCKS inside DEPTH levels of lists; the block part of the pre-pass."""
        raise NotImplementedError

    def _inlines(self, inlines: Sequence[Inline], place: Place) -> list[Inline]:
        """INLINES, neighbours of raw Typst as one: pandoc takes as long for each as for a long one."""
        done: list[Inline] = []
        parts: list[str] = []
        for index, inline in enumerate(inlines):
            kind: str = inline["t"]
            if kind == "Str":
                # A box may break off from what stands beside it.
                before = index == 0 or inlines[index - 1]["t"] in _GAPS
                after = index + 1 == len(inlines) or inlines[index + 1]["t"] in _GAPS
                parts.append(escape.word(inline["c"], place.limit, alone=before and after))
                continue
            if kind in _SPACES:
                parts.append(" ")
                continue
            for made in self._inline(inline, place):
                if made["t"] == "RawInline":
                    parts.append(made["c"][1])
                    continue
                if parts:
                    done.append(raw("".join(parts)))
                    parts = []
                done.append(made)
        if parts:
            done.append(raw("".join(parts)))
        return done

    def _inline(self, inline: Inline, place: Place) -> list[Inline]:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        match kind:
            case "LineBreak":
                return [raw("#linebreak();")]
            case "Code":
                return [raw(escape.raw(content[1], place.limit))] if content[1] else []
            case "Math":
                return [self._math(content[0]["t"] == "DisplayMath", content[1], place)]
            case "Link":
                return self._link(content, place)
            case "Image":
                return [self._image(content, "oinline")]
            case "Note":
                return self._note(content, None, place)
            case "Span":
                return self._span(content, place)
            case "Cite":
                return self._inlines(content[1], place)
            case "Quoted":
                mark = '"' if content[0]["t"] == "DoubleQuote" else "'"
                return [raw(escape.markup(mark)), *self._inlines(content[1], place), raw(escape.markup(mark))]
            case _ if kind in _STYLES:
                if place.depth >= MAX_INLINE_DEPTH:
                    return self._inlines(content, place)
                inner = self._inlines(content, replace(place, depth=place.depth + 1))
                return [raw(f"#{_STYLES[kind]}["), *inner, raw("];")]
            case "RawInline" if content[0] in SHOWN and content[1].strip():
                if self.allow_raw and content[0] == "typst":
                    return [raw(escape.evaluated(content[1]))]
                if is_layout(content[1]):
                    return []
                return [raw(escape.raw(content[1], place.limit))]
            case _:  # raw inlines for other formats
                return []

    def _math(self, display: bool, tex: str, place: Place) -> Inline:
        formula = None if self.formulas_as_text else self.formulas.get((display, tex))
        if formula is None:
            return raw(escape.raw(tex, place.limit))
        return raw(f"#oeq({escape.quoted(' '.join(tex.split()))}, {formula});")

    def _link(self, content: Sequence[Any], place: Place) -> list[Inline]:
        (_, classes, _), inlines, (target, _) = content
        inner = self._inlines(inlines, replace(place, link=True))
        if place.link or not inner:
            return inner
        if target.startswith("#"):
            if target[1:] not in self.anchors:
                return inner
            self.aims.add(target[1:])
            function = "oconcept" if "concept" in classes else "olink"
            return [raw(f"#{function}({escape.aim(target[1:])})["), *inner, raw("];")]
        text = p.plain_text(inlines)
        # A PDF holds the address once for each piece of the text that may stand on a line of its own.
        if len(target) * len(text) > _LINK_AREA:
            return inner
        address = escape.quoted(target)
        done = [raw(f"#ourl({address})["), *inner, raw("];")]
        if self.addresses and place.notes and len(target) <= _LONGEST_ADDRESS and not _shows(text, target):
            done.append(raw(f"#onote({address})[{escape.breakable(target, TEXT_LIMIT)}];"))
        return done

    def _image(self, content: Sequence[Any], function: str) -> Inline:
        (_, _, pairs), alt, (source, _) = content
        text = p.plain_text(alt)
        if self.images_as_text or source in self.broken_images:
            return raw(f"#omissing[{escape.markup(text)}];")
        width = _length(dict(pairs).get("width", ""))
        return raw(f"#{function}({escape.quoted(source)}, width: {width}, alt: {escape.quoted(text)});")

    def _span(self, content: Sequence[Any], place: Place) -> list[Inline]:
        (ident, classes, pairs), inlines = content
        attributes = dict(pairs)
        if "footnote" in classes:
            return self._footnote(attributes.get("label", ""), inlines, place, again="again" in classes)
        inner = self._inlines(inlines, place)
        mark = ""
        if "mention" in classes:
            mark = _mention(classes, attributes, linked=any(_leads_to_concept(inline) for inline in inlines))
            if not place.heading:  # behind the words: before them it could be left on the line above
                return [*inner, raw(mark)]
        elif ident:
            mark = self._anchor(ident)
        if mark and place.heading:
            self._hoisted.append(mark)
            mark = ""
        function = next((f"o{name}" for name in ("cookie", "timestamp", "tag") if name in classes), "")
        if "task" in classes:
            return [raw(f"#otask({escape.quoted(classes[1])});")]
        if "todo" in classes:
            function = "otodo(false)"
        if "missing-image" in classes:
            function = "omissing"
        if function:
            inner = [raw(f"#{function}["), *inner, raw("];")]
        return [*([raw(mark)] if mark else []), *inner]

    def _footnote(self, label: str, inlines: Sequence[Inline], place: Place, *, again: bool) -> list[Inline]:
        known = f"{self._document}-fn-{label}"
        name = f"{known}-{self._piece}"
        if name in self._notes and again:
            return [raw(f"#ofnagain({escape.quoted(name)});")]
        if again and known not in self._all_notes:
            return self._inlines(inlines, place)
        if not again:
            self._all_notes[known] = [block for note in inlines for block in note["c"]]
        self._notes.add(name)
        return self._note(self._all_notes[known], name, place)

    def _note(self, blocks: Sequence[Block], name: str | None, place: Place) -> list[Inline]:
        label = [raw(f"#label({escape.quoted(name)});")] if name else []
        done = [{"t": "Note", "c": self._blocks(blocks, 1)}, *label]
        if place.heading:
            self._heading_notes += done
            return []
        return done

    def _anchor(self, ident: str) -> str:
        if not ident or ident in self.emitted:
            return ""
        self.emitted.add(ident)
        return f"#oanchor({escape.quoted(ident)});"


def raw(text: str) -> Inline:
    """TEXT as Typst source that pandoc passes on."""
    return p.raw_inline("typst", text)


def _leads_to_concept(inline: Inline) -> bool:
    return inline["t"] == "Link" and "concept" in inline["c"][0][1]


def _mention(classes: Sequence[str], attributes: Mapping[str, str], *, linked: bool) -> str:
    """The mark of a mention: concept, line, and `t` where it is defined, `l` where its definition may stand beside it."""
    role = "t" if "term" in classes else "l" if linked and "near" not in classes else ""
    arguments = [escape.quoted(attributes.get("concept", "")), str(int(attributes.get("line", "0")))]
    return f"#om({', '.join([*arguments, escape.quoted(role)] if role else arguments)});"


def _shows(text: str, address: str) -> bool:
    """Whether TEXT already tells the address."""
    bare = address.split("://", 1)[-1].removeprefix("mailto:").rstrip("/")
    return bare.casefold() in "".join(text.split()).casefold()


def _length(value: str) -> str:
    """A width of pandoc's as a Typst length; CSS pixels are 3/4 point."""
    if not value:
        return "auto"
    if value.endswith("px"):
        return f"{float(value[:-2]) * 0.75:g}pt"
    return value
