"""What rules find in sections that are as they were is what they find there anew, wherever these stand now."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from orgkb.concepts import candidates, relations
from orgkb.concepts.blocks import Reading, read_blocks
from orgkb.concepts.build import draft_of
from orgkb.concepts.candidates import RULES, candidates_of
from orgkb.concepts.candidates.model import Candidate, FileCandidates, Rule
from orgkb.concepts.findings import FileFindings, find
from orgkb.concepts.model import Relation
from orgkb.concepts.parts import Part, Parts
from orgkb.concepts.relations.model import Context, RelationRule
from orgkb.concepts.relinking import state_of
from orgkb.concepts.scanning import scan_reading
from orgkb.org.literals import set_literals
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from tests.shared import SAMPLE, SHARED

NOTES = [
    *sorted(SAMPLE.glob("*.org")),
    *(sorted([*SHARED.glob("seed/*.org"), *SHARED.glob("corpus/notes/*.org")])[:12] if SHARED else ()),
]
LINES = (
    "A pod is the smallest unit that a kubelet runs, for example Envoy.",
    "- *Kubelet* - an agent (side-car) on each node, also known as node agent",
    "- node :: a machine",
    "* Installing Docker",
    "** Сети и тома",
    "#+begin_src sh\nkubefoo get pods --all | less\n#+end_src",
    "- REPOSITORY - where it is from",
    "The repository is a store.",
    "",
)


class Memory:
    """Remembers what is asked of it, and counts what it knew."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, bytes], bytes] = {}
        self.found = 0

    def get(self, step: str, source: bytes) -> bytes | None:
        """What is known."""
        data = self.known.get((step, source))
        self.found += data is not None
        return data

    def put(self, step: str, source: bytes, data: bytes) -> None:
        """Know it."""
        self.known[step, source] = data


def _reading(text: str) -> Reading:
    return read_blocks(set_literals(prepare(parse(text, "a.org"))))


def _remembered(reading: Reading, memory: Memory) -> FileCandidates:
    return candidates_of(reading, Parts(reading, memory))


def _found(reading: Reading, memory: Memory | None) -> FileFindings:
    """What both rounds find."""
    parts = Parts(reading, memory) if memory is not None else None
    draft = draft_of([reading.document], [scan_reading(reading, parts)])
    state = msgspec.msgpack.encode(state_of(draft.shared))
    return find(reading.document, draft.scans[0], draft.shared, draft.places[0], reading, parts, state)


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_in_an_edited_note_is_found_what_is_found_in_a_new_one(path: Path) -> None:
    chance = random.Random(path.name)
    lines = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[:1500]
    memory = Memory()
    assert _found(_reading("\n".join(lines)), memory) == _found(_reading("\n".join(lines)), None)
    for _ in range(4):
        at = chance.randrange(len(lines) + 1)
        match chance.randrange(4):
            case 0:
                lines.insert(at, chance.choice(LINES))
            case 1:
                lines[at : at + 1] = []
            case _:
                lines[at : at + 1] = [f"{' '.join(lines[at : at + 1])} and more"]
        text = "\n".join(lines)
        assert _found(_reading(text), memory) == _found(_reading(text), None)
        reading = _reading(text)
        assert _remembered(reading, memory) == candidates_of(reading)


def test_only_sections_that_changed_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"* Topic {n}\n- *thing{n}* - a machine of number {n}\n\n" for n in range(9))
    memory = Memory()
    _remembered(_reading(text), memory)
    looked_at: list[int] = []
    rule = RULES[[rule.name for rule in RULES].index("bold-dash")]

    def noted(reading: Reading, confidence: float) -> Iterator[Candidate]:
        assert isinstance(reading, Part)
        looked_at.extend(block.headline for block in reading.blocks)
        return rule.find(reading, confidence)

    edited = text.replace("number 5", "number five").replace("* Topic 1\n", "* Topic 1\n\n\n")
    expected = candidates_of(_reading(edited))
    noting = tuple(type(r)(r.name, r.confidence, noted) if r is rule else r for r in RULES)
    monkeypatch.setattr(candidates, "RULES", noting)

    assert _remembered(_reading(edited), memory) == expected
    assert set(looked_at) == {1, 5}


def test_what_depends_on_other_sections_is_not_remembered() -> None:
    text = "* One\n- REPOSITORY - where it is from\n* Two\nThe thing is a store.\n* Three\nText.\n"
    memory = Memory()
    before = _remembered(_reading(text), memory)
    edited = _reading(text.replace("The thing", "The repository"))

    assert _remembered(edited, memory) == candidates_of(edited) != before


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.whole], ids=lambda rule: rule.name)
def test_rules_by_section_find_only_in_their_section(rule: Rule) -> None:
    for path in NOTES[:3]:
        reading = _reading(path.read_text(encoding="utf-8", errors="replace"))
        for found in rule.find(reading, rule.confidence):
            below = reading.document.headlines[found.headline + 1 : found.headline + 2]
            begin = reading.document.headlines[found.headline].begin if found.headline >= 0 else 0
            assert begin <= found.begin <= (below[0].begin if below else len(reading.document.text))


def test_relations_of_sections_that_did_not_change_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"* Topic {n}\n- *thing{n}* - a machine that runs thing{(n + 1) % 9} at night\n\n" for n in range(9))
    memory = Memory()
    first = _found(_reading(text), memory)
    looked_at: list[int] = []

    def noting(rule: RelationRule) -> RelationRule:
        def noted(context: Context, confidence: float) -> Iterator[Relation]:
            looked_at.extend(block.headline for block in context.reading.blocks)
            return rule.find(context, confidence)

        return RelationRule(rule.name, rule.confidence, noted)

    monkeypatch.setattr("orgkb.concepts.findings.RULES", tuple(map(noting, relations.RULES)))
    edited = _reading(text.replace("* Topic 1\n", "* Topic 1\n\n\n").replace("thing6 at night", "thing6 at noon"))
    again = _found(edited, memory)

    assert {*looked_at} == {1, 5}
    assert [(r.source, r.label, r.target) for r in again.relations] == [
        (r.source, r.label, r.target) for r in first.relations
    ]
    assert again.relations[-1].span.line == first.relations[-1].span.line + 2
