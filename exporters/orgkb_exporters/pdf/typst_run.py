"""Running Typst: files in, PDF out, nothing else within reach, in a process that can be stopped."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from orgkb.errors import ExporterError, MissingProgram, OrgkbError
from orgkb.patterns import pattern

STANDARDS = (
    "1.4", "1.5", "1.6", "1.7", "2.0",
    "a-1a", "a-1b", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4", "a-4e", "a-4f", "ua-1",
)  # fmt: skip
"""PDF standards that Typst writes."""

TIME_LIMIT = 900.0
"""Seconds after which a compilation is given up."""

SMALL = 150
"""Megabytes up to which a compiler goes on with the next pages of one build: a new one takes .1 s to begin."""
GROWTH = 2.5
"""How much larger than after its first build a compiler that stays may become: room for the ten builds that Typst looks back."""
BUILDS = 20
"""Builds after which it begins anew where the system does not tell its size."""

_WORKER = Path(__file__).with_name("worker.py")
_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_PLACE = pattern(r"┌─ (\S+?\.typ|\S+?):(\d+)(?::(\d+))?")
_UNSHOWN = pattern(r"the text `(\"(?:[^\"\\]|\\.)*\")` could not be displayed")
_UNICODE_ESCAPE = pattern(r"\\u\{([0-9a-fA-F]+)\}")


class CompileFailed(Exception):  # noqa: N818 - reads as what happened
    """Typst refused the source: the message, the files it names (innermost first), the texts without glyphs."""

    def __init__(self, message: str, diagnostic: str) -> None:
        super().__init__(message)
        self.message = message
        self.files = tuple(dict.fromkeys(match[1].rsplit("/", 1)[-1] for match in _PLACE.finditer(diagnostic)))
        self.places = tuple((_inside(match[1]), int(match[2])) for match in _PLACE.finditer(diagnostic))
        """(file in the project, line), innermost first."""
        self.unshown = Counter(_unescape(text) for text in _UNSHOWN.findall(diagnostic))
        """Text → how often Typst had no glyph for it."""


class TooBig(ExporterError):  # noqa: N818 - reads as what happened
    """Typst needed more memory or time than it may take."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What Typst may use."""

    memory: int = 4096
    """Megabytes."""
    seconds: float = TIME_LIMIT
    """For one compilation."""
    font_paths: tuple[str, ...] = ()
    """Folders with fonts besides its own."""
    system_fonts: bool = False


