from collections import Counter

import msgspec

from orgkb_exporters.conceptmap import plan
from orgkb_exporters.conceptmap.select import best_links, eligible, grow, leading
from orgkb_exporters.conceptmap.spec import MapSpec
from orgkb_exporters.conceptmap.thin import MAX_OUT, thin
from tests.exporters.map_graphs import (
    ENGLISH_CONCEPTS,
    ENGLISH_RELATIONS,
    RUSSIAN_CONCEPTS,
    RUSSIAN_RELATIONS,
    graph,
)

ENGLISH = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)


def spec(concepts: int = 24, propositions: int = 36) -> MapSpec:
    return plan.overview(ENGLISH, max_concepts=concepts, max_propositions=propositions)


def test_a_map_is_one_connected_piece() -> None:
    for size in (3, 8, 15, 24):
        assert spec(size).pieces == 1
        assert len(spec(size).concepts) == size


def test_a_smaller_map_is_a_part_of_the_larger_one() -> None:
    assert {concept.id for concept in spec(10).concepts} < {concept.id for concept in spec(20).concepts}


def test_the_limits_hold() -> None:
    small = spec(24, 10)
    assert len(small.propositions) == 10
    full = spec()
    assert len(full.concepts) == 24
    assert len(full.propositions) <= 36


def test_the_map_knows_what_it_left_out() -> None:
    assert spec(10).all_concepts == len(ENGLISH_CONCEPTS)
    assert spec(10).all_propositions == len({frozenset((s, t)) for s, _, t in ENGLISH_RELATIONS})


def test_most_propositions_carry_a_phrase() -> None:
    silent = [proposition for proposition in spec().propositions if not proposition.phrase]
    assert len(silent) <= 0.2 * len(spec().propositions)


def test_of_two_concepts_alike_the_defined_one_comes_first() -> None:
    concepts = [("hub", "S", "middle"), ("undefined", "S", ""), ("defined", "S", "is defined")]
    both = graph(concepts, [("hub", "uses", "undefined"), ("hub", "uses", "defined")])
    assert [concept.id for concept in eligible(both)] == ["hub", "defined", "undefined"]


def test_doubtful_concepts_are_on_no_map() -> None:
    sure = graph([("sure", "S", "x"), ("doubtful", "S", "y")], [("sure", "uses", "doubtful")])
    doubtful = [msgspec.structs.replace(sure.concepts[1], confidence=0.49)]
    sure.concepts = (sure.concepts[0], *doubtful)
    assert [concept.id for concept in eligible(sure)] == ["sure"]
    assert best_links(sure.relations, eligible(sure)) == ()


def test_of_several_relations_between_two_concepts_the_one_with_words_is_shown() -> None:
    rows = [("a", "", "b"), ("a", "of", "b"), ("b", "feeds", "a"), ("a", "", "a")]
    found = plan.overview(graph([("a", "", ""), ("b", "", "")], rows), max_concepts=5, max_propositions=5)
    assert [(p.source, p.phrase, p.target) for p in found.propositions] == [("b", "feeds", "a")]


def test_at_most_three_lines_leave_a_concept_unless_it_alone_holds_the_map_together() -> None:
    leaving = Counter(proposition.source for proposition in spec().propositions)
    assert max(leaving.values()) <= MAX_OUT
    star = graph([(name, "", "") for name in "abcdef"], [("a", "uses", other) for other in "bcdef"])
    links = best_links(star.relations, star.concepts)
    assert len(thin(links, 6, 36)) == 5


def test_a_silent_line_that_a_chain_already_says_is_left_out() -> None:
    rows = [("a", "uses", "b"), ("b", "uses", "c"), ("a", "", "c")]
    chain = graph([(name, "", "") for name in "abc"], rows)
    links = best_links(chain.relations, chain.concepts)
    assert [link.phrase for link in thin(links, 3, 36)] == ["uses", "uses"]


def test_concepts_without_relations_come_last() -> None:
    mixed = graph([("alone", "", "x"), ("a", "", ""), ("b", "", "")], [("a", "uses", "b")])
    chosen = grow(eligible(mixed), best_links(mixed.relations, mixed.concepts), 3)
    assert [concept.id for concept in chosen] == ["a", "b", "alone"]


def test_top_headings_are_the_sections_of_the_legend() -> None:
    assert [section.title for section in spec().sections] == ["Kubernetes", "Docker", "Docker Compose"]
    assert sum(section.concepts for section in spec().sections) == 24


def test_a_heading_that_holds_everything_is_told_by_its_subheadings() -> None:
    rows = [(f"c{i}", f"Top/{'Left' if i % 2 else 'Right'}", "") for i in range(6)]
    found = plan.overview(graph(rows, []), max_concepts=6, max_propositions=0)
    assert sorted(section.title for section in found.sections) == ["Left", "Right"]


def test_many_sections_share_the_last_style() -> None:
    rows = [(f"c{i}", f"Section {i % 10}", "") for i in range(20)]
    found = plan.overview(graph(rows, []), max_concepts=20, max_propositions=0)
    assert len(found.sections) == 7
    assert found.sections[-1].title == ""
    assert found.sections[-1].concepts == 8


def test_of_many_sections_those_with_one_box_share_a_style() -> None:
    rows = [(f"c{i}", f"Section {min(i, 9)}", "") for i in range(14)]
    found = plan.overview(graph(rows, []), max_concepts=14, max_propositions=0)
    assert [section.concepts for section in found.sections] == [5, 1, 1, 1, 6]
    rows = [(f"c{i}", f"Section {min(i, 4)}", "") for i in range(7)]
    found = plan.overview(graph(rows, []), max_concepts=7, max_propositions=0)
    assert all(section.title for section in found.sections)


def test_the_focus_question_asks_about_the_leading_concepts_in_the_language_of_the_notes() -> None:
    russian = graph(RUSSIAN_CONCEPTS, RUSSIAN_RELATIONS)
    assert spec().question == "How do container, image and pod fit together?"
    found = plan.overview(russian, max_concepts=24, max_propositions=36)
    assert found.question == "Как связаны алгоритм, граф и дерево?"
    one = graph([("том", "", "")], [], language="ru")
    assert plan.overview(one, max_concepts=3, max_propositions=3).question == "Что такое том?"
    asked = plan.overview(russian, max_concepts=3, max_propositions=3, question="Зачем графы?")
    assert asked.question == "Зачем графы?"


def test_a_word_of_all_texts_leads_no_map_but_can_be_explored() -> None:
    notes = graph(
        [("& and", "Operators", "true where both are"), ("C", "Languages", "a language"), ("cat", "S", "")], []
    )
    assert {concept.name for concept in leading(eligible(notes))} == {"C", "cat"}
    assert len(eligible(notes)) == 3


def test_of_two_phrases_the_one_that_says_more_is_drawn() -> None:
    notes = graph([("pod", "S", ""), ("node", "S", "")], [("pod", "is", "node"), ("pod", "runs on a", "node")])
    (link,) = best_links(notes.relations, notes.concepts)
    assert link.phrase == "runs on a"
