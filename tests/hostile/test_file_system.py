"""Odd things in the folder of the notes: each costs one message and nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orgkb import pipeline
from orgkb.diagnostics import Severity
from orgkb.errors import InputError
from orgkb.pipeline import RunReport
from tests.hostile import outputs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="such files cannot be made there")

SOUND = "* Heading\n- *anchor* - thing that holds a ship\n"
NAMES = (
    "new\nline.org", "tab\there.org", "emoji 🐳 whale.org", "CON.org", "nul.org", "trailing dot..org", " leading space.org",
    "trailing space .org", "quote'\".org", "back\\slash.org", "semi;colon & pipe|.org", "$(touch pwned).org", "`touch pwned`.org",
    "-rf.org", "--help.org", "percent %2e%2e%2f.org", "hash # sign.org", "question?.org", "star*.org", "angle <b>.org",
    "brackets [x](y).org", "braces {{c1::x}}.org", "русский й.org", "e\u0301 decomposed.org", "rtl \u202egro.org",
    "x" * 250 + ".org", "ALLCAPS.ORG", "two.dots.org", "esc \x1b[31m.org", "colon: c.org",
)  # fmt: skip
BYTES = (b"invalid \xff\xfe utf-8.org", b"latin \xe9.org")


def run(notes: Path) -> RunReport:
    return pipeline.run([notes], notes.parent / "output")


def sound(notes: Path) -> Path:
    notes.mkdir()
    (notes / "sound.org").write_text(SOUND)
    return notes


def test_odd_file_names_are_file_names(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    for name in NAMES:
        (notes / name).write_text(SOUND)
    for raw in BYTES:
        Path(os.fsdecode(os.fsencode(notes) + b"/" + raw)).write_text(SOUND)

    report = run(notes)

    assert [run.error + run.trace for run in report.exporters if run.error] == []
    assert report.documents == len(NAMES) + len(BYTES) + 1
    files = outputs.unpacked(tmp_path / "output")
    assert list(outputs.faults(files)) == []
    pages = [name for name in files if name.startswith("markdown/") and name.endswith(".md")]
    assert sum("anchor" in files[name].decode() for name in pages) >= report.documents
    for name in files:
        if name != "(names)" and ".apkg/" not in name:
            assert name.encode().decode().isprintable()
            assert not any(c in name for c in '\\:*?"<>|\n')
            assert all(part.split(".")[0].upper() not in {"CON", "NUL"} for part in name.split("/"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "output"]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # the names of sockets are short
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nothing")


@pytest.mark.parametrize(
    ("make", "code"),
    [(_pipe, "no-file"), (_socket, "no-file"), (_loop, "broken-symlink"), (_dangling, "broken-symlink")],
)
def test_what_is_no_file_is_told_and_costs_nothing_else(
    make: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    notes = sound(tmp_path / "notes")
    make(notes / "odd.org")

    report = run(notes)

    assert [(str(d.location), d.code) for d in report.diagnostics if d.severity >= Severity.ERROR] == [
        ("odd.org:1:1", code)
    ]
    assert report.exit_code() == 1
    assert all(run.written and not run.error for run in report.exporters)
    with pytest.raises(InputError):
        pipeline.run([notes / "odd.org"], tmp_path / "other")


def test_a_link_to_a_file_elsewhere_is_told_and_not_followed(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    (tmp_path / "secret.org").write_text("* zq7secret\n- *zq7secret* - zq7secret\n")
    (notes / "leak.org").symlink_to(tmp_path / "secret.org")
    (notes / "circle").symlink_to(notes)

    report = run(notes)

    assert [d.code for d in report.diagnostics if d.severity >= Severity.WARNING] == ["symlink-skipped"]
    assert not [name for name, data in outputs.unpacked(tmp_path / "output").items() if b"zq7secret" in data]


def test_a_device_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file or folder"):
        pipeline.run([Path("/dev/zero")], tmp_path / "output")


def test_what_may_not_be_read_is_told_and_costs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = sound(tmp_path / "notes")
    (notes / "locked.org").write_text(SOUND)
    (notes / "closed").mkdir()
    real_open, real_scan = os.open, os.scandir

    def deny_open(path: object, *args: object, **kwargs: object) -> int:
        if str(path).endswith("locked.org"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *args, **kwargs)  # type: ignore[arg-type] # passed on as it came

    def deny_scan(path: Path) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(os, "open", deny_open)
    monkeypatch.setattr(os, "scandir", deny_scan)

    report = pipeline.run([notes], tmp_path / "output", ["markdown"])

    errors = [str(d) for d in report.diagnostics if d.severity >= Severity.ERROR]
    assert len(errors) == 2
    assert "closed:1:1: error: this folder cannot be read: permission denied" in errors[0]
    assert "locked.org: cannot be read: permission denied" in errors[1]
    assert (tmp_path / "output" / "markdown" / "sound.md").exists()
    assert report.exit_code() == 1


def test_a_file_that_vanishes_costs_only_itself(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    (notes / "gone.org").write_text(SOUND)

    def vanish(step: pipeline.Step) -> None:
        if step.action == "read":
            (notes / "gone.org").unlink(missing_ok=True)

    report = pipeline.run([notes], tmp_path / "output", ["markdown"], progress=vanish)

    assert [d.code for d in report.diagnostics if d.severity >= Severity.ERROR] == ["unreadable-file"]
    assert report.documents == 1


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    (notes / "changing.org").write_text(SOUND)

    def change(step: pipeline.Step) -> None:
        if step.action == "read" and step.number == 1:
            (notes / "changing.org").unlink()
            os.mkfifo(notes / "changing.org")

    report = pipeline.run([notes], tmp_path / "output", ["markdown"], progress=change)

    assert [d.code for d in report.diagnostics if d.severity >= Severity.ERROR] == ["unreadable-file"]


def test_a_file_beyond_the_limit_is_told_and_not_read(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    with (notes / "huge.org").open("wb") as file:
        file.truncate(65 * 2**20)
    with (notes / "huge.png").open("wb") as file:
        file.truncate(65 * 2**20)
    (notes / "sound.org").write_text(SOUND + "[[file:huge.png]]\n")

    report = pipeline.run([notes], tmp_path / "output", ["markdown"])

    assert any("larger than 64 MB" in str(d) for d in report.diagnostics if d.code == "unreadable-file")
    assert any("larger than 64 MB" in str(d) for d in report.diagnostics if d.code == "unreadable-media")


@pytest.mark.parametrize("when", [-(2**31), 0, 2**33, 2**40])
def test_impossible_times_cost_nothing(when: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    notes = sound(tmp_path / "notes")
    try:
        os.utime(notes / "sound.org", (when, when))
    except OSError:
        pytest.skip("this file system has no such time")

    assert run(notes).exit_code() == 0


def test_nested_folders_and_overlapping_ones(tmp_path: Path) -> None:
    """Output inside the input, the input inside the output, and both the same."""
    notes = sound(tmp_path / "notes")
    before = (notes / "sound.org").read_bytes()
    for output in (notes / "output", tmp_path, notes):
        for _ in range(2):
            report = pipeline.run([notes], output, ["markdown", "anki"])
            assert report.exit_code() == 0
            assert report.documents == 1
    assert (notes / "sound.org").read_bytes() == before


def test_what_a_terminal_acts_on_is_not_printed(tmp_path: Path) -> None:
    notes = tmp_path / "no\x1b[31mtes"
    notes.mkdir()
    (notes / "a \x1b]0;pwned\x07.org").write_bytes(
        b"* \x1b[31mred \x9b31m\n- *\x1b[2Jterm* - thing \x07\n[[file:\x1b[2J.png]]\n\xff\n"
    )

    for command in (
        ["build", str(notes), "-o", str(tmp_path / "output"), "-v", "--to", "markdown"],
        ["graph", str(notes)],
        ["parse", str(notes / "a \x1b]0;pwned\x07.org")],
    ):
        done = subprocess.run([sys.executable, "-m", "orgkb", *command], capture_output=True, check=False, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert not [c for c in said if not c.isprintable() and c != "\n"], repr(said)


def test_a_program_named_by_a_strangers_settings_is_not_started(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\n")
    program.chmod(0o755)
    (notes / "orgkb.toml").write_text(f'[exporters.map]\ndot = "{program}"\n')
    (notes / "sound.org").write_text(SOUND + "- *ship* - thing that has an anchor\n")

    report = pipeline.run([notes], tmp_path / "output", ["map"])

    assert [d.code for d in report.diagnostics if d.severity >= Severity.WARNING] == ["untrusted-option"]
    assert not (tmp_path / "pwned").exists()
    assert (tmp_path / "output" / "map" / "overview.svg").exists()


def test_a_program_named_by_the_user_is_started(tmp_path: Path) -> None:
    from orgkb import config  # noqa: PLC0415 - needed here alone

    notes = sound(tmp_path / "notes")
    (notes / "sound.org").write_text(SOUND + "- *ship* - thing that has an anchor\n")
    (tmp_path / "mine.toml").write_text(f'[exporters.map]\ndot = "{tmp_path}/absent"\n')

    report = pipeline.run([notes], tmp_path / "output", ["map"], config.load(tmp_path / "mine.toml"))

    assert any("absent" in d.message for d in report.diagnostics)


@pytest.mark.parametrize("make", [_pipe, _loop, lambda path: path.symlink_to("/etc/passwd"), lambda path: path.mkdir()])
def test_settings_that_are_no_file_are_not_read(make: Callable[[Path], None], tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    make(notes / "orgkb.toml")

    with pytest.raises(Exception, match=r"orgkb\.toml is not read"):
        run(notes)


@pytest.mark.parametrize(
    ("table", "option"),
    [
        ("pdf", 'template = "t.typ"'),
        ("pdf", "memory = 99999999"),
        ("html", "raw = true"),
        ("docx", 'reference_doc = "t.docx"'),
    ],
)
def test_a_strangers_settings_open_no_door(table: str, option: str, tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    (notes / "t.typ").write_text('#let cover(data) = [pwned #panic("pwned")]\n')
    (notes / "orgkb.toml").write_text(f"[exporters.{table}]\n{option}\n")

    report = pipeline.run([notes], tmp_path / "output", [table])

    assert [d.code for d in report.diagnostics if d.severity >= Severity.WARNING] == ["untrusted-option"]
    assert [run.error for run in report.exporters] == [""]


def test_what_the_user_gives_by_hand_counts_beside_a_strangers_settings(tmp_path: Path) -> None:
    notes = sound(tmp_path / "notes")
    (notes / "t.typ").write_text("#let cover(data) = [coverofmine]\n")
    (notes / "orgkb.toml").write_text('[exporters.pdf]\ntemplate = "other.typ"\n')
    call = [
        sys.executable,
        "-m",
        "orgkb",
        "pdf",
        str(notes),
        "-o",
        str(tmp_path / "out"),
        "--template",
        "t.typ",
        "--no-cache",
    ]

    done = subprocess.run(call, capture_output=True, check=False, text=True)

    assert done.returncode == 0, done.stderr
    assert "untrusted" not in done.stderr
    assert "coverofmine" in "".join(
        data.decode() for name, data in outputs.unpacked(tmp_path / "out").items() if name.endswith("/text")
    ) or not shutil.which("pdftotext")


def test_settings_that_name_the_whole_disk_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "cache"))
    notes = sound(tmp_path / "notes")
    (notes / "orgkb.toml").write_text('[exporters.anki]\ndeck = "/"\n')
    looked: list[str] = []
    real = os.scandir

    def watched(path: str = ".") -> object:
        looked.append(os.fsdecode(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", watched)

    pipeline.run([notes], tmp_path / "output", ["anki"], remember=True)

    assert "/" not in looked
