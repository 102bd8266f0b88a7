"""What an exporter is, and how exporters are found: the entry-point group `orgkb.exporters`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

import msgspec

from orgkb.diagnostics import Diagnostic
from orgkb.errors import UsageError
from orgkb.kept import Kept

if TYPE_CHECKING:  # whoever asks for names of exporters only need not load the graph
    from orgkb.concepts.graph import ConceptGraph

GROUP = "orgkb.exporters"
"""Entry points of exporters that are run where nobody names any."""
ON_REQUEST = "orgkb.formats"
"""Entry points of exporters that are run only where they are named."""
PROGRAM = "orgkb-program"
"""Key in the metadata of an option that only the user may set, as it names a program or a file outside the notes, or
lets text of the notes act."""


class Artifact(msgspec.Struct, frozen=True):
    """One file to write."""

    path: str
    """Relative to the output folder, with forward slashes."""
    data: bytes
    summary: str = ""
    """What it holds, for the closing summary: `212 cards`, `14 pages`."""


Make = Callable[[], bytes]


class NotKept(Exception):  # noqa: N818 - it only keeps what was made from being remembered
    """What a `Make` raises where its result is not to be remembered; it comes out of `ExportContext.once`."""


def _made(_step: str, _source: bytes, make: Make) -> bytes:
    return make()


def _untold(_what: str, _done: int, _total: int) -> None:
    """Nobody looks on."""


class ExportContext(msgspec.Struct, frozen=True):
    """What an exporter may know besides the graph."""

    title: str
    """Title of the whole: that of the settings, of the one document, or the input folder's name."""
    timestamp: dt.datetime
    """The only clock: SOURCE_DATE_EPOCH, else the notes' newest modification time (UTC)."""
    input_root: Path
    """Folder of the notes: media are read from below it, and only through `read_media`."""
    read_media: Callable[[str, str], bytes | None]
    """(document path, link path) → the file's bytes; None, with a warning reported, where it may not be read."""
    previous: Callable[[str], bytes | None]
    """(artifact path) → what the output folder holds there from the last run, for ledgers; None at first."""
    report: Callable[[Diagnostic], None]
    """Takes problems found while exporting."""
    once: Callable[[str, bytes, Make], bytes] = _made
    """(name of a step, all that it depends on, how to do it) → what it gives; done again only where no earlier run
    of the same code has done it."""
    piece: Callable[[str, bytes, Make], bytes] = _made
    """As `once`, for results that are small and many: all are kept together, and only those of the last build."""
    sources: Mapping[str, bytes] = {}
    """(path of a document) → what differs wherever that document as it is to be exported does, for `once`; empty where
    nothing is remembered."""
    kept: Kept | None = None
    """What is kept for the next build; None where there is none."""
    notes_from_output: str = ""
    """The way from the output folder to the notes' folder, with forward slashes: `../input`; empty where there is none."""
    step: Callable[[str, int, int], None] = _untold
    """(what is done next, how many of the steps are done, how many there are in all): for a person who waits. Steps should
    take about as long as one another, and telling them must not change what is made."""
    raw: bool = False
    """Whether raw text of the notes for the format may act in it (`--allow-raw`); else it is shown as text."""
    later: tuple[str, ...] = ()
    """Names of the exporters that come after this one in the same build."""


