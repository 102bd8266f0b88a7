"""`orgkb doctor`: what is there, what is missing, what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from orgkb import cli, doctor, pandoc
from orgkb.errors import MissingProgram

Install = Callable[..., None]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, install: Install, tmp_path: Path) -> Path:
    """An empty folder; programs are not started, and one exporter is installed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "_said", lambda command: f"{Path(command[0]).name} 1.0")
    install(terms="tests.fakes:TermsExporter")
    return tmp_path


def findings(folder: Path) -> dict[str, doctor.Finding]:
    return {finding.name: finding for finding in doctor.examine(folder / "input", folder / "output")}


def test_all_that_is_needed_is_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor", str(Path(__file__).parents[1] / "input")]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Installation"
    assert any(line.startswith(f"  ✓ orgkb     {metadata.version('orgkb')} in ") for line in lines)
    assert any("✓ pandoc    pandoc " in line for line in lines)
    assert any("✓ Typst " in line and "Libertinus Serif" in line for line in lines)
    assert any("✓ notes     2 Org files" in line for line in lines)
    assert lines[-1] == "Everything that is needed is there."


@pytest.mark.usefixtures("quick")
def test_programs_get_json_and_an_exit_code(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def absent() -> Path:
        raise MissingProgram("pandoc is needed: pip install pypandoc_binary")

    monkeypatch.setattr(pandoc, "program", absent)
    monkeypatch.setattr("shutil.which", lambda _name, **_more: None)

    assert cli.run(["doctor", "--json"]) == 3

    report = json.loads(capfd.readouterr().out)
    missing = {f["name"]: f["advice"] for f in report["findings"] if f["state"] == "missing"}
    assert missing == {"pandoc": "pip install pypandoc_binary", "Graphviz": "pip install graphviz-pure"}
    assert report["missing"] == 2


def test_a_plug_in_that_does_not_load_is_named(quick: Path, install: Install) -> None:
    install(bad="tests.no_such_module:Exporter", terms="tests.fakes:TermsExporter")

    found = findings(quick)

    assert found["bad"].state == "missing"
    assert "No module named" in found["bad"].detail
    assert found["terms"] == doctor.Finding("Exporters", "terms", "ok", "the concepts, one a line")


def test_packages_that_are_not_there(quick: Path, monkeypatch: pytest.MonkeyPatch, install: Install) -> None:
    install()
    monkeypatch.setattr(doctor, "_version", lambda _package: "")

    found = findings(quick)

    assert (found["Typst"].state, found["genanki"].state, found["all"].state) == ("missing",) * 3
    assert found["Anki"].state == "absent"


def test_two_pandoc_packages_are_one_too_many(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _package: "1")

    assert findings(quick)["pypandoc"].state == "odd"


def test_notes_settings_and_output(quick: Path) -> None:
    assert findings(quick)["notes"].state == "absent"
    (quick / "input").mkdir()
    (quick / "input" / "a.org").touch()
    assert findings(quick)["settings"].advice.startswith("orgkb init")
    (quick / "input" / "orgkb.toml").write_text("titel = 'x'\n", encoding="utf-8")
    (quick / "output").touch()

    found = findings(quick)

    assert found["notes"].detail.startswith("1 Org file in")
    assert (found["settings"].state, found["output"].state) == ("odd", "odd")
    assert "did you mean 'title'?" in found["settings"].detail


def test_a_clock_of_nonsense_is_odd(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert findings(quick)["SOURCE_DATE_EPOCH"].state == "odd"


def test_a_program_that_does_not_start_has_no_version(tmp_path: Path) -> None:
    assert doctor._said([str(tmp_path / "absent")]) == ""


def test_the_cache_is_told_with_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "x.sqlite").write_bytes(bytes(3 * 1024**2))

    (found,) = [f for f in doctor.examine(tmp_path, tmp_path / "out") if f.name == "cache"]

    assert found.state == "ok"
    assert found.detail.startswith(f"{tmp_path / 'cache'}, 3.0 MB")


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "file" / "cache"))

    (found,) = [f for f in doctor.examine(tmp_path, tmp_path / "out") if f.name == "cache"]

    assert (found.state, "ORGKB_CACHE" in found.advice) == ("odd", True)
