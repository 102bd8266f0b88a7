"""What the user lets the notes of one run do that notes of strangers may not; only the command line can say so."""

from __future__ import annotations

import msgspec


class Trust(msgspec.Struct, frozen=True):
    """Nothing of this holds unless the user asks for it, each by an option of its own."""

    outside: bool = False
    """`--allow-include-outside`: notes bring in files and pictures from anywhere, home folders too."""
    symlinks: bool = False
    """`--follow-symlinks`: symbolic links below the folder of the notes are followed, wherever they lead."""
    raw: bool = False
    """`--allow-raw`: raw HTML, LaTeX and Typst of the notes acts in the format it is for, HTML after sanitizing."""


STRANGERS = Trust()
"""Notes that nobody vouches for."""
