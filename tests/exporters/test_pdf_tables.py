"""Tables in the PDF: what is wider than its column breaks."""

from __future__ import annotations

from orgkb_exporters.pdf.tables import CELL_LIMIT, columns, limits


def test_numbers_that_are_wider_than_their_column_may_break() -> None:
    rows = [[f"Column {number}" for number in range(15)], ["8,636,896"] * 15, ["words that go on"] * 15]
    assert max(limits(rows, columns(rows))) < len("8,636,896")


def test_columns_with_room_keep_their_words() -> None:
    rows = [["8,636,896", "words"], ["1291-08-01", "more words"]]
    assert limits(rows, columns(rows)) == [CELL_LIMIT, CELL_LIMIT]


def test_many_columns_share_the_line_so_that_each_has_room_for_the_beginning_of_a_word() -> None:
    rows = [[*["International"] * 14, "x" * 200], [*["Considerations"] * 14, "y"]]
    shares = [float(width.removesuffix("fr")) for width in columns(rows)]
    assert min(shares) * 4 > max(shares)
