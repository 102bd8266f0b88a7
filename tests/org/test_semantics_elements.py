"""Elements that options switch on and off, compared as plain lines."""

import pytest

from orgkb.org.nodes import ExampleBlock, Keyword, LineBreak, Markup, Script, Text
from orgkb.org.semantics import prepare
from orgkb.org.semantics.blocks import CONTENT_KEYWORDS
from orgkb.org.walk import walk_document
from tests.org.plain import exported, inline_of, lines_of, nodes_of

DRAWERS = ":NOTE:\nnote\n:END:\n:LOGBOOK:\nlog\n:END:\n:Hint:\nhint\n:END:\n"


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("", ["note", "hint"]),
        ("d:t", ["note", "log", "hint"]),
        ("d:nil", []),
        ('d:("HINT")', ["hint"]),
        ('d:(not "note" "Hint")', ["log"]),
    ],
)
def test_drawers(option: str, lines: list[str]) -> None:
    assert lines_of(f"#+OPTIONS: {option}\n{DRAWERS}") == lines


PROPERTIES = "* A\n:PROPERTIES:\n:ID: x\n:COLOR: red\n:END:\ntext\n"


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("", ["* A", "text"]),
        ("prop:t", ["* A", "property ID: x", "property COLOR: red", "text"]),
        ('prop:("color")', ["* A", "property COLOR: red", "text"]),
        ('prop:("none")', ["* A", "text"]),
    ],
)
def test_property_drawers(option: str, lines: list[str]) -> None:
    document = exported(f"#+OPTIONS: {option}\n{PROPERTIES}")
    assert lines_of(f"#+OPTIONS: {option}\n{PROPERTIES}") == lines
    assert document.headlines[0].properties == (("ID", "x"), ("COLOR", "red"))


def test_a_property_drawer_in_the_wrong_place_is_not_printed() -> None:
    assert lines_of("#+TITLE: T\n\n:PROPERTIES:\n:ID: x\n:END:\ntext\n") == ["text"]


HEADLINE = "* TODO [#A] Pod [1/2] :k8s:\nSCHEDULED: <2024-05-01 Wed>\nCLOCK: [2024-05-01 Wed 10:00]\n- [X] a [50%]\n"


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("", ["* TODO Pod [1/2] :k8s:", "- a [50%]"]),
        ("todo:nil", ["* Pod [1/2] :k8s:", "- a [50%]"]),
        ("pri:t", ["* TODO [#A] Pod [1/2] :k8s:", "- a [50%]"]),
        ("tags:nil", ["* TODO Pod [1/2]", "- a [50%]"]),
        ("tags:not-in-toc", ["* TODO Pod [1/2] :k8s:", "- a [50%]"]),
        ("stat:nil", ["* TODO Pod :k8s:", "- a"]),
        ("p:t", ["* TODO Pod [1/2] :k8s:", "planning", "- a [50%]"]),
        ("c:t", ["* TODO Pod [1/2] :k8s:", "clock", "- a [50%]"]),
    ],
)
def test_parts_of_headlines(option: str, lines: list[str]) -> None:
    assert lines_of(f"#+OPTIONS: {option}\n{HEADLINE}") == lines
    planning = exported(f"#+OPTIONS: {option}\n{HEADLINE}").headlines[0].planning
    assert (planning is not None) is (option == "p:t")


BODY = """\
| a | b |
|---+---|
| 1 | 2 |

: fixed

\\begin{equation}
x
\\end{equation}

Formula \\(y\\), /it/ *b* =v=, \\alpha, note[fn:1], x_{i} and a_b.

[fn:1] Note.
"""


@pytest.mark.parametrize(
    ("option", "gone", "come"),
    [
        ("|:nil", ["| a | b |", "| 1 | 2 |"], []),
        ("::nil", ["fixed: fixed"], []),
        ("tex:nil", [r"latex: \begin{equation} x \end{equation}", r"L{\(y\)}"], []),
        ("tex:verbatim", [r"latex: \begin{equation} x \end{equation}", r"L{\(y\)}"], ["example-block", r"\(y\)"]),
        ("*:nil", ["I{it}", "B{b}"], ["/it/ *b* =v="]),
        ("e:nil", ["E{alpha}"], [r"\alpha,"]),
        ("f:nil", ["[fn:1]", "fn 1: Note."], ["note,"]),
        ("^:nil", ["x_{i}"], []),
        ("^:t", ["a_b"], ["a_{b}"]),
    ],
)
def test_options_of_the_text(option: str, gone: list[str], come: list[str]) -> None:
    before, after = "\n".join(lines_of(BODY)), "\n".join(lines_of(f"#+OPTIONS: {option}\n{BODY}"))
    if option == "^:nil":  # the same characters, but no subscript
        assert before == after
        assert before != "\n".join(lines_of(BODY.replace("x_{i}", "")))
        return
    for words in gone:
        assert words in before
        assert words not in after
    for words in come:
        assert words in after


