"""Inline text to objects (Org syntax, "Objects")."""

from orgkb.org.objects.parser import ObjectParser, parse_string, radio_pattern
from orgkb.org.objects.scope import Restriction

__all__ = ["ObjectParser", "Restriction", "parse_string", "radio_pattern"]
