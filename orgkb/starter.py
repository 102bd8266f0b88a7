"""A first `orgkb.toml` for a folder of notes: every setting with its default and what it means, as comments."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from orgkb import checking, exporter, survey
from orgkb.concepts.settings import ConceptSettings
from orgkb.config import CheckConfig, Config, OrgConfig
from orgkb.org.document import Document

_WIDTH = 100
_TABLES: tuple[tuple[str, type[msgspec.Struct], str], ...] = (
    ("org", OrgConfig, "how the notes are read"),
    ("concepts", ConceptSettings, "what you know better than the rules"),
    ("check", CheckConfig, "what `orgkb check` looks for"),
)


def starter(documents: Sequence[Document]) -> str:
    """The text of an `orgkb.toml` for DOCUMENTS; as it stands, it changes nothing."""
    titles = [title for document in documents if (title := document.setting("TITLE"))]
    suggested = titles[0] if titles else ""
    lines = [
        "# Settings of orgkb for the notes in this folder.",
        "# Each line shows a default: take off the `#` before a key to change it.",
        *(line for sentence in survey.sentences(documents) for line in _comment(sentence)),
        "",
        *_option("title", suggested, _docs(Config).get("title", "")),
    ]
    for name, kind, what in _TABLES:
        lines += ["", f"[{name}]  # {what}"]
        docs = _docs(kind)
        for field in msgspec.structs.fields(kind):
            default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
            if (name, field.name) != ("check", "rules"):  # has a table of its own, below
                lines += _option(field.name, default, docs.get(field.name, ""))
    lines += ["", '[check.rules]  # "off", "info", "warning" or "error"']
    lines += [line for rule in checking.RULES for line in _option(rule.name, rule.severity.name.lower(), rule.meaning)]
    for name in exporter.names():
        head, *options = _exporter(name)
        about = survey.decks(documents) if name == "anki" else ()
        lines += ["", head, *(line for sentence in about for line in _comment(sentence)), *options]
    others = ", ".join(exporter.on_request())
    if others:
        lines += ["", f"# Formats that are made only where they are asked for have such tables too: {others}."]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> Iterator[str]:
    # What the notes say must not end the comment: it stays on its line.
    plain = "".join(c if c.isprintable() else " " for c in text)
    yield from textwrap.wrap(plain, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False)


def _exporter(name: str) -> Iterator[str]:
    kind = exporter.named(name)
    yield f"[exporters.{name}]  # {kind.summary}"
    docs = _docs(kind)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type] # what is no dataclass is refused elsewhere
        missing = dataclasses.MISSING
        if field.default is not missing:
            default = field.default
        elif field.default_factory is not missing:
            default = field.default_factory()
        else:
            continue
        if isinstance(default, bool | int | float | str | tuple | list):
            yield from _option(field.name, default, docs.get(field.name, ""))


def _option(name: str, default: object, meaning: str) -> Iterator[str]:
    """One setting, its meaning above it."""
    yield from _comment(" ".join(meaning.split()))
    yield f"#{name} = {_toml(default)}"


def _toml(value: object) -> str:
    """VALUE as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, msgspec.Struct):
        fields = ", ".join(f"{name} = {_toml(getattr(value, name))}" for name in value.__struct_fields__)
        return f"{{ {fields} }}"
    if isinstance(value, tuple | list | set | frozenset):
        return (
            f"[{', '.join(_toml(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value))}]"
        )
    return "{}" if isinstance(value, dict) else str(value)


def _docs(kind: type) -> dict[str, str]:
    """The docstrings below the fields of class KIND and its bases."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each is object or each.__module__.partition(".")[0] in {"msgspec", "builtins", "typing"}:
            continue
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(each)))
        except (OSError, TypeError, SyntaxError):
            continue  # a class without source: its options are shown without their meaning
        found |= dict(_field_docs(tree.body[0]))
    return found


def _field_docs(tree: ast.stmt) -> Iterator[tuple[str, str]]:
    body: Iterable[ast.stmt] = tree.body if isinstance(tree, ast.ClassDef) else ()
    field = ""
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                field = name
                continue
            case ast.Expr(value=ast.Constant(value=str() as text)) if field:
                yield field, text
        field = ""
