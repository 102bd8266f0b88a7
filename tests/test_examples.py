"""Every shell example of README, docs and help texts is run as it is written, in a folder like that of its reader."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from orgkb import cli
from orgkb.cli import commands
from tests.exporters.anki_notes import Anki
from tests.exporters.fake_ankiconnect import FakeAnkiConnect, served
from tests.shared import SAMPLE, leaves

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*/*.md")])
SHELL = re.compile(r"^```(?:sh|shell|bash)?\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
CALL = re.compile(r"^ *(?:\$ )?((?:orgkb|make|pip|npm)(?: [^\n]*)?)$", flags=re.MULTILINE)
SPAN = re.compile(r"`(orgkb [^`…]+)`")
PLACEHOLDER = re.compile(r"\[|(?:^|[ :])[A-Z]{2,}\b|\.\.\.")
NOT_RUN = {
    "make test": "this is it",
    "make check": "the other gate, which takes as long as many tests",
    "make docs-pictures": "needs Chromium and minutes; its pictures are looked at",
    "pip install ./examples/orgkb-wordlist": "done in a fresh environment by test_example.py",
    "orgkb build notes --to wordlist": "done in a fresh environment by test_example.py",
}
NOT_WHOLE = {"orgkb pdf --template", "orgkb anki push --json"}
"""Ways to speak of an option among the words of a page: calls need more."""
ON_GOING = {"serve", "watch"}
MAY_FIND_FAULTS = {"check", "doctor"}
"""Commands whose exit code says what they found."""

SENSES = """\
* Swarm
- *service* - group of tasks that a swarm manager keeps running on its nodes
* Kubernetes
- *service* - stable address in front of a set of pods
"""
SMALL = """\
* Pods
- *pod* - smallest unit that Kubernetes runs; holds one or more containers
- *node* - machine that runs each pod
- *kubelet* - agent on a node that starts a pod
"""


def examples() -> list[tuple[str, str]]:
    """(place, line) of every call in a code block, in a help text, or among the words of a page."""
    found: dict[str, str] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in SHELL.findall(text):
            for line in CALL.findall(block):
                found.setdefault(_alone(line), page.name)
        if page.name != "CHANGELOG.md":
            for line in SPAN.findall(text):
                if _is_whole(line):
                    found.setdefault(line, page.name)
    for name, command in [("", commands), ("anki", commands.commands["anki"]), *leaves()]:
        for line in CALL.findall(command.epilog or ""):
            found.setdefault(_alone(line), f"{name} --help")
    return [(place, line) for line, place in found.items()]


def _alone(line: str) -> str:
    """LINE without what is said about it."""
    return re.split(r" {2,}| +#", line)[0].strip()


def _is_whole(line: str) -> bool:
    """Whether LINE, in running text, is a call and not the name of a command or a pattern of calls."""
    return (
        not PLACEHOLDER.search(line)
        and line not in NOT_WHOLE
        and bool(re.search(r" (?:-|~?[\w.]*/|notes\b|\w+\.org\b)", line))
    )


EXAMPLES = examples()


def test_examples_are_found_in_pages_and_help_texts() -> None:
    """Lest a change of the markup lets them all go by unseen."""
    places = {place for place, _ in EXAMPLES}
    assert {"README.md", "maps.md", "review.md", "build --help", "anki push --help"} <= places
    assert len(EXAMPLES) > 70
    assert set(NOT_RUN) <= {line for _, line in EXAMPLES}


@pytest.mark.parametrize(("place", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_each_example_is_a_call_that_orgkb_takes(place: str, line: str) -> None:
    if not line.startswith("orgkb"):
        return
    words = shlex.split(line)[1:]
    if not words or (words[0].startswith("-") and words[0] not in {"--help", "--version"}):
        words = ["build", *words]

    command: click.Command = commands
    context = click.Context(commands, info_name="orgkb")
    while isinstance(command, click.Group) and not words[0].startswith("-"):
        name, command, words = command.resolve_command(context, words)  # type: ignore[assignment] # found, or it raises
        assert command is not None, (place, line)
        context = click.Context(command, parent=context, info_name=name)
    with contextlib.suppress(click.exceptions.Exit):  # --version and --help
        command.parse_args(context, words)  # raises where an option or a value is wrong


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with notes under the names that examples use, and what a build before made of them."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("notes", "input"):
        shutil.copytree(SAMPLE, folder / name)
        (folder / name / "orgkb.toml").unlink()
        (folder / name / "services.org").write_text(SENSES, encoding="utf-8")
    for name in ("a.org", "b.org", "notes.org", "small.org"):
        (folder / name).write_text(SMALL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ORGKB_CACHE", str(folder / "cache"))
        for notes, output in (("notes", "out"), ("input", "output")):
            assert cli.run(["build", notes, "-o", output, "--to", "anki,markdown", "--quiet"]) == 0
    return folder


@pytest.fixture
def here(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it of one's own: the current folder, and the user's."""
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    return folder


def _prints(words: list[str]) -> bool:
    """Whether a PDF or all kinds of maps are made: then of small notes."""
    if words[0] == "pdf":
        return True
    wanted = words[words.index("--to") + 1] if "--to" in words else "pdf"
    return words[0] in {"build", "watch"} and bool({"pdf", "map"} & set(wanted.split(",")))


