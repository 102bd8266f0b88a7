"""The command as people use it: a process with arguments, output and an exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from orgkb import cli
from orgkb.cli import display
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.files import Written
from orgkb.pipeline import ExporterRun, RunReport, Step

Install = Callable[..., None]
Run = Callable[..., int]

TERMS = "tests.fakes:TermsExporter"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one file of notes in input/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.org").write_text("* Terms\n- *pod* - smallest unit\n", encoding="utf-8")
    return tmp_path


def orgkb(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """A process of its own."""
    command = [sys.executable, "-m", "orgkb", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False, **more)  # type: ignore[call-overload,no-any-return] # options of run


class TestBuild:
    def test_alone_it_builds_input_into_output(
        self, notes: Path, install: Install, capsys: pytest.CaptureFixture[str]
    ) -> None:
        install(terms=TERMS)

        assert cli.run([]) == 0

        assert (notes / "output" / "terms" / "terms.txt").is_file()
        out, err = capsys.readouterr()
        assert out.splitlines()[0].startswith("terms  1 terms, 1 file  (new, ")
        assert out.splitlines()[1].strip() == "output/terms/terms.txt"
        assert out.splitlines()[2].startswith("1 note, 1 concept, 0 relations, 1 file, 0 warnings; ")
        assert err.splitlines() == ["reading 1 file", "finding concepts", "writing terms"]

    def test_programs_get_the_report_as_json(
        self, notes: Path, install: Install, capsys: pytest.CaptureFixture[str]
    ) -> None:
        install(terms=TERMS)
        (notes / "input" / "a.org").write_text("* Terms\n- *pod* - smallest unit [[*Nowhere]]\n", encoding="utf-8")

        assert cli.run(["build", "--format", "json"]) == 0

        out, err = capsys.readouterr()
        told = json.loads(out)
        assert err == ""
        assert told["exporters"][0]["files"] == [{"path": "terms/terms.txt", "size": 31, "changed": True}]
        assert [(p["code"], p["file"], p["line"]) for p in told["problems"]] == [("broken-link", "a.org", 2)]
        cli.run(["--json"])
        assert not json.loads(capsys.readouterr().out)["exporters"][0]["files"][0]["changed"]

    def test_options_may_follow_directly(self, notes: Path, install: Install) -> None:
        install(terms=TERMS, broken="tests.fakes:BrokenExporter")

        assert cli.run(["--to", "terms", "-o", "elsewhere"]) == 0
        assert (notes / "elsewhere" / "terms" / "terms.txt").is_file()

    def test_several_exporters_by_commas_or_again(self, notes: Path, install: Install) -> None:
        install(terms=TERMS, pages="tests.fakes:PagesExporter", counter="tests.fakes:CounterExporter")

        assert cli.run(["build", "input/a.org", "--to", "terms,pages", "--to", "counter"]) == 0
        assert {p.name for p in (notes / "output").rglob("*.txt")} == {"terms.txt", "a.org.txt", "count.txt"}

    @pytest.mark.usefixtures("notes")
    def test_a_second_run_says_that_all_is_as_before(
        self, install: Install, capsys: pytest.CaptureFixture[str]
    ) -> None:
        install(terms=TERMS)
        cli.run([])
        capsys.readouterr()

        assert cli.run([]) == 0
        assert "(as before, " in capsys.readouterr().out

    def test_quiet_says_nothing(self, notes: Path, install: Install, capsys: pytest.CaptureFixture[str]) -> None:
        install(terms=TERMS)
        (notes / "input" / "a.org").write_text("[[nowhere]]\n", encoding="utf-8")

        assert cli.run(["build", "--quiet"]) == 0
        assert capsys.readouterr() == ("", "")

    def test_warnings_have_a_place_and_fail_only_when_strict(
        self, notes: Path, install: Install, capsys: pytest.CaptureFixture[str]
    ) -> None:
        install(terms=TERMS)
        (notes / "input" / "a.org").write_text("* A\nsee [[nowhere]]\n", encoding="utf-8")

        assert cli.run([]) == 0
        assert "input/a.org:2:5: warning: " in capsys.readouterr().err
        assert cli.run(["--strict"]) == 1

    def test_another_configuration(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        (notes / "other.toml").write_text('[exporters.terms]\nprefix = "- "\n', encoding="utf-8")

        assert cli.run(["--config", "other.toml"]) == 0
        assert "- pod" in (notes / "output" / "terms" / "terms.txt").read_text(encoding="utf-8")


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "code", "told"),
        [
            (["build", "absent"], 1, "absent: no such file or folder"),
            (["--to", "pfd"], 2, "no exporter named 'pfd'; known: broken, needy, terms"),
            (["--to", ","], 2, "--to names no exporter"),
            (["--config", "absent.toml"], 2, "absent.toml: cannot be read"),
            (["--frobnicate"], 2, "No such option"),
            (["frobnicate"], 2, "No such command 'frobnicate'"),
            (["input"], 2, "orgkb build input"),
            (["parse", "absent.org"], 1, "absent.org: cannot be read: no such file"),
            (["parse"], 2, "Missing argument 'FILE'"),
            (["graph"], 2, "Missing argument 'PATH...'"),
            (["graph", "absent"], 1, "absent: no such file or folder"),
            (["--to", "broken"], 1, "broken: failed unexpectedly: KeyError: 'no such thing' (--debug shows where)"),
            (["--to", "needy,terms"], 3, "needy: frobnicate is not installed"),
            (["-o", "input/a.org"], 1, "cannot write to input/a.org"),
        ],
    )
    @pytest.mark.usefixtures("notes")
    def test_each_is_one_message_and_its_exit_code(
        self,
        install: Install,
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        code: int,
        told: str,
    ) -> None:
        install(terms=TERMS, broken="tests.fakes:BrokenExporter", needy="tests.fakes:NeedyExporter")

        assert cli.run(arguments) == code

        err = capsys.readouterr().err
        assert told in err
        assert "Traceback" not in err

    @pytest.mark.usefixtures("notes")
    def test_debug_shows_the_traceback(self, install: Install, capsys: pytest.CaptureFixture[str]) -> None:
        install(broken="tests.fakes:BrokenExporter")

        assert cli.run(["--debug"]) == 1
        assert 'raise KeyError("no such thing")' in capsys.readouterr().err

    @pytest.mark.usefixtures("notes")
    def test_a_mistake_of_ours_is_one_message_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("orgkb.pipeline.run", lambda *_args, **_more: 1 / 0)

        assert cli.run([]) == 1
        assert "unexpected ZeroDivisionError" in capsys.readouterr().err
        assert cli.run(["--debug"]) == 1
        assert "Traceback" in capsys.readouterr().err

    def test_without_an_input_folder_it_says_what_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)

        assert cli.run([]) == 2
        assert "orgkb build PATH" in capsys.readouterr().err

    @pytest.mark.usefixtures("notes")
    def test_interrupting_ends_with_130(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(*_args: object, **_more: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("orgkb.pipeline.run", interrupted)

        assert cli.run([]) == 130
        assert "Traceback" not in capsys.readouterr().err

    @pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
    @pytest.mark.usefixtures("notes")
    def test_ctrl_c_during_a_real_run(self) -> None:
        script = "import orgkb.pipeline, orgkb.cli, sys, time\n"
        script += "orgkb.pipeline.run = lambda *a, **k: (print('ready', flush=True), time.sleep(60))\n"
        script += "orgkb.cli.main([])"
        with subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout
            assert process.stderr
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 130
            assert process.stderr.read().strip() == b"orgkb: interrupted"


class TestParseAndGraph:
    def test_parse_gives_records_of_the_file_itself(self, notes: Path) -> None:
        text = '\ufeff* Заголовок :tag:\r\n#+INCLUDE: "b.org"\r\nтекст\r\n'
        (notes / "x.org").write_text(text, encoding="utf-8", newline="")

        done = orgkb("parse", "--json", "x.org", cwd=notes, env={**os.environ, "PYTHONIOENCODING": "ascii"})

        records = json.loads(done.stdout)["records"]
        (headline,) = [r for r in records if r["type"] == "headline"]
        assert (headline["begin"], headline["title"], headline["tags"]) == (0, "Заголовок", ["tag"])
        assert [r["type"] for r in records if r["type"] in {"keyword", "paragraph"}] == ["keyword", "paragraph"]

    @pytest.mark.usefixtures("notes")
    def test_parse_shows_a_tree(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["parse", "input/a.org"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == ["1", "headline", "*", "Terms", "-", "*pod*", "-", "smallest", "unit"]
        assert "    2  " in lines[2]

    @pytest.mark.usefixtures("notes")
    def test_graph_gives_concepts(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["graph", "--json", "input"]) == 0
        found = json.loads(capfd.readouterr().out)
        assert [(c["name"], c["definition"], c["file"], c["line"]) for c in found["concepts"]] == [
            ("pod", "smallest unit", "a.org", 2)
        ]
        assert sorted(found) == ["concepts", "mentions", "relations"]

    @pytest.mark.usefixtures("notes")
    def test_graph_shows_concepts(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["graph", "input"]) == 0
        assert capsys.readouterr().out.splitlines()[:2] == ["pod", "    smallest unit"]

    @pytest.mark.skipif(shutil.which("head") is None, reason="no head")
    def test_a_reader_that_has_seen_enough_is_no_error(self, notes: Path) -> None:
        (notes / "big.org").write_text("* heading with *bold* text\n" * 20_000, encoding="utf-8")

        command = f'"{sys.executable}" -m orgkb parse big.org | head -n 1'
        done = subprocess.run(["sh", "-c", command], cwd=notes, capture_output=True, timeout=60, check=False)

        assert done.stdout.count(b"\n") == 1
        assert done.stderr == b""


class TestStart:
    @pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["graph", "-h"]])
    def test_help_and_version_load_nothing_heavy(self, arguments: list[str]) -> None:
        script = (
            "import sys\nfrom orgkb.cli import run\ncode = run(sys.argv[1:])\n"
            "print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))\nsys.exit(code)"
        )
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)

        assert done.returncode == 0, done.stderr
        loaded = set(done.stdout.splitlines()[-1].split())
        assert not loaded & {
            "networkx",
            "pypandoc",
            "jinja2",
            "rich",
            "typst",
            "genanki",
            "orgparse",
            "orgkb_exporters",
        }

    def test_importing_the_package_loads_nothing_heavy(self) -> None:
        script = "import orgkb, sys; print(' '.join(sys.modules))"
        loaded = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
        ).stdout
        assert "networkx" not in loaded
        assert "click" not in loaded

    def test_version_is_that_of_the_package(self, capsys: pytest.CaptureFixture[str]) -> None:
        project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

        assert cli.run(["--version"]) == 0
        assert capsys.readouterr().out == f"orgkb {project['version']}\n"

    def test_the_module_is_the_command(self) -> None:
        assert orgkb("--version").stdout == orgkb("--version").stdout != ""


class TestDisplay:
    def problems(self, *codes: str) -> list[Diagnostic]:
        return [
            Diagnostic(Severity.ERROR if code == "bad" else Severity.WARNING, code, f"no. {i}", Location("a.org", i))
            for i, code in enumerate(codes, 1)
        ]

    def test_problems_are_grouped_and_capped_with_a_count(self) -> None:
        lines = display.problem_lines(self.problems("b", *["a"] * 7, "bad"), "in/", least=Severity.WARNING, every=False)

        assert click.unstyle(lines[0]) == "in/a.org:9:1: error: no. 9 [bad]"
        assert sum("[a]" in line for line in lines) == display.SHOWN_PER_CODE + 1
        assert lines[-2] == "  … and 2 more [a]; --verbose shows all"
        assert len(display.problem_lines(self.problems(*["a"] * 7), "", least=Severity.WARNING, every=True)) == 7

    def test_notes_cannot_steer_the_terminal(self) -> None:
        evil = Diagnostic(Severity.WARNING, "x", "\x1b]0;owned\x07", Location("\x1b[2J.org", 1))

        (line,) = display.problem_lines([evil], "", least=Severity.INFO, every=False)

        assert "\x1b]" not in line
        assert "\x1b[2J" not in line

    def test_the_summary_adds_up_and_caps_files(self, tmp_path: Path) -> None:
        files = tuple(Written(f"p/{i}.md", 1, changed=i == 0) for i in range(9))
        pages = tuple("1 page" for _ in files)
        same = "24 of 76 concepts, 31 propositions"
        run = ExporterRun("markdown", (*pages, "glossary", same, same), files, ("old.md",), (), "", 0, "", 0.25)
        report = RunReport(tmp_path, Path("out"), 2, 1, 0, (run,), tuple(self.problems("a", "bad")), 1.5)

        lines = [click.unstyle(line) for line in display.summary_lines(report, every=False)]

        assert lines[0] == f"markdown  9 pages, glossary, {same}, 9 files  (1 changed, 0.2 s)"
        assert lines[1].strip() == "out/p/0.md"
        assert lines[6].strip() == "… and 4 more"
        assert lines[7] == "2 notes, 1 concept, 0 relations, 9 files, 1 removed, 1 warning, 1 error; 1.5 s"
        assert len(display.summary_lines(report, every=True)) == 11

    @pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
    def test_a_terminal_gets_a_live_display(self, notes: Path) -> None:
        pty = pytest.importorskip("pty")
        reader, writer = pty.openpty()
        script = "from orgkb import pipeline\nfrom orgkb.cli import display\n"
        script += "with display.progress(quiet=False) as p:\n p(pipeline.Step('read', 'a.org', 1, 2))\n"
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        subprocess.run(
            [sys.executable, "-c", script], cwd=notes, stderr=writer, env=environment, timeout=60, check=True
        )
        os.close(writer)

        assert b"reading a.org" in os.read(reader, 10_000)
        os.close(reader)

    @pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
    def test_on_a_terminal_the_bar_moves_inside_an_export_with_count_and_time_left(self, notes: Path) -> None:
        pty = pytest.importorskip("pty")
        reader, writer = pty.openpty()
        step = "p(pipeline.Step('export', 'pdf', 1, 2, 'pages of a book', {}, 8)); time.sleep(0.3)"
        script = f"""
