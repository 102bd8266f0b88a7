"""LaTeX for the look of words in running text."""

from __future__ import annotations

import pytest

from orgkb.org import nodes as n
from orgkb.org.semantics.text_commands import as_org, is_layout, without_layout


@pytest.mark.parametrize(
    "tex",
    [
        r"\newpage",
        "\\clearpage\n\\tableofcontents\n",
        r"\vspace{1em} \noindent",
        r"\begin{multicols}{2}",
        r"\setlength{\parskip}{1em}",
        r"\pause",
    ],
)
def test_commands_for_paper_alone_are_no_words(tex: str) -> None:
    assert is_layout(tex)


@pytest.mark.parametrize(
    "tex", ["", "x", r"\newpage breaks the page", r"\newpages", r"\textbf{x}", r"C:\small\x", r"\alpha"]
)
def test_words_and_names_stay(tex: str) -> None:
    assert not is_layout(tex)


def test_commands_for_the_look_of_words_are_the_markup_of_org() -> None:
    def made(value: str) -> n.Object | None:
        return as_org(n.LatexFragment(5, 5 + len(value), value))

    assert made(r"\textbf{two words}") == n.Bold(5, 23, (n.Text(13, 22, "two words"),))
    assert made(r"\texttt{x}") == n.Code(5, 15, "x")
    assert made(r"\mbox{a b}") == n.Text(11, 14, "a b")
    assert made(r"\LaTeX{}") == n.Text(5, 13, "LaTeX")
    assert isinstance(made(r"\footnote{See there.}"), n.FootnoteReference)
    assert made(r"\frac{1}{2}") is made(r"\textbf{a \emph{b}}") is made("$x$") is made(r"\alpha") is None


def test_a_paragraph_loses_the_command_before_its_words() -> None:
    words = n.Text(11, 16, "Words")
    assert without_layout((n.Text(0, 10, r"\noindent "), words)) == (words,)
    assert without_layout((n.Text(0, 16, r"\noindent Words"),)) == (n.Text(10, 16, "Words"),)
    assert without_layout((words,)) == (words,)
    assert without_layout(()) == ()
