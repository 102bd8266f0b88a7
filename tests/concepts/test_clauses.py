"""Where clauses begin, and what is asked before the dear pattern is."""

from __future__ import annotations

import pytest

from orgkb.concepts.relations.clauses import BOUNDARY, _may_end, clause_start, is_enumeration

_ENDS = (
    ". ", "; ", ": ", "! ", "? ", " - ", " – ", " — ", " + ", "(", ")", "[", "]", "\0", "->", "\n\n", "\n \n", ", and ", ", which ",
    ", но ", " .env", " so that ", " because ", " When ", " while ", " but ", " although ", " IF ", " where ", " whereas ",
    " since ", " unless ", " чтобы ", " Когда ", " если ", " поэтому ", " так как ", " потому что ", " но ",
)  # fmt: skip


@pytest.mark.parametrize("end", _ENDS)
def test_a_clause_ends_at_each_of_its_signs(end: str) -> None:
    text = f"a pod{end}the узел runs"
    assert BOUNDARY.search(text)
    assert _may_end(text)
    assert clause_start(text, 0, len(text)) > 0


@pytest.mark.parametrize("text", ["the kubelet runs pods", "узел запускает поды"])
def test_other_words_do_not_end_a_clause(text: str) -> None:
    assert clause_start(text, 0, len(text)) == 0


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (" and ", True),
        (", the ", True),
        (" OR ", True),
        (" и другие ", True),
        (", либо ", True),
        (" runs on ", False),
        (" and runs ", False),
        (" ", False),
        (" (and ", False),
        (" запускает ", False),
    ],
)
def test_an_enumeration_only_goes_on_listing(text: str, listed: bool) -> None:
    assert is_enumeration(text) is listed
