from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orgkb_exporters.pdf.cheatsheet import shell_lines
from orgkb_exporters.pdf.places import Heading, PageRange, Places, balanced, first_on_pages, page_ranges, together
from orgkb_exporters.pdf.sheets import booklet_order

PLACES = Places(
    4,
    (
        Heading("a", 1, "Alpha", 2, 100.0),
        Heading("a1", 2, "First", 2, 300.0),
        Heading("a2", 4, "Deep", 3, 100.0),
        Heading("b", 1, "Beta", 4, 400.0),
    ),
    {"mark": (3, 70.0, 200.0), "top": (2, 70.0, 5.0)},
    (),
)


def test_the_head_of_a_page_names_its_last_section() -> None:
    assert PLACES.running_heads() == [("", ""), ("Alpha", "First"), ("Alpha", "First"), ("Beta", "")]


def test_links_lead_above_what_they_name_and_never_above_the_page() -> None:
    assert PLACES.targets(["a", "mark", "top", "nowhere"]) == {"a": (2, 96.0), "mark": (3, 187.0), "top": (2, 0.0)}


def test_pages_in_a_row_are_a_range() -> None:
    ranges = page_ranges([(9, 50.0), (3, 40.0), (4, 30.0), (4, 60.0), (5, 20.0)])
    assert ranges == (PageRange(3, 5), PageRange(9, 9))
    assert page_ranges([]) == ()


def test_a_page_is_reached_above_the_first_mention_on_it() -> None:
    assert first_on_pages([(9, 50.0), (4, 60.0), (4, 30.0), (5, 7.0)]) == {4: 17.0, 5: 0.0, 9: 37.0}


@given(st.lists(st.tuples(st.integers(1, 30), st.floats(0, 800)), max_size=40))
def test_ranges_hold_each_page_once(places: list[tuple[int, float]]) -> None:
    listed = [page for entry in page_ranges(places) for page in range(entry.first, entry.last + 1)]
    assert listed == sorted({page for page, _ in places})


def test_pieces_laid_out_alone_stand_behind_each_other() -> None:
    alone = Places(3, (Heading("g", 1, "Glossary", 2, 1.0),), {"x": (3, 1.0, 2.0)}, (), 1, 5)
    whole = together([PLACES, alone, alone])
    assert whole.pages == 10
    assert [heading.page for heading in whole.headings] == [2, 2, 3, 4, 6, 9]
    assert whole.anchors == {"mark": (3, 70.0, 200.0), "top": (2, 70.0, 5.0), "x": (10, 1.0, 2.0)}
    assert whole.footnotes == 5


def test_the_last_page_of_columns_gets_even_ones() -> None:
    full = {f"old{i}": (1, 50.0 if i < 10 else 300.0, 100.0 + 50 * (i % 10)) for i in range(20)}
    last = {f"e{i}": (2, 50.0, 100.0 + 50 * i) for i in range(8)}
    places = Places(2, (), {**full, **last, "end": (2, 50.0, 500.0)}, ())
    found = balanced(places, [*full, *last], "end", 2)
    assert [found[f"e{i}"][1] for i in range(8)] == [50.0] * 4 + [300.0] * 4
    assert found["e4"][2] == 100.0


def test_entries_that_fit_one_column_are_shared_among_all() -> None:
    places = Places(1, (), {f"e{i}": (1, 50.0, 100.0 + 50 * i) for i in range(9)} | {"end": (1, 50.0, 550.0)}, ())
    found = balanced(places, [f"e{i}" for i in range(9)], "end", 3)
    assert [name for name, (_, x, _) in found.items() if x != 50.0] == [f"e{i}" for i in range(3, 9)]
    assert len({x for _, x, _ in found.values()}) == 3


def test_a_page_with_hardly_anything_stays_as_it_is() -> None:
    places = Places(1, (), {"e": (1, 50.0, 100.0), "end": (1, 50.0, 120.0)}, ())
    assert balanced(places, ["e"], "end", 2) == {}
    assert balanced(places, [], "end", 2) == {}


@given(st.integers(1, 60))
def test_a_folded_booklet_reads_in_order(pages: int) -> None:
    order = booklet_order(pages)
    assert sorted(filter(None, order)) == list(range(1, pages + 1))
    assert len(order) % 4 == 0
    # Leaves from the outside in: the right half of a front, then the left half of its back.
    fronts, backs = order[1::4], order[2::4]
    assert [page for leaf in zip(fronts, backs, strict=True) for page in leaf][: min(pages, 2)] == list(
        range(1, min(pages, 2) + 1)
    )
    assert all(
        a + b == len(order) + 1 for a, b in zip(order[0::2], order[1::2], strict=True) if a and b
    )  # both halves of a side


def test_only_commands_of_one_line_are_on_the_cheat_sheet() -> None:
    source = "docker ps -a\n$ docker logs \\\n  web\nX=1 make all\n# note\ncurl -d 'a\nb' x\nслово за словом\nls\n"
    assert list(shell_lines(source)) == ["docker ps -a", "docker logs web", "X=1 make all"]
    assert list(shell_lines("for i in a b; do\n  echo $i now\ndone\n")) == []
