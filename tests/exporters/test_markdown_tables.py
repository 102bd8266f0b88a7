"""Tables: cells, alignment, headers."""

from __future__ import annotations

import pytest

from orgkb_exporters.markdown.tables import display_width
from tests.exporters.markdown_notes import markdown


@pytest.mark.parametrize(
    ("org", "expected"),
    [
        (
            "| a | b |\n|---+---|\n| 1 | x |\n",
            "|   a | b   |\n| --: | --- |\n|   1 | x   |\n",
        ),
        ("| x | y |\n", "|     |     |\n| --- | --- |\n| x   | y   |\n"),
        ("|---|\n| x |\n|---|\n", "|     |\n| --- |\n| x   |\n"),
        ("| x |\n|---|\n| y |\n|---|\n| z |\n", "| x   |\n| --- |\n| y   |\n| z   |\n"),
        ("| <l> | <c> | <r> |\n| x | y | z |\n", "|     |     |     |\n| :-- | :-: | --: |\n| x   |  y  |   z |\n"),
        ("| a | b |\n| c |\n", "|     |     |\n| --- | --- |\n| a   | b   |\n| c   |     |\n"),
    ],
)
def test_tables(org: str, expected: str) -> None:
    assert markdown(org) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a \\vert b", "a \\| b"),
        ("=x=", "`x`"),
        ("*b* <none>", "**b** \\<none>"),
        ("\\(x_1\\)", "$x_1$"),
        ("[[https://a.example][b]]", "[b](https://a.example)"),
        ("$A and $B", "\\$A and \\$B"),
    ],
)
def test_cells(cell: str, expected: str) -> None:
    assert markdown(f"| {cell} |\n").splitlines()[2] == f"| {expected} |"


def test_a_table_drawn_by_table_el_stays_as_it_is() -> None:
    drawing = "+---+\n| a |\n+---+"

    assert markdown(f"{drawing}\n") == f"```text\n{drawing}\n```\n"


def test_wide_tables_are_not_padded() -> None:
    long = "word " * 40

    assert "| x | y |" in markdown(f"| {long} | b |\n| x | y |\n")


def test_a_table_in_an_item_stays_in_it() -> None:
    assert markdown("- a\n  | x |\n- b\n") == "- a\n\n  |     |\n  | --- |\n  | x   |\n\n- b\n"


def test_width_counts_wide_and_combining_characters() -> None:
    assert display_width("中a") == 3
    assert display_width("e\u0301") == 1
