"""What dictionaries say of words is remembered, and told to nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts import spelling
from orgkb.concepts.lexicon import memory, morphology
from orgkb.concepts.lexicon.memory import Memory, remembering

WORDS = ("контейнеры", "подами", "узлы", "на", "container", "containr", "зщшгн")


def _said() -> list[object]:
    return [
        [
            morphology.lemma(word),
            morphology.is_function_word.__wrapped__(word),
            morphology.forms.__wrapped__(word),
            spelling.is_known(word),
        ]
        for word in WORDS
    ]


def test_answers_are_those_of_the_dictionaries() -> None:
    plain = _said()
    first = Memory()
    with remembering(first):
        assert _said() == plain
    assert first.grown
    again = Memory(first.answers)
    with remembering(again):
        assert _said() == plain
    assert not again.grown


def test_no_dictionary_is_asked_twice() -> None:
    asked: list[str] = []

    def ask(word: str) -> str:
        asked.append(word)
        return word.upper()

    with remembering(Memory()):
        assert [memory.answer("case", "pod", ask) for _ in range(3)] == ["POD"] * 3
        assert memory.answer("other", "pod", lambda word: word) == "pod"
    assert asked == ["pod"]
    assert memory.answer("case", "pod", ask) == "POD"
    assert asked == ["pod", "pod"]


@given(st.text(max_size=30), st.text(max_size=80))
def test_any_answer_comes_back(word: str, said: str) -> None:
    kept = Memory()
    assert kept.answer("q", word, lambda _: said) == said
    assert Memory(kept.answers).answer("q", word, lambda _: said) == said


def test_words_cannot_be_read() -> None:
    kept = Memory()
    kept.answer("q", "pelican", lambda word: f"{word}s")
    assert b"elican" not in repr(kept.answers).encode()


@pytest.mark.parametrize(
    "word", ["ошибку", "Стали", "вариациями", "вызванную", "запускает", "запусти", "быстро", "зщшгн", "k8s"]
)
def test_forms_are_all_that_the_dictionary_reads(word: str) -> None:
    tags = [parse.tag for parse in morphology.analyser().parse(word)]
    read = [[tag.POS, tag.case, tag.number, tag.person, tag.mood] for tag in tags]
    found = morphology.forms(word)
    assert [[form.part, form.case, form.number, form.person, form.mood] for form in found] == [
        [str(value or "") for value in values] for values in read
    ]
