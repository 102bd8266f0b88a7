"""`orgkb review`: what is doubtful as an Org file to answer, and the answers into orgkb.toml."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.build import DEFAULT_INPUT, DEFAULT_OUTPUT
from orgkb.cli.output import json_option, safe
from orgkb.cli.trust import trust_options
from orgkb.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgkb.config import Config
    from orgkb.org.trust import Trust
    from orgkb.review import ReviewItem

FILE_NAME = "review.org"
_BESIDE = ""
"""For `--apply` without a file: the one beside the notes."""


@click.command(
    short_help="Ask about what is doubtful, and take the answers.",
    epilog="""\b
Examples:
  orgkb review                           input/review.org: tick its boxes in Emacs
  orgkb review --apply                   the answers into input/orgkb.toml
  orgkb review notes -o todo.org         notes of another folder, another file
  orgkb review notes --apply todo.org    and its answers
  orgkb review notes --json              the questions, for programs: docs/formats.md""",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The review file.  [default: review.org beside the notes]",
)
@click.option(
    "--apply",
    "answers",
    metavar="[FILE]",
    is_flag=False,
    flag_value=_BESIDE,
    help="Read the answers in FILE back into orgkb.toml.  [default FILE: review.org beside the notes]",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings to read and to write to.  [default: orgkb.toml beside the notes]",
)
@click.option("--force", is_flag=True, help="Write the review file anew even if it holds answers that were not read.")
@json_option("the questions, or what became of the answers")
@trust_options
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def review(
    *,
    paths: tuple[Path, ...],
    output: Path | None,
    answers: str | None,
    config: Path | None,
    force: bool,
    style: str,
    trust: Trust,
    debug: bool,  # noqa: ARG001 - read where errors are shown
) -> int:
    """Write what is doubtful in the notes PATH (default: input/) as an Org file with checkboxes.

    With --apply the answers go into orgkb.toml, and nothing else in it changes. Questions that are answered do
    not come back.
    """
    from orgkb import config as configuration  # noqa: PLC0415 - `orgkb --help` loads neither
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.review import items, org_file  # noqa: PLC0415

    if answers is not None and output is not None:
        raise UsageError("-o names the file to write, --apply FILE the one to read: say one of them")
    named_paths = paths
    named = Path(answers) if answers else output
    if answers and named and named.is_dir():  # `--apply notes`: the folder of the notes, which is no file
        paths, named = (*paths, named), None
    if not paths:
        paths = (_home_of(named) or DEFAULT_INPUT,)
        if not paths[0].is_dir():
            raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb review PATH")
    inputs = pipeline.find_inputs(paths, skip=DEFAULT_OUTPUT, trust=trust)
    home = _from_here(inputs.root)
    settings_file = config or home / configuration.FILE_NAME
    settings = configuration.load(config) if config else configuration.find(inputs.root)
    file = named or home / FILE_NAME
    if answers is not None and not file.exists():
        raise InputError(f"{file}: no such file; write it with `orgkb review`")
    graph, _ = pipeline.read_graph(inputs, settings)
    questions = items(graph)
    if answers is not None:
        return _apply(file, questions, settings_file, for_programs=style == "json")
    title = settings.title or next((t for d in graph.documents if (t := d.setting("TITLE"))), inputs.root.name)
    made = org_file.written(questions, title, _prefix(file, inputs.root))
    _write(file, made, settings, force=force)
    if style == "json":
        from orgkb.cli.show import print_json  # noqa: PLC0415 - only for programs

        print_json({"file": file.as_posix(), "questions": [_record(item) for item in questions]})
        return 0
    _tell(file, questions, "".join(f" {shlex.quote(p.as_posix())}" for p in named_paths), output)
    return 0


def _from_here(folder: Path) -> Path:
    """FOLDER as people name it from where they are."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _home_of(file: Path | None) -> Path | None:
    """The folder of review FILE, if there are notes beside it."""
    from orgkb.inputs import SUFFIX, is_review  # noqa: PLC0415 - see review

    if file is None or not file.parent.is_dir():
        return None
    beside = (path for path in file.parent.iterdir() if path.suffix == SUFFIX and path.is_file())
    return file.parent if any(not is_review(path) for path in beside) else None


