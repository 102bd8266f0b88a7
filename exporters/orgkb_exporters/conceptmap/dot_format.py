"""A `MapSpec` as DOT, with every size stated, so that any Graphviz draws the same map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from orgkb.patterns import pattern
from orgkb_exporters.conceptmap import look, metrics
from orgkb_exporters.conceptmap.look import Spacing
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.spec import MapConcept, MapSpec, Proposition

HEADER_WIDTH = 540.0
"""Points: a longer title takes another line."""

_LEGEND_WIDTH = 560.0  # points of a row of the legend
_GRID_WIDTH = 560.0  # points of a row of concepts without lines
_PAD_X, _PAD_Y = 9.0, 5.0  # points between a name and its box
_ENTITY = pattern(r"&(?=#?\w+;)")
_UNSAFE_ID = pattern(r'[%"\\&<>|\x00-\x1f\x7f]')

Url = Callable[[MapConcept], str]


def quoted(*lines: str) -> str:
    r"""LINES as a DOT string that Graphviz shows letter by letter.

    Graphviz reads such strings three times: as DOT (`\"`), as a template (`\N`) and for HTML
    entities (`&lt;`); each is undone here.
    """
    return '"' + "\\n".join(map(_escaped, lines)) + '"'


def _escaped(text: str) -> str:
    # Only what would be read as an entity: another `&` stays as it is, for programs that measure the label.
    return _ENTITY.sub("&amp;", clean(text)).replace("\\", "\\\\").replace('"', '\\"')


def concept_node(concept: str) -> str:
    """The node's name of the concept with that id; characters that Graphviz builds read differently become `%XX`."""
    return _UNSAFE_ID.sub(lambda match: f"%{ord(match[0]):02X}", clean(concept))


def phrase_node(proposition: Proposition) -> str:
    """The name of the node that holds PROPOSITION's phrase, for all propositions with that source and phrase."""
    return f"{concept_node(proposition.source)}|{concept_node(proposition.phrase.casefold())}"


def _id(concept: str) -> str:
    return f'"{concept_node(concept)}"'


def html(text: str) -> str:
    """Clean TEXT for an HTML-like label."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;")


def dot(spec: MapSpec, spacing: Spacing, url: Url | None = None) -> str:
    """SPEC as the text of a DOT file; URL gives a concept's link, or an empty string."""
    lines = ["digraph map {", *_defaults(spec, spacing)]
    lines += (_concept(concept, spec, spacing, url) for concept in spec.concepts)
    lines += _lines(spec, spacing)
    lines += _grid(spec, spacing)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _defaults(spec: MapSpec, spacing: Spacing) -> Iterator[str]:
    yield (
        f'  graph [charset="UTF-8" fontname="{look.FONT}" rankdir="{spacing.rankdir}" nodesep="{spacing.nodesep:g}"'
        f' ranksep="{spacing.ranksep:g}" splines="spline" outputorder="edgesfirst"'
        f' pack="16" packmode="array_{spacing.columns}" pad="0.15" bgcolor="#ffffff" labelloc="t"'
    )
    yield f"    label=<{_header(spec)}>]"
    yield (
        f'  node [fontname="{look.FONT}" shape="box" style="rounded,filled" margin="0.04,0.02"'
        f' fontcolor="{look.INK}" fontsize="{look.NODE_SIZE:g}"]'
    )
    yield f'  edge [color="{look.LINE}" arrowsize="0.6" penwidth="1"]'


# --- boxes and lines ---


def _concept(concept: MapConcept, spec: MapSpec, spacing: Spacing, url: Url | None) -> str:
    size = round(look.NODE_SIZE + look.NODE_GROWTH * concept.importance, 1)
    lines = metrics.wrap(concept.label, metrics.room_for(concept.label, spacing.name_letters))
    width, height = _box(lines, size, _PAD_X, _PAD_Y)
    style = look.section_style(concept.section, spec.sections[concept.section].title)
    outline = ",".join([*(["rounded"] if style.rounded else []), "filled", *([style.line] * (style.line != "solid"))])
    attributes = [
        f"label={quoted(*lines)}",
        f'fontsize="{size:g}"',
        f'width="{width:.3f}"',
        f'height="{height:.3f}"',
        f'style="{outline}"',
        *(['peripheries="2"'] if style.double else []),
        f'color="{style.color}"',
        f'fillcolor="{style.tint}"',
        f'penwidth="{1.1 + 0.9 * concept.importance:.2f}"',
        f"tooltip={quoted(*_tooltip(concept, spec))}",
    ]
    link = url(concept) if url else ""
    if link:
        attributes += [f"URL={quoted(link)}", 'target="_blank"']
    return f"  {_id(concept.id)} [{' '.join(attributes)}]"


