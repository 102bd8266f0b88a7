"""What Org reads as LaTeX or as an entity is a formula, or shell, regex and path text."""

import pytest

from orgkb.org import nodes as n
from tests.org.plain import exported, inline_of, nodes_of

EVIDENCE = "\n\nSince \\(\\frac{a}{b}\\) holds.\n"
"""Makes a file one that surely has formulas."""


def formulas_of(text: str) -> list[str]:
    return [node.value for node in nodes_of(exported(text), n.LatexFragment)]


def entities_of(text: str) -> list[str]:
    return [node.name for node in nodes_of(exported(text), n.Entity)]


@pytest.mark.parametrize(
    "formula",
    [
        "$n$",
        r"$O(n \log n)$",
        "$x_i = y_i + 1$",
        "$f'(x)$",
        r"$\alpha$",
        r"$p(x \mid y)$",
        "$a, b, c$",
        "$[0, 1)$",
        r"$X \sim N(0,1)$",
        "$AB$",
        "$E = mc^2$",
        r"$\text{if } x \text{ then } y$",
        r"$x \text{ for all } y \in S$",
        r"\(x\)",
        "$|x|$",
        r"\[ \sum_{i=1}^n i \]",
        "$$x$$",
        "$2n$",
        "$(x+1)^2$",
        "$a<b$",
        "$P(A|B)$",
        "$TP/(TP+FN)$",
        "$ROC = TPR / FPR$",
        "$A^T$",
        r"\frac{1}{2}",
        r"\sqrt{2}",
        r"\(\|x\|\)",
    ],
)
def test_formulas(formula: str) -> None:
    assert formulas_of(f"where {formula} is") == [formula]
    assert formulas_of(f"({formula}), {formula}.") == [formula, formula]


@pytest.mark.parametrize(
    "text",
    [
        r"find . \( -name x -o -name y \)",
        r"sed 's/\(image: myimage\):.*$/\1:v4/'",
        r"sed 's/^\(..\)\(..\).*$/\1:\2/'",
        r"grep '\(a\|b\)'",
        r"'[-\\/!#$%&()\[\]\*]'",
        r"grep 'foo\([0-9]+\)'",
        r"prints \[OK\] at the end",
        "'$@' The file name of the target, and '$@' is the name",
        "'$%' is 'bar.o' and '$@' is 'foo.a'",
        'Default: "${WORKDIR}/${P}"',
        "a := $($(x))",
        '{if ($$1 !~ "^[#.]") {print $$1}}',
        "mark:$6$.n.:17736:0:99999:7:::",
        "- $1$ is MD5, $2a$ is Blowfish",
        "it costs $5 and 10$ each",
        "$foo and some more words$ here",
        r"\d \n \w+ \srv \conninfo \usepackage{x}",
        r"C:\Users\text\bar and C:\path\frac",
        r"psql: \dt+ lists",
        r"\frac without arguments",
    ],
)
def test_shell_regex_and_paths_are_text(text: str) -> None:
    assert formulas_of(text) == []
    assert inline_of(f"x {text}") == f"x {text}"


@pytest.mark.parametrize("formula", ["$1$", "$0.5$", r"\(max\)", "$MSE$"])
def test_doubtful_formulas_count_where_the_file_has_sure_ones(formula: str) -> None:
    assert formula in formulas_of(f"where {formula} is{EVIDENCE}")


def test_a_number_between_dollars_is_no_formula_by_itself() -> None:
    assert formulas_of("a $6$ b") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"\alpha and \beta.", ["alpha", "beta"]),
        (r"x \to \infty", ["to", "infty"]),
        (r"(-\inf,\inf)", ["inf", "inf"]),
        (r"a \alpha{}b", ["alpha"]),
        (r"OR \vert\vert", ["vert", "vert"]),
        (r"\S{}5", ["S"]),
        (r"C:\path\to\package", []),
        (r"\\srv\mu\x", []),
        (r"images\image1.png", []),
        (r"models\beta.txt", []),
        (r"\S matches", []),
        (r"'\S+'", []),
    ],
)
def test_entities(text: str, names: list[str]) -> None:
    assert entities_of(text) == names


def test_latex_off_and_verbatim() -> None:
    assert inline_of("#+OPTIONS: tex:nil\na $x$ b") == "a b"
    assert inline_of("#+OPTIONS: tex:verbatim\na $x$ b") == "a $x$ b"