@runtime_checkable
class Exporter(Protocol):
    """A frozen dataclass: its fields are its options (table `[exporters.<name>]` of orgkb.toml).

    `export` writes nothing, prints nothing and reads no clock: the same graph, options and
    timestamp give the same bytes.

    An exporter that asks for `context.previous` is run again even if nothing changed, unless it says
    `settled: ClassVar[bool] = True`: given what it wrote itself, it writes the same.

    One that can use what others found out in the same build names them in `after: ClassVar[tuple[str, ...]]`: where they
    are wanted they come first.
    """

    name: ClassVar[str]
    summary: ClassVar[str]

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the files that this exporter makes of GRAPH."""
        ...


class FieldChange(msgspec.Struct, frozen=True):
    """One part of a thing that is no longer what it was."""

    name: str
    before: str
    after: str


class Change(msgspec.Struct, frozen=True):
    """What an export would do to one thing that an earlier one made."""

    action: str
    """`new`, `changed`, `renamed`, `moved`, `removed` or `unchanged`."""
    name: str
    before: str = ""
    """Its name or place before, where that is what changed."""
    fields: tuple[FieldChange, ...] = ()


@runtime_checkable
class Comparing(Protocol):
    """An exporter that can say what it would change, and whether what it makes is in order."""

    def compare(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Change]:
        """What differs from the last export, in the order of the notes; nothing is written."""
        ...

    def check(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Diagnostic]:
        """What is wrong with what would be made."""
        ...


class PushRequest(msgspec.Struct, frozen=True):
    """Where to bring what an export made, and what may be done there."""

    collection: Path | None = None
    """A closed collection: its file, or the folder of the profile."""
    connect: str = ""
    """Address of a running Anki with AnkiConnect, where no collection is given."""
    key: str = ""
    """AnkiConnect's API key; empty where it asks for none."""
    move: bool = True
    """Bring cards into the decks that the notes say, if they lie elsewhere."""
    prune: bool = False
    """Delete what is gone from the notes through AnkiConnect, too; a closed collection is backed up and always pruned."""


class Pushed(msgspec.Struct, frozen=True):
    """What became of a push."""

    counts: tuple[tuple[str, int], ...]
    """(what was done, to how many notes or cards)."""
    warnings: tuple[str, ...] = ()
    backup: str = ""
    """The folder with the copy made before."""


@runtime_checkable
class Pushing(Protocol):
    """An exporter that can bring what it made to where it is used."""

    def push(self, previous: Callable[[str], bytes | None], request: PushRequest) -> Pushed:
        """Bring the artifacts of the last export, as PREVIOUS gives them, to where REQUEST says; OrgkbError where it cannot."""
        ...


@runtime_checkable
class Aliasing(Protocol):
    """An exporter that remembers what it made by name, and can be told that a thing has another one now."""

    def alias(self, previous: Callable[[str], bytes | None], old: str, new: str) -> Iterator[Artifact]:
        """The artifacts of the last export, as PREVIOUS gives them, with OLD known as NEW; UsageError where there is no OLD."""
        ...


class Verification(msgspec.Struct, frozen=True):
    """How what was written compares with the notes."""

    counts: tuple[tuple[str, int, int], ...]
    """(what, how many there are in the notes, how many of them were found again)."""
    faults: tuple[Diagnostic, ...]
    """What was lost or leads nowhere, with the written file as its place."""


@runtime_checkable
class Verifying(Protocol):
    """An exporter that can read again what it wrote."""

    def verify(self, graph: ConceptGraph, context: ExportContext) -> Verification:
        """Compare the files of the last export, as `context.previous` gives them, with GRAPH."""
        ...


class DrawRequest(msgspec.Struct, frozen=True):
    """One picture that somebody asks for."""

    format: str
    """`svg`, `png`, `pdf` or `dot`."""
    focus: str = ""
    """Name of the concept in the middle; empty: none."""
    depth: int = 1
    """How many relations away from it others may be."""
    section: str = ""
    """Part of a heading's or file's name; empty: all notes."""
    most: int = 0
    """Concepts at most; 0: what the exporter's options say."""
    question: str = ""
    program: str = ""
    """What to draw with instead of the exporter's own choice: a program that the user named."""


@runtime_checkable
class Drawing(Protocol):
    """An exporter that can draw a part of the graph on request."""

    def draw(self, graph: ConceptGraph, context: ExportContext, request: DrawRequest) -> bytes:
        """The picture.  UsageError where the request names what is not in the graph."""
        ...


class Resource(msgspec.Struct, frozen=True):
    """What a server answers with."""

    data: bytes
    kind: str
    """Its media type: `text/html; charset=utf-8`."""
    policy: str
    """The content security policy that a browser is to keep with it."""


