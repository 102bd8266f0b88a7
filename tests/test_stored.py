"""Documents and finds come back from bytes as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb import pipeline, stored
from orgkb.concepts.build import draft_of, scan
from orgkb.concepts.findings import find
from orgkb.config import Config
from orgkb.inputs import find_inputs
from orgkb.org.reader import parse
from orgkb.org.walk import walk_document
from tests.shared import SHARED, needs_shared

SAMPLE = Path(__file__).parent.parent / "input"


def _comes_back(folder: Path) -> int:
    documents, _ = pipeline.read_documents(find_inputs([folder]), Config())
    scans = [scan(document) for document in documents]
    draft = draft_of(documents, scans)
    for document, scanned, places in zip(draft.documents, draft.scans, draft.places, strict=True):
        assert stored.document(stored.pack(document)) == document
        assert stored.scan(stored.pack(scanned)) == scanned
        found = find(document, scanned, draft.shared, places)
        assert stored.findings(stored.pack(found)) == found
    return len({node.type for document in documents for node in walk_document(document)})


def test_every_kind_of_node_comes_back() -> None:
    assert _comes_back(SAMPLE) > 40


@needs_shared
def test_the_notes_of_a_real_user_come_back() -> None:
    assert SHARED is not None
    assert _comes_back(SHARED / "seed") > 5


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xc1" * 20, b"[]", b"\x81\xa4path\x01"])
def test_other_bytes_are_refused(data: bytes) -> None:
    for read in (stored.document, stored.scan, stored.findings):
        with pytest.raises(stored.StoredError):
            read(data)


def test_a_cut_document_is_refused() -> None:
    data = stored.pack(parse("* a\n- b :: c\n", "a.org"))
    for end in range(len(data)):
        with pytest.raises(stored.StoredError):
            stored.document(data[:end])
