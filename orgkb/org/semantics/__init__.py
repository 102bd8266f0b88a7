"""Org's export semantics: what of a document is exported, and how it is to be understood.

Pure functions over the tree, applied once, so that every exporter and the graph builder see the
same prepared document.
"""

from orgkb.org.semantics.options import ExportOptions, NameSet, options_of, subtree_options
from orgkb.org.semantics.preparation import prepare

__all__ = ["ExportOptions", "NameSet", "options_of", "prepare", "subtree_options"]
