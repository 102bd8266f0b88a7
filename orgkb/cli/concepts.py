"""`orgkb concepts` and `orgkb explain`: what was found in the notes, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.trust import trust_options
from orgkb.errors import InputError
from orgkb.org.trust import Trust

if TYPE_CHECKING:
    from orgkb.concepts.graph import ConceptGraph
    from orgkb.concepts.model import Concept, Relation

_DEFAULT_INPUT = Path("input")
_SHOWN_MENTIONS = 12
_PATHS = click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
_DEBUG = click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")


@click.command(
    epilog="""\b
Examples:
  orgkb concepts notes                   all of them, the most important first
  orgkb concepts notes --below 0.5       those to look at""",
)
@_PATHS
@click.option("--below", metavar="NUMBER", type=click.FloatRange(0, 1), help="Only concepts less sure than this.")
@trust_options
@_DEBUG
def concepts(paths: tuple[Path, ...], below: float | None, debug: bool, trust: Trust) -> None:  # noqa: ARG001 - `debug` is read where errors are shown
    """List the concepts of the notes PATH (default: input/): confidence, name, place, rules."""
    found = _graph(paths, trust)
    listed = [c for c in found.ranked if below is None or c.confidence < below]
    width = max((len(_title(c)) for c in listed), default=0)
    for concept in listed:
        place = f"{concept.span.path}:{concept.span.line}"
        click.echo(f"{concept.confidence:.2f}  {_title(concept):{min(width, 40)}}  {place}  {', '.join(concept.rules)}")


@click.command(
    epilog="""\b
Examples:
  orgkb explain pod notes                where it comes from, what it is called, what it has to do with what""",
)
@click.argument("term")
@_PATHS
@trust_options
@_DEBUG
def explain(term: str, paths: tuple[Path, ...], debug: bool, trust: Trust) -> None:  # noqa: ARG001 - see `concepts`
    """Show why TERM is a concept of the notes PATH (default: input/)."""
    from orgkb.concepts import names  # noqa: PLC0415 - loaded when needed

    found = _graph(paths, trust)
    key = names.key(term)
    matches = [c for c in found.concepts if any(names.key(surface) == key for surface in c.surfaces)]
    if not matches:
        near = [c.name for c in found.ranked if key and key in names.key(c.name)][:5]
        hint = f"; there are {', '.join(near)}" if near else ""
        raise InputError(f"the notes have no concept {term!r}{hint}")
    for number, concept in enumerate(matches):
        if number:
            click.echo()
        for line in _explained(found, concept):
            click.echo(line)


def _graph(paths: tuple[Path, ...], trust: Trust) -> ConceptGraph:
    from orgkb import pipeline  # noqa: PLC0415 - networkx takes half a second to load

    return pipeline.build_graph(paths or (_DEFAULT_INPUT,), trust=trust)


def _title(concept: Concept) -> str:
    return f"{concept.name} ({concept.sense})" if concept.sense else concept.name


def _explained(found: ConceptGraph, concept: Concept) -> Iterator[str]:
    yield (
        click.style(_title(concept), bold=True)
        + f"  confidence {concept.confidence:.2f}, importance {concept.rank:.2f}"
    )
    yield f"  {concept.span.location()}: found by {', '.join(concept.rules)}"
    for alias in concept.aliases:
        place = f"{alias.span.location()}: " if alias.span else ""
        yield f"  also {alias.surface!r}: {place}{alias.kind}, by {alias.rule}"
    for definition in concept.definitions:
        yield f"  defined {definition.span.location()} ({definition.rule}, {definition.confidence:.2f}): {definition.text}"
    mentions = found.mentions_of(concept.id)
    yield f"  mentioned {len(mentions)} times"
    for mention in mentions[:_SHOWN_MENTIONS]:
        yield f"    {mention.span.location()}: {' '.join(mention.text.split())} ({mention.context})"
    if len(mentions) > _SHOWN_MENTIONS:
        yield f"    and {len(mentions) - _SHOWN_MENTIONS} more"
    for relation in found.relations_of(concept.id):
        yield f"  {_proposition(found, relation)}  ({relation.type}, {relation.kind}, {relation.confidence:.2f}, {relation.span.location()})"


def _proposition(found: ConceptGraph, relation: Relation) -> str:
    return f"{found.concept(relation.source).name} – {relation.label or '…'} – {found.concept(relation.target).name}"
