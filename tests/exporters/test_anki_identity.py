"""Notes keep their identity over edits; builds have the same bytes; ledgers survive."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb_exporters.anki import LEDGER_PATH, file_name
from orgkb_exporters.anki.identity import Key, file_key, relative_path
from orgkb_exporters.anki.ledger import Ledger, UnreadableLedger
from orgkb_exporters.anki.note_types import NOTE_TYPES, read_template
from orgkb_exporters.anki.package import PackedNote, deck_id, read_package
from orgkb_exporters.anki.packing import Package
from orgkb_exporters.anki.place import deck_part, tag_part
from tests.exporters.anki_notes import Bench, Note, document, graph

POD = Note("pod", "group of containers that share storage and a network address")
NODE = Note("node", "machine on which the pods of a cluster are started")
IMAGE = Note("image", "read-only template from which containers are started")


def guids(package: bytes) -> dict[str, str]:
    """GUIDs by the ID field."""
    return {note.fields[0]: note.guid for note in read_package(package).notes.values()}


def fresh(*notes: Note, path: str = "docker.org") -> dict[str, str]:
    return guids(Bench().build(graph({path: notes})))


# --- GUIDs ---


def test_the_guid_of_a_key_never_changes() -> None:
    assert Key("docker", "term", "pod").guid() == "RMTKnIft5M0l"


def test_guids_do_not_depend_on_lines_headings_order_or_wording() -> None:
    before = fresh(POD, NODE)
    assert fresh(msgspec.structs.replace(POD, line=70), NODE) == before
    assert fresh(msgspec.structs.replace(POD, heading="Renamed"), NODE) == before
    assert fresh(NODE, POD) == before
    assert fresh(Note("Pod", "something else that is started on a node"), NODE) == before


def test_a_heading_that_is_the_note_gives_it_its_id() -> None:
    note = Note("pod", POD.text, heading="pod")
    bench = Bench()
    package = bench.build(graph({"a.org": [note]}, properties={"pod": (("ID", "77-88"),)}))
    assert list(guids(package)) == ["a/id:77-88"]


def test_the_same_term_in_two_files_is_two_notes() -> None:
    other = Note("pod", "a school of whales that swim together in the sea")
    assert len(set(guids(Bench().build(graph({"a.org": [POD], "b.org": [other]}))).values())) == 2


def test_a_file_can_name_its_own_key() -> None:
    root = Path("/notes")
    assert file_key(document("/notes/a/b.org", {}, {}), root) == "a/b"
    assert file_key(document("/notes/a/b.org", {}, {"ORGKB_KEY": "mine"}), root) == "mine"
    assert relative_path(document("/elsewhere/b.org", {}, {}), root) == "b.org"


def test_a_new_sense_does_not_take_over_an_old_one() -> None:
    bench = Bench()
    first = Note("container", "standard unit of software that holds an application", "Docker")
    last = Note("container", "process isolated by namespaces and limited by cgroups", "Linux")
    new = Note("container", "large metal box that travels on ships and trains", "Ports")
    before = guids(bench.build(graph({"a.org": [first, last]})))
    after = read_package(bench.build(graph({"a.org": [new, first, last]}))).notes
    kept = {note.fields[2]: note.guid for note in after.values()}
    assert kept[first.text] == before["a/container"]
    assert kept[last.text] == before["a/container#2"]
    assert kept[new.text] not in before.values()


def test_a_reworded_sense_stays_the_same_note() -> None:
    bench = Bench()
    one = Note("container", "standard unit of software that holds an application", "Docker")
    two = Note("container", "process isolated by namespaces and limited by cgroups", "Linux")
    before = guids(bench.build(graph({"a.org": [one, two]})))
    reworded = Note("container", "process that is isolated by namespaces and limited by cgroups", "Linux")
    after = read_package(bench.build(graph({"a.org": [reworded]}))).notes
    live = [note for note in after.values() if "orgkb::removed" not in note.tags]
    assert [note.guid for note in live] == [before["a/container#2"]]


def test_a_term_with_the_name_of_a_renamed_one_is_a_new_note() -> None:
    bench = Bench()
    old = guids(bench.build(graph({"a.org": [POD, NODE]})))["a/pod"]
    bench.build(graph({"a.org": [Note("capsule", POD.text), NODE]}))
    other = Note("pod", "a school of whales that swim together in the sea")
    after = guids(bench.build(graph({"a.org": [Note("capsule", POD.text), NODE, other]})))
    assert after["a/capsule"] == old
    assert len(set(after.values())) == 3


# --- times, ledger ---


def test_only_changed_notes_get_a_new_time() -> None:
    bench = Bench()
    first = read_package(bench.build(graph({"a.org": [POD, NODE]}))).notes
    second = read_package(
        bench.build(graph({"a.org": [POD, Note("node", "machine on which pods are run today")]}))
    ).notes
    moved = {note.fields[0] for guid, note in second.items() if note.modified != first[guid].modified}
    assert moved == {"a/node"}


def test_a_clock_that_goes_back_still_makes_changes_newer() -> None:
    bench = Bench()
    (first,) = read_package(bench.build(graph({"a.org": [POD]}))).notes.values()
    bench.clock -= 100_000
    (second,) = read_package(bench.build(graph({"a.org": [Note("pod", POD.text + " too")]}))).notes.values()
    assert second.modified == first.modified + 1


def test_without_a_ledger_all_notes_keep_their_guids() -> None:
    bench = Bench()
    before = guids(bench.build(graph({"a.org": [POD, NODE]})))
    bench.written.clear()
    assert guids(bench.build(graph({"a.org": [POD, NODE]}))) == before


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 99}', b"\xff\xfe", b'{"notes":[{"kind":"x"}]}'])
def test_a_broken_ledger_is_reported_and_costs_no_card(data: bytes) -> None:
    with pytest.raises(UnreadableLedger):
        Ledger.load(data)
    bench = Bench()
    bench.written[LEDGER_PATH] = data
    assert len(read_package(bench.build(graph({"a.org": [POD]}))).notes) == 1
    assert [d.code for d in bench.reports] == ["anki-ledger"]


def test_the_ledger_reads_back_as_it_was_written() -> None:
    bench = Bench()
    bench.build(graph({"b.org": [POD], "a.org": [NODE]}))
    bench.build(graph({"b.org": [POD, IMAGE], "a.org": [IMAGE]}))
    data = bench.written[LEDGER_PATH]
    assert Ledger.load(data).dump() == data
    assert [entry.file for entry in Ledger.load(data).notes] == sorted(entry.file for entry in Ledger.load(data).notes)


# --- removed notes ---


def test_a_file_that_is_not_in_the_build_loses_nothing() -> None:
    bench = Bench()
    bench.build(graph({"a.org": [POD], "b.org": [NODE]}))
    package = bench.build(graph({"a.org": [POD]}))
    assert list(guids(package)) == ["a/pod"]
    again = guids(bench.build(graph({"a.org": [POD], "b.org": [NODE]})))
    assert again == guids(Bench().build(graph({"a.org": [POD], "b.org": [NODE]})))


def test_a_file_with_errors_or_without_cards_makes_no_tombstones() -> None:
    error = Diagnostic(Severity.ERROR, "broken", "cannot be read", Location("a.org", 3))
    bench = Bench()
    bench.build(graph({"a.org": [POD, NODE]}))
    package = bench.build(graph({"a.org": [POD]}, diagnostics=[error]))
    assert list(guids(package)) == ["a/pod"]
    bench = Bench()
    bench.build(graph({"a.org": [POD], "b.org": [NODE]}))
    package = bench.build(graph({"a.org": [Note("pod", "")], "b.org": [NODE]}))
    assert list(guids(package)) == ["b/node"]


def test_tombstones_can_be_switched_off() -> None:
    bench = Bench(tombstones=False)
    bench.build(graph({"a.org": [POD, NODE]}))
    assert list(guids(bench.build(graph({"a.org": [POD]})))) == ["a/pod"]


# --- bytes ---

SCRIPT = """
import hashlib
from tests.exporters.anki_notes import Bench, Note, graph
bench = Bench()
notes = [Note(f"term {i}", f"thing number {i} that is used for tests", aliases=(f"t{i}", f"tt{i}")) for i in range(30)]
links = [(f"term {i}", "uses", f"term-{i + 1}") for i in range(29)]
files = graph({"a.org": notes[:20], "b.org": notes[20:]}, relations=[(a.replace(" ", "-"), r, b) for a, r, b in links])
print(hashlib.sha256(bench.build(files)).hexdigest(), hashlib.sha256(bench.written["anki/orgkb.anki.json"]).hexdigest())
"""


def test_bytes_are_the_same_for_every_hash_seed() -> None:
    root = Path(__file__).resolve().parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join((str(root), str(root / "exporters"))),
            },
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_two_notes_with_one_guid_are_refused() -> None:
    note = PackedNote("term", "same", 8, 1, "Deck", ("",) * len(NOTE_TYPES["term"].fields), (), 1)
    with pytest.raises(ValueError, match="GUID"):
        Package([note, msgspec.structs.replace(note, id=16)], {"term": 1})


def test_what_is_no_package_holds_no_notes() -> None:
    assert read_package(b"").notes == {}
    assert read_package(b"PK\x05\x06" + bytes(18)).notes == {}


def test_nothing_defined_makes_no_files() -> None:
    bench = Bench()
    assert bench.build(graph({"a.org": []})) == b""
    assert bench.written == {}


# --- frozen schema ---


def test_the_schema_of_the_note_types_is_frozen() -> None:
    tail = "Context Extra Related Map Source Link Spare1 Spare2 Mine"
    assert {
        kind: (t.name, t.id, " ".join(t.fields), t.sort, len(t.templates), t.cloze) for kind, t in NOTE_TYPES.items()
    } == {
        "term": (
            "orgkb Term",
            1_728_000_001_000,
            f"ID Term Definition Masked Prompt ReversePrompt ReverseContext {tail}",
            1,
            2,
            False,
        ),
        "command": (
            "orgkb Command",
            1_728_000_002_000,
            f"ID Command Does Prompt ReversePrompt ReverseContext Both {tail}",
            1,
            2,
            False,
        ),
        "cloze": ("orgkb Cloze", 1_728_000_003_000, f"ID Title Text {tail}", 1, 1, True),
        "list": ("orgkb List", 1_728_000_004_000, f"ID Title Text {tail}", 1, 1, True),
        "code": ("orgkb Code", 1_728_000_005_000, f"ID Question Answer {tail}", 1, 1, False),
    }


def luminance(colour: str) -> float:
    """WCAG 2: relative luminance of `#rrggbb`."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_can_be_read_in_light_and_dark() -> None:
    style = read_template("style.css")
    themes = [dict(re.findall(r"--(\w+): (#\w{6});", rule)) for rule in style.split("}") if "--paper: #" in rule]
    assert len(themes) == 2
    for theme in themes:
        assert theme.keys() == themes[0].keys()
        for ground in ("paper", "block"):
            for name in theme.keys() - {"paper", "block", "line"}:
                bright, dark = sorted((luminance(theme[name]), luminance(theme[ground])), reverse=True)
                assert (bright + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


# --- names ---


@pytest.mark.parametrize(
    ("title", "deck"),
    [("Docker::K8s", "Docker:K8s"), ('a "b"', "a b"), ("::", ""), ("  x\n y ", "x y"), ("a:::b:", "a:b")],
)
def test_deck_names_have_no_levels_of_their_own(title: str, deck: str) -> None:
    assert deck_part(title) == deck


@pytest.mark.parametrize(
    ("title", "tag"),
    [("use cases:", "use_cases"), ("C++ & C#", "C++_C#"), ("сеть", "сеть"), ("::", ""), ("x" * 99, "x" * 60)],
)
def test_headings_make_tags_without_spaces(title: str, tag: str) -> None:
    assert tag_part(title) == tag


def test_deck_ids_come_from_names_and_are_never_the_default_deck() -> None:
    assert deck_id("a") == deck_id("a") != deck_id("b")
    assert deck_id("a") > 1


@pytest.mark.parametrize(
    ("title", "name"), [("My notes", "My-notes"), ("../x", "x"), ("Заметки", "Заметки"), ("//", "orgkb")]
)
def test_the_package_is_named_after_the_title(title: str, name: str) -> None:
    assert file_name(title) == name


def test_headings_make_decks_where_that_is_wished() -> None:
    notes = graph({"docker.org": [Note("pod", POD.text, "Objects: all::of them")]})
    (note,) = read_package(Bench(deck_depth=1).build(notes)).notes.values()
    assert note.deck == "Containers::docker::Objects: all:of them"