def _tooltip(concept: MapConcept, spec: MapSpec) -> list[str]:
    title = spec.sections[concept.section].title
    place = f"{concept.place.path}:{concept.place.line}"
    return [
        f"{concept.label}: {concept.note}" if concept.note else concept.label,
        f"{title}, {place}" if title else place,
    ]


def _box(lines: Iterable[str], size: float, pad_x: float, pad_y: float) -> tuple[float, float]:
    """Width and height in inches of a box around LINES; at least a little wider than high."""
    texts = list(lines)
    height = metrics.text_height(len(texts) or 1, size) + 2 * pad_y
    width = max((metrics.text_width(text, size) for text in texts), default=0.0) + 2 * pad_x
    return max(width, height * 1.3 if pad_y else width) / 72, height / 72


def _lines(spec: MapSpec, spacing: Spacing) -> Iterator[str]:
    names = {concept.id: concept.label for concept in spec.concepts}
    phrases: set[str] = set()
    depth = _depths(spec, spacing.stagger)
    for p in _ordered(spec, spacing.order):
        source, target, phrase = _id(p.source), _id(p.target), f'"{phrase_node(p)}"'
        tooltip = f"tooltip={quoted(' '.join(filter(None, (names[p.source], p.said, names[p.target]))), _place(p))}"
        lower = p.target if p.source_above else p.source
        far = f'minlen="{depth[lower]}" ' if depth.get(lower, 1) > 1 else ""
        if not p.phrase:
            yield f'  {source} -> {target} [style="dashed" {far}{tooltip}]'
            continue
        if phrase not in phrases:
            phrases.add(phrase)
            yield _phrase(phrase, p.phrase, spacing, tooltip)
            ends = f"{phrase} -> {source}" if p.source_above else f"{source} -> {phrase}"
            yield f'  {ends} [arrowhead="none" weight="2" {tooltip}]'
        if p.source_above:
            yield f'  {target} -> {phrase} [dir="back" {far}{tooltip}]'
        else:
            yield f"  {phrase} -> {target} [{far}{tooltip}]"


def _depths(spec: MapSpec, rows: int) -> dict[str, int]:
    """How many ranks below the line's upper end each concept stands that has one line only, spread over ROWS rows."""
    lines = Counter(end for p in spec.propositions for end in (p.source, p.target))
    hanging: Counter[str] = Counter()
    depths: dict[str, int] = {}
    for p in spec.propositions:
        lower, upper = (p.target, p.source) if p.source_above else (p.source, p.target)
        if lines[lower] == 1:
            depths[lower] = 1 + 2 * (hanging[upper] % rows)
            hanging[upper] += 1
    return depths


def _ordered(spec: MapSpec, order: int) -> list[Proposition]:
    """The propositions in one of the `look.ORDERS`."""
    rank = {concept.id: index for index, concept in enumerate(spec.concepts)}
    lines = list(spec.propositions)
    match order:
        case 1:
            lines.reverse()
        case 2:
            lines.sort(key=lambda p: rank[p.source])
        case 3:
            lines.sort(key=lambda p: rank[p.target])
    return lines


def _phrase(name: str, phrase: str, spacing: Spacing, tooltip: str) -> str:
    lines = metrics.wrap(phrase, metrics.room_for(phrase, spacing.phrase_letters), look.PHRASE_LINES)
    width, height = _box(lines, look.PHRASE_SIZE, 2.0, 0.0)
    return (
        f'  {name} [shape="plaintext" style="" label={quoted(*lines)} fontsize="{look.PHRASE_SIZE:g}"'
        f' fontcolor="{look.PHRASE_INK}" width="{width:.3f}" height="{height:.3f}" margin="0,0" {tooltip}]'
    )


def _place(proposition: Proposition) -> str:
    return f"{proposition.place.path}:{proposition.place.line}"


def _grid(spec: MapSpec, spacing: Spacing) -> Iterator[str]:
    """Rows of the concepts without lines, held together by invisible ones; a section begins a row."""
    rows: list[list[MapConcept]] = []
    width, section = 0.0, -1
    for concept in sorted(spec.unlinked, key=lambda c: c.section):
        own = metrics.text_width(concept.label[: spacing.name_letters], look.NODE_SIZE + look.NODE_GROWTH) + 30
        if concept.section != section or width + own > _GRID_WIDTH:
            rows.append([])
            width, section = 0.0, concept.section
        rows[-1].append(concept)
        width += own
    for row in rows:
        ids = [_id(concept.id) for concept in row]
        yield f'  {{ rank="same" {"; ".join(ids)} }}'
        if len(ids) > 1:
            yield f'  {" -> ".join(ids)} [style="invis"]'
    for upper, lower in pairwise(rows):
        first, second = _id(upper[0].id), _id(lower[0].id)
        up = spacing.rankdir == "BT"
        yield f'  {second if up else first} -> {first if up else second} [style="invis"]'


