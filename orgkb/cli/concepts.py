"""`orgkb concepts` and `orgkb explain`: what was found in the notes, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.build import DEFAULT_INPUT, DEFAULT_OUTPUT
from orgkb.cli.output import json_option, safe
from orgkb.cli.show import print_json
from orgkb.cli.trust import trust_options
from orgkb.errors import InputError, UsageError

if TYPE_CHECKING:
    from orgkb.concepts.graph import ConceptGraph
    from orgkb.concepts.model import Concept, Relation, Span
    from orgkb.org.trust import Trust

_SHOWN_MENTIONS = 12
_NEAR = 5
_PATHS = click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
_CONFIG = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings.  [default: orgkb.toml beside the notes, if there]",
)
_DEBUG = click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")


@click.command(
    short_help="List the concepts of notes.",
    epilog="""\b
Examples:
  orgkb concepts notes                   all of them, the most important first
  orgkb concepts notes --below 0.5       those to look at
  orgkb concepts notes --dropped         what was too doubtful to be kept""",
)
@_PATHS
@click.option("--below", metavar="NUMBER", type=click.FloatRange(0, 1), help="Only concepts less sure than this.")
@click.option("--dropped", is_flag=True, help="What the rules found and no export has, instead.")
@json_option("the concepts")
@_CONFIG
@trust_options
@_DEBUG
def concepts(
    *,
    paths: tuple[Path, ...],
    below: float | None,
    dropped: bool,
    style: str,
    config: Path | None,
    trust: Trust,
    debug: bool,  # noqa: ARG001 - read where errors are shown
) -> None:
    """List the concepts of the notes PATH (default: input/): confidence, name, place, rules."""
    found = _Found(paths, config, trust)
    listed = [
        c for c in (found.graph.dropped if dropped else found.graph.ranked) if below is None or c.confidence < below
    ]
    if style == "json":
        from orgkb.concepts.json_format import concepts_json  # noqa: PLC0415 - only for programs

        print_json(concepts_json(listed))
        return
    width = min(max((len(_title(c)) for c in listed), default=0), 40)
    for concept in listed:
        rules = ", ".join(concept.rules)
        click.echo(f"{concept.confidence:.2f}  {_title(concept):{width}}  {found.line(concept.span)}  {rules}")


@click.command(
    short_help="Show why something is a concept.",
    epilog="""\b
