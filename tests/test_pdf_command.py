"""`orgkb pdf`."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb.cli import run

NOTES = "#+TITLE: Notes\n* One\n- *pod* - a group of containers\n* Two\nText.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "notes.org").write_text(NOTES)
    (folder / "orgkb.toml").write_text('[exporters.pdf]\nmap = false\npaper = "a5"\nstandard = "a-2b"\n')
    return folder


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "pdf").iterdir())


def test_options_go_before_those_of_the_settings(notes: Path) -> None:
    out = notes.with_name("out")
    arguments = ["pdf", str(notes), "-o", str(out), "--layout", "handout,cards", "--split", "chapter"]
    assert run([*arguments, "--paper", "us-letter", "--standard", "ua-1"]) == 0
    assert made(out) == ["Notes-01-One-cards.pdf", "Notes-01-One.pdf", "Notes-02-Two.pdf"]
    pdf = (out / "pdf" / "Notes-01-One.pdf").read_bytes()
    assert b"612 792" in pdf
    assert b"pdfuaid" in pdf


def test_without_options_the_settings_hold(notes: Path) -> None:
    out = notes.with_name("out")
    assert run(["pdf", str(notes), "-o", str(out)]) == 0
    assert made(out) == ["Notes.pdf"]
    assert b"419.53" in (out / "pdf" / "Notes.pdf").read_bytes()


def test_an_unknown_layout_is_a_fault_of_the_call(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pdf", str(notes), "--layout", "poster"]) != 0
    assert "unknown layout 'poster'; known: handout" in capsys.readouterr().err
