"""What orgkb needs on this machine, what is there, and how to get the rest: `orgkb doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import sysconfig
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal

import msgspec

from orgkb import cache, config, exporter, nlp, pandoc, programs
from orgkb.errors import OrgkbError

State = Literal["ok", "missing", "absent", "odd"]
"""`missing`: needed and not there; `absent`: useful and not there; `odd`: there, and worth a look."""

_SECONDS = 20.0
_OLDEST_PYTHON = (3, 11)
_ANKI_PLACES = (
    "/Applications/Anki.app",
    "~/Applications/Anki.app",
    "/usr/local/share/anki",
    "/var/lib/flatpak/app/net.ankiweb.Anki",
    "~/.local/share/flatpak/app/net.ankiweb.Anki",
    "~/AppData/Local/Programs/Anki",
)


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    group: str
    name: str
    state: State
    detail: str
    """Version and place, or what is wrong."""
    advice: str = ""
    """What to do; empty where nothing is to be done."""


def examine(folder: Path, output: Path) -> tuple[Finding, ...]:
    """All findings: about this installation, the notes in FOLDER and the output folder OUTPUT."""
    return (*_installation(), *_programs(), *_exporters(), *_terminal(), *_folders(folder, output))


def _installation() -> Iterator[Finding]:
    group = "Installation"
    yield Finding(group, "orgkb", "ok", f"{metadata.version('orgkb')} in {Path(__file__).parent}")
    found = platform.python_version()
    if sys.version_info >= _OLDEST_PYTHON:
        yield Finding(group, "Python", "ok", f"{found}, {sys.executable}")
    else:  # pragma: no cover - an installer refuses such a Python
        yield Finding(group, "Python", "missing", found, "install Python 3.11 or later")
    yield Finding(group, "system", "ok", f"{platform.system()} {platform.release()}, {platform.machine()}")
    try:
        metadata.version("pypandoc")
    except metadata.PackageNotFoundError:
        return
    advice = "pip uninstall pypandoc pypandoc_binary, then pip install pypandoc_binary: they share one folder"
    yield Finding(group, "pypandoc", "odd", "installed beside pypandoc_binary", advice)


def _programs() -> Iterator[Finding]:
    group = "Programs"
    yield _program(group, "pandoc", pandoc.program, "pip install pypandoc_binary")
    yield _package(group, "Typst", "typst", f"pip install typst{_no_wheel()}", fonts=True)
    scripts = sysconfig.get_path("scripts")
    pure = shutil.which("graphviz-pure", path=scripts) or shutil.which("graphviz-pure")
    dot = shutil.which("dot")
    if pure:
        yield Finding(group, "Graphviz", "ok", f"graphviz-pure {_version('graphviz-pure')}, {pure}")
    elif dot:
        yield Finding(group, "Graphviz", "ok", f"{_said([dot, '-V'])}, {dot}")
    else:
        yield Finding(group, "Graphviz", "missing", "neither graphviz-pure nor dot", "pip install graphviz-pure")
    yield _extra(group, "fonts", "manimgx-fonts-cjk", "none for PDFs of Chinese, Japanese, Korean", "cjk")
    yield _package(group, "genanki", "genanki", "pip install genanki")
    yield _extra(group, "verify", "mdit-py-plugins", "a second Markdown reader, only needed for orgkb verify", "verify")
    yield _anki(group)
    yield _spacy(group)
    emacs = shutil.which("emacs")
    if emacs:
        yield Finding(group, "Emacs", "ok", f"{_said([emacs, '--version'])}, {emacs}")
    else:
        yield Finding(group, "Emacs", "absent", "not on the path", "only needed for orgkb.el, see docs/emacs.md")


def _program(group: str, name: str, find: Callable[[], Path], advice: str) -> Finding:
    try:
        place = find()
    except OrgkbError as error:
        return Finding(group, name, "missing", str(error), advice)
    version = _said([str(place), "--version"])
    if not version:
        return Finding(group, name, "odd", f"{place} does not start", advice)
    return Finding(group, name, "ok", f"{version}, {place}")


def _package(group: str, name: str, package: str, advice: str, *, fonts: bool = False) -> Finding:
    version = _version(package)
    if not version:
        return Finding(group, name, "missing", "not installed", advice)
    families = _typst_fonts() if fonts else ""
    return Finding(group, name, "ok", f"{version}{families}")


def _extra(group: str, name: str, package: str, purpose: str, extra: str) -> Finding:
    """A package that not everybody needs."""
    version = _version(package)
    if version:
        return Finding(group, name, "ok", f"{package} {version}")
    return Finding(group, name, "absent", purpose, f"pip install 'orgkb[{extra}]'")


def _typst_fonts() -> str:
    """The fonts that handouts are set in: Typst's own, on every machine the same."""
    try:
        import typst  # noqa: PLC0415 - slow to load, and only needed here

        families = typst.Fonts(include_system_fonts=False).families()
    except (ImportError, AttributeError, RuntimeError):
        return ""
    return f", with the fonts {', '.join(sorted(families))}"


