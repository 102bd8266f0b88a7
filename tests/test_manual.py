"""The manual page and the completion of shells: as installed, tried with the programs that read them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest

from orgkb import cli
from orgkb.cli import commands, manual

ROOT = Path(__file__).parents[1]
SHARE = ROOT / "share"
MADE = manual.files(re.findall(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), flags=re.MULTILINE)[0])


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not here")


@pytest.mark.parametrize("path", MADE)
def test_what_is_installed_is_what_the_commands_say_of_themselves(path: str) -> None:
    assert (SHARE / path).read_text(encoding="utf-8") == MADE[path], "make manual"


def test_nothing_else_is_installed() -> None:
    assert {p.relative_to(SHARE).as_posix() for p in SHARE.rglob("*") if p.is_file()} == set(MADE)


@pytest.fixture(scope="module")
def shown() -> str:
    """The page as `man` shows it, without its line breaks."""
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-cbou", SHARE / "man/man1/orgkb.1"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "GROFF_NO_SGR": "1"},
    )
    assert done.stderr == ""
    return re.sub(r"\s+", " ", done.stdout.replace("‐\n", "").replace("\u00ad", ""))


@needs("groff")
def test_the_page_is_shown_without_a_warning_and_has_the_usual_parts(shown: str) -> None:
    at = [shown.index(f" {title} ") for title in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "FILES")]
    assert at == sorted(at)
    assert "orgkb - turn Org notes into" in shown


@needs("groff")
def test_every_command_and_option_is_on_the_page(shown: str) -> None:
    def walk(group: click.Group, name: str) -> None:
        for key, command in group.commands.items():
            if isinstance(command, click.Group):
                walk(command, f"{name} {key}")
                continue
            assert f" {name} {key} [options]" in shown
            begin = shown.index(f"{name} {key} ", shown.index(" COMMANDS "))
            for option in (p for p in command.params if isinstance(p, click.Option)):
                for spelling in option.opts:
                    assert spelling in shown[begin:], f"{name} {key} {spelling}"

    walk(commands, "orgkb")


@needs("man")
def test_man_finds_no_fault_with_it() -> None:
    done = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", SHARE / "man/man1/orgkb.1"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )
    assert done.stderr == ""
    assert "input/ → output/, all exporters" in done.stdout


def test_words_of_the_help_cannot_be_taken_for_requests() -> None:
    @click.command(epilog="\b\nExamples:\n  .SH a\\b 'c' – `d` ~/x-y")
    def odd() -> None:
        """.SH Not a heading, but `code`."""

    group = click.Group("orgkb", help="Does things.", epilog="\b\nExamples:\n  orgkb odd", commands={"odd": odd})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manual, "commands", group)
        page = manual.page("1")

    assert "\\&.SH Not a heading, but \\fBcode\\fR." in page
    assert "\\&.SH a\\eb \\(aqc\\(aq \\[u2013] \\(gad\\(ga \\(ti/x\\-y" in page
    assert page.isascii()


@pytest.mark.parametrize("arguments", [["--help"], ["anki", "--help"]])
def test_what_commands_do_is_told_whole_in_the_list_of_commands(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == 0
    assert "..." not in capsys.readouterr().out.split("Commands:")[1].split("Examples:")[0]


# --- completion ---


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    """An environment in which `orgkb` is on the path, and the current folder has notes."""
    program = tmp_path / "bin" / "orgkb"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m orgkb "$@"\n')
    program.chmod(0o755)
    (tmp_path / "plants").mkdir()
    return {
        **os.environ,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


BASH = r"""
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
compopt() { :; }
$(complete -p orgkb | sed -E 's/.*-F ([^ ]+).*/\1/') orgkb
printf '%s\n' "${COMPREPLY[@]}"
"""
FISH = "source $argv[1]; complete --do-complete $argv[2]"
ZSH = r"""
compdef() { function=$1 }
_describe() { print -rl -- ${(P)3} }  # as called: -V GROUP ARRAY -U
compadd() { print -rl -- ${(P)5} }    # as called: -U -V GROUP -a ARRAY
source $1; shift
words=("$@"); CURRENT=$#
$function
"""
WANTED = [
    ("orgkb ch", {"check"}),
    ("orgkb anki pu", {"push"}),
    ("orgkb check --format gi", {"github"}),
    ("orgkb build --to markdown,ma", {"markdown,map", "markdown,markdown"}),
    ("orgkb check --only broken", {"broken-link"}),
    ("orgkb build --allow-r", {"--allow-raw"}),
]


@needs("bash")
@pytest.mark.skipif(sys.platform == "darwin", reason="its bash is too old for completion")
@pytest.mark.parametrize(("line", "wanted"), WANTED)
def test_bash_completes(line: str, wanted: set[str], here: dict[str, str], tmp_path: Path) -> None:
    script = SHARE / "bash-completion/completions/orgkb"
    done = subprocess.run(
        ["bash", "--norc", "-c", BASH, "bash", script, *line.split(" ")],
        capture_output=True, text=True, check=True, env=here, cwd=tmp_path,
    )  # fmt: skip
    assert set(done.stdout.split()) == wanted


@needs("fish")
@pytest.mark.parametrize(("line", "wanted"), WANTED)
def test_fish_completes(line: str, wanted: set[str], here: dict[str, str], tmp_path: Path) -> None:
    script = SHARE / "fish/vendor_completions.d/orgkb.fish"
    done = subprocess.run(
        ["fish", "--no-config", "-c", FISH, script, line],
        capture_output=True, text=True, check=True, env=here, cwd=tmp_path,
    )  # fmt: skip
    assert {offered.split("\t")[0] for offered in done.stdout.splitlines()} == wanted


@needs("zsh")
@pytest.mark.parametrize(("line", "wanted"), WANTED)
def test_zsh_completes(line: str, wanted: set[str], here: dict[str, str], tmp_path: Path) -> None:
    script = SHARE / "zsh/site-functions/_orgkb"
    done = subprocess.run(
        ["zsh", "-f", "-c", ZSH, "zsh", script, *line.split(" ")],
        capture_output=True, text=True, check=True, env=here, cwd=tmp_path,
    )  # fmt: skip
    offered = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert offered == wanted


def test_a_wheel_brings_them_to_where_man_and_shells_look(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415 - a build tool

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])

    with zipfile.ZipFile(wheel) as archive:
        installed = {name.partition(".data/data/")[2] for name in archive.namelist()}
    assert {f"share/{path}" for path in MADE} <= installed
