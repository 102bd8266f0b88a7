"""Which files are the notes, what they are called, and what they may bring in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import InputError
from orgkb.org.paths import OutsideRoot, Reach, home_of, opening, read_inside, resolve_inside
from orgkb.org.trust import STRANGERS, Trust
from orgkb.patterns import pattern

if TYPE_CHECKING:  # what only types need would take half the time of a run that has nothing to do
    from orgkb.org.document import Document

SUFFIX = ".org"
REVIEW_MARK = "# orgkb-review:"
"""How a file of `orgkb review` begins: it lies beside the notes and is none."""


class Note(msgspec.Struct, frozen=True):
    """One Org file to read."""

    path: Path
    """Absolute; symbolic links as the user gave them."""
    name: str
    """Relative to `Inputs.root`, with forward slashes: the `Document.path` of all that is read from it."""
    root: Path
    """The folder that it may read included files and media from: the folder named by the user, or its own."""
    trust: Trust = STRANGERS

    @property
    def reach(self) -> Reach:
        """What it may bring in."""
        return Reach(self.root, home_of(self.path, self.name) or self.root, self.trust)


_SURROGATE = pattern("[\ud800-\udfff]")
"""What Python shows for a byte of a name that is no UTF-8."""


class Inputs(msgspec.Struct, frozen=True):
    """The notes of one run."""

    root: Path
    """The deepest folder that holds all of them."""
    notes: tuple[Note, ...]
    """By name."""
    problems: tuple[Diagnostic, ...] = ()
    """What looked like notes and cannot be read: pipes, broken links, locked folders."""
    trust: Trust = STRANGERS
    """What the user lets them do."""

    def named_in_text(self, output: Path) -> bool:
        """Whether the names of all notes, and of OUTPUT, are text: others cannot be stored or sent to a process."""
        names = (str(self.root), str(output.absolute()), *(note.name for note in self.notes))
        return not any(_SURROGATE.search(name) for name in names)


def find_inputs(paths: Iterable[Path | str], *, skip: Path | None = None, trust: Trust = STRANGERS) -> Inputs:
    """The Org files that PATHS name: files as they are, folders with every `*.org` below.

    In folders, hidden files and folders, symbolic links and everything below SKIP (the output
    folder) are left out; so are archives (`notes.org_archive`), by their suffix. Files of `orgkb review` are no notes.
    What is left out although its name says that it is a note is a problem of the result. TRUST lets symbolic links
    be followed; each file and folder is then read once. Raises InputError where a path does not exist or nothing is
    found.
    """
    named = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - keeps symbolic links, as the user named them
    reviews: list[Path] = []
    found: dict[Path, tuple[Path, Path]] = {}  # real path → (path, root): each file once
    problems: list[tuple[Path, Severity, str, str]] = []
    for path in named:
        if path.is_dir():
            for file in _org_files(path, skip.resolve() if skip else None, problems, trust):
                if not is_review(file):
                    found.setdefault(file.resolve(), (file, path))
        elif path.is_file() and is_review(path):
            reviews.append(path)
        elif path.is_file():
            found.setdefault(path.resolve(), (path, path.parent))
        else:
            raise InputError(f"{path}: {'not a file or folder' if path.exists() else 'no such file or folder'}")
    if not found:
        if problems:
            raise InputError("\n".join(f"{path}: {message}" for path, _, _, message in problems))
        if reviews:
            raise InputError(f"{reviews[0]} is a file of `orgkb review` and no note")
        raise InputError(f"no {SUFFIX} files in {', '.join(map(str, named)) or 'nothing'}")
    root = _common_folder([folder for _, folder in found.values()])
    notes = [Note(path, _name(path, root), folder, trust) for path, folder in found.values()]
    told = [Diagnostic(how, code, message, Location(_name(path, root), 1)) for path, how, code, message in problems]
    by_name = tuple(sorted(notes, key=lambda note: note.name))
    return Inputs(root, by_name, tuple(sorted(told, key=Diagnostic.sort_key)), trust)


def is_review(path: Path) -> bool:
    """Whether the file at PATH was written by `orgkb review`."""
    try:
        return opening(path, len(REVIEW_MARK) + 3).removeprefix(b"\xef\xbb\xbf").startswith(REVIEW_MARK.encode())
    except OSError:  # told when it is read as a note
        return False


def media_reader(
    inputs: Inputs, documents: Sequence[Document], report: Callable[[Diagnostic], None]
) -> Callable[[str, str], bytes | None]:
    """The `read_media` of an export context: refusals are told to REPORT, as a warning at the link."""
    notes = {note.name: note for note in inputs.notes}
    texts = {document.path: document for document in documents}

    def read_media(document: str, path: str) -> bytes | None:
        place, root = _place(document, notes, inputs)
        try:
            return read_inside(root, place.parent, path, trust=inputs.trust)
        except OutsideRoot as error:
            message = f"cannot use {path}: {error}"
            report(Diagnostic(Severity.WARNING, "unreadable-media", message, _location(texts, document, path)))
            return None

    return read_media


def file_problems(inputs: Inputs) -> Callable[[str, str], str | None]:
    """(document, path) → why a file that a note links to cannot be used, by the rule for all paths; None where it can."""
    notes = {note.name: note for note in inputs.notes}

    def problem(document: str, path: str) -> str | None:
        note = notes.get(document)
        if note is None:
            return None
        try:
            resolve_inside(note.root, note.path.parent, path, inputs.trust)
        except OutsideRoot as error:
            return str(error)
        return None

    return problem


def _place(document: str, notes: Mapping[str, Note], inputs: Inputs) -> tuple[Path, Path]:
    """The path of the file called DOCUMENT, and the folder that it may read from."""
    if document in notes:
        return notes[document].path, notes[document].root
    path = Path(os.path.normpath(inputs.root / document))  # a file that was included
    roots = {note.root for note in inputs.notes if path.is_relative_to(note.root)}
    return path, min(roots, key=lambda folder: len(folder.parts), default=path.parent)


def _location(texts: Mapping[str, Document], document: str, path: str) -> Location:
    owner = texts.get(document)
    offset = owner.text.find(path) if owner else -1
    return owner.location(offset) if owner and offset >= 0 else Location(document, 1)


def _org_files(
    folder: Path, skip: Path | None, problems: list[tuple[Path, Severity, str, str]], trust: Trust
) -> Iterator[Path]:
    pending, seen = [folder], {folder.resolve()}
    skips = [skip] if skip else []
    while pending:
        here = pending.pop()
        try:
            # By name: where links lead to one folder twice, the same one of them counts everywhere.
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            if here == folder:
                raise InputError(f"cannot read {here}: {reason}") from error
            problems.append((here, Severity.ERROR, "unreadable-folder", f"this folder cannot be read: {reason}"))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path, named_so = Path(entry.path), entry.name.lower().endswith(SUFFIX)
            follow = trust.symlinks
            if entry.is_symlink() and not (follow and _leads_somewhere(path)):
                if named_so:
                    problems.append((path, *_skipped_link(path)))
            elif entry.is_dir(follow_symlinks=follow):
                real = path.resolve()
                # A link may lead into the output folder, too; the notes themselves may lie in it.
                written = any(real == out or (entry.is_symlink() and real.is_relative_to(out)) for out in skips)
                if real not in seen and not written:
                    seen.add(real)
                    pending.append(path)
            elif named_so and entry.is_file(follow_symlinks=follow):
                yield path
            elif named_so:
                message = "this is a pipe, device or socket and no file: left out"
                problems.append((path, Severity.ERROR, "no-file", message))


def _leads_somewhere(link: Path) -> bool:
    try:
        link.stat()
    except (OSError, RuntimeError):
        return False
    return True


def _skipped_link(path: Path) -> tuple[Severity, str, str]:
    if not _leads_somewhere(path):
        return Severity.ERROR, "broken-symlink", "this symbolic link leads nowhere: left out"
    message = "symbolic links in folders are not followed; name this one to have it read, or say --follow-symlinks"
    return Severity.WARNING, "symlink-skipped", message


def _common_folder(folders: Sequence[Path]) -> Path:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # Windows: on several drives
        return folders[0]


def _name(path: Path, root: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
