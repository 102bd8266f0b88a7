"""Whatever is edited: a build that remembers writes the bytes of one that does not."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgkb import cache as caches
from orgkb import pipeline
from orgkb.concepts import findings
from orgkb.concepts.scanning import FileScan
from orgkb.concepts.settings import ConceptSettings
from orgkb.config import Config
from orgkb.runs import Step

DUMP = "tests.fakes:DumpExporter"
SAMPLE = Path(__file__).parent.parent / "input"

LINES = (
    "* Containers",
    "** Сети",
    "* Replica set",
    "- pod :: the smallest unit that a kubelet runs",
    "- *Kubelet* - an agent on each node that runs a pod",
    "- под :: наименьшая единица, которую запускает кластер",
    "- node (n) :: a machine of a cluster",
    "- cluster :: nodes that run pods",
    "- Container Runtime Interface (CRI) :: how the kubelet talks to runtimes",
    "- replica set :: keeps pods",
    "- день :: 24 часа",
    "The kubelet and the CRI run each pod on a node of the cluster.",
    "Поды работают на узлах кластера, два дня назад; контейнеры тоже.",
    "ReplicaSets and replica sets keep pods; a contrainer is a container, containers are run.",
    "A container is a process. The container runtime runs containers, container after container.",
    "See [[Containers]], [[id:one]] and [[file:b.org::*Replica set][the set]].",
    "- uses :: [[pod]]",
    "<<target>> and [[target]]",
    ":PROPERTIES:\n:ID: one\n:END:",
    '#+include: "part.inc"',
    "#+begin_src sh\nkubectl get pods\n#+end_src",
    "# a comment",
    "* secret :noexport:",
    "#+TITLE: A title",
    "",
)
NAMES = ("a.org", "b.org", "sub/c.org", "d.org")

edits = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["add", "remove", "replace", "delete"]),
        st.integers(0, 40),
        st.sampled_from(LINES),
    ),
    min_size=1,
    max_size=3,
)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))


def _edit(folder: Path, name: str, how: str, at: int, line: str) -> None:
    path = folder / name
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    at %= len(lines) + 1
    if how == "delete" and name != "a.org":
        path.unlink(missing_ok=True)
        return
    lines[at : at + (how != "add")] = [] if how == "remove" else [line]
    _write(path, "\n".join(lines))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each has its own folders
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=12), min_size=3, max_size=3), st.lists(edits, max_size=3))
def test_random_edits(
    tmp_path_factory: pytest.TempPathFactory,
    install: Callable[..., None],
    first: list[list[str]],
    rounds: list[list[tuple[str, str, int, str]]],
) -> None:
    install(dump=DUMP)
    top = tmp_path_factory.mktemp("run")
    notes = top / "notes"
    _write(notes / "part.inc", "- etcd :: a store of the cluster\n")
    for name, lines in zip(NAMES, first, strict=False):
        _write(notes / name, "\n".join(lines))
    for number, changes in enumerate([[], *rounds]):
        for change in changes:
            _edit(notes, *change)
        warm = pipeline.run([notes], top / "warm", remember=True)
        cold = pipeline.run([notes], top / f"cold{number}")
        assert _files(top / "warm") == _files(top / f"cold{number}")
        assert warm.diagnostics == cold.diagnostics


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notes in which mentions and relations are looked for, as it happens."""
    seen: list[str] = []
    real = findings.find

    def noted(document: object, scan: FileScan, *more: object) -> object:
        seen.append(scan.path)
        return real(document, scan, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("orgkb.reading.find", noted)
    return seen


def _notes(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    _write(notes / "a.org", "- pod :: the smallest unit\n- under :: way\n")
    _write(notes / "b.org", "A kubelet runs a pod.\n")
    _write(notes / "c.org", "Nothing about sidecars here, nor about replica sets.\n")
    _write(notes / "d.org", "Под и нода, с подами.\n")
    _write(notes / "e.org", "Quite other things.\n")
    return notes


@pytest.mark.parametrize(
    ("line", "concerned"),
    [
        ("plain words", ["a.org"]),
        ("- kubelet :: an agent", ["a.org", "b.org"]),
        ("- sidecar :: a helper", ["a.org", "c.org"]),
        ("- ReplicaSet :: keeps pods", ["a.org", "c.org"]),
        ("- unheard-of thing :: nobody knows it", ["a.org"]),
        ("- нода :: машина", ["a.org", "d.org"]),
    ],
)
def test_a_new_term_concerns_the_notes_with_its_words(
    tmp_path: Path, install: Callable[..., None], linked: list[str], line: str, concerned: list[str]
) -> None:
    install(dump=DUMP)
    notes = _notes(tmp_path)
    # A term in Russian changes what English notes link to, once: the first run has some.
    _write(notes / "f.org", "- вещь :: предмет\n")
    pipeline.run([notes], tmp_path / "out", remember=True)
    linked.clear()
    _write(notes / "a.org", f"- pod :: the smallest unit\n- under :: way\n{line}\n")
    pipeline.run([notes], tmp_path / "out", remember=True)
    assert sorted(linked) == concerned


def test_a_term_that_goes_concerns_the_notes_that_mention_it(
    tmp_path: Path, install: Callable[..., None], linked: list[str]
) -> None:
    install(dump=DUMP)
    notes = _notes(tmp_path)
    pipeline.run([notes], tmp_path / "out", remember=True)
    linked.clear()
    _write(notes / "a.org", "- under :: way\n")
    pipeline.run([notes], tmp_path / "out", remember=True)
    assert "b.org" in linked
    assert "e.org" not in linked


def test_a_name_that_settings_add_is_found_where_it_is_first_written(
    tmp_path: Path, install: Callable[..., None]
) -> None:
    install(dump=DUMP)
    notes = _notes(tmp_path)
    asked = Config(concepts=ConceptSettings(always=["other things"]))
    for number, text in enumerate(["Quite other things.\n", "Quite.\n", "Quite other things, other things.\n"]):
        _write(notes / "e.org", text)
        _write(notes / "g.org", f"See other things {number}.\n")
        for config in (asked, Config()):
            pipeline.run([notes], tmp_path / "warm", config=config, remember=True)
            pipeline.run([notes], tmp_path / "cold", config=config)
            assert _files(tmp_path / "warm") == _files(tmp_path / "cold")


def test_only_what_changed_is_read(tmp_path: Path, install: Callable[..., None]) -> None:
    install(dump=DUMP)
    notes = _notes(tmp_path)
    steps: list[str] = []

    def told(step: Step) -> None:
        if step.action == "read":
            steps.append(step.name)

    pipeline.run([notes], tmp_path / "out", progress=told, remember=True)
    assert len(steps) == 5
    steps.clear()
    _write(notes / "c.org", "Changed.\n")
    (notes / "e.org").rename(notes / "g.org")
    pipeline.run([notes], tmp_path / "out", progress=told, remember=True)
    assert sorted(steps) == ["c.org", "g.org"]


def test_the_sample_with_all_exporters(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    shutil.copytree(SAMPLE, notes)
    for path in notes.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    name = next(path.name for path in sorted(notes.glob("*.org")))
    chance = random.Random(7)
    to = ("anki", "markdown")
    for number in range(2):
        warm, cold = tmp_path / "warm", tmp_path / f"cold{number}"
        pipeline.run([notes], warm, to, remember=True)
        if number:  # a deck depends on the ledger of the deck before
            shutil.copytree(tmp_path / "last", cold)
        pipeline.run([notes], cold, to)
        assert _files(warm) == _files(cold)
        shutil.rmtree(tmp_path / "last", ignore_errors=True)
        shutil.copytree(warm, tmp_path / "last")
        lines = (notes / name).read_text(encoding="utf-8").split("\n")
        lines.insert(chance.randrange(len(lines)), f"- term{number} :: what term{number} means in an image")
        _write(notes / name, "\n".join(lines))


def test_a_second_build_of_all_exporters_has_nothing_to_do(tmp_path: Path) -> None:
    steps: list[Step] = []
    pipeline.run([SAMPLE], tmp_path / "out", remember=True)
    pipeline.run([SAMPLE], tmp_path / "out", progress=steps.append, remember=True)
    assert steps == []


SECRETS = """
#+OPTIONS: d:nil
* Open
:LOGBOOK:
- Note pelican1
:END:
:HIDDEN:
pelican2
:END:
# pelican3
#+begin_comment
pelican4
#+end_comment
#+begin_src sh :exports none
echo pelican5
#+end_src
- pod :: a unit
** closed :noexport:
pelican6
- pelican6a :: a term
** COMMENT off
pelican7
** old :ARCHIVE:
pelican8
** safe :crypt:
pelican9
"""


def test_what_is_not_exported_is_not_remembered(
    tmp_path: Path, install: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither readable in the file nor in what was sealed into it."""
    install(dump=DUMP)
    put: list[bytes] = []
    real = caches.Cache.put

    def noted(self: caches.Cache, source: bytes, kind: str, data: bytes) -> None:
        put.append(data)
        real(self, source, kind, data)

    monkeypatch.setattr(caches.Cache, "put", noted)
    _write(tmp_path / "notes" / "a.org", SECRETS)
    pipeline.run([tmp_path / "notes"], tmp_path / "out", remember=True)
    assert any(b"a unit" in data for data in put)
    assert not [data for data in put if b"pelican" in data]
    for path in caches.folder().rglob("*"):
        assert not path.is_file() or not any(word in path.read_bytes() for word in (b"pelican", b"a unit", b"Open"))
