"""`orgkb review` as it is called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgkb import cli, config
from orgkb.errors import InputError
from orgkb.inputs import find_inputs
from tests.review.test_review import NOTES


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with notes; the current folder is the one above."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.org").write_text(NOTES)
    return folder


def tick(file: Path, key: str, label: str) -> None:
    text = file.read_text()
    at = text.index(f"- [ ] {label}", text.index(f"# orgkb: {key}"))
    file.write_text(f"{text[:at]}- [X] {label}{text[at + len(label) + 6 :]}")


def run(*arguments: str) -> int:
    return cli.run(["review", *arguments])


def test_the_whole_loop(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "orgkb.toml").write_text("# mine\ntitle = 'T'  # short\n")
    assert run("notes") == 0
    first, then = capsys.readouterr().out.splitlines()
    found = re.fullmatch(r"notes/review\.org: (\d+) questions \(.*1 undefined.* dropped\)", first)
    assert found
    left = int(found[1]) - 1
    assert then == "tick the answers, then: orgkb review notes --apply"
    tick(notes / "review.org", "concept:applog", "no concept")
    assert run("notes", "--apply") == 0
    assert capsys.readouterr().out == f"1 answer written to notes/orgkb.toml, {left} questions left\n"
    assert (notes / "orgkb.toml").read_text() == (
        "# mine\ntitle = 'T'  # short\n\n[concepts]\nnever = [\n    \"app logs\",\n]\n"
    )
    assert run("notes", "--apply") == 0
    assert f"0 answers written to notes/orgkb.toml, 1 there already, {left} questions left" in capsys.readouterr().out
    assert run("notes") == 0
    assert "concept:applog" not in (notes / "review.org").read_text()


def test_input_is_the_default_and_a_folder_after_apply_is_one_of_notes(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 2
    assert "there is no folder input/ here" in capsys.readouterr().err
    notes.rename("input")
    assert run() == 0
    assert run("--apply") == 0
    assert run("--apply", "input") == 0
    assert run("--apply", "input/review.org") == 0
    assert capsys.readouterr().out.count("0 answers written to input/orgkb.toml") == 3


def test_the_file_may_lie_elsewhere(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("notes", "-o", "todo.org") == 0
    assert "[[file:notes/a.org::9][a.org:9]]" in Path("todo.org").read_text()
    tick(Path("todo.org"), "concept:applog", "concept")
    assert run("notes", "--apply", "todo.org", "--config", "own.toml") == 2
    assert "own.toml: cannot be read" in capsys.readouterr().err
    assert run("notes", "--apply", "todo.org") == 0
    assert config.load(notes / "orgkb.toml").concepts.always == ["app logs"]


def test_a_review_file_is_never_read_as_notes(notes: Path) -> None:
    assert run("notes") == 0
    assert [note.name for note in find_inputs([notes]).notes] == ["a.org"]
    assert [note.name for note in find_inputs(sorted(notes.glob("*.org"))).notes] == ["a.org"]
    with pytest.raises(InputError, match="is a file of `orgkb review` and no note"):
        find_inputs([notes / "review.org"])


def test_files_of_others_are_not_replaced(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "review.org").write_text("* My own review\n")
    for options in ([], ["--force"]):
        assert run("notes", *options) == 1
        assert "review.org was not written by `orgkb review` and stays as it is" in capsys.readouterr().err
    assert (notes / "review.org").read_text() == "* My own review\n"
    assert run("notes", "--apply") == 1
    assert "is no review file" in capsys.readouterr().err


def test_answers_that_were_not_read_are_not_lost(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("notes")
    tick(notes / "review.org", "concept:applog", "concept")
    before = (notes / "review.org").read_text()
    assert run("notes") == 1
    assert "holds 1 answer that the settings do not" in capsys.readouterr().err
    assert (notes / "review.org").read_text() == before
    assert run("notes", "--force") == 0
    assert "- [X]" not in (notes / "review.org").read_text()


def test_stale_answers_are_told_with_their_line_and_cost_only_themselves(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("notes")
    capsys.readouterr()
    tick(notes / "review.org", "definition:image", "2")
    tick(notes / "review.org", "concept:applog", "no concept")
    (notes / "a.org").write_text(NOTES.replace("read-only template", "template that nobody changes"))
    assert run("notes", "--apply") == 1
    done = capsys.readouterr()
    (line,) = done.err.splitlines()
    number = int(line.split(":")[1])
    assert (notes / "review.org").read_text().splitlines()[number - 1] == "  - [X] 2"
    assert "this is no longer asked: the notes or the settings have changed since" in line
    assert done.out.startswith("1 answer written to notes/orgkb.toml, 1 not used")


def test_nothing_doubtful_is_said_so(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "a.org").write_text("- pod :: group of containers\n")
    assert run("notes") == 0
    assert capsys.readouterr().out == "notes/review.org: nothing is doubtful\n"


def test_both_ways_at_once_are_refused(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(notes), "--apply", "-o", "x.org") == 2
    assert "say one of them" in capsys.readouterr().err
    assert run(str(notes), "--apply", "absent.org") == 1
    assert "absent.org: no such file" in capsys.readouterr().err
