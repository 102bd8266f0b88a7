"""The layout that rules look at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts.blocks import TEXTS, BlockKind, read_blocks
from orgkb.org.reader import parse

_line = st.sampled_from(
    [
        "* Pods (PO)",
        "- *pod* :: group (of İ containers)",
        "- node - a Machine",
        "Known as K8s",
        "",
        "~a (b)~",
        "| x | (y) |",
    ]
)


@given(
    st.lists(_line),
    st.lists(st.sampled_from(["(", "-", "known", "machine", "i̇", "zzz"]), min_size=1, max_size=3),
    st.sampled_from([TEXTS, tuple(BlockKind), (BlockKind.TAG,)]),
)
def test_rules_get_every_block_that_holds_what_they_look_for(
    lines: list[str], needles: list[str], kinds: tuple[BlockKind, ...]
) -> None:
    reading = read_blocks(parse("\n".join(lines), "notes.org"))
    expected = [
        block
        for block in reading.blocks
        if block.kind in kinds and any(needle in block.prose.lower() for needle in needles)
    ]
    assert list(reading.having(*needles, kinds=kinds)) == expected


def test_bold_prose_is_found_with_its_place_and_bold_code_is_none() -> None:
    reading = read_blocks(parse("- *one* and *two /more/* and *~code~*\n- none\n", "notes.org"))
    texts = [[block.text[start:end] for start, end in places] for block, places in reading.bold_texts()]
    assert texts == [["one", "two more"]]