def _spacy(group: str) -> Finding:
    """The tagger for noun phrases, which are off unless the settings want them."""
    version = _version("spacy")
    if version and (model := nlp.installed_model()):
        return Finding(group, "spaCy", "ok", f"{version}, {model}")
    detail = f"{version}, but no English model" if version else "not installed"
    return Finding(group, "spaCy", "absent", detail, "only needed for noun_phrases: pip install 'orgkb[nlp]'")


def _anki(group: str) -> Finding:
    """The desktop program, which decks are imported into; orgkb itself does not need it."""
    place = shutil.which("anki") or next((p for p in _ANKI_PLACES if Path(p).expanduser().exists()), None)
    if place:
        return Finding(group, "Anki", "ok", place)
    package = _version("anki")
    detail = f"no program found; Python package {package}" if package else "no program found"
    return Finding(group, "Anki", "absent", detail, "decks can be imported anywhere: https://apps.ankiweb.net")


def _exporters() -> Iterator[Finding]:
    group = "Exporters"
    names = exporter.names()
    if not names:
        advice = "orgkb is not installed as a package: pip install -e . in its folder"
        yield Finding(group, "all", "missing", "no exporter is registered", advice)
    for name in names:
        try:
            kind = exporter.named(name)
        except Exception as error:  # noqa: BLE001 - plug-ins fail in any way
            detail = f"cannot be loaded: {type(error).__name__}: {error}"
            yield Finding(group, name, "missing", detail, "install its package again, or remove it")
        else:
            yield Finding(group, name, "ok", kind.summary)


def _terminal() -> Iterator[Finding]:
    encoding = (getattr(sys.stdout, "encoding", None) or "unknown").lower()
    if encoding.replace("-", "") == "utf8":
        yield Finding("Terminal", "encoding", "ok", encoding)
    else:
        advice = "set LANG or PYTHONUTF8=1; files are always written in UTF-8"
        yield Finding("Terminal", "encoding", "odd", f"{encoding}: not all letters can be shown", advice)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        good = epoch.isascii() and epoch.isdigit()
        advice = "" if good else "it must be a number of seconds"
        yield Finding("Terminal", "SOURCE_DATE_EPOCH", "ok" if good else "odd", epoch, advice)


def _cache() -> Finding:
    """Where what earlier runs found is kept."""
    try:
        place = cache.folder()
    except RuntimeError:
        advice = f"name a folder with {cache.FOLDER_VARIABLE}; without one every run reads all notes anew"
        return Finding("Here", "cache", "odd", "there is no home folder", advice)
    above = place
    while not above.exists() and above != above.parent:
        above = above.parent
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        advice = f"name another folder with {cache.FOLDER_VARIABLE}; without one every run reads all notes anew"
        return Finding("Here", "cache", "odd", f"{place} may not be written", advice)
    files = [file for file in place.glob("*") if file.is_file()] if place.is_dir() else []
    size = sum(file.stat().st_size for file in files) / 1024**2
    return Finding("Here", "cache", "ok", f"{place}, {size:.1f} MB; it may be deleted at any time")


def _folders(folder: Path, output: Path) -> Iterator[Finding]:
    group = "Here"
    notes = sum(1 for _ in folder.rglob("*.org")) if folder.is_dir() else 0
    if notes:
        yield Finding(group, "notes", "ok", f"{notes} Org {'file' if notes == 1 else 'files'} in {folder}")
    else:
        yield Finding(group, "notes", "absent", f"no Org files in {folder}", "name your notes: orgkb build PATH")
    settings = folder / config.FILE_NAME
    if settings.is_file():
        try:
            config.load(settings)
        except OrgkbError as error:
            yield Finding(group, "settings", "odd", str(error), f"correct {settings}")
        else:
            yield Finding(group, "settings", "ok", str(settings))
    elif notes:
        yield Finding(group, "settings", "absent", f"no {settings}", "orgkb init writes one; without it defaults hold")
    place = output
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        yield Finding(group, "output", "odd", f"{place} is no folder", "choose another with --output")
    elif not os.access(place, os.W_OK | os.X_OK):
        yield Finding(group, "output", "odd", f"{place} may not be written", "choose another with --output")
    else:
        yield Finding(group, "output", "ok", str(output))
    yield _cache()


def _version(package: str) -> str:
    """The version of an installed PACKAGE; empty where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _said(command: list[str]) -> str:
    """The first line that COMMAND prints; empty where it fails."""
    try:
        done = programs.run(command, b"", seconds=_SECONDS, memory=0)
    except (OSError, programs.ProgramFailed):
        return ""
    text = (done.output or b"").decode("utf-8", "replace") or str(done.errors)
    return text.splitlines()[0].strip() if text.strip() else ""


def _no_wheel() -> str:
    """What to know about systems for which there is no ready-made package."""
    windows_on_arm = platform.system() == "Windows" and platform.machine().upper() == "ARM64"
    return " (there is no ready-made one for Windows on ARM: use Python for x64)" if windows_on_arm else ""