Examples:
  orgkb explain pod notes                where it comes from, what it is called, what it has to do with what
  orgkb explain "service (swarm)" notes  one of several things with one name""",
)
@click.argument("term")
@_PATHS
@click.option("-v", "--verbose", is_flag=True, help="Show all mentions, not only the first ones.")
@json_option("the concepts of that name, their mentions and relations")
@_CONFIG
@trust_options
@_DEBUG
def explain(
    *,
    term: str,
    paths: tuple[Path, ...],
    verbose: bool,
    style: str,
    config: Path | None,
    trust: Trust,
    debug: bool,  # noqa: ARG001 - see `concepts`
) -> None:
    """Show why TERM is a concept of the notes PATH (default: input/), or why it is none."""
    found = _Found(paths, config, trust)
    matches = found.called(term)
    if not matches:
        raise InputError(found.why_not(term))
    if style == "json":
        from orgkb.concepts.json_format import about_json  # noqa: PLC0415 - only for programs

        print_json(about_json(found.graph, matches))
        return
    for number, concept in enumerate(matches):
        if number:
            click.echo()
        for line in found.explained(concept, every=verbose):
            click.echo(line)


class _Found:
    """The graph of some notes, and how to speak of it."""

    def __init__(self, paths: tuple[Path, ...], config: Path | None, trust: Trust) -> None:
        from orgkb import config as configuration  # noqa: PLC0415 - `orgkb --help` loads neither
        from orgkb import pipeline  # noqa: PLC0415
        from orgkb.cli.display import prefix_of, tell_unread  # noqa: PLC0415

        if not paths and not DEFAULT_INPUT.is_dir():
            raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb concepts PATH")
        inputs = pipeline.find_inputs(paths or (DEFAULT_INPUT,), skip=DEFAULT_OUTPUT, trust=trust)
        settings = configuration.load(config) if config else configuration.find(inputs.root)
        self.graph: ConceptGraph
        self.graph, problems = pipeline.read_graph(inputs, settings)
        tell_unread(problems, inputs.root)
        self._prefix = prefix_of(inputs.root)

    def line(self, span: Span) -> str:
        """The place of SPAN as editors and terminals open it from here."""
        return f"{self._prefix}{safe(span.path)}:{span.line}"

    def place(self, span: Span) -> str:
        """The same with the column."""
        return f"{self.line(span)}:{span.column}"

    def called(self, term: str) -> list[Concept]:
        """The concepts, kept or dropped, with that name, alias, or name and sense."""
        from orgkb.concepts import folding  # noqa: PLC0415 - see __init__

        key = folding.key(term)
        return [
            concept
            for concept in (*self.graph.concepts, *self.graph.dropped)
            if key and (key == folding.key(_title(concept)) or any(folding.key(s) == key for s in concept.surfaces))
        ]

    def why_not(self, term: str) -> str:
        """Why TERM is no concept, and which ones have a name like it."""
        from orgkb.concepts import folding  # noqa: PLC0415 - see __init__

        if folding.key(term) in {folding.key(name) for name in self.graph.settings.never}:
            return f"{term!r} is no concept: it stands in `never` of [concepts] in the settings"
        near = self._near(term)
        hint = f"; there are {', '.join(near)}" if len(near) > 1 else f"; did you mean {near[0]!r}?" if near else ""
        return f"the notes have no concept {term!r}{hint}"

    def _near(self, term: str) -> list[str]:
        """Names like TERM, the nearest first."""
        import difflib  # noqa: PLC0415 - only for mistakes

        from orgkb.concepts import folding  # noqa: PLC0415 - see __init__

        shown: dict[str, str] = {}
        for concept in (*self.graph.ranked, *self.graph.dropped):
            for surface in concept.surfaces:
                shown.setdefault(folding.key(surface), concept.name)
        key = folding.key(term)
        close = difflib.get_close_matches(key, shown, n=_NEAR, cutoff=0.75)
        parts = [other for other in shown if key and (key in other or (len(other) > _SHORT and other in key))]
        return [safe(name) for name in dict.fromkeys(shown[other] for other in (*close, *parts))][:_NEAR]

    def explained(self, concept: Concept, *, every: bool) -> Iterator[str]:
        """All that is known of CONCEPT, line by line; EVERY mention or the first ones."""
        graph = self.graph
        trust = f"confidence {concept.confidence:.2f}"
        kept = concept.id in graph and graph.concept(concept.id) is concept
        yield (
            click.style(_title(concept), bold=True)
            + f"  {trust}, importance {concept.rank:.2f}" * kept
            + (
                ""
                if kept
                else f"  dropped: {trust} is below {graph.settings.thresholds.index:.2f}, "
                f"and {'what defines it is doubtful' if concept.definitions else 'no definition'}; "
                "`always` in the settings keeps it"
            )
        )
        for evidence in concept.evidence:
            yield f"  found {self.place(evidence.span)}: by {evidence.rule}, {evidence.confidence:.2f}"
        for alias in concept.aliases:
            place = f"{self.place(alias.span)}: " if alias.span else ""
            yield f"  also {safe(alias.surface)!r}: {place}{alias.kind}, by {alias.rule}, {alias.confidence:.2f}"
        for definition in concept.definitions:
            where = f"{self.place(definition.span)} ({definition.rule}, {definition.confidence:.2f})"
            yield f"  defined {where}: {safe(definition.text)}"
        mentions = graph.mentions_of(concept.id) if kept else ()
        yield f"  mentioned {len(mentions)} times"
        for mention in mentions if every else mentions[:_SHOWN_MENTIONS]:
            yield f"    {self.place(mention.span)}: {safe(' '.join(mention.text.split()))} ({mention.context})"
        if len(mentions) > _SHOWN_MENTIONS and not every:
            yield f"    and {len(mentions) - _SHOWN_MENTIONS} more; --verbose shows all"
        for relation in graph.relations_of(concept.id) if kept else ():
            why = f"{relation.type}, {relation.kind}, {relation.confidence:.2f}, {self.place(relation.span)}"
            yield f"  {self._proposition(relation)}  ({why})"

    def _proposition(self, relation: Relation) -> str:
        source, target = self.graph.concept(relation.source), self.graph.concept(relation.target)
        return f"{_title(source)} – {safe(relation.label) or '…'} – {_title(target)}"


_SHORT = 3
"""Letters up to which a name is in many others by chance."""


def _title(concept: Concept) -> str:
    return safe(f"{concept.name} ({concept.sense})" if concept.sense else concept.name)
