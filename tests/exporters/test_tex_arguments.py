"""Commands of packages, with their arguments, in what pandoc knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb_exporters.tex_arguments import chemistry, plain


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (r"\pdv[2]{f}{x}", r"\frac{\partial^{2} f}{\partial x^{2}}"),
        (r"\dv{x} f", r"\frac{\mathrm{d} }{\mathrm{d} x} f"),
        (r"\norm{\abs{x}}_2", r"\left\lVert \left|x\right|\right\rVert_2"),
        (r"\ket \phi", r"|{\phi}\rangle"),
        (r"\phantom{a + b} c", "{} c"),
        (r"\textcolor{red}{x_{1}}", "{x_{1}}"),
        (r"a = b \tag{3}", r"a = b \qquad\text{(3)}"),
        (r"\genfrac{(}{)}{0pt}{}{n}{k}", r"\binom{n}{k}"),
        (r"a\kern 3pt b\hspace*{1em}c\mkern-2mu d", r"a\,b\quad c\!d"),
        (r"\absolute{x} \norm", r"\absolute{x} \norm"),
        (r"\norm{x", r"\norm{x"),
        ("x^2", "x^2"),
    ],
)
def test_commands_that_pandoc_does_not_know_are_written_with_those_it_knows(written: str, known: str) -> None:
    assert plain(written) == known


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("H2O", r"\mathrm{H_{2}O}"),
        ("SO4^2-", r"\mathrm{SO_{4}^{2-}}"),
        ("Na+", r"\mathrm{Na^{+}}"),
        ("2H2 + O2 -> 2H2O", r"2\,\mathrm{H_{2}} + \mathrm{O_{2}} \rightarrow 2\,\mathrm{H_{2}O}"),
        ("A ->[heat] B", r"\mathrm{A} \xrightarrow{\mathrm{heat}} \mathrm{B}"),
        ("Ca(OH)2", r"\mathrm{Ca(OH)_{2}}"),
    ],
)
def test_reactions_are_set_as_chemists_write_them(written: str, formula: str) -> None:
    assert chemistry(written) == formula


@given(st.text(alphabet="\\{}abx #1[]kern 3pt", max_size=60).map(lambda text: text.replace("ab", r"\abs ")))
def test_whatever_is_written_ends(tex: str) -> None:
    assert plain(plain(tex)) == plain(tex)
