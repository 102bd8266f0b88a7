"""Whether a run has anything to do: the same notes, settings and programs, and what was written still there.

Decided before any part that reads Org or makes outputs is loaded.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from orgkb.cache import Cache
from orgkb.errors import InputError
from orgkb.files import OutputFolder, Written
from orgkb.inputs import Inputs, media_reader
from orgkb.org.limits import FILE_BYTES
from orgkb.org.paths import OutsideRoot, read_inside, read_named
from orgkb.org.sources import fingerprint
from orgkb.runs import RunReport

_KIND = "run"
_PROGRAMS = ("dot", "graphviz-pure", "pandoc")
"""Programs that exporters may start; another version of one may make other files."""
_CONFIG = "orgkb.toml"

Sources = Mapping[str, bytes]
"""Name of a note → what differs wherever the note or what it includes does; a note that cannot be read has none."""


class Medium(msgspec.Struct, frozen=True, array_like=True):
    """A file beside the notes that an exporter asked for."""

    document: str
    path: str
    found: bytes
    """A hash of what it held, or of why it was not read."""


class Previous(msgspec.Struct, frozen=True, array_like=True):
    """A file of the run before that an exporter asked for."""

    path: str
    found: bytes


class _Record(msgspec.Struct, frozen=True):
    """What a run leaves behind for the next one."""

    report: RunReport
    media: tuple[Medium, ...]
    previous: tuple[Previous, ...]
    outputs: tuple[tuple[str, str, str], ...]
    """(owner, path, SHA-256) of every file of these exporters."""
    code: tuple[tuple[str, bytes], ...]
    """(file or folder, fingerprint) of the packages that the exporters come from, and of what the settings name."""


def sources_of(inputs: Inputs) -> Sources:
    """The fingerprints of all notes that can be read."""
    found: dict[str, bytes] = {}
    for note in inputs.notes:
        try:
            found[note.name] = fingerprint(read_named(note.path, FILE_BYTES), note.name, note.reach)
        except (InputError, ValueError, RecursionError):  # told where the note is read
            continue
    return found


class Watched:
    """Notes what an export asks for besides the graph, so that the next run can tell whether it would be answered so."""

    def __init__(self) -> None:
        self.media: dict[tuple[str, str], bytes] = {}
        self.previous: dict[str, bytes | None] = {}
        self._refusal = ""

    def refused(self, message: str) -> None:
        """Why the file that is being read is not."""
        self._refusal = message

    def reading(self, read: Callable[[str, str], bytes | None]) -> Callable[[str, str], bytes | None]:
        """READ for media, watched."""

        def watched(document: str, path: str) -> bytes | None:
            self._refusal = ""
            data = read(document, path)
            self.media[document, path] = _digest(data, self._refusal)
            return data

        return watched

    def looking_back(self, previous: Callable[[str], bytes | None], *, settled: bool) -> Callable[[str], bytes | None]:
        """PREVIOUS for files of the last run, watched; SETTLED as for `orgkb.exporter.Exporter`."""

        def watched(path: str) -> bytes | None:
            data = previous(path)
            self.previous[path] = None if settled else _digest(data)
            return data

        return watched


class Request:
    """One call of a build: all that decides what it makes."""

    def __init__(
        self,
        inputs: Inputs,
        output: Path,
        *,
        settings: bytes,
        moment: str,
    ) -> None:
        """A build of INPUTS into OUTPUT with SETTINGS, whose only clock shows MOMENT."""
        self.inputs = inputs
        self.output = output
        self.sources = sources_of(inputs)
        digest = hashlib.blake2b(digest_size=32)
        what = (
            str(inputs.root),
            str(output.absolute()),
            [(note.name, str(note.path), str(note.root)) for note in inputs.notes],
            sorted(self.sources.items()),
            inputs.problems,
            inputs.trust,
            settings,
            moment,
            environment(),
        )
        digest.update(msgspec.msgpack.encode(what))
        self.key = digest.digest()

    @property
    def complete(self) -> bool:
        """Whether all notes could be read."""
        return len(self.sources) == len(self.inputs.notes)

    def unchanged(self, cache: Cache, folder: OutputFolder) -> RunReport | None:
        """The report of a run that has nothing to do; None where there is something, or may be."""
        begin = time.perf_counter()
        if not self.complete:
            return None
        data = cache.get(self.key, _KIND)
        if data is None:
            return None
        try:
            record = msgspec.msgpack.decode(data, type=_Record, dec_hook=_path)
        except msgspec.DecodeError:
            return None
        if not all(code_of(Path(place)) == code for place, code in record.code):
            return None
        owners = {run.name for run in record.report.exporters}
        if not folder.holds(owners, record.outputs) or not self._answers(record, folder):
            return None
        return _repeated(record.report, self.output, begin)

    def _answers(self, record: _Record, folder: OutputFolder) -> bool:
        """Whether what the exporters asked for would be answered as it was then."""
        if any(_digest(folder.previous(known.path)) != known.found for known in record.previous):
            return False
        watched = Watched()
        read = watched.reading(media_reader(self.inputs, (), lambda problem: watched.refused(problem.message)))
        for medium in record.media:
            read(medium.document, medium.path)
            if watched.media[medium.document, medium.path] != medium.found:
                return False
        return True

    def remember(
        self,
        cache: Cache,
        report: RunReport,
        watched: Watched,
        folder: OutputFolder,
        modules: Iterable[str],
        files: Iterable[Path],
    ) -> None:
        """Keep for the next run what this one did, if all went well.

        MODULES are those that the exporters come from, FILES those that the settings name.
        """
        if not cache.usable or not self.complete or any(run.error for run in report.exporters):
            return
        owners = {run.name for run in report.exporters}
        record = _Record(
            report=report,
            media=tuple(Medium(*key, found) for key, found in watched.media.items()),
            previous=tuple(
                Previous(path, _digest(folder.previous(path)) if found is None else found)
                for path, found in watched.previous.items()
            ),
            outputs=folder.held(owners),
            code=tuple((str(place), code_of(place)) for place in (*folders_of(modules), *files)),
        )
        cache.put(self.key, _KIND, msgspec.msgpack.encode(record, enc_hook=str))


def _repeated(report: RunReport, output: Path, begin: float) -> RunReport:
    runs = tuple(
        msgspec.structs.replace(
            run,
            written=tuple(Written(file.path, file.size, changed=False) for file in run.written),
            removed=(),
            kept=(),
            seconds=0.0,
        )
        for run in report.exporters
    )
    return msgspec.structs.replace(
        report, output=output, exporters=runs, notices=(), seconds=time.perf_counter() - begin
    )


def _path(kind: type, value: object) -> object:
    return Path(str(value)) if kind is Path else value


def _digest(data: bytes | None, refusal: str = "") -> bytes:
    return hashlib.blake2b(refusal.encode() if data is None else b"+" + data, digest_size=20).digest()


# --- what else decides what is made ---


def config_bytes(folder: Path) -> bytes:
    """The settings that lie beside the notes in FOLDER, or why they are not read."""
    try:
        return b"+" + read_inside(folder, folder, _CONFIG)
    except OutsideRoot as error:
        return str(error).encode()


@cache
def code_version() -> str:
    """What differs where the installed packages, Python, or the code of orgkb itself do."""
    packages = [_packages(place) for place in sys.path if place]
    what = repr((sys.version, sys.platform, packages, code_of(Path(__file__).parent)))
    return hashlib.blake2b(what.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def environment() -> list[object]:
    """All that is not of orgkb and decides what exporters make."""
    return [code_version(), [(name, _stat(shutil.which(name))) for name in _PROGRAMS], os.environ.get("PATH", "")]


def code_of(folder: Path) -> bytes:
    """What differs where the file or folder FOLDER, or a file of code or data below it, does."""
    digest = hashlib.blake2b(digest_size=16)
    if not folder.is_dir():
        digest.update(repr(_stat(str(folder))).encode("utf-8", "surrogateescape"))
    pending = [str(folder)]
    while pending:
        try:
            entries = sorted(os.scandir(pending.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__" and not entry.name.startswith("."):
                    pending.append(entry.path)
            else:
                digest.update(f"{entry.path}\0{_stat(entry.path)}\n".encode("utf-8", "surrogateescape"))
    return digest.digest()


def _stat(path: str | None) -> tuple[str, int, int] | None:
    try:
        found = os.stat(path) if path else None  # noqa: PTH116 - hundreds of files
    except OSError:
        return None
    return (str(path), found.st_size, found.st_mtime_ns) if found else None


def _packages(place: str) -> list[tuple[str, int]]:
    """The packages installed at PLACE with their versions, and when each was installed."""
    try:
        entries = [entry for entry in os.scandir(place) if entry.name.endswith((".dist-info", ".egg-info", ".pth"))]
    except OSError:
        return []
    return sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries)


def folders_of(modules: Iterable[str]) -> Iterator[Path]:
    """The folders of the top packages of MODULES; of a module that is one file, its file's."""
    for name in sorted({module.partition(".")[0] for module in modules}):
        try:
            spec = find_spec(name)
        except (ImportError, ValueError):
            continue
        if spec is None:
            continue
        places: Sequence[str] = list(spec.submodule_search_locations or ([spec.origin] if spec.origin else []))
        yield from (Path(place) for place in places)
