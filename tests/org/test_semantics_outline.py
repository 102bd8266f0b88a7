"""Which parts of the notes are exported: what people mark as private never gets out."""

import msgspec
import pytest

from orgkb.diagnostics import Severity
from orgkb.org.document import Document
from orgkb.org.nodes import Inlinetask, Paragraph, Text
from orgkb.org.reader import parse
from orgkb.org.semantics import options_of, prepare
from tests.org.plain import codes_of, exported, lines_of, nodes_of


def everything(document: Document) -> str:
    return repr(document)


def test_a_noexport_subtree_is_gone_with_all_below_it() -> None:
    text = "* Pod\nsmall\n* Secret :noexport:\nkey\n** Below\ndeep\n* Node\nbig\n"
    assert lines_of(text) == ["* Pod", "small", "* Node", "big"]


def test_what_is_left_out_is_in_no_part_of_the_document() -> None:
    text = (
        "#+TITLE: Open\n* Pod\n* Hush :noexport:\n:PROPERTIES:\n:ID: hush-id\n:END:\n#+TITLE: hush-title\n# hush\nhush"
    )
    document = exported(text)
    assert "hush" not in everything(document).lower()
    assert document.settings == (("TITLE", "Open"),)


def test_offsets_and_lines_of_what_is_kept_stay() -> None:
    text = "* A :noexport:\nsecret\nlines\n* B\nopen *word*\n# note\nend"
    document = exported(text)
    assert len(document.text) == len(text)
    assert [node.value for node in nodes_of(document, Text)] == [
        text[node.begin : node.end] for node in nodes_of(document, Text)
    ]
    (headline,) = document.headlines
    assert document.location(headline.begin).line == 4


def test_settings_that_say_how_to_read_hold_in_a_left_out_subtree_too() -> None:
    text = "* Set-up :noexport:\n#+OPTIONS: todo:nil\n#+TITLE: Plan\n* TODO Pod\n"
    assert lines_of(text) == ["* Pod"]


def test_headlines_are_numbered_anew() -> None:
    document = exported("* A :noexport:\n** B\n* C\n** D\n*** E :noexport:\n*** F\n")
    assert [(h.raw_title, h.index, h.parent) for h in document.headlines] == [("C", 0, -1), ("D", 1, 0), ("F", 2, 1)]


def test_exclude_tags_replace_the_default() -> None:
    text = "#+EXCLUDE_TAGS: private\n#+EXCLUDE_TAGS: draft\n* A :noexport:\n* B :private:\n* C :draft:\n* D\n"
    assert lines_of(text) == ["* A :noexport:", "* D"]


def test_exclude_tags_may_be_written_with_colons() -> None:
    assert lines_of("#+EXCLUDE_TAGS: :private:draft:\n* A :draft:\n* B\n") == ["* B"]


def test_an_empty_exclude_tags_line_keeps_the_default() -> None:
    assert lines_of("#+EXCLUDE_TAGS:\n* A :noexport:\n* B\n") == ["* B"]


def test_a_group_tag_excludes_its_members() -> None:
    text = "#+TAGS: { secret(s) : keys(k) codes } [ noexport : inner ]\n#+EXCLUDE_TAGS: secret noexport\n"
    assert lines_of(text + "* A :keys:\n* B :inner:\n* C :secret:\n* D :open:\n") == ["* D :open:"]


def test_filetags_make_the_whole_file_private() -> None:
    document = exported("#+TITLE: hush\n#+FILETAGS: :work:noexport:\nhush\n* hush\nhush\n* hush :export:\n")
    assert "hush" not in everything(document)
    assert not document.section
    assert not document.headlines


def test_a_select_tag_leaves_only_what_is_selected_and_the_headlines_above() -> None:
    text = "before\n* A\nabove\n** B :export:\nchosen\n*** C\nbelow\n** D\nleft\n* E\nleft\n"
    assert lines_of(text) == ["* A", "above", "** B :export:", "chosen", "*** C", "below"]


def test_select_tags_do_not_reach_into_what_is_excluded() -> None:
    assert lines_of("* A :noexport:\n** B :export:\n* C :export:\n* COMMENT D\n** E :export:\n") == ["* C :export:"]


def test_a_selected_file_loses_the_text_before_its_first_headline() -> None:
    assert lines_of("#+FILETAGS: :export:\nbefore\n* A\na\n") == ["* A", "a"]


def test_comment_headlines_are_gone_but_a_word_that_begins_so_is_not() -> None:
    assert lines_of("* COMMENT A\na\n** B\n* COMMENTED C\nc\n") == ["* COMMENTED C", "c"]


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("", ["* A :ARCHIVE:", "* C"]),
        ("arch:headline", ["* A :ARCHIVE:", "* C"]),
        ("arch:nil", ["* C"]),
        ("arch:t", ["* A :ARCHIVE:", "old", "** B", "* C"]),
    ],
)
def test_archived_subtrees(option: str, lines: list[str]) -> None:
    assert lines_of(f"#+OPTIONS: {option}\n* A :ARCHIVE:\nold\n** B\n* C\n") == lines


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("tasks:t", ["* TODO A", "** B", "* WAIT C", "* DONE D", "* E"]),
        ("tasks:nil", ["* E"]),
        ("tasks:todo", ["* TODO A", "** B", "* WAIT C", "* E"]),
        ("tasks:done", ["* DONE D", "* E"]),
        ('tasks:("WAIT" "DONE")', ["* WAIT C", "* DONE D", "* E"]),
    ],
)
def test_tasks(option: str, lines: list[str]) -> None:
    text = f"#+TODO: TODO WAIT | DONE\n#+OPTIONS: {option}\n* TODO A\n** B\n* WAIT C\n* DONE D\n* E\n"
    assert lines_of(text) == lines