import time
from orgkb import pipeline
from orgkb.cli import display
with display.progress(quiet=False) as p:
    p(pipeline.Step('export', 'pdf', 1, 2))
    {step.format(1)}
    {step.format(2)}
    {step.format(3)}
"""
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
        subprocess.run(
            [sys.executable, "-c", script], cwd=notes, stderr=writer, env=environment, timeout=60, check=True
        )
        os.close(writer)

        shown = os.read(reader, 100_000).decode()
        os.close(reader)
        assert "writing pdf: pages of a book" in shown
        assert "3/8" in shown
        assert re.search(r"left\S* \S*0:00:0\d", shown)

    def test_without_a_terminal_nobody_is_told_of_parts(self, capsys: pytest.CaptureFixture[str]) -> None:
        with display.progress(quiet=False) as progress:
            assert progress
            progress(Step("export", "pdf", 1, 1))
            progress(Step("export", "pdf", 1, 1, "pages of a book", 1, 4))

        assert capsys.readouterr().err == "writing pdf\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("command", [["graph"], ["graph", "--json"], ["concepts"], ["explain", "pod"]])
def test_commands_that_show_concepts_tell_which_notes_they_could_not_read(
    notes: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    os.mkfifo(notes / "input" / "pipe.org")

    code = cli.run([*command, "input"])
    out, err = capsys.readouterr()

    assert "pod" in out
    assert err.count("input/pipe.org:1:1: error:") == 1
    assert code == (1 if command[0] == "graph" else 0)
