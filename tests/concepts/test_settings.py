"""What the writer of the notes says in orgkb.toml wins over the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb import config
from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import AliasKind
from orgkb.concepts.settings import ConceptSettings
from orgkb.errors import ConfigError
from tests.concepts.build_from import concept, document
from tests.concepts.test_senses import KUBERNETES, SWARM

NOTES = "- pod :: group of containers\n- hutch :: the same in our office\n- junk - not a real term\n\nThe junk hutch.\n"


def made(settings: ConceptSettings, text: str = NOTES) -> ConceptGraph:
    return build([document(text)], settings=settings)


def test_what_is_never_a_concept_is_gone_with_its_mentions() -> None:
    found = made(ConceptSettings(never=["Junk"]))
    assert "junk" not in {c.name for c in found.concepts}
    assert all(m.text != "junk" for m in found.mentions)


def test_aliases_join_concepts_and_name_them() -> None:
    found = made(ConceptSettings(aliases={"Pod": ["hutch", "capsule"]}), NOTES + "A capsule.\n")
    pod = concept(found, "Pod")
    assert pod.name == "Pod"
    assert {a.surface: a.kind for a in pod.aliases}["capsule"] is AliasKind.USER
    assert len(pod.definitions) == 2
    assert [m.text for m in found.mentions_of(pod.id) if m.context == "prose"] == ["hutch", "capsule"]


def test_cyclic_aliases_only_say_that_all_are_one() -> None:
    found = made(ConceptSettings(aliases={"pod": ["hutch"], "hutch": ["junk"], "junk": ["pod"]}))
    assert len(found.concepts) == 1


def test_senses_can_be_joined() -> None:
    assert len(made(ConceptSettings(), SWARM + KUBERNETES).concepts) == 2
    assert len(made(ConceptSettings(one_sense=["services"]), SWARM + KUBERNETES).concepts) == 1


def test_rules_can_be_switched_off_and_unknown_ones_are_refused() -> None:
    assert "junk" not in {c.name for c in made(ConceptSettings(rules={"dash-item": False})).concepts}
    with pytest.raises(ConfigError, match=r"unknown rule 'dash-itme'; known: acronym"):
        made(ConceptSettings(rules={"dash-itme": False}))


def test_the_threshold_keeps_or_drops_what_is_doubtful() -> None:
    text = "All *init containers* ran.\n"
    assert len(made(ConceptSettings(threshold=0.1), text).concepts) == 1
    assert made(ConceptSettings(threshold=0.9), text).concepts == ()


def test_the_table_of_the_configuration_file_is_read_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "orgkb.toml"
    file.write_text('[concepts]\nnever = ["junk"]\nthreshold = 0.5\n[concepts.aliases]\npod = ["hutch"]\n')
    read = config.load(file).concepts
    assert (read.never, read.threshold, read.aliases) == (["junk"], 0.5, {"pod": ["hutch"]})
    file.write_text("[concepts]\nalias = 1\n")
    with pytest.raises(ConfigError, match="unknown key 'alias'"):
        config.load(file)
    file.write_text("[concepts]\nthreshold = 2\n")
    with pytest.raises(ConfigError, match="threshold"):
        config.load(file)
