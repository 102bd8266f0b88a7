"""How a map looks: letters, colours, outlines, spacing, and the words of its own."""

from __future__ import annotations

import msgspec

FONT = "Arial"
"""One name, never a list: Graphviz builds without fonts measure an unknown name as Times."""

INK = "#111827"
PHRASE_INK = "#1f2937"
FAINT_INK = "#4b5563"
LINE = "#64748b"

NODE_SIZE, NODE_GROWTH = 11.0, 5.0
"""Size of the letters of the least important concept, and what the most important one has more, in points."""

PHRASE_SIZE = 10.0
PHRASE_LINES = 8
"""Lines of a linking phrase at most: as many as its letters ever need, so that none is cut."""
TITLE_SIZE = 17.0
LEGEND_SIZE = 10.0


class SectionStyle(msgspec.Struct, frozen=True):
    """Colour and outline of a section: the outline tells sections apart in a black and white print."""

    color: str
    rounded: bool = True
    line: str = "solid"
    double: bool = False

    @property
    def tint(self) -> str:
        """The colour of the inside: 84 % white, so that letters keep their contrast."""
        channels = (int(self.color[i : i + 2], 16) for i in (1, 3, 5))
        return "#" + "".join(f"{round(channel + (255 - channel) * 0.84):02x}" for channel in channels)


# Okabe and Ito's colours, which the colour-blind tell apart, without black and the yellow too pale for an outline.
SECTION_STYLES = (
    SectionStyle("#0072b2"),
    SectionStyle("#e69f00", rounded=False),
    SectionStyle("#009e73", line="dashed"),
    SectionStyle("#d55e00", rounded=False, line="dashed"),
    SectionStyle("#cc79a7", rounded=False, double=True),
    SectionStyle("#56b4e9", double=True),
)
OTHER_STYLE = SectionStyle("#6b7280", rounded=False, line="dotted")


def section_style(index: int, title: str) -> SectionStyle:
    """The style of a section by its index in the legend; what has no TITLE, the rest, has one of its own."""
    return SECTION_STYLES[index] if title and index < len(SECTION_STYLES) else OTHER_STYLE


ORDERS = 4
"""Strongest first, weakest first, by source, by target."""


class Spacing(msgspec.Struct, frozen=True):
    """What layout may vary to make a map clearer."""

    rankdir: str = "BT"
    nodesep: float = 0.14
    """Inches between neighbours of a row."""
    ranksep: float = 0.2
    """Inches between rows."""
    name_letters: int = 20
    """Letters in a line of a concept's name."""
    phrase_letters: int = 18
    columns: int = 1
    """Pieces of the map beside each other, where it has several."""
    stagger: int = 1
    """Rows over which the concepts that hang on one box by a single line are spread."""
    order: int = 0
    """Which of `ORDERS` the lines are stated in: each gives the layout another start."""


class Words(msgspec.Struct, frozen=True):
    """What the map itself says, in one language."""

    left_out: str
    silent: str
    size: str
    other: str
    sections_left_out: str
    relations: str


WORDS = {
    "en": Words(
        left_out="{concepts} of {all_concepts} concepts, {propositions} of {all_propositions} relations",
        silent="dashed: the notes do not say how",
        size="larger letters: more important",
        other="other sections",
        sections_left_out="{sections} of {all_sections} sections; in brackets: their concepts",
        relations="relations: {count}",
    ),
    "ru": Words(
        left_out="понятий: {concepts} из {all_concepts}, связей: {propositions} из {all_propositions}",
        silent="пунктир: в заметках не сказано, как связаны",
        size="чем крупнее, тем важнее",
        other="другие разделы",
        sections_left_out="разделов: {sections} из {all_sections}; в скобках: число понятий",
        relations="связей: {count}",
    ),
}
