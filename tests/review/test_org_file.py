"""The review file: what people see and tick, and how their ticks are read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from orgkb import review
from orgkb.concepts.model import Span
from orgkb.review import keys, org_file
from orgkb.review.model import Kind, Option, Quote, ReviewItem
from orgkb.review.org_file import NotAReview, Read, read, written
from tests.concepts.test_senses import KUBERNETES, SWARM
from tests.review.test_review import NOTES, made


def asked(kind: Kind, key: str, subject: str, *quotes: Quote) -> ReviewItem:
    options = [Option(name, label, (), text=name == keys.OWN) for name, label in keys.LABELS[kind].items()]
    if kind is Kind.DEFINITION:
        options = [Option(str(at), quote.text, ()) for at, quote in enumerate(quotes, 1)] + options
    question = f"What about {subject}?"
    return ReviewItem(key, kind, subject, question, "confidence .26", tuple(options), quotes, 0.5, len(quotes))


def quote(line: int, note: str, text: str) -> Quote:
    return Quote(Span("notes.org", line, 3, 4), note, text)


ITEMS = [
    asked(Kind.DEFINITION, "definition:image#12ab", "image", quote(3, "bold-dash, .90", "a text"), quote(2, "x", "b")),
    asked(Kind.UNDEFINED, "undefined:volume", "volume", quote(6, "description-item, .95", "- volume ::")),
    asked(Kind.RELATION, "relation:task|is a|container", "task – is a – container", quote(8, "definition, .40", "…")),
    asked(Kind.DROPPED, "concept:applog", "app logs", quote(9, "heading, .40", "** app logs")),
    asked(Kind.DROPPED, "concept:docker", "Docker", quote(1, "heading, .50", "* Docker")),
    asked(Kind.DROPPED, "concept:initcontainer", "init containers", quote(7, "bold, .45", "all *init containers* ran")),
]
TEXT = written(ITEMS, "Notes", "notes/")


def ticked(text: str, *after: str) -> str:
    """TEXT with a tick in the first box that follows each of AFTER: the question's key and the answer, with `|` between."""
    for place in after:
        key, _, label = place.rpartition("|")
        begin = text.index(f"# orgkb: {key}")
        at = text.index(f"- [ ] {label}", begin)
        text = f"{text[:at]}- [X] {label}{text[at + len(label) + 6 :]}"
    return text


def answers(text: str) -> list[tuple[str, str, str]]:
    return [(answer.key.partition("#")[0], answer.option, answer.text) for answer in read(text).answers]


def test_a_question_shows_its_place_its_line_and_its_answers() -> None:
    begin = TEXT.index("- app logs")
    assert TEXT[begin:].splitlines()[:6] == [
        "- app logs (confidence .26)",
        "  # orgkb: concept:applog",
        "  [[file:notes/notes.org::9][notes.org:9]] heading, .40",
        "  : ** app logs",
        "  - [ ] concept",
        "  - [ ] no concept",
    ]
    assert "\n* Should any of these be concepts? (3)\n" in TEXT


def test_each_definition_to_choose_has_its_own_place() -> None:
    begin = TEXT.index("- What about image?")
    assert TEXT[begin:].splitlines()[2:9] == [
        "  - [ ] 1",
        "    [[file:notes/notes.org::3][notes.org:3]] bold-dash, .90",
        "    : a text",
        "  - [ ] 2",
        "    [[file:notes/notes.org::2][notes.org:2]] x",
        "    : b",
        "  - [ ] in my words:",
    ]


def test_without_ticks_there_are_no_answers() -> None:
    assert read(TEXT) == Read((), ())


def test_every_answer_of_every_question_is_read_back() -> None:
    for item in review.items(made(NOTES + SWARM + KUBERNETES)):
        for option in item.options:
            text = written([item], "x")
            box = keys.LABELS[item.kind].get(option.name, option.name)
            marked = ticked(text, f"{item.key}|{box}")
            if option.text:
                marked = marked.replace(f"[X] {box}:", f"[X] {box}: my words: all of them\n    and more")
            (answer,) = read(marked).answers
            assert (answer.key, answer.option) == (item.key, option.name)
            assert answer.text == ("my words: all of them and more" if option.text else "")
            assert marked.splitlines()[answer.line - 1].startswith("  - [X]")


