"""What commands tell programs: `--format json` wherever something is reported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
import watchfiles

from orgkb import cli
from tests.shared import SAMPLE, leaves

Run = Callable[..., int]

TELLS_NOTHING = {
    "anki alias": "does the one thing it is asked for",
    "init": "writes one file, or shows it",
    "map": "its output is the picture",
    "serve": "tells its address and goes on",
}
"""Commands without a report, and why."""


@pytest.mark.parametrize(("name", "command"), list(leaves()))
def test_every_command_that_reports_can_tell_programs(name: str, command: click.Command) -> None:
    spellings = {spelling for param in command.params for spelling in param.opts}
    if name in TELLS_NOTHING:
        assert "--json" not in spellings
        return
    assert {"--json", "--format"} <= spellings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample notes in input/ of the current folder."""
    shutil.copytree(SAMPLE, tmp_path / "input")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CALLS = {
    "anki build": ("anki", "build"),
    "anki check": ("anki", "check"),
    "anki diff": ("anki", "diff"),
    "build": ("build", "--to", "markdown"),
    "check": ("check",),
    "check --rules": ("check", "--rules"),
    "concepts": ("concepts",),
    "doctor": ("doctor",),
    "explain": ("explain", "pod"),
    "export": ("export", "--to", "plain"),
    "graph": ("graph", "input"),
    "parse": ("parse", "input/kubernetes.org"),
    "pdf": ("pdf", "--layout", "cheatsheet"),
    "review": ("review",),
    "review --apply": ("review", "--apply"),
    "verify": ("verify",),
}


def test_no_command_with_json_is_left_untried() -> None:
    elsewhere = {"anki push", "watch"}  # below, and in the tests of pushing
    assert {name for name, _ in leaves()} - set(TELLS_NOTHING) - elsewhere <= set(CALLS)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", CALLS)
def test_what_is_told_is_one_json_value_and_nothing_else(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    if name == "review --apply":
        assert cli.run(["review"]) == 0
        capsysbinary.readouterr()

    code = cli.run([*CALLS[name], "--json"])

    assert code in {0, 1}
    out, err = capsysbinary.readouterr()
    assert json.loads(out)
    assert err == b""


def test_questions_of_a_review_come_with_their_options_and_places(
    here: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.run(["review", "--json"]) == 0

    told = json.loads(capsysbinary.readouterr().out)

    assert told["file"] == "input/review.org"
    assert (here / "input" / "review.org").is_file()
    first = told["questions"][0]
    assert first["question"].endswith("?")
    assert all(option["name"] and option["label"] for option in first["options"])
    assert (here / "input" / first["quotes"][0]["file"]).is_file()


def test_answers_are_told_by_key(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["review", "--json"]) == 0
    questions = json.loads(capsysbinary.readouterr().out)["questions"]
    file = here / "input" / "review.org"
    text = file.read_text(encoding="utf-8")
    label = questions[0]["options"][0]["label"]
    at = text.index(f"- [ ] {label}", text.index(f"# orgkb: {questions[0]['key']}"))
    file.write_text(f"{text[:at]}- [X]{text[at + 5 :]}", encoding="utf-8")

    assert cli.run(["review", "--apply", "--json"]) == 0

    told = json.loads(capsysbinary.readouterr().out)
    assert told["written"] == [questions[0]["key"]]
    assert told["problems"] == []
    assert told["left"] == len(questions) - 1


def test_faults_of_cards_are_told_with_their_place(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (here / "input" / "more.org").write_text("- *task* - place where password=hunter2secret is kept for all\n")

    assert cli.run(["anki", "check", "--json", "--verbose"]) == 0

    told = json.loads(capsysbinary.readouterr().out)
    (secret,) = [problem for problem in told["problems"] if problem["code"] == "card-secret"]
    assert (secret["file"], secret["line"]) == ("more.org", 1)
    assert told["notes"] > 10
    assert told["errors"] == 0


def test_a_watch_tells_each_build_on_a_line(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def saved(*_folders: object, **_options: object) -> Iterator[object]:
        (here / "input" / "more.org").write_text("* More\n")
        yield {}
        (here / "input" / "orgkb.toml").write_text("nonsense = 1\n")
        yield {}
        raise KeyboardInterrupt

    monkeypatch.setattr(watchfiles, "watch", saved)

    assert cli.run(["watch", "--to", "markdown", "--json"]) == 130

    first, second, third = map(json.loads, capsysbinary.readouterr().out.splitlines())
    assert second["notes"] == first["notes"] + 1
    assert "nonsense" in third["error"]


@pytest.mark.parametrize("name", [name for name, _ in leaves()])
def test_in_a_folder_that_is_gone_every_command_says_so(name: str, tmp_path: Path) -> None:
    script = (
        "import os, sys; from orgkb.cli import run\n"
        "os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); sys.exit(run(sys.argv[2:]))"
    )
    gone = tmp_path / "gone"
    gone.mkdir()

    command = [sys.executable, "-c", script, str(gone), *name.split(), "a", "b"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})

    assert done.returncode == 2
    assert done.stderr == (
        "orgkb: error: the folder you are in is gone, deleted or moved: go to another one first (cd)\n"
    )
    assert done.stdout == ""
