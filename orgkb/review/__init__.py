"""The review loop: what is doubtful in the graph as questions, and their answers as settings.

`items(graph)` asks, `apply(answers, items, path)` writes the answers into `orgkb.toml`, and `items` of the next
graph no longer asks what is answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import structs

from orgkb import config
from orgkb.concepts.decisions import refuse_contradictions
from orgkb.errors import ConfigError
from orgkb.files import replace_file
from orgkb.org.paths import read_named
from orgkb.review import keys
from orgkb.review.model import Answer, Applied, Change, Kind, Option, Problem, Quote, ReviewItem
from orgkb.review.questions import items
from orgkb.review.settings_file import changed

__all__ = ["Answer", "Applied", "Change", "Kind", "Option", "Problem", "Quote", "ReviewItem", "apply", "items"]


def apply(answers: Iterable[Answer], items: Iterable[ReviewItem], path: Path) -> Applied:
    """Write ANSWERS to the questions ITEMS into the settings file PATH, which is made where there is none.

    Nothing else in the file changes, and the same answers once more change nothing. An answer that cannot be used
    costs only itself: it is in `Applied.problems`. Raises ConfigError where the file cannot be read, or would
    contradict itself with the answers; OutputError where it cannot be written. Then nothing is written.
    """
    data = read_named(path, config.MAX_BYTES) if path.exists() or path.is_symlink() else b""
    answered = keys.answered(config.parse(path, data).concepts)
    asked = {item.key: item for item in items}
    taken: dict[str, Answer] = {}
    known: list[Answer] = []
    problems: list[Problem] = []
    changes: list[Change] = []
    for answer in answers:
        item = asked.get(answer.key)
        option = item.option(answer.option) if item else None
        if answer.key in taken:
            if taken[answer.key].option != answer.option:
                problems.append(Problem(answer, f"there are two answers: {taken[answer.key].option!r} is taken"))
        elif (settled := answered.get(keys.base(answer.key))) is not None:
            if settled in {answer.option, keys.ANY}:
                known.append(answer)
            else:
                message = f"{path.name} says {settled!r} already, and that stays: change it there"
                problems.append(Problem(answer, message))
        elif item is None:
            message = "this is no longer asked: the notes or the settings have changed since; ask anew"
            problems.append(Problem(answer, message))
        elif option is None:
            options = ", ".join(repr(option.name) for option in item.options)
            problems.append(
                Problem(answer, f"{answer.option!r} is no answer to {item.question!r}; there are {options}")
            )
        elif option.text and not answer.text.strip():
            problems.append(Problem(answer, f"the answer to {item.question!r} has no text: write one"))
        else:
            taken[answer.key] = answer
            changes += (_with_text(change, answer.text) for change in option.changes)
    made = changed(data, changes, str(path)) if changes else data
    if made != data:
        try:
            refuse_contradictions(config.parse(path, made).concepts)
        except ConfigError as error:
            raise ConfigError(f"nothing was written to {path}, as with these answers {error}") from error
        if len(made) > config.MAX_BYTES:
            raise ConfigError(f"nothing was written to {path}: with these answers it is larger than can be read")
        replace_file(path, made)
    return Applied(tuple(taken.values()), tuple(known), tuple(problems), made != data)


def _with_text(change: Change, text: str) -> Change:
    return structs.replace(change, value=" ".join(text.split())) if change.value is None else change
