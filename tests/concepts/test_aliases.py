"""Other names of one thing: translations, acronyms, misspellings, mixed scripts, inflection."""

from __future__ import annotations

import pytest

from orgkb.concepts import folding, spelling, synonyms
from orgkb.concepts.lexicon import tables
from orgkb.concepts.model import AliasKind
from tests.concepts.build_from import concept, graph


def test_the_lexicon_is_large_and_no_name_stands_twice() -> None:
    russian = [name for _, each in tables.translations() for name in each]
    english = [name.lower() for name, _ in tables.translations()]
    assert len(english) > 400
    assert len(russian) == len(set(russian))
    assert len(english) == len(set(english))


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("контейнеров", "контейнер"),
        ("узлами", "узел"),
        ("подов", "под"),
        ("нод", "нода"),
        ("развёртывании", "развертывание"),
        ("pod'ов", "pod"),
        ("podов", "pod"),
        ("Сontainer", "container"),  # the first letter is Cyrillic
        ("ReplicationControllerо", "replicationcontroller"),
        ("plug-ins", "plugin"),
    ],
)
def test_forms_of_a_word_have_one_key(text: str, lemma: str) -> None:
    assert folding.key(text) == lemma


def test_a_translation_is_the_same_concept_and_its_forms_are_mentions() -> None:
    made = graph(
        "- container :: process\n- Узел :: машина\n",
        "Контейнеры на узлах. Nodes run контейнер. О том, что под узлом.\n",
    )
    assert [(m.concept, m.text) for m in made.mentions if m.context == "prose"] == [
        ("container", "Контейнеры"),
        ("узел", "узлах"),
        ("узел", "Nodes"),
        ("container", "контейнер"),
        ("узел", "узлом"),
    ]
    found = {alias.surface: alias for alias in concept(made, "container").aliases}
    assert found["контейнер"].kind is AliasKind.TRANSLATION
    assert found["контейнер"].span is not None
    assert (found["контейнер"].span.path, found["контейнер"].span.line) == ("b.org", 1)


def test_terms_in_two_languages_are_one_concept() -> None:
    made = graph("- container :: process\n* Контейнер\nЭто стандартизированный метод упаковки.\n")
    (only,) = made.concepts
    assert [(a.surface, a.kind) for a in only.aliases] == [("Контейнер", AliasKind.TRANSLATION)]
    assert len(only.definitions) == 2


def test_notes_without_russian_never_load_the_russian_dictionary() -> None:
    assert synonyms.of("container", russian=False) == ()


def test_whether_a_name_has_others_is_known_without_them() -> None:
    keys = {folding.key(name) for english, russian in tables.translations() for name in (english, *russian)}
    keys |= {folding.key(name) for row in tables.rows("acronyms") for name in row} | {"", "neither", "никакой"}
    assert {key for key in keys if synonyms.has(key)} == {key for key in keys if synonyms.of(key, russian=True)}
    translated = {key for key in keys if synonyms.has_translation(key)}
    assert translated == {key for key in keys if synonyms.translations_of(key)}


def test_well_known_acronyms_join_their_long_form() -> None:
    made = graph("- CRD :: own objects\n- custom resource definition :: kind of object\n")
    (only,) = made.concepts
    assert only.name == "custom resource definition"
    assert [(a.surface, a.kind) for a in only.aliases] == [("CRD", AliasKind.ACRONYM)]


def test_a_misspelt_name_is_an_alias_and_its_mentions_count() -> None:
    text = "- container :: process\n- contrainer - run in pods\n\nA container and a conteiner, containers and containerd.\n"
    made = graph(text)
    assert [c.name for c in made.concepts] == ["container", "containerd"]
    found = {a.surface: a.kind for a in made.concepts[0].aliases}
    assert found == {"contrainer": AliasKind.MISSPELLING, "conteiner": AliasKind.MISSPELLING}
    assert [m.text for m in made.mentions if m.context == "prose" and m.concept == "container"] == [
        "contrainer",
        "container",
        "conteiner",
        "containers",
    ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("contrainer", "container"),
        ("dokerfile", "dockerfile"),
        ("compouse", "compose"),
        ("endpoind", "endpoint"),
        ("autosclaer", "autoscaler"),
    ],
)
def test_misspellings_are_told(wrong: str, right: str) -> None:
    assert spelling.corrections({right}, {right: 4, wrong: 1}) == {wrong: right}


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("containerd", "container"),
        ("docker", "dockerfile"),
        ("controller", "control"),
        ("connection", "collection"),
        ("contained", "container"),
        ("adaptee", "adapter"),
        ("pods", "nods"),
        ("ipvlan", "macvlan"),
    ],
)
def test_other_words_are_no_misspellings(other: str, name: str) -> None:
    assert spelling.corrections({name}, {name: 9, other: 1}) == {}


def test_a_common_word_without_its_last_letter_is_misspelt() -> None:
    assert spelling.corrections({"registry"}, {"registry": 4, "registr": 1}) == {"registr": "registry"}


@pytest.mark.parametrize(
    ("one", "other"), [("OpenAI", "OpenAPI"), ("EfficientNet", "EfficientDet"), ("FooQL", "FooSQL")]
)
def test_names_that_are_written_with_capitals_inside_are_no_misspellings_of_each_other(one: str, other: str) -> None:
    made = graph(
        f"- {one} :: one thing of ours\n- {other} :: another thing\n\n" + f"We use {one} and {one}, {one}.\n" * 4
    )
    assert [c.name for c in made.concepts] == [one, other]


def test_a_name_with_capitals_inside_may_still_be_misspelt() -> None:
    made = graph("- SuperGrapher :: a thing\n- SuperGrahper - draws all\n\n" + "We use SuperGrapher.\n" * 4)
    assert [(c.name, [a.surface for a in c.aliases]) for c in made.concepts] == [("SuperGrapher", ["SuperGrahper"])]


