"""Flat text and the way back to the document."""

from __future__ import annotations

from orgkb.concepts.text import Style, cut, flatten, running
from orgkb.org.objects import parse_string
from orgkb.org.walk import plain_text


def test_flat_text_leads_back_to_the_document() -> None:
    source = "a *bold [[x][link]]* ~code~ end"
    flat = flatten(parse_string(source), source)
    assert flat.text == "a bold link code end"
    for word in ("bold", "link", "code", "end"):
        at = flat.text.index(word)
        assert source[flat.offset(at) : flat.end_offset(at + len(word))] == word
        assert flat.index(flat.offset(at)) == at


def test_code_is_masked_and_links_are_known() -> None:
    source = "see ~kubectl~ and [[x][the pod]]"
    flat = flatten(parse_string(source), source)
    assert "kubectl" not in flat.masked()
    assert len(flat.masked()) == len(flat.text)
    assert flat.run_at(flat.text.index("the pod")).style & Style.LINK


def test_cutting_keeps_markup_and_drops_outer_blanks() -> None:
    source = "*Image* - a /read-only/ template for *many things*"
    objects = parse_string(source)
    begin = source.index("- a") + 1
    assert plain_text(cut(objects, begin, len(source))) == "a read-only template for many things"
    assert plain_text(cut(objects, begin, source.index("many") + 4)) == "a read-only template for many"


def test_a_sentence_goes_on_in_the_next_line_where_that_begins_with_no_capital() -> None:
    assert running("A mutex is a\n  lock of one.\nIt waits\nWell") == "A mutex is a   lock of one.\nIt waits\nWell"
    assert running("what it holds:\none") == "what it holds:\none"
