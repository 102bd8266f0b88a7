"""`orgkb.toml` → a frozen `Config`; unknown keys are refused, and the known ones listed."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

import msgspec

from orgkb import exporter
from orgkb.concepts.settings import ConceptSettings
from orgkb.diagnostics import Diagnostic, Location, Report, Severity
from orgkb.errors import ConfigError, InputError
from orgkb.exporter import Exporter
from orgkb.org.paths import NoSuchFile, OutsideRoot, read_inside, read_named

FILE_NAME = "orgkb.toml"
MAX_BYTES = 1024 * 1024
"""Size of a configuration file."""
_NO_KEYS = ("source", "trusted", "vouched")

Options = Mapping[str, object]
"""The options of one exporter, as the TOML table holds them."""


class OrgConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table `[org]`: how the notes are read."""

    inlinetasks: bool = False
    """Read headlines of 15 stars and more as inline tasks, as Emacs does with `org-inlinetask` loaded."""
    literals: bool = True
    """Set commands and configuration in running text as code."""


Level = typing.Literal["off", "info", "warning", "error"]
"""How much the findings of a rule of `orgkb check` matter."""


class CheckConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table `[check]`: what `orgkb check` looks for."""

    min_mentions: int = 5
    """How often a term is used before it is missed that nothing defines it."""
    rules: dict[str, Level] = {}
    """Levels by rule, in place of those that the rules have by themselves."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `orgkb.toml` says; the values here are those that hold without it."""

    title: str = ""
    """Title of the whole, for decks and title pages; empty: that of the one document, else the folder's name."""
    org: OrgConfig = OrgConfig()
    concepts: ConceptSettings = ConceptSettings()
    check: CheckConfig = CheckConfig()
    exporters: dict[str, dict[str, typing.Any]] = {}
    """Options by exporter: `[exporters.<name>]`."""
    source: str = FILE_NAME
    """The file it was read from, for messages; not a key of the file."""
    trusted: bool = True
    """Whether the user named the file (or made this value): notes of strangers may bring one of their own, which
    must not say what programs to start. Not a key of the file."""
    vouched: tuple[str, ...] = ()
    """Options of exporters, such as `pdf.template`, that the user gave by hand: they count whoever made the file. Not a
    key of the file."""


def load(path: Path) -> Config:
    """The configuration in file PATH, which the user named: it is trusted.

    Raises ConfigError where it cannot be read, is no TOML, holds an unknown key or a value of the wrong type.
    """
    try:
        return _read(path, read_named(path, MAX_BYTES), trusted=True)
    except InputError as error:
        raise ConfigError(str(error)) from error


def find(folder: Path) -> Config:
    """The configuration that lies in FOLDER, beside the notes and as little trusted; the defaults where there is none.

    Raises ConfigError as `load` does, and where the file leads out of FOLDER.
    """
    path = folder / FILE_NAME
    try:
        data = read_inside(folder, folder, FILE_NAME, MAX_BYTES)
    except NoSuchFile:
        return Config()
    except OutsideRoot as error:
        raise ConfigError(f"{path} is not read: {error}; name it with --config if you trust it") from error
    return _read(path, data, trusted=False)


def parse(path: Path, data: bytes) -> Config:
    """The configuration DATA, as `load` gives that of file PATH."""
    return _read(path, data, trusted=True)


def _read(path: Path, data: bytes, *, trusted: bool) -> Config:
    import tomllib  # noqa: PLC0415 - most notes have no settings

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
    _refuse_unknown_in(table, Config, "", path)
    try:
        config = msgspec.convert({**table, "source": str(path), "trusted": trusted}, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_plain(error)}") from error
    if config.exporters:
        _refuse_unknown(config.exporters, (*exporter.names(), *exporter.on_request()), "exporters", path)
    return config


def make_exporter(kind: type[Exporter], config: Config, report: Report | None = None) -> Exporter:
    """The exporter of class KIND with its options from CONFIG.

    Options that name a program (`orgkb.exporter.PROGRAM`) are taken from a trusted CONFIG only; from
    another one they are passed over, which REPORT is told.  Raises ConfigError that names the file and the table where an option is unknown or has a wrong value.
    """
    table = config.exporters.get(kind.name, {})
    where = f"exporters.{kind.name}"
    declared: dict[str, dataclasses.Field[object]] | None = getattr(kind, "__dataclass_fields__", None)
    if declared is None:
        raise ConfigError(f"exporter {kind.name!r} ({kind!r}) is not a dataclass: its fields are its options")
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = [name for name, field in declared.items() if field.init and typing.get_origin(hints[name]) is not ClassVar]
    _refuse_unknown(table, fields, where, config.source)
    values = {}
    for key, value in table.items():
        by_hand = config.trusted or f"{kind.name}.{key}" in config.vouched
        if not by_hand and declared[key].metadata.get(exporter.PROGRAM):
            if report:
                message = (
                    f"[{where}] {key} could do harm, and a file beside the notes may be a stranger's: "
                    f"passed over; if you trust it, say --config {config.source}"
                )
                report(Diagnostic(Severity.WARNING, "untrusted-option", message, Location(FILE_NAME, 1)))
            continue
        try:
            values[key] = msgspec.convert(value, hints[key])
        except msgspec.ValidationError as error:
            raise ConfigError(f"{config.source}: [{where}] {key}: {_plain(error)}") from error
    try:
        made: Exporter = kind(**values)
    except ValueError as error:  # what the exporter's own check of its options says
        raise ConfigError(f"{config.source}: [{where}]: {error}") from error
    return made


def _refuse_unknown_in(table: Mapping[str, object], kind: type[msgspec.Struct], where: str, path: Path) -> None:
    """Refuse keys of TABLE, and of the tables in it, that are no fields of KIND."""
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    _refuse_unknown(table, [name for name in fields if kind is not Config or name not in _NO_KEYS], where, path)
    for name, inner in table.items():
        of = fields[name]
        if isinstance(inner, dict) and isinstance(of, type) and issubclass(of, msgspec.Struct):
            _refuse_unknown_in(inner, of, f"{where}.{name}" if where else name, path)


def _refuse_unknown(table: Mapping[str, object], known: Iterable[str], where: str, source: Path | str) -> None:
    names = sorted(known)
    for key in table:
        if key not in names:
            place = f"[{where}] " if where else ""
            import difflib  # noqa: PLC0415 - only where something is misspelt

            close = difflib.get_close_matches(key, names, n=1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise ConfigError(f"{source}: {place}unknown key {key!r}{hint}; known: {', '.join(names) or 'none'}")


def _plain(error: msgspec.ValidationError) -> str:
    return str(error).replace("`$.", "`")