def _write(file: Path, made: str, settings: Config, *, force: bool) -> None:
    from orgkb.cli.display import plural  # noqa: PLC0415 - see review
    from orgkb.files import replace_file  # noqa: PLC0415
    from orgkb.inputs import is_review  # noqa: PLC0415
    from orgkb.review import keys  # noqa: PLC0415

    before = _text(file) if file.exists() or file.is_symlink() else None
    if before is not None:
        if not is_review(file):
            raise OutputError(f"{file} was not written by `orgkb review` and stays as it is: name another file with -o")
        unread = _unread(file, before, keys.answered(settings.concepts))
        if unread and not force:
            raise OutputError(
                f"{file} holds {plural(unread, 'answer')} that the settings do not: read them with "
                "`orgkb review --apply`, or drop them with --force"
            )
    if made != before:
        replace_file(file, made.encode())


def _tell(file: Path, questions: tuple[ReviewItem, ...], paths: str, output: Path | None) -> None:
    """How many questions there are, and what to do next."""
    from orgkb.cli.display import plural  # noqa: PLC0415 - see review

    if not questions:
        click.echo(f"{file.as_posix()}: nothing is doubtful")
        return
    counts = Counter(item.kind.value for item in questions)
    listed = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    click.echo(f"{file.as_posix()}: {plural(len(questions), 'question')} ({listed})")
    where = f" {shlex.quote(output.as_posix())}" if output else ""
    click.echo(f"tick the answers, then: orgkb review{paths} --apply{where}")


def _record(item: ReviewItem) -> dict[str, object]:
    """A question, for programs."""
    return {
        "key": item.key,
        "kind": item.kind.value,
        "subject": item.subject,
        "question": item.question,
        "why": item.why,
        "options": [{"name": option.name, "label": option.label, "text": option.text} for option in item.options],
        "quotes": [
            {"file": q.span.path, "line": q.span.line, "col": q.span.column, "note": q.note, "text": q.text}
            for q in item.quotes
        ],
        "places": item.places,
    }


def _apply(file: Path, questions: tuple[ReviewItem, ...], settings_file: Path, *, for_programs: bool) -> int:
    from orgkb.cli.display import COLOURS, plural  # noqa: PLC0415 - see review
    from orgkb.diagnostics import Severity  # noqa: PLC0415
    from orgkb.review import apply, org_file  # noqa: PLC0415

    try:
        found = org_file.read(_text(file))
    except org_file.NotAReview as error:
        raise InputError(f"{file} {error}") from error
    done = apply(found.answers, questions, settings_file)
    told = [(fault.line, fault.message) for fault in found.faults]
    told += [(problem.answer.line, problem.message) for problem in done.problems]
    left = len(questions) - len(done.written)
    if for_programs:
        from orgkb.cli.show import print_json  # noqa: PLC0415 - see review

        print_json(
            {
                "settings": settings_file.as_posix(),
                "written": [answer.key for answer in done.written],
                "known": [answer.key for answer in done.known],
                "problems": [{"line": line, "message": message} for line, message in sorted(told)],
                "left": left,
            }
        )
        return int(bool(told))
    for line, message in sorted(told):
        label = click.style("warning", fg=COLOURS[Severity.WARNING])
        click.echo(f"{file.as_posix()}:{line}: {label}: {safe(message)}", err=True)
    parts = [f"{plural(len(done.written), 'answer')} written to {settings_file.as_posix()}"]
    parts += [f"{len(done.known)} there already"] if done.known else []
    parts += [f"{len(told)} not used"] if told else []
    parts += [f"{plural(left, 'question')} left"] if left else []
    click.echo(", ".join(parts))
    return int(bool(told))


def _text(file: Path) -> str:
    from orgkb.org.paths import read_named  # noqa: PLC0415 - see review

    try:
        return read_named(file).decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: is no UTF-8 text: {error.reason} at byte {error.start}") from error


def _unread(file: Path, text: str, answered: Mapping[str, str]) -> int:
    from orgkb.review import org_file  # noqa: PLC0415 - see review

    try:
        return org_file.open_answers(org_file.read(text), answered)
    except org_file.NotAReview as error:
        raise OutputError(f"{file} {error}; move it away") from error


def _prefix(file: Path, root: Path) -> str:
    """What leads from the folder of FILE to the notes in ROOT, for links; empty where they lie together."""
    try:
        way = Path(os.path.relpath(root, file.parent)).as_posix()
    except ValueError:  # Windows: on another drive
        way = root.resolve().as_posix()
    return "" if way == "." else f"{way}/"
