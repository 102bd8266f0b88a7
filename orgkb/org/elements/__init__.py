"""Lines to elements: the block level of Org (Org syntax, "Elements")."""

from orgkb.org.elements.parser import ElementParser

__all__ = ["ElementParser"]
