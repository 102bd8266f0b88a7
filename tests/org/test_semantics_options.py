"""Export settings as the notes give them."""

import pytest

from orgkb.org.reader import parse
from orgkb.org.semantics import ExportOptions, NameSet, options_of, subtree_options
from tests.org.plain import codes_of, exported


def read(text: str) -> ExportOptions:
    return options_of(parse(text, "notes.org"))


def test_without_settings_the_defaults_hold() -> None:
    assert read("* A\n") == ExportOptions()


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        ("toc:nil", "toc", False),
        ("toc:2", "toc", 2),
        ("num:t", "num", True),
        ("num:3", "num", 3),
        ("H:4", "headline_levels", 4),
        ("todo:nil", "todo", False),
        ("tags:not-in-toc", "tags", "not-in-toc"),
        ("pri:t", "priority", True),
        ("p:t", "planning", True),
        ("d:nil", "drawers", False),
        ('d:("NOTE" "HINT")', "drawers", NameSet(("NOTE", "HINT"))),
        ('d:(not "LOGBOOK")', "drawers", NameSet(("LOGBOOK",), negated=True)),
        ("d:(note)", "drawers", NameSet(("note",))),
        ('prop:("ID")', "properties", NameSet(("ID",))),
        ("c:t", "clocks", True),
        ("^:nil", "scripts", "none"),
        ("^:{}", "scripts", "braces"),
        ("^:t", "scripts", "all"),
        ("*:nil", "emphasis", False),
        ("-:t", "special_strings", True),
        ("e:nil", "entities", False),
        ("tex:nil", "latex", False),
        ("tex:verbatim", "latex", "verbatim"),
        ("tex:dvipng", "latex", True),
        ("<:nil", "timestamps", False),
        ("<:active", "timestamps", "active"),
        ("f:nil", "footnotes", False),
        ("|:nil", "tables", False),
        ("::nil", "fixed_width", False),
        ("stat:nil", "statistics", False),
        ("inline:nil", "inlinetasks", False),
        ("tasks:todo", "tasks", "todo"),
        ('tasks:("WAIT")', "tasks", NameSet(("WAIT",))),
        ("arch:nil", "archived", False),
        ("broken-links:mark", "broken_links", "mark"),
        ("author:nil", "with_author", False),
        ("date:nil", "with_date", False),
        ("title:nil", "with_title", False),
        ("\\n:t", "preserve_breaks", True),
        ("':t", "smart_quotes", True),
    ],
)
def test_options(item: str, field: str, value: object) -> None:
    options = read(f"#+OPTIONS: {item}\n")
    assert getattr(options, field) == value
    assert options.given == (field,)


def test_several_options_lines_add_up_and_the_last_word_counts() -> None:
    options = read('#+OPTIONS: toc:nil num:2 d:(not "A B") todo:nil\n#+options: toc:3\n')
    assert (options.toc, options.num, options.todo) == (3, 2, False)
    assert options.drawers == NameSet(("A B",), negated=True)
    assert options.given == ("drawers", "num", "toc", "todo")


@pytest.mark.parametrize("item", ["toc:many", "H:x", "todo:", "^:maybe", "tasks:some", "d:(not", "<:now", "num:99999"])
def test_a_malformed_value_is_told_and_changes_nothing(item: str) -> None:
    document = exported(f"* A\nx\n#+OPTIONS: {item}\n")
    assert options_of(document) == ExportOptions()
    (problem,) = document.diagnostics
    assert (problem.code, problem.location.line) == ("bad-option", 3)


def test_an_unknown_option_is_told_that_of_a_back_end_is_not() -> None:
    assert codes_of(exported("#+OPTIONS: sparkle:t html-style:nil creator:t\n")) == ["unknown-option"]


def test_titles_of_several_lines_are_joined() -> None:
    options = read("#+TITLE: Pods\n#+title: and nodes\n#+AUTHOR: A. Author\n#+DATE: <2024-05-01>\n#+LANGUAGE: ru\n")
    assert (options.title, options.author, options.date, options.language) == (
        "Pods and nodes",
        "A. Author",
        "<2024-05-01>",
        "ru",
    )


def test_description_keywords_and_tags() -> None:
    options = read("#+DESCRIPTION: a\n#+DESCRIPTION: b\n#+KEYWORDS: k8s, pods\n#+SELECT_TAGS: pub out\n")
    assert (options.description, options.keywords, options.select_tags) == ("a b", "k8s, pods", ("pub", "out"))


def test_properties_at_the_top_of_the_file_overrule_its_keywords() -> None:
    options = read(":PROPERTIES:\n:EXPORT_TITLE: Better\n:EXPORT_OPTIONS: toc:nil\n:END:\n#+TITLE: Good\n")
    assert (options.title, options.toc) == ("Better", False)


SUBTREE = """\
#+TITLE: All
#+AUTHOR: A. Author
#+OPTIONS: toc:nil num:2
* Pods
:PROPERTIES:
:EXPORT_TITLE: On pods
:EXPORT_FILE_NAME: pods
:EXPORT_OPTIONS: num:nil todo:nil
:EXPORT_DATE: today
:EXPORT_EXCLUDE_TAGS: draft
:END:
* Nodes
"""


def test_a_subtree_has_its_own_settings() -> None:
    document = parse(SUBTREE, "notes.org")
    options = subtree_options(document, document.headlines[0])
    assert (options.title, options.file_name, options.date) == ("On pods", "pods", "today")
    assert (options.toc, options.num, options.todo) == (False, False, False)
    assert (options.author, options.exclude_tags) == ("A. Author", ("draft",))


def test_a_subtree_is_called_by_its_headline_unless_it_says_otherwise() -> None:
    document = parse(SUBTREE, "notes.org")
    options = subtree_options(document, document.headlines[1])
    assert (options.title, options.file_name, options.num) == ("Nodes", None, 2)


def test_macros_in_the_title_are_replaced() -> None:
    document = exported("#+MACRO: version 1.$1\n#+TITLE: Pods {{{version(5)}}}\n#+AUTHOR: {{{who}}}\n")
    options = options_of(document)
    assert (options.title, options.author) == ("Pods 1.5", "{{{who}}}")


def test_names_in_lists_are_compared_without_case() -> None:
    assert NameSet(("LOGBOOK",)).allows("logbook")
    assert not NameSet(("LOGBOOK",), negated=True).allows("Logbook")
