"""TeX in notes becomes Typst equations, or stays text."""

from __future__ import annotations

import pytest
import typst

from orgkb_exporters.pdf.formulas import refused, to_typst
from orgkb_exporters.tex import Formula, environment_formula, fragment_formula


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        (r"\(x\)", (False, "x")),
        (r"\[ x \]", (True, "x")),
        ("$x$", (False, "x")),
        ("$$x$$", (True, "x")),
        (r"\frac{1}{2}", (False, r"\frac{1}{2}")),
    ],
)
def test_delimiters_tell_whether_a_formula_is_displayed(value: str, formula: Formula) -> None:
    assert fragment_formula(value) == formula


def test_only_environments_of_mathematics_are_formulas() -> None:
    assert environment_formula("\\begin{equation}\nx\n\\end{equation}") == (True, "x")
    assert environment_formula("\\begin{align*}\nx\n\\end{align*}") == (True, "\\begin{align*}\nx\n\\end{align*}")
    assert environment_formula("\\begin{array}{c}\nx\n\\end{array}") == (True, "\\begin{array}{c}\nx\n\\end{array}")
    assert environment_formula("\\begin{tabular}{c}\nx\n\\end{tabular}") is None


def test_each_formula_is_converted_and_a_bad_one_spoils_no_other() -> None:
    formulas: list[Formula] = [
        (False, "x^2"),
        (False, r"\unknown{x"),
        (True, r"\sum_{i=1}^n \frac{1}{i}"),
        (False, r"a # b \$ c"),
        (False, r"\newcommand{\a}{\a\a}\a"),
        (False, ""),
        (True, r"\begin{cases} 1 & x \\ 0 & y \end{cases}"),
    ]
    done = to_typst(formulas).typst
    assert list(done) != []
    assert done[formulas[0]] == "$x^2$"
    assert done[formulas[1]] is None
    assert done[formulas[3]] is None
    assert done[formulas[4]] is None
    assert done[formulas[5]] is None
    for formula in (formulas[2], formulas[6]):
        equation = done[formula]
        assert equation is not None
        assert "\n" not in equation
        assert typst.compile(equation.encode(), format="svg")


@pytest.mark.parametrize("tex", [r"\text{#panic()}", r"\text{a $ b}", r"\operatorname{panic}()", r'\text{"#x"}'])
def test_text_in_a_formula_is_never_code(tex: str) -> None:
    equation = to_typst([(False, tex)]).typst[False, tex]
    assert equation is None or typst.compile(equation.encode(), format="svg")


SIGNS = [
    r"A \cap B",
    r"\bigcap_{i \in I} A_i",
    r"a \otimes b \odot c \ominus d",
    r"a \; b \! c \qquad d",
    r"\bigl( \frac{a}{b} \bigr) \Big| c \Bigl[ d \Bigr] \bigl\{ e \bigr\}",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} \begin{Vmatrix} a \end{Vmatrix}",
    r"{\cal L}(\theta) + {\bf x}^{\rm T}",
    r"{a \over b} + {n \choose k}",
    r"\boxed{x} \hbox{if } y \label{z}",
    r"\R^n \to \N",
    r"i \hbar \partial_t \surd 2 \oslash x \circledcirc \ulcorner y \urcorner",
    r"\begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix} \left\{ \begin{array}{l} a \\ b \end{array} \right.",
    r"\left. \begin{array}{l} a \\ b \end{array} \right\} \begin{rcases} a & b \end{rcases}",
    "\\begin{align*}\na &= b & c &= d \\\\ % first\ne &= f\n\\end{align*}",
    r"\pdv{f}{x} \ket{\phi} \norm{v} \ce{SO4^2-} \cancelto{0}{x} \tag{1} \dbinom{n}{k} \llbracket x \rrbracket",
]


@pytest.mark.parametrize("tex", SIGNS)
def test_what_books_write_is_set_by_the_typst_that_is_installed(tex: str) -> None:
    equation = to_typst([(False, tex)]).typst[False, tex]
    assert equation is not None
    assert typst.compile(equation.encode(), format="svg")


def test_commands_of_the_notes_own_preamble_are_set_as_functions() -> None:
    formula: Formula = (False, r"\tw(G) \le \argmax_v \deg(v)")
    made = to_typst([formula])
    equation = made.typst[formula]
    assert made.named == {formula: ["tw"]}
    assert equation is not None
    assert equation.startswith('$"tw" ')
    assert '"argmax"_v' in equation


def test_a_formula_that_typst_refuses_is_found_among_others() -> None:
    def compiles(source: bytes) -> bool:
        try:
            typst.compile(source, format="svg")
        except typst.TypstError:
            return False
        return True

    equations: dict[Formula, str] = {(False, str(i)): f"$x_{i}$" for i in range(9)}
    equations[False, "7"] = "$nosuchname$"
    assert refused(equations, compiles) == [(False, "7")]
