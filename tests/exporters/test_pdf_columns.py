"""Columns of formulas in the PDF: numbers of a matrix stand apart, braces span their lines."""

from __future__ import annotations

import pytest

from orgkb_exporters.pdf.typst_tables import spaced


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\begin{matrix}1&2\\3&4\end{matrix}", r"\begin{vmatrix*}1&2\\3&4\end{vmatrix*}"),
        (r"\begin{array}{c|c}p&q\\\hline 1&0\end{array}", r"\begin{vmatrix*}p&q\\ 1&0\end{vmatrix*}"),
        (r"\left[\begin{array}{c}1\end{array}\right]", r"\left[\begin{matrix}1\end{matrix}\right]"),
        (r"\begin{cases}x&x>0\\0&\text{else}\end{cases}", r"\begin{cases}x&\quad x>0\\0&\quad \text{else}\end{cases}"),
        (
            r"f = \left\{ \begin{array}{ll} a & b \end{array} \right. + 1",
            r"f = \begin{cases} a &\quad  b \end{cases} + 1",
        ),
        (r"\begin{cases}x=1\\y=2\end{cases}", r"\begin{cases}x=1\\y=2&\end{cases}"),
        (r"\left\{\begin{aligned}x&=1\end{aligned}\right.", r"\begin{cases}x&=1\end{cases}"),
        (r"\begin{align*}a&=b&c&=d\\e&=f\end{align*}", r"\begin{align*}a&=b&\quad c&=d\\e&=f\end{align*}"),
        (r"\begin{align}{a&b}&c\end{align}", r"\begin{align}{a&b}&c\end{align}"),
        (r"\begin{vmatrix*}a\end{vmatrix*}", r"\begin{vmatrix}a\end{vmatrix}"),
        (r"\begin{matrix}1", r"\begin{matrix}1"),
        (r"\begin{matrix}1\end{cases}", r"\begin{matrix}1\end{cases}"),
        ("x & y", "x & y"),
    ],
)
def test_columns_stand_apart(tex: str, written: str) -> None:
    assert spaced(tex) == written
