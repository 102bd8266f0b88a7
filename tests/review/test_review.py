"""What a review asks, and what becomes of the answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb import config, review
from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.settings import ConceptSettings, Thresholds
from orgkb.errors import ConfigError, OutputError
from orgkb.review import Answer, Kind, ReviewItem
from tests.concepts.build_from import document
from tests.concepts.test_senses import KUBERNETES, SWARM

NOTES = """\
* Docker
- *image* - read-only template
- image :: another text about the same picture
- conteiner :: isolated process
- container :: isolated process of its own
- volume ::
A container, a container; all *garden crates* ran.
- *task* - container running in a service
** app logs
"""


def made(text: str = NOTES, settings: ConceptSettings | None = None) -> ConceptGraph:
    return build([document(text)], settings=settings or ConceptSettings())


def kinds(found: tuple[ReviewItem, ...]) -> set[Kind]:
    return {item.kind for item in found}


def item(found: tuple[ReviewItem, ...], key: str) -> ReviewItem:
    return next(each for each in found if each.key.partition("#")[0] == key)


def test_everything_doubtful_is_asked_with_its_evidence() -> None:
    found = review.items(made())
    definition = item(found, "definition:image")
    assert [option.label for option in definition.options[:2]] == [
        "another text about the same picture",
        "read-only template",
    ]
    assert [(quote.span.line, quote.text) for quote in definition.quotes] == [
        (3, "- image :: another text about the same picture"),
        (2, "- *image* - read-only template"),
    ]
    undefined = item(found, "undefined:volume")
    assert undefined.quotes[0].text == "- volume ::"
    dropped = item(found, "concept:applog")
    assert (dropped.kind, dropped.question) == (Kind.DROPPED, "Is app logs a concept?")
    assert dropped.quotes[0].note.startswith("heading, ")
    assert item(found, "relation:task|is a|container").subject == "task – is a – container"


def test_senses_are_asked_with_the_places_where_each_holds() -> None:
    asked = item(review.items(made(SWARM + KUBERNETES)), "senses:service")
    several = asked.option("several")
    assert several is not None
    assert several.changes[0].value == {"Swarm": ["notes.org::Swarm"], "Kubernetes": ["notes.org::Kubernetes"]}
    assert [quote.note for quote in asked.quotes] == ["Swarm", "Kubernetes"]


def test_misspellings_and_near_names_are_asked() -> None:
    found = review.items(
        made(
            "- dockerfile :: build recipe\n- server API :: x of it\n- API server :: y of it\n\nA dockerfile, a dockerfile; a dokerfile.\n"
        )
    )
    assert item(found, "alias:dockerfile=dokerfile").kind is Kind.ALIAS
    assert item(found, "alias:apiserver=serverapi").kind is Kind.MERGE


def test_nothing_that_is_dropped_is_missing_from_the_review() -> None:
    graph = made(NOTES, ConceptSettings(thresholds=Thresholds(index=0.9)))
    assert graph.dropped
    assert {c.name for c in graph.dropped} == {i.subject for i in review.items(graph) if i.kind is Kind.DROPPED}


def test_keys_and_order_do_not_depend_on_what_stands_before() -> None:
    first, later = review.items(made()), review.items(made("Something new.\n\n" + NOTES))
    assert [each.key for each in first] == [each.key for each in later]


# --- answers ---


def answer_all(path: Path, graph: ConceptGraph, last: bool) -> review.Applied:
    found = review.items(graph)
    picked = [(each, each.options[-1 if last else 0]) for each in found]
    return review.apply([Answer(i.key, o.name, "my own words" if o.text else "") for i, o in picked], found, path)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("text", [NOTES, SWARM + KUBERNETES])
def test_what_is_answered_is_not_asked_again_and_holds_in_the_graph(tmp_path: Path, text: str, last: bool) -> None:
    path = tmp_path / "orgkb.toml"
    asked = {each.key.partition("#")[0] for each in review.items(made(text))}
    done = answer_all(path, made(text), last)
    assert (len(done.written), done.problems, done.changed) == (len(asked), (), True)
    after = made(text, config.load(path).concepts)
    again = {each.key.partition("#")[0] for each in review.items(after)}
    assert not again & asked
    assert [d.message for d in after.diagnostics if d.code == "settings"] == []


def test_the_same_answers_again_are_known_and_touch_nothing(tmp_path: Path) -> None:
    path = tmp_path / "orgkb.toml"
    found = review.items(made())
    answers = [Answer(each.key, each.options[0].name) for each in found if not each.options[0].text]
    review.apply(answers, found, path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    done = review.apply(answers, review.items(made(NOTES, config.load(path).concepts)), path)
    assert (len(done.known), done.written, done.problems, done.changed) == (len(answers), (), (), False)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_answers_that_cannot_be_used_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "orgkb.toml"
    path.write_text('[concepts]\nnever = ["task"]\n')
    found = review.items(made())
    done = review.apply(
        [
            Answer("concept:gone", "concept"),
            Answer("concept:applog", "perhaps"),
            Answer("concept:task", "concept"),
            Answer("undefined:volume", "own", "  "),
            Answer("concept:gardencrate", "concept"),
            Answer("concept:gardencrate", "never"),
        ],
        found,
        path,
    )
    assert [problem.message for problem in done.problems] == [
        "this is no longer asked: the notes or the settings have changed since; ask anew",
        "'perhaps' is no answer to 'Is app logs a concept?'; there are 'concept', 'never'",
        "orgkb.toml says 'never' already, and that stays: change it there",
        "the answer to 'What is volume?' has no text: write one",
        "there are two answers: 'concept' is taken",
    ]
    assert path.read_text() == '[concepts]\nnever = ["task"]\nalways = [\n    "garden crate",\n]\n'


def test_answers_that_contradict_each_other_write_nothing(tmp_path: Path) -> None:
    path = tmp_path / "orgkb.toml"
    text = "- dockerfile - build recipe\n\nA dockerfile, a dockerfile; a dokerfile.\n"
    found = review.items(made(text, ConceptSettings(thresholds=Thresholds(cards=0.99))))
    answers = [Answer("concept:dockerfile", "never"), Answer("alias:dockerfile=dokerfile", "same")]
    assert {each.key for each in found} >= {answer.key for answer in answers}
    with pytest.raises(ConfigError, match=r"nothing was written to .*'dockerfile' stands in never, too"):
        review.apply(answers, found, path)
    assert not path.exists()


def test_settings_are_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / "orgkb.toml").symlink_to(tmp_path / "elsewhere")
    found = review.items(made())
    with pytest.raises(OutputError, match="symbolic link"):
        review.apply([Answer("concept:applog", "never")], found, tmp_path / "orgkb.toml")
    assert (tmp_path / "elsewhere").read_text() == ""


def test_the_rights_of_the_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "orgkb.toml"
    path.write_text("")
    path.chmod(0o640)
    review.apply([Answer("concept:applog", "never")], review.items(made()), path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_included_files_are_quoted_at_their_own_place(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "b.inc").write_text("x\n\nAll *garden crates* ran.\n")
    (tmp_path / "a.org").write_text("First.\n\n#+INCLUDE: part/b.inc\n")
    from orgkb import pipeline  # noqa: PLC0415 - only here

    (asked,) = review.items(pipeline.build_graph([tmp_path]))
    (quote,) = asked.quotes
    assert (quote.span.path, quote.span.line, quote.text) == ("part/b.inc", 3, "All *garden crates* ran.")


def test_long_definitions_are_kept_by_their_beginning(tmp_path: Path) -> None:
    text = f"- pod :: {'first words ' * 60}\n- pod :: second of the definitions {'x ' * 90}\n"
    found = review.items(made(text))
    review.apply([Answer(found[0].key, "2")], found, tmp_path / "orgkb.toml")
    settings = config.load(tmp_path / "orgkb.toml").concepts
    assert len(settings.definitions["pod"]) <= 301
    (pod,) = made(text, settings).concepts
    assert pod.definition is not None
    assert pod.definition.text.startswith("second of" if found[0].options[1].label.startswith("second") else "first")