def test_the_more_frequent_spelling_is_right() -> None:
    assert spelling.corrections({"gizmolet", "gizmolat"}, {"gizmolet": 1, "gizmolat": 8}) == {"gizmolet": "gizmolat"}


def test_russian_words_that_spell_an_english_name_are_its_aliases() -> None:
    text = "- Vagrant :: a tool of charts\n\nВесь вагрант, с вагрантом.  Это не гарантия.\n"
    (only,) = [c for c in graph(text).concepts if c.name == "Vagrant"]
    alias = only.aliases[0]
    assert (alias.surface, alias.kind, alias.rule) == ("вагрант", AliasKind.TRANSLATION, "transliteration")


def test_an_acronym_with_the_translation_of_its_head_is_the_same_thing() -> None:
    made = graph("- API server :: entrance to the cluster\n\nОно работает с API-сервером и под ним.\n")
    (server,) = [c for c in made.concepts if c.name == "API server"]
    assert [(a.surface, a.kind) for a in server.aliases] == [("API-сервер", AliasKind.TRANSLATION)]


def test_what_the_notes_are_about_may_stand_before_a_name_or_not() -> None:
    text = "* Docker\n- image :: read-only template\n- *Docker Swarm* - native clusters\n\nA Docker image, docker images.\n"
    made = graph(text + "* swarm\nThe Docker images of a swarm.\n")
    names = {c.name: {a.surface for a in c.aliases} for c in made.concepts}
    assert "Docker images" in names["image"] | {"Docker images"}
    assert "swarm" in names["Docker Swarm"]
    assert not any(name.lower().startswith("docker image") for name in names)


def test_one_title_may_name_a_thing_by_several_names() -> None:
    made = graph(
        "* Kubernetes Objects or API objects or API resources\n- API objects :: what the cluster stores\n* Cats or dogs\n"
    )
    (only,) = [c for c in made.concepts if "API objects" in c.surfaces]
    assert {"Kubernetes Objects", "API resources"} <= set(only.surfaces)


def test_a_concept_keeps_every_name_that_the_notes_give_it() -> None:
    others = [f"kube-worker-{number}" for number in range(60)]
    made = graph("- worker :: runs pods\n" + "".join(f"- worker ({other}) :: one of them\n" for other in others))
    (worker,) = [c for c in made.concepts if c.name == "worker"]
    assert set(others) <= set(worker.surfaces)


def test_a_name_that_only_a_slip_spells_is_shown_as_it_is_meant() -> None:
    made = graph("- *Docker registr* - holds images\n- registry :: a store\n\nA registry, the registry.\n")
    (found,) = [c for c in made.concepts if "Docker" in c.name]
    assert (found.name, [(a.surface, a.kind) for a in found.aliases]) == (
        "Docker registry",
        [("Docker registr", AliasKind.MISSPELLING)],
    )


def test_the_proper_part_of_a_name_that_says_its_kind_is_a_name() -> None:
    made = graph(
        "- Tiller Server: installed within a cluster, talks to the API\n- Client: command-line interface for users\n"
    )
    assert "Tiller" in {a.surface for c in made.concepts for a in c.aliases if c.name == "Tiller Server"}


def test_what_the_notes_are_about_is_no_short_name_of_its_parts() -> None:
    made = graph(
        "* Docker\nDocker is a platform for containers.\n- *Docker Engine* - the software that hosts containers\n"
    )
    assert {"Docker", "Docker Engine"} <= {c.name for c in made.concepts}


def test_a_word_that_the_text_also_writes_with_a_hyphen_has_that_as_another_name() -> None:
    made = graph("- *Addon* - more than the core has\nSome add-ons are old, and add-ons cost.\n")
    (addon,) = [concept for concept in made.concepts if concept.name == "Addon"]
    assert [(alias.surface, alias.kind) for alias in addon.aliases] == [("add-ons", AliasKind.VARIANT)]
    two = graph("- *spare plane* - what flies next\nIts spare-plane crew.\n")
    assert not [alias for concept in two.concepts for alias in concept.aliases if "-" in alias.surface]


def _aliases(text: str) -> dict[str, set[str]]:
    return {concept.name: {alias.surface for alias in concept.aliases} for concept in graph(text).concepts}


def test_a_known_acronym_in_parentheses_is_no_other_name_of_what_it_says_the_kind_of() -> None:
    found = _aliases(
        "* Observer pattern (OOP)\nAn observer pattern tells its subscribers.  OOP helps.\n"
        "* Eclipse Theia (IDE)\nEclipse Theia edits code.\n* Удалённый вызов (RPC)\nУдалённый вызов идёт по сети.\n"
    )
    assert "OOP" not in found["Observer pattern"]
    assert "IDE" not in found["Eclipse Theia"]
    assert "RPC" in found["Удалённый вызов"]


def test_a_known_acronym_is_not_what_only_holds_its_letters() -> None:
    found = _aliases(
        "We need application integration (API) and hypertext markup language (HTML).\n"
        "Read about thread-local storage (TLS), the HorizontalPodAutoscaler (HPA) and Structured Query Languages (SQL).\n"
    )
    assert not any("API" in names for names in found.values())
    assert "HTML" in found["hypertext markup language"]
    assert "TLS" in found["thread-local storage"]
    assert "HPA" in found["HorizontalPodAutoscaler"]


def test_what_serves_a_known_term_is_not_called_so() -> None:
    found = _aliases(
        "- Parameter server: holds the weights of all workers\n- Tiller Server: installed within a cluster\n- Client: asks them\n"
    )
    assert "Parameter" not in found["Parameter server"]
    assert "Tiller" in found["Tiller Server"]
