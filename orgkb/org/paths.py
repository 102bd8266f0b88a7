"""The path rule: what notes may make us read, and reading it.  The only path checker for files that notes name.

A path in notes is read as Emacs reads it (relative to the folder of its file, `..` taken off by
name), and leads to a regular file inside the input root after following symbolic links.  `~` and
`$VARIABLES` are never expanded, so that notes cannot ask what is in a home folder.  Only a `Trust`
that the user gave lets a path lead out; it is a regular file of bounded size all the same.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec

from orgkb.errors import InputError
from orgkb.org.limits import FILE_BYTES
from orgkb.org.trust import STRANGERS, Trust

_MEGABYTE = 1024 * 1024
# O_NONBLOCK: opening a FIFO must not wait for a writer.  Flags that a system lacks count as 0.
_OPEN_FLAGS = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _OPEN_FLAGS |= getattr(os, _flag, 0)
_FOLDER_FLAGS = _OPEN_FLAGS | getattr(os, "O_DIRECTORY", 0)


class OutsideRoot(ValueError):  # noqa: N818 - reads as what happened, as `FileNotFoundError` does
    """A path that notes name and that may not be read; its text is the reason, without the path."""


class NoSuchFile(OutsideRoot):
    """The path stays inside the root, but no file is there."""


class Reach(msgspec.Struct, frozen=True):
    """What a document may bring in."""

    root: Path
    """The folder that it may read from."""
    home: Path
    """The folder that the names of documents count from."""
    trust: Trust = STRANGERS


class Found(msgspec.Struct, frozen=True):
    """A file that notes name."""

    name: str
    """From the folder that names count from, with forward slashes; `../x` where it lies outside."""
    path: Path
    """Absolute, without symbolic links."""


def find_inside(root: Path, base: Path, relative: str, trust: Trust = STRANGERS, *, home: Path | None = None) -> Found:
    """The regular file that RELATIVE names from folder BASE, and its name from HOME (default: ROOT).

    BASE lies inside ROOT.  Where no file has exactly that name, its NFC, NFD and percent-decoded
    forms are tried.  An absolute RELATIVE is allowed if it leads into ROOT.  TRUST lets it lead
    anywhere, or where symbolic links lead.

    Raises OutsideRoot with the reason: outside ROOT, not a regular file, not a path at all;
    NoSuchFile where nothing is there.
    """
    _refuse_by_form(relative, trust)
    try:
        real_root = root.resolve(strict=True)
        anchor = _absolute(base)
    except (OSError, RuntimeError, ValueError) as error:
        raise OutsideRoot("the input folder cannot be read") from error
    roots = (real_root, _absolute(root))
    for spelling in _spellings(relative, trust):
        try:
            # Emacs takes `..` off by name before it follows links: so `link/../x` is `x` here too.
            candidate = Path(os.path.normpath(anchor / (Path(spelling).expanduser() if trust.outside else spelling)))
        except RuntimeError as error:
            raise OutsideRoot("there is no such home folder") from error
        within = any(candidate.is_relative_to(folder) for folder in roots)
        if not within and not trust.outside:
            raise OutsideRoot("it leads outside the input folder")
        try:
            real = candidate.resolve(strict=True)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except PermissionError as error:
            raise OutsideRoot("it may not be read (permission denied)") from error
        except (OSError, RuntimeError, ValueError) as error:  # loops of links (RuntimeError in 3.11), long names
            raise OutsideRoot("it is not a usable path") from error
        if not (real.is_relative_to(real_root) or trust.symlinks or trust.outside):
            raise OutsideRoot("it leads outside the input folder through a symbolic link")
        if not real.is_file():
            raise OutsideRoot("it is not a regular file")
        return Found(_name(candidate, real, home or root), real)
    raise NoSuchFile("no such file")


def resolve_inside(root: Path, base: Path, relative: str, trust: Trust = STRANGERS) -> Path:
    """The path of `find_inside`, which raises the same."""
    return find_inside(root, base, relative, trust).path


def read_inside(root: Path, base: Path, relative: str, limit: int = FILE_BYTES, *, trust: Trust = STRANGERS) -> bytes:
    """The bytes of the file that `find_inside` finds, at most LIMIT of them.

    Raises OutsideRoot as `find_inside` does, and where the file is larger than LIMIT or unreadable.
    """
    return read_found(root, find_inside(root, base, relative, trust), limit)


def read_found(root: Path, found: Found, limit: int = FILE_BYTES) -> bytes:
    """The bytes of FOUND, a file that `find_inside` gave for ROOT, at most LIMIT of them.

    The file is opened once and checked by its open handle, without following links, so that it
    cannot be exchanged for another between check and reading, and nothing is waited for.

    Raises OutsideRoot where the file is larger than LIMIT or unreadable.
    """
    try:
        real_root = root.resolve(strict=True)
        inside = found.path.is_relative_to(real_root)
        handle = _open_below(real_root if inside else Path(found.path.anchor), found.path)
    except (OSError, RuntimeError) as error:
        raise OutsideRoot("it cannot be opened") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OutsideRoot("it is not a regular file")
        if status.st_size > limit:
            raise OutsideRoot(f"it is larger than {_size(limit)}")
        try:
            data = file.read(limit + 1)  # files of /proc say 0 and grow: the size is not to be trusted
        except OSError as error:
            raise OutsideRoot("it cannot be read") from error
    if len(data) > limit:
        raise OutsideRoot(f"it is larger than {_size(limit)}")
    return data


def opening(path: Path, count: int) -> bytes:
    """The first COUNT bytes of the file PATH that the user named; none of what is no regular file.  Raises OSError."""
    with os.fdopen(os.open(path, _OPEN_FLAGS & ~getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        return file.read(count) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""


def read_named(path: Path, limit: int = FILE_BYTES) -> bytes:
    """The bytes of the regular file PATH that the user named, symbolic links followed; no pipe is waited for.

    Raises InputError where it is none, cannot be read or is larger than LIMIT.
    """
    try:
        handle = os.open(path, _OPEN_FLAGS & ~getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise InputError(f"{path}: is not a regular file")
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    if len(data) > limit:
        raise InputError(f"{path}: is larger than {_size(limit)}; split it into smaller files")
    return data


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - keeps symbolic links, which Path.resolve would follow


def _name(candidate: Path, real: Path, home: Path) -> str:
    """How a file is called from HOME: by its real place where that is below, else as it was named."""
    real_home = home.resolve()
    if real.is_relative_to(real_home):
        return real.relative_to(real_home).as_posix()
    for folder in (_absolute(home), real_home):
        if candidate.is_relative_to(folder):
            return candidate.relative_to(folder).as_posix()
    try:
        return Path(os.path.relpath(real, real_home)).as_posix()
    except ValueError:  # Windows: on another drive
        return real.as_posix()


def home_of(path: Path, name: str) -> Path | None:
    """The folder from which NAME, with forward slashes, leads to PATH; None where there is none."""
    depth = name.count("/")
    if depth >= len(path.parents):
        return None
    folder = path.parents[depth]
    return folder if folder / name == path else None


def _refuse_by_form(relative: str, trust: Trust) -> None:
    if not relative.strip():
        raise OutsideRoot("the path is empty")
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in relative):
        raise OutsideRoot("the path has control characters")
    if relative.startswith("~") and not trust.outside:
        raise OutsideRoot("home folders are not read")


def _spellings(relative: str, trust: Trust) -> Iterator[str]:
    """RELATIVE as written first, then the forms under which systems and older Org versions store it."""
    seen = {""}
    for text in (relative, unquote(relative, errors="strict") if _is_quoted(relative) else ""):
        for form in (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
            if form not in seen:
                seen.add(form)
                _refuse_by_form(form, trust)
                yield form


def _is_quoted(relative: str) -> bool:
    try:
        return "%" in relative and unquote(relative, errors="strict") != relative
    except UnicodeDecodeError:
        return False


def _open_below(root: Path, path: Path) -> int:
    """A handle of PATH, reached from ROOT folder by folder so that no part of it is a link."""
    if os.open not in os.supports_dir_fd:
        return os.open(path, _OPEN_FLAGS)
    folder = os.open(root, _FOLDER_FLAGS)
    try:
        *parents, name = path.relative_to(root).parts
        for part in parents:
            below = os.open(part, _FOLDER_FLAGS, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(name, _OPEN_FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _size(limit: int) -> str:
    return f"{limit // _MEGABYTE} MB" if limit >= _MEGABYTE else f"{limit} bytes"
