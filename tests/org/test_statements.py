"""Definitions and theorems of LaTeX environments are text, as LaTeX prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb.org.statements import set_statements
from orgkb.org.walk import plain_text, walk_document


def made(org: str) -> Document:
    return set_statements(prepare(parse(org)))


def texts(document: Document) -> list[str]:
    return [
        " ".join(plain_text(node.children).split()) if isinstance(node, n.Paragraph) else node.value.strip()
        for node in walk_document(document)
        if isinstance(node, n.Paragraph | n.LatexEnvironment)
    ]


@pytest.mark.parametrize(
    ("org", "expected"),
    [
        (
            "\\begin{definition}[Overfitting]\nA fit to noise.\n\\end{definition}\n",
            ["Definition (Overfitting). A fit to noise."],
        ),
        (
            "\\begin{thm}{Sandwich}\\label{thm:s}\nBetween two.\n\\end{thm}\n",
            ["Theorem (Sandwich). Between two."],
        ),
        ("\\begin{lemma}\nIt is so.\n\nAnd so.\n\\end{lemma}\n", ["Lemma. It is so.", "And so."]),
        (
            "- item\n  \\begin{defn}\n  A \\emph{fit}.\n  \\end{defn}\n",
            ["item", "Definition. A fit."],
        ),
        (
            "\\begin{axiom}\nThese:\n\\begin{itemize}\n\\item one\n\\end{itemize}\n\\end{axiom}\n",
            ["Axiom. These:", "\\begin{itemize}\n\\item one\n\\end{itemize}"],
        ),
        (
            "#+begin_quote\n\\begin{lemma}\nSo.\n\\end{lemma}\n#+end_quote\n[fn:1]\n\\begin{lemma}\nSo too.\n\\end{lemma}\n",
            ["Lemma. So.", "Lemma. So too."],
        ),
        ("\\begin{align}\na = b\n\\end{align}\n", ["\\begin{align}\na = b\n\\end{align}"]),
        ("\\begin{definition}\n\\end{definition}\n", ["Definition."]),
    ],
)
def test_a_statement_reads_as_latex_prints_it(org: str, expected: list[str]) -> None:
    assert texts(made(org)) == expected


def test_a_formula_over_several_lines_stays_one() -> None:
    org = "\\begin{definition}[Step]\nLet\n$$\nf = \\begin{cases} 1 \\\\ 0 \\end{cases}\n$$\nbe a step.\n\\end{definition}\n"
    formulas = [node.value for node in walk_document(made(org)) if isinstance(node, n.LatexFragment)]
    assert formulas == ["$$\nf = \\begin{cases} 1 \\\\ 0 \\end{cases}\n$$"]
    assert len(texts(made(org))) == 1


def test_places_are_those_of_the_notes() -> None:
    org = "* a\n#+name: x\n\\begin{definition}[Big *step*]\nA \\textbf{walk} is one.\n\\end{definition}\n"
    document = made(org)
    first = document.headlines[0].children[0]
    assert isinstance(first, n.Paragraph)
    assert first.affiliated is not None
    told = [
        node for node in walk_document(document) if isinstance(node, n.Text) and node.value in {"step", "walk", "Big "}
    ]
    assert [document.text[node.begin : node.end] for node in told] == ["Big ", "step", "walk"]


def test_what_holds_no_statement_is_shared() -> None:
    document = prepare(parse("* a\ntext\n- \\begin{align}\n"))
    assert set_statements(document) is document or set_statements(document) == document


@given(st.text(alphabet="\\begin{}[defitoxa]$ \n*.end", max_size=120))
def test_no_word_is_lost_and_nothing_fails(body: str) -> None:
    document = made(f"\\begin{{definition}}[x]\nfirst {body} last\n\\end{{definition}}\n")
    whole = " ".join(texts(document))
    assert "first" in whole
    assert "last" in whole
