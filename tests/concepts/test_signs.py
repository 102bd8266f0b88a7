"""What only its place makes a candidate, and no name; two names that stand as one."""

from __future__ import annotations

import pytest

from orgkb.concepts import signs
from orgkb.concepts.model import AliasKind
from tests.concepts.build_from import concept, graph


@pytest.mark.parametrize(
    "name",
    [
        "efficient",
        "Reputable",
        "Parametric",
        "weighted",
        "императивный",
        "Level 1",
        "Task 2)",
        "model's performance",
        "complex causal",
        "model predicts",
        "таким образом",
        "California",
        "archirecture",
    ],
)
def test_qualities_counted_labels_places_slips_and_half_phrases_are_no_names(name: str) -> None:
    assert signs.is_no_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Angular 2",
        "Python 3",
        "Type 1 error",
        "independent variable",
        "dynamic binding",
        "business logic",
        "model development",
        "loss function",
        "logistic loss",
        "RESTful",
        "Kafka",
        "Terraform",
        "системный вызов",
    ],
)
def test_terms_that_look_alike_are_names(name: str) -> None:
    assert not signs.is_no_name(name)


def test_a_quality_is_a_term_where_the_notes_define_it() -> None:
    made = graph("- idempotent :: done twice is done once\n- *Efficient* - needs little memory and time\n")
    assert [c.name for c in made.concepts] == ["idempotent", "Efficient"]


@pytest.mark.parametrize(
    ("text", "name", "other", "kind"),
    [
        ("- GAN generative adversarial network - two nets", "generative adversarial network", "GAN", AliasKind.ACRONYM),
        ("- bias error Смещение - comes of wrong assumptions", "bias error", "Смещение", AliasKind.TRANSLATION),
        ("- *Babel or Babel.js* - compiles new scripts", "Babel", "Babel.js", AliasKind.VARIANT),
    ],
)
def test_two_names_in_one_are_a_name_and_an_alias(text: str, name: str, other: str, kind: AliasKind) -> None:
    aliases = {a.surface: a.kind for a in concept(graph(text + "\n"), name).aliases}
    assert aliases[other] is kind


def test_a_parenthesis_inside_a_name_is_no_part_of_it() -> None:
    made = graph("- Auto regressive (AR) process :: depends on what it was\n")
    assert "Auto regressive process" in {c.name for c in made.concepts}
