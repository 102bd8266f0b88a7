"""Documents that lie packed are the same to whoever looks into them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from orgkb import cache as caches
from orgkb import pipeline, reading, shelf, stored
from orgkb.config import Config
from orgkb.errors import OrgkbError
from orgkb.inputs import find_inputs
from orgkb.org.document import Document
from orgkb.org.walk import walk_document
from orgkb.repeat import sources_of
from orgkb.shelf import Packed, Shelf
from tests.shared import SAMPLE

TO = ("anki", "map", "markdown")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return pipeline.read_documents(find_inputs([SAMPLE]), Config())[0]


def _made(output: Path, *, remember: bool = False) -> dict[str, bytes]:
    report = pipeline.run([SAMPLE], output, TO, remember=remember)
    assert not any(run.error for run in report.exporters)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in Document.__struct_fields__ if name != "headlines"}


def test_all_that_is_in_a_document_is_found_again(documents: list[Document]) -> None:
    books = Shelf(most=1)
    packed = [books.put(document) for document in documents]
    for document, other in zip(documents, packed, strict=True):
        assert _fields(other) == _fields(document)
        assert [(n.begin, n.end) for n in walk_document(other)] == [(n.begin, n.end) for n in walk_document(document)]
        for one, two in zip(document.headlines, other.headlines, strict=True):
            names = type(one).__struct_fields__
            assert [getattr(two, name) for name in names] == [getattr(one, name) for name in names]
            assert other.outline_path(two) == document.outline_path(one)
        assert shelf.opened(other) == document
        assert shelf.length(other) == len(document.text)
        assert stored.document(shelf.unpacked(shelf.packed_of(other))) == document


def test_a_tree_is_held_no_longer_than_there_is_room(documents: list[Document]) -> None:
    books = Shelf(most=len(documents[0].text))
    packed = [books.put(document) for document in documents]
    first = shelf.opened(packed[0])
    assert shelf.opened(packed[0]) is first
    for document in packed[1:]:
        shelf.opened(document)
    assert shelf.opened(packed[0]) is not first
    assert shelf.opened(packed[0]) == first


def test_several_threads_may_look(documents: list[Document]) -> None:
    books = Shelf(most=1)
    packed = [books.put(document) for document in documents]
    wrong: list[str] = []

    def look() -> None:
        for _ in range(20):
            wrong.extend(d.path for d, other in zip(documents, packed, strict=True) if other.text != d.text)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_what_is_no_document_is_refused(documents: list[Document]) -> None:
    data = shelf.packed_of(documents[0])
    for broken in (data[:-9], data[:1], b"", b"\x00" + data):
        with pytest.raises(stored.StoredError):
            Shelf().take(broken)
    assert shelf.opened(Shelf().take(stored.pack(documents[0]))) == documents[0]


def test_exporters_make_the_same_of_large_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "cache"))
    plain = _made(tmp_path / "plain")
    monkeypatch.setattr(shelf, "WORTH", 0)
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (1,))
    opened: list[int] = []
    take = Shelf.opened

    def noted(self: Shelf, packed: Packed) -> Document:
        opened.append(packed.size)
        return take(self, packed)

    monkeypatch.setattr(Shelf, "opened", noted)
    assert _made(tmp_path / "large") == plain
    assert opened
    assert _made(tmp_path / "kept", remember=True) == plain
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")
    later = _made(tmp_path / "kept", remember=True)
    monkeypatch.setattr(shelf, "WORTH", 1 << 40)
    assert _made(tmp_path / "plain") == later


def test_large_notes_that_did_not_change_are_opened_only_where_somebody_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(shelf, "WORTH", 0)
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(5):
        (notes / f"{number}.org").write_text(f"- term {number} :: a thing\n\nSee [[file:0.org]].\n", encoding="utf-8")
    inputs = find_inputs([notes])
    config, sources = Config(), sources_of(inputs)
    with caches.opened("here") as cache:
        first, *_ = reading.read_graph(inputs, config, sources=sources, cache=cache)
        texts = [document.text for document in first.documents]
    opened: list[int] = []
    take = Shelf.opened

    def noted(self: Shelf, packed: Packed) -> Document:
        opened.append(packed.size)
        return take(self, packed)

    monkeypatch.setattr(Shelf, "opened", noted)
    with caches.opened("here") as cache:
        graph, *_ = reading.read_graph(inputs, config, sources=sources, cache=cache, lazily=True)
        assert (graph.concepts, graph.relations) == (first.concepts, first.relations)
        assert graph.links.diagnostics() == []
        assert opened == []
        assert graph.documents[0].text == texts[0]
        assert len(opened) == 1
    # The cache is closed: the notes themselves are read again.
    assert [document.text for document in graph.documents] == texts
    (notes / "4.org").write_text("other text\n", encoding="utf-8")
    with caches.opened("here") as cache:
        graph, *_ = reading.read_graph(inputs, config, sources=sources, cache=cache, lazily=True)
    with pytest.raises(OrgkbError, match=r"4\.org was changed"):
        _ = graph.documents[4].text


def test_what_is_at_hand_is_kept_without_the_rest(documents: list[Document]) -> None:
    for document in documents:
        data = shelf.packed_of(document)
        kept = Shelf().remembered(shelf.outline_of(document), lambda data=data: data)  # type: ignore[misc]
        assert _fields(kept) == _fields(document)
        assert shelf.outline_of(kept) == shelf.outline_of(document)
        assert stored.document(shelf.unpacked(shelf.packed_of(kept))) == document
    with pytest.raises(stored.StoredError):
        Shelf().remembered(b"\x00", bytes)
