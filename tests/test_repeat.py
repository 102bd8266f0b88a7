"""A run that has nothing to do does nothing; one that has anything to do does it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orgkb import pipeline
from orgkb.config import Config
from orgkb.org.paths import Reach
from orgkb.org.sources import fingerprint
from orgkb.runs import Progress, RunReport, Step
from tests import fakes

TERMS = "tests.fakes:TermsExporter"
PAGES = "tests.fakes:PagesExporter"
COUNTER = "tests.fakes:CounterExporter"
SETTLED = "tests.fakes:SettledExporter"
NOTE = "#+TITLE: Containers\n* Orchestration\n- pod :: the smallest unit of pods\n- node :: a machine\n"

Install = Callable[..., None]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "notes"
    folder.mkdir()
    _write(folder / "a.org", NOTE)
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))


def _run(notes: Path, *to: str, config: Config | None = None, force: bool = False) -> tuple[RunReport, list[str]]:
    steps: list[str] = []

    def told(step: Step) -> None:
        if not step.part:
            steps.append(f"{step.action} {step.name}".strip())

    progress: Progress = told
    out = notes.parent / "out"
    return pipeline.run([notes], out, to, config, progress, force=force, remember=True), steps


def test_nothing_is_done_where_nothing_changed(notes: Path, install: Install) -> None:
    install(terms=TERMS, pages=PAGES)
    first, steps = _run(notes)
    assert steps == ["read a.org", "build", "export pages", "export terms"]
    again, steps = _run(notes)
    assert steps == []
    assert (again.documents, again.concepts, again.relations) == (first.documents, first.concepts, first.relations)
    assert again.diagnostics == first.diagnostics
    assert [run.summary for run in again.exporters] == [run.summary for run in first.exporters]
    assert [[(f.path, f.size) for f in run.written] for run in again.exporters] == [
        [(f.path, f.size) for f in run.written] for run in first.exporters
    ]
    assert not any(file.changed for run in again.exporters for file in run.written)


def _edit_note(notes: Path) -> None:
    _write(notes / "a.org", NOTE + "more\n")


def _touch_note(notes: Path) -> None:
    os.utime(notes / "a.org", (1_700_000_100, 1_700_000_100))


def _add_note(notes: Path) -> None:
    _write(notes / "b.org", "* B\n")


def _rename_note(notes: Path) -> None:
    (notes / "a.org").rename(notes / "c.org")


def _add_picture(notes: Path) -> None:
    (notes / "picture.svg").write_text("<svg/>")


def _add_settings(notes: Path) -> None:
    (notes / "orgkb.toml").write_text('title = "Other"\n')


def _remove_output(notes: Path) -> None:
    (notes.parent / "out" / "terms" / "terms.txt").unlink()


def _edit_output(notes: Path) -> None:
    (notes.parent / "out" / "terms" / "terms.txt").write_text("mine")


def _remove_manifest(notes: Path) -> None:
    (notes.parent / "out" / ".orgkb-manifest.json").unlink()


@pytest.mark.parametrize(
    "change",
    [
        _edit_note,
        _touch_note,
        _add_note,
        _rename_note,
        _add_picture,
        _add_settings,
        _remove_output,
        _edit_output,
        _remove_manifest,
    ],
)
def test_any_change_is_seen(notes: Path, install: Install, change: Callable[[Path], None]) -> None:
    install(terms=TERMS, pages=PAGES)
    _run(notes)
    change(notes)
    report, steps = _run(notes)
    assert "export terms" in steps
    fresh = pipeline.run([notes], notes.parent / "fresh")
    assert [run.summary for run in report.exporters] == [run.summary for run in fresh.exporters]


def test_an_included_file_counts(notes: Path, install: Install) -> None:
    install(terms=TERMS)
    (notes / "part.txt").write_text("- kubelet :: an agent\n")
    _write(notes / "a.org", NOTE + '#+include: "part.txt"\n')
    assert _run(notes)[0].concepts == 3
    assert _run(notes)[1] == []
    (notes / "part.txt").write_text("- etcd :: a store\n- kubelet :: an agent\n")
    assert _run(notes)[0].concepts == 4


def test_a_picture_that_changes_counts(notes: Path, install: Install) -> None:
    install(pages=PAGES)
    (notes / "picture.svg").write_text("<svg/>")
    _run(notes)
    assert _run(notes)[1] == []
    (notes / "picture.svg").write_text("<svg>1</svg>")
    assert _run(notes)[1] != []
    assert (notes.parent / "out" / "pages" / "a.org.svg").read_text() == "<svg>1</svg>"


def test_the_clock_counts(notes: Path, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install(terms=TERMS)
    _run(notes)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert _run(notes)[1] != []


def test_options_and_exporters_count(notes: Path, install: Install) -> None:
    install(terms=TERMS, pages=PAGES)
    _run(notes)
    assert _run(notes, "terms")[1] != []
    assert _run(notes, "terms")[1] == []
    upper = Config(exporters={"terms": {"case": "upper"}})
    assert _run(notes, "terms", config=upper)[1] != []
    assert _run(notes, "terms", config=upper)[1] == []
    assert _run(notes, "terms", config=Config())[1] != []


def test_a_ledger_counts_unless_its_exporter_is_settled(notes: Path, install: Install) -> None:
    install(counter=COUNTER)
    for count in (1, 2, 3):
        assert _run(notes)[1] != []
        assert (notes.parent / "out" / "count.txt").read_text() == str(count)
    install(settled=SETTLED)
    assert _run(notes, "settled")[1] != []
    assert _run(notes, "settled")[1] == []


def test_a_failed_run_is_done_again(notes: Path, install: Install) -> None:
    install(broken="tests.fakes:BrokenExporter")
    assert _run(notes)[0].exit_code() == 1
    again, steps = _run(notes)
    assert (again.exit_code(), steps) == (1, ["build", "export broken"])


def test_a_step_is_done_once(notes: Path, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install(steps="tests.fakes:StepsExporter")
    monkeypatch.setattr(fakes, "DONE", [])
    _run(notes)
    _edit_note(notes)
    _run(notes)
    assert fakes.DONE == ["drawing"]
    assert (notes.parent / "out" / "drawing.txt").read_text() == "drawn"


def test_warnings_of_the_notes_are_told_again(notes: Path, install: Install) -> None:
    install(terms=TERMS)
    _write(notes / "a.org", "* A\n[[no such place]]\n")
    first, _ = _run(notes)
    again, steps = _run(notes)
    assert steps == []
    assert again.diagnostics == first.diagnostics != ()
    assert again.exit_code(strict=True) == 1


def test_a_cache_that_cannot_be_used_is_a_notice(
    notes: Path, install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(terms=TERMS)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "file"))
    report, _ = _run(notes)
    assert report.exit_code(strict=True) == 0
    assert "cannot be used" in report.notices[0]


@pytest.mark.parametrize(
    "line", ["#+İnclude: x", "#+ınclude: x", "#+ſetupfile: x", "#+SETUPFILE: x", "\ufeff#+include: x"]
)
def test_every_way_to_bring_in_a_file_counts(tmp_path: Path, line: str) -> None:
    (tmp_path / "x").write_text("#+TODO: A | B\n")
    data = f"{line}\n".encode()
    before = fingerprint(data, "a.org", Reach(tmp_path, tmp_path))
    (tmp_path / "x").write_text("#+TODO: C | D\n")
    if line != "#+İnclude: x":  # not one to the reader either
        assert fingerprint(data, "a.org", Reach(tmp_path, tmp_path)) != before


def test_nothing_heavy_is_loaded_for_nothing(notes: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from orgkb.cli import run; code = run(sys.argv[1:]);"
        "print(code, [m for m in sys.modules if m.startswith(('orgkb_exporters', 'orgkb.concepts.', 'orgkb.org.elements',"
        "'networkx', 'pymorphy3', 'jinja2', 'importlib.metadata', 'orgkb.config', 'tomllib'))])"
    )
    command = [sys.executable, "-c", program, "build", str(notes), "-o", str(tmp_path / "o"), "--to", "anki", "-q"]
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    first = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    again = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    assert "orgkb_exporters" in first
    assert again.strip() == "0 []"
