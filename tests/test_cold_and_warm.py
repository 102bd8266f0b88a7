"""Whatever is edited: a build that remembers writes the bytes of one that does not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgkb import cache as caches
from orgkb import pipeline, shelf, work
from orgkb.concepts import findings
from orgkb.concepts.model import Concept
from orgkb.concepts.scanning import FileScan
from orgkb.concepts.settings import ConceptSettings
from orgkb.config import Config
from orgkb.org.nodes import Headline
from orgkb.runs import Step
from orgkb_exporters.markdown.entries import EntryWriter
from orgkb_exporters.markdown.layout import Block
from orgkb_exporters.markdown.page import NotesPage

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
@given(
    st.lists(st.lists(st.sampled_from(LINES), max_size=12), min_size=3, max_size=3),
    st.lists(edits, max_size=3),
    st.sampled_from([shelf.WORTH, 0]),
)
def test_random_edits(
    tmp_path_factory: pytest.TempPathFactory,
    install: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    first: list[list[str]],
    rounds: list[list[tuple[str, str, int, str]]],
    worth: int,
) -> None:
    install(dump=DUMP)
    monkeypatch.setattr(shelf, "WORTH", worth)
    monkeypatch.setattr(work, "WORTH", 0)
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


A = """#+TITLE: Clusters
Prose before the first heading speaks of a pod and its node.
* Containers                                                        :base:
- *container* - a process with its own view of the system
- image :: a file from which containers are made. See [[file:b.org][the other notes]].
- pod :: the smallest unit that a kubelet runs; a pod uses an image
- *kubelet* - an agent on each node that starts a pod
The kubelet runs each pod on a node, and a container is part of the pod.
[[file:dot.svg]]
** Commands
: kubectl get pods
- =kubectl get pods= - show all pods of the cluster
- =kubectl delete pod web= - delete a pod by its name
#+begin_src sh
# list the nodes
kubectl get nodes
#+end_src
* Cluster
:PROPERTIES:
:ID: cluster
:END:
- node (n) :: a machine of the cluster that runs a kubelet
- cluster :: nodes that run pods
- scheduler :: chooses a node for each pod of the cluster
A scheduler is a process that assigns pods to nodes.
Implementations of the runtime: containerd, CRI-O and Docker Engine.
"""
B = """* Other things
- под :: наименьшая единица, которую запускает кластер
- кластер :: узлы, на которых работают поды
Поды работают на узлах кластера, два дня назад; контейнеры тоже.
** Links
See [[id:cluster]] and [[file:a.org::*Commands]], a pod, and <<here>> [[here]].
- service :: a name for pods that a cluster keeps; services use a selector
- selector :: chooses pods by their labels
"""
C = """#+TITLE: Third
#+TOC: headlines 2
See [[id:cluster]], [[file:a.org]], [[file:b.org::here]], [[*Part]], [[file:dot.svg]] and [[file:data.txt]]. A note[fn:1] on a pod.
* Part [[id:cluster]]
[fn:1] With a link to [[file:a.org::*Containers][containers]].
#+NAME: tab
| a | b |
** Below
A kubelet runs a pod; a service names it. [[file:late.svg]]
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{}"/></svg>'
CHANGES: dict[str, tuple[str, str, str]] = {
    "a word in a line of prose": ("a.org", "Prose before", "Prose that is before"),
    "a word before mentions": ("a.org", "The kubelet runs", "The well-known kubelet runs"),
    "a word in a definition": ("a.org", "the smallest unit", "the smallest deployable unit"),
    "a line above all": ("a.org", "Prose that", "A new line.\n\nProse that"),
    "a heading": ("a.org", "** Commands", "** Useful commands"),
    "a tag": ("a.org", ":base:", ":base:more:"),
    "a term that other notes name": ("b.org", "- service ::", "- label :: a word on a pod\n- service ::"),
    "a definition that goes": ("a.org", "- cluster :: nodes that run pods\n", ""),
    "a relation": ("a.org", "assigns pods to nodes", "assigns each pod to a node of the cluster"),
    "a command": ("a.org", "show all pods of the cluster", "list every pod of the cluster"),
    "a picture": ("dot.svg", 'r="3"', 'r="4"'),
    "a picture that goes": ("a.org", "[[file:dot.svg]]", "No picture."),
    "the title": ("a.org", "#+TITLE: Clusters", "#+TITLE: Pods and clusters"),
    "a misspelling": ("b.org", "chooses pods", "chooses pods in a contaner"),
    "a term's case": ("a.org", "- *kubelet* -", "- *Kubelet* -"),
    "a part that is not exported": ("a.org", "* Cluster\n", "* Cluster :noexport:\n"),
    "and that is again": ("a.org", "* Cluster :noexport:\n", "* Cluster\n"),
    "a card that is unwanted": ("b.org", "** Links\n", "** Links\n:PROPERTIES:\n:ANKI_SKIP: t\n:END:\n"),
    "a link to a table of another note": ("b.org", "a pod, and <<here>>", "[[file:c.org::tab]], a pod, and <<here>>"),
    "and that goes": ("b.org", "[[file:c.org::tab]], a pod", "a pod"),
    "a picture that comes": ("late.svg", "", DOT.format(5)),
    "a file that comes": ("data.txt", "", "some data"),
    "a heading that another note names": ("a.org", "* Cluster\n", "* The cluster\n"),
    "a section above all others": (
        "a.org",
        "* Containers",
        "* Addons\n- *addon* - a part that a cluster can do without\n* Containers",
    ),
    "two sections that are alike": (
        "c.org",
        "** Below",
        "* Twice\n- *taint* - a mark of a node (see toleration)\n* Twice\n- *taint* - a mark of a node (see toleration)\n** Below",
    ),
    "a word in capitals that stands small elsewhere": (
        "a.org",
        "- scheduler ::",
        "- REPOSITORY - where it is from\n- scheduler ::",
    ),
    "and there is no longer": ("c.org", "A kubelet runs a pod;", "A repository has images; a kubelet runs a pod;"),
    "lines in another order": ("b.org", "- под ::", "- кластер :: много узлов\n- под ::"),
}
"""What is edited: file, text, and what stands there instead; one after the other."""
FLAVOURS: tuple[dict[str, dict[str, object]], ...] = (
    {"map": {"pictures": ["svg"]}},
    {"markdown": {"flavour": "obsidian"}, "map": {"pictures": ["svg"], "link": "source", "formats": ["json"]}},
    {"markdown": {"flavour": "logseq"}, "map": {"pictures": [], "focus": True}, "anki": {"lists": False}},
)


