"""Fixtures for all tests: golden files, fake exporters, and hypothesis without chance."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from orgkb import exporter

CASES = Path(__file__).parent / "cases"

# The same examples on every run; `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expected files; then read the diff")
    parser.addoption("--documents", type=int, default=0, help="how many new random documents to write as Markdown")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `case` runs once for each folder of tests/cases."""
    if "case" in metafunc.fixturenames:
        folders = sorted(path.parent for path in CASES.glob("*/input.org"))
        metafunc.parametrize("case", folders, ids=[folder.name for folder in folders])


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one, or the user, left in the cache."""
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with the file that holds what is expected; `--accept` writes it there."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        wanted = path.read_text(encoding="utf-8")
        if text != wanted:
            diff = difflib.unified_diff(wanted.splitlines(), text.splitlines(), str(path), "this run", lineterm="")
            pytest.fail("\n".join(diff) + "\n(--accept takes this run as right)", pytrace=False)

    return compare


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make entry points of the group `orgkb.exporters` the only installed ones: `install(name="module:Class")`."""

    class Anew(exporter.Installed):
        """What is installed in a test does not show in the packages: nothing of it is remembered."""

        def __init__(self, _once: object = None) -> None:
            super().__init__()

    def put(*pairs: tuple[str, str], **named: str) -> None:
        found = [exporter.Entry(exporter.GROUP, name, value) for name, value in sorted((*pairs, *named.items()))]
        monkeypatch.setattr(exporter, "entries", lambda group: [e for e in found if e.group == group])
        monkeypatch.setattr(exporter, "Installed", Anew)

    return put