def _made_small(folder: Path) -> None:
    for name in ("notes", "input"):
        shutil.rmtree(folder / name)
        (folder / name).mkdir()
        (folder / name / "small.org").write_text(SMALL, encoding="utf-8")
    for name in ("out", "output"):
        shutil.rmtree(folder / name)


@pytest.mark.parametrize("line", [line for _, line in EXAMPLES if line.startswith("orgkb")])
def test_each_example_runs(line: str, here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    if line in NOT_RUN:
        pytest.skip(NOT_RUN[line])
    words = [re.sub(r"^~/", f"{here}/", word) for word in shlex.split(line)[1:]]
    if not words or (words[0].startswith("-") and words[0] not in {"--help", "--version"}):
        words = ["build", *words]
    if _prints(words):
        _made_small(here)
    if words[0] in ON_GOING:
        goes_on_until_interrupted(words, here)
        return
    with contextlib.ExitStack() as stack:
        code = cli.run(prepared(words, here, stack))

    out, err = capfd.readouterr()
    assert code == 0 or (code == 1 and words[0] in MAY_FIND_FAULTS), err
    assert out or "-o" in words
    assert "unexpected" not in err


def prepared(words: list[str], here: Path, stack: contextlib.ExitStack) -> list[str]:
    """WORDS, with all that the example takes for granted made first."""
    if "/opt/graphviz/bin/dot" in words:
        dot = shutil.which("dot") or pytest.skip("no Graphviz on this machine")
        return [dot if word == "/opt/graphviz/bin/dot" else word for word in words]
    if "--apply" in words:
        _ask(words, here)
    if words[:2] == ["anki", "alias"]:
        _give_the_deck(here, words[2])
    if words[:2] == ["anki", "push"]:
        return _pushing(words, here, stack)
    if words[:2] == ["verify", "~/notes"] or words == ["verify", "notes"]:
        shutil.copytree(here / "out", here / "output", dirs_exist_ok=True)
    return words


def _ask(words: list[str], here: Path) -> None:
    named = words[words.index("--apply") + 1 :]
    notes = words[1:2] if not words[1].startswith("-") else []
    assert cli.run(["review", *notes, *(["-o", str(here / named[0])] if named and named[0] != "--json" else [])]) == 0


def _give_the_deck(here: Path, old: str) -> None:
    """A deck in output/ with a note OLD."""
    folder, _, term = old.rpartition("/")
    shutil.rmtree(here / "input")
    (here / "input").mkdir()
    (here / "input" / f"{folder or 'notes'}.org").write_text(f"- *{term}* - template from which containers start\n")
    shutil.rmtree(here / "output")
    assert cli.run(["build", "--to", "anki", "--quiet"]) == 0


def _pushing(words: list[str], here: Path, stack: contextlib.ExitStack) -> list[str]:
    """The call with a collection of the real Anki at the other end."""
    if "--collection" in words:
        Anki(Path(words[words.index("--collection") + 1])).close()
        return words
    anki = Anki(here / "running")
    stack.callback(anki.close)
    fake = stack.enter_context(served(FakeAnkiConnect(anki.col)))
    at = words.index("--connect") + 1  # the port of every day may be taken
    return [*words[:at], fake.address, *words[at:]]


def goes_on_until_interrupted(words: list[str], here: Path) -> None:
    """A command that serves or watches says so, and ends with Ctrl-C."""
    opener = here / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" > {here}/opened\n', encoding="utf-8")
    opener.chmod(0o755)
    if words[0] == "serve" and "--port" not in words:
        words = [*words, "--port", "0"]  # that of every day may be taken
    environment = {**os.environ, "PATH": f"{opener.parent}{os.pathsep}{os.environ['PATH']}", "DISPLAY": ":0"}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "orgkb", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C ends" in line or line.startswith("{"):
                break
        while "--open" in words and not (here / "opened").exists():
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == cli.INTERRUPTED, err
    assert said
    if "--open" in words:
        assert (here / "opened").read_text().startswith("http://127.0.0.1:")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project in which `make` uses this environment."""
    folder = tmp_path / "orgkb"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "README.md"):
        shutil.copy(ROOT / name, folder)
    for name in ("orgkb", "exporters", "input", "benchmarks", ".ci"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
@pytest.mark.parametrize("line", [line for _, line in EXAMPLES if not line.startswith("orgkb")])
def test_each_target_of_make_that_pages_name_runs(line: str, checkout: Path) -> None:
    if line in NOT_RUN:
        pytest.skip(NOT_RUN[line])
    words = shlex.split(line)
    if words[0] != "make":
        pytest.fail(f"nobody runs {line}: say in NOT_RUN why, or how")
    environment = Path(sys.prefix)
    ready = environment / ".orgkb-ready"
    if not (environment / "bin" / "ruff").exists():
        pytest.skip("the tools are not in this environment")
    done = subprocess.run(
        [*words, f"VENV={environment}", "--old-file", ready, "--old-file", "pyproject.toml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    if line == "make run":
        assert (checkout / "output" / "pdf").is_dir()