def test_scripts_in_braces_are_text_without_scripts() -> None:
    (text,) = exported("#+OPTIONS: ^:nil\nx_{i}^{2}").section[0].children  # type: ignore[attr-defined] # a paragraph
    assert text == Text(17, 26, "x_{i}^{2}")


STAMPS = "<2024-05-01 Wed>\n\n<2024-05-01 Wed>--<2024-05-02 Thu> [2024-05-03 Fri]\n\nDue <2024-05-01 Wed>\n\n- [2024-05-03 Fri]\n"


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        (
            "<:t",
            [
                "<2024-05-01 Wed>",
                "<2024-05-01 Wed>--<2024-05-02 Thu> [2024-05-03 Fri]",
                "Due <2024-05-01 Wed>",
                "- [2024-05-03 Fri]",
            ],
        ),
        ("<:nil", ["Due <2024-05-01 Wed>", "-"]),
        ("<:active", ["<2024-05-01 Wed>", "<2024-05-01 Wed>--<2024-05-02 Thu>", "Due <2024-05-01 Wed>", "-"]),
        ("<:inactive", ["[2024-05-03 Fri]", "Due <2024-05-01 Wed>", "- [2024-05-03 Fri]"]),
    ],
)
def test_timestamps_that_stand_alone(option: str, lines: list[str]) -> None:
    assert lines_of(f"#+OPTIONS: {option}\n\n{STAMPS}") == lines


def test_settings_are_no_text_but_what_prints_stays() -> None:
    document = exported("#+TITLE: T\n#+STARTUP: overview\n#+TOC: headlines 2\n#+HTML: <b>\n#+CINDEX: pod\n#+FOO: bar\n")
    assert [keyword.key for keyword in nodes_of(document, Keyword)] == ["TOC", "HTML", "CINDEX"]
    assert {"TOC", "HTML", "CINDEX"} <= CONTENT_KEYWORDS
    assert document.setting("TITLE") == "T"


def test_a_diary_expression_is_not_printed() -> None:
    assert lines_of("%%(diary-anniversary 1 2 2003)\n\ntext\n") == ["text"]


def test_dynamic_blocks_and_quotes_keep_what_is_in_them() -> None:
    assert lines_of("#+begin: clocktable\n# gone\nkept\n#+end:\n#+begin_quote\n# gone\nquoted\n#+end_quote\n") == [
        "kept",
        "quoted",
    ]


def test_line_ends_become_breaks_where_asked_for() -> None:
    document = exported("#+OPTIONS: \\n:t\none *two*\nthree\n")
    assert inline_of("#+OPTIONS: \\n:t\none *two*\nthree\n") == "one B{two}\\\\three"
    assert len(nodes_of(document, LineBreak)) == 1


def test_verbatim_latex_environments_show_their_source() -> None:
    (block,) = exported("#+OPTIONS: tex:verbatim\n\\begin{align}\na\n\\end{align}\n").section
    assert isinstance(block, ExampleBlock)
    assert block.value.startswith("\\begin{align}")


def test_captions_and_item_tags_are_prepared_too() -> None:
    document = exported("#+MACRO: m *pod*\n#+CAPTION: The {{{m}}} a_b\n| a |\n\n- {{{m}}} :: x\n")
    table = document.section[0]
    assert table.affiliated is not None
    assert [type(obj).__name__ for obj in table.affiliated.caption] == ["Text", "Bold", "Text"]
    assert lines_of("#+MACRO: m *pod*\n- {{{m}}} :: x\n") == ["- B{pod} :: x"]


def test_what_does_not_change_is_the_same_object() -> None:
    document = exported("* A\ntext *bold* [[x][y]] | =v=\n- item\n  | a | b |\n")
    again = prepare(document)
    assert again.headlines[0] is document.headlines[0]
    assert again == document


def test_citations_and_footnotes_inside_text_are_prepared_too() -> None:
    document = exported("#+MACRO: m *x*\nSee [cite:{{{m}}} see a_b;@key p_1] and note[fn:: in {{{m}}} /usr/lib/].\n")
    scripts = [type(node).__name__ for node in walk_document(document) if isinstance(node, Markup | Script)]
    assert scripts.count("Bold") == 2
    assert set(scripts) == {"Bold"}
    assert "[fn::in B{x} /usr/lib/]" in inline_of("#+MACRO: m *x*\nnote[fn::in {{{m}}} /usr/lib/].\n")
