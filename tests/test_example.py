"""The example of an exporter in a package of its own, installed into an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from orgkb import exporter

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "orgkb-wordlist"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the example, and sees orgkb and what it needs."""
    pytest.importorskip("hatchling", reason="hatchling builds the example (it is a development dependency)")
    folder = tmp_path_factory.mktemp("example")
    source = folder / "source"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    done = subprocess.run(build, cwd=source, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    venv.create(folder / "env", with_pip=False, symlinks=os.name != "nt")
    (site,) = (
        [folder / "env" / "Lib" / "site-packages"]
        if os.name == "nt"
        else (folder / "env" / "lib").glob("python*/site-packages")
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(site)
    seen = [sysconfig.get_path("purelib"), str(ROOT), str(ROOT / "exporters")]
    (site / "orgkb-under-test.pth").write_text("\n".join(seen) + "\n", encoding="utf-8")
    return folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def orgkb(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "orgkb", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with notes in input/."""
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.org").write_text("- pod :: smallest unit\n- node :: machine\n", encoding="utf-8")
    return tmp_path


def test_it_is_found_and_run_with_its_options(python: Path, notes: Path) -> None:
    (notes / "input" / "orgkb.toml").write_text('[exporters.wordlist]\nseparator = "semicolon"\n', encoding="utf-8")

    done = orgkb(python, notes, "build", "--to", "wordlist")

    assert done.returncode == 0, done.stderr
    assert "wordlist  2 words, 1 file" in done.stdout
    words = (notes / "output" / "wordlist" / "words.txt").read_text(encoding="utf-8")
    assert words == "node;machine\npod;smallest unit\n"


def test_its_options_are_checked(python: Path, notes: Path) -> None:
    settings = notes / "input" / "orgkb.toml"
    settings.write_text("[exporters.wordlist]\nmin_confidence = 2.0\n", encoding="utf-8")

    done = orgkb(python, notes, "build", "--to", "wordlist")

    assert done.returncode == 2
    assert "[exporters.wordlist]: min_confidence is 2.0: it must be between 0 and 1" in done.stderr


def test_this_environment_has_it_not() -> None:
    assert "wordlist" not in exporter.names()
