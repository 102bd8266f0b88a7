"""What the writer of the notes says in orgkb.toml wins over the rules."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from orgkb import cli, config
from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.json_format import graph_json
from orgkb.concepts.model import AliasKind
from orgkb.concepts.settings import ConceptSettings, RelationDecisions, Thresholds
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
    def senses(settings: ConceptSettings) -> int:
        return sum(c.name == "service" for c in made(settings, SWARM + KUBERNETES).concepts)

    assert senses(ConceptSettings()) == 2
    assert senses(ConceptSettings(one_sense=["services"])) == 1


def test_rules_can_be_switched_off_and_unknown_ones_are_refused() -> None:
    assert "junk" not in {c.name for c in made(ConceptSettings(rules={"dash-item": False})).concepts}
    with pytest.raises(ConfigError, match=r"unknown rule 'dash-itme' .did you mean 'dash-item'..; known: acronym"):
        made(ConceptSettings(rules={"dash-itme": False}))


def test_the_threshold_keeps_or_drops_what_is_doubtful() -> None:
    text = "All *init containers* ran.\n"
    assert len(made(ConceptSettings(thresholds=Thresholds(index=0.1)), text).concepts) == 1
    assert made(ConceptSettings(thresholds=Thresholds(index=0.9)), text).concepts == ()


def test_the_table_of_the_configuration_file_is_read_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "orgkb.toml"
    file.write_text(
        '[concepts]\nnever = ["junk"]\n[concepts.thresholds]\nindex = 0.5\n[concepts.aliases]\npod = ["hutch"]\n'
    )
    read = config.load(file).concepts
    assert (read.never, read.thresholds.index, read.aliases) == (["junk"], 0.5, {"pod": ["hutch"]})
    file.write_text("[concepts]\nalias = 1\n")
    with pytest.raises(ConfigError, match="unknown key 'alias'"):
        config.load(file)
    file.write_text("[concepts.thresholds]\nindex = 2\n")
    with pytest.raises(ConfigError, match=r"concepts\.thresholds\.index"):
        config.load(file)


# --- what the notes do not find themselves ---


def warnings(found: ConceptGraph) -> list[str]:
    return [d.message for d in found.diagnostics if d.code == "settings"]


def test_a_name_that_no_rule_finds_becomes_a_concept_where_the_notes_first_have_it() -> None:
    found = made(ConceptSettings(always=["side car"]), "Text.\n\nA proxy runs in a sidecar beside the app; sidecars.\n")
    sidecar = concept(found, "side car")
    assert (sidecar.span.line, sidecar.span.column, sidecar.rules, sidecar.confidence) == (3, 19, ("config",), 1.0)
    assert [m.text for m in found.mentions_of(sidecar.id)] == ["sidecar", "sidecars"]


def test_what_is_always_a_concept_is_kept_however_doubtful() -> None:
    text = "All *init containers* ran.\n"
    assert made(ConceptSettings(thresholds=Thresholds(index=0.9)), text).dropped[0].name == "init containers"
    kept = made(ConceptSettings(thresholds=Thresholds(index=0.9), always=["init container"]), text)
    assert (kept.concepts[0].confidence, kept.dropped) == (1.0, ())


def test_what_is_dropped_is_told_with_its_evidence() -> None:
    (dropped,) = made(ConceptSettings(thresholds=Thresholds(index=0.9)), "All *side wagons* ran.\n").dropped
    (evidence,) = dropped.evidence
    assert (evidence.rule, evidence.span.line, evidence.span.column) == ("bold", 1, 6)


# --- names ---

LOOKS_ALIKE = "- dockerfile :: build recipe\n\nA dockerfile, a dockerfile; a dokerfile.\n"


def test_a_spelling_that_is_kept_apart_is_no_misspelling() -> None:
    assert "dokerfile" in concept(made(ConceptSettings(), LOOKS_ALIKE), "dockerfile").surfaces
    found = made(ConceptSettings(apart={"dockerfile": ["dokerfile"]}), LOOKS_ALIKE)
    assert "dokerfile" not in concept(found, "dockerfile").surfaces
    assert all(m.text != "dokerfile" for m in found.mentions)


def test_names_that_stay_apart_are_not_joined_by_a_third() -> None:
    text = "- Container Runtime Interface (CRI) :: protocol\n- CRI (Common Rail Injection) :: fuel system\n"
    apart = {"Container Runtime Interface": ["Common Rail Injection"]}
    found = made(ConceptSettings(apart=apart), text)
    assert len({concept(found, n).id for n in ("Container Runtime Interface", "Common Rail Injection")}) == 2


def test_translations_can_be_kept_apart() -> None:
    text = "- container :: isolated process\n\nКонтейнер запущен, контейнеры тоже.\n"
    assert any(m.text == "Контейнер" for m in made(ConceptSettings(), text).mentions)
    found = made(ConceptSettings(apart={"container": ["контейнер"]}), text)
    assert not any(m.text == "Контейнер" for m in found.mentions)


def test_languages_that_the_notes_are_not_in_give_no_other_names() -> None:
    text = "- container :: isolated process\n\nКонтейнер запущен.\n"
    for languages in (("en",), ("ru",)):
        found = made(msgspec.convert({"languages": languages}, ConceptSettings), text)
        assert not any(m.text == "Контейнер" for m in found.mentions), languages


def test_an_alias_that_two_concepts_claim_goes_to_the_first_and_is_told() -> None:
    found = made(ConceptSettings(aliases={"pod": ["capsule"], "hutch": ["capsule"]}), NOTES + "A capsule.\n")
    assert {concept(found, "pod").id, concept(found, "hutch").id} == {"pod", "hutch"}
    assert "capsule" in concept(found, "pod").surfaces
    assert warnings(found) == [
        "[concepts.aliases] 'capsule' is claimed by 'pod' and by 'hutch': it goes to the first; take it out of one"
    ]


def test_a_ring_of_aliases_is_one_concept_and_told_once() -> None:
    found = made(ConceptSettings(aliases={"pod": ["hutch"], "hutch": ["junk"], "junk": ["pod"]}))
    assert warnings(found) == [
        "[concepts.aliases] 'pod', 'junk', 'hutch' are names of each other: all are taken for one concept"
    ]


def test_names_that_the_notes_do_not_have_are_told_with_their_key() -> None:
    settings = ConceptSettings(
        always=["zebra"],
        never=["gnu"],
        aliases={"okapi": ["kudu"]},
        definitions={"ibex": "a goat"},
        relations=RelationDecisions(add=[("pod", "eats", "yak")]),
        senses={"pod": {"a": ["Nowhere"], "b": ["notes.org"]}},
    )
    assert warnings(made(settings)) == [
        "[concepts.aliases] no concept of the notes is called 'okapi' or 'kudu'",
        "[concepts.always] the notes do not have 'zebra'",
        "[concepts.definitions] the notes do not have 'ibex'",
        "[concepts.never] nothing takes 'gnu' for a concept any more: it can go",
        "[concepts.relations] add: the notes do not have 'yak'",
        "[concepts.senses] pod (a): no file or top heading is called 'Nowhere'; there are none",
    ]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (ConceptSettings(always=["pods"], never=["pod"]), "'pods' stands in always and in never"),
        (ConceptSettings(aliases={"pod": ["x"]}, never=["pod"]), "'pod' stands in never, too"),
        (ConceptSettings(aliases={"pod": ["x"], "x": ["y"]}, apart={"y": ["pod"]}), "'pod' is another name of 'y' by"),
        (ConceptSettings(one_sense=["pod"], senses={"Pod": {}}), "'Pod' stands in one_sense and has senses"),
        (ConceptSettings(aliases={"pod": [" "]}), "'pod' has an empty name"),
        (
            ConceptSettings(relations=RelationDecisions([("pod", "is", "x")], [("Pod", "is", "x")])),
            "'Pod – is – x' is added and removed",
        ),
    ],
)
def test_settings_that_contradict_themselves_are_refused(settings: ConceptSettings, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        made(settings)
    assert told in str(error.value)


def test_a_contradiction_ends_the_command_with_the_file_and_the_code_for_wrong_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.org").write_text(NOTES)
    (tmp_path / "orgkb.toml").write_text('[concepts]\nalways = ["pod"]\nnever = ["pod"]\n')
    assert cli.run(["concepts", str(tmp_path)]) == 2
    assert f"{tmp_path / 'orgkb.toml'}: [concepts] 'pod' stands in always" in capsys.readouterr().err


# --- senses ---


def test_senses_can_be_split_by_hand_by_heading_and_by_file() -> None:
    text = "* compose\n- service :: a container and its settings\nThe service.\n* cluster\n- service :: a container group and settings\nThe service.\n"
    assert len(made(ConceptSettings(), text).concepts) == 1
    found = made(ConceptSettings(senses={"service": {"C": ["compose"], "K": ["notes.org::Cluster"]}}), text)
    assert [(c.name, c.sense, c.span.line) for c in found.concepts] == [("service", "C", 2), ("service", "K", 5)]
    ids = {c.sense: c.id for c in found.concepts}
    assert [m.span.line for m in found.mentions_of(ids["C"])] == [2, 3]
    assert [m.span.line for m in found.mentions_of(ids["K"])] == [5, 6]


# --- definitions ---


@pytest.mark.parametrize(
    ("wish", "chosen"),
    [
        ("the SAME in our  office", "the same in our office"),
        ("the same…", "the same in our office"),
        ("notes.org:2", "the same in our office"),
        ("notes.org:5", "The junk hutch."),
        ("something of mine", "something of mine"),
        ("", "the same in our office"),
    ],
)
def test_definitions_are_chosen_by_text_or_place_or_written(wish: str, chosen: str) -> None:
    found = made(ConceptSettings(aliases={"pod": ["hutch"]}, definitions={"pods": wish}))
    pod = concept(found, "pod")
    assert pod.definition is not None
    assert pod.definition.text == chosen
    assert len(pod.definitions) == 2 + (chosen not in {"group of containers", "the same in our office"})
    assert warnings(found) == []


def test_a_place_without_text_is_told() -> None:
    found = made(ConceptSettings(definitions={"pod": "notes.org:4"}))
    assert warnings(found) == ["[concepts.definitions] 'pod': there is no text at notes.org:4"]


def test_one_of_several_senses_is_named_with_its_sense() -> None:
    text = SWARM + KUBERNETES
    senses = [c.sense for c in made(ConceptSettings(), text).concepts if c.sense]
    found = made(ConceptSettings(definitions={f"service ({senses[1]})": "mine"}), text)
    assert [c.definition.text == "mine" for c in found.concepts if c.definition and c.sense] == [False, True]
    (told,) = warnings(made(ConceptSettings(definitions={"service": "mine"}), text))
    assert f"'service' has several senses: write 'services ({senses[0]})'" in told or "has several senses" in told


def test_a_term_that_needs_no_definition_is_not_reported() -> None:
    assert [d.code for d in made(ConceptSettings(), "- volume ::\n").diagnostics] == ["empty-definition"]
    assert not made(ConceptSettings(definitions={"volume": ""}), "- volume ::\n").diagnostics


# --- relations ---

RELATED = "- *image* - read-only template used to build containers\n- *container* - running process\n- *box* - thing\n"


def test_relations_are_added_confirmed_and_removed() -> None:
    before = made(ConceptSettings(), RELATED)
    (relation,) = before.relations
    add = [("Image", relation.label.upper(), "containers"), ("box", "holds", "image")]
    found = made(ConceptSettings(relations=RelationDecisions(add=add)), RELATED)
    assert [(r.source, r.label, r.target, r.kind.value, r.confidence) for r in found.relations] == [
        ("image", relation.label, "container", "definition", 1.0),
        ("box", "holds", "image", "user", 1.0),
    ]
    for label in (relation.label, "*"):
        gone = RelationDecisions(remove=[("image", label, "container")])
        assert made(ConceptSettings(relations=gone), RELATED).relations == ()


def test_relation_rules_can_be_switched_off() -> None:
    assert made(ConceptSettings(rules={"definition": False}), RELATED).relations == ()


def test_the_same_settings_hold_whatever_the_order_of_the_files() -> None:
    files = [document(NOTES, "b.org"), document("* x\n- pod :: seed case of beans\n", "a.org")]
    settings = ConceptSettings(always=["office"], senses={"pod": {"k": ["b.org"], "bean": ["a.org"]}})
    one, other = build(files, settings=settings), build(files[::-1], settings=settings)
    assert graph_json(one) == graph_json(other)
    assert [c.sense for c in one.concepts if c.sense] == ["bean", "k"]
