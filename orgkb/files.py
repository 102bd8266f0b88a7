"""The only writer: whole files or none, below the output folder only, and never over a file that is not ours.

The manifest `.orgkb-manifest.json` in the output folder lists what orgkb wrote there, with hashes.
A file is ours while its bytes still have the hash that the manifest gives; anything else is the
user's and is neither replaced nor removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import unicodedata
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from orgkb.errors import OutputError
from orgkb.lock import LOCK, FolderLock
from orgkb.staging import IS_TEMPORARY, TEMPORARY, Disk, Staged, discard, reason, settle, take_place

MANIFEST = ".orgkb-manifest.json"
_VERSION = 1
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
for _flag in ("O_NOFOLLOW", "O_CLOEXEC", "O_NOINHERIT", "O_BINARY"):  # those that the system has
    _NEW_FILE |= getattr(os, _flag, 0)
_NAME_BYTES = 255
"""The longest file name that common file systems take."""
_FORBIDDEN = '\\:*?"<>|' if sys.platform == "win32" else "\\"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file of ours, as the manifest keeps it."""

    owner: str
    """Name of the exporter that made it."""
    sha256: str
    """Of the bytes last written."""
    next: str = ""
    """Of bytes that were about to be written: set while a write is under way, so that a crash loses nothing."""

    def has(self, digest: str) -> bool:
        """Whether bytes with that hash are ours."""
        return bool(digest) and digest in {self.sha256, self.next}


class _Manifest(msgspec.Struct, frozen=True):
    version: int
    files: dict[str, Entry]


class Written(msgspec.Struct, frozen=True):
    """What became of one file handed to `OutputFolder.replace`."""

    path: str
    size: int
    """Bytes."""
    changed: bool
    """False where the file already held these bytes: it was not touched."""


class Outcome(msgspec.Struct, frozen=True):
    """What `OutputFolder.replace` did with the files of one owner."""

    written: tuple[Written, ...]
    removed: tuple[str, ...]
    """Files of earlier runs that this one no longer makes."""
    refused: tuple[str, ...]
    """A sentence for each file that is not ours to replace, saying what to do."""
    kept: tuple[str, ...]
    """A sentence for each file that would be removed, had it not been changed by somebody."""


