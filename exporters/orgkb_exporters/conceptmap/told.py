"""Problems that concern a map as a whole."""

from __future__ import annotations

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity


def diagnostic(graph: ConceptGraph, code: str, message: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    """A diagnostic about the map as a whole: it stands at the beginning of the notes."""
    path = graph.documents[0].path if graph.documents else ""
    return Diagnostic(severity, code, message, Location(path, 1))