# --- title and legend ---


def _header(spec: MapSpec) -> str:
    """Title, legend and what was left out, as an HTML-like table; every cell states its width."""
    words = look.WORDS[spec.language]
    rows = [
        _text_row(line, look.TITLE_SIZE, look.INK)
        for line in metrics.wrap(spec.question, int(HEADER_WIDTH / look.TITLE_SIZE * 2), 3)
    ]
    if len(spec.sections) > 1:
        rows += [f"<TR><TD>{row}</TD></TR>" for row in _legend(spec, words)]
    left_out = words.left_out.format(
        concepts=len(spec.concepts),
        all_concepts=spec.all_concepts,
        propositions=len(spec.propositions),
        all_propositions=spec.all_propositions,
    )
    silent = any(not p.phrase for p in spec.propositions)
    notes = "; ".join([left_out, words.size, *([words.silent] if silent else [])])
    rows += [
        _text_row(line, look.LEGEND_SIZE - 1, look.FAINT_INK)
        for line in metrics.wrap(notes, int(HEADER_WIDTH / (look.LEGEND_SIZE - 1) * 2), 3)
    ]
    rows.append('<TR><TD HEIGHT="6"></TD></TR>')
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">{"".join(rows)}</TABLE>'


def _legend(spec: MapSpec, words: look.Words) -> list[str]:
    """Rows of outlines and titles; each row a table of fixed size with room for a wider font, so that none is stretched to another."""
    rows: list[list[tuple[str, float]]] = [[]]
    for index, section in enumerate(spec.sections):
        text = f"{metrics.wrap(section.title or words.other, 36, 1)[0]} ({section.concepts})"
        own = metrics.text_width(text, look.LEGEND_SIZE) + 14
        cells = (
            f'<TD WIDTH="30">{_swatch(look.section_style(index, section.title))}</TD>'
            f'<TD ALIGN="LEFT" WIDTH="{own:.0f}">{_font(text, look.LEGEND_SIZE, look.INK)}</TD>'
        )
        if rows[-1] and sum(width for _, width in rows[-1]) + own + 38 > _LEGEND_WIDTH:
            rows.append([])
        rows[-1].append((cells, own + 38))
    return [
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="2" CELLPADDING="1" FIXEDSIZE="TRUE"'
        f' WIDTH="{1.25 * sum(width for _, width in row):.0f}" HEIGHT="20"><TR>{"".join(cells for cells, _ in row)}</TR></TABLE>'
        for row in rows
    ]


def _swatch(style: look.SectionStyle) -> str:
    kinds = [*(["ROUNDED"] if style.rounded else []), *([style.line.upper()] if style.line != "solid" else [])]
    drawn = f' STYLE="{",".join(kinds)}"' if kinds else ""
    frame = f'BORDER="1" CELLPADDING="0" FIXEDSIZE="TRUE"{drawn} COLOR="{style.color}"'
    if not style.double:
        size = 'WIDTH="24" HEIGHT="12" CELLBORDER="0" CELLSPACING="0"'
        return f'<TABLE {frame} {size} BGCOLOR="{style.tint}"><TR><TD></TD></TR></TABLE>'
    inner = f'<TABLE {frame} WIDTH="18" HEIGHT="7" CELLBORDER="0" CELLSPACING="0" BGCOLOR="{style.tint}"><TR><TD></TD></TR></TABLE>'
    return f'<TABLE {frame} WIDTH="24" HEIGHT="13" CELLBORDER="0" CELLSPACING="2"><TR><TD>{inner}</TD></TR></TABLE>'


def _text_row(text: str, size: float, color: str) -> str:
    return f'<TR><TD WIDTH="{metrics.text_width(text, size) + 4:.0f}">{_font(text, size, color)}</TD></TR>'


def _font(text: str, size: float, color: str) -> str:
    r"""TEXT in letters of SIZE; a run ends after a backslash, since Graphviz fills in templates such as `\G` here too."""
    runs = text.replace("\\", "\\\0").split("\0")
    return "".join(f'<FONT POINT-SIZE="{size:g}" COLOR="{color}">{html(run)}</FONT>' for run in runs if run)
