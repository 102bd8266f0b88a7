"""Run Graphviz: the program that the graphviz-pure wheel brings, or a `dot` of the system."""

from __future__ import annotations

import shutil
import sysconfig
from collections.abc import Callable
from pathlib import Path

import msgspec

from orgkb import programs

Once = Callable[[str, bytes, Callable[[], bytes]], bytes]

TIME_LIMIT = 20.0
"""Seconds for one run."""


class DrawingError(Exception):
    """Graphviz is absent, refused the map or took too long; the text says which."""


class Engine(msgspec.Struct, frozen=True):
    """A Graphviz program."""

    program: str
    once: Once | None = None
    """`ExportContext.once`: what was drawn in an earlier run is not drawn again."""

    def remembered(self, step: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        """What MAKE gives, or gave in an earlier run in which this program did STEP with SOURCE."""
        if self.once is None:
            return make()
        return self.once(step, "\0".join((*self.identity(), "")).encode() + source, make)

    def identity(self) -> tuple[str, ...]:
        """What differs where the program does."""
        try:
            found = Path(self.program).resolve().stat()
        except OSError:  # told when it is started
            return (self.program,)
        return self.program, str(found.st_size), str(found.st_mtime_ns)

    def draw(self, dot: str, output: str, *options: str) -> bytes:
        """DOT drawn in the format OUTPUT (`svg`, `png`, `json0`); DrawingError where that fails.

        The text goes in by stdin and the drawing comes back by stdout; nothing else reaches the
        program, and DOT written by this package names no file.
        """
        try:
            # The program comes from our own installation or from the user's option, and the arguments are fixed.
            done = programs.run([self.program, "-q", f"-T{output}", *options], dot.encode(), seconds=TIME_LIMIT)
        except programs.ProgramFailed as error:
            complaint = str(error).splitlines()[-1]
            message = f"{self.program} failed: {complaint}"
            raise DrawingError(message) from None
        except OSError as error:
            message = f"{self.program} could not be started: {error.strerror or error}"
            raise DrawingError(message) from error
        if not done.output:
            message = f"{self.program} drew nothing{f': {done.errors.splitlines()[-1]}' if done.errors else ''}"
            raise DrawingError(message)
        return done.output


def find_engine(program: str = "", *, notes: Path | None = None, once: Once | None = None) -> Engine:
    """PROGRAM where given, else graphviz-pure, else the system's `dot`; DrawingError where there is none.

    ONCE is that of the export context.

    The settings may have come with the notes of a stranger: a PROGRAM below the folder NOTES is never started.
    """
    if program:
        found = shutil.which(program)
        if found is None:
            message = f"there is no program {program} (option `dot` of the map)"
            raise DrawingError(message)
        if notes is not None and Path(found).resolve().is_relative_to(notes.resolve()):
            message = f"{program} lies among the notes; a program from there is not started (option `dot` of the map)"
            raise DrawingError(message)
        return Engine(found, once)
    scripts = sysconfig.get_path("scripts")  # the wheel's program lies there, on PATH or not
    for name, place in (("graphviz-pure", scripts), ("graphviz-pure", None), ("dot", None)):
        found = programs.find(name, path=place)
        if found is not None:
            return Engine(str(Path(found)), once)
    message = "neither graphviz-pure nor dot is installed (pip install graphviz-pure)"
    raise DrawingError(message)
