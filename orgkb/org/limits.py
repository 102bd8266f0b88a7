"""The limits of the reader, so that no text can exhaust it: what they are and what happens beyond."""

ELEMENT_DEPTH = 60
"""Lists, blocks and drawers inside one another; what is deeper becomes one paragraph, its text kept."""

OBJECT_DEPTH = 40
"""Objects inside one another; what is deeper becomes plain text."""

FILE_BYTES = 64 * 1024 * 1024
"""Size of one Org file; a larger one is refused with a message."""
