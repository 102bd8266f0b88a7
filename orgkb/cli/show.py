"""`orgkb parse` and `orgkb graph`: what orgkb sees in the notes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.output import json_option, safe
from orgkb.cli.trust import trust_options

if TYPE_CHECKING:
    from orgkb.concepts.graph import ConceptGraph
    from orgkb.org.document import Document
    from orgkb.org.trust import Trust

_SHOWN = 60
"""Characters of a node's text in the tree that people read."""


@click.command(
    short_help="Show how Org reads a file.",
    epilog="""\b
Examples:
  orgkb parse notes.org                  the tree, indented
  orgkb parse --json notes.org           for programs: docs/formats.md""",
)
@click.argument("file", type=click.Path(path_type=Path))
@json_option("records: type, begin, end, attributes")
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def parse(file: Path, style: str, debug: bool) -> None:  # noqa: ARG001 - `debug` is read where errors are shown
    """Show how Org reads FILE: every element and object with its place."""
    from orgkb.org import reader, records  # noqa: PLC0415 - loaded when needed
    from orgkb.org.paths import read_named  # noqa: PLC0415

    text, _ = reader.decode(read_named(file))
    document = reader.parse(text, file.as_posix())  # and not `read`: offsets are those of this file, without includes
    if style == "json":
        print_json(records.records_json(document))
    else:
        click.echo(_tree(document))


@click.command(
    short_help="Show the concepts of notes.",
    epilog="""\b
Examples:
  orgkb graph notes                      concepts, the most important first
  orgkb graph --json a.org b.org         for programs: docs/formats.md""",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option("concepts, mentions, relations")
@trust_options
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def graph(paths: tuple[Path, ...], style: str, debug: bool, trust: Trust) -> int:  # noqa: ARG001 - see `parse`
    """Show the concepts of the Org files and folders PATH.  Exit code 1 if one could not be read."""
    from orgkb import config, pipeline  # noqa: PLC0415 - networkx takes half a second to load
    from orgkb.cli.display import tell_unread  # noqa: PLC0415

    inputs = pipeline.find_inputs(paths, trust=trust)
    found, problems = pipeline.read_graph(inputs, config.find(inputs.root))
    unread = tell_unread(problems, inputs.root)
    if style == "json":
        from orgkb.concepts.json_format import graph_json  # noqa: PLC0415
        from orgkb.org.garbage import no_garbage_collection  # noqa: PLC0415

        with no_garbage_collection():
            print_json(graph_json(found))
    else:
        click.echo(_concepts(found))
    return int(unread)


def _tree(document: Document) -> str:
    """One line a node: its line in the file, its type, the beginning of its text; indented by depth."""
    from orgkb.org.walk import parts  # noqa: PLC0415

    lines: list[str] = []
    stack = [(node, 0) for node in (*document.section, *document.headlines)][::-1]
    while stack:
        node, depth = stack.pop()
        text = " ".join(document.text[node.begin : min(node.end, node.begin + 4 * _SHOWN)].split())
        shown = safe(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
        lines.append(f"{document.line_of(node.begin):5}  {'  ' * depth}{node.type}  {click.style(shown, dim=True)}")
        stack += [(part, depth + 1) for part in parts(node)][::-1]
    return "\n".join(lines)


def _concepts(found: ConceptGraph) -> str:
    """Each concept with its definition and its propositions, the most important first."""
    lines: list[str] = []
    for concept in found.ranked:
        also = f"  ({', '.join(alias.surface for alias in concept.aliases)})" if concept.aliases else ""
        lines.append(click.style(concept.name, bold=True) + also)
        if concept.definition and concept.definition.text:
            lines.append(f"    {concept.definition.text}")
        for relation in found.relations_of(concept.id):
            if relation.source == concept.id:
                label = relation.label or "—"
                lines.append(click.style(f"    → {label} → {found.concept(relation.target).name}", dim=True))
    counts = f"{len(found.concepts)} concepts, {len(found.mentions)} mentions, {len(found.relations)} relations"
    return "\n".join([*lines, "", counts])


def print_json(value: object) -> None:
    """Write VALUE to standard output, as UTF-8 whatever the terminal's encoding is."""
    import msgspec  # noqa: PLC0415 - loaded when needed

    sys.stdout.flush()
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
