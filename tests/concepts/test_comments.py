"""Comments of code say how things are called in Russian."""

from __future__ import annotations

from orgkb.concepts.model import AliasKind
from tests.concepts.build_from import concept, graph

_TERMS = (
    "* Terms\n- namespace :: group of resources\n- pod :: group of containers, smallest unit\n- Контейнер - процесс\n"
)


def aliases(code: str, name: str, terms: str = _TERMS) -> dict[str, AliasKind]:
    made = graph(f"{terms}* Code\n#+begin_src sh\n{code}\n#+end_src\n")
    return {alias.surface: alias.kind for alias in concept(made, name).aliases}


def test_a_word_of_a_comment_that_sounds_like_a_name_is_an_alias() -> None:
    assert aliases("kubectl get ns # все неймспейсы", "namespace")["неймспейс"] is AliasKind.TRANSLATION


def test_a_word_of_a_comment_that_the_tables_translate_is_an_alias_in_its_dictionary_form() -> None:
    found = aliases("kubectl get po # вывести все поды в пространстве имён", "pod")
    assert found["под"] is AliasKind.TRANSLATION
    assert "пространство имён" in aliases("kubectl get po # поды в пространстве имён", "namespace")


def test_a_name_in_parentheses_translates_as_many_words_as_it_has_parts() -> None:
    terms = _TERMS + "- init container :: runs before the others\n"
    code = "# Вывести идентификаторы контейнеров инициализации (initContainers) во всех подах\nkubectl get pods"
    assert aliases(code, "init container", terms)["контейнер инициализации"] is AliasKind.TRANSLATION


def test_aliases_of_comments_say_where_they_stand() -> None:
    made = graph(f"{_TERMS}* Code\n#+begin_src sh\nls\nkubectl get ns # все неймспейсы\n#+end_src\n")
    (alias,) = [a for a in concept(made, "namespace").aliases if a.surface == "неймспейс"]
    assert alias.rule == "comment"
    assert alias.span is not None
    assert alias.span.line == 8


def test_comments_make_no_concepts_and_code_is_not_read() -> None:
    made = graph("* Code\n#+begin_src sh\necho 'узлы' # все узлы и деплойменты\n#+end_src\n")
    assert not made.concepts
    assert "узел" not in aliases("echo узлы поды", "pod")


def test_a_word_that_may_translate_two_concepts_joins_neither() -> None:
    terms = "* Terms\n- label :: key and value of an object\n- tag :: name of a version of an image\n"
    made = graph(f"{terms}* Code\n#+begin_src sh\nkubectl label # добавить метку\n#+end_src\n")
    assert [c.name for c in made.concepts][:2] == ["label", "tag"]