def test_crypt_subtrees_are_gone_whatever_the_exclude_tags_are() -> None:
    assert lines_of("#+EXCLUDE_TAGS: private\n* A :crypt:\nplain\n** B\n* C\n") == ["* C"]


def test_an_encrypted_message_is_gone_the_text_around_it_stays() -> None:
    armour = "-----BEGIN PGP MESSAGE-----\nVersion: 2\n\nhQEMA\n=abc\n-----END PGP MESSAGE-----\n"
    assert lines_of(f"* A\nbefore\n\n{armour}\nafter\n") == ["* A", "before", "after"]


def test_an_armoured_message_shown_as_code_is_kept() -> None:
    text = "#+begin_example\n-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----\n#+end_example\n"
    assert lines_of(text) == ["example-block"]


def test_a_message_without_an_end_takes_the_rest_of_its_section_only() -> None:
    assert lines_of("* A\n-----BEGIN PGP MESSAGE-----\n\nhQ\n\nmore\n* B\nb\n") == ["* A", "* B", "b"]


def test_comments_are_gone_and_do_not_join_what_they_part() -> None:
    assert lines_of("a\n# b\nc\n#+begin_comment\nd\n#+end_comment\n- e\n  # f\n") == ["a", "c", "- e"]


def test_the_line_of_file_variables_is_an_instruction_not_text() -> None:
    assert lines_of("-*- mode: org; fill-column: 80 -*-\n* A\n") == ["* A"]
    assert lines_of("; -*- mode: org -*-\nnews\n") == ["news"]
    assert lines_of("-*- mode: org -*- is the first line\n") == ["-*- mode: org -*- is the first line"]


def test_one_notice_says_how_much_was_left_out() -> None:
    document = exported("# a\n# b\n* A :noexport:\n* B :noexport:\n* COMMENT C\n* D\n:LOGBOOK:\nx\n:END:\n", "n.org")
    (notice,) = document.diagnostics
    assert (notice.severity, notice.code, str(notice.location)) == (Severity.INFO, "not-exported", "n.org:1:1")
    assert notice.message == (
        "not exported: 2 subtrees excluded by their tags, 1 COMMENT subtree, 2 comment lines, 1 drawer"
    )


def test_nothing_left_out_nothing_said() -> None:
    assert codes_of(exported("#+TITLE: T\n* A\n:PROPERTIES:\n:ID: x\n:END:\na\n")) == []


def test_problems_in_what_is_left_out_are_not_told() -> None:
    document = exported("* A :noexport:\n#+OPTIONS: secret:x\n:PROPERTIES:\n:EXPORT_OPTIONS: hush:t\n:END:\n* B\n")
    assert codes_of(document) == ["not-exported"]


def test_a_footnote_goes_with_the_only_part_that_refers_to_it() -> None:
    text = "* A :noexport:\nx[fn:1]\n* B\ny[fn:2]\n* Footnotes\n[fn:1] hush [fn:3]\n\n[fn:2] open\n\n[fn:3] hush\n\n[fn:4] alone\n"
    document = exported(text)
    assert "hush" not in everything(document)
    assert lines_of(text) == ["* B", "y[fn:2]", "fn 2: open", "fn 4: alone"]


def test_a_reference_to_a_footnote_of_a_left_out_part_is_told() -> None:
    document = exported("* A :noexport:\n[fn:1] hush\n* B\ny[fn:1]\n")
    (warning, _notice) = document.diagnostics
    assert (warning.code, warning.location.line) == ("footnote-not-exported", 4)


def test_a_footnotes_headline_goes_when_it_holds_definitions_only() -> None:
    assert lines_of("a[fn:1]\n* Footnotes\n[fn:1] one\n") == ["a[fn:1]", "fn 1: one"]
    assert lines_of("* A\na[fn:1]\n* Footnotes\n[fn:1] one\n* B\n") == ["* A", "a[fn:1]", "fn 1: one", "* B"]
    assert lines_of("* A\n* Footnotes\nmore\n[fn:1] one\n") == ["* A", "* Footnotes", "more", "fn 1: one"]


def inline_task(todo: str | None, tags: tuple[str, ...], text: Text) -> Inlinetask:
    inside = Paragraph(text.begin, text.end, None, (text,))
    return Inlinetask(text.begin, text.end, None, 15, todo, "A", (text,), tags, (inside,))


def test_inline_tasks_follow_the_rules_of_headlines() -> None:
    document = parse("#+OPTIONS: todo:nil\n\nabc", "notes.org")
    text = Text(20, 23, "abc")
    tasks = (inline_task("TODO", (), text), inline_task(None, ("noexport",), text), inline_task(None, ("x",), text))
    first, second = prepare(msgspec.structs.replace(document, section=tasks)).section
    assert isinstance(first, Inlinetask)
    assert isinstance(second, Inlinetask)
    assert (first.todo, first.priority, second.tags) == (None, None, ("x",))
    without = msgspec.structs.replace(options_of(document), inlinetasks=False)
    assert prepare(msgspec.structs.replace(document, section=tasks), without).section == ()
    no_tasks = msgspec.structs.replace(options_of(document), tasks=False)
    assert len(prepare(msgspec.structs.replace(document, section=tasks), no_tasks).section) == 1
