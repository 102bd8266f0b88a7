"""YAML front matter and page properties: what a file says about itself, safe from any text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from orgkb.patterns import pattern

Value = str | tuple[str, ...]

_UNPRINTABLE = {ord(c): f"\\u{ord(c):04x}" for c in "\x7f\u2028\u2029\ufeff\ufffe\uffff"} | {
    c: f"\\x{c:02x}" for c in range(0x80, 0xA0)
}
_SURROGATES = pattern("[\ud800-\udfff]")
_PLAIN = pattern(r"[^\W\d_][\w /().+-]*\Z")
_YAML_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"])
_DATE = pattern(r"\d{4}-\d{2}-\d{2}\Z")


def yaml_lines(fields: Iterable[tuple[str, Value | None]]) -> list[str]:
    """FIELDS as front matter, without those that are empty; nothing where all are."""
    lines = [f"{key}: {_yaml(value)}" for key, value in fields if value]
    return ["---", *lines, "---"] if lines else []


def property_lines(fields: Iterable[tuple[str, Value | None]]) -> list[str]:
    """FIELDS as `key:: value` lines, each on one line."""
    return [
        f"{key}:: {_one_line(value if isinstance(value, str) else ', '.join(value))}" for key, value in fields if value
    ]


def page_fields(fields: Iterable[tuple[str, Value | None]]) -> Iterator[tuple[str, Value | None]]:
    """FIELDS as Logseq has them: the file's name is the title, `id` is a block's, other names are `alias`."""
    for key, value in fields:
        if key == "aliases":
            yield "alias", value
        elif key not in {"title", "id"}:
            yield key, value


def _yaml(value: Value) -> str:
    """VALUE as YAML: words and dates plain, all else as JSON, which is a part of YAML."""
    if isinstance(value, tuple):
        return f"[{', '.join(_yaml(part) for part in value)}]"
    text = _one_line(value)
    if _DATE.match(text) or (_PLAIN.match(text) and text.isascii() and text.lower() not in _YAML_WORDS):
        return text.rstrip()
    return json.dumps(text, ensure_ascii=False).translate(_UNPRINTABLE)


def _one_line(text: str) -> str:
    return " ".join(_SURROGATES.sub("\ufffd", text).split())