@pytest.mark.parametrize("options", FLAVOURS, ids=["usual", "vault", "other"])
def test_whatever_is_edited_all_exporters_write_what_they_would_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, dict[str, object]]
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # thousands of files, and no power cut
    monkeypatch.setattr(work, "WORTH", 0)  # sections of the shortest notes are remembered too
    notes, warm = tmp_path / "notes", tmp_path / "warm"
    _write(notes / "a.org", A)
    _write(notes / "b.org", B)
    _write(notes / "c.org", C)
    _write(notes / "dot.svg", DOT.format(3))
    config = Config(exporters=options)
    to = ("anki", "markdown", "map")
    pipeline.run([notes], warm, to, config, remember=True)
    for number, (what, (name, old, new)) in enumerate(CHANGES.items()):
        text = (notes / name).read_text(encoding="utf-8") if old else ""
        assert not old or text.count(old) == 1, what
        _write(notes / name, text.replace(old, new, 1))
        os.utime(notes / name, (1_700_000_000 + number, 1_700_000_000 + number))
        cold = tmp_path / f"cold{number}"
        shutil.copytree(warm, cold)  # a deck depends on the ledger of the deck before
        told = pipeline.run([notes], cold, to, config)
        again = pipeline.run([notes], warm, to, config, remember=True)
        assert _files(warm) == _files(cold), what
        assert again.diagnostics == told.diagnostics, what


@pytest.mark.parametrize("flavour", ["gfm", "obsidian", "logseq"])
def test_only_pages_with_something_new_on_them_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flavour: str
) -> None:
    written: list[str] = []
    real = NotesPage.text

    def text(self: NotesPage, *, front_matter: bool) -> str:
        written.append(self.document.path)
        return real(self, front_matter=front_matter)

    monkeypatch.setattr(NotesPage, "text", text)
    notes = tmp_path / "notes"
    for name, first in (("a.org", A), ("b.org", B), ("c.org", C)):
        _write(notes / name, first)
    config = Config(exporters={"markdown": {"flavour": flavour}})
    pipeline.run([notes], tmp_path / "out", ["markdown"], config, remember=True)
    assert set(written) == {"a.org", "b.org", "c.org"}
    for old, new, again in (
        ("Prose before", "Prose that is before", {"a.org"}),
        ("* Cluster\n", "* The cluster\n", {"a.org", "b.org", "c.org"}),  # both others lead there
        ("Prose that is", "Prose which is", {"a.org"}),
    ):
        written.clear()
        _write(notes / "a.org", (notes / "a.org").read_text(encoding="utf-8").replace(old, new))
        pipeline.run([notes], tmp_path / "out", ["markdown"], config, remember=True)
        assert set(written) == again


def test_after_an_edit_only_its_section_and_the_entries_of_its_terms_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    section, definitions = NotesPage.section, EntryWriter.definitions

    def noted(self: NotesPage, headline: Headline, level: int) -> list[Block]:
        written.append(headline.raw_title)
        return section(self, headline, level)

    def told(self: EntryWriter, concept: Concept) -> list[Block]:
        written.append(concept.name)
        return definitions(self, concept)

    monkeypatch.setattr(NotesPage, "section", noted)
    monkeypatch.setattr(EntryWriter, "definitions", told)
    text = "* Pods\n- pod :: a unit\n- node :: a machine\n* Links\nSee [[*Pods]].\n* Ends\nNothing.\n"
    notes = tmp_path / "notes"
    _write(notes / "a.org", text)
    pipeline.run([notes], tmp_path / "out", ["markdown"], remember=True)
    assert {"Pods", "Links", "Ends", "pod", "node"} <= set(written)
    for old, new, again in (
        ("Nothing.", "Nothing more.", {"Ends"}),
        ("a unit", "the smallest unit", {"Pods", "pod"}),
        ("* Pods\n", "* Pods again\n", {"Pods again", "Links", "pod", "node"}),
    ):
        written.clear()
        text = text.replace(old, new)
        _write(notes / "a.org", text.replace("[[*Pods]]", "[[*Pods again]]") if "again" in text else text)
        pipeline.run([notes], tmp_path / "out", ["markdown"], remember=True)
        assert set(written) == again


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
