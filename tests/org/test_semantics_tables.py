"""What steers a table is not printed; what only looks so is."""

import pytest

from orgkb.org import nodes as n
from tests.org.plain import exported, lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("| / | < | > |\n|   | a | b |\n| # | 1 | 2 |\n", ["| a | b |", "| 1 | 2 |"]),
        ("| / | <> |\n| a | y |\n", ["| a | y |"]),
        (
            "| ! | n |\n|---+---|\n| # | 1 |\n| $ | x |\n| _ | u |\n| ^ | o |\n|   | 7 |\n| * | 9 |\n#+TBLFM: $2=1\n",
            ["| 1 |", "| 7 |", "| 9 |"],
        ),
        ("| a | b |\n| # | c |\n#+TBLFM: $2=1\n", ["| a | b |", "| # | c |"]),
    ],
)
def test_marks_are_not_printed(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


def test_a_table_of_operators_is_printed_whole() -> None:
    assert lines_of("| * | times |\n| / | divided by |\n| ^ | power |\n") == [
        "| * | times |",
        "| / | divided by |",
        "| ^ | power |",
    ]


def test_rows_of_alignment_stay_for_exporters_to_align_by() -> None:
    (table,) = exported("| a | b |\n| <l> | <r10> |\n| 1 | 2 |\n").section
    assert isinstance(table, n.Table)
    assert len(table.children) == 3