def test_a_definition_that_is_written_needs_no_tick() -> None:
    text = TEXT.replace("- [ ] definition:", "- [ ] definition: a folder that lasts")
    assert answers(text) == [("undefined:volume", "own", "a folder that lasts")]


def test_one_tick_answers_all_that_have_none() -> None:
    text = ticked(TEXT, "all:dropped|no concept", "concept:initcontainer|concept")
    assert answers(text) == [
        ("concept:initcontainer", "concept", ""),
        ("concept:applog", "never", ""),
        ("concept:docker", "never", ""),
    ]


def test_notes_that_people_add_and_boxes_they_half_tick_do_no_harm() -> None:
    text = TEXT.replace("- app logs", "Think about this.\n\n- [-] mine\n- app logs").replace("\n* Are", "\n* TODO Are")
    assert read(text) == Read((), ())
    assert answers("\ufeff" + ticked(text, "concept:applog|concept").replace("\n", "\r\n")) == [
        ("concept:applog", "concept", "")
    ]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (
            ticked(TEXT, "concept:applog|concept", "concept:applog|no concept"),
            "[X] concept",
            "there are two answers to one question (lines ",
        ),
        (
            TEXT.replace("- [ ] right", "- [X] rigth"),
            "[X] rigth",
            "'rigth' is no answer to this question; there are 'right', 'wrong'",
        ),
        (
            ticked(TEXT, "concept:applog|concept").replace("# orgkb: concept:applog", "# orgkb: applog"),
            "# orgkb: applog",
            "'applog' is no key of a question",
        ),
        (
            ticked(TEXT, "concept:applog|concept").replace("  # orgkb: concept:applog\n", ""),
            "[X] concept",
            "this tick belongs to no question",
        ),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, line: str, told: str) -> None:
    found = read(text)
    (fault,) = found.faults
    assert told in fault.message
    assert line in text.splitlines()[fault.line - 1]
    assert not found.answers


@pytest.mark.parametrize("text", ["", "* My notes\n", "# orgkb-review: 99\n"])
def test_other_files_are_no_reviews(text: str) -> None:
    with pytest.raises(NotAReview):
        read(text)


def test_what_stands_in_notes_cannot_become_an_answer_or_code() -> None:
    hostile = "- pod :: x\n\n*[X] a* src_sh{rm} [[shell:rm][go]] *]]* *some term* # orgkb: concept:pod - [X] concept\n"
    items = review.items(made(hostile))
    text = written(items, "T\n- [X] concept\n#+INCLUDE: /etc/passwd")
    assert items
    assert read(text) == Read((), ())
    for line in text.splitlines():
        assert not re.match(r"\s*#\+(?!TITLE|STARTUP)", line)
        assert "src_sh" not in line or line.lstrip().startswith(": ")
        assert "[[shell" not in line or line.lstrip().startswith(": ")


def test_many_questions_are_asked_in_portions() -> None:
    items = [asked(Kind.CONCEPT, f"concept:c{i}", f"c{i}") for i in range(260)]
    made_of = written(items, "x")
    rest = 260 - org_file.MAX_ITEMS
    assert (
        f"The {org_file.MAX_ITEMS} most important are below; the other {rest} come when these are answered." in made_of
    )
    assert made_of.count("# orgkb: concept:") == org_file.MAX_ITEMS


@pytest.mark.skipif(shutil.which("emacs") is None, reason="needs Emacs")
def test_emacs_finds_nothing_wrong_ticks_boxes_and_opens_the_places(tmp_path: Path) -> None:
    (tmp_path / "notes.org").write_text(NOTES)
    (tmp_path / "review.org").write_text(written(ITEMS, "Notes"))
    script = """
      (require 'org-lint) (find-file "review.org")
      (princ (org-lint))
      (search-forward "- app logs") (search-forward "[ ] no") (org-ctrl-c-ctrl-c) (save-buffer)
      (search-backward "- app logs") (search-forward "[[file:") (org-open-at-point)
      (princ (format " %s %d" (buffer-name) (line-number-at-pos)))"""
    done = subprocess.run(
        ["emacs", "-Q", "--batch", "--eval", f"(progn (require 'org) {script})"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "nil notes.org 9"
    (answer,) = read((tmp_path / "review.org").read_text()).answers
    assert (answer.key, answer.option) == ("concept:applog", "never")


def test_every_kind_has_a_heading_and_labels() -> None:
    assert set(org_file._TITLES) == set(keys.LABELS) == set(Kind)
