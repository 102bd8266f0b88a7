"""The limits of the reader, so that no text can exhaust it: what they are and what happens beyond.

Nothing is cut in silence: what is beyond a limit stays as plain text, or a diagnostic names it.
docs/security.md lists them with those of the exporters.
"""

ELEMENT_DEPTH = 60
"""Lists, blocks and drawers inside one another; what is deeper becomes one paragraph, its text kept."""

OBJECT_DEPTH = 40
"""Objects inside one another; what is deeper becomes plain text."""

FILE_BYTES = 64 * 1024 * 1024
"""Size of one file, a note or what it brings in; a larger one is refused with a message."""

LINE_CHARS = 1024 * 1024
"""Characters of one line; the rest of a longer one is cut off, with the warning `line-too-long`."""

COUNTER_DIGITS = 9
"""Digits of the number that `[@12]` sets in a list; a larger one counts as 999,999,999."""

INCLUDE_DEPTH = 20
"""Includes inside one another; deeper ones are left out, with the warning `include-limit`."""

INCLUDES = 10_000
"""Includes that one document expands, nested ones counted each time; as above."""

INCLUDED_CHARS = 16 * 1024 * 1024
"""Characters that the includes of one document bring in, each line counted as at least 8; as above."""

INCLUDED_FREE = 256 * 1024
INCLUDED_TIMES = 8
"""Nor more than this many times what the included files hold, and INCLUDED_FREE characters: few bytes cannot
ask for the work of many; as above."""

INCLUDE_LEVEL = 1_000
"""Highest `:minlevel`; a larger one counts as this."""

READ_BYTES = 256 * 1024 * 1024
"""Bytes read for the includes or the setup files of one document; the rest is not read, with a warning."""

SETUP_FILES = 100
"""Setup files of one document, nested ones counted too; more are not read, with the warning `setupfile-limit`."""

TERMS = 50_000
"""Places of one document that may make a concept; those that follow make none, with the warning `term-limit`."""

MACRO_DEPTH = 16
"""Macros inside one another; deeper ones stay as written."""

MACRO_CHARS = 200_000
"""Characters that the macros of one file grow to; the rest stays as written, with the warning `macro-limit`."""