class Typst:
    """A folder and a process of its own for the compiler; several tries in it are cheap: Typst remembers what did not change.

    It sees the files it is given: no other file, no package, and no font but its own where none are allowed.
    """

    def __init__(self, limits: Limits | None = None, *, stays: bool = False) -> None:
        """Prepare the folder; the process starts with the first job.  Raises MissingProgram without Typst.

        Where it STAYS for more builds, it remembers what it laid out until it has grown too much.
        """
        if importlib.util.find_spec("typst") is None or not sys.executable:
            raise MissingProgram("the PDF exporter needs typst: pip install typst")
        self.limits = limits or Limits()
        self._stays = stays
        self._memory = self._bound = self._builds = 0
        self._folder = tempfile.TemporaryDirectory(prefix="orgkb-typst-")
        self._root = Path(self._folder.name) / "project"
        self._root.mkdir()
        self._output = Path(self._folder.name) / "result.pdf"
        self._written: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self.warnings: tuple[str, ...] = ()
        """What Typst remarked on the last PDF: faults of the templates, not of the notes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove the folder."""
        self.rest()
        self._folder.cleanup()

    def compile(
        self, files: Mapping[str, bytes], timestamp: dt.datetime, *, standard: str | None, tagged: bool = True
    ) -> bytes:
        """The PDF of `main.typ` in FILES (name → bytes).  Raises CompileFailed, TooBig."""
        self._write(files)
        reply = self._ask({"standard": standard, "tagged": tagged, "timestamp": int(timestamp.timestamp())})
        self.warnings = tuple(reply["warnings"])
        return self._output.read_bytes()

    def lay(
        self, files: Mapping[str, bytes], timestamp: dt.datetime, selector: str, *, standard: str | None, tagged: bool
    ) -> tuple[bytes, Any]:
        """As `compile`, and the value of the one metadata element that SELECTOR finds; None without SELECTOR."""
        self._write(files)
        job = {"standard": standard, "tagged": tagged, "timestamp": int(timestamp.timestamp()), "also": selector}
        reply = self._ask(job)
        self.warnings = tuple(reply["warnings"])
        return self._output.read_bytes(), reply.get("value")

    def png(self, files: Mapping[str, bytes], pixels: float) -> bytes:
        """The one page of `main.typ` in FILES with so many PIXELS to the inch.  Raises CompileFailed, TooBig."""
        self._write(files)
        self._ask({"pixels": pixels})
        return self._output.read_bytes()

    def query(self, files: Mapping[str, bytes], selector: str) -> Any:
        """The value of the one metadata element that SELECTOR finds in `main.typ`.  Raises CompileFailed, TooBig."""
        self._write(files)
        return self._ask({"query": selector})["value"]

    def pause(self) -> None:
        """Between two layouts of one build: what it remembers of the first is mostly of use only for a next build."""
        if not self._stays and not 0 < self._memory <= SMALL:
            self.rest()

    def settle(self) -> None:
        """After a build: end the process where it has grown too much, or where nobody knows how much it has grown."""
        self._tidy()
        self._builds += 1
        self._bound = self._bound or int(self._memory * GROWTH)
        if self._memory > self._bound or (not self._memory and self._builds >= BUILDS):
            self.rest()
            self._bound = self._builds = 0

    def rest(self) -> None:
        """End the process: all its memory comes back, and what it remembered is gone."""
        if self._process is None or self._complaints is None:
            return
        process, self._process = self._process, None
        if process.stdin is not None and process.stdout is not None:
            process.kill()
            process.stdin.close()
            process.stdout.close()
        process.wait()
        self._complaints.close()

    def _start(self) -> subprocess.Popen[bytes]:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        # The text is one run of pages, which Typst lays out in one piece: more threads only wait for each other
        # (a fifth more CPU time, no second less), and memory given back by one is of no use to the others.
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
        # Our own interpreter and script, and arguments from options, never from notes.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(_WORKER), str(self._root), str(self._output), str(self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=environment,
            cwd=self._folder.name,
        )

    def _ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to JOB; what it leaves open has the usual value."""
        self._process = process = self._process or self._start()
        whole = {
            "main": "main.typ", "query": "", "also": "", "standard": None, "tagged": False, "timestamp": 0, "pixels": 0,
            "font_paths": self.limits.font_paths, "system_fonts": self.limits.system_fonts, **job,
        }  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        expired = threading.Event()

        def stop() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(self.limits.seconds, stop)
        timer.start()
        try:
            process.stdin.write(json.dumps(whole).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            timer.cancel()
        if not line:
            raise self._ended(expired=expired.is_set())
        reply: dict[str, Any] = json.loads(line)
        self._memory = reply["memory"]
        if "message" in reply:
            raise CompileFailed(reply["message"], reply["diagnostic"])
        return reply

    def _ended(self, *, expired: bool) -> OrgkbError:
        """Why the process ended without an answer."""
        assert self._process is not None
        assert self._complaints is not None
        code = self._process.wait()
        self._complaints.seek(0)
        complaint = self._complaints.read().decode("utf-8", "replace").strip()
        self.rest()
        if expired:
            return TooBig(f"Typst needed more than {self.limits.seconds:g} seconds")
        if "memory" in complaint.lower() or code == -9:
            return TooBig(f"Typst needed more than {self.limits.memory} MB of memory")
        if "ModuleNotFoundError" in complaint:
            return MissingProgram("the PDF exporter needs typst: pip install typst")
        last = complaint.splitlines()[-1] if complaint else f"exit code {code}"
        return ExporterError(f"Typst ended unexpectedly: {last}")

    def _write(self, files: Mapping[str, bytes]) -> None:
        """Bring FILES into the folder.  What it has besides stays for the next layouts of this build, which may want it."""
        self._used.update(files)
        for name, data in files.items():
            if self._written.get(name) != data:
                path = self._root / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
                self._written[name] = data

    def _tidy(self) -> None:
        """Remove what this build did not use."""
        for name in self._written.keys() - self._used:
            (self._root / name).unlink()
            del self._written[name]
        self._used.clear()


FONT_PACKAGES = (
    ("manimgx_fonts", ("Noto Sans Symbols", "Noto Emoji")),
    ("manimgx_fonts_cjk", ("Noto Sans CJK SC",)),
)
"""Packages that bring fonts (the extra `cjk`), and the families to try in this order; scripts not named are found all the same."""


def font_packages() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folders of the font packages that are installed, and the families they bring."""
    folders: list[str] = []
    families: list[str] = []
    for name, brought in FONT_PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations:
            folders += spec.submodule_search_locations
            families += brought
    return tuple(folders), tuple(families)


def _inside(path: str) -> str:
    """The PATH of a file as it is called in the project."""
    return path.replace("\\", "/").rsplit("project/", 1)[-1]


def _unescape(literal: str) -> str:
    """A string as Typst shows it in a message."""
    text = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), literal[1:-1])
    return text.replace('\\"', '"').replace("\\\\", "\\")