class OutputFolder:
    """The output folder, held for one run; use it as a context manager.

    While it is held no other orgkb can write there.
    """

    def __init__(self, root: Path, *, force: bool = False) -> None:
        """Hold folder ROOT, made when the first file is written; FORCE replaces files that are not ours too."""
        self.root = root
        self._force = force
        self._lock = FolderLock(root)
        self._entries: dict[str, Entry] = {}
        self._seen: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self._lock.__enter__()
        except OSError as error:
            raise OutputError(f"cannot write to {self.root}: {reason(error)}") from error
        try:
            self._entries = self._load()
            self._sweep()
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.__exit__(kind, error, trace)

    @staticmethod
    def is_ours(root: Path) -> bool:
        """Whether a run has written to folder ROOT before."""
        return (root / MANIFEST).is_file()

    def previous(self, path: str) -> bytes | None:
        """What the file at PATH holds from the last run; None where there is none."""
        try:
            return _read_regular(self._place(path))
        except OutputError:
            return None

    def replace(self, owner: str, files: Iterable[tuple[str, bytes]]) -> Outcome:
        """Write the FILES (path, bytes) of OWNER, and remove those it wrote earlier and no longer makes.

        Each goes to the disk under another name as it comes, and all get their own when the last is there: where FILES
        raises, or the disk will not have one (OutputError), nothing has changed.  A file that may not be written is
        refused alone.
        """
        made: set[str] = set()
        written: list[Written] = []
        refused: list[str] = []
        changes: list[Staged] = []
        before = dict(self._entries), dict(self._seen)
        try:
            with Disk() as disk:
                for path, data in files:
                    made.add(path)
                    try:
                        place = self._claim(owner, path)
                    except OutputError as error:
                        refused.append(str(error))
                        continue
                    digest = hashlib.sha256(data).hexdigest()
                    entry = self._entries.get(path)
                    found = _digest(place)
                    if found == digest:
                        self._entries[path] = Entry(owner, digest)
                        written.append(Written(path, len(data), changed=False))
                    elif found is None or (entry and entry.has(found)) or (found and self._force):
                        # Until it is written, the bytes of the last run and of this one both count as ours.
                        self._entries[path] = Entry(owner, found or "", digest)
                        changes.append(Staged(path, place, digest, disk.stage(place, data)))
                        written.append(Written(path, len(data), changed=True))
                    else:
                        refused.append(self._refusal(path, known=entry is not None))
        except BaseException:  # of the exporter, too, whose files come one by one
            discard(changes)
            self._entries, self._seen = before
            raise
        try:
            if changes:
                self._save()
            for change in changes:
                take_place(change.temporary, change.place)
                self._entries[change.path] = Entry(owner, change.digest)
        except OutputError:
            discard(changes)
            raise
        for folder in dict.fromkeys(change.place.parent for change in changes):
            settle(folder)
        removed, kept = self._remove_vanished(owner, made)
        self._save()
        return Outcome(tuple(written), removed, tuple(refused), kept)

    def held(self, owners: Container[str]) -> tuple[tuple[str, str, str], ...]:
        """(owner, path, SHA-256) of the files that OWNERS wrote, by path."""
        return tuple(
            (entry.owner, path, entry.sha256)
            for path, entry in sorted(self._entries.items())
            if entry.owner in owners and not entry.next
        )

    def holds(self, owners: Container[str], files: Sequence[tuple[str, str, str]]) -> bool:
        """Whether the files of OWNERS are just FILES, as `held` told them, and hold what they held."""
        if self.held(owners) != tuple(files):
            return False
        try:
            return all(_digest(self._place(path)) == digest for _, path, digest in files)
        except OutputError:  # a link where a folder was
            return False

    # --- paths ---

    def _claim(self, owner: str, path: str) -> Path:
        """The place of PATH, which nothing else may write in this run."""
        place = self._place(path)
        # Folded: `Pod.md` and `pod.md` are one file on Windows and macOS, `é` in one and in two characters as well.
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in self._seen:
            raise OutputError(f"{owner} would write {path}, which {self._seen[folded]} wrote in this run already")
        self._seen[folded] = owner
        return place

    def _place(self, path: str) -> Path:
        """Where PATH lies on disk; OutputError where it is not a plain relative path or passes a symbolic link."""
        parts = path.split("/")
        if not all(_is_plain(part) for part in parts) or parts[0] in {MANIFEST, LOCK}:
            raise OutputError(f"{path!r} is not a name for a file in the output folder")
        place = self.root
        for part in parts:
            place /= part
            try:
                linked = place.is_symlink()
            except OSError as error:
                raise OutputError(f"cannot write {place}: {reason(error)}") from error
            if linked:
                raise OutputError(f"{place} is a symbolic link; orgkb does not write through links: remove it")
        return place

    def _refusal(self, path: str, *, known: bool) -> str:
        why = "was changed since orgkb wrote it" if known else "was not written by orgkb"
        return f"{self.root / path} {why} and stays as it is: move it away, or replace it with --force"

    # --- writing ---

    def _remove_vanished(self, owner: str, made: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        removed: list[str] = []
        kept: list[str] = []
        for path in sorted(p for p, entry in self._entries.items() if entry.owner == owner and p not in made):
            entry = self._entries.pop(path)
            try:
                place = self._place(path)
            except OutputError:
                continue  # a manifest that somebody edited, or a folder replaced by a link: not ours
            found = _digest(place)
            if found is None:
                continue
            if not entry.has(found):
                kept.append(f"{self.root / path} is no longer made, but was changed since orgkb wrote it: it stays")
                continue
            try:
                place.unlink()
            except OSError as error:
                raise OutputError(f"cannot remove {place}: {reason(error)}") from error
            removed.append(path)
            self._remove_empty_folders(place.parent)
        return tuple(removed), tuple(kept)

    def _remove_empty_folders(self, folder: Path) -> None:
        while folder != self.root:
            try:
                folder.rmdir()
            except OSError:
                return  # not empty
            folder = folder.parent

    # --- manifest ---

    def _load(self) -> dict[str, Entry]:
        place = self.root / MANIFEST
        data = _read_regular(place)
        if data is None:
            if place.is_symlink() or place.exists():
                raise OutputError(f"{place} is not a regular file: remove it")
            return {}
        try:
            manifest = msgspec.json.decode(data, type=_Manifest)
        except msgspec.DecodeError as error:
            message = f"{place} is damaged ({error}): remove it; orgkb then takes what lies in {self.root} for yours"
            raise OutputError(message) from error
        if manifest.version != _VERSION:
            raise OutputError(f"{place} was written by another version of orgkb (format {manifest.version}): remove it")
        return dict(manifest.files)

    def _save(self) -> None:
        manifest = _Manifest(_VERSION, {path: self._entries[path] for path in sorted(self._entries)})
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        place = self.root / MANIFEST
        if _read_regular(place) != data:
            with Disk() as disk:
                temporary = disk.stage(place, data)
            take_place(temporary, place)
            settle(place.parent)

    def _sweep(self) -> None:
        """Remove the temporary files that a killed run left behind; the lock says that none is in use."""
        folders = {self.root}
        for path in self._entries:
            folders.update((self.root / path).parents)
        folders.difference_update(self.root.parents)
        for folder in sorted(folders):
            with contextlib.suppress(OSError):
                for entry in list(os.scandir(folder)):
                    if IS_TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                        Path(entry.path).unlink()


def replace_file(place: Path, data: bytes) -> None:
    """Write DATA to the file at PLACE, whole or not at all, with the rights that it has.

    Raises OutputError where it is a symbolic link, no regular file, or cannot be written.
    """
    try:
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
        if place.is_symlink():
            raise OutputError(f"{place} is a symbolic link; orgkb does not write through links: name the file itself")
        if mode is not None and not place.is_file():
            raise OutputError(f"{place} is no regular file")
        temporary = place.parent / TEMPORARY.format(os.urandom(6).hex())
        handle = os.open(temporary, _NEW_FILE, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(mode if mode is not None else 0o666 & ~_umask())
            temporary.replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        settle(place.parent)
    except OSError as error:
        raise OutputError(f"cannot write {place}: {reason(error)}") from error


def _umask() -> int:
    """The rights that new files do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _is_plain(part: str) -> bool:
    """Whether PART names one file or folder: no separators, no dots alone, nothing that a terminal acts on."""
    return (
        part not in {"", ".", ".."}
        and not any(c in _FORBIDDEN or unicodedata.category(c) == "Cc" for c in part)
        and not (sys.platform == "win32" and part.endswith((" ", ".")))
        and _encoded_length(part) <= _NAME_BYTES
    )


def _encoded_length(part: str) -> int:
    try:
        return len(part.encode())
    except UnicodeEncodeError:  # lone surrogates name nothing that others can read
        return _NAME_BYTES + 1


def _digest(place: Path) -> str | None:
    """The hash of the file at PLACE; "" for something that is no regular file, None for nothing."""
    data = _read_regular(place)
    if data is not None:
        return hashlib.sha256(data).hexdigest()
    return "" if place.is_symlink() or place.exists() else None


def _read_regular(place: Path) -> bytes | None:
    """The bytes of the regular file at PLACE; None for anything else. Never waits for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(place, flags)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(handle)
