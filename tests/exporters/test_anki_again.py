"""After an edit the cards of other sections are taken as they were, wherever these stand now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from orgkb import cache as caches
from orgkb import pieces as stored_pieces
from orgkb import pipeline, shelf
from orgkb.org.reader import parse
from orgkb.org.shape import shape
from orgkb.pieces import Pieces
from orgkb_exporters.anki import cards, codes, commands, lists, source

FIRST = """#+TITLE: Clusters
* Pods
- *pod* - smallest unit that a cluster schedules onto a node
- *node* - machine of the cluster that runs pods and is managed by it
Types of volumes:
- ephemeral volume
- persistent volume
- projected volume
* Commands
- =kubectl get pods --all-namespaces= - list the pods of all namespaces
- =kubectl login --password=hunter22abc= - log in to the cluster as admin
Create a list of squares:
#+begin_src python
squares = [x * x for x in range(10)]
#+end_src
* Prose
Nothing to ask for stands here.
"""


class Counted:
    """Counts what is judged anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        for module, name in ((commands, "_goal"), (lists, "_fault"), (codes, "_draft")):
            self._note(monkeypatch, module, name)
        self._note(monkeypatch, cards.TermCards, "_made")

    def _note(self, monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
        real = getattr(where, name)

        def noted(*args: object, **kwargs: object) -> object:
            self.seen.append(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(where, name, noted)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("Nothing to ask", "Really nothing to ask", set()),
        ("* Pods\n", "Some prose above.\n\n* Pods\n", set()),
        ("- projected", "\n- projected", {"_fault"}),
        ("ephemeral volume", "projected disk", {"_fault"}),
        ("of all namespaces", "of every namespace", {"_goal", "_draft"}),
        ("smallest unit", "smallest object", {"_made", "_fault"}),
        ("* Commands", "* Useful commands", {"_goal", "_draft"}),
        ("#+TITLE: Clusters", "#+TITLE: Machines", {"_goal", "_fault", "_draft", "_made"}),
    ],
)
def test_only_the_section_that_changed_is_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, again: set[str]
) -> None:
    notes, note = tmp_path / "notes", tmp_path / "notes" / "a.org"
    notes.mkdir()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    note.write_text(FIRST, encoding="utf-8")
    counted = Counted(monkeypatch)
    pipeline.run([notes], tmp_path / "warm", ["anki"], remember=True)
    assert set(counted.seen) == {"_goal", "_fault", "_draft", "_made"}

    counted.seen.clear()
    pipeline.run([notes], tmp_path / "cold", ["anki"])
    assert FIRST.count(old) == 1
    note.write_text(FIRST.replace(old, new), encoding="utf-8")
    told = pipeline.run([notes], tmp_path / "cold", ["anki"])
    counted.seen.clear()
    warm = pipeline.run([notes], tmp_path / "warm", ["anki"], remember=True)

    assert set(counted.seen) == again
    assert warm.diagnostics == told.diagnostics
    assert any(d.code == "card-secret" for d in warm.diagnostics)
    for path in (tmp_path / "cold" / "anki").iterdir():
        assert (tmp_path / "warm" / "anki" / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(("whole", "again"), [(50_000, 1), (10, 0)])
def test_a_note_of_many_that_is_as_it_was_is_not_judged_again_nor_is_another_section_of_a_long_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int, again: int
) -> None:
    monkeypatch.setattr(source, "_WHOLE", whole)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(shelf, "WORTH", 0)  # as where there are megabytes of them
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.org").write_text(FIRST, encoding="utf-8")
    other = FIRST.replace("Clusters", "Farms").replace("pod*", "pen*").replace("squares", "cubes")
    (notes / "b.org").write_text(other, encoding="utf-8")
    counted = Counted(monkeypatch)
    pipeline.run([notes], tmp_path / "warm", ["anki"], remember=True)
    lists_of_both = counted.seen.count("_fault")
    pipeline.run([notes], tmp_path / "cold", ["anki"])

    (notes / "b.org").write_text(other.replace("Nothing to ask", "Really nothing to ask"), encoding="utf-8")
    counted.seen.clear()
    warm = pipeline.run([notes], tmp_path / "warm", ["anki"], remember=True)
    assert counted.seen.count("_fault") == again * lists_of_both // 2
    assert lists_of_both
    told = pipeline.run([notes], tmp_path / "cold", ["anki"])
    assert warm.diagnostics == told.diagnostics
    found = {path.name: path.read_bytes() for path in (tmp_path / "cold" / "anki").glob("*.apkg")}
    assert {path.name: path.read_bytes() for path in (tmp_path / "warm" / "anki").glob("*.apkg")} == found


