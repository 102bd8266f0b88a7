"""Mentions as rows of numbers."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts import mentions as module
from orgkb.concepts.mentions import Mentions, MentionTable
from orgkb.concepts.model import Mention, Span

_names = st.sampled_from(["pod", "node", "узел", "pod controller"])
_numbers = st.integers(0, 2**31)


@st.composite
def _mentions(draw: st.DrawFn, document: str = "a.org") -> list[Mention]:
    found = [
        Mention(
            concept=draw(_names),
            text=draw(_names),
            span=Span(
                draw(st.sampled_from([document, "included.org"])), draw(_numbers), draw(_numbers), draw(_numbers)
            ),
            document=document,
            offset=draw(_numbers),
            headline=draw(st.integers(-1, 2**31)),
            context=draw(st.sampled_from(["prose", "heading", "term", "link", "code"])),
            confidence=draw(st.floats(0, 1)),
            nested=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    return sorted(found, key=lambda m: m.offset)


@given(_mentions())
def test_a_table_gives_back_the_mentions_it_was_made_of(given: list[Mention]) -> None:
    table = MentionTable.of("a.org", given)
    assert list(table) == given
    assert [table[at] for at in range(len(table))] == given
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(table), type=MentionTable) == table


@given(_mentions(), _mentions("b.org"), st.booleans())
def test_mentions_can_be_had_by_number_by_document_and_by_concept(
    first: list[Mention], second: list[Mention], hold: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_HELD", 100 if hold else 0)
        found = Mentions.of([*first, *second])
    every = [*first, *second]
    assert list(found) == every
    assert [found[at] for at in range(-len(every), len(every))] == every * 2
    assert list(found[1:4]) == every[1:4]
    assert list(found.in_document("b.org")) == second
    for name in ("pod", "node", "nothing"):
        own = [mention for mention in every if mention.concept == name]
        assert list(found.of_concept(name)) == own
        assert list(found.lines_of(name)) == [(mention.span.path, mention.span.line) for mention in own]
        assert len(found.of_concept(name)) == len(own) == found.counts()[name]
        assert found.sections()[name] == len({(m.document, m.headline) for m in own})
        firsts: dict[tuple[bool, str], Mention] = {}
        for mention in own:
            firsts.setdefault((mention.nested, mention.text), mention)
        alone = [mention for (nested, _), mention in firsts.items() if not nested]
        assert list(found.spellings(name)) == [*alone, *(m for (nested, _), m in firsts.items() if nested)]


def _mention(concept: str, offset: int, *, nested: bool = False) -> Mention:
    return Mention(
        concept, concept, Span("a.org", 1, offset + 1, len(concept)), "a.org", offset, -1, "prose", 1.0, nested
    )


def test_a_mention_inside_a_longer_one_stands_alone_when_that_is_dropped() -> None:
    table = MentionTable.of(
        "a.org", [_mention("pod controller", 0), _mention("pod", 0, nested=True), _mention("node", 20)]
    )
    assert table.only({"pod controller", "pod", "node"}) == table
    assert [(m.concept, m.nested) for m in table.only({"pod", "node"})] == [("pod", False), ("node", False)]
    assert [(m.concept, m.nested) for m in table.only({"pod", "pod controller"})] == [
        ("pod controller", False),
        ("pod", True),
    ]