class MorePage(msgspec.Struct, frozen=True):
    """A page that stands beside those of the notes."""

    url: str
    title: str
    count: int | None = None
    """How many things are on it, told in the navigation; None where that is not known."""
    body: str = ""
    """HTML that needs no more care."""
    scripts: tuple[str, ...] = ()
    """Addresses on the same server."""
    styles: tuple[str, ...] = ()
    """Addresses of style sheets."""


class Site(Protocol):
    """The notes as pages; each is made when it is asked for."""

    def get(self, url: str) -> Resource | None:
        """The page or file at URL, a path that begins with a slash; None where there is none."""
        ...

    def place(self, path: str, line: int) -> str:
        """The URL of the section in which LINE of the note PATH stands; empty where there is none."""
        ...

    def wrapped(self, page: MorePage) -> Resource:
        """PAGE in the design of the others."""
        ...


@runtime_checkable
class Publishing(Protocol):
    """An exporter that can show the notes to a browser on this machine."""

    def publish(
        self, graph: ConceptGraph, context: ExportContext, more: Sequence[MorePage], scripts: Sequence[str]
    ) -> Site:
        """The notes as pages; MORE pages are in their navigation, SCRIPTS, by address, run on each of them."""
        ...


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An exporter that a package offers, not loaded yet."""

    group: str
    name: str
    value: str
    """`package.module:Class`."""

    def load(self) -> type[Exporter]:
        """The exporter's class; raises what loading its package raises."""
        module, _, path = self.value.partition("[")[0].partition(":")  # in brackets: extras that it needs
        found: type[Exporter] = attrgetter(path.strip())(import_module(module.strip()))
        return found


class Installed:
    """The exporters that are installed, looked up once: each look reads what every package says of itself."""

    def __init__(self, once: Callable[[str, bytes, Make], bytes] = _made) -> None:
        """Where ONCE remembers (as `ExportContext.once` does) the packages are only asked if they are other ones."""
        self._once = once

    @cached_property
    def by_itself(self) -> dict[str, Entry]:
        """Those that a build runs where nobody names any."""
        return self._of(GROUP)

    @cached_property
    def on_request(self) -> dict[str, Entry]:
        """Those that are run only where they are named."""
        return self._of(ON_REQUEST)

    def _of(self, group: str) -> dict[str, Entry]:
        """Those of GROUP by name, sorted; UsageError where two packages claim one name."""
        data = self._once("exporters", group.encode(), lambda: msgspec.msgpack.encode(entries(group)))
        found: dict[str, Entry] = {}
        for entry in msgspec.msgpack.decode(data, type=list[Entry]):
            other = found.setdefault(entry.name, entry)
            if other.value != entry.value:
                raise UsageError(
                    f"two packages offer an exporter named {entry.name!r}: {other.value} and {entry.value}"
                )
        return found

    def named(self, name: str) -> type[Exporter]:
        """The exporter called NAME, loaded; UsageError that lists the known ones where there is none."""
        entry = self.by_itself.get(name) or self.on_request.get(name)
        if entry is None:
            known = ", ".join((*self.by_itself, *self.on_request)) or "none; is orgkb installed? (pip install -e .)"
            raise UsageError(f"no exporter named {name!r}; known: {known}")
        return entry.load()


def entries(group: str) -> list[Entry]:
    """What the installed packages offer in GROUP, sorted."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - builds remember what it says, and it loads much

    return sorted(
        (Entry(group, entry.name, entry.value) for entry in entry_points(group=group)), key=lambda e: (e.name, e.value)
    )


def names() -> tuple[str, ...]:
    """The names of the exporters that a build runs by itself, sorted; none of them is loaded."""
    return tuple(Installed().by_itself)


def on_request() -> tuple[str, ...]:
    """The names of the exporters that are run only where they are named, sorted."""
    return tuple(Installed().on_request)


def named(name: str) -> type[Exporter]:
    """The exporter called NAME, loaded; UsageError that lists the known ones where there is none."""
    return Installed().named(name)


def available() -> dict[str, type[Exporter]]:
    """All installed exporters by name, loaded."""
    installed = Installed()
    return {name: installed.named(name) for name in installed.by_itself}
