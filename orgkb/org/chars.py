r"""Character classes as Emacs' Org mode sees them, as the inside of a regular expression's brackets.

Org defines its syntax by Emacs' syntax tables, which differ from Python's `\s` and `\w`: zero width
space is white space, combining marks belong to words, superscript digits do not.  The ranges were
listed by asking Emacs about every character.
"""

SPACE = " \\t\\n\\f\\r\\u00a0\\u2000-\\u200b\\u202f\\u205f\\u3000"
"""Characters of white-space syntax."""

SPACES = frozenset(" \t\n\f\r\u00a0\u202f\u205f\u3000") | frozenset(map(chr, range(0x2000, 0x200C)))
"""The same as a set."""

_MARKS = (
    "\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a"
    "\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u0711\\u0730-\\u074a\\u0900-\\u0903\\u093a-\\u094f"
    "\\u0981-\\u0983\\u09be-\\u09cd\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20f0"
    "\\ufe20-\\ufe2f"
)

ALPHANUMERIC = f"(?:[^\\W_]|[{_MARKS}])"
"""A letter, digit or combining mark, as a group (it cannot stand inside brackets)."""

LATIN_WORD = "[0-9A-Za-z$%'\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0300-\\u036f]"
"""A character that forms one word with a Latin letter after it: no letter of another script, but `$`, `%`, `'`."""

LABEL = "[-\\w]+"
"""Footnote labels and drawer names: word characters, hyphens and underscores."""
