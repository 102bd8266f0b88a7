"""How exporters are found: ours and strangers' alike, through what packages declare."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from orgkb import exporter, pipeline
from orgkb.errors import UsageError
from orgkb.exporter import Exporter
from orgkb.exporting import Task, in_turn

Install = Callable[..., None]

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
PLUGIN = """
from dataclasses import dataclass
from typing import ClassVar
from orgkb.exporter import Artifact

@dataclass(frozen=True)
class Shout:
    name: ClassVar[str] = "shout"
    summary: ClassVar[str] = "all terms in capitals"
    mark: str = "!"

    def export(self, graph, context):
        yield Artifact("shout.txt", " ".join(c.name.upper() + self.mark for c in graph.concepts).encode())
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of somebody else, installed: a module and its metadata."""
    site = tmp_path / "site"
    information = site / "orgkb_shout-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "orgkb_shout.py").write_text(PLUGIN, encoding="utf-8")
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: orgkb-shout\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[orgkb.exporters]\nshout = orgkb_shout:Shout\n", encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    return site


@pytest.mark.usefixtures("plugin")
def test_a_package_that_is_installed_adds_its_exporter(tmp_path: Path) -> None:
    assert "shout" in exporter.names()
    (tmp_path / "a.org").write_text("- *pod* - smallest unit\n", encoding="utf-8")
    (tmp_path / "orgkb.toml").write_text('[exporters.shout]\nmark = "?"\n', encoding="utf-8")

    report = pipeline.run([tmp_path / "a.org"], tmp_path / "out", ["shout"])

    assert report.exit_code() == 0
    assert (tmp_path / "out" / "shout.txt").read_bytes() == b"POD?"


def test_two_packages_cannot_offer_one_name(install: Install) -> None:
    install(("map", "one:Map"), ("map", "two:Map"))

    with pytest.raises(UsageError, match="two packages offer an exporter named 'map': one:Map and two:Map"):
        exporter.names()


def test_the_same_package_seen_twice_is_no_conflict(install: Install) -> None:
    install(("terms", "tests.fakes:TermsExporter"), ("terms", "tests.fakes:TermsExporter"))

    assert exporter.names() == ("terms",)


def test_an_unknown_name_lists_the_known_ones(install: Install) -> None:
    install(terms="tests.fakes:TermsExporter", pages="tests.fakes:PagesExporter")

    with pytest.raises(UsageError, match="no exporter named 'pdf'; known: pages, terms"):
        exporter.named("pdf")


def test_without_an_installation_it_says_so(install: Install) -> None:
    install()

    with pytest.raises(UsageError, match=r"known: none; is orgkb installed\?"):
        exporter.named("pdf")


def test_naming_one_exporter_loads_no_other(install: Install) -> None:
    install(terms="tests.fakes:TermsExporter", broken="no_such_module:Exporter")

    assert exporter.named("terms").name == "terms"
    assert exporter.names() == ("broken", "terms")


def test_what_pyproject_registers_is_installed_and_fits_the_protocol() -> None:
    registered = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"][exporter.GROUP]

    found = exporter.available()

    assert set(registered) <= set(found)
    for name in registered:
        made = found[name]()
        assert isinstance(made, Exporter)
        assert made.name == name
        assert made.summary


def test_an_exporter_comes_behind_those_whose_findings_it_uses() -> None:
    class Second:
        after = ("first",)

    class First:
        after = ("second",)

    def order(*tasks: Task) -> list[str]:
        return [task.name for task in in_turn(tasks)]

    second, third = Task("second", cast("Exporter", Second())), Task("third", None)
    assert order(second, third, Task("first", None)) == ["third", "first", "second"]
    assert order(second, third) == ["second", "third"]
    assert order(second, Task("first", cast("Exporter", First()))) == ["second", "first"]