def test_a_shape_tells_all_but_the_place() -> None:
    def section(text: str, index: int = 0) -> bytes:
        headline = parse(text, "a.org").headlines[index]
        return shape(headline.children, headline.begin)

    assert section("* a\n- *b* - c [[d]]\n") == section("prose\n* a\n- *b* - c [[d]]\n")
    assert section("* a\n- *b* - c [[d]]\n") == section("* x\n* a\n- *b* - c [[d]]\n", 1)
    shapes = ["- b\n", "- b\n\n", "\n- b\n", "- *b*\n", "- b\n- b\n", "1. b\n", '- ["Text",1,2]\n', '- ["Text",3,4]\n']
    assert len({section(f"* a\n{text}p\n") for text in shapes}) == len(shapes)


def test_pieces_are_sealed_and_those_of_the_last_build_are_kept(tmp_path: Path) -> None:
    made: list[bytes] = []

    def build(*sources: bytes) -> list[bytes]:
        with caches.Cache(tmp_path / "c.sqlite") as cache:
            pieces = Pieces(cache, "v1")

            def make(source: bytes) -> bytes:
                made.append(source)
                return b"made of " + source

            found = [pieces.piece("step", source, partial(make, source)) for source in sources]
            pieces.save()
        return found

    assert build(b"salt", b"pepper") == [b"made of salt", b"made of pepper"]
    assert build(b"pepper") == [b"made of pepper"]
    assert build(b"salt", b"pepper") == [b"made of salt", b"made of pepper"]
    assert made == [b"salt", b"pepper", b"salt"]
    with caches.Cache(tmp_path / "c.sqlite") as cache:
        kept = cache.get(b"pieces of an exporter", "pieces v1")
    assert kept is not None
    assert len(msgspec.msgpack.decode(kept)[0]) == 2
    assert b"made" not in kept
    assert b"salt" not in kept


def test_many_pieces_lie_in_several_records_and_all_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_pieces, "_LARGE", 500)
    sources = [str(number).encode() for number in range(100)]

    def build(wanted: list[bytes], make: Callable[[bytes], bytes]) -> list[bytes]:
        with caches.Cache(tmp_path / "c.sqlite") as cache:
            pieces = Pieces(cache, "v1")
            found = [pieces.piece("step", source, partial(make, source)) for source in wanted]
            pieces.save()
        return found

    def refused(source: bytes) -> bytes:
        raise AssertionError(source)

    made = build(sources, lambda source: source * 9)
    assert build(sources, refused) == made
    # Fewer records than before: what the old ones held is not taken for what the last build made.
    assert build(sources[:3], refused) == made[:3]
    with pytest.raises(AssertionError):
        build(sources, refused)


def test_what_a_first_build_made_before_it_was_stopped_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_pieces, "_LARGE", 500)
    made: list[bytes] = []

    def make(source: bytes) -> bytes:
        made.append(source)
        return source * 9

    sources = [str(number).encode() for number in range(100, 200)]
    for wanted in (sources[:50], sources):
        with caches.Cache(tmp_path / "c.sqlite") as cache:
            pieces = Pieces(cache, "v1")
            assert [pieces.piece("step", source, partial(make, source)) for source in wanted] == [
                source * 9 for source in wanted
            ]
            if wanted is sources:
                pieces.save()

    assert len(made) < len(sources) + 50
    made.clear()
    with caches.Cache(tmp_path / "c.sqlite") as cache:
        pieces = Pieces(cache, "v1")
        assert all(pieces.piece("step", source, partial(make, source)) for source in sources)
    assert made == []
